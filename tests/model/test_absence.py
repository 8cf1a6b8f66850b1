"""Why officials are absent: what a cause covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.absence import ABSENT_STATES, CAUSES, PRESENT, STATES, VACANCY, states_of

SOME = st.lists(st.sampled_from(sorted(CAUSES)))


def test_presence_is_no_absence() -> None:
    assert PRESENT not in ABSENT_STATES
    assert all(PRESENT not in covered for covered in CAUSES.values())
    assert set(STATES) == {PRESENT, *ABSENT_STATES}


def test_away_looks_at_the_place_and_not_at_the_cause() -> None:
    assert CAUSES["away"] == {"out_of_town", "leave_away", "visit", "study_away", "secondment"}
    assert all(STATES[s].away for s in CAUSES["away"])


def test_any_is_every_absence_but_a_vacancy() -> None:
    assert CAUSES["any"] == set(ABSENT_STATES) - {VACANCY}


@pytest.mark.parametrize(
    ("cause", "states"),
    [
        ("leave", {"leave", "leave_away"}),
        ("leave_in_town", {"leave"}),
        ("leave_away", {"leave_away"}),
        ("study", {"study", "study_away"}),
        ("study_in_town", {"study"}),
        ("illness", {"illness"}),
        ("vacancy", {"vacancy"}),
    ],
)
def test_what_a_cause_covers(cause: str, states: set[str]) -> None:
    assert states_of([cause]) == states


@given(SOME, SOME)
def test_causes_together_cover_what_each_covers(one: list[str], two: list[str]) -> None:
    assert states_of(one + two) == states_of(one) | states_of(two)


def test_an_unknown_cause_is_an_error_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="nearest: illness"):
        states_of(["leave", "ilness"])


def test_only_the_vacant_and_the_suspended_cannot_delegate() -> None:
    assert {s for s in STATES if not STATES[s].can_delegate} == {"vacancy", "suspension"}


def test_illness_suspension_and_vacancy_are_not_chosen() -> None:
    assert {s for s in ABSENT_STATES if not STATES[s].chosen} == {"illness", "suspension", "vacancy"}


def test_presence_is_the_least_rare() -> None:
    assert STATES[PRESENT].rarity == 0
    assert all(STATES[s].rarity > 0 for s in ABSENT_STATES)
