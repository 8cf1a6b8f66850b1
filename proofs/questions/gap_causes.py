"""What makes stuck situations one finding: the clauses that come nearest to preventing them, and what each lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from model.competence import Obstacle
from model.norms import StandIn
from model.ruleset import RuleSet
from model.situation import Cast, Situation
from proofs.boolean import Formula, neg
from proofs.encoding import Encoding
from proofs.findings import Near, Region

Cause = frozenset[tuple[str, str]]

_NEARNESS = ("loop", "absent", "candidate", "delegation", "unauthorised", "paper", "act", "cause", "reading", "none")


@dataclass(frozen=True)
class Point:
    """A stage stuck in a situation."""

    stage: str
    situation: Situation


@dataclass
class Group:
    """Stuck situations with one cause. `folded` are regions where it coincides with other causes."""

    cause: Cause
    points: list[Point] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    folded: list[Region] = field(default_factory=list)


def joined(found: Iterable[Group]) -> dict[Cause, Group]:
    """One group for each cause."""
    groups: dict[Cause, Group] = {}
    for each in found:
        group = groups.setdefault(each.cause, Group(each.cause))
        group.points += each.points
        group.regions += each.regions
    return groups


def merged(groups: dict[Cause, Group]) -> list[Group]:
    """Fold a group with several causes into a group that has one of them alone.

    Where each cause is a finding of its own, their coincidence is no news: to mend one mends both.
    """
    kept: dict[Cause, Group] = {}
    for cause in sorted(groups, key=len):
        parts = [kept.get(frozenset({c})) for c in sorted(cause)]
        if len(cause) > 1 and all(parts):
            assert parts[0] is not None
            parts[0].folded.extend(groups[cause].regions)
        else:
            kept[cause] = groups[cause]
    return list(kept.values())


def cause_of(rules: RuleSet, cast: Cast, obstacles: tuple[Obstacle, ...]) -> Cause:
    """What makes situations one finding: the stand-in clauses that come nearest, and what each lacks.

    Clauses are told apart by their place in the text, so that two readings of one clause are one cause;
    of one clause, only its nearest miss counts. Seats without any clause count by whom the power names.
    """
    best: dict[str, str] = {}
    for obstacle in obstacles:
        place = _place(rules, cast, obstacle)
        reason = obstacle.reason if obstacle.reason in _NEARNESS else "none"
        if place not in best or _NEARNESS.index(reason) < _NEARNESS.index(best[place]):
            best[place] = reason
    return frozenset(best.items())


def _place(rules: RuleSet, cast: Cast, obstacle: Obstacle) -> str:
    if obstacle.stand_in or obstacle.reason == "unauthorised":
        cited = rules.lookup(obstacle.stand_in or obstacle.power).citation
        return f"{cited.instrument}:{cited.article}.{cited.paragraph}"
    if obstacle.principal:
        power = rules.powers.get(obstacle.power)
        return f"nobody for:{power.by}" if power else f"office:{cast[obstacle.principal].office}"
    return f"{obstacle.reason}:{obstacle.power}"


def nearest(obstacles: Sequence[Obstacle]) -> tuple[Near, ...]:
    """The stand-in norms that come near, each with its nearest miss."""
    best: dict[str, str] = {}
    for o in obstacles:
        if o.stand_in and (o.stand_in not in best or _NEARNESS.index(o.reason) < _NEARNESS.index(best[o.stand_in])):
            best[o.stand_in] = o.reason
    return tuple(Near(n, r) for n, r in best.items())


def coverage(encoding: Encoding, obstacles: Iterable[Obstacle]) -> Iterator[Formula]:
    """For each clause that comes near: whether it covers the cause of the absence."""
    for obstacle in obstacles:
        norm = encoding.rules.norms.get(obstacle.stand_in)
        if isinstance(norm, StandIn) and obstacle.principal and obstacle.reason != "reading":
            covered = encoding.state_in(obstacle.principal, norm.states)
            yield neg(covered) if obstacle.reason == "cause" else covered
