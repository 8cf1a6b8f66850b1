"""`guize simulate SPEC`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import library
from guize.commands.options import console, json_option, lang_option, print_json, progress_bar
from guize.exits import Exit

if TYPE_CHECKING:
    from model.ruleset import RuleSet
    from sim.scenario import Scenario


@click.command()
@click.argument("spec")
@click.option(
    "--scenario", "file", default=None, type=click.Path(path_type=Path), metavar="FILE",
    help="Scenario file; by default the one beside the rules, else the general one. / 方案文件。",
)  # fmt: skip
@click.option(
    "--years",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 20),
    help="Years a replication. / 每次模拟的年数。",
)
@click.option(
    "--replications",
    default=5,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="Independent runs. / 独立重复次数。",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Seed. / 随机种子。")
@click.option(
    "--workers", default=0, show_default="all cores", type=click.IntRange(0, 256), help="Processes. / 进程数。"
)
@click.option(
    "--precision", default=None, type=click.FloatRange(0.001, 1), metavar="SHARE",
    help="Add replications until the interval of the on-time rate is within this share of it. / 相对精度。",
)  # fmt: skip
@lang_option
@json_option
def simulate(
    spec: str, file: Path | None, years: float, replications: int, seed: int, workers: int, precision: float | None,
    lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Simulate the office at work under a rule set. / 按规则模拟办文。

    Exit code 1 where some desk or meeting gets more work than it can do. / 超负荷时退出码为 1。
    """
    from sim.replications import Experiment, run, run_until
    from sim.report import on_time, report

    rules = guize.load(spec)
    scenario = scenario_of(spec, rules, file)
    experiment = Experiment(rules, scenario, max(round(years * 365), 1), replications, seed)
    with progress_bar(rules.title.label.get(lang)) as advance:

        def told(done: int, total: int) -> None:
            advance("", done, total)

        if precision is None:
            done = run(experiment, workers, told)
        else:
            done = run_until(experiment, precision, 20 * replications, on_time, workers, told)
    if not done.outcomes:
        raise click.Abort
    found = report(done)
    if as_json:
        from guize.jsonform import simulation as jsonform

        print_json(jsonform.simulation(found))
    else:
        from guize.terminal import simulation as terminal

        terminal.simulation(console(), found, lang)
    return Exit.FINDINGS if found.overloaded else Exit.CLEAN


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
