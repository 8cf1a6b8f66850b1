"""deadline-infeasible: a ceiling that the prescribed route cannot keep.

Satisfiable exactly when, for a paper the route, the ceiling and every lag of a chain are in force
for, and some weekday, the chain of lags between the ceiling's events exceeds it (`model.deadlines`).
Findings are told apart by the lags: one chain that breaks several ceilings is one finding.
"""

from __future__ import annotations

from model import deadlines
from model.deadlines import Overrun
from model.errors import SelfCheckError
from model.evaluation import Context
from model.norms import Bound, Route
from model.situation import Situation
from model.vocabulary import Strength
from proofs import choices, cores, witness
from proofs.boolean import Formula, conj, disj
from proofs.findings import Answer, Finding, Late, Region
from proofs.hearing import Hearing, replayed
from proofs.severity import severity
from proofs.timing import infeasible_core

CHECK = "deadline-infeasible"


def ask(hearing: Hearing) -> Answer:
    rules = hearing.rules
    before = len(hearing.unknown)
    questions = [(r, c) for r in rules.routes.values() for c in deadlines.ceilings(rules, r)]
    hits: dict[object, list[tuple[Overrun, Formula]]] = {}
    broken: set[tuple[str, str]] = set()
    vacuous = 0
    for number, (route, ceiling) in enumerate(questions):
        hearing.progress(CHECK, number, len(questions))

        def settle(route: Route = route, ceiling: Bound = ceiling) -> None:
            nonlocal vacuous
            possible = conj([hearing.encoding.in_force(route), hearing.encoding.in_force(ceiling)])
            if not hearing.session.satisfiable([hearing.session.literal(possible)]):
                vacuous += 1
                return
            for found in deadlines.minimal_overruns(rules, route, ceiling):
                formula = formula_of(hearing, found)
                few = witness.absences_at_most(hearing.session, hearing.most)
                if hearing.session.satisfiable([hearing.session.literal(formula), few]):
                    _confirm(hearing, found)
                    broken.add((route.id, ceiling.id))
                    hits.setdefault((route.id, found.lags), []).append((found, formula))

        hearing.settle(CHECK, f"{route.id} / {ceiling.id}", settle)
    findings: list[Finding] = []
    for group in hits.values():
        hearing.settle(CHECK, group[0][0].ceiling.id, lambda g=group: findings.append(_finding(hearing, g)))
    unknown = tuple(hearing.unknown[before:])
    held = len(questions) - len(broken) - len(unknown)
    return Answer(CHECK, tuple(findings), len(questions), held, vacuous, unknown)


def formula_of(hearing: Hearing, found: Overrun) -> Formula:
    """That the route, the ceiling, and the lags with their steps are all in force for one paper."""
    norms = [found.route, found.ceiling, *(g.norm for g in found.lags), *(p for g in found.lags for p in g.steps)]
    steps = {s.id: s.power for s in found.route.steps}
    ends = [steps[e] for e in (found.ceiling.start, found.ceiling.end) if e in steps]
    return conj(hearing.encoding.in_force(n) for n in [*norms, *ends])


def _confirm(hearing: Hearing, found: Overrun) -> None:
    """The difference constraints must be unsatisfiable, and all the lags needed for it."""
    budget = hearing.session.budget
    core = infeasible_core(found.route, found.ceiling, found.lags, found.weekday, budget, hearing.recorder)
    if core is None or len(core) != len(found.lags):
        raise SelfCheckError(f"the chain over {found.ceiling.id} is not a minimal negative cycle: {core}")


def in_force(hearing: Hearing, found: Overrun, situation: Situation) -> bool:
    """The formula once more, by the reference semantics."""
    at = Context(hearing.rules, situation)
    norms = [found.route, found.ceiling, *(g.norm for g in found.lags), *(p for g in found.lags for p in g.steps)]
    return all(at.in_force(n) for n in norms) and deadlines.overrun(found.route, found.ceiling, found.lags) is not None


def _in_all(hearing: Hearing, found: Overrun, situation: Situation) -> Overrun | None:
    """The overrun by every lag in force, if it is longer."""
    at = Context(hearing.rules, situation)
    used = tuple(
        g for g in deadlines.lags(hearing.rules, found.route) if all(at.in_force(n) for n in (g.norm, *g.steps))
    )
    whole = deadlines.overrun(found.route, found.ceiling, used)
    return whole if whole is not None and whole.excess > found.excess else None


def _finding(hearing: Hearing, group: list[tuple[Overrun, Formula]]) -> Finding:
    session = hearing.session.apart()
    worst, formula = max(group, key=lambda g: g[0].excess)
    goal = session.literal(formula)
    values = witness.minimal(session, [goal], hearing.most)
    if values is None:
        raise SelfCheckError(f"no situation for an overrun of {worst.ceiling.id}")
    situation = hearing.situation(values)
    replayed(in_force(hearing, worst, situation), CHECK, situation)
    ids = [worst.ceiling.id, *(g.norm.id for g in worst.lags), *(p.id for g in worst.lags for p in g.steps)]
    core = tuple(dict.fromkeys(ids))
    shown, every, depends = choices.reaching(session, disj(f for _, f in group), hearing.most)
    strength = min([worst.ceiling.strength, *(g.norm.strength for g in worst.lags)])
    tension = strength < Strength.DEFAULT
    return Finding(
        id="",
        check=CHECK,
        severity=severity(situation, weighty=True, strength=strength, every_reading=every, tension=tension),
        strength=strength,
        norms=core,
        near=(),
        citations=hearing.citations(dict.fromkeys([*(g[0].ceiling.id for g in group), *core])),
        witness=situation,
        details=Late(worst, tuple(g[0] for g in group if g[0] is not worst), _in_all(hearing, worst, situation)),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(f"{worst.route.id} / {worst.ceiling.id}", cores.generalise(session, formula, values)),),
        tension=tension,
    )
