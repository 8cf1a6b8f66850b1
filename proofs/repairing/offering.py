"""Repairs of the findings of an audit: candidates in order of size, each asked about again, the first few kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from model import absence
from model import expressions as ex
from model.competence import Competence
from model.drafting import Flaw
from model.norms import Power, StandIn
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import ask, hear
from proofs.findings import Course, Finding, Gap, Late, Pair, Report, Twice, Unsettled
from proofs.questions import gap_causes
from proofs.questions import gaps as gap_questions
from proofs.repairing import clashes, courses, flaws, gaps, periods, reviews
from proofs.repairing.comparison import After, Asked, Question, Verdict
from proofs.repairing.narrowing import narrowed
from proofs.repairing.remaining import remaining, shows
from proofs.repairing.repair import APART, WIDEN, Candidate, Repair
from proofs.session import Unknown

CHECK = "repair"
KEPT, TRIED, PEOPLE, ROUNDS = 3, 16, 6, 4
"""Of one finding: repairs kept; candidates asked about at most; stand-ins thought of for one office; and how often
one candidate is asked about, narrowed each time."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Limits:
    """How far to look: repairs kept of a finding, and candidates asked about for it."""

    kept: int = KEPT
    tried: int = TRIED


def with_repairs(
    rules: RuleSet,
    report: Report,
    *,
    scope: Mapping[str, int] | None = None,
    budget: int = 0,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    states: Sequence[str] = absence.ABSENT_STATES,
    only: frozenset[str] | None = None,
) -> Report:
    """The report with a repair for each finding that has one within the limits; `only`: for these ids alone.

    What the solver does not settle is no repair, and is told as unknown. Raises SelfCheckError where the
    reference semantics contradicts the solver.
    """
    bench = Bench(rules, report, dict(scope or {}), budget, states)
    findings: list[Finding] = []
    unknown: list[Unsettled] = []
    asked = [f for f in report.findings if only is None or f.id in only]
    for number, finding in enumerate(report.findings):
        if finding not in asked:
            findings.append(finding)
            continue
        if progress:
            progress(CHECK, number, len(report.findings))
        repairs, tried, unsettled = bench.repairs(finding, limits)
        unknown.extend(unsettled)
        findings.append(replace(finding, repairs=repairs, tried=tried, undecided=len(unsettled)))
    return replace(report, findings=tuple(findings), repairing=tuple(unknown), repaired=True)


_SHOWN = (Gap, Pair, Twice, Course)
"""What a situation shows by itself."""


def _circular(rules: RuleSet) -> bool:
    """Whether norms give way to each other in a circle, so that the rule set could not be read."""
    try:
        TopologicalSorter(rules.superiors).prepare()
    except CycleError:
        return True
    return False


def _alike(one: Repair, two: Repair) -> bool:
    """Whether a drafter would take them for one: the same people are to act, at the same place."""
    if one.kind != two.kind or one.anchor != two.anchor:
        return False
    if one.edit.added:
        return _people(one) == _people(two) and bool(_people(one))
    return one.kind == WIDEN and {n.id for n in one.edit.changed} == {n.id for n in two.edit.changed}


def _people(repair: Repair) -> tuple[str, ...]:
    """Who is to act; whoever is in charge of the matter is one, of whatever set."""
    named = (n.by for n in repair.edit.added if isinstance(n, (Power, StandIn)))
    return tuple("in_charge" if isinstance(by, ex.Image) and by.function == "in_charge" else str(by) for by in named)


def _about(finding: Finding, question: Question) -> bool:
    """Whether a finding answers a question; gaps are told apart by their cause, and looked at elsewhere."""
    kind, *rest = question
    match finding.details:
        case Gap():
            return False
        case Pair():
            return kind == finding.check and any(r.subject == " / ".join(rest) for r in finding.region)
        case Twice(pairs, _, _, role):
            return kind == finding.check and rest[0] in {f"{a or role} / {b}" for a, b in pairs}
        case Course(kind=own, routes=routes):
            return kind == own and tuple(rest[: len(routes)]) == routes
        case _:
            return False


def _cause(rules: RuleSet, finding: Finding) -> object:
    """What makes a gap one finding (`gap_causes.cause_of`), or None of other findings."""
    if not isinstance(finding.details, Gap):
        return None
    return gap_causes.cause_of(rules, finding.witness.cast, finding.details.obstacles)


class Bench:
    """One rule set under repair."""

    def __init__(
        self, rules: RuleSet, report: Report, scope: dict[str, int], budget: int, states: Sequence[str]
    ) -> None:
        self.rules, self.scope, self.findings = rules, scope, report.findings
        self.before = Asked(hear(rules, make_cast(rules, scope), report.most_absences, budget, states))

    def repairs(self, finding: Finding, limits: Limits) -> tuple[tuple[Repair, ...], int, tuple[Unsettled, ...]]:
        """The first few repairs in order of size, those that leave nothing before those that leave something rare;
        how many candidates were asked about; what was not settled of them."""
        kept: list[Repair] = []
        tried = 0
        unsettled: list[Unsettled] = []
        for candidate in self._in_order(finding)[: limits.tried]:
            tried += 1
            try:
                repair = self._tried(finding, candidate)
            except Unknown as e:
                unsettled.append(Unsettled(CHECK, f"{finding.id} / {candidate.kind}", str(e)))
                continue
            if repair is not None and not any(_alike(repair, k) for k in kept):
                kept.append(repair)
                if len(kept) == limits.kept:
                    break
        partial = (r.kind == APART and r.leaves is not None for r in kept)
        order = {id(r): p for r, p in zip(kept, partial, strict=True)}
        kept.sort(key=lambda r: order[id(r)])
        return tuple(kept), tried, tuple(unsettled)

    def _in_order(self, finding: Finding) -> list[Candidate]:
        found: dict[object, Candidate] = {}
        for candidate in self._candidates(finding):
            found.setdefault(candidate.edit, candidate)
        return sorted(found.values(), key=lambda c: c.size(self.rules))

    def _candidates(self, finding: Finding) -> Iterator[Candidate]:
        match finding.details:
            case Gap() as gap:
                yield from gaps.candidates(self.rules, finding, gap, PEOPLE)
            case Pair() as pair:
                yield from clashes.of_pair(self.rules, finding, pair)
            case Twice() as twice:
                yield from reviews.candidates(self.rules, finding, twice, PEOPLE)
            case Late() as late:
                yield from periods.candidates(self.rules, late)
            case Course() as course:
                yield from courses.candidates(self.rules, finding, course, PEOPLE)
            case Flaw() as flaw:
                yield from flaws.candidates(self.rules, flaw, PEOPLE)
            case _:  # of norms that could be spared, terms and officials
                pass

    def _tried(self, finding: Finding, candidate: Candidate | None) -> Repair | None:
        """The candidate as a repair, narrowed where it would leave two steps to one hand; None where it does not
        remove the finding or adds something."""
        for _ in range(ROUNDS):
            if candidate is None or _circular(candidate.edit.applied(self.rules)):
                return None
            after = After(self.before, candidate.edit, self.scope)
            if not self._removes(after, finding, candidate):
                return None
            verdict = after.verdict()
            widens = None if verdict.adds else self._widened(after, verdict)
            if widens is not None:
                widens = tuple(w for w in widens if w != finding.id)
                leaves, mends = after.plainest(remaining(after, finding)), self._mended(after, finding)
                return Repair(candidate.kind, candidate.edit, candidate.anchor, leaves, mends, widens)
            candidate = narrowed(self.rules, candidate, verdict.adds)
        return None

    def _removes(self, after: After, finding: Finding, candidate: Candidate) -> bool:
        """Whether no situation as plain as the finding's own shows it still. Absences that nobody chooses may remain
        where others are kept apart: no rule can forbid them."""
        if candidate.kind != APART:
            return not self._still(after, finding)
        left = remaining(after, finding)
        if left is True:
            return False
        leaves = after.plainest(left)
        return leaves is None or not any(absence.STATES[leaves.state(o)].chosen for o in leaves.absent)

    def _widened(self, after: After, verdict: Verdict) -> tuple[str, ...] | None:
        """The findings that reach further after the change; None where a gap arises for a cause that is not there yet.

        That one more situation is stuck says nothing of its cause, so then the gaps are audited again.
        """
        if not verdict.wider:
            return ()
        causes = {c: f.id for f in self.findings if (c := _cause(self.rules, f)) is not None}
        found: dict[str, None] = {}
        for question in verdict.wider:
            found.update((f.id, None) for f in self.findings if _about(f, question))
        for question, at in verdict.examples:
            stage = next(s for s in after.rules.stages if s.id == question[1])
            obstacles = Competence(after.rules, at).obstacles(stage)
            found[causes.get(gap_causes.cause_of(after.rules, at.cast, obstacles), "")] = None
        if verdict.examples:
            _, again = ask(after.now.hearing, gap_questions.CHECKS)
            if "" in found or any(_cause(after.rules, f) not in causes for f in again):
                return None
        return tuple(found)

    def _mended(self, after: After, finding: Finding) -> tuple[str, ...]:
        """Other findings that the change removes as it removes this one. Raises Unknown."""
        others = (f for f in self.findings if f.id != finding.id and isinstance(f.details, _SHOWN))
        return tuple(f.id for f in others if not self._still(after, f))

    def _still(self, after: After, finding: Finding) -> bool:
        """Whether some situation as plain as the finding's own shows it after the change."""
        if not isinstance(finding.details, Late) and shows(after.rules, finding, self.scope):
            return True
        left = remaining(after, finding)
        return left is True or after.possible(left, len(finding.witness.absent))
