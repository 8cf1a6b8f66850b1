"""Route cards: a page for each kind of paper. Who does what in which order, by which norm, by when, who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from guize.drawing.gather import Gathered
from guize.drawing.plan import conditions, limit, stand_in_lines
from guize.drawing.views import PHASE_NAMES
from guize.wording import Wording
from model import expressions as ex
from model.graphs.flow import phase
from model.graphs.routes import END, bounds_at
from model.norms import Power, Route
from model.ruleset import KIND


@dataclass(frozen=True)
class Line:
    """One step: its number, who, what, where it says so, when, by when, who stands in."""

    number: str
    who: str
    act: str
    place: str
    when: tuple[str, ...]
    limits: tuple[str, ...]
    stand_ins: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A route, or the acts that stand alone, with what they apply to."""

    title: str
    applies: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Card:
    kind: str
    title: str
    sections: tuple[Section, ...]


def card(words: Wording, gathered: Gathered, kind: str) -> Card:
    """The card of one kind of paper: its routes by the phase of their last act, the other acts among them."""
    rules, ids = words.rules, gathered.kinds[kind]
    blocks: list[tuple[int, Section]] = []
    for route in rules.routes.values():
        steps = [s.power for s in route.steps if s.power.id in ids]
        if steps:
            section = _route(words, gathered, route, kind, ids)
            blocks.append((max(phase(rules, p.act) for p in steps), section))
    alone: dict[int, list[Power]] = {}
    for power in rules.powers.values():
        if power.id in ids and not power.route:
            alone.setdefault(phase(rules, power.act), []).append(power)
    for at, powers in alone.items():
        lines = tuple(_line(words, "·", p, _when(words, p), ()) for p in powers)
        name = words.label(PHASE_NAMES[at])
        title = words.pick(f"{name}（按具体情形）", f"{name} (as the case may be)")
        blocks.append((at, Section(title, "", lines)))
    blocks.sort(key=lambda b: b[0])
    return Card(kind, words.value(KIND, kind), tuple(s for _, s in blocks))


def _route(words: Wording, gathered: Gathered, route: Route, kind: str, ids: frozenset[str]) -> Section:
    limits = bounds_at(words.rules, route)
    lines = [
        _line(
            words,
            str(number),
            step.power,
            tuple(conditions(words, route, step.power)),
            tuple(limit(words, route, b).text for b in limits.get(step.id, ())),
        )
        for number, step in enumerate((s for s in route.steps if s.power.id in ids), 1)
    ]
    ending = tuple(limit(words, route, b).text for b in limits.get(END, ()))
    if ending:
        lines.append(Line("", "", words.pick("办结", "end"), "", (), ending, ()))
    chain = gathered.longest_chain(route, kind)
    long = len(chain.steps) if chain else 0
    note = words.pick(f"最长须经{long}道手续", f"at most {long} required steps one after another") if long else ""
    title = words.label(route.label) or words.place(route.citation)
    applies = words.condition(route.when) if route.when != ex.TRUE else ""
    return Section(title, applies, tuple(lines), note)


def _when(words: Wording, power: Power) -> tuple[str, ...]:
    found = [] if power.when == ex.TRUE else [words.condition(power.when)]
    return (*found, *(words.reading(r, c) for r, c in power.under))


def _line(words: Wording, number: str, power: Power, when: tuple[str, ...], limits: tuple[str, ...]) -> Line:
    who = words.actors(power.by, power.joint)
    act = words.act(power.act)
    if power.may:
        act = words.pick(f"{act}（可省略）" if power.route else f"可以{act}", f"may {act}")
    return Line(number, who, act, words.place(power.citation), when, limits, stand_in_lines(words, power))


STYLE = """
body{font:14px/1.55 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif;color:#1d2433;
 margin:24px auto;max-width:1080px;padding:0 16px}
section.card{break-after:page;margin-bottom:40px}
h1{font-size:20px;margin:0 0 4px}h2{font-size:15px;margin:16px 0 2px}
p{margin:2px 0;color:#5b6577}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin-top:6px}
th,td{border:1px solid #d5dbe6;padding:4px 7px;vertical-align:top;text-align:left;overflow-wrap:anywhere}
th{background:#eef1f7;font-weight:600}td p{margin:0}
.limit{color:#7a4b00}.stand{color:#1d6b45}
@media print{body{margin:0;font-size:11px}}
"""


def page(words: Wording, cards: tuple[Card, ...]) -> str:
    """All cards as one self-contained HTML page, each on a sheet of its own when printed."""
    title = words.label(words.rules.title.label)
    name = words.pick("办文流程卡", "Route cards")
    inside = "\n".join(_card(words, c, title) for c in cards)
    names = f"<title>{escape(title)} {escape(name)}</title>"
    head = f'<head>\n<meta charset="utf-8">\n{names}\n<style>{STYLE}</style>\n</head>'
    return f'<!DOCTYPE html>\n<html lang="{words.pick("zh-CN", "en")}">\n{head}\n<body>\n{inside}\n</body>\n</html>\n'


def _card(words: Wording, card: Card, instrument: str) -> str:
    parts = [
        f'<section class="card" id="card-{card.kind}">',
        f"<p>{escape(instrument)}</p>",
        f"<h1>{escape(card.title)}</h1>",
    ]
    heads = [
        words.pick(*pair)
        for pair in (
            ("序", "no."), ("谁办", "who"), ("办什么", "what"), ("依据", "by"),
            ("何时适用", "when"), ("时限", "time limits"), ("代行", "stand-ins"),
        )
    ]  # fmt: skip
    widths = (4, 19, 11, 13, 21, 16, 16)
    columns = "".join(f'<col style="width:{w}%">' for w in widths)
    for section in card.sections:
        parts.append(f"<h2>{escape(section.title)}</h2>")
        said = words.pick("；", "; ").join(s for s in (section.applies, section.note) if s)
        parts += [f"<p>{escape(said)}</p>"] if said else []
        parts.append(
            f"<table><colgroup>{columns}</colgroup><tr>" + "".join(f"<th>{escape(h)}</th>" for h in heads) + "</tr>"
        )
        for line in section.lines:
            cells = [
                escape(line.number), escape(line.who), escape(line.act), escape(line.place),
                _several(line.when), _several(line.limits, "limit"), _several(line.stand_ins, "stand"),
            ]  # fmt: skip
            parts.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</section>"])


def _several(texts: tuple[str, ...], kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return "".join(f"<p{attribute}>{escape(t)}</p>" for t in texts)
