"""Text to expressions. The grammar is `expression.lark`; names are resolved later, by `model.sorts`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput, UnexpectedToken

from model import expressions as ex
from model import messages as say
from model.bilingual import NOTHING, Said, one_of, same
from model.errors import GuizeError

_GRAMMAR = Path(__file__).with_name("expression.lark")
MAX_DEPTH = 60
"""Levels of an expression; who nests deeper wants a term or a named set."""


class ExpressionError(GuizeError):
    """Text that is no expression. `column` counts from 1 within the text."""

    def __init__(self, said: Said, column: int, wanted: Said = NOTHING) -> None:
        super().__init__(said)
        self.column, self.wanted = column, wanted

    @property
    def message(self) -> str:
        return self.said.en

    @property
    def expected(self) -> str:
        return self.wanted.en


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

    def wanted(self, parts: list[Any]) -> ex.Node:
        return ex.Wanted(str(parts[0]))

    def stuck(self, parts: list[Any]) -> ex.Node:
        return ex.Stuck(str(parts[0]))

    def precedes(self, parts: list[Any]) -> ex.Node:
        return ex.Precedes(str(parts[0]), str(parts[1]))

    def hands(self, parts: list[Any]) -> ex.Node:
        return ex.Hands(str(parts[0]))

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
        node = _Build().transform(_lark().parse(text, start=start))
    except UnexpectedInput as e:
        at_end = isinstance(e, UnexpectedToken) and e.token.type == "$END"
        column = len(text) + 1 if at_end else (e.pos_in_stream or 0) + 1
        template = say.UNREADABLE_AT_END if at_end else say.UNREADABLE_AT
        blanks = {"text": _shown(text)} if at_end else {"text": _shown(text), "column": column}
        raise ExpressionError(template(**blanks), column, _expected(e)) from None
    except RecursionError:
        raise _too_deep(text) from None
    except LarkError:
        raise ExpressionError(say.UNREADABLE_EXPRESSION(text=_shown(text)), 1, say.SHORT_NUMBERS()) from None
    if _deeper(node, MAX_DEPTH):
        raise _too_deep(text)
    return node


def _shown(text: str) -> Said:
    short = text.strip()
    return same(short if len(short) <= 200 else short[:200] + "…") if short else say.BLANK()


def _too_deep(text: str) -> ExpressionError:
    return ExpressionError(say.EXPRESSION_TOO_DEEP(text=_shown(text)), 1, say.MOST_LEVELS(most=MAX_DEPTH))


def _deeper(root: ex.Node, limit: int) -> bool:
    level: list[ex.Node] = [root]
    for _ in range(limit):
        level = [child for node in level for child in node.children()]
    return bool(level)


_SYMBOLS = {"LPAR": "(", "RPAR": ")", "LBRACE": "{", "RBRACE": "}", "COMMA": ",", "VBAR": "|", "MINUS": "-"}
_SYMBOLS |= {"AMPERSAND": "&", "EQUAL": "=", "OP": ">= <= =", "__ANON_0": "!="}
_WORDS = {"NAME": say.A_NAME(), "INT": say.A_NUMBER(), "$END": say.ITS_END()}


def _expected(error: UnexpectedInput) -> Said:
    wanted: set[str] = set(
        getattr(error, "accepts", None) or getattr(error, "expected", None) or getattr(error, "allowed", None) or ()
    )
    words = {_WORDS.get(w) or same(_SYMBOLS.get(w, w.lower().strip("_"))) for w in wanted - {"WS"}}
    return one_of(sorted(words)) or say.AN_OPERATOR()


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
