"""All minimal cores of a finding in its situation: every smallest set of norms that forces it.

One core says why; several say that to take one clause away would not help, for another does the same. The
search is that of MARCO (Liffiton, Previti, Malik, Marques-Silva: Fast, flexible MUS enumeration, 2016): a map of
sets of norms not yet decided, from which one is taken at a time; a set that forces the finding is shrunk to a
core, and all that hold it are struck off the map; one that does not is grown as far as it goes, and all within
it are struck off.
"""

from __future__ import annotations

from dataclasses import dataclass

from proofs import decode
from proofs.boolean import Formula, conj, disj, neg
from proofs.findings import Course, Finding, Gap, Pair, Twice
from proofs.repairing.comparison import STUCK, Asked, course_key

LIMIT = 64
"""Cores, and steps of the search for each, before it stops."""


@dataclass(frozen=True)
class Cores:
    """Minimal sets of norms, smallest first. `complete`: there are no others; else the search stopped at its limit."""

    cores: tuple[tuple[str, ...], ...]
    complete: bool = True


def all_cores(asked: Asked, finding: Finding, limit: int = LIMIT) -> Cores:
    """Every minimal core of the finding in its situation. Of a deadline and of drafting, the one it comes with.

    A set of norms is a core exactly when it forces the finding whatever else the rule set says, and none of its
    proper parts does. Raises Unknown where a query is not settled.
    """
    formula = formula_of(asked, finding)
    if formula is None or formula is False:
        return Cores((finding.norms,))
    return enumerated(asked, formula, decode.variables_of(asked.encoding, finding.witness), limit)


def formula_of(asked: Asked, finding: Finding) -> Formula | None:
    """The question that the finding's situation answers; None where no situation does."""
    match finding.details:
        case Gap(stages):
            return asked.stuck[STUCK, stages[0]]
        case Pair(first, second):
            return asked.clashes[finding.check, first, second]
        case Twice(pairs, _, _, role):
            first, second = pairs[0]
            return asked.reviews[finding.check, f"{first or role} / {second}"]
        case Course(kind, routes, steps):
            return asked.courses.get(course_key(kind, routes, steps[0]))
        case _:
            return None


def enumerated(asked: Asked, formula: Formula, at: dict[tuple[str, ...], str], limit: int = LIMIT) -> Cores:
    """The minimal sets of norms that force a formula in a situation."""
    session, space = asked.hearing.session.apart(), asked.hearing.session.apart()
    fixed = [*session.outside({k: frozenset({v}) for k, v in at.items()}), session.literal(neg(formula))]
    session.model([])
    space.model([])
    switches = dict(asked.encoding.switches)
    order = list(asked.rules.powers) + list(asked.rules.norms)
    found: list[tuple[str, ...]] = []
    for _ in range(limit * limit):
        model = space.model([], whole=False)
        if model is None:
            return Cores(_sorted(found))
        seed = [s for s in switches.values() if model.holds(s)]
        core = session.core([*seed, *fixed], whole=False)
        if core is None:
            grown = list(seed)
            for switch in switches.values():
                there = any(switch is g for g in grown)
                if not there and session.satisfiable([*grown, switch, *fixed], whole=False):
                    grown.append(switch)
            inside = {id(g) for g in grown}
            space.add(disj(s for s in switches.values() if id(s) not in inside))
            continue
        names = {id(s): n for n, s in switches.items()}
        kept = session.shrink([s for s in seed if any(s is c for c in core)], fixed, whole=False)
        space.add(neg(conj(kept)))
        found.append(tuple(sorted((names[id(k)] for k in kept), key=order.index)))
        if len(found) == limit:
            break
    return Cores(_sorted(found), False)


def _sorted(found: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(found, key=lambda c: (len(c), c)))
