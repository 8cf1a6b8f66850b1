"""What one replication came to: plain numbers that travel between processes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sim.office import Office
from sim.papers import Docket
from sim.plan import Ceiling


@dataclass(frozen=True)
class PaperRecord:
    """What became of a paper. Times are minutes of the axis; `finished` None where it is not done.

    `timely` is None where the limit lies after the end of the run and the paper is not done, or where no limit
    binds it; `assumed` says that the limit is the scenario's, not the rules'. `limits` are all ceilings of the
    rules on it, under any reading, with whether each was kept.
    """

    flow: str
    tier: str
    arrived: float
    finished: float | None
    working_days: float | None
    stalled: bool
    stalls: int
    timely: bool | None
    assumed: bool
    limits: tuple[tuple[str, bool], ...]


@dataclass
class Group:
    """Papers of one flow and tier that came after the warm-up. `sojourns` in working days, of those finished.

    `inside` are working days in the office of all of them, up to the end of the run.
    """

    arrived: int = 0
    finished: int = 0
    on_time: int = 0
    late: int = 0
    undecided: int = 0
    assumed: int = 0
    stalled: int = 0
    sojourns: list[float] = field(default_factory=list)
    inside: float = 0.0


@dataclass(frozen=True)
class DeskUse:
    """A desk after the warm-up: shares of the time its hands were there; hours waited for it, by `handled` jobs."""

    servers: int
    utilisation: float
    offered: float
    handled: int
    waited_days: float


@dataclass(frozen=True)
class StallCount:
    """Papers stuck at a stage for the reasons that these norms give; working days lost in all."""

    stage: str
    norms: tuple[str, ...]
    times: int
    papers: int
    days: float


@dataclass(frozen=True)
class Unregulated:
    """Papers that the rules leave without anybody: of `flow`, at `stage` (empty: no norm wants a hand of them)."""

    flow: str
    stage: str
    norms: tuple[str, ...]
    papers: int


@dataclass(frozen=True)
class Outcome:
    """One replication. `steps` and `norms` map to count, days waited, days worked.

    `meetings` has meetings held, items, meetings nobody could chair, and items that came over items that could be
    taken. `years` is what was measured, `whole_years` with the warm-up.
    """

    replication: int
    years: float
    whole_years: float
    counts: dict[str, int]
    groups: dict[tuple[str, str], Group]
    limits: dict[str, tuple[int, int]]
    backlog: tuple[tuple[int, dict[str, int]], ...]
    desks: dict[str, DeskUse]
    steps: dict[str, tuple[int, float, float]]
    norms: dict[str, tuple[int, float, float]]
    stalls: tuple[StallCount, ...]
    meetings: dict[str, tuple[int, int, int, float]]
    circles: int
    unregulated: tuple[Unregulated, ...] = ()
    daily: tuple[int, ...] = ()
    """Papers under way at the end of each working day."""
    by_day: tuple[tuple[int, dict[str, int]], ...] = ()
    """Papers under way or stalled, by tier, at the end of each working day; days are counted from the first, 0."""
    held: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The days on which each body met."""
    seats: dict[tuple[str, str], tuple[int, float, float]] = field(default_factory=dict)
    """As `steps`, by actor and stage."""
    seen: Any = None
    """What the experiment's `watch` says of the replication."""


def outcome(office: Office) -> Outcome:
    """The numbers of an office that has run."""
    calendar = office.calendar
    day = calendar.minutes_a_day
    groups: dict[tuple[str, str], Group] = {}
    limits: dict[str, list[int]] = {}
    for docket in office.dockets:
        if docket.arrived >= office.warm_time and not docket.unnamed:
            found = record(office, docket)
            group = groups.setdefault((found.flow, found.tier), Group())
            _add(group, found)
            until = office.horizon if docket.finished is None else docket.finished
            group.inside += (office.worked(until) - office.worked(docket.arrived)) / day
            for bound, kept in found.limits:
                limits.setdefault(bound, [0, 0])[not kept] += 1
    t = office.tally
    papers = ("arrived", "finished", "under_way", "stalled", "unasked", "excluded")
    names = (*papers, "returns", "lapses", "reminders", "escalations", "one_hand")
    return Outcome(
        replication=office.replication,
        years=(office.horizon - office.warm_time) / (365 * 1440),
        whole_years=office.days / 365,
        counts={n: getattr(t, n) for n in (*names, "postponed_absences")},
        groups=groups,
        limits={b: (kept, late) for b, (kept, late) in limits.items()},
        backlog=tuple((int(time // 1440), dict(tiers)) for time, tiers in office.backlog),
        desks=dict(_desks(office)),
        steps={k: (s.count, s.waited / day, s.worked / day) for k, s in t.steps.items()},
        norms={k: (s.count, s.waited / day, s.worked / day) for k, s in t.norms.items()},
        stalls=tuple(_stalls(office)),
        meetings={b: (a.held, a.items, a.cancelled, a.offered) for b, a in office.agendas.items()},
        circles=max((p.circles for p in {id(d.plan): d.plan for d in office.dockets}.values()), default=0),
        unregulated=(
            *(Unregulated(flow, "", (), n) for flow, n in sorted(t.not_regulated.items())),
            *(Unregulated(*where, len(papers)) for where, papers in sorted(t.unnamed.items())),
        ),
        daily=tuple(office.daily),
        by_day=tuple(office.by_day),
        held={b: tuple(a.days) for b, a in office.agendas.items()},
        seats={k: (s.count, s.waited / day, s.worked / day) for k, s in sorted(t.seats.items())},
    )


def record(office: Office, docket: Docket) -> PaperRecord:
    """What became of one paper."""
    calendar, readings = office.calendar, office.world.readings
    limits: list[tuple[str, bool]] = []
    binding: list[bool | None] = []
    for ceiling in docket.plan.ceilings:
        kept = _kept(office, docket, ceiling)
        if kept is not None:
            limits.append((ceiling.bound, kept))
        if all(readings.get(r) == c for r, c in ceiling.under):
            binding.append(kept)
    assumed = False
    if not binding and docket.tier in office.scenario.due:
        amount, unit = office.scenario.due[docket.tier]
        due = calendar.due(docket.arrived, amount, unit)
        binding, assumed = [_decided(docket.finished, due, office.horizon)], True
    timely = None if not binding else False if False in binding else None if None in binding else True
    days = None
    if docket.finished is not None:
        days = (calendar.worked(docket.finished) - calendar.worked(docket.arrived)) / calendar.minutes_a_day
    return PaperRecord(
        docket.flow, docket.tier, docket.arrived, docket.finished, days, bool(docket.waiting), docket.stalls, timely,
        assumed, tuple(limits),
    )  # fmt: skip


def _kept(office: Office, docket: Docket, ceiling: Ceiling) -> bool | None:
    """Whether a limit was kept; None where that is not known by the end, or it has not begun to run."""
    found = due_and_end(office, docket, ceiling)
    return None if found is None else _decided(found[1], found[0], office.horizon)


def due_and_end(office: Office, docket: Docket, ceiling: Ceiling) -> tuple[float, float | None] | None:
    """By when a limit is to be kept, and when what it limits was done (None: not yet); None where it does not run."""
    start = docket.time_of(ceiling.start)
    if start is None:
        return None
    times = [docket.done[n] for n in ceiling.ends]
    end = None if None in times else max(t for t in times if t is not None)
    return office.calendar.due(start, ceiling.amount, ceiling.unit), end


def _decided(end: float | None, due: float, horizon: float) -> bool | None:
    if end is not None:
        return end <= due
    return False if due < horizon else None


def _add(group: Group, paper: PaperRecord) -> None:
    group.arrived += 1
    group.stalled += paper.stalls > 0
    group.assumed += paper.assumed
    if paper.timely is None:
        group.undecided += 1
    elif paper.timely:
        group.on_time += 1
    else:
        group.late += 1
    if paper.working_days is not None:
        group.finished += 1
        group.sojourns.append(paper.working_days)


def _desks(office: Office) -> Iterable[tuple[str, DeskUse]]:
    day = office.calendar.minutes_a_day
    total = office.calendar.worked(office.horizon) - office.warm_worked
    for name, desk in office.desks.items():
        now = office.clock()
        missed = desk.missed + (now - max(desk.away_since, office.warm_worked) if desk.away_since is not None else 0)
        busy = desk.busy + sum(now - max(j.begun, office.warm_worked) for j in desk.serving)
        there = (total - missed) * desk.servers
        if there > 0:
            yield (
                name,
                DeskUse(desk.servers, busy / there, desk.offered / there, desk.handled, desk.waited / day),
            )


def _stalls(office: Office) -> Iterable[StallCount]:
    day = office.calendar.minutes_a_day
    for docket, stage, norms, since in office.still_stalled():
        stall = office.tally.stall(stage, norms)
        stall.papers.add(docket.number)
        stall.minutes += office.clock() - max(since, office.warm_worked)
    for (stage, norms), stall in office.tally.stalls.items():
        yield StallCount(stage, norms, max(stall.times, len(stall.papers)), len(stall.papers), stall.minutes / day)
