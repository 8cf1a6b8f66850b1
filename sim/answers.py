"""Who may act now, remembered by who is there: the oracle is asked only where something is new.

An answer depends on the officials that the oracle saw it look at, each of whom is present, or absent in one state
with the delegations he gave. So for each class of papers and stage a table by these signatures is kept, and the last
answer with the version of the world it was given for: while nobody comes or goes, a question is one comparison.
"""

from __future__ import annotations

from model.competence import Hand
from model.ruleset import Stage
from sim.oracle import Answer, PaperClass
from sim.papers import UNASKED, Docket, Known, Ready, Standing, Watch
from sim.parts import Parts
from sim.state import State


class Answers:
    """The answers of one office."""

    def __init__(self, state: State, parts: Parts) -> None:
        self.state, self.parts = state, parts
        self.world, self.oracle = state.world, state.oracle
        self.known: dict[PaperClass, Known] = {}
        """What `of` has found so far."""
        self._signatures: dict[str, int] = dict.fromkeys(state.world.cast.ids, 0)
        """By official: 0 present, else a number for his state and the delegations he gave."""
        self._numbers: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}
        self._prepared: dict[tuple[str, int], Ready] = {}
        self._shapes: dict[tuple[str, bool, tuple[str, ...]], int] = {}
        for official in state.world.states:
            self.sign(official)

    def sign(self, official: str) -> None:
        """Note who an official is to the rules now."""
        world, powers = self.world, self.state.rules.powers
        state = world.states.get(official)
        if state is None:
            self._signatures[official] = 0
            return
        given = frozenset(d for d in world.delegations if d[1] == official and d[0] not in powers)
        self._signatures[official] = self._numbers.setdefault((state, given), len(self._numbers) + 1)

    def of(self, paper: PaperClass) -> Known:
        """What is known of a class of papers."""
        found = self.known.get(paper)
        if found is None:
            slots = self.oracle.slots
            stages = tuple((slots[s.id], s) for s in self.oracle.relevant(paper))
            found = self.known[paper] = Known(stages, len(slots))
        return found

    def ready(self, stage: Stage, slot: int, docket: Docket) -> Ready:
        """The answer for a stage and a paper at this moment, prepared."""
        watch = docket.watches[slot]
        if watch.version == self.world.version and watch.current is not None:
            return watch.current
        return self._ask(stage, slot, docket.paper, docket.watches)

    def _ask(self, stage: Stage, slot: int, paper: PaperClass, watches: list[Watch]) -> Ready:
        watch = watches[slot]
        version = self.world.version
        if watch.version == version and watch.current is not None:
            return watch.current
        found = watch.table.get(watch.signed(self._signatures))
        if found is None:
            answer, seen = self.oracle.look(stage, paper)
            if watch is UNASKED or not seen <= watch.names:
                # what was kept was right for what it looked at, but its signatures are of fewer officials
                watch = watches[slot] = Watch(seen | watch.names)
            found = watch.table[watch.signed(self._signatures)] = self._prepare(stage, answer)
        watch.set(version, found)
        return found

    def standing(self, paper: PaperClass, known: Known) -> Standing:
        """Which stages the paper comes to at this moment, from what is `known` of its class."""
        version = self.world.version
        if known.version == version and known.standing is not None:
            return known.standing
        found: list[Ready] = []
        for slot, stage in known.stages:
            ready = self._ask(stage, slot, paper, known.watches)
            if ready.shape:
                found.append(ready)
        shapes = tuple([r.shape for r in found])
        standing = known.standings.get(shapes)
        if standing is None:
            standing = known.standings[shapes] = Standing(tuple((r.stage, r.answer) for r in found))
        known.version, known.standing = version, standing
        return standing

    def _prepare(self, stage: Stage, answer: Answer) -> Ready:
        known = self._prepared.get((stage.id, id(answer)))
        if known is not None:
            return known
        parts = None
        # the first way to do it needs no stand-in and leaves no choice
        first = answer.options[0] if answer.options else ()
        if first and all(len(seat) == 1 and not seat[0].instead_of for seat in first):
            chosen: dict[str, tuple[int, Hand]] = {}
            for i, seat in enumerate(first):
                chosen.setdefault(seat[0].actor, (i, seat[0]))
            parts = tuple(self.parts.of(stage, i, hand) for i, hand in chosen.values())
        meeting = None
        if parts is not None and answer.meetings:
            meeting = next((p.hand.actor for p in parts if p.hand.actor in answer.meetings), None)
        part = parts[0] if parts is not None and len(parts) == 1 and meeting is None else None
        actors = frozenset(h.actor for option in answer.options for seat in option for h in seat)
        shape = 0
        if answer.wanted or answer.powers:
            shape = self._shapes.setdefault((stage.id, answer.wanted, answer.powers), len(self._shapes) + 1)
        found = Ready(stage, answer, parts, part, meeting, actors, shape)
        self._prepared[(stage.id, id(answer))] = found
        return found
