"""Papers on their way, and the pieces of work they make: what is so now, without what happens next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from model.competence import Hand
from sim.oracle import PaperClass
from sim.plan import ARRIVAL, Plan, PlanNode

Sampler = Callable[[float], float]
SITTING = -1
"""The rank of sitting in a meeting: before every paper."""


class Tray(Protocol):
    """Where work is put before somebody."""

    def put(self, job: Job) -> None:
        """Work comes."""
        ...

    def withdraw(self, job: Job) -> None:
        """Work is wanted no more."""
        ...


class Part:
    """One hand for one seat of a stage: on which desk, how long it takes, and what it came to after the warm-up.

    `count`, `waited` and `worked` (working minutes) go to the accounts of its stage and its norms at the end.
    """

    __slots__ = ("count", "desk", "hand", "place", "sampler", "seat", "stage", "waited", "worked")

    def __init__(self, stage: str, seat: int, hand: Hand, sampler: Sampler, place: int) -> None:
        self.stage, self.seat, self.hand, self.sampler, self.place = stage, seat, hand, sampler, place
        self.desk: Tray | None = None
        """Set when work first comes to it."""
        self.count = 0
        self.waited = self.worked = 0.0


class Job:
    """One stage of one paper before one pair of hands. `minutes` are what is left of the work.

    `docket` and `node` are None for work that is no paper, such as sitting in a meeting. `event` is the number of
    the entry at whose time the work will be done, None while it is not in hand. `version` is that of the world for
    which the hand was last known to be competent.
    """

    __slots__ = ("begun", "docket", "event", "live", "minutes", "node", "part", "rank", "since", "version")

    def __init__(self, docket: Docket | None, node: PlanNode | None, part: Part, rank: int, minutes: float) -> None:
        self.docket, self.node, self.part, self.rank, self.minutes = docket, node, part, rank, minutes
        self.live = True
        self.event: int | None = None
        self.begun = 0.0
        self.since: float
        self.version: int


class Docket:
    """A paper, its plan and how far it has come. `done` has the time each node was done, None until then.

    `rank` is its place among the tiers, the most urgent first; a reminder or an escalation may raise it.
    """

    __slots__ = (
        "arrived", "done", "finished", "flow", "jobs", "key", "left", "number", "open", "paper", "plan", "rank",
        "rest", "rounds", "seats", "stalls", "tier", "unnamed", "waiting",
    )  # fmt: skip

    def __init__(
        self, number: int, flow: str, tier: str, rank: int, paper: PaperClass, plan: Plan, key: int, arrived: float
    ) -> None:  # fmt: skip
        self.number, self.flow, self.tier, self.rank = number, flow, tier, rank
        self.paper, self.plan, self.key, self.arrived = paper, plan, key, arrived
        size = len(plan.nodes)
        self.finished: float | None = None
        self.done: list[float | None] = [None] * size
        self.left = list(plan.before)
        self.open = size
        self.rounds = [0] * size
        self.jobs: list[tuple[Job, ...]] = [()] * size
        """Jobs not done yet, by node."""
        self.waiting: dict[int, float] = {}
        """Nodes that nobody may do, with the working time since when."""
        self.rest: dict[tuple[int, str], float] = {}
        """Work left when an official had to leave it, by node and official."""
        self.seats: dict[int, frozenset[int]] = {}
        """Seats of a joint act that have acted, by node."""
        self.stalls = 0
        self.unnamed = False
        """Whether it came to a stage that the rules demand and give to nobody."""

    def time_of(self, node: int) -> float | None:
        """When a node was done; for ARRIVAL when the paper came."""
        return self.arrived if node == ARRIVAL else self.done[node]
