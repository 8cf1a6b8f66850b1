"""Which assumptions matter, found with few and short runs: whole kinds of numbers first, then the numbers themselves.

Group screening (Watson, Technometrics 3, 1961): all numbers of a kind are moved together; only of the kinds that move
the on-time rate most are the numbers moved one at a time. What is left out is named with its kind. Numbers of one
kind that work against each other can hide each other so; `sim.comparison.sensitivity` moves every number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.comparison import Difference, Moved, Sensitivity, Steps, paired
from sim.replications import Experiment, Progress, Run, Workers, run
from sim.report import ALL, on_time
from sim.scenario import Scenario
from sim.vary import knobs

REPLICATIONS, PAPERS, LEAST_DAYS, YEAR = 3, 600, 28, 365
"""A run is that many replications, each long enough for about so many papers, but no shorter and no longer."""
MOST = 6
"""Numbers that are moved one at a time."""
APART = ("flows", "holders")
"""Kinds that are not moved: all flows together are the volume; other holders are other papers."""


@dataclass(frozen=True)
class Kind(Moved):
    """All numbers of a kind moved together, down and up. `numbers` are their names."""

    name: str
    numbers: tuple[str, ...]
    effects: tuple[Difference, Difference]


@dataclass(frozen=True)
class Screening:
    """The kinds by their swing, the largest first; the numbers that were moved alone, likewise: those of the first
    kinds, and those that are alone in their kind. `base` is the run that all are compared with."""

    share: float
    base: Run
    kinds: tuple[Kind, ...]
    numbers: tuple[Sensitivity, ...]

    @property
    def runs(self) -> int:
        """How many scenarios were run."""
        alone = sum(len(k.numbers) == 1 for k in self.kinds)
        return 1 + 2 * (len(self.kinds) + len(self.numbers) - alone)


def short(experiment: Experiment) -> Experiment:
    """The experiment with runs as short as a screening wants; never longer, nor oftener, than it is."""
    scenario = experiment.scenario
    daily = sum(f.per_year for f in scenario.flows) / YEAR
    days = min(max(round(PAPERS / daily) if daily else YEAR, LEAST_DAYS), YEAR) + scenario.warm_up_days
    return replace(
        experiment,
        days=min(days, experiment.days),
        replications=min(REPLICATIONS, experiment.replications),
        watch=None,
    )


def screening(
    experiment: Experiment, share: float, workers: Workers = 0, progress: Progress | None = None, most: int = MOST
) -> Screening | None:
    """The on-time rate of all papers when kinds of numbers, then single numbers, are a `share` lower and higher.

    The experiment is run as `short` cuts it. Of kinds of several numbers, `most` at most are moved by themselves: those
    of the kind that moves the rate most, then of the next; of kinds that move nothing, none. None after an interrupt.
    """
    experiment = short(experiment)
    groups = _kinds(experiment.scenario)
    steps = Steps((2 * (len(groups) + most) + 1) * experiment.replications, progress)
    base = run(experiment, workers, steps.told)

    def effects(scenarios: Iterable[Scenario]) -> tuple[Difference, Difference] | None:
        found: list[Difference] = []
        for scenario in scenarios:
            steps.following()
            there = run(replace(experiment, scenario=scenario), workers, steps.told)
            if there.interrupted:
                return None
            found.append(paired("on_time", ALL, base, there, on_time))
        return found[0], found[1]

    if base.interrupted:
        return None
    kinds: list[Kind] = []
    for name, numbers in groups.items():
        pair = effects(_moved(experiment.scenario, numbers, s) for s in (-share, share))
        if pair is None:
            return None
        kinds.append(Kind(name, numbers, pair))
    kinds.sort(key=lambda k: -k.swing)
    singles: list[Sensitivity] = []
    by_name = knobs(experiment.scenario)
    alone = {k.numbers[0]: k.effects for k in kinds if len(k.numbers) == 1}
    chosen = [n for k in kinds if k.swing for n in k.numbers if n not in alone][:most]
    for name in (*alone, *chosen):
        knob = by_name[name]
        low, high = knob.moved(-share), knob.moved(share)
        pair = alone.get(name) or effects(knob.at(v) for v in (low, high))
        if pair is None:
            return None
        singles.append(Sensitivity(name, knob.value, low, high, pair))
    return Screening(share, base, tuple(kinds), tuple(sorted(singles, key=lambda s: -s.swing)))


def kind_of(number: str) -> str:
    """The kind of a number of the scenario, by its name; of a meeting, what of it: `meetings.capacity`."""
    head, _, rest = number.partition(".")
    return f"{head}.{rest.rpartition('.')[2]}" if head in ("meetings", "consultation") else head


def _kinds(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The names of numbers by kind; numbers that are 0 stay so and are left out."""
    found: dict[str, list[str]] = {}
    for knob in knobs(scenario).values():
        if knob.value and knob.name.partition(".")[0] not in APART:
            found.setdefault(kind_of(knob.name), []).append(knob.name)
    return {kind: tuple(names) for kind, names in found.items()}


def _moved(scenario: Scenario, numbers: Iterable[str], share: float) -> Scenario:
    """The scenario with all these numbers moved."""
    for name in numbers:
        knob = knobs(scenario)[name]
        scenario = knob.at(knob.moved(share))
    return scenario
