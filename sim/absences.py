"""Officials come and go: renewal processes by cause, or given dates. Days are whole; changes fall on midnight.

An absence somebody chooses is put off day by day while it would break an exclusion that binds strictly, and one
that binds in principle in the share of cases in which the office keeps to it. Illness and the like ask nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, log1p
from typing import Any

from model import absence
from model.evaluation import Context
from model.reachability import breaches
from model.vocabulary import Strength
from sim.people import People
from sim.scenario import EVERY, AbsencePlan
from sim.state import State
from sim.streams import Stream, key
from sim.workcalendar import DAY, YEAR_DAYS

MOST_POSTPONED = 60
"""Days after which an absence that never becomes possible is given up."""


class Absences:
    """Drives the states of the officials of an office."""

    def __init__(self, state: State, people: People) -> None:
        self.state, self.people = state, people
        cast = state.world.cast
        for number, plan in enumerate(state.scenario.absences):
            for official in cast.ids:
                held = cast[official].offices
                if official != plan.official if plan.official else plan.office not in (EVERY, *held):
                    continue
                _Spell(self, plan, official, Stream(key(state.seed, "absence", state.replication, number, official)))

    def delegate(self, official: str) -> frozenset[tuple[str, str]]:
        """The delegations an official gives when he leaves, by the share in which they are given."""
        state = self.state
        stream = Stream(key(state.seed, "delegation", state.replication, official, int(state.env.time // DAY)))
        norms = [n.id for n in state.rules.stand_ins if n.delegation is not None]
        return frozenset((n, official) for n in norms if stream.next() < state.scenario.delegation)

    def barred(self, official: str, cause: str, stream: Stream) -> bool:
        """Whether an absence that somebody chooses would break an exclusion that is kept."""
        state = self.state
        if not absence.STATES[cause].chosen or not state.rules.absence_exclusions:
            return False
        situation = state.world.situation(state.blank)
        at = Context(state.rules, situation.with_states({**situation.states, official: cause}))
        for norm, one, two in breaches(at):
            if official not in (one, two):
                continue
            if norm.strength is Strength.STRICT or stream.next() < state.scenario.keeps_exclusions:
                return True
        return False


class _Spell:
    """One cause of absence of one official, over and over."""

    def __init__(self, absences: Absences, plan: AbsencePlan, official: str, stream: Stream) -> None:
        self.absences, self.plan, self.official, self.stream = absences, plan, official, stream
        self.state = absences.state
        self.days = plan.days.sampler()
        self.tries = 0
        self.length = 0
        if plan.first is not None and plan.last is not None:
            start = self.state.calendar.day_of(plan.first)
            self.length = (plan.last - plan.first).days + 1
            if start < 0:
                self.length, start = self.length + start, 0
            if self.length > 0:
                self._at(start * DAY, self._begin)
        elif plan.per_year > 0:
            self._renew()

    def _at(self, time: float, act: Callable[[Any], None]) -> None:
        self.state.at(time, act)

    def _renew(self) -> None:
        mean = max(YEAR_DAYS / self.plan.per_year - self.plan.days.mean, 0.5)
        gap = ceil(-mean * log1p(-self.stream.next()))
        self.length = max(round(self.days(self.stream.next())), 1)
        self.tries = 0
        today = int(self.state.env.time // DAY)
        self._at((today + gap) * DAY, self._begin)

    def _begin(self, _: object) -> None:
        state = self.state
        busy = self.official in state.world.states
        if busy or self.absences.barred(self.official, self.plan.state, self.stream):
            self.tries += 1
            state.tally.postponed_absences += not busy
            if self.plan.first is None and self.tries > MOST_POSTPONED:
                self._renew()
            else:
                self._at(state.env.time + DAY, self._begin)
            return
        self.absences.people.leave(self.official, self.plan.state, self.absences.delegate(self.official))
        self._at(state.env.time + self.length * DAY, self._end)

    def _end(self, _: object) -> None:
        self.absences.people.come_back(self.official)
        if self.plan.first is None:
            self._renew()
