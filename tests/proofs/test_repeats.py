"""Which findings a failed property repeats: by acts, situation, cause and core, never by name."""

from __future__ import annotations

import pytest

from model import expressions as ex
from model.parsing import parse_condition
from model.properties import ALWAYS, Property
from model.ruleset import RuleSet
from model.situation import make_cast
from model.vocabulary import Label
from proofs.audit import audit, hear
from proofs.proving import Status, prove
from proofs.repeats import repeated
from tests.proofs import support as s

HEAD, VICE = s.office("head"), s.office("vice")
STATES = ("leave",)


def outcome(rules: RuleSet, holds: str, when: str = "true", silent: str = "") -> tuple[Status, list[str]]:
    """What became of a property, and the checks with cores of the findings it repeats."""
    report = audit(rules, states=STATES)
    asked = Property(
        "p",
        Label("甲", "p"),
        ALWAYS,
        parse_condition(when),
        parse_condition(holds) if holds else ex.TRUE,
        silent=silent,
    )
    (verdict,) = prove(hear(rules, make_cast(rules), 2, states=STATES), (asked,), report)
    named = repeated(rules, verdict, report.findings)
    return verdict.status, [f"{f.check} {' '.join(f.norms)}" for f in report.findings if f.id in named]


TWO_GAPS = s.ruleset(
    s.attribute("kind", "notice", "decision"),
    HEAD,
    VICE,
    s.power("p", 1, "sign", "head", "kind = notice"),
    s.power("q", 2, "sign", "vice", "kind = decision"),
)


@pytest.mark.parametrize(("kind", "norm"), [("notice", "p"), ("decision", "q")])
def test_of_two_gaps_the_one_that_shows_there_is_repeated(kind: str, norm: str) -> None:
    assert outcome(TWO_GAPS, "not stuck(sign)", f"kind = {kind}") == (Status.FAILS, [f"signing-gap {norm}"])
    assert outcome(TWO_GAPS, "some(hands(sign))", f"kind = {kind}") == (Status.FAILS, [f"signing-gap {norm}"])


def test_a_question_of_another_kind_is_no_repetition() -> None:
    """Somebody else is wanted than whom the rules name: no finding says that, though one is of the same act."""
    status, named = outcome(TWO_GAPS, "not some(hands(sign))", "kind = notice and not some(absent(everyone))")
    assert (status, named) == (Status.FAILS, [])
    assert outcome(TWO_GAPS, "not wanted(sign)", "kind = notice and some(absent(head))") == (Status.FAILS, [])


def test_a_property_that_holds_repeats_nothing() -> None:
    assert outcome(TWO_GAPS, "not stuck(sign)", "not some(absent(everyone))") == (Status.HOLDS, [])


def test_one_hand_for_two_steps_repeats_the_review_of_oneself() -> None:
    rules = s.ruleset(HEAD, VICE, s.route("r", 1, ("a", "review", "head"), ("b", "sign", "head")))
    same = "not (count(hands(review)) = 1 and count(hands(sign)) = 1 and some(hands(review) & hands(sign)))"
    status, (named,) = outcome(rules, same)
    assert status is Status.FAILS and named.startswith("self-review") and {"r.a", "r.b"} <= set(named.split())


def test_a_check_that_should_be_silent_repeats_what_it_found() -> None:
    assert outcome(TWO_GAPS, "", silent="signing-gap") == (Status.FAILS, ["signing-gap p", "signing-gap q"])
