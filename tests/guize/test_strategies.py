"""Hypothesis strategies and the state machine of a paper's life, as a user meets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, run_state_machine_as_test

import guize
from guize.strategies import absences, paper_life, papers, revisions, rule_sets, situations
from model import sketch as s
from model.errors import UsageError
from model.norms import Exclusion, Norm
from model.reachability import reachable
from model.ruleset import RuleSet

ROOT = Path(__file__).parents[2]
QUIET = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ONCE = settings(QUIET, max_examples=40, stateful_step_count=10, phases=[Phase.generate, Phase.shrink])
RULES = s.ruleset(
    s.office("head"),
    s.office("deputy", 2),
    s.office("clerk"),
    s.flag("urgent"),
    s.attribute("kind", "notice", "order"),
    s.fact("orders_wait", "not (kind = order and urgent)"),
    s.stand_in("i", 3, "head", "deputy"),
    s.exclusion("x", 4, "head", "deputy"),
    s.route("r", 1, ("look", "review", "deputy"), ("name", "sign", "head")),
)
PARTED = s.ruleset(
    *(v for t in ("offices", "attributes") for v in getattr(RULES.vocabulary, t).values()),
    *RULES.norms.values(),
    Exclusion(id="e", citations=s.cite(5), route="r", steps=("look", "name")),
)


@given(st.data())
@QUIET
def test_law_what_is_drawn_can_occur(data: st.DataObject) -> None:
    rules = data.draw(st.one_of(st.just(RULES), rule_sets()))
    assert reachable(rules, data.draw(situations(rules, most_absences=3)))
    paper = data.draw(papers(RULES, paper={"kind": "order"}))
    assert paper.attributes == {"kind": "order", "urgent": "false"}
    away = data.draw(absences(RULES, most=2, states=("leave",)))
    assert set(away.values()) <= {"leave"} and not ("head" in away and away.keys() & {"deputy_1", "deputy_2"})


@pytest.mark.long
def test_examples_shrink_to_what_is_plain() -> None:
    at = find(situations(RULES), lambda at: bool(at.absent), settings=QUIET)
    assert at.states == {"head": "out_of_town"} or list(at.states.values()) in (["leave"], ["out_of_town"])
    assert dict(at.paper.attributes) == {"urgent": "false", "kind": "notice"}
    rules = find(rule_sets(), lambda r: True, settings=QUIET)
    assert [n.form for n in rules.norms.values()] == ["power"]


def test_every_norm_form_is_drawn() -> None:
    seen: set[type[Norm]] = set()

    @given(rule_sets())
    @settings(QUIET, max_examples=120, phases=[Phase.generate])
    def draw(rules: RuleSet) -> None:
        seen.update(type(n) for n in rules.norms.values())

    draw()
    assert seen == {*Norm.__subclasses__()}


def test_revisions_are_of_the_rules_given() -> None:
    before, after = find(revisions(RULES, "remove_step"), lambda _: True, settings=QUIET)
    assert before is RULES and after.norms == ("r", "r.look")
    with pytest.raises(KeyError):
        revisions(RULES, "no_such_operator")


# the life of a paper


def test_a_lawful_life_passes() -> None:
    run_state_machine_as_test(paper_life(RULES), settings=ONCE)


def test_a_claim_that_fails_is_told_with_the_way_there() -> None:
    machine = paper_life(RULES, paper={"kind": "order"}, claims={"总有人审核": "not stuck(review)"}, states=("leave",))
    with pytest.raises(AssertionError) as failed:
        run_state_machine_as_test(machine, settings=ONCE)
    assert "此时不成立：总有人审核" in str(failed.value)
    assert "state.leaves(move=deputy甲休假（未外出）)" in _notes(failed.value)


def test_a_subclass_adds_invariants_of_its_own() -> None:
    def eyes(rules: RuleSet) -> type[guize.strategies.PaperLife]:
        class TwoPairsOfEyes(paper_life(rules, lang="en")):  # type: ignore[misc]
            @invariant()
            def never_alone(self) -> None:
                assert not self.done_by("review") & self.done_by("sign")

        return TwoPairsOfEyes

    run_state_machine_as_test(eyes(PARTED), settings=ONCE)
    with pytest.raises(AssertionError) as failed:
        run_state_machine_as_test(eyes(RULES), settings=ONCE)
    notes = _notes(failed.value)
    assert "state.comes_in(start=a notice)" in notes
    assert "the deputy A: review (art. 1)" in notes and "the deputy A for the head: sign (art. 1 and art. 3)" in notes


def _notes(error: BaseException) -> str:
    return "\n".join(getattr(error, "__notes__", ()))


def test_claims_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(UsageError, match="no such act"):
        paper_life(RULES, claims={"x": "not stuck(sing)"})
    with pytest.raises(UsageError):
        paper_life(RULES, claims={"x": "not ("})


# types


@pytest.mark.parametrize("first", ["hypothesis", "guize"])
def test_types_have_strategies_whichever_is_loaded_first(first: str) -> None:
    order = ["import hypothesis; hook.register()", "from guize import Situation, RuleSet, Paper"]
    code = f"""
import sys
from guize import hypothesis_hook as hook
{"; ".join(order if first == "hypothesis" else order[::-1])}
from hypothesis import find, settings, HealthCheck, Phase, strategies as st
some = settings(max_examples=5, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
for kind in (Situation, RuleSet, Paper):
    assert isinstance(find(st.from_type(kind), lambda _: True, settings=some), kind)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
