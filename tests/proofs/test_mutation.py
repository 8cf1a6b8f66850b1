"""Edits by the operators of `model.revisions`: what differs is told; what is called equivalent is so everywhere."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import guize
from guize.strategies.small import Small, small
from model import effects
from model.revision import revise
from model.revisions import OPERATORS, Revision, revisions
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Report
from proofs.impact.space import Space
from proofs.mutation import Mutant, Status, examine
from tests.proofs.revisions import Pair, enumerable
from tests.proofs.test_impact import everything

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]


def differs_somewhere(pair: Pair) -> bool:
    """By counting: some situation that only one version knows, or that has other outcomes under the other."""
    space = Space(revise(pair.old, pair.new), pair.states)
    for _, _, (before, after) in everything(space):
        if before is None or after is None or effects.difference(pair.old, before, space.new.rules, after):
            return True
    return False


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=400), st.data())
def test_an_edit_differs_just_where_counting_finds_a_difference(example: Small, data: st.DataObject) -> None:
    made = list(islice(revisions(example.rules), 200))
    assume(made)
    revision: Revision = data.draw(st.sampled_from(made))
    pair = Pair(example.rules, revision.rules, example.states, (repr(revision),))
    assume(enumerable(pair, 400))
    (found,) = examine(example.rules, [revision], most_absences=9, states=example.states)
    assert found.status is not Status.UNKNOWN
    assert (found.status is Status.DIFFERS) == differs_somewhere(pair)
    assert found.status is not Status.DIFFERS or found.named


def weidong(operator: str, *norms: str) -> Mutant:
    rules = guize.load("weidong")
    revision = next(r for r in revisions(rules, (operator,)) if r.norms[: len(norms)] == norms)
    (found,) = examine(rules, [revision])
    return found


def test_two_steps_that_lose_their_order_and_have_a_return_between_them() -> None:
    found = weidong("unorder_steps", "returned_papers", "returned_papers.first_check")
    assert (found.status, found.named, found.kinds) == (Status.DIFFERS, True, ("order",))


def test_all_of_one_and_any_of_one_are_proved_the_same() -> None:
    assert weidong("toggle_joint", "report_to_party.report").status is Status.EQUIVALENT


def test_a_reference_has_no_outcome_and_is_not_called_equivalent() -> None:
    assert weidong("delete_norm", "cites_constitution").status is Status.TEXT


def test_an_unsettled_comparison_is_no_verdict() -> None:
    rules = guize.load("weidong")
    revision = next(revisions(rules, ("drop_cause",)))
    (found,) = examine(rules, [revision], budget=1)
    assert found.status is Status.UNKNOWN and not found.noticed


@pytest.mark.long
@pytest.mark.parametrize("operator", OPERATORS)
def test_a_few_edits_of_each_operator_are_noticed_with_the_edited_norm_named(operator: str) -> None:
    rules = guize.load("weidong")
    made = list(revisions(rules, (operator,)))
    few = made[:: max(1, len(made) // 3)]
    for found in examine(rules, few):
        assert found.status is not Status.UNKNOWN
        assert found.named == (found.status is Status.DIFFERS), found.revision


@pytest.mark.long
def test_the_audit_speaks_of_a_clause_that_is_struck_out_and_is_silent_on_what_changes_nothing() -> None:
    rules = guize.load("weidong")
    gone = next(r for r in revisions(rules, ("delete_norm",)) if r.norms == ("presides_full",))
    none = next(r for r in revisions(rules, ("toggle_joint",)) if r.norms == ("report_to_party.report",))

    def gaps(version: RuleSet) -> Report:
        return audit(version, checks=["signing-gap"], most_absences=1)

    spoken, silent = examine(rules, [gone, none], gaps)
    assert spoken.checks == ("signing-gap",)
    assert silent.checks == () and not silent.in_core
