"""The routes, each to be opened: steps in words, for those who cannot see it, and the picture."""

from __future__ import annotations

import re

from guize.report.content import Content
from guize.report.html.text import attribute, both, named, place
from guize.report.pictures import Picture
from model.vocabulary import Label
from proofs.findings import Severity

LEGIBLE = 900
HALF = 560
"""Pixels. What is wider than the first shrinks below nine points on a sheet held upright; what is higher than the
second, on half a sheet."""

_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_ID = re.compile(r'\bid="([^"]+)"')


def section(content: Content) -> str:
    """Every route: its steps in words, then its picture."""
    if not content.pictures:
        return f"<p>{both(Label('没有规定程序。', 'No route is laid down.'))}</p>"
    note = Label("图中红色编号即问题编号。", "Red numbers in a picture are those of the findings.")
    left = sum(not p.svg.zh for p in content.pictures)
    said = f'<p class="note">{both(note)}</p>'
    if left:
        more = Label(
            f"为控制篇幅，{left}套程序只列步骤，未附图。",
            f"To keep the page small, {left} routes are listed without a picture.",
        )
        said += f'<p class="note">{both(more)}</p>'
    return said + "\n".join(_route(content, p) for p in content.pictures)


def _route(content: Content, picture: Picture) -> str:
    steps = "".join(f"<li>{both(s.who)} · {both(s.act)} {place(s.norm, s.place)}</li>" for s in picture.steps)
    by_number = {f.number: f for f in content.findings}
    marks = " ".join(f'<a href="#f-{attribute(by_number[m].id)}">{m}</a>' for m in picture.marks if m in by_number)
    found = f" <span>{both(Label('问题', 'findings'))} {marks}</span>" if marks else ""
    drawn = ""
    if picture.svg.zh:
        drawn = "".join(
            f'<div class="pic" lang="{lang}" tabindex="0" role="region" {named(picture.title)}>'
            f"{own_ids(picture.svg.get(lang), f'{picture.id}-{lang}')}</div>"
            for lang in ("zh", "en")
        )
        drawn = f'<figure class="{_shape(picture.svg.zh)}">{drawn}</figure>'
    head = f"{both(picture.title)}（{both(picture.place)}）"
    grave = any(by_number[m].severity >= Severity.SERIOUS for m in picture.marks if m in by_number)
    kind = "route grave" if grave else "route"
    return f'<details class="{kind}"><summary>{head}</summary>{found}<ol>{steps}</ol>{drawn}</details>'


def _shape(svg: str) -> str:
    """How a picture is printed: `broad` on a sheet turned sideways, `tall` on a sheet of its own, else two a sheet."""
    found = _BOX.search(svg)
    wide, high = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if wide > max(high, LEGIBLE):
        return "broad"
    return "tall" if high > HALF else "half"


def own_ids(svg: str, name: str) -> str:
    """One page, many pictures: ids get a prefix of their own, and so do the references to them."""
    for ident in dict.fromkeys(_ID.findall(svg)):
        svg = svg.replace(f'id="{ident}"', f'id="{name}-{ident}"').replace(f"url(#{ident})", f"url(#{name}-{ident})")
        svg = svg.replace(f'href="#{ident}"', f'href="#{name}-{ident}"')
    return svg
