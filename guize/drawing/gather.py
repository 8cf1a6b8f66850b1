"""Everything a picture shows that has to be computed: findings with their numbers, single points, measures, cycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guize.drawing.plan import Extras, Legend, RoutePlan, route_plan
from guize.sentences import sentence
from guize.terminal.audit import CHECK_NAMES
from guize.wording import Wording
from model.graphs.answering import answering_graph
from model.graphs.measures import SinglePoint
from model.graphs.meetings import MeetingChain, meeting_chain
from model.norms import Route
from model.ruleset import KIND, RuleSet
from model.situation import make_cast
from proofs.audit import audit, hear, ordered
from proofs.findings import Course, Finding, Unsettled
from proofs.questions import procedures
from proofs.routes import Chain, Cycle, RouteFacts


@dataclass(frozen=True)
class Gathered:
    """What was computed of one rule set; asked for piece by piece, each answer remembered."""

    rules: RuleSet
    facts: RouteFacts
    findings: tuple[Finding, ...]
    unknown: tuple[Unsettled, ...]
    _chains: dict[tuple[str, str], Chain | None] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> Mapping[str, frozenset[str]]:
        """By kind of paper, the ids of the powers that may be in force on it."""
        return self.facts.kinds()

    @cached_property
    def meetings(self) -> tuple[MeetingChain, ...]:
        bodies = (b.id for b in self.rules.vocabulary.bodies.values() if b.kind == "meeting")
        return tuple(meeting_chain(self.rules, b, self.facts.papers_of(b)) for b in bodies)

    @cached_property
    def single_points(self) -> Mapping[str, tuple[SinglePoint, ...]]:
        """By route."""
        return {r.id: self.facts.single_points(r) for r in self.rules.routes.values()}

    @cached_property
    def cycles(self) -> tuple[Cycle, ...]:
        return self.facts.stand_in_cycles()

    @cached_property
    def returns(self) -> Mapping[str, tuple[Cycle, ...]]:
        """By route."""
        return {r.id: self.facts.return_cycles(r) for r in self.rules.routes.values()}

    @cached_property
    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Who answers to whom: two set expressions, and the power answered to."""
        return tuple((one, two, str(key)) for one, two, key in answering_graph(self.rules).edges(keys=True))

    def longest_chain(self, route: Route, kind: str = "") -> Chain | None:
        """The longest chain of hands of a route, on papers of a kind if one is named."""
        if (route.id, kind) not in self._chains:
            self._chains[route.id, kind] = self.facts.longest_chain(route, {KIND: kind} if kind else None)
        return self._chains[route.id, kind]

    # for pictures

    def extras(self, words: Wording) -> Extras:
        marks: dict[str, list[int]] = {}
        for number, finding in enumerate(self.findings, 1):
            for power in dict.fromkeys(touched(self.rules, finding)):
                marks.setdefault(power, []).append(number)
        single: dict[str, tuple[str, ...]] = {}
        for route, points in self.single_points.items():
            for point in points:
                power = f"{route}.{point.step}"
                single[power] = (*single.get(power, ()), point.office)
        legend = tuple(legend_of(words, n, f) for n, f in enumerate(self.findings, 1))
        idle = {
            r: tuple((c.nodes[1], c.nodes[0]) for c in cycles if c.driven is None) for r, cycles in self.returns.items()
        }
        return Extras(legend, {p: tuple(m) for p, m in marks.items()}, single, idle)

    def plans(self, words: Wording, routes: Iterable[str] = ()) -> tuple[RoutePlan, ...]:
        """The plans of the routes named, or of all."""
        extras = self.extras(words)
        wanted = tuple(routes) or tuple(self.rules.routes)
        return tuple(route_plan(words, self.rules.routes[r], extras) for r in wanted)


def gather(
    rules: RuleSet, scope: Mapping[str, int] | None = None, absences: int = 2, everything: bool = False
) -> Gathered:
    """Ask the checks about routes, or every check of the audit (`everything`), and prepare the rest.

    Raises ScopeError for a scope that does not fit, SelfCheckError where the engines disagree.
    """
    hearing = hear(rules, make_cast(rules, scope), absences)
    if everything:
        report = audit(rules, scope=scope, most_absences=absences)
        findings, unknown = report.findings, report.unknown
    else:
        answers = procedures.ask(hearing)
        findings = ordered(f for a in answers for f in a.findings)
        unknown = tuple(u for a in answers for u in a.unknown)
    return Gathered(rules, RouteFacts(hearing), findings, unknown)


def touched(rules: RuleSet, finding: Finding) -> tuple[str, ...]:
    """The steps of routes a finding is about: those it tells of, or those of its core."""
    if isinstance(finding.details, Course):
        return tuple(s for steps in finding.details.steps for s in steps)
    return tuple(n for n in finding.norms if n in rules.powers and rules.powers[n].route)


def legend_of(words: Wording, number: int, finding: Finding) -> Legend:
    places = words.list(dict.fromkeys(words.place(c) for c in finding.citations))
    title = words.label(CHECK_NAMES[finding.check])
    title = words.pick(f"{title}（{places}）", f"{title} ({places})")
    return Legend(number, finding.severity.name.lower(), title, sentence(words.rules, finding, words.lang))
