"""Papers that come: one Poisson process in working time for each flow, whose rate follows the months."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

from sim.scenario import Flow
from sim.streams import GOLDEN, Stream, key, mix
from sim.workcalendar import DAY

if TYPE_CHECKING:
    from sim.office import Office


class Arrivals:
    """The papers of one flow, one after the other."""

    def __init__(self, office: Office, flow: Flow) -> None:
        self.office, self.flow = office, flow
        calendar = office.calendar
        total = calendar.worked(office.horizon)
        year = total / max(office.days, 1) * 365 if not office.scenario.every_day else 365.0 * DAY
        mean = sum(flow.months) / 12 if flow.months else 1.0
        self.months = tuple(m / mean for m in flow.months) if mean else ()
        self.most = max(self.months, default=1.0)
        self.rate = flow.per_year / year * self.most if year else 0.0
        self.stream = Stream(key(office.seed, "arrivals", office.replication, flow.id))
        self.papers = mix(key(office.seed, "papers", office.replication, flow.id))
        self.worked, self.number = 0.0, 0
        self._next()

    def _next(self) -> None:
        if self.rate <= 0:
            return
        office, stream, months = self.office, self.stream, self.months
        while True:
            self.worked -= log1p(-stream.next()) / self.rate
            time = office.reached(self.worked)
            if time >= office.horizon:
                return
            if not months:
                stream.skip()
                break
            if stream.next() * self.most < months[office.calendar.date(time).month - 1]:
                break
        office.env.call(time, self._arrive)

    def _arrive(self, _: object) -> None:
        self.number += 1
        stream = mix(self.papers + self.number * GOLDEN)  # `streams.child`
        tier, paper = self.office.population.draw(self.flow, stream)
        if paper is None:
            self.office.tally.excluded += 1
        else:
            self.office.admit(self.flow.id, tier, paper, stream)
        self._next()
