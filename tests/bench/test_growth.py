"""The three ways to ask the core questions agree, and the figures are computed as they are named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from bench.growth.answer_sets import by_answer_sets, plainest
from bench.growth.collection import collection
from bench.growth.fresh_queries import by_fresh_queries
from bench.growth.measuring import Run, disagreements, exponent, steps
from bench.growth.questions import ABSENCES, by_guize, questions
from guize.strategies.small import Small, small
from model import plainness
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs import witness
from proofs.audit import hear
from tests.proofs import support as s

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]


def test_all_agree_on_a_generated_rule_set() -> None:
    """Fresh queries are asked of the first stages only: they take a tenth of a second each."""
    rules = collection(60)
    guize = dict(by_guize(rules))
    assert guize == dict(by_answer_sets(rules))
    assert {True, False} <= set(guize.values())
    for name, verdict in islice(by_fresh_queries(rules), 6):
        assert guize[name] == verdict, name


NO_SHRINKING = (Phase.explicit, Phase.generate)


def plainest_by_guize(rules: RuleSet, most: int) -> dict[str, tuple[int, int]]:
    hearing = hear(rules, make_cast(rules), most)
    found: dict[str, tuple[int, int]] = {}
    for stage in rules.stages:
        session = hearing.session.apart()
        values = witness.minimal(session, [session.literal(hearing.encoding.stuck(stage))], most)
        if values is not None:
            found[stage.id] = plainness.cost(rules, hearing.situation(values))
    return found


def test_no_plainer_situation_is_found_by_optimisation_elsewhere() -> None:
    """The plainest situation in which an act stops is as plain as clingo's least weak constraints."""
    rules = collection(60)
    found = plainest(rules, [stage.id for stage in rules.stages])
    assert found == plainest_by_guize(rules, max(ABSENCES))
    assert len({*found.values()}) > 3


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=QUIET, phases=NO_SHRINKING)
@given(small(most=600))
def test_no_plainer_situation_of_small_rule_sets(example: Small) -> None:
    rules = example.rules
    assume(not rules.vocabulary.relations and not rules.absence_exclusions)
    assert plainest(rules, [s.id for s in rules.stages]) == plainest_by_guize(rules, max(ABSENCES))


EVERY = ("any", "vacancy")


def test_a_loop_is_found_by_all() -> None:
    """Two deputies stand in for each other whatever the cause: if both are away the chain returns."""
    rules = s.ruleset(
        *[s.office(o) for o in ("head", "one", "two")],
        s.power("signs", 1, "sign", "one"),
        s.power("reviews", 5, "review", "head"),
        s.stand_in("by_one", 2, "head", "one", EVERY, chain=True),
        s.stand_in("by_two", 3, "one", "two", EVERY, chain=True),
        s.stand_in("back", 4, "two", "one", EVERY, chain=True),
    )
    guize = dict(by_guize(rules))
    assert guize == dict(by_answer_sets(rules)) == dict(by_fresh_queries(rules))
    assert {q for q, verdict in guize.items() if verdict} == {"sign 2", "sign 2 loop"}


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=600))
def test_all_agree_on_small_rule_sets(example: Small) -> None:
    rules = example.rules
    assume(not rules.vocabulary.relations and not rules.absence_exclusions)
    guize = dict(by_guize(rules))
    assert guize == dict(by_answer_sets(rules))
    assert guize == dict(by_fresh_queries(rules))


def test_a_question_has_its_own_name() -> None:
    names = [q.name for stage in collection(60).stages for q in questions(stage)]
    assert len(names) == len(set(names))


def runs(*verdicts: dict[str, bool]) -> Iterator[Run]:
    return (Run(f"method {i}", 100, {}, v, 1.0) for i, v in enumerate(verdicts))


def test_disagreement_is_told_also_where_a_method_was_stopped() -> None:
    assert disagreements([*runs({"a 0": True, "b 0": False}, {"a 0": True}, {"b 0": True})]) == [
        "b 0: method 0 says False, method 2 True"
    ]
    assert disagreements([*runs({"a 0": True}, {"a 0": True})]) == []


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0])
def test_the_exponent_is_that_of_the_growth(power: float) -> None:
    points = [(n, 3 * n**power) for n in (100, 300, 1000)]
    assert exponent(points) == pytest.approx(power)
    assert steps(points) == pytest.approx([power, power])
    assert exponent(points[:1]) is None
