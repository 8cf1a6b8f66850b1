"""The search for stuck stages: situations covered by cubes until none is left, which the solver then proves.

A stage is asked about for each combination of seats its powers in force can name (`Use`). Stages whose seats
cannot be filled under the same formula share one search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise

from model.competence import Competence
from model.ruleset import Stage
from proofs import cores, decode, witness
from proofs.boolean import Formula, Term, conj, disj, implies, neg
from proofs.encoding import Encoding
from proofs.expressions import Key
from proofs.findings import Region
from proofs.hearing import Hearing, replayed
from proofs.questions.gap_causes import Cause, Group, Point, cause_of, coverage
from proofs.session import Cube, Session

_TOLD_APART = 1
"""Absences up to which causes are told apart by what the clauses lack; of more, one region may hold several."""

Seats = tuple[tuple[str, bool], ...]
"""What the powers in force name: for each, its set expression and whether all of it must act, in order."""


@dataclass(frozen=True)
class Sorted:
    """A stage by itself: whether it can be wanted at all, what its powers in force can name together, each with
    a name for the question whether that can be filled, and whether it can be that nobody is named."""

    vacuous: bool
    uses: tuple[tuple[Seats, str], ...] = ()
    unnamed: bool = False


@dataclass(frozen=True)
class _Use:
    """A stage, for the papers on which the powers in force name just these seats."""

    stage: Stage
    seats: Seats
    context: Formula

    def region(self, cube: Cube) -> Region:
        return Region(self.stage.id, cube, self.seats)


@dataclass(frozen=True)
class _Problem:
    """Whether some seats can be filled at all. `loops`: where a chain returns; `named`: where anybody is named."""

    unable: Formula
    loops: Formula
    named: Formula
    uses: tuple[_Use, ...] = ()

    @property
    def name(self) -> str:
        """The same for the same question."""
        parts = (str(f) if isinstance(f, bool) else f.digest.hex() for f in (self.unable, self.loops, self.named))
        return " ".join(parts)


def by_use(hearing: Hearing, stage: Stage) -> Sorted:
    """What can be wanted of a stage, and where nobody is named for it."""
    wanted = hearing.session.literal(hearing.encoding.wanted(stage))
    if not hearing.session.satisfiable([wanted]):
        return Sorted(True)
    uses = sorted(_uses(hearing, stage), key=lambda u: u.seats)
    found = ((u.seats, _problem(hearing, [u]).name) for u in uses if u.seats)
    return Sorted(False, tuple(found), any(not u.seats for u in uses))


def unnamed(hearing: Hearing, stage: Stage) -> tuple[Group, ...]:
    """Papers that want the act and for which no norm names anybody: one group for each norm that wants it."""
    groups: dict[Cause, Group] = {}
    _unnamed(hearing, groups, _Use(stage, (), _context(hearing, stage, ())))
    return tuple(groups.values())


def stuck(hearing: Hearing, asked: Sequence[tuple[Stage, Seats]]) -> tuple[Group, ...]:
    """Where the seats of stages that share one question cannot be filled, by cause."""
    groups: dict[Cause, Group] = {}
    uses = [_Use(stage, seats, _context(hearing, stage, seats)) for stage, seats in asked]
    _solve(hearing, groups, _problem(hearing, uses))
    return tuple(groups.values())


def _uses(hearing: Hearing, stage: Stage) -> Iterator[_Use]:
    """Every combination of seats that the powers in force of a stage can name on one paper."""
    if _single(stage):
        power = stage.powers[0]
        yield _Use(stage, ((str(power.by), power.joint),), hearing.encoding.wanted(stage))
        return
    session = hearing.session.apart()
    named = hearing.encoding.named(stage)
    blocked = [session.literal(hearing.encoding.wanted(stage))]
    while True:
        model = session.model(blocked)
        if model is None:
            return
        seats = tuple(sorted(k for k, f in named.items() if model.holds(f)))
        use = _Use(stage, seats, _context(hearing, stage, seats))
        blocked.append(session.literal(neg(use.context)))
        yield use


def _context(hearing: Hearing, stage: Stage, seats: Seats) -> Formula:
    """That the stage is wanted and the powers in force name just these seats."""
    wanted = hearing.encoding.wanted(stage)
    if _single(stage):
        return wanted
    return conj([wanted, *(f if k in seats else neg(f) for k, f in hearing.encoding.named(stage).items())])


def _single(stage: Stage) -> bool:
    """Whether whatever is wanted of the stage is wanted of its one power."""
    return len(stage.powers) == 1 and stage.id != stage.act


def extent(session: Session, encoding: Encoding, region: Region, stage: Stage) -> Formula:
    """That a situation lies in a region: in its cube, with the powers in force naming just its seats.

    `encoding`: that of the rules the region was found in, where the session speaks of more than these.
    """
    inside = [named if seats in region.seats else neg(named) for seats, named in encoding.named(stage).items()]
    return conj([cores.cube_formula(session, region.cube), *inside])


def _problem(hearing: Hearing, uses: Sequence[_Use]) -> _Problem:
    """The question whether the seats of the uses, the same for all, can be filled."""
    encoding, stage = hearing.encoding, uses[0].stage
    powers = {(str(p.by), p.joint): p for p in stage.powers}
    chosen = [powers[k] for k in uses[0].seats]
    unable = neg(disj(encoding.able(p) for p in chosen))
    loops = disj(
        conj([belongs, encoding.loops(seat, stage.act)])
        for p in chosen
        for seat, belongs in encoding.seats(p).items()
        if seat in encoding.cast.ids
    )
    named = disj(f for p in chosen for f in encoding.seats(p).values())
    return _Problem(unable, loops, named, tuple(uses))


def _unnamed(hearing: Hearing, groups: dict[Cause, Group], use: _Use) -> None:
    """Papers that want the act and for which no norm names anybody: one group for each norm that wants it,
    apart from those that only some reading leaves so."""
    session = hearing.session.apart()
    formula = hearing.encoding.stuck(use.stage)
    context = session.literal(use.context)
    found: list[Cube] = []
    while True:
        apart = [session.literal(neg(cores.cube_formula(session, cube))) for cube in found]
        values = witness.minimal(session, [context, *apart], hearing.most)
        if values is None:
            return
        core = cores.minimal_core(session, formula, values)
        # no further than the norms that want it reach, so that the papers of other norms are found for themselves
        wanting = conj(hearing.encoding.in_force(hearing.rules.lookup(n)) for n in core)
        cube = cores.generalise(session, conj([formula, wanting]), values)
        found.append(cube)
        _record(hearing, groups, use, values, cube, frozenset({("unnamed:" + "+".join(core), "unnamed")}))


def _solve(hearing: Hearing, groups: dict[Cause, Group], problem: _Problem) -> None:
    """Cover every situation in which the seats cannot be filled, and sort each use's share by cause."""
    session = hearing.session.apart()
    context = session.literal(conj([disj(u.context for u in problem.uses), _first_of_equals(hearing)]))
    most = witness.absences_at_most(session, hearing.most)
    # loops first, then seats with members, so that neither hides behind a wider cube of another cause
    cover = partial(_cover, hearing, session, problem, context)
    looping = list(cover(conj([problem.unable, problem.loops]), []))
    known = [cube for _, cube in looping]
    named = list(cover(conj([problem.unable, problem.named]), known))
    known += [cube for _, cube in named]
    others = cover(problem.unable, known)
    before: list[Term] = []
    for number, cube in chain(looping, named, others):
        formula = cores.cube_formula(session, cube)
        inside, few = session.literal(formula), witness.absences_at_most(session, number)
        group = None
        for goals in ([inside, few, *before], [inside, few], [inside, most]):
            group = group or _classify(hearing, session, groups, problem, cube, goals)
        for use in problem.uses:
            region = use.region(cube)
            here = [session.literal(use.context), inside, most]
            if group and region not in group.regions[-1:] and session.satisfiable(here):
                group.regions.append(region)
        before.append(session.literal(neg(formula)))


def _classify(
    hearing: Hearing,
    session: Session,
    groups: dict[Cause, Group],
    problem: _Problem,
    cube: Cube,
    goals: list[Term],
) -> Group | None:
    """The group of a cube's cause, told from a situation in it (outside earlier cubes, what is new shows)."""
    for use in problem.uses:
        model = session.model([session.literal(use.context), *goals])
        if model is not None:
            return _record(hearing, groups, use, decode.values(hearing.encoding, model), cube, None)
    return None


def _first_of_equals(hearing: Hearing) -> Formula:
    """Among the holders of one office, portfolios are touched from the first on; other cases are symmetric."""
    parts: list[Formula] = []
    variables = hearing.encoding.variables
    officials = hearing.encoding.cast.officials
    for one, two in pairwise(officials):
        first, second = variables.get(("touches", one.id)), variables.get(("touches", two.id))
        if one.office == two.office and first and second:
            parts.append(implies(second.is_("yes"), first.is_("yes")))
    return conj(parts)


def _record(
    hearing: Hearing, groups: dict[Cause, Group], use: _Use, values: dict[Key, str], cube: Cube, cause: Cause | None
) -> Group:
    """Replay a situation and put it, with its cube, to the group of its cause."""
    situation = hearing.situation(values)
    competence = Competence(hearing.rules, situation)
    replayed(competence.stuck(use.stage), f"a gap at {use.stage.id}", situation)
    if cause is None:
        cause = cause_of(hearing.rules, situation.cast, competence.obstacles(use.stage))
    group = groups.setdefault(cause, Group(cause))
    group.points.append(Point(use.stage.id, situation))
    group.regions.append(use.region(cube))
    return group


def _cover(
    hearing: Hearing, session: Session, problem: _Problem, context: Term, formula: Formula, known: list[Cube]
) -> Iterator[tuple[int, Cube]]:
    """Cubes that, with the known ones, hold every situation of a formula in the context; fewest absences first.

    Each comes with the number of absences at which it was found, and reaches no further than what is missing
    of the stand-in clauses there, so that one cause does not hide in the cube of another.
    """
    most = hearing.most
    goal = session.literal(formula)
    apart = [session.literal(neg(cores.cube_formula(session, cube))) for cube in known]
    if not session.satisfiable([goal, context, witness.absences_at_most(session, most), *apart]):
        return
    for number in range(most + 1):
        bound = witness.absences_at_most(session, number)
        while True:
            model = session.model([goal, context, bound, *apart])
            if model is None:
                break
            values = decode.values(session.encoding, model)
            alike = _alike(hearing, problem, values) if number <= _TOLD_APART else True
            cube = cores.generalise(session, conj([formula, alike]), values)
            apart.append(session.literal(neg(cores.cube_formula(session, cube))))
            yield number, cube


def _alike(hearing: Hearing, problem: _Problem, values: dict[Key, str]) -> Formula:
    """That the officials whose seats are not filled here are absent for causes that the same clauses cover."""
    situation = decode.situation(hearing.encoding, values)
    competence = Competence(hearing.rules, situation)
    for use in problem.uses:
        named = tuple(sorted({(str(p.by), p.joint) for p in competence.powers_in_force(use.stage)}))
        if named == use.seats and competence.stuck(use.stage):
            return conj(coverage(hearing.encoding, competence.obstacles(use.stage)))
    return True
