"""What happened, event by event: for the monitor and for process mining."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.oracle import PaperClass


@dataclass(frozen=True)
class Act:
    """A stage done by an actor: minutes of the axis from beginning to end. `by_lapse`: consent was deemed."""

    begin: float
    end: float
    paper: int
    stage: str
    actor: str
    norms: tuple[str, ...]
    instead_of: tuple[str, ...]
    by_lapse: bool = False


@dataclass(frozen=True)
class Change:
    """An official leaves, comes back, or the delegations in force change."""

    time: float
    states: tuple[tuple[str, str], ...]
    delegations: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Mark:
    """Something else that happened to a paper: arrived, stalled, resumed, returned, finished, agenda, reminder,
    escalation, passed (over).

    Of a stall, `norms` give the reason and `missing` says what is missing where (`sim.oracle.lacking`).
    """

    time: float
    paper: int
    what: str
    stage: str = ""
    norms: tuple[str, ...] = ()
    missing: frozenset[tuple[str, str]] = frozenset()


@dataclass
class EventLog:
    """All events in order of time. `papers` has flow, tier and class of each paper by number."""

    events: list[Act | Change | Mark] = field(default_factory=list)
    papers: dict[int, tuple[str, str, PaperClass]] = field(default_factory=dict)
