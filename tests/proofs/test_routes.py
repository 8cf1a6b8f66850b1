"""Measures of routes and driven cycles: the solver's answers are those of enumeration."""

from __future__ import annotations

import networkx as nx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.competence import Competence
from model.enumeration import situations
from model.graphs import measures
from model.graphs.course import RETURN, Course, returns
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


@st.composite
def stand_in_sets(draw: st.DrawFn) -> RuleSet:
    """A route, and up to four stand-in norms among its three offices: cycles of one, two and three offices."""
    norms = [g.route("r", g.step("r", "a", "sign", "head"), g.step("r", "b", "review", "clerk", "a"))]
    pairs = [("head", "deputy"), ("deputy", "clerk"), ("clerk", "head"), ("deputy", "head"), ("deputy", "deputy")]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4))
    acts = st.sampled_from([("*",), ("sign",), ("review",)])
    made = [g.stand_in(f"s{i}", *ends, acts=draw(acts)) for i, ends in enumerate(chosen)]
    return g.rule_set(*norms, *made)


@quick
@given(st.one_of(stand_in_sets(), g.rule_sets()))
def test_a_stand_in_cycle_is_driven_where_some_situation_leads_round(rules: RuleSet) -> None:
    cast = make_cast(rules)
    office = {o.id: o.office for o in cast.officials}
    driven: set[tuple[str, ...]] = set()
    for at in situations(rules, cast, g.STATES):
        for act in {p.act for p in rules.powers.values()}:
            links = links_at(Competence(rules, at), act).subgraph(at.absent)
            for round_trip in nx.simple_cycles(links):
                offices = [office[o] for o in round_trip]
                if len(offices) == 2 and len(set(offices)) == 1:  # two holders of one office, for each other
                    offices = offices[:1]
                driven |= {(*offices[i:], *offices[:i]) for i in range(len(offices))}
    cycles = facts(rules).stand_in_cycles()
    assert [c.nodes for c in cycles] == list(office_cycles(rules))
    assert {c.nodes for c in cycles if c.driven is not None} == {c.nodes for c in cycles} & driven


@quick
@given(g.rule_sets())
def test_a_return_is_driven_where_some_situation_walks_it(rules: RuleSet) -> None:
    everything = [Competence(rules, at) for at in situations(rules, make_cast(rules), g.STATES)]
    for route in rules.routes.values():
        walked: set[str] = set()
        for competence in everything:
            moves = Course(competence, route).explore().edges(data=True)
            walked |= {d["step"] for _, _, d in moves if d["kind"] == RETURN}
        found = facts(rules).return_cycles(route)
        assert [c.nodes for c in found] == [(target.id, step.id) for step, target in returns(route)]
        assert {c.nodes[1] for c in found if c.driven is not None} == walked


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
