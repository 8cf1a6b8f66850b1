"""What was asked, what held, and what held only because it could not arise."""

from __future__ import annotations

from dataclasses import dataclass

from guize.terminal.audit import CHECK_NAMES
from model.vocabulary import Label
from proofs.findings import Answer, Report

FOUND = Label("有问题", "findings")
UNSETTLED = Label("未能判定", "not settled")
PASSED = Label("通过", "passed")
VACUOUS = Label("空过：所问情形不会出现", "vacuous: what it asks about never occurs")
NOT_ASKED = Label("未检验：没有可问的规定", "not tested: no provision to ask about")


@dataclass(frozen=True)
class Checked:
    """One check. `verdict` is one of the labels above; `tone` is `found`, `open`, `held` or `vacuous`."""

    id: str
    name: Label
    asked: int
    held: int
    vacuous: int
    findings: int
    unknown: int
    verdict: Label
    tone: str


def checked(report: Report) -> tuple[Checked, ...]:
    """Every check in the order it was made."""
    return tuple(_checked(a) for a in report.answers)


def _checked(answer: Answer) -> Checked:
    found, unsettled = len(answer.findings), len(answer.unknown)
    # a question settled by merging into another check's finding is neither held nor a finding of its own
    if found or answer.held + unsettled < answer.asked:
        verdict, tone = FOUND, "found"
    elif unsettled:
        verdict, tone = UNSETTLED, "open"
    elif not answer.asked:
        verdict, tone = NOT_ASKED, "vacuous"
    elif answer.asked == answer.vacuous:
        verdict, tone = VACUOUS, "vacuous"
    else:
        verdict, tone = PASSED, "held"
    return Checked(
        answer.check,
        CHECK_NAMES[answer.check],
        answer.asked,
        answer.held,
        answer.vacuous,
        found,
        unsettled,
        verdict,
        tone,
    )
