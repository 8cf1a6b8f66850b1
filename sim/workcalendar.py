"""Working time, calendar time and periods on one axis.

The axis counts minutes (float) from the midnight at which `first` begins. Working minutes are those inside the
sessions of working days. Working days, calendar days, weeks, months and hours are different units, counted as the
Civil Code says: the first day is left out (art. 201), months end on the day of the same number or, where there is
none, on the last (art. 202), a period that ends on a day off ends on the next working day, and it ends when the
office closes (art. 203). Hours run from the very moment (art. 201) and over days off.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from sim.holidays import DayRule

DAY = 1440
YEAR_DAYS = 365
UNITS = ("working_day", "calendar_day", "hour", "week", "month")
MARGIN_DAYS = 400
"""How far beyond the last day the table reaches, for periods that end after it."""

PUBLISHED = DayRule()

Session = tuple[int, int]


@dataclass(frozen=True)
class WorkCalendar:
    """A table of working time. `sessions` are minutes of the day, in order and disjoint, lunch being a hole.

    `days` is how many days are wanted; the table reaches MARGIN_DAYS further. Times outside it are counted as
    if its last working day had been repeated without end.
    """

    first: date
    days: int
    sessions: tuple[Session, ...] = ((510, 720), (840, 1050))
    rule: DayRule = PUBLISHED

    @staticmethod
    def always(days: int, first: date = date(2024, 1, 1)) -> WorkCalendar:
        """Work around the clock, every day: the axis of queueing theory."""
        return WorkCalendar(first, days, ((0, DAY),), DayRule(every_day=True))

    @cached_property
    def minutes_a_day(self) -> int:
        """Working minutes of one working day."""
        return sum(end - start for start, end in self.sessions)

    @cached_property
    def _working(self) -> tuple[bool, ...]:
        total = self.days + MARGIN_DAYS
        # the margin may run into a year without data, which is no reason to refuse the years asked for
        lenient = DayRule("weekdays", self.rule.every_day)
        return tuple(
            (self.rule if d < self.days else lenient).working(self.first + timedelta(days=d)) for d in range(total)
        )

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """How many working days there are before each day; one entry more than days."""
        found, count = [0], 0
        for working in self._working:
            count += working
            found.append(count)
        return tuple(found)

    @cached_property
    def _worked_days(self) -> tuple[int, ...]:
        """The day numbers of the working days, in order."""
        return tuple(d for d, working in enumerate(self._working) if working)

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        """Working minutes of the day before each session begins."""
        found, total = [], 0
        for start, end in self.sessions:
            found.append(total)
            total += end - start
        return tuple(found)

    # days

    def is_working(self, day: int) -> bool:
        """Whether the day of that number (from 0) is a working day."""
        return self._working[day]

    def date(self, time: float) -> date:
        """The date on which a time falls."""
        return self.first + timedelta(days=int(time // DAY))

    def moment(self, time: float) -> datetime:
        """A time as date and time of day, to the second."""
        whole = datetime(self.first.year, self.first.month, self.first.day)
        return whole + timedelta(seconds=round(time * 60))

    def day_of(self, day: date) -> int:
        """The number of a date."""
        return (day - self.first).days

    def next_working_day(self, day: int) -> int:
        """The first working day that is not before `day`."""
        found = bisect_left(self._worked_days, day)
        return self._worked_days[found] if found < len(self._worked_days) else day

    def opening(self, day: int) -> float:
        """When the office opens on that day."""
        return day * DAY + self.sessions[0][0]

    def closing(self, day: int) -> float:
        """When the office closes on that day."""
        return day * DAY + self.sessions[-1][1]

    def working_days_between(self, start: float, end: float) -> int:
        """Working days after the day of `start`, up to and with the day of `end`."""
        last = len(self._before) - 2
        first, final = (min(int(t // DAY), last) for t in (start, end))
        return self._before[final + 1] - self._before[first + 1]

    # working minutes

    def worked(self, time: float) -> float:
        """Working minutes from the beginning of the axis to `time`."""
        day = int(time // DAY)
        if day >= len(self._working):
            over = day - len(self._working)
            return float((self._before[-1] + over) * self.minutes_a_day)
        total = self._before[day] * self.minutes_a_day
        if not self._working[day]:
            return float(total)
        clock = time - day * DAY
        for (start, end), offset in zip(reversed(self.sessions), reversed(self._offsets), strict=True):
            if clock > start:
                return total + offset + min(clock, end) - start
        return float(total)

    def reached(self, minutes: float) -> float:
        """The earliest time at which so many working minutes have passed. Inverse of `worked`."""
        if minutes <= 0:
            return 0.0
        number, rest = divmod(minutes, self.minutes_a_day)
        number = int(number)
        if rest == 0:  # the end of a day, not the beginning of the next
            number, rest = number - 1, float(self.minutes_a_day)
        session = bisect_left(self._offsets, rest) - 1
        clock = self.sessions[session][0] + rest - self._offsets[session]
        days = self._worked_days
        day = days[number] if number < len(days) else len(self._working) + number - len(days)
        return day * DAY + clock

    @property
    def continuous(self) -> bool:
        """Whether every minute is a working minute, so that working time is time."""
        return self.rule.every_day and self.sessions == ((0, DAY),)

    @cached_property
    def quick_worked(self) -> Callable[[float], float]:
        """`worked` from tables, for times on the axis; the same numbers, faster."""
        if self.continuous:
            return float
        ends = tuple(zip(reversed(self.sessions), reversed(self._offsets), strict=True))
        day_minutes, limit = self.minutes_a_day, len(self._working)
        base = tuple(b * day_minutes for b in self._before)
        working = self._working

        def worked(time: float) -> float:
            day = int(time // DAY)
            if day >= limit:
                return self.worked(time)
            total = base[day]
            if working[day]:
                clock = time - day * DAY
                for (start, end), offset in ends:
                    if clock > start:
                        return total + offset + (clock if clock < end else end) - start
            return float(total)

        return worked

    @cached_property
    def quick_reached(self) -> Callable[[float], float]:
        """`reached` from tables; the same numbers, faster."""
        if self.continuous:
            return float
        days, day_minutes = self._worked_days, self.minutes_a_day
        limit = len(days)
        starts = tuple((offset, start) for (start, _), offset in zip(self.sessions, self._offsets, strict=True))
        starts = starts[::-1]

        def reached(minutes: float) -> float:
            number = int(minutes // day_minutes)
            rest = minutes % day_minutes
            if rest == 0 or number >= limit:
                return self.reached(minutes)
            for offset, start in starts:
                if rest > offset:
                    return days[number] * DAY + (start + rest - offset)
            return self.reached(minutes)

        return reached

    def after(self, time: float, minutes: float) -> float:
        """When work of so many working minutes that begins at `time` is done; `time` itself if there is none."""
        return self.reached(self.worked(time) + minutes) if minutes > 0 else time

    def open_at(self, time: float) -> float:
        """The earliest time, not before `time`, that is inside a session."""
        day = int(time // DAY)
        if day < len(self._working) and self._working[day]:
            clock = time - day * DAY
            for start, end in self.sessions:
                if clock < end:
                    return day * DAY + max(clock, start)
        return self.opening(self.next_working_day(day + 1))

    # periods

    def due(self, time: float, amount: int, unit: str) -> float:
        """When a period that begins at `time` has run out. Raises KeyError for an unknown unit.

        Working days end at closing time of the last one. Calendar days, weeks and months end at closing time of
        their last day, or of the next working day where that is a day off. Hours end to the minute.
        """
        if unit == "hour":
            return time + amount * 60
        return self.closing(self._last_day(time, amount, unit))

    def earliest(self, time: float, amount: int, unit: str) -> float:
        """When a floor is kept: from the beginning of the last day of the period on (as `model.worktime.add`)."""
        if amount == 0:
            return time
        if unit == "hour":
            return time + amount * 60
        return float(self._last_day(time, amount, unit, roll=False) * DAY)

    def _last_day(self, time: float, amount: int, unit: str, roll: bool = True) -> int:
        day = int(time // DAY)
        if unit == "working_day":
            index = bisect_right(self._worked_days, day) + amount - 1
            if index < 0:
                return day
            over = index - len(self._worked_days) + 1
            return self._worked_days[index] if over <= 0 else len(self._working) - 1 + over
        if unit == "month":
            last = self.day_of(add_months(self.first + timedelta(days=day), amount))
        else:
            last = day + amount * {"calendar_day": 1, "week": 7}[unit]
        return self.next_working_day(last) if roll else last


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last of that month (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def check_sessions(sessions: Sequence[Session]) -> bool:
    """Whether sessions are in order, disjoint, not empty, and inside one day."""
    edges = [edge for session in sessions for edge in session]
    return bool(edges) and edges == sorted(set(edges)) and edges[0] >= 0 and edges[-1] <= DAY
