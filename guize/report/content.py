"""Everything a report says, in both languages, before any format lays it out."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from guize.report.bilingual import Both, Count, Line
from guize.report.checks import Checked, checked
from guize.report.clauses import Clause
from guize.report.coverage import Article, articles, elsewhere
from guize.report.endurance import Survival, Way, survivals, ways
from guize.report.findings import Told, tell, told_apart
from guize.report.lead import lead
from guize.report.pictures import Picture, pictures
from guize.report.properties import Proved
from guize.report.remedies import mended, remark
from guize.report.revised import Revised
from guize.report.signing import Table, columns, tables
from guize.report.simulated import Simulated
from guize.report.terms import Assumed, OpenTerm, ReadAs, assumed, lengthless, open_terms, readings
from guize.sentences.scope import reach
from guize.terminal.audit import CHECK_NAMES
from model.ruleset import RuleSet
from model.text import Text
from model.vocabulary import Label
from proofs.findings import Report

SEARCH = Label("寻找修改办法", "search for repairs")
"""What is not the work of a check."""


@dataclass(frozen=True)
class Unsettled:
    """A question that was not settled, and why."""

    check: str
    name: Label
    subject: str
    reason: str


@dataclass(frozen=True)
class Holder:
    """How many officials of an office were considered."""

    name: Label
    number: Count


@dataclass(frozen=True)
class Content:
    """A report of one rule set.

    `columns` are the heads of every table of `signing`; `articles` is the ledger, in which every norm of the
    instrument stands, and `elsewhere` holds the other norms that findings rest on. `properties`, `revised` and
    `simulated` are there where they were asked for.
    """

    instrument: str
    title: Label
    issued: str
    lead: tuple[Line, ...]
    findings: tuple[Told, ...]
    columns: tuple[Label, ...]
    signing: tuple[Table, ...]
    pictures: tuple[Picture, ...]
    articles: tuple[Article, ...]
    elsewhere: tuple[Clause, ...]
    checks: tuple[Checked, ...]
    unsettled: tuple[Unsettled, ...]
    holders: tuple[Holder, ...]
    absences: Count
    queries: Count
    reach: tuple[Label, ...]
    terms: tuple[OpenTerm, ...]
    lengthless: tuple[Clause, ...]
    facts: tuple[Assumed, ...]
    readings: tuple[ReadAs, ...]
    survivals: tuple[Survival, ...] = ()
    ways: tuple[Way, ...] = ()
    properties: tuple[Proved, ...] | None = None
    revised: Revised | None = None
    simulated: Simulated | None = None

    @property
    def numbers(self) -> Mapping[str, int]:
        """By id of a finding, its number in the report."""
        return {f.id: f.number for f in self.findings}


def build(
    rules: RuleSet, report: Report, text: Text | None = None, *, sought: Container[str] | None = None
) -> Content:  # fmt: skip
    """The content of a report; `text`, the instrument itself, gives the headings of chapters. Calls no solver.

    `sought` are the findings that repairs were looked for, None for all (of a report that was `repaired`).
    """
    both = Both(rules)
    chapters = chapters_of(text) if text is not None else {}
    by = mended(report.findings)
    told = told_apart(
        [
            tell(both, n, f, chapters, remark(f, report.repaired, sought, by.get(f.id, 0)))
            for n, f in enumerate(report.findings, 1)
        ]
    )
    signing = tables(both)
    shown = [c.norm for f in told for c in (*f.why, *f.near)]
    shown += [n for t in signing for r in t.rows for s in r.squares for n, _ in s.norms]
    return Content(
        rules.title.id,
        rules.title.label,
        "　".join(x for x in (rules.title.number, rules.title.date) if x),
        lead(both, report, told),
        told,
        columns(both),
        signing,
        pictures(both, report.findings),
        articles(both, chapters),
        elsewhere(both, shown, chapters),
        checked(report),
        tuple(Unsettled(u.check, CHECK_NAMES.get(u.check, SEARCH), u.subject, u.reason) for u in report.unknown),
        tuple(
            Holder(both.say(lambda w, o=office: w.actor(o)), Count(f"scope.holders.{office}", number))
            for office, number in report.scope.items()
        ),
        Count("scope.absences", report.most_absences),
        Count("queries", report.queries),
        tuple(Label(s.zh, s.en) for s in reach(report, CHECK_NAMES)),
        open_terms(both, report.findings, chapters),
        lengthless(both, chapters),
        assumed(both),
        readings(both, report.findings, chapters),
        survivals(both, report),
        ways(both, report),
    )


def chapters_of(text: Text) -> dict[int, str]:
    """By article, the heading of its chapter; articles without one are left out."""
    return {a.number: a.heading for a in text.articles.values() if a.heading}
