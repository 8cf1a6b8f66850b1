"""What surrounds a meeting: who makes it up and chairs it, how often it meets, how an item comes to it and what
becomes of its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from model.norms import Cadence, Composition, Power, Route
from model.ruleset import RuleSet


@dataclass(frozen=True)
class MeetingChain:
    """One meeting. `papers` maps each kind of paper that concerns it to the norms that may be in force on it:
    its agenda items, its minutes, leave from it."""

    body: str
    compositions: tuple[Composition, ...]
    cadences: tuple[Cadence, ...]
    papers: Mapping[str, tuple[str, ...]]


def meeting_chain(rules: RuleSet, body: str, papers: Mapping[str, frozenset[str]]) -> MeetingChain:
    """The chain of one body; `papers`: by kind, the ids of the powers that may be in force on papers of the body."""
    order = list(rules.powers)
    return MeetingChain(
        body,
        tuple(c for c in rules.of_form(Composition) if c.body == body),
        tuple(c for c in rules.of_form(Cadence) if c.body == body),
        {kind: tuple(sorted(ids, key=order.index)) for kind, ids in papers.items() if ids},
    )


def meeting_graph(rules: RuleSet, chain: MeetingChain) -> nx.DiGraph:
    """The meeting in the middle; before it the steps on its items, after it those on its other papers.

    Nodes: the body (`kind` body), power ids (`kind` step, with `paper`), composition and cadence norms. Papers of
    kind `minutes` come after the meeting; every other kind before it.
    """
    graph = nx.DiGraph(body=chain.body)
    graph.add_node(chain.body, kind="body")
    for norm in (*chain.compositions, *chain.cadences):
        graph.add_node(norm.id, kind=norm.form)
        graph.add_edge(norm.id, chain.body)
    for paper, ids in chain.papers.items():
        before = paper != "minutes"
        for power in (rules.powers[i] for i in ids):
            graph.add_node(power.id, kind="step", paper=paper, act=power.act, by=str(power.by))
        for one, two in _ordered(rules, ids):
            graph.add_edge(one, two)
        for power in ids:
            if before and not any(one == power for one, _ in _ordered(rules, ids)):
                graph.add_edge(power, chain.body)
            if not before and not any(two == power for _, two in _ordered(rules, ids)):
                graph.add_edge(chain.body, power)
    return graph


def _ordered(rules: RuleSet, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """Direct order among steps of one route."""
    return [
        (f"{power.route}.{a}", i)
        for i in ids
        for power in [rules.powers[i]]
        if power.route
        for a in _after(rules, power)
        if f"{power.route}.{a}" in ids
    ]


def _after(rules: RuleSet, power: Power) -> tuple[str, ...]:
    route = rules.norms[power.route]
    assert isinstance(route, Route)
    return next(s.after for s in route.steps if s.power.id == power.id)
