"""Who answers to whom for which act: whose work whom the rules have looked at or decided upon next."""

from __future__ import annotations

import networkx as nx

from model.graphs.course import earlier
from model.ruleset import RuleSet


def answering_graph(rules: RuleSet) -> nx.MultiDiGraph:
    """Nodes are actors as the text names them (set expressions); an edge leads from who answers to whom.

    A step's actor answers to that of the nearest step after it that looks at the paper or decides. Somebody who
    asks for himself answers to whoever decides on papers of his role. Edges have `act`, `norm` and `route`.
    """
    graph = nx.MultiDiGraph()
    for route in rules.routes.values():
        before = earlier(route)
        looks = [s for s in route.steps if rules.is_scrutiny(s.power.act) or rules.is_decisive(s.power.act)]
        for step in route.steps:
            after = [t for t in looks if step.id in before[t.id]]
            nearest = [t for t in after if not any(o.id in before[t.id] for o in after)]
            for target in nearest:
                one, two = str(step.power.by), str(target.power.by)
                if one != two:
                    graph.add_edge(one, two, key=target.power.id, act=target.power.act, route=route.id)
    for role in rules.vocabulary.roles.values():
        if role.requester:
            for route in rules.routes.values():
                asks = [s for s in route.steps if role.id in _names(str(s.power.by))]
                for step in asks:
                    for target in (t for t in route.steps if rules.is_decisive(t.power.act)):
                        if str(target.power.by) != role.id:
                            key = target.power.id
                            graph.add_edge(role.id, str(target.power.by), key=key, act=target.power.act, route=route.id)
                    graph.add_node(str(step.power.by))
    return graph


def _names(text: str) -> set[str]:
    return set(text.replace("(", " ").replace(")", " ").split())
