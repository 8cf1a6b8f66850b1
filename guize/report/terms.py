"""What the verdicts rest on beside the norms: terms nobody defines, periods without a length, facts, readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both
from guize.report.clauses import Clause, clause
from model import expressions as ex
from model.citations import Citation
from model.dependence import mentioned
from model.norms import Bound, Norm, Route
from model.ruleset import RuleSet
from model.vocabulary import Label
from proofs.findings import Finding


@dataclass(frozen=True)
class OpenTerm:
    """A term whose truth the text leaves to judgement; the norms it appears in, the findings they are core of."""

    label: Label
    place: Label
    quote: str
    clauses: tuple[Clause, ...]
    findings: tuple[str, ...]


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
    uses = {n.id: frozenset(_terms_of(rules, n)) for n in _own(rules)}
    made: list[OpenTerm] = []
    for attribute in rules.vocabulary.attributes.values():
        if attribute.open:
            inside = tuple(n for n, terms in uses.items() if attribute.id in terms)
            touched = tuple(f.id for f in findings if set(f.norms) & set(inside))
            made.append(
                OpenTerm(
                    Label(attribute.label.zh, attribute.label.en),
                    _place(both, attribute.citation),
                    attribute.citation.quote if attribute.citation else "",
                    tuple(clause(both, n, chapters) for n in inside),
                    touched,
                )
            )
    return tuple(made)


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
            r.citation.quote,
            tuple(c.label for c in r.choices),
            tuple(clause(both, n, chapters) for n, on in rests.items() if r.id in on),
            tuple(f.id for f in findings if r.id in f.readings and not f.every_reading),
        )
        for r in both.rules.vocabulary.readings.values()
    ]
    return tuple(sorted(found, key=lambda r: not r.findings))


def _place(both: Both, cited: Citation | None) -> Label:
    return both.say(lambda w: w.place(cited)) if cited is not None else NOTHING


def _own(rules: RuleSet) -> Iterator[Norm]:
    """The instrument's norms and the steps of its routes."""
    for norm in rules.own_norms():
        yield norm
        if isinstance(norm, Route):
            yield from (s.power for s in norm.steps)


def _terms_of(rules: RuleSet, norm: Norm) -> Iterator[str]:
    """The attributes a norm's expressions speak of, through terms, sets and roles."""
    seen: set[str] = set()

    def inside(root: ex.Node) -> Iterator[str]:
        v = rules.vocabulary
        for node in root.walk():
            name = node.name if isinstance(node, (ex.Flag, ex.Name)) else ""
            if isinstance(node, (ex.Is, ex.IsNot)):
                yield node.attribute
            elif isinstance(node, ex.Flag) and name in v.attributes:
                yield name
            elif name and name not in seen:
                seen.add(name)
                if isinstance(node, ex.Flag) and name in v.terms:
                    yield from inside(v.terms[name].condition)
                elif isinstance(node, ex.Name) and name in v.sets:
                    yield from inside(v.sets[name].members)
                elif isinstance(node, ex.Name) and name in v.roles:
                    yield from inside(v.roles[name].among)

    for value in vars(norm).values():
        if isinstance(value, ex.Node):
            yield from inside(value)
