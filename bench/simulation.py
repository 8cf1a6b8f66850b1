"""Papers per second: our desks, beside the same model written plainly with SimPy's PriorityResource.

    python bench/simulation.py [PAPERS]

Both run a line of six one-clerk stations at load 0.8 with three tiers, around the clock; then a year of a bundled
city office. Times are of this process's CPU, for the machine may be busy.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

STATIONS, LOAD, SERVICE = 6, 0.8, 5.0
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


def ours(papers: int) -> tuple[float, float]:
    """The same through the office: rules, plans, competence and all."""
    from model.vocabulary import Body
    from sim.office import Office
    from sim.workcalendar import DAY
    from tests.model.support import BODIES, label
    from tests.sim.support import always, line, sojourns, takes

    names = [f"desk{i}" for i in range(STATIONS)]
    BODIES.update({n: Body(n, label(n), "unit") for n in names})
    flows = [(t, share * LOAD / SERVICE) for t, share in TIERS]
    days = round(papers / (LOAD / SERVICE) / DAY)
    office = Office(line(*names), always(*flows, minutes=[takes(SERVICE)], warm=0), days)
    start = time.process_time()
    office.run()
    times = sojourns(office)
    return len(times) / (time.process_time() - start), sum(times) / len(times)


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
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    for name, run in (("plain SimPy, PriorityResource", plain), ("guize", ours)):
        rate, mean = run(papers)
        print(f"{name}: {rate:,.0f} papers/s, mean sojourn {mean:.1f} minutes")
    first, second, number = city()
    print(f"a year of a city office ({number:,} papers): {first:.1f} s, the next replication {second:.1f} s")


if __name__ == "__main__":
    main()
