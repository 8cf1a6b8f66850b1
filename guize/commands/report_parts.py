"""What `guize report` adds on request: a simulation of the rules, and the comparison with an older version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guize.commands.experiments import days_of, other_experiment, scenario_of
from model.ruleset import RuleSet

if TYPE_CHECKING:
    from guize.report.properties import Proved
    from guize.report.revised import Revised
    from guize.report.simulated import Simulated
    from model.properties import Property
    from model.text import Text
    from proofs.findings import Report
    from proofs.hearing import Progress
    from proofs.memory import Memory
    from sim.replications import Experiment, Run, Workers


@dataclass(frozen=True)
class Trial:
    """A simulation to be made: the experiment and, where scenarios are compared, the other side's. `share` is how far
    the assumptions are moved to rank them, 0 for no ranking."""

    experiment: Experiment
    other: Experiment | None = None
    share: float = 0.0


def trial(
    spec: str, rules: RuleSet, scenario: Path | None, years: float, replications: int, seed: int, against: str | None,
    percent: float = 0.0,
) -> Trial:  # fmt: skip
    """What is to be simulated. Raises UsageError or SpecError before anything is run."""
    from sim.replications import Experiment

    experiment = Experiment(rules, scenario_of(spec, rules, scenario), days_of(years), replications, seed)
    return Trial(experiment, other_experiment(experiment, spec, against) if against else None, percent / 100)


def simulation(made: Trial, found: Report, workers: Workers, progress: Progress) -> Simulated | None:
    """The simulation with the papers that meet each finding; None where it was stopped before a run was done."""
    from guize.incidence import incidences, watch
    from guize.report.bilingual import Both
    from guize.report.simulated import simulated
    from sim.comparison import differences
    from sim.replications import run
    from sim.report import report
    from sim.screening import screening

    def told(done: int, total: int) -> None:
        progress("simulate", done, total)

    e = replace(made.experiment, watch=watch(made.experiment.rules, found.findings))
    done = run(e, workers, told)
    if not done.outcomes:
        return None
    met = incidences(e.rules, found.findings, done.outcomes, [o.seen for o in done.outcomes], e.scenario.tiers)
    theirs: Run | None = None
    if made.other is not None and not done.interrupted:
        theirs = run(replace(made.other, replications=len(done.outcomes)), workers, told)
    pairs = differences(done, theirs) if theirs is not None and theirs.outcomes else ()
    ranked = None
    if made.share and not done.interrupted:
        ranked = screening(e, made.share, workers, lambda n, of: progress("sensitivity", n, of))
    return simulated(Both(e.rules), report(done), met, pairs, theirs, ranked)


def properties(
    rules: RuleSet, wanted: tuple[Property, ...], found: Report, text: Text | None, budget: int, progress: Progress,
    memory: Memory,
) -> tuple[Proved, ...]:  # fmt: skip
    """What becomes of properties within the bounds of the audit."""
    from guize.report.bilingual import Both
    from guize.report.content import chapters_of
    from guize.report.properties import proved
    from model.situation import make_cast
    from proofs.audit import hear
    from proofs.proving import prove

    hearing = hear(rules, make_cast(rules, found.scope), found.most_absences, budget, memory=memory)
    hearing.progress, hearing.text = progress, text
    chapters = chapters_of(text) if text is not None else {}
    return proved(Both(rules), prove(hearing, wanted, found), chapters, found.findings)


def revision(
    spec: str, rules: RuleSet, older: str, scope: Mapping[str, int], absences: int, budget: int, progress: Progress,
    memory: Memory,
) -> Revised:  # fmt: skip
    """What changed since an older version, with findings and properties of both. Raises UsageError as `guize.load`.

    `memory`: that of the newer version's audit, so that what the versions share is not asked again.
    """
    import guize
    from guize.library import properties_of
    from guize.report.revised import revised
    from proofs.impact.run import impact

    old = guize.load(older)
    found = impact(
        old,
        rules,
        scope=scope,
        most_absences=absences,
        budget=budget,
        findings=True,
        properties=(properties_of(older, old), properties_of(spec, rules)),
        progress=progress,
        memory=memory,
    )
    return revised(found)
