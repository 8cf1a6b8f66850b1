"""Where something changes: the plainest situation, and regions of situations in words."""

from __future__ import annotations

from collections.abc import Iterable

from guize.sentences.revising.voice import Voice
from model import absence
from model.ruleset import NAME
from model.situation import Situation
from proofs.expressions import NOBODY
from proofs.impact.records import Hands, Shift
from proofs.session import Cube

_MOST_VALUES = 5
_RANK = {
    k: i
    for i, k in enumerate(("paper", "touches", "role", "state", "relation", "delegation", "authorisation", "reading"))
}


def example(voice: Voice, shift: Shift) -> str:
    """The plainest situation, and who loses and gains the acts there."""
    at = shift.witness
    when = voice.words.absences(at)
    paper = voice.words.paper(at)
    said = voice.pick(f"{f'{when}，' if when else ''}{paper}", f"{paper}{f' when {when}' if when else ''}")
    return said + "".join(_hands(voice, h, at) for h in shift.hands if h.gains or h.loses)


def _hands(voice: Voice, hands: Hands, at: Situation) -> str:
    act = voice.words.act(hands.act)
    one, two = (voice.words.list(voice.words.actor(a, at) for a in x or ()) for x in (hands.before, hands.after))
    nobody = voice.pick("无人", "nobody")
    return voice.pick(
        f"；可{act}者：{one or nobody} → {two or nobody}", f"; may {act}: {one or nobody} → {two or nobody}"
    )


def where(voice: Voice, cube: Cube) -> str:
    """A region in words: the papers, then who is away, then what was delegated and how the text is read."""
    parts = [_part(voice, key, allowed) for key, allowed in sorted(cube.items(), key=lambda x: _RANK[x[0][0]])]
    return voice.pick("，", "; ").join(filter(None, parts)) or voice.pick("一切情形", "every situation")


def _part(voice: Voice, key: tuple[str, ...], allowed: frozenset[str]) -> str:
    match key:
        case ("paper", attribute):
            return _values(voice, attribute, allowed)
        case ("state", official):
            return _state(voice, official, allowed)
        case ("touches", official):
            who = _official(voice, official)
            yes = "yes" in allowed
            return voice.pick(
                f"{'属' if yes else '不属'}{who}分管", f"{'in' if yes else 'not in'} the portfolio of {who}"
            )
        case ("reading", reading):
            return voice.words.list((voice.words.reading(reading, c) for c in sorted(allowed)), voice.pick("或", "or"))
        case ("role", role):
            who = _either(voice, allowed)
            return f"{voice.label(voice.words.rules.vocabulary.roles[role].label)}{voice.pick('为', ': ')}{who}"
        case ("relation", relation, official):
            name = voice.label(voice.words.rules.vocabulary.relations[relation].label)
            who = _either(voice, allowed)
            return voice.pick(
                f"{_official(voice, official)}的{name}一方为{who}", f"{name} of {_official(voice, official)}: {who}"
            )
        case (kind, norm, official):
            return _delegated(voice, kind, norm, official, "yes" in allowed)
    return ".".join(key)


def _delegated(voice: Voice, kind: str, norm: str, official: str, given: bool) -> str:
    place = voice.words.of(voice.words.rules.lookup(norm))
    who = _official(voice, official)
    word = voice.pick(
        "授权" if kind == "authorisation" else "委托", "authorised" if kind == "authorisation" else "delegated"
    )
    return voice.pick(
        f"{who}{'已' if given else '未'}按{place}{word}", f"{who} has {'' if given else 'not '}{word} ({place})"
    )


def _either(voice: Voice, allowed: Iterable[str]) -> str:
    names = [_official(voice, a) if a != NOBODY else voice.pick("无", "none") for a in sorted(allowed)]
    return voice.words.list(names, voice.pick("或", "or"))


def _official(voice: Voice, official: str) -> str:
    if not voice.found.shifts:
        return voice.words.actor(official)
    return voice.words.actor(official, voice.found.shifts[0].witness)


def _values(voice: Voice, attribute: str, allowed: frozenset[str]) -> str:
    found = voice.words.rules.vocabulary.attributes[attribute]
    name = voice.label(found.label)
    if found.boolean:
        if len(allowed) > 1:
            return ""
        yes = "true" in allowed
        return name if yes else voice.pick(f"非“{name}”", f"not “{name}”")
    mine = [v for v in found.domain if v in allowed]
    rest = [v for v in found.domain if v not in allowed]
    colon = voice.pick("：", ": ")
    prefix = voice.pick("名义", "in the name of") if attribute == NAME else name
    if not rest:
        return ""
    if len(rest) < len(mine) and len(rest) <= _MOST_VALUES:
        return (
            f"{prefix}{colon}{voice.pick('除', 'other than ')}{_listed(voice, attribute, rest)}{voice.pick('以外', '')}"
        )
    if len(mine) > _MOST_VALUES:
        more = voice.pick(f"等{len(mine)}种", f" ({len(mine)} in all)")
        return f"{prefix}{colon}{_listed(voice, attribute, mine[:_MOST_VALUES])}{more}"
    return f"{prefix}{colon}{_listed(voice, attribute, mine)}"


def _listed(voice: Voice, attribute: str, values: Iterable[str]) -> str:
    return voice.words.list((voice.words.value(attribute, v) for v in values), voice.pick("、", "or"))


def _state(voice: Voice, official: str, allowed: frozenset[str]) -> str:
    who = _official(voice, official)
    away = allowed - {absence.PRESENT}
    if not away:
        return voice.pick(f"{who}在岗", f"{who} is present")
    there = voice.pick("在岗或", "present or ") if absence.PRESENT in allowed else ""
    return voice.pick(f"{who}{there}{_causes(voice, away)}", f"{who} is {there}{_causes(voice, away)}")


def _causes(voice: Voice, states: frozenset[str]) -> str:
    if states == frozenset(absence.ABSENT_STATES):
        return voice.pick("不在", "absent")
    gone = frozenset(absence.ABSENT_STATES) - states
    if len(gone) < len(states):
        shown = voice.words.list(
            (voice.words.state(s) for s in absence.ABSENT_STATES if s in gone), voice.pick("、", "or")
        )
        return voice.pick(f"不在（{shown}除外）", f"absent (other than {shown})")
    return voice.words.list(
        (voice.words.state(s) for s in absence.ABSENT_STATES if s in states), voice.pick("、", "or")
    )
