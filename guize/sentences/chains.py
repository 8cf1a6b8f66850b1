"""Chains link by link: who stands in for whom until nobody is left, and the periods that add up."""

from __future__ import annotations

from collections.abc import Iterator

from guize.sentences.late import link, units, whole
from guize.wording import Wording
from model.competence import Competence
from model.deadlines import END, START, Overrun
from model.ruleset import RuleSet
from model.situation import Situation
from proofs.findings import Finding, Gap, Late


def stand_ins(rules: RuleSet, finding: Finding, lang: str) -> Iterator[str]:
    """Of a gap or loop, the links from whoever is absent to whoever should act for him, to the end or back again."""
    if not isinstance(finding.details, Gap):
        return
    words, at = Wording(rules, lang), finding.witness
    act = next(s.act for s in rules.stages if s.id == finding.details.stages[0])
    seats = dict.fromkeys(o.principal for o in finding.details.obstacles if o.principal in at.cast.ids)
    told: set[str] = set()
    for seat in seats:
        if seat not in told:
            yield from _followed(words, Competence(rules, at), act, seat, told)


def _followed(words: Wording, competence: Competence, act: str, seat: str, told: set[str]) -> Iterator[str]:
    at = competence.situation
    frontier = [seat]
    while frontier:
        current = frontier.pop(0)
        if current in told:
            continue
        told.add(current)
        seen: set[str] = set()
        for norm, candidate in competence.links(current, act, chained=False):
            if candidate in seen:
                continue
            seen.add(candidate)
            cited = norm.citation
            by = f"{words.place(cited)}{f'“{cited.quote}”' if cited.quote else ''}"
            back = candidate in told
            end = words.pick("（回到前面的人，循环）", " (back again: a circle)") if back else ""
            yield f"{_who(words, current, at)} → {by} → {_who(words, candidate, at)}{end}"
            if not at.present(candidate):
                frontier.append(candidate)
        if not seen:
            yield words.pick(
                f"{_who(words, current, at)} → 没有适用的代行规定", f"{_who(words, current, at)} → no clause applies"
            )


def _who(words: Wording, official: str, at: Situation) -> str:
    name, state = words.actor(official, at), words.state(at.state(official))
    return words.pick(f"{name}（{state}）", f"{name} ({state})")


Row = tuple[str, str, str]
"""From which event to which, by which clause, how long."""


def periods(rules: RuleSet, finding: Finding, lang: str) -> list[tuple[list[Row], str]]:
    """Of a deadline, for each ceiling exceeded: the links of the chain, and the total against the ceiling."""
    if not isinstance(finding.details, Late):
        return []
    words, late = Wording(rules, lang), finding.details
    first = (_rows(words, late.worst), _total(words, late.worst) + whole(words, late))
    return [first, *((_rows(words, o), _total(words, o)) for o in late.others)]


def _rows(words: Wording, found: Overrun) -> list[Row]:
    return [
        (
            f"{_event(words, found, g.start)} → {_event(words, found, g.end)}",
            link(words, g),
            units(words, g.amount, g.unit),
        )
        for g in found.lags
    ]


def _event(words: Wording, found: Overrun, event: str) -> str:
    if event in (START, END):
        return words.pick("开始" if event == START else "办结", event)
    power = next(s.power for s in found.route.steps if s.id == event)
    return words.act(power.act)


def _total(words: Wording, found: Overrun) -> str:
    ceiling = found.ceiling
    assert ceiling.amount is not None
    most, least = units(words, ceiling.amount, ceiling.unit), units(words, found.least, ceiling.unit)
    excess, place = units(words, found.excess, ceiling.unit), words.place(ceiling.citation)
    return words.pick(
        f"合计最少{least}，而{place}限{most}，超出{excess}",
        f"in all at least {least}; {place} allows {most}: {excess} too many",
    )
