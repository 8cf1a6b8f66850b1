"""How many absences every act and route survives."""

from __future__ import annotations

from guize.report.content import Content
from guize.report.endurance import BEST, WORST, Survival
from guize.report.html.text import both, heads, listed, wide
from model.vocabulary import Label

NOTE = Label(
    "只计外出、休假、因病、出访；机关和外部单位视为始终在岗。每行是一类事项和规定的办理者；缺席者为最平常的一例。",
    "Trips, leave, illness and visits count; organs and outside bodies are taken as always there. One row for each act "
    "and whom the rules name; who is away is the plainest example.",
)
ROUTES = Label("程序能承受多少人缺席", "How many absences a route survives")
ON_THE_WAY = Label(
    "缺席可以发生在任何一步，只增不减；所列为一份文件走到该步及以后，最少几人缺席就会停下（无人作委托时）。",
    "Absences may begin at any step and only accumulate; told is how few stop a paper at the step, and there or later, "
    "if nobody delegates.",
)
REST = Label("其余事项在考察的人数内都不因缺席而停。", "No other act stops for absence within the number looked at.")
NONE = Label("没有检查。", "This was not asked.")


def section(content: Content) -> str:
    """The table of acts that absence can stop, then the routes."""
    if not content.survivals:
        return f"<p>{both(NONE)}</p>"
    columns = (Label("事项", "Act"), Label("规定由谁办理", "By whom"), WORST, BEST, Label("出处", "Where"))
    told = "".join(_row(s) for s in content.survivals if s.breaks)
    shown = f'<p class="note">{both(NOTE)}</p>'
    shown += wide(
        Label("缺席表", "Table of absences"), f'<table class="survival">{heads(columns)}<tbody>{told}</tbody></table>'
    )
    shown += f'<p class="note">{both(REST)}</p>'
    if content.ways:
        rows = "".join(
            f'<tr><th scope="row">{both(w.route)}</th><td>{listed(both(s) for s in w.steps)}</td></tr>'
            for w in content.ways
        )
        columns = (Label("程序", "Route"), Label("各步", "Steps"))
        shown += f"<h3>{both(ROUTES)}</h3><p>{both(ON_THE_WAY)}</p>"
        shown += wide(ROUTES, f"<table>{heads(columns)}<tbody>{rows}</tbody></table>")
    return shown


def _row(survival: Survival) -> str:
    cells = "".join(f"<td>{both(x)}</td>" for x in (survival.by, survival.worst, survival.best, survival.places))
    return f'<tr><th scope="row">{both(survival.act)}</th>{cells}</tr>'
