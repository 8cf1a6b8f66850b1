"""How long an office takes to settle, by MSER-5.

MSER-5 (White 1997, "An effective truncation heuristic for bias reduction in simulation output") leaves out the first d
of n means of five, where d minimises the squared standard error of the mean of the rest,

    z(d) = sum of (Y_i - mean of the rest)^2 over i > d, over (n - d)^2,

and looks at d up to half of n only: where the least lies there, the series has not settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

BATCH = 5
"""Observations a mean; of working days, a week."""
SHORTEST = 2 * BATCH * BATCH
"""Observations that a series must have for anything to be said of it."""


def mser5(series: Sequence[float]) -> int | None:
    """How many observations to leave out at the start; None where the series has not settled or is too short."""
    means = [fmean(series[i : i + BATCH]) for i in range(0, len(series) - BATCH + 1, BATCH)]
    n = len(means)
    if len(series) < SHORTEST:
        return None
    best, least = 0, float("inf")
    total = squares = 0.0
    for d in range(n - 1, -1, -1):  # sums of the rest, from the end
        total += means[d]
        squares += means[d] * means[d]
        left = n - d
        error = max(squares - total * total / left, 0.0) / (left * left)
        if d <= n // 2 and error <= least:
            best, least = d, error
    return None if best == n // 2 else best * BATCH


def differs(series: Sequence[float], warm: int, cut: int) -> bool:
    """Whether what comes from `warm` to `cut` lies off what comes after: by three standard errors of batch means.

    MSER-5 cuts away what happens to lie high or low as well; that alone is no reason to speak of a transient.
    """
    part, rest = series[warm:cut], series[cut:]
    means = [fmean(rest[i : i + BATCH]) for i in range(0, len(rest) - BATCH + 1, BATCH)]
    if not part or len(means) < 2:
        return False
    error = stdev(means) * sqrt(BATCH / len(part) + 1 / len(means))
    return abs(fmean(part) - fmean(rest)) > 3 * error


def averaged(series: Sequence[Sequence[float]]) -> list[float]:
    """The mean of several replications at each time, up to the end of the shortest (Welch 1983)."""
    return [fmean(at) for at in zip(*series, strict=False)]
