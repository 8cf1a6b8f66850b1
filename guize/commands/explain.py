"""`guize explain SPEC FINDING`"""

from __future__ import annotations

from pathlib import Path

import click

import guize
from guize import messages as say
from guize.commands.options import (
    console,
    json_option,
    lang_option,
    parse_scope,
    print_json,
    progress_bar,
    scope_option,
)
from guize.commands.report import text_of
from guize.exits import Exit
from model.bilingual import Template

NO_CHECK = Template(
    zh="没有问题“{name}”；编号以检查的名称开头，可用 guize audit 查看",
    en="no such finding '{name}'; an id begins with the name of its check, and guize audit shows it",
)
NONE_FOUND = Template(
    zh="没有问题“{name}”：这项检查没有发现问题", en="no such finding '{name}': this check finds nothing"
)
NO_FINDING = Template(zh="没有问题“{name}”；现有：{known}", en="no such finding '{name}'; there are {known}")


@click.command()
@click.argument("spec", metavar="SPEC")
@click.argument("finding", metavar="FINDING")
@click.option("--text", "text_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The instrument's plain text, for the headings of chapters. / 规则全文，用以标出章名。")  # fmt: skip
@click.option("--absences", default=2, show_default=True, type=click.IntRange(0, 6),
              help="Officials absent at once. / 同时缺席人数上限。")  # fmt: skip
@click.option("--budget", default=0, type=click.IntRange(0), show_default="no limit",
              help="Solver resource units a query. / 单次求解的资源上限。")  # fmt: skip
@click.option("--no-repairs", is_flag=True, help="Look for no repairs. / 不寻找修改办法。")
@scope_option
@lang_option
@json_option
def explain(
    spec: str, finding: str, text_file: Path | None, absences: int, budget: int, no_repairs: bool,
    scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Tell one finding in full: story, every minimal core, chains, readings, repairs. / 详述一个问题。

    FINDING is an id that `guize audit` shows. / FINDING 为 audit 所示的编号。
    """
    from guize.jsonform import explain as jsonform
    from guize.terminal import explain as terminal
    from model.situation import make_cast
    from proofs.audit import CHECKS, hear
    from proofs.audit import audit as run
    from proofs.explaining import all_cores
    from proofs.repairing.comparison import Asked
    from proofs.repairing.offering import with_repairs

    rules = guize.load(spec)
    holders, text = parse_scope(scope), text_of(text_file)
    concerned = [c for c in CHECKS if finding.startswith(f"{c}-")]
    if not concerned:
        raise say.refused(NO_CHECK(name=finding))
    with progress_bar(rules.title.label.get(lang)) as advance:
        report = run(rules, scope=holders, most_absences=absences, budget=budget, checks=concerned, progress=advance)
        known = [f.id for f in report.findings]
        if finding not in known:
            told = NO_FINDING(name=finding, known=", ".join(known)) if known else NONE_FOUND(name=finding)
            raise say.refused(told, finding, known)
        if not no_repairs:
            only = frozenset({finding})
            report = with_repairs(rules, report, scope=holders, budget=budget, progress=advance, only=only)
    found = next(f for f in report.findings if f.id == finding)
    cores = all_cores(Asked(hear(rules, make_cast(rules, holders), absences, budget)), found)
    if as_json:
        print_json(jsonform.explanation(rules, found, cores, report))
    else:
        terminal.explain(console(), rules, found, cores, text, lang, report)
    return Exit.UNKNOWN if report.repairing else Exit.FINDINGS
