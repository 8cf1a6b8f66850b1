"""Verdicts on properties, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from guize.sentences.verdict import sentence
from guize.terminal.opinion import second_opinion
from guize.wording import Wording
from model.ruleset import RuleSet
from model.vocabulary import Label
from proofs.findings import Opinion
from proofs.proving import Status, Verdict

STATUS_NAMES: dict[Status, tuple[Label, str]] = {
    Status.HOLDS: (Label("成立", "holds"), "green"),
    Status.VACUOUS: (Label("空成立", "vacuous"), "cyan"),
    Status.FAILS: (Label("不成立", "fails"), "red"),
    Status.UNKNOWN: (Label("未定", "unknown"), "bold magenta"),
    Status.INAPPLICABLE: (Label("不适用", "n/a"), "dim"),
}


def prove(
    console: Console, rules: RuleSet, found: Sequence[Verdict], lang: str, most: int, opinion: Opinion | None = None
) -> None:
    """One property after the other, then the count and the bound."""
    words = Wording(rules, lang)
    console.print(Text(words.label(rules.title.label), style="bold"))
    for verdict in found:
        label, style = STATUS_NAMES[verdict.status]
        line = Text(f"[{words.label(label)}] ", style=style)
        line.append(words.label(verdict.property.label), style="default")
        line.append(f"  {verdict.property.id}", style="dim")
        console.print(line)
        if verdict.status not in (Status.HOLDS, Status.VACUOUS) or not verdict.every_reading:
            console.print(Padding(Text(sentence(rules, verdict, lang)), (0, 0, 0, 4)))
    counts = words.list(
        f"{words.label(label)} {number}"
        for status, (label, _) in STATUS_NAMES.items()
        if (number := sum(v.status is status for v in found))
    )
    console.print(
        Text(
            words.pick(
                f"{counts}。除性质另有限定外，同时缺席不超过 {most} 人。",
                f"{counts}. At most {most} absent at once, unless the property says otherwise.",
            ),
            style="dim",
        )
    )
    second_opinion(console, words, opinion)
