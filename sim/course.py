"""What the parts of an office may have done to a paper. `sim.passage` does it; the parts below know only this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sim.papers import Docket, Job
from sim.plan import PlanNode

Act = Callable[[Docket, PlanNode], None]


class Course(Protocol):
    """The course of papers through the office."""

    def open(self, docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        ...

    def take_up(self, docket: Docket, node: PlanNode) -> None:
        """A stage that was stuck is stuck no longer."""
        ...

    def concluded(self, docket: Docket, node: PlanNode) -> None:
        """A meeting or those consulted have done a stage: it is sent back, or complete."""
        ...

    def pass_over(self, docket: Docket, node: PlanNode) -> None:
        """Nobody does a stage, for the rules do not want it any more, or it may be left out."""
        ...

    def raise_(self, docket: Docket) -> None:
        """Treat a paper as one of the next more urgent tier from now on."""
        ...

    def complete(self, docket: Docket, node: PlanNode, lapsed: bool = False) -> None:
        """A stage is done, once its floors are kept."""
        ...

    def later(self, time: float, docket: Docket, node: PlanNode, act: Act) -> None:
        """Do it at a time, unless the node was done, or begun anew, in between."""
        ...

    def if_current(self, docket: Docket, node: PlanNode, round_: int, act: Act) -> None:
        """Do it unless the node was done, or begun anew, since `round_`."""
        ...

    def release(self, docket: Docket, number: int) -> None:
        """Nobody is to do the stage any more: it leaves all desks and agendas, and is not stuck."""
        ...

    def still(self, job: Job) -> bool:
        """Whether who has a job on the desk may still do it; if not, the paper goes to whoever may."""
        ...

    def finished(self, job: Job) -> None:
        """Somebody did his part of a stage."""
        ...
