"""Papers that met a situation, counted from the log: against what the replication itself counts."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial

import pytest

from model.ruleset import RuleSet
from model.situation import Situation
from sim.cases import Cases, Count, Fits, Missed, OneHand, SentBack, Stuck
from sim.distributions import Distribution
from sim.replications import Experiment, replicate
from sim.scenario import AbsencePlan, Scenario
from sim.workcalendar import DAY
from tests.model.support import bound, route, step
from tests.sim.support import always, one, rules, takes


def counted(case: object, law: RuleSet, with_: Scenario, days: int = 30) -> tuple[Count, object]:
    _, found = replicate(Experiment(law, with_, days, 1, watch=Cases((case,))), 0)  # type: ignore[arg-type]
    return found.seen[0], found


AWAY = (AbsencePlan("mayor", "", "leave", 40.0, Distribution("constant", 1.0)),)


def test_a_stall_counts_as_often_and_as_long_as_the_replication_says() -> None:
    law = one("mayor")
    with_ = always(("t", 0.01), ("u", 0.01), minutes=[takes(1.0)], warm=3, absences=AWAY)
    _, found = replicate(Experiment(law, with_, 40, 1, watch=Cases((STUCK, OTHER))), 0)
    met, other = found.seen
    assert sum(met.papers.values()) == sum(s.papers for s in found.stalls) > 50
    assert sum(met.days.values()) == pytest.approx(sum(s.days for s in found.stalls), rel=0.05)
    assert set(met.papers) == {"t", "u"} and other == Count()


STUCK = Stuck(frozenset({"p"}), frozenset({("mayor", "none")}))
OTHER = Stuck(frozenset({"p"}), frozenset({("mayor", "cause")}))


def test_a_case_travels() -> None:
    cases = Cases((STUCK, Missed(frozenset({"b"})), OneHand((("a", "b"),)), SentBack(frozenset()), Fits(_letters)))
    assert pickle.loads(pickle.dumps(cases)) == cases


def _letters(_: RuleSet, situation: Situation) -> bool:
    return situation.paper.attributes["kind"] == "letter"


def test_who_does_both_steps_is_counted() -> None:
    law = rules(route("r", step("r", "a", "check", "mayor"), step("r", "b", "check", "mayor", after=("a",))))
    with_ = always(("t", 0.01), minutes=[takes(1.0)], warm=0)
    both, _ = counted(OneHand((("r.a", "r.b"),)), law, with_)
    assert both.papers["t"] > 100 and both.days["t"] == 0
    apart = rules(route("r", step("r", "a", "check", "mayor"), step("r", "b", "check", "deputy", after=("a",))))
    assert counted(OneHand((("r.a", "r.b"),)), apart, with_)[0] == Count()


def test_papers_that_fit_are_counted_by_what_the_rules_say_of_them() -> None:
    with_ = always(("t", 0.01), minutes=[takes(1.0)], warm=2)
    everything, found = counted(Fits(partial(_at, True)), one("bureau"), with_)
    assert everything.papers["t"] == sum(g.arrived for g in found.groups.values())  # type: ignore[attr-defined]
    assert counted(Fits(partial(_at, False)), one("bureau"), with_)[0] == Count()


def _at(answer: bool, law: RuleSet, situation: Situation) -> bool:
    return answer and bool(law.powers) and situation.paper is not None


def test_papers_sent_back_are_counted_once() -> None:
    first, second = step("r", "a", "check", "bureau"), step("r", "b", "check", "bureau", after=("a",))
    law = rules(route("r", first, replace(second, back_to="a")))
    with_ = always(("t", 0.01), minutes=[takes(1.0)], warm=0, returns={"check": 0.5})
    back, found = counted(SentBack(frozenset({"r.b"})), law, with_)
    assert 0 < back.papers["t"] < found.counts["returns"]  # type: ignore[attr-defined]


def test_papers_are_late_by_the_days_beyond_the_ceiling() -> None:
    first = step("r", "a", "check", "bureau")
    law = rules(route("r", first), bound("soon", "r", "start", "end", "ceiling", 1, "hour"))
    slow = always(("t", 0.001), minutes=[takes(60.0 + DAY / 2, "constant")], warm=2, staff=10**6)
    late, found = counted(Missed(frozenset({"soon"})), law, slow)
    _, missed = found.limits["soon"]  # type: ignore[attr-defined]
    assert late.papers["t"] == missed > 10
    assert late.days["t"] / late.papers["t"] == pytest.approx(0.5, abs=0.02)
    assert counted(Missed(frozenset({"other"})), law, slow)[0] == Count()
