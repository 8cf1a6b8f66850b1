"""The conversation with Z3: one solver, many questions under assumptions, every `unknown` faced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from proofs import decode
from proofs.boolean import Circuit, Formula, Kind, Term, conj, implies, opposite, variable
from proofs.encoding import Encoding
from proofs.expressions import Key
from proofs.lowlevel import Model, Solver, Translator, Unknown
from proofs.recorder import Base, Query, Recorder, Role

__all__ = ["Cube", "Session", "Tally", "Unknown"]

Cube = dict[Key, frozenset[str]]
"""For each variable that matters, the values it may have; every other variable is free."""


@dataclass
class Tally:
    """How many questions were asked, over a session and those set apart from it."""

    queries: int = 0


class Session:
    """Questions about one encoding. `budget` limits every single query, in Z3 resource units (0: none).

    Resource units are counted, not timed, so that the same question has the same answer on every machine.
    A `recorder`, if there is one, hears every query that was settled, with all it rests on.
    """

    def __init__(
        self,
        encoding: Encoding,
        budget: int = 0,
        tally: Tally | None = None,
        translator: Translator | None = None,
        recorder: Recorder | None = None,
        base: Base | None = None,
    ) -> None:
        self.encoding, self.budget, self.recorder = encoding, budget, recorder
        self.translator = translator or Translator()
        self.tally = Tally() if tally is None else tally
        self._solver = Solver(self.translator, budget)
        self._whole = variable("every norm")
        self._asserted = 0
        self._on: set[str] = set()
        self._names: dict[Term, Term] = {}
        self._goals: dict[Term, Formula] = {}
        self._base = Base("rules") if base is None else base
        self._added: list[Formula] = []
        self._marks: list[int] = []
        self._shrinking = False
        self._possible: tuple[int, Circuit] | None = None

    def apart(self) -> Session:
        """A session of its own on the same encoding, for a run of questions about a few formulas.

        A solver decides every formula it was ever given; one that has few answers many times faster.
        """
        return Session(self.encoding, self.budget, self.tally, self.translator, self.recorder, self._base)

    def elsewhere(self, encoding: Encoding, translator: Translator | None = None) -> Session:
        """A session on another encoding, whose queries are counted with these."""
        return Session(encoding, self.budget, self.tally, translator, self.recorder)

    @property
    def queries(self) -> int:
        """How many questions were asked, here and in the sessions set apart."""
        return self.tally.queries

    def literal(self, formula: Formula) -> Term:
        """A literal to assume instead of the formula: it implies the formula, and can hold wherever that does."""
        if isinstance(formula, Term) and (formula.kind is Kind.VAR or opposite(formula).kind is Kind.VAR):
            return formula
        key = formula if isinstance(formula, Term) else variable(f"constant.{formula}")
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = variable(f"goal.{len(self._names)}")
            self._solver.add([implies(found, formula)])
            self._goals[found] = formula
        return found

    def model(self, assumptions: Iterable[Term], whole: bool = True) -> Model | None:
        """A model in which the assumptions hold, or None. `whole`: with every norm of the rule set.

        Raises Unknown where the solver gives up; no model is read then.
        """
        goals = list(assumptions)
        if not self.satisfiable(goals, whole):
            return None
        found = self._solver.model()
        if self.recorder is not None:
            self.recorder.witnessed(self._query(goals, whole, True), self._point(found))
        return found

    def satisfiable(self, assumptions: Iterable[Term], whole: bool = True) -> bool:
        """Whether the assumptions can hold together. Raises Unknown where the solver gives up."""
        self._synchronise()
        goals = list(assumptions)
        self.tally.queries += 1
        verdict = self._solver.check([*goals, self._whole] if whole else goals)
        if self.recorder is not None:
            self.recorder.heard(self._query(goals, whole, verdict))
        return verdict

    def _query(self, assumed: Sequence[Term], whole: bool, verdict: bool, role: Role | None = None) -> Query:
        """A query as it was asked, by the formulas that the literals stand for."""
        goals = [self._goals.get(a, a) for a in assumed] + ([self._whole] if whole else [])
        if role is None:
            role = Role.PLAINER if self._marks else Role.SITUATION
            if self._shrinking:
                role = Role.STEP if not verdict else Role.WIDER if whole else Role.NEEDED
        return Query(role, self._base, len(self._base.assertions), tuple(self._added), tuple(goals), verdict)

    def _point(self, model: Model) -> tuple[Term, ...]:
        """The literals that say which situation a model is about."""
        chosen = decode.values(self.encoding, model)
        return tuple(v.literals[v.values.index(chosen[k])] for k, v in self.encoding.variables.items())

    def core(self, assumptions: Sequence[Term], whole: bool = True) -> list[Term] | None:
        """A subset of the assumptions that cannot hold together, or None if all can. Not minimal."""
        return None if self.satisfiable(assumptions, whole) else self._solver.core(assumptions)

    def shrink(self, core: list[Term], fixed: Sequence[Term], whole: bool = True) -> list[Term]:
        """A minimal part of `core` that cannot hold together with `fixed`: dropping any member makes it possible.

        The later members are dropped first, so callers put what they would rather keep first.
        """
        kept = dict.fromkeys(core)
        self._shrinking = True
        try:
            for candidate in reversed(core):
                if candidate not in kept:
                    continue
                without = [c for c in kept if c is not candidate]
                smaller = self.core([*without, *fixed], whole)
                if smaller is not None:
                    members = set(smaller)
                    kept = {c: None for c in without if c in members}
        finally:
            self._shrinking = False
        if self.recorder is not None:
            self.recorder.heard(self._query([*kept, *fixed], whole, False, Role.FORCED))
        return list(kept)

    def evaluate(self, formula: Formula, given: Mapping[Term, int], every: int) -> int:
        """At which of many points the formula holds and the situation can occur (`Circuit.values`)."""
        there = Circuit([formula]).values(given, every)[0]
        if self._possible is None or self._possible[0] != len(self.encoding.well_formed):
            possible = Circuit([conj(f for _, f in self.encoding.well_formed)])
            self._possible = (len(self.encoding.well_formed), possible)
        return there and there & self._possible[1].values(given, every)[0]

    def add(self, formula: Formula) -> None:
        """Assert something for good (blocking what was found before)."""
        self._solver.add([formula])
        self._added.append(formula)

    def push(self) -> None:
        self._synchronise()
        self._solver.push()
        self._marks.append(len(self._added))

    def pop(self) -> None:
        self._solver.pop()
        del self._added[self._marks.pop() :]

    def _synchronise(self) -> None:
        well_formed = self.encoding.well_formed
        if len(well_formed) == self._asserted and len(self.encoding.switches) == len(self._on):
            return
        self._solver.add(f for _, f in well_formed[self._asserted :])
        for number, (name, formula) in enumerate(well_formed[self._asserted :], self._asserted):
            self._base.tell(number, name, formula)
        self._asserted = len(well_formed)
        for name, switch in self.encoding.switches.items():
            if name not in self._on:
                self._on.add(name)
                there = implies(self._whole, switch)
                self._solver.add([there])
                self._base.tell(name, f"norm.{name}", there)

    # cubes

    def outside(self, cube: Cube) -> list[Term]:
        """The cube as assumptions: for each variable, the literals of the values it may not have, negated."""
        return [
            negation
            for key, allowed in cube.items()
            for value, negation in zip(
                self.encoding.variables[key].values, self.encoding.variables[key].negations, strict=True
            )
            if value not in allowed
        ]
