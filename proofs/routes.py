"""What pictures and cards of routes need of the solver: which norms bear on which papers, and the measures.

Nothing here is a finding. Each answer is exact within the bounds of the hearing, and agrees with
`model.graphs.measures` on every situation it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import networkx as nx

from model.competence import Competence
from model.graphs import measures
from model.graphs.course import earlier, returns
from model.graphs.standins import office_cycles
from model.norms import Route
from model.ruleset import BODY, KIND
from model.situation import Situation
from proofs import decode, witness
from proofs.boolean import Formula, Term, at_most, conj, disj, neg
from proofs.hearing import Hearing, replayed
from proofs.resilience import alone
from proofs.session import Session


@dataclass(frozen=True)
class Chain:
    """A longest chain of hands: ids of the steps in order, and a situation in which all are required."""

    steps: tuple[str, ...]
    situation: Situation


@dataclass(frozen=True)
class Cycle:
    """A cycle of a graph (offices, or steps of a route), and a situation that drives it; None if no situation can."""

    nodes: tuple[str, ...]
    driven: Situation | None


class RouteFacts:
    """Answers about the routes of one hearing."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing, self.rules, self.encoding = hearing, hearing.rules, hearing.encoding
        self.session: Session = hearing.session.apart()

    # which norms bear on which papers

    def kinds(self) -> dict[str, frozenset[str]]:
        """By kind of paper, the ids of the powers that may be in force on it; a kind without any is left out."""
        if KIND not in self.rules.vocabulary.attributes:
            return {}
        found = {k: self.bearing({KIND: k}) for k in self.rules.vocabulary.attributes[KIND].domain}
        return {k: ids for k, ids in found.items() if ids}

    def papers_of(self, body: str) -> dict[str, frozenset[str]]:
        """By kind of paper, the ids of the powers that may be in force on such a paper of a meeting."""
        v = self.rules.vocabulary.attributes
        if KIND not in v or BODY not in v or body not in v[BODY].domain:
            return {}
        found = {k: self.bearing({KIND: k, BODY: body}) for k in v[KIND].domain}
        return {k: ids for k, ids in found.items() if ids}

    def bearing(self, paper: Mapping[str, str]) -> frozenset[str]:
        """The ids of the powers that may be in force on a paper with these values."""
        fixed = [self.session.literal(self.encoding.variables[("paper", a)].is_(v)) for a, v in paper.items()]
        left: dict[str, Formula] = {p.id: self.encoding.in_force(p) for p in self.rules.powers.values()}
        return frozenset(self._possible(left, fixed))

    def _possible(self, formulas: dict[str, Formula], fixed: list[Term]) -> set[str]:
        """The formulas that can hold, each alone: every model found settles all that hold in it."""
        left = {k: f for k, f in formulas.items() if f is not False}
        found: set[str] = set()
        while left:
            model = self.session.model([*fixed, self.session.literal(disj(left.values()))])
            if model is None:
                return found
            held = {k for k, f in left.items() if model.holds(f)}
            found |= held
            left = {k: f for k, f in left.items() if k not in held}
        return found

    # measures

    def longest_chain(self, route: Route, paper: Mapping[str, str] | None = None) -> Chain | None:
        """The longest chain of required steps that some situation has; None where no step is ever required."""
        fixed = [self.session.literal(self.encoding.variables[("paper", a)].is_(v)) for a, v in (paper or {}).items()]
        within = witness.absences_at_most(self.session, self.hearing.most)
        best: Chain | None = None
        for path in self._paths(route):
            wanted = [self.encoding.in_force(s.power) for s in route.steps if s.id in path and not s.power.may]
            while True:
                least = (len(best.steps) if best else 0) + 1
                if least > len(wanted):
                    break
                goal = self.session.literal(at_most(map(neg, wanted), len(wanted) - least))
                model = self.session.model([*fixed, within, goal])
                if model is None:
                    break
                at = self.hearing.situation(decode.values(self.encoding, model))
                chain = measures.longest_chain(Competence(self.rules, at), route)
                replayed(len(chain) >= least, f"the longest chain of {route.id}", at)
                best = Chain(chain, at)
        return best

    def _paths(self, route: Route) -> Iterable[frozenset[str]]:
        order = nx.DiGraph()
        order.add_nodes_from(s.id for s in route.steps)
        order.add_edges_from((a, s.id) for s in route.steps for a in s.after)
        sources = [n for n in order if not order.in_degree(n)]
        sinks = [n for n in order if not order.out_degree(n)]
        for one, two in product(sources, sinks):
            if one == two:
                yield frozenset({one})
            for path in nx.all_simple_paths(order, one, two):
                yield frozenset(path)

    def single_points(self, route: Route) -> tuple[measures.SinglePoint, ...]:
        """The steps that the absence of one official alone can stop: by step and office, with one such situation.

        Holders of one office are alike, and are told once.
        """
        found: list[measures.SinglePoint] = []
        for step in (s for s in route.steps if not s.power.may):
            stuck = conj([self.encoding.in_force(step.power), neg(self.encoding.able(step.power))])
            for single in alone(self.hearing, self.session, stuck, self.encoding.seats(step.power)):
                competence = Competence(self.rules, single.situation)
                replayed(step.id in measures.stopped(competence, route), f"a stop at {step.id}", single.situation)
                found.append(measures.SinglePoint(step.id, single.office, single.situation))
        return tuple(found)

    # cycles

    def stand_in_cycles(self) -> tuple[Cycle, ...]:
        """The cycles of the stand-in graph, each with a situation in which all on it are absent and it leads round."""
        return tuple(Cycle(c, self._driven(c)) for c in office_cycles(self.rules))

    def _driven(self, cycle: tuple[str, ...]) -> Situation | None:
        within = witness.absences_at_most(self.session, max(self.hearing.most, len(cycle)))
        holders = [sorted(o.id for o in self.encoding.cast.officials if o.office == office) for office in cycle]
        acts = dict.fromkeys(p.act for p in self.rules.powers.values())
        ways: list[Formula] = []
        for officials in product(*holders):
            if len(set(officials)) == len(officials) and len(officials) > 1:
                pairs = list(zip(officials, (*officials[1:], officials[0]), strict=True))
                for act in acts:
                    links = [self.encoding.links(a, act, chained=False).get(b, False) for a, b in pairs]
                    ways.append(conj([*links, *(self.encoding.absent(o) for o in officials)]))
        if len(cycle) == 1:  # two holders of one office for each other
            for one, two in product(holders[0], repeat=2):
                for act in acts if one < two else ():
                    there = self.encoding.links(one, act, chained=False).get(two, False)
                    back = self.encoding.links(two, act, chained=False).get(one, False)
                    ways.append(conj([there, back, self.encoding.absent(one), self.encoding.absent(two)]))
        goal = disj(ways)
        model = None if goal is False else self.session.model([self.session.literal(goal), within])
        return None if model is None else self.hearing.situation(decode.values(self.encoding, model))

    def return_cycles(self, route: Route) -> tuple[Cycle, ...]:
        """The returns of a route, each with a situation that drives it; None where none can."""
        found: list[Cycle] = []
        within = witness.absences_at_most(self.session, self.hearing.most)
        powers = {s.id: s.power for s in route.steps}
        for step, target in returns(route):
            needed: list[Formula] = []
            for s in (step.id, target.id):
                needed += [self.encoding.in_force(powers[s]), self.encoding.able(powers[s])]
            for before in (powers[e] for e in sorted(earlier(route)[step.id]) if not powers[e].may):
                needed.append(disj([neg(self.encoding.in_force(before)), self.encoding.able(before)]))
            goal = conj(needed)
            model = None if goal is False else self.session.model([self.session.literal(goal), within])
            at = None if model is None else self.hearing.situation(decode.values(self.encoding, model))
            found.append(Cycle((target.id, step.id), at))
        return tuple(found)
