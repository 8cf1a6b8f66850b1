"""Hands with their handling times, one record for each hand of each seat, and the accounts they are closed into."""

from __future__ import annotations

from model.competence import Hand
from model.ruleset import Stage
from sim.papers import Part, Sampler
from sim.state import State

_HANDLING, _STAGE, SEATS = 10_000, 512, 8
"""Where in the numbers of a paper its handling times are: by stage, round and seat."""


class Parts:
    """The parts of one office."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._samplers: dict[tuple[str, str], Sampler] = {}
        self._known: dict[tuple[str, int, Hand], Part] = {}

    def of(self, stage: Stage, seat: int, hand: Hand) -> Part:
        """The part of a hand in a stage."""
        known = (stage.id, seat, hand)
        found = self._known.get(known)
        if found is None:
            place = _HANDLING + self.state.oracle.slots[stage.id] * _STAGE + min(seat, SEATS - 1)
            found = self._known[known] = Part(stage.id, seat, hand, self._sampler(stage.act, hand.actor), place)
        return found

    def close(self) -> None:
        """Put what the parts came to on the accounts of their desks, stages and norms."""
        tally = self.state.tally
        # in an order of their own, so that sums do not depend on which part came first
        for _, part in sorted(self._known.items(), key=lambda k: (k[0][:2], k[0][2].actor, k[0][2].norms)):
            if part.count and part.desk is not None:
                tally.spend(part.stage, part.hand.actor, part.hand.norms, part.waited, part.worked, part.count)
                part.desk.busy += part.worked
                part.desk.waited += part.waited
                part.desk.handled += part.count - part.broken
                part.count, part.broken, part.waited, part.worked = 0, 0, 0.0, 0.0

    def _sampler(self, act: str, actor: str) -> Sampler:
        known = (act, actor)
        if known not in self._samplers:
            self._samplers[known] = self.state.scenario.handling_of(act, self._names(actor)).sampler()
        return self._samplers[known]

    def _names(self, actor: str) -> tuple[str, ...]:
        cast = self.state.world.cast
        if actor in cast.ids:
            official = cast[actor]
            return (official.id, official.office, *sorted(official.offices))
        return (actor,)
