"""`model.effects.difference` as formulas: for each claim, when what it says is not said by the other version.

A claim that is literally the same term in both versions is left out: there is nothing to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from model import deadlines, effects
from model.effects import Claim, Topic
from model.norms import Cadence, Composition, Deontic, Power
from model.vocabulary import Strength
from proofs.boolean import Formula, at_least, conj, disj, implies, neg
from proofs.expressions import NOBODY, Members
from proofs.impact.space import NEW, OLD, Space, Version


@dataclass(frozen=True)
class Disputed:
    """A topic on which the versions may differ: by claim, when it says something the other version does not."""

    topic: Topic
    old: dict[Claim, Formula] = field(default_factory=dict)
    new: dict[Claim, Formula] = field(default_factory=dict)

    def sides(self) -> tuple[dict[Claim, Formula], dict[Claim, Formula]]:
        return self.old, self.new

    @property
    def any(self) -> Formula:
        """That the versions differ on it."""
        return disj([*self.old.values(), *self.new.values()])


@dataclass(frozen=True)
class _Claim:
    """One claim of one version: when it is made, and the sets it names; `fixed` is what does not vary."""

    claim: Claim
    on: Formula
    fixed: tuple[object, ...] = ()
    sets: tuple[Members, ...] = ()
    joint: bool | None = None
    swapped: bool = False


_Table = dict[Topic, list[_Claim]]


def disputed(space: Space) -> tuple[Disputed, ...]:
    """Every topic on which the two versions are not literally the same, stand-ins last."""
    tables = tuple(_table(v) for v in space.versions)
    acts = [v.rules.vocabulary.acts for v in space.versions]
    found: list[Disputed] = []
    for topic in dict.fromkeys([*tables[NEW], *tables[OLD]]):
        if topic.kind == effects.NATURE and not all(topic.subject[0] in a for a in acts):
            continue
        older, newer = (t.get(topic, []) for t in tables)
        each = Disputed(topic, _together(_unsaid(topic, older, newer)), _together(_unsaid(topic, newer, older)))
        if each.old or each.new:
            found.append(each)
    return tuple(found)


def _together(unsaid: Iterable[tuple[Claim, Formula]]) -> dict[Claim, Formula]:
    """By claim; what the same norms say in two ways is one claim."""
    found: dict[Claim, Formula] = {}
    for claim, formula in unsaid:
        found[claim] = disj([found[claim], formula]) if claim in found else formula
    return found


def _unsaid(topic: Topic, mine: list[_Claim], others: list[_Claim]) -> Iterator[tuple[Claim, Formula]]:
    elements = topic.kind in _BY_ELEMENT
    for claim in mine:
        if any(_alike(claim, o) for o in others):
            continue
        if elements:
            unsaid = disj(
                conj([f, *(neg(conj([o.on, o.sets[0].get(a, False)])) for o in others if o.fixed == claim.fixed)])
                for a, f in claim.sets[0].items()
            )
        else:
            unsaid = neg(disj(conj([o.on, _equal(claim, o)]) for o in others if o.fixed == claim.fixed))
        formula = conj([claim.on, unsaid])
        if formula is not False:
            yield claim.claim, formula


_BY_ELEMENT = (effects.DEONTIC, effects.PART, effects.DEPARTURE, effects.ASKS, effects.NATURE)
"""Topics whose contents are one for each actor (or pair) that a claim names, not the set as a whole."""


def _alike(one: _Claim, two: _Claim) -> bool:
    """Whether two claims are literally the same."""
    return (
        one.fixed == two.fixed
        and one.joint == two.joint
        and _ident(one.on) == _ident(two.on)
        and [_idents(s) for s in one.sets] == [_idents(s) for s in two.sets]
    )


def _ident(formula: Formula) -> object:
    return formula


def _idents(members: Members) -> dict[str, object]:
    return {a: _ident(f) for a, f in members.items() if f is not False}


def _equal(one: _Claim, two: _Claim) -> Formula:
    """That both name the same sets, and in the same way."""
    ways = [conj(map(_same_set, one.sets, two.sets))]
    if one.swapped:
        ways.append(conj(map(_same_set, one.sets, reversed(two.sets))))
    same = disj(ways)
    if one.joint != two.joint:  # of one seat, all is the same as any
        same = conj([same, neg(at_least(one.sets[0].values(), 2))])
    return same


def _same_set(one: Members, two: Members) -> Formula:
    actors = dict.fromkeys([*one, *two])
    pairs = ((one.get(a, False), two.get(a, False)) for a in actors)
    return conj(p for f, g in pairs if _ident(f) != _ident(g) for p in (implies(f, g), implies(g, f)))


# what each version says


def _table(v: Version) -> _Table:
    found: _Table = {}
    for topic, claim in _claims(v):
        if claim.on is not False:
            found.setdefault(topic, []).append(claim)
    return found


def _claims(v: Version) -> Iterator[tuple[Topic, _Claim]]:
    rules = v.rules
    for power in rules.powers.values():
        fixed = (power.may, power.strength)
        claim = _Claim((power.id,), v.in_force(power), fixed, (v.seats(power),), power.joint)
        yield Topic(effects.DEMAND, (power.act,)), claim
    for norm in rules.of_form(Deontic):
        on = conj([v.in_force(norm), neg(v.holds(norm.unless))])
        named: Members = {"": True} if norm.by is None else v.members(norm.by)
        yield Topic(effects.DEONTIC, (norm.modality, norm.act)), _Claim((norm.id,), on, (norm.strength,), (named,))
    for pair in effects.pairs(rules):
        on = conj([v.in_force(pair.first), v.in_force(pair.second)])
        sets = (v.seats(pair.first), v.seats(pair.second))
        yield pair.topic, _Claim(pair.claim, on, (pair.relation,), sets, swapped=pair.unordered)
    for bound, route in effects.limits(rules):
        on = conj(v.in_force(n) for n in (bound, route, *deadlines.ends(bound, route)))
        sets = () if bound.by is None else (v.members(bound.by),)
        fixed = (*effects.measure(bound), bound.by is None)
        yield Topic(effects.LIMIT, (route.id,)), _Claim((bound.id, route.id), on, fixed, sets)
    for norm in rules.of_form(Cadence):
        fixed = (norm.amount, norm.unit, norm.day, norm.strength)
        yield Topic(effects.CADENCE, (effects.recurring(norm),)), _Claim((norm.id,), v.in_force(norm), fixed)
    for norm in rules.of_form(Composition):
        members = {p: s for p in effects.PARTS if (s := getattr(norm, p)) is not None}
        contents = {f"{p} {a}": f for p, s in members.items() for a, f in v.members(s).items()}
        yield Topic(effects.PART, (norm.body,)), _Claim((norm.id,), v.in_force(norm), (), (contents,))
    for norm in rules.absence_exclusions:
        if norm.strength is not Strength.STRICT:
            broken: Members = {f"{one} {two}": f for one, two, f in v.breaching(norm)}
            # an exclusion is broken where its condition holds and two are absent; no more than that is said
            yield Topic(effects.DEPARTURE), _Claim((norm.id,), v.switch(norm.id), (norm.strength,), (broken,))
    for role in rules.vocabulary.roles.values():
        if role.requester:
            has = v.has(role.id)
            variable = v.variables["role", role.id]
            holders = {o: conj([variable.is_(o), has]) for o in variable.values if o != NOBODY}
            yield Topic(effects.ASKS, (role.id,)), _Claim((role.id,), True, (), (holders,))
    for act, marks in effects.natures(rules).items():
        yield Topic(effects.NATURE, (act,)), _Claim((act,), True, (), (dict.fromkeys(sorted(marks), True),))


# stand-ins


@dataclass(frozen=True)
class Passing:
    """Acts that pass from a seat to an actor in one version and not in the other, under the very same formula.

    `passes`: the seat can be filled so here and not there. `bites`: by act, that both versions name the seat
    for it and the power of this one is able; where it holds together with `passes`, the outcomes differ.
    """

    seat: str
    actor: str
    side: int
    passes: Formula
    bites: dict[str, Formula]

    @property
    def topic(self) -> Topic:
        return Topic(effects.STAND_IN, (self.seat, self.actor))


def passing(space: Space) -> Iterator[Passing]:
    """Every seat and actor for which the two versions are not literally the same, acts with one formula together."""
    named = tuple(_named(v) for v in space.versions)
    groups: dict[tuple[object, ...], tuple[Formula, dict[str, Formula]]] = {}
    for act, seat in named[NEW]:
        if (act, seat) not in named[OLD]:
            continue
        fills = tuple(v.fill(seat, act) for v in space.versions)
        for actor, side in product(dict.fromkeys([*fills[OLD], *fills[NEW]]), (OLD, NEW)):
            mine, other = fills[side].get(actor, False), fills[1 - side].get(actor, False)
            if _ident(mine) == _ident(other):
                continue
            bites = conj([named[side][act, seat].able, named[1 - side][act, seat].named])
            passes = conj([mine, neg(other)])
            if passes is False or bites is False:
                continue
            key = (seat, actor, side, _ident(mine), _ident(other))
            groups.setdefault(key, (passes, {}))[1][act] = bites
    for (seat, actor, side, *_), (passes, bites) in groups.items():
        yield Passing(str(seat), str(actor), int(str(side)), passes, bites)


class _Seat:
    """That a power in force names a seat for an act, and that an able one does; made when first asked for."""

    def __init__(self, v: Version) -> None:
        self._version = v
        self.powers: list[tuple[Power, Formula]] = []

    @cached_property
    def named(self) -> Formula:
        return disj(conj([f, self._version.in_force(p)]) for p, f in self.powers)

    @cached_property
    def able(self) -> Formula:
        return disj(conj([f, self._version.in_force(p), self._version.able(p)]) for p, f in self.powers)


def _named(v: Version) -> dict[tuple[str, str], _Seat]:
    found: dict[tuple[str, str], _Seat] = {}
    for power in v.rules.powers.values():
        for seat, belongs in v.seats(power).items():
            found.setdefault((power.act, seat), _Seat(v)).powers.append((power, belongs))
    return found
