"""The table of resilience in `guize audit --json`: how many absences every act and route survives."""

from __future__ import annotations

from typing import Any

from guize.jsonform import common
from model.ruleset import RuleSet
from model.situation import Situation
from proofs.findings import Report
from proofs.resilience import Passage, Row, passages, rows


def table(rules: RuleSet, report: Report) -> dict[str, Any]:
    """Acts by whom their powers name, and routes step by step."""
    return {
        "acts": [_row(rules, r, report.most_absences) for r in rows(rules, report.endurance)],
        "routes": [
            {"route": route, "steps": [_passage(p) for p in steps]}
            for route, steps in passages(rules, report.endurance).items()
            if steps
        ],
    }


def _row(rules: RuleSet, row: Row, most: int) -> dict[str, Any]:
    power = rules.powers[row.powers[0]]
    return {
        "act": row.act,
        "by": str(power.by),
        "joint": power.joint,
        "powers": list(row.powers),
        "worst": _case(row.shown.worst, most),
        "best": _case(row.shown.best, most),
    }


def _case(at: Situation | None, most: int) -> dict[str, Any]:
    """How many absences are survived (`at_least`: as many as were looked at), and the plainest that are too many."""
    return {
        "survives": most if at is None else len(at.absent) - 1,
        "at_least": at is None,
        "breaks": None if at is None else common.situation(at),
    }


def _passage(passage: Passage) -> dict[str, Any]:
    (worst, best), (onward_worst, onward_best) = passage.here, passage.onward
    return {
        "step": passage.step,
        "stopped_by": {"worst": worst, "best": best},
        "stopped_from_here_by": {"worst": onward_worst, "best": onward_best},
    }
