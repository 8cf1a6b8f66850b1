"""Places in an instrument, and Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.citations import Citation, numeral, parse_place

DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")}


def value(text: str) -> int:
    """The number that a Chinese numeral names: an independent reading, digit by digit."""
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def test_numerals_name_their_numbers_and_no_two_are_alike() -> None:
    assert [value(numeral(n)) for n in range(1, 200)] == list(range(1, 200))
    assert len({numeral(n) for n in range(200)}) == 200


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (119, "一百一十九"), (120, "一百二十"), (199, "一百九十九")],
)  # fmt: skip
def test_numerals_as_statutes_write_them(number: int, text: str) -> None:
    assert numeral(number) == text


@pytest.mark.parametrize("number", [-1, 200, 1000])
def test_other_numbers_have_no_numeral(number: int) -> None:
    with pytest.raises(ValueError):
        numeral(number)


@given(st.integers(1, 199), st.integers(0, 99), st.integers(0, 99))
def test_a_written_place_is_read_back(article: int, paragraph: int, item: int) -> None:
    text = str(article)
    if paragraph:
        text += f".{paragraph}" + (f"({item})" if item else "")
    assert parse_place(text) == (article, paragraph, item if paragraph else 0)


@pytest.mark.parametrize(
    "text", ["", "1.", ".1", "1.1.", "1(2)", "1.1()", "一", "1000", "1.1(2", "-1", "1 .1", "1.100"]
)
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(ValueError):
        parse_place(text)


@pytest.mark.parametrize(
    ("citation", "zh", "en"),
    [
        (Citation("x", 34), "第三十四条", "art. 34"),
        (Citation("x", 35, 1), "第三十五条第一款", "art. 35(1)"),
        (Citation("x", 22, 1, 6), "第二十二条第一款第（六）项", "art. 22(1)(6)"),
        (
            Citation("x", 105, 12, 10, law="民法典"),
            "《民法典》第一百零五条第十二款第（十）项",
            "民法典 art. 105(12)(10)",
        ),
    ],
)
def test_places_in_words(citation: Citation, zh: str, en: str) -> None:
    assert (citation.place("zh"), citation.place("en")) == (zh, en)


@given(st.lists(st.tuples(st.integers(1, 199), st.integers(0, 20), st.integers(0, 20)), max_size=8))
def test_citations_sort_in_the_order_of_the_text(places: list[tuple[int, int, int]]) -> None:
    sorted_citations = sorted(Citation("x", *p) for p in places)
    assert [(c.article, c.paragraph, c.item) for c in sorted_citations] == sorted(places)


@given(st.tuples(st.integers(1, 3), st.integers(0, 2)), st.tuples(st.integers(1, 3), st.integers(0, 2)))
def test_what_stands_in_one_paragraph_has_one_key(one: tuple[int, int], two: tuple[int, int]) -> None:
    first, second = Citation("x", *one, 1, "甲"), Citation("x", *two, 2, "乙")
    assert (first.paragraph_key == second.paragraph_key) == (one == two)
    assert first.paragraph_key != Citation("y", *one, 1, "甲").paragraph_key
