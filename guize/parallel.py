"""The same work on several rule sets at once, one process each."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_order(work: Callable[[T], R], items: Sequence[T], jobs: int = 0) -> Iterator[R]:
    """The results in the order of the items, each as soon as it and those before it are there.

    `jobs` 0 is one a core. `work` must be importable, and what it takes and returns picklable. What one
    item raises is raised here when its turn comes; what has not begun by then is dropped.
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if workers < 2:
        yield from map(work, items)
        return
    # spawned, not forked: the solver keeps threads that a fork would lose
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
