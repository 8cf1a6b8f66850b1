"""Small edits of a rule set, such as a drafter makes or gets wrong: the revisions that tests and mutation suites try.

Each operator takes a rule set and yields its revisions in the order of the norms: what was done, to which norms, and
the rule set after it. Operators are pure and deterministic; a revision is a rule set that loading would accept, but
for what the operator is there to break (a reference to an article that is not there). Norms that named a norm which
is gone no longer do.
"""

from __future__ import annotations

from collections.abc import Iterator

from model.revisions import conditions, offices, other_norms, routes, standing_in, striking_out, time_limits
from model.revisions.editing import OPERATORS, Operator, Revision
from model.ruleset import RuleSet

__all__ = ["OPERATORS", "Operator", "Revision", "revisions"]
_MODULES = (striking_out, offices, standing_in, conditions, routes, time_limits, other_norms)
"""Importing them enters their operators in the register."""


def revisions(rules: RuleSet, operators: tuple[str, ...] = ()) -> Iterator[Revision]:
    """All revisions by the named operators, or by all. Raises KeyError for a name that is none."""
    for name in operators or OPERATORS:
        yield from OPERATORS[name](rules)
