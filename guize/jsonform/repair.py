"""A repair as data: the sentence, and norms and offices as `rules.yaml` would hold them."""

from __future__ import annotations

from typing import Any

from guize.jsonform import common, written
from guize.sentences.repair import sentence
from model.ruleset import RuleSet
from proofs.repairing.repair import Repair


def repair(rules: RuleSet, found: Repair) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "zh": sentence(rules, found, "zh"),
        "en": sentence(rules, found, "en"),
        "amends": common.citation(found.anchor),
        "added": [written.norm(n) for n in found.edit.added],
        "changed": [written.norm(n) for n in found.edit.changed],
        "removed": list(found.edit.removed),
        "offices": [written.office(o) for o in found.edit.offices],
        "bodies": [written.body(b) for b in found.edit.bodies],
        "sets": [written.named_set(s) for s in found.edit.sets],
        "leaves": None if found.leaves is None else common.situation(found.leaves),
        "mends": list(found.mends),
        "widens": list(found.widens),
    }
