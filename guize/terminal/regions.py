"""Regions in words: where a finding holds, one line a cube."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guize.wording import Wording
from model import absence
from model.parsing import parse_set
from model.situation import Situation
from proofs.findings import Finding, Gap, Region

MOST = 6
"""Cubes told; of more, how many there are."""

_LONG = 5


def regions(words: Wording, finding: Finding) -> Iterator[str]:
    """Each cube by what it asks of readings, absences, papers and delegations; other things are free. Of a gap, whose
    acts stop there: a region speaks of no others."""
    acts: dict[tuple[str, str], dict[str, None]] = {}
    for region in finding.region:
        whose, act = _stopped(words, region) if isinstance(finding.details, Gap) else ("", "")
        acts.setdefault((whose, _line(words, finding.witness, region)), {})[act] = None
    lines = [_of(words, whose, tuple(stopped)) + line for (whose, line), stopped in acts.items()]
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield words.pick(f"……共{len(lines)}处。", f"... {len(lines)} in all.")


def _stopped(words: Wording, region: Region) -> tuple[str, str]:
    """Whom the powers in force name in a region of a gap, and for which act."""
    stage = next((s for s in words.rules.stages if s.id == region.subject), None)
    whose = words.list(words.actors(parse_set(named), joint) for named, joint in region.seats)
    return whose, words.act(stage.act) if stage is not None else ""


def _of(words: Wording, whose: str, acts: tuple[str, ...]) -> str:
    told = words.list(a for a in acts if a)
    if not told:
        return ""
    if not whose:
        return words.pick(f"{told}（未规定由谁办理的）——", f"{told} (of whom nothing is said) - ")
    return words.pick(f"由{whose}{told}的——", f"{told}, by {whose} - ")


def _line(words: Wording, at: Situation, region: Region) -> str:
    parts = [p for key, allowed in region.cube.items() if (p := _variable(words, at, key, allowed))]
    return words.pick("；", "; ").join(parts) or words.pick("任何情形", "any situation")


def _variable(words: Wording, at: Situation, key: tuple[str, ...], allowed: frozenset[str]) -> str:
    match key:
        case ("state", official):
            return f"{words.actor(official, at)}：{_states(words, allowed)}"
        case ("paper", attribute):
            spec = words.rules.vocabulary.attributes[attribute]
            told = _values(words, spec.domain, allowed, lambda v: words.value(attribute, v))
            return f"{words.label(spec.label)}：{told}"
        case ("reading", reading):
            return words.list((words.reading(reading, c) for c in sorted(allowed)), words.pick("或", "or"))
        case ("touches", official):
            who, said = words.actor(official, at), ("属", "in") if "yes" in allowed else ("不属", "not in")
            return words.pick(f"文件{said[0]}{who}分管", f"the paper is {said[1]} the portfolio of {who}")
        case ("delegation" | "authorisation", norm, official):
            place = words.place(words.rules.lookup(norm).citation)
            given = "yes" in allowed
            return words.pick(
                f"{words.actor(official, at)}{'已' if given else '未'}按{place}委托",
                f"{words.actor(official, at)} {'has' if given else 'has not'} delegated under {place}",
            )
        case ("role", role):
            who = words.list(words.actor(o, at) if o else words.pick("无人", "nobody") for o in sorted(allowed))
            return f"{words.label(words.rules.vocabulary.roles[role].label)}：{who}"
    return ""


def _states(words: Wording, allowed: frozenset[str]) -> str:
    if absence.PRESENT in allowed and len(allowed) > 1:
        left = [s for s in absence.STATES if s not in allowed]
        return words.pick("非", "not ") + words.list((words.state(s) for s in left), words.pick("、", "or"))
    if allowed >= set(absence.ABSENT_STATES):
        return words.pick("不在岗（无论何故）", "absent for whatever cause")
    return words.list((words.state(s) for s in absence.STATES if s in allowed), words.pick("、", "or"))


def _values(words: Wording, domain: tuple[str, ...], allowed: frozenset[str], name: Callable[[str], str]) -> str:
    inside = [v for v in domain if v in allowed]
    outside = [v for v in domain if v not in allowed]
    if len(inside) > _LONG and len(outside) < len(inside):
        return words.pick("除", "all but ") + words.list(map(name, outside)) + words.pick("外", "")
    return words.list(map(name, inside), words.pick("、", "or"))
