"""Who may act now, remembered by who is there: the oracle is asked only where something is new.

An answer depends on the officials that the oracle saw it look at, each of whom is present, or absent in one state
with the delegations he gave. So for each class of papers and stage a table by these signatures is kept, and the last
answer with the version of the world it was given for: while nobody comes or goes, a question is one comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from model.competence import Hand
from model.ruleset import Stage
from sim.oracle import Answer, PaperClass
from sim.papers import Part
from sim.parts import Parts
from sim.plan import Plan
from sim.state import State

_HERE = (0,)
_NEVER = -1
"""A version that the world never has."""


@dataclass(slots=True, eq=False)
class Ready:
    """An answer, prepared. `parts` is the choice where no queue has a say in it, else None; `meeting` its meeting.

    `part` is the only one of `parts`, where it is but one and no meeting. `actors` are all able hands. `shape` is one
    number for all answers of a stage alike but for the hands, 0 where the stage is not in force.
    """

    stage: Stage
    answer: Answer
    parts: tuple[Part, ...] | None
    part: Part | None
    meeting: str | None
    actors: frozenset[str]
    shape: int


@dataclass(slots=True, eq=False)
class Standing:
    """The stages in force for a paper, with answers of which only the shape counts; `plan` where there is but one."""

    stages: tuple[tuple[Stage, Answer], ...]
    plan: Plan | None = None


class Watch:
    """What is known of one question: the officials it depends on, and answers by their signatures.

    `current` is the answer at `version` of the world.
    """

    __slots__ = ("current", "names", "signed", "table", "version")

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.signed: Callable[[Any], Any] = itemgetter(*sorted(names)) if names else lambda _: _HERE
        self.table: dict[Any, Ready] = {}
        self.version = _NEVER
        self.current: Ready | None = None


@dataclass(slots=True, eq=False)
class Known:
    """What is known of a class of papers: its questions by the slot of the stage, and which stages it comes to."""

    stages: tuple[tuple[int, Stage], ...]
    watches: dict[int, Watch] = field(default_factory=dict)
    standings: dict[tuple[int, ...], Standing] = field(default_factory=dict)
    version: int = _NEVER
    standing: Standing | None = None


class Answers:
    """The answers of one office."""

    def __init__(self, state: State, parts: Parts) -> None:
        self.state, self.parts = state, parts
        self.world, self.oracle = state.world, state.oracle
        self.known: dict[PaperClass, Known] = {}
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
            found = self.known[paper] = Known(tuple((slots[s.id], s) for s in self.oracle.relevant(paper)))
        return found

    def ready(self, stage: Stage, slot: int, paper: PaperClass) -> Ready:
        """The answer for a stage and a paper at this moment, prepared."""
        watches = self.of(paper).watches
        watch = watches.get(slot)
        version = self.world.version
        if watch is not None:
            if watch.version == version and watch.current is not None:
                return watch.current
            found = watch.table.get(watch.signed(self._signatures))
            if found is not None:
                watch.version, watch.current = version, found
                return found
        answer, seen = self.oracle.look(stage, paper)
        if watch is None or not seen <= watch.names:
            # what was kept was right for what it looked at, but its signatures are of fewer officials
            watch = watches[slot] = Watch(seen if watch is None else seen | watch.names)
        found = watch.table[watch.signed(self._signatures)] = self._prepare(stage, answer)
        watch.version, watch.current = version, found
        return found

    def depends(self, slot: int, paper: PaperClass) -> frozenset[str]:
        """The officials whose coming or going can change the answer for a stage that was asked about."""
        return self.of(paper).watches[slot].names

    def standing(self, paper: PaperClass) -> Standing:
        """Which stages the paper comes to at this moment."""
        known = self.of(paper)
        version = self.world.version
        if known.version == version and known.standing is not None:
            return known.standing
        found: list[Ready] = []
        for slot, stage in known.stages:
            ready = self.ready(stage, slot, paper)
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
