"""The shape of scenario files: what keys there are and what type each value has (pydantic).

Names are plain strings here; `sim.loading` resolves them against a rule set.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from model.schema import Ident, Names, Shape
from sim.distributions import KINDS

_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")


def _number(value: Any) -> Any:
    """YAML texts keep decimals as they are written; whole numbers and decimals are numbers here."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1e9)]
Share = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Some = Annotated[int, Field(ge=1, le=10_000)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Value = Annotated[str, BeforeValidator(lambda v: str(v).lower() if isinstance(v, bool | int) else v)]
Kind = Literal["constant", "exponential", "lognormal", "uniform"]
Unit = Literal["working_day", "calendar_day", "hour", "week", "month"]

assert set(Kind.__args__) == set(KINDS)


class Grounded(Shape):
    """Numbers with where they come from: exactly one of the two, an id in `grounds`."""

    source: str = ""
    assumption: str = ""


class Length(Grounded):
    distribution: Kind = "lognormal"
    cv: Number = 1.0


class HeadShape(Shape):
    id: Ident
    title: Names
    uses: Ident | None = None
    first_day: str | None = None


class GroundShape(Names):
    kind: Literal["source", "assumption"]


class HoursShape(Grounded):
    sessions: list[list[Clock]]
    unknown_years: Literal["refuse", "weekdays"] = "refuse"


class WarmUpShape(Grounded):
    days: Count


class VolumeShape(Grounded):
    factor: Number


class HoldersShape(Grounded):
    number: Count


class StaffShape(Grounded):
    number: Some


class SimultaneousShape(Grounded):
    number: Annotated[int, Field(ge=1, le=100)]


class PrioritiesShape(Grounded):
    order: list[str]
    preemption: bool = False


class OrderShape(Grounded):
    acts: list[str]


class SeasonShape(Grounded):
    months: Annotated[list[Number], Field(min_length=12, max_length=12)]


class FlowShape(Grounded, Names):
    id: Ident
    paper: dict[str, Value]
    per_year: Number
    tiers: dict[str, Share]
    mix: Annotated[dict[str, dict[Value, Share]], Field(default_factory=dict)]
    crossing: Share = 0.0
    season: str = ""


class HandlingShape(Length):
    act: str = "every"
    by: str = "every"
    minutes: Number | None = None
    days: Number | None = None


class AbsenceShape(Length):
    office: str = "every"
    official: str = ""
    cause: str
    per_year: Number | None = None
    days: Number | None = None
    from_: Annotated[str, Field(alias="from")] = ""
    to: str = ""


class DelegationShape(Grounded):
    given: Share


class ActShareShape(Grounded):
    act: str = "every"
    share: Share


class ConsultationShape(Grounded):
    acts: list[str]
    departments: dict[str, Share]
    reply_days: Number
    distribution: Kind = "lognormal"
    cv: Number = 1.0
    silent: Share = 0.0
    reminded_days: Number = 1.0


class MeetingShape(Grounded):
    body: str = "every"
    every: Some
    unit: Unit = "calendar_day"
    weekday: Annotated[int, Field(ge=1, le=7)] = 1
    at: Clock = "09:00"
    lead_days: Count = 0
    capacity: Some = 10
    minutes: Number = 0.0
    wait_for_minutes: bool = False


class DueShape(Grounded):
    tier: str
    amount: Some
    unit: Unit


class ScenarioShape(Shape):
    scenario: HeadShape
    grounds: Annotated[dict[str, GroundShape], Field(default_factory=dict)]
    hours: HoursShape | None = None
    warm_up: WarmUpShape | None = None
    volume: VolumeShape | None = None
    holders: dict[str, HoldersShape] | None = None
    staff: dict[str, StaffShape] | None = None
    simultaneous: dict[str, SimultaneousShape] | None = None
    relations: dict[str, dict[str, str]] | None = None
    readings: dict[str, str] | None = None
    priorities: PrioritiesShape | None = None
    order: OrderShape | None = None
    seasons: dict[str, SeasonShape] | None = None
    flows: list[FlowShape] | None = None
    handling: list[HandlingShape] | None = None
    absences: list[AbsenceShape] | None = None
    delegation: DelegationShape | None = None
    exclusions_in_principle: DelegationShape | None = None
    returns: list[ActShareShape] | None = None
    optional: list[ActShareShape] | None = None
    consultation: ConsultationShape | None = None
    meetings: list[MeetingShape] | None = None
    due: list[DueShape] | None = None


SECTIONS = tuple(name for name in ScenarioShape.model_fields if name not in ("scenario", "grounds"))
