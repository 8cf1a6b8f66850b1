"""How ordinary a situation is: what "minimal witness" minimises.

First the number of absences, then the sum of small weights below: rare causes, papers that differ
from the plainest, more portfolios, delegations, later readings. Lower is plainer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from model import absence
from model.ruleset import RuleSet
from model.situation import Situation

STATE, PAPER, TOUCH, DELEGATION, READING = 16, 6, 4, 3, 2
"""Weights of one unit of rarity, one unplain attribute, one portfolio touched, one delegation, one later reading."""


def state_weight(state: str) -> int:
    """Rarer causes weigh more; among equally rare ones, the later in `absence.STATES`."""
    return STATE * absence.STATES[state].rarity + list(absence.STATES).index(state)


def attribute_weight(index: int) -> int:
    """Of an attribute that has the value with this index in its domain."""
    return PAPER + min(index, 5) if index else 0


def touch_weight(rules: RuleSet, office: str) -> int:
    """Of touching the portfolio of an official in this office; an office of one is less ordinary than one of many."""
    return TOUCH + (not rules.vocabulary.offices[office].many)


def without_idle(rules: RuleSet, situation: Situation, same: Callable[[Situation], bool]) -> Situation:
    """The situation without the delegations that make no difference: each is taken away while `same` holds.

    What one official has given under one paragraph is one delegation, also where the paragraph is several norms for
    several readings.
    """
    given: dict[tuple[object, ...], set[tuple[str, str]]] = {}
    for norm, official in sorted(situation.delegations):
        given.setdefault((rules.lookup(norm).citation.paragraph_key, official), set()).add((norm, official))
    for one in given.values():
        fewer = replace(situation, delegations=situation.delegations - one)
        if same(fewer):
            situation = fewer
    return situation


def cost(rules: RuleSet, situation: Situation) -> tuple[int, int]:
    """(number of absences, sum of weights)."""
    return len(situation.absent), sum(_weights(rules, situation))


def _weights(rules: RuleSet, at: Situation) -> Iterator[int]:
    yield from (state_weight(at.state(o)) for o in at.absent)
    for attribute in rules.vocabulary.attributes.values():
        yield attribute_weight(attribute.domain.index(at.value(rules, attribute.id)))
    yield from (touch_weight(rules, at.cast[o].office) for o in at.paper.touches)
    yield DELEGATION * len(at.delegations)
    for reading in rules.vocabulary.readings.values():
        chosen = at.readings.get(reading.id, reading.domain[0])
        yield READING * reading.domain.index(chosen)
