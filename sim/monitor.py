"""A monitor built from the rules alone: in a log, no step by an official who was not competent then.

It replays who was there from the log, builds the situation of each act anew and asks `model.competence` directly;
nothing that the simulator remembered is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model import absence
from model.competence import Competence
from model.ruleset import RuleSet
from model.situation import Paper, Situation
from sim.eventlog import Act, Change, EventLog
from sim.oracle import World


@dataclass(frozen=True)
class Breach:
    """An act by somebody who was not competent at that moment, in that situation."""

    act: Act
    situation: Situation


def breaches(rules: RuleSet, world: World, log: EventLog) -> Iterator[Breach]:
    """Every act in the log that the reference semantics does not admit at the time it was done.

    `world` gives people, pairs and readings, which do not change; states and delegations are those of the log.
    A lapse is no act of anybody. Of a joint act each seat is asked by itself, for others may have acted before and
    gone since.
    """
    stages = {s.id: s for s in rules.stages}
    states: dict[str, str] = {}
    delegations: frozenset[tuple[str, str]] = frozenset()
    for event in log.events:
        if isinstance(event, Change):
            states = {o: s for o, s in event.states if s != absence.PRESENT}
            delegations = event.delegations
        elif isinstance(event, Act) and not event.by_lapse:
            _, _, paper = log.papers[event.paper]
            kept = Paper(paper.attributes, paper.touches, paper.roles)
            situation = Situation(world.cast, kept, states, world.relations, delegations, world.readings)
            competence = Competence(rules, situation)
            stage = stages[event.stage]
            if any(h.actor == event.actor for h in competence.hands(stage)):
                continue
            joint = [p for p in competence.powers_in_force(stage) if p.joint]
            if not any(event.actor in competence.fill(s, p) for p in joint for s in competence.seats(p)):
                yield Breach(event, situation)
