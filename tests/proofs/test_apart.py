"""A large stage in pieces is stuck just where it is stuck as a whole."""

from __future__ import annotations

from bench.growth.collection import CHAIR, collection
from model.ruleset import RuleSet, Stage
from model.situation import make_cast
from proofs.apart import never_together, pieces
from proofs.boolean import conj, disj, iff, neg
from proofs.encoding import Encoding
from proofs.session import Session
from tests.proofs import support as s


def stage(rules: RuleSet, name: str) -> Stage:
    return next(x for x in rules.stages if x.id == name)


def test_pieces_are_stuck_just_where_the_stage_is() -> None:
    rules = collection(300)
    chairing = stage(rules, CHAIR)
    parts = pieces(rules, chairing)
    assert len(parts) > 1
    assert sorted(p.id for x in parts for p in x.powers) == sorted(p.id for p in chairing.powers)
    encoding = Encoding(rules, make_cast(rules))
    session = Session(encoding)
    same = iff(encoding.stuck(chairing), disj(encoding.stuck(x) for x in parts))
    assert not session.satisfiable([session.literal(neg(same))])
    assert session.satisfiable([session.literal(encoding.stuck(chairing))])
    two = conj(disj(encoding.in_force(p) for p in x.powers) for x in parts[:2])
    assert not session.satisfiable([session.literal(two)])


def test_a_small_stage_and_one_that_a_duty_asks_for_stay_whole() -> None:
    bundled = collection(300)
    deciding = stage(bundled, "decide_g1")
    small = next(x for x in bundled.stages if 1 < len(x.powers) < 9)
    assert pieces(bundled, small) == (small,)
    assert {p.id for x in pieces(bundled, deciding) for p in x.powers} == {p.id for p in deciding.powers}


def test_powers_are_apart_only_by_values_of_one_attribute() -> None:
    rules = s.ruleset(
        s.office("head"),
        s.attribute("kind", "notice", "letter", "order"),
        s.flag("urgent"),
        s.power("one", 1, "sign", "head", when="kind = notice and urgent"),
        s.power("two", 2, "sign", "head", when="kind in {letter, order}"),
        s.power("three", 3, "sign", "head", when="urgent or kind = notice"),
    )
    one, two, three = (rules.powers[p] for p in ("one", "two", "three"))
    assert never_together(one, two) and never_together(two, one)
    assert not never_together(one, three) and not never_together(two, three)
