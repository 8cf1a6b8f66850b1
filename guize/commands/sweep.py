"""`guize sweep SPEC`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands.experiments import crew, days_of, ended, experiment_options, precision_options, scenario_of
from guize.commands.options import console, json_option, lang_option, print_json, progress_bar

if TYPE_CHECKING:
    from sim.replications import Experiment, Run, Workers


@click.command()
@click.argument("spec")
@click.option("--scenario", "file", default=None, type=click.Path(path_type=Path), metavar="FILE",
              help="Scenario file. / 方案文件。")  # fmt: skip
@click.option("--vary", default=None, metavar="KEY=A,B,C",
              help="A number and its values, as in staff.office=2,4. / 要变动的数值及其取值。")  # fmt: skip
@click.option("--sensitivity", "share", default=None, type=click.FloatRange(1, 90), metavar="PERCENT",
              help="Move each number down and up by this, and rank them. / 逐一增减各数值并排序。")  # fmt: skip
@click.option("--screened", is_flag=True,
              help="With --sensitivity: few short runs, whole kinds of numbers first. / 先逐类再逐个。")  # fmt: skip
@click.option(
    "--reach",
    default=None,
    type=click.FloatRange(0.01, 1),
    metavar="SHARE",
    help="The smallest change that brings every tier to this on-time rate. / 各紧急程度达到此按期率的最小变动。",
)
@click.option("--steps", default=2, show_default=True, type=click.IntRange(1, 10),
              help="With --reach: the largest change tried. / 变动至多几步。")  # fmt: skip
@click.option("--tries", default=40, show_default=True, type=click.IntRange(1),
              help="With --reach: how many changes of each size beyond one. / 多步变动每级至多试几种。")  # fmt: skip
@click.option("--only", multiple=True, metavar="KEY",
              help="With --sensitivity or --reach: only names that begin so. / 只取名称以此开头的。")  # fmt: skip
@precision_options
@experiment_options(years=0.5)
@lang_option
@json_option
def sweep(
    spec: str, file: Path | None, vary: str | None, share: float | None, screened: bool, reach: float | None,
    steps: int, tries: int, only: tuple[str, ...], precision: float | None, most: int, years: float,
    replications: int, seed: int,
    workers: int, cluster: str | None, lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Vary the numbers of a scenario. / 变动方案的数值。

    One number over given values (--vary), every number by a share (--sensitivity), or a search for the smallest
    change after which papers are on time (--reach); always against the scenario as it is, with common random numbers.
    With --reach, exit code 1 where no change was found. / 用公共随机数与现方案比较；--reach 没有找到时退出码为 1。
    """
    from guize.jsonform import paired as jsonform
    from guize.terminal import paired as terminal
    from sim import comparison as run
    from sim import screening
    from sim import search as searching
    from sim.replications import Experiment
    from sim.vary import knob

    if sum(given is not None for given in (vary, share, reach)) != 1:
        raise say.refused(say.VARY_OR_SENSITIVITY())
    if screened and share is None:
        raise say.refused(say.SCREENED_WITH_SENSITIVITY())
    if screened and only:
        raise say.refused(say.SCREENED_OR_ONLY())
    if only and vary is not None:
        raise say.refused(say.ONLY_RANKED())
    rules = guize.load(spec)
    scenario = scenario_of(spec, rules, file)
    short = False
    experiment = Experiment(rules, scenario, days_of(years), replications, seed)
    with crew(workers, cluster) as hands, progress_bar(rules.title.label.get(lang), remaining=True) as advance:

        def told(done: int, total: int) -> None:
            advance("", done, total)

        if vary is not None:
            key, values = parse_vary(vary)
            turned = knob(scenario, key)
            base, points = run.sweep(experiment, turned, values, hands, told)
            interrupted = base.interrupted or any(p.run.interrupted for p in points)
            if as_json:
                print_json(jsonform.sweep(experiment, key, turned.value, points))
            else:
                terminal.sweep(console(), experiment, key, turned.value, points, lang)
        elif reach is not None:
            found = searching.search(
                experiment, reach, lambda e: measured(e, precision, most, hands), steps, only, told, tries
            )  # fmt: skip
            interrupted, short = found.interrupted, not found.found
            if as_json:
                print_json(jsonform.search(experiment, found))
            else:
                terminal.search(console(wide=True), experiment, found, lang)
        elif screened:
            assert share is not None
            quick = screening.screening(experiment, share / 100, hands, told)
            interrupted = quick is None
            if quick is not None and as_json:
                print_json(jsonform.screening(quick))
            elif quick is not None:
                terminal.sensitivity(
                    console(), quick.base.experiment, share / 100, (*quick.kinds, *quick.numbers), lang
                )
        else:
            assert share is not None
            base, ranking = run.sensitivity(experiment, share / 100, hands, told, only)
            interrupted = base.interrupted
            if as_json:
                print_json(jsonform.sensitivity(experiment, share / 100, ranking))
            else:
                terminal.sensitivity(console(), experiment, share / 100, ranking, lang)
    if interrupted:
        click.echo(say.STOPPED().get(lang), err=True)
    return ended(interrupted, short)


def measured(experiment: Experiment, precision: float | None, most: int, hands: Workers) -> Run:
    """A run; with a precision, of as many replications as the on-time rate of each tier takes."""
    from sim.replications import run, run_until
    from sim.search import measures

    if precision is None:
        return run(experiment, hands)
    return run_until(experiment, precision, most, measures(experiment.scenario.tiers), hands)


def parse_vary(text: str) -> tuple[str, tuple[float, ...]]:
    """`staff.office=2,4` to its key and values. Raises UsageError for any other form."""
    key, _, values = text.partition("=")
    try:
        return key.strip(), tuple(float(v) for v in values.split(","))
    except ValueError:
        raise say.refused(say.VARY(text=text)) from None
