"""Route cards: a page for each kind of paper. Who does what in which order, by which norm, by when, who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from guize.drawing import paging
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

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The paragraphs of each column."""
        return (self.number,), (self.who,), (self.act,), (self.place,), self.when, self.limits, self.stand_ins


@dataclass(frozen=True)
class Section:
    """A route, or the acts that stand alone; `said` of it: what it applies to, how long it can get."""

    title: str
    said: str
    lines: tuple[Line, ...]

    @property
    def rows(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """By line and column, the paragraphs of the cell."""
        return tuple(line.cells for line in self.lines)


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
    return Section(title, words.pick("；", "; ").join(s for s in (applies, note) if s), tuple(lines))


def _when(words: Wording, power: Power) -> tuple[str, ...]:
    found = [] if power.when == ex.TRUE else [words.condition(power.when)]
    return (*found, *(words.reading(r, c) for r, c in power.under))


def _line(words: Wording, number: str, power: Power, when: tuple[str, ...], limits: tuple[str, ...]) -> Line:
    who = words.actors(power.by, power.joint)
    act = words.act(power.act)
    if power.may:
        act = words.pick(f"{act}（可省略）" if power.route else f"可以{act}", f"may {act}")
    standing = _bare(stand_in_lines(words, power), words.pick("代行：", "stand-in: "))
    limited = _bare(when, words.pick("条件：", "if: "))
    return Line(number, who, act, words.place(power.citation), limited, limits, standing)


def _bare(texts: tuple[str, ...], said: str) -> tuple[str, ...]:
    """The texts without what the head of their column says already."""
    return tuple(text.removeprefix(said) for text in texts)


STYLE = f"""
body{{font:14px/{paging.LEADING} 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif;
 color:#1d2433;margin:24px auto;max-width:1080px;padding:0 16px}}
section{{margin-bottom:40px}}
h1{{font-size:{paging.H1}em;margin:0 0 {paging.AFTER_TEXT}px}}
h1 small{{font-size:.6em;font-weight:400;color:#5b6577}}
h2{{font-size:{paging.H2}em;margin:{paging.BEFORE_H2}px 0 {paging.AFTER_H2}px}}
p{{margin:0 0 {paging.AFTER_TEXT}px;color:#5b6577}}
table{{border-collapse:collapse;width:100%;table-layout:fixed;margin-top:{paging.BEFORE_TABLE}px}}
th,td{{border:{paging.RULE}px solid #d5dbe6;padding:4px {paging.PAD_X}px;vertical-align:top;text-align:left;
 overflow-wrap:anywhere}}
th{{background:#eef1f7;font-weight:600}}td p{{margin:0}}
.limit{{color:#7a4b00}}.stand{{color:#1d6b45}}
@page{{size:A4 landscape;margin:10mm}}
@media print{{body{{margin:0;padding:0;max-width:none}}section{{margin:0;font-size:var(--print)}}
 section+section{{break-before:page}}th,td{{padding:{paging.PAD_Y}px {paging.PAD_X}px}}tr{{break-inside:avoid}}}}
"""
HEADS = (
    ("序", "no."),
    ("谁办", "who"),
    ("办什么", "what"),
    ("依据", "by"),
    ("何时适用", "when"),
    ("时限", "time limits"),
    ("代行", "stand-ins"),
)
TONES = ("", "", "", "", "when", "limit", "stand")


def page(words: Wording, cards: tuple[Card, ...]) -> str:
    """All cards as one self-contained HTML page, each on a sheet of its own when printed, or on as few as it needs."""
    title = words.label(words.rules.title.label)
    name = words.pick("办文流程卡", "Route cards")
    inside = "\n".join(sheet for c in cards for sheet in _sheets(words, c, title))
    names = f"<title>{escape(title)} {escape(name)}</title>"
    head = f'<head>\n<meta charset="utf-8">\n{names}\n<style>{STYLE}</style>\n</head>'
    return f'<!DOCTYPE html>\n<html lang="{words.pick("zh-CN", "en")}">\n{head}\n<body>\n{inside}\n</body>\n</html>\n'


def _sheets(words: Wording, card: Card, instrument: str) -> list[str]:
    heads = tuple(words.pick(*pair) for pair in HEADS)
    made = paging.paging(card.sections, heads)
    found: list[str] = []
    for number, parts in enumerate(made.sheets, 1):
        which = ""
        if len(made.sheets) > 1:
            total = len(made.sheets)
            which = words.pick(f"（第{number}张，共{total}张）", f" (sheet {number} of {total})")
            which = f"<small>{escape(which)}</small>"
        ident = f' id="card-{card.kind}"' if number == 1 else ""
        lines = [
            f'<section class="card"{ident} style="--print:{made.size:g}px">',
            f"<p>{escape(instrument)}</p>",
            f"<h1>{escape(card.title)}{which}</h1>",
        ]
        for part in parts:
            section = card.sections[part.section]
            lines += _part(words, section, section.lines[part.first : part.last], heads, made.columns, part.continued)
        found.append("\n".join([*lines, "</section>"]))
    return found


def _part(
    words: Wording, section: Section, lines: tuple[Line, ...], heads: tuple[str, ...], columns: tuple[float, ...],
    continued: bool,
) -> list[str]:  # fmt: skip
    """A section, or the lines of it that stand on one sheet."""
    again = words.pick("（续）", " (continued)") if continued else ""
    said = [f"<p>{escape(section.said)}</p>"] if section.said else []
    group = "".join(f'<col style="width:{w:g}%">' for w in columns)
    top = "".join(f"<th>{escape(h)}</th>" for h in heads)
    rows = ("".join(f"<td>{_cell(c, t)}</td>" for c, t in zip(line.cells, TONES, strict=True)) for line in lines)
    table = [f"<table><colgroup>{group}</colgroup><tr>{top}</tr>", *(f"<tr>{r}</tr>" for r in rows), "</table>"]
    return [f"<h2>{escape(section.title)}{again}</h2>", *said, *table]


def _cell(texts: tuple[str, ...], tone: str) -> str:
    if not tone:
        return escape("".join(texts))
    return "".join(f'<p class="{tone}">{escape(t)}</p>' for t in texts)
