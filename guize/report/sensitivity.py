"""The ranking of the assumptions: how far the on-time rate moves when the numbers of a scenario are off."""

from __future__ import annotations

from guize.report import charts, knobs
from guize.report.charts import Swing
from guize.report.parts import NO_VALUE, Amount, Cell, Grid, Part
from guize.terminal.simulation import Shown
from model.vocabulary import Label
from sim.comparison import Difference, Sensitivity
from sim.screening import Kind, Screening

TITLE = Label("假设的影响大小", "Which assumptions matter")
COLUMNS = (
    Label("数值", "Number"), Label("现值", "Now"),
    Label("调低", "Lower"), Label("按期率变化（百分点）", "change (points)"),
    Label("调高", "Higher"), Label("按期率变化（百分点）", "change (points)"),
)  # fmt: skip
ALL_TOGETHER = Label("全部一起", "all together")
SEEN = 5e-5
"""A change of the on-time rate that shows in a table of hundredths of a point."""


def ranking(zh: Shown, en: Shown, found: Screening) -> Part:
    """The kinds that move the rate, the largest swing first, each with those of its numbers that were moved alone."""
    moving = [k for k in found.kinds if k.swing >= SEEN]
    still = [k for k in found.kinds if k.swing < SEEN]
    rows: list[tuple[Cell, ...]] = []
    marks: list[tuple[Kind | Sensitivity, bool]] = []
    for each in moving:
        inside = [s for s in found.numbers if s.name in each.numbers] if len(each.numbers) > 1 else []
        alone = next((s for s in found.numbers if (s.name,) == each.numbers), None)
        rows.append(_kind(each, alone))
        marks.append((each, False))
        for one in inside:
            rows.append(_number(zh, en, one))
            marks.append((one, True))
    draw = (Label(_chart(zh, found, marks), _chart(en, found, marks)),) if marks else ()
    return Part("sensitivity", TITLE, _note(found, still), draw, Grid(COLUMNS, tuple(rows)) if rows else None)


def _note(found: Screening, still: list[Kind]) -> Label:
    e, share = found.base.experiment, f"{found.share:.0%}"
    zh = (
        f"方案的数值逐类减少、增加{share}（整数至少变动1），看全部公文的按期率变动多少；变动大的几类再逐个数值试"
        f"（共{len(found.numbers)}个数值）。每次另作{e.replications}次短期模拟（每次{e.days}天），共试{found.runs}种取值，随机数相同；"
        "“±”为成对差的置信区间半宽，宽于差值的，先后不可靠。"
    )
    en = (
        f"Every kind of number of the scenario is {share} lower and higher (whole numbers by at least 1), and the "
        f"on-time rate of all papers is compared; of the kinds that move it most, single numbers are moved "
        f"({len(found.numbers)}). Each time {e.replications} short runs of {e.days} days, {found.runs} scenarios in "
        "all, with the same random numbers. “±” is half the interval of the paired difference: where it is wider than "
        "the difference, the order is not certain."
    )
    if still:
        zh += f"按期率没有变动的：{'、'.join(knobs.kind(k.name).zh for k in still)}。"
        en += f" No change: {', '.join(knobs.kind(k.name).en for k in still)}."
    return Label(zh, en)


def _kind(found: Kind, alone: Sensitivity | None) -> tuple[Cell, ...]:
    low, high = (_change(f"kinds/{found.name}", *x) for x in zip(("at_low", "at_high"), found.effects, strict=True))
    if alone is not None:
        return (knobs.kind(found.name), *_values(alone, low, high))
    number = len(found.numbers)
    together = Label(f"{ALL_TOGETHER.zh}（{number}项）", f"{ALL_TOGETHER.en} ({number})") if number > 1 else NO_VALUE
    return (knobs.kind(found.name), together, NO_VALUE, low, NO_VALUE, high)


def _number(zh: Shown, en: Shown, found: Sensitivity) -> tuple[Cell, ...]:
    low, high = (_change(f"ranking/{found.name}", *x) for x in zip(("at_low", "at_high"), found.effects, strict=True))
    name = Label(f"　{knobs.number(zh, found.name)}", f"– {knobs.number(en, found.name)}")
    return (name, *_values(found, low, high))


def _values(found: Sensitivity, low: Cell, high: Cell) -> tuple[Cell, ...]:
    sign = "×" if knobs.factor(found.name) else ""
    now, less, more = (Label(f"{sign}{v:.4g}", f"{sign}{v:.4g}") for v in (found.value, found.low, found.high))
    return now, less, low, more, high


def _change(where: str, end: str, found: Difference) -> Cell:
    gap = found.difference
    if gap is None:
        return NO_VALUE
    return Amount(f"sensitivity/{where}/{end}", gap.mean, gap.half, points(found))


def points(found: Difference) -> str:
    """A difference of shares in points of a hundred, with half the width of its interval."""
    gap = found.difference
    if gap is None:
        return "–"
    mean = f"{100 * gap.mean + 0.0:+.2f}"
    shown = "0.00" if mean in ("+0.00", "-0.00") else mean.replace("-", "−")
    return shown + (f" ±{100 * gap.half:.2f}" if gap.half and gap.half >= SEEN else "")


def _chart(shown: Shown, found: Screening, marks: list[tuple[Kind | Sensitivity, bool]]) -> str:
    words, share = shown.words, f"{found.share:.0%}"
    rows = [
        Swing(
            knobs.number(shown, e.name) if isinstance(e, Sensitivity) else words.label(knobs.kind(e.name)),
            _mean(e.effects[0]),
            _mean(e.effects[1]),
            (points(e.effects[0]), points(e.effects[1])),
            inner,
        )
        for e, inner in marks
    ]
    key = (words.pick(f"减少{share}", f"{share} lower"), words.pick(f"增加{share}", f"{share} higher"))
    axis = words.pick(
        "按期率的变化（百分点）；向右为提高，向左为降低", "change of the on-time rate in points; right: higher"
    )
    return charts.swings(words.label(TITLE), rows, key, axis)


def _mean(found: Difference) -> float:
    return found.difference.mean if found.difference else 0.0
