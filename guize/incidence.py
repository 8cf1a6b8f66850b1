"""How often a year the situation of a signing gap occurs: findings of the audit met with the stalls of a simulation.

A stall and a finding are the same fact where the same stage lacks a hand for the same reasons: the same stand-ins fall
short in the same way or, where nobody is named at all, the same norms demand the act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proofs.findings import Finding, Gap
from sim.intervals import Estimate, estimate
from sim.outcome import Outcome

CHECK = "signing-gap"
_UNNAMED = "unnamed"


@dataclass(frozen=True)
class Incidence:
    """A finding, and how many papers a year met its situation in the simulation."""

    finding: Finding
    papers: Estimate | None


def incidences(findings: Iterable[Finding], outcomes: tuple[Outcome, ...]) -> tuple[Incidence, ...]:
    """Every signing gap with its papers a year, the most frequent first. `outcomes` has at least one replication."""
    found = [
        Incidence(f, estimate(_papers(f, f.details, o) / (o.years or 1.0) for o in outcomes))
        for f in findings
        if f.check == CHECK and isinstance(f.details, Gap)
    ]
    return tuple(sorted(found, key=lambda i: -(i.papers.mean if i.papers else 0)))


def _papers(finding: Finding, gap: Gap, outcome: Outcome) -> int:
    missing = frozenset((o.stand_in, o.reason) for o in gap.obstacles if o.reason != "reading")
    total = 0
    for (stage, norms, lacked), papers in outcome.causes:
        if stage not in gap.stages or lacked != missing:
            continue
        if any(reason == _UNNAMED for _, reason in lacked) and not set(norms) <= set(finding.norms):
            continue
        total += papers
    return total
