"""Papers on their way, the work they make, and what is known of who may do it: records, without what happens next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from model.competence import Hand
from model.ruleset import Stage
from sim.oracle import Answer, PaperClass
from sim.plan import ARRIVAL, Plan, PlanNode

Sampler = Callable[[float], float]
SITTING = -1
"""The rank of sitting in a meeting: before every paper. As an index, the last lane of a desk."""
NEVER = -1
"""A version that the world never has."""
_HERE = (0,)
GONE: list[Any] = []
"""Stands for the lists that a paper which is done needs no more. Nothing is ever put in."""


class Part:
    """One hand for one seat of a stage: on which desk, how long it takes, and what it came to after the warm-up.

    `place` is where its handling times begin among the numbers of a paper. `count`, `waited` and `worked` (working
    minutes) go to the accounts of desk, stage and norms at the end; `broken` of them were interrupted.
    """

    __slots__ = ("broken", "count", "desk", "hand", "place", "sampler", "seat", "stage", "waited", "worked")

    def __init__(self, stage: str, seat: int, hand: Hand, sampler: Sampler, place: int) -> None:
        self.stage, self.seat, self.hand, self.sampler, self.place = stage, seat, hand, sampler, place
        self.desk: Desk | None = None
        """Set when work first comes to it."""
        self.count = self.broken = 0
        self.waited = self.worked = 0.0


class Job:
    """One stage of one paper before one pair of hands. `minutes` are what is left of the work.

    `docket` and `node` are None for work that is no paper, such as sitting in a meeting. `event` is the number of
    the entry at whose time the work will be done, None while it is not in hand. `version` is that of the world for
    which the hand was last known to be competent. `serial` is its place among its like in a queue. `team` are the jobs
    of all seats where there are several, else empty. `live` until it is done or wanted no more.
    """

    __slots__ = (
        "begun", "docket", "event", "live", "minutes", "node", "part", "rank", "serial", "since", "team", "version",
    )  # fmt: skip

    def __init__(self, docket: Docket | None, node: PlanNode | None, part: Part, rank: int, minutes: float) -> None:
        self.docket, self.node, self.part, self.rank, self.minutes = docket, node, part, rank, minutes
        self.live = True
        self.event: int | None = None
        self.begun = 0.0
        self.team: tuple[Job, ...] = ()
        self.since: float
        self.version: int
        self.serial: int


class Desk:
    """A queue and `servers` who work it off; what happens at it is done by `sim.desks`. Times are working minutes.

    `busy` is work done, `offered` work that came, `waited` and `handled` count waiting and jobs, all after the
    warm-up; what parts have counted is added at the end (`Parts.close`). `free` is how many hands have nothing to do,
    none while the official is away. `order` is his rank. The queue is a lane for each of `ranks` ranks of papers and
    one for SITTING, the last (so that a rank is an index), each in order of `Job.serial`; `queued` is how many jobs
    are in all `lanes`, dead ones among them.
    """

    __slots__ = (
        "away_since", "busy", "free", "handled", "in_turn", "lanes", "missed", "name", "offered", "order", "queued",
        "serial", "servers", "serving", "waited",
    )  # fmt: skip

    def __init__(self, name: str, servers: int, ranks: int, order: int = 0) -> None:
        self.name, self.servers, self.free, self.order = name, servers, servers, order
        self.lanes: list[deque[Job]] = [deque() for _ in range(ranks + 1)]
        self.in_turn = (self.lanes[SITTING], *self.lanes[:SITTING])
        self.queued = 0
        self.serving: list[Job] = []
        self.serial = 0
        self.busy = self.offered = self.waited = self.missed = 0.0
        self.handled = 0
        self.away_since: float | None = None

    @property
    def load(self) -> int:
        """How many jobs wait or are in hand."""
        return self.queued + len(self.serving)

    def line_up(self, job: Job) -> None:
        """Put a job behind its like."""
        job.serial = self.serial = self.serial + 1
        self.lanes[job.rank].append(job)
        self.queued += 1

    def put_first(self, job: Job) -> None:
        """Put a job before its like."""
        self.serial += 1
        job.serial = -self.serial
        self.lanes[job.rank].appendleft(job)
        self.queued += 1

    def take(self) -> Job:
        """The next job, taken off the queue. Raises IndexError where it is empty."""
        for lane in self.in_turn:
            if lane:
                self.queued -= 1
                return lane.popleft()
        raise IndexError(self.name)

    def move(self, job: Job, rank: int) -> None:
        """Give a job another rank; in a queue it comes among its new like as it came."""
        if job in (lane := self.lanes[job.rank]):
            lane.remove(job)
            to = self.lanes[rank]
            to.insert(sum(other.serial < job.serial for other in to), job)
        job.rank = rank


@dataclass(slots=True, eq=False)
class Ready:
    """An answer, prepared. `parts` is the choice where no queue has a say in it, else None; `meeting` its meeting.

    `part` is the only one of `parts`, where it is but one and no meeting. `actors` are all able hands. `shape` is one
    number for all answers of a stage alike but for the hands, 0 where the stage is not in force.
    """

    stage: Stage
    answer: Answer
    parts: tuple[Part, ...] | None
    part: Part | None
    meeting: str | None
    actors: frozenset[str]
    shape: int


class Watch:
    """What is known of one question: the officials it depends on, and answers by their signatures.

    `current` is the answer at `version` of the world, `part` its only hand, if it is but one and has a desk.
    """

    __slots__ = ("current", "names", "part", "signed", "table", "version")

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.signed: Callable[[Any], Any] = itemgetter(*sorted(names)) if names else lambda _: _HERE
        self.table: dict[Any, Ready] = {}
        self.version = NEVER
        self.current: Ready | None = None
        self.part: Part | None = None

    def set(self, version: int, ready: Ready) -> None:
        """Note the answer at a version of the world."""
        part = ready.part
        self.version, self.current = version, ready
        self.part = part if part is not None and part.desk is not None else None


UNASKED = Watch(frozenset())
"""Stands for every question that was never asked."""


@dataclass(slots=True, eq=False)
class Standing:
    """The stages in force for a paper, with answers of which only the shape counts; `plan` where there is but one."""

    stages: tuple[tuple[Stage, Answer], ...]
    plan: Plan | None = None


class Known:
    """What is known of a class of papers: its questions by the slot of the stage, and which stages it comes to.

    `standing` is that at `version` of the world.
    """

    __slots__ = ("stages", "standing", "standings", "version", "watches")

    def __init__(self, stages: tuple[tuple[int, Stage], ...], slots: int) -> None:
        self.stages = stages
        self.watches: list[Watch] = [UNASKED] * slots
        self.standings: dict[tuple[int, ...], Standing] = {}
        self.version = NEVER
        self.standing: Standing | None = None


class Docket:
    """A paper, its plan and how far it has come. `done` has the time each node was done, None until then;
    a paper that is done, and whose plan has no ceilings, has none.

    `rank` is its place among the tiers, the most urgent first. `row` has the numbers of the usual handling times, by
    column of the node, until it is sent back; all others follow from `key`. What few papers need is None until they do.
    """

    __slots__ = (
        "arrived", "did", "done", "finished", "flow", "jobs", "key", "left", "number", "open", "paper", "plain", "plan",
        "rank", "rest", "rounds", "row", "seats", "stalls", "tier", "unnamed", "waiting", "watches",
    )  # fmt: skip

    def __init__(
        self, number: int, flow: str, tier: str, rank: int, paper: PaperClass, plan: Plan, key: int, arrived: float,
        watches: list[Watch], row: Sequence[int],
    ) -> None:  # fmt: skip
        self.number, self.flow, self.tier, self.rank = number, flow, tier, rank
        self.paper, self.plan, self.key, self.arrived, self.row = paper, plan, key, arrived, row
        self.watches = watches
        """What is known of its questions (`Known.watches`)."""
        self.finished: float | None = None
        size = plan.size
        self.done: list[float | None] = [None] * size
        self.left = list(plan.before)
        self.open = size
        self.rounds: Sequence[int] = plan.zeros
        """How often each node was begun anew."""
        self.jobs: list[Job | None] = [None] * size
        """The job of each node that is before somebody, the first of its team. One that is done may be left there."""
        self.plain = True
        """Whether no stage of it had several seats, and nobody left work on it half done."""
        self.waiting: dict[int, float] | None = None
        """Nodes that nobody may do, with the working time since when."""
        self.rest: dict[tuple[int, str], float] | None = None
        """Work left when an official had to leave it, by node and official."""
        self.seats: dict[int, frozenset[int]] | None = None
        """Seats of a joint act that have acted, by node."""
        self.did: dict[int, set[str]] | None = None
        """Who did the nodes that the rules keep from one hand, by node."""
        self.stalls = 0
        self.unnamed = False
        """Whether it came to a stage that the rules demand and give to nobody."""

    def time_of(self, node: int) -> float | None:
        """When a node was done; for ARRIVAL when the paper came."""
        return self.arrived if node == ARRIVAL else self.done[node]

    def waits(self, node: int) -> bool:
        """Whether nobody may do a node."""
        return self.waiting is not None and node in self.waiting

    def kept_from(self, nodes: Sequence[int]) -> frozenset[str]:
        """Who did any of these nodes."""
        did = self.did
        return frozenset() if did is None else frozenset(a for n in nodes for a in did.get(n, ()))

    def acted(self, node: int) -> frozenset[int] | None:
        """The seats of a joint act that have acted."""
        return None if self.seats is None else self.seats.get(node)
