"""A rule set and a symbolic situation as propositional formulas: the definitions of `model`, once more.

Every fact of a situation is a finite variable (`Variable`), one Boolean a value. Every norm has a
switch, so that a proof names the norms it needs. Chains of stand-ins are unrolled as reachability,
which is exact because there are finitely many officials; nothing is bounded but the cast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, singledispatchmethod
from types import MappingProxyType
from typing import Any

import networkx as nx

from model import absence
from model import expressions as ex
from model.norms import Exclusion, Norm, Power, StandIn
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import Cast, portfolio_holders
from model.vocabulary import Strength
from proofs.boolean import Formula, Term, at_least, conj, disj, exactly_one, iff, implies, neg, odd, opposite
from proofs.boolean import variable as atom

Key = tuple[str, ...]
NOBODY = ""
_DELEGATING = frozenset(s.id for s in absence.STATES.values() if s.can_delegate)
Members = dict[str, Formula]


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


class Encoding:
    """One encoding, asked many questions. All formulas are built on demand and remembered.

    `there`: officials whom a situation may lack, each with the formula that says that it has him; who is not
    there is in no set. `links`: the longest chain of stand-ins to be followed, where fewer may be absent at once.
    """

    def __init__(
        self,
        rules: RuleSet,
        cast: Cast,
        states: Sequence[str] = absence.ABSENT_STATES,
        there: Mapping[str, Formula] = MappingProxyType({}),
        links: int | None = None,
    ) -> None:
        self.rules, self.cast, self.states = rules, cast, tuple(states)
        self._there = there
        self._links = len(cast.ids) if links is None else links
        self.variables: dict[Key, Variable] = {}
        self.switches: dict[str, Term] = {}
        self.well_formed: list[tuple[str, Formula]] = []
        self._memo: dict[Any, Any] = {}
        self._declare(self.states)
        self._constrain()

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
        variable = self.variables[("state", official)]
        return disj(variable.is_(s) for s in variable.values if s in states)

    def present(self, official: str) -> Formula:
        return self.state_in(official, {absence.PRESENT})

    def absent(self, official: str) -> Formula:
        return neg(self.present(official))

    def can_delegate(self, official: str) -> Formula:
        return self.state_in(official, _DELEGATING)

    def switch(self, norm_id: str) -> Term:
        """The literal that says that the rule set has the norm."""
        if norm_id not in self.switches:
            self.switches[norm_id] = atom(f"norm.{norm_id}")
        return self.switches[norm_id]

    # what can occur

    def _constrain(self) -> None:
        for official, there in self._there.items():
            self.well_formed.append((f"there.{official}", disj([there, self.present(official)])))
        for fact in self.rules.facts:
            self.well_formed.append((f"fact.{fact.id}", self.holds(fact.condition)))
        for relation in self.rules.vocabulary.relations.values():
            self._constrain_relation(relation.id)
        for role in self.rules.vocabulary.roles.values():
            among = self.members(role.among)
            has = conj([self.holds(role.papers), disj(among.values())])
            variable = self.variables[("role", role.id)]
            self.well_formed.append((f"role.{role.id}", iff(has, neg(variable.is_(NOBODY)))))
            for official, belongs in among.items():
                self.well_formed.append((f"role.{role.id}", implies(variable.is_(official), belongs)))
        for norm in self.rules.stand_ins:
            if norm.delegation is not None:
                for official, named in self.members(norm.principals).items():
                    given = self._is(("delegation", norm.id, official), "yes")
                    self.well_formed.append(
                        (f"delegation.{norm.id}", implies(given, conj([self.absent(official), named])))
                    )
        for power in self.rules.authorisable:
            assert power.delegation is not None
            for official, named in self.members(power.delegation).items():
                given = self._is(("authorisation", power.id, official), "yes")
                possible = conj([named, self.state_in(official, _DELEGATING)])
                self.well_formed.append((f"authorisation.{power.id}", implies(given, possible)))
        for norm in self.rules.absence_exclusions:
            if norm.strength is Strength.STRICT:
                switch = self.switch(norm.id)
                for breach in self.breaches(norm.id):
                    self.well_formed.append((f"exclusion.{norm.id}", implies(switch, neg(breach))))

    def _constrain_relation(self, name: str) -> None:
        relation = self.rules.vocabulary.relations[name]
        source, target = self.members(relation.source), self.members(relation.target)
        alone: list[Formula] = []
        for one in source:
            variable = self.variables[("relation", name, one)]
            none = variable.is_(NOBODY)
            self.well_formed.append((f"relation.{name}", implies(neg(none), source[one])))
            for two in variable.values[1:]:
                image = variable.is_(two)
                self.well_formed.append((f"relation.{name}", implies(image, target.get(two, False))))
                if relation.symmetric:
                    self.well_formed.append(
                        (f"relation.{name}", implies(image, self._is(("relation", name, two), one)))
                    )
            if relation.total and relation.symmetric:
                alone.append(conj([none, source[one]]))
            elif relation.total:
                others = disj(f for t, f in target.items() if t != one)
                self.well_formed.append((f"relation.{name}", implies(conj([source[one], others]), neg(none))))
        if alone:
            self.well_formed.append((f"relation.{name}", neg(at_least(alone, 2))))
            self.well_formed.append((f"relation.{name}", implies(disj(alone), odd(source.values()))))

    def breaches(self, norm_id: str) -> Iterator[Formula]:
        """For an exclusion of absences: each pair of officials that breaks it."""
        norm = next(e for e in self.rules.absence_exclusions if e.id == norm_id)
        yield from (breach for _, _, breach in self.breaching(norm))

    def breaching(self, norm: Exclusion) -> Iterator[tuple[str, str, Formula]]:
        """For an exclusion of absences: each pair of officials, and that they break it."""
        assert norm.between is not None and norm.other is not None
        chosen = frozenset(s.id for s in absence.STATES.values() if s.chosen)
        superiors = (self.rules.lookup(s) for s in self.rules.superiors.get(norm.id, ()))
        bare = conj([self._under(norm), self.holds(norm.when), *(neg(self.in_force(s)) for s in superiors)])
        for one, first in self.members(norm.between).items():
            for two, second in self.members(norm.other, one).items():
                if two != one:
                    both = conj([self.absent(one), self.absent(two)])
                    some = disj([self.state_in(one, chosen), self.state_in(two, chosen)])
                    yield one, two, conj([bare, first, second, both, some, neg(self.holds(norm.unless, one))])

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

    @singledispatchmethod
    def _holds(self, node: ex.Cond, principal: str | None, meeting: str) -> Formula:
        raise TypeError(f"no encoding for {type(node).__name__}")

    @_holds.register
    def _(self, node: ex.Const, principal: str | None, meeting: str) -> Formula:
        return node.value

    @_holds.register
    def _(self, node: ex.Flag, principal: str | None, meeting: str) -> Formula:
        terms = self.rules.vocabulary.terms
        if node.name in terms:
            return self.holds(terms[node.name].condition, principal, meeting)
        return self._value(node.name, "true", meeting)

    @_holds.register
    def _(self, node: ex.Is, principal: str | None, meeting: str) -> Formula:
        return disj(self._value(node.attribute, v, meeting) for v in node.values)

    @_holds.register
    def _(self, node: ex.IsNot, principal: str | None, meeting: str) -> Formula:
        return neg(self._value(node.attribute, node.value, meeting))

    @_holds.register
    def _(self, node: ex.Some, principal: str | None, meeting: str) -> Formula:
        return disj(self.members(node.of, principal, meeting).values())

    @_holds.register
    def _(self, node: ex.Count, principal: str | None, meeting: str) -> Formula:
        parts = list(self.members(node.of, principal, meeting).values())
        enough = at_least(parts, node.number)
        if node.op == ">=":
            return enough
        not_more = neg(at_least(parts, node.number + 1))
        return not_more if node.op == "<=" else conj([enough, not_more])

    @_holds.register
    def _(self, node: ex.Reading, principal: str | None, meeting: str) -> Formula:
        return self._is(("reading", node.reading), node.choice)

    @_holds.register
    def _(self, node: ex.Wanted, principal: str | None, meeting: str) -> Formula:
        return disj(self.wanted(s) for s in self.rules.stages if s.act == node.act)

    @_holds.register
    def _(self, node: ex.Stuck, principal: str | None, meeting: str) -> Formula:
        return disj(self.stuck(s) for s in self.rules.stages if s.act == node.act)

    @_holds.register
    def _(self, node: ex.Precedes, principal: str | None, meeting: str) -> Formula:
        pairs = self.rules.ordered(node.first, node.second)
        return disj(conj([self.in_force(one), self.in_force(two)]) for one, two in pairs)

    @_holds.register
    def _(self, node: ex.Not, principal: str | None, meeting: str) -> Formula:
        return neg(self.holds(node.of, principal, meeting))

    @_holds.register
    def _(self, node: ex.And, principal: str | None, meeting: str) -> Formula:
        return conj(self.holds(p, principal, meeting) for p in node.parts)

    @_holds.register
    def _(self, node: ex.Or, principal: str | None, meeting: str) -> Formula:
        return disj(self.holds(p, principal, meeting) for p in node.parts)

    @singledispatchmethod
    def _members(self, node: ex.ActorSet, principal: str | None, meeting: str) -> Members:
        raise TypeError(f"no encoding for {type(node).__name__}")

    @_members.register
    def _(self, node: ex.Name, principal: str | None, meeting: str) -> Members:
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

    @_members.register
    def _(self, node: ex.Image, principal: str | None, meeting: str) -> Members:
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

    @_members.register
    def _(self, node: ex.Hands, principal: str | None, meeting: str) -> Members:
        found: dict[str, list[Formula]] = {}
        for power in self.rules.powers.values():
            if power.act == node.act:
                for actor, may in self.hands(power).items():
                    found.setdefault(actor, []).append(may)
        return {a: disj(parts) for a, parts in found.items()}

    @_members.register
    def _(self, node: ex.When, principal: str | None, meeting: str) -> Members:
        condition = self.holds(node.condition, principal, meeting)
        return {a: conj([f, condition]) for a, f in self.members(node.of, principal, meeting).items()}

    @_members.register
    def _(self, node: ex.Union, principal: str | None, meeting: str) -> Members:
        found: dict[str, list[Formula]] = {}
        for part in node.parts:
            for actor, belongs in self.members(part, principal, meeting).items():
                found.setdefault(actor, []).append(belongs)
        return {a: disj(parts) for a, parts in found.items()}

    @_members.register
    def _(self, node: ex.Minus, principal: str | None, meeting: str) -> Members:
        right = self.members(node.right, principal, meeting)
        left = self.members(node.left, principal, meeting)
        return {a: conj([f, neg(right.get(a, False))]) for a, f in left.items()}

    @_members.register
    def _(self, node: ex.Both, principal: str | None, meeting: str) -> Members:
        first, *rest = (self.members(p, principal, meeting) for p in node.parts)
        return {a: conj([f, *(r.get(a, False) for r in rest)]) for a, f in first.items()}

    # norms

    def _under(self, norm: Norm) -> Formula:
        return conj(self._is(("reading", r), c) for r, c in norm.under)

    def in_force(self, norm: Norm, principal: str | None = None, meeting: str = "") -> Formula:
        """`evaluation.Context.in_force`, and that the norm's switch is on."""
        key = ("in_force", norm.id, principal, meeting)
        if key not in self._memo:
            superiors = (self.rules.lookup(s) for s in self.rules.superiors.get(norm.id, ()))
            self._memo[key] = conj(
                [
                    self.switch(norm.id),
                    self._under(norm),
                    self.holds(norm.when, principal, meeting),
                    self._authorised(norm, meeting),
                    *(neg(self.in_force(s, None, meeting)) for s in superiors),
                ]
            )
        return self._memo[key]

    def _authorised(self, norm: Norm, meeting: str) -> Formula:
        """`Context.authorised`."""
        if not isinstance(norm, Power) or norm.delegation is None:
            return True
        givers = self.members(norm.delegation, None, meeting)
        given = (
            conj([f, self.state_in(g, _DELEGATING), self._is(("authorisation", norm.id, g), "yes")])
            for g, f in givers.items()
        )
        return disj(given)

    # competence

    def seats(self, power: Power, meeting: str = "") -> Members:
        return self.members(power.by, None, meeting)

    def fill(self, seat: str, act: str, meeting: str = "") -> Members:
        """The actors that may fill a seat for an act, each with its formula (`Competence.fill`)."""
        key = ("fill", seat, act, meeting)
        if key not in self._memo:
            self._memo[key] = self._fill(seat, act, meeting)
        return self._memo[key]

    def _fill(self, seat: str, act: str, meeting: str) -> Members:
        if seat in self.rules.vocabulary.bodies:
            return {seat: self.can_meet(seat)}
        reached = {c: conj([self.absent(seat), f]) for c, f in self.links(seat, act, False, meeting).items()}
        frontier = dict(reached)
        for _ in range(self._links):
            following: dict[str, list[Formula]] = {}
            for official, arrived in frontier.items():
                for candidate, link in self.links(official, act, True, meeting).items():
                    if candidate != seat:
                        following.setdefault(candidate, []).append(conj([arrived, self.absent(official), link]))
            fresh = {c: disj(parts) for c, parts in following.items()}
            fresh = {c: f for c, f in fresh.items() if f is not False}
            if not fresh:
                break
            for candidate, arrived in fresh.items():
                reached[candidate] = disj([reached.get(candidate, False), arrived])
            frontier = fresh
        return {seat: self.present(seat), **{c: conj([f, self.present(c)]) for c, f in reached.items() if c != seat}}

    def links(self, official: str, act: str, chained: bool, meeting: str = "") -> Members:
        """Who stands in for an absent official for an act, by one stand-in norm (`Competence.links`)."""
        key = ("links", official, act, chained, meeting)
        if key not in self._memo:
            found: dict[str, list[Formula]] = {}
            for norm in self._naming(meeting).get(official, ()):
                if norm.passes(act) and (norm.chain or not chained):
                    for candidate, link in self.links_by(norm, official, meeting).items():
                        found.setdefault(candidate, []).append(link)
            self._memo[key] = {c: f for c, f in ((c, disj(p)) for c, p in found.items()) if f is not False}
        return self._memo[key]

    def _naming(self, meeting: str) -> dict[str, list[StandIn]]:
        """By official, the stand-in norms that may name him, in their order."""
        key = ("naming", meeting)
        if key not in self._memo:
            found: dict[str, list[StandIn]] = {}
            for norm in self.rules.stand_ins:
                for official in self.members(norm.principals, None, meeting):
                    found.setdefault(official, []).append(norm)
            self._memo[key] = found
        return self._memo[key]

    def links_by(self, norm: StandIn, official: str, meeting: str = "") -> Members:
        """Who stands in for an absent official by this norm, where the act is one that passes."""
        named = self.members(norm.principals, None, meeting).get(official, False)
        open_ = conj(
            [
                named,
                self.state_in(official, norm.states),
                self.in_force(norm, official, meeting) if named is not False else False,
                self._delegated(norm, official, meeting) if named is not False else False,
            ]
        )
        if open_ is False:
            return {}
        candidates = {c: f for c, f in self.members(norm.by, official, meeting).items() if c != official}
        if not norm.by_rank:
            return {c: conj([open_, f]) for c, f in candidates.items()}
        there = {c: conj([f, self.present(c)]) for c, f in candidates.items()}
        nobody = neg(disj(there.values()))
        chosen: Members = {}
        before: list[Formula] = []
        for candidate, belongs in candidates.items():
            first = conj([there[candidate], neg(disj(before))])
            chosen[candidate] = conj([open_, disj([first, conj([belongs, nobody])])])
            before.append(there[candidate])
        return chosen

    def _delegated(self, norm: StandIn, official: str, meeting: str) -> Formula:
        if norm.delegation is None:
            return True
        givers = self.members(norm.delegation, official, meeting)
        can = disj(conj([f, self.state_in(g, _DELEGATING)]) for g, f in givers.items())
        return conj([can, self._is(("delegation", norm.id, official), "yes")])

    def can_meet(self, body: str) -> Formula:
        """`Competence.can_meet`."""
        powers = [self.rules.powers[c] for c in self.rules.chairs.get(body, ())]
        if not powers:
            return True
        # a rule set without the composition leaves nobody to chair it, and so nothing that keeps it from meeting
        unchaired = conj(neg(self.switch(p.id)) for p in powers)
        return disj([unchaired, *(conj([self.in_force(p, None, body), self.able(p, body)]) for p in powers)])

    def able(self, power: Power, meeting: str = "") -> Formula:
        """`Competence.able`."""
        key = ("able", power.by, power.act, power.joint, meeting)
        if key not in self._memo:
            seats = self.seats(power, meeting)
            filled = {s: disj(self.fill(s, power.act, meeting).values()) for s in seats}
            if power.joint:
                every = conj(implies(f, filled[s]) for s, f in seats.items())
                self._memo[key] = conj([disj(seats.values()), every])
            else:
                self._memo[key] = disj(conj([f, filled[s]]) for s, f in seats.items())
        return self._memo[key]

    def wanted(self, stage: Stage) -> Formula:
        """`Competence.wanted`."""
        by_power = [self.in_force(p) for p in stage.powers if not p.may]
        by_duty: list[Formula] = []
        if stage.id == stage.act:
            for duty in self.rules.requirements.get(stage.act, ()):
                by_duty.append(conj([self.in_force(duty), neg(self.holds(duty.unless))]))
        return disj([*by_power, *by_duty])

    def stuck(self, stage: Stage) -> Formula:
        """`Competence.stuck`."""
        key = ("stuck", stage.id, *(p.id for p in stage.powers))
        if key not in self._memo:
            able = disj(conj([self.in_force(p), self.able(p)]) for p in stage.powers)
            self._memo[key] = conj([self.wanted(stage), neg(able)])
        return self._memo[key]

    def loops(self, seat: str, act: str) -> Formula:
        """`Competence.loops`: the absent officials' links, from this seat, contain a cycle."""
        key = ("loops", seat, act)
        if key not in self._memo:
            reach = self._closure(act, self._looping(seat, act))
            parts = [reach.get((seat, seat), False)]
            parts += [conj([f, reach.get((b, b), False)]) for (a, b), f in reach.items() if a == seat and b != seat]
            self._memo[key] = disj(parts)
        return self._memo[key]

    def _steps(self, act: str) -> nx.DiGraph:
        """The links between officials that an act may pass by; each edge has the formula that both are absent and
        it is there."""
        key = ("steps", act)
        if key not in self._memo:
            graph = nx.DiGraph()
            for one in self.cast.ids:
                for two, link in self.links(one, act, False).items():
                    if two in self.cast.ids:
                        formula = conj([self.absent(one), self.absent(two), link])
                        if formula is not False:
                            graph.add_edge(one, two, formula=formula)
            self._memo[key] = graph
        return self._memo[key]

    def _looping(self, seat: str, act: str) -> frozenset[str]:
        """The officials on some way from a seat into a cycle of links and around it."""
        graph = self._steps(act)
        if seat not in graph:
            return frozenset()
        ahead = nx.descendants(graph, seat) | {seat}
        cycles = [
            c
            for c in nx.strongly_connected_components(graph.subgraph(ahead))
            if len(c) > 1 or any(graph.has_edge(o, o) for o in c)
        ]
        return frozenset(o for c in cycles for o in c | (nx.ancestors(graph, next(iter(c))) & ahead))

    def _closure(self, act: str, among: frozenset[str]) -> Mapping[tuple[str, str], Formula]:
        """The transitive closure of links between absent officials of these, by repeated squaring."""
        key = ("closure", act, among)
        if key in self._memo:
            return self._memo[key]
        step: dict[tuple[str, str], Formula] = {
            (one, two): formula
            for one, two, formula in self._steps(act).edges(data="formula")
            if one in among and two in among
        }
        nodes = sorted(among)
        reach, length = dict(step), 1
        while length < len(nodes):
            longer: dict[tuple[str, str], Formula] = {}
            for one in nodes:
                for two in nodes:
                    ways = [reach.get((one, two), False)]
                    ways += [conj([reach.get((one, m), False), reach.get((m, two), False)]) for m in nodes]
                    both = disj(ways)
                    if both is not False:
                        longer[one, two] = both
            reach, length = longer, 2 * length
        self._memo[key] = reach
        return reach

    def hands(self, power: Power) -> Members:
        """Every actor some seat of the power may be filled by, where it is in force and able."""
        found: dict[str, list[Formula]] = {}
        for seat, belongs in self.seats(power).items():
            for actor, filled in self.fill(seat, power.act).items():
                found.setdefault(actor, []).append(conj([belongs, filled]))
        on = conj([self.in_force(power), self.able(power)])
        return {a: conj([on, disj(parts)]) for a, parts in found.items()}

    def sole_hand(self, power: Power) -> Members:
        """For each official, that he is the only hand of the power in force."""
        key = ("sole", power.id)
        if key not in self._memo:
            hands = self.hands(power)
            self._memo[key] = {a: conj([f, *(neg(g) for b, g in hands.items() if b != a)]) for a, f in hands.items()}
        return self._memo[key]
