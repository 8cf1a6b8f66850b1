"""Replications on a Dask cluster.

A worker gets the experiment once and draws from the streams of each replication, so the result is the same as on one
machine, whatever the number of workers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim import messages as say
from sim.errors import SimulationError
from sim.outcome import Outcome
from sim.replications import Experiment, replicate

if TYPE_CHECKING:
    from distributed import Client

TIMEOUT = 5
"""Seconds until a cluster that does not answer is given up."""


class Cluster:
    """The workers behind a client; a `sim.replications.Crew`."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def outcomes(self, experiment: Experiment, wanted: Sequence[int]) -> Iterator[Outcome]:
        """The outcomes of these replications, as they come; what is left is cancelled when nobody asks on."""
        from distributed import as_completed  # noqa: PLC0415 - an optional extra

        known = self.client.scatter(experiment, hash=False)
        pending = [self.client.submit(_task, known, r, pure=False) for r in wanted]
        try:
            for future in as_completed(pending, loop=self.client.loop):
                yield future.result()
        finally:
            self.client.cancel(pending)


def _task(experiment: Experiment, replication: int) -> Outcome:
    return replicate(experiment, replication)[1]


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster at an address, as tcp://host:8786.

    Raises SimulationError where the library is missing, or no scheduler with a worker answers in `TIMEOUT` seconds.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise SimulationError(say.NO_DISTRIBUTED()) from None
    client: Any = None
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
        client.wait_for_workers(1, timeout=TIMEOUT)
    except (OSError, TimeoutError, ValueError) as e:
        if client is not None:
            client.close()
        raise SimulationError(say.NO_CLUSTER(address=address, seconds=TIMEOUT)) from e
    try:
        yield Cluster(client)
    finally:
        client.close()
