"""What was asked of Z3 and what it said, question by question: to be exported, and confirmed by another solver.

Every solver of the project tells its recorder, where it has one, of each query it settles. A recorder keeps
the queries that decide something, under the question they were asked for, with all that they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, Union

from proofs.boolean import Formula as Plain

if TYPE_CHECKING:
    import z3


Formula: TypeAlias = Union[Plain, "z3.BoolRef"]
"""What is recorded: a formula of ours, or, of schedules, a term of Z3."""


class Role(Enum):
    """What a query is for."""

    SITUATION = "is there a situation in which the goals hold together?"
    FORCED = "do these, which were said to force the finding, leave another way?"
    NEEDED = "without one of the norms, do the others leave another way?"
    WIDER = "with one value more, is there another way in the region?"
    STEP = "on the way to a smaller set that forces the finding, is there another way?"
    SCHEDULE = "is there a schedule that keeps the ceiling and these lags?"
    PLAINER = "is there a plainer situation with as many absences?"


ON_THE_WAY = (Role.STEP, Role.WIDER, Role.PLAINER)
"""What no verdict rests on: how a smaller set was found, that a region is as wide and an example as plain as can be."""


@dataclass
class Base:
    """What solvers were told for good: assertions, each with a name. Only ever grows."""

    name: str
    assertions: list[tuple[str, Formula]] = field(default_factory=list)
    _told: set[object] = field(default_factory=set)

    def tell(self, key: object, name: str, formula: Formula) -> None:
        """Add an assertion, unless another solver was told the same, which has this key, already."""
        if key not in self._told:
            self._told.add(key)
            self.assertions.append((name, formula))


@dataclass(frozen=True)
class Query:
    """Whether assertions and assumptions can hold together, and Z3's answer.

    Of the base, the first `known` assertions were there when it was asked; `added` are further ones. `point` are
    the literals of the situation that Z3 gave with the answer yes, where it was read.
    """

    role: Role
    base: Base
    known: int
    added: tuple[Formula, ...]
    assumptions: tuple[Formula, ...]
    answer: bool
    point: tuple[Formula, ...] = ()


@dataclass
class Question:
    """One question of a check, or one property, with the queries that answered it, in order."""

    check: str
    subject: str
    queries: list[Query] = field(default_factory=list)
    unsettled: bool = False

    @property
    def folded(self) -> bool:
        """Whether no solver was needed, for its formula is false whatever the situation."""
        return not self.queries and not self.unsettled

    @property
    def decisive(self) -> Question:
        """The same with only the queries that a verdict rests on."""
        return replace(self, queries=[q for q in self.queries if q.role not in ON_THE_WAY])


SEVERAL = "several at once"
"""The subject of queries that settle several questions of a check."""


class Recorder:
    """Keeps questions in the order they were first asked.

    `thorough`: also that there is no plainer example, which takes a solver long to say once more.
    """

    def __init__(self, thorough: bool = False) -> None:
        self.thorough = thorough
        self._questions: dict[tuple[str, str], Question] = {}
        self._current: Question | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._questions.values())

    @contextmanager
    def asking(self, check: str, subject: str) -> Iterator[Question]:
        """Within, queries are those of this question (taken up again if it was asked before)."""
        before = self._current
        self._current = self._questions.setdefault((check, subject), Question(check, subject))
        try:
            yield self._current
        finally:
            self._current = before

    def among(self, check: str) -> None:
        """From here on, queries outside any question are about several questions of this check at once."""
        self._current = Question(check, SEVERAL)

    def folded(self, check: str, subject: str) -> None:
        """A question whose formula is false as it stands, so that no solver is asked."""
        self._questions.setdefault((check, subject), Question(check, subject))

    def heard(self, query: Query) -> None:
        """One query was settled. One outside any question is nobody's verdict, and not kept."""
        if self._current is not None and (self.thorough or query.role is not Role.PLAINER):
            of = (self._current.check, self._current.subject)
            self._questions.setdefault(of, self._current).queries.append(query)

    def witnessed(self, query: Query, point: tuple[Formula, ...]) -> None:
        """The situation that was read from the answer yes to the query just heard."""
        if self._current is None:
            return
        if query.role is not Role.PLAINER:
            self._current.queries.pop()
        # whether it is one does not depend on how plain it was asked to be
        self._current.queries.append(replace(query, role=Role.SITUATION, added=(), point=point))
