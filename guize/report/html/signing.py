"""Who does what: a table an act, classes of papers by who is absent."""

from __future__ import annotations

from guize.report.content import Content
from guize.report.html.text import both, heads, number, place, wide
from guize.report.signing import DELEGATED, HOLE, Row, Square, Table
from model.vocabulary import Label

PAPERS = Label("文件", "Papers")
LIMITS = Label("时限", "Time limits")
NOTE = Label(
    "“全部在岗”一栏是有权办理的人；其后各栏是首位经办人因该原因不在时由谁办理，机关视为始终在岗。按每一读法的第一种选择。",
    "“Everyone present” names who may act; each further column, who acts when the first of them is absent for that "
    "cause; offices and departments are never away. Under the first choice of every reading.",
)
KEY = (
    (HOLE, Label("无人可办", "nobody")),
    (DELEGATED, Label("须先有委托或授权", "only if delegated or authorised")),
)


def section(content: Content) -> str:
    """The key, then the tables, that in the order of `guize.comparing.ACTS`."""
    if not content.signing:
        return f"<p>{both(Label('没有可列的权限规定。', 'No powers to show.'))}</p>"
    key = "".join(f'<span class="{tone}">{both(label)}</span>' for tone, label in KEY)
    return f'<p>{both(NOTE)}</p><p class="key">{key}</p>' + "".join(_table(content, t) for t in content.signing)


def _table(content: Content, table: Table) -> str:
    timed = any(r.limits for r in table.rows)
    columns = (PAPERS, *content.columns, *((LIMITS,) if timed else ()))
    rows = "".join(_row(r, timed) for r in table.rows)
    holes = both(Label("空缺格数", "holes"))
    return (
        f'<h3>{both(table.act)} <span class="soft">'
        f"({holes} {number(f'signing.{table.id}.holes', table.holes)})</span></h3>"
        + wide(table.act, f'<table class="signing">{heads(columns)}<tbody>{rows}</tbody></table>')
    )


def _row(row: Row, timed: bool) -> str:
    kind = ' class="urgent"' if row.urgent else ""
    limits = f"<td>{'<br>'.join(both(x) for x in row.limits if x.zh)}</td>" if timed else ""
    return f'<tr><th scope="row"{kind}>{both(row.classes)}</th>{"".join(map(_square, row.squares))}{limits}</tr>'


def _square(square: Square) -> str:
    places = " ".join(place(n, name) for n, name in square.norms)
    small = f"<small>{places}</small>" if places else ""
    mark = "✕ " if square.tone == HOLE else ""  # not by colour alone
    if square.tone == DELEGATED:
        small = f"<small>{both(KEY[1][1])}</small>" + small
    return f'<td class="{square.tone}">{mark}{both(square.who)}{small}</td>'
