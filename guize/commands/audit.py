"""`guize audit SPEC...`"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

import guize
from guize import messages as say
from guize.commands.options import console, json_option, lang_option, parse_scope, print_json, scope_option
from guize.exits import Exit

Progress = Callable[[str, int, int], None]
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
@scope_option
@lang_option
@json_option
def audit(
    specs: tuple[str, ...], checks: tuple[str, ...], absences: int, severity: str, budget: int,
    scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Ask every question of rule sets. / 对规则作全部检查。

    Without SPEC, all bundled instruments. / 不指定 SPEC 时检查全部内置规则。
    """
    import specs as library
    from guize.jsonform import audit as jsonform
    from guize.terminal import audit as terminal
    from proofs.audit import CHECKS
    from proofs.audit import audit as run
    from proofs.findings import Severity

    for check in checks:
        if check not in CHECKS:
            raise say.refused(say.NO_CHECK(name=check, known=", ".join(CHECKS)), check, list(CHECKS))
    holders = parse_scope(scope)
    rule_sets = [guize.load(s) for s in specs or library.bundled()]
    least = Severity[severity.upper()]
    code = Exit.CLEAN
    documents = []
    for rules in rule_sets:
        with _progress(rules.title.label.get(lang)) as advance:
            report = run(
                rules, scope=holders, most_absences=absences, budget=budget, checks=checks or None, progress=advance
            )
        if as_json:
            shown = replace(report, findings=tuple(f for f in report.findings if f.severity >= least))
            documents.append(jsonform.report(rules, shown))
        else:
            terminal.audit(console(), rules, report, lang, least)
        if report.unknown:
            code = Exit.UNKNOWN
        elif code is Exit.CLEAN and any(f.severity >= least for f in report.findings):
            code = Exit.FINDINGS
    if as_json:
        print_json(documents[0] if len(documents) == 1 else documents)
    return code


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A progress bar on standard error, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(title)

        def advance(check: str, done: int, total: int) -> None:
            bar.update(task, description=f"{title} {check}", completed=done, total=total)

        yield advance
