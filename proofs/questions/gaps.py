"""signing-gap, stand-in-gap and stand-in-loop: an act that is wanted and that nobody may do.

The three share one search, for they are one question (is a stage stuck?) told apart by the cause:

* stand-in-loop where the chain of stand-ins returns to an absent official;
* signing-gap where a decisive act is stuck, or a class of papers has no actor named at all;
* stand-in-gap where only acts before the decision are stuck.

The search is complete up to the number of absences: situations are covered by cubes (regions) until
none is left, which the solver then proves. Regions with one cause make one finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, pairwise, permutations, product

from model import absence, plainness
from model.competence import Competence, Obstacle
from model.norms import StandIn
from model.reachability import departures
from model.ruleset import RuleSet, Stage
from model.situation import Cast, Situation
from proofs import choices, cores, decode, witness
from proofs.boolean import Formula, Term, conj, disj, implies, neg
from proofs.encoding import Key
from proofs.findings import Answer, Finding, Gap, Near, Region, Unsettled
from proofs.hearing import Hearing, replayed
from proofs.session import Cube, Session
from proofs.severity import severity

SIGN = "sign"
CHECKS = ("signing-gap", "stand-in-gap", "stand-in-loop")
Cause = frozenset[tuple[str, str]]

_NEARNESS = ("loop", "absent", "candidate", "delegation", "unauthorised", "paper", "act", "cause", "reading", "none")


_TOLD_APART = 1
"""Absences up to which causes are told apart by what the clauses lack; of more, one region may hold several."""

Seats = frozenset[tuple[str, bool]]
"""What the powers in force name: for each, its set expression and whether all of it must act."""


@dataclass
class _Group:
    """Stuck situations with one cause. `folded` are regions where it coincides with other causes."""

    cause: Cause
    points: list[tuple[Stage, dict[Key, str], Situation]] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    folded: list[Region] = field(default_factory=list)


@dataclass
class _Use:
    """A stage, for the papers on which the powers in force name just these seats."""

    stage: Stage
    seats: Seats
    context: Formula


@dataclass
class _Problem:
    """Whether some seats can be filled at all. Stages whose acts pass to the same stand-ins share one."""

    unable: Formula
    loops: Formula
    named: Formula
    uses: list[_Use] = field(default_factory=list)


def ask(hearing: Hearing) -> tuple[Answer, ...]:
    """All three checks at once. An answer per check; a stage counts as asked once for each check it concerns."""
    groups: dict[Cause, _Group] = {}
    stages = hearing.rules.stages
    vacuous: set[str] = set()
    problems: dict[object, _Problem] = {}
    for number, stage in enumerate(stages):
        hearing.progress(CHECKS[0], number, 2 * len(stages))

        def sort(stage: Stage = stage) -> None:
            wanted = hearing.session.literal(hearing.encoding.wanted(stage))
            if not hearing.session.satisfiable([wanted]):
                vacuous.add(stage.id)
                return
            for use in _uses(hearing, stage):
                if use.seats:
                    _problem(hearing, problems, use).uses.append(use)
                else:
                    _unnamed(hearing, groups, use)

        hearing.settle(CHECKS[0], stage.id, sort)
    for number, problem in enumerate(problems.values()):
        hearing.progress(CHECKS[0], len(stages) + number * len(stages) // len(problems), 2 * len(stages))
        subject = ", ".join(dict.fromkeys(u.stage.id for u in problem.uses))
        hearing.settle(CHECKS[0], subject, lambda p=problem: _solve(hearing, groups, p))
    findings: list[Finding] = []
    for group in merged(groups):
        subject = ", ".join(dict.fromkeys(s.id for s, _, _ in group.points))
        hearing.settle(CHECKS[0], subject, lambda g=group: findings.append(_finding(hearing, g)))
    return tuple(_answer(check, hearing, findings, vacuous) for check in CHECKS)


def merged(groups: dict[Cause, _Group]) -> list[_Group]:
    """Fold a group with several causes into a group that has one of them alone.

    Where each cause is a finding of its own, their coincidence is no news: to mend one mends both.
    """
    kept: dict[Cause, _Group] = {}
    for cause in sorted(groups, key=len):
        parts = [kept.get(frozenset({c})) for c in sorted(cause)]
        if len(cause) > 1 and all(parts):
            assert parts[0] is not None
            parts[0].folded.extend(groups[cause].regions)
        else:
            kept[cause] = groups[cause]
    return list(kept.values())


def _uses(hearing: Hearing, stage: Stage) -> Iterator[_Use]:
    """Every combination of seats that the powers in force of a stage can name on one paper."""
    encoding = hearing.encoding
    if len(stage.powers) == 1 and stage.id != stage.act:
        power = stage.powers[0]
        yield _Use(stage, frozenset({(str(power.by), power.joint)}), encoding.wanted(stage))
        return
    session = hearing.session.apart()
    formulas = _named(hearing, stage)
    wanted = encoding.wanted(stage)
    blocked = [session.literal(wanted)]
    while True:
        model = session.model(blocked)
        if model is None:
            return
        chosen = {k for k, f in formulas.items() if model.holds(f)}
        here = conj([wanted, *(f if k in chosen else neg(f) for k, f in formulas.items())])
        blocked.append(session.literal(neg(here)))
        yield _Use(stage, frozenset(chosen), here)


def _named(hearing: Hearing, stage: Stage) -> dict[tuple[str, bool], Formula]:
    """For what the powers of a stage can name: when some power in force names it."""
    named: dict[tuple[str, bool], list[Formula]] = {}
    for power in stage.powers:
        named.setdefault((str(power.by), power.joint), []).append(hearing.encoding.in_force(power))
    return {k: disj(parts) for k, parts in named.items()}


def _extent(hearing: Hearing, region: Region, stage: Stage) -> Formula:
    """That a situation lies in a region: in its cube, with the powers in force naming just its seats."""
    inside = [named if seats in region.seats else neg(named) for seats, named in _named(hearing, stage).items()]
    return conj([cores.cube_formula(hearing.session, region.cube), *inside])


def _problem(hearing: Hearing, problems: dict[object, _Problem], use: _Use) -> _Problem:
    encoding = hearing.encoding
    powers = {(str(p.by), p.joint): p for p in use.stage.powers}
    chosen = [powers[k] for k in sorted(use.seats)]
    unable = neg(disj(encoding.able(p) for p in chosen))
    loops = disj(
        conj([belongs, encoding.loops(seat, use.stage.act)])
        for p in chosen
        for seat, belongs in encoding.seats(p).items()
        if seat in encoding.cast.ids
    )
    named = disj(f for p in chosen for f in encoding.seats(p).values())
    return problems.setdefault((unable, loops, named), _Problem(unable, loops, named))


def _unnamed(hearing: Hearing, groups: dict[Cause, _Group], use: _Use) -> None:
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


def _solve(hearing: Hearing, groups: dict[Cause, _Group], problem: _Problem) -> None:
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
            region = Region(use.stage.id, cube, tuple(sorted(use.seats)))
            here = [session.literal(use.context), inside, most]
            if group and region not in group.regions[-1:] and session.satisfiable(here):
                group.regions.append(region)
        before.append(session.literal(neg(formula)))


def _classify(
    hearing: Hearing,
    session: Session,
    groups: dict[Cause, _Group],
    problem: _Problem,
    cube: Cube,
    goals: list[Term],
) -> _Group | None:
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
    hearing: Hearing, groups: dict[Cause, _Group], use: _Use, values: dict[Key, str], cube: Cube, cause: Cause | None
) -> _Group:
    """Replay a situation and put it, with its cube, to the group of its cause."""
    situation = hearing.situation(values)
    competence = Competence(hearing.rules, situation)
    replayed(competence.stuck(use.stage), f"a gap at {use.stage.id}", situation)
    if cause is None:
        cause = cause_of(hearing.rules, situation.cast, competence.obstacles(use.stage))
    group = groups.setdefault(cause, _Group(cause))
    group.points.append((use.stage, values, situation))
    group.regions.append(Region(use.stage.id, cube, tuple(sorted(use.seats))))
    return group


def _answer(check: str, hearing: Hearing, findings: list[Finding], vacuous: set[str]) -> Answer:
    """One check's share. What was not settled is not settled for any of the three."""
    mine = tuple(f for f in findings if f.check == check)
    asked = [s.id for s in hearing.rules.stages if check != "signing-gap" or hearing.rules.is_decisive(s.act)]
    unsettled = [u for u in hearing.unknown if u.check == CHECKS[0]]
    open_ = {stage for u in unsettled for stage in u.subject.split(", ")}
    hit = {r.subject for f in findings if check in (f.check, *f.also) for r in f.region}
    held = sum(s not in hit and s not in open_ for s in asked)
    unknown = tuple(Unsettled(check, u.subject, u.reason) for u in unsettled)
    return Answer(check, mine, len(asked), held, sum(s in vacuous for s in asked), unknown)


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
        named = frozenset((str(p.by), p.joint) for p in competence.powers_in_force(use.stage))
        if named == use.seats and competence.stuck(use.stage):
            return conj(_coverage(hearing, competence.obstacles(use.stage)))
    return True


def _coverage(hearing: Hearing, obstacles: tuple[Obstacle, ...]) -> Iterator[Formula]:
    """For each clause that comes near: whether it covers the cause of the absence."""
    for obstacle in obstacles:
        norm = hearing.rules.norms.get(obstacle.stand_in)
        if isinstance(norm, StandIn) and obstacle.principal and obstacle.reason != "reading":
            covered = hearing.encoding.state_in(obstacle.principal, norm.states)
            yield neg(covered) if obstacle.reason == "cause" else covered


def cause_of(rules: RuleSet, cast: Cast, obstacles: tuple[Obstacle, ...]) -> Cause:
    """What makes situations one finding: the stand-in clauses that come nearest, and what each lacks.

    Clauses are told apart by their place in the text, so that two readings of one clause are one cause;
    of one clause, only its nearest miss counts. Seats without any clause count by whom the power names.
    """
    best: dict[str, str] = {}
    for obstacle in obstacles:
        place = _place(rules, cast, obstacle)
        if place not in best or _NEARNESS.index(obstacle.reason) < _NEARNESS.index(best[place]):
            best[place] = obstacle.reason if obstacle.reason in _NEARNESS else "none"
    return frozenset(best.items())


def _place(rules: RuleSet, cast: Cast, obstacle: Obstacle) -> str:
    if obstacle.stand_in or obstacle.reason == "unauthorised":
        cited = rules.lookup(obstacle.stand_in or obstacle.power).citation
        return f"{cited.instrument}:{cited.article}.{cited.paragraph}"
    if obstacle.principal:
        power = rules.powers.get(obstacle.power)
        return f"nobody for:{power.by}" if power else f"office:{cast[obstacle.principal].office}"
    return f"{obstacle.reason}:{obstacle.power}"


def _finding(hearing: Hearing, group: _Group) -> Finding:
    rules, session = hearing.rules, hearing.session.apart()
    stage, values, situation = _plainest(hearing, session, group)
    competence = Competence(rules, situation)
    obstacles = competence.obstacles(stage)
    core = cores.minimal_core(session, hearing.encoding.stuck(stage), values)
    near = _near(obstacles)
    stages = _ordered(rules, group, stage)
    concerned = [*core, *(n.norm for n in near)]
    holds, every, depends = _readings(hearing, session, stage, situation, concerned, core)
    departed = departures(rules, situation)
    weighty = any(rules.is_decisive(s.act) for s in stages)
    strength = hearing.strength(core)
    loop = any(o.reason == "loop" for o in obstacles)
    check = "stand-in-loop" if loop else "signing-gap" if weighty else "stand-in-gap"
    also = ("stand-in-gap",) if check != "stand-in-gap" and any(o.principal for o in obstacles) else ()
    return Finding(
        id="",
        check=check,
        severity=severity(
            situation,
            weighty=weighty,
            strength=strength,
            every_reading=every,
            departs=bool(departed),
            elsewhere=any(o.reason == "unnamed" for o in obstacles) and stage.act != SIGN,
        ),
        strength=strength,
        norms=core,
        near=near,
        citations=hearing.citations([*core, *(n.norm for n in near)]),
        witness=situation,
        details=Gap(
            tuple(s.id for s in stages),
            tuple(dict.fromkeys(p.id for s in stages for p in s.powers)),
            _acts(hearing, group, stages, values, obstacles),
            obstacles,
            _others(group, stage, situation) if any(o.reason == "unnamed" for o in obstacles) else (),
        ),
        every_reading=every,
        readings=depends,
        holds_under=holds,
        region=(*group.regions, *group.folded),
        also=(*also, "signing-gap") if loop and weighty else also,
        departures=departed,
    )


def _ordered(rules: RuleSet, group: _Group, first: Stage) -> tuple[Stage, ...]:
    touched = {r.subject for r in group.regions}
    rest = [s for s in rules.stages if s.id in touched and s.id != first.id]
    return (first, *rest)


def _acts(
    hearing: Hearing,
    group: _Group,
    stages: tuple[Stage, ...],
    values: dict[Key, str],
    obstacles: tuple[Obstacle, ...],
) -> tuple[str, ...]:
    """The acts that stop with the very absences and readings shown, for want of officials of the same office.

    One clause may stand in for several offices, and a cause may come about under several readings; what
    falls to another office or needs another reading is no news of this situation.
    """
    cast = hearing.encoding.cast
    missing = {o.principal for o in obstacles if o.principal in cast.ids}
    offices = {cast[p].office for p in missing}
    exchanges = list(_exchanges(cast))

    def concerns(region: Region) -> bool:
        away = [k[1] for k, allowed in region.cube.items() if k[0] == "state" and absence.PRESENT not in allowed]
        if missing and not any(cast[official].office in offices for official in away):
            return False
        kept = {k: allowed for k, allowed in region.cube.items() if k[0] in _OF_THE_ABSENT}
        return any(
            all(values[(k[0], *(x.get(part, part) for part in k[1:]))] in allowed for k, allowed in kept.items())
            for x in exchanges
        )

    same = {r.subject for r in group.regions if concerns(r)} | {stages[0].id}
    return tuple(dict.fromkeys(s.act for s in stages if s.id in same))


_OF_THE_ABSENT = ("state", "reading", "delegation", "authorisation")
"""The variables that say who is away, what was delegated, and how the text is read."""


def _exchanges(cast: Cast) -> Iterator[dict[str, str]]:
    """Every way for holders of one office to change places: situations are told up to this."""
    by_office: dict[str, list[str]] = {}
    for official in cast.officials:
        by_office.setdefault(official.office, []).append(official.id)
    several = [ids for ids in by_office.values() if len(ids) > 1]
    for orders in product(*(permutations(ids) for ids in several)):
        yield {a: b for ids, order in zip(several, orders, strict=True) for a, b in zip(ids, order, strict=True)}


def _others(group: _Group, stage: Stage, shown: Situation) -> tuple[Situation, ...]:
    """The plainest situation of every other region, where each is a class of papers of its own."""
    mine = [at for s, _, at in group.points if s.id == stage.id and at.paper != shown.paper]
    return tuple({tuple(sorted(at.paper.attributes.items())): at for at in mine}.values())


def _near(obstacles: tuple[Obstacle, ...]) -> tuple[Near, ...]:
    best: dict[str, str] = {}
    for o in obstacles:
        if o.stand_in and (o.stand_in not in best or _NEARNESS.index(o.reason) < _NEARNESS.index(best[o.stand_in])):
            best[o.stand_in] = o.reason
    return tuple(Near(n, r) for n, r in best.items())


def _plainest(hearing: Hearing, session: Session, group: _Group) -> tuple[Stage, dict[Key, str], Situation]:
    """The plainest situation of the group, of its weightiest act; always one with the group's cause.

    Where the cause can come about whatever the readings, a situation that does is taken.
    """
    rules = hearing.rules
    order = {a: i for i, a in enumerate(rules.vocabulary.acts)}
    fewest = min(len(s.absent) for _, _, s in group.points)
    points = sorted(
        (p for p in group.points if len(p[2].absent) == fewest),
        key=lambda p: (not rules.is_decisive(p[0].act), order[p[0].act], plainness.cost(rules, p[2])),
    )
    recorded, values, situation = points[0]
    alike = session.literal(_cause_formula(hearing, recorded, situation))
    same = session.outside({k: frozenset({v}) for k, v in values.items() if k[0] != "paper" and k[0] != "role"})
    for stage in _weightiest(rules, group, recorded, order):
        goal = session.literal(hearing.encoding.stuck(stage))
        here = [r for r in group.regions if r.subject == stage.id]
        whatever = [r for r in here if not any(k[0] == "reading" for k in r.cube)]
        inside = session.literal(disj(_extent(hearing, r, stage) for r in here))
        under_all = session.literal(disj(_extent(hearing, r, stage) for r in whatever))
        for goals in ([goal, alike, under_all], [goal, alike, inside], [goal, inside, *same]):
            best = witness.minimal(session, goals, fewest, fewest)
            if best is not None:
                found = hearing.situation(best)
                competence = Competence(rules, found)
                stuck = competence.stuck(stage)
                if stuck and cause_of(rules, found.cast, competence.obstacles(stage)) == group.cause:
                    return stage, best, found
    return recorded, values, situation


def _weightiest(rules: RuleSet, group: _Group, recorded: Stage, order: dict[str, int]) -> list[Stage]:
    """The weightiest stage the cause reaches, whatever the readings if it can, then the one it was recorded at."""
    touched = {r.subject for r in group.regions}
    free = {r.subject for r in group.regions if not any(k[0] == "reading" for k in r.cube)}
    stages = [s for s in rules.stages if s.id in touched]
    first = min(stages, key=lambda s: (s.id not in free, not rules.is_decisive(s.act), order[s.act]), default=recorded)
    return [first, recorded]


def _cause_formula(hearing: Hearing, stage: Stage, situation: Situation) -> Formula:
    """Close to the cause: the same officials absent, and nothing else missing than what the obstacles say."""
    encoding = hearing.encoding
    competence = Competence(hearing.rules, situation)
    obstacles = competence.obstacles(stage)
    parts = [encoding.absent(o) for o in situation.absent] + list(_coverage(hearing, obstacles))
    for obstacle in obstacles:
        if obstacle.stand_in and obstacle.reason in ("act", "paper", "absent", "loop"):
            # then it must not be for want of a delegation, under this or another reading of a clause
            parts += [
                v.is_("yes")
                for k, v in encoding.variables.items()
                if k[0] == "delegation" and k[2] == obstacle.principal
            ]
    return conj(parts)


def _readings(
    hearing: Hearing, session: Session, stage: Stage, situation: Situation, norms: list[str], core: tuple[str, ...]
) -> tuple[tuple[Mapping[str, str], ...], bool, tuple[str, ...]]:
    """Under which readings the same absences leave the stage stuck."""
    encoding = hearing.encoding
    powers = [p.id for p in Competence(hearing.rules, situation).powers_in_force(stage)]
    states = [encoding.state_in(o, {situation.state(o)}) for o in encoding.cast.ids]
    given = [
        v.is_("yes" if (k[1], k[2]) in situation.delegations else "no")
        for k, v in encoding.variables.items()
        if k[0] == "delegation" and k[1] in norms
    ]
    if powers:
        in_force = disj(encoding.in_force(hearing.rules.powers[p]) for p in powers)
    else:
        in_force = conj(encoding.in_force(hearing.rules.lookup(n)) for n in core)
    return choices.reaching(session, conj([encoding.stuck(stage), *states, *given, in_force]), hearing.most)
