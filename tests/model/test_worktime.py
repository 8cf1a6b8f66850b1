"""Working time against the calendar of the standard library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.worktime import HOURS, MONTH_CEILING, MONTH_FLOOR, add, elapsed, working_days

MONDAY = date(2024, 1, 1)
WEEKDAY = st.integers(0, 6)
TIME = st.integers(0, 60 * HOURS)
UNIT = st.sampled_from(["hour", "calendar_day", "working_day"])


def by_calendar(first: int, last: int, weekday: int) -> int:
    """Working days after day `first` up to day `last`, counted one by one; day 0 is a `weekday`."""
    start = MONDAY + timedelta(days=weekday)
    return sum((start + timedelta(days=d)).weekday() < 5 for d in range(first + 1, last + 1))


@given(st.integers(0, 400), WEEKDAY)
def test_working_days_are_those_of_the_calendar(day: int, weekday: int) -> None:
    assert working_days(day, weekday) == by_calendar(0, day, weekday)


@given(TIME, TIME, WEEKDAY)
def test_elapsed_working_days_leave_the_first_day_out(one: int, other: int, weekday: int) -> None:
    start, end = sorted((one, other))
    assert elapsed(start, end, "working_day", weekday) == by_calendar(start // HOURS, end // HOURS, weekday)


@given(TIME, st.integers(0, 40), UNIT, WEEKDAY)
def test_add_gives_the_least_time_at_which_so_much_has_elapsed(time: int, amount: int, unit: str, weekday: int) -> None:
    due = add(time, amount, unit, weekday)
    assert elapsed(time, due, unit, weekday) == amount
    if due > time:
        assert elapsed(time, due - 1, unit, weekday) < amount


@given(TIME, TIME, st.integers(0, 40), UNIT, WEEKDAY)
def test_add_and_elapsed_are_adjoint(one: int, other: int, amount: int, unit: str, weekday: int) -> None:
    start, end = sorted((one, other))
    assert (add(start, amount, unit, weekday) <= end) == (amount <= elapsed(start, end, unit, weekday))


@given(TIME, TIME, st.integers(0, 40), st.integers(0, 40), UNIT, WEEKDAY)
def test_later_and_longer_is_never_sooner(one: int, other: int, less: int, more: int, unit: str, weekday: int) -> None:
    start, later = sorted((one, other))
    few, many = sorted((less, more))
    assert add(start, few, unit, weekday) <= add(later, few, unit, weekday)
    assert add(start, few, unit, weekday) <= add(start, many, unit, weekday)


@given(TIME, st.integers(0, 20), st.integers(0, 20), UNIT, WEEKDAY)
def test_two_periods_one_after_the_other_are_their_sum(time: int, one: int, two: int, unit: str, weekday: int) -> None:
    assert add(add(time, one, unit, weekday), two, unit, weekday) == add(time, one + two, unit, weekday)


@given(TIME, st.integers(1, 40), WEEKDAY)
def test_so_many_working_days_take_at_least_so_many_days(time: int, amount: int, weekday: int) -> None:
    assert add(time, amount, "working_day", weekday) >= add(time, amount, "calendar_day", weekday)
    assert add(time, 5 * amount, "working_day", weekday) <= add(time, 7 * amount + 2, "calendar_day", weekday)


@pytest.mark.parametrize(
    ("weekday", "amount", "day"),
    [(0, 1, 1), (0, 4, 4), (0, 5, 7), (4, 1, 3), (5, 1, 2), (6, 1, 1), (4, 6, 10), (4, 10, 14)],
)
def test_working_days_jump_over_the_week_end(weekday: int, amount: int, day: int) -> None:
    assert add(0, amount, "working_day", weekday) == day * HOURS


@given(TIME, st.integers(1, 12), WEEKDAY)
def test_a_month_delays_at_its_shortest_and_limits_at_its_longest(time: int, months: int, weekday: int) -> None:
    due = add(time, months, "month", weekday)
    assert due == (time // HOURS + months * MONTH_FLOOR) * HOURS
    assert elapsed(time, due, "month", weekday) <= months
    longest = (time // HOURS + months * MONTH_CEILING) * HOURS
    assert elapsed(time, longest, "month", weekday) == months
    assert elapsed(time, longest + HOURS, "month", weekday) == months + 1


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        add(0, 1, "fortnight", 0)
