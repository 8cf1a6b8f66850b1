"""The same draws given to a plain SimPy program and to Ciw: each paper is done at the same time."""

from __future__ import annotations

import pytest

from bench import simulation as bench

WITHIN = 1e-6
"""Minutes. All work in floating point, and add up in different orders."""


@pytest.fixture(scope="module")
def made() -> tuple[list[bench.Draw], list[float | None]]:
    of = bench.office(1500)
    of.run()
    return bench.draws(of), [d.finished for d in of.dockets]


def differences(made: tuple[list[bench.Draw], list[float | None]], theirs: list[float]) -> list[float]:
    """By paper that is done, how many minutes later it is than elsewhere."""
    return [abs(ours - there) for ours, there in zip(made[1], theirs, strict=True) if ours is not None]


def test_a_plain_simpy_program_does_the_same(made: tuple[list[bench.Draw], list[float | None]]) -> None:
    found = differences(made, bench.plain_with(made[0]))
    assert len(found) > 1000 and max(found) < WITHIN


def test_ciw_does_the_same(made: tuple[list[bench.Draw], list[float | None]]) -> None:
    pytest.importorskip("ciw", reason="the test extra Ciw is not installed")
    found = differences(made, bench.ciw_with(made[0]))
    assert len(found) > 1000 and max(found) < WITHIN


def test_the_comparison_sees_a_handling_time_that_is_a_little_longer(
    made: tuple[list[bench.Draw], list[float | None]],
) -> None:
    draws = list(made[0])
    draws[100] = draws[100]._replace(minutes=tuple(m + 0.01 for m in draws[100].minutes))
    assert max(differences(made, bench.plain_with(draws))) > WITHIN
