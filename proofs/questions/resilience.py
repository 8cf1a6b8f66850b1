"""resilience: officials without whom acts stop, whatever was delegated; and how many absences every act survives.

Satisfiable exactly when, with every delegation and authorisation given that can be given, the absence of one official
alone can make powers over two acts or more fall (`model.endurance`): of a single act the gap checks say it all. One
finding for the offices without which the same powers fall. That an act stops where a delegation is missing, or where
more are away, the gap checks say, too; here it is in the table (`Answer.endurance`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from model import absence, endurance
from model.competence import Competence
from model.norms import Power
from model.reachability import departures
from model.ruleset import RuleSet, Stage
from proofs import choices, cores, witness
from proofs.apart import pieces
from proofs.boolean import Formula, conj, disj
from proofs.findings import Answer, Endurance, Finding, Fragile, Region, Severity
from proofs.hearing import Hearing, replayed
from proofs.resilience import alone, endure, fallen, given
from proofs.session import Session
from proofs.slices import Slice

CHECK = "resilience"


@dataclass(frozen=True)
class _Stop:
    """A power that falls for want of one holder of an office alone."""

    power: str
    office: str


@dataclass(frozen=True)
class _Endured:
    """What some powers survive, and on whom alone they hang."""

    powers: tuple[Endurance, ...]
    stops: tuple[_Stop, ...]


def ask(hearing: Hearing) -> Answer:
    """Asked of every power that demands an act; held unless it is told among several that hang on one official."""
    before = len(hearing.unknown)
    rules = hearing.rules
    asked = [p.id for s in rules.stages for p in s.powers if not p.may]
    stages = {p.id: piece for s in rules.stages for piece in pieces(rules, s) for p in piece.powers}
    found: dict[str, Endurance] = {}
    stops: dict[str, list[_Stop]] = {}
    subjects = {p: hearing.slicer.stages([stages[p]]) for p in asked}
    for part, endured in hearing.by_parts(CHECK, subjects, _endured):
        found.update((e.power, _whole(hearing, part, e)) for e in endured.powers)
        for stop in endured.stops:
            stops.setdefault(stop.office, []).append(stop)
    for group in stops.values():
        group.sort(key=lambda s: asked.index(s.power))
    findings: list[Finding] = []
    several = {o: g for o, g in stops.items() if len({rules.powers[s.power].act for s in g}) > 1}
    fired = {s.power for g in several.values() for s in g}
    for offices in _alike(rules, several):
        powers = tuple(s.power for s in stops[offices[0]])

        def settle(offices: tuple[str, ...] = offices, powers: tuple[str, ...] = powers) -> None:
            part = hearing.slicer.of_stages(dict.fromkeys(stages[p] for p in powers))
            shown = hearing.recall(
                (CHECK, offices, powers), part, lambda: _finding(hearing.within(part), offices, powers)
            )
            findings.append(hearing.completed(part, shown))

        hearing.settle(CHECK, offices[0], settle)
    unknown = tuple(hearing.unknown[before:])
    open_ = {u.subject for u in unknown}
    held = sum(p not in fired and p not in open_ for p in asked)
    endurances = tuple(found[p] for p in asked if p in found)
    vacuous = sum(e.vacuous for e in endurances)
    return Answer(CHECK, tuple(findings), len(asked), held, vacuous, unknown, endurance=endurances)


def _whole(hearing: Hearing, part: Slice, found: Endurance) -> Endurance:
    """What was found of a part of the rules, with situations of the whole."""
    worst, best = (at and hearing.whole(part, at) for at in (found.worst, found.best))
    return replace(found, worst=worst, best=best)


def _endured(hearing: Hearing, powers: tuple[str, ...]) -> _Endured:
    rules = hearing.rules
    stages = {p.id: s for s in rules.stages for p in s.powers}
    found: list[Endurance] = []
    stops: list[_Stop] = []

    def gather(power: str) -> None:
        session = hearing.session.apart()
        each = endure(hearing, session, stages[power], rules.powers[power])
        found.append(each)
        if each.best is not None and len(each.best.absent) == 1:
            stops.extend(_stops(hearing, session, stages[power], rules.powers[power]))

    for power in powers:
        hearing.settle(CHECK, power, lambda p=power: gather(p))
    return _Endured(tuple(found), tuple(stops))


def _alike(rules: RuleSet, stops: dict[str, list[_Stop]]) -> list[tuple[str, ...]]:
    """The offices by rank, those together for want of which the same powers fall."""
    groups: dict[frozenset[str], list[str]] = {}
    for office in (o for o in rules.vocabulary.offices if o in stops):
        groups.setdefault(frozenset(s.power for s in stops[office]), []).append(office)
    return [tuple(g) for g in groups.values()]


def _stops(hearing: Hearing, session: Session, stage: Stage, power: Power) -> list[_Stop]:
    encoding = hearing.encoding
    best = session.literal(given(encoding))
    anybody = dict.fromkeys(encoding.cast.ids, True)
    found = alone(hearing, session, fallen(encoding, stage, power), anybody, [best])
    return [_Stop(power.id, a.office) for a in found]


def _finding(hearing: Hearing, offices: tuple[str, ...], powers: tuple[str, ...]) -> Finding:
    """Its witness is the plainest situation of its weightiest act."""
    rules, encoding, session = hearing.rules, hearing.encoding, hearing.session.apart()
    acts = list(rules.vocabulary.acts)
    stages = {p.id: s for s in rules.stages for p in s.powers}
    group = [(stages[p], rules.powers[p]) for p in powers]
    group.sort(key=lambda g: (not rules.is_decisive(g[1].act), acts.index(g[1].act)))
    stage, power = group[0]
    falls = disj(fallen(encoding, s, p) for s, p in group)
    absent = disj(encoding.absent(o.id) for o in encoding.cast.officials if o.office in offices)
    best = given(encoding)
    formula = fallen(encoding, stage, power)
    goals = [session.literal(f) for f in (formula, absent, best)]
    values = witness.minimal(session, goals, 1, 1)
    assert values is not None, "the stop is one"
    at = hearing.situation(values)
    shown = endurance.fallen(Competence(rules, at), stage, power) and endurance.all_given(rules, at)
    replayed(shown, f"{CHECK} {offices}", at)
    core = cores.minimal_core(session, formula, values)
    whole = conj([falls, absent, best])
    under, every, depends = choices.reaching(session, whole, 1)
    decisive = any(rules.is_decisive(p.act) for _, p in group)
    return Finding(
        id="",
        check=CHECK,
        severity=Severity.MINOR,
        strength=hearing.strength(core),
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=at,
        details=Fragile(offices, tuple(p.id for _, p in group), _causes(hearing, session, offices, falls)),
        every_reading=every,
        readings=depends,
        holds_under=under,
        region=(Region(stage.id, cores.generalise(session, formula, values)),),
        also=("signing-gap",) if decisive else ("stand-in-gap",),
        departures=departures(rules, at),
    )


def _causes(hearing: Hearing, session: Session, offices: tuple[str, ...], falls: Formula) -> tuple[str, ...]:
    """The states of absence in which the absence of one holder makes it hold that something falls."""
    encoding = hearing.encoding
    holders = [o.id for o in encoding.cast.officials if o.office in offices]
    goals = [session.literal(falls), session.literal(given(encoding)), witness.absences_at_most(session, 1)]
    found: list[str] = []
    for state in (a for a in absence.ABSENT_STATES if a in absence.ORDINARY):
        away = disj(encoding.state_in(o, {state}) for o in holders)
        if away is not False and session.satisfiable([*goals, session.literal(away)]):
            found.append(state)
    return tuple(found)
