"""Closed forms again, so precisely that an error of a twentieth in the mean wait would be seen.

The mean wait of a run must lie within TOLERANCE of the formula, and its standard error (by batch means) must be below
PRECISION: a true error of 5 % then shows as more than TOLERANCE in 99 of 100 runs.
"""

from __future__ import annotations

from math import sqrt
from statistics import fmean, stdev

import pytest

from sim.office import Office
from tests.sim.support import always, one, sojourns, takes
from tests.sim.test_queueing_theory import SERVICE, erlang_c

TOLERANCE, PRECISION = 0.02, 0.012
BATCHES = 30


def check(office: Office, wait: float, tier: str | None = None, share: float = 1.0) -> None:
    """The mean wait is what it should be, `share` of the precision aside."""
    times = sojourns(office, tier)
    size = len(times) // BATCHES
    means = [fmean(times[i * size : i * size + size]) for i in range(BATCHES)]
    error = stdev(means) / sqrt(BATCHES) / wait
    off = (fmean(times) - SERVICE) / wait - 1
    assert error < PRECISION * share, f"too few papers to say: {error:.4f}"
    assert abs(off) < TOLERANCE * share, f"off by {off:.4f}, standard error {error:.4f}"


@pytest.mark.long
def test_m_m_1() -> None:
    """W = rho / (mu - lambda)."""
    office = Office(one("bureau"), always(("only", 0.5 / SERVICE), minutes=[takes(SERVICE)]), 2000, 3).run()
    check(office, 0.5 / (1 - 0.5) * SERVICE)


@pytest.mark.long
def test_an_error_of_a_twentieth_is_seen() -> None:
    """A service longer by 1.67 % makes the mean wait rho s / (1 - rho) 5 % longer."""
    office = Office(one("bureau"), always(("only", 0.5 / SERVICE), minutes=[takes(SERVICE * 1.0167)]), 2000, 3).run()
    with pytest.raises(AssertionError, match="off by"):
        check(office, 0.5 / (1 - 0.5) * SERVICE)


@pytest.mark.long
def test_m_m_c() -> None:
    """W = C(c, a) / (c mu - lambda) (Erlang 1917)."""
    servers, load = 3, 2.0
    scenario = always(("only", load / SERVICE), minutes=[takes(SERVICE)], staff=servers)
    check(Office(one("bureau"), scenario, 2000, 3).run(), erlang_c(servers, load) * SERVICE / (servers - load))


@pytest.mark.long
def test_m_d_1() -> None:
    """Pollaczek and Khinchine 1930: half the wait of M/M/1."""
    scenario = always(("only", 0.6 / SERVICE), minutes=[takes(SERVICE, "constant")])
    check(Office(one("bureau"), scenario, 2500, 3).run(), 0.6 / (2 * (1 - 0.6)) * SERVICE)


@pytest.mark.long
def test_priorities_without_pre_emption() -> None:
    """Cobham 1954: W_k = C / (c mu (1 - s_{k-1}) (1 - s_k))."""
    servers, loads = 2, {"high": 0.4, "low": 0.8}
    flows = [(t, a / SERVICE) for t, a in loads.items()]
    office = Office(one("bureau"), always(*flows, minutes=[takes(SERVICE)], staff=servers), 3000, 3).run()
    base, above = erlang_c(servers, sum(loads.values())) * SERVICE / servers, 0.0
    for tier, load in loads.items():
        below = above + load / servers
        check(office, base / ((1 - above) * (1 - below)), tier)
        above = below


@pytest.mark.long
def test_priorities_with_pre_emption() -> None:
    """Equal exponential service in M/M/c: the upper tier sees M/M/c alone, and both together are M/M/c in number.

    Pre-emption changes whose work is left, not how much is (Buzen and Bondi 1983), so the wait of the lower tier
    follows from Little's law.
    """
    servers, loads = 2, {"high": 0.6, "low": 0.6}
    flows = [(t, a / SERVICE) for t, a in loads.items()]
    scenario = always(*flows, minutes=[takes(SERVICE)], staff=servers, preemption=True)
    office = Office(one("bureau"), scenario, 3000, 3).run()

    def wait(load: float) -> float:
        return erlang_c(servers, load) * SERVICE / (servers - load)

    both, high = wait(sum(loads.values())), wait(loads["high"])
    low = (both * sum(loads.values()) - high * loads["high"]) / loads["low"]
    check(office, high, "high", share=4)  # rare waits: the mean is small, and so its relative error large
    check(office, low, "low")
