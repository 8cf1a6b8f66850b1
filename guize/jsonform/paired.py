"""The documents of comparisons of simulations: `guize simulate --against --json` and `guize sweep --json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guize.jsonform.simulation import estimate
from sim.comparison import Difference, Point, Sensitivity
from sim.replications import Experiment


def against(other: Experiment, pairs: Iterable[Difference]) -> dict[str, Any]:
    """The other side, and each measure in both with the interval of the paired difference."""
    return {
        "instrument": other.rules.title.id,
        "scenario": other.scenario.id,
        "differences": [difference(d) for d in pairs],
    }


def difference(d: Difference) -> dict[str, Any]:
    """One measure; `difference` is the other less the one."""
    return {
        "measure": d.measure,
        "tier": d.tier,
        "one": estimate(d.one),
        "other": estimate(d.other),
        "difference": estimate(d.difference),
        "certain": d.certain,
    }


def _head(experiment: Experiment) -> dict[str, Any]:
    return {
        "instrument": experiment.rules.title.id,
        "scenario": experiment.scenario.id,
        "days": experiment.days,
        "replications": experiment.replications,
        "seed": experiment.seed,
    }


def sweep(experiment: Experiment, key: str, value: float, points: Iterable[Point]) -> dict[str, Any]:
    """The document of `guize sweep --vary --json`."""
    return {
        **_head(experiment),
        "key": key,
        "value": value,
        "points": [{"value": p.value, "differences": [difference(d) for d in p.differences]} for p in points],
    }


def sensitivity(experiment: Experiment, share: float, ranking: Iterable[Sensitivity]) -> dict[str, Any]:
    """The document of `guize sweep --sensitivity --json`."""
    return {
        **_head(experiment),
        "share": share,
        "measure": "on_time",
        "ranking": [
            {
                "key": s.name,
                "value": s.value,
                "low": s.low,
                "high": s.high,
                "at_low": difference(s.effects[0]),
                "at_high": difference(s.effects[1]),
                "swing": s.swing,
            }
            for s in ranking
        ],
    }
