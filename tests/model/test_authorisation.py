"""Powers that exist only where somebody authorised them: signing by authorisation, chairing by commission."""

from __future__ import annotations

import pytest

from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import competence_conflicts, signing_gap
from tests.model.support import composition, hands, power, reasons, rule_set, situation

GIVEN = frozenset({("delegate", "mayor")})


def rules_() -> RuleSet:
    return rule_set(power("own", "sign", "mayor"), power("delegate", "sign", "deputy", delegation="mayor"))


def at(given: frozenset[tuple[str, str]] = GIVEN, **states: str) -> Situation:
    return situation(rules_(), delegations=given, partner={"vice_1": "vice_2", "vice_2": "vice_1"}, **states)


def test_without_authorisation_the_power_is_not_there() -> None:
    assert hands(rules_(), at(frozenset())) == ["mayor"]


def test_a_present_official_may_authorise_and_may_still_act_himself() -> None:
    assert hands(rules_(), at()) == ["mayor", "deputy"]
    assert reachable(rules_(), at())


def test_an_authorisation_lasts_while_its_giver_is_away() -> None:
    assert hands(rules_(), at(mayor="out_of_town")) == ["deputy"]


@pytest.mark.parametrize("state", ["vacancy", "suspension"])
def test_who_cannot_delegate_has_not_authorised(state: str) -> None:
    assert hands(rules_(), at(mayor=state)) == []
    assert not reachable(rules_(), at(mayor=state))


def test_only_those_named_authorise() -> None:
    given = frozenset({("delegate", "secretary")})
    assert hands(rules_(), at(given)) == ["mayor"]
    assert not reachable(rules_(), at(given))
    assert not reachable(rules_(), at(frozenset({("own", "mayor")})))


def test_the_want_of_an_authorisation_is_named_where_it_would_help() -> None:
    assert signing_gap(rules_(), at(frozenset(), mayor="leave"))
    assert reasons(rules_(), at(frozenset(), mayor="leave")) == [("", "", "unauthorised"), ("mayor", "", "none")]
    assert reasons(rules_(), at(frozenset(), mayor="leave", deputy="leave")) == [("mayor", "", "none")]


def test_an_authorised_power_conflicts_with_nothing() -> None:
    assert not list(competence_conflicts(rules_(), at()))
    both = rule_set(power("own", "sign", "mayor"), power("delegate", "sign", "deputy"))
    assert list(competence_conflicts(both, situation(both)))


def test_a_body_meets_where_the_chair_was_authorised() -> None:
    rules = rule_set(
        power("decide", "decide", "standing"),
        composition("c", "standing", "mayor"),
        composition("d", "standing", "deputy", delegation="mayor"),
    )
    given = frozenset({("d.chair", "mayor")})
    assert hands(rules, situation(rules, mayor="leave"), "decide") == []
    assert hands(rules, situation(rules, delegations=given, mayor="leave"), "decide") == ["standing"]
