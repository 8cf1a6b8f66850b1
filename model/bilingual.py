"""What is said to a drafter, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Said:
    """A text in both languages. False where there is nothing to say."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en

    def __bool__(self) -> bool:
        return bool(self.en)


NOTHING = Said("", "")


@dataclass(frozen=True)
class Template:
    """A text with named blanks, the same in both languages. A blank takes a value or another `Said`."""

    zh: str
    en: str

    def __call__(self, **values: object) -> Said:
        return Said(_fill(self.en, values, "en"), _fill(self.zh, values, "zh"))


def _fill(text: str, values: dict[str, object], lang: str) -> str:
    return text.format(**{k: v.get(lang) if isinstance(v, Said) else v for k, v in values.items()})


def same(text: str) -> Said:
    """A name or a piece of input, which is the same in both languages."""
    return Said(text, text)


def one_of(choices: Iterable[str | Said]) -> Said:
    """`one of: a, b`; nothing where there is no choice."""
    both = [same(c) if isinstance(c, str) else c for c in choices]
    if not both:
        return NOTHING
    return Said("one of: " + ", ".join(c.en for c in both), "下列之一：" + "、".join(c.zh for c in both))
