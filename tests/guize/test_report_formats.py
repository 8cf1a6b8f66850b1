"""Markdown, SARIF, JUnit XML and Word say the same findings as the page."""

from __future__ import annotations

import re
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from guize.report import junit, markdown, sarif
from guize.report.content import Content, build
from guize.report.places import spots
from proofs.findings import Severity
from tests.guize.report_support import audited, fabricated, generated, repaired
from tests.guize.support import BROKEN, SOUND

HOSTILE = "<b>*x*|`y`[z](u)&\u0001"
URI = "specs/made/rules.yaml"

STRING, TEXT = {"type": "string"}, {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": STRING}},
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {"type": "array", "items": {"type": "object", "properties": {"name": STRING}}},
        "message": TEXT,
        "id": {"type": "integer", "minimum": 0},
    },
    "additionalProperties": False,
}
SHAPE = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "tool": {"type": "object", "required": ["driver"]},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "ruleId": STRING,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
                                "partialFingerprints": {"type": "object", "additionalProperties": STRING},
                                "properties": {"type": "object"},
                            },
                            "additionalProperties": False,
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                },
            },
        },
    },
    "additionalProperties": True,
}
"""The part of the SARIF 2.1.0 schema that the log uses, with its required properties and enumerations."""


@pytest.fixture
def made(tmp_path: Path) -> Content:
    rules = generated(tmp_path, 30)
    return build(rules, fabricated(rules, 8))


def results(log: dict[str, Any]) -> list[dict[str, Any]]:
    return log["runs"][0]["results"]


# SARIF


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_has_the_required_shape(made: Content, tmp_path: Path, lang: str) -> None:
    log = sarif.document(made, lang, URI, spots(tmp_path / "rules.yaml"))
    jsonschema.validate(log, SHAPE)
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "guize" and driver["version"]
    for found in results(log):
        assert driver["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    assert len({f["partialFingerprints"]["guizeFinding/v1"] for f in results(log)}) == len(made.findings)
    notices = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert len(notices) == len(made.unsettled) == 1


def test_sarif_points_at_the_line_of_the_norm() -> None:
    file = Path(BROKEN) / "rules.yaml"
    log = sarif.document(audited(BROKEN)[2], "zh", URI, spots(file))
    (found,) = results(log)
    lines = file.read_text(encoding="utf-8").splitlines()
    (place,) = found["locations"]
    assert "id: head_signs" in lines[place["physicalLocation"]["region"]["startLine"] - 1]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "head_signs"
    (near,) = found["relatedLocations"]
    assert "id: deputy_stands_in" in lines[near["physicalLocation"]["region"]["startLine"] - 1]
    assert found["level"] == "error" and found["message"]["text"] == audited(BROKEN)[2].findings[0].sentence.zh


def test_spots_of_steps_and_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    generated(tmp_path, 12)
    found = spots(tmp_path / "rules.yaml")
    assert {"n0", "n0.s0", "n0.s4", "n1", "away"} <= set(found)
    assert spots(tmp_path / "missing.yaml") == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_offers_the_repair(lang: str) -> None:
    content = repaired(BROKEN)[2]
    first = content.findings[0].repairs[0].says.get(lang)
    (found,) = results(sarif.document(content, lang, URI, {}))
    assert first in found["message"]["text"] and found["properties"]["repairs"][0][lang] == first
    assert first in "".join(ET.fromstring(junit.document(content, lang)).itertext())
    assert markdown.escaped(first) in markdown.document(content, lang)


# JUnit


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_counts_what_it_holds(made: Content, lang: str) -> None:
    root = ET.fromstring(junit.document(made, lang))
    (suite,) = root
    cases = suite.findall("testcase")
    assert int(suite.get("tests", "")) == len(cases)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.get(name, "")) == sum(c.find(tag) is not None for c in cases)
    failures = [c.find("failure") for c in cases if c.find("failure") is not None]
    assert [f.get("message") for f in failures if f is not None] == [f.sentence.get(lang) for f in made.findings]
    passed = [c.get("classname") for c in cases if not len(c)]
    assert passed == ["made.competence-conflict"]
    assert suite.get("errors") == "1" and suite.get("skipped") == "2"


def test_a_clean_report_has_no_failure() -> None:
    (suite,) = ET.fromstring(junit.document(audited(SOUND)[2], "zh"))
    assert suite.get("failures") == "0" and int(suite.get("tests", "")) > 3


def test_junit_survives_markup_and_control_characters(tmp_path: Path) -> None:
    rules = generated(tmp_path, 12, "<b>&\"'")
    content = build(rules, fabricated(rules, 2, "a\u0001b<"))
    root = ET.fromstring(junit.document(content, "zh"))
    assert {e.tag for e in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "error", "skipped"}


# Markdown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_tells_every_finding(made: Content, lang: str) -> None:
    text = markdown.document(made, lang)
    assert text.count("\n### ") >= len(made.findings)
    assert text.count("<details>") == text.count("</details>") == len(made.findings)
    for found in made.findings:
        assert markdown.escaped(found.sentence.get(lang)) in text
        assert f"`{found.id}`" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert tables and all(line.endswith("|") for line in tables)
    # without a blank line after the summary, its contents would not be read as Markdown
    assert re.search(r"</summary>\n\n- \*\*", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b", r"a\*b"),
        ("<img>", r"\<img\>"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("# x", r"\# x"),
        ("a|b", r"a\|b"),
        ("[a](b)", r"\[a\](b)"),
        ("@all", r"\@all"),
        ("a\nb", "a b"),
        ("&lt;", "&amp;lt;"),
        ("市长签发", "市长签发"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, shown: str) -> None:
    assert markdown.escaped(text) == shown


def test_markup_in_a_spec_is_no_markdown(tmp_path: Path) -> None:
    rules = generated(tmp_path, 12, "<b>*x*|`y`[z](u)")
    text = markdown.document(build(rules, fabricated(rules, 2)), "zh")
    assert not re.search(r"(?<!\\)<(?!/?details>|/?summary>)", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    heads = [re.split(r"(?<!\\)\|", row) for row in rows]
    assert {len(h) for h in heads} <= {7, 9}


# Word


@pytest.mark.skipif(find_spec("docx") is None, reason="python-docx (extra `word`) is not installed")
class TestWord:
    def document(self, content: Content, lang: str = "zh") -> Any:
        word = pytest.importorskip("guize.report.word")
        return pytest.importorskip("docx").Document(BytesIO(word.document(content, lang)))

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_headings_findings_and_tables(self, made: Content, lang: str) -> None:
        document = self.document(made, lang)
        heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
        told = [f"{f.number}. [{f.degree.get(lang)}] {f.headline.get(lang)}" for f in made.findings]
        assert [h for h in heads if re.match(r"\d+\. \[", h)] == told
        text = [p.text for p in document.paragraphs]
        assert all(f.sentence.get(lang) in text for f in made.findings)
        assert len([p for p in document.paragraphs if p.style.name == "List Number"]) == 5
        assert any(s.orientation for s in document.sections)

    def test_the_figure_of_severities_has_bars_in_proportion(self, made: Content) -> None:
        document = self.document(made)
        bars = [row._tr.xml.count('w:fill="') for row in document.tables[0].rows]
        assert bars == [20, 20, 20, 20]  # two findings of each severity

    def test_only_serious_findings_have_their_evidence_and_it_says_so(self, made: Content) -> None:
        document = self.document(made)
        stories = [t for t in document.tables if t.rows[0].cells[0].text == made.findings[0].story[0].title.zh]
        assert len(stories) == sum(f.severity >= Severity.SERIOUS for f in made.findings) > 0
        assert any("本文从简" in p.text for p in document.paragraphs)

    def test_holes_are_shaded_and_marked(self) -> None:
        document = self.document(audited(BROKEN)[2])
        shaded = [c.text for t in document.tables for r in t.rows for c in r.cells if 'w:fill="FBDCD9"' in c._tc.xml]
        assert shaded and all(text.startswith("✕") for text in shaded)

    def test_control_characters_do_not_stop_it(self, tmp_path: Path) -> None:
        rules = generated(tmp_path, 12, "<b>&")
        content = build(rules, fabricated(rules, 2, "a\u0001b"))
        assert any("<b>&" in p.text for p in self.document(content).paragraphs)
