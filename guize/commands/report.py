"""`guize report SPEC`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import messages as say
from guize.commands import report_parts as parts
from guize.commands.experiments import crew, experiment_options
from guize.commands.options import any_number_option, lang_option, parse_scope, progress_bar, scope_option
from guize.commands.report_files import FORMATS, goals, write
from guize.exits import Exit
from guize.library import properties_of
from model.bilingual import Template

if TYPE_CHECKING:
    from model.text import Text

SEVERITIES = ("minor", "moderate", "serious", "critical")

NO_TEXT = Template(zh="无法读取规则全文 {path}：{why}", en="cannot read the instrument's text {path}: {why}")


@click.command()
@click.argument("spec")
@click.option("-o", "--output", "outputs", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE", help="Where to write (may be repeated: one audit, several formats); without it, standard "
              "output. / 写入的文件，可指定多个，一次检查生成多种格式。")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS),
              show_default="by the ending of FILE; html on standard output",
              help="What to write. / 输出格式。")  # fmt: skip
@click.option("--text", "text_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The instrument's plain text, for the headings of chapters. / 规则全文，用以标出章名。")  # fmt: skip
@click.option("--check", "checks", multiple=True, metavar="ID",
              help="Ask only this question (may be repeated). / 只作此项检查。")  # fmt: skip
@click.option("--absences", default=2, show_default=True, type=click.IntRange(0, 6),
              help="Officials absent at once. / 同时缺席人数上限。")  # fmt: skip
@click.option("--severity", type=click.Choice(SEVERITIES), default="minor", show_default=True,
              help="Report findings from here up, and exit with 1 for them. / 报告的最低级别。")  # fmt: skip
@click.option("--budget", default=0, type=click.IntRange(0), show_default="no limit",
              help="Solver resource units a query. / 单次求解的资源上限。")  # fmt: skip
@click.option("--repairs", default=12, show_default=True, type=click.IntRange(0),
              help="Findings to look for repairs of; 0: all. / 寻找修改建议的问题数，0 为全部。")  # fmt: skip
@click.option("--no-repairs", is_flag=True, help="Look for no repairs, which is quicker. / 不寻找修改建议（较快）。")
@any_number_option
@click.option("--properties", "files", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
              help="Property file (may be repeated); without it the general ones and properties.yaml beside the rules. "
              "/ 性质文件；不指定时用通用性质和规则旁的 properties.yaml。")  # fmt: skip
@click.option("--no-properties", is_flag=True, help="Prove no properties. / 不检验性质。")
@click.option("--impact", "older", default=None, metavar="OLD",
              help="Compare with an older version. / 与旧版对照，列明修改的效力。")  # fmt: skip
@click.option("--simulate", "simulated", is_flag=True, help="Simulate the office too. / 同时模拟办文。")
@click.option("--scenario", default=None, type=click.Path(path_type=Path), metavar="FILE",
              help="With --simulate: the scenario file. / 方案文件。")  # fmt: skip
@click.option("--against", default=None, metavar="FILE|SPEC",
              help="With --simulate: another scenario or rule set. / 与另一方案或规则成对比较。")  # fmt: skip
@click.option("--sensitivity", "percent", default=20.0, show_default=True, type=click.FloatRange(0, 90),
              metavar="PERCENT",
              help="With --simulate: rank the assumptions, moved by this; 0: do not. / 各假设的影响排序。")  # fmt: skip
@experiment_options(years=1.0)
@scope_option
@lang_option
def report(
    spec: str, outputs: tuple[Path, ...], form: str | None, text_file: Path | None, checks: tuple[str, ...],
    absences: int, severity: str, budget: int, repairs: int, no_repairs: bool, any_number: bool,
    files: tuple[Path, ...], no_properties: bool, older: str | None,
    simulated: bool, scenario: Path | None, against: str | None, percent: float, years: float,
    replications: int, seed: int, workers: int, cluster: str | None, scope: tuple[str, ...], lang: str,
) -> int:  # fmt: skip
    """Write a report of an audit that people read. / 生成供人阅读的检查报告。

    html: one page for a drafter, in both languages; docx: to circulate; markdown: for a review thread; sarif and
    junit: for code hosts and build servers. / html 为双语网页，docx 供传阅，其余供评审和自动化工具使用。
    """
    from guize.report.content import build
    from guize.report.remedies import gravest
    from proofs.audit import CHECKS
    from proofs.audit import audit as run
    from proofs.findings import Severity
    from proofs.memory import Memory
    from proofs.proving import Status
    from proofs.repairing.offering import with_repairs

    # everything that can be refused is refused before the work begins
    wanted_files = goals(outputs, form)
    for check in checks:
        if check not in CHECKS:
            raise say.refused(say.NO_CHECK(name=check, known=", ".join(CHECKS)), check, list(CHECKS))
    rules = guize.load(spec)
    holders, text = parse_scope(scope), text_of(text_file)
    made = parts.trial(spec, rules, scenario, years, replications, seed, against, percent) if simulated else None
    if older is not None:
        guize.load(older)
    wanted = () if no_properties else properties_of(spec, rules, files)
    memory = Memory()  # what an audit settles is not asked again for properties, nor of an older version
    with progress_bar(rules.title.label.get(lang)) as advance:
        found = run(
            rules,
            scope=holders,
            most_absences=absences,
            budget=budget,
            checks=checks or None,
            progress=advance,
            text=text,
            any_number=any_number,
            memory=memory,
        )
        proved = None if no_properties else parts.properties(rules, wanted, found, text, budget, advance, memory)
        least = Severity[severity.upper()]
        sought = gravest((f for f in found.findings if f.severity >= least), repairs)
        if not no_repairs:
            found = with_repairs(rules, found, scope=holders, budget=budget, progress=advance, only=sought)
        # a repair must add no finding of whatever severity; all that follows knows only of those that are reported
        found = replace(found, findings=tuple(f for f in found.findings if f.severity >= least))
        revised = parts.revision(spec, rules, older, holders, absences, budget, advance, memory) if older else None
        with crew(workers, cluster) as hands:
            run_of = parts.simulation(made, found, hands, advance) if made else None
    content = replace(build(rules, found, text, sought=sought), properties=proved, revised=revised, simulated=run_of)
    for goal in wanted_files:
        write(content, goal, lang, spec)
    statuses = {p.status for p in proved or ()}
    unsettled = found.unknown or any(s.open for s in found.reach) or (revised and revised.unsettled)
    if unsettled or Status.UNKNOWN in statuses:
        return Exit.UNKNOWN
    failing = bool(files) and Status.FAILS in statuses  # the general properties tell, those that are given judge
    return Exit.FINDINGS if found.findings or failing else Exit.CLEAN


def text_of(path: Path | None) -> Text | None:
    """The instrument in plain text, if a file is given. Raises UsageError where it cannot be read."""
    from model.text import TextError, read_text

    if path is None:
        return None
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError, TextError) as e:
        why = (e.strerror if isinstance(e, OSError) else None) or str(e)
        raise say.refused(NO_TEXT(path=path, why=why)) from None
