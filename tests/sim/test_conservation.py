"""Papers in are papers out, under way and stalled, for generated rule sets under generated scenarios."""

from __future__ import annotations

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from guize.strategies import rule_sets
from model.absence import ABSENT_STATES
from model.ruleset import RuleSet
from model.vocabulary import Label
from sim.distributions import KINDS, Distribution
from sim.errors import SimulationError
from sim.eventlog import Act, EventLog, Mark
from sim.monitor import breaches
from sim.office import Office
from sim.scenario import AbsencePlan, Consultation, Flow, Handling, MeetingPlan, Scenario
from tests.sim.support import balanced

DAYS = 12
UNITS = ("working_day", "calendar_day", "week")
TIERS = ("most_urgent", "urgent", "ordinary")
shares = st.floats(0, 0.6)
kinds = st.sampled_from(sorted(KINDS))


@st.composite
def scenarios(draw: st.DrawFn, rules: RuleSet) -> Scenario:
    """A scenario of a few papers a day for a rule set: any handling, absences, returns, meetings and consultation."""
    attributes = rules.vocabulary.attributes
    acts = sorted({s.act for s in rules.stages})
    flows = []
    for i in range(draw(st.integers(1, 3))):
        paper = {a.id: draw(st.sampled_from(a.domain)) for a in attributes.values() if draw(st.booleans())}
        per_year = draw(st.sampled_from([400.0, 2000.0]))
        flows.append(Flow(f"f{i}", Label("流", "flow"), paper, per_year, ((TIERS[i], 0.5), (TIERS[0], 0.5))))
    minutes = Distribution(draw(kinds), draw(st.sampled_from([0.0, 5.0, 60.0, 900.0])), 0.8)
    causes = st.tuples(st.sampled_from(ABSENT_STATES), st.floats(2, 40), st.floats(1, 8))
    spells = draw(st.lists(causes, max_size=2))
    absent = [AbsencePlan("every", "", c, n, Distribution("exponential", d)) for c, n, d in spells]
    asked = draw(st.sampled_from([frozenset(), frozenset(acts[:1]), frozenset(acts[-1:])]))
    meeting = MeetingPlan(
        "every", draw(st.integers(1, 5)), draw(st.sampled_from(UNITS)), capacity=draw(st.integers(1, 9)),
        lead_days=draw(st.integers(0, 2)), minutes=draw(st.sampled_from([0.0, 15.0])),
        wait_for_minutes=draw(st.booleans()),
    )  # fmt: skip
    return Scenario(
        "drawn", Label("试", "drawn"), tuple(flows), unknown_years="weekdays", tiers=TIERS,
        preemption=draw(st.booleans()), warm_up_days=draw(st.sampled_from([0, 4])),
        staff={"every": draw(st.integers(1, 3))}, handling=(Handling("every", "every", minutes),),
        absences=tuple(absent), delegation=draw(shares), keeps_exclusions=draw(shares),
        returns={"every": draw(shares)}, optional={"every": draw(shares)}, meetings=(meeting,),
        consultation=Consultation(asked, ((1, 0.5), (3, 0.5)), Distribution("exponential", 2.0), draw(shares)),
    )  # fmt: skip


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(st.data())
def test_no_paper_is_lost_under_any_rules_and_scenario(data: st.DataObject) -> None:
    """At every hour looked at; whatever the rules are, nobody acts without competence, and a run without a log,
    which goes another way through the program, comes to the same."""
    rules = data.draw(rule_sets())
    scenario = data.draw(scenarios(rules))
    log = EventLog()
    try:
        office = Office(rules, scenario, DAYS, data.draw(st.integers(0, 10**6)), log=log)
    except SimulationError:
        reject()  # facts exclude a flow
    seen: list[bool] = []
    for hour in range(0, DAYS * 24, 5):
        office.at(hour * 60 + 1, lambda _: seen.append(balanced(office)))
    office.run()
    assert seen and all(seen) and balanced(office)
    assert not list(breaches(rules, office.world, log))
    plain = Office(rules, scenario, DAYS, office.seed).run()
    assert [d.finished for d in plain.dockets] == [d.finished for d in office.dockets] and balanced(plain)
    came = sum(isinstance(e, Mark) and e.what == "arrived" for e in log.events)
    assert came == office.tally.arrived
    assert all(e.begin <= e.end for e in log.events if isinstance(e, Act))
