"""A further stand-in that would come to hold two steps of a route is not taken for either: others are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model import expressions as ex
from model.edits import Edit
from model.graphs import defects as df
from model.norms import StandIn
from model.ruleset import RuleSet
from proofs.questions import self_review
from proofs.repairing import people
from proofs.repairing.comparison import Question
from proofs.repairing.repair import Candidate


def narrowed(rules: RuleSet, candidate: Candidate, adds: Sequence[Question]) -> Candidate | None:
    """The candidate without whoever has another step of the same route, where that is all that it adds.

    None where it adds anything else, or cannot be narrowed further.
    """
    if len(candidate.edit.added) != 1 or not adds:
        return None
    (norm,) = candidate.edit.added
    if not isinstance(norm, StandIn):
        return None
    spared: list[ex.ActorSet] = []
    for question in adds:
        other = _other(rules, norm, question)
        if other is None:
            return None
        spared.append(other)
    by = norm.by
    for other in dict.fromkeys(spared):
        if str(other) not in str(by):
            by = ex.Minus(by, other)
    if by == norm.by:
        return None
    edit = Edit((replace(norm, by=by),), candidate.edit.changed, candidate.edit.removed, candidate.edit.offices)
    return replace(candidate, edit=edit)


def _other(rules: RuleSet, norm: StandIn, question: Question) -> ex.ActorSet | None:
    """Who has the step that is not the principal's; where both are, whoever is in charge."""
    if question[0] == self_review.CHECK:
        ids = question[1].split(" / ")
    elif question[0] in (df.HELD_TWICE, df.COMES_BACK):
        ids = list(question[2:])
    else:
        return None
    sets = [rules.powers[i].by if i in rules.powers else ex.Name(i) for i in ids]
    offices = [o for o in rules.vocabulary.offices if people.names(rules, norm.principals, o)]
    elsewhere = [s for s in sets if not any(people.names(rules, s, o) for o in offices)]
    narrow = [s for s in sets if isinstance(s, ex.Image)]
    chosen = (elsewhere or narrow or [None])[0]
    return chosen if chosen is not None and people.PRINCIPAL not in list(chosen.walk()) else None
