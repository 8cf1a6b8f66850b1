"""The graphs of what the text says: routes, who answers to whom, meetings, the whole flow."""

from __future__ import annotations

import networkx as nx
from hypothesis import HealthCheck, given, settings

from model.graphs.answering import answering_graph
from model.graphs.course import earlier
from model.graphs.flow import ARRIVAL, ISSUE, bands, flow_graph, phase
from model.graphs.meetings import meeting_chain, meeting_graph
from model.graphs.routes import END, FLOW, RETURN, START, offices_in, route_graph, stand_ins_for
from model.norms import Cadence, Composition
from model.parsing import parse_set
from model.ruleset import RuleSet
from tests.model import generated_routes as g

QUIET = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(g.rule_sets())
def test_a_route_graph_leads_from_start_to_end_through_every_step(rules: RuleSet) -> None:
    for route in rules.routes.values():
        graph = route_graph(route)
        flows = nx.DiGraph([(a, b) for a, b, d in graph.edges(data=True) if d["kind"] == FLOW])
        assert nx.is_directed_acyclic_graph(flows)
        for step in route.steps:
            assert nx.has_path(flows, START, step.id)
            assert nx.has_path(flows, step.id, END)


def test_a_return_is_an_edge_back_and_a_condition_is_marked() -> None:
    loop = g.route(
        "r", g.step("r", "a", "submit", "clerk"), g.step("r", "b", "sign", "head", "a", when="urgent", back_to="a")
    )
    graph = route_graph(loop)
    assert ("b", "a", RETURN) in [(a, b, d["kind"]) for a, b, d in graph.edges(data=True)]
    assert graph.nodes["b"]["conditional"] and not graph.nodes["a"]["conditional"]
    assert graph.nodes["b"]["norm"] == "r.b"


def test_a_step_answers_to_the_next_look() -> None:
    route = g.route(
        "r", g.step("r", "a", "submit", "clerk"), g.step("r", "b", "review", "deputy", "a"),
        g.step("r", "c", "sign", "head", "b"),
    )  # fmt: skip
    edges = {(a, b, k) for a, b, k in answering_graph(g.rule_set(route)).edges(keys=True)}
    assert edges == {("clerk", "deputy", "r.b"), ("deputy", "head", "r.c")}


@QUIET
@given(g.rule_sets())
def test_the_whole_flow_leads_from_arrival_to_issue(rules: RuleSet) -> None:
    graph = flow_graph(rules, rules.powers)
    assert nx.is_directed_acyclic_graph(graph)
    assert set(graph) == {ARRIVAL, ISSUE, *rules.powers}
    for power in rules.powers:
        assert nx.has_path(graph, ARRIVAL, power) and nx.has_path(graph, power, ISSUE)
    for route in rules.routes.values():  # the order of a route is kept
        for step in route.steps:
            assert all(nx.has_path(graph, f"{route.id}.{a}", step.power.id) for a in step.after)


@QUIET
@given(g.rule_sets())
def test_along_a_route_the_flow_never_goes_back(rules: RuleSet) -> None:
    at = bands(rules, rules.powers)
    assert set(at) == set(rules.powers)
    for route in rules.routes.values():
        for step in route.steps:
            assert all(at[f"{route.id}.{e}"] <= at[step.power.id] for e in earlier(route)[step.id])
    alone = [p for p in rules.powers.values() if not p.route]
    assert all(at[p.id] == phase(rules, p.act) for p in alone)


def test_a_report_that_opens_a_route_or_an_early_signature_does_not_push_it_to_the_end() -> None:
    def at(*acts: str) -> list[int]:
        names = [f"x{i}" for i in range(len(acts))]
        steps = [
            g.step("r", n, a, "head", *names[max(i - 1, 0) : i])
            for i, (n, a) in enumerate(zip(names, acts, strict=True))
        ]
        rules = g.rule_set(g.route("r", *steps))
        return [bands(rules, rules.powers)[f"r.{n}"] for n in names]

    assert at("report", "submit", "notify") == [1, 1, 5]
    assert at("sign", "submit", "consult", "approve") == [1, 1, 1, 3]
    assert at("consult", "review", "approve", "sign") == [0, 1, 3, 4]


def test_signing_comes_after_checking_and_before_printing() -> None:
    rules = g.rule_set(g.route("r", g.step("r", "a", "sign", "head")))
    assert phase(rules, "review") < phase(rules, "sign") < phase(rules, "print")


def test_offices_of_a_set_and_their_stand_ins() -> None:
    rules = g.rule_set(g.route("r", g.step("r", "a", "sign", "head")), g.stand_in("s", "head", "clerk", acts=("sign",)))
    assert offices_in(rules, parse_set("head | (deputy when urgent)")) == {"head", "deputy"}
    assert offices_in(rules, parse_set("head & deputy")) == set()
    assert [n.id for n in stand_ins_for(rules, rules.powers["r.a"])] == ["s"]


def test_a_meeting_stands_between_its_items_and_its_minutes() -> None:
    item = g.route("item", g.step("item", "a", "review", "clerk"), g.step("item", "b", "approve", "head", "a"))
    record = g.route("record", g.step("record", "c", "sign", "head"))
    made = Composition(id="made", citations=g.cite(1), body="council", chair=parse_set("head"))
    weekly = Cadence(id="weekly", citations=g.cite(2), body="council", amount=1, unit="week")
    rules = g.rule_set(item, record, made, weekly)
    papers = {"agenda": frozenset({"item.a", "item.b"}), "minutes": frozenset({"record.c"})}
    chain = meeting_chain(rules, "council", papers)
    graph = meeting_graph(rules, chain)
    assert nx.has_path(graph, "item.a", "council") and nx.has_path(graph, "council", "record.c")
    assert [c.id for c in (*chain.compositions, *chain.cadences)] == ["made", "weekly"]
