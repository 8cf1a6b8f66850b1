"""Paired comparison, sweeps and the ranking of assumptions; papers nobody is named for; two calls of one loop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.comparison import differences, sensitivity, sweep
from sim.errors import SimulationError
from sim.loop import Loop
from sim.office import Office
from sim.outcome import outcome
from sim.replications import Experiment, run
from sim.report import report
from sim.vary import knob, knobs
from sim.workcalendar import DAY
from tests.model.support import power
from tests.sim.support import always, one, rules, takes

BUSY = always(("t", 0.12), minutes=[takes(6.0)], warm=2, due={"t": (1, "hour")})


def experiment(replications: int = 4) -> Experiment:
    return Experiment(one("bureau"), BUSY, 20, replications, seed=3)


def test_a_run_against_itself_differs_in_nothing() -> None:
    e = experiment(2)
    found = differences(run(e, workers=1), run(e, workers=1))
    assert found and all(d.difference is None or d.difference.mean == 0 for d in found)
    assert not any(d.certain for d in found)


def test_common_random_numbers_make_the_interval_of_the_difference_narrow() -> None:
    e = experiment()
    slower = replace(BUSY, handling=(takes(6.3),))
    slow = run(replace(e, scenario=slower), workers=1)
    shared = differences(run(e, workers=1), slow)
    apart = differences(run(replace(e, seed=4), workers=1), slow)
    halves = [
        next(d.difference.half for d in ds if d.measure == "sojourn_days" and d.difference) for ds in (shared, apart)
    ]
    assert halves[0] is not None and halves[1] is not None and halves[0] < 0.6 * halves[1]
    worse = next(d for d in shared if d.measure == "sojourn_days")
    assert worse.certain and worse.difference is not None and worse.difference.mean > 0


def test_a_sweep_moves_one_number() -> None:
    steps: list[tuple[int, int]] = []
    base, points = sweep(
        experiment(2), knob(BUSY, "staff.every"), (1, 2), workers=1, progress=lambda d, n: steps.append((d, n))
    )  # fmt: skip
    same, more = points
    assert same.run.outcomes == base.outcomes
    gain = next(d.difference for d in more.differences if d.measure == "on_time")
    assert gain is not None and gain.mean > 0.02
    assert steps[-1] == (6, 6) and steps == sorted(steps)


def test_the_assumption_that_matters_comes_first() -> None:
    with_ = replace(BUSY, returns={"sign": 0.5})  # no paper is ever signed here
    _, ranking = sensitivity(replace(experiment(2), scenario=with_), 0.2, workers=1, only=("handling", "returns"))
    assert [s.name for s in ranking] == ["handling.every", "returns.sign"]
    assert ranking[0].swing > 0.01 and ranking[1].swing == 0
    assert (ranking[0].low, ranking[0].high) == pytest.approx((4.8, 7.2))


@pytest.mark.parametrize(
    ("name", "value"), [("staff.every", 0), ("staff.every", 1.5), ("delegation", 1.2), ("volume", -1)]
)
def test_a_value_that_makes_no_sense_is_refused(name: str, value: float) -> None:
    with pytest.raises(SimulationError, match="cannot be"):
        knob(BUSY, name).at(value)


def test_an_unknown_number_is_refused_with_the_nearest() -> None:
    with pytest.raises(SimulationError, match=r"staff\.every"):
        knob(BUSY, "staff.evry")


def test_every_number_can_be_put_back() -> None:
    for turned in knobs(BUSY).values():
        assert knobs(turned.at(turned.value)).keys() == knobs(BUSY).keys()
        if turned.name not in ("volume",) and not turned.name.startswith("absences"):
            assert turned.at(turned.value) == BUSY


def test_papers_nobody_is_named_for_are_counted_apart() -> None:
    law = rules(power("p", "check", "bureau", when="kind = letter"))
    found = run(Experiment(law, BUSY, 20, 1), workers=1)
    shown = report(found)
    assert [(u.flow, u.stage) for u in shown.unregulated] == [("t", "")]
    assert any("名" in n.zh or "规定" in n.zh for n in shown.notes) and shown.rows == ()


def test_the_loop_takes_calls_and_simpy_events_in_order_of_time() -> None:
    loop, seen = Loop(), list[tuple[str, float]]()

    def process() -> object:
        for _ in range(3):
            yield loop.timeout(2)
            seen.append(("event", loop.now))

    loop.process(process())  # type: ignore[arg-type]
    for time in (5.0, 1.0, 2.0, 9.0):
        loop.call(time, lambda item: seen.append(("call", item[0])))
    loop.run_to(9)
    assert seen == [("call", 1), ("call", 2), ("event", 2), ("event", 4), ("call", 5), ("event", 6)]
    assert loop.now == loop.time == 9


def test_outcome_counts_every_paper_once() -> None:
    office = Office(one("bureau"), BUSY, 20, 1).run()
    found = outcome(office)
    measured = sum(d.arrived >= office.warm_time for d in office.dockets)
    assert sum(g.arrived for g in found.groups.values()) == measured > 0
    assert office.warm_time == 2 * DAY
