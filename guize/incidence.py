"""How often a year the situation of each finding occurs, and what it costs: the audit met with the simulation.

What counts as a paper that meets a finding:

* a gap or a loop: it stalls at a stage of the finding, for want of the same clauses in the same way or, where nobody
  is named at all, by demand of the same norms. A stall that lacks what several findings lack counts for each of them;
* a deadline that cannot be met: a ceiling of the finding binds it, and it is late;
* self-review, two steps in one hand, a round trip: one official did both steps. Whether others were free to do them
  is not asked;
* a return without bound: it is sent back there;
* a conflict, a contradiction, competing routes, a level skipped, a route with no end or with work left: its situation
  when it came shows the defect, by the function of `model` that the finding was replayed with.

Other findings are about the text and have no paper. Days are lost where a paper is stuck or late; the other findings
delay nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from model.competence import Competence
from model.graphs import defects as df
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import competence_conflicts, contradictions
from proofs.findings import Course, Finding, Gap, Late, Pair, Twice
from sim.cases import Case, Cases, Count, Fits, Missed, OneHand, SentBack, Stuck
from sim.intervals import Estimate, estimate
from sim.oracle import lacking
from sim.outcome import Outcome

_UNNAMED = "unnamed"


@dataclass(frozen=True)
class Cost:
    """Papers a year of a tier that meet a finding, and the working days a year they lose by it (None: not by it)."""

    tier: str
    papers: Estimate
    days: Estimate | None


@dataclass(frozen=True)
class Incidence:
    """A finding, and what it comes to a year: of all tiers together, and of each that is met.

    `papers` is None where no paper can meet such a finding, `days` where it delays none by itself.
    """

    finding: Finding
    papers: Estimate | None
    days: Estimate | None
    tiers: tuple[Cost, ...] = ()


def watch(rules: RuleSet, findings: Iterable[Finding]) -> Cases:
    """What counts the papers that meet each finding that has any, in the order of the findings."""
    return Cases(tuple(case for f in findings if (case := case_of(rules, f)) is not None))


def incidences(
    rules: RuleSet,
    findings: Sequence[Finding],
    outcomes: Sequence[Outcome],
    counted: Sequence[tuple[Count, ...]],
    tiers: Iterable[str],
) -> tuple[Incidence, ...]:
    """Every finding with what it comes to, the most severe first and, of one severity, the most frequent.

    `counted` is what `watch(rules, findings)` counted in each of the `outcomes`, of which there is one at least.
    """
    found: list[Incidence] = []
    place = 0
    for finding in findings:
        case = case_of(rules, finding)
        if case is None:
            found.append(Incidence(finding, None, None))
            continue
        counts: list[tuple[Count, float]] = [(c[place], o.years or 1.0) for c, o in zip(counted, outcomes, strict=True)]
        place += 1
        delays = isinstance(case, Stuck | Missed)
        by_tier = [_cost(tier, counts, delays) for tier in tiers]
        found.append(
            Incidence(
                finding,
                estimate(sum(c.papers.values()) / y for c, y in counts),
                estimate(sum(c.days.values()) / y for c, y in counts) if delays else None,
                tuple(c for c in by_tier if c.papers.mean),
            )
        )
    return tuple(sorted(found, key=lambda i: (-i.finding.severity, -(i.papers.mean if i.papers else -1.0))))


def _cost(tier: str, counts: Iterable[tuple[Count, float]], delays: bool) -> Cost:
    counts = list(counts)
    papers = estimate(c.papers.get(tier, 0) / y for c, y in counts)
    assert papers is not None
    return Cost(tier, papers, estimate(c.days.get(tier, 0.0) / y for c, y in counts) if delays else None)


def case_of(rules: RuleSet, finding: Finding) -> Case | None:
    """What a paper that meets the finding does or is; None where it is about no paper."""
    details = finding.details
    if isinstance(details, Gap):
        missing = lacking(rules, finding.witness.cast, details.obstacles)
        unnamed = any(reason == _UNNAMED for _, reason in missing)
        return Stuck(frozenset(details.stages), missing, frozenset(finding.norms) if unnamed else None)
    if isinstance(details, Late):
        return Missed(frozenset(o.ceiling.id for o in (details.worst, *details.others)))
    if isinstance(details, Twice):
        return OneHand(_stages(rules, details.pairs))
    if isinstance(details, Pair):
        shown = _SHOWN.get(finding.check)
        return Fits(partial(shown, details.first, details.second)) if shown else None
    return _course(rules, details) if isinstance(details, Course) else None


def _course(rules: RuleSet, details: Course) -> Case | None:
    if details.kind in (df.HELD_TWICE, df.COMES_BACK):
        return OneHand(_stages(rules, tuple((s[0], s[1]) for s in details.steps)))
    if details.kind == df.UNBOUNDED:
        stage_of = _stage_of(rules)
        return SentBack(frozenset(stage_of[s[0]] for s in details.steps))
    if details.kind == df.DEAD:
        return None
    return Fits(partial(_defective, details.kind, details.routes))


def _stages(rules: RuleSet, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    stage_of = _stage_of(rules)
    return tuple((stage_of[a] if a else "", stage_of[b]) for a, b in pairs)


def _stage_of(rules: RuleSet) -> dict[str, str]:
    return {p.id: s.id for s in rules.stages for p in s.powers}


# what a situation shows: functions of a module, so that they travel to whoever runs a replication


def _both_in_force(first: str, second: str, rules: RuleSet, situation: Situation) -> bool:
    at = Competence(rules, situation).at
    return at.in_force(rules.lookup(first)) and at.in_force(rules.lookup(second))


def _conflict(first: str, second: str, rules: RuleSet, situation: Situation) -> bool:
    return _both_in_force(first, second, rules, situation) and any(
        {c.first.id, c.second.id} == {first, second} for c in competence_conflicts(rules, situation)
    )


def _contradiction(first: str, second: str, rules: RuleSet, situation: Situation) -> bool:
    return _both_in_force(first, second, rules, situation) and any(
        {c.demand.id, c.against.id} == {first, second} for c in contradictions(rules, situation)
    )


def _defective(kind: str, routes: tuple[str, ...], rules: RuleSet, situation: Situation) -> bool:
    """Whether the situation shows the defect of the routes; of those shown with everybody present, with that."""
    if kind in (df.NO_END, df.WORK_LEFT):
        situation = situation.with_states({})
    known = tuple(r for r in rules.routes if r in routes)
    return any(d.kind == kind and set(d.routes) == set(routes) for d in df.defects(rules, situation, known))


_SHOWN: dict[str, Callable[[str, str, RuleSet, Situation], bool]] = {
    "competence-conflict": _conflict,
    "contradiction": _contradiction,
}
