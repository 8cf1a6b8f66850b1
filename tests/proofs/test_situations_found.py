"""The plainest situation found by cores is as plain as that of the plain loop; brave answers are those one by one."""

from __future__ import annotations

from hypothesis import assume, given, settings

from bench.growth.collection import collection
from guize.strategies.small import Small, small
from model import plainness
from model.situation import make_cast
from proofs import brave, decode, witness
from proofs.encoding import Encoding
from proofs.session import Session
from tests.proofs.test_verdicts import QUIET

quick = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=QUIET)


def session(example: Small) -> Session:
    return Session(Encoding(example.rules, example.cast, example.states))


@quick
@given(small(most=600))
def test_none_is_plainer_than_the_plainest(example: Small) -> None:
    asking, most = session(example), len(example.cast.ids)
    by_cores, by_loop = witness.plainest(asking.apart(), most), witness.minimal(asking.apart(), [], most)
    assert (by_cores is None) == (by_loop is None)
    assume(by_cores is not None and by_loop is not None)
    one, other = (decode.situation(asking.encoding, v) for v in (by_cores, by_loop) if v is not None)
    assert plainness.cost(example.rules, one) == plainness.cost(example.rules, other)


def test_where_several_papers_must_be_unplain_the_cheapest_way_is_taken() -> None:
    """Each government of the collection needs a portfolio touched, and offices of many are more ordinary."""
    rules = collection(300)
    cast = make_cast(rules)
    encoding = Encoding(rules, cast)
    found = witness.plainest(Session(encoding))
    by_loop = witness.minimal(Session(encoding), [])
    assert found is not None and by_loop is not None
    costs = {plainness.cost(rules, decode.situation(encoding, values)) for values in (found, by_loop)}
    assert len(costs) == 1 and costs.pop()[1] > 0


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
