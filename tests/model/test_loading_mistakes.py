"""Every kind of mistake in a rule set gives file, line, column, what was expected and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.loading import load
from tests.model.support import INSTRUMENT, MARK, SECTIONS, marked, mistakes, rules_text, write

NAMED = "zh: 甲, en: x"
NORM = 'id: n, at: "1"'
POWER = f"{NORM}, form: power"
STAND_IN = f"{NORM}, form: stand_in, for: mayor, by: vice_mayor"
BOUND = f"{NORM}, form: bound, kind: ceiling, amount: 3, unit: hour"

# section, added item with the place of the mistake marked, message, expected, nearest name
UNDEFINED = [
    ("norms", f"- {{{POWER}, act: sign, by: ⟦mayer}}", "no such office: 'mayer'", "an office", "mayor"),
    (
        "norms",
        f"- {{{POWER}, act: sign, by: ⟦'in_charge(vice_mayr)'}}",
        "no such office: 'vice_mayr'",
        "",
        "vice_mayor",
    ),
    ("norms", f"- {{{POWER}, act: ⟦sing, by: mayor}}", "no such act: 'sing'", "an act", "sign"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦kind = notise}}", "'notise'", "one of its values", "notice"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦kinds = notice}}", "attribute: 'kinds'", "attribute", "kind"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦urgnt}}", "no such condition: 'urgnt'", "boolean", "urgent"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦'reading(extent, brod)'}}", "'brod'", "choices", "broad"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦'reading(exent, broad)'}}", "'exent'", "reading", "extent"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, under: {{exent: ⟦broad}}}}", "reading: 'exent'", "", "extent"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, under: {{extent: ⟦brod}}}}", "'brod'", "choice", "broad"),
    (
        "norms",
        f"- {{{POWER}, act: sign, by: ⟦partnr(vice_mayor)}}",
        "no such relation: 'partnr'",
        "relation",
        "partner",
    ),
    ("norms", f"- {{{POWER}, act: sign, by: ⟦'absent(mayor, ilness)'}}", "'ilness'", "cause", "illness"),
    (
        "norms",
        f"- {{{POWER}, act: sign, by: ⟦'present(mayor, illness)'}}",
        "'present' takes one argument",
        "absent",
        "",
    ),
    ("norms", f"- {{{POWER}, act: sign, by: ⟦principal}}", "'principal' has no meaning here", "an office", ""),
    ("norms", f"- {{{STAND_IN}, causes: [leave, ⟦vacany], acts: all}}", "'vacany'", "cause", "vacancy"),
    ("norms", f"- {{{STAND_IN}, causes: [any], acts: [sign, ⟦reviw]}}", "no such act: 'reviw'", "act", "review"),
    ("norms", f"- {{{STAND_IN}, causes: [any], acts: all, delegation: ⟦mayr}}", "'mayr'", "office", "mayor"),
    (
        "norms",
        f"- {{{NORM}, form: cadence, body: ⟦plenery, amount: 1}}",
        "no such body: 'plenery'",
        "a body",
        "plenary",
    ),
    ("norms", f"- {{{NORM}, form: composition, body: ⟦plenry, chair: mayor}}", "'plenry'", "a body", "plenary"),
    (
        "norms",
        f"- {{{POWER}, act: sign, by: mayor, residual_to: [⟦sign_al]}}",
        "no such norm: 'sign_al'",
        "",
        "sign_all",
    ),
    ("norms", f"- {{{NORM}, form: precedence, prevails: [⟦sine_all], yields: [path.look]}}", "norm", "", "sign_all"),
    ("norms", f"- {{{NORM}, form: precedence, prevails: [sign_all], yields: [⟦path.lock]}}", "norm", "", "path.look"),
    ("norms", f"- {{{BOUND}, route: path, from: ⟦lok, to: end}}", "no such step of the route 'path'", "", "look"),
    ("norms", f"- {{{BOUND}, route: path, from: start, to: ⟦end_sing}}", "'end_sing'", "step", "end_sign"),
    ("norms", f"- {{{BOUND}, route: ⟦pth, from: start, to: end}}", "no such route: 'pth'", "a route", "path"),
    (
        "norms",
        f"- {{{NORM}, form: exclusion, route: path, steps: [look, ⟦end_sine]}}",
        "step: 'end_sine'",
        "",
        "end_sign",
    ),
    (
        "norms",
        f"- {{{NORM}, form: route, steps: [{{id: a, act: sign, by: mayor, back_to: ⟦b}}]}}",
        "no step 'b'",
        "",
        "",
    ),
    ("norms", f"- {{{NORM}, form: route, steps: [{{id: a, act: sign, by: mayor, after: [⟦b]}}]}}", "'b'", "above", ""),
    ("offices", f"- {{id: deputy, {NAMED}, is_a: [⟦vicemayor]}}", "no such office: 'vicemayor'", "", "vice_mayor"),
    ("sets", f"- {{id: s, {NAMED}, is: ⟦mayer | vice_mayor}}", "'mayer'", "an office", "mayor"),
    ("roles", f"- {{id: r, {NAMED}, among: ⟦mayer}}", "'mayer'", "an office", "mayor"),
    ("roles", f"- {{id: r, {NAMED}, among: mayor, for: ⟦urgant}}", "'urgant'", "", "urgent"),
    ("relations", f"- {{id: r, {NAMED}, from: mayor, to: ⟦leadrs}}", "'leadrs'", "", "leaders"),
    ("terms", f"- {{id: t, {NAMED}, is: ⟦urgant}}", "'urgant'", "a term", "urgent"),
    ("acts", f"- {{id: a, {NAMED}, excludes: [⟦sing]}}", "no such act: 'sing'", "", "sign"),
    ("facts", f"- {{id: f, {NAMED}, holds: ⟦urgant, assumption: true}}", "'urgant'", "", "urgent"),
]
SHAPES = [
    ("norms", f"- {{{POWER}, act: sign, by: mayor, ⟦wen: urgent}}", "unknown key 'wen'", "residual_to", "when"),
    ("offices", f"- {{id: o, {NAMED}, ⟦holder: many}}", "unknown key 'holder'", "holders", "holders"),
    (
        "readings",
        f"- {{id: r, {NAMED}, choices: [{{id: a, {NAMED}}}, {{id: b, {NAMED}, ⟦eng: x}}]}}",
        "'eng'",
        "en",
        "en",
    ),
    ("ofices", "⟦", "unknown key 'ofices'", "offices", "offices"),
    ("norms", f"- ⟦{{{POWER}, by: mayor}}", "the key 'act' is missing", "", ""),
    ("offices", "- ⟦{id: o, zh: 甲}", "the key 'en' is missing", "", ""),
    ("norms", f"- {{{NORM}, form: ⟦pwer, act: sign, by: mayor}}", "no such form of norm: 'pwer'", "stand_in", "power"),
    ("norms", f"- ⟦{{{NORM}, act: sign, by: mayor}}", "no such form of norm: ''", "power", ""),
    ("norms", "- {id: n, form: power, act: sign, by: mayor, at: ⟦35-1}", "'35-1' has the wrong form", '"22.1(6)"', ""),
    ("norms", '- {id: n, form: power, act: sign, by: mayor, at: ⟦"第一条"}', "wrong form", '"35.1"', ""),
    ("norms", '- {id: n, form: power, act: sign, by: mayor, at: ⟦"1(2)"}', "wrong form", '"35.1"', ""),
    ("norms", "- {id: n, form: power, act: sign, by: mayor, at: ⟦3}", "3 has the wrong type", "string", ""),
    ("norms", f"- {{{POWER}, act: sign, by: ⟦[mayor]}}", "list has the wrong type", "string", ""),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, mode: ⟦jiont}}", "'jiont' is not allowed", "joint", "joint"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, strength: ⟦stric}}", "'stric'", "'strict'", "strict"),
    (
        "norms",
        f"- {{{BOUND}, route: path, from: start, to: end, by: mayor, expiry: ⟦deemd}}",
        "'deemd'",
        "",
        "deemed_consent",
    ),
    ("norms", f"- {{{STAND_IN}, causes: ⟦[], acts: all}}", "list has the wrong type", "at least 1", ""),
    ("offices", f"- {{id: o, {NAMED}, scope: ⟦'2'}}", "'2' has the wrong type", "integer", ""),
    ("offices", f"- {{id: o, {NAMED}, scope: ⟦51}}", "51", "less than or equal to 50", ""),
    ("offices", f"- {{id: ⟦Office-1, {NAMED}}}", "'Office-1' has the wrong form", "a-z", ""),
    ("offices", f"- {{id: o, {NAMED}, portfolio: ⟦yes}}", "'yes' has the wrong type", "boolean", ""),
    ("readings", f'- {{id: r, {NAMED}, at: "1", choices: ⟦[{{id: a, {NAMED}}}]}}', "wrong type", "at least 2", ""),
    ("norms", "- ⟦sign", "'sign' has the wrong type", "", ""),
]
DUPLICATES = [
    ("offices", f"- {{id: ⟦mayor, {NAMED}}}", "the id 'mayor' is taken in offices"),
    ("bodies", f"- {{id: ⟦mayor, {NAMED}, kind: unit}}", "'mayor' names one of the offices already"),
    ("bodies", f"- {{id: ⟦none, {NAMED}, kind: meeting}}", "'none' is a value of 'body' already"),
    ("sets", f"- {{id: ⟦vice_mayor, {NAMED}, is: mayor}}", "'vice_mayor' names one of the offices already"),
    ("terms", f"- {{id: ⟦urgent, {NAMED}, is: kind = notice}}", "'urgent' names one of the attributes already"),
    ("classes", f"- {{id: ⟦notice, {NAMED}}}", "'notice' is a value of 'kind' already"),
    ("classes", f"- {{id: c, {NAMED}}}\n- {{id: ⟦c, {NAMED}}}", "the id 'c' is taken in classes"),
    ("attributes", f"- {{id: t, {NAMED}, values: [{{id: v, {NAMED}}}, {{id: ⟦v, {NAMED}}}]}}", "the id 'v' is taken"),
    ("readings", f'- {{id: r, {NAMED}, at: "1", choices: [{{id: v, {NAMED}}}, {{id: ⟦v, {NAMED}}}]}}', "'v' is taken"),
    ("relations", f"- {{id: ⟦absent, {NAMED}, from: mayor, to: mayor}}", "'absent' is a word of the language"),
    ("acts", f"- {{id: ⟦sign, {NAMED}}}", "the id 'sign' is taken in acts"),
    ("norms", '- {id: ⟦sign_all, form: power, at: "1", act: sign, by: mayor}', "the id 'sign_all' is taken in norms"),
    ("norms", f"- {{{NORM}, form: route, steps: [{{id: ⟦end, act: sign, by: mayor}}]}}", "step id 'end' is taken"),
    ("norms", f"- {{{POWER}, act: sign, ⟦act: review, by: mayor}}", "the key 'act' stands here twice (first on line"),
    ("offices", f"- {{id: o, {NAMED}, ⟦zh: 乙}}", "the key 'zh' stands here twice"),
]
PLACES = [
    ("norms", '- {id: n, form: power, at: ⟦"10", act: sign, by: mayor}', "there is no article 10", "from 1 to 9"),
    ("norms", '- {id: n, form: power, at: ⟦"0", act: sign, by: mayor}', "there is no article 0", "from 1 to 9"),
    ("norms", f'- {{{POWER}, also: [{{at: ⟦"99.1"}}], act: sign, by: mayor}}', "there is no article 99", "from 1 to 9"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, quote: ⟦{'字' * 31}}}", "the quote has 31 characters", "at most 30"),
    (
        "norms",
        f"- {{{NORM}, form: route, steps: [{{id: a, act: sign, by: mayor, quote: ⟦签}}]}}",
        "without a place",
        "at:",
    ),
    ("offices", f'- {{id: o, {NAMED}, at: ⟦"12"}}', "there is no article 12", "from 1 to 9"),
    ("offices", f"- {{id: o, {NAMED}, quote: ⟦市长}}", "a quote without a place", "at:"),
    ("offices", f'- {{id: o, {NAMED}, at: "1", also: [{{at: ⟦"12"}}]}}', "there is no article 12", "from 1 to 9"),
    ("sets", f'- {{id: s, {NAMED}, is: mayor, at: ⟦"12"}}', "there is no article 12", "from 1 to 9"),
    ("classes", f'- {{id: c, {NAMED}, at: ⟦"12"}}', "there is no article 12", "from 1 to 9"),
    (
        "readings",
        f"- ⟦{{id: r, {NAMED}, choices: [{{id: a, {NAMED}}}, {{id: b, {NAMED}}}]}}",
        "does not say where",
        "at",
    ),
    ("facts", f"- ⟦{{id: f, {NAMED}, holds: urgent}}", "the fact 'f' names no source", "assumption: true"),
    ("attributes", f"- ⟦{{id: x, {NAMED}}}", "the attribute 'x' has no values", "type: bool"),
    (
        "attributes",
        f"- {{id: x, {NAMED}, type: bool, values: ⟦[{{id: a, {NAMED}}}]}}",
        "has no values of its own",
        "either",
    ),
    ("norms", f"- ⟦{{{NORM}, form: exclusion, between: mayor}}", "excludes nothing", "between and and"),
    ("norms", f"- ⟦{{{NORM}, form: exclusion, route: path, steps: [look]}}", "excludes nothing", "two steps"),
    (
        "norms",
        f"- ⟦{{{NORM}, form: exclusion, between: mayor, route: path, steps: [look, end_sign]}}",
        "nothing",
        "two",
    ),
    ("norms", f"- ⟦{{{BOUND}, from: start, to: end}}", "is on no route", "route or routes"),
    ("norms", f"- ⟦{{{NORM}, form: prohibition, act: sign}}", "the prohibition 'n' binds nobody", "by"),
    ("norms", f"- {{{POWER}, act: sign, by: mayor, when: ⟦urgent and}}", "'urgent and' at its end", "not"),
    ("norms", f"- {{{POWER}, act: sign, by: ⟦'mayor | | x'}}", "at character 9", "a name"),
]
CIRCLES = [
    ("offices", f"- {{id: a, {NAMED}, is_a: ⟦[b]}}\n- {{id: b, {NAMED}, is_a: ⟦[a]}}", "a → b → a"),
    ("offices", f"- {{id: a, {NAMED}, is_a: ⟦[a]}}", "a → a"),
    ("sets", f"- {{id: a, {NAMED}, is: ⟦mayor | b}}\n- {{id: b, {NAMED}, is: ⟦present(a)}}", "b → a → b"),
    ("terms", f"- {{id: a, {NAMED}, is: ⟦not b}}\n- {{id: b, {NAMED}, is: ⟦urgent and a}}", "a → b → a"),
    ("norms", f"- ⟦{{{NORM}, form: power, act: sign, by: mayor, residual_to: [n]}}", "n → n"),
    ("norms", "- {id: p, form: precedence, at: '1', prevails: [sign_all], yields: [path.look]}\n"
     "- {id: q, form: precedence, at: '1', prevails: [path.look], yields: [sign_all]}", "sign_all → path.look"),
    ("norms", f"- ⟦{{{NORM}, form: route, residual_to: [n.a], steps: [{{id: a, act: sign, by: mayor}}]}}", "n.a → n.a"),
]  # fmt: skip


def _one(folder: Path, section: str, item: str, message: str, expected: str = "", near: str = "") -> None:
    text, places = marked(rules_text(**{section: item}) if item != MARK else rules_text() + f"{MARK}{section}: []\n")
    found = mistakes(write(folder / "demo", text))
    assert [(d.line, d.column) for d in found] == places
    assert {d.path for d in found} == {str(folder / "demo" / "rules.yaml")}
    assert all(message in d.message and expected in d.expected and d.nearest == near for d in found), found


def test_the_rule_set_without_mistakes_loads(tmp_path: Path) -> None:
    rules = load(write(tmp_path / "demo", rules_text()))
    assert [*rules.norms] == ["sign_all", "path"]
    assert rules.vocabulary.attributes["body"].domain == ("none", "plenary")
    assert rules.title.articles == 9


@pytest.mark.parametrize(("section", "item", "message", "expected", "near"), UNDEFINED)
def test_an_undefined_name(tmp_path: Path, section: str, item: str, message: str, expected: str, near: str) -> None:
    _one(tmp_path, section, item, message, expected, near)


@pytest.mark.parametrize(("section", "item", "message", "expected", "near"), SHAPES)
def test_a_wrong_shape(tmp_path: Path, section: str, item: str, message: str, expected: str, near: str) -> None:
    _one(tmp_path, section, item, message, expected, near)


@pytest.mark.parametrize(("section", "item", "message"), DUPLICATES)
def test_a_name_or_key_given_twice(tmp_path: Path, section: str, item: str, message: str) -> None:
    _one(tmp_path, section, item, message, "each key once" if "key" in message else "")


@pytest.mark.parametrize(("section", "item", "message", "expected"), PLACES)
def test_a_statement_that_says_too_little_or_stands_nowhere(
    tmp_path: Path, section: str, item: str, message: str, expected: str
) -> None:
    _one(tmp_path, section, item, message, expected)


@pytest.mark.parametrize(("section", "item", "chain"), CIRCLES)
def test_a_definition_in_a_circle(tmp_path: Path, section: str, item: str, chain: str) -> None:
    text, places = marked(rules_text(**{section: item}))
    found = mistakes(write(tmp_path / "demo", text))
    assert all("circle" in d.expected for d in found)
    assert any(chain in d.message for d in found)
    if places:
        assert [(d.line, d.column) for d in found] == places


def test_a_circle_through_a_set_and_a_term(tmp_path: Path) -> None:
    more = {"sets": f"- {{id: s, {NAMED}, is: ⟦(mayor when t)}}", "terms": f"- {{id: t, {NAMED}, is: ⟦some(s)}}"}
    text, places = marked(rules_text(**more))
    found = mistakes(write(tmp_path / "demo", text))
    assert [(d.line, d.column) for d in found] == places
    assert found[0].message == "'s' is defined by itself: s → t → s"


def test_a_term_may_have_the_name_of_an_office_it_speaks_of(tmp_path: Path) -> None:
    rules = load(write(tmp_path / "demo", rules_text(terms=f"- {{id: mayor, {NAMED}, is: some(present(mayor))}}")))
    assert "mayor" in rules.vocabulary.terms


def test_a_long_quote_and_the_last_article_are_still_right(tmp_path: Path) -> None:
    item = f'- {{id: n, form: power, at: "9.2(3)", act: sign, by: mayor, quote: {"字" * 30}}}'
    citation = load(write(tmp_path / "demo", rules_text(norms=item))).norms["n"].citation
    assert (citation.article, citation.paragraph, citation.item) == (9, 2, 3)


def test_an_article_of_another_law_is_not_counted_here(tmp_path: Path) -> None:
    item = f'- {{id: f, {NAMED}, holds: "true", law: 民法典, at: "120"}}'
    assert load(write(tmp_path / "demo", rules_text(facts=item))).facts[0].citation.law == "民法典"  # type: ignore[union-attr]


def test_all_sections_of_the_support_are_used() -> None:
    assert MARK not in INSTRUMENT + "".join(SECTIONS.values())
