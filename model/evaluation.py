"""The meaning of expressions, and when a norm is in force, in a concrete situation."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from model import absence
from model import expressions as ex
from model.errors import ScopeError
from model.norms import Norm, Power
from model.ruleset import RuleSet
from model.situation import Situation


class Context:
    """A rule set in a situation; answers are remembered, for one situation is asked many things."""

    def __init__(self, rules: RuleSet, situation: Situation) -> None:
        self.rules, self.situation = rules, situation
        self._in_force: dict[tuple[str, str | None], bool] = {}

    def holds(self, condition: ex.Cond, principal: str | None = None) -> bool:
        """Whether the condition is true here."""
        return _HOLDS[condition.__class__](condition, self, principal)

    def members(self, actors: ex.ActorSet, principal: str | None = None) -> frozenset[str]:
        """The officials and bodies that a set expression denotes here."""
        return _MEMBERS[actors.__class__](actors, self, principal)

    def in_force(self, norm: Norm, principal: str | None = None) -> bool:
        """Readings, condition, authorisation and no superior norm in force. Stratified: superiors form no cycle.

        `principal` is the official in question where the norm is a stand-in.
        """
        return self.stated(norm, principal) and self.authorised(norm)

    def authorised(self, norm: Norm) -> bool:
        """Whether a power that needs it was authorised, by somebody who can: it does not matter if he is present."""
        if not isinstance(norm, Power) or norm.delegation is None:
            return True
        return any(
            (norm.id, giver) in self.situation.delegations and absence.STATES[self.situation.state(giver)].can_delegate
            for giver in self.members(norm.delegation)
        )

    def stated(self, norm: Norm, principal: str | None = None) -> bool:
        """`in_force`, but for the authorisation."""
        key = (norm.id, principal)
        if key not in self._in_force:
            self._in_force[key] = (
                all(self.situation.readings.get(r) == c for r, c in norm.under)
                and self.holds(norm.when, principal)
                and not any(self.in_force(self.rules.lookup(s)) for s in self.rules.superiors.get(norm.id, ()))
            )
        return self._in_force[key]


@singledispatch
def _holds(node: ex.Cond, at: Context, principal: str | None) -> bool:
    raise TypeError(f"no meaning for {type(node).__name__}")


@_holds.register
def _(node: ex.Const, at: Context, principal: str | None) -> bool:
    return node.value


@_holds.register
def _(node: ex.Flag, at: Context, principal: str | None) -> bool:
    terms = at.rules.vocabulary.terms
    if node.name in terms:
        return at.holds(terms[node.name].condition, principal)
    return at.situation.value(at.rules, node.name) == "true"


@_holds.register
def _(node: ex.Is, at: Context, principal: str | None) -> bool:
    return at.situation.value(at.rules, node.attribute) in node.values


@_holds.register
def _(node: ex.IsNot, at: Context, principal: str | None) -> bool:
    return at.situation.value(at.rules, node.attribute) != node.value


@_holds.register
def _(node: ex.Some, at: Context, principal: str | None) -> bool:
    return bool(at.members(node.of, principal))


@_holds.register
def _(node: ex.Count, at: Context, principal: str | None) -> bool:
    size = len(at.members(node.of, principal))
    return {">=": size >= node.number, "<=": size <= node.number, "=": size == node.number}[node.op]


@_holds.register
def _(node: ex.Reading, at: Context, principal: str | None) -> bool:
    return at.situation.readings.get(node.reading) == node.choice


@_holds.register
def _(node: ex.Not, at: Context, principal: str | None) -> bool:
    return not at.holds(node.of, principal)


@_holds.register
def _(node: ex.And, at: Context, principal: str | None) -> bool:
    return all(at.holds(p, principal) for p in node.parts)


@_holds.register
def _(node: ex.Or, at: Context, principal: str | None) -> bool:
    return any(at.holds(p, principal) for p in node.parts)


@singledispatch
def _members(node: ex.ActorSet, at: Context, principal: str | None) -> frozenset[str]:
    raise TypeError(f"no meaning for {type(node).__name__}")


@_members.register
def _(node: ex.Name, at: Context, principal: str | None) -> frozenset[str]:
    v = at.rules.vocabulary
    if node.name == ex.PRINCIPAL:
        if principal is None:
            raise ScopeError("`principal` outside a stand-in or an exclusion")
        return frozenset({principal})
    if node.name in v.offices:
        return at.situation.cast.holding(node.name)
    if node.name in v.bodies:
        return frozenset({node.name})
    if node.name in v.sets:
        return at.members(v.sets[node.name].members, principal)
    holder = at.situation.paper.roles.get(node.name)
    return frozenset({holder}) if holder else frozenset()


@_members.register
def _(node: ex.Image, at: Context, principal: str | None) -> frozenset[str]:
    inner = at.members(node.of, principal)
    s = at.situation
    if node.function == "in_charge":
        return inner & s.paper.touches
    if node.function == "present":
        return frozenset(x for x in inner if s.present(x))
    if node.function == "absent":
        states = absence.states_of(node.causes) if node.causes else frozenset(absence.ABSENT_STATES)
        return frozenset(x for x in inner if s.state(x) in states)
    images = s.relations.get(node.function, {})
    return frozenset(images[x] for x in inner if x in images)


@_members.register
def _(node: ex.When, at: Context, principal: str | None) -> frozenset[str]:
    return at.members(node.of, principal) if at.holds(node.condition, principal) else frozenset()


@_members.register
def _(node: ex.Union, at: Context, principal: str | None) -> frozenset[str]:
    return frozenset().union(*(at.members(p, principal) for p in node.parts))


@_members.register
def _(node: ex.Minus, at: Context, principal: str | None) -> frozenset[str]:
    return at.members(node.left, principal) - at.members(node.right, principal)


@_members.register
def _(node: ex.Both, at: Context, principal: str | None) -> frozenset[str]:
    first, *rest = (at.members(p, principal) for p in node.parts)
    return first.intersection(*rest)


class _Implementations(dict[type, Callable[..., Any]]):
    """What a single-dispatch function does for each type: asked millions of times, `dispatch` itself is too slow."""

    def __init__(self, dispatch: Callable[[type], Callable[..., Any]]) -> None:
        super().__init__()
        self._dispatch = dispatch

    def __missing__(self, kind: type) -> Callable[..., Any]:
        found = self[kind] = self._dispatch(kind)
        return found


_HOLDS, _MEMBERS = _Implementations(_holds.dispatch), _Implementations(_members.dispatch)
