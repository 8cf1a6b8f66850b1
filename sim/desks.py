"""Desks: a queue by urgency and arrival before one official, or before the clerks of a body.

SimPy's own PriorityResource sorts its whole queue at every request and wakes a process several times a job; here a
queue is a heap, and a job is one call of the loop.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.loop import NORMAL, Item

if TYPE_CHECKING:
    from sim.hands import Part
    from sim.office import Office
    from sim.papers import Docket
    from sim.plan import PlanNode

SITTING = -1
"""The rank of sitting in a meeting: before every paper."""


class Job:
    """One stage of one paper before one pair of hands. `minutes` are what is left of the work.

    `docket` and `node` are None for work that is no paper, such as sitting in a meeting. `event` is the number of
    the entry at whose time the work will be done, None while it is not in hand.
    """

    __slots__ = ("begun", "docket", "event", "live", "minutes", "node", "part", "rank", "since", "version")

    def __init__(self, docket: Docket | None, node: PlanNode | None, part: Part, rank: int, minutes: float) -> None:
        self.docket, self.node, self.part, self.rank, self.minutes = docket, node, part, rank, minutes
        self.live = True
        self.event: int | None = None
        self.begun = 0.0
        self.since: float
        self.version: int


class Desk:
    """A queue and `servers` who work it off. Times kept are working minutes.

    `busy` is work done, `offered` work that came, `waited` and `handled` count waiting and jobs, all after the
    warm-up. With `preemption` a more urgent paper interrupts work on a less urgent one, which is resumed later.
    """

    __slots__ = (
        "away_since", "busy", "done", "handled", "missed", "name", "offered", "office", "order", "passed",
        "preemption", "queue", "serial", "servers", "serving", "waited",
    )  # fmt: skip

    def __init__(self, office: Office, name: str, servers: int, preemption: bool, order: int = 0) -> None:
        self.office, self.name, self.servers, self.preemption, self.order = office, name, servers, preemption, order
        self.queue: list[tuple[int, int, Job]] = []
        self.serving: list[Job] = []
        self.serial = 0
        self.busy = self.offered = self.waited = self.missed = 0.0
        self.handled = 0
        self.away_since: float | None = None
        self.done, self.passed = self._finish, office.passage.finished
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
        office = self.office
        now = office.clock()
        job.since, job.version = now, office.world.version
        if office.measuring:
            self.offered += job.minutes
        self.serial += 1
        here = self.away_since is None
        if here and not self.queue and len(self.serving) < self.servers:
            self._start(job, now)
            return
        heappush(self.queue, (job.rank, self.serial, job))
        if not here:
            return
        if self.preemption and self.serving:
            worst = max(self.serving, key=lambda j: j.rank)
            if worst.rank > job.rank and len(self.serving) >= self.servers:
                self._interrupt(worst)
                self.serial += 1
                heappush(self.queue, (worst.rank, -self.serial, worst))
                worst.since = office.clock()
        if len(self.serving) < self.servers:
            self.next()

    def next(self) -> None:
        """Begin waiting jobs while there are hands free."""
        queue, serving, servers, office = self.queue, self.serving, self.servers, self.office
        while queue and len(serving) < servers and self.away_since is None:
            job = heappop(queue)[2]
            if not job.live:
                continue
            if job.version != office.world.version and job.docket is not None and not office.passage.still(job):
                continue
            self._start(job, office.clock())

    def _start(self, job: Job, now: float) -> None:
        """Begin the job at working time `now`, which is the present."""
        office = self.office
        job.begun = now
        env = office.env
        time = env.time
        if job.minutes > 0:
            end = office.reached(now + job.minutes)
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
        serving, office = self.serving, self.office
        if len(serving) == 1:
            serving.pop()
        else:
            serving.remove(job)
        if office.measuring:
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
        if self.office.measuring:
            self._count(job)
        job.minutes = max(job.minutes - (self.office.clock() - job.begun), 0.0)

    def _count(self, job: Job) -> None:
        """Time spent on the job since it was begun, and the wait before, as far as they are measured."""
        office = self.office
        now, warm, begun, since = office.clock(), office.warm_worked, job.begun, job.since
        self.busy += now - (begun if begun > warm else warm)
        if since < warm:
            return
        waited = begun - since
        self.waited += waited
        if job.docket is None:
            return
        worked = now - begun
        for spent in job.part.spent or office.hands.accounts(job.part):
            spent.count += 1
            spent.waited += waited
            spent.worked += worked

    def withdraw(self, job: Job) -> None:
        """The job is wanted no more; the hand that was at it takes the next."""
        job.live = False
        if job.event is not None:
            self._interrupt(job)
            self.next()

    def leave(self) -> list[Job]:
        """The official goes; gives back everything that was on the desk, in order, what was in hand first."""
        self.away_since = self.office.clock()
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
            self.missed += self.office.clock() - max(self.away_since, min(self.office.warm_worked, self.office.clock()))
            self.away_since = None
