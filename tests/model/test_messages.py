"""Every message is there in Chinese and in English, and says the same of the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import guize.messages
import model.messages
from model.bilingual import NOTHING, Said, Template, one_of, same
from model.errors import Diagnostic, SpecError
from tests.model import test_impossible_norms as impossible
from tests.model import test_loading_mistakes as wrong
from tests.model.support import marked, mistakes, rules_text, write

CHINESE = re.compile("[\u4e00-\u9fff]")
KEYS_ALONE = {"BY", "USES_BACKGROUND"}
"""What is expected are keys of the file, the same in both languages."""


def _catalogue(module: ModuleType) -> list[tuple[str, Template]]:
    named = [(n, t) for n, t in vars(module).items() if isinstance(t, Template)]
    tables = [(n, d) for n, d in vars(module).items() if isinstance(d, dict) and not n.startswith("__")]
    return named + [(f"{n} {k}", t) for n, d in tables for k, t in d.items() if isinstance(t, Template)]


ENTRIES = [*_catalogue(model.messages), *_catalogue(guize.messages)]


def _blanks(text: str) -> list[tuple[str, str]]:
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize(("name", "template"), ENTRIES, ids=[n for n, _ in ENTRIES])
def test_an_entry_has_both_languages_with_the_same_blanks(name: str, template: Template) -> None:
    assert template.zh and template.en
    assert _blanks(template.zh) == _blanks(template.en)
    assert not CHINESE.search(template.en)
    bare = re.sub(r"\{[^}]*\}", "", template.zh)
    assert CHINESE.search(bare) or name in KEYS_ALONE or name == "ROUTE_OR_ROUTES" or name == "VALUES_OR_BOOL", bare


def test_a_said_blank_speaks_the_language_around_it() -> None:
    said = Template(zh="没有{what}“{name}”", en="no {what} '{name}'")(what=Said("act", "行为"), name="{x}")
    assert said == Said("no act '{x}'", "没有行为“{x}”")
    assert (said.get("zh"), said.get("en")) == (said.zh, said.en)


def test_a_choice_is_listed_in_both_languages() -> None:
    assert one_of(["a", Said("its end", "结尾")]) == Said("one of: a, its end", "下列之一：a、结尾")
    assert one_of([]) == NOTHING
    assert not NOTHING
    assert same("a")


def test_a_diagnostic_in_both_languages() -> None:
    found = Diagnostic(
        "rules.yaml", 3, 5, Said("no such act: 'sing'", "没有这样的行为：“sing”"), Said("an act", "行为"), "sign"
    )
    assert str(found) == "rules.yaml:3:5: no such act: 'sing'; expected an act; did you mean 'sign'?"
    assert found.show("zh") == "rules.yaml:3:5: 没有这样的行为：“sing”；应为：行为；是否指“sign”？"
    assert Diagnostic("rules.yaml", 0, 0, Said("x", "甲")).show("zh") == "rules.yaml: 甲"
    error = SpecError([found, found])
    assert error.show("zh") == found.show("zh")
    assert str(error) == str(found)


ITEMS = [
    *((row[0], row[1]) for row in (*wrong.UNDEFINED, *wrong.SHAPES, *wrong.DUPLICATES, *wrong.PLACES, *wrong.CIRCLES)),
    *(("norms", row[0]) for row in impossible.BODIES),
    *((row[0], row[1]) for row in impossible.HOLDERS),
]


def test_every_known_mistake_is_told_in_chinese(tmp_path: Path) -> None:
    for number, (section, item) in enumerate(ITEMS):
        more = dict(impossible.SETS) if section == "norms" else {}
        text, _ = marked(rules_text(**more, **{section: item}) if item != wrong.MARK else rules_text() + "ofices: []\n")
        for found in mistakes(write(tmp_path / str(number) / "demo", text)):
            assert CHINESE.search(found.said.zh)
            assert found.said.zh != found.said.en
            assert bool(found.wanted.zh) == bool(found.wanted.en)
            assert not re.search(
                r"\b(expected|should|valid|no such|than|least)\b", found.show("zh").rpartition("yaml:")[2]
            )


@pytest.mark.parametrize("text", ["instrument: {id: demo", "a: b: c", "a: 'x", "\ta: b", "a: *nowhere", "a: [b"])
def test_what_is_no_yaml_is_told_in_chinese(tmp_path: Path, text: str) -> None:
    [found] = mistakes(write(tmp_path, text))
    assert CHINESE.search(found.said.zh.removeprefix("不是合法的 YAML："))
