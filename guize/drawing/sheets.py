"""Pictures other than routes: relations row by row, and bands of boxes one below the other."""

from __future__ import annotations

from dataclasses import dataclass

from guize.drawing import canvas as cv

MARGIN, PAD, TITLE, SMALL = 20.0, 9.0, 14.0, 11.5
SIDE, MIDDLE, GAP = 230.0, 420.0, 12.0
HEAD, CHIP, COLUMNS = 130.0, 236.0, 4


@dataclass(frozen=True)
class Relation:
    """One edge: from whom, what is said of it, to whom."""

    source: str
    title: str
    notes: tuple[tuple[str, str], ...]
    target: str


@dataclass(frozen=True)
class Chip:
    """A box with a title and small print, each line with its tone."""

    title: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Band:
    title: str
    chips: tuple[Chip, ...]


def relations_svg(title: str, heading: str, relations: tuple[Relation, ...], notes: tuple[str, ...] = ()) -> str:
    """Each edge in a row of its own, so that no two ever cross; what leaves from one actor leaves from one box."""
    canvas = cv.Canvas()
    full = 2 * SIDE + MIDDLE
    y = _title(canvas, title, heading, full)
    for source in dict.fromkeys(r.source for r in relations):
        leaving = [r for r in relations if r.source == source]
        inside = [r for target in dict.fromkeys(r.target for r in leaving) for r in leaving if r.target == target]
        heights = [_relation_height(r) for r in inside]
        name = cv.block_height(source, SIDE - 2 * PAD, TITLE)
        heights[-1] = max(heights[-1], name + 2 * PAD - sum(heights[:-1]) - GAP * (len(inside) - 1))
        whole = sum(heights) + GAP * (len(inside) - 1)
        canvas.rect(MARGIN, y, SIDE, whole, "#f4f6fa")
        middle = MARGIN + SIDE / 2
        canvas.block(source, middle, y + (whole - name) / 2, SIDE - 2 * PAD, TITLE, bold=True, middle=True)
        for relation, height in zip(inside, heights, strict=True):
            _relation(canvas, relation, y, height)
            y += height + GAP
        y += 8
    for note in notes:
        y = canvas.block(note, MARGIN, y + 6, full, 12.5)
    return canvas.svg(full + 2 * MARGIN, y + MARGIN, title)


def _said_height(relation: Relation) -> float:
    inner = MIDDLE - 60
    notes = sum(cv.block_height(text, inner, SMALL) for text, _ in relation.notes)
    return cv.block_height(relation.title, inner, 12.5) + notes


def _relation_height(relation: Relation) -> float:
    return max(cv.block_height(relation.target, SIDE - 2 * PAD, TITLE), _said_height(relation)) + 2 * PAD


def _relation(canvas: cv.Canvas, relation: Relation, y: float, height: float) -> None:
    """One edge, from the box at its left: what is said of it, and whom it leads to."""
    right, left = MARGIN + SIDE + MIDDLE, MARGIN + SIDE
    tall = cv.block_height(relation.target, SIDE - 2 * PAD, TITLE)
    canvas.rect(right, y, SIDE, height, "#f4f6fa")
    canvas.block(
        relation.target, right + SIDE / 2, y + (height - tall) / 2, SIDE - 2 * PAD, TITLE, bold=True, middle=True
    )
    canvas.path([(left, y + height / 2), (left + 24, y + height / 2)], arrow=False)
    canvas.path([(right - 24, y + height / 2), (right, y + height / 2)])
    canvas.rect(left + 24, y, MIDDLE - 48, height, cv.PAPER, "#d5dbe6", 4)
    below = canvas.block(relation.title, left + 30, y + (height - _said_height(relation)) / 2, MIDDLE - 60, 12.5)
    for text, tone in relation.notes:
        below = canvas.block(text, left + 30, below, MIDDLE - 60, SMALL, cv.TONES.get(tone, cv.QUIET))


def bands_svg(title: str, heading: str, bands: tuple[Band, ...], notes: tuple[str, ...] = ()) -> str:
    """Bands one below the other, in the order in which things happen; boxes of one band stand side by side."""
    canvas = cv.Canvas()
    full = HEAD + COLUMNS * (CHIP + GAP) + GAP
    y = _title(canvas, title, heading, full)
    for number, band in enumerate(bands):
        if number:
            canvas.path([(MARGIN + HEAD / 2, y), (MARGIN + HEAD / 2, y + 22)])
            y += 22
        top = y
        lines: list[tuple[Chip, ...]] = [band.chips[i : i + COLUMNS] for i in range(0, len(band.chips), COLUMNS)]
        heights = [max(_chip_height(c) for c in line) for line in lines]
        tall = cv.block_height(band.title, HEAD - 2 * PAD, TITLE)
        height = max(sum(heights) + GAP * (len(heights) + 1), tall + 2 * PAD)
        canvas.rect(MARGIN, top, full, height, "#f4f6fa", "#d5dbe6", 0)
        canvas.rect(MARGIN, top, HEAD, height, "#e3e8f2", "#d5dbe6", 0)
        left = MARGIN + HEAD / 2
        canvas.block(band.title, left, top + (height - tall) / 2, HEAD - 2 * PAD, TITLE, bold=True, middle=True)
        y = top + GAP
        for line, high in zip(lines, heights, strict=True):
            for column, chip in enumerate(line):
                _chip(canvas, chip, MARGIN + HEAD + GAP + column * (CHIP + GAP), y, high)
            y += high + GAP
        y = top + height
    for note in notes:
        y = canvas.block(note, MARGIN, y + 8, full, 12.5)
    return canvas.svg(full + 2 * MARGIN, y + MARGIN, title)


def _title(canvas: cv.Canvas, title: str, heading: str, full: float) -> float:
    y = canvas.block(heading, MARGIN, MARGIN, full, SMALL, cv.QUIET)
    return canvas.block(title, MARGIN, y + 2, full, 18, bold=True) + 10


def _chip_height(chip: Chip) -> float:
    inner = CHIP - 2 * PAD
    lines = sum(cv.block_height(text, inner, SMALL) for text, _ in chip.notes)
    return cv.block_height(chip.title, inner, 13) + lines + 2 * PAD


def _chip(canvas: cv.Canvas, chip: Chip, x: float, y: float, height: float) -> None:
    canvas.rect(x, y, CHIP, height)
    inner = CHIP - 2 * PAD
    below = canvas.block(chip.title, x + PAD, y + PAD, inner, 13, bold=True)
    for text, tone in chip.notes:
        below = canvas.block(text, x + PAD, below, inner, SMALL, cv.TONES.get(tone, cv.QUIET))
