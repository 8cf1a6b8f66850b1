"""Candidates against what is wrong with one route: a limit on returns, another hand, an order, a step struck out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from model import deadlines
from model import expressions as ex
from model.edits import Edit
from model.graphs import defects as df
from model.norms import Bound, Cadence, Exclusion, Norm, Power, Precedence, Route, Step
from model.ruleset import RuleSet
from proofs.findings import Course, Finding, Twice
from proofs.repairing import clashes, people, periods, reviews
from proofs.repairing.gaps import fresh_id
from proofs.repairing.repair import LIMIT, NAMED, ONCE, OPTIONAL, ORDERED, STRUCK, Candidate


def candidates(rules: RuleSet, finding: Finding, course: Course, most: int) -> Iterator[Candidate]:
    """Changes that may remove the defect, in no order. `most`: of others tried for one step."""
    match course.kind:
        case df.COMPETING | df.SKIPPING:
            yield from clashes.of_routes(rules, course)
        case df.UNBOUNDED:
            yield from _limited(rules, course)
            yield from _once(rules, course)
        case df.HELD_TWICE:
            yield from reviews.candidates(rules, finding, _twice(course), most)
        case df.COMES_BACK:
            yield from reviews.candidates(rules, finding, _twice(course), most)
            yield from _struck(rules, course, {s[0] for s in course.steps})
        case df.NO_END:
            yield from _named(rules, course, most)
        case df.WORK_LEFT:
            yield from _ordered(rules, course)
        case df.DEAD:
            yield from _struck(rules, course, set(course.steps[0]))


def _twice(course: Course) -> Twice:
    return Twice(tuple((s[0], s[1]) for s in course.steps), course.official, course.hands)


# returns


def _limited(rules: RuleSet, course: Course) -> Iterator[Candidate]:
    """A ceiling over the whole route, of a length that the instrument gives for the same route, or of the longest that
    it gives, and no shorter than the route needs. It binds whoever sends back; its expiry is followed up."""
    route, back = rules.routes[course.routes[0]], rules.powers[course.steps[0][0]]
    for pattern, (amount, unit) in enumerate(_lengths(rules, route)):
        made = Bound(
            id=fresh_id(rules, "limit"),
            citations=(people.place_of(back.citation),),
            routes=(route.id,),
            start=deadlines.START,
            end=deadlines.END,
            ceiling=True,
            amount=amount,
            unit=unit,
            by=back.by,
            expiry="reminder",
        )
        added = Edit(added=(made,))
        late = periods.exceeded(added.applied(rules), route.id, made.id)
        least = periods.least(rules, made, [route.id]) if late else amount
        if least is not None:
            edit = Edit(added=(replace(made, amount=least),))
            yield Candidate(LIMIT, edit, back.citation, pattern + (least != amount))


def _lengths(rules: RuleSet, route: Route) -> list[tuple[int, str]]:
    """Lengths of ceilings: those of the route itself, the longest first; then the longest that the instrument gives in
    working days, in which a paper is handled, or in what it has. A shorter one would hold for one step of a route."""
    own = [n for n in rules.own_norms() if isinstance(n, Bound) and n.ceiling and n.amount is not None]
    here = sorted({(b.amount or 0, b.unit) for b in own if route.id in b.routes}, reverse=True)
    every = sorted({(b.unit == "working_day", b.amount or 0, b.unit) for b in own}, reverse=True)
    return list(dict.fromkeys([*here, *((amount, unit) for _, amount, unit in every[:1])]))


def _once(rules: RuleSet, course: Course) -> Iterator[Candidate]:
    """The paper is sent back once only, with all that it lacks: it does not go round."""
    route = rules.routes[course.routes[0]]
    back = {s[0] for s in course.steps}
    steps = tuple(replace(s, back_to="") if s.power.id in back else s for s in route.steps)
    yield Candidate(ONCE, Edit(changed=(replace(route, steps=steps),)), rules.powers[course.steps[0][0]].citation, 1)


# steps


def _named(rules: RuleSet, course: Course, most: int) -> Iterator[Candidate]:
    """Where nobody is whom the step names, another does it; or, where it does not decide, it is left out."""
    route, power = rules.routes[course.routes[0]], rules.powers[course.steps[0][0]]
    there = ex.Some(power.by)
    for somebody in people.deciders(rules, power.act)[:most]:
        if somebody.actors != power.by:
            by = ex.Union((power.by, ex.When(somebody.actors, ex.Not(there))))
            edit = Edit(changed=(_with_power(route, replace(power, by=by)),))
            yield Candidate(NAMED, edit, power.citation, somebody.pattern)
    if not rules.is_decisive(power.act):
        edit = Edit(changed=(_with_power(route, replace(power, when=ex.conjunction(power.when, there))),))
        yield Candidate(OPTIONAL, edit, power.citation, most)


def _with_power(route: Route, power: Power) -> Route:
    return replace(route, steps=tuple(replace(s, power=power) if s.power.id == power.id else s for s in route.steps))


def _ordered(rules: RuleSet, course: Course) -> Iterator[Candidate]:
    """Each look comes before the step that closes the paper."""
    route = rules.routes[course.routes[0]]
    ids = {s.power.id: s.id for s in route.steps}
    after = {s.id: s.after for s in route.steps}
    for closing, look in course.steps:
        after[ids[closing]] = (*after[ids[closing]], ids[look])
    steps = _sorted(route, after)
    yield Candidate(ORDERED, Edit(changed=(replace(route, steps=steps),)), rules.powers[course.steps[0][0]].citation)


def _sorted(route: Route, after: Mapping[str, tuple[str, ...]]) -> tuple[Step, ...]:
    """The steps with what each comes after, in an order in which that stands above it, near to the one they had."""
    left, placed = list(route.steps), list[Step]()
    while left:
        done = {s.id for s in placed}
        step = next(s for s in left if set(after[s.id]) <= done)
        placed.append(replace(step, after=after[step.id]))
        left.remove(step)
    return tuple(placed)


def _struck(rules: RuleSet, course: Course, struck: set[str]) -> Iterator[Candidate]:
    """Steps are struck out, or the whole route where none is left, if no other norm speaks of them."""
    route = rules.routes[course.routes[0]]
    gone = {s.id for s in route.steps if s.power.id in struck}
    if _spoken_of(rules, route, gone):
        return
    anchor = rules.powers[next(s.power.id for s in route.steps if s.id in gone)].citation
    if len(gone) == len(route.steps):
        yield Candidate(STRUCK, Edit(removed=(route.id,)), route.citation, 3)
        return
    before = {s.id: s.after for s in route.steps}

    def above(step: str) -> Iterator[str]:
        for other in before[step]:
            if other in gone:
                yield from above(other)
            else:
                yield other

    steps = tuple(replace(s, after=tuple(dict.fromkeys(above(s.id)))) for s in route.steps if s.id not in gone)
    yield Candidate(STRUCK, Edit(changed=(replace(route, steps=steps),)), anchor, 3)


def _spoken_of(rules: RuleSet, route: Route, gone: set[str]) -> bool:
    """Whether a bound, a cadence, an exclusion, a precedence or another step speaks of one of the steps; of all the
    steps, also whether one speaks of the route."""
    whole = len(gone) == len(route.steps)
    struck = {s.power.id for s in route.steps if s.id in gone} | ({route.id} if whole else set())

    def speaks(norm: Norm) -> bool:
        match norm:
            case Bound():
                return route.id in norm.routes and (bool({norm.start, norm.end} & gone) or whole)
            case Cadence():
                return norm.route == route.id and norm.step in gone
            case Exclusion():
                return norm.route == route.id and bool(set(norm.steps) & gone)
            case Precedence():
                return bool({*norm.prevails, *norm.yields} & struck)
            case Route() | Power():
                return bool(set(norm.residual_to) & struck)
            case _:
                return False

    back = any(s.back_to in gone for s in route.steps if s.id not in gone)
    return back or any(speaks(n) for n in rules.norms.values())
