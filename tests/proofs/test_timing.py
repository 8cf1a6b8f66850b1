"""The difference constraints in Z3 say of chains of lags what `model.deadlines` says."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from guize.strategies.small import timed_routes
from model import deadlines, worktime
from model.norms import Route
from model.ruleset import RuleSet
from proofs.timing import infeasible_core
from tests.proofs import support as s

QUIET = [HealthCheck.too_slow]
DAYS = ("working_day", "calendar_day", "month")


def agree(rules: RuleSet) -> None:
    """All lags of the route together, on each weekday: the same verdict; of minimal sets: the same core."""
    route = rules.norms["r0"]
    assert isinstance(route, Route)
    lags = deadlines.lags(rules, route)
    for ceiling in deadlines.ceilings(rules, route):
        late_on: list[int] = []
        for weekday in range(5):
            late = True
            for hour in range(worktime.HOURS):
                time = deadlines.least_time(route, ceiling.start, ceiling.end, lags, weekday, hour)
                late &= time is not None and worktime.elapsed(hour, time, ceiling.unit, weekday) > ceiling.amount
            core = infeasible_core(route, ceiling, lags, weekday)
            assert (core is not None) == late, (weekday, core)
            if core is not None:
                late_on.append(weekday)
                smaller = tuple(lags[i] for i in core)
                assert infeasible_core(route, ceiling, smaller, weekday) == tuple(range(len(core)))
        whole = deadlines.overrun(route, ceiling, lags)
        assert (whole is not None) == bool(late_on)
        minimal = list(deadlines.minimal_overruns(rules, route, ceiling))
        assert bool(minimal) == (whole is not None)
        for found in minimal:
            assert infeasible_core(route, ceiling, found.lags, found.weekday) == tuple(range(len(found.lags)))
            for smaller in combinations(found.lags, len(found.lags) - 1):
                assert all(infeasible_core(route, ceiling, smaller, day) is None for day in range(5))


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(timed_routes(units=DAYS, parallel=False))
def test_timing_agrees_on_days_and_months(rules: RuleSet) -> None:
    agree(rules)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(timed_routes())
def test_timing_agrees_on_mixed_units_and_parallel_steps(rules: RuleSet) -> None:
    agree(rules)


@pytest.mark.long
@settings(max_examples=800, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(timed_routes())
def test_timing_agrees_at_length(rules: RuleSet) -> None:
    agree(rules)


def test_a_ceiling_in_hours_over_a_floor_in_days() -> None:
    """From a start late in the day to midnight there is less than a day: both engines must say the same of it."""
    floor = s.bound("floor", 2, "r0", ("start", "end"), "floor", 1, "calendar_day")
    ceiling = s.bound("ceiling", 3, "r0", ("start", "end"), "ceiling", 20, "hour")
    agree(s.ruleset(s.office("head"), s.route("r0", 1, ("x0", "review", "head")), floor, ceiling))


def test_a_floor_between_parallel_steps_against_their_order_in_the_file() -> None:
    """Two steps side by side; the earlier one in the file must wait for the later one."""
    one = s.route("r0", 1, ("x0", "review", "head"))
    two = s.route("r0", 1, ("x1", "forward", "head"))
    assert one.steps[0].after == two.steps[0].after == ()
    side_by_side = Route(id="r0", citations=s.cite(1), steps=(*one.steps, *two.steps))
    floor = s.bound("floor", 2, "r0", ("x1", "x0"), "floor", 9, "calendar_day")
    ceiling = s.bound("ceiling", 3, "r0", ("start", "end"), "ceiling", 5, "calendar_day")
    rules = s.ruleset(s.office("head"), side_by_side, floor, ceiling)
    assert list(deadlines.minimal_overruns(rules, side_by_side, ceiling))
    agree(rules)
