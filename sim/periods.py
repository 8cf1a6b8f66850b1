"""Periods that run beside the work: deemed consent, reminders, escalation, and consultation of several departments."""

from __future__ import annotations

from model.competence import Hand
from sim.answers import Answers
from sim.distributions import choice
from sim.eventlog import Act, Mark
from sim.papers import Docket
from sim.plan import ARRIVAL, Ceiling, PlanNode, Timer
from sim.stalls import Stalls
from sim.state import State
from sim.streams import uniform

_CONSULT, _STAGE, _ROUND = 400_000, 64, 24
"""Where in the numbers of a paper those of consultations are: by stage and round."""


class Periods:
    """The running periods of one office."""

    def __init__(self, state: State, answers: Answers, stalls: Stalls) -> None:
        self.state, self.answers, self.stalls = state, answers, stalls
        self._replied: dict[tuple[int, int, int], float] = {}
        """Consultations that wait only for somebody who may answer: paper, node, round, and since when."""
        self._reply = state.scenario.consultation.reply_days.sampler()

    def run(self, docket: Docket, node: PlanNode) -> None:
        """Begin the periods after which consent is deemed."""
        for timer in node.deemed:
            self._begin(docket, node, timer)

    def _begin(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """Deem consent when the period is over, if nobody has done the stage by then."""
        start = docket.time_of(timer.start)
        if start is not None:
            due = self.state.calendar.due(start, timer.amount, timer.unit)
            self.state.course.later(due, docket, node, lambda d, n: self._lapse(d, n, timer))

    def watch(self, docket: Docket, limits: tuple[Ceiling, ...]) -> None:
        """Begin limits that start now, and remind or escalate when one runs out before what it limits is done."""
        state, now = self.state, self.state.env.time
        for limit in limits:
            round_ = 0 if limit.start == ARRIVAL else docket.rounds[limit.start]
            due = state.calendar.due(now, limit.amount, limit.unit)
            state.at(due, lambda _, limit=limit, round_=round_: self._ran_out(docket, limit, round_))  # type: ignore[misc]

    def _ran_out(self, docket: Docket, limit: Ceiling, round_: int) -> None:
        """A limit that began in a round of its start is over."""
        if limit.start != ARRIVAL and docket.rounds[limit.start] != round_:
            return  # it began anew
        open_ = [n for n in limit.ends if docket.done[n] is None]
        if docket.finished is not None or not open_:
            return
        state = self.state
        if limit.expiry == "reminder":
            state.tally.reminders += 1
        else:
            state.tally.escalations += 1
            if docket.rank > 0:
                state.course.raise_(docket)
        if state.log is not None:
            stage = docket.plan.nodes[open_[0]].stage.id
            state.note(Mark(state.env.time, docket.number, limit.expiry, stage, (limit.bound,)))

    def _lapse(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """The period is over: consent is deemed and the stage is done."""
        state = self.state
        state.course.release(docket, node.number)
        state.tally.lapses += 1
        if state.log is not None:
            now = state.env.time
            act = Act(now, now, docket.number, node.stage.id, "", (timer.bound,), (), by_lapse=True)
            state.log.events.append(act)
        state.course.complete(docket, node, lapsed=True)

    def consult(self, docket: Docket, node: PlanNode) -> None:
        """Ask several departments at once; the stage is done when the last has answered, or consent is deemed.

        A department that keeps silent answers only after a reminder, at the end of the period if there is one.
        """
        state = self.state
        since = self._replied.pop((docket.number, node.number, docket.rounds[node.number]), None)
        if since is not None:
            self._conclude(docket, node, since)
            return
        hand = self._able(docket, node)
        if hand is None or not hand.actor:
            if hand is not None:  # no longer wanted
                state.course.pass_over(docket, node)
            return
        c, calendar = state.scenario.consultation, state.calendar
        base = _CONSULT + node.slot * _STAGE + docket.rounds[node.number] * _ROUND
        number = choice(c.departments, uniform(docket.key, base))
        day = calendar.minutes_a_day
        now, last = state.env.time, 0.0
        period = next((t for t in (*node.deemed, *node.terms)), None)
        start = docket.time_of(period.start) if period else None
        due = calendar.due(start, period.amount, period.unit) if period and start is not None else now
        for i in range(number):
            reply = calendar.after(now, self._reply(uniform(docket.key, base + 1 + 2 * i)) * day)
            if uniform(docket.key, base + 2 + 2 * i) < c.silent:
                reply = calendar.after(max(now, due), c.reminded_days * day)
            last = max(last, reply)
        asked = state.clock()
        state.course.later(max(last, now), docket, node, lambda d, n: self._conclude(d, n, asked))

    def _able(self, docket: Docket, node: PlanNode) -> Hand | None:
        """Who answers for the consulted now, nobody where it is not wanted; None, and the paper is stuck, where it is
        and nobody may."""
        answer = self.answers.ready(node.stage, node.slot, docket).answer
        if answer.options:
            return answer.options[0][0][0]
        if answer.wanted:
            self.stalls.add(docket, node, answer)
            return None
        return Hand("", ())

    def _conclude(self, docket: Docket, node: PlanNode, asked: float) -> None:
        """All have answered who were asked then, or somebody may answer for them again."""
        state, hand = self.state, self._able(docket, node)
        if hand is None:
            self._replied[docket.number, node.number, docket.rounds[node.number]] = asked
            return
        if not hand.actor:
            state.course.pass_over(docket, node)
            return
        if state.log is not None:
            now = state.env.time
            state.note(Act(now, now, docket.number, node.stage.id, hand.actor, hand.norms, hand.instead_of))
        if state.measuring:
            waited = state.clock() - max(asked, state.warm_worked)
            state.tally.spend(node.stage.id, hand.actor, hand.norms, max(waited, 0.0), 0.0)
        state.course.concluded(docket, node)
