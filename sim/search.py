"""The smallest change that brings every tier to an on-time rate.

All changes of size 1 are tried, one rung of each ladder (`sim.changes`). Where none suffices, the best of each size
(the one whose worst tier comes closest) is taken one rung further, on the same ladder or with any other, up to `most`.
So size 1 is searched whole; beyond it a smaller change may be missed, and the report says so.

Every change is run with the same seed as the office as it is, so that both share their papers (paired differences). A
rate is reached where the whole interval of the on-time rate lies at or above it, in every tier that has papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sim.changes import Ladder, ladders
from sim.comparison import Difference, paired, tiers_of
from sim.intervals import Estimate, estimate
from sim.replications import Experiment, Measure, Progress, Run
from sim.report import ALL, on_time

Runner = Callable[[Experiment], Run]
"""Runs an experiment, with whatever replications it takes."""


@dataclass(frozen=True)
class Move:
    """A ladder, climbed to its rung `height` (0 the first)."""

    ladder: Ladder
    height: int

    @property
    def value(self) -> str:
        return self.ladder.rungs[self.height].value


@dataclass(frozen=True)
class Tried:
    """A change that was tried: its moves, its run, the on-time rate of each tier there, and the paired differences.

    `reached` where every tier has the rate; `worst` is the lowest mean of a tier (0 where none is known).
    """

    moves: tuple[Move, ...]
    run: Run
    rates: dict[str, Estimate | None]
    differences: tuple[Difference, ...]
    reached: bool

    @property
    def size(self) -> int:
        return sum(m.height + 1 for m in self.moves)

    @property
    def worst(self) -> float:
        return min((r.mean for r in self.rates.values() if r is not None), default=0.0)

    @property
    def overall(self) -> float:
        """The change of the on-time rate of all papers."""
        gap = next((d.difference for d in self.differences if d.tier == ALL), None)
        return gap.mean if gap else 0.0


@dataclass(frozen=True)
class Search:
    """What was found. `base` is the office as it is (no moves), `tried` all changes in the order they were tried.

    `interrupted`: somebody stopped it before it came to an end.
    """

    target: float
    base: Tried
    tried: tuple[Tried, ...]
    most: int
    interrupted: bool = False

    @property
    def found(self) -> tuple[Tried, ...]:
        """The smallest changes that reach the rate, the best first; the office as it is, where that does."""
        if self.base.reached:
            return (self.base,)
        good = [t for t in self.tried if t.reached]
        size = min((t.size for t in good), default=0)
        return tuple(sorted((t for t in good if t.size == size), key=_rank))


def _rank(tried: Tried) -> tuple[float, float]:
    """The one whose worst tier is best comes first; of equal ones, the one with more papers on time."""
    return (-tried.worst, -tried.overall)


def search(
    experiment: Experiment, target: float, run: Runner, most: int = 3, only: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> Search:  # fmt: skip
    """Look for the smallest change that brings every tier to `target` on time, of size `most` at most.

    `only` keeps the ladders whose names begin so. Raises SimulationError where the scenario cannot be run.
    """
    base = _tried((), run(experiment), None, target)
    known = [x for x in ladders(experiment, base.run.outcomes) if not only or x.name.startswith(only)]
    tried: list[Tried] = []
    interrupted, at = base.run.interrupted, base
    for size in range(1, most + 1):
        if base.reached or interrupted or any(t.reached for t in tried):
            break
        here: list[Tried] = []
        for number, moves in enumerate(_further(at.moves, known), 1):
            changed = experiment
            for move in moves:
                changed = move.ladder.rungs[move.height].put(changed)
            found = run(changed)
            interrupted = found.interrupted
            if interrupted:
                break
            here.append(_tried(moves, found, base.run, target))
            if progress:
                progress((size - 1) * len(known) + number, most * len(known))
        tried.extend(here)
        if not here:
            break
        at = min(here, key=_rank)
    return Search(target, base, tuple(tried), most, interrupted)


def _further(moves: tuple[Move, ...], known: Iterable[Ladder]) -> Iterable[tuple[Move, ...]]:
    """Each way to go one rung further. Two ladders of one name are never climbed at once."""
    climbed = {m.ladder.name: m for m in moves}
    for ladder in known:
        if ladder.name not in climbed:
            yield (*moves, Move(ladder, 0))
            continue
        move = climbed[ladder.name]
        if move.ladder == ladder and move.height + 1 < len(ladder.rungs):
            yield tuple(Move(ladder, move.height + 1) if m is move else m for m in moves)


def measures(tiers: Iterable[str]) -> tuple[Measure, ...]:
    """The on-time rate of each tier, for a stopping rule."""
    return tuple((lambda o, t=t: on_time(o, ALL, t)) for t in tiers)


def _tried(moves: tuple[Move, ...], run: Run, base: Run | None, target: float) -> Tried:
    tiers = tiers_of(run)
    rates = {t: estimate(on_time(o, ALL, t) for o in run.outcomes) for t in tiers}
    known = [r for r in rates.values() if r is not None]
    reached = bool(known) and all((r.mean if r.low is None else r.low) >= target for r in known)
    gaps = () if base is None else tuple(_gap(base, run, t) for t in (ALL, *tiers))
    return Tried(moves, run, rates, gaps, reached)


def _gap(base: Run, run: Run, tier: str) -> Difference:
    return paired("on_time", tier, base, run, lambda o: on_time(o, ALL, tier))
