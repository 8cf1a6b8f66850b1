"""The document of `guize impact --json`."""

from __future__ import annotations

from typing import Any

from guize.jsonform import audit, common
from guize.jsonform.norms import norm
from guize.sentences.revision import Telling
from model.revision import FieldChange, NameChange, NormChange
from proofs.impact.records import Hands, Impact, Shift
from proofs.proving import Verdict


def document(found: Impact) -> dict[str, Any]:
    """The document of `guize impact --json`."""
    revision = found.revision
    tell = {lang: Telling(found, lang) for lang in ("zh", "en")}
    changed = found.findings
    return {
        "old": revision.old.title.id,
        "new": revision.new.title.id,
        "identical": found.identical,
        "same_in_effect": not found.shifts and not found.unknown,
        "zh": tell["zh"].verdict(),
        "en": tell["en"].verdict(),
        "norms": [_norm_change(found, c) for c in found.changes],
        "names": [_name_change(c) for c in found.names],
        "suggestions": [{"table": s.table, "old": s.old, "new": s.new} for s in found.suggestions],
        "irreconcilable": list(found.irreconcilable),
        "effects": [_shift(tell, s) for s in found.shifts],
        "findings": None
        if changed is None
        else {
            "appear": [audit.finding(revision.new, f) for f in changed.come],
            "go": [audit.finding(revision.old, f) for f in changed.gone],
            "stay": [{"old": s.old.id, "new": s.new.id} for s in changed.stay],
            "wider": [{"old": s.old.id, "new": s.new.id} for s in changed.wider],
        },
        "properties": None
        if found.flips is None
        else [{"id": f.id, "old": _verdict(f.old), "new": _verdict(f.new), "worse": f.worse} for f in found.flips],
        "unknown": [{"check": u.check, "question": u.subject, "reason": u.reason} for u in found.unknown],
        "scope": {"holders": dict(found.scope), "absences": found.absences},
        "questions": {
            "asked": found.counts.topics, "proved_equal": found.counts.proved, "differ": found.counts.different,
        },
        "queries": found.queries,
    }  # fmt: skip


def _norm_change(found: Impact, change: NormChange) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "old_id": change.old_id or None,
        "old": norm(change.old) if change.old else None,
        "new": norm(change.new) if change.new else None,
        "fields": [_field(f) for f in change.fields],
        "through": list(change.through),
        "effects": list(found.effects_of(change)),
    }


def _name_change(change: NameChange) -> dict[str, Any]:
    return {
        "table": change.table,
        "id": change.id,
        "kind": change.kind,
        "old": {"zh": change.old.zh, "en": change.old.en} if change.old else None,
        "new": {"zh": change.new.zh, "en": change.new.en} if change.new else None,
        "fields": [_field(f) for f in change.fields],
    }


def _field(change: FieldChange) -> dict[str, str]:
    return {"field": change.field, "old": change.old, "new": change.new}


def _shift(tell: dict[str, Telling], shift: Shift) -> dict[str, Any]:
    zh, en = tell["zh"], tell["en"]
    return {
        "kind": shift.topic.kind,
        "subject": list(shift.topic.subject),
        "lost": [list(c) for c in shift.lost],
        "gained": [list(c) for c in shift.gained],
        "zh": zh.shift(shift),
        "en": en.shift(shift),
        "regions": [
            {"where": {".".join(k): sorted(v) for k, v in c.items()}, "zh": zh.where(c), "en": en.where(c)}
            for c in shift.regions
        ],
        "complete": shift.complete,
        "witness": common.situation(shift.witness),
        "example_zh": zh.example(shift),
        "example_en": en.example(shift),
        "hands": [_hands(h) for h in shift.hands],
        "blame": list(shift.blame),
    }


def _hands(found: Hands) -> dict[str, Any]:
    return {
        "act": found.act,
        "before": list(found.before or ()),
        "after": list(found.after or ()),
        "gains": list(found.gains),
        "loses": list(found.loses),
        "wanted_before": found.wanted_before,
        "wanted_after": found.wanted_after,
    }


def _verdict(found: Verdict) -> str:
    return found.status.value
