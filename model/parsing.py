"""Text to expressions. The grammar is `expression.lark`; names are resolved later, by `model.sorts`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput

from model import expressions as ex
from model.errors import GuizeError

_GRAMMAR = Path(__file__).with_name("expression.lark")


class ExpressionError(GuizeError):
    """Text that is no expression. `column` counts from 1 within the text."""

    def __init__(self, message: str, column: int, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.column, self.expected = message, column, expected


class _Build(Transformer[Token, ex.Node]):
    def disjunction(self, parts: list[Any]) -> ex.Node:
        return parts[0] if len(parts) == 1 else ex.Or(tuple(parts))

    def conjunction(self, parts: list[Any]) -> ex.Node:
        return parts[0] if len(parts) == 1 else ex.And(tuple(parts))

    def negation(self, parts: list[Any]) -> ex.Node:
        return ex.Not(parts[0])

    def true(self, _: list[Any]) -> ex.Node:
        return ex.TRUE

    def false(self, _: list[Any]) -> ex.Node:
        return ex.FALSE

    def some(self, parts: list[Any]) -> ex.Node:
        return ex.Some(parts[0])

    def count(self, parts: list[Any]) -> ex.Node:
        return ex.Count(parts[0], str(parts[1]), int(parts[2]))

    def reading(self, parts: list[Any]) -> ex.Node:
        return ex.Reading(str(parts[0]), str(parts[1]))

    def is_one(self, parts: list[Any]) -> ex.Node:
        return ex.Is(str(parts[0]), (str(parts[1]),))

    def is_not(self, parts: list[Any]) -> ex.Node:
        return ex.IsNot(str(parts[0]), str(parts[1]))

    def is_in(self, parts: list[Any]) -> ex.Node:
        return ex.Is(str(parts[0]), tuple(map(str, parts[1:])))

    def flag(self, parts: list[Any]) -> ex.Node:
        return ex.Flag(str(parts[0]))

    def name(self, parts: list[Any]) -> ex.Node:
        return ex.Name(str(parts[0]))

    def image(self, parts: list[Any]) -> ex.Node:
        return ex.Image(str(parts[0]), parts[1], tuple(map(str, parts[2:])))

    def when(self, parts: list[Any]) -> ex.Node:
        return ex.When(parts[0], parts[1])

    def union(self, parts: list[Any]) -> ex.Node:
        return parts[0] if len(parts) == 1 else ex.Union(tuple(parts))

    def minus(self, parts: list[Any]) -> ex.Node:
        return ex.Minus(parts[0], parts[1])

    def both(self, parts: list[Any]) -> ex.Node:
        return parts[0] if len(parts) == 1 else ex.Both(tuple(parts))


@cache
def _lark() -> Lark:
    return Lark(_GRAMMAR.read_text(encoding="utf-8"), parser="lalr", start=["cond", "set"])


@cache
def _parse(text: str, start: str) -> ex.Node:
    try:
        return _Build().transform(_lark().parse(text, start=start))
    except UnexpectedInput as e:
        column = getattr(e, "column", 0) or 0
        shown = text.strip() or "nothing"
        where = "at its end" if column < 1 else f"at character {column}"
        raise ExpressionError(f"cannot read the expression '{shown}' {where}", max(column, 1), _expected(e)) from None
    except LarkError as e:  # pragma: no cover - lark documents no other, but its root is wider
        raise ExpressionError(str(e), 1) from None


def _expected(error: UnexpectedInput) -> str:
    names = {"LPAR": "(", "RPAR": ")", "VBAR": "|", "MINUS": "-", "NAME": "a name", "EQUAL": "=", "COMMA": ","}
    wanted = set(getattr(error, "accepts", None) or getattr(error, "expected", None) or ())
    words = {names.get(w, w.lower()) for w in wanted if not w.startswith(("$", "__"))}
    return "one of: " + ", ".join(sorted(words)) if words else ""


def parse_condition(text: str) -> ex.Cond:
    """Read a condition. Raises ExpressionError with the column of the first mistake."""
    node = _parse(text, "cond")
    assert isinstance(node, ex.Cond)
    return node


def parse_set(text: str) -> ex.ActorSet:
    """Read a set of actors. Raises ExpressionError with the column of the first mistake."""
    node = _parse(text, "set")
    assert isinstance(node, ex.ActorSet)
    return node
