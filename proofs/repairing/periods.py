"""Candidates against a ceiling that cannot be kept: the smallest move of one bound that makes it feasible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import deadlines
from model.edits import Edit
from model.norms import Bound, Cadence, Norm
from model.ruleset import RuleSet
from proofs.findings import Late
from proofs.repairing.repair import PERIOD, Candidate

LONGEST = 400
"""The longest period looked at, in the unit of the bound."""


def candidates(rules: RuleSet, late: Late) -> Iterator[Candidate]:
    """The ceilings raised as little as it takes; or one lag of the chain shortened as little as it takes."""
    broken = (late.worst, *late.others)
    raised: dict[str, Norm] = {}
    for found in broken:
        amount = least(rules, found.ceiling, [o.route.id for o in broken if o.ceiling.id == found.ceiling.id])
        if amount is None:
            break
        raised[found.ceiling.id] = replace(found.ceiling, amount=amount)
    else:
        yield Candidate(PERIOD, Edit(changed=tuple(raised.values())), late.worst.ceiling.citation, 1)
    for lag in late.worst.lags:
        norm = rules.norms[lag.norm.id]
        assert isinstance(norm, (Bound, Cadence))
        for amount in range((norm.amount or 0) - 1, 0, -1):
            edit = Edit(changed=(replace(norm, amount=amount),))
            if not any(exceeded(edit.applied(rules), o.route.id, o.ceiling.id) for o in broken):
                yield Candidate(PERIOD, edit, norm.citation, 0)
                break


def least(rules: RuleSet, ceiling: Bound, routes: list[str]) -> int | None:
    """The smallest amount at which the ceiling, one of the rule set or a new one, can be kept on the routes, or None up
    to `LONGEST`."""
    assert ceiling.amount is not None
    for amount in range(ceiling.amount + 1, LONGEST):
        longer = replace(ceiling, amount=amount)
        edit = Edit(changed=(longer,)) if ceiling.id in rules.norms else Edit(added=(longer,))
        edited = edit.applied(rules)
        if not any(exceeded(edited, r, ceiling.id) for r in routes):
            return amount
    return None


def exceeded(rules: RuleSet, route: str, ceiling: str) -> bool:
    """Whether some chain of lags exceeds the ceiling on the route."""
    norm = rules.norms[ceiling]
    assert isinstance(norm, Bound)
    return next(iter(deadlines.minimal_overruns(rules, rules.routes[route], norm)), None) is not None
