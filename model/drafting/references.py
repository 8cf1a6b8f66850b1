"""dangling-reference and numbering: what the text points at and is not there, and numbers that break.

A reference dangles if

- it names an article of this instrument beyond its last (`article`);
- its title is, but for one or two characters of the same place's instrument, that of a known one (`title`): one the
  rule set knows as higher law, lists among its `titles`, or is itself, for an instrument mostly replaces one of its
  own name;
- a norm acts by rules that the text does not name (按规定, 有关规定), as a phrase cited shows (`unnamed`; all are one
  flaw).

Numbering breaks where

- no entry of the ledger lies in an article the instrument counts (`article`);
- the rule set says that an item carries no number (`unnumbered`), or the plain text, where it is at hand, has chapters,
  articles or items that do not follow each other (`chapter`, `article`, `item`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from model import ledger
from model.citations import Citation
from model.drafting.flaw import Called, Flaw, Survey
from model.drafting.wording import parts
from model.norms import Reference
from model.ruleset import RuleSet
from model.text import Text

DANGLING, NUMBERING = "dangling-reference", "numbering"
ARTICLE, TITLE, UNNAMED, CHAPTER, ITEM, UNNUMBERED = "article", "title", "unnamed", "chapter", "item", "unnumbered"

_OWNER = re.compile(r".*?(?:人民政府|国务院|共和国|中国共产党)")
_UNNAMED = re.compile("(?<![的》])(?:按照?|依照|根据|经)?(?:有关|相关)规定|按照?规定")
_DRAFT = re.compile("（[^（）]*(?:草案|草稿|征求意见稿|送审稿|审议稿|讨论稿|修订稿)[^（）]*）$")
_SLIPS = 2
_LONG = 4


def dangling(rules: RuleSet) -> Survey:
    """One flaw for each reference that does not arrive."""
    own = [n for n in rules.own_norms() if isinstance(n, Reference) and n.kind != "effective"]
    titles = known_titles(rules)
    flaws: list[Flaw] = []
    for norm in own:
        to_itself = norm.target in (rules.title.label.zh, final(rules.title.label.zh), "本规则")
        if to_itself and norm.kind == "cites" and norm.article > rules.title.articles:
            flaws.append(_dangling(norm, ARTICLE, "", rules.title.articles))
            continue
        near = meant(norm.target, titles)
        if near:
            flaws.append(_dangling(norm, TITLE, near, 0))
    vague = {n.id: n for n in parts(rules) if any(_UNNAMED.search(c.quote) for c in n.citations if not c.law)}
    if vague:
        places = sorted({c for n in vague.values() for c in n.citations if _UNNAMED.search(c.quote)})
        names = tuple(Called(c.quote, c) for c in places)
        flaws.append(Flaw(DANGLING, tuple(vague), (UNNAMED,), tuple(vague), tuple(places), names=names))
    return Survey((*(n.id for n in own), *vague), tuple(flaws))


def _dangling(norm: Reference, lack: str, near: str, last: int) -> Flaw:
    names = (Called(norm.target, norm.citation),)
    return Flaw(DANGLING, (norm.id,), (lack,), (norm.id,), (norm.citation,), weighty=True, names=names, near=near)


def known_titles(rules: RuleSet) -> tuple[str, ...]:
    """The titles of instruments the rule set knows: its own, those it lists, and the laws it cites as such."""
    cited = [c.law for n in rules.norms.values() for c in n.citations]
    cited += [f.citation.law for f in rules.facts if f.citation is not None]
    own = rules.title.label.zh
    return tuple(sorted({own, final(own), *rules.titles, *(c for c in cited if c)}))


def final(title: str) -> str:
    """The title without the mark of a draft: a draft refers to itself by the name it will have."""
    return _DRAFT.sub("", title)


def meant(title: str, known: Iterable[str]) -> str:
    """The known title that this one is a slip of: of the same owner, one or two characters apart; else empty."""
    known = tuple(known)
    if title in known or f"中华人民共和国{title}" in known:
        return ""
    for other in known:
        one, two = _split(title), _split(other)
        if one[0] == two[0] and 0 < _slips(one[1], two[1]) <= _SLIPS and _alike(one[1], two[1]):
            return other
    return ""


def _split(title: str) -> tuple[str, str]:
    found = _OWNER.match(title)
    return (found[0], title[found.end() :]) if found else ("", title)


def _alike(one: str, two: str) -> bool:
    """Whether what two titles share says enough: both are long, or one is the other with characters left out."""
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    return len(short) >= _LONG or (len(short) < len(long) and all(c in rest for c in short))


def _slips(one: str, two: str) -> int:
    """How many characters are changed, added or left out, at the least places."""
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in blocks if tag != "equal")


def numbering(rules: RuleSet, text: Text | None = None) -> Survey:
    """One flaw for each break."""
    asked = [str(n) for n in range(1, rules.title.articles + 1)]
    cited = {e.article for e in ledger.entries(rules)}
    breaks = [(ARTICLE, Citation(rules.title.id, n)) for n in range(1, rules.title.articles + 1) if n not in cited]
    if cited:  # a rule set without ledger or citations numbers nothing
        breaks += [(UNNUMBERED, c) for c in rules.title.unnumbered]
    else:
        breaks = []
    if text is not None:
        known = {(c.article, c.paragraph, c.item) for _, c in breaks}
        found = ((k, c) for k, c in _in_text(rules.title.id, text) if (c.article, c.paragraph, c.item) not in known)
        breaks += dict.fromkeys(found)
    flaws = tuple(Flaw(NUMBERING, (f"{k} {c.place('en')}",), (k,), places=(c,), near="") for k, c in breaks)
    return Survey((*asked, *(f.subjects[0] for f in flaws if f.lacks != (ARTICLE,))), flaws)


def _in_text(instrument: str, text: Text) -> Iterator[tuple[str, Citation]]:
    before = chapter = 0
    for number, article in text.articles.items():
        for missing in range(before + 1, number):
            yield ARTICLE, Citation(instrument, missing)
        before = number
        if article.chapter and article.chapter not in (chapter, chapter + 1):
            yield CHAPTER, Citation(instrument, number)
        chapter = article.chapter or chapter
        for paragraph in article.paragraphs:
            for place, item in enumerate(paragraph.items, 1):
                if item.number != place:
                    yield ITEM, Citation(instrument, number, paragraph.number, item.number)
                    break
