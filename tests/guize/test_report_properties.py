"""Properties in a report: verdicts, numbers, stories, vacuity, and what a severity leaves out."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from guize.jsonform import prove as prove_json
from guize.library import properties_of
from guize.report import figures, junit, markdown, sarif
from guize.report.bilingual import NOTHING, Both
from guize.report.content import Content
from guize.report.html import page
from guize.report.places import spots
from guize.report.properties import proved
from model.situation import make_cast
from proofs.audit import hear
from proofs.proving import Status, Verdict, prove
from tests.guize.report_support import audited, parsed
from tests.guize.support import BROKEN, SOUND, Run
from tests.guize.test_report_formats import SHAPE

FILE = """
- {id: signed, zh: 总有人签发, en: somebody signs, absences: 1, always: not stuck(sign)}
- {id: never, zh: 空话, en: idle talk, when: kind = notice and not (kind = notice), always: some(hands(sign))}
- {id: can, zh: 通知可以签发, en: a notice can be signed, when: kind = notice, possible: some(hands(sign))}
- {id: quiet, zh: 没有签发缺口, en: no gap, silent: signing-gap}
"""


@cache
def told() -> tuple[tuple[Verdict, ...], dict[str, Any], Content]:
    """The verdicts on the general properties, their JSON document, and the content that shows them."""
    rules, report, content = audited(BROKEN)
    hearing = hear(rules, make_cast(rules), 1)
    verdicts = prove(hearing, properties_of(BROKEN, rules), report)
    document = prove_json.verdicts(rules, verdicts, 1)
    return verdicts, document, replace(content, properties=proved(Both(rules), verdicts, {}))


def test_an_audit_at_hand_changes_no_verdict() -> None:
    rules, _, _ = audited(BROKEN)
    assert prove(hear(rules, make_cast(rules), 1), properties_of(BROKEN, rules)) == told()[0]


def test_every_number_is_that_of_prove() -> None:
    _, document, content = told()
    shown = parsed(page.document(content, "zh"))
    numbers = {d["data-json"]: int(d["value"]) for d in shown.all("data") if d["data-json"].startswith("prove.")}
    statuses = [p["status"] for p in document["properties"]]
    assert numbers == {f"prove.{s}": statuses.count(s) for s in set(statuses)} and len(numbers) > 1


def test_a_refuted_property_tells_its_counterexample_as_a_story() -> None:
    verdicts, _, content = told()
    assert content.properties is not None
    failing = {v.property.id: v for v in verdicts if v.status is Status.FAILS and not v.property.silent}
    stories = {p.id: p for p in content.properties if p.id in failing}
    assert failing and set(stories) == set(failing)
    single = stories["single_absence_signing"]
    lines = {c.title.zh: [x.zh for x in c.lines] for c in single.story}
    assert lines["谁不在"] == ["县长休假（未外出）"] and lines["什么文件"] == ["通知"]
    (there,) = lines["规则怎么规定"]
    assert there.startswith("签发：无人可办。") and "第二条" in there
    assert [c.norm for c in single.why] == list(failing["single_absence_signing"].norms)
    text = page.document(content, "zh")
    assert all(x.zh in text and x.en in text for c in single.story for x in c.lines)


def test_the_refuted_come_first_and_a_vacuous_one_says_so(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FILE, encoding="utf-8")
    rules, report, content = audited(BROKEN)
    verdicts = prove(hear(rules, make_cast(rules), 1), properties_of(BROKEN, rules, [file]), report)
    found = proved(Both(rules), verdicts, {})
    assert [(p.id, p.status) for p in found] == [
        ("signed", Status.FAILS), ("quiet", Status.FAILS), ("never", Status.VACUOUS), ("can", Status.HOLDS),
    ]  # fmt: skip
    html = page.document(replace(content, properties=found), "zh")
    shown = parsed(html)
    assert "空成立" in shown.text and "所说的情形不会出现" in shown.text
    (gap,) = report.findings
    assert found[1].findings == (gap.id,) and f'href="#f-{gap.id}"' in html.partition('id="p-quiet"')[2]
    said = markdown.document(replace(content, properties=found), "zh")
    assert "**空成立** 空话" in said and "见问题1" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_has_every_property(lang: str) -> None:
    word = pytest.importorskip("guize.report.word")
    content = told()[2]
    assert content.properties is not None
    made = word.Writer(content, lang)
    made.write()
    rows = [c.text for t in made.doc.tables for r in t.rows for c in r.cells[:1]]
    assert all(p.name.get(lang) in rows for p in content.properties)


def test_the_command_proves_the_properties_of_a_file_or_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FILE, encoding="utf-8")
    options = ("--absences", "1", "--no-repairs", "--format", "markdown")
    assert "总有人签发" in run("report", BROKEN, "--properties", str(file), *options).out
    assert "## 性质" not in run("report", BROKEN, "--no-properties", *options).out
    file.write_text("- {id: x}", encoding="utf-8")
    ran = run("report", BROKEN, "--properties", str(file), *options)
    assert ran.code == 2 and not ran.out and "mine.yaml" in ran.err


def test_a_failing_property_of_a_file_given_exits_with_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("- {id: no, zh: 不可能, en: impossible, always: 'false'}", encoding="utf-8")
    options = ("--absences", "1", "--format", "markdown")
    assert run("report", SOUND, "--properties", str(file), *options).code == 1
    assert run("report", SOUND, *options).code == 0  # the general ones tell, and do not judge


def test_findings_below_the_severity_are_in_no_part(run: Run) -> None:
    """Neither in the table of papers that meet findings nor behind a property is one named that is not reported."""
    options = ("--absences", "1", "--simulate", "--sensitivity", "0", "--years", "0.3", "--replications", "1")
    ran = run("report", BROKEN, *options, "--workers", "1", "--severity", "critical", "--format", "markdown")
    assert ran.code == 0 and "检查发现的问题每年遇到几件" not in ran.out
    assert "见问题" not in ran.out and "[不成立" not in ran.out and "**不成立**" in ran.out
    document = json.loads(run("audit", BROKEN, "--absences", "1", "--json").out)
    assert [f["severity"] for f in document["findings"]] == ["serious"]


# for code hosts and build servers


def mixed(tmp_path: Path) -> Content:
    """A property of each status: two that fail, and one that holds, is vacuous, is not settled, does not apply."""
    file = tmp_path / "mine.yaml"
    file.write_text(FILE, encoding="utf-8")
    rules, report, content = audited(BROKEN)
    verdicts = list(prove(hear(rules, make_cast(rules), 1), properties_of(BROKEN, rules, [file]), report))
    settled = next(v for v in verdicts if v.status is Status.HOLDS)
    for name, status in (("slow", Status.UNKNOWN), ("other", Status.INAPPLICABLE)):
        verdicts.append(
            Verdict(replace(settled.property, id=name, unknown=("nobody",)), status, reason="resource limit")
        )
    return replace(content, properties=proved(Both(rules), verdicts, {}, report.findings))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_junit_fails_what_fails_and_passes_nothing_that_is_not_proved(tmp_path: Path, lang: str) -> None:
    content = mixed(tmp_path)
    (suite,) = ET.fromstring(junit.document(content, lang))
    cases = {c.get("name", "").rpartition("[")[2][:-1]: c for c in suite if c.get("classname") == "broken.property"}
    outcome = {name: [e.tag for e in case] for name, case in cases.items()}
    assert outcome == {
        "signed": ["failure"], "quiet": ["failure"], "slow": ["error"], "never": ["skipped"], "other": ["skipped"],
        "can": [],
    }  # fmt: skip
    (failure,) = cases["signed"]
    assert content.properties is not None
    signed = next(p for p in content.properties if p.id == "signed")
    assert failure.get("message") == signed.says.get(lang)
    assert all(x.get(lang) in (failure.text or "") for c in signed.story for x in c.lines)
    (gap,) = content.findings
    assert gap.id in (cases["quiet"][0].text or "")
    assert suite.get("errors") == "1" and suite.get("failures") == str(2 + len(content.findings))


def test_sarif_tells_the_properties_that_fail_or_are_open(tmp_path: Path) -> None:
    content = mixed(tmp_path)
    log = sarif.document(content, "zh", "rules.yaml", spots(Path(BROKEN) / "rules.yaml"))
    jsonschema.validate(log, SHAPE)
    (run,) = log["runs"]
    told = {r["ruleId"]: r for r in run["results"] if r["ruleId"].startswith("property/")}
    assert {name: (r["kind"], r["level"]) for name, r in told.items()} == {
        "property/slow": ("open", "none"), "property/signed": ("fail", "note"), "property/quiet": ("fail", "note"),
    }  # fmt: skip
    (gap,) = content.findings
    for name in ("property/signed", "property/quiet"):
        assert told[name]["properties"]["repeats"] == [gap.id]
        assert told[name]["message"]["text"].endswith(f"已见于问题 {gap.id}。")
    alone = sarif.document(replace(content, findings=()), "en", "rules.yaml", {})["runs"][0]["results"]
    assert {r["level"] for r in alone if r["kind"] == "fail"} == {"error"}  # below the severity that is reported
    assert not any("Told already" in r["message"]["text"] or r["properties"]["repeats"] for r in alone)
    for found in told.values():
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    place = told["property/signed"]["locations"][0]
    assert place["logicalLocations"][0]["name"] == "head_signs"
    assert told["property/quiet"]["properties"]["findings"] == [content.findings[0].id]
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["associatedRule"] == {"id": "property/slow"} and "--budget" in notice["message"]["text"]


def test_the_command_gives_properties_to_code_hosts_and_build_servers(run: Run) -> None:
    options = ("report", BROKEN, "--absences", "1", "--no-repairs")
    assert '"property/single_absence_signing"' in run(*options, "--format", "sarif").out
    assert "single_absence_signing" in run(*options, "--format", "junit").out
    assert "property/" not in run(*options, "--format", "sarif", "--no-properties").out
    ran = run(*options, "--format", "junit", "--budget", "1", "--check", "numbering")
    assert ran.code == 3 and 'type="unknown"' in ran.out


# pictures for Word


def test_without_a_renderer_or_a_font_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    figures.why_none.cache_clear()
    monkeypatch.setattr(figures, "find_spec", lambda name: None)
    assert figures.why_none("zh") is figures.NO_RENDERER
    figures.why_none.cache_clear()
    monkeypatch.setattr(figures, "find_spec", lambda name: name)
    monkeypatch.setattr(figures, "picture", lambda svg: b"the same box")
    assert figures.why_none("zh") is figures.NO_FONT
    figures.why_none.cache_clear()
    monkeypatch.setattr(figures, "picture", lambda svg: svg.encode())
    assert figures.why_none("zh") is NOTHING
    figures.why_none.cache_clear()


def test_a_picture_is_a_png_of_three_pixels_a_pixel() -> None:
    pytest.importorskip("resvg_py")
    png = figures.picture('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"></svg>')
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (30, 60)
