"""Keeping the page small: the language it does not open in stands once in a list, however often a text occurs.

A page says most things in both languages and many of them often (what a norm says stands in the ledger, in every
finding and in every table that cites it). So of each pair of texts the page holds the one in the language it opens
in, marked with a number, and a list holds the other once; the script swaps them.
"""

from __future__ import annotations

import json
import re
from html import unescape

_PAIR = re.compile(r'<span lang="zh">([^<]*)</span><span lang="en">([^<]*)</span>')


def compact(html: str, lang: str) -> tuple[str, str]:
    """The body with its plain pairs numbered, and the list of the other language as a JSON array.

    Pairs with markup inside (the first screen) stay as they are: style shows one of them. The array is safe
    inside a `script` element: it holds no `<`.
    """
    numbers: dict[tuple[str, str], int] = {}

    def numbered(found: re.Match[str]) -> str:
        zh, en = found.groups()
        here, there = (zh, en) if lang == "zh" else (en, zh)
        number = numbers.setdefault((here, there), len(numbers))
        return f'<span data-w="{number}">{here}</span>'

    body = _PAIR.sub(numbered, html)
    others = json.dumps([unescape(there) for _, there in numbers], ensure_ascii=False, separators=(",", ":"))
    return body, others.replace("<", "\\u003c")
