"""property: drafters' own statements, proved or refuted with the plainest situation.

An `always` fails exactly when `when` and not `holds` is satisfiable; a `possible` fails exactly when
`when` and `holds` is not. Witnesses are replayed by `model.outcomes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from model.outcomes import Outcomes
from model.properties import ALWAYS, Property, checks_named
from model.situation import Situation
from proofs import choices, cores, witness
from proofs.audit import CHECKS, ask
from proofs.boolean import conj, neg
from proofs.findings import Answer, Finding, Report
from proofs.hearing import Hearing, replayed
from proofs.session import Unknown

CHECK = "property"


class Status(Enum):
    """What became of a property. `VACUOUS`: it holds, for its `when` never does."""

    HOLDS = "holds"
    FAILS = "fails"
    VACUOUS = "vacuous"
    UNKNOWN = "unknown"
    INAPPLICABLE = "inapplicable"


@dataclass(frozen=True)
class Verdict:
    """A property with its verdict and evidence.

    `witness` is the plainest counterexample of an `always` that fails, or the plainest example of a
    `possible` that holds. `norms` is a minimal core of a counterexample. `holds_under` lists the
    combinations of `readings` under which there is such a situation, empty if none bears; `every_reading`
    says whether there is one under each. `findings` are the ids of what a check found that should be
    silent, and `shown` what it found. `reason` says why the solver gave up.
    """

    property: Property
    status: Status
    witness: Situation | None = None
    norms: tuple[str, ...] = ()
    every_reading: bool = True
    readings: tuple[str, ...] = ()
    holds_under: tuple[Mapping[str, str], ...] = field(default=())
    findings: tuple[str, ...] = ()
    reason: str = ""
    shown: tuple[Finding, ...] = field(default=(), repr=False)


def prove(hearing: Hearing, properties: Sequence[Property], known: Report | None = None) -> tuple[Verdict, ...]:
    """A verdict for every property, in their order. Raises SelfCheckError where a witness does not replay.

    `known` is an audit within the same bounds: the checks it has answers of are not asked again.
    """
    answers, findings = (known.answers, known.findings) if known is not None else ((), ())
    asked = {a.check for a in answers}
    more, others = ask(hearing, checks_named(p for p in properties if p.silent in CHECKS and p.silent not in asked))
    answers, findings = (*answers, *more), (*findings, *others)
    answer = {a.check: a for a in answers}
    found: list[Verdict] = []
    for number, each in enumerate(properties):
        hearing.progress(CHECK, number, len(properties))
        if each.unknown or (each.silent and each.silent not in CHECKS):
            found.append(Verdict(each, Status.INAPPLICABLE))
        elif each.silent:
            found.append(_silent(each, answer[each.silent], findings))
        else:
            with hearing.asking(CHECK, each.id) as asked:
                try:
                    found.append(_settled(hearing, each))
                except Unknown as e:
                    if asked:
                        asked.unsettled = True
                    found.append(Verdict(each, Status.UNKNOWN, reason=str(e)))
    return tuple(found)


def _silent(each: Property, answer: Answer, findings: Sequence[Finding]) -> Verdict:
    mine = [f for f in findings if each.silent in (f.check, *f.also)]
    if mine:
        worst = mine[0]
        every = any(f.every_reading for f in mine)
        some = [] if every else mine
        return Verdict(
            each,
            Status.FAILS,
            worst.witness,
            worst.norms,
            every,
            tuple(dict.fromkeys(r for f in some for r in f.readings)),
            tuple(dict(u) for u in dict.fromkeys(tuple(u.items()) for f in some for u in f.holds_under)),
            tuple(f.id for f in mine),
            shown=tuple(mine),
        )
    if answer.unknown:
        return Verdict(each, Status.UNKNOWN, reason=answer.unknown[0].reason)
    return Verdict(each, Status.VACUOUS if answer.asked == answer.vacuous else Status.HOLDS)


def _settled(hearing: Hearing, each: Property) -> Verdict:
    encoding, session = hearing.encoding, hearing.session.apart()
    most = hearing.most if each.absences is None else each.absences
    when, holds = encoding.holds(each.when), encoding.holds(each.holds)
    if each.mode != ALWAYS:
        shown = conj([when, holds])
        values = witness.minimal(session, [session.literal(shown)], most)
        if values is None:
            return Verdict(each, Status.FAILS)
        example = hearing.situation(values)
        replayed(shows(hearing, each, example), each.id, example)
        under, every, depends = choices.reaching(session, shown, most)
        return Verdict(each, Status.HOLDS, example, (), every, depends, under)
    violation = conj([when, neg(holds)])
    values = witness.minimal(session, [session.literal(violation)], most)
    if values is None:
        possible = session.satisfiable([session.literal(when), witness.absences_at_most(session, most)])
        return Verdict(each, Status.HOLDS if possible else Status.VACUOUS)
    situation = hearing.situation(values)
    replayed(shows(hearing, each, situation), each.id, situation)
    core = cores.minimal_core(session, violation, values)
    under, every, depends = choices.reaching(session, violation, most)
    return Verdict(each, Status.FAILS, situation, core, every, depends, under)


def shows(hearing: Hearing, each: Property, at: Situation) -> bool:
    """Whether a situation is a counterexample (of an `always`) or an example (of a `possible`)."""
    outcomes = Outcomes(hearing.rules, at)
    if each.mode == ALWAYS:
        return outcomes.holds(each.when) and not outcomes.holds(each.holds)
    return outcomes.holds(each.when) and outcomes.holds(each.holds)
