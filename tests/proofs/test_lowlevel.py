"""What is read of Z3's models."""

from __future__ import annotations

from proofs.boolean import variable
from proofs.lowlevel import Solver, Translator


def test_a_model_of_many_variables_is_read_at_once() -> None:
    """Python reads no decimal number of more than 4,300 digits, which some 14,000 variables have."""
    translator = Translator()
    solver = Solver(translator)
    variables = tuple(variable(f"x{i}") for i in range(20_000))
    solver.add([variables[3], variables[-1]])
    assert solver.check([])
    bits = solver.model().bits(variables)
    assert [i for i, bit in enumerate(bits) if bit == "1"] == [3, len(variables) - 1]
