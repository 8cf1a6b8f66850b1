"""Time limits: their length, unit and expiry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model.deadlines import END, START
from model.norms import (
    UNITS,
    Bound,
    Cadence,
)
from model.revisions.editing import Revision, edited, operator, own, with_norm
from model.ruleset import RuleSet


@operator
def change_bound(rules: RuleSet) -> Iterator[Revision]:
    """A time limit is halved, and doubled."""
    for norm in own(rules, Bound):
        given = norm.amount or 0
        for amount, zh, en in ((given // 2, "缩短", "shortened"), (given * 2, "延长", "longer")):
            if amount:
                norms = with_norm(rules, replace(norm, amount=amount))
                said = f"{zh}为{amount}{UNITS[norm.unit].zh}", f"{en} to {amount} {UNITS[norm.unit].en}"
                yield edited("change_bound", rules, norms, (norm.id,), *said)


@operator
def change_unit(rules: RuleSet) -> Iterator[Revision]:
    """工作日 becomes 日, and any other unit working days."""
    for norm in (*own(rules, Bound), *own(rules, Cadence)):
        if norm.amount:
            unit = "calendar_day" if norm.unit == "working_day" else "working_day"
            said = f"单位改为{UNITS[unit].zh}", f"in {UNITS[unit].en}"
            yield edited("change_unit", rules, with_norm(rules, replace(norm, unit=unit)), (norm.id,), *said)


@operator
def change_expiry(rules: RuleSet) -> Iterator[Revision]:
    """逾期视为同意 is struck out, and put to a ceiling on a step that says nothing."""
    for norm in own(rules, Bound):
        if norm.ceiling and norm.expiry == "deemed_consent":
            norms = with_norm(rules, replace(norm, expiry="nothing_said"))
            yield edited("change_expiry", rules, norms, (norm.id,), "删去逾期的后果", "its expiry means nothing")
        elif norm.ceiling and norm.end not in (START, END):
            norms = with_norm(rules, replace(norm, expiry="deemed_consent"))
            yield edited("change_expiry", rules, norms, (norm.id,), "逾期视为同意", "its expiry is consent")
