"""Hypothesis strategies for pairs of versions: a small rule set, and the same with a few edits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from guize.strategies.small import Small, small
from model import sketch as s
from model.enumeration import breadth
from model.norms import Bound, Cadence, Composition, Deontic, Exclusion, Norm, Power, Precedence, Route, StandIn
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet
from model.situation import Cast, make_cast
from model.vocabulary import Strength


@dataclass(frozen=True)
class Pair:
    """Two versions and the states of absence considered."""

    old: RuleSet
    new: RuleSet
    states: tuple[str, ...]
    edits: tuple[str, ...]

    def __repr__(self) -> str:
        return f"edits {self.edits}\n  old {Small(self.old, self.cast, self.states)!r}"

    @property
    def cast(self) -> Cast:
        return make_cast(self.old)


@st.composite
def pairs(draw: st.DrawFn, most: int = 600) -> Pair:
    """A generated rule set and one to three edits of it."""
    example: Small = draw(small(most=most))
    new, edits = example.rules, []
    for _ in range(draw(st.integers(1, 3))):
        new, said = _edited(draw, new)
        edits.append(said)
    return Pair(example.rules, new, example.states, tuple(edits))


def _edited(draw: st.DrawFn, rules: RuleSet) -> tuple[RuleSet, str]:
    ids = list(rules.norms)
    assume(ids)
    norm = rules.norms[draw(st.sampled_from(ids))]
    kind = draw(
        st.sampled_from(
            ["delete", "field", "field", "field", "fact", "portfolio", "role", "set", "office", "flag", "single"]
        )
    )
    if kind == "delete":
        return without(rules, norm.id), f"delete {norm.id}"
    if kind == "fact" and rules.facts:
        return replace(rules, facts=()), "no facts"
    v = rules.vocabulary
    if kind == "portfolio":
        office = v.offices["deputy"]
        changed = replace(v, offices={**v.offices, "deputy": replace(office, portfolio=True)})
        return replace(rules, vocabulary=changed), "portfolio"
    if kind == "office":
        changed = replace(v, offices={**v.offices, "aide": s.office("aide")})
        new = s.stand_in("s9", 80, "head", "aide", ("any",), delegation=draw(st.sampled_from(["", "principal"])))
        return _with(replace(rules, vocabulary=changed), new), "an aide stands in"
    if kind == "flag":
        changed = replace(v, attributes={**v.attributes, "secret": s.flag("secret")})
        new = s.deontic("d9", 81, "prohibition", "publish", "head", "secret")
        return _with(replace(rules, vocabulary=changed), new), "a secret"
    if kind == "single":
        deputy = replace(v.offices["deputy"], many=not v.offices["deputy"].many, scope=1)
        return replace(rules, vocabulary=replace(v, offices={**v.offices, "deputy": deputy})), "one deputy, or several"
    if kind == "role" and v.roles:
        among = parse_set(draw(st.sampled_from(["head", "deputy", "head | deputy"])))
        role = replace(v.roles["asker"], among=among, papers=parse_condition(draw(st.sampled_from(["true", "urgent"]))))
        role = replace(role, requester=draw(st.booleans()))
        return replace(rules, vocabulary=replace(v, roles={"asker": role})), f"role {role}"
    if kind == "set" and v.sets:
        leaders = replace(v.sets["leaders"], members=parse_set("deputy"))
        return replace(rules, vocabulary=replace(v, sets={"leaders": leaders})), "set"
    return _with(rules, _field(draw, norm)), f"change {norm.id}"


def _field(draw: st.DrawFn, norm: Norm) -> Norm:
    sets = st.sampled_from(["head", "deputy", "head | deputy", "present(deputy)"]).map(parse_set)
    conditions = st.sampled_from(["true", "urgent", "not urgent", "some(absent(head))"]).map(parse_condition)
    choice = draw(st.sampled_from(["when", "strength", "own", "own"]))
    if choice == "strength":
        return replace(norm, strength=draw(st.sampled_from([Strength.STRICT, Strength.DEFAULT])))
    if choice == "when" or isinstance(norm, Precedence):
        when = draw(conditions)
        if isinstance(norm, Route):
            steps = tuple(replace(s, power=replace(s.power, when=when)) for s in norm.steps)
            return replace(norm, when=when, steps=steps)
        return replace(norm, when=when)
    match norm:
        case Power():
            key = draw(st.sampled_from(["by", "joint", "may"]))
            return replace(norm, **{key: draw(sets) if key == "by" else not getattr(norm, key)})
        case Deontic():
            return replace(norm, unless=draw(conditions)) if norm.by is None else replace(norm, by=draw(sets))
        case StandIn():
            key = draw(st.sampled_from(["by", "chain", "by_rank", "acts"]))
            values = {"by": draw(sets), "acts": ("sign",), "chain": not norm.chain, "by_rank": not norm.by_rank}
            return replace(norm, **{key: values[key]})
        case Exclusion():
            return replace(norm, unless=draw(conditions))
        case Composition():
            return replace(norm, chair=draw(sets))
        case Bound():
            return replace(norm, amount=(norm.amount or 0) + 1)
        case Cadence():
            return replace(norm, amount=norm.amount + 1)
        case Route():
            first, *rest = norm.steps
            changed = replace(first, power=replace(first.power, by=draw(sets)))
            return replace(norm, steps=(changed, *rest))
    return norm


def _with(rules: RuleSet, norm: Norm) -> RuleSet:
    return replace(rules, norms={**rules.norms, norm.id: norm})


def without(rules: RuleSet, gone: str) -> RuleSet:
    """The rule set without a norm, and without what hangs on it."""
    hanging = {gone}
    norms: dict[str, Norm] = {}
    for norm in rules.norms.values():
        if norm.id in hanging or (isinstance(norm, Bound) and hanging & {*norm.routes}):
            continue
        fields: dict[str, Any] = {}
        for key in ("residual_to", "prevails", "yields"):
            if hasattr(norm, key):
                fields[key] = tuple(x for x in getattr(norm, key) if x != gone)
        if isinstance(norm, (Exclusion, Cadence)) and norm.route == gone:
            continue
        norms[norm.id] = replace(norm, **fields)
    return replace(rules, norms=norms)


def enumerable(pair: Pair, most: int) -> bool:
    """Whether all situations of both can be counted one by one."""
    return all(breadth(r, make_cast(r), pair.states) <= most for r in (pair.old, pair.new))
