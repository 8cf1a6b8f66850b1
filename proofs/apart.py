"""Norms about papers of different sorts, by their words alone.

Of most pairs of norms in a large rule set that is all there is to say, and it spares a query each.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from model import expressions as ex
from model.norms import Norm
from model.ruleset import RuleSet, Stage

_FEW = 12
"""Powers up to which a stage is looked at whole: to tell them apart would spare nothing."""


def never_together(one: Norm, two: Norm) -> bool:
    """Whether the two ask for different values of one attribute, so that there is no paper on which both are in
    force. False says nothing."""
    return any(
        a.attribute == b.attribute and not set(a.values) & set(b.values)
        for a in _asked(one.when)
        for b in _asked(two.when)
    )


def _asked(node: ex.Cond) -> Iterator[ex.Is]:
    """Values of attributes that a condition asks for, whatever else it does."""
    match node:
        case ex.Is():
            yield node
        case ex.And(parts):
            for part in parts:
                yield from _asked(part)
        case _:
            return


def pieces(rules: RuleSet, stage: Stage) -> tuple[Stage, ...]:
    """A stage as several of the same name, where the powers of one are never in force with those of another.

    The stage is wanted, or stuck, exactly where one of them is: on any paper, only one has powers in force. A stage
    that is required whoever has power over it is one piece, and so is a small one.
    """
    required = stage.id == stage.act and rules.requirements.get(stage.act)
    if required or len(stage.powers) <= _FEW:
        return (stage,)
    graph = nx.Graph()
    graph.add_nodes_from(p.id for p in stage.powers)
    for number, one in enumerate(stage.powers):
        graph.add_edges_from((one.id, two.id) for two in stage.powers[:number] if not never_together(one, two))
    return tuple(
        Stage(stage.id, stage.act, tuple(p for p in stage.powers if p.id in ids))
        for ids in nx.connected_components(graph)
    )
