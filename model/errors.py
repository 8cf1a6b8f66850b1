"""Every error the project raises on purpose, under one root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class GuizeError(Exception):
    """The root of all errors raised on purpose."""


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One mistake in an input file.

    `line` and `column` count from 1; 0 means that the mistake has no place inside the file.
    """

    path: str
    line: int
    column: int
    message: str
    expected: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        text = f"{place}: {self.message}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return text


class SpecError(GuizeError):
    """A rule set cannot be used. Carries every mistake found, in the order of the file."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(map(str, self.diagnostics)))


class UsageError(GuizeError):
    """A question was asked in words that name nothing known."""


class ScopeError(GuizeError):
    """A situation or a cast does not fit the rule set it is used with."""


class SelfCheckError(GuizeError):
    """The engines disagree: a witness does not replay, a core is not one. A bug of ours, never a finding."""


def nearest(name: str, known: Sequence[str]) -> str:
    """The known name closest to `name`, or an empty string where none is near."""
    found = get_close_matches(name, known, n=1, cutoff=0.5)
    return found[0] if found else ""
