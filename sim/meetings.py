"""Meetings of one office: agendas, sittings, decisions, and minutes that go out afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.competence import Hand
from model.norms import Composition
from model.ruleset import BODY, KIND, MEETING
from sim.desks import SITTING, Job
from sim.eventlog import Act, Mark
from sim.gates import Agenda, cut_off, opening_times
from sim.hands import Part
from sim.oracle import Answer, PaperClass
from sim.papers import Docket
from sim.plan import PlanNode
from sim.scenario import MeetingPlan
from sim.streams import key

if TYPE_CHECKING:
    from sim.office import Office

MINUTES = "minutes"
MINUTES_FLOW = "minutes_of_meetings"
_ABOUT_DAYS = {"working_day": 1.4, "calendar_day": 1.0, "hour": 1.4, "week": 7.0, "month": 30.4}


class Meetings:
    """The agendas of one office, by body."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.agendas: dict[str, Agenda] = {}
        self._periods: dict[str, tuple[int, str, float]] = {}

    # agendas

    def table(self, docket: Docket, node: PlanNode, body: str) -> None:
        """Put a paper on the agenda of a meeting."""
        agenda = self.agendas.get(body)
        if agenda is None:
            agenda = self._convene(body)
        office = self.office
        agenda.add(docket, node.number, office.env.time)
        if office.log is not None:
            office.note(Mark(office.env.time, docket.number, "agenda", node.stage.id))

    def drop(self, docket: Docket, number: int) -> None:
        """Take a stage of a paper off every agenda."""
        for agenda in self.agendas.values():
            agenda.drop(docket, number)

    def waits(self, docket: Docket, number: int) -> bool:
        """Whether a stage of a paper is on some agenda."""
        return any(a.has(docket, number) for a in self.agendas.values())

    def period(self, body: str) -> tuple[int, str, float]:
        """How often a body meets, by the rules or else the scenario: amount, unit, and roughly how many days."""
        if body not in self._periods:
            office = self.office
            plan = office.scenario.meeting_of(body)
            every, unit = (plan.every, plan.unit) if plan else (1, "working_day")
            at = office.context(PaperClass(-1, self._attributes(body), frozenset(), {}))
            cadence = next((c for c in office.rules.cadences.get(body, ()) if at.in_force(c)), None)
            if cadence is not None:
                every, unit = cadence.amount, cadence.unit
            self._periods[body] = (every, unit, every * _ABOUT_DAYS[unit])
        return self._periods[body]

    def _convene(self, body: str) -> Agenda:
        """The body's agenda, with its meetings from now on."""
        office = self.office
        calendar = office.calendar
        given = office.scenario.meeting_of(body)
        plan = given or MeetingPlan(body, 1, "working_day", 0, calendar.sessions[0][0], 0, 1_000_000)
        every, unit, _ = self.period(body)
        agenda = Agenda(body, plan.capacity, plan.lead_days, plan.minutes, plan.wait_for_minutes)
        self.agendas[body] = agenda
        for opening in opening_times(calendar, every, unit, plan.weekday, plan.minute):
            if opening >= office.env.time:
                office.at(opening, lambda _: self._meet(agenda))
        return agenda

    def _attributes(self, body: str, kind: str = MEETING) -> dict[str, str]:
        """The attributes of a meeting, or of its minutes, as far as the rule set has them."""
        attributes = self.office.rules.vocabulary.attributes
        wanted = {KIND: kind, BODY: body, "name": "nobody"}
        return {a: v for a, v in wanted.items() if a in attributes and v in attributes[a].domain}

    # sittings

    def _meet(self, agenda: Agenda) -> None:
        office = self.office
        now = office.env.time
        items = agenda.take(cut_off(office.calendar, now, agenda.lead_days))
        if not items:
            agenda.empty += 1
            return
        decided: list[tuple[Docket, PlanNode, Answer]] = []
        for entry in items:
            docket, number = entry[3], entry[4]
            node = docket.plan.nodes[number]
            answer = office.hands.ready(node.stage, node.slot, docket.paper).answer
            if answer.admits(agenda.body):
                if number in docket.waiting:
                    office.stalls.resume(docket, number)
                decided.append((docket, node, answer))
                continue
            if answer.wanted or answer.powers:
                agenda.put_back(entry)
                office.stalls.add(docket, node, answer)
            else:
                office.passage.complete(docket, node)
        if not decided:
            agenda.cancelled += 1
            return
        agenda.held += 1
        agenda.items += len(decided)
        length = agenda.minutes * len(decided)
        self._sit(agenda.body, length)
        office.at(office.calendar.after(now, length), lambda _: self._decided(agenda, now, decided))

    def _sit(self, body: str, length: float) -> None:
        """The members who are there spend the time of the meeting in it."""
        if length <= 0:
            return
        office = self.office
        at = office.context(PaperClass(-1, self._attributes(body), frozenset(), {}))
        members: set[str] = set()
        for norm in office.rules.of_form(Composition):
            if norm.body == body and at.in_force(norm):
                for group in (norm.members, norm.chair):
                    members.update(at.members(group) if group is not None else ())
        for member in office.world.cast.ids:
            if member in members and member not in office.world.states:
                seat = Part("", 0, Hand(member, ()), lambda _: length)
                office.desks[member].put(Job(None, None, seat, SITTING, length))

    def _decided(self, agenda: Agenda, opening: float, items: list[tuple[Docket, PlanNode, Answer]]) -> None:
        """A meeting ends; its items go on, at once or when the minutes are out."""
        office = self.office
        current = [(d, n, d.rounds[n.number]) for d, n, _ in items]
        for docket, node, answer in items:
            hands = [h for o in answer.options for seat in o for h in seat if h.actor == agenda.body]
            if office.log is not None and hands:
                now = office.env.time
                act = Act(opening, now, docket.number, node.stage.id, agenda.body, hands[0].norms, ())
                office.log.events.append(act)

        def go_on() -> None:
            for docket, node, round_ in current:
                office.passage.if_current(docket, node, round_, office.passage.complete)

        minutes = self._minute_paper(agenda)
        if minutes is not None and minutes.finished is None and agenda.wait_for_minutes:
            office.when_done(minutes, go_on)
        else:
            go_on()

    def _minute_paper(self, agenda: Agenda) -> Docket | None:
        """The minutes of a meeting, a paper like any other, where the rules want hands for it."""
        office = self.office
        attributes = self._attributes(agenda.body, MINUTES)
        if attributes.get(KIND) != MINUTES or BODY not in attributes:
            return None
        stream = key(office.seed, MINUTES, office.replication, agenda.body, agenda.held)
        paper = office.population.of_attributes(attributes, stream)
        if paper is None:
            return None
        return office.admit(MINUTES_FLOW, office.scenario.tiers[-1], paper, stream)
