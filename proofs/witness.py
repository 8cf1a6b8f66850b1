"""Minimal witnesses: the plainest situation in which a goal holds, found by a plain loop over costs."""

from __future__ import annotations

from collections.abc import Sequence

from model import absence, plainness
from proofs import decode
from proofs.boolean import Term, at_most, opposite, sum_at_most
from proofs.expressions import Key
from proofs.session import Session

Weights = dict[Key, list[tuple[Term, int]]]
"""By variable, its literals that are not plain, each with what it costs."""

MAX_ABSENCES = 2
"""How many officials may be absent at once in the situations searched, unless asked otherwise."""


def absences_at_most(session: Session, number: int) -> Term:
    """A literal: at most so many officials are absent."""
    variables = session.encoding.variables
    present = (variables["state", o].literals[0] for o in session.encoding.cast.ids)
    return session.literal(at_most(map(opposite, present), number))


def minimal(session: Session, goals: Sequence[Term], most: int = MAX_ABSENCES, least: int = 0) -> dict[Key, str] | None:
    """The variables of a situation with the least `model.plainness.cost` in which all goals hold.

    None where there is none with at most `most` absences. Raises Unknown where a query is not settled.
    """
    for number in range(least, most + 1):
        bound = absences_at_most(session, number)
        model = session.model([*goals, bound])
        if model is not None:
            return _plainest(session, [*goals, bound], decode.values(session.encoding, model))
    return None


def _plainest(session: Session, goals: Sequence[Term], best: dict[Key, str]) -> dict[Key, str]:
    """The least cost with which all goals hold, as they do in `best`."""
    weights = _weights(session)
    return _by_cores(session, goals, weights) if len(weights) > _MANY else _bisected(session, goals, best, weights)


_MANY = 100
"""Variables up to which one sum over all is easily bounded. Of more, little is unplain, and it is far apart."""


def _by_cores(session: Session, goals: Sequence[Term], weights: Weights) -> dict[Key, str]:
    """Core-guided MaxSAT (MSU3 with disjoint sets: Marques-Silva and Planes, 2007).

    Variables that cannot all be plain, nor spend less than some sets of them are known to need, become one set that
    needs more. The bounds of the sets, which have nothing in common, add up to no more than the least cost, so what
    keeps to them all is plainest.
    """
    variables = session.encoding.variables
    # the absences last: what need not be in a core is dropped from its end
    plain = {variables[key].literals[0]: key for key in sorted(weights, key=lambda key: key[0] == "state")}
    needing: dict[Term, tuple[list[Key], int]] = {}
    while (core := session.core([*needing, *plain, *goals])) is not None:
        parts = session.shrink([c for c in core if c in plain or c in needing], goals)
        keys = [plain.pop(p) for p in parts if p in plain]
        sets = [needing.pop(p) for p in parts if p in needing]
        more = 1 if sets else min(weight for key in keys for _, weight in weights[key])
        bound = sum(needed for _, needed in sets) + more
        keys += [key for several, _ in sets for key in several]
        kept = sum_at_most([w for key in keys for w in weights[key]], bound)
        needing[session.literal(kept)] = (keys, bound)
    model = session.model([*needing, *plain, *goals])
    assert model is not None
    return decode.values(session.encoding, model)


def _bisected(session: Session, goals: Sequence[Term], best: dict[Key, str], weights: Weights) -> dict[Key, str]:
    """Bisection: the least cost lies from `least` to that of the best situation so far."""
    every = [w for several in weights.values() for w in several]
    least, cost = 0, _cost(session, best)
    while least < cost:
        middle = (least + cost) // 2
        session.push()
        try:
            session.add(sum_at_most(every, middle))
            model = session.model(goals)
        finally:
            session.pop()
        if model is None:
            least = middle + 1
        else:
            best = decode.values(session.encoding, model)
            cost = _cost(session, best)
    return best


def _cost(session: Session, chosen: dict[Key, str]) -> int:
    at = decode.situation(session.encoding, chosen)
    return plainness.cost(session.encoding.rules, at)[1]


def _weights(session: Session) -> Weights:
    """`model.plainness`'s weights, of variables that have any."""
    found: Weights = {}
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
                found.setdefault(key, []).append((literal, weight))
    return found
