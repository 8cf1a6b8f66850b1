"""SimPy's clock and event list, with calls beside events.

A SimPy event costs an object, a list of callbacks and several calls; most of what happens in the office needs none
of that. A call is an entry of the same heap, in the same order of time and number, so events, processes and calls
mix freely.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

import simpy

Item = tuple[float, int, int, Callable[[Any], None], Any]
"""Time, priority, number, what to call with this very entry, and what it is about."""
NORMAL = 1
"""The priority of SimPy's timeouts."""
_CALL = 5


class Loop(simpy.Environment):
    """An environment that also takes calls. `time` is `now`, as a plain attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0
        self.entries: list[Any] = self._queue
        self.number = self._eid.__next__

    def call(self, time: float, act: Callable[[Any], None], about: Any = None) -> int:
        """Have `act` called with its entry at a time, or now where that has passed. The number of the entry."""
        now = self.time
        number = self.number()
        # the sum is what a timeout of the difference comes to, to the last bit
        heappush(self.entries, (now + (time - now) if time > now else now, NORMAL, number, act, about))
        return number

    def step(self) -> None:
        """Do what comes next, be it a call or an event of SimPy's. Raises simpy.core.EmptySchedule at the end."""
        queue = self.entries
        if queue and len(queue[0]) == _CALL:
            item = heappop(queue)
            self._now = self.time = item[0]
            item[3](item)
            return
        if queue:
            self.time = queue[0][0]
        super().step()

    def run_to(self, until: float) -> None:
        """Run up to a time. As with SimPy's `run`, nothing happens any more at that time itself."""
        queue = self.entries
        while queue:
            item = heappop(queue)
            time = item[0]
            if time >= until:
                heappush(queue, item)
                break
            self._now = self.time = time
            if len(item) == _CALL:
                item[3](item)
            else:
                heappush(queue, item)
                self.step()
        self._now = self.time = until
