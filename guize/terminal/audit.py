"""Findings on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from guize.report.remedies import mended, remark
from guize.sentences import sentence, wordings
from guize.sentences.repair import sentence as repair
from guize.sentences.scope import reach
from guize.sentences.unsettled import because
from guize.terminal.opinion import second_opinion
from guize.wording import Wording
from model.ruleset import RuleSet
from model.vocabulary import Label
from proofs.findings import Finding, Report, Severity
from proofs.resilience import rows

CHECK_NAMES: dict[str, Label] = {
    "signing-gap": Label("无人有权办理", "nobody may act"),
    "stand-in-gap": Label("代行缺口", "no stand-in"),
    "stand-in-loop": Label("代行循环", "stand-in loop"),
    "competence-conflict": Label("权限冲突", "competence conflict"),
    "contradiction": Label("规定抵触", "contradiction"),
    "deadline-infeasible": Label("时限无法满足", "deadline cannot be met"),
    "self-review": Label("自审自批", "self-review"),
    "procedure-unsound": Label("程序不通", "unsound procedure"),
    "unbounded-return": Label("退回无限制", "returns without bound"),
    "comes-back": Label("文件回流", "comes back to the same hand"),
    "held-twice": Label("一人兼两步", "two steps in one hand"),
    "competing-routes": Label("程序竞合", "competing routes"),
    "level-skipping": Label("可越级", "a level may be skipped"),
    "dead-norm": Label("规定落空", "never applies"),
    "redundant-norm": Label("规定重复", "says nothing new"),
    "shadowed-norm": Label("规定被架空", "always overridden"),
    "higher-law": Label("与上位法不一致", "at odds with higher law"),
    "open-bound": Label("期限不完整", "open time bound"),
    "incomplete-body": Label("会议规定不完整", "incomplete meeting rules"),
    "no-actor": Label("无人负责的义务", "a duty nobody has"),
    "undefined-role": Label("名称未规定", "undefined role"),
    "term-drift": Label("名称不统一", "several names for one thing"),
    "dangling-reference": Label("引用落空", "dangling reference"),
    "numbering": Label("编号不连续", "numbering breaks"),
    "undefined-term": Label("用语未界定", "undefined term"),
    "resilience": Label("系于一人", "hangs on one official"),
}
SEVERITY_NAMES: dict[Severity, tuple[Label, str]] = {
    Severity.CRITICAL: (Label("严重", "critical"), "bold red"),
    Severity.SERIOUS: (Label("较重", "serious"), "red"),
    Severity.MODERATE: (Label("一般", "moderate"), "yellow"),
    Severity.MINOR: (Label("轻微", "minor"), "cyan"),
}


def audit(console: Console, rules: RuleSet, report: Report, lang: str, least: Severity) -> None:
    """The findings by severity, then what was asked, then the scope of the answers."""
    words = Wording(rules, lang)
    shown = [f for f in report.findings if f.severity >= least]
    by = mended(shown)
    title = words.label(rules.title.label)
    console.print(Text(title, style="bold"))
    console.print(_counts(words, report))
    for number, finding in enumerate(shown, 1):
        console.print()
        console.print(_heading(words, number, finding))
        console.print(Padding(Text(sentence(rules, finding, lang)), (0, 0, 0, 4)))
        for line in _evidence(words, finding):
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4)))
        for line in () if finding.every_reading else wordings.sentences(rules, finding, lang):
            console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4)))
        for line in repairs(words, finding):
            console.print(Padding(Text(line, style="green"), (0, 0, 0, 4)))
        if why := remark(finding, report.repaired, None, by.get(finding.id, 0)).get(lang):
            console.print(Padding(Text(why, style="dim"), (0, 0, 0, 4)))
    if report.repaired:
        console.print()
        console.print(_repaired(words, report))
    console.print()
    console.print(_checks(words, report))
    for line in _endurance(words, report):
        console.print(Text(line, style="dim"))
    console.print(Text(_scope(words, report), style="dim"))
    for said in reach(report, CHECK_NAMES):
        console.print(Text(said.get(lang), style="dim"))
    second_opinion(console, words, report.opinion)
    for unsettled in report.unknown:
        line, reason = words.pick("未能判定", "not settled"), because(unsettled.reason, lang)
        console.print(Text(f"{line}: {unsettled.check} / {unsettled.subject} ({reason})", style="bold magenta"))


def _counts(words: Wording, report: Report) -> Text:
    findings = report.findings
    if not findings and report.unknown:
        return Text(
            words.pick("未发现问题，但有问题未能判定。", "No findings, but some questions are open."), style="magenta"
        )
    if not findings:
        return Text(words.pick("未发现问题。", "No findings."), style="green")
    text = Text(words.pick(f"共 {len(findings)} 个问题：", f"{len(findings)} findings: "))
    for severity, (label, style) in SEVERITY_NAMES.items():
        number = sum(f.severity == severity for f in findings)
        if number:
            text.append(f"{words.label(label)} {number}  ", style=style)
    return text


def _heading(words: Wording, number: int, finding: Finding) -> Text:
    label, style = SEVERITY_NAMES[finding.severity]
    text = Text(f"{number:>2}. ")
    text.append(f"[{words.label(label)}] ", style=style)
    text.append(words.label(CHECK_NAMES[finding.check]), style="bold")
    places = words.list(dict.fromkeys(words.place(c) for c in finding.citations))
    text.append(f"  {places}")
    text.append(f"  {finding.id}", style="dim")
    return text


def _evidence(words: Wording, finding: Finding) -> Iterable[str]:
    """The quoted phrases of the core, and of the clauses that come near."""
    rules = words.rules
    for norm_id in finding.norms:
        cited = rules.lookup(norm_id).citation
        if cited.quote:
            yield words.pick(f"依据 {words.place(cited)}：“{cited.quote}”", f"by {words.place(cited)}: “{cited.quote}”")
    seen: set[str] = set()
    for near in finding.near:
        cited = rules.lookup(near.norm).citation
        if cited.quote and cited.quote not in seen and near.reason != "reading":
            seen.add(cited.quote)
            yield words.pick(
                f"相关 {words.place(cited)}：“{cited.quote}”", f"not reached by {words.place(cited)}: “{cited.quote}”"
            )


def repairs(words: Wording, finding: Finding) -> Iterable[str]:
    """The repairs, smallest first."""
    for number, found in enumerate(finding.repairs, 1):
        yield words.pick(f"修法{number}：", f"repair {number}: ") + repair(words.rules, found, words.lang)


def _repaired(words: Wording, report: Report) -> Text:
    mended, every = sum(bool(f.repairs) for f in report.findings), len(report.findings)
    return Text(
        words.pick(f"{every} 个问题中，{mended} 个有修法。", f"A repair is offered for {mended} of {every} findings."),
        style="green",
    )


def _checks(words: Wording, report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for zh, en, justify in (
        ("检查", "check", "left"),
        ("问", "asked", "right"),
        ("通过", "held", "right"),
        ("其中空过", "vacuous", "right"),
        ("问题", "findings", "right"),
        ("未定", "unknown", "right"),
        ("秒", "seconds", "right"),
    ):
        table.add_column(words.pick(zh, en), justify=justify)  # type: ignore[arg-type]
    for a in report.answers:
        name = f"{words.label(CHECK_NAMES[a.check])} {a.check}" if words.zh else a.check
        table.add_row(
            name,
            str(a.asked),
            str(a.held),
            str(a.vacuous),
            str(len(a.findings)),
            str(len(a.unknown)),
            f"{a.seconds:.1f}",
        )
    return table


def _endurance(words: Wording, report: Report) -> Iterable[str]:
    """How many kinds of act stop for how few absences; which ones, the report and `--json` say."""
    every = rows(words.rules, report.endurance)
    if not every:
        return
    for number in range(1, report.most_absences + 1):
        worst, best = (sum(r.shown.fewest[i] == number for r in every) for i in (0, 1))
        if worst or best:
            yield words.pick(
                f"缺席：最少{number}人缺席即无人可办的事项 {worst} 类，能委托的都已委托时 {best} 类。",
                f"Absence: {worst} kinds of act stop with {number} away, {best} if all is delegated that can be.",
            )
    left = sum(r.shown.worst is None for r in every)
    yield words.pick(
        f"任意{report.most_absences}人缺席仍有人可办的事项 {left} 类；逐项见报告或 --json。",
        f"{left} kinds survive any {report.most_absences} absences; each is in the report and in --json.",
    )


def _scope(words: Wording, report: Report) -> str:
    holders = words.list(f"{words.actor(o)} {n}" for o, n in report.scope.items())
    return words.pick(
        f"范围：同时缺席不超过 {report.most_absences} 人；多人职务取 {holders} 人。共 {report.queries} 次求解。",
        f"Scope: at most {report.most_absences} absent at once; holders of offices with many: {holders}. "
        f"{report.queries} solver queries.",
    )
