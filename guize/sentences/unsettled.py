"""Why a question was not settled, in words: the solver says it in its own."""

from __future__ import annotations

from model.vocabulary import Label

_BUDGET = ("canceled", "resource limit", "memout", "timeout")
SPENT = Label("所需求解资源超过 --budget 的限额", "it needs more than --budget allows")


def because(reason: str, lang: str) -> str:
    """The reason a solver gave; that it ran out of its budget is said as such."""
    return SPENT.get(lang) if any(said in reason for said in _BUDGET) else reason
