"""A scenario resolved against a rule set: everything the simulator needs that the rules do not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from model.bilingual import Said
from model.vocabulary import Label
from sim.distributions import Distribution
from sim.holidays import REFUSE, DayRule
from sim.workcalendar import Session, WorkCalendar

EVERY = "every"
NO_TIME = Distribution()


@dataclass(frozen=True)
class Stated:
    """One place where the scenario says numbers: the path in the file, what it says, and on what ground."""

    path: str
    value: str
    kind: str
    ground: Label


@dataclass(frozen=True)
class Flow:
    """A kind of paper that keeps coming. `per_year` counts papers in a calendar year.

    `tiers` and each entry of `mix` are shares that add up to 1; `crossing` is the share that touches two
    portfolios; `months` are relative rates of the twelve months.
    """

    id: str
    label: Label
    paper: Mapping[str, str]
    per_year: float
    tiers: tuple[tuple[str, float], ...]
    mix: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    crossing: float = 0.0
    months: tuple[float, ...] = ()

    @property
    def label_said(self) -> Said:
        """What the flow is called, in both languages."""
        return Said(self.label.en, self.label.zh)


@dataclass(frozen=True)
class Handling:
    """How long an act takes somebody, in working minutes; `every` where it does not matter which or who."""

    act: str
    by: str
    minutes: Distribution


@dataclass(frozen=True)
class AbsencePlan:
    """Absences of one cause: a renewal process (`per_year`, `days` in calendar days), or from a date to a date."""

    office: str
    official: str
    state: str
    per_year: float = 0.0
    days: Distribution = NO_TIME
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Consultation:
    """Departments asked at once: how many, how long each takes (working days), how many keep silent.

    A silent department answers after a reminder, in `reminded` working days; it lapses where the rules deem
    consent.
    """

    acts: frozenset[str] = frozenset()
    departments: tuple[tuple[int, float], ...] = ((1, 1.0),)
    reply_days: Distribution = NO_TIME
    silent: float = 0.0
    reminded_days: float = 1.0


NO_CONSULTATION = Consultation()


@dataclass(frozen=True)
class MeetingPlan:
    """How a body meets where the rules do not say: every so often, the cut-off, how many items, how long an item."""

    body: str
    every: int
    unit: str
    weekday: int = 0
    minute: int = 540
    lead_days: int = 0
    capacity: int = 10
    minutes: float = 0.0
    wait_for_minutes: bool = False


@dataclass(frozen=True)
class Scenario:
    """See the fields of `sim.shapes.ScenarioShape`; here all names are resolved and all sections are there."""

    id: str
    label: Label
    flows: tuple[Flow, ...]
    first_day: date = date(2025, 1, 1)
    unknown_years: str = REFUSE
    sessions: tuple[Session, ...] = ((510, 720), (840, 1050))
    every_day: bool = False
    warm_up_days: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)
    staff: Mapping[str, int] = field(default_factory=dict)
    simultaneous: Mapping[str, int] = field(default_factory=dict)
    relations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    tiers: tuple[str, ...] = ("most_urgent", "urgent", "ordinary")
    preemption: bool = False
    act_order: tuple[str, ...] = ()
    handling: tuple[Handling, ...] = ()
    absences: tuple[AbsencePlan, ...] = ()
    delegation: float = 1.0
    keeps_exclusions: float = 1.0
    returns: Mapping[str, float] = field(default_factory=dict)
    optional: Mapping[str, float] = field(default_factory=dict)
    consultation: Consultation = NO_CONSULTATION
    meetings: tuple[MeetingPlan, ...] = ()
    due: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    stated: tuple[Stated, ...] = ()
    notes: tuple[Said, ...] = ()

    def calendar(self, days: int) -> WorkCalendar:
        """The working calendar of that many days from the first day on."""
        return WorkCalendar(self.first_day, days, self.sessions, DayRule(self.unknown_years, self.every_day))

    def handling_of(self, act: str, names: tuple[str, ...]) -> Distribution:
        """How long the act takes an actor that goes by `names`; what names both act and actor comes first."""
        best, rank = NO_TIME, -1
        for item in self.handling:
            fits = item.act in (act, EVERY) and (item.by == EVERY or item.by in names)
            score = 2 * (item.act != EVERY) + (item.by != EVERY)
            if fits and score > rank:
                best, rank = item.minutes, score
        return best

    def meeting_of(self, body: str) -> MeetingPlan | None:
        """The plan for a body, else the one for every body, else None."""
        for name in (body, EVERY):
            for plan in self.meetings:
                if plan.body == name:
                    return plan
        return None

    def staff_of(self, body: str) -> int:
        """How many clerks a body has."""
        return self.staff.get(body, self.staff.get(EVERY, 1))

    def at_once(self, offices: Iterable[str]) -> int:
        """How many papers a holder of these offices has in hand at once: the most that one of them is given."""
        given = [self.simultaneous[o] for o in offices if o in self.simultaneous]
        return max(given, default=self.simultaneous.get(EVERY, 1))

    def share_done(self, act: str) -> float:
        """The share in which a step of the act that may be left out is done."""
        return _share(self.optional, act)

    def share_returned(self, act: str) -> float:
        """The share of the act that ends with a return."""
        return _share(self.returns, act)


def _share(shares: Mapping[str, float], act: str) -> float:
    """The share given for an act, else that for every act, else 0."""
    return shares.get(act, shares.get(EVERY, 0.0))
