"""Every error the project raises on purpose, under one root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from model.bilingual import NOTHING, Said


class GuizeError(Exception):
    """The root of all errors raised on purpose. `str` is English; `show` speaks either language."""

    def __init__(self, said: str | Said = "") -> None:
        self.said = Said(said, said) if isinstance(said, str) else said
        super().__init__(self.said.en)

    def show(self, lang: str) -> str:
        """The message in `zh` or `en`; in English where it was given in one language only."""
        return self.said.get(lang)


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One mistake in an input file.

    `line` and `column` count from 1; 0 means that the mistake has no place inside the file.
    `message` and `expected` are English; `show` speaks either language.
    """

    path: str
    line: int
    column: int
    said: Said
    wanted: Said = NOTHING
    nearest: str = ""

    @property
    def message(self) -> str:
        return self.said.en

    @property
    def expected(self) -> str:
        return self.wanted.en

    def show(self, lang: str) -> str:
        """Place, message, what was expected and the nearest name, in `zh` or `en`."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        text = f"{place}: {self.said.get(lang)}"
        if self.wanted:
            text += f"；应为：{self.wanted.zh}" if lang == "zh" else f"; expected {self.wanted.en}"
        return text + did_you_mean(self.nearest).get(lang)

    def __str__(self) -> str:
        return self.show("en")


class SpecError(GuizeError):
    """A rule set cannot be used. Carries every mistake found, in the order of the file."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        en, zh = ("\n".join(d.show(lang) for d in self.diagnostics) for lang in ("en", "zh"))
        super().__init__(Said(en, zh))


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


def did_you_mean(name: str) -> Said:
    """The tail of a message that offers the nearest name; nothing where there is none."""
    return Said(f"; did you mean '{name}'?", f"；是否指“{name}”？") if name else NOTHING


def hinted(said: Said, near: str) -> Said:
    """A message with the nearest name offered at its end, if there is one."""
    hint = did_you_mean(near)
    return Said(said.en + hint.en, said.zh + hint.zh)
