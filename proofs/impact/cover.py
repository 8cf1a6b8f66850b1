"""Regions of difference: every situation in which a topic differs, in cubes, until the solver proves none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from model import absence
from model.competence import Competence
from model.effects import DEMAND, STAND_IN, Claim, Topic, difference
from model.errors import SelfCheckError
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import cores, decode, witness
from proofs.boolean import Formula, Term, conj, disj, implies, neg
from proofs.expressions import Key
from proofs.impact.claims import Disputed, Passing
from proofs.impact.records import POSSIBLE, Hands, Shift
from proofs.impact.space import NEW, OLD, Space
from proofs.lowlevel import Model
from proofs.session import Cube, Session

K = TypeVar("K")
Signature = tuple[frozenset[Claim], frozenset[Claim]]


@dataclass
class Search:
    """What regions are sought with: the space, the session, the bounds; `most_regions` a topic, 0 for no limit."""

    space: Space
    session: Session
    absences: int
    most_regions: int = 0
    symmetric: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def both(self) -> Formula:
        """That the situation can occur under both versions."""
        return conj(v.possible for v in self.space.versions)

    @cached_property
    def first_of_equals(self) -> Formula:
        """Of holders of one office, papers touch the portfolios of the first ones: the others are told by exchange."""
        parts: list[Formula] = []
        for one, two in pairwise(self.space.cast.officials):
            keys = [("touches", o.id) for o in (one, two)]
            if (
                one.office == two.office
                and one.office in self.symmetric
                and all(k in self.space.variables for k in keys)
            ):
                first, second = (self.space.variables[k].is_("yes") for k in keys)
                parts.append(implies(second, first))
        return conj(parts)

    def differs(self, formula: Formula, context: Formula) -> bool:
        """Whether there is a situation of the formula in the context, within the bounds."""
        few = witness.absences_at_most(self.session, self.absences)
        goals = [self.session.literal(f) for f in (formula, context)]
        return self.session.satisfiable([*goals, few])


def symmetric_offices(space: Space) -> frozenset[str]:
    """Offices whose holders are alike: all, but those among whom a stand-in norm chooses by rank, and those that have
    more holders in one version than in the other."""
    ranked: set[str] = set()
    casts = [v.cast for v in space.versions]
    for office in {o.office for c in casts for o in c.officials}:
        holders = [{o.id for o in c.officials if o.office == office} for c in casts]
        if holders[OLD] != holders[NEW] and all(holders):
            ranked.add(office)
    for version in space.versions:
        for norm in version.rules.stand_ins:
            if norm.by_rank:
                for principal in version.cast.ids:
                    named = [a for a in version.members(norm.by, principal) if a in version.cast.ids]
                    offices = [version.cast[a].office for a in named]
                    ranked.update(o for o in offices if offices.count(o) > 1)
    return frozenset(o.office for o in space.cast.officials) - ranked


def canonical(space: Space, symmetric: frozenset[str], *actors: str) -> bool:
    """Whether the actors are the first of their offices, in the order they are named in: the others mirror them."""
    order = {o.id: o for o in space.cast.officials}
    named: dict[str, list[str]] = {}
    for actor in dict.fromkeys(actors):
        if actor in order and order[actor].office in symmetric:
            named.setdefault(order[actor].office, []).append(actor)
    for office, mine in named.items():
        holders = [o.id for o in space.cast.officials if o.office == office]
        if mine != holders[: len(mine)]:
            return False
    return True


def of_topic(search: Search, topic: Disputed) -> Iterator[Shift]:
    """Where a topic differs, by which claims are lost and gained."""
    session = search.session.apart()
    claims = [(side, c, f) for side, table in enumerate(topic.sides()) for c, f in table.items()]

    def here(model: Model) -> tuple[Signature, Formula]:
        holding = {(side, c) for side, c, f in claims if model.holds(f)}
        signature = (_side(holding, OLD), _side(holding, NEW))
        return signature, _exactly(claims, signature)

    context = conj([search.both, search.first_of_equals])
    regions, complete = _covered(search, session, topic.any, context, search.both, here)
    for signature, cubes in regions.items():
        shown = conj(f for side, c, f in claims if c in signature[side])
        yield _shift(search, session, topic.topic, signature, cubes, _exactly(claims, signature), shown, complete)


def _exactly(claims: list[tuple[int, Claim, Formula]], signature: Signature) -> Formula:
    return conj(f if c in signature[side] else neg(f) for side, c, f in claims)


def _side(holding: set[tuple[int, Claim]], side: int) -> frozenset[Claim]:
    return frozenset(c for s, c in holding if s == side)


def of_stand_in(search: Search, passing: Passing) -> Iterator[Shift]:
    """Where an actor may fill a seat under one version only, whatever the papers say that want the act."""
    session = search.session.apart()
    bites = disj(passing.bites.values())
    context = conj([search.both, bites])
    regions, complete = _covered(
        search, session, passing.passes, context, search.both, lambda _: (True, passing.passes)
    )
    for cubes in regions.values():
        acts = frozenset(
            (act,) for act, bite in passing.bites.items() if search.differs(conj([passing.passes, bite]), search.both)
        )
        signature: Signature = (acts, frozenset()) if passing.side == OLD else (frozenset(), acts)
        exact = conj([passing.passes, bites])
        yield _shift(search, session, passing.topic, signature, cubes, exact, passing.passes, complete)


def of_constraint(search: Search, name: str) -> Iterator[Shift]:
    """Situations that one version rules out by a fact, an exclusion or what it knows, and the other does not."""
    for side in (OLD, NEW):
        mine, other = search.space.versions[side], search.space.versions[1 - side]
        broken = neg(conj(other.constraints.get(name, ())))
        if broken is False or not search.differs(broken, mine.possible):
            continue
        session = search.session.apart()
        context = conj([mine.possible, search.first_of_equals])
        regions, complete = _covered(search, session, broken, context, mine.possible, lambda _, f=broken: (True, f))
        values = witness.minimal(session, [session.literal(conj([broken, context]))], search.absences)
        assert values is not None
        at = decode.situation(search.space, values)
        views = search.space.views(at)
        if views[side] is None or views[1 - side] is not None:
            raise SelfCheckError(f"a situation that one version rules out by {name} does not replay: {at}")
        claims = ((name,),)
        lost, gained = (claims, ()) if side == OLD else ((), claims)
        blame = _blame(search, session, broken, values)
        yield Shift(Topic(POSSIBLE, (name,)), lost, gained, _plainest_first(regions[True]), at, blame, (), complete)


def _covered(
    search: Search, session: Session, goal: Formula, context: Formula, everywhere: Formula,
    here: Callable[[Model], tuple[K, Formula]],
) -> tuple[dict[K, list[Cube]], bool]:  # fmt: skip
    """Cubes that together hold every situation of the goal in the context, fewest absences first; whether they do.

    `here` says of a model what is the case there, by a key and as a formula: throughout the cube around it the
    formula holds, wherever `everywhere` does.
    """
    goals = [session.literal(goal), session.literal(context)]
    regions: dict[K, list[Cube]] = {}
    apart: list[Term] = []
    most = witness.absences_at_most(session, search.absences)
    for number in range(search.absences + 1):
        bound = witness.absences_at_most(session, number)
        while (model := session.model([*goals, bound, *apart])) is not None:
            if search.most_regions and len(apart) >= search.most_regions:
                return regions, False
            key, formula = here(model)
            values = decode.values(session.encoding, model)
            cube = cores.generalise(session, disj([formula, neg(everywhere)]), values)
            regions.setdefault(key, []).append(_occurring(session, cube, [goals[1], most]))
            apart.append(session.literal(neg(cores.cube_formula(session, cube))))
    return regions, True


def _occurring(session: Session, cube: Cube, context: list[Term]) -> Cube:
    """The cube without the values that do not occur in it, for these tell a reader nothing."""
    inside = [*session.outside(cube), *context]
    found: Cube = {}
    for key, allowed in cube.items():
        variable = session.encoding.variables[key]
        occurring = {
            value
            for value, literal in zip(variable.values, variable.literals, strict=True)
            if value in allowed and (len(allowed) == 1 or session.satisfiable([*inside, literal]))
        }
        found[key] = frozenset(occurring)
    return found


def _plainest_first(cubes: list[Cube]) -> tuple[Cube, ...]:
    """Those with the fewest officials away first, then those told in the fewest words; always in one order."""

    def rank(cube: Cube) -> tuple[object, ...]:
        away = sum(k[0] == "state" and absence.PRESENT not in allowed for k, allowed in cube.items())
        return away, len(cube), sorted((k, sorted(allowed)) for k, allowed in cube.items())

    return tuple(sorted(cubes, key=rank))


def _sorted(claims: frozenset[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims))


def _shift(
    search: Search, session: Session, topic: Topic, signature: Signature, cubes: list[Cube],
    exact: Formula, shown: Formula, complete: bool,
) -> Shift:  # fmt: skip
    """The plainest situation of a signature, confirmed by the reference semantics, with who is to blame for it."""
    first = True if topic.kind == STAND_IN else search.first_of_equals
    goal = session.literal(conj([search.both, exact, first]))
    values = None
    for telling in _telling(search, topic):
        values = values or witness.minimal(session, [goal, session.literal(telling)], search.absences)
    if values is None:
        raise SelfCheckError(f"no situation for a difference on {topic}")
    at = decode.situation(search.space, values)
    before, after = search.space.views(at)
    if before is None or after is None:
        raise SelfCheckError(f"a situation of both versions cannot occur under one: {at}")
    old, new = (v.rules for v in search.space.versions)
    lost, gained = difference(old, before, new, after).get(topic, (frozenset(), frozenset()))
    agrees = (lost, gained) == signature
    if topic.kind == STAND_IN:  # the acts of a stand-in are told together; those of this paper are among them
        agrees = bool((lost | gained) & (signature[0] | signature[1]))
    if not agrees:
        raise SelfCheckError(f"a difference on {topic} does not replay: {signature} but {(lost, gained)} at {at}")
    acts = _acts(topic, lost | gained)
    hands = tuple(_hands(old, before, new, after, act) for act in acts)
    lost, gained = map(_sorted, signature)
    blame = _blame(search, session, shown, values) or _stating(search, (*lost, *gained))
    return Shift(topic, lost, gained, _plainest_first(cubes), at, blame, hands, complete)


def _telling(search: Search, topic: Topic) -> tuple[Formula, ...]:
    """What a situation should show, the most wanted first: of who acts, one where somebody may under both versions."""
    if topic.kind != DEMAND:
        return (True,)
    may = [
        disj(conj([v.in_force(p), v.able(p)]) for p in v.rules.powers.values() if p.act == topic.subject[0])
        for v in search.space.versions
    ]
    return conj(may), disj(may), True


def _stating(search: Search, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """The changed norms that make the claims, where what was changed is how they are put together (order of steps)."""
    stated = {norm.partition(".")[0] for claim in claims for norm in claim}
    return tuple(sorted(stated & search.space.revision.changed))


def _acts(topic: Topic, claims: frozenset[Claim]) -> tuple[str, ...]:
    if topic.kind == DEMAND:
        return topic.subject
    if topic.kind == STAND_IN:
        return tuple(sorted(c[0] for c in claims))
    return ()


def _hands(old: RuleSet, before: Situation, new: RuleSet, after: Situation, act: str) -> Hands:
    found: list[tuple[tuple[str, ...], bool]] = []
    for rules, at in ((old, before), (new, after)):
        competence = Competence(rules, at)
        stages = [s for s in rules.stages if s.act == act]
        actors = dict.fromkeys(h.actor for s in stages for h in competence.hands(s))
        found.append((tuple(actors), any(competence.wanted(s) for s in stages)))
    (one, wanted), (two, still) = found
    return Hands(act, one, two, wanted, still)


def _blame(search: Search, session: Session, finding: Formula, values: Mapping[Key, str]) -> tuple[str, ...]:
    """A minimal set of norms, among those that are not the same in both versions, that brings the difference about.

    Norms that are the same are held to be there; without any one of the set the difference is not forced.
    """
    against = session.literal(neg(finding))
    session.model([])  # so that every switch the formula needs is known
    changed = search.space.changed
    names = {s: n for n, s in changed.items()}
    shared = [s for n, s in search.space.switches.items() if n not in changed]
    fixed = [*session.outside({k: frozenset({v}) for k, v in values.items()}), *shared, against]
    core = session.core([*changed.values(), *fixed], whole=False)
    if core is None:
        raise SelfCheckError("a difference is not forced by the rule sets")
    kept = session.shrink([c for c in core if c in names], fixed, whole=False)
    return tuple(sorted({names[c].partition(":")[2] for c in kept}))
