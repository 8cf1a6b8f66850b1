"""Repairs of one route: the finding is there, the repair is offered in words, and with it applied nothing is new."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guize.jsonform import repair as written
from guize.sentences.repair import sentence
from model.graphs import defects as df
from model.norms import Bound, Norm, Route, StandIn
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Course, Report
from proofs.questions import procedures
from proofs.repairing import repair as kinds
from proofs.repairing.offering import with_repairs
from proofs.repairing.repair import Repair
from tests.model import generated_routes as g

CHECKS = procedures.CHECKS


def mended(rules: RuleSet) -> Report:
    return with_repairs(rules, audit(rules, states=g.STATES, checks=CHECKS), states=g.STATES)


def shown(rules: RuleSet) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    for finding in audit(rules, states=g.STATES, checks=CHECKS).findings:
        course = finding.details
        assert isinstance(course, Course)
        found |= {(course.kind, course.routes, s) for s in course.steps}
    return found


def offered(rules: RuleSet, kind: str) -> dict[str, Repair]:
    """The repairs of the findings of a kind of defect, by their own kind; each is looked at by another audit."""
    report = mended(rules)
    assert not report.unknown
    found: dict[str, Repair] = {}
    for finding in report.findings:
        course = finding.details
        assert isinstance(course, Course)
        for repair in finding.repairs if course.kind == kind else ():
            found.setdefault(repair.kind, repair)
            left = shown(repair.edit.applied(rules))
            assert left <= shown(rules), repair
            if repair.leaves is None:
                assert not any((kind, course.routes, s) in left for s in course.steps), repair
            else:
                assert len(repair.leaves.absent) > len(finding.witness.absent)
            assert sentence(rules, repair, "zh") and sentence(rules, repair, "en")
            assert written.repair(rules, repair)["kind"] == repair.kind
    return found


FIRST = g.step("r", "draft", "submit", "clerk")
BACK = g.step("r", "sign", "sign", "head", "draft", back_to="draft")
LOOP = g.route("r", FIRST, BACK)
OTHER = g.route("q", g.step("q", "a", "submit", "clerk", article=20), article=20)


def elsewhere(amount: int, *, on: str = "q") -> Bound:
    """A ceiling of the instrument, said in full."""
    made = g.ceiling("given", on, "start", "end", article=20)
    return replace(made, amount=amount, by=g.parse_set("head"), expiry="reminder")


def test_a_return_is_limited_by_a_period_that_the_instrument_gives_elsewhere() -> None:
    shorter = replace(elsewhere(2), id="shorter", unit="working_day")
    rules = g.rule_set(LOOP, OTHER, elsewhere(7), shorter)
    found = offered(rules, df.UNBOUNDED)
    assert set(found) == {kinds.LIMIT, kinds.ONCE}
    (norm,) = found[kinds.LIMIT].edit.added
    assert isinstance(norm, Bound) and (norm.amount, norm.unit, norm.routes) == (7, "working_day", ("r",))
    told = sentence(rules, found[kinds.LIMIT], "zh")
    assert told == (
        "建议在第一条后增加：“自首次提交至办结最长不超过7个工作日，退回、补正的时间计算在内；逾期的，由head催办。”"
    )
    assert "at most 7 working days" in sentence(rules, found[kinds.LIMIT], "en")
    assert "退回以一次为限" in sentence(rules, found[kinds.ONCE], "zh")


def test_a_limit_is_no_shorter_than_the_route_needs() -> None:
    floor = replace(g.ceiling("floor", "r", "draft", "sign", article=21), ceiling=False, amount=12)
    (norm,) = offered(g.rule_set(LOOP, OTHER, elsewhere(7), floor), df.UNBOUNDED)[kinds.LIMIT].edit.added
    assert isinstance(norm, Bound) and norm.amount == 12


def test_where_the_instrument_gives_no_period_none_is_made_up() -> None:
    assert set(offered(g.rule_set(LOOP), df.UNBOUNDED)) == {kinds.ONCE}


def test_a_return_that_is_bounded_has_nothing_to_mend() -> None:
    assert not mended(g.rule_set(LOOP, elsewhere(7, on="r"))).findings


def test_another_stand_in_where_two_steps_come_to_one_hand() -> None:
    steps = (g.step("r", "a", "submit", "clerk"), g.step("r", "b", "sign", "head", "a"))
    others = g.route("q", g.step("q", "a", "sign", "deputy", when="false", article=20), article=20)
    rules = g.rule_set(g.route("r", *steps), g.stand_in("s", "head", "clerk"), others)
    repair = offered(rules, df.HELD_TWICE)[kinds.SPARED]
    (norm,) = repair.edit.added
    assert isinstance(norm, StandIn) and str(norm.principals) == "head" and "clerk" not in str(norm.by)
    apart = g.rule_set(g.route("r", *steps), g.stand_in("s", "head", "deputy"))
    assert not [f for f in mended(apart).findings if f.check == df.HELD_TWICE]


def test_a_look_that_comes_back_is_another_s_or_struck_out() -> None:
    steps = (
        g.step("r", "a", "review", "head"),
        g.step("r", "b", "submit", "clerk", "a"),
        g.step("r", "c", "decide", "head", "b"),
    )
    rules = g.rule_set(g.route("r", *steps))
    found = offered(rules, df.COMES_BACK)
    assert kinds.STRUCK in found
    (route,) = found[kinds.STRUCK].edit.changed
    assert isinstance(route, Route) and [(s.id, s.after) for s in route.steps] == [("b", ()), ("c", ("b",))]
    assert sentence(rules, found[kinds.STRUCK], "zh") == "建议删去第一条这一环节。"


def test_a_step_that_another_norm_speaks_of_is_not_struck_out() -> None:
    never = g.step("r", "never", "review", "clerk", "draft", when="urgent and not urgent", article=2)
    bare = g.rule_set(g.route("r", FIRST, never))
    found = offered(bare, df.DEAD)
    assert set(found) == {kinds.STRUCK} and sentence(bare, found[kinds.STRUCK], "zh") == "建议删去第二条这一环节。"
    bound = replace(elsewhere(3, on="r"), start="draft", end="never")
    assert not offered(g.rule_set(g.route("r", FIRST, never), bound), df.DEAD)


def test_a_route_that_is_never_taken_is_struck_out() -> None:
    whole = "urgent and not urgent"
    dead = g.route("r", *(g.step("r", s, "sign", "head", when=whole) for s in ("a", "b")), when=whole)
    repair = offered(g.rule_set(dead), df.DEAD)[kinds.STRUCK]
    assert repair.edit.removed == ("r",)
    assert sentence(g.rule_set(dead), repair, "en") == "Strike art. 1."


def test_a_step_without_anybody_is_another_s_or_left_out() -> None:
    steps = (
        FIRST,
        g.step("r", "a", "review", "(deputy when urgent)", "draft"),
        g.step("r", "b", "sign", "head", "a", article=2),
    )
    looks = g.route("q", g.step("q", "a", "review", "clerk", article=20), when="weighty", article=20)
    rules = g.rule_set(g.route("r", *steps), looks)
    found = offered(rules, df.NO_END)
    assert set(found) == {kinds.NAMED, kinds.OPTIONAL}
    assert "，由clerkreview。" in sentence(rules, found[kinds.NAMED], "zh")
    assert "不经review" in sentence(rules, found[kinds.OPTIONAL], "zh")
    assert not mended(g.rule_set(g.route("r", *(replace_by(s, "deputy") for s in steps)))).findings


def replace_by(step: Norm | object, by: str) -> object:
    return replace(step, power=replace(step.power, by=g.parse_set(by))) if step.id == "a" else step  # type: ignore[attr-defined, type-var]


def test_a_decisive_step_without_anybody_is_never_left_out() -> None:
    steps = (g.step("r", "a", "submit", "clerk"), g.step("r", "b", "sign", "(head when urgent)", "a"))
    assert kinds.OPTIONAL not in offered(g.rule_set(g.route("r", *steps)), df.NO_END)


@pytest.mark.parametrize("number", [1, 2])
def test_looks_beside_the_signature_are_put_before_it(number: int) -> None:
    looks = [g.step("r", f"look{i}", "review", "clerk" if i else "deputy", article=2 + i) for i in range(number)]
    rules = g.rule_set(g.route("r", g.step("r", "sign", "sign", "head"), *looks))
    repair = offered(rules, df.WORK_LEFT)[kinds.ORDERED]
    (route,) = repair.edit.changed
    assert isinstance(route, Route)
    order = [x.id for x in route.steps]
    assert order.index("look0") < order.index("sign") and "look0" in route.steps[order.index("sign")].after
    assert "后，方可由headsign" in sentence(rules, repair, "zh")


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]
NO_SHRINKING = (Phase.explicit, Phase.generate)
"""An example takes seconds: a failing one is shown as it is."""


@pytest.mark.long
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=SLOW, phases=NO_SHRINKING)
@given(g.rule_sets())
def test_repairs_of_generated_routes(rules: RuleSet) -> None:
    """Every repair offered removes its finding, or leaves what is rarer, and no question on routes that held fails."""
    for kind in (df.NO_END, df.WORK_LEFT, df.DEAD, df.UNBOUNDED, df.COMES_BACK, df.HELD_TWICE):
        offered(rules, kind)
