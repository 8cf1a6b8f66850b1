"""The office at work: competence at every moment, stalls and their norms, periods, returns, conservation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from model import absence
from model.norms import Exclusion, Norm
from model.ruleset import RuleSet
from model.situation import make_cast
from model.sketch import cite
from sim.distributions import Distribution
from sim.drive import drive
from sim.eventlog import Act, EventLog, Mark
from sim.monitor import breaches
from sim.office import Office
from sim.oracle import answer_of
from sim.scenario import AbsencePlan, Consultation, MeetingPlan, Scenario
from sim.workcalendar import DAY
from tests.model.support import bound, composition, power, route, situation, stand_in, step
from tests.sim.support import always, balanced, bundled, line, one, rules, scenario, takes

AWAY = AbsencePlan("", "mayor", "leave", first=date(2025, 1, 11), last=date(2025, 1, 20))


def run(of: RuleSet, with_: Scenario, days: int = 60, seed: int = 1, log: EventLog | None = None) -> Office:
    return Office(of, with_, days, seed, log=log).run()


def quiet(*flows: tuple[str, float], **more: object) -> Scenario:
    return replace(always(*flows, warm=0), **more)  # type: ignore[arg-type]


def test_a_paper_stalls_while_nobody_may_act_and_names_the_norms() -> None:
    law = rules(
        power("signs", "sign", "mayor"), stand_in("ill_only", "mayor", "deputy", "illness", acts=("sign",))
    )  # fmt: skip
    log = EventLog()
    office = run(law, quiet(("only", 10 / DAY), absences=(AWAY,)), log=log)
    stalled = [e for e in log.events if isinstance(e, Mark) and e.what == "stalled"]
    assert stalled and all(e.norms == ("signs", "ill_only") for e in stalled)
    assert all(10 * DAY <= e.time < 20 * DAY for e in stalled)
    assert office.tally.stalled == 0 and office.tally.balanced
    assert max(d.finished - d.arrived for d in office.dockets if d.finished) > 8 * DAY


def test_a_stand_in_for_the_cause_takes_over() -> None:
    law = rules(power("signs", "sign", "mayor"), stand_in("on_leave", "mayor", "deputy", "leave", acts=("sign",)))
    log = EventLog()
    office = run(law, quiet(("only", 10 / DAY), absences=(AWAY,)), log=log)
    stood_in = [e for e in log.events if isinstance(e, Act) and e.actor == "deputy"]
    assert stood_in and all(e.instead_of == ("mayor",) and 10 * DAY <= e.end <= 20 * DAY for e in stood_in)
    assert not office.tally.stalls


def test_work_in_hand_passes_on_when_an_official_leaves() -> None:
    law = rules(power("signs", "sign", "mayor"), stand_in("on_leave", "mayor", "deputy", "leave", acts=("sign",)))
    long_work = replace(quiet(("only", 1 / DAY), absences=(AWAY,)), handling=(takes(3.0 * DAY, "constant"),))
    log = EventLog()
    office = run(law, long_work, log=log)
    assert not list(breaches(law, office.world, log))
    assert any(isinstance(e, Act) and e.actor == "deputy" for e in log.events)


def test_the_first_seat_of_a_joint_act_stays_done_when_its_official_leaves() -> None:
    law = rules(power("both", "sign", "mayor | secretary", joint=True))
    slow = (takes(1.0, "constant", by="mayor"), takes(15.0 * DAY, "constant", by="secretary"))
    log = EventLog()
    office = run(law, replace(quiet(("only", 0.3 / DAY), absences=(AWAY,)), handling=slow), 200, log=log)
    mayors = [e for e in log.events if isinstance(e, Act) and e.actor == "mayor"]
    assert len(mayors) == len({e.paper for e in mayors})
    assert not list(breaches(law, office.world, log)) and office.tally.balanced


def test_silence_is_consent_when_the_period_is_over() -> None:
    steps = [step("r", "ask", "check", "bureau"), step("r", "answer", "review", "bureau", ("ask",))]
    law = rules(route("r", *steps), bound("b", "r", "ask", "answer", "ceiling", 7, "calendar_day", "deemed_consent"))
    silent = Consultation(frozenset({"review"}), silent=1.0, reminded_days=30)
    office = run(law, quiet(("only", 5 / DAY), consultation=silent))
    done = [d for d in office.dockets if d.finished is not None]
    assert done and office.tally.lapses == len(done)
    assert all(7 * DAY <= d.finished - d.arrived <= 8 * DAY for d in done if d.finished)


def test_a_floor_delays_what_comes_too_early() -> None:
    steps = [step("r", "a", "check", "bureau"), step("r", "b", "review", "bureau", ("a",))]
    law = rules(route("r", *steps), bound("b", "r", "a", "b", "floor", 3, "calendar_day"))
    office = run(law, quiet(("only", 5 / DAY)))
    times = [d.finished - d.arrived for d in office.dockets if d.finished is not None]
    assert times and all(2 * DAY <= t <= 3 * DAY for t in times)


def test_returned_papers_do_their_steps_again() -> None:
    law = line("bureau", "hall")
    office = run(law, quiet(("only", 100 / DAY), returns={"check": 0.2}), 100)
    visits = sum(sum(d.rounds) for d in office.dockets) / len(office.dockets)
    assert office.tally.returns > 0 and visits > 0.3 and office.tally.finished > 0.95 * office.tally.arrived


def test_a_meeting_that_nobody_can_chair_is_not_held_and_its_items_stall() -> None:
    law = rules(power("decides", "sign", "standing"), composition("who", "standing", "mayor"))
    plan = MeetingPlan("standing", 1, "week", capacity=1000)
    office = run(law, quiet(("only", 3 / DAY), meetings=(plan,), absences=(AWAY,)))
    agenda = office.agendas["standing"]
    assert agenda.cancelled >= 1 and agenda.held >= 5
    assert any("who.chair" in norms or "decides" in norms for _, norms in office.tally.stalls)
    assert office.tally.balanced


def test_urgent_items_go_first_when_a_meeting_is_full() -> None:
    law = one("standing")
    plan = MeetingPlan("standing", 1, "calendar_day", capacity=6)
    office = run(law, quiet(("high", 2 / DAY), ("low", 3.5 / DAY), meetings=(plan,)), 300)
    waits = {t: [d.finished - d.arrived for d in office.dockets if d.finished and d.tier == t] for t in ("high", "low")}
    assert sum(waits["high"]) / len(waits["high"]) < 0.7 * DAY < sum(waits["low"]) / len(waits["low"])


def test_an_absence_that_breaks_a_strict_exclusion_is_put_off() -> None:
    of = bundled("luoyang")
    with_ = scenario("luoyang", of)
    office = run(of, replace(with_, flows=with_.flows[:1]), 120)
    assert office.tally.postponed_absences > 0


def test_a_paper_that_no_norm_wants_is_counted_apart() -> None:
    office = run(rules(power("p", "check", "bureau", when="kind = letter")), quiet(("only", 5 / DAY)))
    assert office.tally.unasked > 0 and office.tally.arrived == 0 and office.tally.balanced


states = st.sampled_from(["leave", "illness", "out_of_town", "visit"])


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    rates=st.lists(st.floats(0.5, 60), min_size=1, max_size=3),
    minutes=st.floats(0, 200),
    causes=st.lists(st.tuples(states, st.floats(2, 40), st.floats(1, 10)), max_size=3),
    share=st.floats(0, 0.5),
    preemption=st.booleans(),
    joint=st.booleans(),
    chained=st.booleans(),
)
def test_no_paper_is_lost_and_nobody_acts_without_competence(
    seed: int, rates: list[float], minutes: float, causes: list[tuple[str, float, float]], share: float,
    preemption: bool, joint: bool, chained: bool,
) -> None:  # fmt: skip
    """Papers in = papers out + under way + stalled, at every change of the counters; and the monitor is content."""
    steps = [
        step("r", "first", "check", "vice"),
        step("r", "second", "review", "standing", ("first",)),
        step("r", "third", "review", "bureau", ("first",)),
        step("r", "last", "sign", "mayor", ("second", "third")),
    ]
    law = rules(
        route("r", *steps),
        power("both", "keep", "secretary | deputy", joint=joint),
        composition("who", "standing", "mayor"),
        stand_in("one", "mayor", "deputy", "leave visit", chain=chained),
        stand_in("two", "deputy", "secretary", "leave illness", chain=True, delegation="deputy"),
    )
    plans = tuple(AbsencePlan("every", "", c, n, Distribution("exponential", d)) for c, n, d in causes)
    flows = [(f"t{i}", r / DAY) for i, r in enumerate(rates)]
    with_ = quiet(
        *flows, handling=(takes(minutes),), absences=plans, returns={"every": share}, preemption=preemption,
        meetings=(MeetingPlan("standing", 2, "calendar_day", capacity=30, minutes=2),), delegation=0.5,
    )  # fmt: skip
    log = EventLog()
    office = Office(law, with_, 20, seed, log=log)
    seen: list[bool] = []
    for hour in range(0, 20 * 24, 7):
        office.at(hour * 60 + 1, lambda _: seen.append(balanced(office)))
    office.run()
    assert seen and all(seen) and balanced(office)
    assert not list(breaches(law, office.world, log))


@settings(max_examples=7, deadline=None)
@given(st.data())
def test_the_oracle_says_what_the_reference_semantics_says(data: st.DataObject) -> None:
    """Whatever it remembers, at every state of the world."""
    of = bundled("luoyang")
    with_ = scenario("luoyang", of)
    office = _kept.setdefault("luoyang", Office(of, with_, 1))
    world = office.world
    flow = data.draw(st.sampled_from(with_.flows))
    _, paper = office.population.draw(flow, data.draw(st.integers(1, 10**9)))
    assert paper is not None
    absent = data.draw(
        st.dictionaries(st.sampled_from(world.cast.ids), st.sampled_from(absence.ABSENT_STATES), max_size=5)
    )
    world.states = dict(absent)
    found = {s.id: a for s, a in office.oracle.in_force(paper)}
    for stage in of.stages:
        fresh = answer_of(of, world.situation(paper), stage)
        assert (stage.id in found) == (fresh.wanted or bool(fresh.powers))
        assert office.oracle.ask(stage, paper) == fresh


_kept: dict[str, Office] = {}


def test_the_monitor_sees_an_act_without_competence() -> None:
    law = one("mayor")
    log = EventLog()
    office = run(law, quiet(("only", 5 / DAY)), log=log)
    assert not list(breaches(law, office.world, log))
    forged = next(i for i, e in enumerate(log.events) if isinstance(e, Act))
    act = log.events[forged]
    assert isinstance(act, Act)
    log.events[forged] = replace(act, actor="secretary")
    assert [b.act.actor for b in breaches(law, office.world, log)] == ["secretary"]


def test_a_driven_paper_with_able_hands_finishes() -> None:
    law = one("mayor")
    assert drive(law, situation(law)).finished
    stuck = drive(law, situation(law, mayor="illness"))
    assert stuck.stalled == (("p", ("p",)),) and not stuck.finished
    assert make_cast(law).ids


def marks(log: EventLog, what: str) -> list[Mark]:
    return [e for e in log.events if isinstance(e, Mark) and e.what == what]


def late(expiry: str, end: str = "b") -> RuleSet:
    """A route of two steps with a day for the second, or for the whole."""
    steps = [step("r", "a", "check", "bureau"), step("r", "b", "review", "hall", ("a",))]
    start = "start" if end == "end" else "a"
    return rules(route("r", *steps), bound("b", "r", start, end, "ceiling", 1, "calendar_day", expiry))


def test_a_limit_is_followed_by_what_the_rules_have_and_by_nothing_else() -> None:
    slow = quiet(("only", 1 / DAY), handling=(takes(3.0 * DAY, "constant", by="hall"),), staff={"every": 50})
    for expiry in ("nothing_said", "overdue", "reminder", "escalation"):
        for end in ("b", "end"):
            log = EventLog()
            office = run(late(expiry, end), slow, 30, log=log)
            t = office.tally
            assert (t.reminders > 0, t.escalations > 0) == (expiry == "reminder", expiry == "escalation")
            assert len(marks(log, expiry)) == t.reminders + t.escalations
            came = {d.number: d.arrived for d in office.dockets}
            assert all(DAY / 2 < e.time - came[e.paper] < 2 * DAY for e in marks(log, expiry))


def test_what_is_done_in_time_is_not_reminded_of() -> None:
    quick_work = quiet(("only", 1 / DAY), handling=(takes(5.0, "constant"),))
    assert run(late("reminder"), quick_work).tally.reminders == 0


def test_a_paper_that_is_escalated_overtakes_others() -> None:
    """Of the less urgent papers before a busy desk, those whose limit has run out go ahead of the more urgent."""
    flows = (("high", 10 / DAY), ("low", 2 / DAY))
    busy = quiet(*flows, handling=(takes(130.0, by="hall"),))
    waits = {}
    for expiry in ("nothing_said", "escalation"):
        for log in (None, EventLog()):
            office = run(late(expiry), busy, 400, log=log)
            found = [d.finished - d.arrived for d in office.dockets if d.finished and d.tier == "low"]
            waits[expiry, log is None] = max(found)
            assert office.tally.balanced
        assert waits[expiry, True] == waits[expiry, False]
    assert waits["escalation", True] < 0.8 * waits["nothing_said", True]


def test_a_floor_up_to_the_end_holds_the_last_step() -> None:
    steps = [step("r", "a", "check", "bureau"), step("r", "b", "review", "bureau", ("a",))]
    law = rules(route("r", *steps), bound("b", "r", "start", "end", "floor", 3, "calendar_day"))
    times = [d.finished - d.arrived for d in run(law, quiet(("only", 5 / DAY))).dockets if d.finished is not None]
    assert times and all(2 * DAY <= t <= 3 * DAY for t in times)


def test_a_meeting_and_those_consulted_may_send_back() -> None:
    meets = (MeetingPlan("standing", 1, "calendar_day"),)
    steps = [step("r", "a", "check", "bureau"), step("r", "b", "review", "standing", ("a",))]
    asked = Consultation(frozenset({"review"}), reply_days=Distribution("constant", 0.5))
    for law, more in (
        (rules(route("r", *steps)), {"meetings": meets}),
        (line("bureau", "hall"), {"consultation": replace(asked, acts=frozenset({"check"}))}),
    ):
        act = "review" if "meetings" in more else "check"
        log = EventLog()
        office = run(law, quiet(("only", 5 / DAY), returns={act: 0.3}, **more), log=log)
        done = sum(isinstance(e, Act) for e in log.events)
        assert 0.15 * done / 2 < office.tally.returns == len(marks(log, "returned"))
        assert office.tally.balanced and office.tally.finished > 0 and not list(breaches(law, office.world, log))


def test_an_official_with_several_papers_in_hand_is_as_many_servers() -> None:
    """Two at once by one official is what two clerks of a body do, draw for draw; one at once is an overload."""
    flow, work = ("only", 1.5 / DAY), (takes(DAY, "constant"),)
    two = run(one("mayor"), quiet(flow, handling=work, simultaneous={"mayor": 2}), 200)
    clerks = run(one("bureau"), quiet(flow, handling=work, staff={"every": 2}), 200)
    assert [d.finished for d in two.dockets] == [d.finished for d in clerks.dockets]
    alone = run(one("mayor"), quiet(flow, handling=work), 200)
    assert alone.tally.finished < 0.8 * two.tally.finished


def test_who_has_several_papers_in_hand_leaves_and_takes_them_up_again() -> None:
    work = quiet(("only", 1 / DAY), handling=(takes(3.0 * DAY, "constant"),), absences=(AWAY,))
    office = run(one("mayor"), replace(work, simultaneous={"every": 4}), 100)
    assert office.tally.balanced and office.tally.finished > 0.9 * office.tally.arrived
    away = [d for d in office.dockets if d.arrived < 10 * DAY < (d.finished or 0)]
    assert away and all((d.finished or 0) > 20 * DAY for d in away)


def test_two_steps_that_the_rules_keep_apart_are_done_by_two_where_there_are_two() -> None:
    """Where only one may do both, it is counted; a run with a log and one without agree."""

    def both(second: str, *more: Norm) -> tuple[int, int]:
        steps = [step("r", "a", "check", "mayor"), step("r", "b", "review", second, ("a",))]
        law, found = rules(route("r", *steps), *more), list[int]()
        for log in (None, EventLog()):
            office = run(law, quiet(("only", 5 / DAY), handling=(takes(60.0),)), log=log)
            found.append(office.tally.one_hand)
        assert log is not None and found[0] == found[1] and office.tally.finished > 200
        hands = [e.actor for e in log.events if isinstance(e, Act) and e.stage.endswith("b")]
        return found[0], hands.count("mayor")

    apart = Exclusion(id="two", citations=cite(9), route="r", steps=("a", "b"))
    assert both("mayor | deputy")[1] > 50
    assert both("mayor | deputy", apart) == (0, 0)
    alone, by_mayor = both("mayor", apart)
    assert alone == by_mayor > 200
