"""Routes as processes: what can start and not end, dead steps, work left over, returns, one hand twice, rival routes.

Each question restates one definition of `model.graphs.defects` as a formula:

* `procedure-unsound`, satisfiable exactly when, with everybody present, a route can start and a required step
  of it cannot be done (no-end); or its one closing step can be reached while a look that the order leaves open
  is required (work-left). A step that is live in no situation is dead (dead-step): there the formula is that it
  is live, and unsatisfiable.
* `unbounded-return`: a return can be driven round and no ceiling in force spans it. A cycle of the graph that no
  situation can drive satisfies nothing.
* `comes-back`: one official, named for both, is the only hand of two looks or decisions, somebody else of a step
  between them. `held-twice`: one is the only hand of two steps, standing in, and with nobody absent nobody is a hand
  of both. For the latter the formulas of who may act are read once more with every official present.
* `competing-routes`, `level-skipping`: two routes close with the same act on one paper and do not demand the same; or
  lead to the same decision of the same hands, one of them over fewer looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from model.absence import PRESENT
from model.graphs import defects as df
from model.norms import Route, Step
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Cast, Situation
from model.violations import used_stand_ins
from model.vocabulary import Strength
from proofs import choices, cores, decode, witness
from proofs.boolean import Formula, Term, conj, disj
from proofs.encoding import Encoding
from proofs.expressions import Key
from proofs.findings import Answer, Course, Finding, Region, Severity
from proofs.hearing import Hearing, replayed
from proofs.questions.route_formulas import CHECK_OF, UNSOUND, Question, asked
from proofs.session import Session
from proofs.severity import severity

CHECKS = (UNSOUND, df.UNBOUNDED, df.COMES_BACK, df.HELD_TWICE, df.COMPETING, df.SKIPPING)


@dataclass
class _Tally:
    asked: int = 0
    held: int = 0
    vacuous: int = 0

    def add(self, other: _Tally) -> None:
        self.asked += other.asked
        self.held += other.held
        self.vacuous += other.vacuous


@dataclass(frozen=True)
class _Hit:
    """A defect a situation shows: of what kind, on which routes, at which steps."""

    kind: str
    routes: tuple[str, ...]
    steps: tuple[str, ...]
    situation: Situation
    defect: df.Defect

    @property
    def about(self) -> str:
        return f"{self.kind} {' / '.join(self.routes)}"


@dataclass(frozen=True)
class _Looked:
    """What was found of some routes: counts by check, what showed, and findings of dead steps."""

    tallies: dict[str, _Tally]
    hits: tuple[_Hit, ...]
    dead: tuple[Finding, ...]


def ask(hearing: Hearing) -> tuple[Answer, ...]:
    """All the checks of this module, in the order of `CHECKS`."""
    tallies = {check: _Tally() for check in CHECKS}
    findings: dict[str, list[Finding]] = {check: [] for check in CHECKS}
    before, rules = len(hearing.unknown), hearing.rules
    courses: list[tuple[str, ...]] = [(r,) for r in rules.routes]
    courses += [(one.id, two.id) for one, two in df.rivals(rules)]
    order = {r: number for number, r in enumerate(courses)}
    subjects = {r: hearing.slicer.routes(r) for r in courses}
    found: list[_Hit] = []
    for part, looked in hearing.by_parts(UNSOUND, subjects, _looked):
        for check, tally in looked.tallies.items():
            tallies[check].add(tally)
        found += looked.hits
        findings[UNSOUND] += [hearing.completed(part, f) for f in looked.dead]
    hits: dict[object, list[_Hit]] = {}
    for hit in sorted(found, key=lambda h: order.get(h.routes, order.get(h.routes[::-1], 0))):
        hits.setdefault(_cause(rules, hit), []).append(hit)

    def settle(group: tuple[_Hit, ...]) -> None:
        first = min(group, key=lambda h: len(h.situation.absent))
        part = hearing.slicer.of(hearing.slicer.routes(first.routes))
        others = tuple(h.defect.steps for h in group if h is not first)
        question = (first.kind, first.routes, first.steps, others)
        shown = hearing.recall(question, part, lambda: _finding(hearing.within(part), first, others))
        whole = _with_everybody_there(hearing, hearing.completed(part, shown), part.cast)
        findings[CHECK_OF.get(first.kind, first.kind)].append(whole)

    for group in hits.values():
        check = CHECK_OF.get(group[0].kind, group[0].kind)
        hearing.settle(check, group[0].about, lambda g=tuple(group): settle(g))
    unknown = hearing.unknown[before:]
    return tuple(
        Answer(c, tuple(findings[c]), t.asked, t.held, t.vacuous, tuple(u for u in unknown if u.check == c))
        for c, t in tallies.items()
    )


def _with_everybody_there(hearing: Hearing, finding: Finding, seen: Cast) -> Finding:
    """A defect that shows only with nobody absent does so with nobody absent whom the routes never ask for, either."""
    course = finding.details
    assert isinstance(course, Course)
    if course.kind not in (df.NO_END, df.WORK_LEFT):
        return finding
    others = {("state", o): frozenset({PRESENT}) for o in hearing.encoding.cast.ids if o not in seen.ids}
    return replace(finding, region=tuple(replace(r, cube={**r.cube, **others}) for r in finding.region))


def _looked(hearing: Hearing, subjects: tuple[tuple[str, ...], ...]) -> _Looked:
    """Routes, or pairs of them, in a hearing of all that they depend on."""
    rules, session = hearing.rules, hearing.session.apart()
    tallies = {check: _Tally() for check in CHECKS}
    hits: list[_Hit] = []
    dead: list[Finding] = []
    for ids in subjects:
        routes = [rules.routes[r] for r in ids]
        alike: dict[tuple[str, tuple[str, ...]], list[Question]] = {}
        for question in asked(rules, hearing.encoding, routes):
            alike.setdefault((question.kind, question.routes), []).append(question)
            tallies[question.check].asked += 1
        for questions in alike.values():
            check = questions[0].check

            def settle(group: list[Question] = questions, tally: _Tally = tallies[check]) -> None:
                hits.extend(_hits(hearing, session, group, tally))

            hearing.settle(check, questions[0].about, settle)
        if len(routes) == 1:
            _dead(hearing, session, routes[0], tallies[UNSOUND], dead)
    return _Looked(tallies, tuple(hits), tuple(dead))


def _hits(hearing: Hearing, session: Session, questions: list[Question], tally: _Tally) -> list[_Hit]:
    """Questions of one kind on the same routes, asked together: each situation found settles all that it shows.

    The situations come with the fewest absences first. What no situation shows is held.
    """
    arising = _arising(session, questions)
    left = {q.steps: q for q in arising if q.formula is not False}
    found: list[_Hit] = []
    while left:
        values = _fewest_absent(session, session.literal(disj(q.formula for q in left.values())), hearing.most)
        if values is None:
            break
        situation = hearing.situation(values)
        seen = _shown(hearing.rules, questions[0], situation)
        shown = {q.steps: d for q in left.values() for d in seen if _answers(d, q)}
        replayed(bool(shown), questions[0].check, situation)
        found.extend(_hit(left.pop(steps), situation, defect) for steps, defect in shown.items())
    tally.held += len(questions) - len(found)
    tally.vacuous += len(questions) - len(arising)
    return found


def _hit(question: Question, situation: Situation, defect: df.Defect) -> _Hit:
    return _Hit(question.kind, question.routes, question.steps, situation, defect)


def _fewest_absent(session: Session, goal: Term, most: int) -> dict[Key, str] | None:
    """A situation with the fewest absences in which the goal holds, not yet the plainest; or None."""
    if not session.satisfiable([goal]):
        return None
    for number in range(most + 1):
        model = session.model([goal, witness.absences_at_most(session, number)])
        if model is not None:
            return decode.values(session.encoding, model)
    return None


def _arising(session: Session, questions: list[Question]) -> list[Question]:
    """The questions that can arise. Each model found settles that for all whose `possible` holds in it."""
    left = {q.steps: q.possible for q in questions if q.possible is not False}
    arising: set[tuple[str, ...]] = set()
    while left:
        model = session.model([session.literal(disj(left.values()))])
        if model is None:
            break
        held = {s for s, f in left.items() if model.holds(f)}
        arising |= held
        left = {s: f for s, f in left.items() if s not in held}
    return [q for q in questions if q.steps in arising]


def _shown(rules: RuleSet, question: Question, situation: Situation) -> list[df.Defect]:
    """What the reference semantics sees of the question's kind on its routes."""
    found = df.defects(rules, situation, question.routes)
    return [d for d in found if d.kind == question.kind and d.routes == question.routes]


def _answers(defect: df.Defect, question: Question) -> bool:
    """Whether it is the defect asked about. Of two routes, which closing steps are in force is the situation's."""
    return question.kind in (df.COMPETING, df.SKIPPING) or defect.steps == question.steps


# dead steps


def _dead(hearing: Hearing, session: Session, route: Route, tally: _Tally, findings: list[Finding]) -> None:
    """One finding for each step that is live in no situation, or for a route none of whose steps is."""
    tally.asked += len(route.steps)

    def settle() -> None:
        dead = _dead_steps(hearing, session, route)
        tally.held += len(route.steps) - len(dead)
        subjects = [dead] if len(dead) == len(route.steps) else [[s] for s in dead]
        findings.extend(_dead_finding(hearing, route, tuple(s.power.id for s in steps)) for steps in subjects)

    hearing.settle(UNSOUND, f"{df.DEAD} {route.id}", settle)


def _dead_steps(hearing: Hearing, session: Session, route: Route) -> list[Step]:
    within = witness.absences_at_most(session, hearing.most)
    left = list(route.steps)
    live = {s.id: conj([hearing.encoding.in_force(s.power), hearing.encoding.able(s.power)]) for s in left}
    while left:
        model = session.model([session.literal(disj(live[s.id] for s in left)), within])
        if model is None:
            break
        left = [s for s in left if not model.holds(live[s.id])]
    return left


def _dead_finding(hearing: Hearing, route: Route, ids: tuple[str, ...]) -> Finding:
    """Its witness is the plainest paper of the route, or the plainest of all where there is none."""
    rules, session = hearing.rules, hearing.session.apart()
    taken = disj(hearing.encoding.in_force(s.power) for s in route.steps)
    goal = session.literal(taken)
    values = witness.minimal(session, [goal], hearing.most) if taken is not False else None
    if values is None:
        values = witness.minimal(session, [], hearing.most)
    assert values is not None, "facts that leave no situation are refused when the rule set is read"
    situation = hearing.situation(values)
    replayed(not df.live_steps(rules, situation, [route]) & set(ids), f"{df.DEAD} {ids[0]}", situation)
    strength = hearing.strength(ids)
    return Finding(
        id="",
        check=UNSOUND,
        severity=severity(
            situation,
            weighty=any(rules.is_decisive(rules.powers[i].act) for i in ids),
            strength=strength,
            every_reading=True,
        ),
        strength=strength,
        norms=ids,
        near=(),
        citations=hearing.citations(ids),
        witness=situation,
        details=Course(df.DEAD, (route.id,), (ids,)),
    )


# findings


def _cause(rules: RuleSet, hit: _Hit) -> object:
    """What makes two hits one finding: places in the text, and the stand-in clauses a double hand rests on."""
    kind = hit.kind
    if kind == df.HELD_TWICE:
        return kind, _places(rules, used_stand_ins(rules, hit.defect.hands))
    if kind == df.COMES_BACK:
        return kind, hit.routes
    if kind in (df.COMPETING, df.SKIPPING):
        return kind, _places(rules, hit.routes)
    return kind, hit.routes, _places(rules, hit.steps)


def _places(rules: RuleSet, norms: Iterable[str]) -> frozenset[tuple[str, int, int]]:
    return frozenset(rules.lookup(n).citation.paragraph_key for n in norms)


def _finding(hearing: Hearing, hit: _Hit, others: tuple[tuple[str, ...], ...]) -> Finding:
    """The finding of hits with one cause, shown by one of them; `others`: the steps of the rest."""
    rules, session = hearing.rules, hearing.session.apart()
    routes = [rules.routes[r] for r in hit.routes]
    alike = (q for q in asked(rules, hearing.encoding, routes) if (q.kind, q.routes) == (hit.kind, hit.routes))
    question = next(q for q in alike if q.steps == hit.steps)
    goal = session.literal(question.formula)
    values = witness.minimal(session, [goal], hearing.most)
    assert values is not None, "the hit is one"
    situation = hearing.situation(values)
    defect = next((d for d in _shown(rules, question, situation) if _answers(d, question)), None)
    replayed(defect is not None, question.check, situation)
    assert defect is not None
    core = cores.minimal_core(session, question.formula, values)
    here = conj([question.formula, *_held_fixed(hearing.encoding, defect, values)])
    shown, every, depends = choices.reaching(session, here, hearing.most)
    strength = hearing.strength(core)
    departed = departures(rules, situation)
    return Finding(
        id="",
        check=question.check,
        severity=_severity(rules, question, situation, strength, every),
        strength=strength,
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=situation,
        details=Course(
            question.kind,
            defect.routes,
            (defect.steps, *others),
            defect.official,
            defect.hands,
            defect.between,
        ),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(question.subject, cores.generalise(session, question.formula, values)),),
        departures=departed,
    )


def _severity(
    rules: RuleSet, question: Question, situation: Situation, strength: Strength, every_reading: bool
) -> Severity:
    """That of any finding; of a detour at most moderate, of a round trip the least."""
    if question.kind == df.COMES_BACK:
        return Severity.MINOR  # he may be meant to have the last word, after others were heard
    weighty = _weighty(rules, question)
    return severity(
        situation,
        weighty=weighty,
        strength=strength,
        every_reading=every_reading,
        tension=not weighty,
        departs=bool(departures(rules, situation)),
    )


_OF_THE_CASE = ("state", "delegation", "authorisation", "relation")
"""The variables that say who is away, what was delegated, and who is whose partner."""


def _held_fixed(encoding: Encoding, defect: df.Defect, values: dict[Key, str]) -> Iterator[Formula]:
    """What stays as it is while readings vary. Two steps come to one hand by some clauses: in another case other
    clauses may do the same, which is another finding, and says nothing of how these are read. What was delegated under
    the clauses themselves may vary: a reading may put another variant of them in force."""
    if defect.kind != df.HELD_TWICE:
        return
    rules = encoding.rules
    places = _places(rules, used_stand_ins(rules, defect.hands))
    for key, variable in encoding.variables.items():
        if key[0] in _OF_THE_CASE and not (key[0] == "delegation" and _places(rules, key[1:2]) <= places):
            yield variable.is_(values[key])


def _weighty(rules: RuleSet, question: Question) -> bool:
    """Two roads to one decision, and a decision that cannot come or comes too early; a detour is not weighty."""
    if question.kind in (df.COMES_BACK, df.HELD_TWICE, df.UNBOUNDED):
        return False
    return any(rules.is_decisive(rules.powers[s].act) for s in question.steps)
