"""What every question is asked with: the encoding, the session, and the steps from a model to a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from model import reachability
from model.citations import Citation
from model.errors import SelfCheckError
from model.ruleset import RuleSet
from model.situation import Situation
from model.text import Text
from model.violations import weakest
from model.vocabulary import Strength
from proofs import decode, witness
from proofs.encoding import Encoding, Key
from proofs.findings import Unsettled
from proofs.recorder import Question, Recorder
from proofs.session import Session, Unknown

Progress = Callable[[str, int, int], None]


@dataclass
class Hearing:
    """One audit in progress. `most` is the number of absences searched at once; `text`, the instrument if at hand."""

    rules: RuleSet
    encoding: Encoding
    session: Session
    most: int = witness.MAX_ABSENCES
    progress: Progress = lambda check, done, total: None
    unknown: list[Unsettled] = field(default_factory=list)
    text: Text | None = None

    def situation(self, values: dict[Key, str]) -> Situation:
        """The concrete situation, which the reference semantics must find reachable.

        Raises SelfCheckError where it does not: then the encoding is wrong, and nothing may be reported.
        """
        found = decode.situation(self.encoding, values)
        if not reachability.reachable(self.rules, found):
            raise SelfCheckError(f"the solver's situation cannot occur: {found}")
        return found

    def settle(self, check: str, subject: str, question: Callable[[], None]) -> None:
        """Ask; where the solver gives up, keep that as a verdict of its own."""
        with self.asking(check, subject) as asked:
            try:
                question()
            except Unknown as e:
                self.unknown.append(Unsettled(check, subject, str(e)))
                if asked:
                    asked.unsettled = True

    def asking(self, check: str, subject: str) -> AbstractContextManager[Question | None]:
        """Within, the recorder, if there is one, puts queries to this question."""
        return self.recorder.asking(check, subject) if self.recorder else nullcontext()

    @property
    def recorder(self) -> Recorder | None:
        return self.session.recorder

    def folded(self, check: str, subject: str) -> None:
        """A question whose formula is false whatever the situation, so that nobody need be asked."""
        if self.recorder:
            self.recorder.folded(check, subject)

    def citations(self, norms: Iterable[str]) -> tuple[Citation, ...]:
        """The first citations of norms, without doubles, in order of the text."""
        return tuple(sorted({self.rules.lookup(n).citation for n in norms}, key=lambda c: (bool(c.law), c)))

    def strength(self, norms: Iterable[str]) -> Strength:
        """That of the weakest norm."""
        return weakest(*map(self.rules.lookup, norms))


def replayed(holds: bool, what: str, situation: Situation) -> None:
    """Raises SelfCheckError where the reference semantics does not confirm a witness."""
    if not holds:
        raise SelfCheckError(f"a witness of {what} does not replay: {situation}")
