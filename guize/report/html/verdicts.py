"""What was asked: every check with its verdict, the scope, and how the result came about."""

from __future__ import annotations

from guize.report.checks import Checked
from guize.report.content import Content
from guize.report.html.text import both, count, heads, number, wide
from model.vocabulary import Label

HEADS = (
    Label("检查", "Check"), Label("结果", "Verdict"), Label("所问", "Asked"), Label("通过", "Held"),
    Label("其中空过", "Vacuous"), Label("问题", "Findings"), Label("未定", "Not settled"),
)  # fmt: skip
VACUITY = Label(
    "“空过”：所问的情形在任何场合都不会出现，通过并不说明规定周全。",
    "“Vacuous”: what was asked about never occurs, so that passing says nothing for the text.",
)

SCOPE = Label("范围：同时缺席人数不超过", "Scope: officials absent at once, at most")
HOLDERS = Label("；多人职务按以下人数考察：", "; holders of offices with several: ")


def section(content: Content) -> str:
    """The table of checks and the scope."""
    rows = "".join(_row(c) for c in content.checks)
    table = f'<table class="checks">{heads(HEADS, range(2, 7))}<tbody>{rows}</tbody></table>'
    holders = both(Label("、", ", ")).join(f"{both(h.name)} {count(h.number)}" for h in content.holders)
    many = both(HOLDERS) + holders if holders else ""
    scope = f"{both(SCOPE)} {count(content.absences)}{many}"
    reach = "".join(f'<p class="note">{both(said)}</p>' for said in content.reach)
    shown = wide(Label("检查结果表", "Table of checks"), table)
    return f'{shown}<p class="note">{both(VACUITY)}</p><p class="note">{scope}</p>{reach}'


def _row(check: Checked) -> str:
    cells = "".join(
        f'<td class="n">{number(f"checks.{check.id}.{name}", value)}</td>'
        for name, value in (
            ("asked", check.asked), ("held", check.held), ("vacuous", check.vacuous),
            ("findings", check.findings), ("unknown", check.unknown),
        )
    )  # fmt: skip
    return f'<tr><th scope="row">{both(check.name)}</th><td class="{check.tone}">{both(check.verdict)}</td>{cells}</tr>'


def footer(content: Content) -> str:
    """How the result came about."""
    said = Label(
        "每个问题都由求解器求得，并按规则的含义逐一复核。求解次数：",
        "Every finding was solved for and then confirmed by the reference semantics. Solver queries: ",
    )
    return f"<footer><p>{both(said)}{count(content.queries)}</p></footer>"
