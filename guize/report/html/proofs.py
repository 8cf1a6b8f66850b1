"""Properties: how many hold, then each with its verdict; a refuted one with its situation as a story."""

from __future__ import annotations

from guize.report.bilingual import Count
from guize.report.content import Content
from guize.report.html.text import both, clause, count, esc, listed, to_findings
from guize.report.properties import Proved, counted
from guize.terminal.prove import STATUS_NAMES
from model.vocabulary import Label
from proofs.proving import Status

NOTE = Label(
    "性质是对规则的要求，逐条证明或反驳；不成立的附最平常的反例。“空成立”：所说的情形不会出现，成立并不说明规定周全。",
    "A property says what is wanted of the rules; each is proved, or refuted by the plainest counterexample. "
    "“Vacuous”: what it speaks of never occurs, so that holding says nothing for the text.",
)
NONE = Label("没有可检验的性质。", "There are no properties to test.")
STORY = Label("反例和依据", "Counterexample and provisions")
WHY = Label("依据", "Provisions")
FINDINGS = Label("见问题", "See findings")
ELSEWHERE = Label("所见问题低于报告的级别，未列出。", "What was found lies below the severity reported.")


def section(content: Content, shown: tuple[Proved, ...]) -> str:
    """The counts, then every property."""
    if not shown:
        return f"<p>{both(NONE)}</p>"
    counts = "".join(
        f"<span>{both(STATUS_NAMES[s][0])} {count(Count(f'prove.{s.value}', n))}</span>" for s, n in counted(shown)
    )
    rows = "".join(_row(content, p) for p in shown)
    return f'<p class="key">{counts}</p><p class="note">{both(NOTE)}</p><ul class="plain">{rows}</ul>'


def _row(content: Content, shown: Proved) -> str:
    limit = ""
    if shown.absences >= 0:
        some = Label(f"缺席不超过{shown.absences}人", f"at most {shown.absences} absent")
        some = Label("无人缺席", "nobody absent") if not shown.absences else some
        limit = f"；{both(some)}"
    said = f'<p><strong class="{shown.tone}">{both(shown.verdict)}</strong> {both(shown.name)}'
    said += f' <span class="soft">（{both(shown.states)}{limit}）</span></p>'
    if shown.says.zh:
        said += f"<p>{both(shown.says)}</p>"
    numbers = [i for i in shown.findings if i in content.numbers]
    if numbers:
        said += f"<p>{both(FINDINGS)} {to_findings(content.numbers, numbers)}</p>"
    elif shown.findings and shown.status is Status.FAILS:
        said += f"<p>{both(ELSEWHERE)}</p>"
    if shown.story:
        told = "".join(
            f"<dt>{both(c.title)}</dt><dd>{''.join(f'<p>{both(x)}</p>' for x in c.lines)}</dd>" for c in shown.story
        )
        why = f"<h3>{both(WHY)}</h3>{listed(clause(c) for c in shown.why)}" if shown.why else ""
        said += f"<details><summary>{both(STORY)}</summary><dl>{told}</dl>{why}</details>"
    return f'<li id="p-{esc(shown.id)}">{said}</li>'
