"""Comparisons of simulations on the terminal: two sides, a sweep, a ranking of assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guize import messages as say
from guize.terminal.simulation import number, overload, percent
from guize.wording import Wording
from sim.comparison import Difference, Point, Sensitivity, differences
from sim.intervals import LEVEL, Estimate
from sim.replications import Experiment, Run
from sim.report import ALL, Report

_NAMES = {
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


def _both(words: Wording, pairs: Iterable[Difference], one: str, other: str) -> Table:
    table = _table(
        words.pick("成对比较（公共随机数，差 = 另一方 − 本方）", "Paired comparison: the other less this"),
        words.pick("指标", "measure"),
        words.pick("紧急程度", "tier"),
        one,
        other,
        words.pick("差", "difference"),
    )
    for d in pairs:
        table.add_row(
            words.pick(*_NAMES[d.measure]),
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
    table = _table(
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
                    words.pick(*_NAMES[d.measure]),
                    _tier(words, d.tier),
                    _shown(d, d.other),
                    _shown(d, d.difference) + (" !" if d.certain else ""),
                )
    console.print(table)


def sensitivity(
    console: Console, experiment: Experiment, share: float, ranking: Iterable[Sensitivity], lang: str, most: int = 20
) -> None:
    """The numbers whose change moves the on-time rate most."""
    words = Wording(experiment.rules, lang)
    table = _table(
        words.pick(
            f"各数值增减 {share:.0%} 时按期率的变化", f"Change of the on-time rate by {share:.0%} of one number"
        ),
        words.pick("数值", "number"),
        words.pick("现值", "now"),
        words.pick("减", "lower"),
        words.pick("增", "higher"),
    )
    for s in list(ranking)[:most]:
        low, high = s.effects
        table.add_row(
            s.name,
            f"{s.value:g}",
            *(
                f"{v:g}: {_shown(e, e.difference)}{' !' if e.certain else ''}"
                for v, e in ((s.low, low), (s.high, high))
            ),
        )
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", overflow="fold")
    return table


def _title(run: Run, lang: str) -> str:
    return f"{run.experiment.rules.title.id} · {run.experiment.scenario.label.get(lang)}"


def _tier(words: Wording, tier: str) -> str:
    if tier == ALL:
        return words.pick("全部", "all")
    return words.value("urgency", tier) if "urgency" in words.rules.vocabulary.attributes else tier


def _shown(d: Difference, found: Estimate | None) -> str:
    return percent(found) if d.measure in ("on_time", "stalled") else number(found, 2)
