"""What a norm can be about, read off its words alone: papers it may reach, offices it may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model import expressions as ex
from model.norms import Norm, Route
from model.ruleset import RuleSet
from model.vocabulary import Vocabulary


def parts(rules: RuleSet) -> Iterator[Norm]:
    """The instrument's own norms, with the steps of its routes."""
    for norm in rules.own_norms():
        yield norm
        if isinstance(norm, Route):
            yield from (s.power for s in norm.steps)


def may_hold(v: Vocabulary, node: ex.Cond, given: Mapping[str, str]) -> bool:
    """Whether a condition is not false on every paper with the attributes given, whatever else is so.

    Three-valued: what the attributes do not settle is open, and a condition that comes out open may hold. So a
    condition that may hold need not; one that may not hold never does.
    """
    return _value(v, node, given) is not False


def _value(v: Vocabulary, node: ex.Cond, given: Mapping[str, str]) -> bool | None:
    match node:
        case ex.Const(value):
            return value
        case ex.Flag(name) if name in v.terms:
            return _value(v, v.terms[name].condition, given)
        case ex.Flag(name):
            return given[name] == "true" if name in given else None
        case ex.Is(attribute, values):
            return given[attribute] in values if attribute in given else None
        case ex.IsNot(attribute, value):
            return given[attribute] != value if attribute in given else None
        case ex.Not(of):
            inner = _value(v, of, given)
            return None if inner is None else not inner
        case ex.And(of):
            found = [_value(v, p, given) for p in of]
            return False if False in found else None if None in found else True
        case ex.Or(of):
            found = [_value(v, p, given) for p in of]
            return True if True in found else None if None in found else False
        case _:
            return None


def attributes_in(v: Vocabulary, node: ex.Node) -> frozenset[str]:
    """The attributes of papers an expression speaks of, through terms, sets and roles too."""
    found: set[str] = set()
    for inner in _spread(v, node):
        if isinstance(inner, (ex.Is, ex.IsNot)):
            found.add(inner.attribute)
        elif isinstance(inner, ex.Flag) and inner.name in v.attributes:
            found.add(inner.name)
    return frozenset(found)


def names_in(v: Vocabulary, node: ex.Node) -> frozenset[str]:
    """The offices, bodies, sets and roles an expression names, through sets and roles too."""
    return frozenset(n.name for n in _spread(v, node) if isinstance(n, ex.Name))


def _spread(v: Vocabulary, root: ex.Node) -> Iterator[ex.Node]:
    stack: list[ex.Node] = [root]
    seen: set[ex.Node] = set()
    while stack:
        top = stack.pop()
        if top in seen:
            continue
        seen.add(top)
        for node in top.walk():
            yield node
            if isinstance(node, ex.Name) and node.name in v.sets:
                stack.append(v.sets[node.name].members)
            elif isinstance(node, ex.Name) and node.name in v.roles:
                stack.append(v.roles[node.name].among)
            elif isinstance(node, ex.Flag) and node.name in v.terms:
                stack.append(v.terms[node.name].condition)


def offices_in(v: Vocabulary, node: ex.ActorSet) -> frozenset[str]:
    """The offices whose holders a set may contain: an upper bound, for conditions and differences are not looked at."""
    match node:
        case ex.Name(name) if name in v.offices:
            return frozenset(o for o in v.offices if name in v.ancestors(o))
        case ex.Name(name) if name in v.sets:
            return offices_in(v, v.sets[name].members)
        case ex.Name(name) if name in v.roles:
            return offices_in(v, v.roles[name].among)
        case ex.Name():
            return frozenset()
        case ex.Image(function, _) if function in v.relations:
            return offices_in(v, v.relations[function].target)
        case ex.Image(_, of):
            return offices_in(v, of)
        case ex.When(of, _):
            return offices_in(v, of)
        case ex.Minus(left, _):
            return offices_in(v, left)
        case ex.Union(of):
            return frozenset().union(*(offices_in(v, p) for p in of))
        case ex.Both(of):
            first, *rest = (offices_in(v, p) for p in of)
            return first.intersection(*rest)
        case _:
            return frozenset()
