"""How work is done in a scenario: handling times, consultation, absences, meetings, due dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model import absence
from model.bilingual import Said
from model.errors import nearest
from model.yamltext import Loc
from sim import messages as say
from sim import shapes
from sim.distributions import Distribution
from sim.loading_papers import PaperSections
from sim.resolving import File, minute, say_unknown
from sim.scenario import AbsencePlan, Consultation, Handling, MeetingPlan
from sim.workcalendar import YEAR_DAYS, Session


class WorkSections(PaperSections):
    """Sections about work and people."""

    def _handling(self, sessions: Sequence[Session]) -> tuple[Handling, ...]:
        found: list[Handling] = []
        v = self.rules.vocabulary
        day = sum(end - start for start, end in sessions)
        for file, shape in self.sections("handling"):
            for i, item in enumerate(shape):
                loc: Loc = ("handling", i)
                self.ground(file, item, loc)
                act = self.known(file, item.act, v.acts, say.ACT(), (*loc, "act"), every=True)
                actors = [*v.offices, *v.bodies]
                by = self.known(file, item.by, actors, say.ACTOR(), (*loc, "by"), every=True)
                if (item.minutes is None) == (item.days is None):
                    self.mistake(file, loc, say.NO_LENGTH(), say.MINUTES_OR_DAYS())
                elif act and by:
                    mean = item.minutes if item.minutes is not None else (item.days or 0) * day
                    found.append(Handling(item.act, item.by, Distribution(item.distribution, mean, item.cv)))
        return tuple(found)

    def _act_shares(self, section: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for file, shape in self.sections(section):
            for i, item in enumerate(shape):
                loc: Loc = (section, i)
                self.ground(file, item, loc)
                if self.known(file, item.act, self.rules.vocabulary.acts, say.ACT(), (*loc, "act"), every=True):
                    found[item.act] = item.share
        return found

    def _consultation(self) -> Consultation:
        for file, shape in self.sections("consultation"):
            loc: Loc = ("consultation",)
            self.ground(file, shape, loc)
            self.adds_up(file, shape.departments, (*loc, "departments"))
            for number in shape.departments:
                if not number.isdigit() or number == "0":
                    said = say.NOT_A_NUMBER_OF_DEPARTMENTS(text=number)
                    self.mistake(file, (*loc, "departments", number), said, say.A_NUMBER())
            acts = self.rules.vocabulary.acts
            kept = [a for i, a in enumerate(shape.acts) if self.known(file, a, acts, say.ACT(), (*loc, "acts", i))]
            return Consultation(
                frozenset(kept),
                tuple((int(n), share) for n, share in shape.departments.items() if n.isdigit()),
                Distribution(shape.distribution, shape.reply_days, shape.cv),
                shape.silent,
                shape.reminded_days,
            )
        return Consultation()

    def _absences(self, holders: Mapping[str, int]) -> tuple[AbsencePlan, ...]:
        found: list[AbsencePlan] = []
        people = self.officials(holders)
        for file, shape in self.sections("absences"):
            for i, item in enumerate(shape):
                loc: Loc = ("absences", i)
                self.ground(file, item, loc)
                states = absence.ABSENT_STATES
                if item.cause not in states:
                    near, said = nearest(item.cause, states), say_unknown(say.CAUSE(), item.cause)
                    self.mistake(file, (*loc, "cause"), said, Said(", ".join(states), "、".join(states)), near)
                    continue
                plan = self._absence(file, item, loc, people)
                if plan is not None:
                    found.append(plan)
        return tuple(found)

    def _absence(
        self, file: File, item: shapes.AbsenceShape, loc: Loc, people: Sequence[str]
    ) -> AbsencePlan | None:  # fmt: skip
        renewal = item.per_year is not None and item.days is not None and not (item.from_ or item.to)
        dated = bool(item.official and item.from_ and item.to) and item.per_year is None and item.days is None
        if renewal == dated:
            self.mistake(file, loc, say.HALF_AN_ABSENCE(), say.EITHER_RATE_OR_DATES())
            return None
        if item.official and not self.known(file, item.official, people, say.OFFICIAL(), (*loc, "official")):
            return None
        offices = self.rules.vocabulary.offices
        if not self.known(file, item.office, offices, say.OFFICE(), (*loc, "office"), every=True):
            return None
        if renewal:
            assert item.per_year is not None and item.days is not None
            if item.per_year * item.days >= YEAR_DAYS:
                away = f"{item.per_year * item.days:g}"
                self.mistake(file, loc, say.NEVER_THERE(days=away), say.LESS_THAN_A_YEAR())
            days = Distribution(item.distribution, item.days, item.cv)
            return AbsencePlan(item.office, item.official, item.cause, item.per_year, days)
        first = self.given_day(file, item.from_, (*loc, "from"))
        last = self.given_day(file, item.to, (*loc, "to"))
        if first and last and last < first:
            self.mistake(file, (*loc, "to"), say.BACKWARD(), say.A_DATE())
        return AbsencePlan(item.office, item.official, item.cause, first=first, last=last)

    def _meetings(self) -> tuple[MeetingPlan, ...]:
        found: list[MeetingPlan] = []
        bodies = [b.id for b in self.rules.vocabulary.bodies.values() if b.kind == "meeting"]
        for file, shape in self.sections("meetings"):
            for i, item in enumerate(shape):
                self.ground(file, item, ("meetings", i))
                if self.known(file, item.body, bodies, say.MEETING(), ("meetings", i, "body"), every=True):
                    found.append(
                        MeetingPlan(
                            item.body, item.every, item.unit, item.weekday - 1, minute(item.at), item.lead_days,
                            item.capacity, item.minutes, item.wait_for_minutes,
                        )
                    )  # fmt: skip
        return tuple(found)

    def _due(self, tiers: Sequence[str]) -> dict[str, tuple[int, str]]:
        found: dict[str, tuple[int, str]] = {}
        for file, shape in self.sections("due"):
            for i, item in enumerate(shape):
                self.ground(file, item, ("due", i))
                if item.tier in tiers:
                    found[item.tier] = (item.amount, item.unit)
                else:
                    said, near = say_unknown(say.TIER(), item.tier), nearest(item.tier, tiers)
                    self.mistake(file, ("due", i, "tier"), said, say.RANKED(), near)
        return found
