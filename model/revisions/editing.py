"""What every edit of a rule set needs: the record, the register of operators, norms changed and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import networkx as nx

from model import expressions as ex
from model.norms import (
    Bound,
    Cadence,
    Exclusion,
    Norm,
    Power,
    Precedence,
    Route,
    Step,
)
from model.ruleset import N, RuleSet
from model.vocabulary import Label


@dataclass(frozen=True)
class Revision:
    """An edit: the operator, what it did in words, the ids of the norms it touched, and the rule set after it."""

    operator: str
    label: Label
    norms: tuple[str, ...]
    rules: RuleSet

    def __repr__(self) -> str:
        return f"{self.operator}({', '.join(self.norms)}): {self.label.en}"


Operator = Callable[[RuleSet], Iterator[Revision]]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    """Enter an operator in the register under its name."""
    OPERATORS[function.__name__] = function
    return function


def edited(name: str, rules: RuleSet, norms: dict[str, Norm], touched: tuple[str, ...], zh: str, en: str) -> Revision:
    place = rules.lookup(touched[0]).citation
    label = Label(f"{place.place('zh')}：{zh}", f"{place.place('en')}: {en}")
    return Revision(name, label, touched, replace(rules, norms=norms))


def with_norm(rules: RuleSet, changed: Norm) -> dict[str, Norm]:
    """The norms with one of them changed; a step's power (`ROUTE.STEP`) stands in its route."""
    if isinstance(changed, Power) and changed.route and changed.id not in rules.norms:
        route = rules.routes[changed.route]
        steps = tuple(replace(s, power=changed) if s.power.id == changed.id else s for s in route.steps)
        changed = replace(route, steps=steps)
    return {**rules.norms, changed.id: changed}


def without(rules: RuleSet, gone: str) -> dict[str, Norm]:
    """The norms without one of them, or without one step of a route, and with nothing that names it left."""
    steps = {s.power.id for s in rules.routes[gone].steps} if gone in rules.routes else set[str]()
    away = {gone, f"{gone}.chair", *steps}
    found: dict[str, Norm] = {}
    for norm in rules.norms.values():
        kept = forgetting(norm, away)
        if kept is not None:
            found[kept.id] = kept
    return found


def forgetting(norm: Norm, away: set[str]) -> Norm | None:
    """The norm without what it says of those that are gone; None where nothing is left of it."""

    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in away)

    if norm.id in away:
        return None
    match norm:
        case Power():
            return replace(norm, residual_to=kept(norm.residual_to))
        case Route():
            return _without_steps(norm, away, kept)
        case Precedence():
            prevails, yields = kept(norm.prevails), kept(norm.yields)
            return replace(norm, prevails=prevails, yields=yields) if prevails and yields else None
        case Bound():
            routes = tuple(
                r for r in norm.routes if not {r, f"{r}.{norm.start}", f"{r}.{norm.end}"} & away
            )  # fmt: skip
            return replace(norm, routes=routes) if routes else None
        case Exclusion() if norm.route:
            return None if {norm.route, *(f"{norm.route}.{s}" for s in norm.steps)} & away else norm
        case Cadence() if norm.route:
            return None if {norm.route, f"{norm.route}.{norm.step}"} & away else norm
    return norm


def _without_steps(route: Route, away: set[str], kept: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Route | None:
    steps: list[Step] = []
    dropped: dict[str, tuple[str, ...]] = {}
    for step in route.steps:
        after = tuple(dict.fromkeys(a for s in step.after for a in dropped.get(s, (s,))))
        if step.power.id in away:
            dropped[step.id] = after
            continue
        back = "" if step.back_to in dropped else step.back_to
        power = replace(step.power, residual_to=kept(step.power.residual_to))
        steps.append(replace(step, power=power, after=after, back_to=back))
    return replace(route, steps=tuple(steps), residual_to=kept(route.residual_to)) if steps else None


def own(rules: RuleSet, *forms: type[N]) -> tuple[N, ...]:
    """The norms of these forms that stand in the text itself, not in what it uses."""
    return tuple(n for n in rules.own_norms() if isinstance(n, forms))


def powers(rules: RuleSet) -> Iterator[Power]:
    """Powers that stand in the text as such, or as steps; a chair's power is its composition's."""
    texts = {n.id for n in rules.own_norms()}
    return (p for p in rules.powers.values() if (p.route or p.id) in texts)


def offices(rules: RuleSet, node: ex.Node) -> tuple[str, ...]:
    """The offices a set names itself."""
    names = (n.name for n in node.walk() if isinstance(n, ex.Name))
    return tuple(dict.fromkeys(n for n in names if n in rules.vocabulary.offices))


def next_office(rules: RuleSet, office: str) -> str:
    """The office after this one in the order of the file, and the first after the last."""
    known = list(rules.vocabulary.offices)
    return known[(known.index(office) + 1) % len(known)]


def renamed(node: Any, old: str, new: str) -> Any:
    """The expression with one name for another."""
    if isinstance(node, ex.Name):
        return ex.Name(new) if node.name == old else node
    changes: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, ex.Node):
            changes[field.name] = renamed(value, old, new)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(renamed(v, old, new) if isinstance(v, ex.Node) else v for v in value)
    return replace(node, **changes) if changes else node


def name_of(rules: RuleSet, office: str) -> tuple[str, str]:
    return rules.name(office, "zh"), rules.name(office, "en")


def gives_way_to_itself(rules: RuleSet) -> bool:
    """Whether some norm gives way to itself, whatever lies between."""
    graph = nx.DiGraph([(one, other) for one, others in rules.superiors.items() for other in others])
    return not nx.is_directed_acyclic_graph(graph)
