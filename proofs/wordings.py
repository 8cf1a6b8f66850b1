"""Which choice of wording would remove a finding that only some readings bear out."""

from __future__ import annotations

from itertools import combinations, product

from model.ruleset import RuleSet
from proofs.findings import Finding

MOST = 2
"""Readings settled at once, at most."""

Choice = tuple[tuple[str, str], ...]
"""Readings with what is chosen for each."""


def removing(rules: RuleSet, finding: Finding) -> tuple[Choice, ...]:
    """The choices, of as few readings as possible, under none of which the finding holds.

    Empty where it holds under every reading (then no wording of these phrases removes it), and where more than
    `MOST` phrases would have to be settled.
    """
    if finding.every_reading or not finding.holds_under:
        return ()
    for number in range(1, MOST + 1):
        found: list[Choice] = []
        for readings in combinations(finding.readings, number):
            for chosen in product(*(rules.vocabulary.readings[r].domain for r in readings)):
                choice = tuple(zip(readings, chosen, strict=True))
                if not any(all(held.get(r) == c for r, c in choice) for held in finding.holds_under):
                    found.append(choice)
        if found:
            return tuple(found)
    return ()
