"""The document of `guize norms --json`."""

from __future__ import annotations

from typing import Any

from guize.jsonform import common
from model import ledger
from model import norms as nm
from model.expressions import Node
from model.ruleset import RuleSet


def norms(rules: RuleSet) -> dict[str, Any]:
    """The document of `guize norms --json`."""
    return {
        "instrument": rules.title.id,
        "norms": [norm(n) for n in rules.own_norms()],
        "ledger": [
            {"article": article, "status": entry["status"], "reason": entry["reason"], "norms": entry["norms"]}
            for article, entries in ledger.by_article(rules).items()
            for entry in map(_ledger_entry, entries)
        ],
    }


def _ledger_entry(entry: ledger.Entry) -> dict[str, Any]:
    return {"status": entry.status, "reason": entry.reason or None, "norms": list(entry.norms)}


def norm(found: nm.Norm) -> dict[str, Any]:
    """A norm with its form's own fields; expressions as their text."""
    form = found.modality if isinstance(found, nm.Deontic) else found.form
    first = found.citation
    shown: dict[str, Any] = {
        "id": found.id,
        "form": form,
        "strength": found.strength.name.lower(),
        "article": first.article,
        "paragraph": first.paragraph,
        "item": first.item,
        "quote": first.quote,
        "also": [common.citation(c) for c in found.citations[1:]],
        "zh": found.label.zh,
        "en": found.label.en,
        "under": dict(found.under),
        "when": str(found.when),
    }
    skipped = {"id", "citations", "label", "strength", "under", "when", "modality", "route" if form == "power" else ""}
    for key, value in vars(found).items():
        if key not in skipped:
            shown["cited_article" if key == "article" else key] = _plain(value)
    return shown


def _plain(value: Any) -> Any:
    if isinstance(value, Node):
        return str(value)
    if isinstance(value, nm.Step):
        return {
            "id": value.id,
            "after": list(value.after),
            "back_to": value.back_to,
            **{
                k: v
                for k, v in norm(value.power).items()
                if k in ("act", "by", "joint", "may", "when", "strength", "quote", "zh", "en")
            },
        }
    if isinstance(value, (tuple, frozenset)):
        return [_plain(v) for v in (sorted(value) if isinstance(value, frozenset) else value)]
    return value
