"""Charts as pictures for programs that do not draw SVG. Needs resvg-py (extra `word`) and a font with Chinese."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from guize.drawing.canvas import FONT
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
    "本文未附图：本机没有可用的字体（如思源黑体、微软雅黑、苹方）。数值见各表；图见网页版。",
    "The charts are left out: no font to draw them with is installed (such as Noto Sans CJK or Microsoft YaHei). The "
    "tables have the numbers, the page has the charts.",
)
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#fff"/>'
    '<text x="4" y="30" font-size="28" font-family="{font}">{sign}</text></svg>'
)
_SIGNS = {"zh": "国办", "en": "GS"}


@cache
def why_none(lang: str) -> Label:
    """Why there are no pictures with words of a language here; empty where there are."""
    if find_spec("resvg_py") is None:
        return NO_RENDERER
    # without a font for them, all signs come out as the same box, or as nothing
    one, two = (picture(_PROBE.format(font=FONT, sign=sign)) for sign in _SIGNS[lang])
    return NO_FONT if one == two else NOTHING


def picture(svg: str) -> bytes:
    """A PNG of the chart, drawn with the fonts of this machine. Raises ImportError where resvg-py is missing."""
    import resvg_py  # noqa: PLC0415 - an optional dependency

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SHARP))
