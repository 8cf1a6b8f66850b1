"""The office at work: one replication, from its rules, its scenario and its seed.

What happens to a paper follows from the rule set: its plan (`sim.plan`), who may act at that moment (`sim.oracle`),
the periods that must pass, that lapse or that remind, and the gates. What the rules do not say comes from the
scenario. A paper at a stage that nobody may do stalls until somebody may; every change of who is there is an
occasion to ask again. This module puts the parts together; each does its own job, and imports only those below it.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.ruleset import RuleSet
from model.situation import Situation
from sim.absences import Absences
from sim.admission import Admission, Plans
from sim.answers import Answers
from sim.arrivals import send_papers
from sim.cadences import Cadences
from sim.desks import Desks
from sim.eventlog import EventLog
from sim.gates import Agenda
from sim.hands import Hands
from sim.meetings import MINUTES_FLOW, Meetings
from sim.oracle import PaperClass
from sim.papers import Desk, Docket
from sim.parts import Parts
from sim.passage import Passage
from sim.people import People
from sim.periods import Periods
from sim.quick import quick
from sim.scenario import Scenario
from sim.stalls import Stalls
from sim.state import State
from sim.workcalendar import DAY, WorkCalendar

__all__ = ["MINUTES_FLOW", "Office"]


class Office(State):
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
        super().__init__(rules, scenario, days, seed, replication, log, at, calendar)
        plans: Plans = {}
        if like is not None and like.rules is rules and like.scenario is scenario and at is None:
            self.oracle.share(like.oracle)
            self.population.share(like.population)
            plans = like._admission.plans
        passage = Passage(self)
        self.course = passage
        self._parts = Parts(self)
        answers = Answers(self, self._parts)
        cadences = Cadences(self)
        desks = Desks(self)
        hands = Hands(self, desks, cadences)
        self._stalls = Stalls(self, answers, hands)
        self._admission = Admission(self, answers, plans)
        self._meetings = Meetings(self, self._admission, answers, desks, self._stalls, cadences)
        periods = Periods(self, answers, self._stalls)
        self._admission.watch = periods.watch
        passage.join(self._parts, answers, desks, hands, self._stalls, periods, self._meetings)
        if log is None and not scenario.preemption:
            desks.done, self._admission.open = quick(self, desks, passage)
        self._people = People(self, answers, desks, self._stalls, passage)
        self.desks: dict[str, Desk] = desks.of_all
        self.backlog: list[tuple[float, dict[str, int]]] = []
        """Papers under way or stalled, by tier, week by week."""
        self.daily: list[int] = []
        """Papers under way at the end of each working day, to see when the office has settled (`sim.warmup`)."""
        self.by_day: list[tuple[int, dict[str, int]]] = []
        """Papers under way or stalled, by tier, at the end of each working day."""
        if at is None:
            Absences(self, self._people)

    def run(self) -> Office:
        """Run to the horizon."""
        for flow in self.scenario.flows:
            send_papers(self, self._admission, flow)
        if self.warm_time > 0:
            self.at(self.warm_time, self._warmed)
        for week in range(7, self.days + 1, 7):
            self.at(week * DAY, self._sample)
        self._day(-1)
        self.env.run_to(self.horizon)
        self._sample(None)
        self._parts.close()
        return self

    def _warmed(self, _: object) -> None:
        self.measuring = True

    def _sample(self, _: object) -> None:
        self.backlog.append((self.env.time, dict(self.inside)))

    def _day(self, last: int) -> None:
        """Count at the end of the next working day, and so on."""
        day = self.calendar.next_working_day(last + 1)

        def count(_: object) -> None:
            self.daily.append(self.tally.under_way)
            self.by_day.append((day, dict(self.inside)))
            self._day(day)

        self.at(self.calendar.closing(day), count)

    # what others ask of the office

    def admit(self, flow: str, tier: str, paper: PaperClass, stream: int) -> Docket | None:
        """A paper comes. None where no norm wants a hand of it."""
        return self._admission.admit(flow, tier, paper, stream)

    @property
    def agendas(self) -> dict[str, Agenda]:
        """The agendas by body, of the meetings that papers have been put on."""
        return self._meetings.agendas

    def still_stalled(self) -> Iterable[tuple[Docket, str, tuple[str, ...], float]]:
        """Papers stalled now: the paper, the stage, the norms to blame, and since what working time."""
        return self._stalls.now()

    def leave(self, official: str, state: str, delegations: frozenset[tuple[str, str]]) -> None:
        """An official goes; what lies on his desk goes to whoever may do it now."""
        self._people.leave(official, state, delegations)

    def come_back(self, official: str) -> None:
        """An official is there again."""
        self._people.come_back(official)
