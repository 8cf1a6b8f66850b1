"""What each repair saves: the office under the repaired rules against the office under the rules as they are.

Both are run with the same seed, so that they share their papers (paired differences). Repairs are simulated of findings
that papers meet; of each, the smallest one. A repair that several findings have is run once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guize.incidence import Incidence
from model.edits import Edit
from proofs.findings import Finding
from proofs.repairing.repair import Repair
from sim.comparison import Difference, Steps, costs
from sim.replications import Experiment, Progress, Run, Workers, run


@dataclass(frozen=True)
class Effect:
    """A repair of `findings`, and what papers cost before and after it: `differences` are the repaired less the
    present, so that what is saved is negative."""

    findings: tuple[Finding, ...]
    repair: Repair
    differences: tuple[Difference, ...]

    def saved(self, measure: str, tier: str) -> Difference:
        """The difference of a measure for a tier (`*` all)."""
        return next(d for d in self.differences if (d.measure, d.tier) == (measure, tier))


def met(found: Iterable[Incidence]) -> frozenset[str]:
    """The ids of the findings that papers meet."""
    return frozenset(i.finding.id for i in found if i.papers is not None and i.papers.mean > 0)


def effects(
    experiment: Experiment, base: Run, findings: Sequence[Finding], workers: Workers = 0,
    progress: Progress | None = None,
) -> tuple[Effect, ...]:  # fmt: skip
    """The effect of the smallest repair of each finding that has one, in the order of the findings.

    `base` is the run of the experiment. After an interrupt, those that were done.
    """
    known: dict[Edit, tuple[Repair, list[Finding]]] = {}
    for finding in findings:
        if finding.repairs:
            repair = finding.repairs[0]
            known.setdefault(repair.edit, (repair, []))[1].append(finding)
    steps = Steps(len(known) * len(base.outcomes), progress)
    found: list[Effect] = []
    for edit, (repair, of) in known.items():
        changed = replace(
            experiment, rules=edit.applied(experiment.rules), replications=len(base.outcomes), watch=None
        )  # fmt: skip
        other = run(changed, workers, steps.told)
        if other.interrupted:
            break
        steps.following()
        found.append(Effect(tuple(of), repair, costs(base, other)))
    return tuple(found)
