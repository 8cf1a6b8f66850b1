"""Whose hands a stage goes into: the answer of the oracle for the moment, and a choice among able hands.

An answer depends on the officials that the oracle saw it look at, each of whom is present, or absent in one state
with the delegations he gave. So for each class of papers and stage a table by these signatures is kept: a look-up
a step, and the oracle is asked only where something is new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from model.competence import Hand
from model.ruleset import Stage
from sim.desks import Desk
from sim.oracle import Answer, PaperClass
from sim.tally import Spent

if TYPE_CHECKING:
    from sim.office import Office
    from sim.plan import Plan

_EXTERNAL_SERVERS = 1_000_000
_HANDLING, SEATS = 10_000, 8
"""Where in the numbers of a paper its handling times are: by stage and round (`PlanNode.place`), and seat."""
HERE = (0,)
Sampler = Callable[[float], float]


class Part:
    """One hand for one seat of a stage: at which desk, how long it takes, and on whose account it goes."""

    __slots__ = ("desk", "hand", "place", "sampler", "seat", "spent", "stage")

    def __init__(self, stage: str, seat: int, hand: Hand, sampler: Sampler) -> None:
        self.stage, self.seat, self.hand, self.sampler = stage, seat, hand, sampler
        self.desk: Desk | None = None
        """Set when work first comes to it."""
        self.place = _HANDLING + min(seat, SEATS - 1)
        self.spent: tuple[Spent, ...] = ()


@dataclass(slots=True, eq=False)
class Ready:
    """An answer, prepared. `parts` is the choice where no queue has a say in it, else None; `meeting` its meeting.

    `shape` is one number for all answers of a stage alike but for the hands, 0 where the stage is not in force.
    """

    stage: Stage
    answer: Answer
    parts: tuple[Part, ...] | None
    meeting: str | None
    actors: frozenset[str]
    shape: int


@dataclass(slots=True, eq=False)
class Standing:
    """The stages in force for a paper, with answers of which only the shape counts; `plan` where there is but one."""

    key: tuple[int, ...]
    stages: tuple[tuple[Stage, Answer], ...]
    plan: Plan | None = None


class Watch:
    """What is known of one question: the officials it depends on, and answers by their signatures."""

    __slots__ = ("always", "names", "signed", "table")

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.always: Ready | None = None
        """The answer where it depends on nobody."""
        self.signed: Callable[[Any], Any] = itemgetter(*sorted(names)) if names else lambda _: HERE
        self.table: dict[Any, Any] = {}


class Hands:
    """Finds and chooses hands for one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.signatures: dict[str, int] = dict.fromkeys(office.world.cast.ids, 0)
        """By official: 0 present, else a number for his state and the delegations he gave."""
        self._numbers: dict[tuple[str, frozenset[tuple[str, str]]], int] = {}
        self._watches: dict[PaperClass, dict[int, Watch]] = {}
        self._samplers: dict[tuple[str, str], Sampler] = {}
        self._prepared: dict[tuple[str, int], Ready] = {}
        self._shapes: dict[tuple[str, bool, tuple[str, ...]], int] = {}
        self._relevant: dict[PaperClass, tuple[tuple[int, Stage], ...]] = {}
        self._standings: dict[tuple[PaperClass, tuple[int, ...]], Standing] = {}
        self._rank = {o: i for i, o in enumerate(office.world.cast.ids)}
        self._meetings = frozenset(b.id for b in office.rules.vocabulary.bodies.values() if b.kind == "meeting")

    def sign(self, official: str) -> None:
        """Note who an official is to the rules now."""
        world = self.office.world
        state = world.states.get(official)
        if state is None:
            self.signatures[official] = 0
            return
        powers = self.office.rules.powers
        given = frozenset(d for d in world.delegations if d[1] == official and d[0] not in powers)
        self.signatures[official] = self._numbers.setdefault((state, given), len(self._numbers) + 1)

    # answers

    def ready(self, stage: Stage, slot: int, paper: PaperClass) -> Ready:
        """The answer for a stage and a paper at this moment, prepared."""
        watches = self.watches(paper)
        watch = watches.get(slot)
        if watch is not None:
            found = watch.table.get(watch.signed(self.signatures))
            if found is not None:
                return found
        answer, seen = self.office.oracle.look(stage, paper)
        if watch is None or not seen <= watch.names:
            # what was kept was right for what it looked at, but its signatures are of fewer officials
            watch = watches[slot] = Watch(seen if watch is None else seen | watch.names)
        found = watch.table[watch.signed(self.signatures)] = self._prepare(stage, answer)
        if not watch.names:
            watch.always = found
        return found

    def watches(self, paper: PaperClass) -> dict[int, Watch]:
        """What is remembered of a class of papers, by the slot of the stage."""
        found = self._watches.get(paper)
        if found is None:
            found = self._watches[paper] = {}
        return found

    def depends(self, slot: int, paper: PaperClass) -> frozenset[str]:
        """The officials whose coming or going can change the answer for a stage that was asked about."""
        return self.watches(paper)[slot].names

    def standing(self, paper: PaperClass) -> Standing:
        """Which stages the paper comes to at this moment."""
        stages = self._relevant.get(paper)
        if stages is None:
            slots = self.office.oracle.slots
            stages = self._relevant[paper] = tuple((slots[s.id], s) for s in self.office.oracle.relevant(paper))
        watches, signatures = self.watches(paper), self.signatures
        found: list[Ready] = []
        for slot, stage in stages:
            watch = watches.get(slot)
            ready = None
            if watch is not None:
                ready = watch.always or watch.table.get(watch.signed(signatures))
            if ready is None:
                ready = self.ready(stage, slot, paper)
            if ready.shape:
                found.append(ready)
        key = tuple([r.shape for r in found])
        return self._standings.get((paper, key)) or self._stand(paper, key, found)

    def _stand(self, paper: PaperClass, key: tuple[int, ...], found: list[Ready]) -> Standing:
        made = self._standings[(paper, key)] = Standing(key, tuple((r.stage, r.answer) for r in found))
        return made

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
            parts = tuple(self.part(stage, i, hand) for i, hand in chosen.values())
        meeting = None
        if parts is not None and answer.meetings:
            meeting = next((p.hand.actor for p in parts if p.hand.actor in answer.meetings), None)
        actors = frozenset(h.actor for option in answer.options for seat in option for h in seat)
        shape = 0
        if answer.wanted or answer.powers:
            shape = self._shapes.setdefault((stage.id, answer.wanted, answer.powers), len(self._shapes) + 1)
        found = self._prepared[(stage.id, id(answer))] = Ready(stage, answer, parts, meeting, actors, shape)
        return found

    # choosing

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
            return bool(hand.instead_of), 1e6 + self.office.meetings.period(actor)[2], 0, actor
        desk = self.desk(actor)
        return bool(hand.instead_of), len(desk.queue) + len(desk.serving), desk.order, actor

    # desks and times

    def part(self, stage: Stage, seat: int, hand: Hand) -> Part:
        """A hand with its handling time."""
        known = (stage.act, hand.actor)
        sampler = self._samplers.get(known)
        if sampler is None:
            distribution = self.office.scenario.handling_of(stage.act, self._names(hand.actor))
            sampler = self._samplers[known] = distribution.sampler()
        return Part(stage.id, seat, hand, sampler)

    def _names(self, actor: str) -> tuple[str, ...]:
        if actor in self._rank:
            official = self.office.world.cast[actor]
            return (official.id, official.office, *sorted(official.offices))
        return (actor,)

    def desk(self, actor: str) -> Desk:
        """The desk of an official or a body."""
        office = self.office
        found = office.desks.get(actor)
        if found is None:
            body = office.rules.vocabulary.bodies[actor]
            servers = _EXTERNAL_SERVERS if body.kind == "external" else office.scenario.staff_of(actor)
            found = office.desks[actor] = Desk(office, actor, servers, office.scenario.preemption)
        return found

    def desk_of(self, part: Part) -> Desk:
        """The desk of a part's hand."""
        found = part.desk = self.desk(part.hand.actor)
        return found

    def accounts(self, part: Part) -> tuple[Spent, ...]:
        """Where time spent on a part is counted: its stage and its norms."""
        part.spent = self.office.tally.accounts(part.stage, part.hand.norms)
        return part.spent
