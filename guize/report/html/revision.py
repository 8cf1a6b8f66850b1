"""The revision: the three columns drafters know, and the effect as the fourth."""

from __future__ import annotations

from guize.report.content import Content
from guize.report.html.text import attribute, both, count, esc, heads, listed, wide
from guize.report.revised import Effect, Revised, Row, Side
from model.vocabulary import Label

HEADS = (
    Label("现行", "As it is"), Label("修改后", "As amended"), Label("说明", "Note"), Label("效力", "Effect"),
)  # fmt: skip
NAMES = Label("名称和用语的改动", "Names and terms changed")
LOOSE = Label("与改动条文无直接关系的问题变化", "Findings that come or go and rest on no changed provision")
FLIPS = Label("结论改变的性质", "Properties whose verdict changes")
UNSETTLED = Label("未能判定（不等于没有变化）", "Not settled (which is not “nothing changes”)")


def section(content: Content, shown: Revised) -> str:
    """The verdict, the counts, the table, and what belongs to no row of it."""
    counts = "".join(f"<span>{both(label)} {count(number)}</span>" for label, number in shown.counts)
    parts = [f"<p>{both(shown.verdict)}</p>", f'<p class="key">{counts}</p>']
    if shown.rows:
        rows = "".join(_row(content, r) for r in shown.rows)
        table = f'<table class="revision">{heads(HEADS)}<tbody>{rows}</tbody></table>'
        parts.append(wide(Label("修改对照表", "Table of the revision"), table))
    for title, lines in ((NAMES, shown.names), (FLIPS, shown.flips), (UNSETTLED, shown.unsettled)):
        if lines:
            parts.append(f"<h3>{both(title)}</h3>" + listed(both(x) for x in lines))
    if shown.loose:
        parts.append(f"<h3>{both(LOOSE)}</h3>" + "".join(_effect(content, e) for e in shown.loose))
    return "".join(parts)


def _row(content: Content, row: Row) -> str:
    notes = "".join(f"<p>{both(n)}</p>" for n in row.notes)
    effects = "".join(_effect(content, e) for e in row.effects)
    cells = zip(HEADS, (_side(row.old), _side(row.new), notes, effects), strict=True)
    # on a phone the cells stand below one another, each under the head of its column
    return "<tr>" + "".join(f'<td><b class="col">{both(head)}</b>{inside}</td>' for head, inside in cells) + "</tr>"


def _side(side: Side) -> str:
    quote = f" <q>{esc(side.quote)}</q>" if side.quote else ""
    says = f"<p>{both(side.says)}</p>" if side.says.zh else ""
    return f"{both(side.place)}{quote}{says}"


def _effect(content: Content, effect: Effect) -> str:
    name = f"<strong>{both(effect.name)}</strong> " if effect.name.zh else ""
    number = content.numbers.get(effect.finding)
    link = f' <a href="#f-{attribute(effect.finding)}">{both(Label("问题", "finding"))} {number}</a>' if number else ""
    where = "".join(f"<small>{both(w)}</small>" for w in effect.where)
    return f'<div class="effect"><p>{name}{both(effect.says)}{link}</p>{where}</div>'
