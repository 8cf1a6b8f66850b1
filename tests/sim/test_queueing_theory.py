"""The engine against closed forms. Tolerances are relative, on long runs with fixed seeds."""

from __future__ import annotations

from math import exp, factorial, log1p
from statistics import fmean

import pytest

from sim.office import Office
from sim.scenario import MeetingPlan, Scenario
from sim.streams import Stream, key
from sim.workcalendar import DAY
from tests.sim.support import always, line, one, sojourns, takes

TOLERANCE = 0.04
DAYS = 400
SERVICE = 6.0


def run(rules: object, scenario: Scenario, days: int = DAYS, seed: int = 3) -> Office:
    return Office(rules, scenario, days, seed).run()  # type: ignore[arg-type]


def erlang_c(servers: int, load: float) -> float:
    """The probability of waiting in M/M/c; `load` in Erlang."""
    top = load**servers / factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / factorial(k) for k in range(servers)) + top)


def test_m_m_1() -> None:
    rate = 0.7 / SERVICE
    office = run(one("bureau"), always(("only", rate), minutes=[takes(SERVICE)]))
    assert fmean(sojourns(office)) == pytest.approx(SERVICE / (1 - 0.7), rel=TOLERANCE)
    worked = office.calendar.worked(office.horizon) - office.warm_worked
    assert office.desks["bureau"].busy / worked == pytest.approx(0.7, rel=0.02)


@pytest.mark.long
def test_m_m_c() -> None:
    servers, load = 3, 2.4
    office = run(one("bureau"), always(("only", load / SERVICE), minutes=[takes(SERVICE)], staff=servers))
    wait = erlang_c(servers, load) * SERVICE / (servers - load)
    assert fmean(sojourns(office)) == pytest.approx(wait + SERVICE, rel=TOLERANCE)


def test_priority_m_m_c() -> None:
    """Cobham 1954: W_k = C / (c mu (1 - s_{k-1}) (1 - s_k)), without pre-emption."""
    servers, loads = 2, {"high": 0.4, "middle": 0.6, "low": 0.6}
    flows = [(t, a / SERVICE) for t, a in loads.items()]
    office = run(one("bureau"), always(*flows, minutes=[takes(SERVICE)], staff=servers))
    base, above = erlang_c(servers, sum(loads.values())) * SERVICE / servers, 0.0
    for tier, load in loads.items():
        below = above + load / servers
        wait = base / ((1 - above) * (1 - below))
        assert fmean(sojourns(office, tier)) == pytest.approx(wait + SERVICE, rel=TOLERANCE), tier
        above = below


def test_preemptive_priority_m_m_1() -> None:
    """Pre-emptive resume: T_k = (1/mu) / (1 - s_{k-1}) + sum_{i<=k} a_i/mu / ((1 - s_{k-1})(1 - s_k))."""
    loads = {"high": 0.3, "low": 0.4}
    flows = [(t, a / SERVICE) for t, a in loads.items()]
    office = run(one("bureau"), always(*flows, minutes=[takes(SERVICE)], preemption=True))
    above = 0.0
    for tier, load in loads.items():
        below = above + load
        time = SERVICE / (1 - above) + below * SERVICE / ((1 - above) * (1 - below))
        assert fmean(sojourns(office, tier)) == pytest.approx(time, rel=TOLERANCE), tier
        above = below


@pytest.mark.parametrize(
    ("kind", "cv"), [("constant", 0.0), ("uniform", 3**-0.5), pytest.param("lognormal", 1.5, marks=pytest.mark.long)]
)
def test_m_g_1(kind: str, cv: float) -> None:
    """Pollaczek and Khinchine: W = rho (1 + cv^2) / (2 (1 - rho)) services."""
    rho = 0.6
    scenario = always(("only", rho / SERVICE), minutes=[takes(SERVICE, kind, cv=cv)])
    # a tail makes means slow to settle: one long run of the lognormal still has a standard error of 3 %
    days, seeds = (DAYS, (3,)) if cv < 1 else (4 * DAYS, range(3, 9))
    times = [sojourns(run(one("bureau"), scenario, days, seed)) for seed in seeds]
    wait = rho * (1 + cv * cv) / (2 * (1 - rho)) * SERVICE
    assert fmean(t for of in times for t in of) == pytest.approx(wait + SERVICE, rel=TOLERANCE)


@pytest.mark.long
def test_tandem_of_exponential_stations_is_a_product_form() -> None:
    """Burke 1956: each station of a line is M/M/1 by itself."""
    office = run(
        line("bureau", "hall"), always(("only", 0.1), minutes=[takes(6.0, by="bureau"), takes(5.0, by="hall")])
    )
    assert fmean(sojourns(office)) == pytest.approx(1 / (1 / 6 - 0.1) + 1 / (1 / 5 - 0.1), rel=TOLERANCE)


def test_a_gate_without_a_limit_costs_half_a_period() -> None:
    plan = MeetingPlan("standing", 2, "calendar_day", minute=0, capacity=10**6)
    office = run(one("standing"), always(("only", 0.005), meetings=(plan,)))
    assert fmean(sojourns(office)) == pytest.approx(DAY, rel=TOLERANCE)


def test_a_cut_off_costs_itself() -> None:
    """Closed a day before the gate: an item waits that day and half a period more."""
    plan = MeetingPlan("standing", 2, "calendar_day", minute=0, lead_days=2, capacity=10**6)
    office = run(one("standing"), always(("only", 0.005), meetings=(plan,)))
    # around the clock a day closes when the next begins: the second day before a gate at midnight closes a day before
    assert fmean(sojourns(office)) == pytest.approx(2 * DAY, rel=TOLERANCE)


def test_batch_service_with_a_limit() -> None:
    """Items left at daily gates of capacity K: the chain q' = max(q + Poisson - K, 0), solved by iteration."""
    capacity, rate = 5, 4.0 / DAY
    mean = rate * DAY
    coming = [exp(-mean) * mean**k / factorial(k) for k in range(60)]
    size = 120
    left = [1.0] + [0.0] * (size - 1)
    for _ in range(400):
        new = [0.0] * size
        for q, p in enumerate(left):
            if p > 1e-15:
                for k, c in enumerate(coming):
                    new[min(max(q + k - capacity, 0), size - 1)] += p * c
        left = new
    # an item waits half a day for its first gate, and by Little's law a day for each item left over by a gate
    wait = DAY / 2 + sum(q * p for q, p in enumerate(left)) / mean * DAY
    plan = MeetingPlan("standing", 1, "calendar_day", minute=0, capacity=capacity)
    office = run(one("standing"), always(("only", rate), meetings=(plan,)), days=4000)
    assert fmean(sojourns(office)) == pytest.approx(wait, rel=TOLERANCE)


@pytest.mark.long
def test_vacations_of_the_only_official() -> None:
    """M/M/1 with breakdowns (White and Christie 1958): exponential times present and away, work resumed after."""
    arrive, serve, fall, mend = 0.05, 0.2, 0.002, 0.004
    office = Office(one("mayor"), always(("only", arrive), minutes=[takes(1 / serve)]), 1500, 5)
    _away(office, fall, mend)
    office.run()
    both = fall + mend
    number = arrive * (both**2 + fall * serve) / (both * (mend * serve - arrive * both))
    assert fmean(sojourns(office)) == pytest.approx(number / arrive, rel=0.06)


def _away(office: Office, fall: float, mend: float) -> None:
    """The mayor comes and goes by exponential times, apart from any scenario."""
    stream = Stream(key(99, "vacation"))

    def go(_: object) -> None:
        office.leave("mayor", "leave", frozenset())
        office.at(office.env.now - log1p(-stream.next()) / mend, come)

    def come(_: object) -> None:
        office.come_back("mayor")
        office.at(office.env.now - log1p(-stream.next()) / fall, go)

    office.at(-log1p(-stream.next()) / fall, go)
