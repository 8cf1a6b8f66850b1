"""Saying a thing in both languages at once, with counts and links kept apart from the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guize.wording import Wording
from model.ruleset import RuleSet
from model.vocabulary import Label

NOTHING = Label("", "")


@dataclass(frozen=True)
class Count:
    """A number that is also in `guize audit --json` or `guize norms --json`, under a name (see docs/report.md)."""

    name: str
    value: int

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Link:
    """A text that leads to a finding (`target` is its id)."""

    text: str
    target: str

    def __str__(self) -> str:
        return self.text


Phrase = tuple[str | Count | Link, ...]


@dataclass(frozen=True)
class Line:
    """One sentence of the first screen, in both languages."""

    zh: Phrase
    en: Phrase

    def get(self, lang: str) -> Phrase:
        return self.zh if lang == "zh" else self.en

    def text(self, lang: str) -> str:
        """The sentence without its links."""
        return "".join(str(part) for part in self.get(lang))


class Both:
    """The words of one rule set in both languages."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.zh, self.en = Wording(rules, "zh"), Wording(rules, "en")

    def say(self, tell: Callable[[Wording], str]) -> Label:
        """What `tell` says in each language."""
        return Label(tell(self.zh), tell(self.en))

    def each(self, tell: Callable[[Wording], Iterable[str]]) -> tuple[Label, ...]:
        """Lines that `tell` gives in the same number in each language, each once."""
        return tuple(dict.fromkeys(Label(zh, en) for zh, en in zip(tell(self.zh), tell(self.en), strict=True)))
