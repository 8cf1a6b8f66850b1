"""A few Z3 calls below the Python wrapper.

The wrapper checks and re-wraps every assumption at each query; with thousands of queries of dozens of
assumptions that takes longer than the solving. These do the same through the wrapper's own bindings.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import z3


def check(solver: z3.Solver, assumptions: Sequence[z3.BoolRef]) -> bool | None:
    """Satisfiable (True), unsatisfiable (False) or unknown (None) under Boolean literals as assumptions."""
    number = len(assumptions)
    array = (z3.Ast * number)()
    for i, term in enumerate(assumptions):
        array[i] = term.ast
    verdict = z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, number, array)
    return {1: True, -1: False}.get(verdict)


def core_ids(solver: z3.Solver) -> set[int]:
    """The ids (`get_id`) of the assumptions in the last unsatisfiable core."""
    context = solver.ctx.ref()
    vector = z3.Z3_solver_get_unsat_core(context, solver.solver)
    z3.Z3_ast_vector_inc_ref(context, vector)
    try:
        size = z3.Z3_ast_vector_size(context, vector)
        return {z3.Z3_get_ast_id(context, z3.Z3_ast_vector_get(context, vector, i)) for i in range(size)}
    finally:
        z3.Z3_ast_vector_dec_ref(context, vector)


def ident(term: z3.BoolRef) -> int:
    """`term.get_id()`, remembered on the term."""
    found = vars(term).get("guize_id")
    if found is None:
        found = vars(term)["guize_id"] = term.get_id()
    return found


def is_true_in(model: z3.ModelRef, atom: z3.BoolRef) -> bool:
    """Whether a Boolean constant is true in the model; one that the model leaves out is false."""
    context = model.ctx.ref()
    declaration = vars(atom).get("guize_decl")
    if declaration is None:
        declaration = vars(atom)["guize_decl"] = atom.decl()
    value = z3.Z3_model_get_const_interp(context, model.model, declaration.ast)
    return bool(value) and z3.Z3_get_bool_value(context, value) == 1


class Weighted:
    """A weighted sum of Boolean terms, to be bounded many times."""

    def __init__(self, terms: Sequence[tuple[z3.BoolRef, int]]) -> None:
        self._terms = [t for t, _ in terms]
        self._arguments = (z3.Ast * len(terms))(*(t.ast for t in self._terms))
        self._weights = (ctypes.c_int * len(terms))(*(w for _, w in terms))

    def at_most(self, limit: int) -> z3.BoolRef:
        """That the weights of the true terms sum to at most `limit`."""
        if not self._terms:
            return z3.BoolVal(limit >= 0)
        context = self._terms[0].ctx
        made = z3.Z3_mk_pble(context.ref(), len(self._terms), self._arguments, self._weights, limit)
        return z3.BoolRef(made, context)
