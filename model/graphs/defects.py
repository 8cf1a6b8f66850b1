"""What is wrong with routes in one concrete situation: the meaning that the solver's verdicts are replayed by.

Where absence stalls a route, the gap checks say so; a route is *unsound* here with everybody at his post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from model import deadlines
from model.competence import Competence, Hand
from model.graphs.course import Course, closings, earlier, later, returns
from model.norms import Bound, Deontic, Power, Route, Step
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import scrutiny_pairs, sole_hand

NO_END, WORK_LEFT, DEAD = "no-end", "work-left", "dead-step"
UNBOUNDED, COMES_BACK, HELD_TWICE = "unbounded-return", "comes-back", "held-twice"
COMPETING, SKIPPING = "competing-routes", "level-skipping"


@dataclass(frozen=True)
class Defect:
    """One defect: its kind, the routes, and the steps (ids of powers) in the order in which they are told.

    `no-end`: the step nobody can do. `work-left`: the closing step, the look left over. `unbounded-return`: the
    step that returns, the one returned to. `comes-back`: the step it leaves and the step it comes back at, with a
    step `between`. `held-twice`: the two steps. `competing-routes`: the closing steps. `level-skipping`: the
    decisions, the stricter route first.
    """

    kind: str
    routes: tuple[str, ...]
    steps: tuple[str, ...]
    official: str = ""
    hands: tuple[Hand, ...] = ()
    between: str = ""


def defects(rules: RuleSet, situation: Situation, routes: tuple[str, ...] | None = None) -> Iterator[Defect]:
    """Every defect the situation shows; of `routes` only, if given: of each, and of each two in their order."""
    competence = Competence(rules, situation)
    asked = [rules.routes[r] for r in (rules.routes if routes is None else routes)]
    for route in asked:
        yield from no_ends(competence, route)
        yield from left_work(competence, route)
        yield from unbounded_returns(competence, route)
        yield from comings_back(competence, route)
        yield from held_twice(competence, route)
    for one, two in combinations(asked, 2):
        yield from rivalries(competence, one, two)


def live_steps(rules: RuleSet, situation: Situation, routes: Iterable[Route] | None = None) -> frozenset[str]:
    """Ids of the steps, of all routes or of these, that somebody can do here. A step live in no situation is dead."""
    competence = Competence(rules, situation)
    asked = rules.routes.values() if routes is None else routes
    return frozenset(s.power.id for r in asked for s in r.steps if s.id in Course(competence, r).able)


# unsound


def no_ends(competence: Competence, route: Route) -> Iterator[Defect]:
    """With everybody present, the route can start, and comes to a required step that nobody can do."""
    course = Course(competence, route)
    if competence.situation.absent or not course.starts:
        return
    for step in route.steps:
        if step.id in course.required - course.able:
            yield Defect(NO_END, (route.id,), (step.power.id,))


def left_work(competence: Competence, route: Route) -> Iterator[Defect]:
    """With everybody present, the one closing step can be done while a required look at the paper is still open."""
    if competence.situation.absent:
        return
    course = Course(competence, route)
    for closing, look in open_looks(competence.rules, route):
        if look.id in course.required and course.reachable(closing.id):
            yield Defect(WORK_LEFT, (route.id,), (closing.power.id, look.power.id))


def open_looks(rules: RuleSet, route: Route) -> Iterator[tuple[Step, Step]]:
    """Where a route has one closing step: it, and each look that the order puts neither before nor after it."""
    last = closings(rules, route)
    if len(last) != 1:
        return
    closing = last[0]
    for step in route.steps:
        ordered = step.id in earlier(route)[closing.id] or step.id in later(route)[closing.id]
        if step.id != closing.id and rules.is_scrutiny(step.power.act) and not step.power.may and not ordered:
            yield closing, step


# returns


def unbounded_returns(competence: Competence, route: Route) -> Iterator[Defect]:
    """A return that can be driven again and again, and no ceiling in force spans it."""
    course = Course(competence, route)
    for step, target in returns(route):
        if not (course.reachable(step.id) and target.id in course.able):
            continue
        if not any(_in_force(competence, b, route) for b in spanning(competence.rules, route, step, target)):
            yield Defect(UNBOUNDED, (route.id,), (step.power.id, target.power.id))


def spanning(rules: RuleSet, route: Route, step: Step, target: Step) -> tuple[Bound, ...]:
    """The ceilings whose time runs on, however often the paper goes round between `target` and `step`.

    One that starts at `target` or within the round starts anew each time, and bounds no number of rounds.
    """
    starts = {deadlines.START, *earlier(route)[target.id]}
    ends = {deadlines.END, step.id, *later(route)[step.id]}
    return tuple(b for b in deadlines.ceilings(rules, route) if b.start in starts and b.end in ends)


def renewed(rules: RuleSet, route: Route, step: Step, target: Step) -> tuple[Bound, ...]:
    """The ceilings, with or without a length, whose time starts within the round and so anew each time: on the way
    back from `step` to `target`, or on the way there again."""
    again = {target.id, step.id, *(later(route)[target.id] & earlier(route)[step.id])}
    limits = (b for b in rules.bounds if b.ceiling and route.id in b.routes)
    return tuple(b for b in limits if b.start in again and b.expiry != "deemed_consent")


def renewed_here(competence: Competence, route: Route, step: Step, target: Step) -> tuple[Bound, ...]:
    """Those of them in force, with the steps they run between."""
    return tuple(b for b in renewed(competence.rules, route, step, target) if _in_force(competence, b, route))


def _in_force(competence: Competence, bound: Bound, route: Route) -> bool:
    return all(competence.at.in_force(n) for n in (bound, *deadlines.ends(bound, route)))


# one person twice


def detours(route: Route) -> Iterator[tuple[Step, tuple[Step, ...], Step]]:
    """Two steps one after another, with all the steps that lie between them."""
    before = earlier(route)
    for first, last in combinations(route.steps, 2):
        between = tuple(m for m in route.steps if first.id in before[m.id] and m.id in before[last.id])
        if between:
            yield first, between, last


def comings_back(competence: Competence, route: Route) -> Iterator[Defect]:
    """Only A can look at the paper or decide on it, then only somebody else take a step, then only A look or decide.

    A is named by the rules both times. Who only asked, drafted, consulted or coordinated before has not had his say
    yet, and who only hands on or files afterwards has no say any more: neither is a round trip. Two looks of one
    official are `self-review`, and not told again. What somebody asks for himself (leave, say) comes back rightly.
    """
    looks = looked_twice(competence.rules, route)
    sole = _sole(competence, route)
    for first, between, last in round_trips(competence.rules, route):
        one, two = sole[first.id], sole[last.id]
        if one is None or two is None or frozenset((first.power.id, last.power.id)) in looks:
            continue
        others = [m for m in between if (hand := sole[m.id]) and hand.actor != one.actor]
        same = one.actor == two.actor and one.actor in competence.situation.cast.ids
        standing = stands_in(competence, first.power, one) or stands_in(competence, last.power, two)
        if same and others and not standing and not asks(competence, one.actor):
            steps = (first.power.id, last.power.id)
            yield Defect(COMES_BACK, (route.id,), steps, one.actor, (one, two), others[0].power.id)


def round_trips(rules: RuleSet, route: Route) -> Iterator[tuple[Step, tuple[Step, ...], Step]]:
    """The detours that begin and end with a look at the paper or a decision on it."""
    for first, between, last in detours(route):
        if all(rules.is_scrutiny(s.power.act) or rules.is_decisive(s.power.act) for s in (first, last)):
            yield first, between, last


def asks(competence: Competence, official: str) -> bool:
    """Whether the official asks something for himself by this paper."""
    roles = competence.situation.paper.roles
    return any(r.requester and roles.get(r.id) == official for r in competence.rules.vocabulary.roles.values())


def held_twice(competence: Competence, route: Route) -> Iterator[Defect]:
    """Only A can do either of two steps, one at least only as a stand-in; and with nobody absent, they are apart.

    A stand-in who takes over two steps of one official brings nothing together. Two looks are `self-review`, and so is
    a decision on what he asks for himself.
    """
    looks = looked_twice(competence.rules, route)
    sole = _sole(competence, route)
    everybody = Competence(competence.rules, competence.situation.with_states({}))
    for first, second in combinations(route.steps, 2):
        one, two = sole[first.id], sole[second.id]
        if one is None or two is None or frozenset((first.power.id, second.power.id)) in looks:
            continue
        same = one.actor == two.actor and one.actor in competence.situation.cast.ids
        standing = stands_in(competence, first.power, one) or stands_in(competence, second.power, two)
        if same and standing and not asks(competence, one.actor) and apart(everybody, first.power, second.power):
            yield Defect(HELD_TWICE, (route.id,), (first.power.id, second.power.id), one.actor, (one, two))


def apart(competence: Competence, first: Power, second: Power) -> bool:
    """Whether both steps can be done, and nobody can do both."""
    one, two = _hands(competence, first), _hands(competence, second)
    return bool(one and two) and not one & two


def _hands(competence: Competence, power: Power) -> frozenset[str]:
    """Everybody who can do a step in force; nobody where it cannot be done at all."""
    if not competence.at.in_force(power) or not competence.able(power):
        return frozenset()
    return frozenset(a for seat in competence.seats(power) for a in competence.fill(seat, power))


def looked_twice(rules: RuleSet, route: Route) -> frozenset[frozenset[str]]:
    """The pairs of steps of a route that `self-review` asks about."""
    return frozenset(frozenset((a.id, b.id)) for a, b in scrutiny_pairs(rules, [route]))


def stands_in(competence: Competence, power: Power, hand: Hand) -> bool:
    """Whether the power does not itself name the actor."""
    return hand.actor not in competence.seats(power)


def _sole(competence: Competence, route: Route) -> dict[str, Hand | None]:
    return {s.id: sole_hand(competence, s.power) for s in route.steps}


# two routes for one paper


def rivalries(competence: Competence, one: Route, two: Route) -> Iterator[Defect]:
    """Two routes for this paper of which one skips a level, or that compete.

    A demand is an act and who is named for it. Routes that close with the same act and do not demand the same
    compete where each demands something of its own, unless one skips a level. A prohibition in force against anybody
    a route names, of the act it names him for, closes that route; of competing routes, either.
    """
    skips = [
        Defect(SKIPPING, (strict.id, lax.id), pair)
        for strict, lax in ((one, two), (two, one))
        if (pair := skipped(competence, strict, lax)) is not None
    ]
    yield from skips
    if skips or not shared_closings(competence, one, two):
        return
    first, second = _demands(competence, one), _demands(competence, two)
    comparable = first <= second or second <= first
    if not comparable and not _closed(competence, one) and not _closed(competence, two):
        yield Defect(COMPETING, (one.id, two.id), _pair(competence, one, two))


def skipped(competence: Competence, strict: Route, lax: Route) -> tuple[str, str] | None:
    """Where the laxer route skips a level that the stricter one has, the two decisions; None where it does not.

    It does if both close with the same act, and it demands only what the other does, and less; or if some decision
    is demanded by both of the same hands, and the looks it demands before that are only those the other demands
    before, and fewer. A prohibition may close it.
    """
    if _closed(competence, lax):
        return None
    if shared_closings(competence, strict, lax) and _demands(competence, lax) < _demands(competence, strict):
        return _pair(competence, strict, lax)
    for one, two in decisions(competence.rules, strict, lax):
        if not {one.power.id, two.power.id} <= _required(competence, strict) | _required(competence, lax):
            continue
        same = competence.seats(one.power) == competence.seats(two.power)
        if same and way(competence, lax, two) < way(competence, strict, one):
            return one.power.id, two.power.id
    return None


def decisions(rules: RuleSet, one: Route, two: Route) -> tuple[tuple[Step, Step], ...]:
    """The steps of two routes that decide by the same act and may not be left out."""
    first, second = decisive(rules, one), decisive(rules, two)
    return tuple((a, b) for a in first for b in second if a.power.act == b.power.act)


def decisive(rules: RuleSet, route: Route) -> tuple[Step, ...]:
    """The steps that decide and may not be left out."""
    return tuple(s for s in route.steps if rules.is_decisive(s.power.act) and not s.power.may)


def levels(rules: RuleSet, route: Route, step: Step) -> tuple[Power, ...]:
    """The looks and decisions that a route demands before a step."""
    before = earlier(route)[step.id]
    powers = (s.power for s in route.steps if s.id in before and not s.power.may)
    return tuple(p for p in powers if rules.is_scrutiny(p.act) or rules.is_decisive(p.act))


def way(competence: Competence, route: Route, step: Step) -> frozenset[tuple[str, frozenset[str]]]:
    """The demands of the levels before a step that are on here."""
    powers = levels(competence.rules, route, step)
    return frozenset((p.act, competence.seats(p)) for p in powers if competence.at.in_force(p))


def _required(competence: Competence, route: Route) -> frozenset[str]:
    course = Course(competence, route)
    return frozenset(course.steps[s].power.id for s in course.required)


def shared_closings(competence: Competence, one: Route, two: Route) -> tuple[tuple[Power, Power], ...]:
    """Closing steps of both routes, in force, for the same act."""
    rules, at = competence.rules, competence.at
    first = [s.power for s in closings(rules, one) if at.in_force(s.power)]
    second = [s.power for s in closings(rules, two) if at.in_force(s.power)]
    return tuple((a, b) for a in first for b in second if a.act == b.act)


def _pair(competence: Competence, one: Route, two: Route) -> tuple[str, str]:
    first, second = shared_closings(competence, one, two)[0]
    return first.id, second.id


def _demands(competence: Competence, route: Route) -> frozenset[tuple[str, frozenset[str]]]:
    course = Course(competence, route)
    powers = (course.steps[s].power for s in course.required)
    return frozenset((p.act, competence.seats(p)) for p in powers)


def _closed(competence: Competence, route: Route) -> bool:
    at = competence.at
    course = Course(competence, route)
    for norm in bans(competence.rules):
        if norm.by is None or not at.in_force(norm) or at.holds(norm.unless):
            continue
        barred = at.members(norm.by)
        powers = (course.steps[s].power for s in course.required)
        if any(p.act == norm.act and competence.seats(p) & barred for p in powers):
            return True
    return False


def bans(rules: RuleSet) -> tuple[Deontic, ...]:
    """The prohibitions."""
    return tuple(d for d in rules.of_form(Deontic) if d.modality == "prohibition")


def rivals(rules: RuleSet) -> Iterator[tuple[Route, Route]]:
    """Pairs of routes that close, or decide, with the same act somewhere."""
    sharing: dict[tuple[str, str], list[Route]] = {}
    for route in rules.routes.values():
        ways = [("closes", s.power.act) for s in closings(rules, route)]
        ways += [("decides", s.power.act) for s in decisive(rules, route)]
        for way in dict.fromkeys(ways):
            sharing.setdefault(way, []).append(route)
    order = {route.id: number for number, route in enumerate(rules.routes.values())}
    found = {(one.id, two.id) for alike in sharing.values() for one, two in combinations(alike, 2)}
    for one, two in sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]])):
        yield rules.routes[one], rules.routes[two]
