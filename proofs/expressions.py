"""The facts of a symbolic situation, and the conditions and sets of the language over them, as formulas.

Every fact is a finite variable (`Variable`), one Boolean a value. Expressions mean what `model.evaluation` says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from model import absence
from model import expressions as ex
from model.norms import Norm, Power
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import Cast, portfolio_holders
from proofs.boolean import Formula, Term, at_least, conj, disj, exactly_one, neg, opposite
from proofs.boolean import variable as atom

Key = tuple[str, ...]
NOBODY = ""
DELEGATING = frozenset(s.id for s in absence.STATES.values() if s.can_delegate)
Members = dict[str, Formula]
_PRESENT = frozenset({absence.PRESENT})


@dataclass(frozen=True)
class Variable:
    """A finite-domain variable. `literals[i]` says that it has `values[i]`, `negations[i]` that it has not."""

    key: Key
    values: tuple[str, ...]
    literals: tuple[Term, ...]
    negations: tuple[Term, ...]

    @property
    def atoms(self) -> tuple[Term, ...]:
        """The constants behind the literals; of the first of two values there is none of its own."""
        return (self.literals[-1], *self.literals[1:])

    def is_(self, value: str) -> Formula:
        """Whether the variable has the value; False for a value outside its domain."""
        return self.literals[self.values.index(value)] if value in self.values else False


class Expressions(ABC):
    """Variables of the situations of a rule set, and expressions over them, remembered once built. `well_formed` says
    by name what holds of the variables in any case. What norms lead to is for whoever encodes norms.

    `there`: officials whom a situation may lack, each with the formula that says that it has him; who is not
    there is in no set.
    """

    def __init__(
        self,
        rules: RuleSet,
        cast: Cast,
        states: Sequence[str] = absence.ABSENT_STATES,
        there: Mapping[str, Formula] = MappingProxyType({}),
    ) -> None:
        self.rules, self.cast, self.states = rules, cast, tuple(states)
        self._there = there
        self.variables: dict[Key, Variable] = {}
        self.well_formed: list[tuple[str, Formula]] = []
        self._memo: dict[Any, Any] = {}
        self._declare(self.states)

    # variables

    def _declare(self, states: tuple[str, ...]) -> None:
        v = self.rules.vocabulary
        for reading in v.readings.values():
            self._variable(("reading", reading.id), reading.domain)
        for official in self.cast.ids:
            self._variable(("state", official), (absence.PRESENT, *states))
        for attribute in v.attributes.values():
            self._variable(("paper", attribute.id), attribute.domain)
        for official in portfolio_holders(self.rules, self.cast):
            self._variable(("touches", official), ("no", "yes"))
        for relation in v.relations.values():
            source, target = self.members(relation.source), self.members(relation.target)
            for one in source:
                self._variable(("relation", relation.id, one), (NOBODY, *(t for t in target if t != one)))
        for role in v.roles.values():
            self._variable(("role", role.id), (NOBODY, *self.members(role.among)))
        for norm in self.rules.stand_ins:
            if norm.delegation is not None:
                for official in self.members(norm.principals):
                    self._variable(("delegation", norm.id, official), ("no", "yes"))
        for power in self.rules.authorisable:
            assert power.delegation is not None
            for official in self.members(power.delegation):
                self._variable(("authorisation", power.id, official), ("no", "yes"))

    def _variable(self, key: Key, values: Sequence[str]) -> None:
        name = ".".join(key)
        if len(values) == 2:
            bit = atom(f"{name}={values[1]}")
            off = opposite(bit)
            self.variables[key] = Variable(key, tuple(values), (off, bit), (bit, off))
            return
        literals = tuple(atom(f"{name}={value or '-'}") for value in values)
        self.variables[key] = Variable(key, tuple(values), literals, tuple(map(opposite, literals)))
        self.well_formed.append((name, exactly_one(literals[::-1])))

    @cached_property
    def atoms(self) -> tuple[Term, ...]:
        """The constants of all values but the first of each variable, in order."""
        return tuple(atom for variable in self.variables.values() for atom in variable.atoms[1:])

    def _is(self, key: Key, value: str) -> Formula:
        return self.variables[key].is_(value) if key in self.variables else False

    def state_in(self, official: str, states: frozenset[str] | set[str]) -> Formula:
        """Whether an official's state is one of these; bodies are always present."""
        if official not in self.cast.ids:
            return absence.PRESENT in states
        key = ("state", official, frozenset(states))
        if key not in self._memo:
            variable = self.variables[("state", official)]
            self._memo[key] = disj(variable.is_(s) for s in variable.values if s in states)
        return self._memo[key]

    def present(self, official: str) -> Formula:
        return self.state_in(official, _PRESENT)

    def absent(self, official: str) -> Formula:
        return neg(self.present(official))

    def can_delegate(self, official: str) -> Formula:
        return self.state_in(official, DELEGATING)

    # expressions

    def holds(self, node: ex.Cond, principal: str | None = None, meeting: str = "") -> Formula:
        """A condition; `meeting`: of a plain paper that is a meeting of this body, instead of the paper at hand."""
        key = ("holds", node, principal, meeting)
        if key not in self._memo:
            self._memo[key] = self._holds(node, principal, meeting)
        return self._memo[key]

    def members(self, node: ex.ActorSet, principal: str | None = None, meeting: str = "") -> Members:
        """The actors that may belong to a set, each with the formula under which it does."""
        key = ("members", node, principal, meeting)
        if key not in self._memo:
            found = self._members(node, principal, meeting)
            order = {o: i for i, o in enumerate(self.cast.ids)}
            kept = {a: f for a, f in found.items() if f is not False}
            self._memo[key] = dict(sorted(kept.items(), key=lambda x: (order.get(x[0], len(order)), x[0])))
        return self._memo[key]

    def _value(self, attribute: str, value: str, meeting: str) -> Formula:
        if meeting:
            plain = {KIND: MEETING, BODY: meeting}.get(attribute, self.rules.vocabulary.attributes[attribute].plainest)
            return plain == value
        return self._is(("paper", attribute), value)

    def _holds(self, node: ex.Cond, principal: str | None, meeting: str) -> Formula:
        match node:
            case ex.Const():
                return node.value
            case ex.Flag():
                terms = self.rules.vocabulary.terms
                if node.name in terms:
                    return self.holds(terms[node.name].condition, principal, meeting)
                return self._value(node.name, "true", meeting)
            case ex.Is():
                return disj(self._value(node.attribute, v, meeting) for v in node.values)
            case ex.IsNot():
                return neg(self._value(node.attribute, node.value, meeting))
            case ex.Some():
                return disj(self.members(node.of, principal, meeting).values())
            case ex.Count():
                parts = list(self.members(node.of, principal, meeting).values())
                enough = at_least(parts, node.number)
                if node.op == ">=":
                    return enough
                not_more = neg(at_least(parts, node.number + 1))
                return not_more if node.op == "<=" else conj([enough, not_more])
            case ex.Reading():
                return self._is(("reading", node.reading), node.choice)
            case ex.Wanted():
                return disj(self.wanted(s) for s in self.rules.stages if s.act == node.act)
            case ex.Stuck():
                return disj(self.stuck(s) for s in self.rules.stages if s.act == node.act)
            case ex.Precedes():
                pairs = self.rules.ordered(node.first, node.second)
                return disj(conj([self.in_force(one), self.in_force(two)]) for one, two in pairs)
            case ex.Not():
                return neg(self.holds(node.of, principal, meeting))
            case ex.And():
                return conj(self.holds(p, principal, meeting) for p in node.parts)
            case ex.Or():
                return disj(self.holds(p, principal, meeting) for p in node.parts)
        raise TypeError(f"no encoding for {type(node).__name__}")

    def _members(self, node: ex.ActorSet, principal: str | None, meeting: str) -> Members:
        match node:
            case ex.Name():
                v = self.rules.vocabulary
                if node.name == ex.PRINCIPAL:
                    assert principal is not None
                    return {principal: True}
                if node.name in v.offices:
                    return {o: self._there.get(o, True) for o in self.cast.holding(node.name)}
                if node.name in v.bodies:
                    return {node.name: True}
                if node.name in v.sets:
                    return self.members(v.sets[node.name].members, principal, meeting)
                if node.name == ex.EVERYONE:
                    return {o: self._there.get(o, True) for o in self.cast.ids}
                if meeting:
                    return {}
                variable = self.variables[("role", node.name)]
                return {o: variable.is_(o) for o in variable.values if o != NOBODY}
            case ex.Image():
                inner = self.members(node.of, principal, meeting)
                if node.function == "in_charge":
                    return {a: conj([f, self._is(("touches", a), "yes")]) for a, f in inner.items()}
                if node.function == "present":
                    return {a: conj([f, self.present(a)]) for a, f in inner.items()}
                if node.function == "absent":
                    states = absence.states_of(node.causes) if node.causes else frozenset(absence.ABSENT_STATES)
                    return {a: conj([f, self.state_in(a, states)]) for a, f in inner.items()}
                images: dict[str, list[Formula]] = {}
                for actor, belongs in inner.items():
                    variable = self.variables.get(("relation", node.function, actor))
                    for image in variable.values if variable else ():
                        if image != NOBODY:
                            images.setdefault(image, []).append(conj([belongs, variable.is_(image)]))  # type: ignore[union-attr]
                return {a: disj(parts) for a, parts in images.items()}
            case ex.Hands():
                found: dict[str, list[Formula]] = {}
                for power in self.rules.powers.values():
                    if power.act == node.act:
                        for actor, may in self.hands(power).items():
                            found.setdefault(actor, []).append(may)
                return {a: disj(parts) for a, parts in found.items()}
            case ex.When():
                condition = self.holds(node.condition, principal, meeting)
                return {a: conj([f, condition]) for a, f in self.members(node.of, principal, meeting).items()}
            case ex.Union():
                found: dict[str, list[Formula]] = {}
                for part in node.parts:
                    for actor, belongs in self.members(part, principal, meeting).items():
                        found.setdefault(actor, []).append(belongs)
                return {a: disj(parts) for a, parts in found.items()}
            case ex.Minus():
                right = self.members(node.right, principal, meeting)
                left = self.members(node.left, principal, meeting)
                return {a: conj([f, neg(right.get(a, False))]) for a, f in left.items()}
            case ex.Both():
                first, *rest = (self.members(p, principal, meeting) for p in node.parts)
                return {a: conj([f, *(r.get(a, False) for r in rest)]) for a, f in first.items()}
        raise TypeError(f"no encoding for {type(node).__name__}")

    # what norms lead to

    @abstractmethod
    def in_force(self, norm: Norm, principal: str | None = None, meeting: str = "") -> Formula:
        """Whether a norm is in force."""

    @abstractmethod
    def hands(self, power: Power) -> Members:
        """Who may do the act of a power."""

    @abstractmethod
    def wanted(self, stage: Stage) -> Formula:
        """Whether an act is wanted."""

    @abstractmethod
    def stuck(self, stage: Stage) -> Formula:
        """Whether an act is wanted and nobody may do it."""
