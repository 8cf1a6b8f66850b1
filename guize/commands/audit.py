"""`guize audit SPEC...`"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands.options import (
    any_number_option,
    console,
    jobs_option,
    json_option,
    lang_option,
    parse_scope,
    print_json,
    progress_bar,
    scope_option,
    second_opinion_option,
    smtlib_option,
)
from guize.exits import Exit
from guize.exporting import check_exports, export
from guize.parallel import in_order
from model.ruleset import RuleSet

if TYPE_CHECKING:
    from proofs.findings import Report

SEVERITIES = ("minor", "moderate", "serious", "critical")


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option(
    "--check", "checks", multiple=True, metavar="ID", help="Ask only this question (may be repeated). / 只作此项检查。"
)
@click.option(
    "--absences",
    default=2,
    show_default=True,
    type=click.IntRange(0, 6),
    help="Officials absent at once. / 同时缺席人数上限。",
)
@click.option(
    "--severity", type=click.Choice(SEVERITIES), default="minor", show_default=True,
    help="Show findings from here up, and exit with 1 for them. / 显示的最低级别。",
)  # fmt: skip
@click.option(
    "--budget", default=0, type=click.IntRange(0), show_default="no limit",
    help="Solver resource units a query; what needs more is reported as unknown. / 单次求解的资源上限。",
)  # fmt: skip
@any_number_option
@second_opinion_option
@smtlib_option
@click.option(
    "--repairs", "with_repairs", is_flag=True,
    help="Offer the smallest changes that mend each finding; slow. / 为每个问题寻找最小的修改办法（较慢）。",
)  # fmt: skip
@jobs_option
@scope_option
@lang_option
@json_option
def audit(
    specs: tuple[str, ...], checks: tuple[str, ...], absences: int, severity: str, budget: int,
    any_number: bool, second_opinion: bool, smtlib: Path | None, with_repairs: bool, jobs: int,
    scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Ask every question of rule sets. / 对规则作全部检查。

    Without SPEC, all bundled instruments. / 不指定 SPEC 时检查全部内置规则。
    """
    import specs as library
    from guize.jsonform import audit as jsonform
    from guize.terminal import audit as terminal
    from proofs.audit import CHECKS
    from proofs.findings import Severity

    for check in checks:
        if check not in CHECKS:
            raise say.refused(say.NO_CHECK(name=check, known=", ".join(CHECKS)), check, list(CHECKS))
    holders = parse_scope(scope)
    rule_sets = [guize.load(s) for s in specs or library.bundled()]
    if smtlib:
        check_exports(rule_sets, smtlib)
    least = Severity[severity.upper()]
    code = Exit.CLEAN
    documents = []
    if len(rule_sets) > 1 and sys.stderr.isatty():
        click.echo(say.AT_WORK(number=len(rule_sets)).get(lang), err=True)
    settings = (holders, absences, budget, checks, lang, any_number, second_opinion, smtlib, with_repairs)
    asked = [Asked(rules, *settings) for rules in rule_sets]
    for rules, report in zip(rule_sets, in_order(answer, asked, jobs), strict=True):
        if as_json:
            shown = replace(report, findings=tuple(f for f in report.findings if f.severity >= least))
            documents.append(jsonform.report(rules, shown))
        else:
            terminal.audit(console(), rules, report, lang, least)
        if report.unknown or any(s.open for s in report.reach) or (report.opinion and report.opinion.unconfirmed):
            code = Exit.UNKNOWN
        elif code is Exit.CLEAN and any(f.severity >= least for f in report.findings):
            code = Exit.FINDINGS
    if as_json:
        print_json(documents[0] if len(documents) == 1 else documents)
    return code


@dataclass(frozen=True)
class Asked:
    """One audit to be made, wherever."""

    rules: RuleSet
    scope: Mapping[str, int]
    absences: int
    budget: int
    checks: tuple[str, ...]
    lang: str
    any_number: bool = False
    second_opinion: bool = False
    smtlib: Path | None = None
    repairs: bool = False


def answer(asked: Asked) -> Report:
    """The report; progress is shown where this process has the terminal to itself."""
    from proofs.audit import audit as run
    from proofs.recorder import Recorder
    from proofs.repairing.offering import with_repairs as offer

    recorder = Recorder() if asked.second_opinion or asked.smtlib else None
    with progress_bar(asked.rules.title.label.get(asked.lang)) as advance:
        report = run(
            asked.rules,
            scope=asked.scope,
            most_absences=asked.absences,
            budget=asked.budget,
            checks=asked.checks or None,
            progress=advance,
            recorder=recorder,
            second_opinion=asked.second_opinion,
            any_number=asked.any_number,
        )
        if asked.repairs:
            report = offer(asked.rules, report, scope=asked.scope, budget=asked.budget, progress=advance)
    if asked.smtlib and recorder:
        export(asked.rules, recorder.questions, asked.smtlib, asked.lang)
    return report
