"""Property files: what is read, and every mistake with its place, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import specs
from model import expressions as ex
from model.errors import Diagnostic, SpecError
from model.loading import load
from model.parsing import parse_condition
from model.properties import ALWAYS, POSSIBLE, Property, checks_named, load_properties
from model.ruleset import RuleSet
from proofs.audit import CHECKS
from tests.model.support import marked, rules_text, write

CHINESE = re.compile("[\u4e00-\u9fff]")
WHAT = "zh: 性质, en: a property"
GOOD = f"""
- {{id: signed, {WHAT}, when: kind = notice, always: not stuck(sign), absences: 1}}
- {{id: some_hand, {WHAT}, possible: some(hands(sign) & mayor)}}
- {{id: quiet, {WHAT}, silent: signing-gap}}
- {{id: loose, {WHAT}, always: count(absent(everyone)) <= 6}}
"""


@pytest.fixture
def rules(tmp_path: Path) -> RuleSet:
    return load(write(tmp_path / "demo", rules_text()))


def loaded(tmp_path: Path, rules: RuleSet, text: str | bytes, **more: object) -> dict[str, Property]:
    path = tmp_path / "properties.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {p.id: p for p in load_properties(path, rules, **{"checks": CHECKS, **more})}  # type: ignore[arg-type]


def wrong(tmp_path: Path, rules: RuleSet, text: str | bytes, **more: object) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecError) as caught:
        loaded(tmp_path, rules, text, **more)
    for found in caught.value.diagnostics:
        assert found.path.endswith("properties.yaml")
        assert CHINESE.search(found.said.zh) and not CHINESE.search(found.said.en.replace("性质", ""))
        assert CHINESE.search(found.wanted.zh or "无") and (found.wanted.en or found.nearest)
    return caught.value.diagnostics


def test_what_is_read(tmp_path: Path, rules: RuleSet) -> None:
    found = loaded(tmp_path, rules, GOOD)
    signed = found["signed"]
    assert (signed.mode, signed.absences, signed.label.zh, signed.silent) == (ALWAYS, 1, "性质", "")
    assert signed.when == parse_condition("kind = notice")
    assert signed.holds == ex.Not(ex.Stuck("sign"))
    assert (found["some_hand"].mode, found["some_hand"].when, found["some_hand"].absences) == (POSSIBLE, ex.TRUE, None)
    assert found["quiet"].silent == "signing-gap"
    assert not any(p.unknown for p in found.values())
    assert checks_named(found.values()) == ("signing-gap",)


def test_a_check_named_twice_is_asked_once() -> None:
    label = Property("a", None).label  # type: ignore[arg-type]
    named = [Property(i, label, silent=check) for i, check in (("a", "x"), ("b", "y"), ("c", "x"), ("d", ""))]
    assert checks_named(named) == ("x", "y")


def test_a_bare_true_is_the_condition_of_that_name(tmp_path: Path, rules: RuleSet) -> None:
    assert loaded(tmp_path, rules, f"- {{id: p, {WHAT}, always: true}}")["p"].holds == ex.TRUE


def test_an_empty_list_has_no_properties(tmp_path: Path, rules: RuleSet) -> None:
    assert loaded(tmp_path, rules, "[]") == {}


ONE = [
    # shape
    ("- {id: p, %s, ⟦alwys: 'true'}", "unknown key 'alwys'", "always"),
    ("- ⟦{id: p, zh: 性, always: 'true'}", "the key 'en' is missing", ""),
    ("- {id: ⟦P1, %s, always: 'true'}", "'P1' has the wrong form", ""),
    ("- {id: p, %s, always: ⟦3}", "3 has the wrong type", ""),
    ("- {id: p, %s, always: 'true', absences: ⟦7}", "7 is out of range", ""),
    ("- {id: p, %s, always: 'true', absences: ⟦-1}", "-1 is out of range", ""),
    ("- {id: p, %s, always: 'true', absences: ⟦'1'}", "'1' has the wrong type", ""),
    ("- ⟦p", "'p' has the wrong type", ""),
    ("⟦p: {id: p}", "unknown key 'p'", ""),
    ("⟦propertes: []", "unknown key 'propertes'", "properties"),
    ("general: [⟦everyday_singer]", "no such general property: 'everyday_singer'", ""),
    ("properties:\n- {id: p, %s, ⟦alwys: 'true'}", "unknown key 'alwys'", "always"),
    # one statement
    ("- ⟦{id: p, %s}", "the property 'p' states nothing", ""),
    ("- ⟦{id: p, %s, always: ~}", "the property 'p' states nothing", ""),
    ("- ⟦{id: p, %s, always: urgent, possible: urgent}", "more than one thing", ""),
    ("- ⟦{id: p, %s, always: urgent, silent: self-review}", "more than one thing", ""),
    ("- ⟦{id: p, %s, always: urgent, possible: urgent, silent: self-review}", "more than one thing", ""),
    # expressions
    ("- {id: p, %s, always: ⟦''}", "cannot read the expression 'nothing'", ""),
    ("- {id: p, %s, possible: ⟦''}", "cannot read the expression 'nothing'", ""),
    ("- {id: p, %s, always: ⟦urgent and}", "cannot read the expression", ""),
    ("- {id: p, %s, when: ⟦kind is notice, always: urgent}", "cannot read the expression", ""),
    # names
    ("- {id: p, %s, always: ⟦not stuck(sing)}", "no such act: 'sing'", "sign"),
    ("- {id: p, %s, possible: ⟦'precedes(review, sing)'}", "no such act: 'sing'", "sign"),
    ("- {id: p, %s, always: ⟦some(hands(reviw))}", "no such act: 'reviw'", "review"),
    ("- {id: p, %s, when: ⟦kind = notise, always: urgent}", "no such value of 'kind': 'notise'", "notice"),
    ("- {id: p, %s, when: ⟦urgnt, always: 'true'}", "no such condition: 'urgnt'", "urgent"),
    ("- {id: p, %s, always: ⟦some(everyon)}", "no such office: 'everyon'", "everyone"),
    ("- {id: p, %s, always: ⟦'reading(extent, nrrow)'}", "no such choice", "narrow"),
    ("- {id: p, %s, always: ⟦'some(absent(mayor, leav))'}", "no such cause of absence", "leave"),
    ("- {id: p, %s, always: ⟦some(principal)}", "'principal' has no meaning here", ""),
    # checks
    ("- {id: p, %s, silent: ⟦signing-gab}", "no such check: 'signing-gab'", "signing-gap"),
    ("- {id: p, %s, silent: ⟦''}", "no such check: ''", ""),
    ("- {id: p, %s, silent: self-review, when: ⟦urgent}", "on which when has no bearing", ""),
    ("- {id: p, %s, silent: self-review, absences: ⟦1}", "on which absences has no bearing", ""),
]


@pytest.mark.parametrize(("text", "said", "nearest"), ONE, ids=[t for t, _, _ in ONE])
def test_a_mistake_has_its_place_and_a_remedy(
    tmp_path: Path, rules: RuleSet, text: str, said: str, nearest: str
) -> None:
    source, ((line, column),) = marked("\n" + text.replace("%s", WHAT))
    (found,) = wrong(tmp_path, rules, source)
    assert (found.line, found.column) == (line, column)
    assert said in found.message
    assert found.nearest == nearest
    for lang, hint in (("zh", "是否指"), ("en", "did you mean")):
        assert (hint in found.show(lang)) == bool(nearest)
        assert f"properties.yaml:{line}:{column}" in found.show(lang)


def test_an_id_is_taken_once(tmp_path: Path, rules: RuleSet) -> None:
    source, ((line, column),) = marked(f"- {{id: p, {WHAT}, always: urgent}}\n- {{id: ⟦p, {WHAT}, possible: urgent}}\n")
    (found,) = wrong(tmp_path, rules, source)
    assert (found.line, found.column) == (line, column)
    assert "the id 'p' is taken in properties.yaml" in found.message


def test_a_key_stands_once(tmp_path: Path, rules: RuleSet) -> None:
    (found,) = wrong(tmp_path, rules, f"- {{id: p, {WHAT}, always: urgent, always: urgent}}")
    assert "'always' stands here twice" in found.message


def test_all_mistakes_come_at_once_and_each_once(tmp_path: Path, rules: RuleSet) -> None:
    bad = f"- {{id: p, {WHAT}, when: urgnt, always: not stuck(sing)}}\n"
    bad += f"- {{id: q, {WHAT}, silent: x}}\n- {{id: r, {WHAT}}}\n"
    found = wrong(tmp_path, rules, bad)
    assert [(m.line, m.nearest) for m in found] == [(1, "urgent"), (1, "sign"), (2, ""), (3, "")]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), ("性质".encode("gbk"), "UTF-8"), (b"- [", "YAML")],
    ids=["empty", "gbk", "broken"],
)
def test_a_file_that_is_none(tmp_path: Path, rules: RuleSet, content: bytes, said: str) -> None:
    (found,) = wrong(tmp_path, rules, content)
    assert said in found.message


def test_a_file_that_is_not_there(tmp_path: Path, rules: RuleSet) -> None:
    with pytest.raises(SpecError) as caught:
        load_properties(tmp_path / "none.yaml", rules)
    assert "没有这个文件" in caught.value.diagnostics[0].show("zh")


# general files


def test_a_general_property_that_names_what_there_is_not_does_not_apply(tmp_path: Path, rules: RuleSet) -> None:
    text = f"""
- {{id: a, {WHAT}, when: urgnt and kind = order, always: not stuck(sing) and not stuck(sing)}}
- {{id: b, {WHAT}, silent: signing-gab}}
- {{id: c, {WHAT}, always: not stuck(sign)}}
"""
    found = loaded(tmp_path, rules, text, general=True)
    assert found["a"].unknown == ("urgnt", "order", "sing")
    assert found["b"].unknown == ("signing-gab",)
    assert not found["c"].unknown


@pytest.mark.parametrize(
    "text",
    [
        "always: not stuck(sign",
        "always: some(principal)",
        "always: 'some(absent(mayor, leav))'",
        "always: 'some(present(mayor, leave))'",
        "always: urgent, possible: urgent",
        "silent: self-review, absences: 1",
        "alwys: urgent",
    ],
)
def test_what_no_rule_set_could_mend_is_a_mistake_in_a_general_file_too(
    tmp_path: Path, rules: RuleSet, text: str
) -> None:
    assert len(wrong(tmp_path, rules, f"- {{id: a, {WHAT}, {text}}}", general=True)) == 1


def test_the_general_properties_speak_the_general_vocabulary() -> None:
    """A misspelt name would make a property inapplicable to every rule set, and nobody would notice."""
    found = load_properties(specs.PROPERTIES, load(specs.ROOT / specs.BACKGROUND), general=True, checks=CHECKS)
    assert len(found) > 15
    assert [p.id for p in found if p.unknown] == []
    assert len({p.id for p in found}) == len({p.label.zh for p in found}) == len(found)
    assert all(CHINESE.search(p.label.zh) and not CHINESE.search(p.label.en) for p in found)


def test_without_checks_what_should_be_silent_is_not_looked_up(tmp_path: Path, rules: RuleSet) -> None:
    found = loaded(tmp_path, rules, f"- {{id: a, {WHAT}, silent: anything}}", checks=None)
    assert (found["a"].silent, found["a"].unknown) == ("anything", ())
