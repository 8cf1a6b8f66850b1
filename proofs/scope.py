"""How far the answers of a check reach, beyond the numbers of holders they were asked with (docs/scope.md).

`model.cutoff` says how many holders suffice for a question. `every_number` asks the solver about all numbers
from that of the cast up to those at once: holders beyond the cast may be there or not. What shows nothing then
shows nothing with any number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from itertools import pairwise
from operator import or_

from model import deadlines
from model import expressions as ex
from model.cutoff import NOTHING, Cutoffs, Need
from model.graphs import defects as df
from model.norms import Bound, Cadence, Route
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs import witness
from proofs.boolean import Formula, Term, disj, implies, variable
from proofs.encoding import Encoding
from proofs.findings import Answer, Scope
from proofs.hearing import Hearing
from proofs.questions import pairs, route_formulas, self_review
from proofs.questions.deadlines import formula_of
from proofs.session import Unknown

MOST_HOLDERS = 30
"""Of an office, in the search over every number: what would need more is left bounded."""


@dataclass(frozen=True)
class Claim:
    """A question, how many holders suffice for it, and what makes the formula under which it shows a defect: the
    argument alone has no need of that."""

    subject: str
    need: Need
    make: Callable[[], Formula]

    @cached_property
    def formula(self) -> Formula:
        return self.make()


def suffice(hearing: Hearing, answers: Iterable[Answer]) -> tuple[Scope, ...]:
    """For each check asked: holders that suffice, by the argument alone."""
    claims = _Claims(hearing, hearing.most)
    return tuple(_scope(a.check, hearing.rules, claims.of(a.check)) for a in answers)


def every_number(hearing: Hearing, answers: Iterable[Answer]) -> tuple[Scope, ...]:
    """The scope of each check asked, after asking about every number of holders at once."""
    answers = tuple(answers)
    here = _Claims(hearing, hearing.most)
    wide = _roomy(hearing, [c.need for a in answers for c in here.of(a.check)])
    everywhere = _Claims(wide, hearing.most)
    found: list[Scope] = []
    for number, answer in enumerate(answers):
        hearing.progress("scope", number, len(answers))
        own, others = here.of(answer.check), everywhere.of(answer.check)
        verdicts = [_asked(answer.check, hearing, wide, c, w.formula) for c, w in zip(own, others, strict=True)]
        found.append(
            replace(
                _scope(answer.check, hearing.rules, own),
                questions=len(own),
                lossless=verdicts.count(_SAME),
                more=tuple(c.subject for c, v in zip(own, verdicts, strict=True) if v == _MORE),
                open=verdicts.count(_OPEN),
            )
        )
    return tuple(found)


_SAME, _MORE, _BOUNDED, _OPEN = "same", "more", "bounded", "open"


def _asked(check: str, hearing: Hearing, wide: Hearing, claim: Claim, formula: Formula) -> str:
    """Whether a question has the same answer with more holders, or another, or nothing can be said."""
    with hearing.asking(check, f"{claim.subject}, any number of holders") as asked:
        try:
            if _shows(hearing, claim.formula):
                return _SAME  # it was answered with what is shown
            if _shows(wide, formula):
                return _MORE
        except Unknown:
            if asked:
                asked.unsettled = True
            return _OPEN
    room, now = (Counter(o.office for o in h.encoding.cast.officials) for h in (wide, hearing))
    wanted = ((office, claim.need.room(office, now[office])) for office in claim.need.holders)
    return _SAME if all(n is not None and n <= room[office] for office, n in wanted) else _BOUNDED


def _shows(hearing: Hearing, formula: Formula) -> bool:
    if formula is False:
        return False
    session = hearing.session
    return session.satisfiable([session.literal(formula), witness.absences_at_most(session, hearing.most)])


def _roomy(hearing: Hearing, needs: Iterable[Need]) -> Hearing:
    """A hearing in which officials beyond those of the cast may be there: the first ones of an office before others."""
    rules, cast = hearing.rules, hearing.encoding.cast
    now = Counter(o.office for o in cast.officials)
    most = {o.id: now[o.id] for o in rules.vocabulary.offices.values() if o.many and not o.abstract}
    for need in needs:
        for office in need.holders:
            enough = need.room(office, now[office])
            if enough is not None and enough <= MOST_HOLDERS:
                most[office] = max(most[office], enough)
    wider = make_cast(rules, most)
    there: dict[str, Term] = {}
    for office, number in now.items():
        if office in most:
            extra = [o.id for o in wider.officials if o.office == office][number:]
            there |= {o: variable(f"there.{o}") for o in extra}
    encoding = Encoding(rules, wider, hearing.encoding.states, there, hearing.most)
    for one, two in pairwise(there):
        if wider[one].office == wider[two].office:
            encoding.well_formed.append((f"there.{two}", implies(there[two], there[one])))
    return replace(hearing, encoding=encoding, session=hearing.session.elsewhere(encoding))


def _scope(check: str, rules: RuleSet, claims: Sequence[Claim]) -> Scope:
    offices = [o.id for o in rules.vocabulary.offices.values() if o.many and not o.abstract]
    most: Counter[str] = Counter()
    unclaimed: Counter[str] = Counter()
    for office, number in (pair for c in claims for pair in c.need.holders.items()):
        if number is None:
            unclaimed[office] += 1
        else:
            most[office] = max(most[office], number)
    enough = {o: most[o] for o in offices if unclaimed[o] < len(claims)}
    return Scope(check, enough, tuple(o for o in offices if unclaimed[o]))


class _Claims:
    """The questions of each check that there is an argument for."""

    def __init__(self, hearing: Hearing, most: int) -> None:
        self._hearing, self._cutoffs = hearing, Cutoffs(hearing.rules, most)
        self._made: dict[str, tuple[Claim, ...]] = {}

    def of(self, check: str) -> tuple[Claim, ...]:
        """Empty for a check that there is no argument for."""
        if check not in self._made:
            self._made[check] = tuple(self._make(check))
        return self._made[check]

    def _make(self, check: str) -> Iterable[Claim]:
        if check in _OF_ROUTES:
            return self._courses.get(check, ())
        make = QUESTIONS.get(check)
        return make(self._hearing, self._cutoffs) if make else ()

    @cached_property
    def _courses(self) -> dict[str, list[Claim]]:
        return _every_course(self._hearing, self._cutoffs)


Claims = Iterator[Claim]
Maker = Callable[[Hearing, Cutoffs], Claims]


def _stages(hearing: Hearing, of: Cutoffs) -> Claims:
    for stage in hearing.rules.stages:
        yield Claim(stage.id, of.stage(stage), partial(hearing.encoding.stuck, stage))


def _decisions(hearing: Hearing, of: Cutoffs) -> Claims:
    decisive = {s.id for s in hearing.rules.stages if hearing.rules.is_decisive(s.act)}
    return (c for c in _stages(hearing, of) if c.subject in decisive)


def _pairs(check: str, every: Callable[[RuleSet], Iterable[tuple[str, str]]], witnesses: int) -> Maker:
    def claims(hearing: Hearing, of: Cutoffs) -> Claims:
        def formula(first: str, second: str) -> Formula:
            return pairs.question_of(hearing, check, first, second).formula

        for first, second in every(hearing.rules):
            need = of.need(of.norms([first, second]), witnesses)
            yield Claim(f"{first} / {second}", need, partial(formula, first, second))

    return claims


def _reviews(hearing: Hearing, of: Cutoffs) -> Claims:
    def formula(*pair: str) -> Formula:
        return disj(self_review.question_of(hearing, *pair).ways)

    for first, second, role in self_review.asked_about(hearing.rules):
        powers = [hearing.rules.powers[p] for p in (first, second) if p]
        rests = of.norms(p.id for p in powers) | (of.expression(ex.Name(role)) if role else NOTHING)
        need = of.need(rests, 1, [p.act for p in powers])
        yield Claim(self_review.name_of(first, second, role), need, partial(formula, first, second, role))


def _every_course(hearing: Hearing, of: Cutoffs) -> dict[str, list[Claim]]:
    """What is asked of routes, by kind: all at once, for the kinds look at the same steps."""
    rules = hearing.rules
    requesters = [r.id for r in rules.vocabulary.roles.values() if r.requester]
    asking = reduce(or_, (of.expression(ex.Name(r)) for r in requesters), NOTHING)
    bans = of.norms(n.id for n in df.bans(rules))
    bounds: dict[str, list[str]] = {}
    for bound in rules.bounds:
        for name in bound.routes:
            bounds.setdefault(name, []).append(bound.id)
    needs: dict[tuple[str, ...], Need] = {}
    found: dict[str, list[Claim]] = {}
    for q in route_formulas.asked_of(rules, hearing.encoding):
        if q.routes not in needs:
            routes = [rules.routes[r] for r in q.routes]
            steps = [s.power for r in routes for s in r.steps]
            limits = (b for r in q.routes for b in bounds.get(r, ()))
            rests = of.norms([*q.routes, *(p.id for p in steps), *limits]) | asking
            acts = None if len(routes) > 1 else [p.act for p in steps]
            needs[q.routes] = of.need(rests | bans if len(routes) > 1 else rests, max(3, len(steps)), acts)
        claim = Claim(f"{q.kind} {q.subject}", needs[q.routes], partial(getattr, q, "formula"))
        found.setdefault(q.kind, []).append(claim)
    return found


def _deadlines(hearing: Hearing, of: Cutoffs) -> Claims:
    rules = hearing.rules

    def formula(route: Route, ceiling: Bound) -> Formula:
        return disj(formula_of(hearing, found) for found in deadlines.minimal_overruns(rules, route, ceiling))

    for route in rules.routes.values():
        for ceiling in deadlines.ceilings(rules, route):
            bounds = [b.id for b in rules.bounds if route.id in b.routes]
            lags = [*bounds, *(c.id for c in rules.of_form(Cadence)), *(s.power.id for s in route.steps)]
            need = of.need(of.norms([route.id, ceiling.id, *lags]), 0)
            yield Claim(f"{route.id} / {ceiling.id}", need, partial(formula, route, ceiling))


QUESTIONS: Mapping[str, Maker] = {
    "signing-gap": _decisions,
    "stand-in-gap": _stages,
    "stand-in-loop": _stages,
    "competence-conflict": _pairs(pairs.CONFLICT, pairs.could_conflict, 2),
    "contradiction": _pairs(pairs.CONTRADICTION, pairs.could_clash, 1),
    "deadline-infeasible": _deadlines,
    "self-review": _reviews,
}
"""The checks that there is an argument for, with how to make their questions."""

_OF_ROUTES = frozenset({df.UNBOUNDED, df.COMES_BACK, df.HELD_TWICE, df.COMPETING, df.SKIPPING})
"""Further ones, whose questions are made together (`_every_course`). Of all others the numbers are bounds."""
