"""Papers that come: one Poisson process in working time for each flow, whose rate follows the months."""

from __future__ import annotations

from math import log1p

from sim.admission import Admission
from sim.scenario import Flow
from sim.state import State
from sim.streams import Stream, key, rows
from sim.workcalendar import DAY


def send_papers(state: State, admission: Admission, flow: Flow) -> None:
    """Have the papers of a flow come in, one after the other, until the end of the run."""
    calendar, horizon = state.calendar, state.horizon
    total = calendar.worked(horizon)
    year = total / max(state.days, 1) * 365 if not state.scenario.every_day else 365.0 * DAY
    mean = sum(flow.months) / 12 if flow.months else 1.0
    months = tuple(m / mean for m in flow.months) if mean else ()
    most = max(months, default=1.0)
    rate = flow.per_year / year * most if year else 0.0
    if rate <= 0:
        return
    following = Stream(key(state.seed, "arrivals", state.replication, flow.id)).next
    next_row = rows(key(state.seed, "papers", state.replication, flow.id)).__next__
    draw, admit, call, reached = state.population.drawing(flow), admission.admit, state.env.call, state.reached
    ident, tally = flow.id, state.tally
    worked = 0.0

    def wait() -> None:
        nonlocal worked
        while True:
            worked -= log1p(-following()) / rate
            time = reached(worked)
            if time >= horizon:
                return
            if not months or following() * most < months[calendar.date(time).month - 1]:
                break
        call(time, arrive)

    def arrive(_: object) -> None:
        row = next_row()
        stream = row[0]
        tier, paper = draw(stream)
        if paper is None:
            tally.excluded += 1
        else:
            admit(ident, tier, paper, stream, row)
        wait()

    wait()
