"""self-review: the rules leave one official both looks at a paper, or the decision on his own request.

Satisfiable exactly when, for two scrutiny steps of one route in force, the same official is the only
hand of both, directly or as a stand-in; or when the only hand of a decisive power is the official
whose request the paper is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model import violations
from model.norms import Power
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import choices, cores, decode, witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.expressions import Members
from proofs.findings import Answer, Finding, Region, Twice
from proofs.hearing import Hearing, replayed
from proofs.severity import severity
from proofs.slices import Slice, Slicer, Token

CHECK = "self-review"

Pair = tuple[str, str, str]
"""Ids of the first power, the second, the role: of the first and the role one is empty."""


@dataclass(frozen=True)
class Question:
    """Two steps (or a role and a power). `ways` tells apart in which of the two somebody stands in, in none first."""

    first: Power | None
    second: Power
    role: str
    ways: tuple[Formula, ...]
    possible: Formula

    @property
    def name(self) -> str:
        return name_of(self.first.id if self.first else "", self.second.id, self.role)


@dataclass(frozen=True)
class _Hit:
    """A situation that shows it: by which powers (or role and power), and in which of the ways."""

    first: str
    second: str
    role: str
    way: int
    situation: Situation
    review: violations.SelfReview

    @property
    def pair(self) -> Pair:
        return self.first, self.second, self.role


@dataclass(frozen=True)
class _Sought:
    """What was found of some questions: how many could not arise, how many showed nothing, and what showed."""

    vacuous: int
    silent: int
    hits: tuple[_Hit, ...]


def ask(hearing: Hearing) -> Answer:
    before = len(hearing.unknown)
    order = {pair: number for number, pair in enumerate(asked_about(hearing.rules))}
    hits: dict[object, list[tuple[Slice, _Hit]]] = {}
    vacuous = silent = 0
    subjects: dict[Pair, tuple[Token, ...]] = {}
    for pair in order:
        if _never_one(hearing.slicer, *pair):
            silent += 1
            hearing.folded(CHECK, name_of(*pair))
        else:
            subjects[pair] = _roots(*pair)
    found: list[tuple[Slice, _Hit]] = []
    for part, sought in hearing.by_parts(CHECK, subjects, _sought):
        vacuous += sought.vacuous
        silent += sought.silent
        found += [(part, h) for h in sought.hits]
    for part, hit in sorted(found, key=lambda f: order[f[1].pair]):
        hits.setdefault(_cause(hearing.rules, hit), []).append((part, hit))
    findings: list[Finding] = []

    def settle(group: list[tuple[Slice, _Hit]]) -> None:
        part, first = min(group, key=lambda g: len(g[1].situation.absent))
        members = tuple(h for _, h in group)
        shown = hearing.recall((CHECK, first, members), part, lambda: _finding(hearing.within(part), first, members))
        findings.append(hearing.completed(part, shown))

    for group in hits.values():
        hearing.settle(CHECK, name_of(*group[0][1].pair), lambda g=group: settle(g))
    return Answer(CHECK, tuple(_merged(findings)), len(order), silent, vacuous, tuple(hearing.unknown[before:]))


def asked_about(rules: RuleSet) -> Iterator[Pair]:
    """What is asked: two steps, or a power and whose request it decides."""
    yield from ((first.id, second.id, "") for first, second in violations.scrutiny_pairs(rules))
    requesters = [r.id for r in rules.vocabulary.roles.values() if r.requester]
    for power in rules.powers.values():
        if rules.is_decisive(power.act):
            yield from (("", power.id, role) for role in requesters)


def name_of(first: str, second: str, role: str) -> str:
    """What a pair is listed under."""
    return f"{first or role} / {second}"


def _roots(first: str, second: str, role: str) -> tuple[Token, ...]:
    other: Token = ("role", role) if role else ("exercise", first)
    return (other, ("exercise", second))


def _never_one(slicer: Slicer, first: str, second: str, role: str) -> bool:
    """Whether nobody could ever be both: by their offices no hand of the one is a hand of the other."""
    hands = slicer.hands(second)
    among = slicer.upper(slicer.rules.vocabulary.roles[role].among) if role else slicer.hands(first)
    return not hands & frozenset(among)


def _sought(hearing: Hearing, pairs: tuple[Pair, ...]) -> _Sought:
    vacuous = silent = 0
    hits: list[_Hit] = []

    def settle(pair: Pair) -> None:
        nonlocal vacuous, silent
        question = question_of(hearing, *pair)
        if question.possible is False:
            hearing.folded(CHECK, question.name)
        session = hearing.session
        if question.possible is False or not session.satisfiable([session.literal(question.possible)]):
            vacuous += 1
            silent += 1
            return
        found = list(_hits(hearing, question))
        silent += not found
        hits.extend(found)

    for pair in pairs:
        hearing.settle(CHECK, name_of(*pair), lambda p=pair: settle(p))
    return _Sought(vacuous, silent, tuple(hits))


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


def asked_of(hearing: Hearing) -> Iterator[Question]:
    """All that is asked of the rule set of a hearing."""
    yield from (question_of(hearing, *pair) for pair in asked_about(hearing.rules))


def question_of(hearing: Hearing, first: str, second: str, role: str) -> Question:
    """What is asked of a pair."""
    encoding, rules = hearing.encoding, hearing.rules
    power = rules.powers[second]
    if not role:
        other = rules.powers[first]
        possible = conj([encoding.in_force(other), encoding.in_force(power)])
        if possible is False:
            return Question(other, power, "", (), False)
        one, two = _sole(hearing, other), _sole(hearing, power)
        ways = tuple(disj(conj([f, b.get(o, False)]) for o, f in a.items()) for a in one for b in two)
        return Question(other, power, "", ways, possible)
    variable = encoding.variables[("role", role)]
    ways = tuple(disj(conj([f, variable.is_(o)]) for o, f in a.items()) for a in _sole(hearing, power))
    possible = conj([encoding.in_force(power), encoding.holds(rules.vocabulary.roles[role].papers)])
    return Question(None, power, role, ways, possible)


def _sole(hearing: Hearing, power: Power) -> tuple[Members, Members]:
    """For each official, that he is the sole hand as one the power names, and that he is as a stand-in."""
    seats = hearing.encoding.seats(power)
    sole = {a: f for a, f in hearing.encoding.sole_hand(power).items() if a in hearing.encoding.cast.ids}
    named = {a: conj([f, seats.get(a, False)]) for a, f in sole.items()}
    standing = {a: conj([f, neg(seats.get(a, False))]) for a, f in sole.items()}
    return named, standing


def _hits(hearing: Hearing, question: Question) -> Iterator[_Hit]:
    """A plainest situation for each way it comes about, and within a way for each office stood in for."""
    for number, way in enumerate(question.ways):
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
            first = question.first.id if question.first else ""
            yield _Hit(first, question.second.id, question.role, number, situation, review)
            offices = {situation.cast[o].office for h in review.hands for o in h.instead_of}
            if not offices:
                break
            there = (hearing.encoding.present(o.id) for o in situation.cast.officials if o.office in offices)
            goals.append(session.literal(conj(there)))


def _replay(rules: RuleSet, question: Question, situation: Situation) -> violations.SelfReview | None:
    among = frozenset(p.id for p in (question.first, question.second) if p)
    for review in violations.self_reviews(rules, situation, among):
        same = (review.first and review.first.id) == (question.first and question.first.id)
        if same and review.second.id == question.second.id and review.role == question.role:
            return review
    return None


def _cause(rules: RuleSet, hit: _Hit) -> object:
    """The stand-in clauses it rests on, by place; without any, the two steps themselves."""
    used = violations.used_stand_ins(rules, hit.review.hands)
    if used:
        return "stand-in", bool(hit.role), frozenset(rules.norms[n].citation.paragraph_key for n in used)
    steps = (p for p in (hit.first, hit.second) if p)
    return "direct", hit.role, frozenset(rules.powers[p].citation.paragraph_key for p in steps)


def _finding(hearing: Hearing, hit: _Hit, group: tuple[_Hit, ...]) -> Finding:
    """The finding of a group, shown by one of it, in a hearing of what that one depends on."""
    rules, session = hearing.rules, hearing.session.apart()
    question = question_of(hearing, *hit.pair)
    way, values = question.ways[hit.way], decode.variables_of(hearing.encoding, hit.situation)
    core = cores.minimal_core(session, way, values)
    states = [hearing.encoding.state_in(o, {hit.situation.state(o)}) for o in hearing.encoding.cast.ids]
    shown, every, depends = choices.reaching(session, conj([way, *states]), hearing.most)
    strength = hearing.strength(core)
    departed = departures(rules, hit.situation)
    pairs = dict.fromkeys((h.first, h.second) for h in group)
    acts = [h.review.second.act for h in group]
    return Finding(
        id="",
        check=CHECK,
        severity=severity(
            hit.situation,
            weighty=bool(question.role) or any(rules.is_decisive(act) for act in acts),
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
        region=(Region(question.name, cores.generalise(session, way, values)),),
        departures=departed,
    )
