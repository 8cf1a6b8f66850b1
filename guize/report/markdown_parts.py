"""The parts of a revision and of a simulation as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from guize.report.markdown_text import escaped, row
from guize.report.parts import Amount, Cell, Finds, Part
from guize.report.properties import Proved, counted
from guize.report.revised import Effect, Revised, Side
from guize.report.simulated import Simulated
from guize.terminal.prove import STATUS_NAMES
from model.vocabulary import Label


class _Words:
    """Labels in one language, escaped."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, label: Label) -> str:
        return escaped(label.get(self.lang))

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def properties(shown: tuple[Proved, ...], numbers: dict[str, int], lang: str) -> str:
    """The counts, then every property with its verdict; a refuted one with its counterexample folded away."""
    say = _Words(lang)
    parts = [f"## {say.pick('性质', 'Properties')}"]
    parts.append(say.pick("；", "; ").join(f"{say(STATUS_NAMES[s][0])} {n}" for s, n in counted(shown)))
    for each in shown:
        told = [f"**{say(each.verdict)}** {say(each.name)}"]
        told += [say(each.says)] if each.says.zh else []
        found = [str(numbers[i]) for i in each.findings if i in numbers]
        told += [say.pick("见问题", "See findings ") + say.pick("、", ", ").join(found)] if found else []
        parts.append(say.pick("　", " ").join(told))
        if each.story:
            colon, semicolon = say.pick("：", ": "), say.pick("；", "; ")
            story = (f"**{say(c.title)}**{colon}{semicolon.join(say(x) for x in c.lines)}" for c in each.story)
            why = (f"{say(c.place)} “{escaped(c.quote)}” {say(c.says)}" for c in each.why)
            summary = say.pick("反例和依据", "Counterexample and provisions")
            parts.append(f"<details><summary>{summary}</summary>\n\n{_items((*story, *why))}\n\n</details>")
    return "\n\n".join(parts)


def revision(shown: Revised, lang: str) -> str:
    """The verdict, the counts, the table of four columns, what belongs to no row."""
    say = _Words(lang)
    parts = [f"## {say.pick('修改对照和效力', 'The revision and its effect')}", f"**{say(shown.verdict)}**"]
    parts.append(_items(f"{say(label)} {number}" for label, number in shown.counts))
    if shown.rows:
        heads = say.pick("现行,修改后,说明,效力", "As it is,As amended,Note,Effect").split(",")
        lines = [row(heads), row(["---"] * len(heads))]
        for each in shown.rows:
            notes = "<br>".join(say(n) for n in each.notes)
            effects = "<br>".join(_effect(say, e) for e in each.effects)
            lines.append(row([_side(say, each.old), _side(say, each.new), notes, effects]))
        parts.append("\n".join(lines))
    for title, told in (
        (("名称和用语的改动", "Names and terms changed"), shown.names),
        (("结论改变的性质", "Properties whose verdict changes"), shown.flips),
        (("未能判定", "Not settled"), shown.unsettled),
    ):
        if told:
            parts += [f"### {say.pick(*title)}", _items(map(say, told))]
    if shown.loose:
        parts += [f"### {say.pick('其他问题变化', 'Other findings that come or go')}"]
        parts.append(_items(_effect(say, e) for e in shown.loose))
    return "\n\n".join(parts)


def simulation(shown: Simulated, numbers: dict[str, int], lang: str) -> str:
    """The runs, the tables and, folded away, the numbers each rests on. Charts are for the page."""
    say = _Words(lang)
    parts = [f"## {say.pick('模拟', 'Simulation')}", f"{say(shown.scenario)}"]
    parts.append(_items(f"{say(label)} {number}" for label, number in shown.counts))
    if shown.alarm.zh:
        parts.append(f"**{say(shown.alarm)}**")
    parts.append(_items(map(say, (shown.level, *shown.notes))))
    for part in shown.parts:
        parts += _part(say, part, numbers)
    return "\n\n".join(parts)


def _part(say: _Words, part: Part, numbers: dict[str, int]) -> Iterator[str]:
    if not (part.grid or part.grounds or (part.note.zh and not part.charts)):
        return
    yield f"### {say(part.title)}"
    if part.note.zh and (part.grid or not part.charts):
        yield say(part.note)
    if part.grid is not None:
        marks = ["---:" if any(isinstance(r[i], Amount) for r in part.grid.rows) else "---"
                 for i in range(len(part.grid.columns))]  # fmt: skip
        lines = [row(map(say, part.grid.columns)), row(marks)]
        lines += [row(_cell(say, c, numbers) for c in r) for r in part.grid.rows]
        yield "\n".join(lines)
    if part.grounds:
        summary = say.pick("所依据的数值和假设", "The numbers and assumptions it rests on")
        kinds = {True: say.pick("假设", "assumed"), False: say.pick("来源", "source")}
        c = say.pick("：", ": ")
        told = _items(f"{say(g.name)}{c}{say(g.says)} ({kinds[g.assumption]}{c}{say(g.source)})" for g in part.grounds)
        yield f"<details><summary>{summary}</summary>\n\n{told}\n\n</details>"


def _cell(say: Callable[[Label], str], cell: Cell, numbers: dict[str, int]) -> str:
    match cell:
        case Amount():
            return escaped(cell.shown)
        case Finds(ident, name):
            return f"{numbers[ident]}. {say(name)}" if ident in numbers else say(name)
        case Label():
            return say(cell)


def _side(say: _Words, side: Side) -> str:
    quote = f" “{escaped(side.quote)}”" if side.quote else ""
    return f"{say(side.place)}{quote}" + (f"<br>{say(side.says)}" if side.says.zh else "")


def _effect(say: _Words, effect: Effect) -> str:
    name = f"**{say(effect.name)}** " if effect.name.zh else ""
    where = say.pick("；", "; ").join(say(w) for w in effect.where)
    return f"{name}{say(effect.says)}" + (f" ({where})" if where else "")


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
