"""A group of stuck situations with one cause, told as one finding with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product

from model import absence, plainness
from model.competence import Competence, Obstacle
from model.reachability import departures
from model.ruleset import RuleSet, Stage
from model.situation import Cast, Situation
from proofs import choices, cores, decode, witness
from proofs.boolean import Formula, Term, conj, disj
from proofs.expressions import Key
from proofs.findings import Finding, Gap, Region
from proofs.hearing import Hearing
from proofs.questions.gap_causes import Group, cause_of, coverage, nearest
from proofs.questions.gap_search import extent
from proofs.session import Session
from proofs.severity import severity

SIGN = "sign"


def finding(hearing: Hearing, group: Group) -> Finding:
    """The finding of a group of causes that is not empty."""
    rules, session = hearing.rules, hearing.session.apart()
    stage, values, situation = _plainest(hearing, session, group)
    competence = Competence(rules, situation)
    obstacles = competence.obstacles(stage)
    core = cores.minimal_core(session, hearing.encoding.stuck(stage), values)
    near = nearest(obstacles)
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


def _ordered(rules: RuleSet, group: Group, first: Stage) -> tuple[Stage, ...]:
    touched = {r.subject for r in group.regions}
    rest = [s for s in rules.stages if s.id in touched and s.id != first.id]
    return (first, *rest)


def _acts(
    hearing: Hearing,
    group: Group,
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
_OF_THE_PAPER = ("paper", "role", "touches")


def _exchanges(cast: Cast) -> Iterator[dict[str, str]]:
    """Every way for holders of one office to change places: situations are told up to this."""
    by_office: dict[str, list[str]] = {}
    for official in cast.officials:
        by_office.setdefault(official.office, []).append(official.id)
    several = [ids for ids in by_office.values() if len(ids) > 1]
    for orders in product(*(permutations(ids) for ids in several)):
        yield {a: b for ids, order in zip(several, orders, strict=True) for a, b in zip(ids, order, strict=True)}


def _others(group: Group, stage: Stage, shown: Situation) -> tuple[Situation, ...]:
    """The plainest situation of every other region, where each is a class of papers of its own."""
    mine = [p.situation for p in group.points if p.stage == stage.id and p.situation.paper != shown.paper]
    return tuple({tuple(sorted(at.paper.attributes.items())): at for at in mine}.values())


def _plainest(hearing: Hearing, session: Session, group: Group) -> tuple[Stage, dict[Key, str], Situation]:
    """The plainest situation of the group, of its weightiest act; always one with the group's cause.

    Where the cause can come about whatever the readings, a situation that does is taken.
    """
    rules = hearing.rules
    order = {a: i for i, a in enumerate(rules.vocabulary.acts)}
    stages = {s.id: s for s in rules.stages}
    fewest = min(len(p.situation.absent) for p in group.points)
    points = sorted(
        ((stages[p.stage], p.situation) for p in group.points if len(p.situation.absent) == fewest),
        key=lambda p: (not rules.is_decisive(p[0].act), order[p[0].act], plainness.cost(rules, p[1])),
    )
    recorded, situation = points[0]
    values = decode.variables_of(hearing.encoding, situation)
    alike = session.literal(_cause_formula(hearing, recorded, situation))

    def shown(stage: Stage, goals: Sequence[Term]) -> tuple[dict[Key, str], Situation] | None:
        """The plainest situation that reaches the goals, if it has the group's cause at the stage."""
        best = witness.minimal(session, goals, fewest, fewest)
        if best is None:
            return None
        found = hearing.situation(best)
        competence = Competence(rules, found)
        same = competence.stuck(stage) and cause_of(rules, found.cast, competence.obstacles(stage)) == group.cause
        return (best, found) if same else None

    for stage in _weightiest(rules, group, recorded, order):
        goal = session.literal(hearing.encoding.stuck(stage))
        here = [r for r in group.regions if r.subject == stage.id]
        whatever = [r for r in here if not any(k[0] == "reading" for k in r.cube)]
        inside = session.literal(disj(extent(session, hearing.encoding, r, stage) for r in here))
        under_all = session.literal(disj(extent(session, hearing.encoding, r, stage) for r in whatever))
        best = shown(stage, [goal, alike, under_all]) or shown(stage, [goal, alike, inside])
        if best is None:  # the plainest has another cause: then who is away on the same paper, and the paper after that
            last = values
            for part, goals in ((_OF_THE_PAPER, [alike]), (_OF_THE_ABSENT, [])):
                kept = session.outside({k: frozenset({v}) for k, v in last.items() if k[0] in part})
                found = shown(stage, [goal, inside, *goals, *kept])
                if found is not None:
                    best, (last, _) = found, found
        if best is not None:
            return stage, *best
    return recorded, values, situation


def _weightiest(rules: RuleSet, group: Group, recorded: Stage, order: dict[str, int]) -> list[Stage]:
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
    parts = [encoding.absent(o) for o in situation.absent] + list(coverage(hearing.encoding, obstacles))
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
