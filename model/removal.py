"""A rule set without some of its norms: what else speaks of them forgets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.norms import CHAIR_SUFFIX, Bound, Composition, Norm, Power, Precedence, Route
from model.ruleset import RuleSet


def without(rules: RuleSet, removed: Iterable[str]) -> RuleSet:
    """The rules without these norms, steps (`ROUTE.STEP`) and chairs (`NORM.chair`).

    A norm that gave way to one of them no longer does. Bounds lose a route that goes. Of a route, only steps that
    no other follows can go.
    """
    gone = set(removed)
    norms = {n.id: _reduced(n, gone) for n in rules.norms.values() if n.id not in gone}
    return replace(rules, norms=norms)


def _reduced(norm: Norm, gone: set[str]) -> Norm:
    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in gone)

    match norm:
        case Power():
            return replace(norm, residual_to=left(norm.residual_to))
        case Route():
            steps = (
                replace(s, power=replace(s.power, residual_to=left(s.power.residual_to)))
                for s in norm.steps
                if s.power.id not in gone
            )
            return replace(norm, residual_to=left(norm.residual_to), steps=tuple(steps))
        case Composition():
            return replace(norm, chair=None, chair_delegation=None) if norm.id + CHAIR_SUFFIX in gone else norm
        case Precedence():
            return replace(norm, prevails=left(norm.prevails), yields=left(norm.yields))
        case Bound():
            return replace(norm, routes=left(norm.routes))
        case _:
            return norm
