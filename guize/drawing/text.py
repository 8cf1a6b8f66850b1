"""How wide a text is and how it breaks into lines, without a browser: a little too wide rather than too narrow."""

from __future__ import annotations

import unicodedata

WIDE, NARROW = 1.0, 0.6
"""Widths of a Chinese and of any other character, in ems."""
NOT_FIRST = frozenset("，。；：、！？）》”’…,.;:)!?]")
NOT_LAST = frozenset("（《“‘([")


def width(text: str, size: float) -> float:
    """The width of a line, in the unit of `size`."""
    return sum(WIDE if unicodedata.east_asian_width(c) in "WFA" else NARROW for c in text) * size


def wrap(text: str, size: float, limit: float) -> tuple[str, ...]:
    """The text in lines at most `limit` wide, every character kept but spaces at breaks.

    Breaks between Chinese characters and at spaces; no line begins with closing or ends with opening
    punctuation, unless a single word is wider than the limit.
    """
    lines: list[str] = []
    line = ""
    for token in _tokens(text):
        if line and width(line + token.rstrip(), size) > limit:
            lines.append(line.rstrip())
            line = token.lstrip()
        else:
            line += token
        while width(line.rstrip(), size) > limit and len(line) > 1:
            cut = _fitting(line, size, limit)
            lines.append(line[:cut])
            line = line[cut:]
    if line.strip():
        lines.append(line.rstrip())
    return tuple(lines)


def _fitting(line: str, size: float, limit: float) -> int:
    """How many characters of an unbreakable piece fit; at least one."""
    cut = 1
    while cut < len(line) and width(line[: cut + 1], size) <= limit:
        cut += 1
    return cut


def _tokens(text: str) -> list[str]:
    """Pieces between which a line may break."""
    found: list[str] = []
    for c in text:
        wide = unicodedata.east_asian_width(c) in "WF"
        before = found[-1][-1] if found else ""
        after_wide = bool(before) and unicodedata.east_asian_width(before) in "WF"
        glued = c in NOT_FIRST or before in NOT_LAST or (not wide and not after_wide and before != " ")
        if found and (glued or c == " ") and before:
            found[-1] += c
        else:
            found.append(c)
    return found
