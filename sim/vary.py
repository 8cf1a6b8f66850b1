"""The numbers of a scenario by name, so that they can be varied: `staff.office`, `handling.sign`, `volume`.

A knob is one number, or one factor on several that belong together. Whole numbers stay whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sim import messages as say
from sim.errors import SimulationError
from sim.scenario import EVERY, Scenario


@dataclass(frozen=True)
class Knob:
    """A number that can be varied: its value, what may be put there, and the scenario with another one."""

    name: str
    value: float
    put: Callable[[float], Scenario]
    whole: bool = False
    least: float = 0.0
    most: float = float("inf")

    def at(self, value: float) -> Scenario:
        """The scenario with that value. Raises SimulationError where it makes no sense."""
        if not self.least <= value <= self.most or (self.whole and value != int(value)):
            raise SimulationError(say.NO_SUCH_VALUE(key=self.name, value=f"{value:g}"))
        return self.put(value)

    def moved(self, share: float) -> float:
        """The value a share up or down; whole numbers move by at least one, within what may be put there."""
        value = self.value * (1 + share)
        if self.whole:
            step = max(round(abs(self.value * share)), 1)
            value = self.value + (step if share > 0 else -step)
        return min(max(value, self.least), self.most)


def knobs(scenario: Scenario) -> dict[str, Knob]:
    """Every number of the scenario that can be varied, by name."""
    return {k.name: k for k in (*_papers(scenario), *_people(scenario), *_habits(scenario), *_meetings(scenario))}


def knob(scenario: Scenario, name: str) -> Knob:
    """The knob of that name. Raises SimulationError with the nearest name."""
    from model.errors import nearest  # noqa: PLC0415 - only where something went wrong

    found = knobs(scenario)
    if name not in found:
        raise SimulationError(say.NO_KNOB(key=name, near=nearest(name, list(found)) or ", ".join(found)))
    return found[name]


def _papers(s: Scenario) -> Iterable[Knob]:
    def volume(factor: float) -> Scenario:
        return replace(s, flows=tuple(replace(f, per_year=f.per_year * factor) for f in s.flows))

    yield Knob("volume", 1.0, volume)
    for i, flow in enumerate(s.flows):

        def rate(value: float, i: int = i) -> Scenario:
            return replace(s, flows=(*s.flows[:i], replace(s.flows[i], per_year=value), *s.flows[i + 1 :]))

        yield Knob(f"flows.{flow.id}", flow.per_year, rate)


def _people(s: Scenario) -> Iterable[Knob]:
    for name, number in s.staff.items():
        yield Knob(f"staff.{name}", number, _entry(s, "staff", name, whole=True), True, 1)
    for name, number in s.holders.items():
        yield Knob(f"holders.{name}", number, _entry(s, "holders", name, whole=True), True)
    for cause in dict.fromkeys(a.state for a in s.absences if a.per_year):

        def often(factor: float, cause: str = cause) -> Scenario:
            plans = (replace(a, per_year=a.per_year * factor) if a.state == cause else a for a in s.absences)
            return replace(s, absences=tuple(plans))

        yield Knob(f"absences.{cause}", 1.0, often)
    yield Knob("delegation", s.delegation, lambda v: replace(s, delegation=v), most=1)
    yield Knob("exclusions_in_principle", s.keeps_exclusions, lambda v: replace(s, keeps_exclusions=v), most=1)


def _habits(s: Scenario) -> Iterable[Knob]:
    for i, item in enumerate(s.handling):
        name = item.act if item.by == EVERY else f"{item.act}.{item.by}"

        def long(value: float, i: int = i) -> Scenario:
            item = s.handling[i]
            made = replace(item, minutes=replace(item.minutes, mean=value))
            return replace(s, handling=(*s.handling[:i], made, *s.handling[i + 1 :]))

        yield Knob(f"handling.{name}", item.minutes.mean, long)
    for section, shares in (("returns", s.returns), ("optional", s.optional)):
        for act, share in shares.items():
            yield Knob(f"{section}.{act}", share, _entry(s, section, act), most=1)
    c = s.consultation
    if c.acts:
        reply = c.reply_days
        yield Knob(
            "consultation.reply_days", reply.mean,
            lambda v: replace(s, consultation=replace(c, reply_days=replace(reply, mean=v))),
        )  # fmt: skip
        yield Knob("consultation.silent", c.silent, lambda v: replace(s, consultation=replace(c, silent=v)), most=1)
    for tier, (amount, unit) in s.due.items():

        def limit(value: float, tier: str = tier, unit: str = unit) -> Scenario:
            return replace(s, due={**s.due, tier: (int(value), unit)})

        yield Knob(f"due.{tier}", amount, limit, True, 1)


def _meetings(s: Scenario) -> Iterable[Knob]:
    for i, plan in enumerate(s.meetings):
        for what, least in (("every", 1), ("lead_days", 0), ("capacity", 1)):

            def put(value: float, i: int = i, what: str = what) -> Scenario:
                made = replace(s.meetings[i], **{what: int(value)})
                return replace(s, meetings=(*s.meetings[:i], made, *s.meetings[i + 1 :]))

            yield Knob(f"meetings.{plan.body}.{what}", getattr(plan, what), put, True, least)


def _entry(s: Scenario, section: str, name: str, whole: bool = False) -> Callable[[float], Scenario]:
    table: Mapping[str, float] = getattr(s, section)
    return lambda value: replace(s, **{section: {**table, name: int(value) if whole else value}})
