"""Measures of a route in one situation: its longest chain of hands, and on whom alone it depends."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from model.competence import Competence
from model.graphs.course import Course, earlier
from model.norms import Route
from model.situation import Situation

IN, OUT = "in", "out"


def longest_chain(competence: Competence, route: Route) -> tuple[str, ...]:
    """Ids of the longest sequence of required steps, one after another. Empty where the route has none."""
    course = Course(competence, route)
    order = nx.DiGraph()
    order.add_nodes_from(s.id for s in route.steps if s.id in course.required)
    order.add_edges_from((a, b) for b in course.required for a in earlier(route)[b] if a in course.required)
    return tuple(nx.dag_longest_path(order))


def hands_network(competence: Competence, route: Route) -> nx.Graph:
    """How the paper gets through: a gate before each required step, its hands between that gate and the next.

    Nodes: gates `(step, "in")` and `(step, "out")`, officials as `(step, actor)`. A step nobody can do leaves
    its gates unconnected. Steps are taken one after another in the order of the text.
    """
    course = Course(competence, route)
    graph = nx.Graph()
    last: object = IN
    graph.add_node(last)
    for step in (s for s in route.steps if s.id in course.required):
        gate, done = (step.id, IN), (step.id, OUT)
        graph.add_edge(last, gate)
        graph.add_node(done)
        if step.id in course.able:
            actors = {a for seat in competence.seats(step.power) for a in competence.fill(seat, step.power)}
            for actor in actors:
                graph.add_edge(gate, (step.id, actor))
                graph.add_edge((step.id, actor), done)
        last = done
    graph.add_edge(last, OUT)
    return graph


def cut_hands(competence: Competence, route: Route) -> frozenset[tuple[str, str]]:
    """The hands that are cut vertices of the network: step and official, without whom the paper stops."""
    people = set(competence.situation.cast.ids)
    found = nx.articulation_points(hands_network(competence, route))
    return frozenset(n for n in found if isinstance(n, tuple) and n[1] in people)


@dataclass(frozen=True)
class SinglePoint:
    """A step that the absence of one holder of `office` alone stops, as it does in `situation`."""

    step: str
    office: str
    situation: Situation


def stopped(competence: Competence, route: Route) -> frozenset[str]:
    """Where exactly one is absent: ids of the required steps that nobody can do though each is named for it."""
    if len(competence.situation.absent) != 1:
        return frozenset()
    course = Course(competence, route)
    return frozenset(
        s
        for s in course.required - course.able
        if competence.situation.absent[0] in competence.seats(course.steps[s].power)
    )
