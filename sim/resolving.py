"""Sections of scenario files: found over the files used, names looked up, mistakes and grounds written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from model.bilingual import NOTHING, Said
from model.errors import Diagnostic, ScopeError, nearest
from model.messages import DEFINED, UNKNOWN, an
from model.ruleset import RuleSet
from model.shape_faults import check_shape
from model.situation import make_cast
from model.vocabulary import Label
from model.yamltext import Document, Loc, read
from sim import messages as say
from sim import shapes
from sim.scenario import EVERY, Stated

FILE = "scenario.yaml"
_ADDED = ("handling", "staff", "simultaneous", "meetings")


@dataclass(frozen=True)
class File:
    """One scenario file in shape. `lenient`: names that the rule set lacks are left out."""

    document: Document
    shape: shapes.ScenarioShape
    lenient: bool


def scenario_files(path: Path, library: Path, general: bool, mistakes: list[Diagnostic]) -> list[File]:
    """The scenario and the ones it uses, in order; the chain ends where one uses itself."""
    found: list[File] = []
    seen: set[Path] = set()
    while path.resolve() not in seen:
        seen.add(path.resolve())
        document = read(path)
        mistakes.extend(document.repeated)
        shape, _ = check_shape(shapes.ScenarioShape, document, mistakes, shapes.ScenarioShape)
        if shape is None:
            return found
        found.append(File(document, shape, general or bool(found)))
        used = shape.scenario.uses
        if used is None:
            return found
        path = library / used / FILE
        if not path.is_file():
            known = sorted(p.parent.name for p in library.glob(f"*/{FILE}"))
            said = say.NO_USED_SCENARIO(name=used, library=library)
            near = nearest(used, known)
            mistakes.append(document.mistake(("scenario", "uses"), said, say.A_SCENARIO_THERE(), near))
            return found
    return found


@dataclass
class Resolver:
    """Reads sections of scenario files against a rule set, and notes every mistake and every ground."""

    rules: RuleSet
    files: list[File]
    mistakes: list[Diagnostic]
    notes: list[Said] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    # finding sections

    def sections(self, name: str) -> Iterator[tuple[File, Any]]:
        """The files that have the section, with its shape: all of them where entries add up, else the first."""
        for file in self.files:
            shape = getattr(file.shape, name)
            if shape is not None:
                yield file, shape
                if name not in _ADDED:
                    return

    def section(self, name: str) -> tuple[File, Any] | None:
        return next(self.sections(name), None)

    def mistake(self, file: File, loc: Loc, said: Said, wanted: Said = NOTHING, near: str = "") -> None:
        self.mistakes.append(file.document.mistake(loc, said, wanted, near))

    def known(self, file: File, name: str, table: Iterable[str], what: Said, loc: Loc, every: bool = False) -> bool:
        """Whether the name is in the table. It is a mistake if not, unless the file serves many rule sets."""
        known = [*table, *([EVERY] if every else [])]
        if name in known:
            return True
        if not file.lenient:
            said = say_unknown(what, name)
            self.mistake(file, loc, said, DEFINED(what=an(what)), nearest(name, known))
        return False

    def ground(self, file: File, item: shapes.Grounded, loc: Loc) -> None:
        """The ground of the numbers at a place; written down for the report."""
        given = [(k, v) for k, v in (("source", item.source), ("assumption", item.assumption)) if v]
        if len(given) != 1:
            said = say.TWO_GROUNDS() if given else say.NO_GROUND()
            self.mistake(file, loc, said, say.SOURCE_OR_ASSUMPTION())
            return
        kind, name = given[0]
        table = {k: v for f in reversed(self.files) for k, v in f.shape.grounds.items()}
        if name not in table:
            said, near = say_unknown(say.GROUND(), name), nearest(name, list(table))
            self.mistake(file, (*loc, kind), said, say.SOURCE_OR_ASSUMPTION(), near)
            return
        ground = table[name]
        if ground.kind != kind:
            is_kind = say.A_SOURCE() if ground.kind == "source" else say.AN_ASSUMPTION()
            self.mistake(file, (*loc, kind), say.NOT_THAT_GROUND(name=name, kind=is_kind), say.SOURCE_OR_ASSUMPTION())
            return
        shown = item.model_dump(exclude_defaults=True, exclude={"source", "assumption", "zh", "en"}, by_alias=True)
        value = ", ".join(f"{k}={_brief(v)}" for k, v in shown.items())
        self.stated.append(Stated(".".join(str(p) for p in loc), value, kind, Label(ground.zh, ground.en)))

    def given_day(self, file: File, text: str, loc: Loc) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.mistake(file, loc, say.NO_DATE(text=text), say.A_DATE())
            return None

    def officials(self, holders: Mapping[str, int]) -> tuple[str, ...]:
        try:
            return make_cast(self.rules, holders).ids
        except ScopeError:
            return make_cast(self.rules).ids


def say_unknown(what: Said, name: str) -> Said:
    """`no such office: 'x'`."""
    return UNKNOWN(what=what, name=name)


def minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _brief(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_brief(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_brief(v) for v in value) + "]" if isinstance(value, list) else str(value)
