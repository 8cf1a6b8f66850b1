"""Which of many formulas can hold, by as few queries as may be.

What brave reasoning is to answer sets: ask for a situation in which any of those still open holds, strike out all
that hold in it, and ask again, until none can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from proofs.boolean import Formula, Term, disj
from proofs.session import Session

S = TypeVar("S")


def possible(session: Session, asked: Mapping[S, Formula], goals: Iterable[Term]) -> set[S]:
    """Those of which the formula can hold, each by itself, together with all goals.

    Raises Unknown where a query is not settled.
    """
    goals = list(goals)
    undecided = {name: formula for name, formula in asked.items() if formula is not False}
    all_of_them = tuple(f for f in undecided.values() if isinstance(f, Term))
    found: set[S] = set()
    while undecided:
        some = session.literal(disj(undecided.values()))
        model = session.model([some, *goals])
        if model is None:
            break
        holding = {f for f, bit in zip(all_of_them, model.bits(all_of_them), strict=True) if bit == "1"}
        here = [name for name, formula in undecided.items() if formula is True or formula in holding]
        found.update(here)
        for name in here:
            del undecided[name]
    return found
