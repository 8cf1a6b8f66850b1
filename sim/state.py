"""The state of one replication: its clock, its people, its papers and its counters, which every part of it shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from model.evaluation import Context
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from sim import messages as say
from sim.course import Course
from sim.errors import SimulationError
from sim.eventlog import Act, Change, EventLog, Mark
from sim.holidays import UnknownYearError
from sim.loop import Loop
from sim.oracle import Oracle, PaperClass, World
from sim.papers import Docket
from sim.population import Population, make_world
from sim.scenario import Scenario
from sim.streams import Stream, key
from sim.tally import Tally
from sim.workcalendar import DAY, WorkCalendar


class State:
    """What is so in one replication. All times are minutes of the calendar's axis."""

    course: Course
    """Set by whoever puts the parts together."""

    def __init__(
        self,
        rules: RuleSet,
        scenario: Scenario,
        days: int,
        seed: int,
        replication: int,
        log: EventLog | None,
        at: Situation | None,
        calendar: WorkCalendar | None,
    ) -> None:
        """`at` fixes the people, their states and delegations for good.

        Raises SimulationError where the calendar has no data for a year, or a flow cannot occur.
        """
        self.rules, self.scenario, self.days = rules, scenario, days
        self.seed, self.replication, self.log = seed, replication, log
        self.calendar = calendar or scenario.calendar(days)
        try:
            self.calendar.worked(0)
        except UnknownYearError as e:
            said, wanted = say.NO_CALENDAR(year=e.year), say.KNOWN_YEAR()
            raise SimulationError(say.sentence(said, wanted)) from None
        self.reached = self.calendar.quick_reached
        self.worked = self.calendar.quick_worked
        self.horizon = float(days * DAY)
        self.warm_time = float(min(scenario.warm_up_days, days) * DAY)
        self.warm_worked = self.calendar.worked(self.warm_time)
        self.measuring = self.warm_time == 0
        self.env = Loop()
        self.tally = Tally()
        self.dockets: list[Docket] = []
        self.inside: dict[str, int] = defaultdict(int, dict.fromkeys(scenario.tiers, 0))
        """Papers under way or stalled, by tier."""
        self.when_done: dict[int, list[Callable[[], None]]] = {}
        """What waits for a paper to be finished, by its number."""
        self.world = self._world(at)
        self.blank = PaperClass(-1, {}, frozenset(), {})
        self.oracle = Oracle(rules, self.world)
        self.population = Population(rules, scenario, self.world)
        self.clock_at, self.clock_now = -1.0, 0.0
        """The moment `clock` was last asked, and its answer."""

    def _world(self, at: Situation | None) -> World:
        if at is not None:
            return World(at.cast, dict(at.states), at.relations, at.delegations, at.readings)
        cast = make_cast(self.rules, self.scenario.holders)
        stream = Stream(key(self.seed, "authorisation", self.replication))
        given = frozenset(
            (p.id, o) for p in self.rules.authorisable for o in cast.ids if stream.next() < self.scenario.delegation
        )
        return make_world(self.rules, cast, self.scenario, given)

    def at(self, time: float, act: Callable[[Any], None]) -> None:
        """Have something done at a time."""
        self.env.call(time, act)

    def clock(self) -> float:
        """Working minutes until now."""
        now = self.env.time
        if self.clock_at != now:
            self.clock_at = now
            self.clock_now = self.worked(now)
        return self.clock_now

    def note(self, event: Act | Change | Mark) -> None:
        """Write an event down, if a log is kept."""
        if self.log is not None:
            self.log.events.append(event)

    def context(self, paper: PaperClass) -> Context:
        """The meaning of expressions for a paper at this moment."""
        return Context(self.rules, self.world.situation(paper))
