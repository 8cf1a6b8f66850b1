"""How a route card comes onto sheets of paper: the largest print at which it needs the fewest sheets.

A sheet is A4 across with margins of 10 mm. Heights are computed from the widths of texts, a little too high rather than
too low, so that no sheet runs over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from guize.drawing.text import width, wrap

SHEET_WIDTH, SHEET_HEIGHT = 1046.0, 700.0
"""In CSS pixels: 277 by 190 mm, less a reserve for how browsers round."""
SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5)
"""Sizes of print, in CSS pixels; the least is some 7 points."""
LEADING, PAD_X, PAD_Y, RULE = 1.4, 5.0, 1.0, 1.0
H1, H2 = 1.5, 1.15
"""Headings, in ems."""
BEFORE_H2, AFTER_H2, AFTER_TEXT, BEFORE_TABLE = 8.0, 1.0, 2.0, 3.0
FIXED = {0: 3.0, 2: 10.0, 3: 11.0}
"""Columns of one width (number, act, place), in hundredths of the sheet."""
LEAST = 7.0
"""The width that each of the other columns has at least; the rest goes where most is written."""
KEEP_TOGETHER = (0.6, 1.0)
"""A section that fits on one sheet is not split where the sheet begun is filled so far; later values are for where
that costs a sheet."""


class Rows(Protocol):
    """What paging needs to know of a section: its texts."""

    @property
    def title(self) -> str: ...
    @property
    def said(self) -> str: ...
    @property
    def rows(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """By row and column, the paragraphs of the cell."""
        ...


@dataclass(frozen=True)
class Part:
    """Rows `first` to `last` (not included) of a section; `continued` where the section began on an earlier sheet."""

    section: int
    first: int
    last: int

    @property
    def continued(self) -> bool:
        return self.first > 0


@dataclass(frozen=True)
class Paging:
    """The size of print in CSS pixels, the widths of columns in hundredths, and what stands on each sheet."""

    size: float
    columns: tuple[float, ...]
    sheets: tuple[tuple[Part, ...], ...]


def paging(sections: Sequence[Rows], heads: tuple[str, ...]) -> Paging:
    """The sheets of a card with these sections; `heads` are the headings of the columns."""
    columns = widths(sections, len(heads))
    tried = [
        Paging(size, columns, _sheets(sections, heads, columns, size, keep)) for size in SIZES for keep in KEEP_TOGETHER
    ]
    fewest = min(len(p.sheets) for p in tried)
    return next(p for p in tried if len(p.sheets) == fewest)


def widths(sections: Sequence[Rows], columns: int) -> tuple[float, ...]:
    """The widths of the columns of a card, in hundredths: more where more is written, by its square root."""
    written = [0.0] * columns
    for section in sections:
        for row in section.rows:
            for number, cell in enumerate(row):
                written[number] += sum(width(text, 1.0) for text in cell)
    free = [number for number in range(columns) if number not in FIXED]
    roots = {number: max(written[number], 1.0) ** 0.5 for number in free}
    rest = 100.0 - sum(FIXED.values()) - LEAST * len(free)
    shared = sum(roots.values())
    return tuple(
        FIXED[number] if number in FIXED else round(LEAST + rest * roots[number] / shared, 1)
        for number in range(columns)
    )


def row_height(cells: Sequence[Sequence[str]], columns: Sequence[float], size: float) -> float:
    """The height of a table row: that of its fullest cell."""
    lines = 1
    for cell, column in zip(cells, columns, strict=True):
        room = SHEET_WIDTH * column / 100 - 2 * PAD_X - RULE
        lines = max(lines, sum(max(len(wrap(text, size, room)), 1) for text in cell))
    return lines * size * LEADING + 2 * PAD_Y + RULE


def _top(section: Rows, heads: Sequence[str], columns: Sequence[float], size: float) -> float:
    """What stands above the rows of a section: its title, what is said of it, the heads of the columns."""
    title = len(wrap(section.title, size * H2, SHEET_WIDTH)) * size * H2 * LEADING + BEFORE_H2 + AFTER_H2
    said = len(wrap(section.said, size, SHEET_WIDTH)) * size * LEADING + AFTER_TEXT if section.said else 0.0
    return title + said + BEFORE_TABLE + row_height([(h,) for h in heads], columns, size) + RULE


def _sheets(
    sections: Sequence[Rows], heads: Sequence[str], columns: Sequence[float], size: float, keep: float
) -> tuple[tuple[Part, ...], ...]:
    head = size * LEADING + size * H1 * LEADING + 2 * AFTER_TEXT
    room = SHEET_HEIGHT - head
    found: list[list[Part]] = [[]]
    used = 0.0
    for number, section in enumerate(sections):
        top = _top(section, heads, columns, size)
        heights = [row_height(r, columns, size) for r in section.rows]
        whole = top + sum(heights)
        if used and used + whole > room >= whole and used >= keep * room:
            found.append([])
            used = 0.0
        first = 0
        while first < len(heights):
            last, filled = _fill(first, heights, used + top, room)
            if last == first and used:  # not even one row below what stands there already
                found.append([])
                used = 0.0
                continue
            last = max(last, first + 1)  # a row higher than a sheet stands alone on one
            found[-1].append(Part(number, first, last))
            first, used = last, filled
            if first < len(heights):
                found.append([])
                used = 0.0
    return tuple(tuple(sheet) for sheet in found)


def _fill(first: int, heights: list[float], used: float, room: float) -> tuple[int, float]:
    """The row after the last that fits, and how far the sheet is then filled."""
    at = first
    while at < len(heights) and used + heights[at] <= room:
        used += heights[at]
        at += 1
    return at, used
