"""What one norm says, in a few words with its place: `市长签发（第三十五条）`."""

from __future__ import annotations

from guize.sentences.late import amount
from guize.wording import Wording
from model.norms import Bound, Deontic, Power, StandIn


def seat(words: Wording, power: Power) -> str:
    """Who is to do a power's act."""
    who, act, place = words.actors(power.by, power.joint), words.act(power.act), words.place(power.citation)
    return words.pick(f"由{who}{act}（{place}）", f"{who} to {act} ({place})")


def demand(words: Wording, norm_id: str) -> str:
    """What a norm asks, forbids, allows or limits; of other norms the place and the gloss."""
    norm = words.rules.lookup(norm_id)
    match norm:
        case Power():
            return seat(words, norm)
        case Deontic():
            verb = {"duty": ("应当", "must"), "prohibition": ("不得", "must not"), "permission": ("可以", "may")}
            who = words.actors(norm.by) if norm.by is not None else ""
            may, act, place = words.pick(*verb[norm.modality]), words.act(norm.act), words.place(norm.citation)
            return words.pick(f"{who}{may}{act}（{place}）", f"{who or 'somebody'} {may} {act} ({place})")
        case Bound() if norm.amount is not None:
            place, length = words.place(norm.citation), amount(words, norm)
            kind = words.pick(*(("至多", "at most") if norm.ceiling else ("至少", "at least")))
            return words.pick(f"{kind}{length}（{place}）", f"{kind} {length} ({place})")
        case StandIn():
            who, whom, place = words.actors(norm.by), words.actors(norm.principals), words.place(norm.citation)
            return words.pick(f"{who}可代行{whom}的职责（{place}）", f"{who} may stand in for {whom} ({place})")
        case _:
            return words.of(norm)
