"""Deadlines as difference constraints over integers: an independent check of `model.deadlines` by Z3.

One integer variable an event (hours from the midnight of the start's day), one tracked assertion a
lag or ceiling, named by its norm. Infeasible exactly when the assertions are unsatisfiable; the
unsatisfiable core, shrunk, is the negative cycle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import z3

from model.deadlines import END, START, Lag, predecessors
from model.norms import Bound, Route
from model.worktime import HOURS, MONTH_CEILING, MONTH_FLOOR, WEEK
from proofs.recorder import Base, Query, Recorder, Role
from proofs.session import Unknown


def infeasible_core(
    route: Route,
    ceiling: Bound,
    used: Sequence[Lag],
    weekday: int,
    budget: int = 0,
    recorder: Recorder | None = None,
) -> tuple[int, ...] | None:
    """Indices of a minimal set of lags that no schedule can combine with the ceiling, or None.

    The ceiling's start event happens on a day 0 that is a `weekday`. Raises Unknown where Z3 gives up. A
    `recorder` hears of the set found, and that each of its lags is needed.
    """
    solver = z3.Solver()
    if budget:
        solver.set("rlimit", budget)
    time = {e: z3.Int(f"t.{e}") for e in (START, END, *(s.id for s in route.steps))}
    origin = time[ceiling.start]
    base = Base(f"schedule of {ceiling.id} on {route.id}")
    base.tell("origin", "origin", cast(z3.BoolRef, z3.And(origin >= 0, origin < HOURS)))
    for event, earlier in predecessors(route).items():
        for before in earlier:
            base.tell((event, before), f"order.{before}.{event}", time[event] >= time[before])
    limit = z3.Bool("ceiling")
    most = _at_most(time[ceiling.start], time[ceiling.end], ceiling, weekday)
    base.tell("ceiling", f"ceiling.{ceiling.id}", cast(z3.BoolRef, z3.Implies(limit, most)))
    marks = [z3.Bool(f"lag.{i}") for i in range(len(used))]
    for mark, lag in zip(marks, used, strict=True):
        least = _at_least(time[lag.start], time[lag.end], lag, weekday)
        base.tell(str(mark), f"{mark}.{lag.norm.id}", cast(z3.BoolRef, z3.Implies(mark, least)))
    solver.add([f for _, f in base.assertions])

    def core(chosen: list[z3.BoolRef]) -> list[z3.BoolRef] | None:
        verdict = solver.check(limit, *chosen)
        if verdict == z3.unknown:
            why = solver.reason_unknown()
            if "interrupted" in why:
                raise KeyboardInterrupt
            raise Unknown(why)
        if recorder is not None:
            known = len(base.assertions)
            recorder.heard(Query(Role.SCHEDULE, base, known, (), (limit, *chosen), verdict == z3.sat))
        if verdict == z3.sat:
            return None
        failed = {c.get_id() for c in cast(list[z3.BoolRef], solver.unsat_core())}
        return [m for m in chosen if m.get_id() in failed]

    kept = core(marks)
    if kept is None:
        return None
    for candidate in list(kept):
        smaller = core([k for k in kept if not k.eq(candidate)])
        if smaller is not None:
            kept = smaller
    return tuple(i for i, m in enumerate(marks) if any(m.eq(k) for k in kept))


Term = Any
"""A Z3 integer term; z3's own annotations are too wide for arithmetic."""


def _day(time: Term) -> Term:
    return time / HOURS


def _working(day: Term, weekday: int) -> Term:
    """`worktime.working_days` as a linear term: five for each full week, and the rest of the last one."""
    rest = day % 7
    passed = [sum((weekday + d) % 7 < 5 for d in range(1, r + 1)) for r in range(7)]
    within: Term = z3.IntVal(passed[6])
    for r in range(5, -1, -1):
        within = z3.If(rest == r, passed[r], within)
    return 5 * (day / 7) + within


def _elapsed(start: Term, end: Term, unit: str, weekday: int) -> Term:
    if unit == "hour":
        return end - start
    if unit == "working_day":
        return _working(_day(end), weekday) - _working(_day(start), weekday)
    return _day(end) - _day(start)


def _at_most(start: Term, end: Term, bound: Bound, weekday: int) -> z3.BoolRef:
    assert bound.amount is not None
    amount = bound.amount * {"month": MONTH_CEILING, "week": WEEK}.get(bound.unit, 1)
    return _elapsed(start, end, bound.unit, weekday) <= amount


def _at_least(start: Term, end: Term, lag: Lag, weekday: int) -> z3.BoolRef:
    amount = lag.amount * {"month": MONTH_FLOOR, "week": WEEK}.get(lag.unit, 1)
    return _elapsed(start, end, lag.unit, weekday) >= amount
