"""The coverage ledger and its check against a text, each fault firing and silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.citations import Citation
from model.expressions import Name
from model.ledger import (
    EXCERPT_LIMIT,
    FORMALISED,
    KINDS,
    MARKERS,
    OUT_OF_SCOPE,
    Entry,
    Fault,
    by_article,
    check,
    coverage,
    entries,
    statements,
)
from model.norms import Norm, Power, Reference, Route, Step
from model.ruleset import RuleSet
from model.text import parse_text
from model.vocabulary import (
    Attribute,
    Body,
    Fact,
    Label,
    Office,
    OutOfScope,
    ReadingSpec,
    Term,
    Title,
    Value,
    Vocabulary,
)

SOURCE = """第一章 茶会
一、甲镇设茶会。
二、茶会由镇长召集和主持。茶会的任务是：
（一）谈茶；
（二）茶叶须经账房审核。
茶会一般每月召开一次。
三、茶客不得喧哗，应当“轻声”说话；夜间一律不开门。
"""
TEXT = parse_text(SOURCE)
L = Label("", "")


def at(article: int, quote: str, paragraph: int = 0, item: int = 0, instrument: str = "tea", law: str = "") -> Citation:
    return Citation(instrument, article, paragraph, item, quote, law)


def norm(id: str, *citations: Citation) -> Norm:
    return Reference(id=id, citations=citations, kind="cites", target="x")


BASE = (
    norm("founded", at(1, "甲镇设茶会")),
    norm("chaired", at(2, "由镇长召集和主持", 1)),
    norm("checked", at(2, "须经账房审核", 1, 2)),
    norm("monthly", at(2, "每月召开一次", 2)),
    norm("quiet", at(3, "不得喧哗"), at(3, "夜间一律不开门", 1)),
)


def rules(*norms: Norm, out: tuple[OutOfScope, ...] = (), articles: int = 3, **words: object) -> RuleSet:
    vocabulary = Vocabulary(**words)  # type: ignore[arg-type]
    return RuleSet(Title("tea", L, L, articles=articles), vocabulary, (), {n.id: n for n in norms}, out)


def faults(r: RuleSet, source: str = SOURCE) -> list[tuple[str, tuple[int, int, int]]]:
    return [(f.kind, (f.place.article, f.place.paragraph, f.place.item)) for f in check(r, parse_text(source))]


# entries


def test_entries_of_every_source() -> None:
    power = Power(id="r.s", citations=(at(3, "step"), at(3, "more")), act="sign", by=Name("head"))
    ledger = entries(
        replace(
            rules(
                norm("n", at(1, "norm"), at(2, "also", 1)),
                Route(id="r", citations=(at(3, "route"),), steps=(Step(id="s", power=power),)),
                out=(OutOfScope(at(1, "out"), "style", "a note"),),
                offices={"head": Office("head", L, citation=at(1, "office")), "none": Office("none", L)},
                bodies={"b": Body("b", L, "unit", at(1, "body"))},
                attributes={"a": Attribute("a", L, (Value("x", L),), citation=at(1, "attribute"))},
                terms={"t": Term("t", L, Name("a"), at(1, "term"))},  # type: ignore[arg-type]
                readings={"d": ReadingSpec("d", L, (), at(1, "reading"))},
            ),
            facts=(Fact("f", L, Name("a"), at(1, "fact")),),  # type: ignore[arg-type]
        )
    )
    found = {e.quote: (e.status, e.reason, e.norms, e.names) for e in ledger}
    assert found == {
        "norm": (FORMALISED, "", ("n",), ()),
        "also": (FORMALISED, "", ("n",), ()),
        "route": (FORMALISED, "", ("r",), ()),
        "step": (FORMALISED, "", ("r.s",), ()),
        "more": (FORMALISED, "", ("r.s",), ()),
        "out": (OUT_OF_SCOPE, "style", (), ()),
        "office": (FORMALISED, "", (), ("offices.head",)),
        "body": (FORMALISED, "", (), ("bodies.b",)),
        "attribute": (FORMALISED, "", (), ("attributes.a",)),
        "term": (FORMALISED, "", (), ("terms.t",)),
        "reading": (FORMALISED, "", (), ("readings.d",)),
        "fact": (FORMALISED, "", (), ("facts.f",)),
    }
    assert [e.note for e in ledger if e.quote == "out"] == ["a note"]
    assert [(e.paragraph, e.item) for e in ledger if e.quote == "also"] == [(1, 0)]


def test_one_quote_is_one_entry() -> None:
    office = Office("head", L, citation=at(1, "q"))
    assert entries(rules(norm("n", at(1, "q"), at(1, "q")), norm("m", at(1, "q")), offices={"head": office})) == (
        Entry(1, 0, 0, "q", FORMALISED, norms=("n", "m"), names=("offices.head",)),
    )


def test_other_instruments_and_laws_are_no_entries() -> None:
    far = norm("far", at(1, "q", instrument="background"))
    law = norm("law", at(1, "q", law="茶法"))
    head = Office("head", L, citation=at(1, "q", instrument="background"))
    assert entries(rules(far, law, offices={"head": head})) == ()


def test_by_article_has_every_article() -> None:
    table = by_article(rules(norm("n", at(2, "q")), norm("beyond", at(9, "q"))))
    assert {n: len(found) for n, found in table.items()} == {1: 0, 2: 1, 3: 0, 9: 1}


# faults


def test_a_ledger_without_fault() -> None:
    assert check(rules(*BASE), TEXT) == ()


def test_an_article_without_entry() -> None:
    assert faults(rules(*BASE[1:])) == [("uncited-article", (1, 0, 0))]
    assert faults(rules(*BASE[1:], out=(OutOfScope(at(1, "设茶会"), "purpose"),))) == []


@pytest.mark.parametrize(("articles", "found"), [(4, [("missing-article", (4, 0, 0))]), (3, [])])
def test_an_article_that_the_text_lacks(articles: int, found: list[tuple[str, tuple[int, int, int]]]) -> None:
    assert faults(rules(*BASE, articles=articles)) == found


@pytest.mark.parametrize(
    ("citation", "kind"),
    [
        (at(1, "甲镇设茶会"), None),
        (at(1, "甲镇设茶会", 1), None),
        (at(2, "谈茶"), None),
        (at(2, "谈茶", 1), None),
        (at(2, "谈茶", 1, 1), None),
        (at(3, '应当"轻声"说话;夜间'), None),
        (at(2, "谈茶", 2), "absent-quote"),
        (at(2, "谈茶", 1, 2), "absent-quote"),
        (at(1, "乙镇设茶会"), "absent-quote"),
        (at(1, "甲镇 设了茶会"), "absent-quote"),
        (at(2, "谈茶;茶叶"), "absent-quote"),
        (at(2, "谈茶", 3), "absent-place"),
        (at(2, "谈茶", 1, 3), "absent-place"),
        (at(2, "一般", 2, 1), "absent-place"),
        (at(4, "谈茶"), "absent-place"),
    ],
)
def test_a_quote_is_looked_for_at_its_place(citation: Citation, kind: str | None) -> None:
    place = (citation.article, citation.paragraph, citation.item)
    assert faults(rules(*BASE, norm("x", citation))) == ([(kind, place)] if kind else [])
    ids = [f.ids for f in check(rules(*BASE, norm("x", citation)), TEXT)]
    assert ids == ([("x",)] if kind else [])
    out = (OutOfScope(citation, "style"),)
    assert faults(rules(*BASE, out=out)) == ([(kind, place)] if kind else [])


@pytest.mark.parametrize(("left", "place"), [(1, (2, 1, 0)), (2, (2, 1, 2)), (3, (2, 2, 0))])
def test_a_statement_without_entry(left: int, place: tuple[int, int, int]) -> None:
    norms = [n for i, n in enumerate(BASE) if i != left]
    assert faults(rules(*norms)) == [("uncovered-statement", place)]


def test_a_clause_of_a_sentence_without_entry() -> None:
    (fault,) = check(rules(*BASE[:-1], norm("quiet", at(3, "不得喧哗"))), TEXT)
    assert (fault.kind, fault.excerpt) == ("uncovered-statement", "夜间一律不开门。")


def test_a_quote_covers_only_where_it_is_cited_for() -> None:
    source = "一、茶须热。\n茶须热。\n"
    assert faults(rules(norm("n", at(1, "茶须热", 1)), articles=1), source) == [("uncovered-statement", (1, 2, 0))]
    assert faults(rules(norm("n", at(1, "茶须热")), articles=1), source) == []


def test_a_quote_over_two_statements_covers_both_and_touches_no_third() -> None:
    source = "一、甲须来。乙须来。丙须来。\n"
    found = check(rules(norm("n", at(1, "须来。乙须来。")), articles=1), parse_text(source))
    assert [f.excerpt for f in found] == ["丙须来。"]


def test_an_empty_quote_cites_and_covers_nothing() -> None:
    source = "一、甲须来。\n"
    head = Office("head", L, citation=at(1, ""))
    assert faults(rules(articles=1, offices={"head": head}), source) == [("uncovered-statement", (1, 1, 0))]


def test_coverage_names_the_entries() -> None:
    found = coverage(rules(*BASE), TEXT)
    assert list(found) == list(statements(TEXT))
    assert {s.text: [e.norms[0] for e in covering] for s, covering in found.items()} == {
        "茶会由镇长召集和主持。": ["chaired"],
        "茶叶须经账房审核。": ["checked"],
        "茶会一般每月召开一次。": ["monthly"],
        '茶客不得喧哗,应当"轻声"说话;': ["quiet"],
        "夜间一律不开门。": ["quiet"],
    }


def test_a_fault_shows_little_and_says_what_is_wrong() -> None:
    source = "一、" + "茶须热" * 30 + "。\n"
    found = check(rules(norm("n", at(1, "酒" * 25)), articles=2), parse_text(source))
    assert [f.kind for f in found] == ["absent-quote", "uncovered-statement", "missing-article"]
    assert all(len(f.excerpt) <= EXCERPT_LIMIT for f in found)
    for fault in found:
        assert fault.message("en").startswith(f"art. {fault.place.article}")
        assert fault.message("zh").startswith("第")
        assert KINDS[fault.kind].zh in fault.message("zh")
    assert "n" in found[0].message("en")
    assert Fault("missing-article", at(2, "")).message("en").endswith("has none")


# statements


@pytest.mark.parametrize(
    ("clause", "marker"),
    [
        ("茶应当热", "应"),
        ("茶应先尝", "应"),
        ("客人应对茶名作出选择", "应"),
        ("茶须热", "须"),
        ("客人必须来", "须"),
        ("请假需向掌柜说明", "需"),
        ("客人要按时来", "要"),
        ("不得喧哗", "不得"),
        ("决不允许赊账", "不准"),
        ("一律关门", "一律"),
        ("严禁吸烟", "严禁"),
        ("原则上不赊账", "原则上"),
        ("一般由掌柜泡茶", "一般"),
        ("可请朋友", "可"),
        ("如有必要,再泡一壶", "必要时"),
        ("掌柜不出席酒会", "不 + verb"),
        ("茶馆不发请帖", "不 + verb"),
        ("两人不能同时外出", "不 + verb"),
        ("由掌柜审定", "由 … hand"),
        ("由账房和掌柜召集", "由 … hand"),
        ("茶单报掌柜批准", "报 … assent"),
        ("茶单经账房审核", "经 … assent"),
        ("客人向掌柜请假", "向 … report"),
        ("大事提交茶会讨论", "提 … decision"),
        ("按茶规办理。", "按 … rule"),
        ("账房负责记账", "office"),
        ("邻居列席", "meeting, cadence"),
        ("茶馆实行掌柜负责制", "实行"),
        ("3个工作日内答复", "时限"),
        ("逾期视为同意", "视为"),
        ("自明日起施行", "效力"),
    ],
)
def test_markers(clause: str, marker: str) -> None:
    (statement,) = statements(parse_text(f"一、{clause}。"))
    assert marker in statement.markers


def test_every_marker_has_a_test() -> None:
    (mark,) = (m for m in test_markers.pytestmark if m.name == "parametrize")  # type: ignore[attr-defined]
    assert {marker for _, marker in mark.args[1]} == set(MARKERS)


@pytest.mark.parametrize(
    "clause",
    [
        "茶很重要",
        "主要的茶",
        "会议纪要",
        "及时回应客人",
        "相应的茶",
        "预防、应对和处置烫伤",
        "应急茶",
        "可行的茶",
        "许可证",
        "可持续的茶",
        "可喝可不喝的茶",
        "一般性的茶",
        "茶不断改进",
        "不同的茶",
        "不符合茶规的茶",
        "需求大",
        "内需大",
        "2019年5月6日的茶",
        "经济实惠",
        "留出必要时间",
        "令行禁止",
        "茶的情报和经验",
        "负责人很多",
    ],
)
def test_compounds_that_are_no_markers(clause: str) -> None:
    assert list(statements(parse_text(f"一、{clause}。"))) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(["茶须热", "茶热", "茶香“须热”", "茶须热”"]), min_size=1, max_size=6), st.data())
def test_every_marked_clause_is_one_statement_and_lies_where_it_says(parts: list[str], data: st.DataObject) -> None:
    ends = [data.draw(st.sampled_from(["。", "；", ";", "。”", "\n\n"])) for _ in parts]
    text = parse_text("一、" + "".join(p + (e if e.strip() else "。" + e) for p, e in zip(parts, ends, strict=True)))
    found = list(statements(text))
    assert len(found) == sum("须" in p for p in parts)
    for s in found:
        assert s.text.count("须") == 1
        assert s.start + len(s.text) <= len(s.unit.text)


@settings(deadline=None)
@given(st.sets(st.integers(0, len(BASE) - 1)))
def test_faults_grow_as_norms_go(kept: set[int]) -> None:
    some = {f.place for f in check(rules(*(BASE[i] for i in sorted(kept))), TEXT)}
    for i in sorted(kept):
        fewer = {f.place for f in check(rules(*(BASE[j] for j in sorted(kept - {i}))), TEXT)}
        assert some < fewer
