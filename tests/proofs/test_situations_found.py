"""The plainest situation found by cores is as plain as that of the plain loop; brave answers are those one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from bench.growth import brave
from bench.growth.collection import collection
from guize.strategies.small import Small, small
from model import plainness
from model.situation import Situation, make_cast
from proofs import decode, witness
from proofs.boolean import Formula
from proofs.encoding import Encoding
from proofs.session import Session
from tests.proofs.test_verdicts import QUIET

quick = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=QUIET)


def session(example: Small) -> Session:
    return Session(Encoding(example.rules, example.cast, example.states))


def both_ways(
    session: Session, goals: Sequence[Formula], most: int, monkeypatch: pytest.MonkeyPatch
) -> list[Situation | None]:
    """The plainest situation by bisection of one sum, and by cores."""
    found: list[Situation | None] = []
    for many in (10**6, 0):
        monkeypatch.setattr(witness, "_MANY", many)
        apart = session.apart()
        values = witness.minimal(apart, [apart.literal(g) for g in goals], most)
        found.append(None if values is None else decode.situation(session.encoding, values))
    return found


@settings(quick, suppress_health_check=[*QUIET, HealthCheck.function_scoped_fixture])
@given(small(most=600))
def test_both_ways_find_what_is_as_plain(monkeypatch: pytest.MonkeyPatch, example: Small) -> None:
    asking, most = session(example), len(example.cast.ids)
    goals = [(), *((asking.encoding.stuck(stage),) for stage in example.rules.stages)]
    for goal in goals:
        one, other = both_ways(asking, goal, most, monkeypatch)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert plainness.cost(example.rules, one) == plainness.cost(example.rules, other)


def test_where_several_papers_must_be_unplain_the_cheapest_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each government of the collection needs a portfolio touched, and offices of many are more ordinary."""
    rules = collection(300)
    one, other = both_ways(Session(Encoding(rules, make_cast(rules))), (), 2, monkeypatch)
    assert one is not None and other is not None
    assert plainness.cost(rules, one) == plainness.cost(rules, other) > (0, 0)


@quick
@given(small(most=600))
def test_brave_answers_are_those_of_single_queries(example: Small) -> None:
    asking = session(example)
    few = witness.absences_at_most(asking, 1)
    stuck = {stage.id: asking.encoding.stuck(stage) for stage in example.rules.stages}
    single = session(example)
    bound = witness.absences_at_most(single, 1)
    one_by_one = {n for n, f in stuck.items() if single.satisfiable([single.literal(f), bound])}
    assert brave.possible(asking, stuck, [few]) == one_by_one
