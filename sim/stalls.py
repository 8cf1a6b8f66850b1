"""Papers at a stage that nobody may do: counted, put down to norms, and taken up again when somebody may."""

from __future__ import annotations

from collections.abc import Iterable

from sim.answers import Answers
from sim.eventlog import Mark
from sim.hands import Hands
from sim.oracle import Answer, lacking
from sim.papers import Docket
from sim.plan import PlanNode
from sim.state import State


class Stalls:
    """The stalled papers of one office."""

    def __init__(self, state: State, answers: Answers, hands: Hands) -> None:
        self.state, self.answers, self.hands = state, answers, hands
        self._stalled: dict[tuple[int, int], tuple[Docket, int, str, tuple[str, ...]]] = {}
        self._hopes: dict[str, dict[tuple[int, int], None]] = {}
        """Stalled papers by the officials whose coming or going may help them."""

    def add(self, docket: Docket, node: PlanNode, answer: Answer) -> None:
        """Nobody may do the stage now."""
        state, number = self.state, node.number
        if docket.waits(number):
            return
        tally = state.tally
        if not docket.waiting:
            tally.under_way -= 1
            tally.stalled += 1
        if docket.waiting is None:
            docket.waiting = {}
        docket.waiting[number] = state.clock()
        docket.stalls += 1
        place = (docket.number, number)
        self._stalled[place] = (docket, number, node.stage.id, answer.reasons)
        for official in docket.watches[node.slot].names:
            self._hopes.setdefault(official, {})[place] = None
        if state.measuring:
            stall = tally.stall(node.stage.id, answer.reasons)
            stall.times += 1
            stall.papers.add(docket.number)
            if not answer.powers:
                docket.unnamed = True
                tally.unnamed.setdefault((docket.flow, node.stage.id, answer.reasons), set()).add(docket.number)
        if state.log is not None:
            missing = lacking(state.rules, state.world.cast, answer.obstacles)
            state.note(Mark(state.env.time, docket.number, "stalled", node.stage.id, answer.reasons, missing))

    def resume(self, docket: Docket, number: int) -> None:
        """The stage is no longer stuck."""
        state = self.state
        assert docket.waiting is not None
        since = docket.waiting.pop(number)
        _, _, stage, norms = self._stalled.pop((docket.number, number))
        if state.measuring:
            stall = state.tally.stall(stage, norms)
            stall.papers.add(docket.number)
            stall.minutes += state.clock() - max(since, state.warm_worked)
        if not docket.waiting:
            state.tally.stalled -= 1
            state.tally.under_way += 1
        if state.log is not None:
            state.note(Mark(state.env.time, docket.number, "resumed", stage))

    def now(self) -> Iterable[tuple[Docket, str, tuple[str, ...], float]]:
        """Papers stalled now: the paper, the stage, the norms to blame, and since what working time."""
        for docket, number, stage, norms in self._stalled.values():
            assert docket.waiting is not None
            yield docket, stage, norms, docket.waiting[number]

    def ask_again(self, official: str) -> None:
        """Somebody came or went: who lacked hands may have found them."""
        for place in list(self._hopes.pop(official, ())):
            if place not in self._stalled:
                continue
            docket, number, _, _ = self._stalled[place]
            node = docket.plan.nodes[number]
            answer = self.answers.ready(node.stage, node.slot, docket).answer
            if answer.wanted and self.hands.choose(answer, docket.acted(number)) is None:
                for name in (official, *docket.watches[node.slot].names):
                    self._hopes.setdefault(name, {})[place] = None
                continue
            self.resume(docket, number)
            self.state.course.take_up(docket, node)
