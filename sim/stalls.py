"""Papers at a stage that nobody may do: counted, put down to norms, and taken up again when somebody may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.eventlog import Mark
from sim.oracle import Answer
from sim.papers import Docket
from sim.plan import PlanNode

if TYPE_CHECKING:
    from sim.office import Office


class Stalls:
    """The stalled papers of one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._stalled: dict[tuple[int, int], tuple[Docket, int, str, tuple[str, ...]]] = {}
        self._hopes: dict[str, dict[tuple[int, int], None]] = {}
        """Stalled papers by the officials whose coming or going may help them."""

    def add(self, docket: Docket, node: PlanNode, answer: Answer) -> None:
        """Nobody may do the stage now."""
        office, number = self.office, node.number
        if number in docket.waiting:
            return
        tally = office.tally
        if not docket.waiting:
            tally.under_way -= 1
            tally.stalled += 1
        docket.waiting[number] = office.clock()
        docket.stalls += 1
        place = (docket.number, number)
        self._stalled[place] = (docket, number, node.stage.id, answer.reasons)
        for official in office.hands.depends(node.slot, docket.paper):
            self._hopes.setdefault(official, {})[place] = None
        if office.measuring:
            stall = tally.stall(node.stage.id, answer.reasons)
            stall.times += 1
            stall.papers.add(docket.number)
            missing = frozenset((o.stand_in, o.reason) for o in answer.obstacles if o.reason != "reading")
            tally.causes.setdefault((node.stage.id, answer.reasons, missing), set()).add(docket.number)
            if not answer.powers:
                docket.unnamed = True
                tally.unnamed.setdefault((docket.flow, node.stage.id, answer.reasons), set()).add(docket.number)
        if office.log is not None:
            office.note(Mark(office.env.time, docket.number, "stalled", node.stage.id, answer.reasons))

    def resume(self, docket: Docket, number: int) -> None:
        """The stage is no longer stuck."""
        office = self.office
        since = docket.waiting.pop(number)
        _, _, stage, norms = self._stalled.pop((docket.number, number))
        if office.measuring:
            stall = office.tally.stall(stage, norms)
            stall.papers.add(docket.number)
            stall.minutes += office.clock() - max(since, office.warm_worked)
        if not docket.waiting:
            office.tally.stalled -= 1
            office.tally.under_way += 1
        if office.log is not None:
            office.note(Mark(office.env.time, docket.number, "resumed", stage))

    def now(self) -> Iterable[tuple[Docket, str, tuple[str, ...], float]]:
        """Papers stalled now: the paper, the stage, the norms to blame, and since what working time."""
        for docket, number, stage, norms in self._stalled.values():
            yield docket, stage, norms, docket.waiting[number]

    def ask_again(self, official: str) -> None:
        """Somebody came or went: who lacked hands may have found them."""
        office = self.office
        for place in list(self._hopes.pop(official, ())):
            if place not in self._stalled:
                continue
            docket, number, _, _ = self._stalled[place]
            node = docket.plan.nodes[number]
            answer = office.hands.ready(node.stage, node.slot, docket.paper).answer
            if answer.wanted and office.hands.choose(answer, docket.seats.get(number)) is None:
                for name in (official, *office.hands.depends(node.slot, docket.paper)):
                    self._hopes.setdefault(name, {})[place] = None
                continue
            self.resume(docket, number)
            if node.consulted:
                office.periods.consult(docket, node)
            elif not office.meetings.waits(docket, number):
                office.passage.dispatch(docket, node)
