"""A tandem of two stations with two priority classes, beside Ciw, an independent simulator (test extra)."""

from __future__ import annotations

from statistics import fmean

import pytest

from sim.office import Office
from tests.sim.support import always, line, sojourns, takes

RATES = {"high": 0.04, "low": 0.08}
MEANS = (7.0, 5.5)
MINUTES = 120_000.0
TOLERANCE = 0.05


@pytest.mark.long
def test_a_tandem_with_priorities_agrees_with_ciw() -> None:
    ciw = pytest.importorskip("ciw", reason="the test extra Ciw is not installed")
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate), None] for name, rate in RATES.items()
        },
        service_distributions={name: [ciw.dists.Exponential(1 / m) for m in MEANS] for name in RATES},
        routing={name: [[0.0, 1.0], [0.0, 0.0]] for name in RATES},
        number_of_servers=[1, 1],
        priority_classes={"high": 0, "low": 1},
    )  # fmt: skip
    ciw.seed(11)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(MINUTES)
    theirs: dict[str, list[float]] = {name: [] for name in RATES}
    spans: dict[int, tuple[str, float, float]] = {}
    for r in simulation.get_all_records():
        name, start, end = spans.get(r.id_number, (r.customer_class, r.arrival_date, 0.0))
        spans[r.id_number] = (name, min(start, r.arrival_date), max(end, r.exit_date))
    for name, start, end in spans.values():
        theirs[name].append(end - start)
    minutes = [takes(MEANS[0], by="bureau"), takes(MEANS[1], by="hall")]
    office = Office(line("bureau", "hall"), always(*RATES.items(), minutes=minutes), 600, 2).run()
    for name in RATES:
        assert fmean(sojourns(office, name)) == pytest.approx(fmean(theirs[name]), rel=TOLERANCE), name
