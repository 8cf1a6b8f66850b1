"""The general properties on the five instruments, and every counterexample replayed by the reference semantics."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import guize
import specs
from guize.library import properties_of
from model.outcomes import Outcomes
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import hear
from proofs.proving import Status, Verdict, prove

HOLD = {
    "everyday_signer": {"weidong", "yanjin"},
    "single_absence_signing": set(),
    "single_absence_any_cause": set(),
    "most_urgent_signing": set(),
    "everyday_approver": set(),
    "single_absence_review": set(),
    "orders_can_be_signed": {"fushun", "gulou", "luoyang", "weidong", "yanjin"},
    "meetings_have_a_chair": {"fushun", "gulou", "luoyang", "weidong", "yanjin"},
    "meetings_survive_an_absence": set(),
    "minutes_are_signed": {"fushun", "yanjin"},
    "signer_did_not_review": set(),
    "normative_documents_reviewed": {"fushun", "yanjin"},
    "legality_review_first": set(),
}
"""Which instruments each property holds of; the table in docs/properties.md says the same."""

VACUOUS = {("most_urgent_signing", "fushun")}


@cache
def proved(name: str) -> tuple[RuleSet, tuple[Verdict, ...]]:
    rules = guize.load(name)
    asked = [p for p in properties_of(name, rules) if not p.silent]
    return rules, prove(hear(rules, make_cast(rules)), asked)


@pytest.mark.parametrize("name", specs.bundled())
def test_which_hold(name: str) -> None:
    _, verdicts = proved(name)
    assert {v.property.id for v in verdicts} == set(HOLD)
    for v in verdicts:
        vacuous = (v.property.id, name) in VACUOUS
        holds = name in HOLD[v.property.id]
        assert v.status is (Status.VACUOUS if vacuous else Status.HOLDS if holds else Status.FAILS), v.property.id


@pytest.mark.parametrize("name", specs.bundled())
def test_every_counterexample_is_one(name: str) -> None:
    rules, verdicts = proved(name)
    failed = [v for v in verdicts if v.status is Status.FAILS]
    assert failed
    for v in failed:
        assert v.witness is not None and reachable(rules, v.witness)
        at = Outcomes(rules, v.witness)
        assert at.holds(v.property.when) and not at.holds(v.property.holds)
        assert v.property.absences is None or len(v.witness.absent) <= v.property.absences


def test_the_table_in_the_documentation_says_the_same() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "properties.md").read_text(encoding="utf-8")
    for ident, holding in HOLD.items():
        said = ["vacuous" if (ident, n) in VACUOUS else "holds" if n in holding else "fails" for n in specs.bundled()]
        assert f"| `{ident}` | {' | '.join(said)} |" in page
