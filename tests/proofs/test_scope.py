"""Answers that do not depend on how many hold an office: the argument, the search over every number, plain searches."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from guize.strategies.small import Small, small
from model.cutoff import Cutoffs
from model.ruleset import RuleSet, Stage
from model.situation import make_cast
from proofs import scope
from proofs.audit import audit, hear
from proofs.findings import Answer, Scope
from proofs.hearing import Hearing
from proofs.witness import absences_at_most
from tests.proofs import support as s

STATES = ("leave", "out_of_town")
GAPS = "stand-in-gap"


def asked(rules: RuleSet, check: str = GAPS, most: int = 2) -> Scope:
    hearing = hear(rules, make_cast(rules), most, states=STATES)
    (found,) = scope.every_number(hearing, [Answer(check)])
    return found


def holders(rules: RuleSet, number: int, states: tuple[str, ...] = STATES, most: int = 2) -> Hearing:
    return hear(rules, make_cast(rules, {"deputy": number}), most, states=states)


def stuck(hearing: Hearing, stage: Stage) -> bool:
    formula, session = hearing.encoding.stuck(stage), hearing.session
    return session.satisfiable([session.literal(formula), absences_at_most(session, hearing.most)])


DEPUTIES = s.office("deputy", 2, portfolio=True)


def test_a_rule_that_counts_three_is_noticed_with_two() -> None:
    rules = s.ruleset(
        s.office("head"),
        DEPUTIES,
        s.power("p", 1, "sign", "head", "count(present(deputy)) >= 3"),
        s.stand_in("s", 2, "head", "deputy", ["leave"]),
    )
    found = asked(rules)
    assert found.more == ("sign",)
    assert not found.any_number
    assert not audit(rules, states=STATES, checks=[GAPS]).findings
    assert audit(rules, states=STATES, checks=[GAPS], scope={"deputy": 3}).findings


def test_a_rule_that_counts_nobody_needs_no_more_than_are_away() -> None:
    rules = s.ruleset(s.office("head"), DEPUTIES, s.power("p", 1, "sign", "deputy", "true", joint=True))
    assert Cutoffs(rules, 2).stage(rules.stages[0]).holders == {"deputy": 2}
    assert asked(rules).any_number


def test_an_office_nothing_speaks_of_needs_nobody() -> None:
    rules = s.ruleset(s.office("head"), DEPUTIES, s.power("p", 1, "sign", "head"))
    assert Cutoffs(rules, 2).stage(rules.stages[0]).holders.get("deputy", 0) == 0


def test_counts_roles_and_authorisations_are_kept() -> None:
    rules = s.ruleset(
        s.office("head"),
        DEPUTIES,
        s.role("asker", "deputy"),
        s.power("p", 1, "sign", "head | asker", "count(in_charge(deputy)) = 2 and some(deputy - in_charge(deputy))"),
    )
    told = Cutoffs(rules, 2).told(rules.stages[0])
    assert told["deputy"] == (3, 1)
    assert Cutoffs(rules, 1).stage(rules.stages[0]).holders == {"deputy": 1 + 1 + 3 + 1}


def test_holders_that_are_paired_are_taken_away_in_pairs() -> None:
    paired = s.relation("partner", "deputy", "deputy", symmetric=True, total=True)
    acts = (s.power("p", 1, "sign", "deputy"), s.stand_in("s", 2, "deputy", "partner(principal)"))
    rules = s.ruleset(s.office("head"), DEPUTIES, paired, *acts)
    assert Cutoffs(rules, 2).stage(rules.stages[0]).holders == {"deputy": 2 + 2 + 1}
    assert asked(rules).any_number


def test_of_holders_that_point_at_others_nothing_is_claimed() -> None:
    pointing = s.relation("partner", "deputy", "head | deputy", total=True)
    acts = (s.power("p", 1, "sign", "deputy", "true", joint=True), s.stand_in("s", 2, "deputy", "partner(principal)"))
    rules = s.ruleset(s.office("head"), DEPUTIES, pointing, *acts)
    assert Cutoffs(rules, 2).stage(rules.stages[0]).holders == {"deputy": None}
    found = asked(rules)
    assert found.related == ("deputy",)


def test_a_check_without_argument_is_bounded() -> None:
    found = asked(s.ruleset(s.office("head"), DEPUTIES, s.power("p", 1, "sign", "head")), "procedure-unsound")
    assert found == Scope("procedure-unsound")
    assert not found.any_number


def compare(made: Small) -> None:
    """What is said of every number is what plain searches say of each number tried, up to more than suffice."""
    rules = made.rules
    assume(rules.vocabulary.offices["deputy"].many)
    hearing = hear(rules, make_cast(rules), 2, states=made.states)
    cutoffs = Cutoffs(rules, 2)
    stages = [x for x in rules.stages if not stuck(hearing, x)]
    (found,) = scope.every_number(hearing, [Answer(GAPS)])
    for stage in stages:
        enough = cutoffs.stage(stage).holders.get("deputy", 0)
        numbers = [3, 4, 5] + ([enough + 1] if enough is not None and 5 < enough < 9 else [])
        shown = [stuck(holders(rules, n, made.states), stage) for n in numbers]
        if stage.id in found.more:
            assert enough is None or enough > 5 or any(shown)
        elif enough is not None and enough <= scope.MOST_HOLDERS:
            assert not any(shown), stage.id


@given(small(most=3000))
@settings(max_examples=12, deadline=None)
def test_more_holders_show_what_the_search_over_every_number_says(made: Small) -> None:
    compare(made)


@pytest.mark.long
@given(small(most=8000))
@settings(max_examples=150, deadline=None)
def test_so_they_do_at_length(made: Small) -> None:
    compare(made)
