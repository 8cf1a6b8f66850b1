"""The plain text of an instrument: chapters, articles, paragraphs, items, as a web page or a file gives them.

A text comes with what stands around it: the head of a page, a notice of issue with a numbering of its own,
a foot. The articles are the longest run of rising numbers `一、二、三、`; what stands before its first and after
the close of its last is left out.

Lines. A line that does not close a sentence goes on in the next one, blank lines or not, unless that one opens
a chapter, an article or an item. Indentation means nothing.

Numbers. The items of a list belong to the paragraph that introduces it; a paragraph after the list has the next
number. Text between two items that follow each other belongs to the first of them. Where one number of a list
is missing and a line without number stands in its place, that line is the item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from model.citations import numeral
from model.errors import GuizeError

GAP = 3
"""So many blank lines after the last article end the instrument."""

HEADING_LIMIT = 30
"""Characters; a longer line that begins like the heading of a chapter is none."""

_NUMBERS = {numeral(n): n for n in range(1, 200)}
_NUMERAL = "[一二三四五六七八九十百零]+"
_CHAPTER = re.compile(rf"第({_NUMERAL})章([^，,。；;：:]*)")
_ARTICLE = re.compile(rf"({_NUMERAL})[、､]")
_ITEM = re.compile(rf"[（(]({_NUMERAL})[）)]")
_CLOSED = re.compile(r"[。！？；;：:!?][”’」』\"）)]*$")
_INTRODUCES = re.compile(r"[：:]$")
_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")
_FURNITURE = re.compile(
    r"(主办|承办|版权|附件|抄送|分享|打印|关闭|上一篇|下一篇|责任编辑|编辑|来源|扫一扫|相关|网站|联系|电话|地址|办公时间)"
    r"|.*(ICP备|网安备|https?:|www\.|\|)|.*\d{4}年\d{1,2}月\d{1,2}日(印发)?$"
)
"""How a line begins that stands under an instrument: the publisher's, not the drafter's."""

_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord(q): '"' for q in "“”„‟「」『』〝〞‘’"} | {ord("､"): "、"}


class TextError(GuizeError):
    """A text in which no articles can be found."""


@dataclass(frozen=True)
class Item:
    """An item 项. A further paragraph inside the item follows after a line break."""

    number: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph 款 with the items of the list it introduces, if any."""

    number: int
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A run of text with one place and no line break. `item` is 0 for the paragraph itself."""

    article: int
    paragraph: int
    item: int
    text: str


@dataclass(frozen=True)
class Article:
    """An article 条, with the number (0 for none) and the heading (empty for none) of its chapter 章."""

    number: int
    chapter: int
    heading: str
    paragraphs: tuple[Paragraph, ...]

    def units(self, paragraph: int = 0, item: int = 0) -> tuple[Unit, ...]:
        """The text at a place of the article: all of it, a paragraph with its items, or one item.

        Empty where there is no such place.
        """
        return tuple(
            unit
            for unit in self._units()
            if (not paragraph or unit.paragraph == paragraph) and (not item or unit.item == item)
        )

    def _units(self) -> Iterator[Unit]:
        for p in self.paragraphs:
            yield Unit(self.number, p.number, 0, p.text)
            for i in p.items:
                for line in i.text.split("\n"):
                    yield Unit(self.number, p.number, i.number, line)


@dataclass(frozen=True)
class Text:
    """The articles of an instrument by number, in the order of the text."""

    articles: dict[int, Article]

    def units(self) -> Iterator[Unit]:
        """All paragraphs and items, in the order of the text."""
        for article in self.articles.values():
            yield from article.units()


def read_text(path: Path) -> Text:
    """Parse a file in UTF-8. Raises TextError where it has no articles, OSError where it cannot be read."""
    return parse_text(Path(path).read_text(encoding="utf-8-sig"))


def parse_text(source: str) -> Text:
    """Parse the plain text of an instrument. Raises TextError where it has no articles."""
    lines = [tidy(line) for line in source.splitlines()]
    starts = _article_lines(lines)
    if not starts:
        raise TextError("no articles: no line begins with 一、")
    chapters = _chapters(lines)
    articles: dict[int, Article] = {}
    first = next(iter(starts))
    places = [*starts, _end(lines, list(starts)[-1])]
    chapter, heading = 0, ""
    for at in range(first - 1, -1, -1):
        if at in chapters:
            chapter, heading = chapters[at]
            break
    for (at, number), end in zip(starts.items(), places[1:], strict=True):
        body: list[str] = []
        following = chapter, heading
        skip = -1
        for i in range(at, end):
            if i in chapters:
                following = chapters[i]
                skip = i
            elif skip < 0 and lines[i]:
                body.append(lines[i])
        body[0] = _ARTICLE.sub("", body[0], count=1)
        articles[number] = Article(number, chapter, heading, _paragraphs(_blocks(body)))
        chapter, heading = following
    return Text(articles)


def tidy(text: str) -> str:
    """Without white space, except a single blank between two words of Latin letters or digits.

    >>> tidy(" 总  则 ("), tidy("AB  cd"), tidy("不少于 5 日")
    ('总则(', 'AB cd', '不少于5日')
    """

    def keep(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        return " " if _latin(before) and _latin(after) else ""

    return _SPACE.sub(keep, text)


def fold(text: str) -> str:
    """The text without differences that are of the keyboard: white space, width, the shape of quotation marks.

    >>> fold("（可 ，“一”）") == fold('(可,"一")')
    True
    """
    return tidy(text).translate(_WIDTH)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _article_lines(lines: Sequence[str]) -> dict[int, int]:
    """Line index to article number: the longest run of rising numbers, the latest where there are several."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        opening = _ARTICLE.match(line)
        if opening and opening[1] in _NUMBERS:
            found.append((at, _NUMBERS[opening[1]]))
    best = [1] * len(found)
    following: list[int | None] = [None] * len(found)
    for i in range(len(found) - 1, -1, -1):
        for j in range(len(found) - 1, i, -1):
            if found[j][1] > found[i][1] and best[j] + 1 >= best[i]:
                best[i], following[i] = best[j] + 1, j
    run: dict[int, int] = {}
    current = max(range(len(found)), key=lambda i: (best[i], i), default=None)
    while current is not None:
        run[found[current][0]] = found[current][1]
        current = following[current]
    return run


def _chapters(lines: Sequence[str]) -> dict[int, tuple[int, str]]:
    """Line index to number and heading; a heading may stand on the next line, which is then in the table too."""
    found: dict[int, tuple[int, str]] = {}
    for at, line in enumerate(lines):
        opening = _CHAPTER.fullmatch(line)
        if not opening or opening[1] not in _NUMBERS or len(line) > HEADING_LIMIT:
            continue
        number, heading = _NUMBERS[opening[1]], opening[2]
        if not heading:
            below = next((i for i in range(at + 1, len(lines)) if lines[i]), None)
            if below is not None and not _is_opening(lines[below]) and _is_heading(lines[below]):
                heading = lines[below]
                found[below] = number, heading
        found[at] = number, heading
    return found


def _is_opening(line: str) -> bool:
    return bool(_CHAPTER.match(line) or _ARTICLE.match(line) or _ITEM.match(line))


def _is_heading(line: str) -> bool:
    return len(line) <= HEADING_LIMIT and not re.search(r"[，,。；;：:]", line)


def _end(lines: Sequence[str], last: int) -> int:
    """Where the text of the last article ends: the index of the first line that is not its own."""
    end = last + 1
    closed = bool(_CLOSED.search(lines[last]))
    blank = 0
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if not line:
            blank += 1
            continue
        if blank >= GAP or _ARTICLE.match(line) or (closed and _FURNITURE.match(line)):
            break
        blank = 0
        closed = bool(_CLOSED.search(line))
        if closed:
            end = at + 1
    return end


@dataclass
class _Block:
    """A paragraph or item as it is gathered from its lines; `number` is 0 for a paragraph."""

    number: int
    text: str

    @property
    def introduces(self) -> bool:
        return bool(_INTRODUCES.search(self.text))


def _blocks(lines: Sequence[str]) -> list[_Block]:
    """The lines of an article joined where a sentence goes on, each paragraph or item one block."""
    blocks: list[_Block] = []
    for line in lines:
        opening = _ITEM.match(line)
        if opening and opening[1] in _NUMBERS:
            blocks.append(_Block(_NUMBERS[opening[1]], line[opening.end() :]))
        elif blocks and not _CLOSED.search(blocks[-1].text):
            blocks[-1].text = tidy(f"{blocks[-1].text} {line}")
        else:
            blocks.append(_Block(0, line))
    return blocks


@dataclass
class _Draft:
    """A paragraph in the making."""

    text: str
    items: list[_Block] = field(default_factory=list)


def _paragraphs(blocks: Sequence[_Block]) -> tuple[Paragraph, ...]:
    drafts: list[_Draft] = []
    for i, block in enumerate(blocks):
        if block.number:
            if not drafts:
                drafts.append(_Draft(""))
            drafts[-1].items.append(_Block(block.number, block.text))
            continue
        last = drafts[-1].items[-1].number if drafts and drafts[-1].items else 0
        open_list = bool(drafts) and (last > 0 or drafts[-1].text.endswith(("：", ":")))
        coming = next((b.number for b in blocks[i + 1 :] if b.number or b.introduces), 0)
        if open_list and not block.introduces and coming == last + 2:
            drafts[-1].items.append(_Block(last + 1, block.text))
        elif last and not block.introduces and coming == last + 1:
            drafts[-1].items[-1].text += "\n" + block.text
        else:
            drafts.append(_Draft(block.text))
    return tuple(Paragraph(n, d.text, tuple(Item(b.number, b.text) for b in d.items)) for n, d in enumerate(drafts, 1))
