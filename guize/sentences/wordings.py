"""What to make clear in the text so that a finding goes, where only some readings bear it out."""

from __future__ import annotations

from collections.abc import Iterator

from guize.wording import Wording, within
from model.ruleset import RuleSet
from proofs.findings import Finding
from proofs.wordings import Choice, removing


def sentences(rules: RuleSet, finding: Finding, lang: str) -> Iterator[str]:
    """One sentence a choice that removes the finding; or that none does, because it holds under every reading."""
    words = Wording(rules, lang)
    if finding.every_reading:
        yield words.pick(
            "各种读法下都存在此问题，只靠明确措辞不能消除，须修改条文。",
            "It holds under every reading: no choice of wording removes it, a clause must be amended.",
        )
        return
    choices = removing(rules, finding)
    for choice in choices:
        yield sentence(words, choice)
    if not choices and finding.holds_under:
        yield words.pick(
            "须同时明确两处以上的措辞，此问题才会消失。",
            "It goes only if more than two phrases are made clear at once.",
        )


def sentence(words: Wording, choice: Choice) -> str:
    """`若将第九条“主持区政府全面工作”明确为“……”，此问题消失。`"""
    parts: list[str] = []
    for reading, chosen in choice:
        spec = words.rules.vocabulary.readings[reading]
        label = words.label(next(c.label for c in spec.choices if c.id == chosen))
        phrase = within(spec.citation.quote) or words.label(spec.label)
        place = words.place(spec.citation)
        parts.append(
            words.pick(f"将{place}“{phrase}”明确为“{label}”", f"'{phrase}' ({place}) is made to read '{label}'")
        )
    shown = words.list(parts, words.pick("，并", "and"))
    return words.pick(f"若{shown}，此问题消失。", f"If {shown}, this finding goes.")
