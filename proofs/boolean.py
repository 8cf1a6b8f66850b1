"""Boolean connectives over Z3 that fold constants, so that formulas stay as small as the rules are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import cast

import z3

Formula = z3.BoolRef | bool


def conj(parts: Iterable[Formula]) -> Formula:
    """The conjunction; True where there are no parts."""
    kept: dict[int, z3.BoolRef] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            assert isinstance(part, z3.BoolRef)
            kept[part.get_id()] = part
    terms = list(kept.values())
    if not terms:
        return True
    return terms[0] if len(terms) == 1 else cast(z3.BoolRef, z3.And(terms))


def disj(parts: Iterable[Formula]) -> Formula:
    """The disjunction; False where there are no parts."""
    kept: dict[int, z3.BoolRef] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            assert isinstance(part, z3.BoolRef)
            kept[part.get_id()] = part
    terms = list(kept.values())
    if not terms:
        return False
    return terms[0] if len(terms) == 1 else cast(z3.BoolRef, z3.Or(terms))


def neg(part: Formula) -> Formula:
    if isinstance(part, bool):
        return not part
    if z3.is_not(part):
        return cast(z3.BoolRef, part.arg(0))
    return cast(z3.BoolRef, z3.Not(part))


def implies(left: Formula, right: Formula) -> Formula:
    return disj([neg(left), right])


def at_least(parts: Iterable[Formula], number: int) -> Formula:
    """At least `number` of the parts, by subsets: the sets here have a handful of members."""
    parts = list(parts)
    return disj(conj(chosen) for chosen in combinations(parts, number))


def odd(parts: Iterable[Formula]) -> Formula:
    """An odd number of the parts."""
    found: Formula = False
    for part in parts:
        found = disj([conj([found, neg(part)]), conj([neg(found), part])])
    return found


def as_term(part: Formula) -> z3.BoolRef:
    """A Z3 term even for a constant."""
    return z3.BoolVal(part) if isinstance(part, bool) else part
