"""Norms, steps, exceptions and delegations struck out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.norms import (
    Composition,
    Deontic,
    Exclusion,
    Power,
    Route,
    StandIn,
)
from model.revisions.editing import Revision, edited, operator, own, powers, with_norm, without
from model.ruleset import RuleSet


@operator
def delete_norm(rules: RuleSet) -> Iterator[Revision]:
    """A norm is struck out."""
    for norm in rules.own_norms():
        if norm.id in rules.norms:
            yield edited("delete_norm", rules, without(rules, norm.id), (norm.id,), "删去本条规定", "struck out")


@operator
def remove_step(rules: RuleSet) -> Iterator[Revision]:
    """A step of a route is left out; what came after it comes after what was before it."""
    for route in own(rules, Route):
        for step in route.steps if len(route.steps) > 1 else ():
            zh, en = f"删去“{step.id}”这一步", f"the step '{step.id}' is left out"
            yield edited("remove_step", rules, without(rules, step.power.id), (route.id, step.power.id), zh, en)


@operator
def drop_exception(rules: RuleSet) -> Iterator[Revision]:
    """但书 is struck out: a norm has no exception, a residual power no superior."""
    for norm in rules.own_norms():
        if isinstance(norm, (Deontic, Exclusion)) and norm.unless != ex.FALSE:
            norms = with_norm(rules, replace(norm, unless=ex.FALSE))
            yield edited("drop_exception", rules, norms, (norm.id,), "删去但书", "its exception is struck out")
        elif isinstance(norm, (Power, Route)) and norm.residual_to:
            norms = with_norm(rules, replace(norm, residual_to=()))
            zh, en = "删去“其他”的限定", "it no longer gives way to others"
            yield edited("drop_exception", rules, norms, (norm.id,), zh, en)


@operator
def remove_delegation(rules: RuleSet) -> Iterator[Revision]:
    """What needed a delegation or an authorisation needs none."""
    for norm in (*powers(rules), *own(rules, StandIn)):
        if norm.delegation is not None:
            norms = with_norm(rules, replace(norm, delegation=None))
            yield edited("remove_delegation", rules, norms, (norm.id,), "不再需要委托或授权", "needs no delegation")
    for norm in own(rules, Composition):
        if norm.chair_delegation is not None:
            norms = with_norm(rules, replace(norm, chair_delegation=None))
            yield edited("remove_delegation", rules, norms, (norm.id,), "主持不再需要授权", "chairs without leave")
