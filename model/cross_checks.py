"""What no item shows alone: undefined names, circles, clashes of names, norms that name each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from model import expressions as ex
from model import messages as say
from model import norms as nm
from model import schema
from model.bilingual import Template
from model.building import Builder
from model.parsing import ExpressionError, parse_condition
from model.ruleset import RuleSet
from model.sorts import Names, check_condition, check_set
from model.vocabulary import Vocabulary
from model.yamltext import Loc

# vocabulary


def check_vocabulary(b: Builder, shape: schema.RulesShape, v: Vocabulary) -> None:
    """Every name that the vocabulary uses is defined, nothing by itself, and no name means two things."""
    names = Names(v)
    sets: list[tuple[str, str, Sequence[Any], Any]] = [
        ("sets", "is", shape.sets, lambda x: v.sets[x.id].members),
        ("roles", "among", shape.roles, lambda x: v.roles[x.id].among),
        ("relations", "from", shape.relations, lambda x: v.relations[x.id].source),
        ("relations", "to", shape.relations, lambda x: v.relations[x.id].target),
    ]
    for section, key, items, get in sets:
        for i, item in enumerate(items):
            b.problems((section, i, key), check_set(get(item), names))
    conditions: list[tuple[str, str, Sequence[Any], Any]] = [
        ("roles", "for", shape.roles, lambda x: v.roles[x.id].papers),
        ("terms", "is", shape.terms, lambda x: v.terms[x.id].condition),
        ("facts", "holds", shape.facts, lambda x: _readable(x.holds)),
    ]
    for section, key, items, get in conditions:
        for i, item in enumerate(items):
            b.problems((section, i, key), check_condition(get(item), names))
    for i, office in enumerate(shape.offices):
        for j, parent in enumerate(office.is_a):
            b.known(parent, v.offices, say.OFFICE(), ("offices", i, "is_a", j))
    for i, act in enumerate(shape.acts):
        for j, other in enumerate(act.excludes):
            b.known(other, v.acts, say.ACT(), ("acts", i, "excludes", j))
    ranks = {o.id: [p for p in o.is_a if p in v.offices] for o in v.offices.values()}
    defined = {f"sets.{s.id}": _mentioned(s.members, v) for s in v.sets.values()}
    defined |= {f"terms.{t.id}": _mentioned(t.condition, v) for t in v.terms.values()}
    _acyclic(b, "offices", "is_a", shape.offices, ranks)
    _acyclic(b, "sets", "is", shape.sets, defined, "sets.")
    _acyclic(b, "terms", "is", shape.terms, defined, "terms.")
    _one_namespace(b, shape, v)
    _holders_ids(b, shape, v)


def _readable(text: str) -> ex.Cond:
    """The condition; one that cannot be read is told of where the fact is built."""
    try:
        return parse_condition(text)
    except ExpressionError:
        return ex.TRUE


def _mentioned(node: ex.Node, v: Vocabulary) -> list[str]:
    """The named sets and terms in an expression, as `sets.ID` and `terms.ID`."""
    sets = [f"sets.{n.name}" for n in node.walk() if isinstance(n, ex.Name) and n.name in v.sets]
    return sets + [f"terms.{n.name}" for n in node.walk() if isinstance(n, ex.Flag) and n.name in v.terms]


def _acyclic(
    b: Builder, section: str, key: str, items: Sequence[Any], graph: Mapping[str, list[str]], prefix: str = ""
) -> None:
    places = {item.id: i for i, item in enumerate(items)}
    for name, i in places.items():
        circle = _circle(prefix + name, graph)
        if circle:
            chain = " → ".join(node.rpartition(".")[2] for node in circle)
            b.mistake((section, i, key), say.CIRCULAR(id=name, chain=chain), say.NO_CIRCULAR_DEFINITION())


def _circle(start: str, graph: Mapping[str, Iterable[str]]) -> list[str]:
    """A path from `start` back to itself, or an empty list."""
    stack = [(start, [start])]
    seen: set[str] = set()
    while stack:
        node, path = stack.pop()
        for following in graph.get(node, ()):
            if following == start:
                return [*path, start]
            if following not in seen:
                seen.add(following)
                stack.append((following, [*path, following]))
    return []


def _one_namespace(b: Builder, shape: schema.RulesShape, v: Vocabulary) -> None:
    """Set names share one namespace, and so do condition names; a clash would be read silently one way."""
    for group in (("offices", "bodies", "sets", "roles"), ("attributes", "terms")):
        owner: dict[str, str] = {}
        for section in group:
            for i, item in enumerate(getattr(shape, section)):
                if item.id in owner and owner[item.id] != section:
                    said = say.NAMED_ALREADY(id=item.id, section=owner[item.id])
                    b.mistake((section, i, "id"), said, say.OWN_ID())
                owner.setdefault(item.id, section)
    for i, relation in enumerate(shape.relations):
        if relation.id in (*ex.FUNCTIONS, *_RESERVED):
            b.mistake(("relations", i, "id"), say.RESERVED(id=relation.id), say.ANOTHER_ID())
    for name in _RESERVED:
        if name in {*v.offices, *v.bodies, *v.sets, *v.roles}:
            b.mistake((), say.RESERVED(id=name), say.ANOTHER_ID())


_RESERVED = (ex.PRINCIPAL, ex.EVERYONE)


def _holders_ids(b: Builder, shape: schema.RulesShape, v: Vocabulary) -> None:
    """The holders of an office of several are called ID_1, ID_2 and so on; nobody else may be."""
    places: dict[str, Loc] = {o.id: ("offices", i, "id") for i, o in enumerate(shape.offices)}
    places |= {o.id: ("bodies", i, "id") for i, o in enumerate(shape.bodies)}
    for actor in (*v.offices, *v.bodies):
        stem, _, number = actor.rpartition("_")
        if stem in v.offices and v.offices[stem].many and re.fullmatch("[1-9][0-9]*", number):
            loc = places.get(actor) or places.get(stem)
            if loc:
                b.mistake(loc, say.HOLDERS_ID(id=actor, number=number, office=stem), say.OWN_ID())


# norms


def check_references(b: Builder, shape: schema.RulesShape, norms: Mapping[str, nm.Norm]) -> None:
    """Every norm, route and step that a norm names is there, and can be what it is named as."""
    routes = {n.id: n for n in norms.values() if isinstance(n, nm.Route)}
    ids = [*norms, *(f"{r.id}.{s.id}" for r in routes.values() for s in r.steps)]
    for i, item in enumerate(shape.norms):
        loc: Loc = ("norms", i)
        for key in ("residual_to", "prevails", "yields"):
            for j, other in enumerate(getattr(item, key, ())):
                b.known(other, ids, say.NORM(), (*loc, key, j))
                if key != "yields" and _for_a_principal(norms.get(other)):
                    said = say.GIVES_WAY_TO_ONE_FOR_A_PRINCIPAL(id=other)
                    b.mistake((*loc, key, j), said, say.A_NORM_WITHOUT_PRINCIPAL())
        if isinstance(item, schema.BoundShape):
            for name in ([item.route] if item.route else []) + item.routes:
                b.known(name, routes, say.ROUTE(), (*loc, "route") if name == item.route else (*loc, "routes"))
                if name in routes:
                    events = ["start", "end", *(s.id for s in routes[name].steps)]
                    b.known(item.from_, events, say.STEP_OF(route=name), (*loc, "from"))
                    b.known(item.to, events, say.STEP_OF(route=name), (*loc, "to"))
        if isinstance(item, schema.CadenceShape) and item.route:
            b.known(item.route, routes, say.ROUTE(), (*loc, "route"))
            if item.route in routes:
                b.known(
                    item.step, [s.id for s in routes[item.route].steps], say.STEP_OF(route=item.route), (*loc, "step")
                )
        if isinstance(item, schema.ExclusionShape) and item.route:
            b.known(item.route, routes, say.ROUTE(), (*loc, "route"))
            if item.route in routes:
                for j, step in enumerate(item.steps):
                    b.known(step, [s.id for s in routes[item.route].steps], say.STEP(), (*loc, "steps", j))


def _for_a_principal(norm: nm.Norm | None) -> bool:
    """Whether it depends on the absent official if the norm is in force, so that it cannot be asked in general."""
    return norm is not None and any(isinstance(x, ex.Name) and x.name == ex.PRINCIPAL for x in norm.when.walk())


def check_bodies(b: Builder, shape: schema.RulesShape, norms: Mapping[str, nm.Norm], v: Vocabulary) -> None:
    """Bodies act as a whole: they neither chair, nor stand in, nor are absent."""
    for i, item in enumerate(shape.norms):
        norm = norms.get(item.id)
        parts: list[tuple[str, ex.ActorSet | None, Template]] = []
        if isinstance(norm, nm.Composition) and isinstance(item, schema.CompositionShape):
            parts = [("chair", norm.chair, say.CHAIRED_BY_A_BODY)]
        elif isinstance(norm, nm.StandIn) and isinstance(item, schema.StandInShape):
            parts = [("for", norm.principals, say.STOOD_IN_FOR_A_BODY), ("by", norm.by, say.STOOD_IN_BY_A_BODY)]
        for key, actors, template in parts:
            found = bodies_in(actors, v) if actors else frozenset()
            if found:
                b.mistake(("norms", i, key), template(body=min(found)), say.OFFICES_ONLY())


def bodies_in(node: ex.ActorSet, v: Vocabulary, surely: bool = False) -> frozenset[str]:
    """The bodies that can be in a set; with `surely`, those that always are."""
    return _bodies(node, v, surely, frozenset())


def _bodies(node: ex.ActorSet, v: Vocabulary, surely: bool, inside: frozenset[str]) -> frozenset[str]:
    match node:
        case ex.Name(name) if name in v.bodies and name not in v.offices:
            return frozenset({name})
        case ex.Name(name) if name in v.sets and name not in inside and name not in v.offices:
            return _bodies(v.sets[name].members, v, surely, inside | {name})
        case ex.Image("present", of):
            return _bodies(of, v, surely, inside)
        case ex.When(of):
            return frozenset() if surely else _bodies(of, v, surely, inside)
        case ex.Union(parts):
            return frozenset().union(*(_bodies(p, v, surely, inside) for p in parts))
        case ex.Both(parts):
            first, *rest = (_bodies(p, v, surely, inside) for p in parts)
            return first.intersection(*rest)
        case ex.Minus(left, right):
            return _bodies(left, v, surely, inside) - _bodies(right, v, not surely, inside)
    return frozenset()


def check_strata(b: Builder, shape: schema.RulesShape, rules: RuleSet) -> None:
    """No norm gives way to itself, whatever lies between."""
    for i, item in enumerate(shape.norms):
        own = [item.id, *(name for name in rules.superiors if name.startswith(item.id + "."))]
        circle = next(filter(None, (_circle(name, rules.superiors) for name in own)), [])
        if circle:
            said = say.GIVES_WAY_TO_ITSELF(id=item.id, chain=" → ".join(circle))
            b.mistake(("norms", i), said, say.NO_CIRCULAR_PRECEDENCE())
