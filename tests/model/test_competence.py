"""Who may act, without absence: powers, joint powers, residual powers, readings, bodies."""

from __future__ import annotations

import pytest

from model.competence import Competence, Hand
from model.evaluation import Context
from model.norms import Precedence
from model.parsing import parse_condition, parse_set
from tests.model.support import (
    cite,
    composition,
    deontic,
    hands,
    power,
    reasons,
    route,
    rule_set,
    situation,
    stage,
    stand_in,
    step,
)


def test_whoever_the_power_names_may_act() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    assert Competence(rules, situation(rules)).hands(stage(rules, "sign")) == (Hand("mayor", ("p",)),)


def test_an_office_names_all_its_holders_is_a_included() -> None:
    rules = rule_set(power("p", "sign", "vice"))
    assert hands(rules, situation(rules)) == ["deputy", "vice_1", "vice_2"]


def test_hands_are_in_rank_order_whatever_the_order_of_the_set() -> None:
    rules = rule_set(power("p", "sign", "secretary | vice | mayor"))
    assert hands(rules, situation(rules)) == ["mayor", "deputy", "vice_1", "vice_2", "secretary"]


def test_one_present_seat_suffices_for_a_power_of_any() -> None:
    rules = rule_set(power("p", "sign", "vice"))
    assert hands(rules, situation(rules, deputy="leave", vice_1="illness")) == ["vice_2"]


def test_a_joint_power_needs_every_seat() -> None:
    rules = rule_set(power("p", "sign", "mayor | secretary", joint=True))
    assert hands(rules, situation(rules)) == ["mayor", "secretary"]
    at = situation(rules, secretary="leave")
    assert hands(rules, at) == []
    assert reasons(rules, at) == [("secretary", "", "none")]


@pytest.mark.parametrize("joint", [False, True])
def test_a_power_of_nobody_is_not_able(joint: bool) -> None:
    rules = rule_set(power("p", "sign", "in_charge(vice)", joint=joint))
    assert reasons(rules, situation(rules)) == [("", "", "empty")]
    assert Competence(rules, situation(rules)).stuck(stage(rules, "sign"))
    assert hands(rules, situation(rules, touches="vice_2")) == ["vice_2"]


def test_a_power_is_in_force_on_the_papers_of_its_condition_only() -> None:
    rules = rule_set(power("p", "sign", "mayor", "kind = letter"))
    assert hands(rules, situation(rules, {"kind": "letter"})) == ["mayor"]
    assert not Competence(rules, situation(rules)).wanted(stage(rules, "sign"))


def test_a_residual_power_gives_way_where_the_other_is_in_force() -> None:
    rules = rule_set(
        power("special", "sign", "mayor", "kind = letter"), power("rest", "sign", "vice", residual_to=("special",))
    )
    assert hands(rules, situation(rules, {"kind": "letter"})) == ["mayor"]
    assert hands(rules, situation(rules)) == ["deputy", "vice_1", "vice_2"]


def test_a_residual_power_gives_way_even_where_the_other_has_nobody() -> None:
    rules = rule_set(power("special", "sign", "mayor"), power("rest", "sign", "vice", residual_to=("special",)))
    assert hands(rules, situation(rules, mayor="leave")) == []


def test_residual_powers_may_be_stacked() -> None:
    rules = rule_set(
        power("a", "sign", "mayor", "kind = letter and urgent"),
        power("b", "sign", "vice", "kind = letter", residual_to=("a",)),
        power("c", "sign", "secretary", residual_to=("b",)),
    )
    at = Context(rules, situation(rules, {"kind": "letter", "urgent": "true"}))
    assert [n for n in "abc" if at.in_force(rules.norms[n])] == ["a", "c"]
    at = Context(rules, situation(rules, {"kind": "letter"}))
    assert [n for n in "abc" if at.in_force(rules.norms[n])] == ["b"]


def test_precedence_makes_the_loser_give_way() -> None:
    order = Precedence(id="o", citations=cite(), prevails=("a",), yields=("b",))
    rules = rule_set(power("b", "sign", "vice"), power("a", "sign", "mayor", "urgent"), order)
    assert hands(rules, situation(rules, {"urgent": "true"})) == ["mayor"]
    assert hands(rules, situation(rules)) == ["deputy", "vice_1", "vice_2"]


def test_a_norm_under_a_reading_is_in_force_under_that_choice_only() -> None:
    rules = rule_set(power("p", "sign", "mayor", under=(("extent", "broad"),)))
    assert hands(rules, situation(rules, readings={"extent": "broad"})) == ["mayor"]
    for other in ({"extent": "narrow"}, {}):
        at = situation(rules, readings=other)
        assert not Competence(rules, at).wanted(stage(rules, "sign"))


def test_a_permissive_power_is_not_wanted_but_may_be_used() -> None:
    rules = rule_set(power("p", "sign", "mayor", may=True))
    assert hands(rules, situation(rules)) == ["mayor"]
    assert not Competence(rules, situation(rules, mayor="leave")).stuck(stage(rules, "sign"))


def test_a_duty_of_nobody_wants_the_act_of_whoever_may() -> None:
    rules = rule_set(
        power("p", "sign", "mayor", "urgent", may=True), deontic("d", "duty", "sign", None, "kind = letter")
    )
    assert reasons(rules, situation(rules)) == [("", "", "unnamed")]
    assert Competence(rules, situation(rules)).stuck(stage(rules, "sign"))
    assert not Competence(rules, situation(rules, {"urgent": "true"})).stuck(stage(rules, "sign"))
    assert not Competence(rules, situation(rules, {"kind": "letter"})).wanted(stage(rules, "sign"))


def test_powers_over_a_decisive_act_are_one_stage_and_others_one_each() -> None:
    rules = rule_set(
        power("a", "sign", "mayor"),
        power("b", "sign", "vice"),
        power("c", "review", "vice"),
        power("d", "review", "mayor"),
    )
    assert [(s.id, [p.id for p in s.powers]) for s in rules.stages] == [
        ("sign", ["a", "b"]),
        ("c", ["c"]),
        ("d", ["d"]),
    ]


def test_a_decisive_act_that_a_route_wants_twice_is_two_stages() -> None:
    rules = rule_set(route("r", step("r", "one", "sign", "mayor"), step("r", "two", "sign", "vice", ("one",))))
    assert [s.id for s in rules.stages] == ["r.one", "r.two"]
    competence = Competence(rules, situation(rules, mayor="leave"))
    assert [competence.stuck(s) for s in rules.stages] == [True, False]


def test_an_alternative_power_keeps_a_decisive_act_from_being_stuck() -> None:
    rules = rule_set(power("a", "sign", "mayor"), power("b", "sign", "secretary"))
    assert hands(rules, situation(rules, mayor="vacancy")) == ["secretary"]
    assert not Competence(rules, situation(rules, mayor="vacancy")).stuck(stage(rules, "sign"))


# bodies


def test_a_unit_acts_as_such() -> None:
    rules = rule_set(power("p", "sign", "bureau"))
    assert hands(rules, situation(rules, mayor="leave", secretary="leave")) == ["bureau"]


def test_a_body_meets_only_with_somebody_to_chair_it() -> None:
    rules = rule_set(power("p", "sign", "plenary"), composition("c", "plenary", "mayor"))
    assert hands(rules, situation(rules)) == ["plenary"]
    at = situation(rules, mayor="illness")
    assert hands(rules, at) == []
    assert reasons(rules, at) == [("mayor", "", "none")]


def test_a_chairs_stand_in_lets_the_body_meet() -> None:
    cover = stand_in("s", "mayor", "deputy", "illness", acts=("chair",))
    rules = rule_set(power("p", "sign", "plenary"), composition("c", "plenary", "mayor"), cover)
    assert hands(rules, situation(rules, mayor="illness")) == ["plenary"]
    assert hands(rules, situation(rules, mayor="leave")) == []
    assert reasons(rules, situation(rules, mayor="leave")) == [("mayor", "s", "cause")]


def test_one_of_several_chairs_suffices() -> None:
    rules = rule_set(
        power("p", "sign", "plenary"), composition("c", "plenary", "mayor"), composition("d", "plenary", "deputy")
    )
    assert hands(rules, situation(rules, mayor="leave")) == ["plenary"]


def test_the_chair_of_one_body_does_not_chair_another() -> None:
    rules = rule_set(
        power("p", "sign", "standing"), composition("c", "plenary", "mayor"), composition("d", "standing", "deputy")
    )
    assert hands(rules, situation(rules, deputy="leave")) == []
    assert hands(rules, situation(rules, mayor="leave")) == ["standing"]


def test_to_chair_a_meeting_is_a_power_over_papers_about_that_meeting() -> None:
    rules = rule_set(composition("c", "plenary", "mayor"))
    chairing = {"kind": "meeting", "body": "plenary"}
    assert hands(rules, situation(rules, chairing), "chair") == ["mayor"]
    assert not Competence(rules, situation(rules, {"kind": "meeting"})).wanted(stage(rules, "chair"))


# the meaning of expressions


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("vice - deputy", "vice_1 vice_2"),
        ("leaders & vice - vice", ""),
        ("present(leaders)", "mayor vice_2"),
        ("absent(leaders)", "deputy vice_1"),
        ("absent(leaders, leave)", "deputy"),
        ("absent(leaders, away)", "deputy"),
        ("absent(leaders, leave_in_town)", ""),
        ("absent(leaders, illness, leave)", "deputy vice_1"),
        ("in_charge(leaders)", "vice_2"),
        ("partner(vice)", "vice_1 vice_2"),
        ("partner(partner(vice) & in_charge(vice))", "vice_1"),
        ("applicant", "vice_1"),
        ("(mayor when urgent)", ""),
        ("(mayor when not urgent) | plenary", "mayor plenary"),
    ],
)
def test_what_a_set_denotes(text: str, members: str) -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    partners = {"vice_1": "vice_2", "vice_2": "vice_1"}
    at = situation(rules, {}, "vice_2", {"applicant": "vice_1"}, partners, deputy="leave_away", vice_1="illness")
    assert Context(rules, at).members(parse_set(text)) == set(members.split())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("kind = notice", True),
        ("kind != notice", False),
        ("kind in {letter, notice}", True),
        ("urgent", False),
        ("not urgent and kind = notice", True),
        ("some(absent(mayor))", False),
        ("count(vice) = 3", True),
        ("count(vice) >= 4", False),
        ("count(vice) <= 3", True),
        ("reading(extent, broad)", True),
        ("reading(extent, narrow)", False),
    ],
)
def test_whether_a_condition_holds(text: str, holds: bool) -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    at = situation(rules, readings={"extent": "broad"})
    assert Context(rules, at).holds(parse_condition(text)) is holds
