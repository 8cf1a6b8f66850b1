"""The whole flow of a paper of one kind, from its arrival to its issue."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from model.graphs.course import earlier
from model.norms import Power, Route
from model.ruleset import RuleSet

ARRIVAL, ISSUE = "arrival", "issue"
PHASES: tuple[frozenset[str], ...] = (
    frozenset({"draft", "consult", "reply", "coordinate", "propose", "countersign", "legality_review"}),
    frozenset({"first_check", "review", "forward", "transmit", "submit"}),
    frozenset({"deliberate", "decide"}),
    frozenset({"determine", "approve"}),
    frozenset({"sign"}),
    frozenset({"print", "publish", "convey", "notify"}),
    frozenset({"file", "report", "implement", "supervise", "disclose"}),
)
"""The order in which acts on a paper follow one another where no route says so: drafting and consulting, checking,
deliberating, approving, signing, issuing, what comes after. After 党政机关公文处理工作条例, arts. 19 to 26. An act
that an instrument adds stands with the checks unless it decides."""


def phase(rules: RuleSet, act: str) -> int:
    """The place of an act in `PHASES`."""
    for number, acts in enumerate(PHASES):
        if act in acts:
            return number
    return 3 if rules.is_decisive(act) else 1


def bands(rules: RuleSet, ids: Iterable[str]) -> dict[str, int]:
    """The place in `PHASES` at which each power or step stands; along a route it never goes back.

    Of a route it is the nearest sequence to the phases of its acts that keeps the order of its steps: a signature
    early on the way, or a report that opens it, does not push what follows to the end.
    """
    found: dict[str, int] = {}
    for block in _blocks(rules, ids):
        places = _rising([phase(rules, p.act) for p in block])
        found |= {p.id: place for p, place in zip(block, places, strict=True)}
    return found


def _rising(wanted: list[int]) -> tuple[int, ...]:
    """The sequence that never falls and lies nearest (least sum of distances); of several the lowest."""
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * len(PHASES)
    for one in wanted:  # by the last value: the least distance so far, and how it is reached
        best = [min((c + abs(v - one), (*s, v)) for c, s in best[: v + 1]) for v in range(len(PHASES))]
    return min(best)[1]


def flow_graph(rules: RuleSet, ids: Iterable[str]) -> nx.DiGraph:
    """The powers and steps `ids` (those that may be in force on papers of the kind), from arrival to issue.

    Steps of a route keep its order; routes and single powers follow one another by the phase of their last act,
    those of one phase side by side. Nodes have `kind` (`arrival`, `issue`, `step`, `power`), `phase`, `act`, `by`.
    """
    graph = nx.DiGraph()
    graph.add_node(ARRIVAL, kind=ARRIVAL, phase=-1)
    blocks = _blocks(rules, ids)
    for block in blocks:
        for power in block:
            kind = "step" if power.route else "power"
            graph.add_node(power.id, kind=kind, phase=phase(rules, power.act), act=power.act, by=str(power.by))
        graph.add_edges_from(_inside(rules, block))
    ranks = sorted({_rank(rules, b) for b in blocks})
    ends: list[str] = [ARRIVAL]
    for rank in ranks:
        following: list[str] = []
        for block in (b for b in blocks if _rank(rules, b) == rank):
            inside = _inside(rules, block)
            sources = [p.id for p in block if not any(two == p.id for _, two in inside)]
            sinks = [p.id for p in block if not any(one == p.id for one, _ in inside)]
            graph.add_edges_from((e, s) for e in ends for s in sources)
            following += sinks
        ends = following
    graph.add_node(ISSUE, kind=ISSUE, phase=len(PHASES))
    graph.add_edges_from((e, ISSUE) for e in ends)
    return graph


def _blocks(rules: RuleSet, ids: Iterable[str]) -> list[tuple[Power, ...]]:
    """The steps of one route together; each other power alone."""
    wanted = set(ids)
    found: dict[str, list[Power]] = {}
    for power in rules.powers.values():
        if power.id in wanted:
            found.setdefault(power.route or power.id, []).append(power)
    return [tuple(b) for b in found.values()]


def _rank(rules: RuleSet, block: tuple[Power, ...]) -> int:
    return max(phase(rules, p.act) for p in block)


def _inside(rules: RuleSet, block: tuple[Power, ...]) -> list[tuple[str, str]]:
    """The order within a block, without the steps that are not in it: the covering pairs."""
    if not block[0].route:
        return []
    route = rules.norms[block[0].route]
    assert isinstance(route, Route)
    before = earlier(route)
    steps = {s.id: s.power.id for s in route.steps if s.power in block}
    order = nx.DiGraph([(a, b) for b in steps for a in before[b] if a in steps])
    return [(steps[a], steps[b]) for a, b in nx.transitive_reduction(order).edges]
