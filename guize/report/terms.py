"""What the verdicts rest on beside the norms: terms nobody defines, periods without a length, facts, readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both
from guize.report.clauses import Clause, clause
from guize.sentences.hinge import line
from guize.wording import within
from model.citations import Citation
from model.dependence import attributes_of, mentioned
from model.drafting.wording import parts
from model.norms import Bound
from model.vocabulary import Label
from proofs.findings import Finding, Hinge


@dataclass(frozen=True)
class OpenTerm:
    """A term whose truth the text leaves to judgement; the norms it appears in, the findings they are core of.

    `decisions` are what hinges on it, one line each: the same paper one way and the other; none if that was not asked.
    """

    label: Label
    place: Label
    quote: str
    clauses: tuple[Clause, ...]
    findings: tuple[str, ...]
    decisions: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Assumed:
    """A background fact: from a law (`source`), or assumed (`assumption`)."""

    label: Label
    source: Label
    assumption: bool


@dataclass(frozen=True)
class ReadAs:
    """A reading with its choices; the norms that depend on it, the findings that do."""

    label: Label
    place: Label
    quote: str
    choices: tuple[Label, ...]
    clauses: tuple[Clause, ...]
    findings: tuple[str, ...]


def open_terms(both: Both, findings: Iterable[Finding], chapters: Mapping[int, str]) -> tuple[OpenTerm, ...]:
    """The open attributes of papers."""
    rules, findings = both.rules, tuple(findings)
    uses = {n.id: frozenset(attributes_of(rules, n)) for n in parts(rules)}
    made: list[OpenTerm] = []
    for attribute in rules.vocabulary.attributes.values():
        if attribute.open:
            inside = tuple(n for n, terms in uses.items() if attribute.id in terms)
            touched = tuple(f.id for f in findings if set(f.norms) & set(inside))
            made.append(
                OpenTerm(
                    Label(attribute.label.zh, attribute.label.en),
                    _place(both, attribute.citation),
                    within(attribute.citation.quote) if attribute.citation else "",
                    tuple(clause(both, n, chapters) for n in inside),
                    touched,
                    _decisions(both, attribute.id, findings),
                )
            )
    return tuple(made)


def _decisions(both: Both, term: str, findings: Iterable[Finding]) -> tuple[Label, ...]:
    hinges = (f.details for f in findings if isinstance(f.details, Hinge) and f.details.term == term)
    told = (both.say(lambda w, h=h, d=d: line(w, h, d)) for h in hinges for d in h.decisions)
    return tuple(dict.fromkeys(told))


def lengthless(both: Both, chapters: Mapping[int, str]) -> tuple[Clause, ...]:
    """The instrument's own time bounds that give no length."""
    bounds = (n for n in both.rules.own_norms() if isinstance(n, Bound) and n.amount is None)
    return tuple(clause(both, n.id, chapters) for n in bounds)


def assumed(both: Both) -> tuple[Assumed, ...]:
    """Every background fact, assumptions first."""
    found = [Assumed(f.label, _place(both, f.citation), f.assumption) for f in both.rules.facts]
    return tuple(sorted(found, key=lambda a: not a.assumption))


def readings(both: Both, findings: Iterable[Finding], chapters: Mapping[int, str]) -> tuple[ReadAs, ...]:
    """Every reading; those that findings depend on first."""
    findings = tuple(findings)
    rests = {n.id: mentioned(both.rules, [n.id]) for n in both.rules.own_norms()}
    found = [
        ReadAs(
            r.label,
            _place(both, r.citation),
            within(r.citation.quote),
            tuple(c.label for c in r.choices),
            tuple(clause(both, n, chapters) for n, on in rests.items() if r.id in on),
            tuple(f.id for f in findings if r.id in f.readings and not f.every_reading),
        )
        for r in both.rules.vocabulary.readings.values()
    ]
    return tuple(sorted(found, key=lambda r: not r.findings))


def _place(both: Both, cited: Citation | None) -> Label:
    return both.say(lambda w: w.place(cited)) if cited is not None else NOTHING
