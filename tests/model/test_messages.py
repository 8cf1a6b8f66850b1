"""Every message is there in Chinese and in English, and says the same of the same things."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import guize.messages
from model import messages as say
from model.bilingual import NOTHING, Said, Template, one_of, same
from model.errors import Diagnostic, SpecError
from tests.model import test_impossible_norms as impossible
from tests.model import test_loading_mistakes as wrong
from tests.model.support import MARK, marked, mistakes, rules_text, write

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b(expected|should|valid|no such|than|least|taken|one of)\b")


def _catalogue(module: ModuleType) -> list[tuple[str, Template]]:
    name = module.__name__
    found = [(f"{name}.{n}", t) for n, t in vars(module).items() if isinstance(t, Template)]
    for n, table in vars(module).items():
        if isinstance(table, dict) and not n.startswith("__"):
            found += [(f"{name}.{n}.{k}", t) for k, t in table.items() if isinstance(t, Template)]
    return found


ENTRIES = [*_catalogue(say), *_catalogue(guize.messages)]


def _blanks(text: str) -> list[tuple[str, str]]:
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("template", [t for _, t in ENTRIES], ids=[n for n, _ in ENTRIES])
def test_an_entry_has_both_languages_with_the_same_blanks(template: Template) -> None:
    assert template.en
    assert _blanks(template.zh) == _blanks(template.en)
    assert CHINESE.search(template.zh)
    assert not CHINESE.search(template.en)


def test_the_catalogues_are_not_empty() -> None:
    assert len(ENTRIES) > 100
    assert "model.messages.VALUES.int_type" in dict(ENTRIES)
    assert "guize.messages.NO_RULE_SET" in dict(ENTRIES)


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
    said = Said("no such act: 'sing'", "没有这样的行为：“sing”")
    found = Diagnostic("rules.yaml", 3, 5, said, Said("an act", "行为"), "sign")
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
        more = impossible.SETS if section == "norms" else {}
        text = rules_text() + f"{section}: []\n" if item == MARK else rules_text(**more, **{section: item})
        for found in mistakes(write(tmp_path / str(number) / "demo", marked(text)[0])):
            assert CHINESE.search(found.said.zh)
            assert bool(found.wanted.zh) == bool(found.wanted.en)
            assert not ENGLISH.search(found.said.zh + found.wanted.zh), found


@pytest.mark.parametrize("text", ["instrument: {id: demo", "a: b: c", "a: 'x", "\ta: b", "a: *nowhere", "a: [b"])
def test_what_is_no_yaml_is_told_in_chinese(tmp_path: Path, text: str) -> None:
    [found] = mistakes(write(tmp_path, text))
    assert CHINESE.search(found.said.zh.removeprefix("不是合法的 YAML："))
