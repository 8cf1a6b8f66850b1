"""A route as a process in one situation: which steps there are, what may happen next, where that can lead.

The definitions every engine follows:

* A step is *on* if its power is in force, and *required* if it is on and may not be left out (`may`).
* A state is the set of steps done. A step may be done next if it is on, somebody can do it (its power is
  able), every required step before it is done, and it and all steps after it are not done.
* A step with `back_to` may, where it could be done next, *return* the paper instead: to an earlier step
  that is on and done. That step and all after it count as not done.
* The route *ends* when every required step is done.

Conditions look at the paper and at who is there, not at what was done; so within one situation the steps
that are on stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import networkx as nx

from model.competence import Competence
from model.norms import Route, Step
from model.ruleset import RuleSet

State = frozenset[str]
DO, RETURN = "do", "return"


@cache
def earlier(route: Route) -> dict[str, frozenset[str]]:
    """By step, all the steps that come before it."""
    found: dict[str, frozenset[str]] = {}
    for step in route.steps:  # `after` names steps above only
        direct = frozenset(step.after)
        found[step.id] = direct.union(*(found[a] for a in direct))
    return found


@cache
def later(route: Route) -> dict[str, frozenset[str]]:
    """By step, all the steps that come after it."""
    before = earlier(route)
    return {s.id: frozenset(t for t, earlier_ones in before.items() if s.id in earlier_ones) for s in route.steps}


def returns(route: Route) -> Iterator[tuple[Step, Step]]:
    """Each step that may return the paper, with the step it goes back to; a return to a later step is none."""
    steps = {s.id: s for s in route.steps}
    for step in route.steps:
        if step.back_to in earlier(route)[step.id]:
            yield step, steps[step.back_to]


def closings(rules: RuleSet, route: Route) -> tuple[Step, ...]:
    """The steps that decide on the paper for the last time: decisive, with no decisive step after them."""
    decisive = {s.id for s in route.steps if rules.is_decisive(s.power.act)}
    return tuple(s for s in route.steps if s.id in decisive and not later(route)[s.id] & decisive)


@dataclass(frozen=True)
class Move:
    """What can happen next: a step is done, or returns the paper; and the state after it."""

    kind: str
    step: str
    state: State


class Course:
    """One route in one situation."""

    def __init__(self, competence: Competence, route: Route) -> None:
        self.competence, self.route = competence, route
        self.steps = {s.id: s for s in route.steps}

    @cached_property
    def on(self) -> frozenset[str]:
        return frozenset(s.id for s in self.route.steps if self.competence.at.in_force(s.power))

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(s for s in self.on if not self.steps[s].power.may)

    @cached_property
    def able(self) -> frozenset[str]:
        """The steps that are on and that somebody can do."""
        return frozenset(s for s in self.on if self.competence.able(self.steps[s].power))

    def ready(self, step: str, done: State) -> bool:
        """Whether the step may be done next."""
        if step not in self.able or step in done or later(self.route)[step] & done:
            return False
        return earlier(self.route)[step] & self.required <= done

    def reachable(self, step: str) -> bool:
        """Whether the paper can come to the step: somebody can do it, and all that is required before it."""
        return step in self.able and earlier(self.route)[step] & self.required <= self.able

    @property
    def starts(self) -> bool:
        return any(self.ready(s, frozenset()) for s in self.on)

    def ended(self, done: State) -> bool:
        return self.required <= done

    def moves(self, done: State) -> Iterator[Move]:
        """Everything that can happen next."""
        for step in self.route.steps:
            if self.ready(step.id, done):
                yield Move(DO, step.id, done | {step.id})
                back = step.back_to
                if back in done and back in earlier(self.route)[step.id]:
                    yield Move(RETURN, step.id, done - {back} - later(self.route)[back])

    def explore(self) -> nx.MultiDiGraph:
        """The state space: nodes are states, edges carry `kind` and `step`. At most 2 to the number of steps."""
        graph = nx.MultiDiGraph()
        start: State = frozenset()
        graph.add_node(start)
        frontier = [start]
        while frontier:
            state = frontier.pop()
            for move in self.moves(state):
                if move.state not in graph:
                    frontier.append(move.state)
                graph.add_edge(state, move.state, kind=move.kind, step=move.step)
        return graph
