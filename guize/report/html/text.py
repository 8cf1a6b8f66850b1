"""Words to HTML: escaped always, in both languages where they differ, counts marked so that they can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from guize.report.bilingual import Count, Line, Link, Phrase
from guize.report.clauses import Clause
from model.norms import CHAIR_SUFFIX
from model.vocabulary import Label


def esc(text: str) -> str:
    """Text between tags."""
    return escape(text, quote=False)


def attribute(text: str) -> str:
    """Text inside a double-quoted attribute."""
    return escape(text, quote=True)


def both(label: Label) -> str:
    """A text in both languages; once where they are the same."""
    if label.zh == label.en:
        return esc(label.zh)
    return f'<span lang="zh">{esc(label.zh)}</span><span lang="en">{esc(label.en)}</span>'


def named(label: Label) -> str:
    """The accessible name of an element, which the script changes with the language."""
    zh, en = attribute(label.zh), attribute(label.en)
    return f'aria-label="{zh}" data-zh="{zh}" data-en="{en}"'


def listed(items: Iterable[str]) -> str:
    """A list of pieces of HTML."""
    return "<ul>" + "".join(f"<li>{i}</li>" for i in items) + "</ul>"


def wide(label: Label, inside: str) -> str:
    """What may be wider than a phone: it scrolls by itself, by keyboard too."""
    return f'<div class="wide" tabindex="0" role="region" {named(label)}>{inside}</div>'


def heads(labels: Iterable[Label], right: Iterable[int] = ()) -> str:
    """The head of a table; `right` are the columns of numbers."""
    right = set(right)
    cells = (f'<th scope="col"{" class=n" if i in right else ""}>{both(x)}</th>' for i, x in enumerate(labels))
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def to_findings(numbers: Mapping[str, int], ids: Iterable[str]) -> str:
    """Links to findings by their numbers, in order."""
    ordered = sorted(ids, key=lambda i: numbers[i])
    return " ".join(f'<a href="#f-{attribute(i)}">{numbers[i]}</a>' for i in ordered)


def count(number: Count) -> str:
    """A number with its name in the JSON document."""
    return f'<data value="{number.value}" data-json="{attribute(number.name)}">{number.value}</data>'


def number(name: str, value: int) -> str:
    """As `count`."""
    return count(Count(name, value))


def line(said: Line) -> str:
    """A sentence in both languages, with its counts and links."""
    return f'<span lang="zh">{_phrase(said.zh)}</span><span lang="en">{_phrase(said.en)}</span>'


def _phrase(phrase: Phrase) -> str:
    made = ""
    for piece in phrase:
        match piece:
            case Count():
                made += count(piece)
            case Link(text, target):
                made += f'<a href="#f-{attribute(target)}">{esc(text)}</a>'
            case str():
                made += esc(piece)
    return made


def place(norm: str, name: Label) -> str:
    """A place that leads to the norm in the ledger."""
    return f'<a href="#{anchor(norm)}">{both(name)}</a>' if norm else both(name)


def anchor(norm: str) -> str:
    """The id of a norm on the page; a chair's power stands with its composition."""
    return "n-" + attribute(norm.removesuffix(CHAIR_SUFFIX))


def clause(shown: Clause) -> str:
    """Place, chapter, phrase, what it says."""
    chapter = f' <span class="soft">{esc(shown.chapter)}</span>' if shown.chapter else ""
    quote = f" <q>{esc(shown.quote)}</q>" if shown.quote else ""
    lacks = f" <strong>{both(shown.lacks)}</strong>" if shown.lacks.zh else ""
    says = f" {both(shown.says)}" if shown.says.zh else ""
    strength = f' <span class="soft">[{both(shown.strength)}]</span>'
    return f"{place(shown.norm, shown.place)}{chapter}{quote}{says}{strength}{lacks}"
