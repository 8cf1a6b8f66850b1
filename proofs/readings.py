"""Under which readings a finding holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import z3

from model.ruleset import RuleSet
from proofs import decode
from proofs.boolean import as_term
from proofs.encoding import Key
from proofs.session import Session

Assignment = dict[str, str]


def holding(
    session: Session,
    relevant: tuple[str, ...],
    goals: list[z3.BoolRef],
    confirm: Callable[[dict[Key, str]], bool] | None = None,
) -> tuple[tuple[Mapping[str, str], ...], bool]:
    """The combinations of the relevant readings under which the goals can hold, and whether those are all.

    `confirm` is asked about the situation found, where the goals say less than the finding does.
    """
    rules = session.encoding.rules
    domains = [rules.vocabulary.readings[r].domain for r in relevant]
    found: list[Mapping[str, str]] = []
    total = 0
    for choice in product(*domains):
        total += 1
        assignment = dict(zip(relevant, choice, strict=True))
        fixed = [as_term(session.encoding.variables[("reading", r)].is_(c)) for r, c in assignment.items()]
        model = session.model([*goals, *fixed])
        if model is None:
            continue
        if confirm is not None and not confirm(decode.values(session.encoding, model)):
            continue
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
