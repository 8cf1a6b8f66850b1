"""Charts as SVG: plain marks, real text, colours that every eye tells apart and a second mark beside colour.

Colours are those of Okabe and Ito (Color Universal Design, 2008), dark enough for thin lines on white. Every series
has a dash of its own and its name beside it, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guize.drawing.canvas import INK, LINE, QUIET, Canvas
from guize.drawing.text import width

COLOURS = ("#d55e00", "#0072b2", "#007a5a", "#8a4b7c", "#5c5c5c")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "5 5")
WIDE, SIZE = 700.0, 13.0
HOLIDAY = "#ececec"


@dataclass(frozen=True)
class Bar:
    """A value with its interval; `shown` is the value in words. `low` and `high` are None where it has none."""

    name: str
    value: float
    low: float | None
    high: float | None
    shown: str


@dataclass(frozen=True)
class Series:
    """Points joined by lines, or by steps."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, with labels at values."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    title: str


def bars(title: str, rows: Sequence[Bar], axis: Axis, limit: float | None = None) -> str:
    """A bar a row, its interval as a whisker, its value beside it; `limit` is a line across."""
    canvas = Canvas()
    left = min(max((width(r.name, SIZE) for r in rows), default=0.0) + 16, 260.0)
    right = max((width(r.shown, SIZE) for r in rows), default=0.0) + 16
    span, step = WIDE - left - right, 28.0
    foot = 8 + step * len(rows)

    def at(value: float) -> float:
        kept = min(max(value, axis.low), axis.high)
        return left + span * (kept - axis.low) / ((axis.high - axis.low) or 1.0)

    for value, label in axis.ticks:
        canvas.path([(at(value), 4), (at(value), foot)], LINE, "1 3", arrow=False)
        canvas.line(label, at(value), foot + 3, 12, QUIET, middle=True)
    if limit is not None and axis.low <= limit <= axis.high:
        canvas.path([(at(limit), 0), (at(limit), foot)], COLOURS[0], "6 3", arrow=False)
    for number, row in enumerate(rows):
        y = 8 + step * number
        canvas.line(_cut(row.name, left - 16), 4, y, SIZE)
        canvas.rect(at(axis.low), y + 3, max(at(row.value) - at(axis.low), 1.0), 15, COLOURS[1], COLOURS[1], 0)
        if row.low is not None and row.high is not None:
            one, two, middle = at(row.low), at(row.high), y + 10.5
            canvas.path([(one, middle), (two, middle)], INK, arrow=False)
            for end in (one, two):
                canvas.path([(end, middle - 5), (end, middle + 5)], INK, arrow=False)
        canvas.line(row.shown, left + span + 10, y, SIZE)
    canvas.line(axis.title, left, foot + 22, 12, QUIET)
    return canvas.svg(WIDE, foot + 46, title)


@dataclass(frozen=True)
class Swing:
    """What happens when a number is lower and when it is higher; `shown` are the two in words. `inner` marks a row
    that belongs to the one above it."""

    name: str
    low: float
    high: float
    shown: tuple[str, str]
    inner: bool = False


def swings(title: str, rows: Sequence[Swing], key: tuple[str, str], axis: str) -> str:
    """A tornado: per row two bars from a line at zero, for the lower and the higher value, with both in words."""
    canvas = Canvas()
    inset = 18.0
    left = min(max((width(r.name, SIZE) + inset * r.inner for r in rows), default=0.0) + 16, 290.0)
    right = max((width(s, 12) for r in rows for s in r.shown), default=0.0) + 16
    span, step, top = WIDE - left - right, 38.0, 34.0
    most = max((abs(v) for r in rows for v in (r.low, r.high)), default=0.0) or 1.0
    zero, foot = left + span / 2, top + step * len(rows)
    for number, name in enumerate(key):
        canvas.rect(4 + 170 * number, 7, 22, 13, COLOURS[number], COLOURS[number], 0)
        canvas.line(name, 32 + 170 * number, 4, SIZE)
    canvas.path([(zero, top - 4), (zero, foot)], QUIET, arrow=False)
    for number, row in enumerate(rows):
        y, inner = top + step * number, inset * row.inner
        canvas.line(_cut(row.name, left - 16 - inner), 4 + inner, y + 7, SIZE)
        for side, value in enumerate((row.low, row.high)):
            long = max(abs(value) / most * (span / 2 - 6), 1.0)
            x = zero - long if value < 0 else zero
            canvas.rect(x, y + 2 + 16 * side, long, 13, COLOURS[side], COLOURS[side], 0)
            canvas.line(row.shown[side], left + span + 10, y - 1 + 16 * side, 12)
    canvas.line(axis, 4, foot + 6, 12, QUIET)
    return canvas.svg(WIDE, foot + 30, title)


def lines(
    title: str, series: Sequence[Series], across: Axis, up: Axis, steps: bool = False,
    bands: Iterable[tuple[float, float]] = (), marks: Iterable[float] = (), key: Sequence[tuple[str, str]] = (),
) -> str:  # fmt: skip
    """Series over one another, named in a key; `bands` are shaded, `marks` are ticks above the axis.

    `key` names what is shaded (`band`) and what the ticks are (`mark`).
    """
    canvas = Canvas()
    left = max((width(label, 12) for _, label in up.ticks), default=20.0) + 14
    top, high = 60.0, 220.0
    span, foot = WIDE - left - 14, 60.0 + 220.0

    def x(value: float) -> float:
        return left + span * (min(max(value, across.low), across.high) - across.low) / ((across.high - across.low) or 1)

    def y(value: float) -> float:
        return foot - high * (min(max(value, up.low), up.high) - up.low) / ((up.high - up.low) or 1)

    for one, two in bands:
        canvas.rect(x(one), top, max(x(two) - x(one), 1.0), high, HOLIDAY, HOLIDAY, 0)
    for value, label in up.ticks:
        canvas.path([(left, y(value)), (left + span, y(value))], LINE, "1 3", arrow=False)
        canvas.line(label, left - 8 - width(label, 12), y(value) - 9, 12, QUIET)
    for value, label in across.ticks:
        canvas.path([(x(value), foot), (x(value), foot + 4)], QUIET, arrow=False)
        canvas.line(label, x(value), foot + 5, 12, QUIET, middle=True)
    canvas.path([(left, foot), (left + span, foot)], QUIET, arrow=False)
    for value in marks:
        canvas.path([(x(value), foot - 7), (x(value), foot)], INK, arrow=False)
    for number, each in enumerate(series):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        points: list[tuple[float, float]] = []
        for a, b in each.points:
            if steps and points:
                points.append((x(a), points[-1][1]))
            points.append((round(x(a), 1), round(y(b), 1)))
        if points:
            canvas.path(points, colour, dash, arrow=False)
    _key(canvas, series, key, left)
    canvas.line(up.title, 4, 30, 12, QUIET)
    canvas.line(across.title, left, foot + 24, 12, QUIET)
    return canvas.svg(WIDE, foot + 48, title)


def _key(canvas: Canvas, series: Sequence[Series], key: Sequence[tuple[str, str]], left: float) -> None:
    """The names of the series and of what is shaded or ticked, in one row on top."""
    x = left
    for number, each in enumerate(series):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        canvas.path([(x, 14), (x + 26, 14)], colour, dash, arrow=False)
        canvas.line(each.name, x + 32, 4, SIZE)
        x += 48 + width(each.name, SIZE)
    for kind, name in key:
        if kind == "band":
            canvas.rect(x, 7, 22, 14, HOLIDAY, LINE, 0)
        else:
            canvas.path([(x + 12, 8), (x + 12, 20)], INK, arrow=False)
        canvas.line(name, x + 28, 4, SIZE)
        x += 44 + width(name, SIZE)


def _cut(text: str, room: float) -> str:
    """A name too long for its room is cut, and says so; it stands whole in the table beside the chart."""
    if width(text, SIZE) <= room:
        return text
    while text and width(text + "…", SIZE) > room:
        text = text[:-1]
    return text + "…"


def even(high: float, wanted: int = 5) -> tuple[float, tuple[float, ...]]:
    """A round number not below `high`, and round values from 0 up to it."""
    if high <= 0:
        return 1.0, (0.0, 1.0)
    step = 1.0
    while step * wanted < high:
        step *= 10
    while step / 10 * wanted >= high:
        step /= 10
    for part in (0.1, 0.2, 0.5, 1.0):
        if step * part * wanted >= high:
            step *= part
            break
    number = -(-high // step)
    return step * number, tuple(round(step * i, 6) for i in range(int(number) + 1))
