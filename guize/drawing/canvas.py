"""SVG element by element. Every text knows the room it was given, so that a test can see what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from guize.drawing.text import width, wrap

FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"
LEADING = 1.45
INK, QUIET, LINE, PAPER = "#1d2433", "#5b6577", "#8b95a7", "#ffffff"
TONES = {
    "place": QUIET,
    "actor": INK,
    "condition": "#7a4b00",
    "may": "#4a5d8a",
    "stand-in": "#1d6b45",
    "single": "#b3261e",
    "critical": "#b3261e",
    "serious": "#c2410c",
    "moderate": "#a16207",
    "minor": "#4a5d8a",
    "most_urgent": "#b3261e",
    "urgent": "#c2410c",
    "ordinary": "#4a5d8a",
}


@dataclass(frozen=True)
class Room:
    """Where a line of text is: left, top, width, height, in pixels."""

    text: str
    x: float
    y: float
    width: float
    height: float


class Canvas:
    """Elements in drawing order, and the rooms of its texts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.rooms: list[Room] = []

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = PAPER,
        stroke: str = LINE,
        radius: float = 6,
        dash: str = "",
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{radius:g}" '
            f'fill="{fill}" stroke="{stroke}"{dashed}/>'
        )

    def path(self, points: list[tuple[float, float]], stroke: str = QUIET, dash: str = "", arrow: bool = True) -> None:
        data = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        marker = ' marker-end="url(#arrow)"' if arrow else ""
        self.parts.append(f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="1.4"{dashed}{marker}/>')

    def circle(self, x: float, y: float, r: float, fill: str) -> None:
        self.parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>')

    def line(
        self, text: str, x: float, y: float, size: float, fill: str = INK, bold: bool = False, middle: bool = False
    ) -> None:
        """One line of text whose top left corner (or top middle) is at x, y."""
        w = width(text, size)
        left = x - w / 2 if middle else x
        self.rooms.append(Room(text, left, y, w, size * LEADING))
        weight = ' font-weight="600"' if bold else ""
        anchor = ' text-anchor="middle"' if middle else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y + size * 1.1:g}" font-size="{size:g}" fill="{fill}"{weight}{anchor}>'
            f"{escape(text)}</text>"
        )

    def block(
        self,
        text: str,
        x: float,
        y: float,
        limit: float,
        size: float,
        fill: str = INK,
        bold: bool = False,
        middle: bool = False,
    ) -> float:
        """A wrapped text at most `limit` wide; returns the y below it."""
        for row in wrap(text, size, limit):
            self.line(row, x, y, size, fill, bold, middle)
            y += size * LEADING
        return y

    def svg(self, w: float, h: float, title: str) -> str:
        """The whole document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:g}" height="{h:g}" viewBox="0 0 {w:g} {h:g}" '
            f'font-family={quoteattr(FONT)} role="img">\n<title>{escape(title)}</title>\n'
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{QUIET}"/></marker></defs>\n'
            f'<rect width="{w:g}" height="{h:g}" fill="{PAPER}"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )


def block_height(text: str, limit: float, size: float) -> float:
    """How high a wrapped text will be."""
    return len(wrap(text, size, limit)) * size * LEADING
