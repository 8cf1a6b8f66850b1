"""The comparison of two versions: alignment, outcomes, findings, properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from model import absence
from model.effects import KINDS
from model.properties import Property
from model.revision import Revision, revise
from model.ruleset import RuleSet
from proofs import witness
from proofs.audit import audit, hear
from proofs.boolean import Formula, Term, conj, disj
from proofs.findings import Report, Unsettled
from proofs.hearing import Progress
from proofs.impact import cover
from proofs.impact.claims import disputed, passing
from proofs.impact.records import POSSIBLE, Counts, Findings, Flip, Impact, Shift
from proofs.impact.shown import Across
from proofs.impact.space import Space
from proofs.impact.verdicts import flipped, matched
from proofs.memory import Memory
from proofs.proving import Status, prove
from proofs.session import Session, Unknown
from proofs.witness import MAX_ABSENCES

OUTCOMES = "outcomes"
FEW_REGIONS = 12
"""Regions sought on one topic where different instruments are compared, unless asked otherwise: there they are many."""


def impact(
    old: RuleSet,
    new: RuleSet,
    *,
    same: Mapping[str, str] | None = None,
    scope: Mapping[str, int] | None = None,
    most_absences: int = MAX_ABSENCES,
    most_regions: int | None = None,
    budget: int = 0,
    findings: bool = False,
    properties: tuple[Sequence[Property], Sequence[Property]] | None = None,
    states: Sequence[str] = absence.ABSENT_STATES,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Impact:
    """What changes in effect from one version to the other (`model.effects`), complete within the bounds.

    `same`: names of the old version by what the new one calls them. `most_regions` a topic, 0 for no limit; where
    there are more, `Shift.complete` is false (None: no limit for versions of one instrument). `findings`: audit
    both, and tell what comes and goes; the second asks only what the first, or an earlier audit with the same
    `memory`, did not. `properties`: those of the old version and of the new. The rest as in `proofs.audit.audit`.
    Raises UsageError for a name that is not there, ScopeError for a scope that does not fit, and SelfCheckError
    where an engine contradicts the reference semantics.
    """
    revision = revise(old, new, same)
    tell = progress or (lambda check, done, total: None)
    if revision.identical:
        return Impact(revision, (), Counts(), absences=most_absences)
    if most_regions is None:
        most_regions = 0 if old.title.id == new.title.id else FEW_REGIONS
    space = Space(revision, states, dict(scope or {}))
    search = cover.Search(
        space, Session(space, budget), most_absences, most_regions, cover.symmetric_offices(space)
    )  # fmt: skip
    irreconcilable, open_ = _irreconcilable(search)
    # where nothing can occur under both, no outcome is compared, and none is called equal
    shifts, unknown, counts = _outcomes(search, () if irreconcilable else tuple(_questions(search)), tell)
    both = _Both(revision, space, most_absences, budget, states, tell, Memory() if memory is None else memory)
    changed = both.findings() if findings else None
    flips = both.flips(properties) if properties else None
    return Impact(
        revision,
        shifts,
        counts,
        changed,
        flips,
        (*open_, *unknown, *both.unknown),
        irreconcilable,
        most_absences,
        _scope(revision, space),
        search.session.queries,
    )


class _Both:
    """Both versions as an audit sees them: each in its own ids, with the same officials."""

    def __init__(
        self, revision: Revision, space: Space, most: int, budget: int, states: Sequence[str], progress: Progress,
        memory: Memory,
    ) -> None:  # fmt: skip
        self.revision, self.space, self.most, self.budget = revision, space, most, budget
        self.states, self.progress, self.memory = states, progress, memory
        self.unknown: list[Unsettled] = []

    def findings(self) -> Findings:
        """Audit both. The older version is asked in the ids of the newer, so that causes can be compared."""
        old, new = self._audit(self.space.old.rules), self._audit(self.space.new.rules)
        across = Across(self.space, Session(self.space, self.budget))
        found = matched(old, new, across)
        self.unknown.extend(across.unknown)
        return found

    def _audit(self, rules: RuleSet) -> Report:
        offices = rules.vocabulary.offices
        scope = {o: n for o, n in _scope(self.revision, self.space).items() if o in offices and offices[o].many}
        report = audit(rules, scope=scope, most_absences=self.most, budget=self.budget, states=self.states,
                       progress=self.progress, memory=self.memory)  # fmt: skip
        self.unknown.extend(report.unknown)
        return report

    def flips(self, properties: tuple[Sequence[Property], Sequence[Property]]) -> tuple[Flip, ...]:
        """Prove the properties of each version of it; a property of both is asked of both."""
        verdicts = []
        for version, asked in zip(self.space.versions, properties, strict=True):
            hearing = hear(version.rules, version.cast, self.most, self.budget, self.states, memory=self.memory)
            hearing.progress = self.progress
            found = prove(hearing, asked)
            self.unknown += [
                Unsettled("property", v.property.id, v.reason) for v in found if v.status is Status.UNKNOWN
            ]
            verdicts.append(found)
        return flipped(*verdicts)


def _irreconcilable(search: cover.Search) -> tuple[tuple[str, ...], tuple[Unsettled, ...]]:
    """The constraints of both that no situation keeps together, none where some situation can occur under both; and
    what the solver left open of that."""
    session = search.session.apart()
    names: dict[Term, str] = {}
    for version in search.space.versions:
        for name, parts in version.constraints.items():
            if (formula := conj(parts)) is not True:
                names.setdefault(session.literal(formula), name)
    few = witness.absences_at_most(session, search.absences)
    try:
        core = session.core([*names, few])
        kept = [] if core is None else session.shrink(core, [])
    except Unknown as e:
        return (), (Unsettled(OUTCOMES, "what can occur under both", str(e)),)
    return tuple(dict.fromkeys(names[t] for t in kept if t in names)), ()


_Question = tuple[str, Formula, Callable[[], Iterable[Shift]]]
"""A name, when it differs, and what covers the difference."""


def _questions(search: cover.Search) -> Iterator[_Question]:
    for topic in disputed(search.space):
        name = " ".join((topic.topic.kind, *topic.topic.subject))
        yield name, topic.any, partial(cover.of_topic, search, topic)
    for each in passing(search.space):
        if cover.canonical(search.space, search.symmetric, each.seat, each.actor):
            name = " ".join((each.topic.kind, each.seat, each.actor))
            formula = conj([each.passes, disj(each.bites.values())])
            yield name, formula, partial(cover.of_stand_in, search, each)


def _outcomes(
    search: cover.Search, questions: Sequence[_Question], progress: Progress
) -> tuple[tuple[Shift, ...], tuple[Unsettled, ...], Counts]:
    space = search.space
    if not space.well_formed:
        search.session.model([])
    shifts: list[Shift] = []
    unknown: list[Unsettled] = []
    proved = 0
    for number, (name, formula, regions) in enumerate(questions):
        progress(OUTCOMES, number, len(questions))
        try:
            if search.differs(formula, search.both):
                shifts.extend(regions())
            else:
                proved += 1
        except Unknown as e:
            unknown.append(Unsettled(OUTCOMES, name, str(e)))
    for name in _constraints(space):
        try:
            shifts.extend(cover.of_constraint(search, name))
        except Unknown as e:
            unknown.append(Unsettled(OUTCOMES, f"{POSSIBLE} {name}", str(e)))
    different = len(questions) - proved - len(unknown)
    counts = Counts(len(questions), 0, proved, different)
    return tuple(sorted(shifts, key=_rank)), tuple(unknown), counts


def _rank(shift: Shift) -> tuple[Any, ...]:
    """Fewest absences first within a kind of outcome; the weightier kinds first."""
    kinds = (*KINDS, POSSIBLE)
    return kinds.index(shift.topic.kind), len(shift.witness.absent), shift.topic, shift.lost, shift.gained


def _constraints(space: Space) -> tuple[str, ...]:
    """The constraints that are not literally the same in both versions."""
    older, newer = ({n: frozenset(parts) for n, parts in v.constraints.items()} for v in space.versions)
    return tuple(n for n in dict.fromkeys([*newer, *older]) if older.get(n) != newer.get(n))


def _scope(revision: Revision, space: Space) -> dict[str, int]:
    offices = revision.union.vocabulary.offices
    return {o: sum(x.office == o for x in space.cast.officials) for o in offices if offices[o].many}
