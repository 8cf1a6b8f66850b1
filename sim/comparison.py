"""Two runs side by side, sweeps, and which assumption matters most.

Runs with the same seed share every random number that means the same in both, so what is compared is the difference
within each replication (paired-t intervals with common random numbers: Law, Simulation Modeling and Analysis, 10.2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim.intervals import Estimate, estimate
from sim.outcome import Group, Outcome
from sim.replications import Experiment, Measure, Progress, Run, Workers, run
from sim.report import ALL, mean_sojourn, on_time
from sim.vary import Knob, knobs


@dataclass(frozen=True)
class Difference:
    """One measure of papers of a tier (`*` all): in one run, in the other, and the other less the one.

    `measure` is `on_time` (share), `sojourn_days` (working days), `stalled` (share) or `unregulated` (papers a year);
    of `costs` it is `stalled_papers`, `late_papers` (papers a year) or `paper_days` (working days a year that papers
    spend in the office).
    """

    measure: str
    tier: str
    one: Estimate | None
    other: Estimate | None
    difference: Estimate | None

    @property
    def certain(self) -> bool:
        """Whether the interval of the difference leaves out 0."""
        d = self.difference
        return d is not None and d.low is not None and d.high is not None and not d.low <= 0 <= d.high


def stalled(one: Outcome, tier: str = ALL) -> float | None:
    """The share of papers that stalled, in one replication."""
    groups = [g for (_, t), g in one.groups.items() if tier in (ALL, t)]
    came = sum(g.arrived for g in groups)
    return sum(g.stalled for g in groups) / came if came else None


def unregulated(one: Outcome) -> float:
    """Papers a year that the rules leave without anybody."""
    return sum(u.papers for u in one.unregulated) / (one.years or 1.0)


def differences(one: Run, other: Run) -> tuple[Difference, ...]:
    """What the other run has more than the one, replication by replication; both with the same seed."""
    tiers = list(dict.fromkeys((*tiers_of(one), *tiers_of(other))))
    found: list[Difference] = []
    for tier in (ALL, *tiers):
        for name, measure in _measures(tier).items():
            found.append(paired(name, tier, one, other, measure))
    found.append(paired("unregulated", ALL, one, other, unregulated))
    return tuple(found)


COSTS: dict[str, Callable[[Group], float]] = {
    "stalled_papers": lambda g: g.stalled,
    "late_papers": lambda g: g.late,
    "paper_days": lambda g: g.inside,
}
"""What papers cost an office a year, by measure."""


def costs(one: Run, other: Run) -> tuple[Difference, ...]:
    """What papers cost in both runs and how much more in the other, in all and by tier; both with the same seed."""
    tiers = list(dict.fromkeys((ALL, *tiers_of(one), *tiers_of(other))))
    return tuple(
        paired(name, tier, one, other, lambda o, t=tier, of=of: _a_year(o, t, of))
        for name, of in COSTS.items()
        for tier in tiers
    )


def _a_year(one: Outcome, tier: str, of: Callable[[Group], float]) -> float:
    return sum(of(g) for (_, t), g in one.groups.items() if tier in (ALL, t)) / (one.years or 1.0)


def paired(name: str, tier: str, one: Run, other: Run, measure: Measure) -> Difference:
    """One measure in both runs, with the interval of the difference."""
    theirs = {o.replication: o for o in other.outcomes}
    pairs = [(measure(o), measure(theirs[o.replication])) for o in one.outcomes if o.replication in theirs]
    gaps = estimate(b - a if a is not None and b is not None else None for a, b in pairs)
    return Difference(name, tier, estimate(a for a, _ in pairs), estimate(b for _, b in pairs), gaps)


def side_by_side(
    experiments: Sequence[Experiment], workers: Workers = 0, progress: Progress | None = None
) -> tuple[Run, ...]:  # fmt: skip
    """A run of each with the same seed, in order; after an interrupt those that have anything."""
    steps = Steps(sum(e.replications for e in experiments), progress)
    found: list[Run] = []
    for experiment in experiments:
        found.append(run(experiment, workers, steps.told))
        if found[-1].interrupted:
            break
        steps.following()
    return tuple(r for r in found if r.outcomes)


def tiers_of(found: Run) -> tuple[str, ...]:
    """The tiers that have papers in a run, the most urgent first."""
    there = {t for o in found.outcomes for _, t in o.groups}
    return tuple(t for t in found.experiment.scenario.tiers if t in there)


def _measures(tier: str) -> dict[str, Measure]:
    return {
        "on_time": lambda o: on_time(o, ALL, tier),
        "sojourn_days": lambda o: mean_sojourn(o, ALL, tier),
        "stalled": lambda o: stalled(o, tier),
    }


@dataclass(frozen=True)
class Point:
    """One value of a sweep: the run there, and what it has more than the run of the scenario as it is."""

    value: float
    run: Run
    differences: tuple[Difference, ...]


def sweep(
    experiment: Experiment,
    knob: Knob,
    values: tuple[float, ...],
    workers: Workers = 0,
    progress: Progress | None = None,
) -> tuple[Run, tuple[Point, ...]]:
    """Runs of the scenario as it is and at each value; after an interrupt no more of them.

    Raises SimulationError where a value makes no sense for the knob.
    """
    scenarios = [knob.at(v) for v in values]
    steps = Steps((len(values) + 1) * experiment.replications, progress)
    base = run(experiment, workers, steps.told)
    points: list[Point] = []
    for value, scenario in zip(values, scenarios, strict=True):
        if base.interrupted or (points and points[-1].run.interrupted):
            break
        steps.following()
        one = run(replace(experiment, scenario=scenario), workers, steps.told)
        points.append(Point(value, one, differences(base, one)))
    return base, tuple(points)


class Moved:
    """What is taken lower and higher, with the paired differences there."""

    effects: tuple[Difference, Difference]

    @property
    def swing(self) -> float:
        """The larger of the two differences, in absolute value."""
        return max((abs(e.difference.mean) for e in self.effects if e.difference), default=0.0)


@dataclass(frozen=True)
class Sensitivity(Moved):
    """How far the on-time rate of all papers moves when one number is taken lower and higher.

    `low` and `high` are the two values, `effects` the paired differences there.
    """

    name: str
    value: float
    low: float
    high: float
    effects: tuple[Difference, Difference]


def sensitivity(
    experiment: Experiment, share: float, workers: Workers = 0, progress: Progress | None = None,
    only: tuple[str, ...] = (),
) -> tuple[Run, tuple[Sensitivity, ...]]:  # fmt: skip
    """One number at a time, a `share` down and up; the largest swing of the on-time rate first.

    After an interrupt, which the run returned tells, only the numbers that were done.
    `only` keeps the knobs whose names begin so. Numbers of holders are left out: other people are other papers.
    """
    chosen = [
        k
        for k in knobs(experiment.scenario).values()
        if k.value and not k.name.startswith("holders.") and (not only or k.name.startswith(only))
    ]
    steps = Steps((2 * len(chosen) + 1) * experiment.replications, progress)
    base = run(experiment, workers, steps.told)
    found: list[Sensitivity] = []
    for knob in chosen:
        low, high = knob.moved(-share), knob.moved(share)
        effects: list[Difference] = []
        for value in (low, high):
            if base.interrupted:
                break
            steps.following()
            there = run(replace(experiment, scenario=knob.at(value)), workers, steps.told)
            effects.append(paired("on_time", ALL, base, there, on_time))
            base = replace(base, interrupted=there.interrupted)
        if base.interrupted:
            break
        found.append(Sensitivity(knob.name, knob.value, low, high, (effects[0], effects[1])))
    return base, tuple(sorted(found, key=lambda s: -s.swing))


class Steps:
    """Progress over several runs."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.total, self.progress, self.before, self.last = total, progress, 0, 0

    def told(self, done: int, _: int) -> None:
        self.last = done
        if self.progress:
            self.progress(self.before + done, self.total)

    def following(self) -> None:
        self.before, self.last = self.before + self.last, 0
