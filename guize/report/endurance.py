"""How many absences every act and every route survives, in words."""

from __future__ import annotations

from dataclasses import dataclass

from guize.report.bilingual import Both
from guize.wording import Wording
from model.situation import Situation
from model.vocabulary import Label
from proofs.findings import Report
from proofs.resilience import Passage, Row, passages, rows

WORST = Label("无人作委托时", "If nobody delegates")
BEST = Label("能委托的都已委托时", "If all is delegated that can be")


@dataclass(frozen=True)
class Survival:
    """An act by whom its powers name; how many absences it survives, and the plainest that are too many."""

    act: Label
    by: Label
    places: Label
    worst: Label
    best: Label
    breaks: bool


@dataclass(frozen=True)
class Way:
    """A route, and step by step how few absences stop a paper there or later."""

    route: Label
    steps: tuple[Label, ...]


def survivals(both: Both, report: Report) -> tuple[Survival, ...]:
    """Those that break within the bound first, the weakest before others."""
    made = [(r, _survival(both, r, report.most_absences)) for r in rows(both.rules, report.endurance)]
    far = report.most_absences + 1
    made.sort(key=lambda x: [far if n is None else n for n in reversed(x[0].shown.fewest)])
    return tuple(s for _, s in made)


def ways(both: Both, report: Report) -> tuple[Way, ...]:
    """The routes that absence can stop within the bound."""
    found = passages(both.rules, report.endurance)
    return tuple(
        Way(
            both.say(lambda w, r=route: w.of(w.rules.routes[r])),
            tuple(both.say(lambda w, p=p: _step(w, p, report.most_absences)) for p in steps),
        )
        for route, steps in found.items()
        if any(p.here[0] is not None for p in steps)
    )


def _survival(both: Both, row: Row, most: int) -> Survival:
    power = both.rules.powers[row.powers[0]]
    return Survival(
        both.say(lambda w: w.act(row.act)),
        both.say(lambda w: w.actors(power.by, power.joint)),
        both.say(lambda w: w.places(row.powers)),
        both.say(lambda w: survives(w, row.shown.worst, most)),
        both.say(lambda w: survives(w, row.shown.best, most)),
        row.shown.worst is not None,
    )


def survives(words: Wording, breaks: Situation | None, most: int) -> str:
    """How many absences are survived, and the plainest that are too many."""
    if breaks is None:
        return words.pick(f"任意{most}人缺席仍有人可办", f"any {most} may be away")
    left = len(breaks.absent) - 1
    who = words.absences(breaks)
    if left < 0:
        return words.pick("无人缺席时已无人可办", "nobody may, with nobody away")
    if not left:
        return words.pick(f"一人缺席即停：{who}", f"stops if one is away: {who}")
    return words.pick(
        f"任意{left}人缺席仍有人可办，{left + 1}人则未必：{who}",
        f"any {left} may be away, not any {left + 1}: {who}",
    )


def _step(words: Wording, passage: Passage, most: int) -> str:
    power = words.rules.powers[passage.step]
    name = words.pick(
        f"{words.actors(power.by, power.joint)}{words.act(power.act)}",
        f"{words.act(power.act)} ({words.actors(power.by, power.joint)})",
    )
    here, onward = _few(words, passage.here[0], most), _few(words, passage.onward[0], most)
    if here == onward:
        return words.pick(f"{name}：{here}", f"{name}: {here}")
    return words.pick(f"{name}：{here}；此后各步：{onward}", f"{name}: {here}; from here on: {onward}")


def _few(words: Wording, fewest: int | None, most: int) -> str:
    if fewest is None:
        return words.pick(f"{most}人缺席停不住", f"not stopped by {most} away")
    return words.pick(f"最少{fewest}人缺席即停", f"stopped by {fewest} away")
