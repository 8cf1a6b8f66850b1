"""The core of questions that guize and its rivals are all asked: which acts stop, and for how many absences.

A question is about a stage (`model.ruleset.Stage`: one decisive act, or one other power): is there a situation that
can occur, on any paper, under any reading, with any delegations given or withheld, with at most `absences` officials
away for whatever cause, in which the act is wanted and nobody may do it? With `loop`, in which moreover the chain of
stand-ins for a seat that is not filled returns to an absent official. `model.competence` says what all that means.

Each method gives the verdict of each question, and nothing else: no situation, no cause, no region.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.growth import brave
from model.ruleset import RuleSet, Stage
from model.situation import make_cast
from proofs import audit, witness
from proofs.apart import pieces
from proofs.boolean import Formula, conj, disj, neg
from proofs.encoding import Encoding
from proofs.hearing import Hearing
from proofs.lowlevel import Translator

ABSENCES = (0, 1, 2)


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


_TOGETHER = 32
"""Stages asked about with one solver: those that follow one another look at much the same norms."""

Verdicts = Iterator[tuple[str, bool]]
"""The names of questions, each with whether there is such a situation."""


def by_guize(rules: RuleSet) -> Verdicts:
    """With guize's own slices, encoding and solver, and none of what an audit does with a situation once found."""
    hearing = audit.hear(rules, make_cast(rules))
    translator = Translator()
    verdicts = dict.fromkeys((q.name for s in rules.stages for q in questions(s)), False)
    parts = [piece for stage in rules.stages for piece in pieces(rules, stage)]
    for first in range(0, len(parts), _TOGETHER):
        together = parts[first : first + _TOGETHER]
        for name in _possible(hearing.within(hearing.slicer.of_stages(together), translator), together):
            verdicts[name] = True
    yield from verdicts.items()


def _possible(hearing: Hearing, stages: Sequence[Stage]) -> Iterator[str]:
    """The questions that have a situation. The narrowest is asked first: what can be with nobody away can be with
    few, and needs no query of its own."""
    session, encoding = hearing.session, hearing.encoding
    stuck = {number: encoding.stuck(stage) for number, stage in enumerate(stages)}
    possible: set[int] = set()
    for absences in sorted(ABSENCES):
        few = witness.absences_at_most(session, absences)
        possible |= brave.possible(session, {n: f for n, f in stuck.items() if n not in possible}, [few])
        yield from (Question(stages[n].id, absences).name for n in possible)
    few = witness.absences_at_most(session, max(ABSENCES))
    loops = {n: conj([stuck[n], looping(encoding, stages[n])]) for n in sorted(possible)}
    for number in brave.possible(session, loops, [few]):
        yield Question(stages[number].id, max(ABSENCES), True).name


def looping(encoding: Encoding, stage: Stage) -> Formula:
    """That a seat of a power in force is not filled, and the chain of stand-ins from it returns."""
    return disj(
        conj([encoding.in_force(p), belongs, neg(disj(encoding.fill(s, p.act).values())), encoding.loops(s, p.act)])
        for p in stage.powers
        for s, belongs in encoding.seats(p).items()
        if s in encoding.cast.ids
    )
