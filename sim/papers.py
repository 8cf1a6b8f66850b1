"""One paper on its way through the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.desks import Job
from sim.oracle import PaperClass
from sim.plan import ARRIVAL, Plan

if TYPE_CHECKING:
    from sim.hands import Watch


class Docket:
    """A paper, its plan and how far it has come. `done` has the time each node was done, None until then."""

    __slots__ = (
        "arrived", "done", "finished", "flow", "jobs", "key", "left", "number", "open", "paper", "plan", "rank",
        "rest", "rounds", "seats", "stalls", "tier", "unnamed", "waiting", "watches",
    )  # fmt: skip

    def __init__(self, number: int, flow: str, tier: str, rank: int, paper: PaperClass, plan: Plan, key: int) -> None:
        self.number, self.flow, self.tier, self.rank = number, flow, tier, rank
        self.paper, self.plan, self.key = paper, plan, key
        size = len(plan.nodes)
        self.watches: dict[int, Watch] = {}
        """What is remembered of who may do the stages of papers of this class, by slot."""
        self.arrived = 0.0
        self.finished: float | None = None
        self.done: list[float | None] = [None] * size
        self.left = list(plan.before)
        self.open = size
        self.rounds = [0] * size
        self.jobs: dict[int, tuple[Job, ...]] = {}
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


@dataclass(frozen=True)
class PaperRecord:
    """What became of a paper. Times are minutes of the axis; `finished` None where it is not done.

    `timely` is None where the limit lies after the end of the run and the paper is not done, or where no limit
    binds it; `assumed` says that the limit is the scenario's, not the rules'. `limits` are all ceilings of the
    rules on it, under any reading, with whether each was kept.
    """

    flow: str
    tier: str
    arrived: float
    finished: float | None
    working_days: float | None
    stalled: bool
    stalls: int
    timely: bool | None
    assumed: bool
    limits: tuple[tuple[str, bool], ...]
