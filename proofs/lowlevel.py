"""Z3 itself: formulas as its terms, a solver under assumptions, and what it answers, by direct calls.

The Python wrapper checks and re-wraps every term at each call; with thousands of queries of dozens of
assumptions that takes longer than the solving. Except for `proofs.timing`, this is the one module that knows Z3.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterable, Sequence

import z3

from model.errors import GuizeError
from proofs.boolean import Formula, Kind, Term


class Unknown(GuizeError):  # noqa: N818 - a verdict, and so named all over the project
    """The solver did not settle a question within its budget. Never a pass."""


class Translator:
    """Formulas as terms of one Z3 context, each translated once."""

    def __init__(self) -> None:
        self.context = z3.Context()
        self._ref = self.context.ref()
        self._boolean = z3.BoolSort(self.context)
        self._made: dict[Term, z3.Ast] = {}
        self._numbers: dict[Term, int] = {}
        self._declarations: dict[Term, z3.FuncDecl] = {}
        self._vectors: dict[tuple[Term, ...], z3.Ast] = {}
        # one vector holds all terms, so that they are let go at once: with many left, a context takes long to end
        self._held = z3.AstVector(ctx=self.context)
        self._true = self.ast(True).value  # equal terms of a context are one object of Z3

    def ast(self, formula: Formula) -> z3.Ast:
        if isinstance(formula, bool):
            return self._kept(z3.Z3_mk_true(self._ref) if formula else z3.Z3_mk_false(self._ref))
        made = self._made
        found = made.get(formula)
        if found is None:
            stack = [formula]
            while stack:
                term = stack[-1]
                missing = [a for a in term.args if a not in made]
                if missing:
                    stack += reversed(missing)
                else:
                    stack.pop()
                    if term not in made:
                        made[term] = self._kept(self._make(term))
            found = made[formula]
        return found

    def _kept(self, ast: z3.Ast) -> z3.Ast:
        z3.Z3_ast_vector_push(self._ref, self._held.vector, ast)
        return ast

    def _make(self, term: Term) -> z3.Ast:
        if term.kind is Kind.VAR:
            symbol = z3.Z3_mk_string_symbol(self._ref, term.name)
            return z3.Z3_mk_const(self._ref, symbol, self._boolean.ast)
        number = len(term.args)
        if term.kind is Kind.NOT:
            return z3.Z3_mk_not(self._ref, self._made[term.args[0]])
        args = (z3.Ast * number)(*(self._made[a] for a in term.args))
        if term.kind is Kind.AND:
            return z3.Z3_mk_and(self._ref, number, args)
        if term.kind is Kind.OR:
            return z3.Z3_mk_or(self._ref, number, args)
        weights = (ctypes.c_int * number)(*term.weights)
        return z3.Z3_mk_pble(self._ref, number, args, weights, term.limit)

    def is_true(self, model: z3.ModelRef, variable: Term) -> bool:
        declaration = self._declarations.get(variable)
        if declaration is None:
            declaration = z3.Z3_get_app_decl(self._ref, z3.Z3_to_app(self._ref, self.ast(variable)))
            self._declarations[variable] = declaration
        return z3.Z3_model_get_const_interp(self._ref, model.model, declaration).value == self._true

    def vector(self, variables: tuple[Term, ...]) -> z3.Ast:
        """The variables as one bit vector, the first its highest bit: read in one call, not in one for each."""
        found = self._vectors.get(variables)
        if found is None:
            bit = z3.BitVecSort(1, self.context).ast
            one, zero = (self._kept(z3.Z3_mk_numeral(self._ref, digit, bit)) for digit in ("1", "0"))
            parts = [self._kept(z3.Z3_mk_ite(self._ref, self.ast(v), one, zero)) for v in variables]
            while len(parts) > 1:  # halves joined to halves, so that no term is deep
                pairs = [
                    self._kept(z3.Z3_mk_concat(self._ref, parts[i], parts[i + 1])) for i in range(0, len(parts) - 1, 2)
                ]
                parts = pairs + parts[2 * len(pairs) :]
            found = self._vectors[variables] = parts[0]
        return found

    def bits(self, model: z3.ModelRef, variables: tuple[Term, ...]) -> str:
        """A digit for each variable, 1 where it is true in the model. What the solver left open is false."""
        if not variables:
            return ""
        read = (z3.Ast * 1)()
        z3.Z3_model_eval(self._ref, model.model, self.vector(variables), True, read)
        return z3.Z3_get_numeral_binary_string(self._ref, read[0]).rjust(len(variables), "0")

    def number(self, literal: Term) -> int:
        """Z3's number of a literal."""
        found = self._numbers.get(literal)
        if found is None:
            found = self._numbers[literal] = z3.Z3_get_ast_id(self._ref, self.ast(literal))
        return found


class Model:
    """A solver's model: the truth of every formula, read on demand. What the solver left open is false."""

    def __init__(self, translator: Translator, model: z3.ModelRef) -> None:
        self._translator, self._model = translator, model
        self._known: dict[Term, bool] = {}

    def holds(self, formula: Formula) -> bool:
        if isinstance(formula, bool):
            return formula
        known = self._known
        found = known.get(formula)
        if found is None:
            if formula.kind is Kind.VAR:
                return self._read(formula)
            for term in formula.below():
                if term not in known:
                    known[term] = self._value(term)
            found = known[formula]
        return found

    def bits(self, variables: tuple[Term, ...]) -> str:
        """A digit for each variable, 1 where it is true."""
        return self._translator.bits(self._model, variables)

    def _value(self, term: Term) -> bool:
        known = self._known
        match term.kind:
            case Kind.VAR:
                return self._read(term)
            case Kind.NOT:
                return not known[term.args[0]]
            case Kind.AND:
                return all(known[a] for a in term.args)
            case Kind.OR:
                return any(known[a] for a in term.args)
            case Kind.SUM:
                return sum(w for a, w in zip(term.args, term.weights, strict=True) if known[a]) <= term.limit

    def _read(self, variable: Term) -> bool:
        return self._translator.is_true(self._model, variable)


class Solver:
    """One Z3 solver. `budget` limits every single query, in Z3 resource units (0: none)."""

    def __init__(self, translator: Translator, budget: int = 0) -> None:
        self._translator = translator
        self._solver = z3.SolverFor("QF_FD", ctx=translator.context)
        self._solver.set("random_seed", 0)
        # a false literal is the plain value, so that the first model is near a minimal one
        self._solver.set("phase", "always_false")
        if budget:
            self._solver.set("rlimit", budget)

    def add(self, formulas: Iterable[Formula]) -> None:
        context = self._translator.context.ref()
        for formula in formulas:
            z3.Z3_solver_assert(context, self._solver.solver, self._translator.ast(formula))

    def push(self) -> None:
        self._solver.push()

    def pop(self) -> None:
        self._solver.pop()

    def check(self, assumptions: Collection[Term]) -> bool:
        """Whether all can hold together. Raises Unknown where the solver gives up.

        An interrupt from the keyboard, which Z3 catches and answers with an unknown of its own, is raised as one.
        """
        array = (z3.Ast * len(assumptions))(*map(self._translator.ast, assumptions))
        context = self._translator.context.ref()
        verdict = z3.Z3_solver_check_assumptions(context, self._solver.solver, len(assumptions), array)
        if verdict == 0:
            why = self._solver.reason_unknown()
            if "interrupted" in why:
                raise KeyboardInterrupt
            raise Unknown(why)
        return verdict == 1

    def model(self) -> Model:
        """Of the last query, which was satisfiable."""
        return Model(self._translator, self._solver.model())

    def core(self, assumptions: Sequence[Term]) -> list[Term]:
        """The assumptions of the last query, which was not satisfiable, that Z3 needed for that."""
        context = self._translator.context.ref()
        vector = z3.Z3_solver_get_unsat_core(context, self._solver.solver)
        z3.Z3_ast_vector_inc_ref(context, vector)
        try:
            size = z3.Z3_ast_vector_size(context, vector)
            failed = {z3.Z3_get_ast_id(context, z3.Z3_ast_vector_get(context, vector, i)) for i in range(size)}
        finally:
            z3.Z3_ast_vector_dec_ref(context, vector)
        return [a for a in assumptions if self._translator.number(a) in failed]
