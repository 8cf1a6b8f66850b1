"""Papers that come: one Poisson process in working time for each flow, whose rate follows the months."""

from __future__ import annotations

from math import log1p

from sim.admission import Admission
from sim.scenario import Flow
from sim.state import State
from sim.streams import Rows, Stream, key
from sim.workcalendar import DAY


class Arrivals:
    """The papers of one flow, one after the other."""

    def __init__(self, state: State, admission: Admission, flow: Flow) -> None:
        self.state, self.admission, self.flow = state, admission, flow
        self.population = state.population
        calendar = state.calendar
        total = calendar.worked(state.horizon)
        year = total / max(state.days, 1) * 365 if not state.scenario.every_day else 365.0 * DAY
        mean = sum(flow.months) / 12 if flow.months else 1.0
        self.months = tuple(m / mean for m in flow.months) if mean else ()
        self.most = max(self.months, default=1.0)
        self.rate = flow.per_year / year * self.most if year else 0.0
        self.stream = Stream(key(state.seed, "arrivals", state.replication, flow.id))
        self.rows = Rows(key(state.seed, "papers", state.replication, flow.id))
        self.worked, self.number = 0.0, 0
        self._next()

    def _next(self) -> None:
        if self.rate <= 0:
            return
        state, following, months = self.state, self.stream.next, self.months
        while True:
            self.worked -= log1p(-following()) / self.rate
            time = state.reached(self.worked)
            if time >= state.horizon:
                return
            if not months or following() * self.most < months[state.calendar.date(time).month - 1]:
                break
        state.env.call(time, self._arrive)

    def _arrive(self, _: object) -> None:
        row = self.rows.row(self.number)
        self.number += 1
        tier, paper = self.population.draw(self.flow, row[0])
        if paper is None:
            self.state.tally.excluded += 1
        else:
            self.admission.admit(self.flow.id, tier, paper, row[0], row)
        self._next()
