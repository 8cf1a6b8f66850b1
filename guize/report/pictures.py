"""The routes as pictures, findings marked by their number in the report. Needs no solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guize.drawing.gather import touched
from guize.drawing.page import route_svg
from guize.drawing.plan import Extras, route_plan
from guize.report.bilingual import Both
from model.vocabulary import Label
from proofs.findings import Finding

ENOUGH = 600_000
"""Bytes of pictures in one report: with all else it stays below 3 MB. What is left out is said."""


@dataclass(frozen=True)
class Step:
    """A step of a route in words, for those who cannot see the picture."""

    who: Label
    act: Label
    norm: str
    place: Label


@dataclass(frozen=True)
class Picture:
    """A route: its name, its steps, the numbers of the findings marked, and an SVG a language (empty: left out)."""

    id: str
    title: Label
    place: Label
    steps: tuple[Step, ...]
    marks: tuple[int, ...]
    svg: Label


def pictures(both: Both, findings: Iterable[Finding], enough: int = ENOUGH) -> tuple[Picture, ...]:
    """Every route, those with findings first; drawn as long as there is room."""
    findings = tuple(findings)
    rules = both.rules
    marks: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, 1):
        for power in dict.fromkeys(touched(rules, finding)):
            marks.setdefault(power, []).append(number)
    by_route = {
        r.id: tuple(sorted({m for s in r.steps for m in marks.get(s.power.id, ())})) for r in rules.routes.values()
    }
    # the sentences of a legend stand in the report already; the numbers lead to them
    extras = Extras(marks={p: tuple(m) for p, m in marks.items()})
    made: list[Picture] = []
    spent = 0
    for route in sorted(rules.routes.values(), key=lambda r: not by_route[r.id]):
        drawn = Label("", "")
        if spent < enough:
            drawn = both.say(lambda w, r=route: route_svg(w, route_plan(w, r, extras)))
            spent += len(drawn.zh.encode()) + len(drawn.en.encode())
        steps = tuple(
            Step(
                both.say(lambda w, p=s.power: w.actors(p.by, p.joint)),
                both.say(lambda w, p=s.power: w.act(p.act)),
                s.power.id,
                both.say(lambda w, p=s.power: w.place(p.citation)),
            )
            for s in route.steps
        )
        title = both.say(lambda w, r=route: w.label(r.label) or w.place(r.citation))
        place = both.say(lambda w, r=route: w.place(r.citation))
        made.append(Picture(route.id, title, place, steps, by_route[route.id], drawn))
    return tuple(made)
