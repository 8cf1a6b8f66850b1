"""Where in an instrument something stands: article, paragraph, item and operative phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTE_LIMIT = 30
"""Characters; the project quotes operative phrases, never passages."""

_PLACE = re.compile(r"(\d{1,3})(?:\.(\d{1,2})(?:\((\d{1,2})\))?)?")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, order=True)
class Citation:
    """A place and its operative phrase. `paragraph` and `item` are 0 where none is meant.

    `instrument` is the id of the rule set; `law` the title where a background norm cites a law.
    """

    instrument: str
    article: int
    paragraph: int = 0
    item: int = 0
    quote: str = ""
    law: str = ""

    @property
    def paragraph_key(self) -> tuple[str, int, int]:
        """Instrument, article and paragraph: equal exactly for what stands in one paragraph (款), whatever its item and
        phrase. The law that a background norm cites is not looked at."""
        return self.instrument, self.article, self.paragraph

    def place(self, lang: str) -> str:
        """`第三十五条第一款第（六）项` or `art. 35(1)(6)`, with the law's title if it is another one's."""
        if lang == "zh":
            text = f"第{numeral(self.article)}条"
            if self.paragraph:
                text += f"第{numeral(self.paragraph)}款"
            if self.item:
                text += f"第（{numeral(self.item)}）项"
            return f"《{self.law}》{text}" if self.law else text
        text = f"art. {self.article}"
        if self.paragraph:
            text += f"({self.paragraph})"
        if self.item:
            text += f"({self.item})"
        return f"{self.law} {text}" if self.law else text


def parse_place(text: str) -> tuple[int, int, int]:
    """`"22.1(6)"` to (22, 1, 6). Raises ValueError for any other form."""
    found = _PLACE.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    article, paragraph, item = (int(g or 0) for g in found.groups())
    return article, paragraph, item


def numeral(n: int) -> str:
    """The Chinese numeral of 1 to 199, as articles are numbered.

    >>> [numeral(n) for n in (1, 10, 12, 20, 45, 105, 110)]
    ['一', '十', '十二', '二十', '四十五', '一百零五', '一百一十']
    """
    if not 0 <= n < 200:
        raise ValueError(n)
    if n >= 100:
        rest = n - 100
        if not rest:
            return "一百"
        tail = numeral(rest) if rest >= 10 else "零" + numeral(rest)
        return "一百" + ("一" + tail if 10 <= rest < 20 else tail)
    tens, ones = divmod(n, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
