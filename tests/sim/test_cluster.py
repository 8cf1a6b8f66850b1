"""Replications on a Dask cluster: the same as on one machine; a cluster that is not there is said to be so."""

from __future__ import annotations

import time

import pytest

from sim.cluster import connected
from sim.errors import SimulationError
from sim.replications import Experiment, run
from tests.sim.support import always, bundled, one, scenario, takes


@pytest.mark.long
@pytest.mark.parametrize("workers", [1, 2])
def test_the_result_does_not_depend_on_where_it_was_run(workers: int) -> None:
    distributed = pytest.importorskip("distributed")
    law = bundled("weidong")
    e = Experiment(law, scenario("weidong", law), 40, 3, seed=5)
    with (
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as there,
        connected(there.scheduler_address) as cluster,
    ):
        assert run(e, workers=cluster).outcomes == run(e, workers=1).outcomes


def test_replications_come_from_workers_in_threads() -> None:
    distributed = pytest.importorskip("distributed")
    e = Experiment(one("bureau"), always(("t", 0.05), minutes=[takes(5)], warm=0), 5, 3)
    steps: list[int] = []
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
        ) as there,
        connected(there.scheduler_address) as cluster,
    ):
        found = run(e, workers=cluster, progress=lambda done, _: steps.append(done))
    assert found.outcomes == run(e, workers=1).outcomes and steps == [1, 2, 3]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1"])
def test_a_cluster_that_is_not_there_is_said_to_be_so_at_once(address: str) -> None:
    pytest.importorskip("distributed")
    begun = time.monotonic()
    with pytest.raises(SimulationError, match="tcp://host:8786"), connected(address):
        pass
    assert time.monotonic() - begun < 20
