"""Officials leave and come back, and their work with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.eventlog import Change

if TYPE_CHECKING:
    from sim.office import Office


class People:
    """Who is there in one office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        for official in office.world.states:
            office.desks[official].leave()
            office.hands.sign(official)

    def leave(self, official: str, state: str, delegations: frozenset[tuple[str, str]]) -> None:
        """An official goes; what lies on his desk goes to whoever may do it now."""
        office = self.office
        world = office.world
        world.states[official] = state
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official)) | delegations
        orphans = office.desks[official].leave()
        self._changed({official, *(name for _, name in delegations)})
        for job in orphans:
            docket, node = job.docket, job.node
            if docket is not None and node is not None and job.live:
                if job.begun > 0:
                    docket.rest[(node.number, official)] = job.minutes
                office.passage.again(docket, node)
        self._ask_again(official)

    def come_back(self, official: str) -> None:
        """An official is there again."""
        office = self.office
        world = office.world
        del world.states[official]
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official))
        office.desks[official].come_back()
        self._changed({official})
        self._ask_again(official)

    def note(self) -> None:
        """Write down who is there."""
        office = self.office
        if office.log is not None:
            office.note(Change(office.env.time, tuple(sorted(office.world.states.items())), office.world.delegations))

    def _of(self, delegation: tuple[str, str], official: str) -> bool:
        return delegation[1] == official and delegation[0] not in self.office.rules.powers

    def _changed(self, officials: set[str]) -> None:
        self.office.world.version += 1
        for official in officials:
            self.office.hands.sign(official)
        self.note()

    def _ask_again(self, official: str) -> None:
        """Who has work in hand may have lost the right to it, and who lacked hands may have found them.

        Only where the official's coming or going can make a difference.
        """
        office = self.office
        for desk in list(office.desks.values()):
            for job in list(desk.serving):
                docket, node = job.docket, job.node
                if not job.live or docket is None or node is None:
                    continue
                if official in office.hands.depends(node.slot, docket.paper):
                    office.passage.still(job)
        office.stalls.ask_again(official)
