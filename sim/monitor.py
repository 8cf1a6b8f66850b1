"""A monitor built from the rules alone: what the log says was done, was it allowed by them?

It replays who was there from the log, builds the situation of each event anew and asks `model` directly; nothing that
the simulator planned or remembered is used. Working time is that of the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from model import absence
from model.competence import Competence
from model.deadlines import START
from model.evaluation import Context
from model.norms import Bound, Power
from model.reachability import breaches as excluded
from model.ruleset import RuleSet, Stage
from model.situation import Paper, Situation
from model.vocabulary import Strength
from sim.eventlog import Act, Change, EventLog, Mark
from sim.oracle import World
from sim.workcalendar import WorkCalendar

_ROUNDING = 1e-6


@dataclass(frozen=True)
class Breach:
    """Something in the log that the rules do not admit, in that situation.

    `kind`: `competence` (an act by somebody who was not competent then), `order` (a step before one that comes
    before it), `floor` (a step before a floor had passed), `lapse` (consent deemed without a norm, or too early),
    `left_out` (a paper done without an act that was wanted when it came and still was), `stalled` (a stage called
    stuck that somebody could do), `exclusion` (an absence of choice that a strict exclusion forbids).
    """

    kind: str
    event: Act | Mark | Change
    situation: Situation

    @property
    def act(self) -> Act:
        """The act, of a breach that is about one."""
        assert isinstance(self.event, Act)
        return self.event


@dataclass
class _Course:
    """One paper so far: when it came, who was there then, and when each stage was last done."""

    arrived: float
    first: Situation
    done: dict[str, float] = field(default_factory=dict)


def breaches(rules: RuleSet, world: World, log: EventLog, calendar: WorkCalendar | None = None) -> Iterator[Breach]:
    """Everything in the log that the rules do not admit; floors and lapses only with a calendar.

    `world` gives people, pairs and readings, which do not change; states and delegations are those of the log.
    """
    yield from _Monitor(rules, world, log, calendar).run()


class _Monitor:
    def __init__(self, rules: RuleSet, world: World, log: EventLog, calendar: WorkCalendar | None) -> None:
        self.rules, self.world, self.log, self.calendar = rules, world, log, calendar
        self.stages = {s.id: s for s in rules.stages}
        self.stage_of = {p.id: s.id for s in rules.stages for p in s.powers}
        self.states: dict[str, str] = {}
        self.delegations: frozenset[tuple[str, str]] = frozenset()
        self.papers: dict[int, _Course] = {}
        self.happens: dict[int, set[str]] = {}
        for event in log.events:
            if isinstance(event, Act):
                self.happens.setdefault(event.paper, set()).add(event.stage)
        self._wanted: dict[object, frozenset[str]] = {}

    def run(self) -> Iterator[Breach]:
        for event in self.log.events:
            if isinstance(event, Change):
                yield from self._change(event)
            elif isinstance(event, Mark):
                yield from self._mark(event)
            else:
                yield from self._lapse(event) if event.by_lapse else self._act(event)
                self.papers[event.paper].done[event.stage] = event.end

    def situation(self, paper: int) -> Situation:
        """The situation of a paper at this moment."""
        of = self.log.papers[paper][2]
        kept, w = Paper(of.attributes, of.touches, of.roles), self.world
        return Situation(w.cast, kept, self.states, w.relations, self.delegations, w.readings)

    # events

    def _change(self, event: Change) -> Iterator[Breach]:
        before = self.states
        self.states = {o: s for o, s in event.states if s != absence.PRESENT}
        self.delegations = event.delegations
        gone = {o for o, s in self.states.items() if before.get(o) != s and absence.STATES[s].chosen}
        if gone and self.rules.absence_exclusions:
            w = self.world
            at = Situation(w.cast, Paper(), self.states, w.relations, self.delegations, w.readings)
            for norm, one, two in excluded(Context(self.rules, at)):
                if norm.strength is Strength.STRICT and gone & {one, two}:
                    yield Breach("exclusion", event, at)

    def _mark(self, event: Mark) -> Iterator[Breach]:
        at = self.situation(event.paper)
        if event.what == "arrived":
            self.papers[event.paper] = _Course(event.time, at)
        elif event.what == "stalled":
            competence = Competence(self.rules, at)
            stage = self.stages[event.stage]
            if competence.hands(stage) or not competence.wanted(stage):
                yield Breach("stalled", event, at)
        elif event.what == "passed":
            if event.stage in self.wanted(at):
                yield Breach("left_out", event, at)
            self.papers[event.paper].done.setdefault(event.stage, event.time)
        elif event.what == "finished":
            course = self.papers[event.paper]
            due = self.wanted(course.first) & self.wanted(at)
            if due - set(course.done):
                yield Breach("left_out", event, at)
            for stage in course.done:
                for bound, start in self._bounds(self.stages[stage], at, course, ceiling=False):
                    if not self._passed(bound, start, event.time):
                        yield Breach("floor", event, at)

    def wanted(self, at: Situation) -> frozenset[str]:
        """The stages that are wanted of a paper."""
        known = (id(at.paper.attributes), at.paper.touches, tuple(at.paper.roles.items()), tuple(at.states.items()),
                 at.delegations)  # fmt: skip
        if known not in self._wanted:
            competence = Competence(self.rules, at)
            self._wanted[known] = frozenset(s.id for s in self.rules.stages if competence.wanted(s))
        return self._wanted[known]

    def _act(self, event: Act) -> Iterator[Breach]:
        at = self.situation(event.paper)
        competence = Competence(self.rules, at)
        stage, course = self.stages[event.stage], self.papers[event.paper]
        if not self._competent(competence, stage, event.actor):
            yield Breach("competence", event, at)
        for power in competence.powers_in_force(stage):
            for earlier in self._before(power, event.paper):
                if earlier not in course.done or course.done[earlier] > event.end:
                    yield Breach("order", event, at)
                    continue
                for bound, start in self._bounds(self.stages[earlier], at, course, ceiling=False):
                    if not self._passed(bound, start, event.end):
                        yield Breach("floor", event, at)

    def _lapse(self, event: Act) -> Iterator[Breach]:
        """Consent may be deemed where a norm in force says so, and its period is over."""
        at, course = self.situation(event.paper), self.papers[event.paper]
        if self.calendar is None:
            return
        for bound, start in self._bounds(self.stages[event.stage], at, course, ceiling=True):
            assert bound.amount is not None
            due = self.calendar.due(start, bound.amount, bound.unit)
            if bound.expiry == "deemed_consent" and event.end >= due - _ROUNDING:
                return
        yield Breach("lapse", event, at)

    # what the rules say

    def _competent(self, competence: Competence, stage: Stage, actor: str) -> bool:
        """Of a joint act each seat is asked by itself, for others may have acted before and gone since."""
        if any(h.actor == actor for h in competence.hands(stage)):
            return True
        joint = (p for p in competence.powers_in_force(stage) if p.joint)
        return any(actor in competence.fill(s, p) for p in joint for s in competence.seats(p))

    def _before(self, power: Power, paper: int) -> set[str]:
        """The stages that a step of a route comes after: the nearest of those that this paper comes to at all."""
        route = self.rules.routes.get(power.route)
        if route is None:
            return set()
        steps = {s.id: s for s in route.steps}
        found, seen = set[str](), set[str]()
        stack = [n for s in route.steps if s.power.id == power.id for n in s.after]
        while stack:
            step = steps[stack.pop()]
            stage = self.stage_of[step.power.id]
            if stage in self.happens[paper]:
                found.add(stage)
            elif step.id not in seen:
                seen.add(step.id)
                stack.extend(step.after)
        return found - {self.stage_of[power.id]}

    def _bounds(self, stage: Stage, at: Situation, course: _Course, ceiling: bool) -> Iterator[tuple[Bound, float]]:
        """The bounds in force that end at a stage and whose start has happened, with its time."""
        if self.calendar is None:
            return
        context = Context(self.rules, at)
        for bound in self.rules.bounds:
            if bound.ceiling != ceiling or bound.amount is None or not context.in_force(bound):
                continue
            for name in bound.routes:
                steps = {s.id: self.stage_of[s.power.id] for s in self.rules.routes[name].steps}
                if steps.get(bound.end) == stage.id:
                    start = course.arrived if bound.start == START else course.done.get(steps.get(bound.start, ""))
                    if start is not None:
                        yield bound, start

    def _passed(self, bound: Bound, start: float, time: float) -> bool:
        assert self.calendar is not None and bound.amount is not None
        return time >= self.calendar.earliest(start, bound.amount, bound.unit) - _ROUNDING
