"""Who acts for the absent: causes, acts, papers, delegation, rank, chains, partners, and why nobody does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.absence import ABSENT_STATES, STATES
from model.competence import Competence, Hand
from model.norms import Power, StandIn
from model.parsing import parse_set
from model.ruleset import RuleSet
from tests.model.support import hands, power, reasons, rule_set, situation, stage, stand_in

SIGN = power("p", "sign", "mayor")
EVER = " ".join(ABSENT_STATES)
PARTNERS = {"vice_1": "vice_2", "vice_2": "vice_1"}


def test_nobody_stands_in_for_the_present() -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "deputy", EVER))
    assert hands(rules, situation(rules)) == ["mayor"]


def test_a_stand_in_acts_by_power_and_norm_instead_of_the_absent() -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "deputy", "leave"))
    at = situation(rules, mayor="leave")
    assert Competence(rules, at).hands(stage(rules, "sign")) == (Hand("deputy", ("p", "s"), ("mayor",)),)


@pytest.mark.parametrize("state", ABSENT_STATES)
def test_one_cause_does_not_cover_another(state: str) -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "deputy", "visit illness"))
    at = situation(rules, mayor=state)
    assert hands(rules, at) == (["deputy"] if state in ("visit", "illness") else [])
    if state not in ("visit", "illness"):
        assert reasons(rules, at) == [("mayor", "s", "cause")]


def test_only_the_acts_that_pass_are_done_by_the_stand_in() -> None:
    rules = rule_set(SIGN, power("q", "review", "mayor"), stand_in("s", "mayor", "deputy", "leave", acts=("review",)))
    at = situation(rules, mayor="leave")
    assert hands(rules, at, "q") == ["deputy"]
    assert reasons(rules, at) == [("mayor", "s", "act")]


def test_a_stand_in_for_some_papers_covers_no_others() -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "deputy", "leave", "urgent"))
    assert hands(rules, situation(rules, {"urgent": "true"}, mayor="leave")) == ["deputy"]
    assert reasons(rules, situation(rules, mayor="leave")) == [("mayor", "s", "paper")]


def test_a_condition_may_speak_of_the_principal() -> None:
    rules = rule_set(
        power("p", "sign", "vice"), stand_in("s", "vice", "secretary", "leave", "some(in_charge(principal))")
    )
    away = {"deputy": "leave", "vice_1": "leave", "vice_2": "leave"}
    assert hands(rules, situation(rules, touches="vice_1", **away)) == ["secretary"]
    assert {r for _, _, r in reasons(rules, situation(rules, **away))} == {"paper"}


def test_a_stand_in_under_a_reading_not_chosen_is_none() -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "deputy", "leave", under=(("extent", "broad"),)))
    assert hands(rules, situation(rules, readings={"extent": "broad"}, mayor="leave")) == ["deputy"]
    at = situation(rules, readings={"extent": "narrow"}, mayor="leave")
    assert reasons(rules, at) == [("mayor", "s", "reading")]


def test_obstacles_without_and_with_a_candidate() -> None:
    assert _reason(rule_set(SIGN)) == [("mayor", "", "none")]
    assert _reason(rule_set(SIGN, stand_in("s", "secretary", "deputy", EVER))) == [("mayor", "", "none")]
    assert _reason(rule_set(SIGN, stand_in("s", "mayor", "applicant", EVER))) == [("mayor", "s", "candidate")]
    assert _reason(rule_set(SIGN, stand_in("s", "mayor", "mayor", EVER))) == [("mayor", "s", "candidate")]
    assert _reason(rule_set(SIGN, stand_in("s", "mayor", "deputy", EVER)), deputy="leave") == [("mayor", "s", "absent")]


def _reason(rules: RuleSet, **states: str) -> list[tuple[str, str, str]]:
    return reasons(rules, situation(rules, **({"mayor": "leave"} | states)))


def test_every_stand_in_norm_gives_its_own_obstacle() -> None:
    rules = rule_set(
        SIGN, stand_in("a", "mayor", "deputy", "visit"), stand_in("b", "mayor", "vice", "leave", acts=("review",))
    )
    assert _reason(rules) == [("mayor", "a", "cause"), ("mayor", "b", "act")]


# delegation


def _delegated(giver: str) -> RuleSet:
    return rule_set(SIGN, stand_in("s", "mayor", "deputy", EVER, delegation=giver))


def test_a_delegation_must_have_been_given() -> None:
    rules = _delegated("principal")
    given_by = frozenset({("s", "mayor")})
    assert hands(rules, situation(rules, delegations=given_by, mayor="leave")) == ["deputy"]
    for other in (frozenset(), frozenset({("s", "deputy")}), frozenset({("t", "mayor")})):
        assert reasons(rules, situation(rules, delegations=other, mayor="leave")) == [("mayor", "s", "delegation")]


@pytest.mark.parametrize("state", ABSENT_STATES)
def test_the_vacant_and_the_suspended_cannot_delegate(state: str) -> None:
    rules = _delegated("principal")
    at = situation(rules, delegations=frozenset({("s", "mayor")}), mayor=state)
    assert bool(hands(rules, at)) == STATES[state].can_delegate == (state not in ("vacancy", "suspension"))


def test_somebody_else_may_be_the_one_to_delegate() -> None:
    rules = _delegated("secretary")
    asked = frozenset({("s", "mayor")})
    assert hands(rules, situation(rules, delegations=asked, mayor="vacancy")) == ["deputy"]
    assert hands(rules, situation(rules, delegations=asked, mayor="vacancy", secretary="vacancy")) == []


# rank


def test_without_order_every_present_candidate_may_stand_in() -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "vice", EVER))
    assert hands(rules, situation(rules, mayor="leave", vice_1="leave")) == ["deputy", "vice_2"]


@given(st.frozensets(st.sampled_from(["deputy", "vice_1", "vice_2", "secretary"])))
def test_by_rank_the_first_who_is_present_stands_in(away: frozenset[str]) -> None:
    rules = rule_set(SIGN, stand_in("s", "mayor", "secretary | vice", "leave", by_rank=True))
    at = situation(rules, mayor="leave", **dict.fromkeys(away, "illness"))
    present = [o for o in ("deputy", "vice_1", "vice_2", "secretary") if o not in away]
    assert hands(rules, at) == present[:1]


# chains


def _chain(chain: bool) -> RuleSet:
    return rule_set(
        SIGN, stand_in("first", "mayor", "deputy", EVER), stand_in("second", "deputy", "secretary", EVER, chain=chain)
    )


def test_a_chain_covers_what_was_done_in_anothers_stead() -> None:
    rules = _chain(True)
    at = situation(rules, mayor="leave", deputy="illness")
    assert Competence(rules, at).hands(stage(rules, "sign")) == (
        Hand("secretary", ("p", "first", "second"), ("mayor", "deputy")),
    )


def test_without_chain_only_the_absent_officials_own_acts_pass() -> None:
    rules = _chain(False)
    at = situation(rules, mayor="leave", deputy="illness")
    assert hands(rules, at) == []
    assert reasons(rules, at) == [("mayor", "first", "absent")]


def test_the_first_link_needs_no_chain() -> None:
    rules = rule_set(power("p", "sign", "deputy"), stand_in("s", "deputy", "secretary", EVER))
    assert hands(rules, situation(rules, deputy="leave")) == ["secretary"]


def test_every_link_is_checked_against_the_absence_of_its_own_principal() -> None:
    rules = rule_set(
        SIGN, stand_in("a", "mayor", "deputy", "leave"), stand_in("b", "deputy", "secretary", "illness", chain=True)
    )
    assert hands(rules, situation(rules, mayor="leave", deputy="illness")) == ["secretary"]
    assert hands(rules, situation(rules, mayor="leave", deputy="leave")) == []


@given(st.frozensets(st.sampled_from(["mayor", "deputy", "vice_1", "vice_2"])))
def test_a_long_chain_ends_at_the_first_who_is_present(away: frozenset[str]) -> None:
    names = ["mayor", "deputy", "secretary"]
    links = [stand_in(f"s{i}", a, b, EVER, chain=True) for i, (a, b) in enumerate(pairwise(names))]
    rules = rule_set(SIGN, *links)
    at = situation(rules, **dict.fromkeys(away, "leave"))
    assert hands(rules, at) == [next(n for n in names if n not in away)]


# partners


def _partners() -> RuleSet:
    of_touched = Power(id="p", citations=SIGN.citations, act="sign", by=parse_set("in_charge(vice)"))
    return rule_set(of_touched, stand_in("s", "vice", "partner(principal)", EVER, chain=True))


def test_the_present_partner_acts_for_the_absent_one() -> None:
    rules = _partners()
    for one, other in PARTNERS.items():
        at = situation(rules, touches=one, partner=PARTNERS, **{one: "leave"})
        assert hands(rules, at) == [other]


def test_two_absent_partners_lead_back_to_each_other() -> None:
    rules = _partners()
    at = situation(rules, touches="vice_1", partner=PARTNERS, vice_1="leave", vice_2="illness")
    assert hands(rules, at) == []
    assert reasons(rules, at) == [("vice_1", "s", "loop")]


def test_who_has_no_partner_has_no_candidate() -> None:
    rules = _partners()
    assert reasons(rules, situation(rules, touches="deputy", partner=PARTNERS, deputy="leave")) == [
        ("deputy", "s", "candidate")
    ]


def test_a_loop_on_the_way_is_no_obstacle_where_another_hand_is_left() -> None:
    more: StandIn = stand_in("t", "vice", "secretary", EVER)
    rules = rule_set(*_partners().norms.values(), more)
    at = situation(rules, touches="vice_1", partner=PARTNERS, vice_1="leave", vice_2="illness")
    assert hands(rules, at) == ["secretary"]


@given(
    st.dictionaries(
        st.sampled_from(["mayor", "deputy", "vice_1", "vice_2", "secretary"]), st.sampled_from(ABSENT_STATES)
    )
)
def test_every_hand_is_present_and_every_stuck_stage_has_an_obstacle(states: dict[str, str]) -> None:
    rules = rule_set(
        SIGN,
        power("q", "review", "vice", joint=True),
        stand_in("a", "mayor", "vice", "leave visit", by_rank=True),
        stand_in("b", "vice", "partner(principal) | secretary", EVER, chain=True),
        stand_in("c", "mayor | secretary", "deputy", "illness vacancy"),
    )
    at = situation(rules, partner=PARTNERS, **states)
    competence = Competence(rules, at)
    for each in rules.stages:
        found = competence.hands(each)
        assert all(at.present(h.actor) and not any(at.present(o) for o in h.instead_of) for h in found)
        assert all(len(h.norms) == len(h.instead_of) + 1 for h in found)
        assert competence.stuck(each) == (not found)
        if not found:
            assert competence.obstacles(each)
