"""Charts as pictures for programs that do not draw SVG. Needs resvg-py (extra `word`) and a font with Chinese."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from guize.report.bilingual import NOTHING
from model.vocabulary import Label

SHARP = 3
"""Pixels of the picture a pixel of the chart: at 16 cm on paper, about 330 to the inch."""
NO_RENDERER = Label(
    "本文未附图：生成图片需要 resvg-py（pip install 'guize[word]'）。数值见各表；图见网页版。",
    "The charts are left out: they need resvg-py (pip install 'guize[word]'). The tables have the numbers, the page "
    "has the charts.",
)
NO_FONT = Label(
    "本文未附图：本机没有中文字体。数值见各表；图见网页版。",
    "The charts are left out: no font with Chinese is installed. The tables have the numbers, the page has the charts.",
)
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#fff"/>'
    '<text x="4" y="30" font-size="28" font-family="sans-serif">{}</text></svg>'
)


@cache
def why_none(lang: str) -> Label:
    """Why there are no pictures here; empty where there are. Only Chinese needs a font of its own."""
    if find_spec("resvg_py") is None:
        return NO_RENDERER
    if lang == "zh":
        # without a font for them, all signs come out as the same box, or as nothing
        one, two = (picture(_PROBE.format(sign)) for sign in "国办")
        if one == two:
            return NO_FONT
    return NOTHING


def picture(svg: str) -> bytes:
    """A PNG of the chart, drawn with the fonts of this machine. Raises ImportError where resvg-py is missing."""
    import resvg_py  # noqa: PLC0415 - an optional dependency

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SHARP))
