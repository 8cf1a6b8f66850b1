"""The parts of a revision and of a simulation in the Word document, on sheets turned sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guize.report import figures
from guize.report.parts import Amount, Cell, Finds, Grid, Part
from guize.report.properties import Proved, counted
from guize.report.revised import Effect, Revised, Side
from guize.report.simulated import Simulated
from guize.terminal.prove import STATUS_NAMES

if TYPE_CHECKING:
    from guize.report.word import Writer

ROOM = 257
"""Millimetres between the margins of an A4 sheet turned sideways."""
HEAT = ("", "E4EEF8", "C3DAF0", "97BFE3", "6FA6D6")


def properties(writer: Writer, shown: tuple[Proved, ...], numbers: dict[str, int]) -> None:
    """A table of the properties; a refuted one with its counterexample."""
    writer.heading("性质", "Properties")
    semicolon = writer.say("；", "; ")
    writer.text(semicolon.join(f"{writer.get(STATUS_NAMES[s][0])} {n}" for s, n in counted(shown)))
    heads = (("性质", "Property"), ("结论", "Verdict"), ("反例和依据", "Counterexample and provisions"))
    table = writer.headed([writer.say(*h) for h in heads], [60, 25, 85])
    for each in shown:
        told = [writer.get(each.says)] if each.says.zh else []
        told += [
            f"{writer.get(c.title)}{writer.say('：', ': ')}{semicolon.join(writer.get(x) for x in c.lines)}"
            for c in each.story
        ]
        found = [str(numbers[i]) for i in each.findings if i in numbers]
        told += [writer.say("见问题", "See findings ") + writer.say("、", ", ").join(found)] if found else []
        told += [writer.clause(c) for c in each.why]
        writer.line(table, writer.get(each.name), writer.get(each.verdict), "\n".join(told))


def revision(writer: Writer, shown: Revised) -> None:
    """The verdict, the table of four columns, what belongs to no row of it."""
    writer.heading("修改对照和效力", "The revision and its effect")
    writer.text(writer.get(shown.verdict))
    semicolon = writer.say("；", "; ")
    writer.text(semicolon.join(f"{writer.get(label)} {number}" for label, number in shown.counts))
    if shown.rows:
        heads = [
            writer.say(*h)
            for h in (("现行", "As it is"), ("修改后", "As amended"), ("说明", "Note"), ("效力", "Effect"))
        ]
        table = writer.headed(heads, [60, 60, 47, 90])
        for row in shown.rows:
            notes = "\n".join(writer.get(n) for n in row.notes)
            effects = "\n".join(_effect(writer, e) for e in row.effects)
            writer.line(table, _side(writer, row.old), _side(writer, row.new), notes, effects)
    for title, lines in (
        (writer.say("名称和用语的改动", "Names and terms changed"), shown.names),
        (writer.say("结论改变的性质", "Properties whose verdict changes"), shown.flips),
        (writer.say("未能判定", "Not settled"), shown.unsettled),
    ):
        if lines:
            writer.label(title)
            for said in lines:
                writer.text(writer.get(said), style="List Bullet")
    if shown.loose:
        writer.label(writer.say("其他问题变化", "Other findings that come or go"))
        for effect in shown.loose:
            writer.text(_effect(writer, effect), style="List Bullet")


def _side(writer: Writer, side: Side) -> str:
    quote = f" “{side.quote}”" if side.quote else ""
    return writer.get(side.place) + quote + (f"\n{writer.get(side.says)}" if side.says.zh else "")


def _effect(writer: Writer, effect: Effect) -> str:
    name = f"{writer.get(effect.name)}{writer.say('：', ': ')}" if effect.name.zh else ""
    where = writer.say("；", "; ").join(writer.get(w) for w in effect.where)
    return f"{name}{writer.get(effect.says)}" + (f"（{where}）" if where else "")


def simulation(writer: Writer, shown: Simulated, numbers: dict[str, int]) -> None:
    """What was simulated, overload first, then table by table with the numbers it rests on."""
    writer.heading("模拟", "Simulation")
    semicolon = writer.say("；", "; ")
    counts = semicolon.join(f"{writer.get(label)} {number}" for label, number in shown.counts)
    writer.text(f"{writer.get(shown.scenario)}{semicolon}{counts}")
    if shown.alarm.zh:
        writer.text("", writer.get(shown.alarm))
    for note in (shown.level, *shown.notes):
        writer.text(writer.get(note), style="List Bullet")
    lacking = figures.why_none(writer.lang)
    if lacking.zh and any(p.charts for p in shown.parts):
        writer.text("", writer.get(lacking))
    for part in shown.parts:
        _part(writer, part, numbers, drawn=not lacking.zh)


def _part(writer: Writer, part: Part, numbers: dict[str, int], *, drawn: bool) -> None:
    charts = part.charts if drawn else ()
    if not (part.grid or part.grounds or charts or (part.note.zh and not part.charts)):
        return
    writer.doc.add_heading(writer.get(part.title), 2)
    if part.note.zh and (part.grid or charts or not part.charts):
        writer.text(writer.get(part.note))
    for svg in charts:
        writer.figure(figures.picture(svg.get(writer.lang)), writer.get(part.title))
    if part.grid is not None:
        _grid(writer, part.grid, numbers)
    if part.grounds:
        writer.label(writer.say("所依据的数值和假设", "The numbers and assumptions it rests on"))
        kinds = {True: writer.say("假设", "assumed"), False: writer.say("来源", "source")}
        heads = [writer.say("数值", "Number"), writer.say("取值", "Value"), writer.say("依据", "Ground")]
        table = writer.headed(heads, [60, 97, 100])
        for ground in part.grounds:
            source = f"[{kinds[ground.assumption]}] {writer.get(ground.source)}"
            writer.line(table, writer.get(ground.name), writer.get(ground.says), source)


def _grid(writer: Writer, grid: Grid, numbers: dict[str, int]) -> None:
    rest = len(grid.columns) - 1
    first = 67 if rest < 8 else 47
    table = writer.headed([writer.get(c) for c in grid.columns], [first] + [(ROOM - first) // rest] * rest)
    for row in grid.rows:
        cells = writer.line(table, *(_said(writer, c, numbers) for c in row))
        for cell, told in zip(cells, row, strict=True):
            if isinstance(told, Amount) and told.shade:
                writer.shade(cell, HEAT[told.shade])


def _said(writer: Writer, cell: Cell, numbers: dict[str, int]) -> str:
    match cell:
        case Amount():
            return cell.shown
        case Finds(ident, name):
            return f"{numbers[ident]}. {writer.get(name)}" if ident in numbers else writer.get(name)
    return writer.get(cell)
