"""How a paper passes from stage to stage: who gets it, what is done when a stage is, what is sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from model.competence import Hand
from sim.desks import Job
from sim.eventlog import Act, Mark
from sim.gates import opening_times
from sim.hands import SEATS, Part
from sim.papers import Docket
from sim.plan import PlanNode
from sim.streams import uniform

if TYPE_CHECKING:
    from sim.office import Office

MOST_ROUNDS = 20
"""How often one paper is sent back from one stage at most."""
_RETURN, _ROUND = 200_000, 64
"""Where in the numbers of a paper those of returns are: by stage and round."""


class Passage:
    """Moves the papers of one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.returns = any(office.scenario.returns.values())

    def open(self, docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        if node.plain:
            self.dispatch(docket, node)
            return
        office = self.office
        for timer in node.deemed:
            office.periods.lapse_at(docket, node, timer)
        for timer in node.reminders:
            office.periods.remind_at(docket, node, timer)
        if node.consulted:
            office.periods.consult(docket, node)
            return
        if node.cadence is not None:
            c, calendar = node.cadence, office.calendar
            after = office.env.time
            times = opening_times(calendar, c.amount, c.unit, 0, calendar.sessions[0][0], c.day)
            opening = next((t for t in times if t >= after), None)
            if opening is not None and opening > after:
                self.later(opening, docket, node, self.dispatch)
                return
        self.dispatch(docket, node)

    def later(
        self, time: float, docket: Docket, node: PlanNode, act: Callable[[Docket, PlanNode], None]
    ) -> None:  # fmt: skip
        """Do it at a time, unless the node was done, or begun anew, in between."""
        round_ = docket.rounds[node.number]
        self.office.at(time, lambda _: self.if_current(docket, node, round_, act))

    def if_current(
        self, docket: Docket, node: PlanNode, round_: int, act: Callable[[Docket, PlanNode], None]
    ) -> None:  # fmt: skip
        """Do it unless the node was done, or begun anew, since `round_`."""
        number = node.number
        if docket.rounds[number] == round_ and docket.done[number] is None and docket.left[number] == 0:
            act(docket, node)

    def dispatch(self, docket: Docket, node: PlanNode) -> None:
        """Bring a paper to whoever may do the stage now."""
        office = self.office
        hands = office.hands
        ready = None
        watch = docket.watches.get(node.slot)
        if watch is not None:
            ready = watch.always or watch.table.get(watch.signed(hands.signatures))
        if ready is None:
            ready = hands.ready(node.stage, node.slot, docket.paper)
        acted = docket.seats.get(node.number) if docket.seats else None
        parts, meeting = ready.parts, ready.meeting
        if parts is None or acted:
            answer = ready.answer
            chosen = hands.choose(answer, acted)
            if chosen is None:
                if answer.meetings:
                    office.meetings.table(docket, node, answer.meetings[0])
                elif answer.wanted:
                    office.stalls.add(docket, node, answer)
                else:
                    self.complete(docket, node)  # no longer wanted, or may be left out
                return
            meeting = next((h.actor for _, h in chosen if h.actor in answer.meetings), None)
            parts = () if meeting is not None else tuple(hands.part(node.stage, i, h) for i, h in chosen)
        if meeting is not None:
            office.meetings.table(docket, node, meeting)
            return
        if len(parts) == 1:
            part, number = parts[0], node.number
            if docket.rest:
                minutes = self._minutes(docket, node, part)
            else:
                minutes = part.sampler(uniform(docket.key, part.place + node.place + docket.rounds[number] * SEATS))
            job = Job(docket, node, part, docket.rank, minutes)
            docket.jobs[number] = (job,)
            (part.desk or hands.desk_of(part)).put(job)
            return
        jobs = tuple(Job(docket, node, part, docket.rank, self._minutes(docket, node, part)) for part in parts)
        docket.jobs[node.number] = jobs
        for job in jobs:
            hands.desk_of(job.part).put(job)

    def _minutes(self, docket: Docket, node: PlanNode, part: Part) -> float:
        if docket.rest:
            rest = docket.rest.pop((node.number, part.hand.actor), None)
            if rest is not None:
                return rest
        return part.sampler(uniform(docket.key, part.place + node.place + docket.rounds[node.number] * SEATS))

    def still(self, job: Job) -> bool:
        """Whether who has a job on the desk may still do it; if not, the paper goes to whoever may."""
        docket, node = job.docket, job.node
        assert docket is not None and node is not None
        actor = job.part.hand.actor
        acted = docket.seats.get(node.number)
        ready = self.office.hands.ready(node.stage, node.slot, docket.paper)
        if acted:
            left = ready.answer.remaining(acted)
            may = left is not None and any(h.actor == actor for _, seat in left for h in seat)
        else:
            may = actor in ready.actors
        if may:
            job.version = self.office.world.version
            return True
        self.again(docket, node)
        return False

    def again(self, docket: Docket, node: PlanNode) -> None:
        """Take a stage back from all desks and ask anew who may do it."""
        self.withdraw(docket, node.number)
        self.dispatch(docket, node)

    def withdraw(self, docket: Docket, number: int) -> None:
        """Take a stage back from all desks."""
        for job in docket.jobs.pop(number, ()):
            if job.live:
                self.office.hands.desk_of(job.part).withdraw(job)

    def finished(self, job: Job) -> None:
        """Somebody did his part of a stage."""
        docket, node = job.docket, job.node
        assert docket is not None and node is not None
        if self.office.log is not None:
            self.log_act(docket, node, job.part.hand, job.begun)
        number = node.number
        jobs = docket.jobs.pop(number, ())
        if len(jobs) > 1 and any(j.live for j in jobs):
            docket.jobs[number] = jobs
            docket.seats[number] = docket.seats.get(number, frozenset()) | {job.part.seat}
            return
        if self.returns and self._sent_back(docket, node):
            return
        self.complete(docket, node)

    def log_act(self, docket: Docket, node: PlanNode, hand: Hand, begun: float) -> None:
        """Write down what somebody did since working time `begun`, if a log is kept."""
        office = self.office
        if office.log is not None:
            begin = office.calendar.reached(begun) if begun > 0 else 0.0
            now = office.env.time
            begin = min(max(begin, docket.arrived), now)
            act = Act(begin, now, docket.number, node.stage.id, hand.actor, hand.norms, hand.instead_of)
            office.log.events.append(act)

    def complete(self, docket: Docket, node: PlanNode, lapsed: bool = False) -> None:
        """A stage is done, once its floors are kept."""
        now = self.office.env.time
        if node.floors and not lapsed:
            calendar = self.office.calendar
            for floor in node.floors:
                start = docket.time_of(floor.start)
                earliest = calendar.earliest(start, floor.amount, floor.unit) if start is not None else now
                if earliest > now:
                    self.later(earliest, docket, node, self.complete)
                    return
        docket.done[node.number] = now
        if docket.seats:
            docket.seats.pop(node.number, None)
        docket.open -= 1
        if docket.open == 0:
            self.office.finish(docket)
            return
        left = docket.left
        for following in node.after:
            left[following] -= 1
            if left[following] == 0:
                coming = docket.plan.nodes[following]
                if coming.plain:
                    self.dispatch(docket, coming)
                else:
                    self.open(docket, coming)

    # returns

    def _sent_back(self, docket: Docket, node: PlanNode) -> bool:
        """Whether the stage ends with a return; then everything from the stage it goes back to begins anew."""
        office = self.office
        share = share_of(office.scenario.returns, node.stage.act)
        round_ = docket.rounds[node.number]
        if share <= 0 or round_ >= MOST_ROUNDS:
            return False
        if uniform(docket.key, _RETURN + node.slot * _ROUND + round_) >= share:
            return False
        target = node.back_to if node.back_to is not None else (node.before[0] if node.before else node.number)
        nodes = docket.plan.nodes
        affected = nodes[target].reach
        office.tally.returns += 1
        if office.log is not None:
            office.note(Mark(office.env.time, docket.number, "returned", node.stage.id))
        for number in affected:
            self._forget(docket, number)
        for number in affected:
            docket.left[number] = sum(docket.done[b] is None for b in nodes[number].before)
        self.open(docket, nodes[target])
        return True

    def _forget(self, docket: Docket, number: int) -> None:
        """A stage begins anew: nothing of it is done or under way."""
        self.withdraw(docket, number)
        if number in docket.waiting:
            self.office.stalls.resume(docket, number)
        self.office.meetings.drop(docket, number)
        if docket.done[number] is not None:
            docket.done[number] = None
            docket.open += 1
        docket.seats.pop(number, None)
        docket.rounds[number] += 1


def share_of(shares: Mapping[str, float], act: str) -> float:
    """The share given for an act, else that for every act, else 0."""
    return shares.get(act, shares.get("every", 0.0))
