"""From replications to a report: estimates by tier and kind, by desk, by step and norm; overload said as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from model.bilingual import Said
from sim import messages as say
from sim.holidays import known_year
from sim.intervals import Estimate, estimate, percentile
from sim.office import MINUTES_FLOW
from sim.outcome import Group, Outcome
from sim.population import tiers_named
from sim.replications import Run
from sim.warmup import SHORTEST, averaged, differs, mser5

OVERLOAD = 1.0
"""Work offered over time there is: from here on a queue grows without end."""
ALL = "*"


@dataclass(frozen=True)
class Row:
    """Papers of a flow and tier (`*` for all of them). Numbers a year; rates as shares; days are working days."""

    flow: str
    tier: str
    papers: Estimate | None
    on_time: Estimate | None
    mean: Estimate | None
    median: Estimate | None
    p90: Estimate | None
    p95: Estimate | None
    stalled: Estimate | None
    assumed: bool


@dataclass(frozen=True)
class DeskRow:
    """A desk: work done and work offered as shares of the time there is, and days waited a piece of work."""

    name: str
    utilisation: Estimate | None
    offered: Estimate | None
    wait: Estimate | None
    overloaded: bool


@dataclass(frozen=True)
class SpentRow:
    """A stage or a norm: pieces of work a year, working days waited and worked a year."""

    name: str
    count: Estimate | None
    waited: Estimate | None
    worked: Estimate | None


@dataclass(frozen=True)
class SeatRow:
    """An actor at a stage: pieces of work a year, working days waited for him there a year."""

    actor: str
    stage: str
    count: Estimate | None
    waited: Estimate | None


@dataclass(frozen=True)
class StallRow:
    """Papers a year that stall at a stage, working days lost a year, and the norms that give the reason."""

    stage: str
    norms: tuple[str, ...]
    papers: Estimate | None
    days: Estimate | None


@dataclass(frozen=True)
class UnregulatedRow:
    """Papers a year of a kind that the rules leave without anybody, at `stage` (empty: they say nothing of it).

    They are counted here and in no row of papers: how long they take says nothing of how the rules work.
    """

    flow: str
    stage: str
    norms: tuple[str, ...]
    papers: Estimate | None


@dataclass(frozen=True)
class LimitRow:
    """A time limit of the rules, under whatever reading: the share of papers that keep it."""

    bound: str
    kept: Estimate | None
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeetingRow:
    """A meeting: times held a year, items, times that nobody could chair it, and items that came over room."""

    body: str
    held: Estimate | None
    items: Estimate | None
    cancelled: Estimate | None
    offered: Estimate | None
    overloaded: bool


@dataclass(frozen=True)
class DayRow:
    """Papers under way or stalled at the end of a working day, by tier: means over the replications."""

    date: date
    papers: dict[str, float]


@dataclass(frozen=True)
class Dates:
    """What explains a backlog: weekdays off, days of weekends worked, and when bodies met in the first replication."""

    off: tuple[date, ...]
    made_up: tuple[date, ...]
    meetings: dict[str, tuple[date, ...]]


@dataclass(frozen=True)
class Report:
    """All that is shown. `backlog` is the mean number of papers in the office, by day and tier, week by week, `daily`
    the same at the end of each working day."""

    run: Run
    rows: tuple[Row, ...]
    desks: tuple[DeskRow, ...]
    steps: tuple[SpentRow, ...]
    norms: tuple[SpentRow, ...]
    stalls: tuple[StallRow, ...]
    limits: tuple[LimitRow, ...]
    backlog: tuple[tuple[int, dict[str, float]], ...]
    meetings: tuple[MeetingRow, ...]
    counts: dict[str, Estimate | None]
    notes: tuple[Said, ...]
    unregulated: tuple[UnregulatedRow, ...] = ()
    daily: tuple[DayRow, ...] = ()
    dates: Dates = Dates((), (), {})
    seats: tuple[SeatRow, ...] = ()

    @property
    def overloaded(self) -> tuple[str, ...]:
        """Desks that get more work than they have time for, and meetings with more items than room."""
        return (*(d.name for d in self.desks if d.overloaded), *(m.body for m in self.meetings if m.overloaded))


def report(run: Run) -> Report:
    """Estimates over the replications of a run, which has at least one."""
    outcomes = run.outcomes
    flows = list(dict.fromkeys(f for o in outcomes for f, _ in o.groups))
    tiers = [t for t in run.experiment.scenario.tiers if any(t == g for o in outcomes for _, g in o.groups)]
    wanted = [
        (ALL, ALL),
        *((ALL, t) for t in tiers),
        *((f, ALL) for f in flows),
        *((f, t) for f in flows for t in tiers),
    ]
    rows = [_row(outcomes, flow, tier) for flow, tier in wanted]
    return Report(
        run=run,
        rows=tuple(r for r in rows if r is not None),
        desks=_desks(outcomes),
        steps=_spent(outcomes, lambda o: o.steps),
        norms=_spent(outcomes, lambda o: o.norms),
        stalls=_stalls(outcomes),
        limits=_limits(run),
        backlog=_backlog(outcomes),
        meetings=_meetings(outcomes),
        counts={k: estimate(o.counts[k] for o in outcomes) for k in outcomes[0].counts},
        notes=_notes(run),
        unregulated=_unregulated(outcomes),
        daily=_daily(run),
        dates=_dates(run),
        seats=_seats(outcomes),
    )


def on_time(one: Outcome, flow: str = ALL, tier: str = ALL) -> float | None:
    """The share of papers on time in one replication; of those whose limit fell within the run."""
    groups = list(_groups(one, flow, tier))
    good, bad = sum(g.on_time for g in groups), sum(g.late for g in groups)
    return good / (good + bad) if good + bad else None


def mean_sojourn(one: Outcome, flow: str = ALL, tier: str = ALL) -> float | None:
    """Mean working days from arrival to the last stage, of papers finished."""
    times = [s for g in _groups(one, flow, tier) for s in g.sojourns]
    return fmean(times) if times else None


def _groups(one: Outcome, flow: str, tier: str) -> Iterable[Group]:
    """Groups by flow and tier; minutes of meetings are counted only when asked for by name."""
    for (f, t), group in one.groups.items():
        if t in (tier, t if tier == ALL else tier) and (f == flow or (flow == ALL and f != MINUTES_FLOW)):
            yield group


def _row(outcomes: tuple[Outcome, ...], flow: str, tier: str) -> Row | None:
    chosen = [list(_groups(o, flow, tier)) for o in outcomes]
    if not any(chosen):
        return None
    times = [sorted(s for g in groups for s in g.sojourns) for groups in chosen]

    def share(p: float) -> Estimate | None:
        return estimate(percentile(t, p) if t else None for t in times)

    years = [o.years or 1.0 for o in outcomes]
    arrived = [sum(g.arrived for g in groups) for groups in chosen]
    return Row(
        flow=flow,
        tier=tier,
        papers=estimate(a / y for a, y in zip(arrived, years, strict=True)),
        on_time=estimate(on_time(o, flow, tier) for o in outcomes),
        mean=estimate(fmean(t) if t else None for t in times),
        median=share(0.5),
        p90=share(0.9),
        p95=share(0.95),
        stalled=estimate(
            sum(g.stalled for g in groups) / a if a else None for groups, a in zip(chosen, arrived, strict=True)
        ),
        assumed=any(g.assumed for groups in chosen for g in groups),
    )


def _desks(outcomes: tuple[Outcome, ...]) -> tuple[DeskRow, ...]:
    found: list[DeskRow] = []
    for name in dict.fromkeys(d for o in outcomes for d in o.desks):
        uses = [o.desks[name] for o in outcomes if name in o.desks]
        offered = estimate(u.offered for u in uses)
        wait = estimate(u.waited_days / u.handled if u.handled else None for u in uses)
        over = offered is not None and offered.mean >= OVERLOAD
        found.append(DeskRow(name, estimate(u.utilisation for u in uses), offered, wait, over))
    return tuple(sorted(found, key=lambda d: -(d.offered.mean if d.offered else 0)))


def _spent(
    outcomes: tuple[Outcome, ...], table: Callable[[Outcome], dict[str, tuple[int, float, float]]]
) -> tuple[SpentRow, ...]:  # fmt: skip
    found: list[SpentRow] = []
    for name in dict.fromkeys(n for o in outcomes for n in table(o)):
        spent = [tuple(x / (o.years or 1.0) for x in table(o).get(name, (0, 0.0, 0.0))) for o in outcomes]
        found.append(SpentRow(name, *(estimate(s[i] for s in spent) for i in range(3))))
    return tuple(sorted(found, key=lambda s: -(s.waited.mean if s.waited else 0)))


def _seats(outcomes: tuple[Outcome, ...]) -> tuple[SeatRow, ...]:
    found: list[SeatRow] = []
    for seat in dict.fromkeys(s for o in outcomes for s in o.seats):
        spent = [(o.seats.get(seat, (0, 0.0, 0.0)), o.years or 1.0) for o in outcomes]
        count, waited = (estimate(s[i] / y for s, y in spent) for i in range(2))
        found.append(SeatRow(*seat, count, waited))
    return tuple(sorted(found, key=lambda s: -(s.waited.mean if s.waited else 0)))


def _stalls(outcomes: tuple[Outcome, ...]) -> tuple[StallRow, ...]:
    found: list[StallRow] = []
    apart = {(u.stage, u.norms) for o in outcomes for u in o.unregulated}
    for stage, norms in dict.fromkeys((s.stage, s.norms) for o in outcomes for s in o.stalls):
        if (stage, norms) in apart:
            continue  # nobody is named for it at all: counted apart
        hit = [next((s for s in o.stalls if (s.stage, s.norms) == (stage, norms)), None) for o in outcomes]
        years = [o.years or 1.0 for o in outcomes]
        papers = estimate((s.papers if s else 0) / y for s, y in zip(hit, years, strict=True))
        days = estimate((s.days if s else 0.0) / y for s, y in zip(hit, years, strict=True))
        found.append(StallRow(stage, norms, papers, days))
    return tuple(sorted(found, key=lambda s: -(s.days.mean if s.days else 0)))


def _unregulated(outcomes: tuple[Outcome, ...]) -> tuple[UnregulatedRow, ...]:
    found: list[UnregulatedRow] = []
    for where in dict.fromkeys((u.flow, u.stage, u.norms) for o in outcomes for u in o.unregulated):
        papers = estimate(
            sum(u.papers for u in o.unregulated if (u.flow, u.stage, u.norms) == where) / (o.years or 1.0)
            for o in outcomes
        )
        found.append(UnregulatedRow(*where, papers))
    return tuple(sorted(found, key=lambda u: -(u.papers.mean if u.papers else 0)))


def _limits(run: Run) -> tuple[LimitRow, ...]:
    under = {b.id: b.under for b in run.experiment.rules.bounds}
    found: list[LimitRow] = []
    for bound in dict.fromkeys(b for o in run.outcomes for b in o.limits):
        pairs = [o.limits.get(bound, (0, 0)) for o in run.outcomes]
        kept = estimate(k / (k + late) if k + late else None for k, late in pairs)
        found.append(LimitRow(bound, kept, under.get(bound, ())))
    return tuple(found)


def _backlog(outcomes: tuple[Outcome, ...]) -> tuple[tuple[int, dict[str, float]], ...]:
    found: list[tuple[int, dict[str, float]]] = []
    for samples in zip(*(o.backlog for o in outcomes), strict=False):
        tiers = dict.fromkeys(t for _, by in samples for t in by)
        found.append((samples[0][0], {t: fmean(by.get(t, 0) for _, by in samples) for t in tiers}))
    return tuple(found)


def _daily(run: Run) -> tuple[DayRow, ...]:
    first, found = run.experiment.scenario.first_day, list[DayRow]()
    for samples in zip(*(o.by_day for o in run.outcomes), strict=False):
        tiers = dict.fromkeys(t for _, by in samples for t in by)
        means = {t: fmean(by.get(t, 0) for _, by in samples) for t in tiers}
        found.append(DayRow(first + timedelta(samples[0][0]), means))
    return tuple(found)


def _dates(run: Run) -> Dates:
    e = run.experiment
    calendar, first = e.scenario.calendar(e.days), e.scenario.first_day
    days = [(first + timedelta(d), calendar.is_working(d)) for d in range(e.days)]
    held = {b: tuple(first + timedelta(d) for d in found) for b, found in run.outcomes[0].held.items()}
    return Dates(
        tuple(d for d, works in days if d.weekday() < 5 and not works),
        tuple(d for d, works in days if d.weekday() > 4 and works),
        held,
    )


def _meetings(outcomes: tuple[Outcome, ...]) -> tuple[MeetingRow, ...]:
    found: list[MeetingRow] = []
    for body in dict.fromkeys(b for o in outcomes for b in o.meetings):
        kept = [(o.meetings[body], o.whole_years) for o in outcomes if body in o.meetings]
        held, items, cancelled = (estimate(m[i] / y for m, y in kept) for i in range(3))
        offered = estimate(m[3] for m, _ in kept)
        over = offered is not None and offered.mean >= OVERLOAD
        found.append(MeetingRow(body, held, items, cancelled, offered, over))
    return tuple(found)


def _notes(run: Run) -> tuple[Said, ...]:
    e = run.experiment
    found = list(e.scenario.notes)
    if not tiers_named(e.rules):
        found.append(say.TIERS_ASSUMED())
    if any(g.assumed for o in run.outcomes for g in o.groups.values()):
        found.append(say.DUE_ASSUMED())
    first, last = e.scenario.first_day.year, e.scenario.calendar(e.days).date((e.days - 1) * 1440.0).year
    apart = _unregulated(run.outcomes)
    if apart:
        number = sum(u.papers.mean for u in apart if u.papers)
        found.append(say.UNREGULATED(number=f"{number:.0f}"))
    found.extend(_settling(run))
    unknown = [str(y) for y in range(first, last + 1) if not known_year(y)]
    if unknown and not e.scenario.every_day:
        found.append(say.STATED_CALENDAR(years=", ".join(unknown)))
    return tuple(found)


def _settling(run: Run) -> tuple[Said, ...]:
    """What to say where the office needs longer to settle than the warm-up, or does not settle at all."""
    scenario, series = run.experiment.scenario, averaged([o.daily for o in run.outcomes])
    calendar = scenario.calendar(run.experiment.days)
    warm = calendar.working_days_between(-1.0, scenario.warm_up_days * 1440.0 - 1)
    left_out = mser5(series)
    if len(series) < SHORTEST or not differs(series, warm, len(series) // 2 if left_out is None else left_out):
        return ()
    return (say.NOT_SETTLED(),) if left_out is None else (say.SETTLES_LATER(days=left_out, warm=warm),)
