"""A comparison on the terminal: one table an act, then what each instrument could borrow."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from guize.comparing import Comparison, Row, loans
from guize.sentences.comparison import HEADINGS, Telling

_COLUMN = 26
"""Columns of the terminal an instrument needs to be read beside the others."""


def compare(console: Console, comparison: Comparison, lang: str, most_loans: int) -> None:
    """`most_loans`: how many things to borrow are told of each instrument."""
    telling = Telling(comparison, lang)
    for act in dict.fromkeys(r.act for r in comparison.rows):
        console.print(Text(telling.act(act), style="bold"))
        if console.width >= _COLUMN * (1 + len(comparison.instruments)):
            console.print(_table(telling, act))
        else:
            _listed(console, telling, act)
        console.print()
    console.print(_summary(telling))
    for name in comparison.instruments:
        mine = loans(comparison, name)
        if not mine:
            continue
        console.print()
        title = telling.pick(f"{telling.instrument(name)}可借鉴", f"{telling.instrument(name)} could borrow")
        console.print(Text(f"{title} ({len(mine)})", style="bold"))
        for loan in mine[:most_loans]:
            console.print(Padding(Text(f"· {telling.loan(loan)}"), (0, 0, 0, 2)))
        if len(mine) > most_loans:
            more = len(mine) - most_loans
            console.print(
                Padding(Text(telling.pick(f"……另有 {more} 项", f"... and {more} more"), style="dim"), (0, 0, 0, 2))
            )


def _table(telling: Telling, act: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, header_style="bold", show_lines=True)
    table.add_column(telling.pick("文件", "papers"), ratio=3, overflow="fold")
    for name in telling.comparison.instruments:
        table.add_column(telling.instrument(name), ratio=4, overflow="fold")
    for row in telling.comparison.rows:
        if row.act == act:
            cells = [
                Text("\n".join(telling.cell(row, name)), style=_style(row, name))
                for name in telling.comparison.instruments
            ]
            table.add_row(Text(telling.classes(row)), *cells)
    return table


def _listed(console: Console, telling: Telling, act: str) -> None:
    """The same for a narrow terminal, one instrument below the other."""
    for row in telling.comparison.rows:
        if row.act == act:
            console.print(Padding(Text(telling.classes(row), style="underline"), (1, 0, 0, 2)))
            for name in telling.comparison.instruments:
                said = telling.pick("；", "; ").join(telling.cell(row, name))
                line = Text(f"{telling.instrument(name)}{telling.pick('：', ': ')}{said}", style=_style(row, name))
                console.print(Padding(line, (0, 0, 0, 4)))


def _style(row: Row, name: str) -> str:
    cell = row.cells.get(name)
    if cell is None or cell.silent:
        return "dim"
    return "green" if name in row.best else "" if cell.answered else "red"


def _summary(telling: Telling) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(telling.pick("规则", "instrument"))
    for heading in HEADINGS.values():
        table.add_column(heading.get(telling.lang), justify="right")
    for name in telling.comparison.instruments:
        table.add_row(telling.instrument(name), *map(str, telling.counts(name)))
    return table
