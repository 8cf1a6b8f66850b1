"""The impact of a revision on the terminal: the verdict, the changed norms, what they change, findings, properties."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from guize.sentences.revision import CHANGE_NAMES, KIND_NAMES, Telling
from guize.sentences.unsettled import because
from guize.terminal.audit import CHECK_NAMES, SEVERITY_NAMES
from guize.terminal.prove import STATUS_NAMES
from model import revision as rv
from model.ruleset import RuleSet
from proofs.findings import Finding
from proofs.impact.records import Impact, Shift

_MOST_FIELDS = 6


def impact(console: Console, found: Impact, lang: str, most_regions: int) -> None:
    """`most_regions`: how many classes of situations are shown of each change; 0 for all."""
    telling = Telling(found, lang)
    title = telling.label(found.revision.new.title.label)
    console.print(Text(title, style="bold"))
    console.print(Text(telling.verdict(), style="green" if not found.shifts and not found.unknown else "yellow"))
    _text(console, telling)
    kind = ""
    for number, shift in enumerate(found.shifts, 1):
        if shift.topic.kind != kind:
            kind = shift.topic.kind
            console.print()
            console.print(Text(telling.label(KIND_NAMES[kind]), style="bold"))
        _shift(console, telling, number, shift, most_regions)
    _findings(console, telling)
    _flips(console, telling)
    for unsettled in found.unknown:
        line = telling.pick("未能判定", "not settled")
        console.print(
            Text(
                f"{line}: {unsettled.check} / {unsettled.subject} ({because(unsettled.reason, telling.lang)})",
                style="bold magenta",
            )
        )


def _text(console: Console, telling: Telling) -> None:
    """The norms and names that are not as they were, each with the numbers of the changes it is to blame for."""
    found = telling.found
    if found.changes or found.names:
        console.print()
        console.print(Text(telling.pick("条文变动", "Changes of the text"), style="bold"))
    for change in found.changes:
        effects = found.effects_of(change)
        line = Text("· ")
        line.append(f"[{telling.label(CHANGE_NAMES[change.kind])}] ", style="yellow")
        line.append(telling.change(change))
        line.append("  " + telling.consequence(change, effects), style="dim")
        console.print(Padding(line, (0, 0, 0, 2)))
        if change.kind in (rv.CHANGED, rv.WORDING):
            fields = telling.fields(change)
            for each in fields[:_MOST_FIELDS]:
                console.print(Padding(Text(each, style="dim"), (0, 0, 0, 6)))
            if len(fields) > _MOST_FIELDS:
                console.print(Padding(Text("……", style="dim"), (0, 0, 0, 6)))
    for name in found.names:
        line = Text(f"· [{telling.label(CHANGE_NAMES[name.kind])}] ", style="yellow")
        line.append(telling.name(name), style="default")
        console.print(Padding(line, (0, 0, 0, 2)))
    for each in found.suggestions:
        console.print(Padding(Text(telling.suggestion(each), style="cyan"), (0, 0, 0, 2)))


def _shift(console: Console, telling: Telling, number: int, shift: Shift, most: int) -> None:
    console.print(Padding(Text(telling.marked(f"{number}.", telling.shift(shift))), (0, 0, 0, 2)))
    shown = shift.regions[: most or None]
    for cube in shown:
        console.print(Padding(Text(telling.marked("·", telling.where(cube))), (0, 0, 0, 6)))
    rest = len(shift.regions) - len(shown)
    if rest:
        more = telling.pick(f"……另有{rest}类情形", f"... and {rest} more classes of situations")
        console.print(Padding(Text(more, style="dim"), (0, 0, 0, 6)))
    if not shift.complete:
        console.print(
            Padding(Text(telling.pick("以上未列全", "this list is not complete"), style="magenta"), (0, 0, 0, 6))
        )
    console.print(Padding(Text(telling.example(shift), style="dim"), (0, 0, 0, 6)))
    if shift.blame:
        console.print(Padding(Text(telling.blame(shift), style="dim"), (0, 0, 0, 6)))


def _findings(console: Console, telling: Telling) -> None:
    found = telling.found.findings
    if found is None:
        return
    console.print()
    console.print(
        Text(
            telling.pick(
                f"问题：新增{len(found.come)}个，消除{len(found.gone)}个，仍在{len(found.stay)}个",
                f"Findings: {len(found.come)} appear, {len(found.gone)} go, {len(found.stay)} stay",
            ),
            style="bold",
        )
    )
    for sign, rules, findings in (
        ("＋", telling.found.revision.new, found.come),
        ("－", telling.found.revision.old, found.gone),
    ):
        for finding in findings:
            _finding(console, telling, sign, rules, finding)


def _finding(console: Console, telling: Telling, sign: str, rules: RuleSet, finding: Finding) -> None:
    label, style = SEVERITY_NAMES[finding.severity]
    line = Text(f"{sign} ")
    line.append(f"[{telling.label(label)}] ", style=style)
    line.append(telling.label(CHECK_NAMES[finding.check]), style="bold")
    console.print(Padding(line, (0, 0, 0, 2)))
    console.print(Padding(Text(telling.finding(finding, rules)), (0, 0, 0, 6)))


def _flips(console: Console, telling: Telling) -> None:
    flips = telling.found.flips
    if flips is None:
        return
    console.print()
    head = telling.pick(f"性质：{len(flips)}项的结论改变", f"Properties: the verdict of {len(flips)} changes")
    console.print(Text(head, style="bold"))
    for flip in flips:
        one, two = (telling.label(STATUS_NAMES[v.status][0]) for v in (flip.old, flip.new))
        line = Text(
            f"{telling.label(flip.new.property.label)}: {one} → {two}", style="red" if flip.worse else "default"
        )
        console.print(Padding(line, (0, 0, 0, 2)))
