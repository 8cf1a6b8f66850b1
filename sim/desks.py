"""Work at desks: a queue by urgency and arrival before one official, or before the clerks of a body.

SimPy's own PriorityResource sorts its whole queue at every request and wakes a process several times a job; here a
queue is a line for each tier, and a job is one call of the loop. With pre-emption a more urgent paper interrupts work
on a less urgent one, which is resumed later.
"""

from __future__ import annotations

from heapq import heappush

from sim.loop import NORMAL, Call, Item
from sim.papers import Desk, Job
from sim.state import State

_EXTERNAL_SERVERS = 1_000_000


class Desks:
    """The desks of one office: of its officials, and of bodies as work comes to them."""

    def __init__(self, state: State) -> None:
        self.state, self.env, self.world = state, state.env, state.world
        self.preemption = state.scenario.preemption
        self.ranks = len(state.scenario.tiers) + 1
        """Those of the tiers, and the one of papers without any."""
        cast, at_once = state.world.cast, state.scenario.at_once
        self.of_all = {o: Desk(o, at_once(cast[o].offices), self.ranks, i) for i, o in enumerate(cast.ids)}
        self.done: Call = self.finish
        """What the end of a piece of work calls."""

    def of(self, actor: str) -> Desk:
        """The desk of an official or a body."""
        found = self.of_all.get(actor)
        if found is None:
            body = self.state.rules.vocabulary.bodies[actor]
            servers = _EXTERNAL_SERVERS if body.kind == "external" else self.state.scenario.staff_of(actor)
            found = self.of_all[actor] = Desk(actor, servers, self.ranks)
        return found

    def put(self, job: Job) -> None:
        """A job comes to the desk of its hand."""
        part, state = job.part, self.state
        desk = part.desk
        if desk is None:
            desk = part.desk = self.of(part.hand.actor)
        job.since = now = state.clock()
        job.version = self.world.version
        if now >= state.warm_worked:
            desk.offered += job.minutes
        if desk.free and not desk.queued:
            self._start(desk, job)
            return
        desk.line_up(job)
        if desk.free:
            self.next(desk)
        elif self.preemption and desk.serving:
            worst = max(desk.serving, key=lambda j: j.rank)
            if worst.rank > job.rank:
                self._interrupt(desk, worst)
                desk.put_first(worst)
                worst.since = state.clock()
                self.next(desk)

    def next(self, desk: Desk) -> None:
        """Begin waiting jobs while there are hands free."""
        while desk.queued and desk.free:
            job = desk.take()
            if not job.live:
                continue
            if job.version == self.world.version or job.docket is None or self.state.course.still(job):
                self._start(desk, job)

    def _start(self, desk: Desk, job: Job) -> None:
        """Begin the job now."""
        job.begun = now = self.state.clock()
        env = self.env
        time = env.time
        if job.minutes > 0:
            time = max(time, self.state.reached(now + job.minutes))
        job.event = number = env.number()
        heappush(env.entries, (time, NORMAL, number, self.done, job))
        desk.serving.append(job)
        desk.free -= 1

    def finish(self, item: Item) -> None:
        """A piece of work comes to its end."""
        job: Job = item[4]
        if job.event != item[2]:
            return  # it was interrupted or withdrawn in between
        desk = job.part.desk
        assert desk is not None
        job.event = None
        desk.serving.remove(job)
        desk.free += 1
        self._count(desk, job)
        if job.live and job.docket is not None:
            job.live = False
            self.state.course.finished(job)
        self.next(desk)

    def _interrupt(self, desk: Desk, job: Job) -> None:
        job.event = None
        desk.serving.remove(job)
        if desk.away_since is None:
            desk.free += 1
        self._count(desk, job, broken=True)
        job.minutes = max(job.minutes - (self.state.clock() - job.begun), 0.0)

    def _count(self, desk: Desk, job: Job, broken: bool = False) -> None:
        """Time spent on the job since it was begun, and the wait before, as far as they are measured."""
        now, warm, part = self.state.clock(), self.state.warm_worked, job.part
        if now < warm:
            return
        if job.since < warm or job.docket is None:
            desk.busy += now - max(job.begun, warm)
            desk.waited += max(job.begun - job.since, 0.0) if job.since >= warm else 0.0
            desk.handled += not broken
            return
        part.count += 1
        part.broken += broken
        part.waited += job.begun - job.since
        part.worked += now - job.begun

    def move_up(self, job: Job, rank: int) -> None:
        """A job becomes more urgent; among its like it keeps the place of its coming. It interrupts nobody."""
        desk = job.part.desk
        if desk is not None:
            desk.move(job, rank)
        else:
            job.rank = rank

    def withdraw(self, job: Job) -> None:
        """The job is wanted no more; the hand that was at it takes the next."""
        job.live = False
        if job.event is not None:
            desk = job.part.desk
            assert desk is not None
            self._interrupt(desk, job)
            self.next(desk)

    def leave(self, official: str) -> list[Job]:
        """An official goes; gives back everything that was on the desk, in order, what was in hand first."""
        desk = self.of_all[official]
        desk.away_since = self.state.clock()
        desk.free = 0
        found = sorted(desk.serving, key=lambda j: j.rank)
        for job in found:
            self._interrupt(desk, job)
        while desk.queued:
            job = desk.take()
            if job.live:
                found.append(job)
        return found

    def come_back(self, official: str) -> None:
        """An official is there again."""
        desk = self.of_all[official]
        if desk.away_since is not None:
            now = self.state.clock()
            desk.missed += now - max(desk.away_since, min(self.state.warm_worked, now))
            desk.away_since = None
            desk.free = desk.servers - len(desk.serving)
