"""The document of `guize prove --json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guize.jsonform import common
from guize.sentences.verdict import sentence
from model.ruleset import RuleSet
from proofs.findings import Opinion
from proofs.proving import Verdict


def verdicts(
    rules: RuleSet, found: Sequence[Verdict], most_absences: int, opinion: Opinion | None = None
) -> dict[str, Any]:
    """The document of `guize prove --json` for one rule set."""
    return {
        "instrument": rules.title.id,
        "absences": most_absences,
        "properties": [_verdict(rules, v) for v in found],
        "second_opinion": common.opinion(opinion),
    }


def _verdict(rules: RuleSet, found: Verdict) -> dict[str, Any]:
    of = found.property
    return {
        "id": of.id,
        "zh": of.label.zh,
        "en": of.label.en,
        "mode": "silent" if of.silent else of.mode,
        "when": str(of.when),
        "holds": of.silent or str(of.holds),
        "absences": of.absences,
        "status": found.status.value,
        "verdict": "every-reading" if found.every_reading else "some-readings",
        "readings": [dict(r) for r in found.holds_under],
        "norms": list(found.norms),
        "citations": [common.citation(c) for c in _citations(rules, found)],
        "witness": common.situation(found.witness) if found.witness else None,
        "findings": list(found.findings),
        "unknown_names": list(of.unknown),
        "reason": found.reason or None,
        "sentence_zh": sentence(rules, found, "zh"),
        "sentence_en": sentence(rules, found, "en"),
    }


def _citations(rules: RuleSet, found: Verdict) -> list[Any]:
    return list(dict.fromkeys(rules.lookup(n).citation for n in found.norms))
