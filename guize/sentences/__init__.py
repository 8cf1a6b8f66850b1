"""A finding as one plain sentence, in Chinese and in English.

Rules for a sentence: the situation first, then the effect, then the cause with its articles; offices
and articles by their names in the instrument; no id, no jargon, nothing a drafter must look up.
"""

from __future__ import annotations

from guize.sentences import course, drafting, fragile, gap, hinge, idle, late, pair, twice
from guize.wording import Wording
from model.drafting import Flaw
from model.ruleset import RuleSet
from proofs.findings import Course, Finding, Fragile, Gap, Hinge, Idle, Late, Pair, Twice


def sentence(rules: RuleSet, finding: Finding, lang: str) -> str:
    """The finding in `zh` or `en`, with the readings it depends on and what it departs from."""
    words = Wording(rules, lang)
    match finding.details:
        case Gap():
            text = gap.sentence(words, finding, finding.details)
        case Pair():
            text = pair.sentence(words, finding, finding.details)
        case Twice():
            text = twice.sentence(words, finding, finding.details)
        case Late():
            text = late.sentence(words, finding, finding.details)
        case Course():
            text = course.sentence(words, finding, finding.details)
        case Idle():
            text = idle.sentence(words, finding, finding.details)
        case Flaw():
            text = drafting.sentence(words, finding, finding.details)
        case Hinge():
            text = hinge.sentence(words, finding, finding.details)
        case Fragile():
            text = fragile.sentence(words, finding, finding.details)
    return text[:1].upper() + text[1:] + _departures(words, finding) + _readings(words, finding)


def _departures(words: Wording, finding: Finding) -> str:
    if not finding.departures:
        return ""
    places = words.places(finding.departures)
    return words.pick(
        f"（此情形与{places}“原则上”的要求不符，但未被禁止。）",
        f" (Such a situation departs from what {places} requires in principle, but is not forbidden.)",
    )


def _readings(words: Wording, finding: Finding) -> str:
    if finding.every_reading and isinstance(finding.details, Gap):
        return gap.example_readings(words, finding, finding.details)
    if finding.every_reading or not finding.holds_under:
        return ""
    ways = [words.list(words.reading(r, c) for r, c in choice.items()) for choice in finding.holds_under]
    shown = words.list(ways, words.pick("；或", "or"))
    return words.pick(f"（仅在以下读法成立：{shown}。）", f" (Only where {shown}.)")
