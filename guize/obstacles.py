"""What keeps a seat from being filled, in a clause of a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from guize.wording import Wording
from model.competence import Obstacle
from model.expressions import PRINCIPAL, Name
from model.norms import StandIn
from model.situation import Situation

_SHORT: dict[str, tuple[str, str]] = {
    "loop": ("代行关系循环", "the stand-ins go in a circle"),
    "absent": ("代行人也不在", "the stand-in is away too"),
    "candidate": ("没有可代行的人", "there is nobody to stand in"),
    "delegation": ("事先未作委托", "nothing was delegated"),
    "unauthorised": ("事先未作授权", "nobody was authorised"),
    "paper": ("代行不及于此类事项", "no stand-in for such matters"),
    "act": ("代行不包括此项职责", "no stand-in for this act"),
    "cause": ("代行不适用于此种缺席", "no stand-in for this cause of absence"),
    "none": ("没有规定由谁代行", "no stand-in is named"),
}
"""By the reason of an obstacle, in Chinese and in English."""


def telling(obstacles: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """The obstacles worth telling: that a clause is not in force under a reading only where nothing else is to say."""
    every = tuple(obstacles)
    return tuple(o for o in every if o.reason != "reading") or every


def short(words: Wording, obstacle: Obstacle) -> str:
    """What keeps a seat from being filled, in a few words; empty where these would say nothing."""
    return words.pick(*_SHORT.get(obstacle.reason, ("", "")))


def missing(words: Wording, at: Situation, obstacle: Obstacle) -> str:
    """What keeps one seat from being filled, in a clause."""
    if obstacle.reason == "unnamed":
        return words.pick("没有任何条款规定由谁办理", "no provision says who may")
    if obstacle.reason == "unauthorised":
        power = words.rules.powers[obstacle.power]
        by = words.actors(power.by)
        return words.pick(
            f"{by}须经授权方可{words.act(power.act)}（{words.place(power.citation)}），而未作授权",
            f"{by} may {words.act(power.act)} only if authorised ({words.place(power.citation)}), and was not",
        )
    if obstacle.reason == "empty":
        power = words.rules.powers[obstacle.power]
        return words.pick(f"此时没有{words.actors(power.by)}", f"there is nobody who is {words.actors(power.by)}")
    norm = words.rules.norms.get(obstacle.stand_in)
    if not isinstance(norm, StandIn):
        absent = words.office(obstacle.principal, at)
        return words.pick(f"全文没有规定{absent}不在时由谁代行", f"no provision says who stands in for {absent}")
    place = words.place(norm.citation)
    gloss = words.label(norm.label)
    shown = place if not gloss else f"{place}（{gloss}）" if words.zh else f"{place} ({gloss})"
    state = words.state(at.state(obstacle.principal))
    power = words.rules.powers.get(obstacle.power)
    act = words.act(power.act) if power else ""
    reasons = {
        "loop": (
            f"按{place}互相代行，代行关系循环，没有人在岗",
            f"under {place} they stand in for each other, and the chain returns to where it began",
        ),
        "absent": (
            f"{shown}的代行人此时也不在，未规定再由谁代行",
            f"the stand-in under {shown} is absent too, and nobody is named after him",
        ),
        "delegation": _delegation(words, at, obstacle, norm, shown),
        "candidate": (f"{shown}此时没有可代行的人", f"there is nobody to stand in under {shown}"),
        "paper": (f"{shown}的代行不及于此类事项", f"{shown} does not reach matters of this class"),
        "cause": (
            f"{shown}的代行不适用于“{state}”的情形",
            f"{shown} does not apply to absence of this cause ({state})",
        ),
        "act": (f"{shown}的代行不包括{act}", f"{shown} does not pass on this act ({act})"),
        "reading": (f"按此读法，{shown}不适用", f"under this reading {shown} does not apply"),
    }
    return words.pick(*reasons[obstacle.reason])


def _delegation(words: Wording, at: Situation, obstacle: Obstacle, norm: StandIn, shown: str) -> tuple[str, str]:
    """That nobody asked the stand-in to act; by whom he should have been, where another than the absent official."""
    giver = norm.delegation
    own = isinstance(giver, Name) and giver.name in (PRINCIPAL, *at.cast[obstacle.principal].offices)
    if giver is None or own:
        return (
            f"{shown}须先有委托，未委托时没有规定由谁代行",
            f"{shown} needs a delegation, and nothing is said where none was given",
        )
    by = words.actors(giver)
    return (
        f"{shown}须先由{by}作出安排，未安排时没有规定由谁代行",
        f"{shown} needs to be arranged by {by}, and nothing is said where it was not",
    )
