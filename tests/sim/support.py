"""A rule set of one route between clerks, and scenarios whose every number a test chooses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import specs
from model.loading import load
from model.norms import Norm
from model.ruleset import RuleSet
from model.vocabulary import Body, Label
from sim.distributions import Distribution
from sim.loading import load_scenario
from sim.office import Office
from sim.scenario import Flow, Handling, Scenario
from sim.workcalendar import DAY
from tests.model.support import BODIES, label, power, route, rule_set, step

YEAR = 365 * DAY
UNITS = ("bureau", "hall", "court")


def rules(*norms: Norm) -> RuleSet:
    """The small rule set of the model tests, with some more units of clerks."""
    for unit in UNITS:
        BODIES.setdefault(unit, Body(unit, label(unit), "unit"))
    return rule_set(*norms)


def line(*actors: str) -> RuleSet:
    """A route of one step an actor, in order."""
    steps = [step("r", f"s{i}", "check", a, after=(f"s{i - 1}",) if i else ()) for i, a in enumerate(actors)]
    return rules(route("r", *steps))


def one(actor: str, **more: object) -> RuleSet:
    """One power to check every paper."""
    return rules(power("p", "check", actor, **more))


def always(
    *flows: tuple[str, float], minutes: Sequence[Handling] = (), staff: int = 1, warm: int = 50, **more: object
) -> Scenario:  # fmt: skip
    """Work around the clock. Flows are (tier, papers a minute), the most urgent first."""
    tiers = tuple(t for t, _ in flows)
    made = tuple(Flow(t, Label(t, t), {}, rate * YEAR, ((t, 1.0),)) for t, rate in flows)
    return Scenario(
        "test", Label("试", "test"), made, every_day=True, unknown_years="weekdays", warm_up_days=warm, tiers=tiers,
        staff={"every": staff}, handling=tuple(minutes), sessions=((0, DAY),), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def takes(mean: float, kind: str = "exponential", by: str = "every", cv: float = 1.0) -> Handling:
    return Handling("every", by, Distribution(kind, mean, cv))


def sojourns(office: Office, tier: str | None = None) -> list[float]:
    """Minutes in the office of the papers that came after the warm-up and are done."""
    return [
        d.finished - d.arrived
        for d in office.dockets
        if d.finished is not None and d.arrived >= office.warm_time and tier in (None, d.tier)
    ]


def bundled(name: str) -> RuleSet:
    return load(specs.ROOT / name, specs.ROOT)


def scenario(name: str, of: RuleSet) -> Scenario:
    """The bundled scenario of a bundled instrument, or the general one."""
    own: Path = specs.ROOT / name / "scenario.yaml"
    if own.is_file():
        return load_scenario(own, of, specs.ROOT)
    return load_scenario(specs.ROOT / specs.BACKGROUND / "scenario.yaml", of, specs.ROOT, general=True)


def balanced(office: Office) -> bool:
    """Papers in are papers out, under way and stalled, and the counters agree with the papers themselves."""
    t = office.tally
    finished = sum(d.finished is not None for d in office.dockets)
    stalled = sum(bool(d.waiting) for d in office.dockets)
    return t.balanced and (len(office.dockets), finished, stalled) == (t.arrived, t.finished, t.stalled)
