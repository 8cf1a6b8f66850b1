"""Counting: where time went, what stalled, and whether papers in equal papers out, under way and stalled."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
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
    """Papers no norm wants a hand of; `not_regulated` has those after the warm-up by flow."""
    excluded: int = 0
    returns: int = 0
    lapses: int = 0
    reminders: int = 0
    escalations: int = 0
    one_hand: int = 0
    """Stages done by somebody who had done one that the rules keep from the same hand."""
    postponed_absences: int = 0
    not_regulated: dict[str, int] = field(default_factory=dict)
    unnamed: dict[tuple[str, str, tuple[str, ...]], set[int]] = field(default_factory=dict)
    """Papers stuck at a stage that the rules demand and give to nobody at all: by flow, stage and norms."""
    steps: dict[str, Spent] = field(default_factory=dict)
    norms: dict[str, Spent] = field(default_factory=dict)
    seats: dict[tuple[str, str], Spent] = field(default_factory=dict)
    """By actor and stage."""
    stalls: dict[tuple[str, tuple[str, ...]], Stall] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        """Papers in = papers out + under way + stalled."""
        return self.arrived == self.finished + self.under_way + self.stalled

    def leave_unasked(self, flow: str, measured: bool) -> None:
        """A paper came that no norm wants a hand of."""
        self.unasked += 1
        if measured:
            self.not_regulated[flow] = self.not_regulated.get(flow, 0) + 1

    def spend(
        self, stage: str, actor: str, norms: tuple[str, ...], waited: float, worked: float, count: int = 1
    ) -> None:  # fmt: skip
        """Count pieces of work of an actor at a stage and under norms, working minutes waited and worked."""
        accounts = [
            self.steps.setdefault(stage, Spent()),
            self.seats.setdefault((actor, stage), Spent()),
            *(self.norms.setdefault(norm, Spent()) for norm in norms),
        ]
        for spent in accounts:
            spent.count += count
            spent.waited += waited
            spent.worked += worked

    def stall(self, stage: str, norms: tuple[str, ...]) -> Stall:
        """The counter of a stage stuck for these norms."""
        return self.stalls.setdefault((stage, norms), Stall())
