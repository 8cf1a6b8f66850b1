"""What a question of the audit means in one concrete situation.

Each function lists the instances of one defect that the situation shows. A finding of the audit is
a reachable situation for which the function of its check is not empty; engines must agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from model.competence import Competence, Hand, Obstacle
from model.norms import Deontic, Exclusion, Norm, Power, Route, StandIn
from model.ruleset import RuleSet, Stage
from model.situation import Situation
from model.vocabulary import Strength

ABSENCE_REASONS = frozenset({"none", "act", "cause", "paper", "delegation", "candidate", "absent", "loop", "reading"})


@dataclass(frozen=True)
class Stuck:
    """A stage that is wanted and that nobody may do, with the obstacles."""

    stage: Stage
    obstacles: tuple[Obstacle, ...]

    @property
    def loops(self) -> bool:
        return any(o.reason == "loop" for o in self.obstacles)

    @property
    def for_absence(self) -> bool:
        """Whether somebody is named for the act, and only absence keeps him from it."""
        return any(o.reason in ABSENCE_REASONS for o in self.obstacles)


def stuck_stages(rules: RuleSet, situation: Situation) -> Iterator[Stuck]:
    """signing-gap (decisive acts), stand-in-gap (absence), stand-in-loop (a chain returns)."""
    competence = Competence(rules, situation)
    for stage in rules.stages:
        if competence.stuck(stage):
            yield Stuck(stage, competence.obstacles(stage))


def signing_gap(rules: RuleSet, situation: Situation) -> bool:
    """A decisive act is wanted and nobody may do it."""
    return any(rules.is_decisive(s.stage.act) for s in stuck_stages(rules, situation))


def stand_in_gap(rules: RuleSet, situation: Situation) -> bool:
    """An act is wanted of somebody absent for whom nobody may stand in."""
    return any(s.for_absence for s in stuck_stages(rules, situation))


def stand_in_loop(rules: RuleSet, situation: Situation) -> bool:
    """An act is stuck, and the chain of stand-ins for it returns to an absent official."""
    return any(s.loops for s in stuck_stages(rules, situation))


@dataclass(frozen=True)
class Conflict:
    """Two powers in force, of equal strength, that give one decisive act to disjoint sets of actors."""

    first: Power
    second: Power


def competence_conflicts(rules: RuleSet, situation: Situation) -> Iterator[Conflict]:
    """Permissive powers (可) and authorised ones are alternatives and conflict with nothing."""
    competence = Competence(rules, situation)
    for stage in rules.stages:
        powers = [p for p in competence.powers_in_force(stage) if not p.alternative] if stage.id == stage.act else []
        for first, second in combinations(powers, 2):
            if conflicting(first, second) and disjoint(competence, first, second):
                yield Conflict(first, second)


def conflicting(first: Power, second: Power) -> bool:
    """Whether two powers are of a kind that can conflict: equal strength, and not one route's."""
    return first.strength == second.strength and not (first.route and first.route == second.route)


def disjoint(competence: Competence, first: Power, second: Power) -> bool:
    """Whether two powers name somebody each, and nobody in common."""
    one, two = competence.seats(first), competence.seats(second)
    return bool(one) and bool(two) and not one & two


@dataclass(frozen=True)
class Clash:
    """A demand and a prohibition, or two exclusive demands, on one actor at once.

    `tension` where their strengths differ, so that the winner is known.
    """

    demand: Norm
    against: Deontic
    actor: str

    @property
    def tension(self) -> bool:
        return self.demand.strength != self.against.strength


def clash_candidates(rules: RuleSet, ranks: bool = False) -> Iterator[tuple[Power | Deontic, Deontic]]:
    """Pairs of norms that clash wherever both are in force for one actor: of equal rank, or of different ranks.

    A norm of a law and one of the instrument differ in rank.
    """
    deontic = [d for d in rules.norms.values() if isinstance(d, Deontic)]
    demands: list[Power | Deontic] = [*rules.powers.values(), *(d for d in deontic if d.modality != "prohibition")]
    for against in deontic:
        for demand in demands:
            if (bool(demand.citation.law) != bool(against.citation.law)) != ranks:
                continue
            if (against.modality == "prohibition" and demand.act == against.act) or (
                against.modality == "duty"
                and isinstance(demand, Deontic)
                and demand.modality == "duty"
                and demand.id < against.id
                and excludes(rules, demand.act, against.act)
            ):
                yield demand, against


def excludes(rules: RuleSet, one: str, two: str) -> bool:
    """Whether nobody can do both acts."""
    acts = rules.vocabulary.acts
    return two in acts[one].excludes or one in acts[two].excludes


def contradictions(rules: RuleSet, situation: Situation) -> Iterator[Clash]:
    """Every pair of norms in force that clash on some actor; a norm without actor clashes with none."""
    competence = Competence(rules, situation)
    for demand, against in clash_candidates(rules):
        yield from clashes(competence, demand, against)


def clashes(competence: Competence, demand: Power | Deontic, against: Deontic) -> Iterator[Clash]:
    """The actors on whom two norms that could clash do."""
    at = competence.at
    if not (at.in_force(demand) and at.in_force(against)) or demand.by is None or against.by is None:
        return
    if at.holds(against.unless) or (isinstance(demand, Deontic) and at.holds(demand.unless)):
        return
    for actor in sorted(at.members(demand.by) & at.members(against.by)):
        yield Clash(demand, against, actor)


@dataclass(frozen=True)
class SelfReview:
    """One official is the only hand for two looks at a paper, or for deciding his own request."""

    official: str
    first: Power | None
    second: Power
    hands: tuple[Hand, ...]
    role: str = ""


def scrutiny_pairs(rules: RuleSet, routes: Iterable[Route] | None = None) -> Iterator[tuple[Power, Power]]:
    """Pairs of steps of one route, of these or of all, that are two looks at the paper, or that an exclusion keeps
    apart."""
    for route in rules.routes.values() if routes is None else routes:
        apart = {frozenset(e.steps) for e in rules.of_form(Exclusion) if e.route == route.id}
        for one, two in combinations(route.steps, 2):
            looks = rules.is_scrutiny(one.power.act) and rules.is_scrutiny(two.power.act)
            if looks or frozenset((one.id, two.id)) in apart:
                yield one.power, two.power


def self_reviews(rules: RuleSet, situation: Situation, among: frozenset[str] | None = None) -> Iterator[SelfReview]:
    """Only where the rules leave no other hand: a step that somebody else may do is no self-review.

    `among`: ids of powers, where no other is to be looked at.
    """
    competence = Competence(rules, situation)
    for first, second in scrutiny_pairs(rules):
        if among is not None and not {first.id, second.id} <= among:
            continue
        one, two = sole_hand(competence, first), sole_hand(competence, second)
        if one and two and one.actor == two.actor and one.actor not in rules.vocabulary.bodies:
            yield SelfReview(one.actor, first, second, (one, two))
    for power in rules.powers.values():
        if not rules.is_decisive(power.act) or (among is not None and power.id not in among):
            continue
        hand = sole_hand(competence, power)
        for role in rules.vocabulary.roles.values():
            if hand and role.requester and situation.paper.roles.get(role.id) == hand.actor:
                yield SelfReview(hand.actor, None, power, (hand,), role.id)


def sole_hand(competence: Competence, power: Power) -> Hand | None:
    """The only hand a power in force has here, or None; none where it cannot be exercised at all."""
    if not competence.at.in_force(power) or not competence.able(power):
        return None
    found: dict[str, Hand] = {}
    for seat in sorted(competence.seats(power)):
        found.update(competence.fill(seat, power))
    return next(iter(found.values())) if len(found) == 1 else None


def used_stand_ins(rules: RuleSet, hands: tuple[Hand, ...]) -> tuple[str, ...]:
    """Ids of the stand-in norms the hands act under."""
    ids = (n for h in hands for n in h.norms)
    return tuple(dict.fromkeys(n for n in ids if isinstance(rules.norms.get(n), StandIn)))


def weakest(*norms: Norm) -> Strength:
    """The strength of a finding: that of its weakest norm, or strict where it rests on none."""
    return min((n.strength for n in norms), default=Strength.STRICT)
