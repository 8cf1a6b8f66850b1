"""The office at work: one replication, from its rules, its scenario and its seed.

What happens to a paper follows from the rule set: its plan (`sim.plan`), who may act at that moment (`sim.oracle`),
the periods that must pass, that lapse or that remind, and the gates. What the rules do not say comes from the
scenario. A paper at a stage that nobody may do stalls until somebody may; every change of who is there is an
occasion to ask again. This module holds the parts together; each does its own job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from model.evaluation import Context
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from sim import messages as say
from sim.absences import Absences
from sim.arrivals import Arrivals
from sim.desks import Desk
from sim.errors import SimulationError
from sim.eventlog import Act, Change, EventLog, Mark
from sim.gates import Agenda
from sim.hands import Hands
from sim.holidays import UnknownYearError
from sim.loop import Loop
from sim.meetings import MINUTES_FLOW, Meetings
from sim.oracle import Oracle, PaperClass, World
from sim.papers import Docket
from sim.passage import Passage, share_of
from sim.people import People
from sim.periods import Periods
from sim.plan import Plan, Planner
from sim.population import Population, make_world
from sim.scenario import Scenario
from sim.stalls import Stalls
from sim.streams import Stream, key, uniform
from sim.tally import Tally
from sim.workcalendar import DAY, WorkCalendar

__all__ = ["MINUTES_FLOW", "Office"]

_OPTIONAL = 300_000
"""Where in the numbers of a paper those of steps that may be left out are, by stage."""


class Office:
    """One replication. All times are minutes of the calendar's axis."""

    def __init__(
        self,
        rules: RuleSet,
        scenario: Scenario,
        days: int,
        seed: int = 1,
        replication: int = 0,
        *,
        log: EventLog | None = None,
        at: Situation | None = None,
        calendar: WorkCalendar | None = None,
        like: Office | None = None,
    ) -> None:
        """`at` fixes the people, their states and delegations for good, instead of the scenario's absences.

        `like` is another replication of the same rules and scenario, whose remembered answers are used on.

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
        self._worked = self.calendar.quick_worked
        self.horizon = float(days * DAY)
        self.warm_time = float(min(scenario.warm_up_days, days) * DAY)
        self.warm_worked = self.calendar.worked(self.warm_time)
        self.measuring = self.warm_time == 0
        self.env = Loop()
        self.tally = Tally()
        self.dockets: list[Docket] = []
        self._clock_at, self._clock = -1.0, 0.0
        self.world = self._world(at)
        self.blank = PaperClass(-1, {}, frozenset(), {})
        self.oracle = Oracle(rules, self.world)
        self.population = Population(rules, scenario, self.world)
        self.planner = Planner(rules, scenario.act_order, scenario.consultation.acts)
        self._plans: dict[tuple[object, ...], Plan] = {}
        self._ranks = {tier: i for i, tier in enumerate(scenario.tiers)}
        if like is not None and like.rules is rules and like.scenario is scenario and at is None:
            self.oracle.share(like.oracle)
            self.population.share(like.population)
            self._plans = like._plans
        self.passage = Passage(self)
        ids = self.world.cast.ids
        self.desks: dict[str, Desk] = {o: Desk(self, o, 1, scenario.preemption, i) for i, o in enumerate(ids)}
        self._inside = dict.fromkeys(scenario.tiers, 0)
        self._when_done: dict[int, list[Callable[[], None]]] = {}
        self.backlog: list[tuple[float, dict[str, int]]] = []
        self.hands = Hands(self)
        self.stalls = Stalls(self)
        self.periods = Periods(self)
        self.meetings = Meetings(self)
        self.people = People(self)
        self.people.note()
        if at is None:
            Absences(self)

    def _world(self, at: Situation | None) -> World:
        if at is not None:
            return World(at.cast, dict(at.states), at.relations, at.delegations, at.readings)
        cast = make_cast(self.rules, self.scenario.holders)
        stream = Stream(key(self.seed, "authorisation", self.replication))
        given = frozenset(
            (p.id, o) for p in self.rules.authorisable for o in cast.ids if stream.next() < self.scenario.delegation
        )
        return make_world(self.rules, cast, self.scenario, given)

    # running

    def run(self) -> Office:
        """Run to the horizon."""
        for flow in self.scenario.flows:
            Arrivals(self, flow)
        if self.warm_time > 0:
            self.at(self.warm_time, self._warmed)
        for week in range(7, self.days + 1, 7):
            self.at(week * DAY, self._sample)
        self.env.run_to(self.horizon)
        self._sample(None)
        return self

    def at(self, time: float, act: Callable[[Any], None]) -> None:
        """Have something done at a time."""
        self.env.call(time, act)

    def clock(self) -> float:
        """Working minutes until now."""
        now = self.env.time
        if self._clock_at != now:
            self._clock_at = now
            self._clock = self._worked(now)
        return self._clock

    def note(self, event: Act | Change | Mark) -> None:
        """Write an event down, if a log is kept."""
        if self.log is not None:
            self.log.events.append(event)

    def _warmed(self, _: object) -> None:
        self.measuring = True

    def _sample(self, _: object) -> None:
        """Write down the backlog by tier: papers under way or stalled."""
        self.backlog.append((self.env.time, dict(self._inside)))

    # papers

    def admit(self, flow: str, tier: str, paper: PaperClass, stream: int) -> Docket | None:
        """A paper comes. None where no norm wants a hand of it."""
        plan = self._plan(paper, stream)
        tally = self.tally
        number = tally.arrived + tally.unasked
        if not plan.nodes:
            tally.leave_unasked(flow, measured=self.measuring)
            return None
        docket = Docket(number, flow, tier, self._ranks.get(tier, len(self._ranks)), paper, plan, stream)
        docket.watches = self.hands.watches(paper)
        docket.arrived = self.env.time
        tally.arrived += 1
        tally.under_way += 1
        self.dockets.append(docket)
        self._inside[tier] = self._inside.get(tier, 0) + 1
        if self.log is not None:
            self.log.papers[number] = (flow, tier, paper)
            self.note(Mark(self.env.time, number, "arrived"))
        for node in plan.first:
            self.passage.open(docket, node)
        return docket

    def finish(self, docket: Docket) -> None:
        """All stages of a paper are done."""
        docket.finished = self.env.time
        self._inside[docket.tier] -= 1
        self.tally.finished += 1
        self.tally.under_way -= 1
        if self.log is not None:
            self.note(Mark(self.env.time, docket.number, "finished"))
        if self._when_done:
            for act in self._when_done.pop(docket.number, ()):
                act()

    def when_done(self, docket: Docket, act: Callable[[], None]) -> None:
        """Have something done when a paper is finished."""
        self._when_done.setdefault(docket.number, []).append(act)

    def _plan(self, paper: PaperClass, stream: int) -> Plan:
        standing = self.hands.standing(paper)
        if standing.plan is not None:
            return standing.plan
        optional, slots = self.scenario.optional, self.oracle.slots
        left_open = [s for s, a in standing.stages if not a.wanted and share_of(optional, s.act) > 0]
        may = frozenset(s.id for s in left_open if uniform(stream, _OPTIONAL + slots[s.id]) < share_of(optional, s.act))
        shapes = tuple((s.id, a.wanted, a.powers) for s, a in standing.stages)
        of = paper.attributes_id if self.planner.by_attributes else paper
        known = (of, shapes, may, self.planner.limits(self.context(paper)))
        if known not in self._plans:
            self._plans[known] = self.planner.plan(self.context(paper), standing.stages, may)
        plan = self._plans[known]
        if not left_open and self.planner.by_attributes:
            standing.plan = plan
        return plan

    def context(self, paper: PaperClass) -> Context:
        """The meaning of expressions for a paper at this moment."""
        return Context(self.rules, self.world.situation(paper))

    # what others ask of the office

    @property
    def agendas(self) -> dict[str, Agenda]:
        """The agendas by body, of the meetings that papers have been put on."""
        return self.meetings.agendas

    def desk(self, actor: str) -> Desk:
        """The desk of an official or a body."""
        return self.hands.desk(actor)

    def still_stalled(self) -> Iterable[tuple[Docket, str, tuple[str, ...], float]]:
        """Papers stalled now: the paper, the stage, the norms to blame, and since what working time."""
        return self.stalls.now()

    def leave(self, official: str, state: str, delegations: frozenset[tuple[str, str]]) -> None:
        """An official goes; what lies on his desk goes to whoever may do it now."""
        self.people.leave(official, state, delegations)

    def come_back(self, official: str) -> None:
        """An official is there again."""
        self.people.come_back(official)
