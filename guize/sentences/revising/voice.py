"""A revision in one language: what every sentence about it is said with."""

from __future__ import annotations

from guize.wording import Wording
from model.vocabulary import Label
from proofs.impact.records import Impact


class Voice:
    """One revision in one language. `words` are those of both versions together, `old` and `new` those of each."""

    def __init__(self, found: Impact, lang: str) -> None:
        self.found, self.lang = found, lang
        self.words = Wording(found.revision.union, lang)
        self.old, self.new = Wording(found.revision.old, lang), Wording(found.revision.new, lang)

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def label(self, label: Label) -> str:
        return label.get(self.lang)

    def marked(self, mark: str, text: str) -> str:
        """A text behind its mark. Chinese is broken into lines at blanks only, so there is none after the mark."""
        return self.pick(f"{mark}{text}", f"{mark} {text}")
