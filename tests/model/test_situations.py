"""Casts, situations, which of them can occur, and how plain they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import plainness
from model.absence import ABSENT_STATES, PRESENT, STATES
from model.errors import ScopeError
from model.norms import Exclusion
from model.parsing import parse_condition, parse_set
from model.reachability import departures, reachable
from model.ruleset import RuleSet
from model.situation import Paper, Situation, check, make_cast, portfolio_holders
from model.vocabulary import Fact, Label, Strength
from tests.model.support import cite, power, rule_set, situation, stand_in

PARTNERS = {"vice_1": "vice_2", "vice_2": "vice_1"}
SIGN = power("p", "sign", "mayor")


def apart(between: str, other: str, strength: Strength = Strength.STRICT) -> RuleSet:
    return rule_set(
        SIGN, Exclusion(id="e", citations=cite(), between=parse_set(between), other=parse_set(other), strength=strength)
    )


# casts


def test_a_cast_is_in_the_order_of_the_offices() -> None:
    assert make_cast(rule_set(SIGN)).ids == ("mayor", "deputy", "vice_1", "vice_2", "secretary")


def test_a_single_holder_has_the_name_of_the_office() -> None:
    cast = make_cast(rule_set(SIGN), {"vice": 1})
    assert cast.ids == ("mayor", "deputy", "vice", "secretary")
    assert cast["vice"].label.zh == "vice"


def test_holders_are_told_apart_by_stems() -> None:
    cast = make_cast(rule_set(SIGN), {"vice": 12})
    labels = [o.label.zh for o in cast.officials if o.office == "vice"]
    assert labels[:2] == ["vice甲", "vice乙"]
    assert len(set(labels)) == 12


def test_an_office_may_have_no_holder_and_its_set_is_empty_then() -> None:
    cast = make_cast(rule_set(SIGN), {"vice": 0})
    assert cast.holding("vice") == {"deputy"}


@pytest.mark.parametrize("scope", [{"mayor": 2}, {"vice": -1}, {"voce": 1}])
def test_a_cast_that_the_offices_do_not_allow(scope: dict[str, int]) -> None:
    with pytest.raises(ScopeError):
        make_cast(rule_set(SIGN), scope)


def test_portfolios_are_those_of_the_office_and_what_it_is_one_of() -> None:
    rules = rule_set(SIGN)
    assert portfolio_holders(rules, make_cast(rules)) == ("deputy", "vice_1", "vice_2")


@pytest.mark.parametrize(
    "wrong",
    [
        Situation(make_cast(rule_set(SIGN)), states={"mayor": "asleep"}),
        Situation(make_cast(rule_set(SIGN)), states={"mayr": "leave"}),
        Situation(make_cast(rule_set(SIGN)), Paper({"kinds": "notice"})),
        Situation(make_cast(rule_set(SIGN)), Paper({"kind": "notise"})),
        Situation(make_cast(rule_set(SIGN)), Paper({}, frozenset({"mayr"}))),
        Situation(make_cast(rule_set(SIGN)), Paper({}, frozenset(), {"aplicant": "mayor"})),
        Situation(make_cast(rule_set(SIGN)), relations={"partnr": {}}),
        Situation(make_cast(rule_set(SIGN)), readings={"exent": "broad"}),
    ],
)
def test_a_situation_that_names_what_is_not_there(wrong: Situation) -> None:
    with pytest.raises(ScopeError, match="no such"):
        check(rule_set(SIGN), wrong)


def test_a_situation_that_fits_passes() -> None:
    rules = rule_set(SIGN)
    check(rules, situation(rules, {"kind": "letter"}, "vice_1", {"applicant": "mayor"}, PARTNERS, mayor="leave"))


# reachability


def test_facts_rule_out_situations() -> None:
    rules = rule_set(SIGN, facts=(Fact("f", Label("f", "f"), parse_condition("not (urgent and kind = notice)")),))
    assert not reachable(rules, situation(rules, {"urgent": "true"}, partner=PARTNERS))
    assert reachable(rules, situation(rules, partner=PARTNERS))


@given(st.sampled_from([PRESENT, *ABSENT_STATES]), st.sampled_from([PRESENT, *ABSENT_STATES]))
def test_who_must_not_be_absent_at_once_may_be_so_only_unchosen(one: str, two: str) -> None:
    rules = apart("mayor", "deputy")
    at = situation(rules, partner=PARTNERS, **{o: s for o, s in (("mayor", one), ("deputy", two)) if s != PRESENT})
    both = PRESENT not in (one, two)
    assert reachable(rules, at) == (not (both and (STATES[one].chosen or STATES[two].chosen)))


def test_an_exclusion_over_the_principal_binds_each_with_his_own_partner() -> None:
    rules = apart("vice", "partner(principal)")
    assert not reachable(rules, situation(rules, partner=PARTNERS, vice_1="leave", vice_2="leave"))
    assert reachable(rules, situation(rules, partner=PARTNERS, vice_1="leave", deputy="leave"))


def test_one_official_is_not_two() -> None:
    rules = apart("mayor", "mayor")
    assert reachable(rules, situation(rules, partner=PARTNERS, mayor="leave"))


def test_an_exclusion_does_not_bind_where_its_exception_holds() -> None:
    rules = rule_set(
        SIGN,
        Exclusion(
            id="e",
            citations=cite(),
            between=parse_set("mayor"),
            other=parse_set("deputy"),
            unless=parse_condition("urgent"),
        ),
    )
    both = {"mayor": "leave", "deputy": "leave"}
    assert not reachable(rules, situation(rules, partner=PARTNERS, **both))
    assert reachable(rules, situation(rules, {"urgent": "true"}, partner=PARTNERS, **both))


def test_an_exclusion_in_principle_may_be_departed_from() -> None:
    rules = apart("mayor", "deputy", Strength.IN_PRINCIPLE)
    at = situation(rules, partner=PARTNERS, mayor="leave", deputy="leave")
    assert reachable(rules, at)
    assert departures(rules, at) == ("e",)
    assert departures(rules, situation(rules, partner=PARTNERS, mayor="leave")) == ()


@pytest.mark.parametrize(
    ("partner", "possible"),
    [
        (PARTNERS, True),
        ({"deputy": "vice_1", "vice_1": "deputy"}, True),
        ({}, False),
        ({"vice_1": "vice_2"}, False),
        ({"vice_1": "vice_1"}, False),
        ({"mayor": "vice_1", "vice_1": "mayor"}, False),
        (PARTNERS | {"deputy": "vice_1"}, False),
    ],
    ids=["a pair", "another pair", "total: nobody paired", "one-sided", "himself", "not of the set", "two of one"],
)
def test_a_symmetric_total_relation_pairs_all_but_one_of_an_odd_number(partner: dict[str, str], possible: bool) -> None:
    rules = rule_set(SIGN)
    assert reachable(rules, situation(rules, partner=partner)) is possible


@pytest.mark.parametrize(
    ("kind", "roles", "possible"),
    [
        ("letter", {"applicant": "mayor"}, True),
        ("letter", {"applicant": "vice_1"}, True),
        ("letter", {}, False),
        ("letter", {"applicant": "secretary"}, False),
        ("notice", {"applicant": "mayor"}, False),
        ("notice", {}, True),
    ],
)
def test_a_role_is_held_on_its_papers_by_one_of_its_set(kind: str, roles: dict[str, str], possible: bool) -> None:
    rules = rule_set(SIGN)
    assert reachable(rules, situation(rules, {"kind": kind}, roles=roles, partner=PARTNERS)) is possible


@pytest.mark.parametrize(
    ("delegation", "possible"),
    [(("s", "mayor"), True), (("s", "deputy"), False), (("t", "mayor"), False), (("s", "secretary"), False)],
)
def test_only_the_absent_whom_a_norm_names_have_delegated(delegation: tuple[str, str], possible: bool) -> None:
    rules = rule_set(
        SIGN,
        stand_in("s", "mayor | deputy", "vice", "leave", delegation="principal"),
        stand_in("t", "mayor", "vice", "leave"),
    )
    at = situation(rules, partner=PARTNERS, delegations=frozenset({delegation}), mayor="leave", secretary="leave")
    assert reachable(rules, at) is possible


# plainness


def test_the_plainest_situation_costs_nothing() -> None:
    rules = rule_set(SIGN)
    assert plainness.cost(rules, situation(rules)) == (0, 0)


@given(st.sampled_from(ABSENT_STATES), st.sampled_from(ABSENT_STATES))
def test_rarer_causes_are_less_plain_and_fewer_absences_plainer_still(one: str, two: str) -> None:
    rules = rule_set(SIGN)
    single, other = (plainness.cost(rules, situation(rules, mayor=s)) for s in (one, two))
    assert STATES[one].rarity >= STATES[two].rarity or single < other
    assert single < plainness.cost(rules, situation(rules, mayor=one, deputy=two))


@pytest.mark.parametrize(
    "more",
    [
        {"paper": {"urgent": "true"}},
        {"touches": "vice_1"},
        {"delegations": frozenset({("s", "mayor")})},
        {"mayor": "leave"},
    ],
)
def test_whatever_is_out_of_the_ordinary_costs_something(more: dict[str, object]) -> None:
    rules = rule_set(SIGN)
    assert plainness.cost(rules, situation(rules, **more)) > (0, 0)  # type: ignore[arg-type]


def test_delegations_that_make_no_difference_are_left_out() -> None:
    norms = [
        replace(stand_in(n, "mayor", "deputy", "leave"), citations=cite(a)) for n, a in (("s", 3), ("t", 3), ("u", 4))
    ]
    rules = rule_set(SIGN, *norms)
    every = frozenset({("s", "mayor"), ("t", "mayor"), ("u", "mayor"), ("u", "deputy")})
    at = situation(rules, delegations=every)
    bare = plainness.without_idle(rules, at, lambda fewer: ("s", "mayor") in fewer.delegations)
    assert bare.delegations == {("s", "mayor"), ("t", "mayor")}, "of one paragraph and one official all stay"
    assert plainness.without_idle(rules, at, lambda fewer: False) == at
    assert not plainness.without_idle(rules, at, lambda fewer: True).delegations
