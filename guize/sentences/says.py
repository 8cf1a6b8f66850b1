"""What one norm says, in a few words with its place: `市长签发（第三十五条）`."""

from __future__ import annotations

from guize.sentences.late import amount
from guize.wording import Wording
from model import expressions as ex
from model.evaluation import Context
from model.norms import Bound, Deontic, Power, StandIn
from model.situation import Situation
from proofs.findings import Finding


def narrowed(node: ex.ActorSet, at: Context) -> ex.ActorSet | None:
    """Those of alternative actors that the situation is about; None where it is about none of them."""
    match node:
        case ex.When(of, condition):
            return narrowed(of, at) if at.holds(condition) else None
        case ex.Union(parts):
            kept = [n for p in parts if (n := narrowed(p, at)) is not None]
            return None if not kept else kept[0] if len(kept) == 1 else ex.Union(tuple(kept))
        case _:
            return node


def who(words: Wording, power: Power, at: Situation) -> str:
    """Whom a power names for the paper at hand: alternatives that are not for this paper are left out."""
    return words.actors(narrowed(power.by, Context(words.rules, at)) or power.by, power.joint)


def before(words: Wording, finding: Finding) -> str:
    """Who is away, as a sentence begins with it; empty where nobody is."""
    absent = words.absences(finding.witness)
    return words.pick(f"{absent}时，", f"when {absent}, ") if absent else ""


def seat(words: Wording, power: Power, at: Situation | None = None) -> str:
    """Who is to do a power's act, or may; in a situation, those it is about."""
    named, act, place = _seated(words, power, at), words.act(power.act), words.place(power.citation)
    if power.may:
        return words.pick(f"可由{named}{act}（{place}）", f"{named} may {act} ({place})")
    return words.pick(f"由{named}{act}（{place}）", f"{named} to {act} ({place})")


def _seated(words: Wording, power: Power, at: Situation | None) -> str:
    return words.actors(power.by, power.joint) if at is None else who(words, power, at)


def demand(words: Wording, norm_id: str, at: Situation | None = None) -> str:
    """What a norm asks, forbids, allows or limits; of other norms the place and the gloss."""
    norm = words.rules.lookup(norm_id)
    match norm:
        case Power():
            return seat(words, norm, at)
        case Deontic():
            verb = {"duty": ("应当", "must"), "prohibition": ("不得", "must not"), "permission": ("可以", "may")}
            by = norm.by if norm.by is None or at is None else narrowed(norm.by, Context(words.rules, at)) or norm.by
            actor = words.actors(by) if by is not None else ""
            may, act, place = words.pick(*verb[norm.modality]), words.act(norm.act), words.place(norm.citation)
            return words.pick(f"{actor}{may}{act}（{place}）", f"{actor or 'somebody'} {may} {act} ({place})")
        case Bound() if norm.amount is not None:
            place, length = words.place(norm.citation), amount(words, norm)
            kind = words.pick(*(("至多", "at most") if norm.ceiling else ("至少", "at least")))
            return words.pick(f"{kind}{length}（{place}）", f"{kind} {length} ({place})")
        case StandIn():
            other, whom, place = words.actors(norm.by), words.actors(norm.principals), words.place(norm.citation)
            return words.pick(f"{other}可代行{whom}的职责（{place}）", f"{other} may stand in for {whom} ({place})")
        case _:
            return words.of(norm)
