"""A route as a process: what the definitions say is what walking through every state shows."""

from __future__ import annotations

import networkx as nx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.competence import Competence
from model.graphs import defects as df
from model.graphs.course import DO, RETURN, Course, closings, earlier, later
from model.norms import Route
from model.ruleset import RuleSet
from model.situation import Paper, Situation, make_cast
from tests.model.generated_routes import ban, ceiling, route, routes, rule_set, rule_sets, stand_in, step

QUIET = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def at(rules: RuleSet, *absent: str, **flags: str) -> Situation:
    return Situation(make_cast(rules), Paper(flags), dict.fromkeys(absent, "leave"))


def kinds(rules: RuleSet, situation: Situation) -> set[str]:
    return {d.kind for d in df.defects(rules, situation)}


@st.composite
def situations(draw: st.DrawFn, rules: RuleSet) -> Situation:
    cast = make_cast(rules)
    absent = draw(st.lists(st.sampled_from(cast.ids), unique=True, max_size=2))
    flags = {f: draw(st.sampled_from(["false", "true"])) for f in ("urgent", "weighty")}
    return Situation(cast, Paper(flags), dict.fromkeys(absent, "leave"))


@QUIET
@given(st.data())
def test_a_route_is_stuck_exactly_where_no_walk_ends(data: st.DataObject) -> None:
    rules = rule_set(data.draw(routes()))
    situation = data.draw(situations(rules))
    course = Course(Competence(rules, situation), rules.routes["r"])
    states = course.explore()
    ends = any(course.ended(s) for s in states)
    starts = states.out_degree(frozenset()) > 0
    assert course.starts == starts
    stuck = [d for d in df.defects(rules, situation) if d.kind == df.NO_END]
    assert bool(stuck) == (starts and not ends and not situation.absent)
    if ends:  # and then from everywhere: nothing that can be done makes it impossible
        done = [s for s in states if course.ended(s)]
        assert all(any(nx.has_path(states, s, e) for e in done) for s in states)


@QUIET
@given(st.data())
def test_work_is_left_exactly_where_a_walk_closes_before_a_look(data: st.DataObject) -> None:
    rules = rule_set(data.draw(routes()))
    situation = data.draw(situations(rules))
    chosen = rules.routes["r"]
    course = Course(Competence(rules, situation), chosen)
    states = course.explore()
    expected: set[tuple[str, str]] = set()
    for closing, look in df.open_looks(rules, chosen):
        if look.id in course.required and any(closing.id in s and look.id not in s for s in states):
            expected.add((closing.power.id, look.power.id))
    found = {d.steps for d in df.defects(rules, situation) if d.kind == df.WORK_LEFT}
    assert found == (set() if situation.absent else expected)


@QUIET
@given(st.data())
def test_a_return_is_found_exactly_where_a_walk_can_go_round(data: st.DataObject) -> None:
    rules = rule_set(data.draw(routes()))
    situation = data.draw(situations(rules))
    states = Course(Competence(rules, situation), rules.routes["r"]).explore()
    component = {s: i for i, c in enumerate(nx.strongly_connected_components(states)) for s in c}
    round_trips = {
        f"r.{d['step']}"
        for one, two, d in states.edges(data=True)
        if d["kind"] == RETURN and component[one] == component[two]
    }
    found = {d.steps[0] for d in df.defects(rules, situation) if d.kind == df.UNBOUNDED}
    assert found == round_trips


@QUIET
@given(st.data())
def test_without_returns_every_walk_does_each_step_once_in_order(data: st.DataObject) -> None:
    rules = rule_set(data.draw(routes()))
    chosen = rules.routes["r"]
    course = Course(Competence(rules, data.draw(situations(rules))), chosen)
    for one, two, d in course.explore().edges(data=True):
        if d["kind"] == DO:
            assert two == one | {d["step"]}
            assert not later(chosen)[d["step"]] & one
            assert earlier(chosen)[d["step"]] & course.required <= one


@QUIET
@given(rule_sets())
def test_before_and_after_are_converse(rules: RuleSet) -> None:
    for chosen in rules.routes.values():
        pairs = {(a, b) for b, before in earlier(chosen).items() for a in before}
        assert pairs == {(a, b) for a, after in later(chosen).items() for b in after}
        assert not any((b, a) in pairs for a, b in pairs)


# by hand


def line(*steps: tuple[str, str, str], ident: str = "r", article: int = 1, back: str = "", when: str = "true") -> Route:
    made = []
    for i, (name, act, by) in enumerate(steps):
        before = (steps[i - 1][0],) if i else ()
        target = back if i == len(steps) - 1 else ""
        made.append(step(ident, name, act, by, *before, back_to=target, article=article + i))
    return route(ident, *made, when=when, article=article)


def test_a_step_with_nobody_named_stops_the_route() -> None:
    rules = rule_set(line(("review", "review", "clerk"), ("sign", "sign", "(head when urgent)")))
    assert kinds(rules, at(rules)) == {df.NO_END}
    assert kinds(rules, at(rules, urgent="true")) == set()


def test_absence_is_left_to_the_gap_checks() -> None:
    rules = rule_set(line(("review", "review", "clerk"), ("sign", "sign", "head")))
    assert kinds(rules, at(rules, "head")) == set()


def test_a_look_beside_the_signature_is_left_over() -> None:
    beside = route("r", step("r", "sign", "sign", "head"), step("r", "look", "review", "clerk"))
    rules = rule_set(beside)
    assert [d.steps for d in df.defects(rules, at(rules))] == [("r.sign", "r.look")]
    before = rule_set(route("r", step("r", "look", "review", "clerk"), step("r", "sign", "sign", "head", "look")))
    assert kinds(before, at(before)) == set()


def test_a_return_needs_a_ceiling_that_spans_it() -> None:
    loop = line(("draft", "submit", "clerk"), ("look", "review", "deputy"), ("sign", "sign", "head"), back="draft")
    assert kinds(rule_set(loop), at(rule_set(loop))) == {df.UNBOUNDED}
    spanned = rule_set(loop, ceiling("b", "r", "start", "end"))
    assert kinds(spanned, at(spanned)) == set()
    beside = rule_set(loop, ceiling("b", "r", "start", "look"))
    assert kinds(beside, at(beside)) == {df.UNBOUNDED}


def test_a_ceiling_that_starts_within_the_round_starts_anew_and_bounds_none() -> None:
    loop = line(("ask", "submit", "clerk"), ("draft", "submit", "clerk"), ("sign", "sign", "head"), back="draft")

    def renewed(start: str, end: str, when: str = "true") -> list[str]:
        rules = rule_set(loop, ceiling("b", "r", start, end, when))
        _, draft, sign = rules.routes["r"].steps
        unbounded = kinds(rules, at(rules)) == {df.UNBOUNDED}
        here = Competence(rules, at(rules))
        assert unbounded == (not df.spanning(rules, rules.routes["r"], sign, draft))
        return [b.id for b in df.renewed_here(here, rules.routes["r"], sign, draft)]

    assert renewed("sign", "draft") == ["b"], "on the way back"
    assert renewed("draft", "sign") == ["b"], "on the way there again"
    assert renewed("ask", "sign") == [], "from before the round: it runs throughout"
    assert renewed("sign", "draft", "urgent") == [], "not in force"


def test_a_cycle_that_no_situation_can_drive_is_none() -> None:
    first = step("r", "draft", "submit", "clerk", when="urgent")
    second = step("r", "sign", "sign", "head", "draft", when="not urgent", back_to="draft")
    rules = rule_set(route("r", first, second))
    for urgent in ("false", "true"):
        assert kinds(rules, at(rules, urgent=urgent)) == set()


def test_a_paper_that_comes_back_to_the_one_who_approved_it() -> None:
    rules = rule_set(line(("a", "approve", "head"), ("b", "review", "deputy"), ("c", "decide", "head")))
    (found,) = [d for d in df.defects(rules, at(rules, "deputy_1")) if d.kind == df.COMES_BACK]
    assert (found.steps, found.official, found.between) == (("r.a", "r.c"), "head", "r.b")
    direct = rule_set(line(("a", "approve", "head"), ("c", "decide", "head")))
    assert kinds(direct, at(direct)) == set()


def test_who_only_asked_before_or_only_hands_on_afterwards_is_no_round_trip() -> None:
    asked = rule_set(line(("a", "submit", "head"), ("b", "review", "clerk"), ("c", "decide", "head")))
    assert kinds(asked, at(asked)) == set()
    handed_on = rule_set(line(("a", "approve", "head"), ("b", "review", "clerk"), ("c", "submit", "head")))
    assert kinds(handed_on, at(handed_on)) == set()


def test_what_somebody_asks_for_himself_comes_back_to_him_rightly() -> None:
    leave = line(("a", "review", "clerk"), ("b", "approve", "head"), ("c", "decide", "clerk"))
    rules = rule_set(leave, asker=True)
    asked = Situation(make_cast(rules), Paper({"weighty": "true"}, roles={"asker": "clerk"}))
    other = Situation(make_cast(rules), Paper({"weighty": "true"}, roles={"asker": "head"}))
    assert (kinds(rules, asked), kinds(rules, other)) == (set(), {df.COMES_BACK})


def test_two_looks_of_one_hand_are_self_review_and_not_told_again() -> None:
    rules = rule_set(line(("a", "review", "head"), ("b", "submit", "clerk"), ("c", "sign", "head")))
    assert kinds(rules, at(rules)) == set()


def test_a_stand_in_can_come_to_hold_two_steps() -> None:
    two = line(("a", "submit", "clerk"), ("c", "sign", "head"))
    rules = rule_set(two, stand_in("s", "head", "clerk"))
    assert kinds(rules, at(rules)) == set()
    assert [(d.kind, d.official) for d in df.defects(rules, at(rules, "head"))] == [(df.HELD_TWICE, "clerk")]
    other = rule_set(two, stand_in("s", "head", "deputy"))
    assert kinds(other, at(other, "head")) == set()


def test_a_stand_in_who_takes_over_two_steps_of_one_official_brings_nothing_together() -> None:
    one = line(("a", "submit", "head"), ("c", "sign", "head"))
    rules = rule_set(one, stand_in("s", "head", "clerk"))
    assert kinds(rules, at(rules, "head")) == set()
    either = rule_set(line(("a", "submit", "head | clerk"), ("c", "sign", "head")), stand_in("s", "head", "clerk"))
    assert kinds(either, at(either, "head")) == set()  # the head could do both anyway


def test_a_decision_on_what_a_stand_in_asks_for_himself_is_self_review() -> None:
    rules = rule_set(
        line(("a", "submit", "clerk"), ("b", "approve", "head")), stand_in("s", "head", "clerk"), asker=True
    )

    def asked(by: str) -> Situation:
        return Situation(make_cast(rules), Paper({"weighty": "true"}, roles={"asker": by}), {"head": "leave"})

    assert (kinds(rules, asked("clerk")), kinds(rules, asked("head"))) == (set(), {df.HELD_TWICE})


def test_a_step_there_only_in_an_absence_was_never_apart() -> None:
    cover = route(
        "r",
        step("r", "a", "submit", "clerk", when="some(absent(head))"),
        step("r", "c", "sign", "head", "a"),
    )
    rules = rule_set(cover, stand_in("s", "head", "clerk"))
    assert kinds(rules, at(rules, "head")) == set()


def rivals(*second: tuple[str, str, str]) -> tuple[Route, Route]:
    first = line(("look", "review", "deputy"), ("sign", "sign", "head"), ident="long", article=1)
    return first, line(*second, ident="other", article=5)


def test_two_routes_to_one_signature_compete() -> None:
    rules = rule_set(*rivals(("look", "review", "clerk"), ("sign", "sign", "head")))
    (found,) = df.defects(rules, at(rules))
    assert (found.kind, found.routes) == (df.COMPETING, ("long", "other"))


def test_routes_that_demand_the_same_do_not_compete() -> None:
    rules = rule_set(*rivals(("look", "review", "deputy"), ("sign", "sign", "head")))
    assert kinds(rules, at(rules)) == set()


def test_a_route_without_the_middle_step_skips_a_level_unless_forbidden() -> None:
    two = rivals(("sign", "sign", "head"))
    rules = rule_set(*two)
    (found,) = df.defects(rules, at(rules))
    assert (found.kind, found.routes) == (df.SKIPPING, ("long", "other"))
    closed = rule_set(*two, ban("d", "sign", "head", when="urgent"))
    assert kinds(closed, at(closed, urgent="true")) == set()
    assert kinds(closed, at(closed)) == {df.SKIPPING}
    lifted = rule_set(*two, ban("d", "sign", "head", unless="weighty"))
    assert kinds(lifted, at(lifted, weighty="true")) == {df.SKIPPING}


def test_what_follows_a_decision_does_not_hide_that_a_level_before_it_is_skipped() -> None:
    two = rivals(("sign", "sign", "head"), ("file", "submit", "clerk"))
    rules = rule_set(*two)  # each route demands something of its own, and the way to the signature is shorter
    (found,) = df.defects(rules, at(rules))
    assert (found.kind, found.routes, found.steps) == (df.SKIPPING, ("long", "other"), ("long.sign", "other.sign"))
    closed = rule_set(*two, ban("d", "submit", "clerk"))
    assert kinds(closed, at(closed)) == set()


def test_a_level_can_be_skipped_before_a_decision_that_is_not_the_last() -> None:
    strict = line(("look", "review", "deputy"), ("grant", "approve", "clerk"), ("sign", "sign", "head"), ident="long")
    lax = line(("ask", "submit", "deputy"), ("grant", "approve", "clerk"), ("say", "decide", "head"), ident="other")
    rules = rule_set(strict, lax)
    (found,) = df.defects(rules, at(rules))
    assert (found.kind, found.steps) == (df.SKIPPING, ("long.grant", "other.grant"))
    elsewhere = line(
        ("ask", "submit", "deputy"), ("grant", "approve", "head"), ("say", "decide", "head"), ident="other"
    )
    apart = rule_set(strict, elsewhere)  # another hand decides: that is no shorter way to the same decision
    assert kinds(apart, at(apart)) == set()


def test_closings_are_the_last_decisions() -> None:
    rules = rule_set(line(("a", "approve", "head"), ("b", "sign", "head"), ("c", "submit", "clerk")))
    assert [s.id for s in closings(rules, rules.routes["r"])] == ["b"]
