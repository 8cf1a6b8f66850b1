"""Counting: where time went, what stalled, and whether papers in equal papers out, under way and stalled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.desks import Job


@dataclass
class Spent:
    """Working minutes waited and worked, over `count` pieces of work."""

    count: int = 0
    waited: float = 0.0
    worked: float = 0.0


@dataclass
class Stall:
    """Papers that nobody could handle at a stage: how often, and for how many working minutes in all."""

    times: int = 0
    minutes: float = 0.0
    papers: set[int] = field(default_factory=set)


@dataclass
class Tally:
    """The counters of one run. The four counts of papers are kept one by one, not one from the others."""

    arrived: int = 0
    finished: int = 0
    under_way: int = 0
    stalled: int = 0
    unasked: int = 0
    excluded: int = 0
    returns: int = 0
    lapses: int = 0
    reminders: int = 0
    postponed_absences: int = 0
    steps: dict[str, Spent] = field(default_factory=dict)
    norms: dict[str, Spent] = field(default_factory=dict)
    stalls: dict[tuple[str, tuple[str, ...]], Stall] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        """Papers in = papers out + under way + stalled."""
        return self.arrived == self.finished + self.under_way + self.stalled

    def step(self, job: Job, now: float, warm: float) -> None:
        """A piece of work ended or was broken off at working time `now`; what was before `warm` is left out."""
        if job.docket is None or job.since < warm:
            return
        waited, worked = job.begun - job.since, now - job.begun
        self.spend(job.docket.plan.nodes[job.node].stage.id, job.hand.norms, waited, worked)

    def spend(self, stage: str, norms: tuple[str, ...], waited: float, worked: float) -> None:
        for table, names in ((self.steps, (stage,)), (self.norms, norms)):
            for name in names:
                spent = table.get(name)
                if spent is None:
                    spent = table[name] = Spent()
                spent.count += 1
                spent.waited += waited
                spent.worked += worked

    def stall(self, stage: str, norms: tuple[str, ...]) -> Stall:
        """The counter of a stage stuck for these norms."""
        return self.stalls.setdefault((stage, norms), Stall())
