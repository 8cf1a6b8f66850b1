"""A route as a net of tasks and gateways: what BPMN needs beyond the steps.

Of each step, in this order where needed: a join (several steps come before it), a merge (a return leads here), a
choice (it may be left out, or has a condition), the task, a return choice, the merge of the choice, a fork.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from guize.drawing.plan import RETURN, Node, RoutePlan
from model.graphs.routes import END, START

EXCLUSIVE, PARALLEL, TASK = "exclusiveGateway", "parallelGateway", "userTask"
START_EVENT, END_EVENT = "startEvent", "endEvent"


@dataclass(frozen=True)
class Element:
    """One shape. `step` is the step it belongs to (or start, end); `order` its place among those of the step."""

    id: str
    kind: str
    step: str
    order: int
    node: Node


@dataclass(frozen=True)
class Flow:
    """One arrow. `label` is shown; `condition` is the name of the variable that must be true, or empty."""

    id: str
    source: str
    target: str
    label: str = ""
    condition: str = ""
    default: bool = False
    around: bool = False

    @property
    def returns(self) -> bool:
        """Whether it leads back to an earlier step."""
        return self.around and not self.default


@dataclass(frozen=True)
class Net:
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]


def optional(node: Node) -> bool:
    """Whether a paper may pass the step by."""
    return node.may or any(n.tone == "condition" for n in node.notes)


def net(plan: RoutePlan, else_label: str, back_label: str) -> Net:
    """The net of a route; `else_label` and `back_label` name the flows that pass by and that return."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    back = {e.source: e.target for e in plan.edges if e.kind == RETURN}
    for edge in plan.edges:
        if edge.kind != RETURN:
            before.setdefault(edge.target, []).append(edge.source)
            after.setdefault(edge.source, []).append(edge.target)
    elements: list[Element] = []
    flows: list[Flow] = []
    entry: dict[str, str] = {}
    leave: dict[str, str] = {}

    def flow(source: str, target: str, label: str = "", condition: str = "", **more: bool) -> None:
        flows.append(Flow(f"flow_{len(flows)}", source, target, label, condition, **more))

    merges = set(back.values())
    for node in plan.nodes:
        chain: list[tuple[str, str]] = []
        if len(before.get(node.id, ())) > 1:
            chain.append((f"join_{node.id}", PARALLEL))
        if node.id in merges:
            chain.append((f"merge_{node.id}", EXCLUSIVE))
        if optional(node):
            chain.append((f"choice_{node.id}", EXCLUSIVE))
        chain.append((f"step_{node.id}", {START: START_EVENT, END: END_EVENT}.get(node.kind, TASK)))
        if node.id in back:
            chain.append((f"return_{node.id}", EXCLUSIVE))
        if optional(node):
            chain.append((f"rest_{node.id}", EXCLUSIVE))
        if len(after.get(node.id, ())) > 1:
            chain.append((f"fork_{node.id}", PARALLEL))
        elements += [Element(i, kind, node.id, order, node) for order, (i, kind) in enumerate(chain)]
        for (one, _), (two, _) in pairwise(chain):
            if one.startswith("choice_"):
                condition = "；".join(n.text for n in node.notes if n.tone in ("condition", "may"))
                flow(one, two, condition, f"take_{node.id}")
            else:
                flow(one, two, default=one.startswith("return_"))
        if optional(node):
            flow(f"choice_{node.id}", f"rest_{node.id}", else_label, default=True, around=True)
        entry[node.id], leave[node.id] = chain[0][0], chain[-1][0]
    for source, target in back.items():
        flow(f"return_{source}", f"merge_{target}", back_label, f"back_{source}", around=True)
    for edge in plan.edges:
        if edge.kind != RETURN:
            # what leads into a step that has a join, a merge or a choice leads to the first of them
            source = leave[edge.source]
            flow(source, entry[edge.target], default=source.startswith("return_"))
    return Net(tuple(elements), tuple(flows))
