"""Measures of routes in one situation: what they say is what exhaustive search and walking through every state show."""

from __future__ import annotations

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.competence import Competence
from model.graphs import measures
from model.graphs.course import Course, earlier
from model.norms import Route
from model.ruleset import RuleSet
from model.situation import Paper, Situation, make_cast
from tests.model import generated_routes as g

QUIET = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def at(rules: RuleSet, *absent: str, **flags: str) -> Competence:
    return Competence(rules, Situation(make_cast(rules), Paper(flags), dict.fromkeys(absent, "leave")))


@st.composite
def moments(draw: st.DrawFn, rules: RuleSet) -> Competence:
    flags = {f: draw(st.sampled_from(["false", "true"])) for f in ("urgent", "weighty")}
    return at(rules, *draw(st.lists(st.sampled_from(make_cast(rules).ids), unique=True, max_size=2)), **flags)


@QUIET
@given(st.data())
def test_the_longest_chain_is_the_largest_set_of_required_steps_in_one_line(data: st.DataObject) -> None:
    rules = data.draw(g.rule_sets())
    competence = data.draw(moments(rules))
    for route in rules.routes.values():
        required, before = Course(competence, route).required, earlier(route)

        def in_line(steps: tuple[str, ...], before: dict[str, frozenset[str]] = before) -> bool:
            return all(a in before[b] or b in before[a] for a, b in combinations(steps, 2))

        sizes = [n for n in range(len(required) + 1) if any(map(in_line, combinations(sorted(required), n)))]
        chain = measures.longest_chain(competence, route)
        assert len(chain) == max(sizes) and in_line(chain) and set(chain) <= required


@settings(QUIET, max_examples=50)
@given(st.data())
def test_where_one_absence_stops_a_step_no_walk_ends(data: st.DataObject) -> None:
    rules = data.draw(g.rule_sets())
    everybody = data.draw(moments(rules))
    for official in make_cast(rules).ids:
        competence = at(rules, official, **everybody.situation.paper.attributes)
        for route in rules.routes.values():
            course = Course(competence, route)
            ends = any(course.ended(s) for s in course.explore())
            assert not (measures.stopped(competence, route) and ends)


@st.composite
def plain_routes(draw: st.DrawFn) -> Route:
    """Routes whose conditions and actors do not depend on who is there."""
    steps = []
    for i in range(draw(st.integers(2, 4))):
        after = [f"x{i - 1}"] if i and draw(st.booleans()) else []
        by, may = draw(st.sampled_from(["head", "deputy", "clerk", "head | clerk"])), draw(st.integers(0, 4)) == 0
        when = draw(st.sampled_from(["true", "urgent", "not urgent"]))
        steps.append(g.step("r", f"x{i}", draw(st.sampled_from(list(g.ACTS))), by, *after, when=when, may=may))
    return g.route("r", *steps)


@QUIET
@given(plain_routes(), st.sampled_from(["false", "true"]))
def test_without_stand_ins_single_points_are_the_cut_vertices(route: Route, urgent: str) -> None:
    rules = g.rule_set(route)
    cut = measures.cut_hands(at(rules, urgent=urgent), rules.routes["r"])
    stops: set[tuple[str, str]] = set()
    for official in make_cast(rules).ids:
        stopped = measures.stopped(at(rules, official, urgent=urgent), rules.routes["r"])
        stops |= {(step, official) for step in stopped}
    assert stops == cut


def test_a_stand_in_takes_a_cut_vertex_away() -> None:
    route = g.route("r", g.step("r", "a", "submit", "clerk"), g.step("r", "b", "sign", "head", "a"))
    alone, helped = g.rule_set(route), g.rule_set(route, g.stand_in("s", "head", "deputy"))
    for rules in (alone, helped):
        assert measures.cut_hands(at(rules), route) == {("a", "clerk"), ("b", "head")}
    assert measures.stopped(at(alone, "head"), route) == {"b"}
    assert measures.stopped(at(helped, "head"), route) == frozenset()
