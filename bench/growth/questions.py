"""The core of questions that guize and its rivals are all asked: which acts stop, and for how many absences.

A question is about a stage (`model.ruleset.Stage`: one decisive act, or one other power): is there a situation that
can occur, on any paper, under any reading, with any delegations given or withheld, with at most `absences` officials
away for whatever cause, in which the act is wanted and nobody may do it? With `loop`, in which moreover the chain of
stand-ins for a seat that is not filled returns to an absent official. `model.competence` says what all that means.

Each method gives the verdict of each question, and nothing else: no situation, no cause, no region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.ruleset import RuleSet, Stage
from model.situation import make_cast
from proofs import audit, witness
from proofs.boolean import Formula, Term, conj, disj, neg
from proofs.encoding import Encoding
from proofs.hearing import Hearing

ABSENCES = (0, 1, 2)
_TOGETHER = 16
"""Stages asked about with one solver, as the gap checks do."""


@dataclass(frozen=True)
class Question:
    """See above. `name` tells it from all others about the rule set."""

    stage: str
    absences: int
    loop: bool = False

    @property
    def name(self) -> str:
        return f"{self.stage} {self.absences}{' loop' if self.loop else ''}"


def questions(stage: Stage) -> tuple[Question, ...]:
    """The questions about one stage."""
    return (*(Question(stage.id, k) for k in ABSENCES), Question(stage.id, max(ABSENCES), True))


Verdicts = Iterator[tuple[str, bool]]
"""The names of questions, each with whether there is such a situation."""


def by_guize(rules: RuleSet) -> Verdicts:
    """With guize's own slices, encoding and solver, and none of what an audit does with a situation once found."""
    hearing = audit.hear(rules, make_cast(rules))
    stages = rules.stages
    for first in range(0, len(stages), _TOGETHER):
        together = stages[first : first + _TOGETHER]
        part = hearing.within(hearing.slicer.of_stages(together))
        few = {k: witness.absences_at_most(part.session, k) for k in ABSENCES}
        for stage in together:
            yield from _asked(part, stage, few)


def _asked(hearing: Hearing, stage: Stage, few: Mapping[int, Term]) -> Verdicts:
    """The widest question first: what no two absences bring about, neither one nor none does, nor in a loop."""
    session, encoding = hearing.session, hearing.encoding
    stuck, widest = session.literal(encoding.stuck(stage)), max(ABSENCES)
    known: dict[Question, bool] = {}
    for question in sorted(questions(stage), key=lambda q: (q.loop, -q.absences)):
        wider = Question(stage.id, widest if question.loop else min(question.absences + 1, widest))
        known[question] = known.get(wider, True)
        if known[question]:
            goals = [stuck, few[question.absences]]
            if question.loop:
                goals.append(session.literal(looping(encoding, stage)))
            known[question] = session.satisfiable(goals)
        yield question.name, known[question]


def looping(encoding: Encoding, stage: Stage) -> Formula:
    """That a seat of a power in force is not filled, and the chain of stand-ins from it returns."""
    return disj(
        conj([encoding.in_force(p), belongs, neg(disj(encoding.fill(s, p.act).values())), encoding.loops(s, p.act)])
        for p in stage.powers
        for s, belongs in encoding.seats(p).items()
        if s in encoding.cast.ids
    )
