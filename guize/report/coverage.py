"""The coverage ledger: what became of every statement, article by article, and the norms that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both
from guize.report.clauses import Clause, clause
from model import ledger
from model.citations import Citation
from model.vocabulary import REASONS, Label


@dataclass(frozen=True)
class Entry:
    """A phrase at a place. `reason` is empty where it is formalised; `words` of the vocabulary rest on it."""

    place: Label
    quote: str
    formalised: bool
    reason: Label
    note: str
    clauses: tuple[Clause, ...]
    words: tuple[Label, ...]


@dataclass(frozen=True)
class Article:
    number: int
    name: Label
    chapter: str
    entries: tuple[Entry, ...]


def articles(both: Both, chapters: Mapping[int, str]) -> tuple[Article, ...]:
    """Every article the rule set counts, also those without an entry."""
    ident = both.rules.title.id
    return tuple(
        Article(
            number,
            both.say(lambda w, n=number: w.place(Citation(ident, n))),
            chapters.get(number, ""),
            tuple(_entry(both, e, chapters) for e in entries),
        )
        for number, entries in ledger.by_article(both.rules).items()
    )


def elsewhere(both: Both, norms: Iterable[str], chapters: Mapping[int, str]) -> tuple[Clause, ...]:
    """Of the norms named, those that stand in no article of the instrument: background and higher law."""
    found = dict.fromkeys(n if n in both.rules.norms else n.rpartition(".")[0] for n in norms)
    return tuple(
        clause(both, n, chapters)
        for n in found
        if n in both.rules.norms
        and (both.rules.norms[n].citation.instrument != both.rules.title.id or both.rules.norms[n].citation.law)
    )


def _entry(both: Both, entry: ledger.Entry, chapters: Mapping[int, str]) -> Entry:
    cited = Citation(both.rules.title.id, entry.article, entry.paragraph, entry.item)
    return Entry(
        both.say(lambda w: w.place(cited)),
        entry.quote,
        entry.status == ledger.FORMALISED,
        REASONS.get(entry.reason, Label(entry.reason, entry.reason)) if entry.reason else NOTHING,
        entry.note,
        tuple(clause(both, n, chapters) for n in entry.norms),
        tuple(_word(both, name) for name in entry.names),
    )


def _word(both: Both, name: str) -> Label:
    """What a word of the vocabulary is called; `name` is `SECTION.ID`."""
    section, _, ident = name.partition(".")
    if section == "facts":
        return next(f.label for f in both.rules.facts if f.id == ident)
    found = getattr(both.rules.vocabulary, section)[ident].label
    return Label(found.zh, found.en)
