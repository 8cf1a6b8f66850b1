"""What the norms of two versions say, claim by claim: who acts, in which order, by when."""

from __future__ import annotations

from guize.sentences.revising.voice import Voice
from guize.terminal.norms import FORM_NAMES, STRENGTH_NAMES
from guize.wording import Wording
from model import effects
from model.effects import Claim
from model.norms import UNITS, Bound, Cadence, Deontic, Norm, Power
from model.vocabulary import Strength


def power(voice: Voice, words: Wording, claim: Claim) -> str:
    power = words.rules.powers[claim[0]]
    return f"{_named(voice, words, power)}{_at(voice, words, power)}"


def _named(voice: Voice, words: Wording, power: Power) -> str:
    who = words.actors(power.by, power.joint)
    joint = voice.pick("（共同）", " jointly") if power.joint else ""
    may = voice.pick("（可）", " (may)") if power.may else ""
    said = not power.may or power.strength is not Strength.DISCRETIONARY  # which is what `may` says already
    strength = "" if power.strength is Strength.STRICT else f"（{voice.label(STRENGTH_NAMES[power.strength])}）"
    strength = strength if said else ""
    if power.delegation is not None:
        giver = words.actors(power.delegation)
        may += voice.pick(f"（经{giver}授权）", f" (authorised by {giver})")
    return f"{who}{joint}{may}{strength}"


def order(voice: Voice, words: Wording, claim: Claim) -> str:
    first, second = (words.rules.powers[c] for c in claim[-2:])
    one, two = (f"{words.actors(p.by, p.joint)}{'' if words.zh else ': '}{words.act(p.act)}" for p in (first, second))
    pair = next(p for p in effects.pairs(words.rules) if p.claim == claim)
    said = {
        effects.BEFORE: (f"先{one}，后{two}", f"{one} comes before {two}"),
        effects.BESIDE: (f"{one}与{two}不分先后", f"{one} and {two} in either order"),
        effects.BACK: (f"{one}时可退回至{two}", f"{one} may send it back to {two}"),
        effects.APART: (f"{one}与{two}不得由同一人办理", f"{one} and {two} not by one person"),
    }[pair.relation]
    return voice.pick(*said) + _at(voice, words, first)


def limit(voice: Voice, words: Wording, claim: Claim) -> str:
    bound, route = words.rules.norms[claim[0]], words.rules.routes[claim[1]]
    assert isinstance(bound, Bound)
    steps = {s.id: words.act(s.power.act) for s in route.steps}
    start, end = (steps.get(e) or _event(voice, e) for e in (bound.start, bound.end))
    kind = voice.pick("不超过" if bound.ceiling else "不少于", "at most" if bound.ceiling else "at least")
    if bound.amount is None:
        kind, much = "", voice.pick("及时（无确定期限）", "without a definite length")
    else:
        much = f"{bound.amount}{'' if words.zh else ' '}{voice.label(UNITS[bound.unit])}"
    name = words.label(route.label) or route.id
    lapse = voice.pick("，逾期视为同意", ", deemed consent on expiry") if bound.expiry == "deemed_consent" else ""
    return voice.pick(
        f"{name}自{start}至{end}{kind}{much}{lapse}", f"{name}: from {start} to {end} {kind} {much}{lapse}"
    ) + _at(voice, words, bound)


def _event(voice: Voice, event: str) -> str:
    return {"start": voice.pick("开始", "the start"), "end": voice.pick("办结", "the end")}.get(event, event)


def norm(voice: Voice, words: Wording, norm: Norm) -> str:
    """A norm by its form and its gloss, or by what it says where it has none."""
    form = words.label(FORM_NAMES[norm.modality if isinstance(norm, Deontic) else norm.form])
    gloss = words.label(norm.label)
    if isinstance(norm, Deontic):
        who = words.actors(norm.by) if norm.by is not None else voice.pick("（未指明主体）", "somebody")
        said = f"{who}{'' if words.zh else ' / '}{words.act(norm.act)}"
    elif isinstance(norm, Cadence) and norm.amount:
        what = words.actor(norm.body) if norm.body else f"{norm.route}.{norm.step}"
        unit = voice.label(UNITS[norm.unit])
        often = unit.removeprefix("个") if norm.amount == 1 else f"{norm.amount}{unit}"
        said = voice.pick(f"{what}每{often}一次", f"{what} every {norm.amount} {unit}")
    else:
        said = gloss or norm.id
    strength = (
        "" if norm.strength is Strength.STRICT else voice.pick("，", ", ") + voice.label(STRENGTH_NAMES[norm.strength])
    )
    return f"{form}{voice.pick('“', ' “')}{said}”{strength}{_at(voice, words, norm)}"


def _at(voice: Voice, words: Wording, norm: Norm) -> str:
    place = words.place(norm.citation)
    return f"（{place}）" if words.zh else f" ({place})"


def claimed(voice: Voice, words: Wording, claim: Claim) -> str:
    """The norm that a claim is of."""
    return norm(voice, words, words.rules.lookup(claim[0]))
