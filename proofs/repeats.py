"""Which findings a failed property only repeats: the same people are missing, or are the same, for the same acts."""

from __future__ import annotations

from collections.abc import Iterable

from model import expressions as ex
from model import violations
from model.competence import Competence
from model.properties import Property
from model.ruleset import RuleSet
from model.situation import Situation
from proofs.findings import Finding, Gap, Twice
from proofs.proving import Status, Verdict
from proofs.questions.gap_causes import cause_of


def repeated(rules: RuleSet, verdict: Verdict, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The ids of the findings that tell of the failure already, in their order; none of a property that does not fail.

    Of a check that should be silent, what it found. Else those that show in the very counterexample, by the same cause,
    of the acts whose hands the property asks about, where the norms of the one hold the core of the other.
    `verdict` and `findings` must be of the same rule set and scope.
    """
    if verdict.status is not Status.FAILS:
        return ()
    if verdict.property.silent:
        return verdict.findings
    at, core, acts = verdict.witness, set(verdict.norms), _acts(verdict.property)
    if at is None:
        return ()
    return tuple(f.id for f in findings if _nested(core, f) and _shows(rules, f, at, acts))


def _acts(of: Property) -> frozenset[str]:
    """The acts whose hands a property asks about: who may do them, or whether nobody may."""
    return frozenset(n.act for n in of.holds.walk() if isinstance(n, ex.Hands | ex.Stuck))


def _nested(core: set[str], finding: Finding) -> bool:
    """Whether the finding tells of all norms that force the failure, or they are more than what forces the finding."""
    own = set(finding.norms)
    told = own | set(finding.details.powers) if isinstance(finding.details, Gap) else own
    return core <= told or (bool(own) and own <= core)


def _shows(rules: RuleSet, finding: Finding, at: Situation, acts: frozenset[str]) -> bool:
    """Whether a finding of missing or doubled hands for the acts shows in a situation, by the reference semantics."""
    match finding.details:
        case Gap(stages, obstacles=obstacles):
            competence = Competence(rules, at)
            stuck = (s for s in rules.stages if s.id in stages and s.act in acts and competence.stuck(s))
            # of several causes at once, each is a finding of its own
            own = cause_of(rules, finding.witness.cast, obstacles)
            return any(own <= cause_of(rules, at.cast, competence.obstacles(s)) for s in stuck)
        case Twice(pairs):
            return any(
                (r.first.id, r.second.id) in pairs and {r.first.act, r.second.act} <= acts
                for r in violations.self_reviews(rules, at)
                if r.first is not None
            )
        case _:
            return False
