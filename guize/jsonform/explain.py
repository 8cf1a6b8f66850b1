"""The document of `guize explain --json`."""

from __future__ import annotations

from typing import Any

from guize.jsonform.audit import finding as of_finding
from guize.sentences import chains
from model.ruleset import RuleSet
from proofs.explaining import Cores
from proofs.findings import Finding, Report


def explanation(rules: RuleSet, found: Finding, cores: Cores, report: Report) -> dict[str, Any]:
    """The finding as `audit` has it, with every minimal core and its chains in words."""
    return {
        "instrument": rules.title.id,
        "finding": of_finding(rules, found),
        "cores": [list(c) for c in cores.cores],
        "cores_complete": cores.complete,
        "chain": [
            {"zh": zh, "en": en}
            for zh, en in zip(chains.stand_ins(rules, found, "zh"), chains.stand_ins(rules, found, "en"), strict=True)
        ],
        "unknown": [{"check": u.check, "question": u.subject, "reason": u.reason} for u in report.repairing],
    }
