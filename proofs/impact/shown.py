"""Where the situations of a finding show its defect under another version.

Of a gap that is asked of the solver, for all its regions: one cause stops several acts and papers, and that the paper
shown was stuck before as well says nothing of the others. Other findings are told by their own situation, which the
reference semantics replays under the other version.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from model.competence import Competence
from model.effects import known, seen
from model.graphs import defects as df
from model.reachability import reachable
from model.ruleset import Stage
from model.situation import Situation
from model.violations import clash_candidates, clashes, competence_conflicts, self_reviews
from proofs import witness
from proofs.boolean import Formula, conj, disj, neg
from proofs.findings import Course, Finding, Gap, Pair, Twice, Unsettled
from proofs.impact.space import Space, Version
from proofs.questions.gap_search import extent
from proofs.session import Session, Unknown

FINDINGS = "findings"

_AS_PLAIN = (df.NO_END, df.WORK_LEFT)
"""Defects of routes that are told with nobody absent."""
_OF_CLOSINGS = (df.COMPETING, df.SKIPPING)
"""Defects of two routes, whose steps are those of the situation."""


@dataclass
class Across:
    """Both versions, to ask of a finding of one what the other says of it; `unknown` is what the solver left open."""

    space: Space
    session: Session
    unknown: list[Unsettled] = field(default_factory=list)

    def news(self, finding: Finding) -> bool | None:
        """Of a finding of the newer version: whether the older is without the defect in one of its situations, with
        no more absences than are shown. None where the finding is of a kind that rests on no situation. What is not
        settled is news."""
        if isinstance(finding.details, Gap):
            return self._gap(finding, self.space.new, self.space.old, still=False) is not False
        shown = _shows(self.space.old, finding)
        return None if shown is None else not shown

    def mended(self, finding: Finding) -> bool | None:
        """Of a finding of the older version: whether the newer has the defect in none of those situations. What is not
        settled is not mended."""
        if isinstance(finding.details, Gap):
            return self._gap(finding, self.space.old, self.space.new, still=True) is False
        shown = _shows(self.space.new, finding)
        return None if shown is None else not shown

    def _gap(self, finding: Finding, own: Version, other: Version, *, still: bool) -> bool | None:
        """Whether the other version shows the gap (`still`), or does not, in a situation of the finding; None: open."""
        session = self.session.apart()
        here: list[Formula] = []
        for region in finding.region:
            stage, twin = (_stage(v, region.subject) for v in (own, other))
            if stage is None:
                continue
            there = conj([other.possible, other.stuck(twin)]) if twin is not None else False
            inside = extent(session, own, region, stage)
            here.append(conj([own.stuck(stage), inside, there if still else neg(there)]))
        few = witness.absences_at_most(session, len(finding.witness.absent))
        try:
            return session.satisfiable([session.literal(own.possible), session.literal(disj(here)), few])
        except Unknown as e:
            self.unknown.append(Unsettled(FINDINGS, finding.id, str(e)))
            return None


def _stage(version: Version, stage_id: str) -> Stage | None:
    return next((s for s in version.rules.stages if s.id == stage_id), None)


def _shows(version: Version, finding: Finding) -> bool | None:
    """Whether a version shows the defect in the situation of a finding of the other, as far as it sees that."""
    match finding.details:
        case Pair(first, second) if finding.check in ("competence-conflict", "contradiction"):
            return _clash(version, finding.witness, finding.check, {first, second})
        case Twice() as twice:
            return _one_hand(version, finding.witness, twice)
        case Course(kind=kind) as course if kind != df.DEAD:
            return _defective(version, finding.witness, course)
        case _:
            return None


def _view(version: Version, at: Situation) -> Situation | None:
    """What a version sees of a situation; None if that cannot occur under it."""
    sight = seen(version.rules, version.cast, at)
    return sight if known(version.rules, version.cast, sight) and reachable(version.rules, sight) else None


def _one_hand(version: Version, at: Situation, twice: Twice) -> bool:
    sight = _view(version, at)
    reviews = self_reviews(version.rules, sight) if sight is not None else ()
    return any((r.first.id if r.first else "", r.second.id) in twice.pairs and r.role == twice.role for r in reviews)


def _clash(version: Version, at: Situation, check: str, norms: set[str]) -> bool:
    rules, sight = version.rules, _view(version, at)
    if sight is None:
        return False
    if check == "competence-conflict":
        return any({c.first.id, c.second.id} == norms for c in competence_conflicts(rules, sight))
    competence = Competence(rules, sight)
    asked = [(d, a) for d, a in clash_candidates(rules) if {d.id, a.id} == norms]
    return any(True for d, a in asked for _ in clashes(competence, d, a))


def _defective(version: Version, at: Situation, course: Course) -> bool:
    rules, sight = version.rules, _view(version, at.with_states({}) if course.kind in _AS_PLAIN else at)
    if sight is None or not all(r in rules.routes for r in course.routes):
        return False
    in_order = tuple(r for r in rules.routes if r in course.routes)
    found = [d for d in df.defects(rules, sight, in_order) if d.kind == course.kind]
    return any(course.kind in _OF_CLOSINGS or d.steps in course.steps for d in found)
