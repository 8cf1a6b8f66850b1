"""Independent replications, one after the other or on several cores. The result does not depend on how many.

Replication r draws every number from streams named by seed, r and purpose, so no worker can influence another's.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from multiprocessing import active_children
from typing import Any, Protocol

from model.ruleset import RuleSet
from sim.eventlog import EventLog
from sim.intervals import estimate
from sim.office import Office
from sim.outcome import Outcome, outcome
from sim.scenario import Scenario

Progress = Callable[[int, int], None]
Watch = Callable[[Office, EventLog], Any]
Measure = Callable[[Outcome], float | None]


@dataclass(frozen=True)
class Experiment:
    """What is run: `days` long, `replications` times, from replication `first` on.

    `watch`, where there is one, is shown every replication with its log, and what it says is `Outcome.seen`. It and
    what it says must be picklable. It changes no number.
    """

    rules: RuleSet
    scenario: Scenario
    days: int
    replications: int
    seed: int = 1
    first: int = 0
    watch: Watch | None = None


@dataclass(frozen=True)
class Watches:
    """Several watches at once; what they say, in their order."""

    each: tuple[Watch, ...]

    def __call__(self, office: Office, log: EventLog) -> tuple[Any, ...]:
        return tuple(watch(office, log) for watch in self.each)


class Crew(Protocol):
    """Somebody else who runs replications, such as a cluster."""

    def outcomes(self, experiment: Experiment, wanted: Sequence[int]) -> Iterator[Outcome]:
        """The outcomes of these replications, in whatever order they come."""
        ...


Workers = int | Crew
"""How many processes of this machine (0: one a core), or a crew."""


@dataclass(frozen=True)
class Stopping:
    """How a stopping rule ended: half the width of the interval over its mean, as wanted and as reached.

    `reached` is infinite where it could not be had. `most` replications were allowed.
    """

    wanted: float
    reached: float
    most: int

    @property
    def met(self) -> bool:
        return self.reached <= self.wanted


@dataclass(frozen=True)
class Run:
    """The outcomes there are, by replication. `interrupted`: somebody stopped it before all were done."""

    experiment: Experiment
    outcomes: tuple[Outcome, ...]
    interrupted: bool = False
    stopping: Stopping | None = None


def run(experiment: Experiment, workers: Workers = 0, progress: Progress | None = None) -> Run:
    """Run all replications; `workers` 0 takes all cores. An interrupt keeps what is done by then.

    Raises SimulationError where the scenario cannot be run.
    """
    wanted = range(experiment.first, experiment.first + experiment.replications)
    found: dict[int, Outcome] = {}
    interrupted = False
    outcomes = _outcomes(experiment, wanted, workers)
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
    measures: Sequence[Measure],
    workers: Workers = 0,
    progress: Progress | None = None,
) -> Run:
    """Add batches of replications until the interval of every measure is within `precision` of its mean, or `most`.

    The stopping rule looks at whole batches of `experiment.replications`, whatever the number of workers. A measure
    that no replication has is left out.
    """
    outcomes: list[Outcome] = []
    interrupted, reached = False, float("inf")
    while not interrupted and len(outcomes) < most:
        before, batch = len(outcomes), min(experiment.replications, most - len(outcomes))
        part = run(
            replace(experiment, first=experiment.first + before, replications=batch),
            workers,
            (lambda done, _, before=before: progress(before + done, most)) if progress else None,
        )
        outcomes.extend(part.outcomes)
        interrupted = part.interrupted
        widths = [e.relative for e in (estimate(m(o) for o in outcomes) for m in measures) if e is not None]
        reached = max(widths, default=float("inf"))
        if reached <= precision:
            break
    stopping = Stopping(precision, reached, most)
    return Run(replace(experiment, replications=len(outcomes)), tuple(outcomes), interrupted, stopping)


def _outcomes(experiment: Experiment, wanted: Sequence[int], workers: Workers) -> Iterator[Outcome]:
    if not isinstance(workers, int):
        return workers.outcomes(experiment, wanted)
    number = min(workers or os.cpu_count() or 1, len(wanted))
    return _serial(experiment, wanted) if number <= 1 else _parallel(experiment, wanted, number)


def _serial(experiment: Experiment, wanted: Sequence[int]) -> Iterator[Outcome]:
    like: Office | None = None
    for replication in wanted:
        like, one = replicate(experiment, replication, like)
        yield one


def _parallel(experiment: Experiment, wanted: Sequence[int], workers: int) -> Iterator[Outcome]:
    strangers = set(active_children())
    pool = ProcessPoolExecutor(workers, initializer=_prepare, initargs=(experiment,))
    pending: set[Future[Outcome]] = {pool.submit(_task, r) for r in wanted}
    try:
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        if pending:  # interrupted, or one has failed: nobody waits for the others
            for child in set(active_children()) - strangers:
                child.terminate()
        pool.shutdown(wait=not pending, cancel_futures=True)


def replicate(experiment: Experiment, replication: int, like: Office | None = None) -> tuple[Office, Outcome]:
    """One replication, and the office it was, whose remembered answers the next may use (`like`)."""
    e = experiment
    log = EventLog() if e.watch is not None else None
    office = Office(e.rules, e.scenario, e.days, e.seed, replication, like=like, log=log).run()
    found = outcome(office)
    if e.watch is not None and log is not None:
        found = replace(found, seen=e.watch(office, log))
    office.dockets.clear()
    return office, found


_experiment: Experiment | None = None
_like: Office | None = None
"""Of a worker process: what it works on, and its last replication, whose remembered answers it uses on."""


def _prepare(experiment: Experiment) -> None:
    global _experiment
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    _experiment = experiment


def _task(replication: int) -> Outcome:
    global _like
    assert _experiment is not None
    _like, found = replicate(_experiment, replication, _like)
    return found
