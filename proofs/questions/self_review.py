"""self-review: the rules leave one official both looks at a paper, or the decision on his own request.

Satisfiable exactly when, for two scrutiny steps of one route in force, the same official is the only
hand of both, directly or as a stand-in; or when the only hand of a decisive power is the official
whose request the paper is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model import violations
from model.dependence import mentioned
from model.norms import Power
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import cores, readings, witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.encoding import Key, Members
from proofs.findings import Answer, Finding, Region, Twice
from proofs.hearing import Hearing, replayed
from proofs.severity import severity

CHECK = "self-review"


@dataclass(frozen=True)
class _Question:
    """Two steps (or a role and a power). `ways` tells apart in which of the two somebody stands in."""

    first: Power | None
    second: Power
    role: str
    ways: tuple[Formula, ...]
    possible: Formula

    @property
    def name(self) -> str:
        return f"{self.first.id if self.first else self.role} / {self.second.id}"


@dataclass(frozen=True)
class _Hit:
    question: _Question
    way: Formula
    values: dict[Key, str]
    situation: Situation
    review: violations.SelfReview


def ask(hearing: Hearing) -> Answer:
    before = len(hearing.unknown)
    questions = list(asked_of(hearing))
    hits: dict[object, list[_Hit]] = {}
    vacuous = silent = 0
    for number, question in enumerate(questions):
        hearing.progress(CHECK, number, len(questions))

        def settle(q: _Question = question) -> None:
            nonlocal vacuous, silent
            if q.possible is False:
                hearing.folded(CHECK, q.name)
            if q.possible is False or not hearing.session.satisfiable([hearing.session.literal(q.possible)]):
                vacuous += 1
                silent += 1
                return
            found = list(_hits(hearing, q))
            silent += not found
            for hit in found:
                hits.setdefault(_cause(hearing.rules, hit), []).append(hit)

        hearing.settle(CHECK, question.name, settle)
    findings: list[Finding] = []
    for group in hits.values():
        hearing.settle(CHECK, group[0].question.name, lambda g=group: findings.append(_finding(hearing, g)))
    findings = _merged(findings)
    return Answer(CHECK, tuple(findings), len(questions), silent, vacuous, tuple(hearing.unknown[before:]))


def _merged(findings: list[Finding]) -> list[Finding]:
    """One finding for one core: ways that rest on the same norms are one cause."""
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        best = kept.get(finding.norms)
        if best is None:
            kept[finding.norms] = finding
        else:
            kept[finding.norms] = replace(
                best,
                every_reading=best.every_reading or finding.every_reading,
                holds_under=(*best.holds_under, *finding.holds_under),
                region=(*best.region, *finding.region),
            )
    return list(kept.values())


def asked_of(hearing: Hearing) -> Iterator[_Question]:
    encoding, rules = hearing.encoding, hearing.rules
    for first, second in violations.scrutiny_pairs(rules):
        possible = conj([encoding.in_force(first), encoding.in_force(second)])
        one, two = _sole(hearing, first), _sole(hearing, second)
        ways = tuple(disj(conj([f, b.get(o, False)]) for o, f in a.items()) for a in one for b in two)
        yield _Question(first, second, "", ways, possible)
    for power in rules.powers.values():
        if not rules.is_decisive(power.act):
            continue
        for role in rules.vocabulary.roles.values():
            if role.requester:
                variable = encoding.variables[("role", role.id)]
                ways = tuple(disj(conj([f, variable.is_(o)]) for o, f in a.items()) for a in _sole(hearing, power))
                possible = conj([encoding.in_force(power), encoding.holds(role.papers)])
                yield _Question(None, power, role.id, ways, possible)


def _sole(hearing: Hearing, power: Power) -> tuple[Members, Members]:
    """For each official, that he is the sole hand as one the power names, and that he is as a stand-in."""
    seats = hearing.encoding.seats(power)
    sole = {a: f for a, f in hearing.encoding.sole_hand(power).items() if a in hearing.encoding.cast.ids}
    named = {a: conj([f, seats.get(a, False)]) for a, f in sole.items()}
    standing = {a: conj([f, neg(seats.get(a, False))]) for a, f in sole.items()}
    return named, standing


def _hits(hearing: Hearing, question: _Question) -> Iterator[_Hit]:
    """A plainest situation for each way it comes about, and within a way for each office stood in for."""
    for way in question.ways:
        if way is False or not hearing.session.satisfiable([hearing.session.literal(way)]):
            continue
        session = hearing.session.apart()
        goals = [session.literal(way)]
        while True:
            values = witness.minimal(session, goals, hearing.most)
            if values is None:
                break
            situation = hearing.situation(values)
            review = _replay(hearing.rules, question, situation)
            replayed(review is not None, CHECK, situation)
            assert review is not None
            yield _Hit(question, way, values, situation, review)
            offices = {situation.cast[o].office for h in review.hands for o in h.instead_of}
            if not offices:
                break
            there = (hearing.encoding.present(o.id) for o in situation.cast.officials if o.office in offices)
            goals.append(session.literal(conj(there)))


def _replay(rules: RuleSet, question: _Question, situation: Situation) -> violations.SelfReview | None:
    for review in violations.self_reviews(rules, situation):
        same = (review.first and review.first.id) == (question.first and question.first.id)
        if same and review.second.id == question.second.id and review.role == question.role:
            return review
    return None


def _cause(rules: RuleSet, hit: _Hit) -> object:
    """The stand-in clauses it rests on, by place; without any, the two steps themselves."""
    used = violations.used_stand_ins(rules, hit.review.hands)
    if used:
        cited = (rules.norms[n].citation for n in used)
        return "stand-in", bool(hit.question.role), frozenset((c.instrument, c.article, c.paragraph) for c in cited)
    first, second = hit.question.first, hit.question.second
    places = frozenset((c.instrument, c.article, c.paragraph) for p in (first, second) if p for c in [p.citation])
    return "direct", hit.question.role, places


def _finding(hearing: Hearing, group: list[_Hit]) -> Finding:
    rules, session = hearing.rules, hearing.session.apart()
    hit = min(group, key=lambda h: len(h.situation.absent))
    question = hit.question
    core = cores.minimal_core(session, hit.way, hit.values)
    powers = [p.id for p in (question.first, question.second) if p]
    used = violations.used_stand_ins(rules, hit.review.hands)
    relevant = mentioned(rules, [*powers, *used])
    goal = session.literal(hit.way)
    states = [hearing.encoding.state_in(o, {hit.situation.state(o)}) for o in hearing.encoding.cast.ids]
    shown, every, depends = readings.verdict(session, relevant, [goal, session.literal(conj(states))])
    strength = hearing.strength(core)
    departed = departures(rules, hit.situation)
    pairs = dict.fromkeys((h.question.first.id if h.question.first else "", h.question.second.id) for h in group)
    return Finding(
        id="",
        check=CHECK,
        severity=severity(
            hit.situation,
            weighty=bool(question.role) or any(rules.is_decisive(p.act) for h in group for p in [h.question.second]),
            strength=strength,
            every_reading=every,
            departs=bool(departed),
        ),
        strength=strength,
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=hit.situation,
        details=Twice(tuple(pairs), hit.review.official, hit.review.hands, question.role),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(question.name, cores.generalise(session, hit.way, hit.values)),),
        departures=departed,
    )
