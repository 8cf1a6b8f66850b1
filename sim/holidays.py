"""Which days are working days in China: the State Council's yearly notices where known, a stated rule elsewhere."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

WEEKDAYS, REFUSE = "weekdays", "refuse"
UNKNOWN_YEAR_RULES = (REFUSE, WEEKDAYS)

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Statutory holidays with a fixed solar date (Measures for Holidays on Annual Festivals and Memorial Days, 2024)."""


class UnknownYearError(LookupError):
    """The library has no notice for a year, and the scenario refuses to go on without one."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True)
class DayRule:
    """Tells working days from days off.

    With `every_day` all days are working days (for comparison with queueing theory). Otherwise the library
    `chinesecalendar` is asked, which has public holidays and make-up working days by year. For a year it does
    not know, `unknown_years` says what happens: `refuse` raises UnknownYearError; `weekdays` takes Monday to Friday
    less the holidays of fixed solar date, without lunar holidays and without make-up days.
    """

    unknown_years: str = REFUSE
    every_day: bool = False

    def working(self, day: date) -> bool:
        """Whether `day` is a working day. Raises UnknownYearError as said above."""
        if self.every_day:
            return True
        try:
            return bool(_library()(day))
        except NotImplementedError:
            if self.unknown_years == REFUSE:
                raise UnknownYearError(day.year) from None
            return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


def known_year(year: int) -> bool:
    """Whether the library has the holidays and make-up days of the year."""
    try:
        _library()(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _library() -> Callable[[date], Any]:
    """The one question asked of chinesecalendar; the package has no type information."""
    module: Any = importlib.import_module("chinese_calendar")
    return module.is_workday
