"""Under which readings a finding holds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from model.ruleset import RuleSet
from proofs.boolean import Term
from proofs.session import Session

Assignment = dict[str, str]


def holding(
    session: Session, relevant: tuple[str, ...], goals: list[Term]
) -> tuple[tuple[Mapping[str, str], ...], bool]:
    """The combinations of the relevant readings under which the goals can hold, and whether those are all."""
    rules = session.encoding.rules
    domains = [rules.vocabulary.readings[r].domain for r in relevant]
    found: list[Mapping[str, str]] = []
    total = 0
    for choice in product(*domains):
        total += 1
        assignment = dict(zip(relevant, choice, strict=True))
        fixed = [session.literal(session.encoding.variables[("reading", r)].is_(c)) for r, c in assignment.items()]
        if session.satisfiable([*goals, *fixed]):
            found.append(assignment)
    return tuple(found), len(found) == total


def relevant_only(rules: RuleSet, found: tuple[Mapping[str, str], ...], relevant: tuple[str, ...]) -> tuple[str, ...]:
    """The readings among `relevant` on which membership of `found` really depends."""
    held = {tuple(f[r] for r in relevant) for f in found}
    kept: list[str] = []
    for i, reading in enumerate(relevant):
        others = {(*h[:i], c, *h[i + 1 :]) for h in held for c in rules.vocabulary.readings[reading].domain}
        if others != held:
            kept.append(reading)
    return tuple(kept)


def verdict(
    session: Session, relevant: tuple[str, ...], goals: list[Term]
) -> tuple[tuple[Mapping[str, str], ...], bool, tuple[str, ...]]:
    """The combinations under which the goals can hold, over the readings that matter; whether all; those readings."""
    found, every = holding(session, relevant, goals)
    depends = relevant_only(session.encoding.rules, found, relevant)
    shown = dict.fromkeys(tuple((r, f[r]) for r in depends) for f in found) if depends else {}
    return tuple(dict(choice) for choice in shown), every, depends
