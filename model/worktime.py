"""Working days, calendar days, hours and months on one axis.

The axis counts whole hours from the midnight before day 0, whose weekday (0 Monday .. 6 Sunday) is
given. Weeks are regular: public holidays only lengthen what is found here, so a deadline that fails
on this calendar fails on the real one. The day an event falls on does not count
(Civil Code art. 201: the day on which a period starts is left out).
"""

from __future__ import annotations

HOURS = 24
WEEK = 7
MONTH_FLOOR, MONTH_CEILING = 28, 31
"""Days: a month is taken at its shortest where it delays and at its longest where it limits."""


def working_days(day: int, weekday: int) -> int:
    """How many working days there are in days 1..day, where day 0 is a `weekday`."""
    weeks, rest = divmod(day, 7)
    return 5 * weeks + sum((weekday + d) % 7 < 5 for d in range(1, rest + 1))


def add(time: int, amount: int, unit: str, weekday: int) -> int:
    """The earliest time that is `amount` `unit`s after `time`. Raises KeyError for an unknown unit."""
    if amount == 0:
        return time
    if unit == "hour":
        return time + amount
    day = time // HOURS
    if unit == "working_day":
        due = working_days(day, weekday) + amount
        while working_days(day, weekday) < due:
            day += 1
        return day * HOURS
    days = {"calendar_day": 1, "week": WEEK, "month": MONTH_FLOOR}[unit]
    return (day + amount * days) * HOURS


def elapsed(start: int, end: int, unit: str, weekday: int) -> int:
    """Whole `unit`s from `start` to `end` as a ceiling counts them (rounded up, months at their longest)."""
    if unit == "hour":
        return end - start
    first, last = start // HOURS, end // HOURS
    if unit == "working_day":
        return working_days(last, weekday) - working_days(first, weekday)
    if unit == "month":
        return -((first - last) // MONTH_CEILING)
    if unit == "week":
        return -((first - last) // WEEK)
    return last - first
