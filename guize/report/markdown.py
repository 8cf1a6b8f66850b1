"""The report as Markdown for a review thread, in one language: short on top, the evidence folded away."""

from __future__ import annotations

from collections.abc import Iterable

from guize.report.clauses import Clause
from guize.report.content import Content
from guize.report.findings import Told
from guize.report.markdown_parts import properties, revision, simulation
from guize.report.markdown_text import escaped, row
from guize.report.signing import HOLE, Table
from model.vocabulary import Label


def document(content: Content, lang: str) -> str:
    """The five lines, the findings, the holes in who signs what, the checks."""
    say = _Speaker(lang)
    parts = [f"# {say(content.title)}{say.pick('：检查报告', ': report of the audit')}"]
    parts.append("\n".join(f"{i}. {escaped(line.text(lang))}" for i, line in enumerate(content.lead, 1)))
    if content.unsettled:
        parts.append("## " + say.pick("未能判定", "Not settled"))
        parts.append(say.items(f"{say(u.name)}: {escaped(u.subject)} ({escaped(u.reason)})" for u in content.unsettled))
    parts.append("## " + say.pick("问题", "Findings"))
    parts += [_finding(say, f) for f in content.findings] or [say.pick("没有发现问题。", "No findings.")]
    if content.properties:
        parts.append(properties(content.properties, dict(content.numbers), lang))
    if content.revised is not None:
        parts.append(revision(content.revised, lang))
    if content.simulated is not None:
        parts.append(simulation(content.simulated, dict(content.numbers), lang))
    holes = [_holes(say, content, t) for t in content.signing if t.holes]
    if holes:
        parts.append("## " + say.pick("无人可办的情形", "Where nobody may act"))
        parts += holes
    parts += ["## " + say.pick("检查结果", "Checks"), _checks(say, content)]
    return "\n\n".join(parts) + "\n"


class _Speaker:
    """Labels and texts in one language, with what Markdown would take for markup escaped."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    @property
    def zh(self) -> bool:
        return self.lang == "zh"

    def __call__(self, label: Label) -> str:
        return escaped(label.get(self.lang))

    def pick(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    @staticmethod
    def items(lines: Iterable[str]) -> str:
        return "\n".join(f"- {line}" for line in lines)


def _finding(say: _Speaker, found: Told) -> str:
    places = say.pick("、", ", ").join(say(p.name) for p in found.places)
    colon, semicolon = say.pick("：", ": "), say.pick("；", "; ")
    story = (f"**{say(c.title)}**{colon}{semicolon.join(say(x) for x in c.lines)}" for c in found.story)
    evidence = [say.items(story), f"**{say.pick('依据', 'Why')}**", say.items(_clause(say, c) for c in found.why)]
    if found.near:
        evidence += [f"**{say.pick('接近而不及', 'Near misses')}**", say.items(_clause(say, c) for c in found.near)]
    if found.repairs[1:]:
        evidence += [
            f"**{say.pick('其他修改办法', 'Other repairs')}**",
            say.items(say(r.says) for r in found.repairs[1:]),
        ]
    if not found.every_reading:
        only = say.pick("只在以下读法下成立", "Only under these readings")
        evidence += [f"**{only}**", say.items(map(say, found.readings))]
        evidence += [say.items(map(say, found.clearer))] if found.clearer else []
    if found.remark.zh:
        evidence.append(say(found.remark))
    repair = [say(found.unmended)] if found.unmended.zh else []
    if found.repairs:
        repair = [f"**{say.pick('修改建议', 'Repair')}**{colon}{say(found.repairs[0].says)}"]
    return "\n\n".join(
        [
            f"### {found.number}. \\[{say(found.degree)}\\] {say(found.name)} · {places}",
            say(found.sentence),
            *repair,
            f"<details><summary>{say.pick('情形、依据和读法', 'Story, reasons and readings')}</summary>",
            *evidence,
            f"`{found.id}`",
            "</details>",
        ]
    )


def _clause(say: _Speaker, shown: Clause) -> str:
    quote = f" “{escaped(shown.quote)}”" if shown.quote else ""
    lacks = f" **{say(shown.lacks)}**" if shown.lacks.zh else ""
    return f"{say(shown.place)}{quote} {say(shown.says)} ({say(shown.strength)}){lacks}"


def _holes(say: _Speaker, content: Content, table: Table) -> str:
    """The rows of one act that have a hole."""
    head = [say.pick("文件", "papers"), *(say(c) for c in content.columns)]
    lines = [f"### {say(table.act)}", "", row(head), row(["---"] * len(head))]
    above = ""
    for each in table.rows:
        name = say(each.classes)
        if each.urgent:
            name = f"{above} — {name}"
        else:
            above = name
        if any(s.tone == HOLE for s in each.squares):
            squares = (f"**✕ {say(s.who)}**" if s.tone == HOLE else say(s.who) for s in each.squares)
            lines.append(row([name, *squares]))
    return "\n".join(lines)


def _checks(say: _Speaker, content: Content) -> str:
    heads = (
        ("检查", "check"), ("结果", "verdict"), ("所问", "asked"), ("通过", "held"), ("空过", "vacuous"),
        ("问题", "findings"), ("未定", "not settled"),
    )  # fmt: skip
    lines = [row(say.pick(*h) for h in heads), row(["---", "---", *["---:"] * 5])]
    for c in content.checks:
        numbers = map(str, (c.asked, c.held, c.vacuous, c.findings, c.unknown))
        lines.append(row([say(c.name), say(c.verdict), *numbers]))
    scope = say.pick(
        f"范围：同时缺席不超过{content.absences}人。", f"Scope: at most {content.absences} officials absent at once."
    )
    return "\n\n".join(["\n".join(lines), scope, *map(say, content.reach)])
