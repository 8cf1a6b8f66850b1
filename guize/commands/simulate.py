"""`guize simulate SPEC`"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands.experiments import (
    crew,
    days_of,
    ended,
    experiment_options,
    other_experiment,
    precision_options,
    scenario_of,
)
from guize.commands.options import console, json_option, lang_option, print_json, progress_bar
from guize.exits import Exit
from guize.files import check_files, check_folder, write_text

if TYPE_CHECKING:
    from guize.incidence import Incidence
    from guize.mending import Effect
    from model.ruleset import RuleSet
    from proofs.findings import Report
    from sim.cases import Cases
    from sim.replications import Experiment, Run, Watch, Workers


@click.command()
@click.argument("spec")
@click.option(
    "--scenario", "file", default=None, type=click.Path(path_type=Path), metavar="FILE",
    help="Scenario file; by default the one beside the rules, else the general one. / 方案文件。",
)  # fmt: skip
@experiment_options(years=1.0)
@precision_options
@click.option(
    "--against", default=None, metavar="FILE|SPEC",
    help="Compare with another scenario or rule set, with common random numbers. / 与另一方案或规则成对比较。",
)  # fmt: skip
@click.option(
    "--findings", is_flag=True,
    help="Audit too: papers a year that meet each finding, days lost. / 同时检查，列出各问题每年的件数和损失。",
)  # fmt: skip
@click.option(
    "--repairs", "mended", is_flag=True,
    help="With --findings: what the smallest repair of each finding met saves. / 另模拟修改后的规则，列出成效。",
)  # fmt: skip
@click.option(
    "--xes", default=None, type=click.Path(path_type=Path), metavar="FILE",
    help="Write the event log of the first replication as XES. / 把首次模拟的事件日志写成 XES。",
)  # fmt: skip
@click.option(
    "--ocel", default=None, type=click.Path(path_type=Path), metavar="FILE",
    help="The same as OCEL 2.0 (JSON). / 写成 OCEL 2.0（JSON）。",
)  # fmt: skip
@click.option(
    "--parquet", default=None, type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write papers, steps and waits of every replication as Parquet. / 把每次模拟写成 Parquet 表。",
)  # fmt: skip
@lang_option
@json_option
def simulate(
    spec: str, file: Path | None, years: float, replications: int, seed: int, workers: int, cluster: str | None,
    precision: float | None, most: int, against: str | None, findings: bool, mended: bool, xes: Path | None,
    ocel: Path | None, parquet: Path | None, lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Simulate the office at work under a rule set. / 按规则模拟办文。

    Exit code 1 where some desk or meeting gets more work than it can do. / 超负荷时退出码为 1。
    """
    from guize import parquet as tables
    from guize.jsonform import paired as comparison_json
    from guize.jsonform import simulation as jsonform
    from guize.terminal import paired as comparison_terminal
    from guize.terminal import simulation as terminal
    from sim.comparison import differences
    from sim.replications import Experiment, Watches, run, run_until
    from sim.report import mean_sojourn, on_time, report
    from sim.tables import Tables, rows

    check_files(xes, ocel)
    if parquet is not None:
        tables.available()
        check_folder(parquet, tables.MARK, tables.ENDING)
    rules = guize.load(spec)
    scenario = scenario_of(spec, rules, file)
    experiment = Experiment(rules, scenario, days_of(years), replications, seed)
    other = None if against is None else other_experiment(experiment, spec, against)
    audited: Report | None = None
    watched: list[Watch] = []
    if parquet is not None:
        watched.append(rows)
    if findings or mended:
        audited, cases = audited_with(rules)
        watched.append(cases)
    if watched:
        experiment = replace(experiment, watch=Watches(tuple(watched)))
    with crew(workers, cluster) as hands, progress_bar(rules.title.label.get(lang), remaining=True) as advance:

        def told(done: int, total: int) -> None:
            advance("", done, total)

        if precision is None:
            done = run(experiment, hands, told)
        else:
            done = run_until(experiment, precision, most, (on_time, mean_sojourn), hands, told)
        theirs = None
        if other is not None and not done.interrupted:
            theirs = run(replace(other, replications=len(done.outcomes)), hands, told)
        met = incidence_of(audited, done) if audited is not None and done.outcomes else None
        effects = None
        if mended and met is not None and audited is not None and not done.interrupted:
            effects = effects_of(experiment, audited, met, done, hands, told)
    if not done.outcomes:
        click.echo(say.NOTHING_DONE().get(lang), err=True)
        return Exit.INTERRUPTED
    if xes is not None or ocel is not None:
        export(experiment, xes, ocel, lang)
    if parquet is not None:
        every = Tables()
        for one in done.outcomes:
            every.extend(one.seen[0])
        tables.write(parquet, every, done)
        click.echo(say.WRITTEN(path=parquet).get(lang), err=True)
    found = report(done)
    pairs = differences(done, theirs) if theirs is not None and theirs.outcomes else None
    if as_json:
        document = jsonform.simulation(found)
        if met is not None:
            document["incidence"] = jsonform.incidence(met)
        if effects is not None:
            document["repairs"] = comparison_json.effects(rules, effects)
        if pairs is not None and theirs is not None:
            document["against"] = comparison_json.against(theirs.experiment, pairs)
        print_json(document)
    else:
        terminal.simulation(console(), found, lang, met)
        if effects is not None:
            comparison_terminal.effects(console(), rules, effects, lang)
        if pairs is not None and theirs is not None:
            comparison_terminal.against(console(), done, theirs, pairs, lang)
    interrupted = done.interrupted or (theirs is not None and theirs.interrupted)
    return ended(interrupted, bool(found.overloaded))


def audited_with(rules: RuleSet) -> tuple[Report, Cases]:
    """An audit, and what counts the papers that meet its findings."""
    from guize.incidence import watch
    from proofs.audit import audit

    found = audit(rules)
    return found, watch(rules, found.findings)


def incidence_of(audited: Report, done: Run) -> tuple[Incidence, ...]:
    """What each finding came to in a run that counted the papers that meet them."""
    from guize.incidence import incidences

    e = done.experiment
    counts = [o.seen[-1] for o in done.outcomes]
    return incidences(e.rules, audited.findings, done.outcomes, counts, e.scenario.tiers)


def effects_of(
    experiment: Experiment, audited: Report, met: tuple[Incidence, ...], done: Run, hands: Workers,
    told: Callable[[int, int], None],
) -> tuple[Effect, ...]:  # fmt: skip
    """What the smallest repair of each finding that papers meet saves, in the order of the findings met."""
    from guize import mending
    from proofs.repairing.offering import with_repairs

    repaired = with_repairs(experiment.rules, audited, only=mending.met(met))
    by_id = {f.id: f for f in repaired.findings}
    return mending.effects(experiment, done, [by_id[i.finding.id] for i in met], hands, told)


def export(experiment: Experiment, xes: Path | None, ocel: Path | None, lang: str) -> None:
    """Run the first replication once more, with a log, and write it. Raises UsageError where it cannot be written."""
    from sim import exchange
    from sim.eventlog import EventLog
    from sim.office import Office

    log = EventLog()
    office = Office(
        experiment.rules, experiment.scenario, experiment.days, experiment.seed, experiment.first, log=log
    ).run()  # fmt: skip
    if xes is not None:
        write_text(xes, exchange.xes(log, office.calendar, experiment.rules.title.label.get(lang)))
        click.echo(say.WRITTEN(path=xes).get(lang), err=True)
    if ocel is not None:
        write_text(ocel, exchange.ocel(log, office.calendar))
        click.echo(say.WRITTEN(path=ocel).get(lang), err=True)
