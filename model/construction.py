"""A situation that can occur, put together choice by choice; what cannot occur is not offered.

Whoever builds one passes `choose`, which picks one of several options; the plainest comes first. Attributes of the
paper are offered as far as the background facts leave a way to complete them, absences as far as no strict
exclusion forbids them, and so on. Where a fact ties different things together (absences to relations, say), a
dead end is possible; then there is no situation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

import networkx as nx

from model import absence
from model import expressions as ex
from model.evaluation import Context
from model.reachability import breaches, delegable, reachable
from model.ruleset import RuleSet
from model.situation import Cast, Paper, Situation, portfolio_holders
from model.vocabulary import Relation, Strength

Choose = Callable[[str, Sequence[str]], str]
NO, YES = "no", "yes"
_MOST_PORTFOLIOS = 8
"""Up to so many, every set of portfolios is tried where a fact needs some of them touched."""


@dataclass
class Construction:
    """How situations of one rule set are built; what was found out about papers is remembered.

    At most `most_absences` are absent, in one of `states`; the paper has the attributes in `given`, and the
    readings are those in `readings` where it has them.
    """

    rules: RuleSet
    cast: Cast
    most_absences: int = 2
    states: Sequence[str] = absence.ABSENT_STATES
    given: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    _can: dict[frozenset[tuple[str, str]], bool] = field(default_factory=dict)

    def situation(self, choose: Choose) -> Situation | None:
        """A reachable situation, or None where the choices led to a dead end."""
        readings = {
            r.id: self.readings.get(r.id) or choose(r.id, r.domain) for r in self.rules.vocabulary.readings.values()
        }
        at = Situation(self.cast, Paper(self.attributes(choose, readings)), readings=readings)
        at = self._touching(at, choose)
        at = replace(at, relations=self._relations(at, choose))
        at = self._absent(at, choose)
        at = self._with_roles(at, choose)
        given = [d for d in delegable(self.rules, at) if choose(f"{d[0]} by {d[1]}", (NO, YES)) == YES]
        at = replace(at, delegations=frozenset(given))
        return at if reachable(self.rules, at) else None

    # the paper

    def attributes(self, choose: Choose, readings: Mapping[str, str]) -> dict[str, str]:
        """Values for every attribute that no fact rules out together."""
        found = dict(self.given)
        for attribute in self.rules.vocabulary.attributes.values():
            if attribute.id not in found:
                able = [
                    v for v in attribute.domain if self._completable({**found, attribute.id: v}, attribute.id, readings)
                ]
                found[attribute.id] = choose(attribute.id, able or attribute.domain[:1])
        return found

    def _completable(self, values: Mapping[str, str], last: str, readings: Mapping[str, str]) -> bool:
        """Whether the other attributes can have values so that no fact is surely false.

        Without the value of `last`, they can: so only the facts that look at it are looked at first.
        """
        if last not in self._tied:
            return True
        bearing = {k: v for k, v in values.items() if k in self._together[last]}
        spoken = {r: c for r, c in readings.items() if r in self._readings_told}
        return self._search(bearing, last, spoken)

    def _search(self, values: Mapping[str, str], last: str, readings: Mapping[str, str]) -> bool:
        key = frozenset((*values.items(), *readings.items()))
        if key not in self._can:
            known = all(truth(self.rules, f, values, readings) is not False for f in self._tied[last])
            self._can[key] = known and self._extends(values, last, readings)
        return self._can[key]

    def _extends(self, values: Mapping[str, str], last: str, readings: Mapping[str, str]) -> bool:
        missing = next((a for a in self._together[last] if a not in values), None)
        if missing is None:
            return True
        domain = self.rules.vocabulary.attributes[missing].domain
        return any(self._search({**values, missing: v}, missing, readings) for v in domain)

    @cached_property
    def _together(self) -> dict[str, list[str]]:
        """By attribute, all that facts tie to it, directly or through others."""
        graph = nx.Graph()
        graph.add_nodes_from(self._tied)
        for fact in self.rules.facts:
            nx.add_path(graph, sorted(_attributes(self.rules, fact.condition)))
        parts = [sorted(part) for part in nx.connected_components(graph)]
        return {a: part for part in parts for a in part}

    @cached_property
    def _readings_told(self) -> frozenset[str]:
        told = (*self.rules.facts, *self.rules.vocabulary.terms.values())
        nodes = (n for item in told for n in item.condition.walk())
        return frozenset(n.reading for n in nodes if isinstance(n, ex.Reading))

    @cached_property
    def _tied(self) -> dict[str, list[ex.Cond]]:
        """By attribute, the facts that look at it."""
        found: dict[str, list[ex.Cond]] = {}
        for fact in self.rules.facts:
            for attribute in _attributes(self.rules, fact.condition):
                found.setdefault(attribute, []).append(fact.condition)
        return {a: found[a] for a in self.rules.vocabulary.attributes if a in found}

    def _touching(self, at: Situation, choose: Choose) -> Situation:
        holders = portfolio_holders(self.rules, self.cast)

        def touching(officials: Sequence[str]) -> Situation:
            return replace(at, paper=replace(at.paper, touches=frozenset(officials)))

        chosen = touching([o for o in holders if choose(f"touches {o}", (NO, YES)) == YES])
        if self._facts_hold(chosen) or len(holders) > _MOST_PORTFOLIOS:
            return chosen
        every = (touching(c) for n in range(len(holders) + 1) for c in combinations(holders, n))
        return next((t for t in every if self._facts_hold(t)), chosen)

    def _with_roles(self, at: Situation, choose: Choose) -> Situation:
        roles = self.rules.vocabulary.roles
        for role in roles.values():
            context = Context(self.rules, at)
            among = [o for o in _ordered(at, context.members(role.among)) if o in self.cast.ids]
            if among and context.holds(role.papers):
                options = [o for o in among if self._facts_hold(_with_role(at, role.id, o), role.id)]
                at = _with_role(at, role.id, choose(role.id, options or among))
        return at

    # people

    def _relations(self, at: Situation, choose: Choose) -> dict[str, dict[str, str]]:
        context = Context(self.rules, at)
        return {r.id: dict(self._images(context, r, choose)) for r in self.rules.vocabulary.relations.values()}

    def _images(self, at: Context, relation: Relation, choose: Choose) -> Iterator[tuple[str, str]]:
        source, target = at.members(relation.source), at.members(relation.target)
        if relation.symmetric:
            source = target = source & target
        taken: set[str] = set()
        for one in _ordered(at.situation, source):
            if one in taken:
                continue
            options = [x for x in _ordered(at.situation, target) if x != one and x not in taken]
            if not relation.total or not options:
                options.insert(0, "")
            other = choose(f"{relation.id} of {one}", options)
            if not other:
                continue
            yield one, other
            if relation.symmetric:
                taken |= {one, other}
                yield other, one

    def _absent(self, at: Situation, choose: Choose) -> Situation:
        number = int(choose("absences", [str(n) for n in range(min(self.most_absences, len(self.cast.ids)) + 1)]))
        for _ in range(number):
            official = choose("absent", [o for o in self.cast.ids if at.present(o)])
            able = self._leaves(at, official)
            if able:
                at = at.with_states({**at.states, official: choose(f"state of {official}", able)})
        return at

    def _leaves(self, at: Situation, official: str) -> list[str]:
        """In which states the official may be absent too, the most ordinary first."""
        found = []
        for state in sorted(self.states, key=lambda s: absence.STATES[s].rarity):
            there = at.with_states({**at.states, official: state})
            strict = any(e.strength is Strength.STRICT for e, _, _ in breaches(Context(self.rules, there)))
            if not strict and self._facts_hold(there):
                found.append(state)
        return found

    def _facts_hold(self, at: Situation, role: str = "") -> bool:
        """Whether no fact is broken, those aside that speak of roles not given yet."""
        context, roles = Context(self.rules, at), self.rules.vocabulary.roles
        waiting = {r for r in roles if r not in at.paper.roles and r != role}
        return all(context.holds(f.condition) or _names(f.condition) & waiting for f in self.rules.facts)


def _with_role(at: Situation, role: str, official: str) -> Situation:
    return replace(at, paper=replace(at.paper, roles={**at.paper.roles, role: official}))


def _ordered(at: Situation, actors: frozenset[str]) -> list[str]:
    rank = {o: i for i, o in enumerate(at.cast.ids)}
    return sorted(actors, key=lambda a: (rank.get(a, len(rank)), a))


def _names(node: ex.Node) -> set[str]:
    return {n.name for n in node.walk() if isinstance(n, ex.Name)}


def _attributes(rules: RuleSet, condition: ex.Cond) -> set[str]:
    """The attributes that a condition looks at, through terms."""
    found: set[str] = set()
    for node in condition.walk():
        if isinstance(node, (ex.Is, ex.IsNot)):
            found.add(node.attribute)
        elif isinstance(node, ex.Flag):
            term = rules.vocabulary.terms.get(node.name)
            found |= {node.name} if term is None else _attributes(rules, term.condition)
    return found


def truth(
    rules: RuleSet, node: ex.Cond, values: Mapping[str, str], readings: Mapping[str, str]
) -> bool | None:  # fmt: skip
    """The truth of a condition where only some attributes have values: None where that leaves it open.

    Kleene's three-valued logic; whatever speaks of people is open.
    """
    match node:
        case ex.Const(value):
            return value
        case ex.Flag(name):
            term = rules.vocabulary.terms.get(name)
            if term is not None:
                return truth(rules, term.condition, values, readings)
            return values[name] == "true" if name in values else None
        case ex.Is(attribute, allowed):
            return values[attribute] in allowed if attribute in values else None
        case ex.IsNot(attribute, value):
            return values[attribute] != value if attribute in values else None
        case ex.Reading(reading, choice):
            return readings[reading] == choice if reading in readings else None
        case ex.Not(of):
            inner = truth(rules, of, values, readings)
            return None if inner is None else not inner
        case ex.And(parts) | ex.Or(parts):
            settles = isinstance(node, ex.Or)
            found = [truth(rules, p, values, readings) for p in parts]
            if settles in found:
                return settles
            return None if None in found else not settles
    return None
