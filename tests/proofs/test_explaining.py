"""All minimal cores against every subset of the norms, and the choices of wording that remove a finding."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import Phase, given, settings

from guize.strategies.small import Small, small
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs import decode
from proofs.audit import audit, hear
from proofs.boolean import Formula, neg
from proofs.explaining import all_cores, enumerated, formula_of
from proofs.repairing.comparison import Asked
from proofs.wordings import removing
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET

STATES = ("leave", "illness")


def asked_of(rules: RuleSet, states: tuple[str, ...] = STATES) -> Asked:
    return Asked(hear(rules, make_cast(rules), states=states))


def by_brute_force(asked: Asked, formula: Formula, at: dict[tuple[str, ...], str]) -> set[tuple[str, ...]]:
    """Every set of norms, by size: those that force the formula and hold no smaller one that does."""
    session = asked.hearing.session.apart()
    fixed = [*session.outside({k: frozenset({v}) for k, v in at.items()}), session.literal(neg(formula))]
    session.model([])
    switches = asked.encoding.switches
    order = [*asked.rules.powers, *asked.rules.norms]
    names = sorted(switches, key=order.index)
    found: list[tuple[str, ...]] = []
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            if any(set(f) <= set(chosen) for f in found):
                continue
            if not session.satisfiable([*(switches[n] for n in chosen), *fixed], whole=False):
                found.append(chosen)
    return set(found)


def agree(rules: RuleSet, states: tuple[str, ...] = STATES) -> int:
    """Compares both for every finding; the largest number of cores that one has."""
    asked, most = asked_of(rules, states), 0
    for finding in audit(rules, states=states).findings:
        formula = formula_of(asked, finding)
        if formula is None:
            continue
        cores = all_cores(asked, finding)
        assert cores.complete
        at = decode.variables_of(asked.encoding, finding.witness)
        assert set(cores.cores) == by_brute_force(asked, formula, at), finding.id
        most = max(most, len(cores.cores))
    return most


def test_two_cores_of_one_finding() -> None:
    """Either duty wants the signature that nobody may give."""
    rules = s.ruleset(
        s.office("head"),
        s.power("p", 1, "sign", "head", "false"),
        s.deontic("d", 2, "duty", "sign"),
        s.deontic("e", 3, "duty", "sign"),
    )
    (finding,) = audit(rules, states=STATES, checks=["signing-gap"]).findings
    assert set(all_cores(asked_of(rules), finding).cores) == {("d",), ("e",)}


RULES = {
    "pair": s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.power("p", 1, "sign", "head"),
        s.power("q", 2, "sign", "vice"),
        s.power("r", 3, "sign", "vice", residual_to=("q",)),
    ),
    "stand-ins": s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.route("r", 1, ("a", "review", "vice"), ("b", "sign", "head")),
        s.stand_in("one", 2, "head", "vice"),
        s.stand_in("two", 3, "head", "vice", causes=("leave",)),
    ),
    "loop": s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.power("p", 1, "sign", "head"),
        s.stand_in("a", 2, "head", "vice"),
        s.stand_in("b", 2, "vice", "head"),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_all_cores_against_every_subset(name: str) -> None:
    agree(RULES[name])


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=QUIET, phases=[Phase.generate])
@given(small(most=600))
def test_all_cores_of_generated_rule_sets(example: Small) -> None:
    if len(example.rules.powers) + len(example.rules.norms) <= 9:
        agree(example.rules, tuple(example.states))


def test_a_limit_is_stated() -> None:
    duties = [s.deontic(f"d{i}", i + 1, "duty", "sign") for i in range(5)]
    rules = s.ruleset(s.office("head"), *duties)
    asked = asked_of(rules)
    (finding,) = audit(rules, states=STATES, checks=["signing-gap"]).findings[:1]
    formula = formula_of(asked, finding)
    assert formula is not None
    at = decode.variables_of(asked.encoding, finding.witness)
    few = enumerated(asked, formula, at, limit=2)
    assert len(few.cores) == 2 and not few.complete
    assert len(enumerated(asked, formula, at).cores) == 5


def test_the_choice_of_wording_that_removes_a_finding() -> None:
    rules = s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.reading("whom", "all", "some"),
        s.power("p", 1, "sign", "head"),
        s.stand_in("st", 2, "head", "vice", under=(("whom", "all"),)),
        s.power("q", 3, "review", "vice", "false"),
    )
    found = audit(rules, states=("leave",), most_absences=1, checks=["signing-gap"]).findings
    (finding,) = [f for f in found if f.witness.absent == ("head",)]
    assert not finding.every_reading
    assert removing(rules, finding) == ((("whom", "all"),),)
    settled = s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.power("p", 1, "sign", "head"),
        s.stand_in("st", 2, "head", "vice"),
    )
    assert not audit(settled, states=("leave",), most_absences=1, checks=["signing-gap"]).findings


def test_no_wording_removes_what_every_reading_bears_out() -> None:
    rules = s.ruleset(s.office("head"), s.reading("whom", "all", "some"), s.power("p", 1, "sign", "head"))
    (finding,) = audit(rules, states=("leave",), most_absences=1, checks=["signing-gap"]).findings
    assert finding.every_reading and removing(rules, finding) == ()
