"""How a paper passes from stage to stage: who gets it, what is done when a stage is, what is sent back."""

from __future__ import annotations

from sim.answers import Answers
from sim.course import Act as Deed
from sim.desks import Desks
from sim.eventlog import Act, Mark
from sim.gates import opening_times
from sim.hands import Hands
from sim.meetings import Meetings
from sim.papers import GONE, Docket, Job, Part
from sim.parts import SEATS, Parts
from sim.periods import Periods
from sim.plan import PlanNode
from sim.stalls import Stalls
from sim.state import State
from sim.streams import of_bits, uniform

MOST_ROUNDS = 20
"""How often one paper is sent back from one stage at most."""
_RETURN, _ROUND = 200_000, 64
"""Where in the numbers of a paper those of returns are: by stage and round."""


class Passage:
    """Moves the papers of one office; what its other parts know as the `Course`."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.world, self.env, self.log = state.world, state.env, state.log

    def join(
        self, parts: Parts, answers: Answers, desks: Desks, hands: Hands, stalls: Stalls, periods: Periods,
        meetings: Meetings,
    ) -> None:  # fmt: skip
        """Take up what the passage is through. They know the course by the state, so they come after it."""
        self.parts, self.answers, self.desks, self.hands = parts, answers, desks, hands
        self.stalls, self.periods, self.meetings = stalls, periods, meetings

    # onward

    def open(self, docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        if node.plain:
            self.dispatch(docket, node)
            return
        self.periods.run(docket, node)
        if node.consulted:
            self.periods.consult(docket, node)
            return
        if node.cadence is not None:
            c, calendar = node.cadence, self.state.calendar
            after = self.env.time
            times = opening_times(calendar, c.amount, c.unit, 0, calendar.sessions[0][0], c.day)
            opening = next((t for t in times if t >= after), None)
            if opening is not None and opening > after:
                self.later(opening, docket, node, self.dispatch)
                return
        self.dispatch(docket, node)

    def take_up(self, docket: Docket, node: PlanNode) -> None:
        """A stage that was stuck is stuck no longer."""
        if node.consulted:
            self.periods.consult(docket, node)
        elif not self.meetings.waits(docket, node.number):
            self.dispatch(docket, node)

    def later(self, time: float, docket: Docket, node: PlanNode, act: Deed) -> None:
        """Do it at a time, unless the node was done, or begun anew, in between."""
        round_ = docket.rounds[node.number]
        self.state.at(time, lambda _: self.if_current(docket, node, round_, act))

    def if_current(self, docket: Docket, node: PlanNode, round_: int, act: Deed) -> None:
        """Do it unless the node was done, or begun anew, since `round_`."""
        number = node.number
        if docket.finished is not None or docket.rounds[number] != round_:
            return
        if docket.done[number] is None and docket.left[number] == 0:
            act(docket, node)

    # into hands

    def dispatch(self, docket: Docket, node: PlanNode) -> None:
        """Bring a paper to whoever may do the stage now."""
        part = self.answers.ready(node.stage, node.slot, docket).part
        if part is None or docket.seats or docket.did:
            self._choose(docket, node)
            return
        job = Job(docket, node, part, docket.rank, self._minutes(docket, node, part))
        docket.jobs[node.number] = job
        self.desks.put(job)
        docket.watches[node.slot].part = part

    def _choose(self, docket: Docket, node: PlanNode) -> None:
        """Bring it to one hand of each seat, where there is a choice, or to a meeting."""
        ready = self.answers.ready(node.stage, node.slot, docket)
        acted = docket.acted(node.number)
        parts, meeting, answer = ready.parts, ready.meeting, ready.answer
        others = docket.kept_from(node.parted)
        if parts is None or acted or any(p.hand.actor in others for p in parts):
            chosen = self.hands.choose(answer, acted, others)
            if chosen is None:
                if answer.meetings:
                    self.meetings.table(docket, node, answer.meetings[0])
                elif answer.wanted:
                    self.stalls.add(docket, node, answer)
                else:
                    self.pass_over(docket, node)
                return
            if not chosen:  # every seat that is still wanted has acted
                self.concluded(docket, node)
                return
            meeting = next((h.actor for _, h in chosen if h.actor in answer.meetings), None)
            parts = () if meeting is not None else tuple(self.parts.of(node.stage, i, h) for i, h in chosen)
        if meeting is not None:
            self.meetings.table(docket, node, meeting)
            return
        jobs = tuple(Job(docket, node, part, docket.rank, self._minutes(docket, node, part)) for part in parts)
        docket.jobs[node.number] = jobs[0]
        if len(jobs) > 1:
            docket.plain = False
            for job in jobs:
                job.team = jobs
        for job in jobs:
            self.desks.put(job)

    def _minutes(self, docket: Docket, node: PlanNode, part: Part) -> float:
        """How long a stage takes a hand, or what was left when he had to leave it."""
        if docket.rest:
            rest = docket.rest.pop((node.number, part.hand.actor), None)
            if rest is not None:
                return rest
        round_ = docket.rounds[node.number]
        if docket.row and node.column and not part.seat:
            return part.sampler(of_bits(docket.row[node.column]))
        return part.sampler(uniform(docket.key, part.place + round_ * SEATS))

    def still(self, job: Job) -> bool:
        """Whether who has a job on the desk may still do it; if not, the paper goes to whoever may."""
        docket, node = job.docket, job.node
        assert docket is not None and node is not None
        actor = job.part.hand.actor
        acted = docket.acted(node.number)
        ready = self.answers.ready(node.stage, node.slot, docket)
        if acted:
            left = ready.answer.remaining(acted)
            may = left is not None and any(h.actor == actor for _, seat in left for h in seat)
        else:
            may = actor in ready.actors
        if may:
            job.version = self.world.version
            return True
        self.again(docket, node)
        return False

    def again(self, docket: Docket, node: PlanNode) -> None:
        """Take a stage back from all desks and ask anew who may do it."""
        self._withdraw(docket, node.number)
        self.dispatch(docket, node)

    def _withdraw(self, docket: Docket, number: int) -> None:
        """Take a stage back from all desks."""
        first = docket.jobs[number]
        if first is None or first.node is None or first.node.number != number:
            return
        docket.jobs[number] = None
        for job in first.team or (first,):
            if job.live:
                self.desks.withdraw(job)

    def release(self, docket: Docket, number: int) -> None:
        """Nobody is to do the stage any more: it leaves all desks and agendas, and is not stuck."""
        self._withdraw(docket, number)
        if docket.waits(number):
            self.stalls.resume(docket, number)
        self.meetings.drop(docket, number)

    # done

    def finished(self, job: Job) -> None:
        """Somebody did his part of a stage."""
        docket, node = job.docket, job.node
        assert docket is not None and node is not None
        if self.log is not None:
            self._log_act(docket, node, job)
        number = node.number
        if node.parted:
            self._remember(docket, node, job.part.hand.actor)
        if any(j.live for j in job.team):
            if docket.seats is None:
                docket.seats = {}
            docket.seats[number] = docket.seats.get(number, frozenset()) | {job.part.seat}
            return
        docket.jobs[number] = None
        self.concluded(docket, node)

    def _remember(self, docket: Docket, node: PlanNode, actor: str) -> None:
        """Who did a stage that the rules keep from whoever does another."""
        if actor not in self.world.cast.ids:
            return
        self.state.tally.one_hand += actor in docket.kept_from(node.parted)
        if docket.did is None:
            docket.did = {}
        docket.did.setdefault(node.number, set()).add(actor)

    def concluded(self, docket: Docket, node: PlanNode) -> None:
        """A stage is done by whoever was to do it: it is sent back, or complete."""
        if not node.returned or not self.sent_back(docket, node):
            self.complete(docket, node)

    def pass_over(self, docket: Docket, node: PlanNode) -> None:
        """Nobody does a stage, for the rules do not want it any more, or it may be left out."""
        if docket.waits(node.number):
            self.stalls.resume(docket, node.number)
        if self.log is not None:
            self.state.note(Mark(self.env.time, docket.number, "passed", node.stage.id))
        self.complete(docket, node)

    def raise_(self, docket: Docket) -> None:
        """Treat a paper as one of the next more urgent tier from now on, wherever it waits."""
        docket.rank -= 1
        for first in docket.jobs:
            for job in () if first is None else first.team or (first,):
                if job.live:
                    self.desks.move_up(job, docket.rank)
        self.meetings.move_up(docket)

    def _log_act(self, docket: Docket, node: PlanNode, job: Job) -> None:
        """Write down what somebody did since working time `job.begun`."""
        state, hand, now = self.state, job.part.hand, self.env.time
        begin = state.calendar.reached(job.begun) if job.begun > 0 else 0.0
        begin = min(max(begin, docket.arrived), now)
        state.note(Act(begin, now, docket.number, node.stage.id, hand.actor, hand.norms, hand.instead_of))

    def complete(self, docket: Docket, node: PlanNode, lapsed: bool = False) -> None:
        """A stage is done, once its floors are kept."""
        now = self.env.time
        if node.floors and not lapsed:
            earliest = self._floor(docket, node)
            if earliest > now:
                self.later(earliest, docket, node, self.complete)
                return
        docket.done[node.number] = now
        if docket.seats:
            docket.seats.pop(node.number, None)
        if node.watched:
            self.periods.watch(docket, node.watched)
        docket.open -= 1
        if docket.open == 0:
            self.leave(docket)
            return
        left = docket.left
        for coming in node.following:
            left[coming.number] -= 1
            if left[coming.number] == 0:
                self.open(docket, coming)

    def _floor(self, docket: Docket, node: PlanNode) -> float:
        """When the first floor is kept that is not yet, or 0."""
        calendar, now = self.state.calendar, self.env.time
        for floor in node.floors:
            start = docket.time_of(floor.start)
            earliest = calendar.earliest(start, floor.amount, floor.unit) if start is not None else now
            if earliest > now:
                return earliest
        return 0.0

    def leave(self, docket: Docket) -> None:
        """All stages of a paper are done."""
        state = self.state
        docket.finished = self.env.time
        docket.jobs, docket.left, docket.row = GONE, GONE, ()
        if not docket.plan.ceilings:  # nobody asks any more when each stage was done
            docket.done = GONE
        state.inside[docket.tier] -= 1
        state.tally.finished += 1
        state.tally.under_way -= 1
        if state.log is not None:
            state.note(Mark(self.env.time, docket.number, "finished"))
        if state.when_done:
            for act in state.when_done.pop(docket.number, ()):
                act()

    # returns

    def sent_back(self, docket: Docket, node: PlanNode) -> bool:
        """Whether the stage ends with a return; then everything from the stage it goes back to begins anew."""
        round_ = docket.rounds[node.number]
        if round_ >= MOST_ROUNDS or uniform(docket.key, _RETURN + node.slot * _ROUND + round_) >= node.returned:
            return False
        target = node.back_to if node.back_to is not None else (node.before[0] if node.before else node.number)
        nodes = docket.plan.nodes
        affected = nodes[target].reach
        self.state.tally.returns += 1
        if self.log is not None:
            self.state.note(Mark(self.env.time, docket.number, "returned", node.stage.id))
        for number in affected:
            self._forget(docket, number)
        docket.row = ()
        docket.rounds = [r + (n in affected) for n, r in enumerate(docket.rounds)]
        for number in affected:
            docket.left[number] = sum(docket.done[b] is None for b in nodes[number].before)
        self.open(docket, nodes[target])
        return True

    def _forget(self, docket: Docket, number: int) -> None:
        """A stage begins anew: nothing of it is done or under way."""
        self.release(docket, number)
        if docket.done[number] is not None:
            docket.done[number] = None
            docket.open += 1
        if docket.did:
            docket.did.pop(number, None)
        if docket.seats:
            docket.seats.pop(number, None)
