"""A route as Mermaid, DOT and GraphML."""

from __future__ import annotations

import io

import networkx as nx

from guize.drawing.plan import RETURN, Node, RoutePlan
from model.graphs.routes import END, START


def mermaid(plan: RoutePlan) -> str:
    """A flowchart with a subgraph for each actor."""
    lines = ["---", f"title: {_quoted(plan.title)}", "---", "flowchart TD"]
    for number, lane in enumerate(plan.lanes):
        lines.append(f"  subgraph lane{number}[{_quoted(lane)}]")
        lines += [f"    {_shape(n)}" for n in plan.nodes if n.lane == number]
        lines.append("  end")
    for edge in plan.edges:
        arrow = "-.->" if edge.kind == RETURN else "-->"
        lines.append(f"  n_{edge.source} {arrow} n_{edge.target}")
    return "\n".join(lines) + "\n"


def _shape(node: Node) -> str:
    text = _quoted("<br/>".join([node.title, *(n.text for n in node.notes), *(x.text for x in node.limits)]))
    return f"n_{node.id}([{text}])" if node.kind in (START, END) else f"n_{node.id}[{text}]"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "#quot;").replace("\n", " ") + '"'


def dot(plan: RoutePlan) -> str:
    """A digraph with a cluster for each actor."""
    lines = [f"digraph {_string(plan.id)} {{", f"  label={_string(plan.title)}; labelloc=t; rankdir=TB;"]
    lines.append('  node [shape=box, style=rounded, fontname="Noto Sans CJK SC"]; fontname="Noto Sans CJK SC";')
    for number, lane in enumerate(plan.lanes):
        lines.append(f"  subgraph cluster_{number} {{ label={_string(lane)};")
        for node in (n for n in plan.nodes if n.lane == number):
            label = "\n".join([node.title, *(n.text for n in node.notes), *(x.text for x in node.limits)])
            style = ", style=dashed" if node.may else ""
            lines.append(f"    {_string(node.id)} [label={_string(label)}{style}];")
        lines.append("  }")
    for edge in plan.edges:
        style = " [style=dashed, constraint=false]" if edge.kind == RETURN else ""
        lines.append(f"  {_string(edge.source)} -> {_string(edge.target)}{style};")
    return "\n".join([*lines, "}"]) + "\n"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def graphml(plan: RoutePlan) -> str:
    """Nodes with `title`, `actor`, `notes`, `limits`, `kind`, `may`; edges with `kind`."""
    graph = nx.MultiDiGraph(title=plan.title, subtitle=plan.subtitle)
    for node in plan.nodes:
        graph.add_node(
            node.id,
            title=node.title,
            actor=plan.lanes[node.lane],
            kind=node.kind,
            may=node.may,
            notes="\n".join(n.text for n in node.notes),
            limits="\n".join(x.text for x in node.limits),
        )
    for number, edge in enumerate(plan.edges):
        graph.add_edge(edge.source, edge.target, key=f"e{number}", kind=edge.kind)
    return _graphml(graph)


def plain_graphml(graph: nx.MultiDiGraph) -> str:
    """Any other graph of the rule set, with its attributes as text."""
    made = nx.MultiDiGraph()
    made.graph.update({k: str(v) for k, v in graph.graph.items()})
    for node, data in graph.nodes(data=True):
        made.add_node(node, **{k: _plain(v) for k, v in data.items()})
    for number, (one, two, key, data) in enumerate(graph.edges(keys=True, data=True)):
        made.add_edge(one, two, key=f"e{number}", norm=str(key), **{k: _plain(v) for k, v in data.items()})
    return _graphml(made)


def _plain(value: object) -> str | bool | int:
    if isinstance(value, (bool, int, str)):
        return value
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list, frozenset)) else str(value)


def _graphml(graph: nx.MultiDiGraph) -> str:
    """The keys of edges become their ids, which the format wants to be unique."""
    stream = io.BytesIO()
    nx.write_graphml(graph, stream, encoding="utf-8")
    return stream.getvalue().decode("utf-8") + "\n"
