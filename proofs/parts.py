"""Questions about many subjects, put together where they look at much the same part of a rule set.

Asked each of a slice of its own, subjects would have the same formulas built over and over; asked all of the whole,
each would carry what only others need. So those that follow one another share a slice as long as it holds little that
any of them does without: what a subject costs does not grow with the rule set around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from proofs.slices import Slice, Slicer, Token

S = TypeVar("S")

_OPEN = 4
"""Parts that a further subject is compared with: rule sets are written in an order, so that what belongs together
stands together."""


@dataclass
class _Part(Generic[S]):
    """Subjects with what they ask for, all that this needs, and the most that may be."""

    subjects: list[S]
    roots: list[Token]
    held: set[Token]
    limit: float

    def takes(self, held: frozenset[Token]) -> bool:
        return len(self.held | held) <= min(self.limit, _limit(held))


def _limit(held: frozenset[Token]) -> float:
    """How much a part may hold for the sake of others."""
    return 1.5 * len(held) + 12


def together(slicer: Slicer, subjects: Mapping[S, Iterable[Token]]) -> Iterator[tuple[Slice, tuple[S, ...]]]:
    """Each subject once, with a slice that answers for it: `subjects` gives what to ask for each (`Slicer.norms` ...).

    In order of the first subject of each part.
    """
    parts: list[_Part[S]] = []
    alike: dict[frozenset[Token], _Part[S]] = {}
    for subject, wanted in subjects.items():
        roots = tuple(wanted)
        held = slicer.reach(roots)
        fitting = (p for p in reversed(parts[-_OPEN:]) if p.takes(held))
        part = alike.get(held) or next(fitting, None)
        if part is None:
            part = alike[held] = _Part([subject], list(roots), set(held), _limit(held))
            parts.append(part)
            continue
        alike[held] = part
        part.subjects.append(subject)
        part.roots += roots
        part.held |= held
        part.limit = min(part.limit, _limit(held))
    for part in parts:
        yield slicer.of(part.roots), tuple(part.subjects)
