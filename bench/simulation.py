"""Papers per second: our desks, beside the same model written plainly with SimPy's PriorityResource, and with Ciw.

    python bench/simulation.py [PAPERS]

All run a line of one-clerk stations at load 0.8 with three tiers, around the clock, in turn and in one process; the
ratios are of the medians of ROUNDS rounds. Then how the cost grows with papers and with officials, and a year of a
bundled city office. Times are of this process's CPU, for the machine may be busy.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

STATIONS, LOAD, SERVICE = 6, 0.8, 5.0
ROUNDS = 3
TIERS = (("high", 0.1), ("middle", 0.3), ("low", 0.6))


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
    return papers / (time.process_time() - start), sum(times) / len(times)


def ours(papers: int, stations: int = STATIONS) -> tuple[float, float]:
    """The same through the office: rules, plans, competence and all."""
    from model.vocabulary import Body
    from sim.office import Office
    from sim.workcalendar import DAY
    from tests.model.support import BODIES, label
    from tests.sim.support import always, line, sojourns, takes

    names = [f"desk{i}" for i in range(stations)]
    BODIES.update({n: Body(n, label(n), "unit") for n in names})
    flows = [(t, share * LOAD / SERVICE) for t, share in TIERS]
    days = round(papers / (LOAD / SERVICE) / DAY)
    office = Office(line(*names), always(*flows, minutes=[takes(SERVICE)], warm=0, holders={"vice": 0}), days)
    start = time.process_time()
    office.run()
    times = sojourns(office)
    return len(times) / (time.process_time() - start), sum(times) / len(times)


def ciw_line(papers: int) -> tuple[float, float]:
    """The same in Ciw; a fifth of the papers, for it is slow."""
    import ciw

    names = [t for t, _ in TIERS]
    stations = range(STATIONS)
    network = ciw.create_network(
        arrival_distributions={
            t: [ciw.dists.Exponential(share * LOAD / SERVICE), *[None] * (STATIONS - 1)] for t, share in TIERS
        },
        service_distributions={t: [ciw.dists.Exponential(1 / SERVICE)] * STATIONS for t in names},
        routing={t: [[1.0 if j == i + 1 else 0.0 for j in stations] for i in stations] for t in names},
        number_of_servers=[1] * STATIONS,
        priority_classes={t: i for i, t in enumerate(names)},
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    start = time.process_time()
    simulation.simulate_until_max_time(papers / 5 / (LOAD / SERVICE))
    spent = time.process_time() - start
    last = [r for r in simulation.get_all_records() if r.node == STATIONS]
    first = {r.id_number: r.arrival_date for r in simulation.get_all_records() if r.node == 1}
    return len(last) / spent, sum(r.exit_date - first[r.id_number] for r in last) / len(last)


def city() -> tuple[float, float, int]:
    """CPU seconds of the first year of a city office and of the next, and its papers."""
    from sim.office import Office
    from tests.sim.support import bundled, scenario

    law = bundled("luoyang")
    with_ = scenario("luoyang", law)
    start = time.process_time()
    first = Office(law, with_, 365).run()
    middle = time.process_time()
    Office(law, with_, 365, replication=1, like=first).run()
    return middle - start, time.process_time() - middle, first.tally.arrived


def main() -> None:
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    runs: dict[str, Any] = {"plain SimPy, PriorityResource": plain, "guize": ours}
    try:
        import ciw  # noqa: F401

        runs["Ciw"] = ciw_line
    except ImportError:
        print("Ciw is not installed: left out")
    found = {name: [run(papers) for _ in range(ROUNDS)] for name, run in runs.items()}
    base = median(rate for rate, _ in found["plain SimPy, PriorityResource"])
    for name, rates in found.items():
        rate = median(r for r, _ in rates)
        print(f"{name}: {rate:,.0f} papers/s, {rate / base:.2f} of plain SimPy, mean sojourn {rates[0][1]:.1f} minutes")
    for number in (papers // 4, papers // 2, papers, papers * 2):
        rate, _ = ours(number)
        print(f"{number:,} papers: {1e6 / rate / STATIONS:.1f} microseconds a step")
    for stations in (6, 24, 96):
        rate, _ = ours(papers * STATIONS // stations, stations)
        print(f"{stations} officials: {1e6 / rate / stations:.1f} microseconds a step")
    first, second, number = city()
    print(f"a year of a city office ({number:,} papers): {first:.1f} s, the next replication {second:.1f} s")


if __name__ == "__main__":
    main()
