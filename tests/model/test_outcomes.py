"""What the words of properties mean in concrete situations, and that norms may not use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.messages import ONLY_IN_PROPERTIES
from model.outcomes import Outcomes
from model.parsing import ExpressionError, parse_condition, parse_set
from model.ruleset import RuleSet
from model.situation import Situation
from model.sorts import Names, check_condition, check_set
from tests.model.support import (
    composition,
    deontic,
    marked,
    mistakes,
    power,
    route,
    rule_set,
    rules_text,
    situation,
    stand_in,
    step,
    write,
)

ILL = "illness"


def holds(rules: RuleSet, at: Situation, condition: str) -> bool:
    node = parse_condition(condition)
    assert not list(check_condition(node, Names(rules.vocabulary, outcomes=True)))
    return Outcomes(rules, at).holds(node)


def members(rules: RuleSet, at: Situation, actors: str) -> set[str]:
    return set(Outcomes(rules, at).members(parse_set(actors)))


# hands


def test_hands_are_the_present_members_of_a_power() -> None:
    rules = rule_set(power("p", "sign", "leaders"))
    at = situation(rules, vice_1=ILL)
    assert members(rules, at, "hands(sign)") == {"mayor", "vice_2", "deputy"}


def test_hands_include_stand_ins_but_nobody_who_is_absent() -> None:
    rules = rule_set(
        power("p", "sign", "mayor"),
        stand_in("s", "mayor", "deputy", "illness"),
        stand_in("t", "deputy", "secretary", "illness", chain=True),
    )
    assert members(rules, situation(rules), "hands(sign)") == {"mayor"}
    assert members(rules, situation(rules, mayor=ILL), "hands(sign)") == {"deputy"}
    assert members(rules, situation(rules, mayor=ILL, deputy=ILL), "hands(sign)") == {"secretary"}
    assert members(rules, situation(rules, mayor="leave"), "hands(sign)") == set()


def test_a_joint_power_has_hands_only_if_all_its_seats_are_filled() -> None:
    rules = rule_set(power("p", "sign", "mayor | secretary", joint=True))
    assert members(rules, situation(rules), "hands(sign)") == {"mayor", "secretary"}
    assert members(rules, situation(rules, mayor=ILL), "hands(sign)") == set()


def test_hands_come_from_every_power_in_force_and_permissive_ones_count() -> None:
    rules = rule_set(
        power("p", "sign", "mayor"), power("q", "sign", "secretary", may=True), power("r", "sign", "vice", "urgent")
    )
    assert members(rules, situation(rules), "hands(sign)") == {"mayor", "secretary"}
    assert "vice_1" in members(rules, situation(rules, {"urgent": "true"}), "hands(sign)")


def test_a_body_has_hands_only_if_it_can_meet() -> None:
    rules = rule_set(power("p", "review", "plenary"), composition("c", "plenary", "mayor"))
    assert members(rules, situation(rules), "hands(review)") == {"plenary"}
    assert members(rules, situation(rules, mayor=ILL), "hands(review)") == set()


def test_hands_of_an_act_that_no_power_names_are_none() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    assert members(rules, situation(rules), "hands(review)") == set()


# wanted and stuck


def test_a_power_that_shall_makes_its_act_wanted_and_one_that_may_does_not() -> None:
    shall, may = rule_set(power("p", "sign", "mayor")), rule_set(power("p", "sign", "mayor", may=True))
    assert holds(shall, situation(shall), "wanted(sign)")
    assert not holds(may, situation(may), "wanted(sign)")
    assert not holds(may, situation(may, mayor=ILL), "stuck(sign)")


def test_a_duty_without_actor_makes_a_deciding_act_wanted_and_stuck_where_nobody_is_named() -> None:
    rules = rule_set(deontic("d", "duty", "sign", None, unless="urgent"))
    assert holds(rules, situation(rules), "wanted(sign) and stuck(sign)")
    assert not holds(rules, situation(rules, {"urgent": "true"}), "wanted(sign) or stuck(sign)")


def test_stuck_is_wanted_and_nobody_may() -> None:
    rules = rule_set(power("p", "sign", "mayor", "kind != letter"), stand_in("s", "mayor", "deputy", "illness"))
    assert not holds(rules, situation(rules), "stuck(sign)")
    assert not holds(rules, situation(rules, mayor=ILL), "stuck(sign)")
    assert holds(rules, situation(rules, mayor="leave"), "stuck(sign) and wanted(sign)")
    assert not holds(rules, situation(rules, {"kind": "letter"}, mayor="leave"), "stuck(sign) or wanted(sign)")


def test_a_permissive_power_unsticks_what_another_makes_wanted() -> None:
    rules = rule_set(power("p", "sign", "mayor"), power("q", "sign", "secretary", may=True))
    assert not holds(rules, situation(rules, mayor=ILL), "stuck(sign)")


def test_each_scrutiny_is_wanted_for_itself_but_a_decision_has_one_hand() -> None:
    looks = rule_set(power("p", "review", "mayor"), power("q", "review", "secretary"))
    decides = rule_set(power("p", "sign", "mayor"), power("q", "sign", "secretary"))
    assert holds(looks, situation(looks, mayor=ILL), "stuck(review) and some(hands(review))")
    assert not holds(decides, situation(decides, mayor=ILL), "stuck(sign)")


def test_a_joint_power_is_stuck_with_one_seat_empty() -> None:
    rules = rule_set(power("p", "sign", "mayor | secretary", joint=True))
    assert holds(rules, situation(rules, secretary=ILL), "stuck(sign)")


def test_a_residual_power_has_no_hands_where_the_other_is_in_force() -> None:
    rules = rule_set(power("p", "sign", "mayor", "urgent"), power("q", "sign", "secretary", residual_to=("p",)))
    assert members(rules, situation(rules), "hands(sign)") == {"secretary"}
    assert members(rules, situation(rules, {"urgent": "true"}), "hands(sign)") == {"mayor"}
    assert holds(rules, situation(rules, {"urgent": "true"}, mayor=ILL), "stuck(sign)")


def test_a_power_by_authorisation_counts_where_it_was_given() -> None:
    rules = rule_set(power("p", "sign", "secretary", delegation="mayor"))
    given = frozenset({("p", "mayor")})
    assert not holds(rules, situation(rules), "wanted(sign)")
    assert holds(rules, situation(rules, delegations=given), "wanted(sign) and some(hands(sign) & secretary)")


# precedes


def test_precedes_is_the_order_of_steps_on_one_route() -> None:
    rules = rule_set(route("r", step("r", "a", "review", "vice"), step("r", "b", "sign", "mayor", ("a",))))
    at = situation(rules)
    assert holds(rules, at, "precedes(review, sign)")
    assert not holds(rules, at, "precedes(sign, review)")
    assert not holds(rules, at, "precedes(sign, sign) or precedes(review, review)")


def test_precedes_reaches_over_steps_between() -> None:
    a, b = step("r", "a", "review", "vice"), step("r", "b", "check", "secretary", ("a",))
    rules = rule_set(route("r", a, b, step("r", "c", "sign", "mayor", ("b",))))
    assert holds(rules, situation(rules), "precedes(review, sign)")


def test_parallel_steps_precede_neither_way() -> None:
    rules = rule_set(route("r", step("r", "a", "review", "vice"), step("r", "b", "check", "secretary")))
    assert not holds(rules, situation(rules), "precedes(review, check) or precedes(check, review)")


def test_precedes_looks_at_routes_alone() -> None:
    rules = rule_set(power("p", "review", "vice"), power("q", "sign", "mayor"))
    assert not holds(rules, situation(rules), "precedes(review, sign)")


def test_steps_of_two_routes_have_no_order() -> None:
    one, two = route("r", step("r", "a", "review", "vice")), route("q", step("q", "b", "sign", "mayor"))
    rules = rule_set(one, two)
    assert not holds(rules, situation(rules), "precedes(review, sign)")


def test_precedes_wants_both_steps_in_force_on_some_one_of_several_routes() -> None:
    def on(name: str, when: str, *acts: str):
        first = step(name, "a", acts[0], "vice", when=when)
        return route(name, first, step(name, "b", acts[1], "mayor", ("a",), when))

    rules = rule_set(on("r", "kind = notice", "review", "sign"), on("q", "kind != notice", "sign", "review"))
    notice, letter = situation(rules, {"kind": "notice"}), situation(rules, {"kind": "letter"})
    assert holds(rules, notice, "precedes(review, sign) and not precedes(sign, review)")
    assert holds(rules, letter, "precedes(sign, review) and not precedes(review, sign)")
    half = rule_set(
        route("r", step("r", "a", "review", "vice", when="urgent"), step("r", "b", "sign", "mayor", ("a",)))
    )
    assert not holds(half, situation(half), "precedes(review, sign)")
    assert holds(half, situation(half, {"urgent": "true"}), "precedes(review, sign)")


# everyone


def test_everyone_is_the_cast_absent_or_not() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    at = situation(rules, mayor=ILL, vice_1="leave")
    assert members(rules, at, "everyone") == {"mayor", "deputy", "vice_1", "vice_2", "secretary"}
    assert members(rules, at, "absent(everyone, illness)") == {"mayor"}
    assert holds(rules, at, "count(absent(everyone)) = 2")


def test_the_words_mix_with_the_others() -> None:
    rules = rule_set(power("p", "sign", "leaders"), power("q", "review", "vice"))
    at = situation(rules, mayor=ILL)
    assert members(rules, at, "hands(sign) - hands(review)") == set()
    assert holds(rules, at, "count(hands(sign) & hands(review)) = 3 and not (stuck(sign) or urgent)")
    assert members(rules, at, "(hands(sign) when stuck(sign))") == set()


# norms may not use them


@pytest.mark.parametrize("condition", ["stuck(sign)", "wanted(sign)", "precedes(review, sign)", "some(hands(sign))"])
@pytest.mark.parametrize("key", ["norms", "terms", "facts"])
def test_a_norm_a_term_or_a_fact_may_not_speak_of_outcomes(tmp_path: Path, condition: str, key: str) -> None:
    text = {
        "norms": f'- {{id: n, form: power, at: "1", act: review, by: mayor, when: ⟦"{condition}"}}',
        "terms": f'- {{id: t, zh: 语, en: t, is: ⟦"{condition}"}}',
        "facts": f'- {{id: f, zh: 事, en: f, holds: ⟦"{condition}", assumption: true}}',
    }[key]
    source, ((line, column),) = marked(rules_text(**{key: text}))
    (found,) = mistakes(write(tmp_path / "demo", source))
    assert (found.line, found.column) == (line, column)
    assert "what the norms lead to" in found.message and "规则的结果" in found.said.zh
    assert found.wanted == ONLY_IN_PROPERTIES()


def test_a_norm_may_not_name_everyone(tmp_path: Path) -> None:
    source, ((line, column),) = marked(rules_text(norms='- {id: n, form: power, at: "1", act: review, by: ⟦everyone}'))
    (found,) = mistakes(write(tmp_path / "demo", source))
    assert (found.line, found.column) == (line, column)
    assert "'everyone'" in found.message


def test_nothing_may_be_called_everyone(tmp_path: Path) -> None:
    text = rules_text(sets="- {id: everyone, zh: 全体, en: everyone, is: mayor}")
    assert any("a word of the language" in m.message for m in mistakes(write(tmp_path / "demo", text)))


def test_an_act_that_is_not_there_gets_the_nearest_name() -> None:
    rules = rule_set(power("p", "sign", "mayor"))
    names = Names(rules.vocabulary, outcomes=True)
    (one,) = check_condition(parse_condition("stuck(sing)"), names)
    assert (one.name, one.nearest, one.lacking) == ("sing", "sign", True)
    two = list(check_condition(parse_condition("precedes(revue, sing)"), names))
    assert [p.nearest for p in two] == ["review", "sign"]
    assert [p.nearest for p in check_set(parse_set("hands(sing)"), names)] == ["sign"]


@pytest.mark.parametrize(("text", "column"), [("stuck()", 7), ("precedes(a)", 11), ("stuck", 6), ("wanted(a, b)", 9)])
def test_a_word_without_its_acts_is_unreadable(text: str, column: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_condition(text)
    assert caught.value.column == column
