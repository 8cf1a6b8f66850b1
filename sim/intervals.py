"""Means over independent replications, with confidence intervals by Student's t."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, lgamma, log, sqrt
from statistics import fmean, stdev

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` replications; `half` is half the width of the interval, None where n < 2."""

    mean: float
    half: float | None
    n: int

    @property
    def low(self) -> float | None:
        return None if self.half is None else self.mean - self.half

    @property
    def high(self) -> float | None:
        return None if self.half is None else self.mean + self.half

    @property
    def relative(self) -> float:
        """Half width over the mean, in absolute value; infinite where it cannot be had."""
        if self.half is None:
            return inf
        return 0.0 if self.half == 0 else (self.half / abs(self.mean) if self.mean else inf)


def estimate(values: Iterable[float | None], level: float = LEVEL) -> Estimate | None:
    """The mean of the values that are there, with its interval; None where there is none."""
    kept = [v for v in values if v is not None]
    if not kept:
        return None
    if len(kept) == 1:
        return Estimate(kept[0], None, 1)
    half = student_t(len(kept) - 1, level) * stdev(kept) / sqrt(len(kept))
    return Estimate(fmean(kept), half, len(kept))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the ordered values lies, between neighbours by straight line."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@lru_cache
def student_t(freedom: int, level: float) -> float:
    """The t that a share `level` of Student's distribution lies within, from -t to t. `freedom` at least 1."""
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        inside = 1 - _beta(freedom / (freedom + middle * middle), freedom / 2, 0.5)
        low, high = (middle, high) if inside < level else (low, middle)
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    total = d
    for m in range(1, 400):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / (1 + term * d or tiny), (1 + term / c) or tiny
            total *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * total
