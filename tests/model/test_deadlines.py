"""The least time of a route against its ceilings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.deadlines import END, START, ceilings, lags, least_time, minimal_overruns, overrun, predecessors
from model.norms import Bound, Cadence, Route
from model.ruleset import RuleSet
from model.worktime import HOURS, add
from tests.model.support import bound, cadence, cite, route, rule_set, step

LINE = route(
    "r",
    step("r", "a", "review", "mayor"),
    step("r", "b", "check", "vice", ("a",)),
    step("r", "c", "sign", "mayor", ("b",)),
)
FORK = route(
    "r",
    step("r", "a", "review", "mayor"),
    step("r", "b", "check", "vice", ("a",)),
    step("r", "c", "check", "plenary", ("a",)),
    step("r", "d", "sign", "mayor", ("b", "c")),
)


def least(of: Route, start: str, end: str, *norms: Bound | Cadence, weekday: int = 0) -> int | None:
    """Days from `start` to `end`."""
    time = least_time(of, start, end, lags(rule_set(of, *norms), of), weekday)
    return None if time is None else time // HOURS


def worst(rules: RuleSet, of: Route = LINE) -> list[tuple[set[str], int, int]]:
    """The norms of the lags, the least time and the excess of every minimal overrun of the first ceiling."""
    found = minimal_overruns(rules, of, ceilings(rules, of)[0])
    return [({lag.norm.id for lag in o.lags}, o.least, o.excess) for o in found]


def test_steps_are_ordered_as_after_says() -> None:
    assert predecessors(FORK) == {START: (), "a": (START,), "b": ("a",), "c": ("a",), "d": ("b", "c"), END: ("d",)}


def test_an_end_waits_for_every_step_that_nothing_follows() -> None:
    loose = route("r", step("r", "a", "review", "mayor"), step("r", "b", "check", "vice"))
    assert predecessors(loose)[END] == ("a", "b")
    assert predecessors(route("r"))[END] == (START,)


def test_handling_itself_takes_no_time() -> None:
    assert least(LINE, START, END) == 0


def test_floors_one_after_the_other_add_up() -> None:
    assert least(LINE, START, END, bound("x", "r", "a", "b", "floor", 3, "calendar_day"),
                 bound("y", "r", "b", "c", "floor", 4, "calendar_day")) == 7  # fmt: skip


def test_floors_side_by_side_count_once() -> None:
    assert least(FORK, START, END, bound("x", "r", "a", "b", "floor", 3, "calendar_day"),
                 bound("y", "r", "a", "c", "floor", 4, "calendar_day")) == 4  # fmt: skip


def test_a_floor_over_several_steps_counts_where_it_is_longer() -> None:
    short = bound("x", "r", "a", "b", "floor", 3, "calendar_day")
    assert least(LINE, START, END, short, bound("y", "r", START, END, "floor", 10, "calendar_day")) == 10
    assert least(LINE, START, END, short, bound("y", "r", START, END, "floor", 2, "calendar_day")) == 3


def test_time_does_not_run_backwards() -> None:
    assert least(LINE, "c", "a") is None
    assert least(FORK, "b", "c") is None
    assert least(LINE, "b", END) == 0


def test_a_period_that_lapses_into_consent_may_be_used_up() -> None:
    reply = bound("x", "r", "a", "b", "ceiling", 5, "calendar_day", "deemed_consent")
    rules = rule_set(LINE, reply)
    assert least(LINE, START, END, reply) == 5
    assert ceilings(rules, LINE) == ()


@pytest.mark.parametrize("expiry", ["nothing_said", "reminder", "escalation", "overdue"])
def test_any_other_ceiling_delays_nobody(expiry: str) -> None:
    limit = bound("x", "r", "a", "b", "ceiling", 5, "calendar_day", expiry)
    assert least(LINE, START, END, limit) == 0
    assert ceilings(rule_set(LINE, limit), LINE) == (limit,)


def test_a_meeting_that_recurs_is_waited_for_a_whole_period() -> None:
    assert least(FORK, START, END, cadence("x", "plenary", 14)) == 14
    assert least(FORK, START, END, cadence("x", "standing", 14)) == 0
    assert least(FORK, START, END, cadence("x", "plenary", 0)) == 0
    assert least(LINE, START, END, cadence("x", "plenary", 14)) == 0


def test_bounds_of_another_route_bind_not() -> None:
    other = bound("x", "q", START, END, "floor", 9, "calendar_day")
    assert least(LINE, START, END, other) == 0


@pytest.mark.parametrize(
    ("floor", "ceiling", "overruns"),
    [
        ((4, "calendar_day"), (3, "calendar_day"), [({"f"}, 4, 1)]),
        ((3, "calendar_day"), (3, "calendar_day"), []),
        ((5, "working_day"), (5, "working_day"), []),
        ((5, "working_day"), (5, "calendar_day"), [({"f"}, 7, 2)]),
        ((5, "calendar_day"), (5, "working_day"), []),
        ((7, "calendar_day"), (4, "working_day"), [({"f"}, 5, 1)]),
        ((1, "working_day"), (1, "calendar_day"), [({"f"}, 3, 2)]),
        ((25, "hour"), (1, "calendar_day"), []),
        ((49, "hour"), (1, "calendar_day"), [({"f"}, 2, 1)]),
        ((2, "calendar_day"), (47, "hour"), []),
        ((2, "calendar_day"), (24, "hour"), [({"f"}, 25, 1)]),
        ((1, "month"), (27, "calendar_day"), [({"f"}, 28, 1)]),
        ((28, "calendar_day"), (1, "month"), []),
        ((32, "calendar_day"), (1, "month"), [({"f"}, 2, 1)]),
    ],
)
def test_a_floor_against_a_ceiling_in_other_units(
    floor: tuple[int, str], ceiling: tuple[int, str], overruns: list[tuple[set[str], int, int]]
) -> None:
    rules = rule_set(LINE, bound("f", "r", "a", "b", "floor", *floor), bound("c", "r", START, END, "ceiling", *ceiling))
    assert worst(rules) == overruns


def test_an_overrun_is_shown_on_its_worst_weekday() -> None:
    floor, limit = (
        bound("f", "r", "a", "b", "floor", 1, "working_day"),
        bound("c", "r", START, END, "ceiling", 1, "calendar_day"),
    )
    rules = rule_set(LINE, floor, limit)
    found = overrun(LINE, limit, lags(rules, LINE))
    assert found is not None
    assert found.weekday == 4


def test_an_overrun_names_no_lag_it_does_not_need() -> None:
    rules = rule_set(
        LINE,
        bound("limit", "r", START, END, "ceiling", 5, "calendar_day"),
        bound("one", "r", "a", "b", "floor", 3, "calendar_day"),
        bound("two", "r", "b", "c", "floor", 3, "calendar_day"),
        bound("long", "r", START, "c", "floor", 8, "calendar_day"),
    )
    assert worst(rules) == [({"long"}, 8, 3), ({"one", "two"}, 6, 1)]


def test_lags_outside_the_ceiling_do_not_overrun_it() -> None:
    rules = rule_set(
        LINE,
        bound("limit", "r", "b", END, "ceiling", 2, "hour"),
        bound("x", "r", START, "a", "floor", 9, "calendar_day"),
    )
    assert worst(rules) == []


def test_a_cadence_and_a_consent_together_overrun() -> None:
    rules = rule_set(
        FORK,
        bound("limit", "r", START, END, "ceiling", 20, "calendar_day"),
        bound("reply", "r", START, "a", "ceiling", 7, "calendar_day", "deemed_consent"),
        cadence("meets", "plenary", 14),
    )
    assert worst(rules, FORK) == [({"reply", "meets"}, 21, 1)]


AMOUNT, UNIT = st.integers(1, 9), st.sampled_from(["hour", "calendar_day", "working_day"])


@given(st.lists(st.tuples(AMOUNT, UNIT), min_size=2, max_size=2), st.integers(0, 4))
def test_the_least_time_of_a_line_is_its_lags_one_after_the_other(floors: list[tuple[int, str]], weekday: int) -> None:
    (one, first), (two, second) = floors
    norms = bound("x", "r", "a", "b", "floor", one, first), bound("y", "r", "b", "c", "floor", two, second)
    rules = rule_set(LINE, *norms)
    expected = add(add(0, one, first, weekday), two, second, weekday)
    assert least_time(LINE, START, END, lags(rules, LINE), weekday) == expected


@given(
    st.lists(st.tuples(st.sampled_from(["ab", "ac", "bd", "cd", "ad"]), AMOUNT, UNIT), max_size=4), st.integers(0, 4)
)
def test_more_lags_never_make_a_route_shorter(floors: list[tuple[str, int, str]], weekday: int) -> None:
    norms = [bound(f"n{i}", "r", *between, "floor", amount, unit) for i, (between, amount, unit) in enumerate(floors)]
    times = [
        least_time(FORK, START, END, lags(rule_set(FORK, *norms[:n]), FORK), weekday) for n in range(len(norms) + 1)
    ]
    assert None not in times
    assert times == sorted(t for t in times if t is not None)


def test_a_bound_without_a_length_neither_delays_nor_limits() -> None:
    soon = replace(bound("soon", "r", "a", "b", "ceiling", 1, "hour"), amount=None, unit="")
    least_wait = replace(bound("first", "r", "a", "b", "floor", 1, "hour"), amount=None, unit="")
    rules = rule_set(LINE, soon, least_wait)
    assert lags(rules, LINE) == () and ceilings(rules, LINE) == ()


def test_a_week_is_seven_days_as_floor_and_as_ceiling() -> None:
    assert least(LINE, START, END, bound("x", "r", "a", "b", "floor", 1, "week")) == 7
    within = [bound("x", "r", "a", "b", "floor", 7, "calendar_day"), bound("y", "r", "a", "c", "ceiling", 1, "week")]
    assert worst(rule_set(LINE, *within)) == []
    over = [bound("x", "r", "a", "b", "floor", 8, "calendar_day"), bound("y", "r", "a", "c", "ceiling", 1, "week")]
    assert worst(rule_set(LINE, *over)) == [({"x"}, 2, 1)]


def test_a_step_done_once_a_month_makes_papers_wait_a_month() -> None:
    list_ = Cadence(id="k", citations=cite(), route="r", step="b", amount=1, unit="month", day=20)
    assert least(LINE, START, END, list_) == 28
    assert least(LINE, START, "a", list_) == 0
