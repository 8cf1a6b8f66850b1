"""The least time a route takes, against the ceilings that bind it.

Between two steps of a route the following *lags* must pass:

* a floor: its amount;
* a period that others may use up, whose lapse counts as consent: its whole amount;
* a meeting (or step) that recurs: one whole period, for a paper that comes just after the last one.

A step that may be left out delays nothing.

A ceiling from step a to step b is *infeasible* if the longest chain of lags from a to b, starting
on some weekday, exceeds it: the negative cycle of the difference constraints. Handling itself is
taken to need no time, so what is infeasible here is infeasible for the quickest of offices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from model import worktime
from model.expressions import Name
from model.norms import Bound, Cadence, Power, Route
from model.ruleset import RuleSet

START, END = "start", "end"


@dataclass(frozen=True)
class Lag:
    """A time that must pass from event `start` to event `end` of a route, by `norm`.

    `steps` are the powers that must be in force for the lag to arise.
    """

    norm: Bound | Cadence
    start: str
    end: str
    amount: int
    unit: str
    steps: tuple[Power, ...] = ()


@dataclass(frozen=True)
class Overrun:
    """A ceiling that a chain of lags exceeds: by `excess` of the ceiling's units, starting on `weekday`."""

    route: Route
    ceiling: Bound
    lags: tuple[Lag, ...]
    weekday: int
    least: int
    excess: int


def predecessors(route: Route) -> dict[str, tuple[str, ...]]:
    """Which events must have happened before each event (direct predecessors)."""
    before: dict[str, tuple[str, ...]] = {START: ()}
    followed: set[str] = set()
    for step in route.steps:
        before[step.id] = step.after or (START,)
        followed.update(step.after)
    before[END] = tuple(s.id for s in route.steps if s.id not in followed) or (START,)
    return before


@cache
def _order(route: Route) -> tuple[str, ...]:
    before, order = predecessors(route), []
    done: set[str] = set()

    def visit(event: str) -> None:
        if event not in done:
            done.add(event)
            for earlier in before[event]:
                visit(earlier)
            order.append(event)

    for event in before:
        visit(event)
    return tuple(order)


def lags(rules: RuleSet, route: Route) -> tuple[Lag, ...]:
    """Every lag that can arise on the route."""
    found: list[Lag] = []
    powers = {s.id: s.power for s in route.steps}
    for bound in rules.bounds:
        if bound.amount is None:
            continue
        if route.id in bound.routes and (not bound.ceiling or bound.expiry == "deemed_consent"):
            steps = tuple(powers[e] for e in (bound.start, bound.end) if e in powers)
            if any(p.may for p in steps):
                continue
            found.append(Lag(bound, bound.start, bound.end, bound.amount, bound.unit, steps))
    for step in route.steps:
        by = step.power.by
        if not step.power.may:
            body = rules.cadences.get(by.name, ()) if isinstance(by, Name) else ()
            for cadence in (*body, *rules.cadences.get(step.power.id, ())):
                for before in step.after or (START,):
                    found.append(Lag(cadence, before, step.id, cadence.amount, cadence.unit, (step.power,)))
    return tuple(found)


def ends(bound: Bound, route: Route) -> tuple[Power, ...]:
    """The steps that a bound runs from and to, if it names any."""
    return tuple(s.power for s in route.steps if s.id in (bound.start, bound.end))


def ceilings(rules: RuleSet, route: Route) -> tuple[Bound, ...]:
    """The ceilings that bind the route; deemed consent limits somebody else and is a lag instead."""
    limits = (b for b in rules.bounds if b.ceiling and b.amount is not None and b.expiry != "deemed_consent")
    return tuple(b for b in limits if route.id in b.routes)


def least_time(route: Route, start: str, end: str, used: Iterable[Lag], weekday: int, hour: int = 0) -> int | None:
    """The earliest time of `end`, in hours from the midnight of the day `start` happens at `hour` o'clock.

    None where `end` does not come after `start`.
    """
    used = tuple(used)
    before = predecessors(route)
    at: dict[str, int] = {start: hour}
    for _ in before:
        # a lag may run against the order steps are written in; as many rounds as events settle every chain
        for event in _order(route):
            if event == start:
                continue
            times = [at[e] for e in before[event] if e in at]
            times += [
                worktime.add(at[g.start], g.amount, g.unit, weekday) for g in used if g.end == event and g.start in at
            ]
            if times:
                at[event] = max(times)
    return at.get(end)


def overrun(route: Route, ceiling: Bound, used: tuple[Lag, ...]) -> Overrun | None:
    """The worst overrun of the ceiling by these lags over the five weekdays, started at the best hour; or None."""
    assert ceiling.amount is not None
    worst, limit = None, ceiling.amount
    mixed = "hour" in (ceiling.unit, *(g.unit for g in used))
    for weekday in range(5):
        spans: list[int] = []
        for hour in range(worktime.HOURS if mixed else 1):
            time = least_time(route, ceiling.start, ceiling.end, used, weekday, hour)
            if time is None:
                return None
            spans.append(worktime.elapsed(hour, time, ceiling.unit, weekday))
        least = min(spans)
        if least > limit and (worst is None or least - limit > worst.excess):
            worst = Overrun(route, ceiling, used, weekday, least, least - limit)
    return worst


def minimal_overruns(rules: RuleSet, route: Route, ceiling: Bound) -> Iterator[Overrun]:
    """Overruns by sets of lags none of whose proper subsets overruns, smallest sets first."""
    available = lags(rules, route)
    minimal: list[frozenset[Lag]] = []
    for chosen in _subsets(available):
        if any(m <= frozenset(chosen) for m in minimal):
            continue
        found = overrun(route, ceiling, chosen)
        if found:
            minimal.append(frozenset(chosen))
            yield found


def _subsets(items: tuple[Lag, ...]) -> Iterator[tuple[Lag, ...]]:
    for size in range(1, len(items) + 1):
        yield from combinations(items, size)
