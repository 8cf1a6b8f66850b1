"""Mutation of a rule set: every small edit, and whether guize notices that it means something else.

An edit (`model.revisions`) *differs* exactly when some situation has other lawful outcomes (`model.effects`), which
revision impact decides within the bounds: with a situation that shows it, or with a proof that there is none. It is
*noticed* by impact where the norms that the difference rests on include an edited one, and by the audit where a
finding comes or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from model import absence
from model.norms import Assembly, Norm, Period, Reference, Reserved
from model.revisions import Revision
from model.ruleset import RuleSet
from proofs.findings import Report
from proofs.impact.records import Impact
from proofs.impact.run import impact
from proofs.impact.shown import Across
from proofs.impact.space import Space
from proofs.impact.verdicts import matched
from proofs.session import Session
from proofs.witness import MAX_ABSENCES

_WITHOUT_OUTCOME: tuple[type[Norm], ...] = (Reference, Reserved, Assembly, Period)
"""Forms that only the checks of drafting and of higher law read."""


class Status(Enum):
    """What an edit comes to. `TEXT`: it touches norms alone that have no outcome in any situation (references)."""

    DIFFERS = "differs"
    EQUIVALENT = "equivalent"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Mutant:
    """An edit with what was noticed of it.

    `kinds`: kinds of outcome that differ. `named`: whether a norm that was edited is among those the difference rests
    on. `checks`: checks of the audit of which a finding comes or goes, None where no audit was made; `in_core`:
    whether such a finding has an edited norm in its core or near it.
    """

    revision: Revision
    status: Status
    kinds: tuple[str, ...] = ()
    named: bool = False
    checks: tuple[str, ...] | None = None
    in_core: bool = False

    @property
    def noticed(self) -> bool:
        """Whether somebody who runs `impact` or the audit is told."""
        return self.status is Status.DIFFERS or bool(self.checks)


def examine(
    rules: RuleSet,
    revisions: Iterable[Revision],
    audit: Callable[[RuleSet], Report] | None = None,
    audited: Callable[[int, Revision], bool] = lambda number, revision: True,
    *,
    most_absences: int = MAX_ABSENCES,
    budget: int = 0,
    states: Sequence[str] = absence.ABSENT_STATES,
) -> Iterator[Mutant]:
    """Each edit of the rule set with its verdict. `audit`: how to audit a version, for those that `audited` picks.

    Raises SelfCheckError where an engine contradicts the reference semantics.
    """
    before = audit(rules) if audit else None
    for number, revision in enumerate(revisions):
        found = impact(rules, revision.rules, most_absences=most_absences, most_regions=1, budget=budget, states=states)
        status = _status(revision, rules, found)
        checks, in_core = None, False
        if audit and before and audited(number, revision):
            space = Space(found.revision, states)
            changed = matched(before, audit(revision.rules), Across(space, Session(space, budget)))
            moved = (*changed.gone, *changed.come)
            checks = tuple(sorted({f.check for f in moved}))
            own = _edited(rules, revision)
            in_core = any(_touches(own, (*f.norms, *(n.norm for n in f.near))) for f in moved)
        kinds = tuple(sorted({s.topic.kind for s in found.shifts}))
        yield Mutant(revision, status, kinds, _named(_edited(rules, revision), found), checks, in_core)


def _status(revision: Revision, rules: RuleSet, found: Impact) -> Status:
    if found.shifts:
        return Status.DIFFERS
    if found.unknown:
        return Status.UNKNOWN
    edited = [r.norms.get(n) for n in revision.norms for r in (rules, revision.rules)]
    if any(n is not None for n in edited) and all(n is None or isinstance(n, _WITHOUT_OUTCOME) for n in edited):
        return Status.TEXT
    return Status.EQUIVALENT


def _edited(rules: RuleSet, revision: Revision) -> frozenset[str]:
    """The norms an edit touches, adds or takes away, and the routes they are steps of."""
    ids = {*revision.norms, *(rules.norms.keys() ^ revision.rules.norms.keys())}
    return frozenset(part for n in ids for part in (n, n.partition(".")[0]))


def _named(own: frozenset[str], found: Impact) -> bool:
    """Whether an edited norm is to blame, or among those that say what only one version says."""
    return any(_touches(own, (*s.blame, *(n for c in (*s.lost, *s.gained) for n in c))) for s in found.shifts)


def _touches(own: frozenset[str], norms: Iterable[str]) -> bool:
    # impact marks the older of two norms of one id with "~"
    return any(n.rstrip("~").partition(".")[0] in own for n in norms)
