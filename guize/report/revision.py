"""The impact of a revision as Markdown for a review thread: the verdict on top, where each change holds folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guize.report.markdown_text import escaped
from guize.sentences.revision import CHANGE_NAMES, KIND_NAMES, Telling
from guize.terminal.audit import CHECK_NAMES, SEVERITY_NAMES
from guize.terminal.prove import STATUS_NAMES
from model.ruleset import RuleSet
from proofs.findings import Finding
from proofs.impact.records import Impact, Shift


def document(found: Impact, lang: str, most_regions: int = 3) -> str:
    """The verdict, the changed norms, each change in effect, findings, properties, what was not settled."""
    telling = Telling(found, lang)
    title = telling.label(found.revision.new.title.label)
    parts = [f"# {escaped(title)}{telling.pick('：修订的影响', ': impact of the revision')}"]
    parts.append(f"**{escaped(telling.verdict())}**")
    if found.unknown:
        parts.append("## " + telling.pick("未能判定", "Not settled"))
        parts.append(_items(f"{escaped(u.check)}: {escaped(u.subject)} ({escaped(u.reason)})" for u in found.unknown))
    parts += _text(telling)
    kind = ""
    for number, shift in enumerate(found.shifts, 1):
        if shift.topic.kind != kind:
            kind = shift.topic.kind
            parts.append("## " + escaped(telling.label(KIND_NAMES[kind])))
        parts.append(_shift(telling, number, shift, most_regions))
    parts += _findings(telling)
    parts += _flips(telling)
    return "\n\n".join(parts) + "\n"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _text(telling: Telling) -> Iterator[str]:
    found = telling.found
    if not (found.changes or found.names or found.suggestions):
        return
    yield "## " + telling.pick("条文变动", "Changes of the text")
    lines: list[str] = []
    for change in found.changes:
        kind = telling.label(CHANGE_NAMES[change.kind])
        told = telling.consequence(change, found.effects_of(change))
        lines.append(f"**{kind}** {escaped(telling.change(change))} {escaped(told)}".rstrip())
        lines += [f"    {escaped(each)}" for each in telling.fields(change)]
    lines += [f"**{telling.label(CHANGE_NAMES[n.kind])}** {escaped(telling.name(n))}" for n in found.names]
    lines += [escaped(telling.suggestion(s)) for s in found.suggestions]
    yield "\n".join(f"  - {x.strip()}" if x.startswith("    ") else f"- {x}" for x in lines)


def _shift(telling: Telling, number: int, shift: Shift, most: int) -> str:
    lines = [f"**{number}.** {escaped(telling.shift(shift))}"]
    shown = shift.regions[: most or None]
    lines.append(_items(escaped(telling.where(c)) for c in shown))
    rest = [escaped(telling.where(c)) for c in shift.regions[len(shown) :]]
    if rest:
        more = telling.pick(f"另有{len(rest)}类情形", f"{len(rest)} more classes of situations")
        lines.append(f"<details><summary>{more}</summary>\n\n{_items(rest)}\n\n</details>")
    if not shift.complete:
        lines.append("*" + telling.pick("以上未列全", "This list is not complete.") + "*")
    lines.append(telling.pick("例如：", "For example: ") + escaped(telling.example(shift)))
    if shift.blame:
        lines.append(escaped(telling.blame(shift)))
    return "\n\n".join(lines)


def _findings(telling: Telling) -> Iterator[str]:
    found = telling.found.findings
    if found is None:
        return
    yield "## " + telling.pick(
        f"问题：新增{len(found.come)}个，消除{len(found.gone)}个，仍在{len(found.stay)}个",
        f"Findings: {len(found.come)} appear, {len(found.gone)} go, {len(found.stay)} stay",
    )
    revision = telling.found.revision
    lines = [_finding(telling, telling.pick("新增", "appears"), revision.new, f) for f in found.come]
    lines += [_finding(telling, telling.pick("消除", "goes"), revision.old, f) for f in found.gone]
    if lines:
        yield _items(lines)


def _finding(telling: Telling, word: str, rules: RuleSet, finding: Finding) -> str:
    severity, check = telling.label(SEVERITY_NAMES[finding.severity][0]), telling.label(CHECK_NAMES[finding.check])
    return f"**{word}** [{severity}] {check}{telling.pick('：', ': ')}{escaped(telling.finding(finding, rules))}"


def _flips(telling: Telling) -> Iterator[str]:
    flips = telling.found.flips
    if not flips:
        return
    yield "## " + telling.pick("性质", "Properties")
    yield _items(
        f"{escaped(telling.label(f.new.property.label))}: {telling.label(STATUS_NAMES[f.old.status][0])} → "
        f"**{telling.label(STATUS_NAMES[f.new.status][0])}**"
        for f in flips
    )
