"""Desks: a queue by urgency and arrival before one official, or before the clerks of a body.

SimPy's own PriorityResource sorts its whole queue at every request and wakes a process several times a job; here a
queue is a heap, and a job is one call of the loop.
"""

from __future__ import annotations

from heapq import heappop, heappush

from sim.loop import NORMAL, Item
from sim.papers import Job
from sim.state import State


class Desk:
    """A queue and `servers` who work it off. Times kept are working minutes.

    `busy` is work done, `offered` work that came, `waited` and `handled` count waiting and jobs, all after the
    warm-up. With `preemption` a more urgent paper interrupts work on a less urgent one, which is resumed later.
    """

    __slots__ = (
        "away_since", "busy", "done", "env", "handled", "missed", "name", "offered", "order", "passed", "preemption",
        "queue", "serial", "servers", "serving", "state", "waited", "world",
    )  # fmt: skip

    def __init__(self, state: State, name: str, servers: int, preemption: bool, order: int = 0) -> None:
        self.state, self.name, self.servers, self.preemption, self.order = state, name, servers, preemption, order
        self.env, self.world = state.env, state.world
        self.queue: list[tuple[int, int, Job]] = []
        self.serving: list[Job] = []
        self.serial = 0
        self.busy = self.offered = self.waited = self.missed = 0.0
        self.handled = 0
        self.away_since: float | None = None
        self.done, self.passed = self._finish, state.course.finished
        """Bound methods, made once."""

    @property
    def load(self) -> int:
        """How many jobs wait or are in hand."""
        return len(self.queue) + len(self.serving)

    @property
    def away(self) -> bool:
        return self.away_since is not None

    def put(self, job: Job) -> None:
        """A job comes to the desk."""
        state = self.state
        job.since = now = state.clock()
        job.version = self.world.version
        if state.measuring:
            self.offered += job.minutes
        self.serial += 1
        if self.away_since is None:
            if len(self.serving) < self.servers and not self.queue:
                self._start(job, now)
                return
        else:
            heappush(self.queue, (job.rank, self.serial, job))
            return
        heappush(self.queue, (job.rank, self.serial, job))
        if self.preemption and self.serving:
            worst = max(self.serving, key=lambda j: j.rank)
            if worst.rank > job.rank and len(self.serving) >= self.servers:
                self._interrupt(worst)
                self.serial += 1
                heappush(self.queue, (worst.rank, -self.serial, worst))
                worst.since = now
        if len(self.serving) < self.servers:
            self.next()

    def next(self) -> None:
        """Begin waiting jobs while there are hands free."""
        queue, serving, servers = self.queue, self.serving, self.servers
        while queue and len(serving) < servers and self.away_since is None:
            job = heappop(queue)[2]
            if not job.live:
                continue
            if (
                job.version != self.world.version
                and job.docket is not None
                and not self.state.course.still(job)
            ):  # fmt: skip
                continue
            self._start(job, self.state.clock())

    def _start(self, job: Job, now: float) -> None:
        """Begin the job at working time `now`, which is the present."""
        job.begun = now
        env = self.env
        time = env.time
        if job.minutes > 0:
            end = self.state.reached(now + job.minutes)
            if end > time:
                time += end - time
        # `Loop.call`, written out: it is half of what a step costs
        job.event = number = env.number()
        heappush(env.entries, (time, NORMAL, number, self.done, job))
        self.serving.append(job)

    def _finish(self, item: Item) -> None:
        job: Job = item[4]
        if job.event != item[2]:
            return  # it was interrupted or withdrawn in between
        job.event = None
        serving = self.serving
        if len(serving) == 1:
            serving.pop()
        else:
            serving.remove(job)
        if self.state.measuring:
            self._count(job)
            self.handled += 1
        if job.live and job.docket is not None:
            job.live = False
            self.passed(job)
        if self.queue:
            self.next()

    def _interrupt(self, job: Job) -> None:
        job.event = None
        self.serving.remove(job)
        if self.state.measuring:
            self._count(job)
        job.minutes = max(job.minutes - (self.state.clock() - job.begun), 0.0)

    def _count(self, job: Job) -> None:
        """Time spent on the job since it was begun, and the wait before, as far as they are measured."""
        state = self.state
        now, warm, begun, since = state.clock(), state.warm_worked, job.begun, job.since
        self.busy += now - (begun if begun > warm else warm)
        if since >= warm:
            waited = begun - since
            self.waited += waited
            part = job.part
            part.count += 1
            part.waited += waited
            part.worked += now - begun

    def withdraw(self, job: Job) -> None:
        """The job is wanted no more; the hand that was at it takes the next."""
        job.live = False
        if job.event is not None:
            self._interrupt(job)
            self.next()

    def leave(self) -> list[Job]:
        """The official goes; gives back everything that was on the desk, in order, what was in hand first."""
        self.away_since = self.state.clock()
        found = sorted(self.serving, key=lambda j: j.rank)
        for job in found:
            self._interrupt(job)
        while self.queue:
            job = heappop(self.queue)[2]
            if job.live:
                found.append(job)
        return found

    def come_back(self) -> None:
        """The official is there again."""
        if self.away_since is not None:
            now = self.state.clock()
            self.missed += now - max(self.away_since, min(self.state.warm_worked, now))
            self.away_since = None
