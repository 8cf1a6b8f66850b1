"""Durations as distributions, drawn by inversion so that one uniform number gives one duration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
KINDS = ("constant", "exponential", "lognormal", "uniform")
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Distribution:
    """A non-negative duration by its mean and, for `lognormal`, its coefficient of variation `cv`.

    `uniform` is from 0 to twice the mean. The unit is that of the mean.
    """

    kind: str = "constant"
    mean: float = 0.0
    cv: float = 1.0

    def sampler(self) -> Callable[[float], float]:
        """The quantile function. Raises ValueError for an unknown kind."""
        mean = self.mean
        if self.kind == "constant" or mean == 0 or (self.kind == "lognormal" and self.cv == 0):
            return lambda u: mean
        if self.kind == "exponential":
            return lambda u: -mean * log1p(-u)
        if self.kind == "uniform":
            return lambda u: 2 * mean * u
        if self.kind == "lognormal":
            variance = log1p(self.cv**2)
            mu, sigma, inverse = log(mean) - variance / 2, sqrt(variance), _NORMAL.inv_cdf
            return lambda u: exp(mu + sigma * inverse(u))
        raise ValueError(self.kind)


def choice(weights: Sequence[tuple[T, float]], u: float) -> T:
    """The item that `u` falls on when the unit interval is cut by the weights, which add up to 1."""
    total = 0.0
    for item, weight in weights:
        total += weight
        if u < total:
            return item
    return weights[-1][0]
