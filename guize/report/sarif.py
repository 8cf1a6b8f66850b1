"""Findings and failed properties as SARIF 2.1.0 (OASIS Standard), which code hosts show beside a rule set's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guize import __version__
from guize.report.clauses import Clause
from guize.report.content import Content
from guize.report.findings import Told
from guize.report.places import Spot
from guize.report.properties import Proved
from guize.terminal.audit import CHECK_NAMES
from model.vocabulary import Label
from proofs.findings import Severity
from proofs.proving import CHECK as PROPERTY
from proofs.proving import Status

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.SERIOUS: "error",
    Severity.MODERATE: "warning",
    Severity.MINOR: "note",
}
"""SARIF has three levels; our own is kept beside it, in `properties`."""
VERDICTS = {Status.FAILS: ("fail", "error"), Status.UNKNOWN: ("open", "none")}
"""Kind and level of the properties that a log tells of; any kind but `fail` has the level `none` (3.27.10)."""


def document(content: Content, lang: str, uri: str, spots: Mapping[str, Spot]) -> dict[str, Any]:
    """The log. `uri` is the relative URI of the rule set's file, `spots` where it says each norm."""
    checks = [c.id for c in content.checks]
    telling = [p for p in content.properties or () if p.status in VERDICTS]
    rules = [
        {
            "id": check,
            "name": CHECK_NAMES[check].en,
            "shortDescription": {"text": CHECK_NAMES[check].get(lang)},
        }
        for check in checks
    ] + [{"id": _rule(p), "name": p.name.en, "shortDescription": {"text": p.name.get(lang)}} for p in telling]
    notices = [
        {
            "level": "warning",
            "message": {"text": f"{u.name.get(lang)}: {u.subject} ({u.reason})"},
            "associatedRule": {"id": u.check},
        }
        for u in content.unsettled
    ] + [
        {"level": "warning", "message": {"text": _said(p, lang)}, "associatedRule": {"id": _rule(p)}}
        for p in telling
        if p.status is Status.UNKNOWN
    ]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "guize", "version": __version__, "language": _language(lang), "rules": rules}},
        "language": _language(lang),
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "artifacts": [{"location": {"uri": uri}, "sourceLanguage": "yaml"}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, lang, uri, spots, checks) for f in content.findings]
        + [_property(content, p, lang, uri, spots, n) for n, p in enumerate(telling, len(checks))],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _language(lang: str) -> str:
    return "zh-CN" if lang == "zh" else "en"


def _result(found: Told, lang: str, uri: str, spots: Mapping[str, Spot], checks: list[str]) -> dict[str, Any]:
    index = {"ruleIndex": checks.index(found.check)} if found.check in checks else {}
    return {
        "ruleId": found.check,
        **index,
        "kind": "fail",
        "level": LEVELS[found.severity],
        "message": {"text": "\n".join([found.sentence.get(lang), *(r.says.get(lang) for r in found.repairs[:1])])},
        **_places((*found.why, *found.near), lang, uri, spots),
        "partialFingerprints": {"guizeFinding/v1": found.id},
        "properties": {
            "severity": found.severity.name.lower(),
            "zh": found.sentence.zh,
            "en": found.sentence.en,
            "everyReading": found.every_reading,
            "repairs": [{"article": r.article, "zh": r.says.zh, "en": r.says.en} for r in found.repairs],
        },
    }


def _rule(found: Proved) -> str:
    return f"{PROPERTY}/{found.id}"


def _said(found: Proved, lang: str) -> str:
    colon = "：" if lang == "zh" else ": "
    return f"{found.name.get(lang)}{colon}{found.says.get(lang) or found.verdict.get(lang)}"


def _repeats(findings: Sequence[str]) -> Label:
    return Label(f"已见于问题 {'、'.join(findings)}。", f"Told already by {', '.join(findings)}.")


def _property(
    content: Content, found: Proved, lang: str, uri: str, spots: Mapping[str, Spot], index: int
) -> dict[str, Any]:
    """A property that fails or is not settled, at the norms of its counterexample; a note where findings of the log
    tell of the failure already."""
    kind, level = VERDICTS[found.status]
    told = [f for f in found.repeats if f in content.numbers]
    return {
        "ruleId": _rule(found),
        "ruleIndex": index,
        "kind": kind,
        "level": "note" if told else level,
        "message": {"text": "\n".join([_said(found, lang), *([_repeats(told).get(lang)] if told else [])])},
        **_places(found.why, lang, uri, spots),
        "partialFingerprints": {"guizeProperty/v1": found.id},
        "properties": {
            "status": found.status.value,
            "zh": _said(found, "zh"),
            "en": _said(found, "en"),
            "findings": [f for f in found.findings if f in content.numbers],
            "repeats": told,
        },
    }


def _places(clauses: Sequence[Clause], lang: str, uri: str, spots: Mapping[str, Spot]) -> dict[str, Any]:
    """The first as the place of a result, the others as related; without any, the first line of the file."""
    places = [_location(c.norm, f"{c.place.get(lang)}{_quoted(c.quote)}", uri, spots) for c in clauses]
    where: dict[str, Any] = {"locations": places[:1] or [_location("", "", uri, spots)]}
    if places[1:]:
        where["relatedLocations"] = [{"id": i, **p} for i, p in enumerate(places[1:], 1)]
    return where


def _location(norm: str, said: str, uri: str, spots: Mapping[str, Spot]) -> dict[str, Any]:
    """A norm by its line; that of its whole (`ROUTE` of `ROUTE.STEP`) or the file's first where it has none here."""
    spot = spots.get(norm) or spots.get(norm.rpartition(".")[0]) or Spot(1, 1)
    found: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "index": 0},
            "region": {"startLine": spot.line, "startColumn": spot.column},
        }
    }
    if norm:
        found["logicalLocations"] = [{"name": norm, "fullyQualifiedName": norm, "kind": "member"}]
    if said:
        found["message"] = {"text": said}
    return found


def _quoted(quote: str) -> str:
    return f" “{quote}”" if quote else ""
