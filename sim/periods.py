"""Periods that run beside the work: deemed consent, reminders, and consultation with several departments at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.competence import Hand
from sim.distributions import choice
from sim.eventlog import Act, Mark
from sim.papers import Docket
from sim.plan import PlanNode, Timer
from sim.streams import uniform

if TYPE_CHECKING:
    from sim.office import Office

_CONSULT, _STAGE, _ROUND = 400_000, 64, 24
"""Where in the numbers of a paper those of consultations are: by stage and round."""


class Periods:
    """The running periods of one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._reply = office.scenario.consultation.reply_days.sampler()

    def lapse_at(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """Deem consent when the period is over, if nobody has answered by then."""
        start = docket.time_of(timer.start)
        if start is not None:
            due = self.office.calendar.due(start, timer.amount, timer.unit)
            self.office.passage.later(due, docket, node, lambda d, n: self._lapse(d, n, timer))

    def _lapse(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """The period is over: consent is deemed and the stage is done."""
        office = self.office
        office.passage.withdraw(docket, node.number)
        if node.number in docket.waiting:
            office.stalls.resume(docket, node.number)
        office.meetings.drop(docket, node.number)
        office.tally.lapses += 1
        if office.log is not None:
            now = office.env.time
            act = Act(now, now, docket.number, node.stage.id, "", (timer.bound,), (), by_lapse=True)
            office.log.events.append(act)
        office.passage.complete(docket, node, lapsed=True)

    def remind_at(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """Remind when the period is over, if nobody has answered by then."""
        start = docket.time_of(timer.start)
        if start is not None:
            due = self.office.calendar.due(start, timer.amount, timer.unit)
            self.office.passage.later(due, docket, node, lambda d, n: self._remind(d, n, timer))

    def _remind(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        office = self.office
        office.tally.reminders += 1
        if office.log is not None:
            office.note(Mark(office.env.time, docket.number, "reminder", node.stage.id, (timer.bound,)))

    def consult(self, docket: Docket, node: PlanNode) -> None:
        """Ask several departments at once; the stage is done when the last has answered, or consent is deemed.

        A department that keeps silent answers only after a reminder, at the end of the period if there is one.
        """
        office = self.office
        answer = office.hands.ready(node.stage, node.slot, docket.paper).answer
        if not answer.options and answer.wanted:
            office.stalls.add(docket, node, answer)
            return
        c, calendar = office.scenario.consultation, office.calendar
        base = _CONSULT + node.slot * _STAGE + docket.rounds[node.number] * _ROUND
        number = choice(c.departments, uniform(docket.key, base))
        day = calendar.minutes_a_day
        now, last = office.env.time, 0.0
        period = next((t for t in (*node.deemed, *node.reminders)), None)
        start = docket.time_of(period.start) if period else None
        due = calendar.due(start, period.amount, period.unit) if period and start is not None else now
        for i in range(number):
            reply = calendar.after(now, self._reply(uniform(docket.key, base + 1 + 2 * i)) * day)
            if uniform(docket.key, base + 2 + 2 * i) < c.silent:
                reply = calendar.after(max(now, due), c.reminded_days * day)
            last = max(last, reply)
        hand = answer.options[0][0][0] if answer.options else Hand("", ())

        def replied(d: Docket, n: PlanNode) -> None:
            self._replied(d, n, hand, now)

        office.passage.later(max(last, now), docket, node, replied)

    def _replied(self, docket: Docket, node: PlanNode, hand: Hand, asked: float) -> None:
        office = self.office
        if office.log is not None:
            office.passage.log_act(docket, node, hand, office.clock())
        if office.measuring:
            waited = office.clock() - max(office.calendar.worked(asked), office.warm_worked)
            office.tally.spend(node.stage.id, hand.norms, max(waited, 0.0), 0.0)
        office.passage.complete(docket, node)
