"""The conversation with Z3: one solver, many questions under assumptions, every `unknown` faced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import z3

from model.errors import GuizeError
from proofs.boolean import Formula, as_term
from proofs.encoding import Encoding, Key
from proofs.lowlevel import check, core_ids, ident


class Unknown(GuizeError):  # noqa: N818 - a verdict, and so named all over the project
    """The solver did not settle a question within its budget. Never a pass."""


Cube = dict[Key, frozenset[str]]
"""For each variable that matters, the values it may have; every other variable is free."""


@dataclass
class Tally:
    """How many questions were asked, over a session and those set apart from it."""

    queries: int = 0


class Session:
    """Questions about one encoding. `budget` limits every single query, in Z3 resource units (0: none).

    Resource units are counted, not timed, so that the same question has the same answer on every machine.
    """

    def __init__(self, encoding: Encoding, budget: int = 0, tally: Tally | None = None) -> None:
        self.encoding, self.budget = encoding, budget
        self._tally = Tally() if tally is None else tally
        self._solver = z3.SolverFor("QF_FD")
        self._solver.set("random_seed", 0)
        # a false literal is the plain value, so that the first model is near a minimal one
        self._solver.set("phase", "always_false")
        if budget:
            self._solver.set("rlimit", budget)
        self._whole = z3.Bool("every norm")
        self._asserted = 0
        self._on: set[str] = set()
        self._names: dict[int, tuple[z3.BoolRef, z3.BoolRef]] = {}

    def apart(self) -> Session:
        """A session of its own on the same encoding, for a run of questions about a few formulas.

        A solver decides every formula it was ever given; one that has few answers many times faster.
        """
        return Session(self.encoding, self.budget, self._tally)

    def elsewhere(self, encoding: Encoding) -> Session:
        """A session on another encoding, whose queries are counted with these."""
        return Session(encoding, self.budget, self._tally)

    @property
    def queries(self) -> int:
        """How many questions were asked, here and in the sessions set apart."""
        return self._tally.queries

    def literal(self, formula: Formula) -> z3.BoolRef:
        """A literal equivalent to the formula, to be used as an assumption."""
        term = as_term(formula)
        found = self._names.get(term.get_id())
        if found is None:
            found = (z3.Bool(f"goal.{len(self._names)}"), term)
            self._solver.add(found[0] == term)
            self._names[term.get_id()] = found
        return found[0]

    def model(self, assumptions: Iterable[z3.BoolRef], whole: bool = True) -> z3.ModelRef | None:
        """A model in which the assumptions hold, or None. `whole`: with every norm of the rule set.

        Raises Unknown where the solver gives up; no model is read then.
        """
        return self._solver.model() if self.satisfiable(assumptions, whole) else None

    def satisfiable(self, assumptions: Iterable[z3.BoolRef], whole: bool = True) -> bool:
        """Whether the assumptions can hold together. Raises Unknown where the solver gives up."""
        self._synchronise()
        assumed = [*assumptions, self._whole] if whole else list(assumptions)
        self._tally.queries += 1
        verdict = check(self._solver, assumed)
        if verdict is None:
            raise Unknown(self._solver.reason_unknown())
        return verdict

    def core(self, assumptions: Sequence[z3.BoolRef], whole: bool = True) -> list[z3.BoolRef] | None:
        """A subset of the assumptions that cannot hold together, or None if all can. Not minimal."""
        if self.satisfiable(assumptions, whole):
            return None
        failed = core_ids(self._solver)
        return [a for a in assumptions if ident(a) in failed]

    def shrink(self, core: list[z3.BoolRef], fixed: Sequence[z3.BoolRef], whole: bool = True) -> list[z3.BoolRef]:
        """A minimal part of `core` that cannot hold together with `fixed`: dropping any member makes it possible.

        The later members are dropped first, so callers put what they would rather keep first.
        """
        kept = {ident(c): c for c in core}
        for candidate in reversed(core):
            number = ident(candidate)
            if number not in kept:
                continue
            without = [c for i, c in kept.items() if i != number]
            smaller = self.core([*without, *fixed], whole)
            if smaller is not None:
                members = {ident(s) for s in smaller}
                kept = {i: c for i, c in kept.items() if i in members and i != number}
        return list(kept.values())

    def add(self, formula: Formula) -> None:
        """Assert something for good (blocking what was found before)."""
        self._solver.add(as_term(formula))

    def push(self) -> None:
        self._synchronise()
        self._solver.push()

    def pop(self) -> None:
        self._solver.pop()

    def _synchronise(self) -> None:
        well_formed = self.encoding.well_formed
        if len(well_formed) == self._asserted and len(self.encoding.switches) == len(self._on):
            return
        for _, formula in well_formed[self._asserted :]:
            self._solver.add(as_term(formula))
        self._asserted = len(well_formed)
        for name, switch in self.encoding.switches.items():
            if name not in self._on:
                self._on.add(name)
                self._solver.add(z3.Implies(self._whole, switch))

    # cubes

    def outside(self, cube: Cube) -> list[z3.BoolRef]:
        """The cube as assumptions: for each variable, the literals of the values it may not have, negated."""
        return [
            negation
            for key, allowed in cube.items()
            for value, negation in zip(
                self.encoding.variables[key].values, self.encoding.variables[key].negations, strict=True
            )
            if value not in allowed
        ]
