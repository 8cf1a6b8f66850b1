"""The checks of drafting: what a text leaves open, confirmed by the plainest situation in which it matters.

What is open is read off the rule set (`model.drafting`); the solver says whether the norms concerned ever apply,
under which readings, and in which situation first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model import drafting, plainness
from model.drafting import Flaw, duties, higher_law
from model.ruleset import RuleSet
from model.situation import Situation
from model.vocabulary import Strength
from proofs import choices, cores, witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.encoding import Encoding
from proofs.findings import Answer, Finding, Region, Severity
from proofs.hearing import Hearing, replayed
from proofs.session import Session
from proofs.severity import drafting as drafting_severity
from proofs.severity import severity

CHECKS = drafting.CHECKS

_STRUCTURAL = frozenset({higher_law.MEMBERS, higher_law.CHAIR})


def ask(hearing: Hearing) -> tuple[Answer, ...]:
    """One answer for each check."""
    return tuple(_ask(hearing, check, drafting.SURVEYS[check](hearing.rules, hearing.text)) for check in CHECKS)


def formula(encoding: Encoding, flaw: Flaw) -> Formula:
    """Satisfiable exactly when the flaw shows in a situation (`model.drafting.shows`)."""
    rules = encoding.rules
    force = [encoding.in_force(rules.lookup(n)) for n in flaw.norms]
    named = (rules.powers[p] for p in flaw.none_of)
    return conj(
        [
            encoding.holds(flaw.where),
            *(force if flaw.jointly else [disj(force)] if force else []),
            *(neg(conj([encoding.in_force(p), disj(encoding.seats(p).values())])) for p in named),
        ]
    )


@dataclass(frozen=True)
class _Shown:
    """Of some flaws, by number: which never arise, and the findings of those that show."""

    vacuous: tuple[int, ...]
    findings: tuple[tuple[int, Finding], ...]


def _ask(hearing: Hearing, check: str, survey: drafting.Survey) -> Answer:
    before, slicer = len(hearing.unknown), hearing.slicer
    flaws = survey.flaws
    subjects = {n: (*slicer.norms([*f.norms, *f.none_of]), *slicer.needs(f.where)) for n, f in enumerate(flaws)}
    found: dict[int, Finding] = {}
    vacuous = 0

    def ask(own: Hearing, numbers: tuple[int, ...]) -> _Shown:
        return _shown(own, check, {n: flaws[n] for n in numbers})

    for part, shown in hearing.by_parts(check, subjects, ask, content_of=flaws.__getitem__):
        vacuous += sum(len(flaws[n].subjects) for n in shown.vacuous)
        found.update((n, hearing.completed(part, finding)) for n, finding in shown.findings)
    unknown = tuple(hearing.unknown[before:])
    told = {s for n in found for s in flaws[n].subjects}
    findings = [found[n] for n in sorted(found)]
    held = len(survey.asked) - len(told) - len(unknown)
    return Answer(check, _merged(hearing.rules, findings), len(survey.asked), held, vacuous, unknown)


def _shown(hearing: Hearing, check: str, flaws: Mapping[int, Flaw]) -> _Shown:
    session = hearing.session.apart()
    vacuous: list[int] = []
    findings: list[tuple[int, Finding]] = []

    def settle(number: int, flaw: Flaw) -> None:
        finding = _finding(hearing, session, flaw)
        if finding is not None:
            findings.append((number, finding))
        elif _never(hearing, session, flaw):
            vacuous.append(number)

    for number, flaw in flaws.items():
        hearing.settle(check, ", ".join(flaw.subjects), lambda n=number, f=flaw: settle(n, f))
    return _Shown(tuple(vacuous), tuple(findings))


def _never(hearing: Hearing, session: Session, flaw: Flaw) -> bool:
    """Whether the norms concerned are in force together in no reachable situation."""
    applies = replace(flaw, where=drafting.ALWAYS, none_of=())
    return not session.satisfiable([session.literal(formula(hearing.encoding, applies))])


def _finding(hearing: Hearing, session: Session, flaw: Flaw) -> Finding | None:
    """None where no situation within the bounds shows the flaw: then it is none."""
    goal = formula(hearing.encoding, flaw)
    values = witness.minimal(session, [session.literal(goal)], hearing.most)
    if values is None:
        return None
    situation = hearing.situation(values)
    replayed(drafting.shows(hearing.rules, flaw, situation), flaw.check, situation)
    shown, every, depends = choices.reaching(session, goal, hearing.most)
    shown_by = next((n for n in flaw.norms if _alone(hearing.rules, flaw, n, situation)), None)
    forced = goal if shown_by is None else formula(hearing.encoding, replace(flaw, norms=(shown_by,)))
    core = cores.minimal_core(session, forced, values) if flaw.norms else ()
    strength = hearing.strength(core)
    return Finding(
        id="",
        check=flaw.check,
        severity=_severity(flaw, situation, strength, every),
        strength=strength,
        norms=core,
        near=(),
        citations=tuple(dict.fromkeys((*flaw.places, *hearing.citations(core)))),
        witness=situation,
        details=flaw,
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(", ".join(flaw.subjects), cores.generalise(session, goal, values)),),
    )


def _alone(rules: RuleSet, flaw: Flaw, norm: str, at: Situation) -> bool:
    """Whether a flaw of any one of several norms shows by this one."""
    return not flaw.jointly and drafting.shows(rules, replace(flaw, norms=(norm,)), at)


def _severity(flaw: Flaw, situation: Situation, strength: Strength, every: bool) -> Severity:
    """Of a clash with a law as of any other clash; a composition, and what is open, hinder nobody from acting."""
    if flaw.check == higher_law.CHECK and not _STRUCTURAL & set(flaw.lacks):
        return severity(situation, weighty=flaw.weighty, strength=strength, every_reading=every)
    return drafting_severity(weighty=flaw.weighty, strength=strength, every_reading=every)


def _merged(rules: RuleSet, findings: list[Finding]) -> tuple[Finding, ...]:
    """Of higher law, one finding for each kind of conflict and place in the instrument and in the law (of a power that
    governments of its level do not have, in the law alone); of duties without actor, one for each act, or set of
    acts, with the same readings. The one with the plainest witness is shown."""
    kept: dict[object, Finding] = {}
    for finding in findings:
        flaw = finding.details
        assert isinstance(flaw, Flaw)
        key: object
        if flaw.check == higher_law.CHECK:
            places = [c for c in flaw.places if c.law or higher_law.LEVEL not in flaw.lacks]
            key = flaw.lacks, tuple((c.law, c.article, c.paragraph) for c in places)
        elif flaw.check == duties.CHECK:
            key = flaw.lacks, finding.every_reading
        else:
            key = len(kept)
        best = kept.setdefault(key, finding)
        if best is not finding:
            first, second = sorted((best, finding), key=lambda f: (-f.severity, plainness.cost(rules, f.witness)))
            kept[key] = _joined(first, second)
    return tuple(kept.values())


def _joined(finding: Finding, other: Finding) -> Finding:
    assert isinstance(finding.details, Flaw)
    assert isinstance(other.details, Flaw)
    one, two = finding.details, other.details
    both = replace(
        one,
        subjects=tuple(dict.fromkeys((*one.subjects, *two.subjects))),
        places=tuple(dict.fromkeys((*one.places, *two.places))),
    )
    return replace(
        finding,
        details=both,
        citations=tuple(dict.fromkeys((*finding.citations, *other.citations))),
        every_reading=finding.every_reading or other.every_reading,
        region=(*finding.region, *other.region),
    )
