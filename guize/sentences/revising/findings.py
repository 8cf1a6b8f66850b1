"""A finding that a revision brings or takes away."""

from __future__ import annotations

from guize.sentences import sentence
from guize.sentences.revising.voice import Voice
from model.ruleset import RuleSet
from proofs.findings import Finding


def told(voice: Voice, finding: Finding, of: RuleSet) -> str:
    """A finding of a version that comes or goes; of one with a cause known before, that it reaches further."""
    said = sentence(of, finding, voice.lang)
    if voice.found.findings is None or voice.found.findings.was(finding) is None:
        return said
    return said + voice.pick(
        "同一原因的问题修订前已有，但其中有的情形修订前没有问题。",
        " The same cause was there before the revision, but some of these situations were without it.",
    )
