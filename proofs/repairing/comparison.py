"""Asking again after a change: is a situation defective now that was not before?

Every question of the audit is a formula over the same variables before and after, and formulas that the
change does not touch are the same term. So only the others are asked, all at once: some question shows its
defect now, and did not before. That is complete up to the bounds of the audit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from model import deadlines, drafting
from model.drafting import Flaw, higher_law
from model.drafting.references import NUMBERING
from model.edits import Edit
from model.graphs import defects as df
from model.norms import Bound, Cadence, Exclusion, StandIn
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from proofs import decode, witness
from proofs.boolean import Formula, Term, conj, disj, neg
from proofs.encoding import Encoding
from proofs.hearing import Hearing
from proofs.questions import drafting as drafting_questions
from proofs.questions import pairs, route_formulas, self_review
from proofs.session import Session

Question = tuple[str, ...]
"""The check (`stuck` for the gaps) and what it is asked of."""

STUCK, LIVE = "stuck", "live"


def course_key(kind: str, routes: tuple[str, ...], steps: tuple[str, ...]) -> Question:
    """What a question on routes is listed under: two routes that compete are asked about as wholes."""
    return (kind, *routes, *(() if kind in (df.COMPETING, df.SKIPPING) else steps))


def flaw_keys(flaw: Flaw) -> tuple[Question, ...]:
    """What a flaw is listed under: each of its subjects with each of its lacks. Of higher law the subject is the norm
    of the law: where one norm goes against it already, one more is no other finding."""
    law = flaw.check == higher_law.CHECK
    subjects = [s.rpartition(" / ")[2] if law else s for s in flaw.subjects]
    return tuple((flaw.check, subject, lack) for subject in subjects for lack in flaw.lacks or ("",))


class Asked:
    """A rule set with the formula of every question asked of it."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing, self.rules, self.encoding = hearing, hearing.rules, hearing.encoding

    @cached_property
    def stuck(self) -> dict[Question, Formula]:
        return {(STUCK, s.id): self.encoding.stuck(s) for s in self.rules.stages}

    @cached_property
    def clashes(self) -> dict[Question, Formula]:
        both = (("competence-conflict", pairs.conflicts), ("contradiction", pairs.clashes))
        return {(check, q.first, q.second): q.formula for check, ask in both for q in ask(self.hearing)}

    @cached_property
    def reviews(self) -> dict[Question, Formula]:
        return {(self_review.CHECK, q.name): disj(q.ways) for q in self._reviewed}

    @cached_property
    def own_reviews(self) -> dict[Question, Formula]:
        """Those by whom the powers name themselves, without a stand-in."""
        return {(self_review.CHECK, q.name): q.ways[0] if q.ways else False for q in self._reviewed}

    @cached_property
    def _reviewed(self) -> list[self_review.Question]:
        return list(self_review.asked_of(self.hearing))

    @cached_property
    def courses(self) -> dict[Question, Formula]:
        questions = route_formulas.asked_of(self.rules, self.encoding)
        found = {course_key(q.kind, q.routes, q.steps): q.formula for q in questions}
        for power in self.rules.powers.values():  # a step that is dead now and was not: where it was live, it must be
            if power.route:
                found[LIVE, power.id] = conj([self.encoding.in_force(power), self.encoding.able(power)])
        return found

    @cached_property
    def flaws(self) -> dict[Question, tuple[Flaw, ...]]:
        """What the text leaves open, by check, subject and lack. Numbering is left out: an edited rule set is no text,
        and an article keeps its number whatever its norms."""
        found: dict[Question, tuple[Flaw, ...]] = {}
        for check, survey in drafting.SURVEYS.items():
            for flaw in () if check == NUMBERING else survey(self.rules, None).flaws:
                for key in flaw_keys(flaw):
                    found[key] = (*found.get(key, ()), flaw)
        return found

    def open(self, key: Question) -> Formula:
        """That something is left open in a situation."""
        return disj(drafting_questions.formula(self.encoding, f) for f in self.flaws.get(key, ()))

    @cached_property
    def late(self) -> frozenset[tuple[str, str]]:
        """Routes with the ceilings that some chain of lags exceeds."""
        return frozenset(
            (route.id, ceiling.id)
            for route in self.rules.routes.values()
            for ceiling in deadlines.ceilings(self.rules, route)
            if next(iter(deadlines.minimal_overruns(self.rules, route, ceiling)), None)
        )


@dataclass(frozen=True)
class Verdict:
    """Of a change: the questions that held and fail now, and those that failed and fail in more situations;
    `examples` of acts that are stuck where they were not."""

    adds: tuple[Question, ...] = ()
    wider: tuple[Question, ...] = ()
    examples: tuple[tuple[Question, Situation], ...] = ()


class After:
    """A rule set before and after a change, with one session over both."""

    def __init__(self, before: Asked, edit: Edit, scope: Mapping[str, int]) -> None:
        self.before, self.edit = before, edit
        rules = edit.applied(before.rules)
        cast = make_cast(rules, scope)
        states = next(v.values[1:] for k, v in before.encoding.variables.items() if k[0] == "state")
        encoding = Encoding(rules, cast, states)
        session = Session(encoding, before.hearing.session.budget, translator=before.hearing.session.translator)
        self.most = before.hearing.most
        self.now = Asked(Hearing(rules, encoding, session, self.most))

    @property
    def rules(self) -> RuleSet:
        return self.now.rules

    def session(self) -> tuple[Session, list[Term]]:
        """A fresh session, and what the formulas before still need: switches of norms taken out, and what their
        variables may say."""
        session = self.now.hearing.session.apart()
        then, now = self.before.encoding, self.now.encoding
        needed: list[Formula] = [s for n, s in then.switches.items() if n not in now.switches]
        lost = {".".join(k[:2]) for k in then.variables if k not in now.variables}
        needed += [f for name, f in then.well_formed if name in lost]
        return session, [session.literal(f) for f in needed]

    def verdict(self) -> Verdict:
        """What the change does besides mending: whether a question that held before fails now, and which of those
        that failed before fail in more situations. Raises Unknown."""
        if self._times_move and self.now.late - self.before.late:
            return Verdict(tuple(sorted(self.now.late - self.before.late)))
        opened = tuple(k for k in self.now.flaws if self._opens(k))
        if opened:
            return Verdict(opened)
        fresh: list[tuple[Question, Formula, Formula]] = []
        for mine, theirs in self._tables():
            for question, formula in mine.items():
                was = theirs.get(question, False)
                if formula is not was and question[0] != LIVE:
                    fresh.append((question, conj([formula, neg(was)]), was))
        wider: list[Question] = []
        examples: list[tuple[Question, Situation]] = []
        left = [x for x in fresh if x[1] is not False]
        session, switches = self.session()
        few = witness.absences_at_most(session, self.most)
        while left:
            model = session.model([session.literal(disj(f for _, f, _ in left)), few, *switches])
            if model is None:
                break
            shown = [x for x in left if model.holds(x[1])]
            held = tuple(q for q, _, was in shown if not self._failed(was))
            if held:
                return Verdict(held)
            wider += [q for q, _, _ in shown]
            at = self.now.hearing.situation(decode.values(self.now.encoding, model))
            examples += [(q, at) for q, _, _ in shown if q[0] == STUCK]
            left = [x for x in left if x not in shown]
        died = tuple(q for q in self._perhaps_dead() if self._died(q))
        return Verdict(died, tuple(wider), tuple(examples))

    def _opens(self, key: Question) -> bool:
        """Whether something is left open that was not, or that mattered in no situation before."""
        now, was = self.now.open(key), self.before.open(key)
        return now is not was and self.possible(now, self.most) and not self._failed(was)

    def _failed(self, formula: Formula) -> bool:
        """Whether a question failed before the change."""
        if formula is False:
            return False
        session = self.before.hearing.session.apart()
        return session.satisfiable(
            [session.literal(formula), witness.absences_at_most(session, self.before.hearing.most)]
        )

    def possible(self, formula: Formula, most: int) -> bool:
        """Whether the formula holds in some situation after the change, with at most so many absent."""
        if formula is False:
            return False
        session, switches = self.session()
        return session.satisfiable([session.literal(formula), witness.absences_at_most(session, most), *switches])

    def plainest(self, formula: Formula) -> Situation | None:
        """The plainest situation after the change in which the formula holds, or None."""
        if formula is False:
            return None
        session, switches = self.session()
        values = witness.minimal(session, [session.literal(formula), *switches], self.most)
        return None if values is None else self.now.hearing.situation(values)

    # which questions a change can touch

    @property
    def _times_move(self) -> bool:
        others = self.edit.removed or self.edit.sets
        return not all(isinstance(n, (StandIn, Exclusion)) for n in self.edit.norms) or bool(others)

    @property
    def _only_times(self) -> bool:
        kinds = (Bound, Cadence)
        others = self.edit.removed or self.edit.sets
        return all(isinstance(n, kinds) for n in self.edit.norms) and not others and bool(self.edit.changed)

    def _tables(self) -> Iterator[tuple[dict[Question, Formula], dict[Question, Formula]]]:
        now, before = self.now, self.before
        if not self._only_times:
            yield now.stuck, before.stuck
            yield now.reviews, before.reviews
        if self._times_move and not self._only_times:
            yield now.clashes, before.clashes
        yield now.courses, before.courses

    def _perhaps_dead(self) -> Sequence[Question]:
        if self._only_times or not self._times_move:
            return ()
        return [q for q, f in self.before.courses.items() if q[0] == LIVE and self.now.courses.get(q, False) is not f]

    def _died(self, question: Question) -> bool:
        if question[1] not in self.rules.powers:  # struck out on purpose
            return False
        if self.possible(self.now.courses.get(question, False), self.most):
            return False
        return self._failed(self.before.courses[question])
