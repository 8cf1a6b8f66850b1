"""What a user of Z3 would write: a fresh solver for every question, with all that the rules say asserted anew.

Written from `model/` with the Z3 API alone, and nothing of `proofs/`. Within one question equal expressions are
translated once, and chains of stand-ins are followed no further than so many absences let them go. Relations between
officials and exclusions are left out, for the rule sets of this bench have none; others raise `UnsupportedError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import z3

from bench.growth.questions import Question, Verdicts, questions
from model import absence
from model import expressions as ex
from model.norms import Norm, Power, StandIn
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import make_cast, portfolio_holders

Members = dict[str, z3.BoolRef]
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)


class UnsupportedError(Exception):
    """The rule set says something that this encoding has no formula for."""


def by_fresh_queries(rules: RuleSet) -> Verdicts:
    """One solver and one encoding for each question."""
    for stage in rules.stages:
        for question in questions(stage):
            yield question.name, _possible(rules, stage, question)


def _possible(rules: RuleSet, stage: Stage, question: Question) -> bool:
    encoding = _Encoding(rules, question.absences)
    solver = z3.Solver()
    solver.add(*encoding.can_occur())
    solver.add(encoding.stuck(stage))
    if question.loop:
        solver.add(encoding.looping(stage))
    solver.add(z3.AtMost(*(encoding.absent(o) for o in encoding.cast.ids), question.absences))
    verdict = solver.check()
    if verdict == z3.unknown:
        raise RuntimeError(f"{question.name}: {solver.reason_unknown()}")
    return verdict == z3.sat


class _Encoding:
    """All that the rules say of one situation with at most `most` absences. A `meeting` is a plain paper of it."""

    def __init__(self, rules: RuleSet, most: int) -> None:
        if rules.vocabulary.relations or rules.absence_exclusions:
            raise UnsupportedError("relations and exclusions of absences")
        self.rules, self.most = rules, most
        self.cast = make_cast(rules)
        self.order = {o: i for i, o in enumerate(self.cast.ids)}
        self.memo: dict[object, object] = {}
        self.givers = {p.id: self.members(p.delegation) for p in rules.authorisable if p.delegation is not None}
        self.principals = {n.id: self.members(n.principals) for n in rules.stand_ins}

    # variables

    def is_(self, kind: str, name: str, value: str) -> z3.BoolRef:
        return z3.Bool(f"{kind} {name} {value}")

    def state_in(self, official: str, states: frozenset[str]) -> z3.BoolRef:
        return _any(self.is_("state", official, s) for s in absence.STATES if s in states)

    def present(self, actor: str) -> z3.BoolRef:
        return self.is_("state", actor, absence.PRESENT) if actor in self.order else TRUE

    def absent(self, official: str) -> z3.BoolRef:
        return z3.Not(self.present(official))

    def can_delegate(self, official: str) -> z3.BoolRef:
        return self.state_in(official, frozenset(s.id for s in absence.STATES.values() if s.can_delegate))

    # what can occur

    def can_occur(self) -> Iterator[z3.BoolRef]:
        v = self.rules.vocabulary
        for reading in v.readings.values():
            yield _one([self.is_("reading", reading.id, c) for c in reading.domain])
        for official in self.cast.ids:
            yield _one([self.is_("state", official, s) for s in absence.STATES])
        for attribute in v.attributes.values():
            yield _one([self.is_("paper", attribute.id, x) for x in attribute.domain])
        holders = set(portfolio_holders(self.rules, self.cast))
        for official in self.cast.ids:
            if official not in holders:
                yield z3.Not(self.is_("touches", official, ""))
        for role in v.roles.values():
            among = self.members(role.among)
            held = {o: self.is_("role", role.id, o) for o in among}
            has = z3.And(self.holds(role.papers), _any(among.values()))
            yield z3.If(has, _one(list(held.values())), z3.Not(_any(held.values())))
            yield from (z3.Implies(held[o], belongs) for o, belongs in among.items())
        for fact in self.rules.facts:
            yield self.holds(fact.condition)
        for norm in self.rules.stand_ins:
            for official in self.cast.ids if norm.delegation is not None else ():
                named = self.principals[norm.id].get(official, FALSE)
                yield z3.Implies(self.is_("given", norm.id, official), z3.And(self.absent(official), named))
        for power, givers in self.givers.items():
            for official in self.cast.ids:
                possible = z3.And(givers.get(official, FALSE), self.can_delegate(official))
                yield z3.Implies(self.is_("given", power, official), possible)

    # expressions

    def remembered(self, key: object, make: Callable[[], object]):
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    def holds(self, node: ex.Cond, principal: str = "", meeting: str = "") -> z3.BoolRef:
        return self.remembered(("holds", node, principal, meeting), lambda: self._holds(node, principal, meeting))

    def members(self, node: ex.ActorSet, principal: str = "", meeting: str = "") -> Members:
        return self.remembered(("members", node, principal, meeting), lambda: self._members(node, principal, meeting))

    def value(self, attribute: str, value: str, meeting: str) -> z3.BoolRef:
        if meeting:
            plainest = self.rules.vocabulary.attributes[attribute].plainest
            return z3.BoolVal({KIND: MEETING, BODY: meeting}.get(attribute, plainest) == value)
        return self.is_("paper", attribute, value)

    def _holds(self, node: ex.Cond, principal: str, meeting: str) -> z3.BoolRef:
        match node:
            case ex.Const(value):
                return z3.BoolVal(value)
            case ex.Flag(name) if name in self.rules.vocabulary.terms:
                return self.holds(self.rules.vocabulary.terms[name].condition, principal, meeting)
            case ex.Flag(name):
                return self.value(name, "true", meeting)
            case ex.Is(attribute, values):
                return _any(self.value(attribute, x, meeting) for x in values)
            case ex.IsNot(attribute, value):
                return z3.Not(self.value(attribute, value, meeting))
            case ex.Some(of):
                return _any(self.members(of, principal, meeting).values())
            case ex.Count(of, op, number):
                parts = [z3.If(f, 1, 0) for f in self.members(of, principal, meeting).values()]
                size = z3.Sum(parts) if parts else z3.IntVal(0)
                return {">=": size >= number, "<=": size <= number, "=": size == number}[op]
            case ex.Reading(reading, choice):
                return self.is_("reading", reading, choice)
            case ex.Not(of):
                return z3.Not(self.holds(of, principal, meeting))
            case ex.And(parts):
                return _all(self.holds(p, principal, meeting) for p in parts)
            case ex.Or(parts):
                return _any(self.holds(p, principal, meeting) for p in parts)
        raise UnsupportedError(str(node))

    def _members(self, node: ex.ActorSet, principal: str, meeting: str) -> Members:
        v = self.rules.vocabulary
        match node:
            case ex.Name(ex.PRINCIPAL):
                return {principal: TRUE}
            case ex.Name(name) if name in v.offices:
                return dict.fromkeys(sorted(self.cast.holding(name), key=self.order.__getitem__), TRUE)
            case ex.Name(name) if name in v.bodies:
                return {name: TRUE}
            case ex.Name(name) if name in v.sets:
                return self.members(v.sets[name].members, principal, meeting)
            case ex.Name(name):
                if meeting:  # nobody has a role in it
                    return {}
                return {o: self.is_("role", name, o) for o in self.members(v.roles[name].among)}
            case ex.Image("in_charge", of):
                inner = self.members(of, principal, meeting)
                return {a: z3.And(f, self.is_("touches", a, "")) for a, f in inner.items() if a in self.order}
            case ex.Image("present", of):
                return {a: z3.And(f, self.present(a)) for a, f in self.members(of, principal, meeting).items()}
            case ex.Image("absent", of, causes):
                states = absence.states_of(causes) if causes else frozenset(absence.ABSENT_STATES)
                inner = self.members(of, principal, meeting)
                return {a: z3.And(f, self.state_in(a, states)) for a, f in inner.items() if a in self.order}
            case ex.When(of, condition):
                here = self.holds(condition, principal, meeting)
                return {a: z3.And(f, here) for a, f in self.members(of, principal, meeting).items()}
            case ex.Union(parts):
                found: dict[str, list[z3.BoolRef]] = {}
                for part in parts:
                    for actor, belongs in self.members(part, principal, meeting).items():
                        found.setdefault(actor, []).append(belongs)
                return {a: _any(fs) for a, fs in found.items()}
            case ex.Minus(left, right):
                out = self.members(right, principal, meeting)
                inside = self.members(left, principal, meeting)
                return {a: z3.And(f, z3.Not(out[a])) if a in out else f for a, f in inside.items()}
            case ex.Both(parts):
                first, *rest = (self.members(p, principal, meeting) for p in parts)
                both = {a: f for a, f in first.items() if all(a in r for r in rest)}
                return {a: _all([f, *(r[a] for r in rest)]) for a, f in both.items()}
        raise UnsupportedError(str(node))

    # norms

    def in_force(self, norm: Norm, principal: str = "", meeting: str = "") -> z3.BoolRef:
        return self.remembered(
            ("in force", norm.id, principal, meeting), lambda: self._in_force(norm, principal, meeting)
        )

    def _in_force(self, norm: Norm, principal: str, meeting: str) -> z3.BoolRef:
        parts = [self.is_("reading", r, c) for r, c in norm.under]
        parts.append(self.holds(norm.when, principal, meeting))
        superiors = self.rules.superiors.get(norm.id, ())
        parts += [z3.Not(self.in_force(self.rules.lookup(s), "", meeting)) for s in superiors]
        if isinstance(norm, Power) and norm.delegation is not None:
            givers = self.members(norm.delegation, "", meeting)
            parts.append(
                _any(z3.And(f, self.can_delegate(g), self.is_("given", norm.id, g)) for g, f in givers.items())
            )
        return _all(parts)

    # who may act

    def links(self, official: str, act: str, chained: bool, meeting: str) -> Members:
        return self.remembered(
            ("links", official, act, chained, meeting), lambda: self._links(official, act, chained, meeting)
        )

    def _links(self, official: str, act: str, chained: bool, meeting: str) -> Members:
        """Who stands in for an absent official by one norm."""
        found: dict[str, list[z3.BoolRef]] = {}
        for norm in self.rules.stand_ins:
            if norm.passes(act) and (norm.chain or not chained) and official in self.principals[norm.id]:
                for candidate, link in self._by_norm(norm, official, meeting).items():
                    found.setdefault(candidate, []).append(link)
        return {c: _any(fs) for c, fs in found.items()}

    def _by_norm(self, norm: StandIn, official: str, meeting: str) -> Members:
        open_ = [self.members(norm.principals, "", meeting).get(official, FALSE)]
        open_ += [self.state_in(official, norm.states), self.in_force(norm, official, meeting)]
        if norm.delegation is not None:
            givers = self.members(norm.delegation, official, meeting)
            open_.append(_any(z3.And(f, self.can_delegate(g)) for g, f in givers.items()))
            open_.append(self.is_("given", norm.id, official))
        candidates = {c: f for c, f in self.members(norm.by, official, meeting).items() if c != official}
        if norm.by_rank:
            there = [z3.And(f, self.present(c)) for c, f in candidates.items()]
            ranked = sorted(candidates, key=self.order.__getitem__)
            first = {
                c: z3.And(
                    candidates[c],
                    z3.Or(
                        z3.Not(_any(there)),
                        z3.And(
                            self.present(c),
                            z3.Not(_any(z3.And(candidates[b], self.present(b)) for b in ranked[: ranked.index(c)])),
                        ),
                    ),
                )
                for c in ranked
            }
            candidates = first
        return {c: _all([*open_, f]) for c, f in candidates.items()}

    def filled(self, seat: str, act: str, meeting: str = "") -> z3.BoolRef:
        return self.remembered(("filled", seat, act, meeting), lambda: self._filled(seat, act, meeting))

    def _filled(self, seat: str, act: str, meeting: str) -> z3.BoolRef:
        if seat in self.rules.vocabulary.bodies:
            return self.can_meet(seat)
        hands = [self.present(seat)]
        frontier = {c: z3.And(self.absent(seat), f) for c, f in self.links(seat, act, False, meeting).items()}
        for _ in range(self.most):
            hands += [z3.And(f, self.present(c)) for c, f in frontier.items()]
            following: dict[str, list[z3.BoolRef]] = {}
            for official, arrived in frontier.items():
                for candidate, link in self.links(official, act, True, meeting).items():
                    if candidate != seat:
                        following.setdefault(candidate, []).append(z3.And(arrived, self.absent(official), link))
            frontier = {c: _any(fs) for c, fs in following.items()}
        return _any(hands)

    def can_meet(self, body: str) -> z3.BoolRef:
        chairs = [self.rules.powers[c] for c in self.rules.chairs.get(body, ())]
        if not chairs:
            return TRUE
        return _any(z3.And(self.in_force(p, "", body), self.able(p, body)) for p in chairs)

    def able(self, power: Power, meeting: str = "") -> z3.BoolRef:
        seats = self.members(power.by, "", meeting)
        if power.joint:
            every = _all(z3.Implies(f, self.filled(s, power.act, meeting)) for s, f in seats.items())
            return z3.And(_any(seats.values()), every)
        return _any(z3.And(f, self.filled(s, power.act, meeting)) for s, f in seats.items())

    def stuck(self, stage: Stage) -> z3.BoolRef:
        wanted = [self.in_force(p) for p in stage.powers if not p.may]
        if stage.id == stage.act:
            duties = self.rules.requirements.get(stage.act, ())
            wanted += [z3.And(self.in_force(d), z3.Not(self.holds(d.unless))) for d in duties]
        able = _any(z3.And(self.in_force(p), self.able(p)) for p in stage.powers)
        return z3.And(_any(wanted), z3.Not(able))

    def looping(self, stage: Stage) -> z3.BoolRef:
        parts: list[z3.BoolRef] = []
        for power in stage.powers:
            for seat, belongs in self.members(power.by).items():
                if seat in self.order:
                    unfilled = z3.Not(self.filled(seat, power.act))
                    parts.append(z3.And(self.in_force(power), belongs, unfilled, self._returns(seat, power.act)))
        return _any(parts)

    def _returns(self, seat: str, act: str) -> z3.BoolRef:
        """Whether a walk along links between absent officials, from the seat, meets one of them again."""
        found: list[z3.BoolRef] = []

        def walk(path: list[str], so_far: z3.BoolRef) -> None:
            for candidate, link in self.links(path[-1], act, False, "").items():
                if candidate in path:
                    found.append(z3.And(so_far, link))
                elif len(path) < self.most:
                    walk([*path, candidate], z3.And(so_far, link, self.absent(candidate)))

        walk([seat], self.absent(seat))
        return _any(found)


def _any(parts) -> z3.BoolRef:
    return z3.Or(*parts)


def _all(parts) -> z3.BoolRef:
    return z3.And(*parts)


def _one(parts: list[z3.BoolRef]) -> z3.BoolRef:
    return z3.PbEq([(p, 1) for p in parts], 1)
