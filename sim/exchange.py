"""Event logs in the formats that process-mining tools read: XES (IEEE 1849-2016) and OCEL 2.0 (JSON).

Both hold every stage done, with who did it, under which norms and in whose stead, and when a paper came, stalled, went
on and was finished. Times are local times of the office without zone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sim.eventlog import Act, EventLog, Mark
from sim.oracle import PaperClass
from sim.workcalendar import WorkCalendar


@dataclass(frozen=True)
class Entry:
    """One event of a paper, ready to be written. Times are ISO 8601; `begun` is empty where it is a moment."""

    number: int
    paper: int
    activity: str
    time: str
    begun: str = ""
    actor: str = ""
    norms: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    lapse: bool = False


def entries(log: EventLog, calendar: WorkCalendar) -> Iterator[Entry]:
    """The events of papers, in order of time."""
    for number, event in enumerate(log.events):
        if isinstance(event, Act):
            begun, end = calendar.moment(event.begin).isoformat(), calendar.moment(event.end).isoformat()
            yield Entry(
                number, event.paper, event.stage, end, begun, event.actor, event.norms, event.instead_of,
                event.by_lapse,
            )  # fmt: skip
        elif isinstance(event, Mark):
            activity = event.what if not event.stage else f"{event.what}:{event.stage}"
            yield Entry(
                number, event.paper, activity, calendar.moment(event.time).isoformat(), norms=event.norms
            )  # fmt: skip


def xes(log: EventLog, calendar: WorkCalendar, title: str) -> str:
    """The log as XES, one trace a paper."""
    root = ET.Element("log", {"xes.version": "1849-2016", "xmlns": "http://www.xes-standard.org/"})
    for name, prefix in (("Concept", "concept"), ("Time", "time"), ("Organizational", "org")):
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        ET.SubElement(root, "extension", {"name": name, "prefix": prefix, "uri": uri})
    ET.SubElement(root, "classifier", {"name": "activity", "keys": "concept:name"})
    _string(root, "concept:name", title)
    traces: dict[int, ET.Element] = {}
    for number, (flow, tier, paper) in log.papers.items():
        trace = traces[number] = ET.SubElement(root, "trace")
        _string(trace, "concept:name", str(number))
        for key, value in _attributes(flow, tier, paper).items():
            _string(trace, key, value)
    for e in entries(log, calendar):
        event = ET.SubElement(traces[e.paper], "event")
        _string(event, "concept:name", e.activity)
        ET.SubElement(event, "date", {"key": "time:timestamp", "value": e.time})
        if e.begun:
            ET.SubElement(event, "date", {"key": "begun", "value": e.begun})
        for key, value in (
            ("org:resource", e.actor), ("norms", " ".join(e.norms)), ("instead_of", " ".join(e.instead_of)),
        ):  # fmt: skip
            if value:
                _string(event, key, value)
        if e.lapse:
            ET.SubElement(event, "boolean", {"key": "lapse", "value": "true"})
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _string(parent: ET.Element, key: str, value: str) -> None:
    ET.SubElement(parent, "string", {"key": key, "value": value})


def _attributes(flow: str, tier: str, paper: PaperClass) -> dict[str, str]:
    return {"flow": flow, "tier": tier, **{f"paper:{k}": v for k, v in paper.attributes.items()}}


def ocel(log: EventLog, calendar: WorkCalendar) -> str:
    """The log as OCEL 2.0: papers and actors are objects, related to events by what they are there."""
    first = calendar.moment(0).isoformat()
    events = list(entries(log, calendar))
    papers = [
        {
            "id": f"paper:{number}",
            "type": "paper",
            "attributes": [{"name": k, "time": first, "value": v} for k, v in _attributes(flow, tier, paper).items()],
        }
        for number, (flow, tier, paper) in log.papers.items()
    ]
    names = dict.fromkeys(a for e in events for a in (e.actor, *e.instead_of) if a)
    actors = [{"id": f"actor:{a}", "type": "actor", "attributes": []} for a in names]
    keys = list(dict.fromkeys(a["name"] for p in papers for a in p["attributes"]))
    strings = [{"name": n, "type": "string"} for n in ("begun", "norms", "lapse")]
    document = {
        "objectTypes": [
            {"name": "paper", "attributes": [{"name": k, "type": "string"} for k in keys]},
            {"name": "actor", "attributes": []},
        ],
        "eventTypes": [
            {"name": activity, "attributes": strings} for activity in dict.fromkeys(e.activity for e in events)
        ],
        "objects": [*papers, *actors],
        "events": [_ocel_event(e) for e in events],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def _ocel_event(e: Entry) -> dict[str, object]:
    related = [(f"paper:{e.paper}", "paper")]
    related += [(f"actor:{e.actor}", "by")] if e.actor else []
    related += [(f"actor:{a}", "instead of") for a in e.instead_of]
    given = {"begun": e.begun, "norms": " ".join(e.norms), "lapse": "true" if e.lapse else ""}
    return {
        "id": f"event:{e.number}",
        "type": e.activity,
        "time": e.time,
        "attributes": [{"name": k, "value": v} for k, v in given.items() if v],
        "relationships": [{"objectId": o, "qualifier": q} for o, q in related],
    }
