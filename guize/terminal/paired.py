"""Comparisons of simulations on the terminal: two sides, a sweep, a ranking of assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guize import messages as say
from guize.terminal import tables
from guize.terminal.simulation import number, overload, percent
from guize.wording import Wording
from sim import changes
from sim.comparison import COSTS, Difference, Point, Sensitivity, differences
from sim.intervals import LEVEL, Estimate
from sim.replications import Experiment, Run
from sim.report import ALL, Report
from sim.scenario import EVERY
from sim.screening import Kind
from sim.search import Move, Search, Tried

if TYPE_CHECKING:
    from guize.mending import Effect
    from model.ruleset import RuleSet

NAMES = {
    "on_time": ("按期率", "on time"),
    "sojourn_days": ("办理时间（工作日）", "working days to completion"),
    "stalled": ("曾停滞", "stalled"),
    "unregulated": ("规则未规定由谁办理（件/年）", "nobody named (papers a year)"),
}


def against(console: Console, one: Run, other: Run, pairs: Iterable[Difference], lang: str) -> None:
    """Each measure on both sides, with the paired difference; `!` marks intervals that leave out 0."""
    words = Wording(one.experiment.rules, lang)
    console.print()
    console.print(_both(words, pairs, _title(one, lang), _title(other, lang)))
    console.print(_mark(words))


def side_by_side(console: Console, sides: Sequence[tuple[str, Report]], interrupted: bool, lang: str) -> None:
    """What was compared, and each of the others against the first."""
    (name, first), *others = sides
    e = first.run.experiment
    words = Wording(e.rules, lang)
    console.print(
        words.pick(
            f"各方 {e.replications} 次独立模拟，每次 {e.days} 天，种子 {e.seed}，公共随机数；"
            f"区间为 {LEVEL:.0%} 置信区间",
            f"{e.replications} independent runs of {e.days} days for each, seed {e.seed}, common random numbers; "
            f"intervals at {LEVEL:.0%}",
        )
    )
    for side, found in sides:
        console.print(f"  {side}：{_title(found.run, lang)}" if words.zh else f"  {side}: {_title(found.run, lang)}")
        if found.overloaded:
            console.print(Text("    " + overload(found, lang), style="bold red"))
    if interrupted:
        console.print(Text(say.STOPPED().get(lang), style="yellow"))
    for side, found in others:
        console.print()
        console.print(_both(words, differences(first.run, found.run), name, side))
    console.print(_mark(words))


def effects(console: Console, rules: RuleSet, found: Sequence[Effect], lang: str) -> None:
    """What each repair saves: papers that no longer stall or come late, days in the office."""
    from guize.sentences.repair import sentence  # noqa: PLC0415 - loads the solver

    words = Wording(rules, lang)
    console.print()
    if not found:
        console.print(words.pick("公文遇到的问题都没有可模拟的修改办法", "No finding that papers meet has a repair"))
        return
    table = tables.numbers(
        words.pick("修改办法的成效（每年减少；公共随机数）", "What repairs save (a year; common random numbers)"),
        words.pick("办法", "repair"),
        words.pick("停滞件数", "stalled papers"),
        words.pick("逾期件数", "late papers"),
        words.pick("在办工作日", "days in the office"),
    )
    for number_, effect in enumerate(found, 1):
        table.add_row(f"{number_}. {words.list(f.id for f in effect.findings)}", *_saved(effect, ALL))
        tiers = dict.fromkeys(d.tier for d in effect.differences if d.tier != ALL)
        for tier in tiers if len(tiers) > 1 else ():
            table.add_row(f"   {_tier(words, tier)}", *_saved(effect, tier))
    console.print(table)
    for number_, effect in enumerate(found, 1):
        console.print(words.pick(f"{number_}．", f"{number_}. ") + sentence(rules, effect.repair, lang))
    console.print(_mark(words))


def _saved(effect: Effect, tier: str) -> Iterable[str]:
    for measure in COSTS:
        d = effect.saved(measure, tier)
        less = None if d.difference is None else replace(d.difference, mean=0.0 - d.difference.mean)
        yield number(less, 1) + (" !" if d.certain else "")


def _both(words: Wording, pairs: Iterable[Difference], one: str, other: str) -> Table:
    table = tables.numbers(
        words.pick("成对比较（公共随机数，差 = 另一方 − 本方）", "Paired comparison: the other less this"),
        words.pick("指标", "measure"),
        words.pick("紧急程度", "tier"),
        one,
        other,
        words.pick("差", "difference"),
    )
    for d in pairs:
        table.add_row(
            words.pick(*NAMES[d.measure]),
            _tier(words, d.tier),
            _shown(d, d.one),
            _shown(d, d.other),
            _shown(d, d.difference) + (" !" if d.certain else ""),
        )
    return table


def _mark(words: Wording) -> str:
    return words.pick(
        f"! 表示 {LEVEL:.0%} 置信区间不含 0（每行各自成立，未作多重比较校正）",
        f"! marks intervals at {LEVEL:.0%} that leave out 0 (each for itself, not corrected for many comparisons)",
    )


def sweep(console: Console, experiment: Experiment, key: str, value: float, points: Iterable[Point], lang: str) -> None:
    """The difference at each value to the scenario as it is."""
    words = Wording(experiment.rules, lang)
    table = tables.numbers(
        words.pick(f"{key}（现为 {value:g}）取各值时，与现方案之差", f"{key} (now {value:g}): change"),
        key,
        words.pick("指标", "measure"),
        words.pick("紧急程度", "tier"),
        words.pick("取值", "there"),
        words.pick("差", "difference"),
    )
    for point in points:
        for d in point.differences:
            if d.tier == ALL or d.measure == "on_time":
                table.add_row(
                    f"{point.value:g}",
                    words.pick(*NAMES[d.measure]),
                    _tier(words, d.tier),
                    _shown(d, d.other),
                    _shown(d, d.difference) + (" !" if d.certain else ""),
                )
    console.print(table)


def search(console: Console, experiment: Experiment, found: Search, lang: str) -> None:
    """The smallest change that reaches the rate, or that none was found; then every change tried, by size."""
    words = Wording(experiment.rules, lang)
    goal = f"{found.target:.0%}"
    if found.interrupted:
        console.print(Text(say.STOPPED().get(lang), style="yellow"))
    if found.base.reached:
        line = words.pick(f"各紧急程度的按期率现已达到 {goal}，无须变动", f"Every tier is at {goal} on time as it is")
    elif found.found:
        each = words.pick("；或 ", "; or ").join(_moves(words, t) for t in found.found)
        line = words.pick(
            f"使各紧急程度均达到 {goal} 的最小变动：{each}", f"The smallest change to reach {goal}: {each}"
        )
    else:
        line = words.pick(
            f"{found.most} 步以内没有找到使各紧急程度均达到 {goal} 的变动",
            f"No change of up to {found.most} steps was found that brings every tier to {goal}",
        )
    console.print(Text(line, style="bold"))
    tiers = tuple(found.base.rates)
    table = tables.numbers(
        words.pick("试过的变动（按期率；差 = 与现状之差）", "Changes tried (on-time rates; difference to now)"),
        words.pick("变动", "change"),
        words.pick("步数", "size"),
        *(_tier(words, t) for t in tiers),
        words.pick("全部之差", "difference, all"),
        words.pick("达到", "reached"),
    )
    table.add_row(words.pick("现状", "now"), "0", *(percent(found.base.rates[t]) for t in tiers), "", "")
    for tried in sorted(found.tried, key=lambda t: (t.size, -t.worst, -t.overall)):
        gap = next((d for d in tried.differences if d.tier == ALL), None)
        table.add_row(
            _moves(words, tried),
            str(tried.size),
            *(percent(tried.rates.get(t)) for t in tiers),
            "" if gap is None else _shown(gap, gap.difference) + (" !" if gap.certain else ""),
            words.pick("是", "yes") if tried.reached else "",
        )
    console.print(table)
    console.print(_mark(words))
    console.print(
        words.pick(
            "一步：多一名工作人员或一名领导，办理用时减一成，答复期少一天，会议加密一档，多一条代行规定。"
            f"达到：整个置信区间不低于目标。{_coverage(found, zh=True)}",
            "A step is one clerk or one holder of an office more, a tenth less handling time, a reply a day sooner, a"
            " meeting oftener by one degree, or one stand-in clause more. Reached: the whole interval is there. "
            + _coverage(found, zh=False),
        )
    )


def _coverage(found: Search, zh: bool) -> str:
    """How far the search went: what was not tried, where a smaller change may be missed."""
    left = sum(found.left.values())
    if zh:
        idle = f"单独没有任何作用的 {len(found.idle)} 种变动未再组合。" if found.idle else ""
        rest = f"另有 {left} 种组合未试（--tries），可能有遗漏。" if left else "其余组合均已试过。"
        return "一步的变动全部试过。" + idle + (rest if any(t.size > 1 for t in found.tried) else "")
    idle = f" {len(found.idle)} that alone make no difference were not combined." if found.idle else ""
    rest = f" {left} combinations were not tried (--tries), so that one may be missed." if left else ""
    more = rest or " So were all other combinations."
    return "All changes of one step were tried." + idle + (more if any(t.size > 1 for t in found.tried) else "")


def _moves(words: Wording, tried: Tried) -> str:
    return words.pick(" 并 ", " and ").join(_move(words, m) for m in tried.moves)


def _move(words: Wording, move: Move) -> str:
    ladder, rules = move.ladder, words.rules
    about, lang = ladder.about, "zh" if words.zh else "en"
    if ladder.kind == changes.STAND_IN:
        absent, acting = words.actor(about), words.actor(move.value)
        return words.pick(f"{absent}缺席时由{acting}代行", f"{acting} stands in for {absent}")
    now, then = _amount(words, ladder.now), _amount(words, move.value)
    if ladder.kind == changes.HANDLING:
        act, _, actor = about.partition(".")
        named = rules.vocabulary.acts[act].label.get(lang) if act in rules.vocabulary.acts else act
        who = f"（{rules.name(actor, lang)}）" if actor else ""
        return words.pick(f"{named}{who}用时 {now}→{then} 分钟", f"{named} {actor}: {now} to {then} minutes")
    if ladder.kind == changes.REPLY:
        place = words.of(rules.lookup(about)) if about in rules.norms else words.pick("会签答复", "replies")
        unit = "" if about in rules.norms else words.pick(" 个工作日", " working days")
        return words.pick(f"{place}的期限 {now}→{then}{unit}", f"{place}: {now} to {then}{unit}")
    others = ("其他会议", "other meetings") if ladder.kind == changes.MEETING else ("其他机构", "other bodies")
    name = words.pick(*others) if about == EVERY else rules.name(about, lang)
    if ladder.kind == changes.MEETING:
        return words.pick(f"{name}由每{now}一次改为每{then}一次", f"{name} every {then}, not {now}")
    return words.pick(f"{name} {now}→{then} 人", f"{name}: {now} to {then} people")


_UNITS = {
    "hour": ("小时", "hour"), "calendar_day": ("天", "calendar day"), "working_day": ("个工作日", "working day"),
    "week": ("周", "week"), "month": ("个月", "month"),
}  # fmt: skip


def _amount(words: Wording, value: str) -> str:
    """`2 week` as a reader says it; a plain number to one place."""
    number, _, unit = value.partition(" ")
    if not unit:
        return f"{float(number):.3g}" if number else ""
    zh, en = _UNITS[unit]
    return f"{number}{zh}" if words.zh else f"{number} {en}{'' if number == '1' else 's'}"


def sensitivity(
    console: Console, experiment: Experiment, share: float, ranking: Iterable[Sensitivity | Kind], lang: str,
    most: int = 20,
) -> None:  # fmt: skip
    """The numbers whose change moves the on-time rate most; a kind is all its numbers at once."""
    words = Wording(experiment.rules, lang)
    table = tables.numbers(
        words.pick(
            f"各数值增减 {share:.0%} 时按期率的变化", f"Change of the on-time rate by {share:.0%} of one number"
        ),
        words.pick("数值", "number"),
        words.pick("现值", "now"),
        words.pick("减", "lower"),
        words.pick("增", "higher"),
    )
    for s in list(ranking)[:most]:
        changes_ = (f"{_shown(e, e.difference)}{' !' if e.certain else ''}" for e in s.effects)
        if isinstance(s, Kind):
            table.add_row(f"{s.name}.*", words.pick(f"{len(s.numbers)} 项", f"{len(s.numbers)} in all"), *changes_)
        else:
            low, high = (f"{v:g}: {c}" for v, c in zip((s.low, s.high), changes_, strict=True))
            table.add_row(s.name, f"{s.value:g}", low, high)
    console.print(table)


def _title(run: Run, lang: str) -> str:
    return f"{run.experiment.rules.title.id} · {run.experiment.scenario.label.get(lang)}"


def _tier(words: Wording, tier: str) -> str:
    if tier == ALL:
        return words.pick("全部", "all")
    return words.value("urgency", tier) if "urgency" in words.rules.vocabulary.attributes else tier


def _shown(d: Difference, found: Estimate | None) -> str:
    return percent(found) if d.measure in ("on_time", "stalled") else number(found, 2)
