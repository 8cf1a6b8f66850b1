"""A paper's life as a state machine: Hypothesis makes the moves that the rules allow, and checks every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from guize import language
from guize.sentences import moves as sentences
from guize.strategies.situations import situations
from guize.wording import Wording
from model import absence
from model import expressions as ex
from model.conduct import faults_of
from model.errors import UsageError
from model.life import ComesBack, Delegates, Desk, Does, Issues, Leaves, Life, Move, SendsBack, after
from model.outcomes import Outcomes
from model.parsing import ExpressionError, parse_condition
from model.properties import ALWAYS, Property
from model.ruleset import RuleSet
from model.situation import Situation, plain_readings
from model.sorts import Names, check_condition
from model.vocabulary import Label

_ORDINARY = ("out_of_town", "leave", "illness")
Claims = Mapping[str, str] | Iterable[Property]


@dataclass(frozen=True)
class _Told:
    """A drawn value with its words, which Hypothesis prints."""

    value: Any
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.words)


def _offered(*kinds: type) -> Callable[[Any], Any]:
    """A rule whose `move` is any of these kinds that can be made now."""

    def able(machine: PaperLife) -> bool:
        return any(isinstance(m.value, kinds) for m in machine.offered)

    def drawn(machine: PaperLife) -> st.SearchStrategy[_Told]:
        return st.sampled_from([m for m in machine.offered if isinstance(m.value, kinds)])

    def made(method: Any) -> Any:
        return precondition(able)(rule(move=st.runner().flatmap(drawn))(method))

    return made


class PaperLife(RuleBasedStateMachine):
    """One paper under one rule set. Made by `paper_life`; subclasses may add rules and invariants of their own.

    `life` is where the paper is, `situation` the situation now; `done_by(act)` are those who did an act, `may(act)`
    those who may do it now, `stuck` the acts that come next and that nobody can do.
    """

    rule_set: ClassVar[RuleSet]
    lang: ClassVar[str] = "zh"
    most_absences: ClassVar[int] = 2
    states: ClassVar[Sequence[str]] = _ORDINARY
    claims: ClassVar[tuple[Property, ...]] = ()
    beginnings: ClassVar[st.SearchStrategy[Any]] = st.nothing()

    life: Life

    # what can be asked of it

    @property
    def situation(self) -> Situation:
        return self.life.situation

    @property
    def desk(self) -> Desk:
        """What can be done with the paper now."""
        if self._desk is None or self._desk.life is not self.life:
            self._desk = Desk(self.rule_set, self.life)
        return self._desk

    _desk: Desk | None = None

    @property
    def offered(self) -> tuple[_Told, ...]:
        """Every move that can be made now, with its words."""
        if self._offered_at is not self.life:
            moves: tuple[Move, ...] = ()
            if not self.life.issued:
                people = self.desk.people_moves(self.most_absences, self.states)
                moves = (*self.desk.paper_moves(), *people)
            told = self._words
            self._offers = tuple(_Told(m, sentences.told(told, self.situation, m)) for m in moves)
            self._offered_at = self.life
        return self._offers

    _offers: tuple[_Told, ...] = ()
    _offered_at: Life | None = None

    @cached_property
    def _words(self) -> Wording:
        return Wording(self.rule_set, self.lang)

    def done_by(self, act: str) -> frozenset[str]:
        """Who did the act, as far as it stands."""
        return self.life.actors(self.rule_set, act)

    def may(self, act: str) -> frozenset[str]:
        """Who may do the act now, as far as the paper has come to it."""
        powers = self.rule_set.powers
        return frozenset(h.actor for d in self.desk.deeds() if powers[d.power].act == act for h in d.hands)

    @property
    def stuck(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s.act for s in self.desk.stuck()))

    # what happens

    @initialize(start=st.runner().flatmap(lambda machine: machine.beginnings))
    def comes_in(self, start: _Told) -> None:
        self.life = Life(start.value)
        self.check()

    @_offered(Leaves)
    def leaves(self, move: _Told) -> None:
        self._make(move)

    @_offered(ComesBack)
    def comes_back(self, move: _Told) -> None:
        self._make(move)

    @_offered(Delegates)
    def delegates(self, move: _Told) -> None:
        self._make(move)

    @_offered(Does, SendsBack)
    def acts(self, move: _Told) -> None:
        self._make(move)

    @_offered(Issues)
    def issues(self, move: _Told) -> None:
        self._make(move)

    @precondition(lambda machine: not machine.offered)
    @rule()
    def rests(self) -> None:
        """Nothing more happens: the paper is issued, or nobody can do anything."""

    def _make(self, move: _Told) -> None:
        self.life = after(self.rule_set, self.life, move.value)
        self.check()

    # what must be so after every step

    def check(self) -> None:
        """Nobody acted who may not, out of order, against a prohibition, or at two steps that need two; and what was
        claimed holds. No `@invariant`, for Hypothesis would print those between any two steps."""
        for event in self.life.past[-1:]:
            wrong = [sentences.fault(self._words, f) for f in faults_of(self.rule_set, event)]
            assert not wrong, "\n".join(wrong)
        at = Outcomes(self.rule_set, self.situation)
        for claim in self.claims:
            if at.holds(claim.when) and not at.holds(claim.holds):
                says = self._words.label(claim.label)
                raise AssertionError(self._words.pick(f"此时不成立：{says}", f"does not hold here: {says}"))


def paper_life(
    rules: RuleSet,
    *,
    paper: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
    most_absences: int = 2,
    states: Sequence[str] = _ORDINARY,
    claims: Claims = (),
    lang: str = "",
) -> type[PaperLife]:
    """A state machine of the life of papers under the rule set; its `TestCase` is a test.

    A paper comes in while everybody is there; `paper` fixes some of its attributes, `readings` some readings. Then
    officials leave (at most `most_absences` at once, in one of `states`, as far as exclusions allow) and come back,
    delegate, act, send back; periods lapse; the paper is issued. `claims` are conditions on every situation on the
    way: `always` properties, or conditions by name, in the words of property files. Raises UsageError for a claim
    that cannot be read.
    """
    found = tuple(_claims(rules, claims))
    chosen = lang or language.from_environment()
    words = Wording(rules, chosen)

    def beginning(at: Situation) -> _Told:
        plain = plain_readings(rules)
        read = words.list(words.reading(r, c) for r, c in at.readings.items() if plain[r] != c)
        return _Told(at, words.paper(at) + (words.pick(f"，{read}", f", {read}") if read else ""))

    starts = situations(rules, most_absences=0, paper=paper, readings=readings).map(beginning)
    absence.states_of(states)
    return type(
        f"LifeUnder_{rules.title.id}",
        (PaperLife,),
        {
            "rule_set": rules,
            "lang": chosen,
            "most_absences": most_absences,
            "states": tuple(states),
            "claims": found,
            "beginnings": starts,
            "__doc__": PaperLife.__doc__,
        },
    )


def _claims(rules: RuleSet, claims: Claims) -> Iterable[Property]:
    if isinstance(claims, Mapping):
        yield from (_claim(rules, str(name), str(text)) for name, text in claims.items())
        return
    for each in claims:
        if each.mode != ALWAYS or each.silent:
            raise UsageError(f"'{each.id}' is no `always` property: it says nothing of a single situation")
        yield each


def _claim(rules: RuleSet, name: str, text: str) -> Property:
    try:
        condition: ex.Cond = parse_condition(text)
    except ExpressionError as e:
        raise UsageError(e.said) from None
    for problem in check_condition(condition, Names(rules.vocabulary, outcomes=True)):
        raise UsageError(problem.said)
    return Property(name, Label(name, name), ALWAYS, ex.TRUE, condition)
