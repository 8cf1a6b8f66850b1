"""A simulation on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guize import messages as say
from guize.terminal import tables
from guize.wording import Wording
from model.situation import make_cast
from sim.intervals import LEVEL, Estimate
from sim.office import MINUTES_FLOW
from sim.report import ALL, Report, Row

if TYPE_CHECKING:
    from guize.incidence import Incidence

_MOST_ROWS = 10
TIERS = {"most_urgent": ("特急件", "most urgent"), "urgent": ("急件", "urgent"), "ordinary": ("一般件", "ordinary")}
"""Names of the general tiers, for a rule set that does not name them."""


def simulation(console: Console, found: Report, lang: str, met: tuple[Incidence, ...] | None = None) -> None:
    """Overload first, then papers by tier and kind, desks, where time went, what stalled, what was assumed."""
    shown = Shown(found, lang)
    e = found.run.experiment
    words = shown.words
    console.print(Text(words.label(e.rules.title.label), style="bold"))
    console.print(
        words.pick(
            f"{words.label(e.scenario.label)}；{len(found.run.outcomes)} 次独立模拟，每次 {e.days} 天，"
            f"前 {e.scenario.warm_up_days} 天不计；区间为 {LEVEL:.0%} 置信区间",
            f"{words.label(e.scenario.label)}; {len(found.run.outcomes)} independent runs of {e.days} days, the first "
            f"{e.scenario.warm_up_days} left out; intervals at {LEVEL:.0%}",
        )
    )
    if found.run.interrupted:
        console.print(Text(say.STOPPED().get(lang), style="yellow"))
    stopping = found.run.stopping
    if stopping is not None and not stopping.met:
        console.print(Text(say.NOT_PRECISE(reached=_share(stopping.reached), wanted=_share(stopping.wanted),
                                           most=stopping.most).get(lang), style="yellow"))  # fmt: skip
    if found.overloaded:
        console.print(Text(overload(found, lang), style="bold red"))
    for table in (
        shown.papers(),
        shown.limits(),
        shown.desks(),
        shown.meetings(),
        shown.steps(),
        shown.stalls(),
        shown.unregulated(),
    ):
        if table.row_count:
            console.print()
            console.print(table)
    if met is not None:
        console.print()
        console.print(shown.incidence(met))
    console.print()
    for note in found.notes:
        console.print(Text("· " + note.get(lang), style="dim"))
    console.print(Text(shown.assumptions(), style="dim"))


class Shown:
    """A simulation in one language: what things are called, and its tables."""

    def __init__(self, found: Report, lang: str) -> None:
        e = found.run.experiment
        self.found, self.lang = found, lang
        self.words = Wording(e.rules, lang)
        self.people = {o.id: o.label for o in make_cast(e.rules, e.scenario.holders).officials}
        self.flows = {f.id: f.label.get(lang) for f in e.scenario.flows}

    # names

    def actor(self, name: str) -> str:
        return self.people[name].get(self.lang) if name in self.people else self.words.rules.name(name, self.lang)

    def tier(self, tier: str) -> str:
        if tier == ALL:
            return self.words.pick("全部", "all")
        if "urgency" in self.words.rules.vocabulary.attributes:
            return self.words.value("urgency", tier)
        return self.words.pick(*TIERS[tier]) if tier in TIERS else tier

    def flow(self, flow: str) -> str:
        if flow == MINUTES_FLOW:
            return self.words.pick("会议纪要", "minutes of meetings")
        return self.words.pick("全部", "all") if flow == ALL else self.flows.get(flow, flow)

    def stage(self, stage: str) -> str:
        rules = self.words.rules
        power = rules.powers.get(stage)
        if power is None:
            return self.words.act(stage)
        return (
            f"{self.words.act(power.act)}（{self.words.place(power.citation)}）"
            if self.words.zh
            else (f"{self.words.act(power.act)} ({self.words.place(power.citation)})")
        )

    def norms(self, norms: Iterable[str]) -> str:
        return self.words.places(n for n in norms)

    # tables

    def papers(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("公文（工作日）", "Papers (working days)"),
            pick("种类", "kind"),
            pick("紧急程度", "tier"),
            pick("每年件数", "a year"),
            pick("按期率", "on time"),
            pick("平均", "mean"),
            "50%",
            "90%",
            "95%",
            pick("曾停滞", "stalled"),
        )
        for row in self.found.rows:
            if ALL in (row.flow, row.tier):
                table.add_row(self.flow(row.flow), self.tier(row.tier), *self._numbers(row))
        return table

    def _numbers(self, row: Row) -> tuple[str, ...]:
        mark = "*" if row.assumed else ""
        times = [row.mean, row.median, row.p90, row.p95]
        if self.found.overloaded:
            times = [None] * 4
        return (
            number(row.papers, 0),
            percent(row.on_time) + mark,
            *(number(t, 2) for t in times),
            percent(row.stalled),
        )

    def limits(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("规则的时限（各种读法）", "Time limits of the rules, under each reading"),
            pick("时限", "limit"),
            pick("读法", "reading"),
            pick("遵守率", "kept"),
        )
        for row in self.found.limits:
            reading = self.words.list(self.words.reading(r, c) for r, c in row.readings)
            table.add_row(self.words.of(self.words.rules.lookup(row.bound)), reading, percent(row.kept))
        return table

    def desks(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("办公桌", "Desks"),
            pick("人员、机构", "who"),
            pick("工作负荷", "work offered"),
            pick("利用率", "utilisation"),
            pick("每件等候（工作日）", "wait a piece (days)"),
        )
        for row in self.found.desks[:_MOST_ROWS]:
            table.add_row(self.actor(row.name), percent(row.offered), percent(row.utilisation), number(row.wait, 2))
        return table

    def meetings(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("会议（每年）", "Meetings (a year)"),
            pick("会议", "meeting"),
            pick("次数", "held"),
            pick("议题", "items"),
            pick("无人主持", "nobody to chair"),
            pick("议题与容量之比", "items over room"),
        )
        for row in self.found.meetings:
            table.add_row(
                self.actor(row.body),
                number(row.held, 0),
                number(row.items, 0),
                number(row.cancelled, 1),
                percent(row.offered),
            )
        return table

    def steps(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("时间去向（每年，工作日）", "Where time went (working days a year)"),
            pick("步骤", "step"),
            pick("次数", "times"),
            pick("等候", "waiting"),
            pick("办理", "work"),
        )
        for row in self.found.steps[:_MOST_ROWS]:
            table.add_row(self.stage(row.name), number(row.count, 0), number(row.waited, 1), number(row.worked, 1))
        return table

    def stalls(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick("停滞：当时无人有权办理（每年）", "Stalled: nobody could act at that moment (a year)"),
            pick("步骤", "step"),
            pick("条款", "norms"),
            pick("件数", "papers"),
            pick("损失工作日", "days lost"),
        )
        for row in self.found.stalls[:_MOST_ROWS]:
            table.add_row(self.stage(row.stage), self.norms(row.norms), number(row.papers, 0), number(row.days, 0))
        return table

    def unregulated(self) -> Table:
        pick = self.words.pick
        table = tables.numbers(
            pick(
                "规则没有规定由谁办理的公文（每年；单独计数，不在公文一表）",
                "Papers for which the rules name nobody (a year; counted apart, in no row of papers)",
            ),
            pick("种类", "kind"),
            pick("步骤", "step"),
            pick("提出要求的条款", "norms that demand it"),
            pick("件数", "papers"),
        )
        for row in self.found.unregulated[:_MOST_ROWS]:
            stage = self.stage(row.stage) if row.stage else pick("规则未提及", "not mentioned at all")
            table.add_row(self.flow(row.flow), stage, self.norms(row.norms), number(row.papers, 0))
        return table

    def incidence(self, met: tuple[Incidence, ...]) -> Table:
        from guize.terminal.audit import CHECK_NAMES, SEVERITY_NAMES  # noqa: PLC0415 - loads the solver

        pick, words = self.words.pick, self.words
        table = tables.numbers(
            pick("检查发现的问题每年遇到的件数", "Papers a year that meet each finding"),
            pick("问题", "finding"),
            pick("程度", "severity"),
            pick("条款", "norms"),
            pick("件数", "papers"),
            pick("损失工作日", "days lost"),
        )
        for one in (i for i in met if i.papers is not None):
            f = one.finding
            name = f"{words.label(CHECK_NAMES[f.check])} {f.id}" if words.zh else f.id
            severity = words.label(SEVERITY_NAMES[f.severity][0])
            table.add_row(name, severity, self.norms(f.norms), number(one.papers, 1), number(one.days, 1))
            for t in one.tiers if len(one.tiers) > 1 else ():
                table.add_row(f"  {self.tier(t.tier)}", "", "", number(t.papers, 1), number(t.days, 1))
        without = sum(i.papers is None for i in met)
        if without:
            table.caption_justify = "left"
            table.caption = pick(
                f"另有 {without} 个问题出在文字本身，没有公文会遇到，不计件数",
                f"{without} more findings are about the text itself: no paper meets them",
            )
        return table

    def assumptions(self) -> str:
        """How many numbers rest on what; the whole list is in the JSON document."""
        stated = self.found.run.experiment.scenario.stated
        assumed = sum(s.kind == "assumption" for s in stated)
        lines = [
            self.words.pick(
                f"方案中 {len(stated)} 处数值：{len(stated) - assumed} 处有来源，{assumed} 处为假设（全部见 --json）。"
                "带 * 的按期率含按假设时限计算的公文。",
                f"The scenario states numbers in {len(stated)} places: {len(stated) - assumed} with a source, "
                f"{assumed} assumed (all of them in --json). On-time rates with * include limits that are assumed.",
            )
        ]
        lines += [f"  · {ground}" for ground in dict.fromkeys(s.ground.get(self.lang) for s in stated)]
        return "\n".join(lines)


def overload(found: Report, lang: str) -> str:
    """Who cannot keep up, and what that means."""
    shown = Shown(found, lang)
    over = [(d.name, d.offered) for d in found.desks if d.overloaded]
    over += [(m.body, m.offered) for m in found.meetings if m.overloaded]
    left, right = shown.words.pick("（", " ("), shown.words.pick("）", ")")
    names = shown.words.list(f"{shown.actor(name)}{left}{percent(load)}{right}" for name, load in over)
    return shown.words.pick(
        f"超负荷（括号内为工作量与能力之比）：{names} 的工作量超过其能力，积压会无限增长，办理时间没有意义",
        f"Overload (work offered over capacity): {names} cannot keep up; backlogs grow without end, and sojourn times"
        " mean nothing",
    )


def _share(value: float) -> str:
    return f"{value:.1%}" if isfinite(value) else "–"


def number(found: Estimate | None, places: int) -> str:
    """A mean and half the width of its interval."""
    if found is None:
        return "–"
    return f"{found.mean:.{places}f}" + (f" ±{found.half:.{places}f}" if found.half is not None else "")


def percent(found: Estimate | None) -> str:
    """A share in per cent, with half the width of its interval."""
    if found is None:
        return "–"
    return f"{found.mean:.1%}" + (f" ±{found.half:.1%}" if found.half is not None else "")
