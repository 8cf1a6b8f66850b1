"""How many absences an act survives, in terms of single situations.

* A power *falls* in a situation where it demands its act of somebody (it is in force, not merely permissive, and
  has a seat) and its stage is stuck. That nobody is named at all is no matter of absence.
* An act *survives* k absences for a power if the power falls in no ordinary situation that can occur with at most k
  officials absent; the largest such k is one less than the fewest absences in a situation where it falls.
* Only ordinary causes of absence count (`ordinary`): trip, leave, illness, visit abroad. What a vacancy or a
  suspension stops is no matter of how many may be away at once.
* Delegations at worst: any that may be missing is missing. At best: in every situation all that can be given are
  given (`all_given`).
* A paper under way meets each required step at a moment of its own, and absences only accumulate: who was absent at
  one step is so at all later ones. It is stopped at the first step that falls. So the fewest absences that stop it,
  at any steps of its route, are the least over its steps: to be stopped at a step needs at least that many by then,
  and that many from the start stop it there or earlier.
"""

from __future__ import annotations

from collections.abc import Iterator

from model import absence
from model.competence import Competence
from model.evaluation import Context
from model.norms import Power
from model.ruleset import RuleSet, Stage
from model.situation import Situation


def fallen(competence: Competence, stage: Stage, power: Power) -> bool:
    """Whether the power demands the act of somebody here, and nobody may do it."""
    in_force = competence.at.in_force(power) and not power.may
    return in_force and bool(competence.seats(power)) and competence.stuck(stage)


def ordinary(situation: Situation) -> bool:
    """Whether everybody absent is so for an ordinary cause."""
    return all(situation.state(o) in absence.ORDINARY for o in situation.absent)


def all_given(rules: RuleSet, situation: Situation) -> bool:
    """Whether every delegation and authorisation that can be given here is given."""
    return all(pair in situation.delegations for pair in _possible(rules, situation))


def _possible(rules: RuleSet, situation: Situation) -> Iterator[tuple[str, str]]:
    at = Context(rules, situation)
    for norm in rules.stand_ins:
        if norm.delegation is not None:
            yield from ((norm.id, o) for o in at.members(norm.principals) if not situation.present(o))
    for power in rules.authorisable:
        assert power.delegation is not None
        for official in at.members(power.delegation):
            if absence.STATES[situation.state(official)].can_delegate:
                yield power.id, official
