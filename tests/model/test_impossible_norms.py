"""Norms that are well formed but can mean nothing, and names that would mean two officials."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.loading import load
from tests.model.support import INSTRUMENT, marked, mistakes, rules_text, write

NAMED = "zh: 甲, en: x"
NORM = 'id: n, at: "1"'
CHAIR = f"{NORM}, form: composition, body: plenary"
STAND_IN = f"{NORM}, form: stand_in, causes: [any], acts: all"
OFFICES_ONLY = "without bodies"
SETS = {"sets": f"- {{id: all_of_us, {NAMED}, is: leaders | present(plenary)}}"}
PERSONAL = '- {id: s, form: stand_in, at: "1", for: leaders, by: mayor, causes: [any], acts: all,'
PERSONAL += " when: some(principal & vice_mayor)}\n"

BODIES = [
    (f"- {{{CHAIR}, chair: ⟦plenary}}", "the chair includes the body 'plenary'"),
    (f"- {{{CHAIR}, chair: ⟦mayor | plenary}}", "which cannot chair"),
    (f"- {{{CHAIR}, chair: ⟦all_of_us}}", "the body 'plenary'"),
    (f"- {{{CHAIR}, chair: ⟦all_of_us - mayor}}", "the body 'plenary'"),
    (f"- {{{CHAIR}, chair: ⟦(plenary when urgent) | mayor}}", "the body 'plenary'"),
    (f"- {{{CHAIR}, chair: ⟦all_of_us - (plenary when urgent)}}", "the body 'plenary'"),
    (f"- {{{STAND_IN}, for: mayor, by: ⟦plenary}}", "only an official stands in"),
    (f"- {{{STAND_IN}, for: mayor, by: ⟦all_of_us - principal}}", "the stand-ins include the body 'plenary'"),
    (f"- {{{STAND_IN}, for: ⟦all_of_us, by: vice_mayor}}", "which is never absent"),
]
PERMITTED = [
    f"- {{{CHAIR}, chair: mayor, members: all_of_us, attend: plenary}}",
    f"- {{{CHAIR}, chair: all_of_us - plenary}}",
    f"- {{{CHAIR}, chair: all_of_us & leaders}}",
    f"- {{{CHAIR}, chair: absent(all_of_us)}}",
    f"- {{{CHAIR}, chair: (mayor when some(present(plenary)))}}",
    f"- {{{STAND_IN}, for: mayor, by: in_charge(all_of_us), delegation: plenary}}",
]
SUPERIORS = [
    '- {id: n, form: power, at: "1", act: sign, by: mayor, residual_to: [sign_all, ⟦s]}',
    '- {id: n, form: route, at: "1", residual_to: [⟦s], steps: [{id: a, act: sign, by: mayor}]}',
    '- {id: n, form: precedence, at: "1", prevails: [⟦s], yields: [sign_all]}',
]
HOLDERS = [
    ("offices", f"- {{id: ⟦vice_mayor_1, {NAMED}}}", "'vice_mayor_1' is also what holder 1"),
    ("offices", f"- {{id: ⟦vice_mayor_30, {NAMED}, holders: many}}", "of the office 'vice_mayor'"),
    ("bodies", f"- {{id: ⟦vice_mayor_2, {NAMED}, kind: unit}}", "holder 2"),
]


def test_a_precedence_has_no_condition_of_its_own(tmp_path: Path) -> None:
    power = '- {id: n, form: power, at: "1", act: sign, by: mayor}\n'
    item = power + '- ⟦{id: order, form: precedence, at: "1", prevails: [sign_all], yields: [n], when: false}'
    text, [place] = marked(rules_text(norms=item, **SETS))
    [found] = mistakes(write(tmp_path / "demo", text))
    assert (found.line, found.column) == place
    assert "has a condition" in found.message


@pytest.mark.parametrize(("item", "message"), BODIES)
def test_a_body_neither_chairs_nor_stands_in_nor_is_stood_in_for(tmp_path: Path, item: str, message: str) -> None:
    text, [place] = marked(rules_text(norms=item, **SETS))
    [found] = mistakes(write(tmp_path / "demo", text))
    assert (found.line, found.column) == place
    assert message in found.message
    assert OFFICES_ONLY in found.expected


@pytest.mark.parametrize("item", PERMITTED)
def test_a_body_may_be_named_where_none_comes_out(tmp_path: Path, item: str) -> None:
    assert "n" in load(write(tmp_path / "demo", rules_text(norms=item, **SETS))).norms


@pytest.mark.parametrize("item", SUPERIORS)
def test_nothing_gives_way_to_a_stand_in_that_depends_on_who_is_absent(tmp_path: Path, item: str) -> None:
    text, [place] = marked(rules_text(norms=PERSONAL + item))
    [found] = mistakes(write(tmp_path / "demo", text))
    assert (found.line, found.column) == place
    assert "the condition of 's' names 'principal'" in found.message
    assert "no 'principal'" in found.expected


def test_a_stand_in_of_another_rule_set_counts_too(tmp_path: Path) -> None:
    write(tmp_path / "base", rules_text(INSTRUMENT.replace("demo", "base"), norms=PERSONAL))
    head = INSTRUMENT.replace("demo", "top").replace("9}", "9, uses: [base]}")
    text, [place] = marked(f"instrument: {head}\nnorms:\n  {SUPERIORS[0]}\n")
    [found] = mistakes(write(tmp_path / "top", text))
    assert (found.line, found.column) == place


def test_such_a_stand_in_may_give_way_and_another_may_prevail(tmp_path: Path) -> None:
    plain = PERSONAL.replace("id: s", "id: q").replace("some(principal & vice_mayor)", "urgent")
    order = '- {id: n, form: precedence, at: "1", prevails: [q], yields: [s]}'
    assert "n" in load(write(tmp_path / "demo", rules_text(norms=PERSONAL + plain + order))).norms


@pytest.mark.parametrize(("section", "item", "message"), HOLDERS)
def test_nobody_is_called_what_one_of_several_holders_is(
    tmp_path: Path, section: str, item: str, message: str
) -> None:  # fmt: skip
    text, [place] = marked(rules_text(**{section: item}))
    [found] = mistakes(write(tmp_path / "demo", text))
    assert (found.line, found.column) == place
    assert message in found.message
    assert found.expected == "an id of its own"


def test_an_office_of_several_beside_a_holders_name_of_a_used_rule_set(tmp_path: Path) -> None:
    write(tmp_path / "base", rules_text(INSTRUMENT.replace("demo", "base"), offices=f"- {{id: aide_1, {NAMED}}}"))
    head = INSTRUMENT.replace("demo", "top").replace("9}", "9, uses: [base]}")
    text, [place] = marked(f"instrument: {head}\noffices:\n  - {{id: ⟦aide, {NAMED}, holders: many}}\n")
    [found] = mistakes(write(tmp_path / "top", text))
    assert (found.line, found.column) == place


@pytest.mark.parametrize("name", ["mayor_1", "vice_mayor_0", "vice_mayor_01", "vice_mayor_a", "vice_1"])
def test_other_names_with_numbers_are_free(tmp_path: Path, name: str) -> None:
    rules = load(write(tmp_path / "demo", rules_text(offices=f"- {{id: {name}, {NAMED}}}")))
    assert name in rules.vocabulary.offices
