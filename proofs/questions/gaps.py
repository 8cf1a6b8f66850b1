"""signing-gap, stand-in-gap and stand-in-loop: an act that is wanted and that nobody may do.

The three share one search, for they are one question (is a stage stuck?) told apart by the cause:

* stand-in-loop where the chain of stand-ins returns to an absent official;
* signing-gap where a decisive act is stuck, or a class of papers has no actor named at all;
* stand-in-gap where only acts before the decision are stuck.

The search (`gap_search`) is complete up to the number of absences. Regions with one cause (`gap_causes`) make one
finding (`gap_findings`). Each of the three steps is asked of the slice of the stages it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.ruleset import Stage
from proofs.apart import pieces
from proofs.findings import Answer, Finding, Unsettled
from proofs.hearing import Hearing
from proofs.questions import gap_findings, gap_search
from proofs.questions.gap_causes import Group, Point, joined, merged
from proofs.questions.gap_search import Seats
from proofs.slices import Slice

CHECKS = ("signing-gap", "stand-in-gap", "stand-in-loop")

_TOGETHER = 16
"""Stages that are looked through with one solver."""


def ask(hearing: Hearing) -> tuple[Answer, ...]:
    """All three checks at once. An answer per check; a stage counts as asked once for each check it concerns."""
    stages = [piece for stage in hearing.rules.stages for piece in pieces(hearing.rules, stage)]
    hearings: dict[int, Hearing] = {}

    def shared(number: int) -> Hearing:
        """One hearing for several stages: what is asked of it has one answer, whatever was asked before."""
        place = number // _TOGETHER
        if place not in hearings:
            hearings.clear()  # stages come in order, and a solver with all it has learnt is large
            part = hearing.slicer.of_stages(stages[place * _TOGETHER : (place + 1) * _TOGETHER])
            hearings[place] = hearing.within(part)
        return hearings[place]

    wanted: set[str] = set()
    groups: list[Group] = []
    problems: dict[str, list[tuple[Stage, Seats]]] = {}
    for number, stage in enumerate(stages):
        hearing.progress(CHECKS[0], number, 2 * len(stages))

        def sort(stage: Stage = stage, number: int = number) -> None:
            part = hearing.slicer.of_stages([stage])
            found = hearing.recall(("uses", stage.id), part, lambda: gap_search.by_use(shared(number), stage))
            if not found.vacuous:
                wanted.add(stage.id)
            for seats, problem in found.uses:
                problems.setdefault(problem, []).append((stage, seats))
            if found.unnamed:
                unnamed = hearing.recall(
                    ("unnamed", stage.id), part, lambda: gap_search.unnamed(hearing.within(part), stage)
                )
                groups.extend(_whole(hearing, part, unnamed))

        hearing.settle(CHECKS[0], stage.id, sort)
    for number, uses in enumerate(problems.values()):
        hearing.progress(CHECKS[0], len(stages) + number * len(stages) // len(problems), 2 * len(stages))
        subject = ", ".join(dict.fromkeys(s.id for s, _ in uses))

        def solve(uses: list[tuple[Stage, Seats]] = uses) -> None:
            part = hearing.slicer.of_stages(s for s, _ in uses)
            question = ("stuck", tuple((s.id, seats) for s, seats in uses))
            found = hearing.recall(question, part, lambda: gap_search.stuck(hearing.within(part), uses))
            groups.extend(_whole(hearing, part, found))

        hearing.settle(CHECKS[0], subject, solve)
    findings: list[Finding] = []
    for group in merged(joined(groups)):
        subject = ", ".join(dict.fromkeys(p.stage for p in group.points))
        hearing.settle(CHECKS[0], subject, lambda g=group: findings.append(_finding(hearing, stages, g)))
    vacuous = {s.id for s in stages} - wanted
    return tuple(_answer(check, hearing, findings, vacuous) for check in CHECKS)


def _whole(hearing: Hearing, part: Slice, groups: Iterable[Group]) -> list[Group]:
    """Groups found in a slice, with their situations those of the whole rule set."""
    return [
        replace(g, points=[Point(p.stage, hearing.slicer.completed(part, p.situation)) for p in g.points])
        for g in groups
    ]


def _finding(hearing: Hearing, stages: Iterable[Stage], group: Group) -> Finding:
    """The finding of a group, asked of the slice of all stages that it touches."""
    seats: dict[str, list[Seats]] = {}
    for region in group.regions:
        seats.setdefault(region.subject, []).append(region.seats)
    part = hearing.slicer.of_stages(s for s in stages if any(_names(s, named) for named in seats.get(s.id, ())))
    points = [Point(p.stage, hearing.slicer.restricted(part, p.situation)) for p in group.points]
    own = replace(group, points=points)
    question = ("gap", own)
    found = hearing.recall(question, part, lambda: gap_findings.finding(hearing.within(part), own))
    return hearing.completed(part, found)


def _names(stage: Stage, seats: Seats) -> bool:
    """Whether a stage has powers that name these seats; any has some that name none."""
    return {*seats} <= {(str(p.by), p.joint) for p in stage.powers}


def _answer(check: str, hearing: Hearing, findings: list[Finding], vacuous: set[str]) -> Answer:
    """One check's share. What was not settled is not settled for any of the three."""
    mine = tuple(f for f in findings if f.check == check)
    asked = [s.id for s in hearing.rules.stages if check != "signing-gap" or hearing.rules.is_decisive(s.act)]
    unsettled = [u for u in hearing.unknown if u.check == CHECKS[0]]
    open_ = {stage for u in unsettled for stage in u.subject.split(", ")}
    hit = {r.subject for f in findings if check in (f.check, *f.also) for r in f.region}
    held = sum(s not in hit and s not in open_ for s in asked)
    unknown = tuple(Unsettled(check, u.subject, u.reason) for u in unsettled)
    return Answer(check, mine, len(asked), held, sum(s in vacuous for s in asked), unknown)
