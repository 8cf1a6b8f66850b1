"""States of presence: why an official is absent, and whether away from the city.

Causes are kept apart, because a stand-in clause that one cause triggers does not cover another.
Leave and study are split by place, because clauses such as 出市期间 look at the place, not the cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.errors import nearest


@dataclass(frozen=True)
class State:
    """One way of being present or absent.

    `rarity` orders states by how seldom they occur (0 is daily life); minimal witnesses prefer low values.
    `can_delegate` is false where there is nobody, or nobody allowed, to give a delegation.
    `chosen` marks absences somebody decides on; rules that forbid two to be absent bind only those.
    """

    id: str
    zh: str
    en: str
    away: bool
    can_delegate: bool
    rarity: int
    chosen: bool


PRESENT = "present"
VACANCY = "vacancy"

STATES: dict[str, State] = {
    s.id: s
    for s in (
        State(PRESENT, "在岗", "present", False, True, 0, False),
        State("out_of_town", "外出", "out of town", True, True, 1, True),
        State("leave", "休假（未外出）", "on leave in town", False, True, 1, True),
        State("leave_away", "外出休假", "on leave out of town", True, True, 1, True),
        State("illness", "因病", "ill", False, True, 2, False),
        State("visit", "出访", "on a visit abroad", True, True, 2, True),
        State("study", "脱产学习（未外出）", "studying in town", False, True, 3, True),
        State("study_away", "外出学习", "studying out of town", True, True, 3, True),
        State("secondment", "挂职", "on secondment", True, True, 4, True),
        State("suspension", "停职", "suspended", False, False, 5, False),
        State(VACANCY, "空缺", "vacant", False, False, 5, False),
    )
}

ABSENT_STATES: tuple[str, ...] = tuple(s for s in STATES if s != PRESENT)

COMMON_RARITY = 2
"""A cause of absence up to this rarity (trip, leave, illness, visit) is part of ordinary life."""

ORDINARY: frozenset[str] = frozenset(s for s in ABSENT_STATES if STATES[s].rarity <= COMMON_RARITY)

CAUSES: dict[str, frozenset[str]] = {
    **{s: frozenset({s}) for s in ABSENT_STATES},
    "leave": frozenset({"leave", "leave_away"}),
    "leave_in_town": frozenset({"leave"}),
    "study": frozenset({"study", "study_away"}),
    "study_in_town": frozenset({"study"}),
    "away": frozenset(s for s in ABSENT_STATES if STATES[s].away),
    "any": frozenset(s for s in ABSENT_STATES if s != VACANCY),
}
"""What a spec may name as cause, with the states it covers."""


def states_of(causes: Iterable[str]) -> frozenset[str]:
    """The absence states that a list of causes covers.

    Raises KeyError with the nearest valid cause where a cause is unknown.
    """
    covered: set[str] = set()
    for cause in causes:
        if cause not in CAUSES:
            raise KeyError(f"{cause} (nearest: {nearest(cause, list(CAUSES))})")
        covered |= CAUSES[cause]
    return frozenset(covered)
