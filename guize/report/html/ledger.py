"""The coverage ledger, which is also where citations lead: every norm stands in it once."""

from __future__ import annotations

from guize.report.clauses import Clause
from guize.report.content import Content
from guize.report.coverage import Article, Entry
from guize.report.html.text import anchor, both, clause, esc, heads, listed, number, wide
from model.vocabulary import Label

HEADS = (
    Label("条款", "Place"),
    Label("原文短语", "Phrase"),
    Label("纳入检查的规定，或未纳入的原因", "Norms checked, or why it is left out"),
)


def section(content: Content) -> str:
    """The counts, a table of all articles, and the norms from elsewhere."""
    entries = [e for a in content.articles for e in a.entries]
    formalised = sum(e.formalised for e in entries)
    said = (
        f"<p>{both(Label('已纳入检查', 'Statements checked: '))} {number('ledger.formalised', formalised)}"
        f"{both(Label('处，未纳入', '; left out: '))} {number('ledger.out-of-scope', len(entries) - formalised)}"
        f"{both(Label('处；共', '; articles: '))} "
        f"{number('ledger.articles', len(content.articles))}{both(Label('条。', '.'))}</p>"
    )
    shown: set[str] = set()
    rows = "".join(_article(a, shown) for a in content.articles)
    table = f'<table class="ledger">{heads(HEADS)}{rows}</table>'
    told = said + wide(Label("覆盖台账表", "Table of the coverage ledger"), table)
    rest = [c for c in content.elsewhere if anchor(c.norm) not in shown]
    if rest:
        title = Label("上位法和通用规定", "Higher law and background")
        told += f"<h3>{both(title)}</h3>" + listed(f'<span id="{anchor(c.norm)}">{clause(c)}</span>' for c in rest)
    return told


def _article(article: Article, shown: set[str]) -> str:
    chapter = f' <span class="soft">{esc(article.chapter)}</span>' if article.chapter else ""
    head = f'<tr id="art-{article.number}"><th colspan="3" scope="rowgroup">{both(article.name)}{chapter}</th></tr>'
    if not article.entries:
        none = both(Label("没有记录", "no entry"))
        return f'<tbody>{head}<tr><td colspan="3" class="open">{none}</td></tr></tbody>'
    kind = ' class="done"' if all(e.formalised for e in article.entries) else ""
    return f"<tbody{kind}>{head}{''.join(_entry(e, shown) for e in article.entries)}</tbody>"


def _entry(entry: Entry, shown: set[str]) -> str:
    if not entry.formalised:
        note = f"<small>{esc(entry.note)}</small>" if entry.note else ""
        what = f'<span class="vacuous">{both(entry.reason)}</span>{note}'
    else:
        what = "".join(_norm(c, shown) for c in entry.clauses)
        if entry.words:
            zh, en = "、".join(w.zh for w in entry.words), ", ".join(w.en for w in entry.words)
            what += f"<small>{both(Label(f'用语：{zh}', f'words: {en}'))}</small>"
    kind = ' class="done"' if entry.formalised else ""
    return f"<tr{kind}><td>{both(entry.place)}</td><td>{esc(entry.quote)}</td><td>{what}</td></tr>"


def _norm(shown_clause: Clause, shown: set[str]) -> str:
    name = anchor(shown_clause.norm)
    ident = f' id="{name}"' if name not in shown else ""
    shown.add(name)
    kind = f'<span class="soft">{both(shown_clause.form)}</span>'
    # a norm that rests on several phrases is told at the first and led back to from the others
    if not ident:
        again_said = both(shown_clause.says) if shown_clause.says.zh else esc(shown_clause.norm)
        return f'<p>{kind} <a href="#{name}">{again_said}</a></p>'
    says = both(shown_clause.says) if shown_clause.says.zh else ""
    return f'<p{ident}>{kind} {says} <span class="soft">[{both(shown_clause.strength)}]</span></p>'
