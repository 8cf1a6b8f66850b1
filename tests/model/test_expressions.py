"""The language of conditions and sets: what is printed is read back, and mistakes have a place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import expressions as ex
from model.parsing import MAX_DEPTH, ExpressionError, parse_condition, parse_set

WORDS = ("and", "or", "not", "in", "when", "true", "false", "some", "count", "reading")
WORDS += ("wanted", "stuck", "precedes", "hands")
NAMES = st.one_of(
    st.sampled_from(
        ["mayor", "a", "order", "notice", "in_charge_of", "or_else", "true_1", "some1", "hands_on", "stuck1"]
    ),
    st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda n: n not in WORDS),
)
CAUSES = st.sampled_from(["leave", "illness", "away"])


def conditions(sets: st.SearchStrategy[ex.ActorSet]) -> st.SearchStrategy[ex.Cond]:
    base = st.one_of(
        st.booleans().map(ex.Const),
        NAMES.map(ex.Flag),
        st.builds(ex.Is, NAMES, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
        st.builds(ex.IsNot, NAMES, NAMES),
        st.builds(ex.Reading, NAMES, NAMES),
        st.builds(ex.Wanted, NAMES),
        st.builds(ex.Stuck, NAMES),
        st.builds(ex.Precedes, NAMES, NAMES),
        st.builds(ex.Some, sets),
        st.builds(ex.Count, sets, st.sampled_from([">=", "<=", "="]), st.integers(0, 99)),
    )
    return st.recursive(
        base,
        lambda inner: st.one_of(
            st.builds(ex.Not, inner),
            st.builds(ex.And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(ex.Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def sets_over(base: st.SearchStrategy[ex.ActorSet]) -> st.SearchStrategy[ex.ActorSet]:
    return st.recursive(
        base,
        lambda inner: st.one_of(
            st.builds(ex.Union, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(ex.Both, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(ex.Minus, inner, inner),
            st.builds(ex.Image, NAMES, inner),
            st.builds(ex.Image, st.just("absent"), inner, st.lists(CAUSES, max_size=2).map(tuple)),
        ),
        max_leaves=6,
    )


PLAIN = sets_over(st.one_of(NAMES.map(ex.Name), NAMES.map(ex.Hands)))
SETS = sets_over(st.one_of(NAMES.map(ex.Name), NAMES.map(ex.Hands), st.builds(ex.When, PLAIN, conditions(PLAIN))))
CONDITIONS = conditions(SETS)


@given(CONDITIONS)
def test_a_printed_condition_is_read_back_as_it_was(condition: ex.Cond) -> None:
    assert parse_condition(str(condition)) == condition


@given(SETS)
def test_a_printed_set_is_read_back_as_it_was(actors: ex.ActorSet) -> None:
    assert parse_set(str(actors)) == actors


@settings(max_examples=40)
@given(CONDITIONS, st.data())
def test_white_space_means_nothing(condition: ex.Cond, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["  ", "\n", "\t "]))
    assert parse_condition(gap + str(condition).replace(" ", gap) + gap) == condition


@settings(max_examples=40)
@given(st.one_of(CONDITIONS, SETS))
def test_walk_meets_every_expression_once_in_the_order_of_reading(root: ex.Node) -> None:
    met = list(root.walk())
    assert met[0] is root
    assert len(met) == 1 + sum(len(list(child.walk())) for child in root.children())


@settings(max_examples=25)
@given(st.lists(CONDITIONS, max_size=3))
def test_a_conjunction_is_flat_and_leaves_true_out(parts: list[ex.Cond]) -> None:
    joined = ex.conjunction(*parts)
    inside = joined.parts if isinstance(joined, ex.And) else (joined,)
    assert not any(p == ex.TRUE for p in inside) or joined == ex.TRUE
    assert ex.conjunction(joined) == joined == ex.conjunction(ex.TRUE, joined)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not a = b", "not (a = b)"),
        ("not not a or b", "(not (not a)) or b"),
        ("a in {b}", "a = b"),
        ("((a))", "a"),
    ],
)
def test_how_tightly_conditions_bind(text: str, same: str) -> None:
    assert parse_condition(text) == parse_condition(same)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a | b & c", "a | (b & c)"),
        ("a | b - c", "a | (b - c)"),
        ("a - b & c", "a - (b & c)"),
        ("a - b - c", "(a - b) - c"),
        ("a - b | c", "(a - b) | c"),
        ("((a when x))", "(a when x)"),
    ],
)
def test_how_tightly_sets_bind(text: str, same: str) -> None:
    assert parse_set(text) == parse_set(same)


@pytest.mark.parametrize(
    ("text", "other"),
    [("(a or b) and c", "a or b and c"), ("not (a and b)", "not a and b")],
)
def test_brackets_change_the_meaning(text: str, other: str) -> None:
    assert parse_condition(text) != parse_condition(other)
    assert str(parse_condition(text)) == text


def test_subtraction_is_not_associative() -> None:
    assert parse_set("a - (b - c)") != parse_set("a - b - c")


BAD_CONDITIONS = [
    ("", 1, "a name"),
    ("a and", 6, "not"),
    ("a and and b", 7, "a name"),
    ("a = ", 5, "a name"),
    ("a = 1", 5, "a name"),
    ("a b", 3, "and"),
    ("kind in {}", 10, "a name"),
    ("kind in {a b}", 12, "}"),
    ("(a", 3, ")"),
    ("a)", 2, "its end"),
    ("A", 1, "a name"),
    ("a $ b", 3, "or"),
    ("a ＝ b", 3, "="),
    ("count(a) > 2", 10, ">="),
    ("count(a) >= b", 13, "a number"),
    ("some(a when b)", 8, ")"),
    ("reading(a)", 10, ","),
    ("a and\n  b or", 13, "not"),
]
BAD_SETS = [
    ("", 1, "a name"),
    ("a |", 4, "("),
    ("a | | b", 5, "a name"),
    ("f()", 3, "a name"),
    ("absent(a, b", 12, ")"),
    ("(a when)", 8, "some"),
    ("a when b", 3, "its end"),
    ("true", 1, "a name"),
    ("市长", 1, "a name"),
]


@pytest.mark.parametrize(("text", "column", "expected"), BAD_CONDITIONS)
def test_a_broken_condition_says_where_and_what_was_expected(text: str, column: int, expected: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_condition(text)
    assert caught.value.column == column
    assert expected in caught.value.expected
    assert (text.strip() or "nothing") in caught.value.message


@pytest.mark.parametrize(("text", "column", "expected"), BAD_SETS)
def test_a_broken_set_says_where_and_what_was_expected(text: str, column: int, expected: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_set(text)
    assert caught.value.column == column
    assert expected in caught.value.expected


@given(st.text(alphabet=st.sampled_from("ab =!{}()|&-<>,1 _中orandtinwhe"), max_size=30))
def test_any_text_is_an_expression_or_a_mistake_inside_it(text: str) -> None:
    for parse in (parse_condition, parse_set):
        mistake: ExpressionError | None = None
        try:
            assert parse(str(parse(text))) == parse(text)
        except ExpressionError as e:
            mistake = e
        assert mistake is None or (1 <= mistake.column <= len(text) + 1 and mistake.expected)


@pytest.mark.parametrize("text", ["not " * 80 + "a", "not " * 20_000 + "a", "some(" + "f(" * 300 + "a" + ")" * 301])
def test_nesting_that_no_drafter_writes_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="nested too deeply"):
        parse_condition(text)


def test_long_flat_expressions_are_fine() -> None:
    text = " or ".join(f"kind = k{i}" for i in range(2000))
    assert str(parse_condition(text)) == text
    assert MAX_DEPTH > 20


def test_a_number_without_end_is_a_mistake() -> None:
    with pytest.raises(ExpressionError):
        parse_condition("count(a) >= " + "9" * 10_000)
