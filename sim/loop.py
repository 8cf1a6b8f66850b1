"""SimPy's clock and event list, with calls beside events.

A SimPy event costs an object, a list of callbacks and several calls; most of what happens in the office needs none
of that. A call is an entry of the same heap, in the same order of time and number, so events, processes and calls
mix freely: an event of SimPy's is an entry that calls `_fire`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from heapq import heappop, heappush, heappushpop
from typing import Any

import simpy
from simpy.core import EmptySchedule
from simpy.events import Event

Item = tuple[float, int, int, "Call", Any]
"""Time, priority, number, what to call with this very entry, and what it is about."""
Call = Callable[[Any], "Item | None"]
"""What is called with an entry when its time has come. It may give back an entry that is to be put on the heap: to put
that in and take the next out at once is cheaper than one after the other."""
NORMAL = 1
"""The priority of SimPy's timeouts."""
_BEFORE = -1
"""A priority before everything else at a time."""


class _EndError(Exception):
    """The time has come up to which the loop was to run."""


class Loop(simpy.Environment):
    """An environment that also takes calls. `time` is `now`, as a plain attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0
        self.entries: list[Item] = []
        self.number = self._eid.__next__

    @property
    def now(self) -> float:
        """The present, as SimPy's processes ask for it."""
        return self.time

    def call(self, time: float, act: Call, about: Any = None) -> int:
        """Have `act` called with its entry at a time, or now where that has passed. The number of the entry."""
        now = self.time
        number = self.number()
        heappush(self.entries, (time if time > now else now, NORMAL, number, act, about))
        return number

    def schedule(self, event: Event, priority: Any = NORMAL, delay: float = 0) -> None:
        """Have an event of SimPy's happen after a delay."""
        heappush(self.entries, (self.time + delay, priority, self.number(), self._fire, event))

    def peek(self) -> float:
        """When the next entry is due; infinite where there is none."""
        return self.entries[0][0] if self.entries else float("inf")

    def step(self) -> None:
        """Do what comes next, be it a call or an event of SimPy's. Raises simpy.core.EmptySchedule at the end."""
        if not self.entries:
            raise EmptySchedule
        item = heappop(self.entries)
        self.time = item[0]
        more = item[3](item)
        if more is not None:
            heappush(self.entries, more)

    def run_to(self, until: float) -> None:
        """Run up to a time. As with SimPy's `run`, nothing happens any more at that time itself."""
        heappush(self.entries, (until, _BEFORE, self.number(), self._end, None))
        entries = self.entries
        # papers are kept and make no circles of references: looking through them all over and over finds nothing
        collecting = gc.isenabled()
        gc.disable()
        try:
            item = heappop(entries)
            while True:
                self.time = item[0]
                more = item[3](item)
                item = heappop(entries) if more is None else heappushpop(entries, more)
        except _EndError:
            return
        finally:
            if collecting:
                gc.enable()

    def _end(self, _: Item) -> None:
        raise _EndError

    def _fire(self, item: Item) -> None:
        """What SimPy does with an event: its callbacks, and a failure that nobody has dealt with is raised."""
        event: Event = item[4]
        callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
        for callback in callbacks:
            callback(event)
        if not event._ok and not event.defused:
            raise event._value
