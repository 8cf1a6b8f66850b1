"""Meetings and periodic steps: gates that open at their cadence, with a cut-off and a capacity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import count

from sim.papers import Docket
from sim.workcalendar import DAY, WorkCalendar, add_months

_DAYS = {"calendar_day": 1, "week": 7}


def opening_times(
    calendar: WorkCalendar, every: int, unit: str, weekday: int, minute: int, day: int = 0
) -> Iterator[float]:  # fmt: skip
    """When a gate opens, within the days of the calendar; on the next working day where a day is off.

    `weekday` (0 Monday) is where periods of days and weeks begin, and which day of the month monthly ones fall on,
    its first of that name; `day` is the day of the month instead, if not 0.
    """
    numbers = _days(calendar, every, unit, weekday, day)
    last = -1
    for number in numbers:
        open_day = calendar.next_working_day(number)
        if open_day > last and open_day < calendar.days:
            last = open_day
            yield float(open_day * DAY + minute)


def _days(calendar: WorkCalendar, every: int, unit: str, weekday: int, day: int) -> Iterator[int]:
    if unit == "month":
        first = calendar.first.replace(day=1)
        for step in count(0, every):
            month = add_months(first, step)
            offset = day - 1 if day else (weekday - month.weekday()) % 7
            number = calendar.day_of(month) + offset
            if number >= calendar.days:
                return
            if number >= 0:
                yield number
    elif unit in _DAYS:
        yield from range((weekday - calendar.first.weekday()) % 7, calendar.days, every * _DAYS[unit])
    else:
        working = [d for d in range(calendar.days) if calendar.is_working(d)]
        yield from working[:: every if unit == "working_day" else 1]


Entry = tuple[int, int, float, Docket, int]
"""Rank, serial number, time of coming, paper, node."""


@dataclass
class Agenda:
    """Papers that wait for a meeting, by urgency and arrival. `capacity` items a meeting; `lead_days` the cut-off."""

    body: str
    capacity: int
    lead_days: int
    minutes: float
    wait_for_minutes: bool
    queue: list[Entry] = field(default_factory=list)
    serial: int = 0
    held: int = 0
    empty: int = 0
    cancelled: int = 0
    items: int = 0
    days: list[int] = field(default_factory=list)
    """The days on which it was held."""

    def add(self, docket: Docket, node: int, now: float) -> None:
        self.serial += 1
        heappush(self.queue, (docket.rank, self.serial, now, docket, node))

    def take(self, cut_off: float) -> list[Entry]:
        """The items of a meeting: those that came by the cut-off, the most urgent first, up to the capacity."""
        taken: list[Entry] = []
        kept: list[Entry] = []
        while self.queue and len(taken) < self.capacity:
            entry = heappop(self.queue)
            if entry[2] <= cut_off:
                taken.append(entry)
            else:
                kept.append(entry)
        for entry in kept:
            heappush(self.queue, entry)
        return taken

    @property
    def offered(self) -> float:
        """Items that came over items that there was room for."""
        room = (self.held + self.cancelled + self.empty) * self.capacity
        return self.serial / room if room else 0.0

    def put_back(self, entry: Entry) -> None:
        """An item that could not be dealt with keeps its place."""
        heappush(self.queue, entry)

    def has(self, docket: Docket, node: int) -> bool:
        """Whether the item is on the agenda."""
        return any(e[3] is docket and e[4] == node for e in self.queue)

    def move_up(self, docket: Docket) -> None:
        """The items of a paper take the place of its present rank; among its like they keep that of their coming."""
        if any(e[3] is docket for e in self.queue):
            self.queue = [(docket.rank, *e[1:]) if e[3] is docket else e for e in self.queue]
            heapify(self.queue)

    def drop(self, docket: Docket, node: int) -> None:
        """Take an item off the agenda."""
        kept = [e for e in self.queue if not (e[3] is docket and e[4] == node)]
        if len(kept) != len(self.queue):
            self.queue.clear()
            for entry in kept:
                heappush(self.queue, entry)


def cut_off(calendar: WorkCalendar, opening: float, lead_days: int) -> float:
    """Until when an item must have come: closing time of the working day `lead_days` working days before."""
    if lead_days == 0:
        return opening
    day, left = int(opening // DAY), lead_days
    while day > 0 and left:
        day -= 1
        left -= calendar.is_working(day)
    return calendar.closing(day)
