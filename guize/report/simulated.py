"""A simulation ready to be shown, in both languages: parts with a chart, a table, and the numbers it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from guize.incidence import Incidence
from guize.report import charts, grounds
from guize.report.bilingual import NOTHING, Both, Count
from guize.report.charts import Axis, Bar, Series
from guize.report.grounds import Ground
from guize.report.parts import NO_VALUE, SHADES, Amount, Cell, Finds, Grid, Part
from guize.report.sensitivity import ranking
from guize.report.stories import headline
from guize.terminal.audit import SEVERITY_NAMES
from guize.terminal.paired import NAMES as MEASURES
from guize.terminal.simulation import Shown, number, overload, percent
from model.vocabulary import Label
from sim.comparison import Difference
from sim.intervals import LEVEL, Estimate
from sim.replications import Run
from sim.report import ALL, Report, Row
from sim.screening import Screening

MOST_ROWS, MOST_ACTORS = 12, 10
_POINTS = 80
_LEAST = 0.05


@dataclass(frozen=True)
class Simulated:
    """Everything shown of a simulation. `counts` are facts of the runs; `alarm` is said first, of overload."""

    scenario: Label
    counts: tuple[tuple[Label, Count], ...]
    level: Label
    alarm: Label
    parts: tuple[Part, ...]
    notes: tuple[Label, ...] = field(default=())


class _Shower:
    """One simulation, in both languages."""

    def __init__(self, both: Both, found: Report) -> None:
        self.both, self.found, self.run = both, found, found.run
        self.zh, self.en = Shown(found, "zh"), Shown(found, "en")
        self.scenario = found.run.experiment.scenario

    def say(self, tell: Callable[[Shown], str]) -> Label:
        return Label(tell(self.zh), tell(self.en))

    def draw(self, draw: Callable[[Shown], str]) -> Label:
        """A chart in each language."""
        return self.say(draw)

    def grounds(self, part: str) -> tuple[Ground, ...]:
        return grounds.grounds(self.both, self.scenario, part)


def simulated(
    both: Both, found: Report, met: Iterable[Incidence] = (), pairs: Iterable[Difference] = (),
    other: Run | None = None, ranked: Screening | None = None,
) -> Simulated:  # fmt: skip
    """Every part that has something to show, in the order of the page."""
    shower = _Shower(both, found)
    made = [
        _papers(shower), _sojourn(shower), _kinds(shower), _limits(shower), _backlog(shower), _desks(shower),
        _heat(shower), _meetings(shower), _stalls(shower), _unregulated(shower), _incidence(shower, tuple(met)),
        _against(shower, tuple(pairs), other), ranking(shower.zh, shower.en, ranked) if ranked else None, _rest(shower),
    ]  # fmt: skip
    e = found.run.experiment
    counts = (
        (Label("独立模拟次数", "independent runs"), Count("simulate/replications", len(found.run.outcomes))),
        (Label("每次天数", "days each"), Count("simulate/days", e.days)),
        (
            Label("开头不计的天数", "days left out at the start"),
            Count("simulate/warm_up_days", e.scenario.warm_up_days),
        ),
        (Label("随机种子", "seed"), Count("simulate/seed", e.seed)),
    )
    alarm = Label(overload(found, "zh"), overload(found, "en")) if found.overloaded else NOTHING
    level = Label(f"“±”为{LEVEL:.0%}置信区间的半宽", f"“±” is half the width of the interval at {LEVEL:.0%}")
    notes = tuple(Label(n.zh, n.en) for n in found.notes)
    return Simulated(e.scenario.label, counts, level, alarm, tuple(p for p in made if p is not None), notes)


def _amount(path: str, found: Estimate | None, shown: str, shade: int = 0) -> Cell:
    if found is None:
        return NO_VALUE
    return Amount(f"simulate/{path}", found.mean, found.half, shown, shade)


def _columns(*pairs: tuple[str, str]) -> tuple[Label, ...]:
    return tuple(Label(*p) for p in pairs)


_PAPERS = _columns(
    ("每年件数", "a year"), ("按期率", "on time"), ("平均（工作日）", "mean (working days)"), ("50%", "50%"),
    ("90%", "90%"), ("95%", "95%"), ("曾停滞", "stalled"),
)  # fmt: skip


def _numbers(shower: _Shower, row: Row) -> tuple[Cell, ...]:
    at = f"papers/{row.flow}/{row.tier}"
    over = bool(shower.found.overloaded)
    times = ((row.mean, "mean"), (row.median, "p50"), (row.p90, "p90"), (row.p95, "p95"))
    return (
        _amount(f"{at}/papers_a_year", row.papers, number(row.papers, 0)),
        _amount(f"{at}/on_time", row.on_time, percent(row.on_time) + ("*" if row.assumed else "")),
        *(NO_VALUE if over else _amount(f"{at}/sojourn_days/{k}", t, number(t, 2)) for t, k in times),
        _amount(f"{at}/stalled", row.stalled, percent(row.stalled)),
    )


def _papers(shower: _Shower) -> Part | None:
    rows = [r for r in shower.found.rows if r.flow == ALL]
    if not rows:
        return None
    grid = Grid(
        (Label("紧急程度", "Tier"), *_PAPERS),
        tuple((shower.say(lambda s, r=r: s.tier(r.tier)), *_numbers(shower, r)) for r in rows),
    )
    title = Label("按期率", "On-time rate")
    low = min((r.on_time.low if r.on_time.low is not None else r.on_time.mean for r in rows if r.on_time), default=0.0)
    start = 0.9 if low >= 0.9 else 0.5 if low >= 0.5 else 0.0
    ticks = tuple((start + (1 - start) * i / 5, f"{start + (1 - start) * i / 5:.0%}") for i in range(6))

    def draw(s: Shown) -> str:
        bars = [Bar(s.tier(r.tier), r.on_time.mean, r.on_time.low, r.on_time.high, percent(r.on_time))
                for r in rows if r.on_time is not None]  # fmt: skip
        axis = s.words.pick("在时限内办结的比例", "share completed within the limit")
        if start:
            axis += s.words.pick(f"（横轴从{start:.0%}起）", f" (the axis begins at {start:.0%})")
        return charts.bars(s.words.label(title), bars, Axis(start, 1.0, ticks, axis))

    note = Label("* 含按假设时限计算的公文，假设见下。", "* includes limits that are assumed; see below.")
    return Part("papers", title, note if any(r.assumed for r in rows) else NOTHING, (shower.draw(draw),), grid,
                shower.grounds(grounds.PAPERS))  # fmt: skip


def _sojourn(shower: _Shower) -> Part | None:
    """The share of papers done by each day, a line a tier; none under overload, where it means nothing."""
    by_tier: dict[str, list[float]] = {}
    for outcome in shower.run.outcomes:
        for (_, tier), group in outcome.groups.items():
            by_tier.setdefault(tier, []).extend(group.sojourns)
    by_tier = {t: sorted(by_tier[t]) for t in shower.scenario.tiers if by_tier.get(t)}
    everything = sorted(d for days in by_tier.values() for d in days)
    if not everything or shower.found.overloaded:
        return None
    high, ticks = charts.even(everything[int(0.98 * (len(everything) - 1))], 8)
    title = Label("办理时间的分布", "How long papers take")

    def points(days: Sequence[float]) -> tuple[tuple[float, float], ...]:
        made, done = [], 0
        for i in range(_POINTS + 1):
            at = high * i / _POINTS
            while done < len(days) and days[done] <= at:
                done += 1
            made.append((at, done / len(days)))
        return tuple(made)

    def draw(s: Shown) -> str:
        across = Axis(
            0, high, tuple((t, f"{t:g}") for t in ticks), s.words.pick("收文后的工作日", "working days since arrival")
        )
        up = Axis(
            0, 1, tuple((i / 4, f"{i / 4:.0%}") for i in range(5)), s.words.pick("已办结的比例", "share completed")
        )
        return charts.lines(
            s.words.label(title), [Series(s.tier(t), points(d)) for t, d in by_tier.items()], across, up, True
        )

    note = Label("曲线越早升到顶，办得越快；最慢的百分之二超出图外。",
                 "The sooner a line reaches the top the quicker; the slowest two per cent lie beyond.")  # fmt: skip
    return Part("sojourn", title, note, (shower.draw(draw),), None, shower.grounds(grounds.SOJOURN))


def _kinds(shower: _Shower) -> Part | None:
    rows = [r for r in shower.found.rows if r.tier == ALL and r.flow != ALL]
    grid = Grid(
        (Label("种类", "Kind"), *_PAPERS),
        tuple((shower.say(lambda s, r=r: s.flow(r.flow)), *_numbers(shower, r)) for r in rows),
    )
    return Part("kinds", Label("各类公文", "Kinds of papers"), grid=grid) if rows else None


ANY = Label("各种读法", "every reading")


def _limits(shower: _Shower) -> Part | None:
    rows = [
        (
            shower.say(lambda s, r=r: s.words.of(s.words.rules.lookup(r.bound))),
            shower.say(lambda s, r=r: s.words.list(s.words.reading(a, b) for a, b in r.readings))
            if r.readings
            else ANY,
            _amount(f"limits/{r.bound}/kept", r.kept, percent(r.kept)),
        )
        for r in shower.found.limits
    ]
    columns = _columns(("时限", "Limit"), ("读法", "Reading"), ("遵守率", "kept"))
    title = Label("规则的时限（各种读法）", "Time limits of the rules, under each reading")
    return Part("limits", title, grid=Grid(columns, tuple(rows))) if rows else None


def _backlog(shower: _Shower) -> Part | None:
    daily, dates = shower.found.daily, shower.found.dates
    if not daily:
        return None
    first, last = daily[0].date.toordinal(), daily[-1].date.toordinal()
    tiers = [t for t in shower.scenario.tiers if any(t in d.papers for d in daily)]
    most = max((v for d in daily for v in d.papers.values()), default=0.0)
    high, ticks = charts.even(most)
    bands = _bands(dates.off)
    meetings = sorted({d.toordinal() for days in dates.meetings.values() for d in days})
    title = Label("全年在办件数", "Papers under way over the year")

    def draw(s: Shown) -> str:
        months = tuple(
            (float(date(y, m, 1).toordinal()), s.words.pick(f"{m}月", f"{y}-{m:02}" if m == 1 else str(m)))
            for y in range(daily[0].date.year, daily[-1].date.year + 1)
            for m in range(1, 13)
            if first <= date(y, m, 1).toordinal() <= last
        )
        if len(months) > 14:
            months = months[:: -(-len(months) // 12)]
        since = daily[0].date.year
        said = s.words.pick(f"{since}年起，每个工作日结束时", f"end of each working day, from {since}")
        across = Axis(first, max(last, first + 1), months, said)
        up = Axis(
            0,
            high,
            tuple((t, f"{t:g}") for t in ticks),
            s.words.pick("在办件数（含停滞）", "papers (stalled ones too)"),
        )
        series = [Series(s.tier(t), tuple((d.date.toordinal(), d.papers.get(t, 0.0)) for d in daily)) for t in tiers]
        key = [("band", s.words.pick("法定放假", "public holiday"))] if bands else []
        key += [("mark", s.words.pick("开会", "meeting"))] if meetings else []
        return charts.lines(s.words.label(title), series, across, up, False, bands, meetings, key)

    return Part("backlog", title, NOTHING, (shower.draw(draw),), None, shower.grounds(grounds.BACKLOG))


def _bands(off: Iterable[date]) -> list[tuple[float, float]]:
    """Days off in a row as one band; a weekend between them joins them."""
    made: list[tuple[float, float]] = []
    for day in sorted(d.toordinal() for d in off):
        if made and day - made[-1][1] <= 2:
            made[-1] = (made[-1][0], day + 1)
        else:
            made.append((day, day + 1))
    return made


def _desks(shower: _Shower) -> Part | None:
    rows = [d for d in shower.found.desks if d.utilisation is not None][:MOST_ROWS]
    if not rows:
        return None
    title = Label("忙闲程度", "Utilisation")
    grid = Grid(
        _columns(("人员、机构", "Who"), ("工作负荷", "work offered"), ("利用率", "utilisation"),
                 ("每件等候（工作日）", "wait a piece (working days)")),
        tuple(
            (
                shower.say(lambda s, d=d: s.actor(d.name)),
                _amount(f"desks/{d.name}/offered", d.offered, percent(d.offered)),
                _amount(f"desks/{d.name}/utilisation", d.utilisation, percent(d.utilisation)),
                _amount(f"desks/{d.name}/wait_days", d.wait, number(d.wait, 2)),
            )
            for d in rows
        ),
    )  # fmt: skip
    most = max(1.0, *(d.utilisation.mean for d in rows if d.utilisation))
    ticks = tuple((i / 4, f"{i / 4:.0%}") for i in range(5))

    def draw(s: Shown) -> str:
        bars = [Bar(s.actor(d.name), d.utilisation.mean, d.utilisation.low, d.utilisation.high, percent(d.utilisation))
                for d in rows if d.utilisation]  # fmt: skip
        axis = Axis(
            0, most, ticks, s.words.pick("有事可办的时间占在岗时间的比例", "share of the time present spent at work")
        )
        return charts.bars(s.words.label(title), bars, axis, 1.0)

    return Part("desks", title, NOTHING, (shower.draw(draw),), grid, shower.grounds(grounds.DESKS))


def _heat(shower: _Shower) -> Part | None:
    """Working days waited a year, steps by those waited for; the darker the longer."""
    waits = {(s.actor, s.stage): s.waited for s in shower.found.seats if s.waited is not None}
    total: dict[str, float] = {}
    for (actor, _), waited in waits.items():
        total[actor] = total.get(actor, 0.0) + waited.mean
    actors = sorted((a for a in total if total[a] >= _LEAST), key=lambda a: -total[a])[:MOST_ACTORS]
    stages = list(dict.fromkeys(s for (a, s), w in waits.items() if a in actors and w.mean >= _LEAST))
    most = max((w.mean for (a, _), w in waits.items() if a in actors), default=0.0)
    if not actors or most <= 0:
        return None

    def square(actor: str, stage: str) -> Cell:
        waited = waits.get((actor, stage))
        if waited is None or waited.mean < _LEAST:
            return NOTHING
        return _amount(f"waiting/{actor}/{stage}/waited_days", waited, number(waited, 1),
                       min(SHADES, 1 + int(SHADES * (waited.mean / most) ** 0.25)))  # fmt: skip

    grid = Grid(
        (Label("环节", "Step"), *(shower.say(lambda s, a=a: s.actor(a)) for a in actors)),
        tuple((shower.say(lambda s, t=t: s.stage(t)), *(square(a, t) for a in actors)) for t in stages),
    )
    note = Label("每年等候的工作日合计，颜色越深等候越久；不足0.05的不列。",
                 "Working days waited a year in all: the darker the longer; less than 0.05 is left out.")  # fmt: skip
    return Part("waiting", Label("在谁手里、哪个环节等候", "Where papers wait, and for whom"), note, grid=grid)


def _meetings(shower: _Shower) -> Part | None:
    rows = [
        (
            shower.say(lambda s, m=m: s.actor(m.body)),
            _amount(f"meetings/{m.body}/held", m.held, number(m.held, 0)),
            _amount(f"meetings/{m.body}/items", m.items, number(m.items, 0)),
            _amount(f"meetings/{m.body}/not_chaired", m.cancelled, number(m.cancelled, 1)),
            _amount(f"meetings/{m.body}/offered", m.offered, percent(m.offered)),
        )
        for m in shower.found.meetings
    ]
    columns = _columns(("会议", "Meeting"), ("每年次数", "held a year"), ("议题", "items"),
                       ("无人主持", "nobody to chair"), ("议题与容量之比", "items over room"))  # fmt: skip
    part = Part(
        "meetings", Label("会议", "Meetings"), NOTHING, (), Grid(columns, tuple(rows)), shower.grounds(grounds.MEETINGS)
    )
    return part if rows else None


def _stalls(shower: _Shower) -> Part | None:
    places = Counter((t.stage, shower.zh.norms(t.norms)) for t in shower.found.stalls)

    def why(s: Shown, stage: str, norms: Iterable[str]) -> str:
        """The provisions by their places; with what they say where places alone do not tell two rows apart."""
        if places[stage, shower.zh.norms(norms)] == 1:
            return s.norms(norms)
        return s.words.list(s.words.of(s.words.rules.lookup(n)) for n in norms)

    rows = [
        (
            shower.say(lambda s, t=t: s.stage(t.stage)),
            shower.say(lambda s, t=t: why(s, t.stage, t.norms)),
            _amount(f"stalls/{t.stage}/{','.join(t.norms)}/papers", t.papers, number(t.papers, 1)),
            _amount(f"stalls/{t.stage}/{','.join(t.norms)}/days_lost", t.days, number(t.days, 1)),
        )
        for t in shower.found.stalls[:MOST_ROWS]
    ]
    columns = _columns(("环节", "Step"), ("条款", "Provisions"), ("每年件数", "papers a year"),
                       ("损失工作日", "working days lost"))  # fmt: skip
    title = Label("停滞：当时无人有权办理", "Stalled: nobody could act at that moment")
    note = NOTHING if rows else Label("没有公文停滞。", "No paper stalled.")
    return Part("stalls", title, note, (), Grid(columns, tuple(rows)) if rows else None, shower.grounds(grounds.STALLS))


def _unregulated(shower: _Shower) -> Part | None:
    nothing = Label("规则未提及", "not mentioned at all")
    rows = [
        (
            shower.say(lambda s, u=u: s.flow(u.flow)),
            shower.say(lambda s, u=u: s.stage(u.stage)) if u.stage else nothing,
            shower.say(lambda s, u=u: s.norms(u.norms)),
            _amount(f"unregulated/{u.flow}/{u.stage}/{','.join(u.norms)}/papers", u.papers, number(u.papers, 0)),
        )
        for u in shower.found.unregulated[:MOST_ROWS]
    ]
    columns = _columns(("种类", "Kind"), ("环节", "Step"), ("提出要求的条款", "Provisions that demand it"),
                       ("每年件数", "papers a year"))  # fmt: skip
    title = Label("没有规定由谁办理的公文", "Papers for which nobody is named")
    note = Label("单独计数，不在各表的件数之内。", "Counted apart, in no other table.")
    return Part("unregulated", title, note, (), Grid(columns, tuple(rows))) if rows else None


def _incidence(shower: _Shower, met: tuple[Incidence, ...]) -> Part | None:
    rows = [
        (
            Finds(i.finding.id, headline(shower.both, i.finding)),
            SEVERITY_NAMES[i.finding.severity][0],
            _amount(f"incidence/{i.finding.id}/papers_a_year", i.papers, number(i.papers, 1)),
            _amount(f"incidence/{i.finding.id}/days_a_year", i.days, number(i.days, 1)),
        )
        for i in met
        if i.papers is not None and i.papers.mean
    ]
    columns = _columns(("问题", "Finding"), ("级别", "Severity"), ("每年遇到的件数", "papers a year that meet it"),
                       ("损失工作日", "working days lost"))  # fmt: skip
    title = Label("检查发现的问题每年遇到几件", "How often a year each finding is met")
    note = Label(
        "没有公文遇到的问题不列；出在文字本身的问题，公文不会遇到。",
        "Findings that no paper met are left out; those about the text itself no paper can meet.",
    )
    return Part("incidence", title, note, (), Grid(columns, tuple(rows))) if rows else None


def _against(shower: _Shower, pairs: tuple[Difference, ...], other: Run | None) -> Part | None:
    if not pairs or other is None:
        return None

    def cell(d: Difference, side: str, found: Estimate | None) -> Cell:
        shown = percent(found) if d.measure in ("on_time", "stalled") else number(found, 2)
        sure = " !" if side == "difference" and d.certain else ""
        return _amount(f"against/{d.measure}/{d.tier}/{side}", found, shown + sure)

    rows = tuple(
        (
            Label(*MEASURES[d.measure]),
            shower.say(lambda s, d=d: s.tier(d.tier)),
            *(
                cell(d, side, found)
                for side, found in (("one", d.one), ("other", d.other), ("difference", d.difference))
            ),
        )
        for d in pairs
        if d.measure in MEASURES
    )
    this, that = _side(shower.run), _side(other)
    columns = (Label("指标", "Measure"), Label("紧急程度", "Tier"), this, that, Label("差", "Difference"))
    note = Label(
        "两方使用相同的随机数，差为成对比较；! 表示置信区间不含0（逐行成立，未作多重比较校正）。",
        "Both sides share their random numbers, differences are paired; ! marks intervals that leave out 0 (each for "
        "itself, not corrected for many comparisons).",
    )
    return Part("against", Label("方案比较", "Scenarios side by side"), note, (), Grid(columns, rows))


def _side(run: Run) -> Label:
    e = run.experiment
    one, two = e.rules.title.label, e.scenario.label
    return Label(f"{one.zh}（{two.zh}）", f"{one.en} ({two.en})")


def _rest(shower: _Shower) -> Part | None:
    left = shower.grounds(grounds.REST)
    return Part("rest", Label("方案的其他数值", "Other numbers of the scenario"), grounds=left) if left else None
