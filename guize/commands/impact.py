"""`guize impact OLD NEW`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands.endings import check_ending
from guize.commands.options import (
    console,
    json_option,
    lang_option,
    parse_scope,
    print_json,
    progress_bar,
    scope_option,
)
from guize.exits import Exit
from guize.files import check_files, write_text
from guize.library import properties_of

if TYPE_CHECKING:
    from proofs.findings import Severity
    from proofs.impact.records import Impact

SEVERITIES = ("minor", "moderate", "serious", "critical")
GATES = ("outcomes", "findings", "properties", "text", "none")


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--same", multiple=True, metavar="OLD=NEW",
              help="A name of OLD that NEW calls otherwise (may be repeated). / 改了名称的，旧名=新名。")  # fmt: skip
@click.option("--fail-on", "gates", multiple=True, type=click.Choice(GATES), metavar="WHAT",
              help="Exit with 1 for: outcomes, findings (that appear), properties (that fail now), text, none "
              "(may be repeated; default: the first three). / 何种变化时退出码为 1。")  # fmt: skip
@click.option("--severity", type=click.Choice(SEVERITIES), default="minor", show_default=True,
              help="Least severity of findings that count. / 计入的问题的最低级别。")  # fmt: skip
@click.option("--no-findings", is_flag=True, help="Do not audit the two versions. / 不比较检查出的问题。")
@click.option("--no-properties", is_flag=True, help="Do not prove properties. / 不比较性质。")
@click.option("--absences", default=2, show_default=True, type=click.IntRange(0, 6),
              help="Officials absent at once. / 同时缺席人数上限。")  # fmt: skip
@click.option("--regions", default=None, type=click.IntRange(0), show_default="all; 12 of different instruments",
              help="Classes of situations sought for each change. / 每项变化最多求出几类情形，0 为全部。")  # fmt: skip
@click.option("--show", default=3, show_default=True, type=click.IntRange(0),
              help="Classes of situations shown for each change. / 每项变化显示几类情形，0 为全部。")  # fmt: skip
@click.option("--budget", default=0, type=click.IntRange(0), show_default="no limit",
              help="Solver resource units a query. / 单次求解的资源上限。")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["terminal", "markdown"]), default="terminal", show_default=True,
              help="Form of what is shown. / 显示的格式。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the Markdown to a file. / 写入 Markdown 文件。")  # fmt: skip
@scope_option
@lang_option
@json_option
def impact(
    old: str, new: str, same: tuple[str, ...], gates: tuple[str, ...], severity: str, no_findings: bool,
    no_properties: bool, absences: int, regions: int | None, show: int, budget: int, form: str, output: Path | None,
    scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """What a revision changes in effect. / 修订在效力上改变了什么。

    Every situation with other lawful outcomes, in classes that together hold them all; findings and properties that
    come and go; or a proof that nothing changes (docs/impact.md).

    列出结果不同的全部情形（归类、不遗漏），新增和消除的问题，结论改变的性质；没有变化时给出证明。
    """
    from guize.jsonform import impact as jsonform
    from guize.report import revision as markdown
    from guize.terminal import impact as terminal
    from proofs.findings import Severity
    from proofs.impact.run import impact as run

    check_ending(output, "markdown")
    check_files(output)
    before, after = guize.load(old), guize.load(new)
    properties = None if no_properties else (properties_of(old, before), properties_of(new, after))
    with progress_bar(after.title.label.get(lang)) as advance:
        found = run(
            before,
            after,
            same=parse_same(same),
            scope=parse_scope(scope),
            most_absences=absences,
            most_regions=regions,
            budget=budget,
            findings=not no_findings,
            properties=properties,
            progress=advance,
        )
    if output is not None:
        write_text(output, markdown.document(found, lang, show))
        click.echo(say.WRITTEN(path=output).get(lang), err=True)
    if as_json:
        print_json(jsonform.document(found))
    elif output is None and form == "markdown":
        click.echo(markdown.document(found, lang, show), nl=False)
    elif output is None:
        terminal.impact(console(), found, lang, show)
    return code_of(found, gates or GATES[:3], Severity[severity.upper()])


def parse_same(given: tuple[str, ...]) -> dict[str, str]:
    """`("mayor=head",)` to {"mayor": "head"}. Raises UsageError for any other form."""
    found: dict[str, str] = {}
    for item in given:
        was, sign, now = item.partition("=")
        if not (sign and was and now):
            raise say.refused(say.NOT_RENAMED(text=item))
        found[was.strip()] = now.strip()
    return found


def code_of(found: Impact, gates: tuple[str, ...], least: Severity) -> Exit:
    """What the shell is told. What was not settled prevails: it is never a pass."""
    if found.unknown:
        return Exit.UNKNOWN
    failing = {
        "outcomes": bool(found.shifts),
        "findings": found.findings is not None and any(f.severity >= least for f in found.findings.come),
        "properties": any(f.worse for f in found.flips or ()),
        "text": bool(found.changes or found.names),
        "none": False,
    }
    return Exit.FINDINGS if any(failing[g] for g in gates) else Exit.CLEAN
