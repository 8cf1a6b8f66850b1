"""A choice among able hands."""

from __future__ import annotations

from model.competence import Hand
from sim.cadences import Cadences
from sim.desks import Desks
from sim.oracle import Answer
from sim.state import State

_LAST = 1000
"""Weighs more than any number of stand-ins."""


class Hands:
    """Chooses hands for one office."""

    def __init__(self, state: State, desks: Desks, cadences: Cadences) -> None:
        self.desks, self.cadences = desks, cadences
        self._meetings = frozenset(b.id for b in state.rules.vocabulary.bodies.values() if b.kind == "meeting")

    def choose(
        self, answer: Answer, acted: frozenset[int] | None, others: frozenset[str] = frozenset()
    ) -> tuple[tuple[int, Hand], ...] | None:  # fmt: skip
        """One hand for each seat that has not `acted`, with its number.

        Who did a stage that the rules keep from the same hand (`others`) comes last. Who acts in his own right comes
        first, then the shortest queue, then rank. Of several powers, the first in the order of the rules that needs
        no stand-in, else the first.
        """
        if acted:
            left = answer.remaining(acted)
            return None if left is None else tuple((i, self._pick(seat, others)) for i, seat in left)
        best: tuple[tuple[int, Hand], ...] | None = None
        best_stead = 0
        for option in answer.options:
            hands: dict[str, tuple[int, Hand]] = {}
            for i, seat in enumerate(option):
                hand = self._pick(seat, others)
                hands.setdefault(hand.actor, (i, hand))
            stead = sum(bool(h.instead_of) + _LAST * (a in others) for a, (_, h) in hands.items())
            if best is None or stead < best_stead:
                best, best_stead = tuple(hands.values()), stead
                if not stead:
                    break
        return best

    def _pick(self, seat: tuple[Hand, ...], others: frozenset[str]) -> Hand:
        if len(seat) == 1:
            return seat[0]
        if others:
            return min(seat, key=lambda h: (h.actor in others, self._preference(h)))
        return min(seat, key=self._preference)

    def _preference(self, hand: Hand) -> tuple[bool, float, int, str]:
        """Smaller is better. Of meetings, the one that is held more often."""
        actor = hand.actor
        if actor in self._meetings:
            return bool(hand.instead_of), 1e6 + self.cadences.period(actor)[2], 0, actor
        desk = self.desks.of(actor)
        return bool(hand.instead_of), desk.load, desk.order, actor
