"""Text as Markdown that a reader sees as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!@$])")
_LISTED = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")


def escaped(text: str) -> str:
    """One line that a reader of Markdown sees as it is."""
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return _LISTED.sub(lambda m: f"{m[1]}\\{m[2]} " if m[2] in "+-" else f"{m[1]}{m[2][:-1]}\\{m[2][-1]} ", text)


def row(cells: Iterable[str]) -> str:
    """A line of a table."""
    return "| " + " | ".join(cells) + " |"
