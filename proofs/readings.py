"""Under which readings a finding holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product

import z3

from model import expressions as ex
from model.norms import Norm
from model.ruleset import RuleSet
from proofs import decode
from proofs.boolean import as_term
from proofs.encoding import Key
from proofs.session import Session

Assignment = dict[str, str]


def mentioned(rules: RuleSet, norms: Iterable[str]) -> tuple[str, ...]:
    """Readings that norms depend on: by `under`, in their expressions, and through sets, terms and superiors."""
    found: dict[str, None] = {}
    seen: set[str] = set()

    def norm(norm_id: str) -> None:
        if norm_id in seen:
            return
        seen.add(norm_id)
        record = rules.lookup(norm_id)
        found.update(dict.fromkeys(r for r, _ in record.under))
        for node in _expressions(record):
            expression(node)
        for superior in rules.superiors.get(norm_id, ()):
            norm(superior)

    def expression(root: ex.Node) -> None:
        for node in root.walk():
            if isinstance(node, ex.Reading):
                found[node.reading] = None
            elif isinstance(node, ex.Name) and node.name in rules.vocabulary.sets:
                expression(rules.vocabulary.sets[node.name].members)
            elif isinstance(node, ex.Name) and node.name in rules.vocabulary.roles:
                expression(rules.vocabulary.roles[node.name].among)
            elif isinstance(node, ex.Flag) and node.name in rules.vocabulary.terms:
                expression(rules.vocabulary.terms[node.name].condition)

    for norm_id in norms:
        norm(norm_id)
    return tuple(r for r in rules.vocabulary.readings if r in found)


def _expressions(record: Norm) -> Iterable[ex.Node]:
    return (v for v in vars(record).values() if isinstance(v, ex.Node))


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
        if confirm is not None:
            if not confirm(decode.values(session.encoding, model)):
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
