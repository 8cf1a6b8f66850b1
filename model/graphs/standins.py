"""The stand-in graph: who may stand in for whom, under which norm; by shape, and in one situation."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from model import expressions as ex
from model.competence import Competence
from model.graphs.routes import offices_in
from model.norms import StandIn
from model.ruleset import RuleSet


def stand_in_graph(rules: RuleSet) -> nx.MultiDiGraph:
    """Nodes are offices; an edge leads from who is stood in for to who stands in, keyed by the norm's id.

    An edge has `causes`, `acts`, `delegation` (one is needed), `chain`, `by_rank`. A cycle here is a shape only:
    whether an allowed absence reaches it is a question about situations.
    """
    graph = nx.MultiDiGraph()
    for norm in rules.stand_ins:
        for principal in offices_in(rules, norm.principals):
            for stand_in in _by(rules, norm, principal):
                if stand_in == principal and not rules.vocabulary.offices[principal].many:
                    continue  # nobody stands in for himself
                graph.add_edge(
                    principal,
                    stand_in,
                    key=norm.id,
                    causes=norm.causes,
                    acts=norm.acts,
                    delegation=norm.delegation is not None,
                    chain=norm.chain,
                    by_rank=norm.by_rank,
                )
    return graph


def _by(rules: RuleSet, norm: StandIn, principal: str) -> Iterator[str]:
    """The offices that may stand in for a holder of `principal`; `principal` in the set means that office."""
    found = set(offices_in(rules, norm.by))
    if any(isinstance(n, ex.Name) and n.name == ex.PRINCIPAL for n in norm.by.walk()) and not found:
        found.add(principal)
    order = list(rules.vocabulary.offices)
    yield from sorted(found, key=order.index)


def links_at(competence: Competence, act: str) -> nx.DiGraph:
    """In one situation, the links that start from absent officials for an act: nodes are officials."""
    graph = nx.DiGraph()
    graph.add_nodes_from(competence.situation.cast.ids)
    for official in competence.situation.absent:
        for norm, candidate in competence.links(official, act, chained=False):
            graph.add_edge(official, candidate, norm=norm.id)
    return graph


def office_cycles(rules: RuleSet) -> tuple[tuple[str, ...], ...]:
    """The elementary cycles of the shape, shortest first; each once, from its office of highest rank."""
    order = list(rules.vocabulary.offices)
    plain = nx.DiGraph(stand_in_graph(rules))
    found: list[tuple[str, ...]] = []
    for cycle in nx.simple_cycles(plain, length_bound=len(order)):
        at = min(range(len(cycle)), key=lambda i, c=cycle: order.index(c[i]))
        found.append((*cycle[at:], *cycle[:at]))
    return tuple(sorted(found, key=lambda c: (len(c), [order.index(o) for o in c])))
