"""Another solver's word on every verdict: cvc5 reads the exported scripts and must say what Z3 said.

Confirmed are, of every question: that what was said to be possible is, in the very situation that was
found, and that what was said to be impossible is; that the norms and conditions said to force a finding
do; of a minimal set of norms, that each member is needed; and that no situation with fewer absences shows the
finding. That there is no plainer one with as many is asked again only of a thorough recorder. That a situation
found shows the defect is confirmed by neither solver but by `model`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from model.bilingual import Said
from model.errors import SelfCheckError, UsageError
from proofs.findings import Opinion, Unsettled
from proofs.hearing import Hearing
from proofs.recorder import Query, Question, Role
from proofs.smtlib import VERDICTS, Writer
from proofs.terms import Terms

LIMIT = 20_000_000
"""cvc5 resource units a query: seconds, where the usual query takes milliseconds."""

_TOGETHER = 16
"""Questions put to one solver: they share what the rules say, and do not yet slow each other down."""

MISSING = Said(
    "A second opinion needs cvc5, which is not installed. Install it with: pip install 'guize[second-opinion]'",
    "复核需要另一求解器 cvc5，尚未安装。请执行：pip install 'guize[second-opinion]'",
)

Answers = Callable[[str], list[str]]
"""What a solver prints to a piece of a script: `sat`, `unsat` or `unknown` for each query in it."""


def available() -> None:
    """Raises UsageError, with the remedy, where cvc5 is not installed."""
    _cvc5()


def of(hearing: Hearing) -> Opinion:
    """The other solver's word on all that was asked in a hearing with a recorder."""
    assert hearing.recorder is not None
    return confirm(hearing.recorder.questions, progress=partial(hearing.progress, "second-opinion"))


def confirm(
    questions: Sequence[Question],
    limit: int = LIMIT,
    progress: Callable[[int, int], None] = lambda done, total: None,
    solver: Callable[[int], Answers] | None = None,
) -> Opinion:
    """Ask the other solver everything that was recorded.

    Raises SelfCheckError at the first answer that contradicts Z3, and UsageError where there is no cvc5.
    `solver` makes what answers scripts (cvc5 if not given).
    """
    if solver is None:
        solver, name = cvc5_answers, f"cvc5 {_cvc5().__version__}"
    else:
        name = solver.__name__
    counts = ("folded", "possible", "impossible", "situations", "forced", "needed", "steps")
    found: dict[str, int] = dict.fromkeys(counts, 0)
    open_: list[Unsettled] = []
    terms = Terms()
    for start in range(0, len(questions), _TOGETHER):
        some = [q for q in questions[start : start + _TOGETHER] if q.queries or q.folded]
        writer, answers = Writer(terms, some, expecting=False), solver(limit)
        answers(writer.head(()))
        for question in some:
            open_.extend(_confirmed(question, writer.queries(question), answers, found))
        progress(min(start + _TOGETHER, len(questions)), len(questions))
    return Opinion(name, len(questions), **found, unconfirmed=tuple(open_))


def _confirmed(
    question: Question, pieces: Iterator[str], answers: Answers, found: dict[str, int]
) -> Iterator[Unsettled]:
    """Counts what is confirmed of one question, and gives what is not; raises SelfCheckError on disagreement."""
    doubtful = 0
    for number, piece in enumerate(pieces):
        query = question.queries[number] if question.queries else None
        expected = VERDICTS[query.answer if query else False]
        said = answers(piece)
        if said == ["unknown"]:
            doubtful += 1
            continue
        if said != [expected]:
            what = f"{question.check} / {question.subject}"
            raise SelfCheckError(f"the solvers disagree on {what}: Z3 {expected}, other {' '.join(said)}")
        _count(query, found)
    if doubtful:
        yield Unsettled(question.check, question.subject, f"{doubtful} of {max(1, len(question.queries))} queries")


def _count(query: Query | None, found: dict[str, int]) -> None:
    match query and query.role:
        case None:
            found["folded"] += 1
        case Role.FORCED:
            found["forced"] += 1
        case Role.NEEDED:
            found["needed"] += 1
        case Role.STEP | Role.WIDER | Role.PLAINER:
            found["steps"] += 1
        case _:
            assert query is not None
            found["possible" if query.answer else "impossible"] += 1
            found["situations"] += bool(query.point)


def cvc5_answers(limit: int) -> Answers:
    """A fresh cvc5 that reads pieces of one script, each continuing the last."""
    cvc5 = _cvc5()
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("incremental", "true")
    solver.setOption("rlimit-per", str(limit))
    parser = cvc5.InputParser(solver)
    symbols = parser.getSymbolManager()

    def answers(piece: str) -> list[str]:
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, piece, "guize")
        said: list[str] = []
        while not (command := parser.nextCommand()).isNull():
            said += command.invoke(solver, symbols).split()
        return said

    return answers


def _cvc5() -> Any:
    try:
        import cvc5  # noqa: PLC0415 - an optional extra, loaded only when a second opinion is asked for
    except ImportError:
        raise UsageError(MISSING) from None
    return cvc5
