"""A choice among able hands, and the desks of those who are chosen."""

from __future__ import annotations

from model.competence import Hand
from sim.cadences import Cadences
from sim.desks import Desk
from sim.oracle import Answer
from sim.papers import Part
from sim.state import State

_EXTERNAL_SERVERS = 1_000_000


class Hands:
    """Chooses hands for one office. `desks` has those of the officials, and of bodies as work comes to them."""

    def __init__(self, state: State, cadences: Cadences) -> None:
        self.state, self.cadences = state, cadences
        preemption = state.scenario.preemption
        self.desks = {o: Desk(state, o, 1, preemption, i) for i, o in enumerate(state.world.cast.ids)}
        self._meetings = frozenset(b.id for b in state.rules.vocabulary.bodies.values() if b.kind == "meeting")

    def choose(self, answer: Answer, acted: frozenset[int] | None) -> tuple[tuple[int, Hand], ...] | None:
        """One hand for each seat that has not `acted`, with its number.

        Who acts in his own right comes first, then the shortest queue, then rank. Of several powers, the first in
        the order of the rules that needs no stand-in, else the first.
        """
        if acted:
            left = answer.remaining(acted)
            return None if left is None else tuple((i, self._pick(seat)) for i, seat in left)
        best: tuple[tuple[int, Hand], ...] | None = None
        best_stead = 0
        for option in answer.options:
            hands: dict[str, tuple[int, Hand]] = {}
            for i, seat in enumerate(option):
                hand = self._pick(seat)
                hands.setdefault(hand.actor, (i, hand))
            stead = sum(bool(h.instead_of) for _, h in hands.values())
            if best is None or stead < best_stead:
                best, best_stead = tuple(hands.values()), stead
                if not stead:
                    break
        return best

    def _pick(self, seat: tuple[Hand, ...]) -> Hand:
        if len(seat) == 1:
            return seat[0]
        return min(seat, key=self._preference)

    def _preference(self, hand: Hand) -> tuple[bool, float, int, str]:
        """Smaller is better. Of meetings, the one that is held more often."""
        actor = hand.actor
        if actor in self._meetings:
            return bool(hand.instead_of), 1e6 + self.cadences.period(actor)[2], 0, actor
        desk = self.desk(actor)
        return bool(hand.instead_of), desk.load, desk.order, actor

    def desk(self, actor: str) -> Desk:
        """The desk of an official or a body."""
        found = self.desks.get(actor)
        if found is None:
            state = self.state
            body = state.rules.vocabulary.bodies[actor]
            servers = _EXTERNAL_SERVERS if body.kind == "external" else state.scenario.staff_of(actor)
            found = self.desks[actor] = Desk(state, actor, servers, state.scenario.preemption)
        return found

    def desk_of(self, part: Part) -> Desk:
        """The desk of a part's hand."""
        found = part.desk = self.desk(part.hand.actor)
        return found
