"""What the verdicts rest on: undefined terms, readings, facts."""

from __future__ import annotations

from collections.abc import Mapping

from guize.report.clauses import Clause
from guize.report.content import Content
from guize.report.html.text import both, clause, esc, heads, listed, number, place, to_findings, wide
from guize.report.terms import Assumed, OpenTerm, ReadAs
from model.vocabulary import Label

TERMS = Label("没有定义的用语", "Terms nobody defines")
PERIODS = Label("没有长度的时限", "Periods without a length")
ASSUMED = Label("假设（未见法律依据）", "assumption (no law is cited)")

GIVEN = Label(
    "检查以下列各项为前提，与之不符的情形不予考虑。共",
    "Taken as given; what contradicts them was not looked at. In all ",
)
OF_THESE = Label("项，其中没有法律依据的假设", "; of these, assumptions without a law ")


def terms(content: Content) -> str:
    """Open terms with the provisions that use them; time bounds without a length."""
    told = ""
    if content.terms:
        note = Label(
            "规则没有说明何时算是，由办理者自行判断；同一份文件因判断不同而走不同的路。",
            "The rules leave it to judgement when these apply; one paper takes one way or another as somebody judges.",
        )
        columns = (Label("用语", "Term"), Label("因此而异的办理", "What hinges on it"),
                   Label("影响的规定", "Provisions it appears in"), Label("涉及的问题", "Findings"))  # fmt: skip
        rows = "".join(_term(content.numbers, t) for t in content.terms)
        told += f"<h3>{both(TERMS)}</h3><p>{both(note)}</p>"
        told += wide(TERMS, f'<table class="ledger terms">{heads(columns)}<tbody>{rows}</tbody></table>')
    if content.lengthless:
        told += f"<h3>{both(PERIODS)}</h3>" + listed(clause(c) for c in content.lengthless)
    return told or f"<p>{both(Label('没有。', 'None.'))}</p>"


def readings(content: Content) -> str:
    """Every reading with its choices."""
    if not content.readings:
        return f"<p>{both(Label('没有两可的读法。', 'Nothing can be read in two ways.'))}</p>"
    columns = (Label("何处", "Where"), Label("可作的读法", "It may be read as"), Label("受影响的规定", "Provisions"),
               Label("因此而异的问题", "Findings that depend on it"))  # fmt: skip
    rows = "".join(_reading(content.numbers, r) for r in content.readings)
    table = f'<table class="ledger terms">{heads(columns)}<tbody>{rows}</tbody></table>'
    return wide(Label("读法表", "Table of readings"), table)


def facts(content: Content) -> str:
    """Background facts, assumptions first."""
    assumed = sum(f.assumption for f in content.facts)
    said = (
        f"<p>{both(GIVEN)} {number('facts', len(content.facts))}{both(OF_THESE)} "
        f"{number('facts.assumptions', assumed)}{both(Label('项。', '.'))}</p>"
    )
    if not content.facts:
        return said
    columns = (Label("前提", "Fact"), Label("依据", "Source"))
    rows = "".join(_fact(f) for f in content.facts)
    return said + wide(Label("前提表", "Table of facts"), f"<table>{heads(columns)}<tbody>{rows}</tbody></table>")


def _term(numbers: Mapping[str, int], term: OpenTerm) -> str:
    return (
        f'<tr><th scope="row">{both(term.label)}'
        f"<small>{_where(term.place, term.quote)}</small></th>"
        f'<td class="decisions">{listed(both(d) for d in term.decisions)}</td>'
        f"<td>{_several(term.clauses)}</td><td>{to_findings(numbers, term.findings)}</td></tr>"
    )


def _reading(numbers: Mapping[str, int], reading: ReadAs) -> str:
    return (
        f'<tr><th scope="row">{both(reading.label)}'
        f"<small>{_where(reading.place, reading.quote)}</small></th>"
        f"<td>{listed(both(c) for c in reading.choices)}</td><td>{_several(reading.clauses)}</td>"
        f"<td>{to_findings(numbers, reading.findings)}</td></tr>"
    )


def _fact(fact: Assumed) -> str:
    source = both(ASSUMED) if fact.assumption else both(fact.source)
    return f"<tr><td>{both(fact.label)}</td><td>{source}</td></tr>"


def _where(name: Label, quote: str) -> str:
    return both(name) + (f" <q>{esc(quote)}</q>" if quote else "")


def _several(clauses: tuple[Clause, ...]) -> str:
    """Places that lead to their norms, each once."""
    places = {c.place.zh: place(c.norm, c.place) for c in clauses}
    return " ".join(places.values())
