"""What counts as a defect in one situation: gaps, conflicts, clashes, self-review."""

from __future__ import annotations

import pytest

from model.competence import Competence
from model.norms import Composition, Norm
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import (
    competence_conflicts,
    contradictions,
    self_reviews,
    signing_gap,
    stand_in_gap,
    stand_in_loop,
    used_stand_ins,
    weakest,
)
from model.vocabulary import Strength
from tests.model.support import deontic, power, route, rule_set, situation, stage, stand_in, step

PARTNERS = {"vice_1": "vice_2", "vice_2": "vice_1"}


def gaps(rules: RuleSet, at: Situation) -> tuple[bool, bool, bool]:
    return signing_gap(rules, at), stand_in_gap(rules, at), stand_in_loop(rules, at)


# gaps


def test_no_gap_where_everybody_is_there() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    assert gaps(rules, situation(rules)) == (False, False, False)


def test_a_decisive_act_of_an_absent_official_is_a_gap_of_both_kinds() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    assert gaps(rules, situation(rules, mayor="leave")) == (True, True, False)


def test_another_act_of_an_absent_official_is_no_signing_gap() -> None:
    rules = rule_set(power("p", "review", "mayor"))
    assert gaps(rules, situation(rules, mayor="leave")) == (False, True, False)


def test_an_act_that_nobody_is_named_for_is_no_gap_of_absence() -> None:
    rules = rule_set(power("p", "sign", "in_charge(vice)"))
    assert gaps(rules, situation(rules)) == (True, False, False)


def test_two_absent_partners_are_a_loop() -> None:
    rules = rule_set(
        power("p", "sign", "in_charge(vice)"), stand_in("s", "vice", "partner(principal)", "leave", chain=True)
    )
    both = {"vice_1": "leave", "vice_2": "leave"}
    assert gaps(rules, situation(rules, touches="vice_1", partner=PARTNERS, **both)) == (True, True, True)
    assert gaps(rules, situation(rules, touches="vice_1", partner=PARTNERS, vice_1="leave")) == (False, False, False)


# conflicts


def conflicts(rules: RuleSet, at: Situation) -> list[tuple[str, str]]:
    return [(c.first.id, c.second.id) for c in competence_conflicts(rules, at)]


def test_two_powers_over_one_decisive_act_that_share_nobody_conflict() -> None:
    rules = rule_set(power("a", "sign", "mayor"), power("b", "sign", "vice", "urgent"))
    assert conflicts(rules, situation(rules, {"urgent": "true"})) == [("a", "b")]
    assert conflicts(rules, situation(rules)) == []


@pytest.mark.parametrize(
    "norms",
    [
        (power("a", "sign", "mayor"), power("b", "sign", "leaders")),
        (power("a", "sign", "mayor"), power("b", "sign", "vice", may=True)),
        (power("a", "sign", "mayor"), power("b", "sign", "vice", strength=Strength.DEFAULT)),
        (power("a", "sign", "mayor"), power("b", "sign", "vice", residual_to=("a",))),
        (power("a", "sign", "mayor"), power("b", "sign", "in_charge(vice)")),
        (power("a", "review", "mayor"), power("b", "review", "vice")),
        (route("r", step("r", "a", "sign", "mayor"), step("r", "b", "sign", "vice", ("a",))),),
    ],
    ids=["shared", "permissive", "weaker", "residual", "empty", "not decisive", "two steps"],
)
def test_powers_that_do_not_conflict(norms: tuple[Norm, ...]) -> None:
    rules = rule_set(*norms)
    assert conflicts(rules, situation(rules)) == []


def test_a_conflict_is_one_of_names_and_not_of_presence() -> None:
    rules = rule_set(power("a", "sign", "mayor"), power("b", "sign", "vice"))
    assert conflicts(rules, situation(rules, mayor="leave")) == [("a", "b")]


# clashes


def clashes(rules: RuleSet, **paper: str) -> list[tuple[str, str, str, bool]]:
    at = situation(rules, paper)
    return [(c.demand.id, c.against.id, c.actor, c.tension) for c in contradictions(rules, at)]


@pytest.mark.parametrize("modality", ["duty", "permission"])
def test_what_is_demanded_or_allowed_and_forbidden_at_once_clashes(modality: str) -> None:
    rules = rule_set(
        deontic("d", modality, "publish", "mayor | secretary"), deontic("f", "prohibition", "publish", "leaders")
    )
    assert clashes(rules) == [("d", "f", "mayor", False)]


def test_a_power_clashes_with_a_prohibition() -> None:
    rules = rule_set(power("p", "publish", "mayor"), deontic("f", "prohibition", "publish", "mayor"))
    assert clashes(rules) == [("p", "f", "mayor", False)]


def test_norms_over_different_people_or_acts_do_not_clash() -> None:
    rules = rule_set(
        deontic("d", "duty", "publish", "mayor"),
        deontic("e", "duty", "review", "secretary"),
        deontic("f", "prohibition", "publish", "secretary"),
    )
    assert clashes(rules) == []


@pytest.mark.parametrize("excused", ["duty", "prohibition"])
def test_an_exception_ends_the_clash(excused: str) -> None:
    unless = {excused: "urgent"}
    rules = rule_set(
        deontic("d", "duty", "publish", "mayor", unless.get("duty", "false")),
        deontic("f", "prohibition", "publish", "mayor", unless.get("prohibition", "false")),
    )
    assert clashes(rules) == [("d", "f", "mayor", False)]
    assert clashes(rules, urgent="true") == []


def test_different_strengths_are_only_a_tension() -> None:
    rules = rule_set(
        deontic("d", "duty", "publish", "mayor", strength=Strength.IN_PRINCIPLE),
        deontic("f", "prohibition", "publish", "mayor"),
    )
    assert clashes(rules) == [("d", "f", "mayor", True)]


def test_duties_to_do_what_excludes_each_other_clash_once() -> None:
    rules = rule_set(deontic("a", "duty", "publish", "mayor"), deontic("b", "duty", "keep", "mayor"))
    assert clashes(rules) == [("a", "b", "mayor", False)]


def test_a_duty_of_nobody_clashes_with_nothing() -> None:
    rules = rule_set(deontic("d", "duty", "publish", None), deontic("f", "prohibition", "publish", "mayor"))
    assert clashes(rules) == []


# self-review


def reviews(rules: RuleSet, at: Situation) -> list[tuple[str, str, str]]:
    return [(r.official, r.first.id if r.first else "", r.second.id) for r in self_reviews(rules, at)]


TWO_LOOKS = route("r", step("r", "a", "review", "secretary"), step("r", "b", "sign", "mayor", ("a",)))


def test_a_stand_in_who_sees_the_paper_twice_reviews_himself() -> None:
    rules = rule_set(TWO_LOOKS, stand_in("s", "mayor", "secretary", "leave"))
    assert reviews(rules, situation(rules)) == []
    assert reviews(rules, situation(rules, mayor="leave")) == [("secretary", "r.a", "r.b")]


def test_no_self_review_where_somebody_else_may_do_one_of_the_steps() -> None:
    rules = rule_set(TWO_LOOKS, stand_in("s", "mayor", "secretary | deputy", "leave"))
    assert reviews(rules, situation(rules, mayor="leave")) == []
    assert reviews(rules, situation(rules, mayor="leave", deputy="visit")) == [("secretary", "r.a", "r.b")]


def test_steps_that_are_no_looks_are_no_self_review() -> None:
    rules = rule_set(route("r", step("r", "a", "keep", "mayor"), step("r", "b", "sign", "mayor", ("a",))))
    assert reviews(rules, situation(rules)) == []


def test_a_body_does_not_review_itself() -> None:
    rules = rule_set(route("r", step("r", "a", "review", "bureau"), step("r", "b", "sign", "bureau", ("a",))))
    assert reviews(rules, situation(rules)) == []


def test_who_decides_his_own_request_reviews_himself() -> None:
    rules = rule_set(power("p", "sign", "mayor", "kind = letter"))
    asked = {"kind": "letter"}
    assert reviews(rules, situation(rules, asked, roles={"applicant": "mayor"})) == [("mayor", "", "p")]
    assert reviews(rules, situation(rules, asked, roles={"applicant": "vice_1"})) == []
    assert reviews(rules, situation(rules, {}, roles={"applicant": "mayor"})) == []


# helpers of findings


def test_the_stand_ins_used_are_named_once_and_powers_not() -> None:
    rules = rule_set(power("p", "sign", "mayor"), stand_in("s", "mayor", "vice", "leave"))
    found = Competence(rules, situation(rules, mayor="leave")).hands(stage(rules, "sign"))
    assert len(found) == 3
    assert used_stand_ins(rules, found) == ("s",)


def test_a_finding_is_as_strong_as_its_weakest_norm() -> None:
    assert weakest(power("a", "sign", "mayor"), power("b", "sign", "mayor", strength=Strength.DISCRETIONARY)) == 0


def test_a_composition_without_chair_gives_no_power() -> None:
    rules = rule_set(Composition(id="c", citations=power("a", "sign", "mayor").citations, body="plenary"))
    assert rules.powers == {}
