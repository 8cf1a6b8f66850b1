"""Steps of routes in another order, with returns or without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model.norms import (
    Power,
    Route,
    Step,
)
from model.revisions.editing import Revision, edited, operator, own, with_norm
from model.ruleset import RuleSet


@operator
def add_return(rules: RuleSet) -> Iterator[Revision]:
    """The last step of a route may send the paper back to the first."""
    for route in own(rules, Route):
        first, last = route.steps[0], route.steps[-1]
        if len(route.steps) > 1 and not last.back_to and _follows(route, last, first):
            steps = (*route.steps[:-1], replace(last, back_to=first.id))
            norms = with_norm(rules, replace(route, steps=steps))
            zh, en = f"“{last.id}”可退回“{first.id}”", f"'{last.id}' may go back to '{first.id}'"
            yield edited("add_return", rules, norms, (route.id, last.power.id), zh, en)


@operator
def remove_return(rules: RuleSet) -> Iterator[Revision]:
    """A step can no longer send the paper back."""
    for route in own(rules, Route):
        for step in route.steps:
            if step.back_to:
                steps = tuple(replace(s, back_to="") if s.id == step.id else s for s in route.steps)
                norms = with_norm(rules, replace(route, steps=steps))
                yield edited("remove_return", rules, norms, (route.id, step.power.id), "不得退回", "may not go back")


@operator
def reorder_steps(rules: RuleSet) -> Iterator[Revision]:
    """Two steps of which one comes right after the other change places: each does what the other did."""
    for route in own(rules, Route):
        for one, two in zip(route.steps, route.steps[1:], strict=False):
            if two.after != (one.id,):
                continue
            swapped = {one.id: replace(one, power=_as(one.power, two.power)),
                       two.id: replace(two, power=_as(two.power, one.power))}  # fmt: skip
            norms = with_norm(rules, replace(route, steps=tuple(swapped.get(s.id, s) for s in route.steps)))
            zh, en = f"“{one.id}”与“{two.id}”对调", f"'{one.id}' and '{two.id}' change places"
            yield edited("reorder_steps", rules, norms, (route.id, one.power.id, two.power.id), zh, en)


@operator
def unorder_steps(rules: RuleSet) -> Iterator[Revision]:
    """A step no longer waits for those before it."""
    for route in own(rules, Route):
        for step in route.steps:
            if step.after and not step.back_to:
                steps = tuple(replace(s, after=()) if s.id == step.id else s for s in route.steps)
                norms = with_norm(rules, replace(route, steps=steps))
                zh, en = f"“{step.id}”不必等待前一步", f"'{step.id}' no longer waits for the step before"
                yield edited("unorder_steps", rules, norms, (route.id, step.power.id), zh, en)


def _follows(route: Route, later: Step, earlier: Step) -> bool:
    steps, stack = {s.id: s for s in route.steps}, list(later.after)
    while stack:
        current = stack.pop()
        if current == earlier.id:
            return True
        stack.extend(steps[current].after)
    return False


def _as(kept: Power, other: Power) -> Power:
    """A step's power that does what another does, under its own id."""
    return replace(other, id=kept.id, residual_to=kept.residual_to)
