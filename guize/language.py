"""Which language to speak: `--lang`, else $GUIZE_LANG, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Sequence

LANGUAGES = ("zh", "en")


def from_environment() -> str:
    return "en" if os.environ.get("GUIZE_LANG", "zh").startswith("en") else "zh"


def of_arguments(arguments: Sequence[str]) -> str:
    """The language asked for on a command line, read without click: what is wrong may be the command line itself."""
    chosen = from_environment()
    for i, argument in enumerate(arguments):
        following = arguments[i + 1] if i + 1 < len(arguments) else ""
        given = following if argument == "--lang" else argument.partition("--lang=")[2]
        if given in LANGUAGES and argument.startswith("--lang"):
            chosen = given
    return chosen
