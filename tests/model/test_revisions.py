"""Edits of a rule set: each operator does what it says, to well-formed rule sets, the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import specs
from guize.strategies import revisions as drawn
from guize.strategies import rule_sets
from model import expressions as ex
from model import sketch as s
from model.loading import load
from model.norms import Bound, Cadence, Exclusion, Power, Precedence, Reference, Route
from model.revisions import OPERATORS, revisions
from model.revisions.editing import gives_way_to_itself
from model.ruleset import RuleSet
from model.sorts import Names, check_condition, check_set
from model.vocabulary import Strength

RICH = s.ruleset(
    s.office("head"),
    s.office("deputy", 2),
    s.office("clerk"),
    s.flag("urgent"),
    s.attribute("kind", "notice", "meeting"),
    s.attribute("body", "none", "council"),
    s.meeting("council"),
    s.power("p", 1, "sign", "head | deputy", "urgent and some(present(head))"),
    s.power("q", 2, "sign", "deputy", residual_to=("p",), delegation=s.power("x", 1, "sign", "head").by),
    s.stand_in("i", 3, "head", "deputy", ("leave", "illness")),
    s.deontic("d", 4, "duty", "publish", "head", unless="urgent"),
    s.route("r", 5, ("draft", "forward", "clerk"), ("look", "review", "deputy"), ("name", "approve", "head")),
    s.bound("b", 6, "r", ("draft", "look"), "ceiling", 5, "working_day"),
    s.composition("c", 7, "council", "head", "deputy"),
    Exclusion(id="e", citations=s.cite(8), route="r", steps=("draft", "look")),
    Cadence(id="k", citations=s.cite(9), route="r", step="look", amount=1, unit="month"),
    Precedence(id="pre", citations=s.cite(10), prevails=("p",), yields=("r",)),
    Reference(id="ref", citations=s.cite(11), kind="cites", target="t", article=3),
)


def by(name: str, rules: RuleSet = RICH) -> list[RuleSet]:
    return [v.rules for v in revisions(rules, (name,))]


def malformed(rules: RuleSet) -> list[str]:
    """What loading would refuse: names there are not, steps and norms that are gone, circles of precedence."""
    names, found = Names(rules.vocabulary), []
    for norm in (*rules.norms.values(), *rules.powers.values()):
        for value in vars(norm).values():
            if isinstance(value, ex.Cond):
                found += [p.name for p in check_condition(value, names, principal=True)]
            elif isinstance(value, ex.ActorSet):
                found += [p.name for p in check_set(value, names, principal=True)]
    for loser, winners in rules.superiors.items():
        found += [w for w in (loser, *winners) if w not in rules.norms and w not in rules.powers]
    for route in rules.routes.values():
        above: set[str] = set()
        for step in route.steps:
            found += [x for x in (*step.after, step.back_to) if x and x not in above]
            above.add(step.id)
    for norm in rules.norms.values():
        steps = {r: {x.id for x in rules.routes[r].steps} for r in rules.routes}
        if isinstance(norm, Bound):
            ends = {norm.start, norm.end} - {"start", "end"}
            found += [r for r in norm.routes if r not in steps or not ends <= steps[r]]
        elif isinstance(norm, Exclusion) and norm.route:
            found += [] if set(norm.steps) <= steps.get(norm.route, set()) else [norm.id]
        elif isinstance(norm, Cadence) and norm.route:
            found += [] if norm.step in steps.get(norm.route, set()) else [norm.id]
        elif isinstance(norm, Route) and not norm.steps:
            found.append(norm.id)
    return [*found, *(["circle"] if gives_way_to_itself(rules) else [])]


def test_every_operator_has_something_to_do_on_a_rich_rule_set() -> None:
    idle = {"remove_return", "mutual_pair", "drop_chair"}
    assert {n for n in OPERATORS if not by(n)} <= idle
    assert len(OPERATORS) >= 25


@pytest.mark.parametrize("name", list(OPERATORS))
def test_revisions_are_well_formed_and_differ(name: str) -> None:
    for found in revisions(RICH, (name,)):
        assert malformed(found.rules) == []
        assert found.rules.norms != RICH.norms
        assert found.operator == name and found.norms and found.label.zh and found.label.en
        for norm in found.norms:
            RICH.lookup(norm)


@pytest.mark.parametrize("name", ["weidong", "luoyang"])
def test_revisions_of_bundled_rules_touch_their_own_norms_only(name: str) -> None:
    rules = load(specs.ROOT / name)
    own = {n.id for n in rules.own_norms()}
    for operator in OPERATORS:
        for number, found in enumerate(revisions(rules, (operator,))):
            assert {n.partition(".")[0] for n in found.norms} <= own
            if number % 40 == 0:
                assert malformed(found.rules) == []
                assert {i: n for i, n in found.rules.norms.items() if i not in own and i in rules.norms} == {
                    i: n for i, n in rules.norms.items() if i not in own
                }


def test_the_same_every_time() -> None:
    assert [repr(v) for v in revisions(RICH)] == [repr(v) for v in revisions(RICH)]
    with pytest.raises(KeyError):
        list(revisions(RICH, ("no_such_operator",)))


def test_what_was_struck_out_is_named_nowhere() -> None:
    gone = {v.norms[0]: v.rules for v in revisions(RICH, ("delete_norm",))}
    assert "p" not in gone["p"].norms and "pre" not in gone["p"].norms
    assert gone["p"].powers["q"].residual_to == ()
    assert not {"r", "b", "e", "k", "pre"} & set(gone["r"].norms)
    steps = {v.norms[1]: v.rules for v in revisions(RICH, ("remove_step",))}
    assert [x.after for x in steps["r.look"].routes["r"].steps] == [(), ("draft",)]
    assert not {"b", "e", "k"} & set(steps["r.look"].norms) and "b" in steps["r.name"].norms


def test_some_operators_to_the_letter() -> None:
    assert [str(r.powers["p"].by) for r in by("swap_office")][:2] == ["deputy | deputy", "head | clerk"]
    assert [n.amount for r in by("change_bound") for n in r.bounds] == [2, 10]
    assert by("change_unit")[0].bounds[0].unit == "calendar_day"
    assert str(by("widen_condition")[0].powers["p"].when) == "urgent"
    assert by("remove_delegation")[0].powers["q"].delegation is None
    assert [x.power.act for x in by("reorder_steps")[0].routes["r"].steps] == ["review", "forward", "approve"]
    assert by("add_return")[0].routes["r"].steps[-1].back_to == "draft"
    assert str(by("mutual_pair")[0].stand_ins[0].principals) == "head | deputy"
    assert by("drop_cause")[0].stand_ins[0].states == {"leave", "leave_away"}
    assert by("break_reference")[0].of_form(Reference)[0].article == 4
    assert by("change_strength")[0].norms["p"].strength is Strength.IN_PRINCIPLE
    assert isinstance(by("toggle_joint")[0].norms["p"], Power) and by("toggle_joint")[0].powers["p"].joint


@given(rule_sets())
@settings(max_examples=40, deadline=None)
def test_law_revisions_of_generated_rule_sets_are_well_formed(rules: RuleSet) -> None:
    assert malformed(rules) == []
    for found in revisions(rules):
        assert malformed(found.rules) == [], found


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_drawn_revisions_are_of_the_operators_named(data: st.DataObject) -> None:
    before, found = data.draw(drawn(RICH, "swap_office", "drop_cause"))
    assert before is RICH and found.operator in ("swap_office", "drop_cause")
