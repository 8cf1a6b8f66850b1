"""Papers per second: our office, beside the same model written plainly with SimPy's PriorityResource, and with Ciw.

    python bench/simulation.py [PAPERS]

All run a line of one-clerk stations at load 0.8 with three tiers, around the clock, in turn and in one process; the
ratios are those within each of ROUNDS rounds, their median, least and most. Before that all three are given the same
arrivals and handling times, and every paper must be done at the same time. Then how the cost grows with papers and
with officials, and a year of a bundled city office. Times are of this process's CPU, for the machine may be busy.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from math import log1p
from pathlib import Path
from statistics import fmean, median
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

STATIONS, LOAD, SERVICE = 6, 0.8, 5.0
ROUNDS = 5
TIERS = (("high", 0.1), ("middle", 0.3), ("low", 0.6))
CHECKED = 3000
"""Papers of the run in which all get the same draws."""


class Draw(NamedTuple):
    """A paper: when it comes, its rank, and how long each station takes."""

    arrived: float
    rank: int
    minutes: tuple[float, ...]


# the same draws for all


def office(papers: int, stations: int = STATIONS) -> Any:
    """The line as an office: rules, plans, competence and all."""
    from model.vocabulary import Body
    from sim.office import Office
    from sim.workcalendar import DAY
    from tests.model.support import BODIES, label
    from tests.sim.support import always, line, takes

    names = [f"desk{i}" for i in range(stations)]
    BODIES.update({n: Body(n, label(n), "unit") for n in names})
    flows = [(t, share * LOAD / SERVICE) for t, share in TIERS]
    days = round(papers / (LOAD / SERVICE) / DAY)
    return Office(line(*names), always(*flows, minutes=[takes(SERVICE)], warm=0, holders={"vice": 0}), days)


def draws(of: Any) -> list[Draw]:
    """What an office that has run drew for each of its papers, from its streams alone."""
    from sim.streams import key, of_bits, rows

    coming = {t: rows(key(of.seed, "papers", of.replication, t)) for t, _ in TIERS}
    found: list[Draw] = []
    for docket in of.dockets:
        row = next(coming[docket.flow])
        minutes = tuple(-SERVICE * log1p(-of_bits(row[n.column])) for n in docket.plan.nodes)
        found.append(Draw(docket.arrived, docket.rank, minutes))
    return found


def plain_with(given: Sequence[Draw]) -> list[float]:
    """When each paper is done, by the plain program."""
    import simpy

    env = simpy.Environment()
    desks = [simpy.PriorityResource(env, 1) for _ in range(STATIONS)]
    done = [0.0] * len(given)

    def paper(number: int, draw: Draw) -> Any:
        yield env.timeout(draw.arrived)
        for desk, minutes in zip(desks, draw.minutes, strict=True):
            with desk.request(priority=draw.rank) as request:
                yield request
                yield env.timeout(minutes)
        done[number] = env.now

    for number, draw in enumerate(given):
        env.process(paper(number, draw))
    env.run()
    return done


def ciw_with(given: Sequence[Draw]) -> list[float]:
    """The same by Ciw. Within a tier papers keep their order, so the draws of a tier are taken in turn."""
    import ciw

    dists: Any = ciw.dists  # type: ignore[attr-defined]
    by_tier = {t: [d for d in given if d.rank == i] for i, (t, _) in enumerate(TIERS)}
    gaps = {t: [b - a for a, b in pairwise([0.0, *(d.arrived for d in ds)])] for t, ds in by_tier.items()}
    network = ciw.create_network(
        arrival_distributions={
            t: [dists.Sequential([*gaps[t], 1e12]), *[None] * (STATIONS - 1)] for t in by_tier
        },
        service_distributions={
            t: [dists.Sequential([d.minutes[i] for d in ds]) for i in range(STATIONS)] for t, ds in by_tier.items()
        },
        routing={t: [[1.0 if j == i + 1 else 0.0 for j in range(STATIONS)] for i in range(STATIONS)] for t in by_tier},
        number_of_servers=[1] * STATIONS,
        priority_classes={t: i for i, t in enumerate(by_tier)},
    )  # fmt: skip
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(given[-1].arrived + 1e5)
    last = sorted((r for r in simulation.get_all_records() if r.node == STATIONS), key=lambda r: r.exit_date)
    ends = {t: iter([r.exit_date for r in last if r.customer_class == t]) for t in by_tier}
    return [next(ends[TIERS[d.rank][0]]) for d in given]


def check(with_ciw: bool) -> None:
    """All do the same work: every paper is done at the same time. Raises AssertionError where one is not."""
    of = office(CHECKED)
    of.run()
    given = draws(of)
    ours = [d.finished for d in of.dockets]
    for name, found in [("plain SimPy", plain_with(given)), *([("Ciw", ciw_with(given))] if with_ciw else [])]:
        worst = max(abs(one - two) for one, two in zip(ours, found, strict=True) if one is not None)
        print(
            f"same draws, {len(given):,} papers: {name} is done with each at the same time, within {worst:.0e} minutes"
        )
        assert worst < 1e-6, name


# rates


def plain(papers: int) -> tuple[float, float]:
    """Papers a CPU second and mean sojourn, with a process a paper and a PriorityResource a station."""
    from random import Random

    import simpy

    rng = Random(1)
    env = simpy.Environment()
    desks = [simpy.PriorityResource(env, 1) for _ in range(STATIONS)]
    times: list[float] = []

    def paper(rank: int) -> Any:
        came = env.now
        for desk in desks:
            with desk.request(priority=rank) as request:
                yield request
                yield env.timeout(rng.expovariate(1 / SERVICE))
        times.append(env.now - came)

    def arrivals() -> Any:
        for _ in range(papers):
            yield env.timeout(rng.expovariate(LOAD / SERVICE))
            u = rng.random()
            env.process(paper(0 if u < 0.1 else 1 if u < 0.4 else 2))

    start = time.process_time()
    env.process(arrivals())
    env.run()
    return papers / (time.process_time() - start), fmean(times)


def ours(papers: int, stations: int = STATIONS) -> tuple[float, float]:
    """The same through the office."""
    from tests.sim.support import sojourns

    of = office(papers, stations)
    start = time.process_time()
    of.run()
    spent = time.process_time() - start
    times = sojourns(of)
    return len(times) / spent, fmean(times)


def ciw_line(papers: int) -> tuple[float, float]:
    """The same in Ciw; a tenth of the papers, for it is slow."""
    import ciw

    dists: Any = ciw.dists  # type: ignore[attr-defined]
    names = [t for t, _ in TIERS]
    stations = range(STATIONS)
    network = ciw.create_network(
        arrival_distributions={
            t: [dists.Exponential(share * LOAD / SERVICE), *[None] * (STATIONS - 1)] for t, share in TIERS
        },
        service_distributions={t: [dists.Exponential(1 / SERVICE)] * STATIONS for t in names},
        routing={t: [[1.0 if j == i + 1 else 0.0 for j in stations] for i in stations] for t in names},
        number_of_servers=[1] * STATIONS,
        priority_classes={t: i for i, t in enumerate(names)},
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    start = time.process_time()
    simulation.simulate_until_max_time(papers / 10 / (LOAD / SERVICE))
    spent = time.process_time() - start
    last = [r for r in simulation.get_all_records() if r.node == STATIONS]
    first = {r.id_number: r.arrival_date for r in simulation.get_all_records() if r.node == 1}
    return len(last) / spent, fmean(r.exit_date - first[r.id_number] for r in last)


def city() -> tuple[float, float, float, int]:
    """CPU seconds to load a city office, of its first year and of the next, and its papers."""
    from sim.office import Office
    from tests.sim.support import bundled, scenario

    start = time.process_time()
    law = bundled("luoyang")
    with_ = scenario("luoyang", law)
    loaded = time.process_time()
    first = Office(law, with_, 365).run()
    middle = time.process_time()
    Office(law, with_, 365, replication=1, like=first).run()
    return loaded - start, middle - loaded, time.process_time() - middle, first.tally.arrived


def main() -> None:
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    runs: dict[str, Any] = {"plain SimPy, PriorityResource": plain, "guize": ours}
    try:
        import ciw  # noqa: F401

        runs["Ciw"] = ciw_line
    except ImportError:
        print("Ciw is not installed: left out")
    check("Ciw" in runs)
    rounds = [{name: run(papers) for name, run in runs.items()} for _ in range(ROUNDS)]
    base = "plain SimPy, PriorityResource"
    for name in runs:
        ratios = sorted(r[name][0] / r[base][0] for r in rounds)
        best = max(r[name][0] for r in rounds)
        print(
            f"{name}: {median(r[name][0] for r in rounds):,.0f} papers/s (best {best:,.0f}), {median(ratios):.2f} of"
            f" plain SimPy in the same round ({ratios[0]:.2f} to {ratios[-1]:.2f}; of the best"
            f" {best / max(r[base][0] for r in rounds):.2f}), mean sojourn {rounds[0][name][1]:.1f} minutes"
        )
    for number in (papers // 4, papers // 2, papers, papers * 2):
        rate, _ = ours(number)
        print(f"{number:,} papers: {1e6 / rate / STATIONS:.1f} microseconds a step")
    for stations in (6, 24, 96):
        rate, _ = ours(papers * STATIONS // stations, stations)
        print(f"{stations} officials: {1e6 / rate / stations:.1f} microseconds a step")
    load, first, second, number = city()
    print(
        f"a year of a city office ({number:,} papers): {load:.1f} s to load, {first:.1f} s,"
        f" {number / first:,.0f} papers/s; the next replication {second:.1f} s, {number / second:,.0f} papers/s"
    )


if __name__ == "__main__":
    main()
