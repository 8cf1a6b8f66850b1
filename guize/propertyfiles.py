"""Property files as part of the API: read, decided, and kept for a test session, in which each is decided once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from guize import library
from model import messages as say
from model.errors import Diagnostic, SpecError
from model.properties import Property
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import audit, hear
from proofs.findings import Report
from proofs.hearing import Hearing
from proofs.proving import Verdict
from proofs.proving import prove as decide
from proofs.witness import MAX_ABSENCES


def load_properties(path: str | Path, rules: RuleSet) -> tuple[Property, ...]:
    """The properties of a file, with the general ones it names. Raises SpecError with every mistake and its place."""
    return library.properties_of(path, rules, [Path(path)])


def prove(
    rules: RuleSet, properties: Iterable[Property], *, most_absences: int = MAX_ABSENCES, budget: int = 0
) -> tuple[Verdict, ...]:
    """A verdict on every property, in their order, over all situations with at most `most_absences` officials absent.

    `budget`: Z3 resource units a query, 0 for no limit. Raises SelfCheckError where an engine contradicts the
    reference semantics.
    """
    return decide(hear(rules, make_cast(rules), most_absences, budget), tuple(properties))


class Register:
    """Rule sets, hearings and verdicts of one test session. Nothing is read, encoded or decided twice."""

    def __init__(self, most_absences: int = MAX_ABSENCES, budget: int = 0) -> None:
        self.most_absences, self.budget = most_absences, budget
        self._rules: dict[Path, RuleSet] = {}
        self._hearings: dict[Path, Hearing] = {}
        self._reports: dict[tuple[Path, str], Report] = {}

    def place(self, name: str | Path, near: Iterable[Path] = ()) -> Path:
        """The folder or file a rule set's name means: from one of the folders `near`, else as `guize.load` says."""
        for folder in near:
            if (folder / name).exists():
                return (folder / name).resolve()
        return library.locate(str(name)).resolve()

    def rules(self, place: Path) -> RuleSet:
        """The rule set at a place. Raises SpecError with every mistake of its files."""
        if place not in self._rules:
            self._rules[place] = library.load(place)
        return self._rules[place]

    def hearing(self, place: Path) -> Hearing:
        """The encoding and solver that every property of the rule set is put to."""
        if place not in self._hearings:
            rules = self.rules(place)
            self._hearings[place] = hear(rules, make_cast(rules), self.most_absences, self.budget)
        return self._hearings[place]

    def report(self, place: Path, **options: Any) -> Report:
        """The audit of the rule set, with the options of `guize.audit`."""
        key = (place, repr(sorted(options.items())))
        if key not in self._reports:
            standing = {"most_absences": self.most_absences, "budget": self.budget}
            self._reports[key] = audit(self.rules(place), **{**standing, **options})
        return self._reports[key]

    def file(self, path: Path) -> PropertyFile:
        """A property file with its rule set. Raises SpecError with every mistake of either."""
        subject = library.subject_of(path)
        if subject is None:
            raise SpecError([Diagnostic(str(path), 1, 1, say.NO_SUBJECT(), say.A_SUBJECT())])
        place = subject.resolve()
        return PropertyFile(self, place, load_properties(path, self.rules(place)))


class PropertyFile:
    """The properties of one file, decided when they are asked for."""

    def __init__(self, register: Register, place: Path, properties: Sequence[Property]) -> None:
        self.place, self.properties = place, tuple(properties)
        self._register = register
        self._verdicts: dict[str, Verdict] = {}

    @property
    def rules(self) -> RuleSet:
        return self._register.rules(self.place)

    def verdict(self, ident: str) -> Verdict:
        """What became of one property. Checks that should be silent are asked together: they share their questions."""
        if ident not in self._verdicts:
            wanted = [p for p in self.properties if p.id == ident]
            if any(p.silent for p in wanted):
                wanted = [p for p in self.properties if p.silent]
            found = decide(self._register.hearing(self.place), wanted)
            self._verdicts.update((v.property.id, v) for v in found)
        return self._verdicts[ident]
