"""Officials leave and come back, and their work with them."""

from __future__ import annotations

from sim.answers import Answers
from sim.desks import Desks
from sim.eventlog import Change
from sim.passage import Passage
from sim.stalls import Stalls
from sim.state import State


class People:
    """Who is there in one office."""

    def __init__(self, state: State, answers: Answers, desks: Desks, stalls: Stalls, passage: Passage) -> None:
        self.state, self.answers, self.desks, self.stalls, self.passage = state, answers, desks, stalls, passage
        for official in state.world.states:
            desks.leave(official)
        self._note()

    def leave(self, official: str, state: str, delegations: frozenset[tuple[str, str]]) -> None:
        """An official goes; what lies on his desk goes to whoever may do it now."""
        world = self.state.world
        world.states[official] = state
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official)) | delegations
        orphans = self.desks.leave(official)
        self._changed({official, *(name for _, name in delegations)})
        for job in orphans:
            docket, node = job.docket, job.node
            if docket is not None and node is not None and job.live:
                if job.begun > 0:
                    if docket.rest is None:
                        docket.rest, docket.plain = {}, False
                    docket.rest[(node.number, official)] = job.minutes
                self.passage.again(docket, node)
        self._ask_again(official)

    def come_back(self, official: str) -> None:
        """An official is there again."""
        world = self.state.world
        del world.states[official]
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official))
        self.desks.come_back(official)
        self._changed({official})
        self.desks.next(self.desks.of(official))
        self._ask_again(official)

    def _note(self) -> None:
        """Write down who is there."""
        state, world = self.state, self.state.world
        if state.log is not None:
            state.note(Change(state.env.time, tuple(sorted(world.states.items())), world.delegations))

    def _of(self, delegation: tuple[str, str], official: str) -> bool:
        return delegation[1] == official and delegation[0] not in self.state.rules.powers

    def _changed(self, officials: set[str]) -> None:
        self.state.world.version += 1
        for official in officials:
            self.answers.sign(official)
        self._note()

    def _ask_again(self, official: str) -> None:
        """Who has work in hand may have lost the right to it, and who lacked hands may have found them.

        Only where the official's coming or going can make a difference.
        """
        for desk in list(self.desks.of_all.values()):
            for job in list(desk.serving):
                docket, node = job.docket, job.node
                if not job.live or docket is None or node is None:
                    continue
                if official in docket.watches[node.slot].names:
                    self.passage.still(job)
        self.stalls.ask_again(official)
