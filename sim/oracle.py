"""Who may act now: asked of `model.competence`, and remembered so that asking again is cheap.

While the reference semantics answers for a stage, everything it looks at is written down in order: an attribute of the
paper, the state of an official, a delegation, the portfolios touched, a role. What it looks at next depends only on
what it saw before, so these records are the branches of a tree, and the same branch has the same answer. Nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from model import absence
from model.competence import Competence, Hand, Obstacle
from model.norms import Power
from model.ruleset import RuleSet, Stage
from model.situation import Cast, Paper, Situation

STATE, DELEGATION, TOUCHES, ROLE, ATTRIBUTE = range(5)
Read = tuple[int, Any]


@dataclass(frozen=True, eq=False)
class PaperClass:
    """Papers that no norm can tell apart. `attributes_id` is shared by classes with the same attributes."""

    attributes_id: int
    attributes: Mapping[str, str]
    touches: frozenset[str]
    roles: Mapping[str, str]


@dataclass
class World:
    """What the office is like at this moment. `version` grows with every change of it."""

    cast: Cast
    states: dict[str, str]
    relations: Mapping[str, Mapping[str, str]]
    delegations: frozenset[tuple[str, str]]
    readings: Mapping[str, str]
    version: int = 0

    def situation(self, paper: PaperClass) -> Situation:
        """The situation of the reference semantics for a paper at this moment."""
        kept = Paper(paper.attributes, paper.touches, paper.roles)
        absent = {o: s for o, s in self.states.items() if s != absence.PRESENT}
        return Situation(self.cast, kept, absent, self.relations, self.delegations, self.readings)


@dataclass(frozen=True)
class Answer:
    """What the semantics says of a stage.

    `options` are the ways to do the act, each a tuple of seats, each a tuple of hands of which one suffices; empty
    where nobody may. `meetings` are the meetings among the seats, which may become able later. `powers` are the
    ids of the powers in force. `obstacles` say what is missing where the stage is wanted and there is no option.
    `joint` has, for each joint power in force, the hands of every seat, some perhaps empty: once one seat has
    acted, only the others are wanted. `reasons` are the norms that a stall is put down to: the powers without able
    hands and the stand-ins that fall short, or, where no power is in force, the duties that name nobody.
    """

    wanted: bool
    options: tuple[tuple[tuple[Hand, ...], ...], ...]
    meetings: tuple[str, ...]
    powers: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    joint: tuple[tuple[tuple[Hand, ...], ...], ...] = ()
    reasons: tuple[str, ...] = ()

    def remaining(self, seats: frozenset[int]) -> tuple[tuple[int, tuple[Hand, ...]], ...] | None:
        """The seats that have not acted, with their hands, where those in `seats` have; None where one is empty."""
        for power in self.joint:
            left = tuple((i, hands) for i, hands in enumerate(power) if i not in seats)
            if all(hands for _, hands in left):
                return left
        return None

    def admits(self, actor: str) -> bool:
        """Whether the actor is among the hands of some option."""
        return any(hand.actor == actor for option in self.options for seat in option for hand in seat)


class _Recorder:
    def __init__(self) -> None:
        self.reads: dict[Read, Any] = {}


class _States(dict[str, str]):
    """States of officials that write down which were looked at."""

    def __init__(self, states: Mapping[str, str], recorder: _Recorder) -> None:
        super().__init__(states)
        self.recorder = recorder

    def get(self, key: str, default: Any = None) -> Any:
        value = dict.get(self, key, absence.PRESENT)
        self.recorder.reads[(STATE, key)] = value
        return value


class _Roles(dict[str, str]):
    def __init__(self, roles: Mapping[str, str], recorder: _Recorder) -> None:
        super().__init__(roles)
        self.recorder = recorder

    def get(self, key: str, default: Any = None) -> Any:
        value = dict.get(self, key, default)
        self.recorder.reads[(ROLE, key)] = value
        return value


class _Attributes(dict[str, str]):
    def __init__(self, attributes: Mapping[str, str], recorder: _Recorder) -> None:
        super().__init__(attributes)
        self.recorder = recorder

    def get(self, key: str, default: Any = None) -> Any:
        value = dict.get(self, key, default)
        self.recorder.reads[(ATTRIBUTE, key)] = value
        return value


class _Touches(frozenset[str]):
    """Portfolios that write down which were looked at. Python asks the right operand of `&` first here."""

    recorder: _Recorder

    def __rand__(self, other: Any) -> Any:
        found = frozenset(other).intersection(self)
        self.recorder.reads[(TOUCHES, frozenset(other))] = found
        return found

    def __and__(self, other: Any) -> Any:
        return self.__rand__(other)


class _Delegations(frozenset[tuple[str, str]]):
    recorder: _Recorder

    def __contains__(self, pair: object) -> bool:
        found = frozenset.__contains__(self, pair)
        self.recorder.reads[(DELEGATION, pair)] = found
        return found


class _Fork:
    """What is looked at next, and where each value leads: to another fork or to the answer."""

    __slots__ = ("kind", "name", "to")

    def __init__(self, read: Read) -> None:
        self.kind, self.name = read
        self.to: dict[Any, _Fork | Answer] = {}


class Oracle:
    """Asks the reference semantics about the world as it is now."""

    def __init__(self, rules: RuleSet, world: World) -> None:
        self.rules, self.world = rules, world
        self._rank = {o: i for i, o in enumerate(world.cast.ids)}
        self.slots = {s.id: i for i, s in enumerate(rules.stages)}
        self._trees: dict[str, _Fork | Answer] = {}
        self._relevant: dict[int, tuple[Stage, ...]] = {}
        self.evaluations = 0

    def share(self, other: Oracle) -> None:
        """Use the answers another oracle remembers, of the same rules, people, pairs and readings."""
        self._trees, self._relevant = other._trees, other._relevant

    def ask(self, stage: Stage, paper: PaperClass) -> Answer:
        """Who may do the stage's act on the paper now."""
        return self.look(stage, paper)[0]

    def look(self, stage: Stage, paper: PaperClass) -> tuple[Answer, frozenset[str]]:
        """`ask`, and the officials whose coming or going can change the answer."""
        answer, reads = self._look(stage, paper)
        return answer, frozenset(
            name if kind == STATE else name[1] for kind, name in reads if kind in (STATE, DELEGATION)
        )

    def relevant(self, paper: PaperClass) -> tuple[Stage, ...]:
        """The stages that papers with these attributes may come to, in order of the rules (a superset)."""
        found = self._relevant.get(paper.attributes_id)
        if found is None:
            kept: list[Stage] = []
            for stage in self.rules.stages:
                answer, reads = self._look(stage, paper)
                if answer.wanted or answer.powers or any(kind != ATTRIBUTE for kind, _ in reads):
                    kept.append(stage)
            found = self._relevant[paper.attributes_id] = tuple(kept)
        return found

    def in_force(self, paper: PaperClass) -> tuple[tuple[Stage, Answer], ...]:
        """Every stage with a power in force or a demand for it, with its answer, in order of the rules."""
        found = ((stage, self.ask(stage, paper)) for stage in self.relevant(paper))
        return tuple((stage, answer) for stage, answer in found if answer.wanted or answer.powers)

    def _look(self, stage: Stage, paper: PaperClass) -> tuple[Answer, list[Read]]:
        reads: list[Read] = []
        place: _Fork | Answer | None = self._trees.get(stage.id)
        while isinstance(place, _Fork):
            reads.append((place.kind, place.name))
            place = place.to.get(self._value(place.kind, place.name, paper))
        if place is not None:
            return place, reads
        recorder = _Recorder()
        answer = self._evaluate(stage, paper, recorder)
        self._remember(stage, recorder.reads, answer)
        return answer, list(recorder.reads)

    def _remember(self, stage: Stage, reads: Mapping[Read, Any], answer: Answer) -> None:
        """Grow the branch of what was read, down to the answer."""
        table: dict[Any, Any] = self._trees
        value: Any = stage.id
        for read, following in reads.items():
            fork = table.get(value)
            if fork is None:
                fork = table[value] = _Fork(read)
            table, value = fork.to, following
        table[value] = answer

    def _value(self, kind: int, name: Any, paper: PaperClass) -> Any:
        if kind == ATTRIBUTE:
            return paper.attributes.get(name)
        if kind == STATE:
            return self.world.states.get(name, absence.PRESENT)
        if kind == TOUCHES:
            return name.intersection(paper.touches)
        if kind == ROLE:
            return paper.roles.get(name)
        return name in self.world.delegations

    def _evaluate(self, stage: Stage, paper: PaperClass, recorder: _Recorder) -> Answer:
        self.evaluations += 1
        touches = _Touches(paper.touches)
        delegations = _Delegations(self.world.delegations)
        touches.recorder = delegations.recorder = recorder
        kept = Paper(_Attributes(paper.attributes, recorder), touches, _Roles(paper.roles, recorder))
        states = _States(self.world.states, recorder)
        world = self.world
        situation = Situation(world.cast, kept, states, world.relations, delegations, world.readings)
        return answer_of(self.rules, situation, stage, self._rank)


def answer_of(rules: RuleSet, situation: Situation, stage: Stage, rank: Mapping[str, int] | None = None) -> Answer:
    """The answer for a stage in a situation, from the reference semantics alone; nothing is remembered."""
    order = rank if rank is not None else {o: i for i, o in enumerate(situation.cast.ids)}
    competence = Competence(rules, situation)
    powers = competence.powers_in_force(stage)
    bodies = rules.vocabulary.bodies
    options: list[tuple[tuple[Hand, ...], ...]] = []
    meetings: dict[str, None] = {}
    for power in powers:
        seats = _ranked(competence, power, order)
        meetings.update(dict.fromkeys(s for s in seats if s in bodies and bodies[s].kind == "meeting"))
        if competence.able(power):
            fills = [tuple(competence.fill(seat, power).values()) for seat in seats]
            options.append(tuple(fills) if power.joint else (tuple(chain.from_iterable(fills)),))
    joint = tuple(
        tuple(tuple(competence.fill(seat, p).values()) for seat in _ranked(competence, p, order))
        for p in powers
        if p.joint
    )
    wanted = competence.wanted(stage)
    obstacles = competence.obstacles(stage) if wanted and not options else ()
    reasons = _reasons(rules, competence, stage, obstacles)
    return Answer(wanted, tuple(options), tuple(meetings), tuple(p.id for p in powers), obstacles, joint, reasons)


def lacking(rules: RuleSet, cast: Cast, obstacles: Iterable[Obstacle]) -> frozenset[tuple[str, str]]:
    """What keeps a stage from being done, told apart: where, and what is missing there (`Obstacle.reason`).

    Where is the place in the text of the stand-in clause that comes nearest; without any, whom the power names.
    """
    return frozenset((_where(rules, cast, o), o.reason) for o in obstacles if o.reason != "reading")


def _where(rules: RuleSet, cast: Cast, obstacle: Obstacle) -> str:
    if obstacle.stand_in:
        cited = rules.lookup(obstacle.stand_in).citation
        return f"{cited.instrument}:{cited.article}.{cited.paragraph}"
    power = rules.powers.get(obstacle.power)
    if obstacle.principal:
        return f"{power.by}" if power else cast[obstacle.principal].office
    return obstacle.power


def _reasons(
    rules: RuleSet, competence: Competence, stage: Stage, obstacles: tuple[Obstacle, ...]
) -> tuple[str, ...]:  # fmt: skip
    """The norms to name for a stall. A stand-in that only another reading brings into force is not among them."""
    named = [n for o in obstacles if o.reason != "reading" for n in (o.power, o.stand_in) if n]
    if obstacles and not named:
        named = [d.id for d in rules.requirements.get(stage.act, ()) if competence.at.in_force(d)]
    return tuple(dict.fromkeys(named))


def _ranked(competence: Competence, power: Power, order: Mapping[str, int]) -> list[str]:
    return sorted(competence.seats(power), key=lambda a: (order.get(a, len(order)), a))
