"""Who may act: powers, stand-ins and their chains, in a concrete situation.

The definitions every engine follows:

* A power is *in force* as `evaluation.Context.in_force` says. Its *seats* are the members of `by`.
* A seat is *filled* by its official if present, else by every present official whom a chain of
  stand-ins reaches. The first link needs a stand-in norm in force that names the absent official as
  principal, covers the cause of absence, passes the act, covers the paper, and has its delegation.
  Every further link leads from an absent stand-in and needs in addition a norm with `chain`.
* A body fills its own seat; one that somebody must chair does so only if somebody competent to
  chair it is there.
* A power is *able* if one seat (every seat, and at least one, if joint) is filled.
* A stage is *wanted* if a power of it that is not merely permissive is in force, or a duty without
  actor demands its act. It is *stuck* if wanted and none of its powers in force is able.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model import absence
from model.evaluation import Context
from model.norms import Power, StandIn
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import Situation


@dataclass(frozen=True)
class Hand:
    """One actor who may act, by which norms (the power, then each stand-in norm), in whose stead."""

    actor: str
    norms: tuple[str, ...]
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """Why a seat is not filled: the stand-in norm that comes nearest, and what is missing of it.

    `reason` is one of `unnamed` (no power in force), `unauthorised` (a power would be in force if somebody
    had authorised it), `empty` (the power's set has no member), `none`
    (no stand-in norm names the principal), `act`, `cause`, `paper`, `delegation`, `candidate` (nobody
    to stand in), `absent` (the stand-in is absent too), `loop` (the chain returns to an absent
    official), or `reading` (the norm is not in force under the reading chosen). Of a body
    that cannot meet, they are the obstacles of its chair.
    """

    power: str
    principal: str
    stand_in: str
    reason: str


class Competence:
    """Who may act in one situation. Asks nothing of any solver."""

    def __init__(self, rules: RuleSet, situation: Situation) -> None:
        self.rules, self.situation = rules, situation
        self.at = Context(rules, situation)
        self._fills: dict[tuple[str, str], dict[str, Hand]] = {}

    # powers and stages

    def seats(self, power: Power) -> frozenset[str]:
        """Who the power names here, whether present or not."""
        return self.at.members(power.by)

    def able(self, power: Power) -> bool:
        filled = [bool(self.fill(seat, power)) for seat in self.seats(power)]
        return bool(filled) and (all(filled) if power.joint else any(filled))

    def hands(self, stage: Stage) -> tuple[Hand, ...]:
        """Everyone who may do the stage's act now, in rank order, by power. Empty where it is stuck."""
        found: list[Hand] = []
        for power in self.powers_in_force(stage):
            if self.able(power):
                for seat in self._ranked(self.seats(power)):
                    found.extend(self.fill(seat, power).values())
        return tuple(found)

    def powers_in_force(self, stage: Stage) -> tuple[Power, ...]:
        return tuple(p for p in stage.powers if self.at.in_force(p))

    def wanted(self, stage: Stage) -> bool:
        if any(not p.may and self.at.in_force(p) for p in stage.powers):
            return True
        if stage.id != stage.act:
            return False
        return any(
            self.at.in_force(d) and not self.at.holds(d.unless) for d in self.rules.requirements.get(stage.act, ())
        )

    def stuck(self, stage: Stage) -> bool:
        return self.wanted(stage) and not any(self.at.in_force(p) and self.able(p) for p in stage.powers)

    # seats

    def fill(self, seat: str, power: Power) -> dict[str, Hand]:
        """The hands that fill a seat for the power's act, by actor."""
        key = (seat, power.act)
        if key not in self._fills:
            self._fills[key] = self._fill(seat, power.act)
        return {a: Hand(a, (power.id, *h.norms), h.instead_of) for a, h in self._fills[key].items()}

    def _fill(self, seat: str, act: str) -> dict[str, Hand]:
        if seat in self.rules.vocabulary.bodies:
            return {seat: Hand(seat, ())} if self.can_meet(seat) else {}
        if self.situation.present(seat):
            return {seat: Hand(seat, ())}
        found: dict[str, Hand] = {}
        seen = {seat}
        frontier = [(seat, Hand(seat, ()))]
        first = True
        while frontier:
            following: list[tuple[str, Hand]] = []
            for official, hand in frontier:
                for norm, candidate in self.links(official, act, chained=not first):
                    if candidate in seen:
                        continue
                    seen.add(candidate)
                    step = Hand(candidate, (*hand.norms, norm.id), (*hand.instead_of, official))
                    if self.situation.present(candidate):
                        found[candidate] = step
                    else:
                        following.append((candidate, step))
            frontier, first = following, False
        return found

    def links(self, official: str, act: str, chained: bool) -> Iterator[tuple[StandIn, str]]:
        """The stand-ins an absent official has for an act; `chained`: for what he did in another's stead."""
        for norm in self.rules.stand_ins:
            if (not chained or norm.chain) and self._missing(norm, official, act) is None:
                for candidate in self.candidates(norm, official):
                    yield norm, candidate

    def candidates(self, norm: StandIn, official: str) -> tuple[str, ...]:
        """Who stands in under the norm, in rank order; by rank, only the first who is present (else all)."""
        ranked = self._ranked(self.at.members(norm.by, official) - {official})
        if norm.by_rank:
            first = [c for c in ranked if self.situation.present(c)][:1]
            return tuple(first) or ranked
        return ranked

    def _missing(self, norm: StandIn, official: str, act: str) -> str | None:
        """What the norm lacks to let somebody stand in for the official, or None."""
        if not all(self.situation.readings.get(r) == c for r, c in norm.under):
            return "reading"
        if official not in self.at.members(norm.principals):
            return "none"
        if self.situation.state(official) not in norm.states:
            return "cause"
        if not norm.passes(act):
            return "act"
        if not self.at.in_force(norm, official):
            return "paper"
        if not self._delegated(norm, official):
            return "delegation"
        if not self.at.members(norm.by, official) - {official}:
            return "candidate"
        return None

    def _delegated(self, norm: StandIn, official: str) -> bool:
        if norm.delegation is None:
            return True
        givers = self.at.members(norm.delegation, official)
        able = any(absence.STATES[self.situation.state(g)].can_delegate for g in givers)
        return able and (norm.id, official) in self.situation.delegations

    def can_meet(self, body: str) -> bool:
        """Whether somebody competent to chair the body is there; true for bodies nobody need chair."""
        chairs = self.rules.chairs.get(body)
        if not chairs:
            return True
        meeting = Competence(self.rules, self.situation.with_paper({KIND: MEETING, BODY: body}))
        powers = [self.rules.powers[c] for c in chairs]
        return any(meeting.at.in_force(p) and meeting.able(p) for p in powers)

    # what is missing

    def obstacles(self, stage: Stage) -> tuple[Obstacle, ...]:
        """Why a stuck stage is stuck: for every seat of every power in force, the nearest miss."""
        powers = self.powers_in_force(stage)
        found = [Obstacle(p.id, "", "", "unauthorised") for p in stage.powers if self._dormant(p)]
        if not powers and not found:
            return (Obstacle("", "", "", "unnamed"),)
        for power in powers:
            seats = self._ranked(self.seats(power))
            if not seats:
                found.append(Obstacle(power.id, "", "", "empty"))
            for seat in seats:
                if not self.fill(seat, power):
                    found.extend(self._obstacle(power, seat))
        return tuple(found)

    def _dormant(self, power: Power) -> bool:
        """Whether the power would be in force if somebody had authorised it, and a member of it could act."""
        if self.at.authorised(power) or not self.at.stated(power):
            return False
        return self.able(power)

    def _obstacle(self, power: Power, seat: str) -> Iterator[Obstacle]:
        if seat in self.rules.vocabulary.bodies:
            yield from self._chair_obstacles(seat)
            return
        named = False
        for norm in self.rules.stand_ins:
            missing = self._missing(norm, seat, power.act)
            if missing == "none" or (missing == "reading" and seat not in self.at.members(norm.principals)):
                continue
            named = True
            if missing is None:
                missing = "loop" if self.loops(seat, power.act) else "absent"
            yield Obstacle(power.id, seat, norm.id, missing)
        if not named:
            yield Obstacle(power.id, seat, "", "none")

    def _chair_obstacles(self, body: str) -> tuple[Obstacle, ...]:
        """Why nobody can chair a body that would have to act: the obstacles of its chair."""
        meeting = Competence(self.rules, self.situation.with_paper({KIND: MEETING, BODY: body}))
        chairs = [self.rules.powers[c] for c in self.rules.chairs[body]]
        return meeting.obstacles(Stage("chair", "chair", tuple(chairs)))

    def loops(self, seat: str, act: str) -> bool:
        """Whether the stand-in links between absent officials, from this seat, contain a cycle."""
        reached = self._absent_reached(seat, act) | {seat}
        return any(official in self._absent_reached(official, act) for official in reached)

    def _absent_reached(self, official: str, act: str) -> frozenset[str]:
        """Absent officials that one or more links lead to from an absent official."""
        seen: set[str] = set()
        stack = [official]
        while stack:
            current = stack.pop()
            if self.situation.present(current):
                continue
            for _, candidate in self.links(current, act, chained=False):
                if candidate not in seen and not self.situation.present(candidate):
                    seen.add(candidate)
                    stack.append(candidate)
        return frozenset(seen)

    def _ranked(self, actors: frozenset[str]) -> tuple[str, ...]:
        order = {o: i for i, o in enumerate(self.situation.cast.ids)}
        return tuple(sorted(actors, key=lambda a: (order.get(a, len(order)), a)))
