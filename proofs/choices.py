"""Under which combinations of readings a goal can be reached, exactly, without trying one after the other.

A rule set of a dozen readings has thousands of combinations, and a goal that speaks of what norms lead to
may depend on any of them: also on one that merely keeps a norm out of force which would have helped. So a
situation that reaches the goal is kept, and it is asked under which other readings it still does: a whole
box of combinations is settled by one situation, and the next is looked for outside all boxes so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from model.errors import SelfCheckError
from model.ruleset import RuleSet
from proofs import cores, decode, witness
from proofs.boolean import Formula, Term, conj, exactly_one, neg
from proofs.lowlevel import Solver
from proofs.recorder import Base, Query, Role
from proofs.session import Cube, Session

_READING = "reading"

Reached = tuple[tuple[Mapping[str, str], ...], bool, tuple[str, ...]]


def reaching(session: Session, goal: Formula, most: int) -> Reached:
    """The combinations under which the goal holds in some situation with at most `most` absences, over the
    readings that matter (empty where none does); whether those are all; the readings that matter.

    Raises Unknown where the solver gives up.
    """
    rules = session.encoding.rules
    boxes = _boxes(session, goal, most)
    bearing = tuple(r for r in rules.vocabulary.readings if any((_READING, r) in box for box in boxes))
    held: list[Mapping[str, str]] = []
    for choice in product(*(rules.vocabulary.readings[r].domain for r in bearing)):
        chosen = dict(zip(bearing, choice, strict=True))
        if any(all(chosen[key[1]] in allowed for key, allowed in box.items()) for box in boxes):
            held.append(chosen)
    depends = _relevant_only(rules, tuple(held), bearing)
    shown = dict.fromkeys(tuple((r, h[r]) for r in depends) for h in held) if depends else {}
    return tuple(dict(combination) for combination in shown), bool(boxes) and not depends, depends


def _relevant_only(rules: RuleSet, found: tuple[Mapping[str, str], ...], relevant: tuple[str, ...]) -> tuple[str, ...]:
    """The readings among `relevant` on which membership of `found` really depends."""
    held = {tuple(f[r] for r in relevant) for f in found}
    kept: list[str] = []
    for i, reading in enumerate(relevant):
        others = {(*h[:i], c, *h[i + 1 :]) for h in held for c in rules.vocabulary.readings[reading].domain}
        if others != held:
            kept.append(reading)
    return tuple(kept)


def _boxes(session: Session, goal: Formula, most: int) -> list[Cube]:
    """Boxes over the readings that together hold exactly the combinations under which the goal can be reached."""
    own = session.apart()
    goals = [own.literal(goal), witness.absences_at_most(own, most)]
    found: list[Cube] = []
    throughout: _Throughout | None = None
    while (model := own.model(goals)) is not None:
        throughout = throughout or _Throughout(own, goal)
        box = throughout.box(decode.values(own.encoding, model))
        found.append(box)
        if not box:
            break
        own.add(neg(cores.cube_formula(own, box)))
    return found


class _Throughout:
    """A solver for: the situation cannot occur, or does not reach the goal, under some readings of a box."""

    def __init__(self, session: Session, goal: Formula) -> None:
        self._session = session
        self._solver = Solver(session.translator, session.budget)
        self._base = Base("readings")
        told: list[tuple[str, Formula]] = [  # that each variable has one value is no question
            *((".".join(k), exactly_one(v.literals)) for k, v in session.encoding.variables.items()),
            *((f"norm.{name}", switch) for name, switch in session.encoding.switches.items()),
            ("otherwise", neg(conj([goal, *(f for _, f in session.encoding.well_formed)]))),
        ]
        self._solver.add(f for _, f in told)
        for name, formula in told:
            self._base.tell(name, name, formula)

    def box(self, at: dict[tuple[str, ...], str]) -> Cube:
        """The readings that must be as they are in the situation, for it to occur and reach the goal."""
        variables = self._session.encoding.variables
        fixed = self._session.outside({k: frozenset({v}) for k, v in at.items() if k[0] != _READING})
        kept = self._session.outside({k: frozenset({v}) for k, v in at.items() if k[0] == _READING})
        smaller = self._core(kept, fixed)
        if smaller is None:
            raise SelfCheckError("a witness does not reach its goal under its own readings")
        remaining = smaller
        for candidate in smaller:
            without = [k for k in remaining if k is not candidate]
            fewer = self._core(without, fixed) if len(without) < len(remaining) else None
            remaining = remaining if fewer is None else fewer
        excluded = set(remaining)
        found: Cube = {}
        for key, variable in variables.items():
            if key[0] == _READING:
                pairs = zip(variable.values, variable.negations, strict=True)
                allowed = frozenset(v for v, n in pairs if v == at[key] or n not in excluded)
                if len(allowed) < len(variable.values):
                    found[key] = allowed
        return found

    def _core(self, kept: list[Term], fixed: list[Term]) -> list[Term] | None:
        """Those of `kept` that, with `fixed`, leave no way out; None where there is one."""
        verdict = self._solver.check([*kept, *fixed])
        if (recorder := self._session.recorder) is not None:
            role = Role.WIDER if verdict else Role.FORCED
            recorder.heard(Query(role, self._base, len(self._base.assertions), (), (*kept, *fixed), verdict))
        return None if verdict else self._solver.core(kept)
