"""The graph of one route: steps, actors, branches, returns. What the text says, whatever the situation."""

from __future__ import annotations

import networkx as nx

from model import deadlines
from model import expressions as ex
from model.graphs.course import returns
from model.norms import Bound, Power, Route, StandIn
from model.ruleset import RuleSet

START, END = deadlines.START, deadlines.END
FLOW, RETURN = "flow", "return"


def route_graph(route: Route) -> nx.MultiDiGraph:
    """Nodes `start`, `end` and the step ids; edges with `kind` flow or return.

    A step node has `act`, `by` (the set expression as text), `may` (it may be left out), `joint` (all of the set
    act), `conditional` (only on some of the route's papers), `norm` (the power's id). A branch is a node with
    several flows out of it.
    """
    graph = nx.MultiDiGraph(id=route.id)
    graph.add_node(START, kind=START)
    for step in route.steps:
        power = step.power
        graph.add_node(
            step.id,
            kind="step",
            act=power.act,
            by=str(power.by),
            may=power.may,
            joint=power.joint,
            conditional=conditional(route, power),
            norm=power.id,
        )
    graph.add_node(END, kind=END)
    for event, before in deadlines.predecessors(route).items():
        for one in before:
            graph.add_edge(one, event, kind=FLOW)
    for step, target in returns(route):
        graph.add_edge(step.id, target.id, kind=RETURN)
    return graph


def conditional(route: Route, power: Power) -> bool:
    """Whether a step has a condition, a reading or an authorisation beyond its route's."""
    return power.when != route.when or power.under != route.under or power.delegation is not None


def own_condition(route: Route, power: Power) -> ex.Cond:
    """What a step's condition adds to its route's."""
    shared = route.when.parts if isinstance(route.when, ex.And) else (route.when,)
    parts = power.when.parts if isinstance(power.when, ex.And) else (power.when,)
    return (
        ex.conjunction(*parts[len(shared) :])
        if parts[: len(shared)] == shared and route.when != ex.TRUE
        else (power.when)
    )


def bounds_at(rules: RuleSet, route: Route) -> dict[str, tuple[Bound, ...]]:
    """By event, the bounds of the route that end there."""
    found: dict[str, list[Bound]] = {}
    for bound in rules.bounds:
        if route.id in bound.routes:
            found.setdefault(bound.end, []).append(bound)
    return {event: tuple(bounds) for event, bounds in found.items()}


def stand_ins_for(rules: RuleSet, power: Power) -> tuple[StandIn, ...]:
    """The stand-in norms that may pass this power's act on, by the offices both name."""
    mine = offices_in(rules, power.by)
    return tuple(n for n in rules.stand_ins if n.passes(power.act) and mine & offices_in(rules, n.principals))


def offices_in(rules: RuleSet, actors: ex.ActorSet) -> frozenset[str]:
    """The offices whose holders may belong to a set, is-a included, whatever the situation."""
    v = rules.vocabulary
    found: set[str] = set()
    match actors:
        case ex.Name(name) if name in v.offices:
            found |= {o for o in v.offices if name in v.ancestors(o)}
        case ex.Name(name) if name in v.sets:
            found |= offices_in(rules, v.sets[name].members)
        case ex.Name(name) if name in v.roles:
            found |= offices_in(rules, v.roles[name].among)
        case ex.Image(name, _) if name in v.relations:
            found |= offices_in(rules, v.relations[name].target)
        case ex.Image(_, of) | ex.When(of, _) | ex.Minus(of, _):
            found |= offices_in(rules, of)
        case ex.Union(parts):
            found |= frozenset().union(*(offices_in(rules, p) for p in parts))
        case ex.Both(parts):
            found |= frozenset.intersection(*(offices_in(rules, p) for p in parts))
        case _:
            pass
    return frozenset(found)
