"""self-review: the rules leave one official both looks at a paper, or the decision on his own request.

Satisfiable exactly when, for two scrutiny steps of one route in force, the same official is the only
hand of both, directly or as a stand-in; or when the only hand of a decisive power is the official
whose request the paper is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model import violations
from model.dependence import mentioned
from model.norms import Power
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import cores, readings, witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.encoding import Key
from proofs.findings import Answer, Finding, Region, Twice
from proofs.hearing import Hearing, replayed
from proofs.severity import severity

CHECK = "self-review"


@dataclass(frozen=True)
class _Question:
    first: Power | None
    second: Power
    role: str
    formula: Formula
    possible: Formula

    @property
    def name(self) -> str:
        return f"{self.first.id if self.first else self.role} / {self.second.id}"


@dataclass(frozen=True)
class _Hit:
    question: _Question
    values: dict[Key, str]
    situation: Situation
    review: violations.SelfReview


def ask(hearing: Hearing) -> Answer:
    before = len(hearing.unknown)
    questions = list(_questions(hearing))
    hits: dict[object, list[_Hit]] = {}
    vacuous = silent = 0
    for number, question in enumerate(questions):
        hearing.progress(CHECK, number, len(questions))

        def settle(q: _Question = question) -> None:
            nonlocal vacuous, silent
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
    return Answer(CHECK, tuple(findings), len(questions), silent, vacuous, tuple(hearing.unknown[before:]))


def _questions(hearing: Hearing) -> Iterator[_Question]:
    encoding, rules = hearing.encoding, hearing.rules
    for first, second in violations.scrutiny_pairs(rules):
        one, two = encoding.sole_hand(first), encoding.sole_hand(second)
        both = (conj([f, two.get(a, False)]) for a, f in one.items() if a not in rules.vocabulary.bodies)
        possible = conj([encoding.in_force(first), encoding.in_force(second)])
        yield _Question(first, second, "", disj(both), possible)
    for power in rules.powers.values():
        if not rules.is_decisive(power.act):
            continue
        sole = encoding.sole_hand(power)
        for role in rules.vocabulary.roles.values():
            if role.requester:
                variable = encoding.variables[("role", role.id)]
                own = disj(conj([f, variable.is_(a)]) for a, f in sole.items())
                possible = conj([encoding.in_force(power), encoding.holds(role.papers)])
                yield _Question(None, power, role.id, own, possible)


def _hits(hearing: Hearing, question: _Question) -> Iterator[_Hit]:
    """A plainest situation for each way it comes about: nobody absent, or by whose absence."""
    if not hearing.session.satisfiable([hearing.session.literal(question.formula)]):
        return
    session = hearing.session.apart()
    goal = session.literal(question.formula)
    excluded: list[Formula] = []
    while True:
        values = witness.minimal(session, [goal, *(session.literal(e) for e in excluded)], hearing.most)
        if values is None:
            return
        situation = hearing.situation(values)
        review = _replay(hearing.rules, question, situation)
        replayed(review is not None, CHECK, situation)
        assert review is not None
        yield _Hit(question, values, situation, review)
        excluded.append(_other_way(hearing, question, review))


def _other_way(hearing: Hearing, question: _Question, review: violations.SelfReview) -> Formula:
    """That it does not come about as in the review: every holder of an office stood in for is present,
    or, where nobody was stood in for, no present official is named for both steps."""
    cast, encoding = hearing.encoding.cast, hearing.encoding
    offices = {cast[o].office for h in review.hands for o in h.instead_of if o in cast.ids}
    if offices:
        return conj(encoding.present(o.id) for o in cast.officials if o.office in offices)
    second = encoding.seats(question.second)
    if question.first is None:
        return neg(disj(conj([f, encoding.present(a)]) for a, f in second.items()))
    first = encoding.seats(question.first)
    return neg(disj(conj([f, second.get(a, False), encoding.present(a)]) for a, f in first.items()))


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
    core = cores.minimal_core(session, question.formula, hit.values)
    powers = [p.id for p in (question.first, question.second) if p]
    used = violations.used_stand_ins(rules, hit.review.hands)
    relevant = mentioned(rules, [*powers, *used])
    goal = session.literal(question.formula)
    states = [hearing.encoding.state_in(o, {hit.situation.state(o)}) for o in hearing.encoding.cast.ids]
    found, every = readings.holding(session, relevant, [goal, session.literal(conj(states))])
    depends = readings.relevant_only(rules, found, relevant)
    shown = tuple(dict(t) for t in dict.fromkeys(tuple((r, f[r]) for r in depends) for f in found)) if depends else ()
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
            tension=False,
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
        region=(Region(question.name, cores.generalise(session, question.formula, hit.values)),),
        departures=departed,
    )
