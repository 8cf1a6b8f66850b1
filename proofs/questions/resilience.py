"""resilience: officials without whom acts stop, whatever was delegated; and how many absences every act survives.

Satisfiable exactly when, with every delegation and authorisation given that can be given, the absence of one official
alone can make powers over two acts or more fall (`model.endurance`): of a single act the gap checks say it all. One
finding for the offices without which the same powers fall. That an act stops where a delegation is missing, or where
more are away, the gap checks say, too; here it is in the table (`Answer.endurance`).
"""

from __future__ import annotations

from dataclasses import dataclass

from model import absence, endurance
from model.competence import Competence
from model.norms import Power
from model.reachability import departures
from model.ruleset import RuleSet, Stage
from model.situation import Situation
from proofs import choices, cores, witness
from proofs.boolean import conj, disj
from proofs.findings import Answer, Endurance, Finding, Fragile, Region, Severity
from proofs.hearing import Hearing, replayed
from proofs.resilience import alone, endure, fallen, given
from proofs.session import Session

CHECK = "resilience"


@dataclass(frozen=True)
class _Stop:
    """A power that falls for want of one official alone, in a situation that shows it."""

    stage: Stage
    power: Power
    situation: Situation


def ask(hearing: Hearing) -> Answer:
    """Asked of every power that demands an act; held unless it is told among several that hang on one official."""
    before = len(hearing.unknown)
    rules = hearing.rules
    found: list[Endurance] = []
    stops: dict[str, list[_Stop]] = {}
    stages = {p.id: s for s in rules.stages for p in s.powers}
    asked = [p.id for s in rules.stages for p in s.powers if not p.may]

    def gather(power: str) -> None:
        session = hearing.session.apart()
        each = endure(hearing, session, stages[power], rules.powers[power])
        found.append(each)
        if each.best is not None and len(each.best.absent) == 1:
            for stop in _stops(hearing, session, stages[power], rules.powers[power]):
                office = stop.situation.cast[stop.situation.absent[0]].office
                stops.setdefault(office, []).append(stop)

    for number, power in enumerate(asked):
        hearing.progress(CHECK, number, len(asked))
        hearing.settle(CHECK, power, lambda p=power: gather(p))
    findings: list[Finding] = []
    several = {o: g for o, g in stops.items() if len({s.power.act for s in g}) > 1}
    fired = {s.power.id for g in several.values() for s in g}
    for offices in _alike(rules, several):
        group = stops[offices[0]]
        hearing.settle(CHECK, offices[0], lambda o=offices, g=group: findings.append(_finding(hearing, o, g)))
    unknown = tuple(hearing.unknown[before:])
    open_ = {u.subject for u in unknown}
    held = sum(p not in fired and p not in open_ for p in asked)
    vacuous = sum(e.vacuous for e in found)
    return Answer(CHECK, tuple(findings), len(asked), held, vacuous, unknown, endurance=tuple(found))


def _alike(rules: RuleSet, stops: dict[str, list[_Stop]]) -> list[tuple[str, ...]]:
    """The offices by rank, those together for want of which the same powers fall."""
    groups: dict[frozenset[str], list[str]] = {}
    for office in (o for o in rules.vocabulary.offices if o in stops):
        groups.setdefault(frozenset(s.power.id for s in stops[office]), []).append(office)
    return [tuple(g) for g in groups.values()]


def _stops(hearing: Hearing, session: Session, stage: Stage, power: Power) -> list[_Stop]:
    encoding = hearing.encoding
    best = session.literal(given(encoding))
    anybody = dict.fromkeys(encoding.cast.ids, True)
    found = alone(hearing, session, fallen(encoding, stage, power), anybody, [best])
    return [_Stop(stage, power, a.situation) for a in found]


def _finding(hearing: Hearing, offices: tuple[str, ...], group: list[_Stop]) -> Finding:
    """Its witness is the plainest situation of its weightiest act."""
    rules, encoding, session = hearing.rules, hearing.encoding, hearing.session.apart()
    acts = list(rules.vocabulary.acts)
    group = sorted(group, key=lambda s: (not rules.is_decisive(s.power.act), acts.index(s.power.act)))
    first = group[0]
    absent = disj(encoding.absent(o.id) for o in encoding.cast.officials if o.office in offices)
    best = given(encoding)
    formula = fallen(encoding, first.stage, first.power)
    goals = [session.literal(f) for f in (formula, absent, best)]
    values = witness.minimal(session, goals, 1, 1)
    assert values is not None, "the stop is one"
    at = hearing.situation(values)
    shown = endurance.fallen(Competence(rules, at), first.stage, first.power) and endurance.all_given(rules, at)
    replayed(shown, f"{CHECK} {offices}", at)
    core = cores.minimal_core(session, formula, values)
    whole = conj([disj(fallen(encoding, s.stage, s.power) for s in group), absent, best])
    under, every, depends = choices.reaching(session, whole, 1)
    decisive = any(rules.is_decisive(s.power.act) for s in group)
    return Finding(
        id="",
        check=CHECK,
        severity=Severity.MINOR,
        strength=hearing.strength(core),
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=at,
        details=Fragile(offices, tuple(s.power.id for s in group), _causes(hearing, session, offices, group)),
        every_reading=every,
        readings=depends,
        holds_under=under,
        region=(Region(first.stage.id, cores.generalise(session, formula, values)),),
        also=("signing-gap",) if decisive else ("stand-in-gap",),
        departures=departures(rules, at),
    )


def _causes(hearing: Hearing, session: Session, offices: tuple[str, ...], group: list[_Stop]) -> tuple[str, ...]:
    """The states of absence in which the absence of one holder stops some of it."""
    encoding = hearing.encoding
    falls = disj(fallen(encoding, s.stage, s.power) for s in group)
    holders = [o.id for o in encoding.cast.officials if o.office in offices]
    goals = [session.literal(falls), session.literal(given(encoding)), witness.absences_at_most(session, 1)]
    found: list[str] = []
    for state in (a for a in absence.ABSENT_STATES if a in absence.ORDINARY):
        away = disj(encoding.state_in(o, {state}) for o in holders)
        if away is not False and session.satisfiable([*goals, session.literal(away)]):
            found.append(state)
    return tuple(found)
