"""Which findings a failed property repeats: by acts, situation, cause and core, never by name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from guize.strategies.small import Small, small
from model import expressions as ex
from model.parsing import parse_condition
from model.properties import ALWAYS, Property
from model.ruleset import RuleSet
from model.situation import make_cast
from model.violations import stuck_stages
from model.vocabulary import Label
from proofs.audit import audit, hear
from proofs.findings import Gap
from proofs.proving import Status, prove
from proofs.repeats import repeated
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET

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


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=300))
def test_a_repeated_gap_is_stuck_in_the_counterexample(example: Small) -> None:
    """Of every act, on generated rule sets: only a failure is repeated, by gaps that show in its example; and where
    the example is the gap's own situation and forced by the same norms, it is."""
    rules = example.rules
    hearing = hear(rules, example.cast, 2, states=example.states)
    report = audit(rules, states=example.states, checks=["signing-gap"])
    acts = sorted({stage.act for stage in rules.stages})
    asked = [Property(a, Label("甲", "p"), ALWAYS, ex.TRUE, parse_condition(f"not stuck({a})")) for a in acts]
    for act, verdict in zip(acts, prove(hearing, asked, report), strict=True):
        named = repeated(rules, verdict, report.findings)
        assert not named or verdict.status is Status.FAILS
        for finding in report.findings:
            assert isinstance(finding.details, Gap)
            if finding.id in named:
                assert verdict.witness is not None
                there = {x.stage.id for x in stuck_stages(rules, verdict.witness) if x.stage.act == act}
                assert there & set(finding.details.stages)
            elif (finding.witness, set(finding.norms)) == (verdict.witness, set(verdict.norms)):
                assert act not in finding.details.acts
