"""Minimal witnesses: the plainest situation in which a goal holds, found by a plain loop over costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3

from model import absence, plainness
from proofs import decode
from proofs.boolean import as_term
from proofs.encoding import Key
from proofs.lowlevel import Weighted
from proofs.session import Session

MAX_ABSENCES = 2
"""How many officials may be absent at once in the situations searched, unless asked otherwise."""


def absences_at_most(session: Session, number: int) -> z3.BoolRef:
    """A literal: at most so many officials are absent."""
    absent = [as_term(session.encoding.absent(o)) for o in session.encoding.cast.ids]
    if number >= len(absent):
        return session.literal(True)
    return session.literal(z3.PbLe([(a, 1) for a in absent], number))


def minimal(
    session: Session, goals: Sequence[z3.BoolRef], most: int = MAX_ABSENCES, least: int = 0
) -> dict[Key, str] | None:
    """The variables of a situation with the least `model.plainness.cost` in which all goals hold.

    None where there is none with at most `most` absences. Raises Unknown where a query is not settled.
    """
    for number in range(least, most + 1):
        bound = absences_at_most(session, number)
        model = session.model([*goals, bound])
        if model is not None:
            return _plainest(session, [*goals, bound], decode.values(session.encoding, model))
    return None


def _plainest(session: Session, goals: Sequence[z3.BoolRef], best: dict[Key, str]) -> dict[Key, str]:
    weighted = Weighted(list(_weights(session)))
    while True:
        session.push()
        try:
            session.add(weighted.at_most(_cost(session, best) - 1))
            model = session.model(goals)
        finally:
            session.pop()
        if model is None:
            return best
        best = decode.values(session.encoding, model)


def _cost(session: Session, chosen: dict[Key, str]) -> int:
    at = decode.situation(session.encoding, chosen)
    return plainness.cost(session.encoding.rules, at)[1]


def _weights(session: Session) -> Iterator[tuple[z3.BoolRef, int]]:
    """`model.plainness`'s weights, as pseudo-Boolean terms."""
    for key, variable in session.encoding.variables.items():
        for index, (value, literal) in enumerate(zip(variable.values, variable.literals, strict=True)):
            match key[0]:
                case "state":
                    weight = 0 if value == absence.PRESENT else plainness.state_weight(value)
                case "paper":
                    weight = plainness.attribute_weight(index)
                case "touches":
                    office = session.encoding.cast[key[1]].office
                    weight = plainness.touch_weight(session.encoding.rules, office) * index
                case "delegation" | "authorisation":
                    weight = plainness.DELEGATION * index
                case "reading":
                    weight = plainness.READING * index
                case _:
                    weight = 0
            if weight:
                yield literal, weight
