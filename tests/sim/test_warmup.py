"""The warm-up: MSER-5 on series whose transient is known, and what the report says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.replications import Experiment, run
from sim.report import report
from sim.streams import Stream, key
from sim.warmup import BATCH, averaged, differs, mser5
from tests.sim.support import always, one, takes


def noise(number: int, seed: int = 1) -> list[float]:
    stream = Stream(key(seed, "noise"))
    return [stream.next() for _ in range(number)]


@pytest.mark.parametrize("length", [20, 50, 100])
def test_a_transient_of_known_length_is_left_out(length: int) -> None:
    """Five units too low at first, and the noise is of one: the whole transient goes, and little more."""
    series = [u - 5 * (i < length) for i, u in enumerate(noise(400))]
    found = mser5(series)
    assert found is not None and length <= found <= length + 4 * BATCH


def test_a_gradual_transient_is_left_out_as_far_as_it_can_be_told_from_noise() -> None:
    series = [u - 5 * 0.95**i for i, u in enumerate(noise(500))]
    found = mser5(series)
    assert found is not None and 20 <= found <= 150


def test_a_series_that_has_settled_loses_little_and_one_that_never_does_has_no_answer() -> None:
    settled = [mser5(noise(300, seed)) for seed in range(20)]
    assert sum(s is not None and s <= 50 for s in settled) >= 16
    assert mser5([float(i) for i in range(300)]) is None
    assert mser5(noise(10)) is None


@given(st.lists(st.floats(-100, 100), min_size=50, max_size=120), st.integers(-50, 50))
def test_it_does_not_depend_on_the_level(series: list[float], level: int) -> None:
    """Up to rounding, which can only matter where two cuts are equally good."""
    doubled = [2 * x for x in series]
    assert mser5(doubled) == mser5(series)
    assert averaged([series, series]) == pytest.approx(series)


def test_what_happens_to_lie_high_is_no_transient() -> None:
    false = [differs(noise(300, seed), 20, 60) for seed in range(50)]
    assert sum(false) <= 2
    assert differs([u - 2 * (i < 60) for i, u in enumerate(noise(300))], 20, 60)


@pytest.mark.long
def test_the_report_says_that_an_overloaded_office_never_settles() -> None:
    def notes(load: float) -> str:
        busy = always(("t", load / 5), minutes=[takes(5.0)], warm=20)
        return " ".join(n.en + n.zh for n in report(run(Experiment(one("bureau"), busy, 120, 2), workers=1)).notes)

    assert "does not settle" in notes(1.3) and "没有趋于稳定" in notes(1.3)
    assert "MSER" not in notes(0.5)
