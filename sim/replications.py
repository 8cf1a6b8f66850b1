"""Independent replications, one after the other or on several cores. The result does not depend on how many.

Replication r draws every number from streams named by seed, r and purpose, so no worker can influence another's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace

from model.ruleset import RuleSet
from sim.intervals import Estimate, estimate
from sim.office import Office
from sim.outcome import Outcome, outcome
from sim.scenario import Scenario

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Experiment:
    """What is run: `days` long, `replications` times, from replication `first` on."""

    rules: RuleSet
    scenario: Scenario
    days: int
    replications: int
    seed: int = 1
    first: int = 0


@dataclass(frozen=True)
class Run:
    """The outcomes there are, by replication. `interrupted`: somebody stopped it before all were done."""

    experiment: Experiment
    outcomes: tuple[Outcome, ...]
    interrupted: bool = False


def run(experiment: Experiment, workers: int = 0, progress: Progress | None = None) -> Run:
    """Run all replications; `workers` 0 takes all cores. An interrupt keeps what is done by then.

    Raises SimulationError where the scenario cannot be run.
    """
    wanted = range(experiment.first, experiment.first + experiment.replications)
    found: dict[int, Outcome] = {}
    interrupted = False
    number = min(workers or os.cpu_count() or 1, len(wanted))
    outcomes = _serial(experiment, wanted) if number <= 1 else _parallel(experiment, wanted, number)
    try:
        for one in outcomes:
            found[one.replication] = one
            if progress:
                progress(len(found), len(wanted))
    except KeyboardInterrupt:
        interrupted = True
    return Run(experiment, tuple(found[r] for r in sorted(found)), interrupted)


def run_until(
    experiment: Experiment,
    precision: float,
    most: int,
    measure: Callable[[Outcome], float | None],
    workers: int = 0,
    progress: Progress | None = None,
) -> Run:
    """Add batches of replications until the interval of `measure` is within `precision` of its mean, or `most`.

    The stopping rule looks at whole batches of `experiment.replications`, whatever the number of workers.
    """
    outcomes: list[Outcome] = []
    interrupted = False
    while not interrupted and len(outcomes) < most:
        batch = min(experiment.replications, most - len(outcomes))
        part = run(replace(experiment, first=experiment.first + len(outcomes), replications=batch), workers, progress)
        outcomes.extend(part.outcomes)
        interrupted = part.interrupted
        reached: Estimate | None = estimate(measure(o) for o in outcomes)
        if reached is not None and reached.relative <= precision:
            break
    return Run(replace(experiment, replications=len(outcomes)), tuple(outcomes), interrupted)


def _serial(experiment: Experiment, wanted: Sequence[int]) -> Iterator[Outcome]:
    like: Office | None = None
    for replication in wanted:
        office, one = _replicate(experiment, replication, like)
        like = office
        yield one


def _parallel(experiment: Experiment, wanted: Sequence[int], workers: int) -> Iterator[Outcome]:
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(experiment,)) as pool:
        pending: set[Future[Outcome]] = {pool.submit(_task, r) for r in wanted}
        try:
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()


def _replicate(experiment: Experiment, replication: int, like: Office | None) -> tuple[Office, Outcome]:
    e = experiment
    office = Office(e.rules, e.scenario, e.days, e.seed, replication, like=like).run()
    found = outcome(office)
    office.dockets.clear()
    return office, found


_experiment: Experiment | None = None
_like: Office | None = None
"""Of a worker process: what it works on, and its last replication, whose remembered answers it uses on."""


def _prepare(experiment: Experiment) -> None:
    global _experiment
    _experiment = experiment


def _task(replication: int) -> Outcome:
    global _like
    assert _experiment is not None
    _like, found = _replicate(_experiment, replication, _like)
    return found
