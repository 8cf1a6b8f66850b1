"""A route amended: its returns limited or ended, a step put before another, named, left out or struck out."""

from __future__ import annotations

from guize.sentences.late import units
from guize.wording import Wording
from model import expressions as ex
from model.norms import Bound, Norm, Power, Route


def limit(words: Wording, norm: Bound) -> str:
    """The words of a limit over a whole route: from its first step to its end, however often the paper goes round."""
    assert norm.amount is not None and norm.by is not None
    length, by = units(words, norm.amount, norm.unit), words.actors(norm.by)
    return words.pick(
        f"自首次提交至办结最长不超过{length}，退回、补正的时间计算在内；逾期的，由{by}催办。",
        f"From the first submission to the end it takes at most {length}, returns included; on expiry {by} follows up.",
    )


def whole(words: Wording, norm: Norm) -> str:
    """That a route is struck out."""
    return words.pick(f"删去{words.passage(norm.citation)}规定的程序", f"strike {words.passage(norm.citation)}")


def changed(words: Wording, old: Route, new: Route) -> str | None:
    """What is changed about the steps themselves; None where only other hands take them."""
    before = {s.id: s for s in old.steps}
    after = {s.id: s for s in new.steps}
    gone = [s for s in old.steps if s.id not in after]
    if gone:
        told = words.list(words.passage(s.power.citation) for s in gone)
        return words.pick(f"删去{told}这一环节", f"strike the step {told}")
    once = [s.power for s in old.steps if s.back_to and not after[s.id].back_to]
    if once:
        return _once(words, once)
    later = [s for s in new.steps if set(s.after) - set(before[s.id].after)]
    if later:
        return _order(words, old, new)
    powers = [(before[s.id].power, s.power) for s in new.steps if s.power != before[s.id].power]
    told = [t for b, a in powers if (t := _step(words, b, a)) is not None]
    return words.pick("；", "; ").join(told) if len(told) == len(powers) else None


def _once(words: Wording, powers: list[Power]) -> str:
    where = words.list(dict.fromkeys(words.passage(p.citation) for p in powers))
    return words.pick(
        f"在{where}后增加：“退回以一次为限，退回时应当一次性告知须补正的全部内容。”",
        f"after {where} add: “A paper is sent back once only, with all that it lacks.”",
    )


def _order(words: Wording, old: Route, new: Route) -> str:
    before = {s.id: s for s in old.steps}
    told: list[str] = []
    place = new.citation
    for step in new.steps:
        for earlier in (e for e in step.after if e not in before[step.id].after):
            first, then = before[earlier].power, step.power
            place = then.citation
            one, two = (
                f"{words.actors(p.by, p.joint)}{'' if words.zh else ' '}{words.act(p.act)}" for p in (first, then)
            )
            told.append(words.pick(f"经{one}后，方可由{two}", f"only after {one} may {two}"))
    clause = words.pick("；", "; ").join(told)
    where = words.passage(place)
    return words.pick(f"在{where}后增加：“{clause}。”", f"after {where} add: “{clause}.”")


def _step(words: Wording, old: Power, new: Power) -> str | None:
    """That another takes a step where there is nobody for it, or that it is left out; None of any other change."""
    where, nobody, act = words.passage(new.citation), words.actors(old.by, old.joint), words.act(new.act)
    match new.by:
        case ex.Union((usual, ex.When(other, ex.Not(ex.Some(there))))) if usual == old.by == there:
            who = words.actors(other)
            return words.pick(
                f"在{where}后增加：“没有{nobody}的，由{who}{act}。”",
                f"after {where} add: “Where there is no {nobody}, {who} takes the step '{act}'.”",
            )
    if new.by == old.by and new.when == ex.conjunction(old.when, ex.Some(old.by)):
        return words.pick(
            f"在{where}后增加：“没有{nobody}的，不经{act}。”",
            f"after {where} add: “Where there is no {nobody}, the step '{act}' is left out.”",
        )
    return None
