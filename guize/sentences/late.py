"""deadline-infeasible: the chain of lags, link by link, with its total."""

from __future__ import annotations

from guize.wording import Wording
from model.deadlines import Lag, Overrun
from model.norms import UNITS, Bound, Cadence
from proofs.findings import Finding, Late

_WEEKDAYS = (("周一", "Monday"), ("周二", "Tuesday"), ("周三", "Wednesday"), ("周四", "Thursday"), ("周五", "Friday"))


def sentence(words: Wording, finding: Finding, late: Late) -> str:
    worst = late.worst
    paper = matter(words, finding)
    links = words.list((link(words, g) for g in worst.lags), words.pick("，再加", "and then"))
    day = words.pick(*_WEEKDAYS[worst.weekday])
    others = whole(words, late) + _others(words, late)
    return words.pick(
        f"{paper}须在{amount(words, worst.ceiling)}内办结（{words.place(worst.ceiling.citation)}），"
        f"但按规定的程序{links}，{day}起算最少需{units(words, worst.least, worst.ceiling.unit)}，"
        f"超出{units(words, worst.excess, worst.ceiling.unit)}{others}。",
        f"{paper} must be completed within {amount(words, worst.ceiling)} ({words.place(worst.ceiling.citation)}), "
        f"but on the prescribed route {links}: from a {day} at least {units(words, worst.least, worst.ceiling.unit)}, "
        f"{units(words, worst.excess, worst.ceiling.unit)} too many{others}.",
    )


def matter(words: Wording, finding: Finding) -> str:
    """The paper, and whose field it is of where the route asks that it be of somebody's."""
    at = finding.witness
    asked = {k[1] for r in finding.region for k, allowed in r.cube.items() if k[0] == "touches" and "no" not in allowed}
    paper, touched = words.paper(at), [o for o in at.cast.ids if o in asked]
    if not touched:
        return paper
    fields = words.list(words.actor(o, at) for o in touched)
    return words.pick(f"属{fields}分管的{paper}", f"{paper} in the portfolio of {fields}")


def whole(words: Wording, late: Late) -> str:
    """What the route takes with its other periods, as a clause more; empty where that is no more than the chain."""
    found = late.in_all
    if found is None:
        return ""
    least, over = units(words, found.least, found.ceiling.unit), units(words, found.excess, found.ceiling.unit)
    day = words.pick(*_WEEKDAYS[found.weekday])
    return words.pick(
        f"；连同该程序的其他时限，{day}起算最少需{least}，超出{over}",
        f"; with the other periods of the route at least {least} from a {day}, {over} too many",
    )


def amount(words: Wording, bound: Bound) -> str:
    """The length of a bound that has one."""
    assert bound.amount is not None
    return units(words, bound.amount, bound.unit)


def units(words: Wording, number: int, unit: str) -> str:
    """A number of units, such as `3个工作日`."""
    label = UNITS[unit]
    return f"{number}{label.zh}" if words.zh else f"{number} {label.en if number != 1 else label.en.removesuffix('s')}"


def link(words: Wording, lag: Lag) -> str:
    """What a lag is, with its place."""
    place = words.place(lag.norm.citation)
    if isinstance(lag.norm, Cadence):
        if not lag.norm.body:
            return words.pick(
                f"每{units(words, lag.amount, lag.unit)}只办一次（{place}，恰逢刚办过）",
                f"it is done once in {units(words, lag.amount, lag.unit)} ({place}; the last time was just missed)",
            )
        body = words.actor(lag.norm.body)
        return words.pick(
            f"须等下一次{body}（{place}，每{units(words, lag.amount, lag.unit)}一次，恰逢会议刚开过）",
            f"it waits for the next meeting of {body} ({place}: once in {units(words, lag.amount, lag.unit)}, "
            f"the last one just missed)",
        )
    what = (
        words.pick("对方可用满的回复期", "the reply period others may use up")
        if lag.norm.ceiling
        else words.pick("最短时限", "the least period")
    )
    return words.pick(
        f"须留足{what}{units(words, lag.amount, lag.unit)}（{place}）",
        f"{what} takes {units(words, lag.amount, lag.unit)} ({place})",
    )


def _others(words: Wording, late: Late) -> str:
    shown = []
    for other in _distinct(late):
        over = units(words, other.excess, other.ceiling.unit)
        gloss = words.label(other.ceiling.label) or words.place(other.ceiling.citation)
        shown.append(words.pick(f"{gloss}（超出{over}）", f"{gloss} ({over} too many)"))
    if not shown:
        return ""
    return words.pick("；同样不能保证的还有", "; likewise ") + words.list(shown)


def _distinct(late: Late) -> list[Overrun]:
    seen: set[tuple[int | None, str]] = {(late.worst.ceiling.amount, late.worst.ceiling.unit)}
    kept: list[Overrun] = []
    for other in late.others:
        key = (other.ceiling.amount, other.ceiling.unit)
        if key not in seen:
            seen.add(key)
            kept.append(other)
    return kept
