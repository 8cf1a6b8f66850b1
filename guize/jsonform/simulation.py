"""The document of `guize simulate --json`."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Any

from sim.intervals import LEVEL, Estimate
from sim.replications import Stopping
from sim.report import Report, Row, SpentRow

if TYPE_CHECKING:
    from guize.incidence import Incidence


def simulation(found: Report) -> dict[str, Any]:
    """The document of `guize simulate --json`. Keys are only ever added."""
    e = found.run.experiment
    over = bool(found.overloaded)
    return {
        "instrument": e.rules.title.id,
        "scenario": {
            "id": e.scenario.id,
            "zh": e.scenario.label.zh,
            "en": e.scenario.label.en,
            "first_day": e.scenario.first_day.isoformat(),
            "warm_up_days": e.scenario.warm_up_days,
            "stated": [
                {"path": s.path, "value": s.value, "kind": s.kind, "zh": s.ground.zh, "en": s.ground.en}
                for s in e.scenario.stated
            ],
        },
        "days": e.days,
        "replications": len(found.run.outcomes),
        "interrupted": found.run.interrupted,
        "precision": _stopping(found.run.stopping),
        "seed": e.seed,
        "confidence": LEVEL,
        "overloaded": list(found.overloaded),
        "notes": [{"zh": n.zh, "en": n.en} for n in found.notes],
        "papers": [_row(r, over) for r in found.rows],
        "limits": [
            {"norm": row.bound, "kept": estimate(row.kept), "readings": dict(row.readings)} for row in found.limits
        ],
        "desks": [
            {
                "actor": d.name,
                "utilisation": estimate(d.utilisation),
                "offered": estimate(d.offered),
                "wait_days": estimate(d.wait),
                "overloaded": d.overloaded,
            }
            for d in found.desks
        ],
        "meetings": [
            {
                "body": m.body,
                "held": estimate(m.held),
                "items": estimate(m.items),
                "not_chaired": estimate(m.cancelled),
                "offered": estimate(m.offered),
                "overloaded": m.overloaded,
            }
            for m in found.meetings
        ],
        "stages": [_spent(s) for s in found.steps],
        "norms": [_spent(s) for s in found.norms],
        "waiting": [
            {"actor": s.actor, "stage": s.stage, "count": estimate(s.count), "waited_days": estimate(s.waited)}
            for s in found.seats
        ],
        "stalls": [
            {"stage": s.stage, "norms": list(s.norms), "papers": estimate(s.papers), "days_lost": estimate(s.days)}
            for s in found.stalls
        ],
        "unregulated": [
            {"flow": u.flow, "stage": u.stage or None, "norms": list(u.norms), "papers": estimate(u.papers)}
            for u in found.unregulated
        ],
        "backlog": [{"day": day, "papers": tiers} for day, tiers in found.backlog],
        "backlog_daily": [{"date": d.date.isoformat(), "papers": d.papers} for d in found.daily],
        "dates": {
            "weekdays_off": [d.isoformat() for d in found.dates.off],
            "weekends_worked": [d.isoformat() for d in found.dates.made_up],
            "meetings": {body: [d.isoformat() for d in days] for body, days in found.dates.meetings.items()},
        },
        "counts": {k: estimate(v) for k, v in found.counts.items()},
    }


def incidence(met: Iterable[Incidence]) -> list[dict[str, Any]]:
    """Each finding with the papers a year that met it; null where no paper can, or it delays none by itself."""
    return [
        {
            "id": i.finding.id,
            "check": i.finding.check,
            "severity": i.finding.severity.name.lower(),
            "norms": list(i.finding.norms),
            "articles": list(i.finding.articles),
            "papers_a_year": estimate(i.papers),
            "days_a_year": estimate(i.days),
            "tiers": [
                {"tier": t.tier, "papers_a_year": estimate(t.papers), "days_a_year": estimate(t.days)} for t in i.tiers
            ],
        }
        for i in met
    ]


def estimate(found: Estimate | None) -> dict[str, Any] | None:
    """A mean with its interval; null where nothing was observed."""
    if found is None:
        return None
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n}


def _stopping(found: Stopping | None) -> dict[str, Any] | None:
    """How the stopping rule ended; null where there was none. `reached` is null where it could not be had."""
    if found is None:
        return None
    reached = found.reached if isfinite(found.reached) else None
    return {"wanted": found.wanted, "reached": reached, "most": found.most, "met": found.met}


def _row(row: Row, over: bool) -> dict[str, Any]:
    """Under overload a sojourn time means nothing, for it grows with the run: null."""
    times = {"mean": row.mean, "p50": row.median, "p90": row.p90, "p95": row.p95}
    return {
        "flow": row.flow,
        "tier": row.tier,
        "papers_a_year": estimate(row.papers),
        "on_time": estimate(row.on_time),
        "limit_assumed": row.assumed,
        "sojourn_days": None if over else {k: estimate(v) for k, v in times.items()},
        "stalled": estimate(row.stalled),
    }


def _spent(row: SpentRow) -> dict[str, Any]:
    return {
        "id": row.name,
        "count": estimate(row.count),
        "waited_days": estimate(row.waited),
        "worked_days": estimate(row.worked),
    }
