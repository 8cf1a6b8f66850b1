"""The simulation: parts with a chart, a table, and under each the numbers it rests on."""

from __future__ import annotations

from guize.report.content import Content
from guize.report.html.routes import own_ids
from guize.report.html.text import attribute, both, count, heads, listed, named, wide
from guize.report.parts import NO_VALUE, Amount, Cell, Finds, Grid, Part
from guize.report.simulated import Simulated
from model.vocabulary import Label

RESTS_ON = Label("所依据的数值和假设", "The numbers and assumptions it rests on")
GROUND_HEADS = (Label("数值", "Number"), Label("取值", "Value"), Label("依据", "Ground"))
ASSUMED = Label("假设", "assumed")
SOURCE = Label("来源", "source")


def section(content: Content, shown: Simulated) -> str:
    """What was simulated, overload first, the parts, the remarks."""
    counts = "".join(f"<span>{both(label)} {count(number)}</span>" for label, number in shown.counts)
    alarm = f'<p class="alarm">{both(shown.alarm)}</p>' if shown.alarm.zh else ""
    notes = listed(both(n) for n in shown.notes) if shown.notes else ""
    return (
        f'<p>{both(shown.scenario)}</p><p class="key">{counts}</p><p class="note">{both(shown.level)}</p>{alarm}{notes}'
        + "".join(_part(content, p) for p in shown.parts)
    )


def _part(content: Content, part: Part) -> str:
    note = f'<p class="note">{both(part.note)}</p>' if part.note.zh else ""
    drawn = "".join(_chart(part, i, svg) for i, svg in enumerate(part.charts))
    table = _grid(content, part, part.grid) if part.grid else ""
    return f'<h3 id="s-{part.id}">{both(part.title)}</h3>{note}{drawn}{table}{_grounds(part)}'


def _chart(part: Part, number: int, svg: Label) -> str:
    pictures = "".join(
        f'<div class="pic" lang="{lang}" tabindex="0" role="region" {named(part.title)}>'
        f"{own_ids(svg.get(lang), f's-{part.id}-{number}-{lang}')}</div>"
        for lang in ("zh", "en")
    )
    return f'<figure class="chart">{pictures}</figure>'


def _grid(content: Content, part: Part, grid: Grid) -> str:
    right = [i for i in range(len(grid.columns)) if any(isinstance(r[i], Amount) for r in grid.rows)]
    rows = "".join(_row(content, r) for r in grid.rows)
    kind = "heat" if part.id == "waiting" else f"numbers {part.id}"
    name = Label(f"{part.title.zh}表", f"Table: {part.title.en}")
    return wide(name, f'<table class="{kind}">{heads(grid.columns, right)}<tbody>{rows}</tbody></table>')


def _row(content: Content, cells: tuple[Cell, ...]) -> str:
    first, *rest = cells
    return f'<tr><th scope="row">{_words(content, first)}</th>{"".join(_cell(content, c) for c in rest)}</tr>'


def _cell(content: Content, cell: Cell) -> str:
    if isinstance(cell, Amount):
        return f'<td class="n{f" w{cell.shade}" if cell.shade else ""}">{_words(content, cell)}</td>'
    return f"<td{' class=n' if cell == NO_VALUE else ''}>{_words(content, cell)}</td>"


def _words(content: Content, cell: Cell) -> str:
    match cell:
        case Amount(path, value, half, shown):
            width = "" if half is None else f' data-half="{half!r}"'
            return f'<data value="{value!r}" data-json="{attribute(path)}"{width}>{shown}</data>'
        case Finds(ident, name):
            number = content.numbers.get(ident)
            return f'<a href="#f-{attribute(ident)}">{number}</a> {both(name)}' if number else both(name)
        case Label():
            return both(cell)


def _grounds(part: Part) -> str:
    if not part.grounds:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{both(g.name)}</th><td>{both(g.says)}</td>'
        f"<td>[{both(ASSUMED if g.assumption else SOURCE)}] {both(g.source)}</td></tr>"
        for g in part.grounds
    )
    table = f'<table class="grounds">{heads(GROUND_HEADS)}<tbody>{rows}</tbody></table>'
    name = Label(f"{part.title.zh}：{RESTS_ON.zh}", f"{part.title.en}: {RESTS_ON.en}")
    return f"<details><summary>{both(RESTS_ON)}</summary>{wide(name, table)}</details>"
