"""Whether what was done to a paper was right: read off the record of its life, not off what was offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.competence import Competence
from model.graphs.course import Course, earlier, later
from model.life import Does, Event, Life, SendsBack, apart, prohibited
from model.norms import Route
from model.reachability import reachable
from model.ruleset import RuleSet

IMPOSSIBLE, INCOMPETENT, DISORDERLY = "impossible", "incompetent", "out-of-order"
TWICE, PROHIBITED, BOTH_STEPS = "twice", "prohibited", "both-steps"


@dataclass(frozen=True)
class Fault:
    """What was wrong with one event; `actor` is who should not have acted, where it is somebody."""

    kind: str
    event: Event
    actor: str = ""


def faults(rules: RuleSet, life: Life) -> tuple[Fault, ...]:
    """Everything wrong with a paper's life, in order. Empty for a life that follows `life.Desk`."""
    return tuple(f for event in life.past for f in faults_of(rules, event))


def faults_of(rules: RuleSet, event: Event) -> Iterator[Fault]:
    """What is wrong with one event, from its situation and the deeds that stood.

    A situation that cannot occur; a stage done again; a step before a required one, or after one that follows it; a
    hand that the rules do not give the act to, or keep from it; a hand for both of two steps that need two.
    """
    if not reachable(rules, event.at):
        yield Fault(IMPOSSIBLE, event)
    move = event.move
    if not isinstance(move, (Does, SendsBack)):
        return
    competence = Competence(rules, event.at)
    power = rules.powers[move.power]
    if any(d.stage == move.stage for d in event.standing):
        yield Fault(TWICE, event)
    stages = [s for s in rules.stages if s.id == move.stage]
    if power.route and not _orderly(rules.routes[power.route], competence, event, power.id):
        yield Fault(DISORDERLY, event)
    lapsed = isinstance(move, Does) and move.bound
    able = competence.at.in_force(power) and competence.able(power)
    seats = len(competence.seats(power)) if power.joint else 1
    if not lapsed and (not able or len(move.hands) != seats):
        yield Fault(INCOMPETENT, event)
    allowed = {h.actor for s in stages for h in competence.hands(s) if h.norms[0] == power.id}
    for hand in move.hands:
        if hand.actor not in allowed:
            yield Fault(INCOMPETENT, event, hand.actor)
        if any(hand.actor in competence.at.members(by) for by in prohibited(competence.at, power.act)):
            yield Fault(PROHIBITED, event, hand.actor)
        for deed in event.standing:
            did = any(h.actor == hand.actor for h in deed.hands)
            if did and apart(competence.at, rules.powers[deed.power], power):
                yield Fault(BOTH_STEPS, event, hand.actor)


def _orderly(route: Route, competence: Competence, event: Event, power: str) -> bool:
    """Whether the route lets its step be done next, whoever does it."""
    course = Course(competence, route)
    stages = {p.id: s.id for s in competence.rules.stages for p in s.powers}
    standing = {d.stage for d in event.standing}
    done = frozenset(s.id for s in route.steps if s.id in course.on and stages[s.power.id] in standing)
    step = next(s.id for s in route.steps if s.power.id == power)
    return earlier(route)[step] & course.required <= done and not later(route)[step] & done
