"""The smallest change that brings every tier to an on-time rate.

A change is a set of moves, each some rungs up one ladder (`sim.changes`); its size is the number of rungs. All changes
of size 1 are tried. Where none suffices, changes of the next size are: those that go one rung further than one tried
before, on the same ladder or another. Of these

- none with a ladder whose first rung leaves every paper of the tiers that are wanting as it was (common random numbers
  make that exact): such ladders are idle;
- those first that promise most, if what first rungs did apart is added up;
- no more than `tries` of a size, and none after the first that is enough.

`Search.left` says how many of each size were not tried, so that a reader sees where a smaller change may be missed:
nowhere, if nothing was left, but that idle ladders may help each other.

Every change is run with the same seed as the office as it is, so that both share their papers (paired differences). A
rate is reached where the whole interval of the on-time rate lies at or above it, in every tier that has papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sim.changes import Ladder, ladders
from sim.comparison import Difference, paired, tiers_of
from sim.intervals import Estimate, estimate
from sim.replications import Experiment, Measure, Progress, Run
from sim.report import ALL, on_time

TRIES = 40
"""How many changes of a size beyond 1 are tried, if nobody says otherwise."""
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
    days: dict[str, float]
    """Working days in the office of the papers of each tier, a replication."""

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

    `interrupted`: somebody stopped it before it came to an end. `idle` are the names of ladders that were not climbed
    beyond a first rung that made no difference. `left` has how many changes of a size were known and not tried.
    """

    target: float
    base: Tried
    tried: tuple[Tried, ...]
    most: int
    interrupted: bool = False
    idle: tuple[str, ...] = ()
    left: Mapping[int, int] = field(default_factory=dict)

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
    progress: Progress | None = None, tries: int = TRIES,
) -> Search:  # fmt: skip
    """Look for the smallest change that brings every tier to `target` on time, of size `most` at most.

    `only` keeps the ladders whose names begin so; `tries` is how many changes of a size beyond 1 are tried. Raises
    SimulationError where the scenario cannot be run.
    """
    base = _tried((), run(experiment), None, target)
    known = [x for x in ladders(experiment, base.run.outcomes) if not only or x.name.startswith(only)]
    climb = _Climb(base, target)
    tried: list[Tried] = []
    left: dict[int, int] = {}
    interrupted = base.run.interrupted
    for size in range(1, most + 1):
        if base.reached or interrupted or any(t.reached for t in tried):
            break
        coming = climb.further([t for t in tried if t.size == size - 1] or [base], known)
        chosen = coming if size == 1 else coming[:tries]
        here = 0
        for moves in chosen:
            changed = experiment
            for move in moves:
                changed = move.ladder.rungs[move.height].put(changed)
            found = run(changed)
            interrupted = found.interrupted
            if interrupted:
                break
            here += 1
            tried.append(_tried(moves, found, base.run, target))
            climb.note(tried[-1])
            if progress:
                progress(len(tried), len(tried) - here + len(chosen) + (most - size) * min(len(chosen), tries))
            if size > 1 and tried[-1].reached:
                break
        if here < len(coming):
            left[size] = len(coming) - here
        if not here:
            break
    return Search(target, base, tuple(tried), most, interrupted, tuple(sorted(climb.idle)), left)


class _Climb:
    """What is known of the changes so far: which ladders are idle, and what the first rung of each does."""

    def __init__(self, base: Tried, target: float) -> None:
        self.base = base
        self.wanting = [t for t, r in base.rates.items() if not _enough(r, target)]
        self.idle: set[str] = set()
        self._first: dict[str, Tried] = {}
        """Changes of size 1, by the name of their ladder."""

    def note(self, tried: Tried) -> None:
        """A change was tried."""
        if tried.size != 1:
            return
        name = tried.moves[0].ladder.known_as
        self._first[name] = tried
        if all(_state(tried, t) == _state(self.base, t) for t in self.wanting):
            self.idle.add(name)

    def further(self, tried: Iterable[Tried], known: Iterable[Ladder]) -> list[tuple[Move, ...]]:
        """Each way to go one rung further than one of those tried, the most promising first, each once."""
        active = [x for x in known if x.known_as not in self.idle]
        found: dict[frozenset[Move], tuple[tuple[float, float], tuple[Move, ...]]] = {}
        for one in tried:
            if any(m.ladder.known_as in self.idle for m in one.moves):
                continue
            for ladder, moves in _further(one.moves, active):
                promise, known_as = self._promise(one, ladder), frozenset(moves)
                if known_as not in found or promise < found[known_as][0]:
                    found[known_as] = (promise, moves)
        return [moves for _, moves in sorted(found.values(), key=lambda f: f[0])]

    def _promise(self, tried: Tried, ladder: Ladder) -> tuple[float, float]:
        """Smaller is better: the worst tier, then the days in the office, if the rung does what the first one did."""
        first = self._first.get(ladder.known_as)
        if first is None:
            return 0.0, 0.0
        gains = (_rate(first, t) - _rate(self.base, t) for t in self.wanting)
        worst = min((min(_rate(tried, t) + g, 1.0) for t, g in zip(self.wanting, gains, strict=True)), default=1.0)
        return -worst, sum(tried.days.values()) + sum(first.days.values())


def _rate(tried: Tried, tier: str) -> float:
    rate = tried.rates.get(tier)
    return rate.mean if rate is not None else 0.0


def _state(tried: Tried, tier: str) -> tuple[float, float]:
    return _rate(tried, tier), tried.days.get(tier, 0.0)


def _enough(rate: Estimate | None, target: float) -> bool:
    return rate is not None and (rate.mean if rate.low is None else rate.low) >= target


def _further(moves: tuple[Move, ...], known: Iterable[Ladder]) -> Iterable[tuple[Ladder, tuple[Move, ...]]]:
    """Each way to go one rung further, and on which ladder. Two ladders of one name are never climbed at once."""
    climbed = {m.ladder.name: m for m in moves}
    for ladder in known:
        if ladder.name not in climbed:
            yield ladder, (*moves, Move(ladder, 0))
            continue
        move = climbed[ladder.name]
        if move.ladder == ladder and move.height + 1 < len(ladder.rungs):
            yield ladder, tuple(Move(ladder, move.height + 1) if m is move else m for m in moves)


def measures(tiers: Iterable[str]) -> tuple[Measure, ...]:
    """The on-time rate of each tier, for a stopping rule."""
    return tuple((lambda o, t=t: on_time(o, ALL, t)) for t in tiers)


def _tried(moves: tuple[Move, ...], run: Run, base: Run | None, target: float) -> Tried:
    tiers = tiers_of(run)
    rates = {t: estimate(on_time(o, ALL, t) for o in run.outcomes) for t in tiers}
    known = [r for r in rates.values() if r is not None]
    reached = bool(known) and all(_enough(r, target) for r in known)
    gaps = () if base is None else tuple(_gap(base, run, t) for t in (ALL, *tiers))
    days = dict.fromkeys(tiers, 0.0)
    for (_, tier), group in (g for o in run.outcomes for g in o.groups.items()):
        days[tier] = days.get(tier, 0.0) + group.inside / len(run.outcomes)
    return Tried(moves, run, rates, gaps, reached, days)


def _gap(base: Run, run: Run, tier: str) -> Difference:
    return paired("on_time", tier, base, run, lambda o: on_time(o, ALL, tier))
