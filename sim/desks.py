"""Desks: a queue by urgency and arrival before one official, or before the clerks of a body.

SimPy's own PriorityResource sorts its whole queue at every request and wakes a process several times a job; here a
queue is a heap, and a job is one timeout with a callback.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from simpy.events import Event

from model.competence import Hand

if TYPE_CHECKING:
    from sim.office import Office
    from sim.papers import Docket

SITTING = -1
"""The rank of sitting in a meeting: before every paper."""


class Job:
    """One stage of one paper before one pair of hands. `minutes` are what is left of the work.

    `docket` is None for work that is no paper, such as sitting in a meeting.
    """

    __slots__ = ("begun", "docket", "event", "hand", "live", "minutes", "node", "rank", "seat", "since", "version")

    def __init__(self, docket: Docket | None, node: int, seat: int, hand: Hand, rank: int, minutes: float) -> None:
        self.docket, self.node, self.seat, self.hand, self.rank, self.minutes = docket, node, seat, hand, rank, minutes
        self.live, self.event, self.since, self.begun, self.version = True, None, 0.0, 0.0, 0
        self.event: Event | None


class Desk:
    """A queue and `servers` who work it off. Times kept are working minutes.

    `busy` is work done, `offered` work that came, `waited` and `handled` count waiting and jobs, all after the
    warm-up. With `preemption` a more urgent paper interrupts work on a less urgent one, which is resumed later.
    """

    __slots__ = (
        "away_since", "busy", "handled", "missed", "name", "offered", "office", "preemption", "queue", "serial",
        "servers", "serving", "waited",
    )  # fmt: skip

    def __init__(self, office: Office, name: str, servers: int, preemption: bool) -> None:
        self.office, self.name, self.servers, self.preemption = office, name, servers, preemption
        self.queue: list[tuple[int, int, Job]] = []
        self.serving: list[Job] = []
        self.serial = 0
        self.busy = self.offered = self.waited = self.missed = 0.0
        self.handled = 0
        self.away_since: float | None = None

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
        job.since, job.version = office.clock(), office.world.version
        if office.measuring:
            self.offered += job.minutes
        self.serial += 1
        if len(self.serving) < self.servers and not self.queue and not self.away:
            self._start(job)
            return
        heappush(self.queue, (job.rank, self.serial, job))
        if self.preemption and not self.away and self.serving:
            worst = max(self.serving, key=lambda j: j.rank)
            if worst.rank > job.rank and len(self.serving) >= self.servers:
                self._interrupt(worst)
                self.serial += 1
                heappush(self.queue, (worst.rank, -self.serial, worst))
                worst.since = office.clock()
        self.next()

    def next(self) -> None:
        """Begin waiting jobs while there are hands free."""
        while self.queue and len(self.serving) < self.servers and not self.away:
            _, _, job = heappop(self.queue)
            if not job.live:
                continue
            if job.docket is not None and job.version != self.office.world.version and not self.office.still(job):
                continue
            self._start(job)

    def _start(self, job: Job) -> None:
        office = self.office
        job.begun = office.clock()
        end = office.calendar.reached(job.begun + job.minutes) if job.minutes > 0 else office.env.now
        event = office.env.timeout(max(end - office.env.now, 0.0), job)
        assert event.callbacks is not None
        event.callbacks.append(self._finish)
        job.event = event
        self.serving.append(job)

    def _finish(self, event: Event) -> None:
        job = event.value
        if not isinstance(job, Job) or job.event is not event:
            return
        job.event = None
        self.serving.remove(job)
        self._count(job)
        if self.office.measuring:
            self.handled += 1
        if job.live and job.docket is not None:
            job.live = False
            self.office.finished(self, job)
        self.next()

    def _interrupt(self, job: Job) -> None:
        job.event = None
        self.serving.remove(job)
        self._count(job)
        job.minutes = max(job.minutes - (self.office.clock() - job.begun), 0.0)

    def _count(self, job: Job) -> None:
        """Time spent on the job since it was begun, and the wait before, as far as they are measured."""
        office = self.office
        warm = office.warm_worked
        if office.measuring:
            now = office.clock()
            self.busy += now - max(job.begun, warm)
            if job.since >= warm:
                self.waited += job.begun - job.since
            office.tally.step(job, now, warm)

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
            _, _, job = heappop(self.queue)
            if job.live:
                found.append(job)
        return found

    def come_back(self) -> None:
        """The official is there again."""
        if self.away_since is not None:
            self.missed += self.office.clock() - max(self.away_since, min(self.office.warm_worked, self.office.clock()))
            self.away_since = None
