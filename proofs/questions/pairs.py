"""competence-conflict and contradiction: two norms that do not go together in some situation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from model import violations
from model.dependence import mentioned
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import cores, readings, witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.findings import Answer, Finding, Pair, Region
from proofs.hearing import Hearing, replayed
from proofs.severity import severity


@dataclass(frozen=True)
class Question:
    """Two norms, the formula under which they do not go together, and the same asked of the semantics."""

    first: str
    second: str
    act: str
    formula: Formula
    replay: Callable[[Situation], str | None]
    possible: Formula


def ask_conflict(hearing: Hearing) -> Answer:
    """competence-conflict. Satisfiable exactly when two powers in force, of equal strength and not of one
    route, give one decisive act on one paper to two sets of actors that have nobody in common."""
    return _ask("competence-conflict", hearing, list(conflicts(hearing)))


def ask_contradiction(hearing: Hearing) -> Answer:
    """contradiction. Satisfiable exactly when a demand and a prohibition of one act, or duties of two
    exclusive acts, bind one actor on one paper at once."""
    return _ask("contradiction", hearing, list(clashes(hearing)))


def conflicts(hearing: Hearing) -> Iterable[Question]:
    encoding = hearing.encoding
    for stage in hearing.rules.stages:
        if stage.id != stage.act:
            continue
        for one, two in combinations([p for p in stage.powers if not p.alternative], 2):
            if not violations.conflicting(one, two):
                continue
            seats, others = encoding.seats(one), encoding.seats(two)
            common = disj(conj([f, others.get(a, False)]) for a, f in seats.items())
            possible = conj([encoding.in_force(one), encoding.in_force(two)])
            formula = conj([possible, disj(seats.values()), disj(others.values()), neg(common)])

            def replay(at: Situation, a: str = one.id, b: str = two.id) -> str | None:
                found = violations.competence_conflicts(hearing.rules, at)
                return next(("" for c in found if {c.first.id, c.second.id} == {a, b}), None)

            yield Question(one.id, two.id, stage.act, formula, replay, possible)


def clashes(hearing: Hearing) -> Iterable[Question]:
    encoding = hearing.encoding
    for demand, against in violations.clash_candidates(hearing.rules):
        if demand.by is None or against.by is None:
            continue
        bound, barred = encoding.members(demand.by), encoding.members(against.by)
        common = disj(conj([f, barred.get(a, False)]) for a, f in bound.items())
        possible = conj([encoding.in_force(demand), encoding.in_force(against)])
        excused = [encoding.holds(against.unless)]
        if isinstance(demand, violations.Deontic):
            excused.append(encoding.holds(demand.unless))
        formula = conj([possible, common, *(neg(e) for e in excused)])

        def replay(at: Situation, a: str = demand.id, b: str = against.id) -> str | None:
            found = violations.contradictions(hearing.rules, at)
            return next((c.actor for c in found if (c.demand.id, c.against.id) == (a, b)), None)

        yield Question(demand.id, against.id, against.act, formula, replay, possible)


def _ask(check: str, hearing: Hearing, questions: list[Question]) -> Answer:
    before = len(hearing.unknown)
    findings: list[Finding] = []
    vacuous = 0
    for number, question in enumerate(questions):
        hearing.progress(check, number, len(questions))
        if question.formula is False:
            vacuous += question.possible is False
            hearing.folded(check, f"{question.first} / {question.second}")
            continue

        def settle(q: Question = question) -> None:
            nonlocal vacuous
            if not hearing.session.satisfiable([hearing.session.literal(q.possible)]):
                vacuous += 1
                return
            found = _finding(check, hearing, q)
            if found:
                findings.append(found)

        hearing.settle(check, f"{question.first} / {question.second}", settle)
    unknown = tuple(hearing.unknown[before:])
    held = len(questions) - len(findings) - len(unknown)
    return Answer(check, merge_places(hearing.rules, findings), len(questions), held, vacuous, unknown)


def _finding(check: str, hearing: Hearing, question: Question) -> Finding | None:
    rules = hearing.rules
    if not hearing.session.satisfiable([hearing.session.literal(question.formula)]):
        return None
    session = hearing.session.apart()
    goal = session.literal(question.formula)
    values = witness.minimal(session, [goal], hearing.most)
    if values is None:
        return None
    situation = hearing.situation(values)
    actor = question.replay(situation)
    replayed(actor is not None, check, situation)
    assert actor is not None
    core = cores.minimal_core(session, question.formula, values)
    one, two = rules.lookup(question.first), rules.lookup(question.second)
    tension = one.strength != two.strength
    strength = min(one.strength, two.strength)
    relevant = mentioned(rules, [question.first, question.second])
    shown, every, depends = readings.verdict(session, relevant, [goal, witness.absences_at_most(session, hearing.most)])
    departed = departures(rules, situation)
    return Finding(
        id="",
        check=check,
        severity=severity(
            situation,
            weighty=check == "contradiction" or rules.is_decisive(question.act),
            strength=strength,
            every_reading=every,
            tension=tension,
            departs=bool(departed),
        ),
        strength=strength,
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=situation,
        details=Pair(question.first, question.second, question.act, actor),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(f"{question.first} / {question.second}", cores.generalise(session, question.formula, values)),),
        tension=tension,
        departures=departed,
    )


def merge_places(rules: RuleSet, findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding for each pair of places in the text: two readings of a clause clash for one reason."""
    kept: dict[object, Finding] = {}
    for finding in findings:
        assert isinstance(finding.details, Pair)
        places = frozenset(
            (c.instrument, c.article, c.paragraph)
            for c in (rules.lookup(n).citation for n in (finding.details.first, finding.details.second))
        )
        key = (places, finding.tension)
        best = kept.get(key)
        if best is None:
            kept[key] = finding
            continue
        better = finding if finding.severity > best.severity else best
        kept[key] = _joined(better, best if better is finding else finding)
    return tuple(kept.values())


def _joined(finding: Finding, other: Finding) -> Finding:
    return replace(
        finding,
        every_reading=finding.every_reading or other.every_reading,
        region=(*finding.region, *other.region),
        also=tuple(dict.fromkeys((*finding.also, *other.also))),
    )
