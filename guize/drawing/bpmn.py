"""A route as BPMN 2.0 XML with layout: a pool, a lane for each actor, and the places of all shapes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from itertools import pairwise

from guize.drawing.lanes import rows
from guize.drawing.plan import RoutePlan
from guize.drawing.process import EXCLUSIVE, PARALLEL, TASK, Element, Flow, Net, net
from guize.drawing.text import wrap
from guize.wording import Wording

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACE = "https://guize.invalid/bpmn"
LANE, HEADS, LEFT, TOP, CELL = 190.0, 60.0, 160.0, 80.0, 150.0
"""Lanes are at least so high: higher where a condition takes many lines."""
LABEL, LINE, LABEL_WIDTH, WORD = 11.0, 14.0, 2 * CELL - 20, 90.0
"""Print of labels as modelers set it: size, distance of lines; widths of a condition and of a word or two."""
PASS_BY, GO_BACK = 36.0, 54.0
"""How far below a gateway the flows run that pass a step by, and those that return."""
SIZES = {TASK: (120.0, 84.0), EXCLUSIVE: (44.0, 44.0), PARALLEL: (44.0, 44.0)}
EVENT = (36.0, 36.0)

Bounds = tuple[float, float, float, float]


def document(words: Wording, plan: RoutePlan) -> str:
    """The file. A step that may be passed by stands behind a choice on the variable `take_STEP`, a return behind
    one on `back_STEP`: both are for whoever runs the model to set; without them the paper passes by, or goes on."""
    for prefix, uri in (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DD), ("xsi", XSI)):
        ET.register_namespace(prefix, uri)
    made = net(plan, words.pick("不适用", "otherwise"), words.pick("退回", "returned"))
    root = ET.Element(_b("definitions"), {"id": f"definitions_{plan.id}", "targetNamespace": NAMESPACE})
    collaboration = ET.SubElement(root, _b("collaboration"), {"id": f"collaboration_{plan.id}"})
    pool = {"id": f"pool_{plan.id}", "name": plan.title, "processRef": plan.id}
    ET.SubElement(collaboration, _b("participant"), pool)
    process = ET.SubElement(root, _b("process"), {"id": plan.id, "name": plan.title, "isExecutable": "true"})
    ET.SubElement(process, _b("documentation")).text = plan.subtitle
    _lane_set(process, plan, made)
    for element in made.elements:
        _element(process, element, made)
    for flow in made.flows:
        _flow(process, flow)
    _diagram(root, plan, made)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _b(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _lane_set(process: ET.Element, plan: RoutePlan, made: Net) -> None:
    lanes = ET.SubElement(process, _b("laneSet"), {"id": f"lanes_{plan.id}"})
    for number, name in enumerate(plan.lanes):
        lane = ET.SubElement(lanes, _b("lane"), {"id": f"lane_{plan.id}_{number}", "name": name})
        for element in made.elements:
            if element.node.lane == number:
                ET.SubElement(lane, _b("flowNodeRef")).text = element.id


def _element(process: ET.Element, element: Element, made: Net) -> None:
    attributes = {"id": element.id}
    event_or_task = element.id.startswith("step_")
    if event_or_task:
        attributes["name"] = element.node.title
    default = next((f.id for f in made.flows if f.source == element.id and f.default), "")
    if default and element.kind == EXCLUSIVE and sum(f.source == element.id for f in made.flows) > 1:
        attributes["default"] = default
    if element.kind in (EXCLUSIVE, PARALLEL):
        several = sum(f.source == element.id for f in made.flows) > 1
        attributes["gatewayDirection"] = "Diverging" if several else "Converging"
    made_element = ET.SubElement(process, _b(element.kind), attributes)
    notes = [*(n.text for n in element.node.notes), *(x.text for x in element.node.limits)]
    if event_or_task and notes:
        ET.SubElement(made_element, _b("documentation")).text = "\n".join(notes)
    for flow in made.flows:
        if flow.target == element.id:
            ET.SubElement(made_element, _b("incoming")).text = flow.id
    for flow in made.flows:
        if flow.source == element.id:
            ET.SubElement(made_element, _b("outgoing")).text = flow.id


def _flow(process: ET.Element, flow: Flow) -> None:
    attributes = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
    if flow.label:
        attributes["name"] = flow.label
    made = ET.SubElement(process, _b("sequenceFlow"), attributes)
    if flow.condition:
        kind = {f"{{{XSI}}}type": "bpmn:tFormalExpression"}
        ET.SubElement(made, _b("conditionExpression"), kind).text = flow.condition


# places


def places(plan: RoutePlan, made: Net) -> dict[str, Bounds]:
    """Left, top, width and height of every shape: time from left to right, a lane below the other."""
    at = rows(plan)
    deepest = {r: max(e.order for e in made.elements if at[e.step] == r) + 1 for r in set(at.values())}
    first: dict[int, float] = {}
    x = LEFT + 40
    for row in sorted(deepest):
        first[row] = x
        x += deepest[row] * CELL
    found: dict[str, Bounds] = {}
    lane = lane_height(made)
    for element in made.elements:
        w, h = SIZES.get(element.kind, EVENT)
        cell = first[at[element.step]] + element.order * CELL
        top = TOP + element.node.lane * lane
        found[element.id] = (cell + (CELL - w) / 2, top + (lane - h) / 2, w, h)
    return found


def lane_height(made: Net) -> float:
    """The height of every lane: the longest condition has room above its task."""
    lines = max((len(wrap(f.label, LABEL, LABEL_WIDTH)) for f in made.flows if not f.around), default=0)
    return max(LANE, SIZES[TASK][1] + 2 * (lines * LINE + 10))


def label_place(flow: Flow, one: Bounds, two: Bounds) -> Bounds | None:
    """Where the label of a flow stands: a condition above its task, a word below a flow that goes around."""
    if not flow.label:
        return None
    (x, y, w, h), (u, v, a, _) = one, two
    if not flow.around:
        high = LINE * len(wrap(flow.label, LABEL, LABEL_WIDTH))
        return (x + w / 2 - CELL / 2 + 10, v - 4 - high, LABEL_WIDTH, high)
    below = y + h + (GO_BACK if flow.returns else PASS_BY)
    middle = x + w / 2 - WORD / 2 - 10 if flow.returns else (x + w / 2 + u + a / 2) / 2
    return (middle - WORD / 2, below + 2, WORD, LINE)


def _diagram(root: ET.Element, plan: RoutePlan, made: Net) -> None:
    diagram = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": f"diagram_{plan.id}"})
    plane = {"id": f"plane_{plan.id}", "bpmnElement": f"collaboration_{plan.id}"}
    inside = ET.SubElement(diagram, f"{{{DI}}}BPMNPlane", plane)
    at = places(plan, made)
    right = max(x + w for x, _, w, _ in at.values()) + 60
    high = lane_height(made)
    whole = (LEFT - HEADS, TOP, right - LEFT + HEADS, high * len(plan.lanes))
    _shape(inside, f"pool_{plan.id}", whole, True)
    for number in range(len(plan.lanes)):
        lane = (LEFT - HEADS / 2, TOP + number * high, right - LEFT + HEADS / 2, high)
        _shape(inside, f"lane_{plan.id}_{number}", lane, True)
    for element in made.elements:
        _shape(inside, element.id, at[element.id])
    for number, flow in enumerate(made.flows):
        edge = ET.SubElement(inside, f"{{{DI}}}BPMNEdge", {"id": f"{flow.id}_di", "bpmnElement": flow.id})
        for x, y in waypoints(at, flow, number, high):
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
        told = label_place(flow, at[flow.source], at[flow.target])
        if told:
            _bounds(ET.SubElement(edge, f"{{{DI}}}BPMNLabel"), told)


def _shape(plane: ET.Element, element: str, bounds: Bounds, horizontal: bool = False) -> None:
    attributes = {"id": f"{element}_di", "bpmnElement": element}
    if horizontal:
        attributes["isHorizontal"] = "true"
    shape = ET.SubElement(plane, f"{{{DI}}}BPMNShape", attributes)
    _bounds(shape, bounds)


def _bounds(parent: ET.Element, bounds: Bounds) -> None:
    names = ("x", "y", "width", "height")
    ET.SubElement(parent, f"{{{DC}}}Bounds", {n: f"{v:g}" for n, v in zip(names, bounds, strict=True)})


def waypoints(at: Mapping[str, Bounds], flow: Flow, number: int, high: float) -> list[tuple[float, float]]:
    """The corners of an arrow, beside all shapes: straight where nothing is in the way, else along the edges of cells
    and the border of a lane (`high` is the height of lanes). What goes around or back runs below the shapes of a lane.
    `number` keeps arrows apart."""
    one, two = at[flow.source], at[flow.target]
    (x, y, w, h), (u, v, a, b) = one, two
    aside = 3 + number % 3 * 4.0
    before = u - (CELL - a) / 2 + aside
    if flow.around:
        below = GO_BACK if flow.returns else PASS_BY
        first, last = y + h + below, v + b + below
        turn = [] if first == last else [(before, first), (before, last)]
        return [(x + w / 2, y + h), (x + w / 2, first), *turn, (u + a / 2, last), (u + a / 2, v + b)]
    start, end = (x + w, y + h / 2), (u, v + b / 2)
    others = [box for name, box in at.items() if name not in (flow.source, flow.target)]
    for path in (
        [start, end] if start[1] == end[1] else [start, (before, start[1]), (before, end[1]), end],
        _along_the_border(start, end, (x + w + (CELL - w) / 2 - aside, before), TOP, high, number),
    ):
        if not any(crosses(p, q, box) for p, q in pairwise(path) for box in others):
            return path
    return path


def _along_the_border(
    start: tuple[float, float],
    end: tuple[float, float],
    edges: tuple[float, float],
    top: float,
    high: float,
    number: int,
) -> list[tuple[float, float]]:
    """Out at the edge of the one cell, along the upper border of the target's lane, in at the edge of the other."""
    border = top + (end[1] - top) // high * high + 2 + number % 3
    (after, before) = edges
    return [start, (after, start[1]), (after, border), (before, border), (before, end[1]), end]


def crosses(one: tuple[float, float], two: tuple[float, float], box: Bounds) -> bool:
    """Whether a level or upright line passes through the inside of a shape."""
    (x, y), (u, v), (left, top, w, h) = one, two, box
    return min(x, u) < left + w and max(x, u) > left and min(y, v) < top + h and max(y, v) > top
