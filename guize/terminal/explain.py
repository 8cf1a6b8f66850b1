"""One finding in full on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from guize.report.bilingual import Both
from guize.report.clauses import Clause, clause
from guize.report.content import chapters_of
from guize.report.findings import tell
from guize.report.remedies import remark
from guize.sentences import chains, wordings
from guize.sentences.unsettled import because
from guize.terminal.audit import repairs
from guize.terminal.regions import regions
from guize.wording import Wording
from model.ruleset import RuleSet
from model.text import Text
from proofs.explaining import Cores
from proofs.findings import Finding, Report


def explain(
    console: Console, rules: RuleSet, finding: Finding, cores: Cores, text: Text | None, lang: str, report: Report
) -> None:
    """The finding's sentence, its story, every core clause by clause, chains, readings, region and repairs."""
    words, both = Wording(rules, lang), Both(rules)
    chapters = chapters_of(text) if text is not None else {}
    told = tell(both, 1, finding, chapters)
    console.print(Styled(f"{words.label(told.name)}  {finding.id}", style="bold"))
    _lines(console, [words.label(told.sentence)])
    for part in told.story:
        _part(console, words.label(part.title), (words.label(x) for x in part.lines))
    number = len(cores.cores)
    for index, core in enumerate(cores.cores, 1):
        title = words.pick("依据（缺一不可）", "Because of (each is needed)")
        if number > 1:  # to amend one group alone may not help
            title = words.pick(
                f"依据第{index}组，共{number}组（任一组都足以造成此问题；组内缺一不可）",
                f"Because of, {index} of {number} (any of them is enough; within one, each is needed)",
            )
        _part(console, title, _clauses(words, both, core, chapters))
    if not cores.complete:
        _lines(console, [words.pick("另有其他依据，未全部列出。", "There are further cores, not all listed.")])
    if told.near:
        _part(
            console,
            words.pick("相近而不能适用的条款", "Clauses that come near"),
            (_clause(words, c) for c in told.near),
        )
    _part(console, words.pick("代行链条", "Chain of stand-ins"), chains.stand_ins(rules, finding, lang))
    for rows, total in chains.periods(rules, finding, lang):
        _periods(console, words, rows, total)
    _part(console, words.pick("措辞", "Wording"), wordings.sentences(rules, finding, lang))
    _part(console, words.pick("范围", "Where it holds"), regions(words, finding))
    if report.repaired:
        offered = list(repairs(words, finding))
        nothing = remark(finding, report.repaired, None).get(lang)
        _part(console, words.pick("修改办法", "Repairs"), offered or [nothing])
    for unsettled in report.repairing:
        _lines(
            console,
            [words.pick("未能判定：", "not settled: ") + f"{unsettled.subject} ({because(unsettled.reason, lang)})"],
        )


def _part(console: Console, title: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    if listed:
        console.print()
        console.print(Styled(title, style="bold cyan"))
        _lines(console, listed)


def _lines(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Padding(Styled(line), (0, 0, 0, 4)))


def _clauses(words: Wording, both: Both, core: tuple[str, ...], chapters: Mapping[int, str]) -> Iterable[str]:
    return (_clause(words, clause(both, n, chapters)) for n in core)


def _clause(words: Wording, found: Clause) -> str:
    chapter = f"（{found.chapter}）" if found.chapter else ""
    quote = f"“{found.quote}”" if found.quote else ""
    lacks = words.label(found.lacks)
    return f"{words.label(found.place)}{chapter}{quote} {words.label(found.says)}" + (f" —— {lacks}" if lacks else "")


def _periods(console: Console, words: Wording, rows: list[chains.Row], total: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold cyan")
    for title in (words.pick("环节", "between"), words.pick("依据", "because"), words.pick("期限", "period")):
        table.add_column(title)
    for row in rows:
        table.add_row(*row)
    console.print()
    console.print(Padding(table, (0, 0, 0, 4)))
    _lines(console, [total])
