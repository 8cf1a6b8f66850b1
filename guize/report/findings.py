"""Findings ready to be shown, in both languages: sentence, story, core, near misses, readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from guize.report.bilingual import NOTHING, Both
from guize.report.clauses import Clause, clause
from guize.report.remedies import Remedy, clearer, remedies
from guize.report.stories import Chapter, headline, story
from guize.sentences import sentence
from guize.terminal.audit import CHECK_NAMES, SEVERITY_NAMES
from model.citations import Citation
from model.vocabulary import Label
from proofs.findings import Finding, Severity

TENSION = Label(
    "两条规定强度不同，何者为准已可确定，属于表述不协调。",
    "The two differ in strength, so that it is known which prevails: the wording is at odds, not the result.",
)


@dataclass(frozen=True)
class Place:
    """A citation: its article (0 for a law's), its name, the heading of its chapter, the phrase, the norm cited."""

    article: int
    name: Label
    chapter: str
    quote: str
    norm: str


@dataclass(frozen=True)
class Told:
    """A finding. `readings` are the combinations it holds under, none where it holds under every one.

    `repairs` come smallest first; `unmended` says why there is none where they were looked for. `clearer` are the
    choices of wording that remove it.
    """

    number: int
    id: str
    check: str
    name: Label
    severity: Severity
    degree: Label
    headline: Label
    sentence: Label
    places: tuple[Place, ...]
    story: tuple[Chapter, ...]
    why: tuple[Clause, ...]
    near: tuple[Clause, ...]
    readings: tuple[Label, ...]
    every_reading: bool
    remark: Label
    also: tuple[Label, ...]
    repairs: tuple[Remedy, ...]
    unmended: Label
    clearer: tuple[Label, ...]


def tell(
    both: Both, number: int, finding: Finding, chapters: Mapping[int, str], unmended: Label = NOTHING
) -> Told:  # fmt: skip
    """One finding; `number` is its place in the report, from 1. `unmended`: why it has no repair."""
    return Told(
        number,
        finding.id,
        finding.check,
        CHECK_NAMES[finding.check],
        finding.severity,
        SEVERITY_NAMES[finding.severity][0],
        headline(both, finding),
        both.say(lambda w: sentence(both.rules, finding, w.lang)),
        _places(both, finding, chapters),
        story(both, finding),
        tuple(clause(both, n, chapters) for n in finding.norms),
        _near(both, finding, chapters),
        () if finding.every_reading else _readings(both, finding),
        finding.every_reading,
        TENSION if finding.tension else NOTHING,
        tuple(CHECK_NAMES[c] for c in finding.also if c in CHECK_NAMES),
        remedies(both, finding, chapters),
        unmended,
        clearer(both, finding),
    )


def told_apart(told: Sequence[Told]) -> tuple[Told, ...]:
    """The findings with headlines that tell them apart: where two have the same, their places are added."""
    same = Counter(t.headline for t in told)
    return tuple(_placed(t) if same[t.headline] > 1 else t for t in told)


def _placed(told: Told) -> Told:
    zh, en = "、".join(p.name.zh for p in told.places), ", ".join(p.name.en for p in told.places)
    if not zh:
        return told
    return replace(told, headline=Label(f"{told.headline.zh}（{zh}）", f"{told.headline.en} ({en})"))


def _near(both: Both, finding: Finding, chapters: Mapping[int, str]) -> tuple[Clause, ...]:
    """Clauses that come near; that one is not in force under a reading only where nothing else is to say."""
    telling = [n for n in finding.near if n.reason != "reading"] or list(finding.near)
    found: dict[tuple[str, str, str], Clause] = {}
    for near in telling:
        made = clause(both, near.norm, chapters, near.reason)
        found.setdefault((made.place.zh, made.quote, near.reason), made)
    return tuple(found.values())


def _places(both: Both, finding: Finding, chapters: Mapping[int, str]) -> tuple[Place, ...]:
    """One for each place, with the first phrase cited there and the norm that rests on it."""
    owner: dict[Citation, str] = {}
    for norm_id in (*finding.norms, *(n.norm for n in finding.near)):
        for cited in both.rules.lookup(norm_id).citations:
            owner.setdefault(cited, norm_id)
    found: dict[str, Place] = {}
    for cited in finding.citations:
        article = 0 if cited.law else cited.article
        name = both.say(lambda w, c=cited: w.place(c))
        place = Place(article, name, chapters.get(article, ""), cited.quote, owner.get(cited, ""))
        found.setdefault(name.zh, place)
    return tuple(found.values())


def _readings(both: Both, finding: Finding) -> tuple[Label, ...]:
    return tuple(
        both.say(lambda w, c=choice: w.list(w.reading(r, x) for r, x in c.items())) for choice in finding.holds_under
    )
