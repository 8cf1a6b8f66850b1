"""The parser of instruments, on small texts made up for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.citations import numeral
from model.text import Text, TextError, fold, parse_text, read_text, tidy


def shape(text: Text) -> dict[int, list[tuple[int, list[int]]]]:
    """By article: each paragraph's number with its items' numbers."""
    return {n: [(p.number, [i.number for i in p.items]) for p in a.paragraphs] for n, a in text.articles.items()}


def test_chapters_articles_paragraphs_and_items() -> None:
    text = parse_text(
        "第一章  总  则\n\n一、甲镇设茶会。\n第二章 茶会\n二、茶会由镇长召集。任务是:\n"
        "(一)喝茶;\n（二）谈天。\n茶会每月一次。\n"
    )
    assert shape(text) == {1: [(1, [])], 2: [(1, [1, 2]), (2, [])]}
    assert [(a.chapter, a.heading) for a in text.articles.values()] == [(1, "总则"), (2, "茶会")]
    assert text.articles[2].paragraphs[0].items[1].text == "谈天。"
    assert [u.text for u in text.articles[2].units(2)] == ["茶会每月一次。"]
    assert [u.text for u in text.articles[2].units(1, 1)] == ["喝茶;"]
    assert [(u.paragraph, u.item) for u in text.articles[2].units()] == [(1, 0), (1, 1), (1, 2), (2, 0)]
    assert text.articles[2].units(3) == text.articles[2].units(2, 1) == ()


def test_head_notice_and_foot_are_left_out() -> None:
    text = parse_text(
        "首页 > 文件\n关于印发的通知\n各村:\n一、请各村照办。\n二、三月底前报来总结。\n"
        "第一章 总则\n第二章 茶会\n镇里\n2020年1月2日\n"
        "茶会规则\n第一章 总则\n一、甲镇设茶会。\n第二章 茶会\n二、茶会由镇长召集。\n三、本规则明日起施行。\n"
        "甲镇办公室  2020年1月2日印发\n附件:\n一、茶单。\n"
    )
    assert shape(text) == {1: [(1, [])], 2: [(1, [])], 3: [(1, [])]}
    assert text.articles[1].paragraphs[0].text == "甲镇设茶会。"
    assert text.articles[1].heading == "总则"
    assert text.articles[3].paragraphs[0].text == "本规则明日起施行。"


@pytest.mark.parametrize(
    "foot",
    [
        "甲镇办公室",
        "主办:甲镇\n电话:123",
        "主办:甲镇\n本站内容由甲镇负责。",
        "\n\n\n欢迎再来。",
        "\xa0\n\u3000\n \n附件下载:\n视频:",
        "甲站 | 乙站",
        "http://example.org/。",
    ],
)
def test_every_foot_is_left_out(foot: str) -> None:
    assert [u.text for u in parse_text(f"一、喝茶。\n二、谈天。\n\n也可下棋。\n{foot}").articles[2].units()] == [
        "谈天。",
        "也可下棋。",
    ]


def test_the_last_article_keeps_its_list_and_its_broken_lines() -> None:
    text = parse_text("一、喝茶。\n二、下列的人不来:\n(一)睡\n着的;\n\n(二)出门的。\n别的人\n都来。\n")
    assert shape(text)[2] == [(1, [1, 2]), (2, [])]
    assert text.articles[2].paragraphs[1].text == "别的人都来。"


def test_a_broken_line_of_the_last_article_is_no_foot() -> None:
    text = parse_text("一、喝茶。\n二、茶规自\n2020年1月2日\n起施行。\n2020年1月2日印发\n")
    assert [u.text for u in text.articles[2].units()] == ["茶规自2020年1月2日起施行。"]


@pytest.mark.parametrize("title", ["", "   ", "\u3000"])
def test_a_blank_heading(title: str) -> None:
    text = parse_text(f"第一章{title}\n\n一、喝茶。\n第二章 谈天\n二、谈天。")
    assert [(a.chapter, a.heading) for a in text.articles.values()] == [(1, ""), (2, "谈天")]


def test_a_heading_on_the_line_below() -> None:
    text = parse_text("第一章\n总 则\n一、喝茶。\n第二章\n\n谈天\n二、谈天。")
    assert [a.heading for a in text.articles.values()] == ["总则", "谈天"]
    assert text.articles[1].paragraphs[0].text == "喝茶。"


def test_a_text_without_chapters_and_one_that_names_a_chapter() -> None:
    text = parse_text("一、喝茶。\n第三章另有规定的,从其规定。\n二、谈天。")
    assert shape(text) == {1: [(1, []), (2, [])], 2: [(1, [])]}
    assert text.articles[2].chapter == 0


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        ("喝茶;\n(二)谈天;\n(三)下棋。", ["喝茶;", "谈天;", "下棋。"]),
        ("(一)喝茶;\n谈天;\n(三)下棋。", ["喝茶;", "谈天;", "下棋。"]),
        ("喝\n茶;\n（二）谈天。", ["喝茶;", "谈天。"]),
        ("(一)喝茶。\n茶要热。\n(二)谈天。", ["喝茶。\n茶要热。", "谈天。"]),
        ("(一)喝茶。\n谈天。\n棋也可下。\n(三)下棋。", ["喝茶。", "谈天。\n棋也可下。", "下棋。"]),
    ],
)
def test_an_item_without_number_and_a_paragraph_inside_an_item(lines: str, items: list[str]) -> None:
    article = parse_text(f"一、茶会的任务是:\n{lines}\n茶会每月一次。\n二、完。").articles[1]
    assert [i.text for i in article.paragraphs[0].items] == items
    assert [i.number for i in article.paragraphs[0].items] == list(range(1, len(items) + 1))
    assert [p.text for p in article.paragraphs[1:]] == ["茶会每月一次。"]
    assert [u.text for u in article.units(1)[1:]] == [line for i in items for line in i.split("\n")]


def test_two_lists_in_one_article() -> None:
    text = parse_text("一、上午:\n(一)喝茶;\n(二)谈天。\n下午:\n(一)下棋。\n下午之前散步。\n二、完。")
    assert shape(text)[1] == [(1, [1, 2]), (2, [1]), (3, [])]


def test_a_paragraph_between_a_list_and_one_whose_first_number_is_missing() -> None:
    text = parse_text("一、上午:\n(一)喝茶。\n中午休息。\n下午:\n下棋;\n(二)谈天。")
    assert shape(text)[1] == [(1, [1]), (2, []), (3, [1, 2])]


def test_a_numbered_word_in_brackets_that_is_no_item() -> None:
    assert shape(parse_text("一、喝茶。\n(二等)茶也可。\n(茶)不可。")) == {1: [(1, []), (2, []), (3, [])]}


def test_a_list_without_a_paragraph() -> None:
    article = parse_text("一、\n(一)喝茶。\n二、(一)谈天。").articles[1]
    assert [(u.paragraph, u.item, u.text) for u in article.units()] == [(1, 0, ""), (1, 1, "喝茶。")]


def test_indentation_width_and_numbers_inside_an_article_mean_nothing() -> None:
    text = parse_text("  一、喝茶。\n    三,也谈天。\n\u3000\u3000二､ 谈\xa0天 5 次。\nAB  CD。\n二、先谈。\n三、完。")
    assert shape(text) == {1: [(1, []), (2, [])], 2: [(1, []), (2, []), (3, [])], 3: [(1, [])]}
    assert text.articles[2].paragraphs[0].text == "谈天5次。"
    assert text.articles[2].paragraphs[1].text == "AB CD。"


def test_a_gap_in_the_numbers_is_kept() -> None:
    assert list(parse_text("一、喝茶。\n三、谈天。\n四、完。").articles) == [1, 3, 4]


def test_a_text_without_articles() -> None:
    with pytest.raises(TextError, match="no articles"):
        parse_text("首页\n\n没有条文。")


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes("\ufeff一、喝茶。".encode())
    assert read_text(path).articles[1].paragraphs[0].text == "喝茶。"


# laws


@dataclass(frozen=True)
class Made:
    """A text made for the test: by chapter, its heading and articles; an article is paragraphs with their items."""

    chapters: list[tuple[str, list[list[tuple[str, list[str]]]]]]


words = st.text("甲乙丙丁戊己庚辛茶棋", min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=3).map("，".join)
plain = phrases.map(lambda s: (s + "。", []))
listed = st.tuples(phrases.map(lambda s: s + "："), st.lists(phrases.map(lambda s: s + "；"), min_size=1, max_size=5))
articles = st.lists(st.one_of(plain, listed), min_size=1, max_size=4)
chapters = st.lists(st.tuples(st.text("甲乙丙丁", max_size=6), st.lists(articles, max_size=4)), min_size=1, max_size=4)
made = chapters.filter(lambda cs: any(articles for _, articles in cs)).map(Made)


def render(text: Made, style: Random, *, drop: bool) -> str:
    """The text with spacing, breaks, widths and, if `drop`, a missing number in every list that allows one."""
    lines: list[str] = []

    def put(line: str) -> None:
        opening = line.find("、") + 1 or line.find("）") + 1
        at = style.randint(opening + 1, len(line))
        for part in (line[:at], line[at:]):
            if part:
                lines.append(style.choice(["", "  ", "\u3000\u3000", "\xa0 "]) + part)
                lines.extend([""] * style.randint(0, 2))

    number = 0
    for c, (heading, body) in enumerate(text.chapters, 1):
        lines += [f"第{numeral(c)}章  {heading}", ""]
        for article in body:
            number += 1
            for p, (intro, items) in enumerate(article):
                put(intro if p else f"{numeral(number)}、{intro}")
                missing = style.randint(0, len(items) - 2) if drop and len(items) > 1 else None
                for i, item in enumerate(items):
                    put(item if i == missing else f"（{numeral(i + 1)}）{item}")
    width = style.choice(["", "，；：（）"])
    return "\n".join(lines).translate({ord(c): chr(ord(c) - 0xFEE0) for c in width})


@settings(max_examples=60, deadline=None)
@given(
    made,
    st.randoms(use_true_random=False),
    st.booleans(),
    st.sampled_from(["", "首页\n2020年1月2日\n", "通知\n一、照办。\n各村\n"]),
    st.sampled_from(["", "\n附件:", "\n\n\n\n电话:1\n好。", "\n甲办公室"]),
)
def test_what_is_written_is_read(text: Made, style: Random, drop: bool, head: str, foot: str) -> None:
    read = parse_text(head + render(text, style, drop=drop) + foot)
    wanted = [(c, heading, article) for c, (heading, body) in enumerate(text.chapters, 1) for article in body]
    assert list(read.articles) == list(range(1, len(wanted) + 1))
    for found, (chapter, heading, article) in zip(read.articles.values(), wanted, strict=True):
        assert (found.chapter, found.heading) == (chapter, heading)
        assert [p.number for p in found.paragraphs] == list(range(1, len(article) + 1))
        assert [(fold(p.text), [fold(i.text) for i in p.items]) for p in found.paragraphs] == [
            (fold(intro), [fold(i) for i in items]) for intro, items in article
        ]


@given(st.text())
def test_tidy_and_fold_are_idempotent_and_fold_keeps_the_length(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
    assert len(fold(text)) == len(tidy(text))


@pytest.mark.parametrize(
    ("one", "other"), [("（甲，乙；丙）", "(甲,乙;丙)"), ("“甲”", '"甲"'), ("总  则", "总\u3000则"), ("５日", "5日")]
)
def test_fold_takes_the_keyboard_away(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_words_apart() -> None:
    assert fold("甲。") != fold("乙。")
    assert fold("甲，乙") != fold("甲、乙")
