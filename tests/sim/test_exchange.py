"""Event logs as XES and OCEL 2.0, read back by lxml and json, and against the log they were made of."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from sim.eventlog import Act, EventLog, Mark
from sim.exchange import ocel, xes
from sim.office import Office
from tests.sim.support import bundled, scenario

etree = pytest.importorskip("lxml.etree", reason="the test extra lxml is not installed")
XES = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def made() -> tuple[Office, EventLog]:
    of = bundled("weidong")
    log = EventLog()
    return Office(of, scenario("weidong", of), 40, log=log).run(), log


def test_xes_has_every_paper_and_event_in_order(made: tuple[Office, EventLog]) -> None:
    office, log = made
    root = etree.fromstring(xes(log, office.calendar, "卫东").encode())
    assert root.tag == f"{XES}log" and root.get("xes.version") == "1849-2016"
    traces = root.findall(f"{XES}trace")
    assert len(traces) == len(log.papers) == office.tally.arrived
    events = [e for t in traces for e in t.findall(f"{XES}event")]
    assert len(events) == sum(isinstance(e, Act | Mark) for e in log.events)
    for trace in traces:
        times = [
            datetime.fromisoformat(d.get("value"))
            for d in trace.iterfind(f"{XES}event/{XES}date")
            if d.get("key") == "time:timestamp"
        ]
        assert times and times == sorted(times)
    resources = {s.get("value") for e in events for s in e.findall(f"{XES}string") if s.get("key") == "org:resource"}
    assert resources == {e.actor for e in log.events if isinstance(e, Act) and e.actor}


def test_ocel_relates_every_event_to_its_paper_and_actors(made: tuple[Office, EventLog]) -> None:
    office, log = made
    document = json.loads(ocel(log, office.calendar))
    assert set(document) == {"objectTypes", "eventTypes", "objects", "events"}
    objects = {o["id"]: o["type"] for o in document["objects"]}
    types = {t["name"]: {a["name"] for a in t["attributes"]} for t in document["eventTypes"]}
    assert len(objects) == len(document["objects"])
    assert sum(t == "paper" for t in objects.values()) == len(log.papers)
    for event in document["events"]:
        assert {a["name"] for a in event["attributes"]} <= types[event["type"]]
        related = [r["objectId"] for r in event["relationships"]]
        assert related and all(r in objects for r in related) and objects[related[0]] == "paper"
    stood_in = [e for e in log.events if isinstance(e, Act) and e.instead_of]
    shown = [r for e in document["events"] for r in e["relationships"] if r["qualifier"] == "instead of"]
    assert len(shown) == sum(len(e.instead_of) for e in stood_in) > 0
