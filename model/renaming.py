"""A rule set with other ids: the same meaning in other names, so that two versions can be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from model import expressions as ex
from model.norms import (
    Bound,
    Cadence,
    Composition,
    Deontic,
    Exclusion,
    Norm,
    Period,
    Power,
    Precedence,
    Reserved,
    Route,
    StandIn,
    Step,
)
from model.ruleset import RuleSet
from model.vocabulary import Act, Attribute, Office, ReadingSpec, Value, Vocabulary

T = TypeVar("T")
TABLES = ("offices", "bodies", "attributes", "sets", "roles", "relations", "terms", "acts", "readings")
Ids = Mapping[str, str]


@dataclass(frozen=True)
class Renaming:
    """New ids by old ones: by table of the vocabulary, for values of attributes, for norms and for steps of routes.

    A norm id may be that of a route; its steps follow, `steps` renaming them within the route (by its old id).
    """

    tables: Mapping[str, Ids] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    norms: Ids = field(default_factory=dict)
    steps: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def renames(self) -> bool:
        """Whether anything has a new id."""
        pairs = (*self.tables.values(), self.norms)
        return any(old != new for ids in pairs for old, new in ids.items()) or any(
            old != new for (_, old), new in (*self.values.items(), *self.steps.items())
        )

    def of(self, table: str, name: str) -> str:
        return self.tables.get(table, {}).get(name, name)

    def norm(self, name: str) -> str:
        """A norm, a step as `ROUTE.STEP`, or the chair of a composition."""
        if name in self.norms:
            return self.norms[name]
        head, dot, tail = name.partition(".")
        return f"{self.norms.get(head, head)}.{self.steps.get((head, tail), tail)}" if dot else name

    def actor(self, name: str) -> str:
        for table in ("offices", "bodies", "sets", "roles"):
            if name in self.tables.get(table, {}):
                return self.tables[table][name]
        return name


def renamed(rules: RuleSet, new: Renaming) -> RuleSet:
    """The rule set in the new names. Nothing else changes, and the order of everything is kept."""
    return _Renamer(rules, new).rule_set() if new.renames else rules


class _Renamer:
    def __init__(self, rules: RuleSet, new: Renaming) -> None:
        self.rules, self.new = rules, new

    def rule_set(self) -> RuleSet:
        norms = {n.id: n for n in map(self.norm, self.rules.norms.values())}
        facts = tuple(replace(f, condition=self.expression(f.condition)) for f in self.rules.facts)
        return replace(self.rules, vocabulary=self.vocabulary(), facts=facts, norms=norms)

    # vocabulary

    def vocabulary(self) -> Vocabulary:
        tables: dict[str, dict[str, Any]] = {}
        for table in TABLES:
            entries = getattr(self.rules.vocabulary, table).values()
            tables[table] = {e.id: e for e in (self._entry(table, x) for x in entries)}
        return Vocabulary(**tables)

    def _entry(self, table: str, entry: Any) -> Any:
        changed: dict[str, Any] = {"id": self.new.of(table, entry.id)}
        match entry:
            case Office(is_a=above):
                changed["is_a"] = tuple(self.new.of("offices", o) for o in above)
            case Act(excludes=others):
                changed["excludes"] = tuple(self.new.of("acts", a) for a in others)
            case Attribute(values=values):
                changed["values"] = tuple(self._value(entry.id, v) for v in values)
            case ReadingSpec(choices=choices):
                changed["choices"] = tuple(self._value(entry.id, c) for c in choices)
            case _:
                pass
        return replace(entry, **changed, **self._expressions(entry))

    def _value(self, owner: str, value: Value) -> Value:
        return replace(value, id=self.new.values.get((owner, value.id), value.id))

    # expressions

    def expression(self, node: T) -> T:
        """A condition or a set in the new names."""
        new = self.new
        found: Any
        match node:
            case ex.Flag(name):
                found = ex.Flag(new.of("terms", new.of("attributes", name)))
            case ex.Is(attribute, values):
                kept = tuple(new.values.get((attribute, v), v) for v in values)
                found = ex.Is(new.of("attributes", attribute), kept)
            case ex.IsNot(attribute, value):
                found = ex.IsNot(new.of("attributes", attribute), new.values.get((attribute, value), value))
            case ex.Reading(reading, choice):
                found = ex.Reading(new.of("readings", reading), new.values.get((reading, choice), choice))
            case ex.Name(name):
                found = ex.Name(new.actor(name))
            case ex.Image(function, of, causes):
                found = ex.Image(new.of("relations", function), self.expression(of), causes)
            case ex.Node():
                found = replace(node, **self._expressions(node))  # type: ignore[type-var]
            case _:
                raise TypeError(type(node).__name__)
        return found

    def _expressions(self, record: Any) -> dict[str, Any]:
        """The fields of a record that hold expressions, rewritten."""
        found: dict[str, Any] = {}
        for f in fields(record):
            value = getattr(record, f.name)
            if isinstance(value, ex.Node):
                found[f.name] = self.expression(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], ex.Node):
                found[f.name] = tuple(self.expression(v) for v in value)
        return found

    # norms

    def norm(self, norm: Norm) -> Norm:
        new = self.new
        changed = self._common(norm)
        match norm:
            case Power():
                return self.power(norm)
            case Deontic(act=act) | Reserved(act=act):
                changed["act"] = new.of("acts", act)
            case Period(from_act=first, to_act=then):
                changed["from_act"], changed["to_act"] = new.of("acts", first), new.of("acts", then)
            case Route(steps=steps, residual_to=superiors):
                changed["steps"] = tuple(self._step(norm.id, s) for s in steps)
                changed["residual_to"] = tuple(map(new.norm, superiors))
            case StandIn(acts=acts):
                changed["acts"] = tuple(new.of("acts", a) for a in acts)
            case Exclusion(route=route, steps=steps):
                changed["route"], changed["steps"] = new.norm(route), tuple(self._event(route, s) for s in steps)
            case Bound(routes=routes, start=start, end=end):
                changed["routes"] = tuple(map(new.norm, routes))
                changed["start"], changed["end"] = self._event(routes[0], start), self._event(routes[0], end)
            case Cadence(body=body, route=route, step=step):
                changed["body"], changed["route"] = new.of("bodies", body), new.norm(route)
                changed["step"] = self._event(route, step)
            case Composition(body=body):
                changed["body"] = new.of("bodies", body)
            case Precedence(prevails=winners, yields=losers):
                changed["prevails"], changed["yields"] = tuple(map(new.norm, winners)), tuple(map(new.norm, losers))
            case _:
                pass
        return replace(norm, **changed)

    def power(self, power: Power) -> Power:
        new = self.new
        return replace(
            power,
            **self._common(power),
            act=new.of("acts", power.act),
            residual_to=tuple(map(new.norm, power.residual_to)),
            route=new.norm(power.route),
        )

    def _common(self, norm: Norm) -> dict[str, Any]:
        under = tuple((self.new.of("readings", r), self.new.values.get((r, c), c)) for r, c in norm.under)
        return {"id": self.new.norm(norm.id), "under": under, **self._expressions(norm)}

    def _step(self, route: str, step: Step) -> Step:
        back = self._event(route, step.back_to)
        after = tuple(self._event(route, a) for a in step.after)
        return Step(id=self._event(route, step.id), power=self.power(step.power), after=after, back_to=back)

    def _event(self, route: str, event: str) -> str:
        return self.new.steps.get((route, event), event)
