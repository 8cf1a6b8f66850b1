"""Auditing a rule set again after a change, at the cost of the change.

    auditor = Auditor()
    before = auditor.audit(rules)
    after = auditor.audit(changed)          # asks only what depends on what changed
    auditor.memory.asked, auditor.memory.recalled

Any number of rule sets may follow one another, in any order: what is remembered is kept under a hash of the content
of all that the answer depends on (`proofs.slices`), not under a name. The report is that of an audit without memory,
but for `seconds` and `queries`. It is cheapest where the versions share their records: change a rule set with
`dataclasses.replace`, and what stays the same is not even read again.

What is remembered is a part of the rules: the stages, pairs of norms, routes, terms ... that look at much the same of
them (`proofs.parts`). Only the deadlines are asked again as a whole after any change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Report
from proofs.memory import Memory
from proofs.witness import MAX_ABSENCES


class Auditor:
    """Audits within one set of bounds (those of `proofs.audit.audit`), with one memory."""

    def __init__(
        self,
        *,
        scope: Mapping[str, int] | None = None,
        most_absences: int = MAX_ABSENCES,
        budget: int = 0,
        checks: Iterable[str] | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.scope, self.most_absences, self.budget = scope, most_absences, budget
        self.checks = None if checks is None else tuple(checks)
        self.memory = Memory() if memory is None else memory

    def audit(self, rules: RuleSet) -> Report:
        """The report of one version."""
        return audit(
            rules,
            scope=self.scope,
            most_absences=self.most_absences,
            budget=self.budget,
            checks=self.checks,
            memory=self.memory,
        )
