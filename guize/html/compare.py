"""A comparison as one self-contained page."""

from __future__ import annotations

from html import escape

from guize.comparing import Comparison, Row, loans
from guize.sentences.comparison import HEADINGS, Telling

_STYLE = """
body{font:15px/1.6 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",system-ui,sans-serif;margin:1.5rem;color:#1b1b1b}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
.wide{overflow-x:auto}.wide table{min-width:60rem;table-layout:fixed}
th,td{border:1px solid #c9c9c9;padding:.4rem .55rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}
thead th{background:#f1f3f5}
tbody th{background:#fafafa;font-weight:600}
td p{margin:0 0 .2rem}td p+p{color:#4a4a4a;font-size:.9em}
.best{background:#e9f5ea}.open{background:#fdecea}.remark{color:#6b6b6b}
.key span{display:inline-block;padding:0 .5rem;margin-right:.6rem;border:1px solid #c9c9c9}
li{margin:.25rem 0}
@media print{
body{margin:0;font-size:10px}
.wide{overflow:visible}.wide table{min-width:0}
h2{break-after:avoid}tr{break-inside:avoid}
}
"""


def document(comparison: Comparison, lang: str) -> str:
    """The page in one language: the count, a table an act, what each could borrow."""
    telling = Telling(comparison, lang)
    places = telling.pick("、", ", ").join(telling.instrument(n) for n in comparison.instruments)
    title = telling.pick("工作规则比较", "Working rules side by side")
    parts = [
        f"<h1>{escape(title)}</h1><p>{escape(places)}</p>",
        _key(telling),
        _summary(telling),
        *(_table(telling, act) for act in dict.fromkeys(r.act for r in comparison.rows)),
        *(_loans(telling, name) for name in comparison.instruments),
    ]
    return (
        f'<!doctype html><html lang="{telling.pick("zh-CN", "en")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _key(telling: Telling) -> str:
    best = telling.pick("规定最全", "answers best")
    wanting = telling.pick("要求办理而无人可办", "wanted, nobody may")
    note = telling.pick(
        "按各规则每一读法的第一种选择；缺席指首位经办人缺席。",
        "Under the first choice of every reading; absences are those of the first official named.",
    )
    return f'<p class="key"><span class="best">{best}</span><span class="open">{wanting}</span>{note}</p>'


def _summary(telling: Telling) -> str:
    heads = "".join(f'<th scope="col">{escape(h.get(telling.lang))}</th>' for h in HEADINGS.values())
    rows = ""
    for name in telling.comparison.instruments:
        counts = "".join(f"<td>{c}</td>" for c in telling.counts(name))
        rows += f'<tr><th scope="row">{escape(telling.instrument(name))}</th>{counts}</tr>'
    return f'<table><thead><tr><th scope="col"></th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _table(telling: Telling, act: str) -> str:
    names = list(telling.comparison.instruments)
    papers = telling.pick("文件", "papers")
    heads = "".join(f'<th scope="col">{escape(telling.instrument(n))}</th>' for n in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(telling.classes(row))}</th>{"".join(_cell(telling, row, n) for n in names)}</tr>'
        for row in telling.comparison.rows
        if row.act == act
    )
    return (
        f'<h2>{escape(telling.act(act))}</h2><div class="wide" tabindex="0"><table><thead><tr><th scope="col">{papers}'
        f"</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(telling: Telling, row: Row, name: str) -> str:
    cell = row.cells.get(name)
    if cell is None or cell.silent:
        kind = "remark"
    elif not cell.answered:
        kind = "open"
    else:
        kind = "best" if name in row.best else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in telling.cell(row, name))
    return f'<td class="{kind}">{lines}</td>'


def _loans(telling: Telling, name: str) -> str:
    mine = loans(telling.comparison, name)
    if not mine:
        return ""
    title = telling.pick(f"{telling.instrument(name)}可借鉴", f"{telling.instrument(name)} could borrow")
    items = "".join(f"<li>{escape(telling.loan(x))}</li>" for x in mine)
    return f"<h2>{escape(title)} ({len(mine)})</h2><ul>{items}</ul>"
