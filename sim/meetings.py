"""Meetings of one state: agendas, sittings, decisions, and minutes that go out afterwards."""

from __future__ import annotations

from model.competence import Hand
from model.norms import Composition
from model.ruleset import BODY, KIND
from sim.admission import Admission
from sim.answers import Answers
from sim.cadences import Cadences
from sim.desks import Desks
from sim.eventlog import Act, Mark
from sim.gates import Agenda, cut_off, opening_times
from sim.oracle import Answer
from sim.papers import SITTING, Docket, Job, Part
from sim.plan import PlanNode
from sim.scenario import MeetingPlan
from sim.stalls import Stalls
from sim.state import State
from sim.streams import key
from sim.workcalendar import DAY

MINUTES = "minutes"
MINUTES_FLOW = "minutes_of_meetings"


class Meetings:
    """The agendas of one state, by body."""

    def __init__(
        self, state: State, admission: Admission, answers: Answers, desks: Desks, stalls: Stalls, cadences: Cadences
    ) -> None:  # fmt: skip
        self.state, self.admission, self.answers = state, admission, answers
        self.desks, self.stalls, self.cadences = desks, stalls, cadences
        self.agendas: dict[str, Agenda] = {}

    # agendas

    def table(self, docket: Docket, node: PlanNode, body: str) -> None:
        """Put a paper on the agenda of a meeting."""
        agenda = self.agendas.get(body)
        if agenda is None:
            agenda = self._convene(body)
        state = self.state
        agenda.add(docket, node.number, state.env.time)
        if state.log is not None:
            state.note(Mark(state.env.time, docket.number, "agenda", node.stage.id))

    def drop(self, docket: Docket, number: int) -> None:
        """Take a stage of a paper off every agenda."""
        for agenda in self.agendas.values():
            agenda.drop(docket, number)

    def move_up(self, docket: Docket) -> None:
        """A paper has become more urgent."""
        for agenda in self.agendas.values():
            agenda.move_up(docket)

    def waits(self, docket: Docket, number: int) -> bool:
        """Whether a stage of a paper is on some agenda."""
        return any(a.has(docket, number) for a in self.agendas.values())

    def _convene(self, body: str) -> Agenda:
        """The body's agenda, with its meetings from now on."""
        state = self.state
        calendar = state.calendar
        given = state.scenario.meeting_of(body)
        plan = given or MeetingPlan(body, 1, "working_day", 0, calendar.sessions[0][0], 0, 1_000_000)
        every, unit, _ = self.cadences.period(body)
        agenda = Agenda(body, plan.capacity, plan.lead_days, plan.minutes, plan.wait_for_minutes)
        self.agendas[body] = agenda
        for opening in opening_times(calendar, every, unit, plan.weekday, plan.minute):
            if opening >= state.env.time:
                state.at(opening, lambda _: self._meet(agenda))
        return agenda

    # sittings

    def _meet(self, agenda: Agenda) -> None:
        state = self.state
        now = state.env.time
        items = agenda.take(cut_off(state.calendar, now, agenda.lead_days))
        if not items:
            agenda.empty += 1
            return
        decided: list[tuple[Docket, PlanNode, Answer]] = []
        for entry in items:
            docket, number = entry[3], entry[4]
            node = docket.plan.nodes[number]
            answer = self.answers.ready(node.stage, node.slot, docket).answer
            if answer.admits(agenda.body):
                if docket.waits(number):
                    self.stalls.resume(docket, number)
                decided.append((docket, node, answer))
                continue
            if answer.options:  # others may do it instead, now that things have changed
                if docket.waits(number):
                    self.stalls.resume(docket, number)
                state.course.take_up(docket, node)
            elif answer.wanted:
                agenda.put_back(entry)
                self.stalls.add(docket, node, answer)
            else:
                state.course.pass_over(docket, node)
        if not decided:
            agenda.cancelled += 1
            return
        agenda.held += 1
        agenda.days.append(int(now // DAY))
        agenda.items += len(decided)
        length = agenda.minutes * len(decided)
        self._sit(agenda.body, length)
        state.at(state.calendar.after(now, length), lambda _: self._decided(agenda, now, decided))

    def _sit(self, body: str, length: float) -> None:
        """The members who are there spend the time of the meeting in it."""
        if length <= 0:
            return
        state = self.state
        at = state.context(self.cadences.paper(body))
        members: set[str] = set()
        for norm in state.rules.of_form(Composition):
            if norm.body == body and at.in_force(norm):
                for group in (norm.members, norm.chair):
                    members.update(at.members(group) if group is not None else ())
        for member in state.world.cast.ids:
            if member in members and member not in state.world.states:
                for _ in range(self.desks.of(member).servers):  # nothing else is done meanwhile
                    seat = Part("", 0, Hand(member, ()), lambda _: length, 0)
                    self.desks.put(Job(None, None, seat, SITTING, length))

    def _decided(self, agenda: Agenda, opening: float, items: list[tuple[Docket, PlanNode, Answer]]) -> None:
        """A meeting ends; its items go on, at once or when the minutes are out."""
        state = self.state
        current = [(d, n, d.rounds[n.number]) for d, n, _ in items]
        for docket, node, answer in items:
            hands = [h for o in answer.options for seat in o for h in seat if h.actor == agenda.body]
            if state.log is not None and hands:
                now = state.env.time
                act = Act(opening, now, docket.number, node.stage.id, agenda.body, hands[0].norms, ())
                state.log.events.append(act)

        def go_on() -> None:
            for docket, node, round_ in current:
                state.course.if_current(docket, node, round_, state.course.concluded)

        minutes = self._minute_paper(agenda)
        if minutes is not None and minutes.finished is None and agenda.wait_for_minutes:
            state.when_done.setdefault(minutes.number, []).append(go_on)
        else:
            go_on()

    def _minute_paper(self, agenda: Agenda) -> Docket | None:
        """The minutes of a meeting, a paper like any other, where the rules want hands for it."""
        state = self.state
        attributes = self.cadences.attributes(agenda.body, MINUTES)
        if attributes.get(KIND) != MINUTES or BODY not in attributes:
            return None
        stream = key(state.seed, MINUTES, state.replication, agenda.body, agenda.held)
        paper = state.population.of_attributes(attributes, stream)
        if paper is None:
            return None
        return self.admission.admit(MINUTES_FLOW, state.scenario.tiers[-1], paper, stream)
