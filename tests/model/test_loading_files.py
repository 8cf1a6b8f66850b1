"""Whatever stands in a file, reading it ends soon, in a rule set or in a list of mistakes with places."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import Diagnostic, SpecError
from model.loading import load
from model.yamltext import MAX_BYTES, MAX_DEPTH
from tests.model.support import INSTRUMENT, marked, mistakes, rules_text, write

NAMED = "zh: 甲, en: x"


def _only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    assert len(found) == 1, found
    return found[0]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = _only(mistakes(tmp_path / "nowhere"))
    assert (found.line, found.column, found.path) == (0, 0, str(tmp_path / "nowhere"))
    assert "No such file" in found.message


def test_a_folder_without_rules(tmp_path: Path) -> None:
    found = _only(mistakes(tmp_path))
    assert found.path == str(tmp_path / "rules.yaml")
    assert "No such file" in found.message


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "demo" / "rules.yaml").mkdir(parents=True)
    assert "directory" in _only(mistakes(tmp_path / "demo")).message


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    write(tmp_path, rules_text())
    (tmp_path / "rules.yaml").chmod(0)
    assert "Permission denied" in _only(mistakes(tmp_path)).message


def test_the_file_itself_may_be_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "demo", rules_text())
    assert load(folder / "rules.yaml").norms == load(folder).norms


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(write(tmp_path, b"\xef\xbb\xbf" + rules_text().encode())).title.id == "demo"


def test_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    assert load(write(tmp_path, rules_text().replace("\n", "\r\n").encode())).title.id == "demo"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\n ", "# nothing but a remark\n", "---\n", "\ufeff"])
def test_an_empty_file(tmp_path: Path, text: str) -> None:
    found = _only(mistakes(write(tmp_path, text)))
    assert "the file is empty" in found.message or "wrong type" in found.message
    assert found.line >= 1


@pytest.mark.parametrize("text", ["- a\n- b\n", "hello", "42", "true", "~", "[]", "'x: y'"])
def test_a_file_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    found = _only(mistakes(write(tmp_path, text)))
    assert (found.line, found.column) == (1, 1)
    assert "wrong type" in found.message
    assert "mapping" in found.expected


def test_a_file_in_gbk(tmp_path: Path) -> None:
    text = "# rules\n" + rules_text()
    found = _only(mistakes(write(tmp_path, text.encode("gbk"))))
    line, column = 2, text.splitlines()[1].index("规") + 1
    assert (found.line, found.column) == (line, column)
    assert "not UTF-8" in found.message
    assert "WPS" in found.expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "big5"])
def test_a_file_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    found = _only(mistakes(write(tmp_path, rules_text().replace("规则", "規則").encode(encoding, "replace"))))
    assert "UTF-8" in found.message or "U+0000" in found.message


def test_five_megabytes_of_noise(tmp_path: Path) -> None:
    found = _only(mistakes(write(tmp_path, random.Random(1).randbytes(5_000_000))))
    assert "5,000,000 bytes" in found.message
    assert f"{MAX_BYTES:,}" in found.expected


@pytest.mark.parametrize("seed", range(4))
def test_noise_within_the_limit(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    printable = bytes(rng.choices(range(32, 127), k=200_000))
    assert mistakes(write(tmp_path / "a", rng.randbytes(200_000)))
    assert mistakes(write(tmp_path / "b", printable))


def test_a_control_character_has_a_place(tmp_path: Path) -> None:
    text, [place] = marked("instrument:\n  id: de⟦\x00mo\n")
    found = _only(mistakes(write(tmp_path, text)))
    assert (found.line, found.column) == place
    assert "U+0000" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "instrument: {id: demo",
        "a: b: c",
        "a: 'x",
        "\ta: b",
        "a: *nowhere",
        "a: 1\n---\nb: 2\n",
        "%YAML 9.9\n---\na",
        "a: &x\n- b\nc",
    ],
)
def test_a_text_that_is_no_yaml_says_where(tmp_path: Path, text: str) -> None:
    found = _only(mistakes(write(tmp_path, text)))
    assert "YAML" in found.message
    assert found.line >= 1
    assert found.column >= 1


def test_a_tag_makes_nothing_but_text(tmp_path: Path) -> None:
    text = rules_text(INSTRUMENT.replace("demo", "!!python/object/apply:os.abort demo"))
    assert load(write(tmp_path, text)).title.id == "demo"


DEEP = {
    "brackets": "[" * 100_000,
    "closed brackets": "[" * 5_000 + "]" * 5_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 50_000 + "a",
    "indents": "\n".join(" " * i + "a:" for i in range(1_500)),
    "questions": "? " * 50_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_refused(tmp_path: Path, text: str) -> None:
    found = _only(mistakes(write(tmp_path, text)))
    assert "nested too deeply" in found.message
    assert str(MAX_DEPTH) in found.expected
    assert found.line >= 1


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    layers = ["a0: &a0 [x, x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert "too many values" in _only(mistakes(write(tmp_path, "\n".join(layers)))).message


@pytest.mark.parametrize(
    "text", ["a: &a [*a]", "a: &a [*a, *a, *a]", "&a {b: *a, c: *a}", "instrument: &i {title: *i}"]
)
def test_an_alias_of_what_it_stands_in_is_refused(tmp_path: Path, text: str) -> None:
    assert "nested too deeply" in _only(mistakes(write(tmp_path, text))).message


def test_a_plain_alias_is_allowed(tmp_path: Path) -> None:
    instrument = "{id: demo, title: &t {zh: 规则, en: rules}, place: *t, articles: 9}"
    rules = load(write(tmp_path, rules_text(instrument)))
    assert rules.title.place == rules.title.label


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "-1", "1_000", "0x9", "1:30", "9.0", "１２"])
def test_a_number_that_is_no_count_of_articles(tmp_path: Path, number: str) -> None:
    found = _only(mistakes(write(tmp_path, rules_text(INSTRUMENT.replace("9}", f"{number}}}")))))
    assert found.message.startswith((number[:50], f"'{number[:50]}"))


def test_words_are_words_and_times_are_texts(tmp_path: Path) -> None:
    instrument = INSTRUMENT.replace("articles: 9", "number: no, date: 12:30, articles: 9")
    rules = load(write(tmp_path, rules_text(instrument)))
    assert (rules.title.number, rules.title.date) == ("no", "12:30")


def test_three_hundred_mistakes_come_out_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    items = "\n".join(f'- {{id: n{i}, form: power, at: "1", act: ⟦act_{i}, by: mayor}}' for i in range(300))
    text, places = marked(rules_text(norms=items))
    found = mistakes(write(tmp_path, text))
    assert len(found) == 300
    assert [(d.line, d.column) for d in found] == places == sorted(places)


def test_three_hundred_wrong_shapes_come_out_together(tmp_path: Path) -> None:
    items = "\n".join(f"- {{id: o{i}, {NAMED}, ⟦colour: red}}" for i in range(300))
    text, places = marked(rules_text(offices=items))
    found = mistakes(write(tmp_path, text))
    assert [(d.line, d.column) for d in found] == places
    assert len(places) == 300


def test_mistakes_of_many_kinds_come_out_together(tmp_path: Path) -> None:
    text, places = marked(
        rules_text(
            offices=f"- {{id: a, {NAMED}, is_a: [⟦mayr]}}\n- {{id: ⟦mayor, {NAMED}}}",
            sets=f"- {{id: s, {NAMED}, is: ⟦s | mayor}}",
            facts=f"- ⟦{{id: f, {NAMED}, holds: ⟦urgnt}}",
            norms='- {id: p, form: power, at: ⟦"77", act: ⟦sing, by: ⟦mayr, residual_to: [⟦pp]}\n'
            '- {id: q, form: precedence, at: "1", prevails: [⟦r], yields: [p]}\n'
            '- ⟦{id: x, form: exclusion, at: "1"}',
        )
    )
    found = mistakes(write(tmp_path, text))
    assert [(d.line, d.column) for d in found] == places
    assert str(SpecError(found)).count("\n") == len(places) - 1


def test_a_mistake_is_shown_with_place_remedy_and_nearest_name(tmp_path: Path) -> None:
    item = '- {id: n, form: power, at: "1", act: ⟦sing, by: mayor}'
    text, [(line, column)] = marked(rules_text(norms=item))
    found = _only(mistakes(write(tmp_path, text)))
    place = f"{tmp_path / 'rules.yaml'}:{line}:{column}"
    assert str(found) == f"{place}: no such act: 'sing'; expected an act that is defined; did you mean 'sign'?"


def _loads_or_is_mistaken(folder: Path, content: bytes) -> None:
    write(folder, content)
    found: tuple[Diagnostic, ...] | None = None
    try:
        load(folder)
    except SpecError as e:
        found = e.diagnostics
    assert found is None or (found and list(found) == sorted(found))


QUICK = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@QUICK
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_file_loads_or_is_a_list_of_mistakes(tmp_path: Path, content: bytes) -> None:
    _loads_or_is_mistaken(tmp_path, content)


@QUICK
@given(
    st.integers(0, len(rules_text())),
    st.integers(0, 12),
    st.text(alphabet="{}[],:&*!|>'\"- \nabc0市#?%@\t", max_size=6),
)
def test_any_damage_to_a_rule_set_is_a_list_of_mistakes(tmp_path: Path, start: int, cut: int, new: str) -> None:
    text = rules_text()
    _loads_or_is_mistaken(tmp_path, (text[:start] + new + text[start + cut :]).encode())


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["mayor", "sign", "1"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "zh", "form"]), inner)),
    max_leaves=5,
)
KEYS = [
    "readings",
    "offices",
    "bodies",
    "sets",
    "attributes",
    "classes",
    "roles",
    "relations",
    "terms",
    "acts",
    "facts",
]


@QUICK
@given(st.dictionaries(st.sampled_from([*KEYS, "norms", "instrument", "other"]), VALUES, min_size=1))
def test_any_values_under_the_right_keys_are_a_list_of_mistakes(tmp_path: Path, tree: dict[str, object]) -> None:
    _loads_or_is_mistaken(tmp_path, json.dumps({"instrument": None, **tree}).encode())


def test_wrong_shapes_repeated_keys_and_undefined_names_come_out_together(tmp_path: Path) -> None:
    text, places = marked(
        rules_text(
            offices=f"- {{id: o, {NAMED}, ⟦colour: red}}\n- {{id: q, {NAMED}, is_a: [o, ⟦mayr]}}",
            sets=f"- {{id: s, {NAMED}, is: o | mayor}}",
            norms='- {id: n, form: power, at: "1", act: ⟦sing, by: o}\n'
            '- ⟦{id: gone, form: route, at: "1"}\n'
            '- {id: m, form: power, at: "1", ⟦at: "2", act: sign, by: ⟦mayr, residual_to: [gone, gone.step, ⟦n1]}\n'
            '- {id: b, form: bound, at: "1", route: gone, from: a, to: b, kind: ceiling, amount: 1, unit: hour}',
        )
    )
    found = mistakes(write(tmp_path, text))
    assert [(d.line, d.column) for d in found] == places
