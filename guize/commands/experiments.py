"""What the commands that simulate share: options, scenarios, experiments, who runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import guize
from guize import library
from guize.exits import Exit

if TYPE_CHECKING:
    from model.ruleset import RuleSet
    from sim.replications import Experiment, Workers
    from sim.scenario import Scenario

F = TypeVar("F", bound=Callable[..., Any])


def experiment_options(years: float) -> Callable[[F], F]:
    """`--years` (as given by default), `--replications`, `--seed`, `--workers` and `--cluster`."""
    options = (
        click.option("--years", default=years, show_default=True, type=click.FloatRange(0.1, 20),
                     help="Years a replication. / 每次模拟的年数。"),
        click.option("--replications", default=5, show_default=True, type=click.IntRange(1, 10_000),
                     help="Independent replications. / 独立重复次数。"),
        click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Seed. / 随机种子。"),
        click.option("--workers", default=0, show_default="all cores", type=click.IntRange(0, 256),
                     help="Processes. / 进程数。"),
        click.option("--cluster", default=None, metavar="ADDRESS",
                     help="Run on a Dask cluster, as tcp://host:8786. / 在 Dask 集群上运行。"),
    )  # fmt: skip

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def precision_options(command: F) -> F:
    """`--precision` and `--most`: the stopping rule."""
    most = click.option("--most", default=100, show_default=True, type=click.IntRange(2, 10_000),
                        help="With --precision: no more replications than these. / 至多重复几次。")  # fmt: skip
    precision = click.option(
        "--precision", default=None, type=click.FloatRange(0.001, 1), metavar="SHARE",
        help="Add replications until the intervals are within this share of the means. / 相对精度。",
    )  # fmt: skip
    return precision(most(command))


@dataclass(frozen=True)
class Plan:
    """How long and how often is simulated."""

    days: int
    replications: int
    seed: int

    def of(self, rules: RuleSet, scenario: Scenario) -> Experiment:
        """The experiment on a rule set under a scenario."""
        from sim.replications import Experiment

        return Experiment(rules, scenario, self.days, self.replications, self.seed)


def days_of(years: float) -> int:
    """How many days a replication has."""
    return max(round(years * 365), 1)


@contextmanager
def crew(workers: int, cluster: str | None) -> Iterator[Workers]:
    """Who runs replications. Raises UsageError where the cluster cannot be used."""
    if cluster is None:
        yield workers
        return
    from sim.cluster import connected

    with connected(cluster) as found:
        yield found


def scenario_of(spec: str, rules: RuleSet, file: Path | None) -> Scenario:
    """The scenario asked for, else the one beside the rules, else the general one.

    Raises SpecError with every mistake of the file.
    """
    import specs
    from sim.loading import FILE, load_scenario

    if file is not None:
        beside = file.parent.parent
        return load_scenario(file, rules, beside if (beside / specs.BACKGROUND / FILE).is_file() else specs.ROOT)
    path = library.locate(spec)
    own = (path if path.is_dir() else path.parent) / FILE
    if own.is_file():
        return load_scenario(own, rules, specs.ROOT)
    return load_scenario(specs.ROOT / specs.BACKGROUND / FILE, rules, specs.ROOT, general=True)


def other_experiment(experiment: Experiment, spec: str, against: str) -> Experiment:
    """The other side of a comparison: a scenario file for the same rules, else another rule set with its scenario.

    Raises UsageError where it is neither, SpecError with every mistake of a file.
    """
    path = Path(against)
    if path.is_file() and path.name != "rules.yaml":
        return replace(experiment, scenario=scenario_of(spec, experiment.rules, path))
    rules = guize.load(against)
    return replace(experiment, rules=rules, scenario=scenario_of(against, rules, None))


def ended(interrupted: bool, overloaded: bool) -> Exit:
    """The exit code of a command that simulates."""
    return Exit.INTERRUPTED if interrupted else Exit.FINDINGS if overloaded else Exit.CLEAN
