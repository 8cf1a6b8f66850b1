"""The documents of comparisons of simulations: `guize simulate --against`, `compare --simulate`, `sweep`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from guize.jsonform.simulation import estimate
from sim.comparison import Difference, Point, Sensitivity, differences
from sim.intervals import LEVEL
from sim.replications import Experiment
from sim.report import Report
from sim.screening import Kind, Screening
from sim.search import Search, Tried

if TYPE_CHECKING:
    from guize.mending import Effect
    from model.ruleset import RuleSet


def against(other: Experiment, pairs: Iterable[Difference]) -> dict[str, Any]:
    """The other side, and each measure in both with the interval of the paired difference."""
    return {
        "instrument": other.rules.title.id,
        "scenario": other.scenario.id,
        "differences": [difference(d) for d in pairs],
    }


def side_by_side(sides: Sequence[tuple[str, Report]], interrupted: bool) -> dict[str, Any]:
    """The document of `guize compare --simulate --json`: each side, and each measure against the first side."""
    first = sides[0][1].run
    return {
        "days": first.experiment.days,
        "replications": first.experiment.replications,
        "seed": first.experiment.seed,
        "confidence": LEVEL,
        "interrupted": interrupted,
        "sides": [
            {
                "name": name,
                "instrument": found.run.experiment.rules.title.id,
                "scenario": found.run.experiment.scenario.id,
                "replications": len(found.run.outcomes),
                "overloaded": list(found.overloaded),
                "notes": [{"zh": n.zh, "en": n.en} for n in found.notes],
                "differences": [difference(d) for d in differences(first, found.run)] if place else [],
            }
            for place, (name, found) in enumerate(sides)
        ],
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


def effects(rules: RuleSet, found: Iterable[Effect]) -> list[dict[str, Any]]:
    """What repairs save: of the findings, the repair as `audit --repairs` has it, and each measure before and after."""
    from guize.jsonform.repair import repair  # noqa: PLC0415 - loads the solver

    return [
        {
            "findings": [f.id for f in e.findings],
            "repair": repair(rules, e.repair),
            "differences": [difference(d) for d in e.differences],
        }
        for e in found
    ]


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


def search(experiment: Experiment, found: Search) -> dict[str, Any]:
    """The document of `guize sweep --reach --json`. `found` are places in `tried`; -1 is the office as it is."""
    places = {id(t): i for i, t in enumerate(found.tried)}
    return {
        **_head(experiment),
        "confidence": LEVEL,
        "target": found.target,
        "most": found.most,
        "interrupted": found.interrupted,
        "idle": list(found.idle),
        "left": {str(size): number for size, number in found.left.items()},
        "now": _tried(found.base),
        "tried": [_tried(t) for t in found.tried],
        "found": [places.get(id(t), -1) for t in found.found],
    }


def _tried(tried: Tried) -> dict[str, Any]:
    return {
        "size": tried.size,
        "changes": [
            {"kind": m.ladder.kind, "key": m.ladder.name, "about": m.ladder.about, "from": m.ladder.now, "to": m.value}
            for m in tried.moves
        ],
        "reached": tried.reached,
        "replications": len(tried.run.outcomes),
        "on_time": {tier: estimate(rate) for tier, rate in tried.rates.items()},
        "differences": [difference(d) for d in tried.differences],
    }


def sensitivity(experiment: Experiment, share: float, ranking: Iterable[Sensitivity]) -> dict[str, Any]:
    """The document of `guize sweep --sensitivity --json`."""
    return {
        **_head(experiment),
        "share": share,
        "measure": "on_time",
        "ranking": [{"key": s.name, "value": s.value, "low": s.low, "high": s.high, **_swing(s)} for s in ranking],
    }


def screening(found: Screening) -> dict[str, Any]:
    """The document of `guize sweep --sensitivity --screened --json`."""
    return {
        **sensitivity(found.base.experiment, found.share, found.numbers),
        "kinds": [{"kind": k.name, "keys": list(k.numbers), **_swing(k)} for k in found.kinds],
    }


def _swing(found: Sensitivity | Kind) -> dict[str, Any]:
    low, high = found.effects
    return {"at_low": difference(low), "at_high": difference(high), "swing": found.swing}
