"""The JSON Schema that editors use agrees with the loader."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import specs
from model.loading import load
from model.schema import json_schema
from model.yamltext import read
from tests.model.support import mistakes, rules_text, write

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NAMES = [specs.BACKGROUND, *specs.bundled()]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("name", NAMES)
def test_the_bundled_rule_sets_fit_the_schema_and_load(name: str) -> None:
    assert [e.message for e in VALIDATOR.iter_errors(read(specs.ROOT / name / "rules.yaml").data)] == []
    assert load(specs.ROOT / name).title.id == name


def _small(tmp_path: Path) -> Any:
    return read(write(tmp_path / "demo", rules_text()) / "rules.yaml").data


def test_the_small_rule_set_fits(tmp_path: Path) -> None:
    assert VALIDATOR.is_valid(_small(tmp_path))


@pytest.mark.parametrize(
    "path", [(), ("instrument",), ("instrument", "title"), ("offices", 0), ("norms", 0), ("norms", 1, "steps", 0)]
)
def test_an_unknown_key_is_rejected_wherever_it_stands(tmp_path: Path, path: tuple[str | int, ...]) -> None:
    data = _small(tmp_path)
    inner = data
    for part in path:
        inner = inner[part]
    inner["wen"] = "true"
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("norms", 0, "at"), "35-1"),
        (("norms", 0, "at"), 35),
        (("norms", 0, "form"), "pwer"),
        (("norms", 0, "mode"), "all"),
        (("norms", 1, "steps"), []),
        (("offices", 0, "id"), "Mayor"),
        (("offices", 0, "scope"), 51),
        (("offices", 0, "portfolio"), "yes"),
        (("instrument", "articles"), 200),
        (("readings", 0, "choices"), []),
        (("bodies", 0, "kind"), "committee"),
    ],
)
def test_schema_and_loader_reject_the_same_values(tmp_path: Path, path: tuple[str | int, ...], value: object) -> None:
    data = copy.deepcopy(_small(tmp_path))
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    assert not VALIDATOR.is_valid(data)
    assert mistakes(write(tmp_path / "wrong", json.dumps(data, ensure_ascii=False)))


@pytest.mark.parametrize("key", ["id", "form", "at", "act", "by"])
def test_schema_and_loader_miss_the_same_keys(tmp_path: Path, key: str) -> None:
    data = _small(tmp_path)
    del data["norms"][0][key]
    assert not VALIDATOR.is_valid(data)
    assert mistakes(write(tmp_path / "wrong", json.dumps(data, ensure_ascii=False)))
