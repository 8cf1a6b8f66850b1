"""Measures of routes and driven cycles: the solver's answers are those of enumeration."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from model.competence import Competence
from model.enumeration import situations
from model.graphs import measures
from model.graphs.standins import links_at, office_cycles, stand_in_graph
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import hear
from proofs.routes import RouteFacts
from tests.model import generated_routes as g

MOST = 4
quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def facts(rules: RuleSet) -> RouteFacts:
    return RouteFacts(hear(rules, make_cast(rules), MOST, states=g.STATES))


@quick
@given(g.rule_sets())
def test_the_longest_chain_is_that_of_enumeration(rules: RuleSet) -> None:
    asked = facts(rules)
    everything = [Competence(rules, at) for at in situations(rules, make_cast(rules), g.STATES)]
    for route in rules.routes.values():
        longest = max(len(measures.longest_chain(c, route)) for c in everything)
        found = asked.longest_chain(route)
        assert (len(found.steps) if found else 0) == longest
        if found:
            assert measures.longest_chain(Competence(rules, found.situation), route) == found.steps


@quick
@given(g.rule_sets())
def test_single_points_are_those_of_enumeration(rules: RuleSet) -> None:
    asked, cast = facts(rules), make_cast(rules)
    for route in rules.routes.values():
        expected: set[tuple[str, str]] = set()
        for at in situations(rules, cast, g.STATES):
            for step in measures.stopped(Competence(rules, at), route):
                expected.add((step, cast[at.absent[0]].office))
        assert {(p.step, p.office) for p in asked.single_points(route)} == expected


@quick
@given(g.rule_sets())
def test_a_cut_vertex_is_a_hand_whose_step_nobody_else_can_do(rules: RuleSet) -> None:
    for at in list(situations(rules, make_cast(rules), g.STATES))[:40]:
        competence = Competence(rules, at)
        for route in rules.routes.values():
            course = {s.id: s.power for s in route.steps}
            for step, actor in measures.cut_hands(competence, route):
                hands = {a for seat in competence.seats(course[step]) for a in competence.fill(seat, course[step])}
                assert hands == {actor}


@quick
@given(g.rule_sets())
def test_a_stand_in_cycle_is_driven_where_some_situation_leads_round(rules: RuleSet) -> None:
    cast = make_cast(rules)
    acts = {p.act for p in rules.powers.values()}
    driven: set[tuple[str, ...]] = set()
    for at in situations(rules, cast, g.STATES):
        for act in acts:
            links = links_at(Competence(rules, at), act)
            for cycle in office_cycles(rules):
                if len(cycle) == 2:
                    pairs = [
                        (a.id, b.id) for a in cast.officials for b in cast.officials if (a.office, b.office) == cycle
                    ]
                    if any(links.has_edge(a, b) and links.has_edge(b, a) for a, b in pairs):
                        driven.add(cycle)
    found = {c.nodes: c.driven for c in facts(rules).stand_in_cycles() if len(c.nodes) == 2}
    assert {n for n, at in found.items() if at is not None} == driven


def test_a_cycle_of_the_shape_that_no_situation_drives_is_said_to_be_none() -> None:
    route = g.route("r", g.step("r", "a", "sign", "head"), g.step("r", "b", "review", "clerk", "a"))
    one = g.stand_in("s", "head", "clerk", acts=("sign",))
    two = g.stand_in("t", "clerk", "head", acts=("review",))
    apart = g.rule_set(route, one, two)
    assert set(stand_in_graph(apart).edges()) == {("head", "clerk"), ("clerk", "head")}
    (cycle,) = facts(apart).stand_in_cycles()
    assert (set(cycle.nodes), cycle.driven) == ({"head", "clerk"}, None)
    (cycle,) = facts(g.rule_set(route, one, g.stand_in("t", "clerk", "head"))).stand_in_cycles()
    assert cycle.driven is not None
    assert set(cycle.driven.absent) == {"head", "clerk"}
