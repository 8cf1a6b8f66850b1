"""A route as an SVG picture: a lane for each actor from left to right, time from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guize.drawing import canvas as cv
from guize.drawing.plan import RETURN, Edge, Node, Note, RoutePlan
from guize.drawing.text import width
from model.graphs.routes import END, START

GUTTER, FIRST, MARGIN, PAD, SIDES = 40.0, 14.0, 20.0, 9.0, 40.0
"""Room above a row, above the first one, around the picture, inside a box, and beside the boxes of a lane."""
WIDE_LANE, NARROW_LANE, MANY = 214.0, 178.0, 7
"""Lanes are narrower where there are at least so many of them, and boxes name their actor again."""
LIMITS = 230.0
TITLE, SMALL, HEAD, LEGEND = 14.0, 11.5, 13.0, 12.5
BADGE = 9.0
READABLE = 1100.0
"""A legend is no wider than this, that its lines can be read without scrolling."""


@dataclass(frozen=True)
class Box:
    """Where a node is drawn."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    row: int

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Layout:
    """The places of everything: boxes by node id, the gutters above each row, the size of the page."""

    boxes: dict[str, Box]
    above: tuple[float, ...]
    lane: float
    top: float
    foot: float
    width: float


def lane_width(plan: RoutePlan) -> float:
    """The width of every lane, in pixels."""
    return WIDE_LANE if len(plan.lanes) < MANY else NARROW_LANE


def rows(plan: RoutePlan) -> dict[str, int]:
    """A row for each node: below all that comes before it, and no two in one lane share one."""
    taken: set[tuple[int, int]] = set()
    found: dict[str, int] = {}
    before: dict[str, list[str]] = {}
    for edge in plan.edges:
        if edge.kind != RETURN:
            before.setdefault(edge.target, []).append(edge.source)
    for node in plan.nodes:
        row = max((found[b] + 1 for b in before.get(node.id, ()) if b in found), default=0)
        if node.kind == END:
            row = max(found.values()) + 1
        while (row, node.lane) in taken:
            row += 1
        taken.add((row, node.lane))
        found[node.id] = row
    return found


def title_room(node: Node, inner: float) -> tuple[float, float]:
    """The width for a title beside the numbers of findings, and how far below them it begins instead, where its
    longest word would not fit beside them."""
    if not node.marks:
        return inner, 0.0
    beside = inner - 2 * BADGE * len(node.marks) - 4
    words = node.title.split() if node.title.isascii() else [node.title[:2]]
    fits = max(width(word, TITLE) for word in words) <= beside
    return (beside, 0.0) if fits else (inner, 2 * BADGE + 2)


def box_height(node: Node, wide: float) -> float:
    """How high a node's box of this width must be for everything in it to fit."""
    if node.kind in (START, END):
        return 30.0
    inner = wide - 2 * PAD
    room, lower = title_room(node, inner)
    title = cv.block_height(node.title, room, TITLE) + lower
    return 2 * PAD + title + sum(cv.block_height(n.text, inner, SMALL) for n in node.notes)


def layout(plan: RoutePlan, top: float) -> Layout:
    """Places for everything. `top` is where the lanes' heads begin."""
    at = rows(plan)
    lane = lane_width(plan)
    full = lane - SIDES
    head = max(cv.block_height(name, lane - 2 * PAD, HEAD) for name in plan.lanes) + 2 * PAD
    y = top + head
    boxes: dict[str, Box] = {}
    above: list[float] = []
    for row in range(max(at.values()) + 1):
        above.append(y)
        y += GUTTER if row else FIRST
        inside = [n for n in plan.nodes if at[n.id] == row]
        limits = sum(_limits_height(n) for n in inside)
        height = max([box_height(n, full) for n in inside] + [limits])
        for node in inside:
            wide = 76.0 if node.kind in (START, END) else full
            x = MARGIN + node.lane * lane + (lane - wide) / 2
            boxes[node.id] = Box(node, x, y, wide, box_height(node, full), row)
        y += height
    timed = any(n.limits for n in plan.nodes)
    width = 2 * MARGIN + len(plan.lanes) * lane + (LIMITS if timed else 0)
    return Layout(boxes, tuple(above), lane, top, y + 16, max(width, 560.0))


def _limits_height(node: Node) -> float:
    return sum(cv.block_height(x.text, LIMITS - 2 * PAD - 12, SMALL) + 4 for x in node.limits)


def svg(plan: RoutePlan, heading: str = "", time: str = "", findings: str = "") -> str:
    """The picture as an SVG document. `heading` names the instrument, `time` and `findings` head the limits and the
    legend."""
    canvas, width, height = draw(plan, heading, time, findings)
    return canvas.svg(width, height, plan.title)


def draw(plan: RoutePlan, heading: str, time: str, findings: str) -> tuple[cv.Canvas, float, float]:
    """The picture on a canvas, with its width and height in pixels. See `svg`."""
    plan = _named(plan)
    canvas = cv.Canvas()
    guess = layout(plan, 0).width
    y = MARGIN
    if heading:
        y = canvas.block(heading, MARGIN, y, guess - 2 * MARGIN, SMALL, cv.QUIET)
    y = canvas.block(plan.title, MARGIN, y + 2, guess - 2 * MARGIN, 18, bold=True)
    y = canvas.block(plan.subtitle, MARGIN, y + 2, guess - 2 * MARGIN, SMALL, cv.QUIET)
    places = layout(plan, y + 12)
    _lanes(canvas, plan, places, time)
    for number, edge in enumerate(plan.edges):
        _edge(canvas, places, edge, number)
    timed: dict[int, float] = {}
    for box in places.boxes.values():
        _box(canvas, box)
        y = timed.get(box.row, box.y)
        timed[box.row] = _limits(canvas, box, MARGIN + len(plan.lanes) * lane_width(plan), y)
    bottom = places.foot + 14
    if plan.legend:
        bottom = canvas.block(findings, MARGIN, bottom, guess - 2 * MARGIN, HEAD, bold=True) + 4
    for entry in plan.legend:
        colour = cv.TONES[entry.severity]
        canvas.circle(MARGIN + BADGE, bottom + BADGE, BADGE, colour)
        canvas.line(str(entry.number), MARGIN + BADGE, bottom + 1, 11, cv.PAPER, True, True)
        left = MARGIN + 2 * BADGE + 8
        room = min(guess - left - MARGIN, READABLE)
        bottom = canvas.block(entry.title, left, bottom, room, LEGEND, colour, True)
        bottom = canvas.block(entry.text, left, bottom, room, LEGEND) + 8
    for remark in plan.remarks:
        bottom = canvas.block(remark, MARGIN, bottom, min(guess - 2 * MARGIN, READABLE), LEGEND, cv.QUIET) + 4
    return canvas, places.width, bottom + MARGIN / 2


def _named(plan: RoutePlan) -> RoutePlan:
    """Where there are many lanes, every step names its actor: the heads are out of sight further down."""
    if len(plan.lanes) < MANY:
        return plan
    events = (START, END)
    nodes = (
        n if n.kind in events else replace(n, notes=(Note(plan.lanes[n.lane], "actor"), *n.notes)) for n in plan.nodes
    )
    return replace(plan, nodes=tuple(nodes))


def _lanes(canvas: cv.Canvas, plan: RoutePlan, places: Layout, time: str) -> None:
    head = places.above[0] - places.top
    names, lane = list(plan.lanes), lane_width(plan)
    for number, name in enumerate(names):
        x = MARGIN + number * lane
        fill = "#f4f6fa" if number % 2 == 0 else "#fafbfd"
        canvas.rect(x, places.top, lane, places.foot - places.top, fill, "#d5dbe6", 0)
        canvas.rect(x, places.top, lane, head, "#e3e8f2", "#d5dbe6", 0)
        tall = cv.block_height(name, lane - 2 * PAD, HEAD)
        canvas.block(name, x + lane / 2, places.top + (head - tall) / 2, lane - 2 * PAD, HEAD, bold=True, middle=True)
    if any(n.limits for n in plan.nodes):
        x = MARGIN + len(names) * lane
        canvas.rect(x, places.top, LIMITS, places.foot - places.top, cv.PAPER, "#d5dbe6", 0)
        canvas.rect(x, places.top, LIMITS, head, "#eef0f4", "#d5dbe6", 0)
        tall = cv.block_height(time, LIMITS - 2 * PAD, HEAD)
        canvas.block(
            time, x + LIMITS / 2, places.top + (head - tall) / 2, LIMITS - 2 * PAD, HEAD, bold=True, middle=True
        )


def _box(canvas: cv.Canvas, box: Box) -> None:
    node = box.node
    if node.kind in (START, END):
        canvas.rect(box.x, box.y, box.width, box.height, "#dfe5f0", cv.QUIET, 15)
        canvas.line(node.title, box.middle, box.y + 5, HEAD, middle=True)
        return
    single = any(n.tone == "single" for n in node.notes)
    stroke = cv.TONES["single"] if node.marks or single else cv.LINE
    canvas.rect(box.x, box.y, box.width, box.height, cv.PAPER, stroke, 6, "5 3" if node.may else "")
    inner = box.width - 2 * PAD
    room, lower = title_room(node, inner)
    y = canvas.block(node.title, box.x + PAD, box.y + PAD + lower, room, TITLE, bold=True)
    for note in node.notes:
        y = canvas.block(note.text, box.x + PAD, y, inner, SMALL, cv.TONES[note.tone])
    for number, mark in enumerate(reversed(node.marks)):
        x = box.x + box.width - PAD - BADGE - number * 2 * BADGE
        canvas.circle(x, box.y + PAD + BADGE, BADGE - 0.5, cv.TONES["single"])
        canvas.line(str(mark), x, box.y + PAD + 1, 11, cv.PAPER, True, True)


def _limits(canvas: cv.Canvas, box: Box, x: float, y: float) -> float:
    """The time limits that end at a step; returns the y below them, for the next step of the same row."""
    for limit in box.node.limits:
        colour = cv.TONES.get(limit.tone, cv.QUIET)
        canvas.circle(x + PAD + 3, y + 8, 4, colour)
        y = canvas.block(limit.text, x + PAD + 12, y, LIMITS - 2 * PAD - 12, SMALL, colour) + 4
    return y


def _edge(canvas: cv.Canvas, places: Layout, edge: Edge, number: int) -> None:
    if edge.kind == RETURN:
        canvas.path(edge_points(places, edge, number), "#a4443c", "6 4")
    else:
        canvas.path(edge_points(places, edge, number))


def edge_points(places: Layout, edge: Edge, number: int) -> list[tuple[float, float]]:
    """The corners of an arrow. It runs between the rows and beside the boxes; `number` keeps arrows apart."""
    one, two = places.boxes[edge.source], places.boxes[edge.target]
    shift = (number % 5) * 3.0 - 6.0
    if edge.kind == RETURN:
        left = two.middle - (places.lane - SIDES / 2) / 2 + shift / 2
        below = places.above[one.row] + 10 + shift / 2
        if one.node.lane == two.node.lane:
            return [(one.x, one.y + 16), (left, one.y + 16), (left, two.y + 16), (two.x, two.y + 16)]
        away = one.x - 8 + shift / 2
        return [
            (one.x, one.y + 16),
            (away, one.y + 16),
            (away, below),
            (left, below),
            (left, two.y + 16),
            (two.x, two.y + 16),
        ]
    leave, arrive = places.above[one.row + 1] + 16 + shift, places.above[two.row] + 16 + shift
    if two.row == one.row + 1:
        turn = places.above[two.row] + GUTTER / 2 + shift
        points = [(one.middle, one.bottom), (one.middle, turn), (two.middle, turn), (two.middle, two.y)]
        return [points[0], points[-1]] if one.middle == two.middle else points
    side = two.middle + (places.lane - SIDES / 2) / 2 + shift / 2  # past other rows, where no box stands
    down = [(one.middle, one.bottom), (one.middle, leave), (side, leave)]
    return [*down, (side, arrive), (two.middle, arrive), (two.middle, two.y)]
