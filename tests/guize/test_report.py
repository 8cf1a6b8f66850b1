"""What a report says, and the page that says it: the numbers, the citations, the escaping, the size."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import guize
import specs
from guize.jsonform import audit as audit_json
from guize.jsonform import norms as norms_json
from guize.report.bilingual import Both, Count
from guize.report.checks import checked
from guize.report.content import build
from guize.report.html import page
from guize.report.html.text import attribute, esc
from guize.report.remedies import LEFT_OUT, LEFT_TO_DRAFTER, gravest, remark
from guize.report.signing import HOLE
from guize.report.stories import headline
from model.drafting import Flaw
from model.ruleset import RuleSet
from model.text import parse_text
from model.vocabulary import Label
from proofs.findings import Answer, Report
from tests.guize.report_support import audited, fabricated, generated, parsed, repaired
from tests.guize.support import BROKEN, RULESETS, SOUND

HOSTILE = "<script>x()</script>\"'&"
SIZE = 3_000_000


def numbers(rules: RuleSet, report: Report) -> dict[str, int]:
    """Every number a report may show, from the JSON documents alone."""
    document: dict[str, Any] = audit_json.report(rules, report)
    findings, checks = document["findings"], document["checks"]
    ledger = norms_json.norms(rules)["ledger"]
    known = {
        "findings": len(findings),
        "findings.repaired": sum(bool(f["repairs"]) for f in findings),
        "findings.some-readings": sum(f["verdict"] == "some-readings" for f in findings),
        "unknown": len(document["unknown"]),
        "queries": document["queries"],
        "scope.absences": document["scope"]["absences"],
        "facts": len(document["facts"]),
        "facts.assumptions": sum(f["assumption"] for f in document["facts"]),
        "checks": len(checks),
        "checks.vacuous": sum(c["vacuous"] for c in checks),
        "ledger.formalised": sum(e["status"] == "formalised" for e in ledger),
        "ledger.out-of-scope": sum(e["status"] != "formalised" for e in ledger),
        "ledger.articles": max([rules.title.articles, *(e["article"] for e in ledger)]),
    }
    for key, count in Counter(f["severity"] for f in findings).items():
        known[f"findings.{key}"] = count
    for article, count in Counter(a for f in findings for a in f["articles"]).items():
        known[f"articles.{article}"] = count
    for office, count in Counter(o for f in findings for o in {a["office"] for a in f["witness"]["absent"]}).items():
        known[f"absent.{office}"] = count
    for check in checks:
        known |= {f"checks.{check['check']}.{k}": check[k] for k in ("asked", "held", "vacuous", "findings", "unknown")}
    return known | {f"scope.holders.{o}": n for o, n in document["scope"]["holders"].items()}


def check_numbers(rules: RuleSet, report: Report) -> None:
    content = build(rules, report)
    shown = parsed(page.document(content, "zh"))
    known = numbers(rules, report)
    known |= {f"signing.{t.id}.holes": t.holes for t in content.signing}
    told = shown.all("data")
    assert len(told) > 5 * len(report.answers)
    for one in told:
        assert int(one["value"]) == known[one["data-json"]], one
    assert {f"checks.{a.check}.asked" for a in report.answers} <= {one["data-json"] for one in told}
    # the squares of the tables are those that were counted
    holes = sum(int(o["value"]) for o in told if o["data-json"].startswith("signing."))
    assert sum(a.get("class") == HOLE for a in shown.all("td")) == holes
    # no number of a sentence is hidden from the check: those of the first screen are all counts
    for line in content.lead:
        for lang in ("zh", "en"):
            loose = "".join(p for p in line.get(lang) if isinstance(p, str))
            assert not re.search(r"\d", re.sub(r"art\. \d+", "", loose)), loose
            assert any(isinstance(p, Count) for p in line.get(lang)) or not re.search(r"\d", loose)


@pytest.mark.parametrize("name", [SOUND, BROKEN])
def test_every_number_is_the_number_in_the_json(name: str) -> None:
    rules, report, _ = audited(name)
    check_numbers(rules, report)


def test_every_repair_stands_beside_its_finding_with_the_article_it_amends() -> None:
    rules, report, content = repaired(BROKEN)
    check_numbers(rules, report)
    shown = parsed(page.document(content, "zh"))
    (document,), (found,) = audit_json.report(rules, report)["findings"], content.findings
    assert document["repairs"] and not found.unmended.zh
    assert [(r.says.zh, r.says.en, r.article) for r in found.repairs] == [
        (r["zh"], r["en"], r["amends"]["article"]) for r in document["repairs"]
    ]
    for repair in document["repairs"]:
        assert repair["zh"] in shown.text and repair["en"] in shown.others
    assert "附有修改建议的1个" in content.lead[0].text("zh")
    # no repair was looked for: nothing is said of any
    assert audited(BROKEN)[2].findings[0].repairs == () and not audited(BROKEN)[2].findings[0].unmended.zh
    assert "修改建议" not in parsed(page.document(audited(BROKEN)[2], "zh")).text


def test_a_finding_without_a_repair_says_why(tmp_path: Path) -> None:
    rules = generated(tmp_path, 20)
    content = build(rules, replace(fabricated(rules, 2), repaired=True))
    assert all("没有找到" in f.unmended.zh for f in content.findings)
    some = build(rules, replace(fabricated(rules, 2), repaired=True), sought=gravest(fabricated(rules, 2).findings, 1))
    assert [f.unmended == LEFT_OUT for f in some.findings] == [False, True]
    assert "没有找到" in parsed(page.document(content, "zh")).text
    clearer = [[x.zh for x in f.clearer] for f in content.findings]
    assert "须修改条文" in clearer[0][0]  # holds under every reading
    assert "明确为“乙”，此问题消失" in clearer[1][0]  # holds under one only


@pytest.mark.parametrize(
    ("tried", "undecided", "zh", "en"),
    [
        (
            3,
            0,
            "试过的修改中，3种不能消除此问题或者会带来新问题。",
            "of those tried, 3 would leave this finding or add another.",
        ),
        (
            3,
            1,
            "2种不能消除此问题或者会带来新问题，1种未能判定。",
            "2 would leave this finding or add another, 1 could not",
        ),
        (2, 2, "试过的修改中，2种未能判定。", "of those tried, 2 could not be settled."),
    ],
)
def test_what_was_tried_is_told_from_what_only_the_drafter_can_say(
    tmp_path: Path, tried: int, undecided: int, zh: str, en: str
) -> None:
    finding = fabricated(generated(tmp_path, 20), 1).findings[0]
    flaw = replace(finding, details=Flaw("no-actor", ("d",), ("publish",)))
    for each in (finding, flaw):
        told = remark(replace(each, tried=tried, undecided=undecided), True, None)
        assert zh in told.zh and en in told.en
    assert remark(flaw, True, None) == LEFT_TO_DRAFTER and "起草人" in LEFT_TO_DRAFTER.zh
    assert "起草人" not in remark(finding, True, None).zh


@pytest.mark.parametrize("number", [0, 1, 7])
def test_every_number_of_a_fabricated_report(tmp_path: Path, number: int) -> None:
    rules = generated(tmp_path, 20)
    check_numbers(rules, fabricated(rules, number) if number else Report(rules.title.id, (), ()))


@pytest.mark.long
@pytest.mark.parametrize("name", specs.bundled())
def test_every_number_of_the_bundled_instruments(name: str) -> None:
    rules, report, _ = audited(name)
    check_numbers(rules, report)


@pytest.mark.parametrize("name", [SOUND, BROKEN, str(RULESETS / "careful")])
def test_every_finding_is_told_in_both_languages(name: str) -> None:
    rules, report, content = audited(name)
    shown, english = (parsed(page.document(content, lang)) for lang in ("zh", "en"))
    text = shown.text
    for finding in audit_json.report(rules, report)["findings"]:
        assert finding["zh"] in text and finding["id"] in text
        assert finding["en"] in shown.others
        assert finding["en"] in english.text and finding["zh"] in english.others
        for norm in finding["norms"]:
            assert rules.lookup(norm).citation.quote in text


def test_the_story_of_a_planted_gap() -> None:
    """The stand-in clause covers trips only, and the head is on leave: who, which paper, which step, what lacks."""
    _, _, content = audited(BROKEN)
    (found,) = content.findings
    told = {c.title.zh: [x.zh for x in c.lines] for c in found.story}
    assert told == {
        "谁不在": ["县长休假（未外出）"],
        "什么文件": ["通知"],
        "走到哪一步": ["待签发", "由县长签发（第一条）"],
        "卡在哪里": ["第二条（县长不在时由副县长代行）的代行不适用于“休假（未外出）”的情形"],
    }
    assert [(c.norm, c.quote) for c in found.why] == [("head_signs", "公文由县长签发")]
    assert [(c.norm, c.lacks.zh) for c in found.near] == [("deputy_stands_in", "不适用于这种缺席原因")]
    assert found.headline.zh == "县长休假（未外出）时，通知无人可签发：代行不适用于此种缺席"


def test_lines_that_differ_in_one_language_only_are_kept_in_step() -> None:
    both = Both(audited(BROKEN)[0])
    told = both.each(lambda w: ["甲", "甲", "甲"] if w.zh else ["a", "b", "a"])
    assert told == (Label("甲", "a"), Label("甲", "b"))


def test_the_first_screen_has_five_lines() -> None:
    for name in (SOUND, BROKEN):
        content = audited(name)[2]
        assert len(content.lead) == 5
        assert all(line.text("zh") and line.text("en") for line in content.lead)
    assert "没有发现问题" in audited(SOUND)[2].lead[0].text("zh")
    assert "共发现1个问题" in audited(BROKEN)[2].lead[0].text("zh")


def test_the_table_shows_the_hole_that_the_audit_finds() -> None:
    """On leave nobody signs; on a trip the deputy does."""
    content = audited(BROKEN)[2]
    (table,) = content.signing
    heads = [c.zh for c in content.columns]
    tones = dict(zip(heads, (s.tone for s in table.rows[0].squares), strict=True))
    assert tones["全部在岗"] == "held" and tones["外出"] == "held" and tones["休假（未外出）"] == HOLE
    whole = audited(SOUND)[2].signing[0].rows[0].squares
    assert dict(zip(heads, (s.tone for s in whole), strict=True))["休假（未外出）"] == "held"


@pytest.mark.parametrize("name", [SOUND, BROKEN, str(RULESETS / "careful"), "generated"])
def test_every_link_leads_somewhere_and_no_id_stands_twice(name: str, tmp_path: Path) -> None:
    if name == "generated":
        rules = generated(tmp_path, 40)
        content = build(rules, fabricated(rules, 5))
    else:
        content = audited(name)[2]
    shown = parsed(page.document(content, "zh"))
    assert shown.unbalanced == []
    assert len(shown.ids) == len(set(shown.ids))
    targets = [a["href"] for a in shown.all("a")]
    assert targets and all(t.startswith("#") and t[1:] in shown.ids for t in targets)
    # a citation of a finding leads to the ledger's entry of its norm
    for found in content.findings:
        for clause in found.why:
            assert f"#n-{clause.norm}" in targets


def test_chapters_come_from_the_text() -> None:
    rules, report, _ = audited(BROKEN)
    lines = ["第一章 总则", "一、公文由县长签发。", "第二章 代行", "二、县长不在时由副县长代行。", "三、不得同时离岗。"]
    content = build(rules, report, parse_text("\n\n".join(lines)))
    (found,) = content.findings
    assert [c.chapter for c in found.why] == ["总则"] and [c.chapter for c in found.near] == ["代行"]
    assert "代行" in {p.chapter for p in found.places}
    assert audited(BROKEN)[2].findings[0].why[0].chapter == ""


def test_the_ledger_shows_what_is_left_out_and_why(tmp_path: Path) -> None:
    content = build(rules := generated(tmp_path, 12), fabricated(rules, 1))
    left = [e for a in content.articles for e in a.entries if not e.formalised]
    assert [(e.quote, e.note) for e in left] == [("依法行政", "说明")]
    assert len(content.articles) == rules.title.articles
    assert "说明" in parsed(page.document(content, "zh")).text


def test_an_open_term_names_where_it_is_used_and_the_findings_it_bears_on(tmp_path: Path) -> None:
    rules = generated(tmp_path, 12)
    report = fabricated(rules, 2)
    (term,) = build(rules, report).terms
    assert term.label.zh == "重要"
    assert {c.norm for c in term.clauses} >= {"n1", "n0", "n0.s0"} and "away" not in {c.norm for c in term.clauses}
    assert term.findings == tuple(f.id for f in report.findings)


def test_verdicts_tell_a_pass_from_a_vacuous_one() -> None:
    answers = (
        Answer("signing-gap", (), 5, 5, 2),
        Answer("self-review", (), 5, 5, 5),
        Answer("contradiction"),
        Answer("competence-conflict", (), 5, 4),
    )
    assert [c.tone for c in checked(Report("x", (), answers))] == ["held", "vacuous", "vacuous", "found"]


# escaping


def test_markup_in_a_spec_yields_no_markup_in_the_page(tmp_path: Path) -> None:
    rules = generated(tmp_path, 25, HOSTILE)
    html = page.document(build(rules, fabricated(rules, 4, f"limit{HOSTILE}")), "zh")
    shown = parsed(html)
    assert shown.unbalanced == []
    assert [a.get("type", "") for a in shown.all("script")] == ["application/json", ""]
    assert not any(k.startswith("on") for _, a in shown.elements for k in a)
    assert html.count("<script") == html.count("</script") == 2
    assert shown.text.count(HOSTILE) > 100
    assert sum(HOSTILE in x for x in shown.others) > 20
    assert all(HOSTILE not in x for x in shown.ids)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_escaped_text_comes_back_and_makes_no_element(text: str) -> None:
    text = text.replace("\r", " ").replace("\0", "")
    shown = parsed(f'<p title="{attribute(text)}">{esc(text)}</p>')
    assert [t for t, _ in shown.elements] == ["p"]
    assert shown.text == text
    assert shown.all("p")[0]["title"] == text


def test_the_page_may_run_its_own_script_only_and_asks_no_network() -> None:
    html = page.document(audited(BROKEN)[2], "zh")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(a["content"] for a in parsed(html).all("meta") if "http-equiv" in a)
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    outside = re.sub(r"xmlns(:\w+)?=\"[^\"]*\"", "", html)
    assert not re.search(r"https?://|//cdn|@import|url\((?!#)", outside)
    assert not any(k in ("src", "srcset", "data-src") for _, a in parsed(html).elements for k in a)


# headlines


def test_headlines_tell_findings_apart(tmp_path: Path) -> None:
    """Made-up findings have one situation and so one headline; their places are added to it."""
    rules = generated(tmp_path, 60)
    content = build(rules, fabricated(rules, 12))
    plain = headline(Both(rules), fabricated(rules, 1).findings[0])
    heads = [f.headline for f in content.findings]
    assert len({h.zh for h in heads}) == len({h.en for h in heads}) == 12
    assert all(h.zh.startswith(plain.zh + "（第") and h.en.startswith(plain.en + " (art.") for h in heads)
    (alone,) = build(rules, fabricated(rules, 1)).findings
    assert alone.headline == plain


def test_a_finding_that_another_repair_mends_says_so() -> None:
    rules, report, _ = repaired(BROKEN)
    (first,) = report.findings
    other = replace(first, id="signing-gap-other", repairs=())
    repairs = tuple(replace(r, mends=(other.id,)) for r in first.repairs)
    content = build(rules, replace(report, findings=(replace(first, repairs=repairs), other)))
    assert content.findings[1].unmended.zh == "采纳问题1的修改建议，可一并消除此问题。"
    assert not content.findings[0].unmended.zh


# size and repeatability


def test_two_thousand_norms_and_three_hundred_findings_stay_small(tmp_path: Path) -> None:
    rules = generated(tmp_path, 2_000)
    assert len(list(rules.own_norms())) == 2_000
    report = fabricated(rules, 300)
    started = time.perf_counter()
    content = build(rules, report)
    html = page.document(content, "zh")
    spent = time.perf_counter() - started
    assert len(html.encode()) < SIZE
    assert html.count('<article class="finding') == 300
    assert html.count('<details class="route') == 200
    small = page.document(content, "zh", limit=2_300_000)
    assert len(small.encode()) < 2_300_000 and small.count("<svg") < html.count("<svg")
    assert "未附图" in html  # what is left out for size is said
    assert spent < 60


def test_the_same_input_gives_the_same_page() -> None:
    rules, report, content = audited(BROKEN)
    assert page.document(content, "zh") == page.document(build(guize.load(BROKEN), report), "zh")
    assert rules.title.label.zh in page.document(content, "en")
