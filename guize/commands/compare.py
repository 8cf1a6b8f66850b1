"""`guize compare SPEC...`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands.endings import check_ending
from guize.commands.experiments import Plan, crew, days_of, ended, experiment_options, scenario_of
from guize.commands.options import console, json_option, lang_option, print_json, progress_bar
from guize.exits import Exit
from guize.files import check_files, write_text

if TYPE_CHECKING:
    from sim.replications import Experiment


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--act", "acts", multiple=True, metavar="ACT",
              help="Only this act, by id or name (may be repeated). / 只比较此行为。")  # fmt: skip
@click.option("--borrow", default=5, show_default=True, type=click.IntRange(0),
              help="How many things each could borrow are shown. / 每份规则显示几项可借鉴之处。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.html",
              help="Write one HTML page instead. / 另写为网页。")  # fmt: skip
@click.option("--simulate", "simulated", is_flag=True,
              help="Compare the offices at work: paired, with common random numbers. / 模拟后成对比较。")  # fmt: skip
@click.option("--scenario", "files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="With --simulate: one for all rule sets, or several for one. / 方案文件，可给几份。")  # fmt: skip
@experiment_options(years=1.0)
@lang_option
@json_option
def compare(
    specs: tuple[str, ...], acts: tuple[str, ...], borrow: int, output: Path | None, simulated: bool,
    files: tuple[Path, ...], years: float, replications: int, seed: int, workers: int, cluster: str | None,
    lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Set rule sets side by side. / 并列比较几份规则。

    For each act and class of papers: who may, who stands in, which time limit applies, which instrument answers
    best and what the others could borrow. Without SPEC, all bundled instruments.

    按行为和文件类别列出各份规则由谁办理、谁代行、时限几何，哪份规定最全，其他可借鉴什么。
    不指定 SPEC 时比较全部内置规则。

    With --simulate, how papers fare under the first and under each of the others, or under one rule set with several
    scenarios. / 加 --simulate 时，模拟办文，比较第一份与其余各份（或同一规则的几种方案）之下公文的办理情况。
    """
    if simulated:
        if acts or output is not None:
            raise say.refused(say.NOT_SIMULATED(option="--act" if acts else "-o"))
        sides = simulated_sides(specs, files, Plan(days_of(years), replications, seed))
        return simulate_all(sides, workers, cluster, lang, as_json)
    if files:
        raise say.refused(say.ONLY_SIMULATED(option="--scenario"))
    check_ending(output, "html")
    check_files(output)
    import specs as library
    from guize.comparing import ACTS, act_ids
    from guize.comparing import compare as run
    from guize.html import compare as page
    from guize.jsonform import compare as jsonform
    from guize.terminal import compare as terminal

    names = specs or library.bundled()
    if len(names) < 2:
        raise say.refused(say.TWO_TO_COMPARE())
    instruments = [guize.load(name) for name in names]
    doubles = [r.title.id for r in instruments]
    for ident in doubles:
        if doubles.count(ident) > 1:
            raise say.refused(say.COMPARED_TWICE(id=ident))
    found = run(instruments, act_ids(instruments, acts) if acts else ACTS)
    if output is not None:
        write_text(output, page.document(found, lang))
        click.echo(say.WRITTEN(path=output).get(lang), err=True)
    if as_json:
        print_json(jsonform.comparison(found))
    elif output is None:
        terminal.compare(console(wide=True), found, lang, borrow)
    return Exit.CLEAN


def simulated_sides(names: tuple[str, ...], files: tuple[Path, ...], plan: Plan) -> tuple[tuple[str, Experiment], ...]:
    """What is compared, by name: several rule sets, or one under several scenarios.

    Raises UsageError where it is neither, SpecError with every mistake of a file.
    """
    import specs as library

    names = names or library.bundled()
    if len(names) > 1 and len(files) < 2:
        file = files[0] if files else None
        loaded = [(name, guize.load(name)) for name in names]
        return tuple((name, plan.of(rules, scenario_of(name, rules, file))) for name, rules in loaded)
    if len(names) == 1 and len(files) > 1:
        rules = guize.load(names[0])
        return tuple((str(file), plan.of(rules, scenario_of(names[0], rules, file))) for file in files)
    raise say.refused(say.ONE_RULE_SET_SEVERAL_SCENARIOS())


def simulate_all(
    sides: tuple[tuple[str, Experiment], ...], workers: int, cluster: str | None, lang: str, as_json: bool
) -> int:  # fmt: skip
    """Run every side with the same seed, and show the others against the first."""
    from guize.jsonform import paired as jsonform
    from guize.terminal import paired as terminal
    from sim.comparison import side_by_side
    from sim.report import report

    with crew(workers, cluster) as hands, progress_bar("", remaining=True) as advance:
        runs = side_by_side([e for _, e in sides], hands, lambda done, total: advance("", done, total))
    if not runs:
        click.echo(say.NOTHING_DONE().get(lang), err=True)
        return Exit.INTERRUPTED
    interrupted = len(runs) < len(sides) or runs[-1].interrupted
    found = [(name, report(run)) for (name, _), run in zip(sides, runs, strict=False)]
    if as_json:
        print_json(jsonform.side_by_side(found, interrupted))
    else:
        terminal.side_by_side(console(wide=True), found, interrupted, lang)
    return ended(interrupted, any(r.overloaded for _, r in found))
