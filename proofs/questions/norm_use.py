"""dead-norm, redundant-norm and shadowed-norm: norms that the rules could do without.

* dead-norm. Satisfiable exactly when no situation exists in which the norm says anything (`model.claims`), and
  none would if it gave way to nothing and had no exception.
* shadowed-norm. Likewise it never says anything, and there is a situation in which it would if it did not give way
  or had no exception: others are always in force where it would be.
* redundant-norm. It says something, and in every situation that can occur without it, the rules say the same with
  it and without it. Or it forbids absences at once that other norms already rule out.

None of the three counts absences: what is told as never or always is so with any number of officials absent.
Steps of routes are asked about by `procedure-unsound`; a reference says nothing of situations. A norm that follows
only from norms at its own place in the text is not told: one clause was put in several norms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from model import claims as ref
from model.competence import Competence
from model.errors import SelfCheckError
from model.norms import CHAIR_SUFFIX, Deontic, Exclusion, Norm, Precedence, Reference, Route, StandIn
from model.removal import without
from model.ruleset import RuleSet
from model.situation import Situation
from model.vocabulary import Strength
from proofs import witness
from proofs.boolean import Formula, Term, conj, disj, implies, variable
from proofs.claims import Claims, differ, fixing, replaced
from proofs.expressions import Key
from proofs.findings import Answer, Finding, Idle, Severity, Unsettled
from proofs.hearing import Hearing, replayed
from proofs.lowlevel import Solver
from proofs.matters import giving_way
from proofs.session import Session, Unknown

CHECKS = DEAD, REDUNDANT, SHADOWED = ("dead-norm", "redundant-norm", "shadowed-norm")
NEVER, NOBODY, YIELDS, EXCEPTED, FOLLOWS = "never", "nobody", "yields", "excepted", "follows"
"""Why: its condition never holds; it holds, and names nobody and nothing; what it gives way to always applies; its
exception always does; it follows from others."""

_TOGETHER = 48
"""Norms asked about with one solver: few enough that it stays quick, many enough that one model settles several."""


@dataclass
class Spare:
    """A norm that could be spared: by which check, why, and the others that make it so."""

    norm: Norm
    check: str
    reason: str
    cause: tuple[str, ...] = ()


@dataclass
class Survey:
    """What was found of each norm asked about: says something (`alive`), needed, or could be spared (`idle`)."""

    hearing: Hearing
    claims: Claims
    alive: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)
    idle: dict[str, Spare] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    """By id of a norm, the check that was not settled for it."""

    def settle(self, check: str, norm: Norm, question: Callable[[], None]) -> None:
        before = len(self.hearing.unknown)
        self.hearing.settle(check, norm.id, question)
        if len(self.hearing.unknown) > before:
            self.open[norm.id] = check


def ask(hearing: Hearing) -> tuple[Answer, ...]:
    """An answer per check; every norm is asked all three, as far as it can be."""
    before = len(hearing.unknown)
    norms, state = asked_about(hearing.rules), survey(hearing)
    told = [i for i in state.idle.values() if _told(state, i)]
    findings: list[Finding] = []
    for group in _merged(hearing.rules, told):
        hearing.settle(group[0].check, group[0].norm.id, lambda g=group: findings.append(_finding(hearing, g)))
    unknown = hearing.unknown[before:]
    yielding = [n for n in norms if _may_be_shadowed(hearing.rules, n)]
    replaceable = [n for n in norms if not isinstance(n, Precedence)]
    asked = {DEAD: norms, SHADOWED: yielding, REDUNDANT: replaceable}
    answers = []
    for check in CHECKS:
        hit = {i.norm.id for i in told if i.check == check}
        spent = {DEAD: (), REDUNDANT: (DEAD, SHADOWED), SHADOWED: (DEAD,)}[check]
        # what may be dead may be spared too: a question left open leaves those open that come after it
        left = {n.id for n in asked[check] if state.open.get(n.id) in (check, *spent)}
        mine = [n for n in asked[check] if n.id not in left]
        vacuous = sum(n.id in state.idle and state.idle[n.id].check in spent for n in mine)
        held = sum(n.id not in hit for n in mine)
        after = (Unsettled(check, u.subject, u.reason) for u in unknown if u.check in spent and u.subject in left)
        open_ = (*(u for u in unknown if u.check == check), *after)
        own = tuple(f for f in findings if f.check == check)
        answers.append(Answer(check, own, len(asked[check]), held, vacuous, open_))
    return tuple(answers)


def asked_about(rules: RuleSet) -> list[Norm]:
    """The instrument's own norms that say something of situations by themselves."""
    return [n for n in rules.own_norms() if not isinstance(n, (Route, Reference))]


@dataclass(frozen=True)
class _Surveyed:
    """What was found of some norms, as plain records."""

    alive: frozenset[str]
    needed: frozenset[str]
    idle: tuple[Spare, ...]
    open: tuple[tuple[str, str], ...]


def survey(hearing: Hearing) -> Survey:
    """Which norms could be spared, before a drafter's time is thought of. `Unknown` is kept in the hearing."""
    norms = {n.id: n for n in asked_about(hearing.rules)}
    state = Survey(hearing, Claims(hearing.encoding))
    idle: dict[str, Spare] = {}
    for _, found in hearing.by_parts(DEAD, {n: hearing.matters.roots([n]) for n in norms}, _surveyed):
        state.alive |= found.alive
        state.needed |= found.needed
        idle.update((i.norm.id, i) for i in found.idle)
        state.open.update(found.open)
    state.idle.update((n, idle[n]) for n in norms if n in idle)
    return state


def _surveyed(hearing: Hearing, names: tuple[str, ...]) -> _Surveyed:
    state = Survey(hearing, Claims(hearing.encoding))
    for start in range(0, len(names), _TOGETHER):
        _together(state, [hearing.rules.norms[n] for n in names[start : start + _TOGETHER]])
    return _Surveyed(
        frozenset(state.alive), frozenset(state.needed), tuple(state.idle.values()), tuple(state.open.items())
    )


def _may_be_shadowed(rules: RuleSet, norm: Norm) -> bool:
    return bool(rules.superiors.get(norm.id)) or (isinstance(norm, Deontic) and str(norm.unless) != "false")


# asking


def _together(state: Survey, norms: list[Norm]) -> None:
    """Settle some norms with one solver."""
    claims, session = state.claims, state.hearing.session.apart()
    plain = [n for n in norms if not _is_apart(n)]
    says = {n.id: claims.says(n) for n in norms}
    state.alive |= _possible(state, session, {n.id: says[n.id] for n in plain})
    sole = {n.id: _sole(claims, n) for n in plain if n.id in state.alive}
    state.needed |= _possible(state, session, sole)
    for norm in norms:
        if norm.id in state.needed:
            continue

        def settle(norm: Norm = norm) -> None:
            if _is_apart(norm) and _reachable_without(state, session, norm, says[norm.id]):
                state.alive.add(norm.id)
            if norm.id not in state.alive:
                _dead(state, session, norm)
            elif not isinstance(norm, Precedence):
                _redundant(state, session, norm)

        state.settle(REDUNDANT if norm.id in state.alive else DEAD, norm, settle)


def _is_apart(norm: Norm) -> bool:
    """Whether the norm itself decides which situations can occur."""
    return isinstance(norm, Exclusion) and norm.between is not None and norm.strength is Strength.STRICT


def _possible(state: Survey, session: Session, formulas: Mapping[str, Formula]) -> set[str]:
    """Ids of the formulas that can hold, each alone: every model settles all that hold in it.

    Where the solver gives up on all of them, each is asked for itself later.
    """
    left = {n: f for n, f in formulas.items() if f is not False}
    found: set[str] = set()
    while left:
        try:
            model = session.model([session.literal(disj(left.values()))])
        except Unknown:
            return found
        if model is None:
            return found
        held = {n for n, f in left.items() if model.holds(f)}
        found |= held
        left = {n: f for n, f in left.items() if n not in held}
    return found


def _sole(claims: Claims, norm: Norm) -> Formula:
    """That the norm says something of which no other norm ever speaks."""
    own = {p.id for p in claims.parts(norm)}
    return disj(
        f
        for part in claims.parts(norm)
        for claim, f in claims.of(part).items()
        if all(n in own for _, _, n in claims.by_key[claim.key])
    )


def _others(state: Survey, norm: Norm) -> list[Term]:
    """The switches of all other norms."""
    own = {p.id for p in state.claims.parts(norm)}
    return [s for n, s in state.hearing.encoding.switches.items() if n not in own]


def _own(state: Survey, norm: Norm) -> list[Term]:
    return [state.hearing.encoding.switch(p.id) for p in state.claims.parts(norm)]


def _reachable_without(state: Survey, session: Session, norm: Norm, formula: Formula) -> bool:
    """Whether, in a situation that can occur without the norm, the formula would hold with it."""
    inside = replaced(formula, fixing(_own(state, norm), True))
    literal = session.literal(inside)
    return session.satisfiable([literal, *_others(state, norm)], whole=False)


def _dead(state: Survey, session: Session, norm: Norm) -> None:
    says = state.claims.says(norm)
    if not _is_apart(norm) and says is not False and session.satisfiable([session.literal(says)]):
        state.alive.add(norm.id)  # it was left open when many were asked at once
        _redundant(state, session, norm)
        return
    would = _unshadowed(state, norm)
    if would is not False and _may_be_shadowed(state.hearing.rules, norm):
        own = [session.literal(would), *_own(state, norm)]
        if session.satisfiable([*own, *_others(state, norm)], whole=False):
            cause = _core(state, session, norm, says)
            state.idle[norm.id] = Spare(norm, SHADOWED, YIELDS if cause else EXCEPTED, cause)
            return
    on = _on(state, norm)
    bites = on is not False and session.satisfiable([session.literal(on)])
    cause = () if says is False else _core(state, session, norm, says)
    if _is_apart(norm) and cause:
        state.idle[norm.id] = Spare(norm, REDUNDANT, FOLLOWS, cause)
        return
    state.idle[norm.id] = Spare(norm, DEAD, NOBODY if bites else NEVER, cause)


def _on(state: Survey, norm: Norm) -> Formula:
    """That the norm is in force; of a stand-in norm, for somebody it names."""
    encoding = state.hearing.encoding
    if isinstance(norm, StandIn):
        named = encoding.members(norm.principals)
        return disj(conj([belongs, encoding.in_force(norm, o)]) for o, belongs in named.items())
    return encoding.in_force(norm)


def _unshadowed(state: Survey, norm: Norm) -> Formula:
    """That the norm would say something if it gave way to nothing and had no exception."""
    encoding = state.hearing.encoding
    superiors = {s for p in state.claims.parts(norm) for s in encoding.rules.superiors.get(p.id, ())}
    off = fixing((encoding.switch(s) for s in superiors), False)
    if isinstance(norm, Deontic):
        actors = disj(encoding.members(norm.by).values()) if norm.by is not None else True
        return conj([replaced(encoding.in_force(norm), off), actors])
    return replaced(state.claims.says(norm), off)


def _redundant(state: Survey, session: Session, norm: Norm) -> None:
    changes = _changes(state, norm)
    if changes is not False:
        literal = session.literal(changes)
        there = [literal, *_others(state, norm)] if _is_apart(norm) else [literal]
        if session.satisfiable(there, whole=not _is_apart(norm)):
            state.needed.add(norm.id)
            return
    cause = () if changes is False else _core(state, session, norm, changes)
    state.idle[norm.id] = Spare(norm, REDUNDANT, FOLLOWS, cause)


def _changes(state: Survey, norm: Norm) -> Formula:
    """That the rules say something else with the norm than without it."""
    claims = state.claims
    own = _own(state, norm)
    on, off = fixing(own, True), fixing(own, False)
    ids = [p.id for p in claims.parts(norm)]
    concerned = {c for n in (*ids, *giving_way(claims.rules, ids)) for c in claims.of(state.hearing.rules.lookup(n))}
    parts: list[Formula] = []
    for claim in sorted(concerned):
        covered = claims.covered(claim)
        parts.append(differ(replaced(covered, on), replaced(covered, off)))
    return disj(parts)


def _core(state: Survey, session: Session, norm: Norm, formula: Formula) -> tuple[str, ...]:
    """A minimal set of other norms that rule the formula out, whatever else the rule set says."""
    fixed = [session.literal(replaced(formula, fixing(_own(state, norm), True)))]
    session.model([])  # so that every switch the formula needs is known
    others = _others(state, norm)
    core = session.core([*others, *fixed], whole=False)
    if core is None:
        raise SelfCheckError(f"{norm.id} could be spared, and no norms make it so")
    names = {s: n for n, s in state.hearing.encoding.switches.items()}
    kept = session.shrink([c for c in core if c in names], fixed, whole=False)
    order = list(state.hearing.rules.powers) + list(state.hearing.rules.norms)
    return tuple(sorted((names[k] for k in kept), key=order.index))


# findings


def _told(state: Survey, idle: Spare) -> bool:
    """Whether a drafter should hear of it: not where the text was merely put in several norms, or read in
    several ways of which another one needs the clause."""
    rules = state.hearing.rules
    here = idle.norm.citation.paragraph_key
    if idle.check == REDUNDANT and {rules.lookup(n).citation.paragraph_key for n in idle.cause} <= {here}:
        return False
    for other in rules.own_norms():
        twin = other.form == idle.norm.form and other.citation.paragraph_key == here and other.id != idle.norm.id
        chosen = {r for r, _ in other.under} & {r for r, _ in idle.norm.under}
        if twin and chosen and state.idle.get(other.id, idle if other.id in state.open else None) is None:
            return False
    return True


def _merged(rules: RuleSet, told: Iterable[Spare]) -> list[list[Spare]]:
    """One finding for norms at the same places, or for duties of one act that neither decides nor looks at a paper:
    such repeat each other in many a clause. Of two that follow from each other only one can go: that which needs
    fewer others, and of equals the later in the text."""
    order = {n: i for i, n in enumerate(rules.norms)}
    groups: dict[object, list[Spare]] = {}
    kept: list[Spare] = []
    for idle in sorted(told, key=lambda i: (len(i.cause), -order[i.norm.id])):
        if any(idle.norm.id in k.cause and k.norm.id in idle.cause for k in kept):
            continue
        kept.append(idle)
    for idle in sorted(kept, key=lambda i: order[i.norm.id]):
        where: object = frozenset(rules.lookup(n).citation.paragraph_key for n in (idle.norm.id, *idle.cause))
        norm = idle.norm
        if isinstance(norm, Deontic) and not rules.is_decisive(norm.act) and not rules.is_scrutiny(norm.act):
            where = norm.modality, norm.act
        groups.setdefault((idle.check, idle.reason, where), []).append(idle)
    return list(groups.values())


def _finding(hearing: Hearing, group: list[Spare]) -> Finding:
    first = group[0]
    part = hearing.slicer.of(hearing.matters.roots([first.norm.id]))

    def evidence() -> tuple[tuple[str, ...], Situation]:
        own = hearing.within(part)
        state = Survey(own, Claims(own.encoding))
        return _facts(own, state.claims.says(first.norm)) if first.check == DEAD else (), _witness(state, first)

    facts, shown = hearing.recall((first.check, first), part, evidence)
    situation = hearing.whole(part, shown)
    core = (first.norm.id, *first.cause)
    causes = dict.fromkeys(c for i in group for c in i.cause)
    severity = Severity.MINOR
    if first.check != REDUNDANT and first.norm.strength is Strength.STRICT:
        severity = Severity.MODERATE
    return Finding(
        id="",
        check=first.check,
        severity=severity,
        strength=first.norm.strength,
        norms=core,
        near=(),
        citations=hearing.citations(dict.fromkeys([*(i.norm.id for i in group), *causes])),
        witness=situation,
        details=Idle(first.reason, tuple(i.norm.id for i in group), tuple(causes), facts),
    )


def _witness(state: Survey, idle: Spare) -> Situation:
    """The plainest situation in which the norm would apply; where there is none, the plainest of all."""
    hearing, norm = state.hearing, idle.norm
    session = hearing.session.apart()
    everybody = len(hearing.encoding.cast.ids)
    goals: list[Term] = []
    if idle.check == SHADOWED:
        goals = [session.literal(_unshadowed(state, norm))]
    elif idle.check == REDUNDANT and not _is_apart(norm):
        goals = [session.literal(state.claims.says(norm))]
    elif idle.reason == NOBODY:
        goals = [session.literal(_on(state, norm))]
    values: dict[Key, str] | None = witness.minimal(session, goals, everybody)
    if values is None:  # what it would apply to cannot occur with it
        values = witness.minimal(session, [], everybody)
    assert values is not None, "facts that leave no situation are refused when the rule set is read"
    situation = hearing.situation(values)
    replayed(
        shows(rules=hearing.rules, check=idle.check, norm=norm, at=situation), f"{idle.check} {norm.id}", situation
    )
    return situation


def shows(rules: RuleSet, check: str, norm: Norm, at: Situation) -> bool:
    """What the check claims of one situation, by the reference semantics: a norm is idle if it is so in all."""
    own = [i for i in (norm.id, norm.id + CHAIR_SUFFIX) if i in rules.norms or i in rules.powers]
    if check != REDUNDANT:
        competence = Competence(rules, at)
        return not any(ref.said_by(competence, rules.lookup(i)) for i in own)
    return ref.same(ref.said(rules, at), ref.said(without(rules, own), at))


def _facts(hearing: Hearing, formula: Formula) -> tuple[str, ...]:
    """A minimal set of background facts that, with the norms, keep the formula from ever holding."""
    if formula is False:
        return ()
    solver = Solver(hearing.session.translator, hearing.session.budget)
    marks: dict[str, Term] = {}
    solver.add([formula, *hearing.encoding.switches.values()])
    for name, part in hearing.encoding.well_formed:
        if name.startswith("fact."):
            mark = marks.setdefault(name, variable(f"mark.{name}"))
            solver.add([implies(mark, part)])
        else:
            solver.add([part])
    kept = list(marks)
    for name in list(marks):
        if not solver.check([marks[n] for n in kept if n != name]):
            kept.remove(name)
    return tuple(n.removeprefix("fact.") for n in kept)
