"""The document of `guize graph --json`."""

from __future__ import annotations

from typing import Any

from guize.drawing.gather import Gathered, touched
from guize.jsonform import audit as audit_form
from guize.jsonform import common
from model.graphs.routes import conditional, own_condition, stand_ins_for
from model.graphs.standins import stand_in_graph
from model.norms import Bound, Route
from proofs.routes import Chain, Cycle


def graphs(gathered: Gathered) -> dict[str, Any]:
    """Routes with their measures, stand-ins with their cycles, who answers to whom, meetings, kinds, findings."""
    rules = gathered.rules
    return {
        "instrument": rules.title.id,
        "routes": [route(gathered, r) for r in rules.routes.values()],
        "stand_ins": {
            "edges": [
                {"from": one, "to": two, "norm": key, "causes": list(d["causes"]), "acts": list(d["acts"])}
                for one, two, key, d in stand_in_graph(rules).edges(keys=True, data=True)
            ],
            "cycles": [cycle(c) for c in gathered.cycles],
        },
        "answers": [
            {"from": one, "to": two, "act": rules.powers[p].act, "norm": p} for one, two, p in gathered.answers
        ],
        "meetings": [
            {
                "body": m.body,
                "compositions": [c.id for c in m.compositions],
                "cadences": [c.id for c in m.cadences],
                "papers": {k: list(ids) for k, ids in m.papers.items()},
            }
            for m in gathered.meetings
        ],
        "kinds": [kind(gathered, k) for k in gathered.kinds],
        "findings": [audit_form.finding(rules, f) for f in gathered.findings],
        "unknown": [{"check": u.check, "question": u.subject, "reason": u.reason} for u in gathered.unknown],
    }


def route(gathered: Gathered, found: Route) -> dict[str, Any]:
    rules = gathered.rules
    single: dict[str, list[str]] = {}
    for point in gathered.single_points[found.id]:
        single.setdefault(point.step, []).append(point.office)
    return {
        "id": found.id,
        "zh": found.label.zh,
        "en": found.label.en,
        "article": found.citation.article,
        "when": str(found.when),
        "under": dict(found.under),
        "steps": [
            {
                "id": s.id,
                "norm": s.power.id,
                "act": s.power.act,
                "by": str(s.power.by),
                "joint": s.power.joint,
                "may": s.power.may,
                "after": list(s.after),
                "back_to": s.back_to,
                "when": str(own_condition(found, s.power)) if conditional(found, s.power) else "true",
                "stand_ins": [n.id for n in stand_ins_for(rules, s.power)],
                "single_points": single.get(s.id, []),
                "findings": [f.id for f in gathered.findings if s.power.id in touched(rules, f)],
            }
            for s in found.steps
        ],
        "bounds": [bound(b) for b in rules.bounds if found.id in b.routes],
        "longest_chain": chain(gathered.longest_chain(found)),
        "returns": [cycle(c) for c in gathered.returns[found.id]],
    }


def bound(found: Bound) -> dict[str, Any]:
    return {
        "norm": found.id,
        "from": found.start,
        "to": found.end,
        "ceiling": found.ceiling,
        "amount": found.amount,
        "unit": found.unit,
        "expiry": found.expiry,
    }


def chain(found: Chain | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"steps": list(found.steps), "witness": common.situation(found.situation)}


def cycle(found: Cycle) -> dict[str, Any]:
    """A cycle of the graph; one that no situation drives has no witness, and is no finding."""
    driven = found.driven
    return {
        "nodes": list(found.nodes),
        "driven": driven is not None,
        "witness": None if driven is None else common.situation(driven),
    }


def kind(gathered: Gathered, name: str) -> dict[str, Any]:
    rules, ids = gathered.rules, gathered.kinds[name]
    routes = [r for r in rules.routes.values() if any(s.power.id in ids for s in r.steps)]
    chains = {r.id: gathered.longest_chain(r, name) for r in routes}
    longest = max((len(c.steps) for c in chains.values() if c), default=0)
    return {
        "kind": name,
        "norms": [p for p in rules.powers if p in ids],
        "longest_chain": longest,
        "longest_route": next((r for r, c in chains.items() if c and len(c.steps) == longest), ""),
    }
