"""Who does what, at a glance: classes of papers by who is absent. The rows and answers are `guize.comparing`'s."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guize.comparing import CAUSES, Cell, StandIns, compare
from guize.comparing import Row as Compared
from guize.report.bilingual import NOTHING, Both
from guize.sentences.comparison import Telling
from model.norms import UNITS, Bound
from model.vocabulary import Label

HELD, DELEGATED, HOLE = "held", "delegated", "hole"
"""Somebody may; only if it was delegated to him; nobody may, though it is wanted."""

NOBODY = Label("无人可办", "nobody")
UNNAMED = Label("未规定由谁办理", "nobody is named")
URGENT = Label("其中特急件", "most urgent of these")


@dataclass(frozen=True)
class Square:
    """What happens to one class of papers in one column; `norms` are those relied on, with their places."""

    tone: str
    who: Label
    norms: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True)
class Row:
    """A class of papers, or (`urgent`) the most urgent of the row above. The first square: nobody absent."""

    classes: Label
    squares: tuple[Square, ...]
    limits: tuple[Label, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Table:
    """One act."""

    id: str
    act: Label
    rows: tuple[Row, ...]

    @property
    def holes(self) -> int:
        """How many squares have nobody."""
        return sum(s.tone == HOLE for r in self.rows for s in r.squares)


def columns(both: Both) -> tuple[Label, ...]:
    """Nobody absent, then the causes for which the first official named is absent."""
    causes = (both.say(lambda w, c=cause: w.state(c)) for cause in CAUSES)
    return Label("全部在岗", "everyone present"), *causes


def tables(both: Both) -> tuple[Table, ...]:
    """A table for each act that the instrument wants done or says who may do."""
    found = compare([both.rules])
    tellings = Telling(found, "zh"), Telling(found, "en")
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        cell = row.cells.get(both.rules.title.id)
        if cell is not None and not cell.silent:
            rows.setdefault(row.act, []).extend(_lines(both, tellings, row, cell))
    return tuple(Table(act, found.act(act), tuple(lines)) for act, lines in rows.items())


def _lines(both: Both, tellings: Sequence[Telling], row: Compared, cell: Cell) -> Iterable[Row]:
    zh, en = (t.classes(row) for t in tellings)
    limits = tuple(_limit(both, b) for b in cell.bounds)
    yield Row(Label(zh, en), (_present(both, cell), *_absent(both, cell, cell.absences)), limits)
    if cell.urgent:
        yield Row(URGENT, (_present(both, cell), *_absent(both, cell, cell.urgent)), urgent=True)


def _present(both: Both, cell: Cell) -> Square:
    norms = _places(both, cell.powers)
    powers = [both.rules.powers[p] for p in cell.powers]
    who = both.say(lambda w: w.pick("；", "; ").join(dict.fromkeys(w.actors(p.by, p.joint) for p in powers)))
    if cell.answered:
        return Square(HELD, who, norms)
    return Square(HOLE, NOBODY if powers else UNNAMED, norms)


def _absent(both: Both, cell: Cell, absences: Sequence[StandIns]) -> Iterable[Square]:
    """A square a cause. Where nobody is named to begin with, an absence makes nothing worse, but no better."""
    if not absences:
        yield from (Square(HOLE, UNNAMED if not cell.powers else NOBODY) for _ in CAUSES)
    for each in absences:
        if not each.actors:
            yield Square(HOLE, NOBODY)
            continue
        names = both.say(lambda w, e=each: w.list((w.actor(a) for a in e.actors), w.pick("、", "or")))
        norms = _places(both, (n for n in each.norms if n not in cell.powers))
        yield Square(DELEGATED if each.delegated else HELD, names, norms)


def _places(both: Both, norms: Iterable[str]) -> tuple[tuple[str, Label], ...]:
    return tuple((n, both.say(lambda w, n=n: w.place(both.rules.lookup(n).citation))) for n in dict.fromkeys(norms))


def _limit(both: Both, norm_id: str) -> Label:
    bound = both.rules.norms[norm_id]
    if not isinstance(bound, Bound) or bound.amount is None:
        return NOTHING
    unit, place = UNITS[bound.unit], both.say(lambda w: w.place(bound.citation))
    return Label(f"{bound.amount}{unit.zh}内（{place.zh}）", f"within {bound.amount} {unit.en} ({place.en})")
