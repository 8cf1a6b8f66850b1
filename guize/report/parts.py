"""What a part of the simulation is made of: charts, a table of numbers, the grounds they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from guize.report.bilingual import NOTHING
from guize.report.grounds import Ground
from model.vocabulary import Label

SHADES = 4
NO_VALUE = Label("–", "–")


@dataclass(frozen=True)
class Amount:
    """An estimate with its path in `guize simulate --json`; `shade` from 0 to SHADES where it is in a heat map."""

    path: str
    value: float
    half: float | None
    shown: str
    shade: int = 0


@dataclass(frozen=True)
class Finds:
    """The id of a finding, shown by its number in the report."""

    id: str
    name: Label


Cell = Label | Amount | Finds


@dataclass(frozen=True)
class Grid:
    """A table; the first cell of a row is its head."""

    columns: tuple[Label, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Part:
    """One result: charts as an SVG a language, a table, a remark, and the numbers that drive it."""

    id: str
    title: Label
    note: Label = NOTHING
    charts: tuple[Label, ...] = ()
    grid: Grid | None = None
    grounds: tuple[Ground, ...] = ()
