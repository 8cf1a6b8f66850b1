"""A rule set and a symbolic situation as propositional formulas: the definitions of `model`, once more.

Every norm has a switch, so that a proof names the norms it needs. Chains of stand-ins are unrolled as reachability,
which is exact because there are finitely many officials; nothing is bounded but the cast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import networkx as nx

from model import absence
from model.norms import Exclusion, Norm, Power, StandIn
from model.ruleset import RuleSet, Stage
from model.situation import Cast
from model.vocabulary import Strength
from proofs.boolean import Formula, Term, at_least, conj, disj, iff, implies, neg, odd
from proofs.boolean import variable as atom
from proofs.expressions import DELEGATING, NOBODY, Expressions, Members


class Encoding(Expressions):
    """One encoding, asked many questions. All formulas are built on demand and remembered.

    `links`: the longest chain of stand-ins to be followed, where fewer may be absent at once.
    """

    def __init__(
        self,
        rules: RuleSet,
        cast: Cast,
        states: Sequence[str] = absence.ABSENT_STATES,
        there: Mapping[str, Formula] = MappingProxyType({}),
        links: int | None = None,
    ) -> None:
        super().__init__(rules, cast, states, there)
        self._links = len(cast.ids) if links is None else links
        self.switches: dict[str, Term] = {}
        self._constrain()

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
                possible = conj([named, self.state_in(official, DELEGATING)])
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
            conj([f, self.state_in(g, DELEGATING), self._is(("authorisation", norm.id, g), "yes")])
            for g, f in givers.items()
        )
        return disj(given)

    # competence

    def seats(self, power: Power, meeting: str = "") -> Members:
        return self.members(power.by, None, meeting)

    def fill(self, seat: str, act: str, meeting: str = "") -> Members:
        """The actors that may fill a seat for an act, each with its formula (`Competence.fill`)."""
        key = ("fill", seat, self._alike(act), meeting)
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
        key = ("links", official, self._alike(act), chained, meeting)
        if key not in self._memo:
            found: dict[str, list[Formula]] = {}
            for norm in self._naming(meeting).get(official, ()):
                if norm.passes(act) and (norm.chain or not chained):
                    for candidate, link in self.links_by(norm, official, meeting).items():
                        found.setdefault(candidate, []).append(link)
            self._memo[key] = {c: f for c, f in ((c, disj(p)) for c, p in found.items()) if f is not False}
        return self._memo[key]

    def _alike(self, act: str) -> int:
        """A number that acts share which pass by the same stand-in norms: who may fill a seat is the same for them."""
        key = ("alike", act)
        if key not in self._memo:
            passing = ("passing", *(n.id for n in self.rules.stand_ins if n.passes(act)))
            self._memo[key] = self._memo.setdefault(passing, len(self._memo))
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
        can = disj(conj([f, self.state_in(g, DELEGATING)]) for g, f in givers.items())
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
        key = ("able", power.by, self._alike(power.act), power.joint, meeting)
        if key not in self._memo:
            seats = self.seats(power, meeting)
            filled = {s: disj(self.fill(s, power.act, meeting).values()) for s in seats}
            if power.joint:
                every = conj(implies(f, filled[s]) for s, f in seats.items())
                self._memo[key] = conj([disj(seats.values()), every])
            else:
                self._memo[key] = disj(conj([f, filled[s]]) for s, f in seats.items())
        return self._memo[key]

    def named(self, stage: Stage) -> dict[tuple[str, bool], Formula]:
        """For what the powers of a stage can name, by set expression and whether all of it must act: when some power in
        force names it."""
        found: dict[tuple[str, bool], list[Formula]] = {}
        for power in stage.powers:
            found.setdefault((str(power.by), power.joint), []).append(self.in_force(power))
        return {k: disj(parts) for k, parts in found.items()}

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
        key = ("loops", seat, self._alike(act))
        if key not in self._memo:
            reach = self._closure(act, self._looping(seat, act))
            parts = [reach.get((seat, seat), False)]
            parts += [conj([f, reach.get((b, b), False)]) for (a, b), f in reach.items() if a == seat and b != seat]
            self._memo[key] = disj(parts)
        return self._memo[key]

    def _steps(self, act: str) -> nx.DiGraph:
        """The links between officials that an act may pass by; each edge has the formula that both are absent and
        it is there."""
        key = ("steps", self._alike(act))
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
        key = ("closure", self._alike(act), among)
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
