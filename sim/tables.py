"""Every paper of a replication as rows of three tables: what became of it, each step done, each wait and each stall.

Plain columns, so that they travel and any writer can take them. Times are minutes of the axis (`WorkCalendar.moment`
makes them local times), days are working days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sim.eventlog import Act, EventLog, Mark
from sim.office import Office
from sim.outcome import record
from sim.papers import Docket

Columns = dict[str, list[Any]]

SCHEMAS: Mapping[str, Mapping[str, type]] = {
    "papers": {
        "replication": int, "paper": int, "flow": str, "tier": str, "arrived": datetime, "finished": datetime,
        "working_days": float, "measured": bool, "timely": bool, "limit_assumed": bool, "stalls": int,
        "unregulated": bool,
    },
    "steps": {
        "replication": int, "paper": int, "stage": str, "actor": str, "norms": str, "instead_of": str,
        "begun": datetime, "done": datetime, "by_lapse": bool,
    },
    "waits": {
        "replication": int, "paper": int, "stage": str, "kind": str, "norms": str, "since": datetime,
        "until": datetime, "working_days": float,
    },
}  # fmt: skip
"""The columns of each table and what is in them; `norms` and `instead_of` are ids with blanks between.

`timely` is empty where that is not known; `until` where the wait has not ended. `kind` is `open` (all before it was
done and it was not begun: on a desk, or for a floor or a cadence), `stalled` (nobody might act) or `meeting` (on an
agenda).
"""


@dataclass
class Tables:
    """The rows of some replications."""

    columns: dict[str, Columns] = field(
        default_factory=lambda: {table: {name: [] for name in schema} for table, schema in SCHEMAS.items()}
    )

    def add(self, table: str, *values: object) -> None:
        """Append a row, in the order of its schema."""
        for column, value in zip(self.columns[table].values(), values, strict=True):
            column.append(value)

    def extend(self, other: Tables) -> Tables:
        """Append all rows of another."""
        for table, columns in other.columns.items():
            for name, values in columns.items():
                self.columns[table][name].extend(values)
        return self


def rows(office: Office, log: EventLog) -> Tables:
    """The tables of one replication; a `sim.replications.Watch`."""
    found, r = Tables(), office.replication
    moment, day = office.calendar.moment, office.calendar.minutes_a_day
    for docket in office.dockets:
        kept = record(office, docket)
        done = None if kept.finished is None else moment(kept.finished)
        found.add(
            "papers", r, docket.number, kept.flow, kept.tier, moment(kept.arrived), done, kept.working_days,
            docket.arrived >= office.warm_time, kept.timely, kept.assumed, kept.stalls, docket.unnamed,
        )  # fmt: skip
    before = {d.number: _before(d) for d in office.dockets}
    ended: dict[tuple[int, str], float] = {}
    open_: dict[tuple[int, str], tuple[str, tuple[str, ...], float]] = {}

    def wait(paper: int, stage: str, kind: str, norms: Iterable[str], since: float, until: float | None) -> None:
        end = office.horizon if until is None else until
        days = (office.worked(end) - office.worked(since)) / day
        last = None if until is None else moment(until)
        found.add("waits", r, paper, stage, kind, " ".join(norms), moment(since), last, days)

    def over(paper: int, stage: str, until: float) -> None:
        kind, norms, since = open_.pop((paper, stage))
        wait(paper, stage, kind, norms, since, until)
        ended[paper, stage] = until

    for event in log.events:
        if isinstance(event, Act):
            place = (event.paper, event.stage)
            if place in open_:
                over(*place, event.begin)
            elif not event.by_lapse:
                earlier = (*before[event.paper].get(event.stage, ()), "", event.stage)
                since = max(t for s in earlier if (t := ended.get((event.paper, s))) is not None)
                if since < event.begin:
                    wait(event.paper, event.stage, "open", event.norms, since, event.begin)
            found.add(
                "steps", r, event.paper, event.stage, event.actor, " ".join(event.norms), " ".join(event.instead_of),
                moment(event.begin), moment(event.end), event.by_lapse,
            )  # fmt: skip
            ended[place] = event.end
        elif isinstance(event, Mark):
            place = (event.paper, event.stage)
            if event.what == "arrived":
                ended[event.paper, ""] = event.time
            elif event.what == "stalled" or (event.what == "agenda" and place not in open_):
                if place in open_:
                    over(*place, event.time)
                open_[place] = ("stalled" if event.what == "stalled" else "meeting", event.norms, event.time)
            elif event.what == "resumed" and place in open_:
                over(*place, event.time)
    for (paper, stage), (kind, norms, since) in open_.items():
        wait(paper, stage, kind, norms, since, None)
    return found


def _before(docket: Docket) -> dict[str, tuple[str, ...]]:
    """By stage of a paper, the stages right before it."""
    nodes = docket.plan.nodes
    return {n.stage.id: tuple(nodes[b].stage.id for b in n.before) for n in nodes}
