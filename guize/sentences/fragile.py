"""resilience: the offices without which acts stop."""

from __future__ import annotations

from guize.wording import Wording
from model import absence
from proofs.findings import Finding, Fragile

_MOST = 8


def sentence(words: Wording, finding: Finding, fragile: Fragile) -> str:
    """Who, for which causes, and what stops."""
    who, absent, paper = offices(words, fragile), words.absences(finding.witness), words.paper(finding.witness)
    acts = list(dict.fromkeys(words.rules.powers[p].act for p in fragile.powers))
    number, causes = len(acts), _causes(words, fragile)
    shown = words.list(words.act(a) for a in acts[:_MOST]) + (words.pick("等", " and more") if number > _MOST else "")
    places = words.places(finding.norms[:1])
    of = words.pick("中" if len(fragile.offices) > 1 else "", "")
    return words.pick(
        f"{who}{of}只要一人不在岗，即使能委托、能授权的都已委托、授权，仍有事项没有其他人可以办理（{causes}），"
        f"涉及{shown}{f'，共{number}种' if number > 1 else ''}；例如{absent}时的{paper}（{places}）。",
        f"With one holder of {who} away ({causes}) and all delegated that can be, some acts are nobody else's: "
        f"{shown}{f', {number} kinds of act' if number > 1 else ''}; for instance {paper} when {absent} ({places}).",
    )


def offices(words: Wording, fragile: Fragile) -> str:
    return words.list(words.actor(o) for o in fragile.offices)


def told(words: Wording, fragile: Fragile) -> list[str]:
    """The acts that stop, each once with its places."""
    by_act: dict[str, list[str]] = {}
    for power in fragile.powers:
        by_act.setdefault(words.rules.powers[power].act, []).append(power)
    named = ((words.act(act), words.places(powers)) for act, powers in by_act.items())
    return [words.pick(f"{act}（{places}）", f"{act} ({places})") for act, places in named]


def _causes(words: Wording, fragile: Fragile) -> str:
    if set(fragile.causes) == absence.ORDINARY:
        return words.pick("外出、休假、因病、出访都有", "for a trip, leave, illness or a visit")
    shown = words.list((words.state(c) for c in fragile.causes), words.pick("、", "or"))
    return words.pick(f"{shown}时", shown)
