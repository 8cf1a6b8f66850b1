"""The monitor: content with what the office does, and not with a log that was tampered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

import specs
from model.norms import Exclusion
from model.parsing import parse_set
from model.ruleset import RuleSet
from proofs.audit import audit
from sim.drive import drive
from sim.eventlog import Act, Change, EventLog, Mark
from sim.monitor import Breach, breaches
from sim.office import Office
from sim.scenario import AbsencePlan, Consultation
from sim.workcalendar import DAY
from tests.model.support import bound, cite, route, step
from tests.sim.support import always, bundled, one, rules, scenario

CHECKS = ("signing-gap", "stand-in-gap", "stand-in-loop")


@pytest.mark.parametrize("name", specs.bundled())
def test_no_act_of_a_bundled_instrument_breaks_its_rules(name: str) -> None:
    of = bundled(name)
    log = EventLog()
    office = Office(of, scenario(name, of), 30, log=log).run()
    assert sum(isinstance(e, Act) for e in log.events) > 500
    assert not list(breaches(of, office.world, log, office.calendar))


@pytest.mark.long
@pytest.mark.parametrize("name", specs.bundled())
def test_every_witness_of_a_gap_stalls_and_names_the_gap(name: str) -> None:
    """And a paper that the audit finds stuck is stuck at that stage, not at another."""
    of = bundled(name)
    found = [f for f in audit(of, checks=list(CHECKS), most_absences=1).findings if f.check in CHECKS]
    assert any(f.check == "signing-gap" for f in found)
    for finding in found:
        driven = drive(of, finding.witness)
        assert driven.asked and not driven.finished and driven.stalled, finding.id


# a log that was tampered with


def law() -> RuleSet:
    """Two steps with three days between them, and one that may lapse after a week."""
    steps = [
        step("r", "a", "check", "bureau"),
        step("r", "b", "review", "bureau", ("a",)),
        step("r", "c", "keep", "mayor", ("b",)),
    ]
    return rules(
        route("r", *steps),
        bound("f", "r", "a", "b", "floor", 3, "calendar_day"),
        bound("l", "r", "b", "c", "ceiling", 7, "calendar_day", "deemed_consent"),
    )


AWAY = AbsencePlan("", "mayor", "leave", first=date(2025, 1, 21), last=date(2025, 2, 20))


@pytest.fixture(scope="module")
def made() -> tuple[RuleSet, Office, EventLog]:
    of, log = law(), EventLog()
    scenario = replace(always(("only", 4 / DAY), warm=0), absences=(AWAY,), consultation=Consultation())
    return of, Office(of, scenario, 60, log=log).run(), log


def seen(made: tuple[RuleSet, Office, EventLog], change: Callable[[list[Act | Change | Mark]], None]) -> set[str]:
    """The kinds of breaches in the log after a change to its events."""
    of, office, log = made
    other = EventLog(list(log.events), log.papers)
    change(other.events)
    return {b.kind for b in breaches(of, office.world, other, office.calendar)}


def place(events: list[Act | Change | Mark], what: str, stage: str = "") -> int:
    """Where the first act at a stage, or the first mark of that name, is; `lapse` is an act by lapse."""
    for i, e in enumerate(events):
        if isinstance(e, Act) and e.stage == stage and what == ("lapse" if e.by_lapse else "act"):
            return i
        if isinstance(e, Mark) and e.what == what and stage in ("", e.stage):
            return i
    raise AssertionError(what)


def test_it_is_content_with_the_log_itself(made: tuple[RuleSet, Office, EventLog]) -> None:
    assert made[1].tally.lapses > 0 and seen(made, lambda _: None) == set()


def test_it_sees_a_step_before_the_one_that_comes_before_it(made: tuple[RuleSet, Office, EventLog]) -> None:
    def swap(events: list[Act | Change | Mark]) -> None:
        first = place(events, "act", "r.a")
        paper = events[first].paper  # type: ignore[union-attr]
        second = next(i for i, e in enumerate(events) if isinstance(e, Act) and (e.paper, e.stage) == (paper, "r.b"))
        events[first], events[second] = events[second], events[first]

    assert "order" in seen(made, swap)


def test_it_sees_a_floor_that_was_not_kept(made: tuple[RuleSet, Office, EventLog]) -> None:
    def hurry(events: list[Act | Change | Mark]) -> None:
        at = place(events, "act", "r.c")
        paper = events[at].paper  # type: ignore[union-attr]
        begun = next(e.time for e in events if isinstance(e, Mark) and (e.paper, e.what) == (paper, "arrived"))
        events[at] = replace(events[at], begin=begun, end=begun + 1)  # type: ignore[call-arg]

    assert "floor" in seen(made, hurry)


def test_it_sees_consent_deemed_too_early(made: tuple[RuleSet, Office, EventLog]) -> None:
    def early(events: list[Act | Change | Mark]) -> None:
        at = place(events, "lapse", "r.c")
        events[at] = replace(events[at], end=events[at].end - 5 * DAY)  # type: ignore[union-attr, call-arg]

    assert "lapse" in seen(made, early)


def test_it_sees_an_act_left_out(made: tuple[RuleSet, Office, EventLog]) -> None:
    def drop(events: list[Act | Change | Mark]) -> None:
        del events[place(events, "act", "r.c")]

    assert "left_out" in seen(made, drop)


def test_it_sees_a_stage_called_stuck_that_somebody_could_do(made: tuple[RuleSet, Office, EventLog]) -> None:
    def claim(events: list[Act | Change | Mark]) -> None:
        at = place(events, "act", "r.a")
        act = events[at]
        assert isinstance(act, Act)
        events.insert(at, Mark(act.end, act.paper, "stalled", "r.a"))

    assert "stalled" in seen(made, claim)


def test_it_sees_an_absence_that_an_exclusion_forbids() -> None:
    apart = Exclusion(id="apart", citations=cite(), between=parse_set("mayor"), other=parse_set("deputy"))
    of = rules(*one("bureau").norms.values(), apart)
    log = EventLog()
    office = Office(of, always(("only", 4 / DAY), warm=0), 10, log=log).run()
    both = Change(5 * DAY, (("deputy", "leave"), ("mayor", "leave")), frozenset())
    ill = Change(5 * DAY, (("deputy", "illness"), ("mayor", "illness")), frozenset())

    def with_(change: Change) -> list[Breach]:
        return list(breaches(of, office.world, EventLog([change]), office.calendar))

    assert [b.kind for b in with_(both)] == ["exclusion"] and not with_(ill)
