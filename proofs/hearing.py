"""What every question is asked with: the encoding, the session, and the steps from a model to a finding.

A question is asked of a slice of the rule set (`within`), and what it comes to is remembered by the content of the
slice (`recall`), so that it is asked again only where something it depends on has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from model import plainness, reachability
from model.citations import Citation
from model.competence import Competence
from model.errors import SelfCheckError
from model.ruleset import RuleSet
from model.situation import Situation, plain_readings
from model.text import Text
from model.violations import weakest
from model.vocabulary import Strength
from proofs import decode, witness
from proofs.encoding import Encoding
from proofs.expressions import Key
from proofs.findings import Finding, Gap, Unsettled
from proofs.lowlevel import Translator
from proofs.matters import Matters
from proofs.memory import Memory
from proofs.parts import together
from proofs.recorder import Question, Recorder
from proofs.session import Session, Unknown
from proofs.slices import Slice, Slicer, Token

Progress = Callable[[str, int, int], None]
S = TypeVar("S")
T = TypeVar("T")


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
    memory: Memory = field(default_factory=Memory)

    # slices

    @cached_property
    def slicer(self) -> Slicer:
        return Slicer(self.encoding, self._plain(), self.memory.digests)

    @cached_property
    def matters(self) -> Matters:
        """Which norms speak of the same, for all questions about what norms add."""
        return Matters(self.slicer)

    def _plain(self) -> Situation | None:
        """The plainest situation of all."""
        bare = Situation(self.encoding.cast, readings=plain_readings(self.rules))
        if plainness.cost(self.rules, bare) == (0, 0) and reachability.reachable(self.rules, bare):
            return bare
        try:
            values = witness.minimal(self.session.apart(), [], self.most)
        except Unknown:
            return None
        return None if values is None else self.situation(values)

    def within(self, part: Slice, translator: Translator | None = None) -> Hearing:
        """A fresh hearing of a slice, with the same bounds, so that what it says rests on nothing asked before.

        Where only verdicts are wanted, which are the same in any case, several may share a `translator`: that spares
        making the same terms again, but which model is found first may then depend on what was asked before.
        """
        encoding = Encoding(part.rules, part.cast, self.encoding.states)
        session = self.session.elsewhere(encoding, translator)
        return Hearing(
            part.rules, encoding, session, self.most, self.progress, self.unknown, text=self.text, memory=self.memory
        )

    def recall(
        self,
        question: tuple[object, ...],
        part: Slice,
        ask: Callable[[], T],
        settled: Callable[[T], bool] | None = None,
    ) -> T:
        """What a question about a slice came to before, with the same content and bounds, or comes to now.

        The question is told from others about the same slice by its own plain content. What it comes to must not
        depend on which questions were asked before. Where the solver gives up (it raises Unknown,
        or the answer is not `settled`), nothing is remembered.
        """
        if self.recorder is not None:  # which must hear every query
            return ask()
        bounds = (self.most, self.session.budget, self.encoding.states)
        return self.memory.recall((question, part.digest, bounds), ask, settled)

    def by_parts(
        self,
        check: str,
        subjects: Mapping[S, Iterable[Token]],
        ask: Callable[[Hearing, tuple[S, ...]], T],
        content_of: Callable[[S], object] = lambda subject: None,
    ) -> Iterator[tuple[Slice, T]]:
        """Ask about all subjects, part by part (`proofs.parts`): each answer with the slice it was asked of.

        `ask` keeps what is not settled in its own hearing; such a part is asked again another time. `content_of`: all
        that the answer about a subject depends on beside the slice and the subject itself.
        """
        done = 0
        for part, several in together(self.slicer, subjects):
            self.progress(check, done, len(subjects))
            done += len(several)

            def asked(part: Slice = part, several: tuple[S, ...] = several) -> tuple[T, tuple[Unsettled, ...]]:
                own = replace(self.within(part), unknown=[], progress=lambda check, done, total: None)
                return ask(own, several), tuple(own.unknown)

            answer, unknown = self.recall(
                (check, several, tuple(map(content_of, several))), part, asked, lambda found: not found[1]
            )
            self.unknown.extend(unknown)
            yield part, answer

    def completed(self, part: Slice, finding: Finding) -> Finding:
        """A finding about a slice as one about the whole: its situations with everything else as plain as can be."""
        details, at = finding.details, self.whole(part, finding.witness)
        if isinstance(details, Gap):
            details = replace(details, others=tuple(self.whole(part, other) for other in details.others))
            at = self._bare(details, at)
        return replace(finding, witness=at, details=details)

    def _bare(self, gap: Gap, at: Situation) -> Situation:
        """The situation of a gap without the delegations that what is missing does not depend on."""
        stage = next(s for s in self.rules.stages if s.id == gap.stages[0])
        missing = Competence(self.rules, at).obstacles(stage)

        def same(fewer: Situation) -> bool:
            competence = Competence(self.rules, fewer)
            return competence.stuck(stage) and competence.obstacles(stage) == missing

        return plainness.without_idle(self.rules, at, same)

    def whole(self, part: Slice, at: Situation) -> Situation:
        """A situation of a slice as one of the whole rule set, which the reference semantics must find reachable."""
        found = self.slicer.completed(part, at)
        if not reachability.reachable(self.rules, found):
            raise SelfCheckError(f"a situation of a part of the rules cannot occur in the whole: {found}")
        return found

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
