"""What is asked of routes as processes: each definition of `model.graphs.defects` as a formula.

`procedures` says what the questions mean, asks them, and tells what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from model import deadlines
from model.absence import PRESENT
from model.graphs import defects as df
from model.graphs.course import closings, earlier, returns
from model.norms import Bound, Power, Route, Step
from model.ruleset import RuleSet
from proofs.boolean import Formula, Kind, conj, disj, implies, neg, substituted
from proofs.encoding import Encoding
from proofs.expressions import Members

UNSOUND = "procedure-unsound"
CHECK_OF = {df.NO_END: UNSOUND, df.WORK_LEFT: UNSOUND, df.DEAD: UNSOUND}


@dataclass(frozen=True)
class Question:
    """A defect of `kind` on `routes` and `steps` (ids of powers), and the formula under which it shows.

    Where `possible` holds in no situation, the question could not arise.
    """

    kind: str
    routes: tuple[str, ...]
    steps: tuple[str, ...]
    formula: Formula
    possible: Formula

    @property
    def check(self) -> str:
        return CHECK_OF.get(self.kind, self.kind)

    @property
    def subject(self) -> str:
        return " / ".join(self.steps)

    @property
    def about(self) -> str:
        """What an unsettled question is listed under: it is asked for the routes as a whole."""
        return f"{self.kind} {' / '.join(self.routes)}"


def asked_of(rules: RuleSet, encoding: Encoding) -> Iterator[Question]:
    """All that is asked of a rule set."""
    for route in rules.routes.values():
        yield from asked(rules, encoding, [route])
    for pair in df.rivals(rules):
        yield from asked(rules, encoding, pair)


def asked(rules: RuleSet, encoding: Encoding, routes: Sequence[Route]) -> Iterator[Question]:
    """What is asked of one route, or of two."""
    if len(routes) == 2:
        yield from _rivalries(rules, encoding, *routes)
        return
    (route,) = routes
    nobody_absent = conj(encoding.present(o) for o in encoding.cast.ids)
    steps = _Steps(encoding, route)
    yield from _no_ends(route, steps, nobody_absent)
    yield from _left_work(rules, route, steps, nobody_absent)
    yield from _returns(rules, encoding, route, steps)
    yield from _one_hand(rules, encoding, route)


class _Steps:
    """`model.graphs.course.Course` as formulas, by step id."""

    def __init__(self, encoding: Encoding, route: Route) -> None:
        self.on = {s.id: encoding.in_force(s.power) for s in route.steps}
        self.required = {s.id: False if s.power.may else self.on[s.id] for s in route.steps}
        self.able = {s.id: conj([self.on[s.id], encoding.able(s.power)]) for s in route.steps}
        self.earlier = earlier(route)

    def reachable(self, step: str) -> Formula:
        before = (implies(self.required[e], self.able[e]) for e in sorted(self.earlier[step]))
        return conj([self.able[step], *before])

    def first(self, step: str) -> Formula:
        """That the step may be done before any other."""
        before = (neg(self.required[e]) for e in sorted(self.earlier[step]))
        return conj([self.able[step], *before])


def _no_ends(route: Route, steps: _Steps, nobody_absent: Formula) -> Iterator[Question]:
    starts = disj(steps.first(s.id) for s in route.steps)
    for step in route.steps:
        if not step.power.may:
            stuck = conj([steps.required[step.id], neg(steps.able[step.id]), starts, nobody_absent])
            yield Question(df.NO_END, (route.id,), (step.power.id,), stuck, steps.required[step.id])


def _left_work(rules: RuleSet, route: Route, steps: _Steps, nobody_absent: Formula) -> Iterator[Question]:
    for closing, look in df.open_looks(rules, route):
        left = conj([steps.required[look.id], steps.reachable(closing.id), nobody_absent])
        possible = conj([steps.on[closing.id], steps.on[look.id]])
        yield Question(df.WORK_LEFT, (route.id,), (closing.power.id, look.power.id), left, possible)


def _returns(rules: RuleSet, encoding: Encoding, route: Route, steps: _Steps) -> Iterator[Question]:
    for step, target in returns(route):
        driven = conj([steps.reachable(step.id), steps.able[target.id]])
        spanned = (_running(encoding, b, route) for b in df.spanning(rules, route, step, target))
        free = conj([driven, neg(disj(spanned))])
        yield Question(df.UNBOUNDED, (route.id,), (step.power.id, target.power.id), free, driven)


def _running(encoding: Encoding, bound: Bound, route: Route) -> Formula:
    return conj(encoding.in_force(n) for n in (bound, *deadlines.ends(bound, route)))


def _one_hand(rules: RuleSet, encoding: Encoding, route: Route) -> Iterator[Question]:
    looks = df.looked_twice(rules, route)
    sole = {s.id: _sole(encoding, s) for s in route.steps}
    for one, between, two in df.round_trips(rules, route):
        if frozenset((one.power.id, two.power.id)) in looks:
            continue
        parts: list[Formula] = []
        for official, first in sole[one.id].named.items():
            last = sole[two.id].named.get(official, False)
            other = disj(f for m in between for a, f in sole[m.id].every.items() if a != official)
            parts.append(conj([first, last, other, neg(_asks(rules, encoding, official))]))
        possible = conj([encoding.in_force(one.power), encoding.in_force(two.power)])
        yield Question(df.COMES_BACK, (route.id,), (one.power.id, two.power.id), disj(parts), possible)
    asking = {o: _asks(rules, encoding, o) for o in encoding.cast.ids}
    usual = {s.id: _with_everybody(encoding, encoding.hands(s.power)) for s in route.steps}
    for one, two in combinations(route.steps, 2):
        if frozenset((one.power.id, two.power.id)) in looks:
            continue
        a, b = sole[one.id], sole[two.id]
        both = disj(
            conj(
                [f, b.people.get(o, False), disj([a.standing.get(o, False), b.standing.get(o, False)]), neg(asking[o])]
            )
            for o, f in a.people.items()
        )
        merged = False if both is False else conj([both, _apart(usual[one.id], usual[two.id])])
        possible = conj([encoding.in_force(one.power), encoding.in_force(two.power)])
        yield Question(df.HELD_TWICE, (route.id,), (one.power.id, two.power.id), merged, possible)


def _apart(one: Members, two: Members) -> Formula:
    """`model.graphs.defects.apart`: both steps have hands, and none in common."""
    common = (conj([f, two.get(a, False)]) for a, f in one.items())
    return conj([disj(one.values()), disj(two.values()), neg(disj(common))])


def _with_everybody(encoding: Encoding, members: Members) -> Members:
    """The same formulas with every official present, about the same paper; who can then never belong is left out."""
    known = {
        literal: value == PRESENT
        for variable in (encoding.variables[("state", o)] for o in encoding.cast.ids)
        for value, literal in zip(variable.values, variable.literals, strict=True)
        if literal.kind is Kind.VAR
    }
    fixed = zip(members, substituted(members.values(), known), strict=True)
    return {actor: formula for actor, formula in fixed if formula is not False}


def _asks(rules: RuleSet, encoding: Encoding, official: str) -> Formula:
    requesters = (r.id for r in rules.vocabulary.roles.values() if r.requester)
    return disj(encoding.variables[("role", r)].is_(official) for r in requesters)


@dataclass(frozen=True)
class _Sole:
    """Who is the only hand of a step: anybody, an official, one the power names, or one who stands in."""

    every: Members
    people: Members
    named: Members
    standing: Members


def _sole(encoding: Encoding, step: Step) -> _Sole:
    every, seats = encoding.sole_hand(step.power), encoding.seats(step.power)
    people = {a: f for a, f in every.items() if a in encoding.cast.ids}
    named = {a: conj([f, seats.get(a, False)]) for a, f in people.items()}
    standing = {a: conj([f, neg(seats.get(a, False))]) for a, f in people.items()}
    return _Sole(every, people, named, standing)


def _rivalries(rules: RuleSet, encoding: Encoding, one: Route, two: Route) -> Iterator[Question]:
    first = [s.power for s in closings(rules, one)]
    second = [s.power for s in closings(rules, two)]
    pairs = [(a, b) for a in first for b in second if a.act == b.act]
    shared = disj(conj([encoding.in_force(a), encoding.in_force(b)]) for a, b in pairs)
    within = {(x.id, y.id): _within(encoding, _demanded(x), _demanded(y)) for x, y in ((one, two), (two, one))}
    open_ = {r.id: neg(_closed(rules, encoding, r)) for r in (one, two)}
    skipping: list[Formula] = []
    for strict, lax in ((one, two), (two, one)):
        whole = conj([shared, within[lax.id, strict.id], neg(within[strict.id, lax.id])])
        ways, met = _ways(rules, encoding, strict, lax)
        skipping.append(conj([disj([whole, ways]), open_[lax.id]]))
        steps = _subject(pairs, df.decisions(rules, one, two))
        order = steps if strict is one else steps[::-1]
        yield Question(df.SKIPPING, (strict.id, lax.id), order, skipping[-1], disj([shared, met]))
    if pairs:
        differ = conj(neg(f) for f in (*within.values(), *skipping))
        competing = conj([shared, differ, open_[one.id], open_[two.id]])
        ids = (pairs[0][0].id, pairs[0][1].id)
        yield Question(df.COMPETING, (one.id, two.id), ids, competing, shared)


def _subject(pairs: list[tuple[Power, Power]], decisions: tuple[tuple[Step, Step], ...]) -> tuple[str, str]:
    one, two = pairs[0] if pairs else (decisions[0][0].power, decisions[0][1].power)
    return one.id, two.id


def _ways(rules: RuleSet, encoding: Encoding, strict: Route, lax: Route) -> tuple[Formula, Formula]:
    """That some decision of the same hands is reached over fewer looks; that both have some decision in force."""
    shorter: list[Formula] = []
    met: list[Formula] = []
    for one, two in df.decisions(rules, strict, lax):
        both = conj([encoding.in_force(one.power), encoding.in_force(two.power)])
        many, few = df.levels(rules, strict, one), df.levels(rules, lax, two)
        fewer = conj([_within(encoding, few, many), neg(_within(encoding, many, few))])
        shorter.append(conj([both, _same(encoding, one.power, two.power), fewer]))
        met.append(both)
    return disj(shorter), disj(met)


def _within(encoding: Encoding, few: Sequence[Power], many: Sequence[Power]) -> Formula:
    """Everything that the ones in force demand, the others demand too: the same acts of the same actors."""
    return conj(
        implies(
            encoding.in_force(x),
            disj(conj([encoding.in_force(y), _same(encoding, x, y)]) for y in many if y.act == x.act),
        )
        for x in few
    )


def _demanded(route: Route) -> list[Power]:
    return [s.power for s in route.steps if not s.power.may]


def _same(encoding: Encoding, one: Power, two: Power) -> Formula:
    a, b = encoding.seats(one), encoding.seats(two)
    return conj(
        disj([conj([a.get(x, False), b.get(x, False)]), conj([neg(a.get(x, False)), neg(b.get(x, False))])])
        for x in dict.fromkeys((*a, *b))
    )


def _closed(rules: RuleSet, encoding: Encoding, route: Route) -> Formula:
    parts: list[Formula] = []
    for power in _demanded(route):
        seats = encoding.seats(power)
        for norm in df.bans(rules):
            if norm.act == power.act and norm.by is not None:
                barred = encoding.members(norm.by)
                common = disj(conj([f, barred.get(a, False)]) for a, f in seats.items())
                lifted = encoding.holds(norm.unless)
                parts.append(conj([encoding.in_force(power), encoding.in_force(norm), neg(lifted), common]))
    return disj(parts)
