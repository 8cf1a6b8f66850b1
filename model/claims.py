"""What a norm says in one situation, as plain claims: who may act, what is wanted or forbidden, who stands in, limits.

The definitions the questions about single norms follow (`dead-norm`, `redundant-norm`, `shadowed-norm`) and the
question what hinges on an open term (`undefined-term`):

* A norm *says* something where it is in force and speaks of somebody or something. What it says are claims.
* Two claims are about the same *matter* (`key`). One *covers* another of the same matter if it binds at least as
  strongly (`level`) and as tightly (`measure`: a shorter ceiling, a longer floor).
* What the rules say in a situation are the claims of all norms. Two rule sets say the same there if every claim
  of either is covered by one of the other.
* A power over a decisive act that is not one of several steps of its route gives the act to each of its seats
  (jointly: to all together), and wants it unless it is permissive. Any other power is a look of its own, told by
  the words it names its seats with.
* Stand-ins are told act by act. A step of a route says what any power says; a route by itself says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model import deadlines
from model.competence import Competence
from model.norms import Bound, Cadence, Composition, Deontic, Exclusion, Norm, Power, Precedence, Route, StandIn
from model.reachability import breaches
from model.ruleset import RuleSet
from model.situation import Situation

ACT, STAND_IN, APART, LIMIT, CADENCE, BODY, YIELDS = "act", "stand-in", "apart", "limit", "cadence", "body", "yields"
"""The families of matters: the first part of a key. The second is what it is about (an act, a route ...)."""

Key = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Claim:
    """One thing said. `level` is the strength of the norm, `measure` grows as a limit gets tighter."""

    key: Key
    level: int
    measure: int = 0

    def covers(self, other: Claim) -> bool:
        return self.key == other.key and self.level >= other.level and self.measure >= other.measure


def covered(claim: Claim, claims: Iterable[Claim]) -> bool:
    """Whether the claim follows from one of the others."""
    return any(c.covers(claim) for c in claims)


def topic(claim: Claim) -> tuple[str, str]:
    """What a decision is about: the family and the act, route, body or official."""
    return claim.key[0], claim.key[1]


# keys, shared with the encoding


def power_keys(power: Power, alternatives: bool, seats: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """The matters of a power, each with the seat that must belong to it, empty where any will do."""
    if not alternatives:
        yield (ACT, power.act, "look", str(power.by), "all" if power.joint else "one", "may" if power.may else ""), ""
        return
    if power.joint:
        yield (ACT, power.act, "together", str(power.by)), ""
    else:
        for seat in seats:
            yield (ACT, power.act, "hand", seat), seat
    if not power.may:
        yield (ACT, power.act, "wanted"), ""


def deontic_key(norm: Deontic, actor: str) -> Key:
    return ACT, norm.act, norm.modality, actor


def limit_key(bound: Bound, route: str) -> Key:
    kind = "ceiling" if bound.ceiling else "floor"
    return LIMIT, route, bound.start, bound.end, kind, bound.unit, bound.expiry, str(bound.by or "")


def limit_measure(bound: Bound) -> int:
    """A period without a length is looser than any with one."""
    if bound.amount is None:
        return -(10**6)
    return -bound.amount if bound.ceiling else bound.amount


def cadence_key(norm: Cadence) -> Key:
    return CADENCE, norm.body or f"{norm.route}.{norm.step}", str(norm.amount), norm.unit, str(norm.day)


def body_keys(norm: Composition) -> Iterator[Key]:
    for part in ("members", "attend", "invited"):
        actors = getattr(norm, part)
        if actors is not None:
            yield BODY, norm.body, part, str(actors)


def ends_of(rules: RuleSet, bound: Bound, route: str) -> tuple[Norm, ...]:
    """What must be in force for a bound to run on a route: the route, and the steps it starts and ends with."""
    found: Route = rules.routes[route]
    return found, *deadlines.ends(bound, found)


def pairs_of(norm: Precedence, rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Each prevailing norm with each that yields, steps of routes and chairs included."""
    for loser in norm.yields:
        for part in (loser, *(p for p in rules.powers if p.startswith(loser + ".") and p not in rules.norms)):
            yield from ((winner, part) for winner in norm.prevails)


# what is said in a situation


def said_by(competence: Competence, norm: Norm) -> frozenset[Claim]:
    """The claims of one norm (of a composition, without its chair, which is a power) in the situation."""
    return frozenset(Claim(k, int(norm.strength), m) for k, m in _said(competence, norm))


def said(rules: RuleSet, situation: Situation) -> frozenset[Claim]:
    """What the rules say in the situation. That one norm gives way to another shows in what the two say."""
    competence = Competence(rules, situation)
    norms = (n for n in every_norm(rules) if not isinstance(n, Precedence))
    return frozenset(c for n in norms for c in said_by(competence, n))


def every_norm(rules: RuleSet) -> Iterator[Norm]:
    """All norms, steps and chairs."""
    yield from rules.norms.values()
    yield from (p for p in rules.powers.values() if p.id not in rules.norms)


def same(one: Iterable[Claim], other: Iterable[Claim]) -> bool:
    """Whether two sets of claims say the same."""
    one, other = set(one), set(other)
    return all(covered(c, other) for c in one - other) and all(covered(c, one) for c in other - one)


def _said(competence: Competence, norm: Norm) -> Iterator[tuple[Key, int]]:
    rules, at = competence.rules, competence.at
    if isinstance(norm, Exclusion) and norm.between is not None:
        yield from (((APART, norm.form, *sorted((a, b))), 0) for e, a, b in breaches(at) if e.id == norm.id)
        return
    if isinstance(norm, StandIn):
        for act in dict.fromkeys(p.act for p in rules.powers.values()):
            for official in competence.situation.absent:
                for chained in (False, True) if norm.chain else (False,):
                    for stands, candidate in competence.links(official, act, chained):
                        if stands.id == norm.id:
                            yield (STAND_IN, official, act, candidate, "on" if chained else "first"), 0
        return
    if isinstance(norm, Precedence):
        for winner, loser in pairs_of(norm, rules):
            one, two = rules.lookup(winner), rules.lookup(loser)
            if at.in_force(one) and _bare(competence, two):
                yield (YIELDS, loser, winner), 0
        return
    if not at.in_force(norm):
        return
    match norm:
        case Power():
            seats = competence.seats(norm)
            if seats:
                yield from ((k, 0) for k, _ in power_keys(norm, norm.id in rules.alternatives, seats))
        case Deontic():
            if not at.holds(norm.unless):
                actors = at.members(norm.by) if norm.by is not None else {""}
                yield from ((deontic_key(norm, a), 0) for a in actors)
        case Exclusion():
            yield (APART, norm.route, *sorted(norm.steps)), 0
        case Bound():
            for route in norm.routes:
                if all(at.in_force(n) for n in ends_of(rules, norm, route)):
                    yield limit_key(norm, route), limit_measure(norm)
        case Cadence():
            yield cadence_key(norm), 0
        case Composition():
            yield from ((k, 0) for k in body_keys(norm))
        case _:
            return


def _bare(competence: Competence, norm: Norm) -> bool:
    """Whether a norm would be in force if it gave way to nothing."""
    situation = competence.situation
    return all(situation.readings.get(r) == c for r, c in norm.under) and competence.at.holds(norm.when)
