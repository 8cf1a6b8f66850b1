"""Replications: streams, intervals, and results that depend on the seed alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from statistics import NormalDist, fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.distributions import KINDS, Distribution
from sim.eventlog import EventLog
from sim.intervals import estimate, percentile, student_t
from sim.office import Office
from sim.replications import Experiment, run, run_until
from sim.report import mean_sojourn, report
from sim.streams import child, key, uniform
from sim.workcalendar import DAY
from tests.sim.support import always, bundled, line, one, scenario, takes


def test_a_number_depends_on_seed_name_and_place_alone() -> None:
    # written down once: the same on any machine
    assert uniform(key(1, "arrivals", 0), 1) == pytest.approx(uniform(key(1, "arrivals", 0), 1), abs=0)
    assert key(1, "a", 2) != key(1, "a", 3) != key(2, "a", 2)
    assert f"{uniform(key(1, 'golden'), 1):.12f}" == GOLDEN
    assert len({child(key(1, "x"), n) for n in range(10_000)}) == 10_000


GOLDEN = "0.354293588109"


@given(st.integers(0, 2**63))
def test_numbers_lie_inside_the_unit_interval(stream: int) -> None:
    assert all(0 < uniform(stream, n) < 1 for n in range(20))


def test_numbers_are_spread_evenly() -> None:
    numbers = [uniform(key(1, "even"), n) for n in range(100_000)]
    cells = [0] * 100
    for u in numbers:
        cells[int(u * 100)] += 1
    assert sum((c - 1000) ** 2 / 1000 for c in cells) < 149  # chi-square, 99 degrees of freedom, 0.1 %
    pairs = fmean(a * b for a, b in pairwise(numbers))
    assert pairs == pytest.approx(0.25, abs=0.005)


@pytest.mark.parametrize("kind", KINDS)
def test_a_distribution_has_the_mean_it_is_given(kind: str) -> None:
    sample = Distribution(kind, 5.0, 0.8).sampler()
    assert fmean(sample((n + 0.5) / 20_000) for n in range(20_000)) == pytest.approx(5.0, rel=0.01)


def test_student_t_agrees_with_the_tables() -> None:
    for freedom, value in ((1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (29, 2.045), (120, 1.980)):
        assert student_t(freedom, 0.95) == pytest.approx(value, abs=0.001)


def test_an_interval_covers_the_mean_as_often_as_it_says() -> None:
    inverse, hits = NormalDist(3, 2).inv_cdf, 0
    for r in range(2000):
        found = estimate(inverse(uniform(key(7, r), n)) for n in range(5))
        assert found is not None and found.low is not None and found.high is not None
        hits += found.low <= 3 <= found.high
    assert hits / 2000 == pytest.approx(0.95, abs=0.015)


def test_one_replication_has_no_interval_and_percentiles_interpolate() -> None:
    found = estimate([4.0, None])
    assert found is not None and (found.mean, found.half, found.n) == (4.0, None, 1)
    assert estimate([None]) is None
    assert percentile([1.0, 2.0, 4.0], 0.75) == 3.0


def test_the_result_does_not_depend_on_the_number_of_workers() -> None:
    law = bundled("luoyang")
    e = Experiment(law, scenario("luoyang", law), 15, 3, seed=5)
    alone, together = run(e, workers=1), run(e, workers=2)
    assert alone.outcomes == together.outcomes
    assert alone.outcomes[0] != alone.outcomes[1]


def test_the_same_seed_gives_the_same_trace() -> None:
    law = bundled("luoyang")
    with_ = scenario("luoyang", law)
    logs = [EventLog(), EventLog(), EventLog()]
    for seed, log in zip((2, 2, 3), logs, strict=True):
        Office(law, with_, 10, seed, log=log).run()
    assert logs[0].events == logs[1].events != logs[2].events


HASHED = """
import sys
from sim.eventlog import Act, EventLog, Mark
from sim.replications import Experiment, replicate
from sim.office import Office
from tests.sim.support import bundled, scenario
law = bundled("weidong")
with_ = scenario("weidong", law)
like = None
for number in map(int, sys.argv[1:]):
    like, found = replicate(Experiment(law, with_, 25, 2, seed=5), number, like)
print(sorted(found.counts.items()), sorted(map(repr, found.groups.items())), sorted(found.steps.items()))
print(sorted(found.seats.items()), sorted(found.norms.items()), sorted(map(repr, found.stalls)), found.by_day)
log = EventLog()
Office(law, with_, 25, 5, 1, log=log).run()
for e in log.events:
    if isinstance(e, Act):
        print(e)
    elif isinstance(e, Mark):
        print(e.time, e.paper, e.what, e.stage, e.norms, sorted(e.missing))
    else:
        print(e.time, e.states, sorted(e.delegations))
"""


def test_neither_the_order_of_sets_nor_what_is_remembered_decides_anything() -> None:
    """Two fresh processes whose strings have other hashes, one of which has run another replication before."""
    told = [
        subprocess.run(
            [sys.executable, "-c", HASHED, *replications],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, replications in (("1", ("1",)), ("4711", ("0", "1")))
    ]
    assert told[0] == told[1] and told[0].count("Act(") > 100


def test_scenarios_compared_share_their_papers() -> None:
    slow, fast = (Office(line("bureau"), always(("t", 0.01), minutes=[takes(m)]), 90, 1).run() for m in (30, 20))
    assert [d.arrived for d in slow.dockets] == [d.arrived for d in fast.dockets]
    assert [d.key for d in slow.dockets] == [d.key for d in fast.dockets]


def test_replications_are_added_until_the_interval_is_narrow_enough() -> None:
    e = Experiment(one("bureau"), always(("t", 0.1), minutes=[takes(5)], warm=2), 15, 2)
    loose = run_until(e, 1.0, 40, [mean_sojourn], workers=1)
    tight = run_until(e, 0.002, 12, [mean_sojourn], workers=1)
    assert len(loose.outcomes) == 2 and len(tight.outcomes) > 2
    assert tight.outcomes[:2] == loose.outcomes


def test_an_interrupted_run_keeps_what_it_has() -> None:
    e = Experiment(one("bureau"), always(("t", 0.1), minutes=[takes(5)], warm=0), 5, 4)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    kept = run(e, workers=1, progress=stop)
    assert kept.interrupted and [o.replication for o in kept.outcomes] == [0, 1]


def test_overload_is_said_as_such() -> None:
    busy = always(("t", 1.2 / 5), minutes=[takes(5.0)], warm=5)
    found = report(run(Experiment(one("bureau"), busy, 60, 2), workers=1))
    assert found.overloaded == ("bureau",)
    calm = always(("t", 0.8 / 5), minutes=[takes(5.0)], warm=5)
    assert report(run(Experiment(one("bureau"), calm, 60, 2), workers=1)).overloaded == ()


def test_papers_keep_limits_that_are_easy_and_miss_those_that_are_not() -> None:
    rates = [("t", 0.05)]
    for minutes, share in ((1.0, 1.0), (3.0 * DAY, 0.0)):
        with_ = always(
            *rates, minutes=[takes(minutes, "constant")], staff=10**6, warm=1, due={"t": (2, "calendar_day")}
        )
        found = report(run(Experiment(one("bureau"), with_, 30, 1), workers=1)).rows[0]
        assert found.on_time is not None and found.on_time.mean == share and found.assumed


def test_the_stopping_rule_says_how_it_ended() -> None:
    e = Experiment(one("bureau"), always(("t", 0.1), minutes=[takes(5)], warm=2), 10, 2)
    met = run_until(e, 1.0, 40, [mean_sojourn], workers=1).stopping
    assert met is not None and met.met and met.reached <= 1.0
    steps: list[tuple[int, int]] = []
    short = run_until(e, 1e-6, 4, [mean_sojourn, lambda _: None], workers=1, progress=lambda d, n: steps.append((d, n)))
    assert short.stopping is not None and not short.stopping.met and short.stopping.most == 4
    assert [o.replication for o in short.outcomes] == [0, 1, 2, 3] and steps[-1] == (4, 4)


def test_what_watches_a_replication_changes_no_number() -> None:
    e = Experiment(one("bureau"), always(("t", 0.1), minutes=[takes(5)], warm=0), 5, 2)
    plain, watched = run(e, workers=1), run(replace(e, watch=_events), workers=2)
    assert [o.seen > 100 for o in watched.outcomes] == [True, True]
    assert plain.outcomes == tuple(replace(o, seen=None) for o in watched.outcomes)


def _events(office: Office, log: EventLog) -> int:
    return len(log.events)


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from sim.replications import Experiment, run
from tests.sim.support import always, one, takes
e = Experiment(one("bureau"), always(("t", 0.1), minutes=[takes(5)], warm=0), 20, 400)
def told(done, total):
    if done == 3:
        os.killpg(0, signal.SIGINT)
if __name__ == "__main__":
    # in the background of a shell, children begin with the interrupt ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    found = run(e, workers=2, progress=told)
    print(found.interrupted, len(found.outcomes))
"""


def test_ctrl_c_ends_the_workers_and_keeps_what_is_done() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        capture_output=True,
        text=True,
        timeout=120,
        start_new_session=True,
        check=True,
    )
    interrupted, done = ran.stdout.split()
    assert interrupted == "True" and 3 <= int(done) < 400
    assert "Traceback" not in ran.stderr
