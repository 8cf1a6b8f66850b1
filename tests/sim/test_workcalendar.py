"""The working calendar: days off and make-up days, working minutes and their inverse, the different units."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.holidays import DayRule, UnknownYearError, known_year
from sim.workcalendar import DAY, WorkCalendar, add_months, check_sessions

YEAR = WorkCalendar(date(2025, 1, 1), 365)
ALWAYS = WorkCalendar.always(300)
TIMES = st.floats(0, 400 * DAY, allow_nan=False)


def at(day: date, hour: float) -> float:
    return YEAR.day_of(day) * DAY + hour * 60


def test_spring_festival_is_off_and_its_make_up_days_are_worked() -> None:
    assert not YEAR.is_working(YEAR.day_of(date(2025, 1, 29)))
    assert date(2025, 1, 26).weekday() == 6 and YEAR.is_working(YEAR.day_of(date(2025, 1, 26)))
    assert date(2025, 2, 8).weekday() == 5 and YEAR.is_working(YEAR.day_of(date(2025, 2, 8)))


def test_a_year_has_the_working_days_the_notice_leaves() -> None:
    # 365 days less 104 days of weekend and 13 statutory holidays: the notice only moves days about
    assert YEAR.worked(365 * DAY) / YEAR.minutes_a_day == 248


def test_a_year_without_data_is_refused_or_falls_under_the_stated_rule() -> None:
    assert known_year(2025) and not known_year(2099)
    with pytest.raises(UnknownYearError) as caught:
        _ = WorkCalendar(date(2099, 1, 1), 10).is_working(0)
    assert caught.value.year == 2099
    stated = WorkCalendar(date(2099, 5, 1), 10, rule=DayRule("weekdays"))
    assert date(2099, 5, 1).weekday() == 4 and not stated.is_working(0)
    assert [stated.is_working(d) for d in range(3, 5)] == [True, True]


def test_lunch_and_nights_do_not_count() -> None:
    monday = date(2025, 3, 3)
    assert YEAR.after(at(monday, 11.5), 60) == at(monday, 14.5)
    assert YEAR.after(at(monday, 17), 60) == at(date(2025, 3, 4), 9)
    assert YEAR.after(at(date(2025, 3, 7), 17.25), 30) == at(date(2025, 3, 10), 8.75)


@given(TIMES, st.floats(0.01, 5000))
def test_work_takes_exactly_its_working_minutes(time: float, minutes: float) -> None:
    done = YEAR.after(time, minutes)
    assert YEAR.worked(done) - YEAR.worked(time) == pytest.approx(minutes, abs=1e-6)
    assert done > time


@given(TIMES, TIMES)
def test_working_time_never_runs_back_or_faster_than_the_clock(one: float, two: float) -> None:
    early, late = sorted((one, two))
    assert 0 <= YEAR.worked(late) - YEAR.worked(early) <= late - early + 1e-6


@given(TIMES, st.floats(0, 5000))
def test_around_the_clock_working_time_is_time(time: float, minutes: float) -> None:
    assert ALWAYS.worked(time) == pytest.approx(time)
    assert ALWAYS.after(time, minutes) == pytest.approx(time + minutes)


@given(TIMES)
def test_the_office_opens_at_a_working_moment(time: float) -> None:
    opened = YEAR.open_at(time)
    assert opened >= time and YEAR.worked(opened) == pytest.approx(YEAR.worked(time))
    assert YEAR.worked(opened + 0.5) > YEAR.worked(opened)


def test_units_differ_over_a_holiday() -> None:
    friday = at(date(2025, 9, 26), 10)  # 27 is a Saturday, 28 is worked, 1 to 8 October are off
    assert YEAR.due(friday, 3, "calendar_day") == at(date(2025, 9, 29), 17.5)
    assert YEAR.due(friday, 3, "working_day") == at(date(2025, 9, 30), 17.5)
    assert YEAR.due(friday, 5, "calendar_day") == at(date(2025, 10, 9), 17.5)
    assert YEAR.due(friday, 5, "working_day") == at(date(2025, 10, 10), 17.5)
    assert YEAR.due(friday, 72, "hour") == at(date(2025, 9, 29), 10)
    assert YEAR.due(friday, 1, "week") == at(date(2025, 10, 9), 17.5)
    assert YEAR.due(at(date(2025, 2, 26), 10), 1, "month") == at(date(2025, 3, 26), 17.5)


def test_months_end_on_the_day_of_the_same_number_or_the_last() -> None:
    assert add_months(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)


def test_a_floor_is_kept_from_the_beginning_of_its_last_day() -> None:
    friday = at(date(2025, 3, 7), 10)
    assert YEAR.earliest(friday, 2, "working_day") == at(date(2025, 3, 11), 0)
    assert YEAR.earliest(friday, 0, "working_day") == friday


@given(st.floats(0, 300 * DAY), st.integers(1, 30))
def test_working_days_are_counted_as_they_are_added(time: float, amount: int) -> None:
    assert YEAR.working_days_between(time, YEAR.due(time, amount, "working_day")) == amount


def test_sessions_must_be_in_order_and_apart() -> None:
    assert check_sessions([(510, 720), (840, 1050)])
    assert not check_sessions([(510, 900), (840, 1050)])
    assert not check_sessions([])
