"""The document of `guize audit --json`."""

from __future__ import annotations

from typing import Any

from guize.jsonform import common, endurance
from guize.jsonform.repair import repair
from guize.sentences import sentence
from guize.sentences.wordings import sentence as wording
from guize.wording import Wording
from model.deadlines import Overrun
from model.drafting import Flaw
from model.ruleset import RuleSet
from proofs.findings import Answer, Course, Finding, Fragile, Hinge, Idle, Late, Pair, Report, Scope, Twice
from proofs.wordings import removing


def report(rules: RuleSet, found: Report) -> dict[str, Any]:
    """The document of `guize audit --json` for one instrument."""
    return {
        "instrument": found.instrument,
        "findings": [finding(rules, f) for f in found.findings],
        "unknown": [common.unsettled(u) for u in found.unknown],
        "checks": [answer(a) for a in found.answers],
        "scope": {
            "holders": dict(found.scope),
            "absences": found.most_absences,
            "checks": [scope(s) for s in found.reach],
        },
        "facts": [
            {
                "id": f.id,
                "zh": f.label.zh,
                "en": f.label.en,
                "assumption": f.assumption,
                "source": common.place(f.citation),
            }
            for f in rules.facts
        ],
        "queries": found.queries,
        "second_opinion": common.opinion(found.opinion),
        "resilience": endurance.table(rules, found) if found.endurance else None,
    }


def scope(found: Scope) -> dict[str, Any]:
    """How far the answers of one check reach."""
    return {
        "check": found.check,
        "holders": "any-number" if found.any_number else "bounded",
        "asked": found.questions,
        "any_number": found.lossless,
        "with_more": list(found.more),
        "unknown": found.open,
        "suffice": dict(found.suffice),
        "no_claim": list(found.related),
    }


def answer(found: Answer) -> dict[str, Any]:
    return {
        "check": found.check,
        "asked": found.asked,
        "held": found.held,
        "vacuous": found.vacuous,
        "unknown": len(found.unknown),
        "findings": len(found.findings),
        "seconds": round(found.seconds, 3),
    }


def finding(rules: RuleSet, found: Finding) -> dict[str, Any]:
    repairs = [repair(rules, r) for r in found.repairs]
    return {
        "id": found.id,
        "check": found.check,
        "severity": found.severity.name.lower(),
        "verdict": "every-reading" if found.every_reading else "some-readings",
        "readings": [dict(r) for r in found.holds_under],
        "strength": found.strength.name.lower(),
        "tension": found.tension,
        "articles": list(found.articles),
        "norms": list(found.norms),
        "near": [{"norm": n.norm, "lacks": n.reason} for n in found.near],
        "citations": [common.citation(c) for c in found.citations],
        "also": list(found.also),
        "witness": common.situation(found.witness),
        "departures": list(found.departures),
        "details": _details(found),
        "region": [
            {
                "subject": r.subject,
                "named": [{"actors": s, "joint": j} for s, j in r.seats],
                "where": {".".join(k): sorted(v) for k, v in r.cube.items()},
            }
            for r in found.region
        ],
        "zh": sentence(rules, found, "zh"),
        "en": sentence(rules, found, "en"),
        "wordings": [
            {"choices": dict(c), "zh": wording(Wording(rules, "zh"), c), "en": wording(Wording(rules, "en"), c)}
            for c in removing(rules, found)
        ],
        "repair": repairs[0] if repairs else None,
        "repairs": repairs,
        "tried": found.tried,
        "undecided": found.undecided,
    }


def _details(found: Finding) -> dict[str, Any]:
    match found.details:
        case Pair(first, second, act, actor):
            return {"first": first, "second": second, "act": act, "actor": actor}
        case Twice(pairs, official, hands, role):
            return {
                "pairs": [list(p) for p in pairs],
                "official": official,
                "hands": [common.hand(h) for h in hands],
                "role": role,
            }
        case Late(worst, others, in_all):
            whole = None if in_all is None else overrun(in_all)
            return {"chain": overrun(worst), "likewise": [overrun(o) for o in others], "in_all": whole}
        case Course(kind, routes, steps, official, hands, between):
            return {
                "kind": kind,
                "routes": list(routes),
                "steps": [list(s) for s in steps],
                "official": official,
                "hands": [common.hand(h) for h in hands],
                "between": between,
            }
        case Idle(reason, norms, cause, facts):
            return {"reason": reason, "norms": list(norms), "cause": list(cause), "facts": list(facts)}
        case Flaw() as flaw:
            return {
                "subjects": list(flaw.subjects),
                "lacks": list(flaw.lacks),
                "concerned": list(flaw.norms),
                "names": [
                    {"name": c.name, "place": common.citation(c.place) if c.place else None, "of": c.of}
                    for c in flaw.names
                ],
                "nearest": flaw.near,
                "places": [common.citation(c) for c in flaw.places],
            }
        case Fragile(offices, powers, causes):
            return {"offices": list(offices), "powers": list(powers), "causes": list(causes)}
        case Hinge(term, decisions):
            return {
                "term": term,
                "decisions": [
                    {
                        "family": d.topic[0],
                        "about": d.topic[1],
                        "value": d.value,
                        "then": list(d.then),
                        "otherwise": list(d.otherwise),
                        "situation": common.situation(d.situation),
                        "twin": common.situation(d.twin),
                    }
                    for d in decisions
                ],
            }
        case gap:
            return {
                "stages": list(gap.stages),
                "acts": list(gap.acts),
                "obstacles": [common.obstacle(o) for o in gap.obstacles],
                "others": [common.situation(at) for at in gap.others],
            }


def overrun(found: Overrun) -> dict[str, Any]:
    """A negative cycle: the ceiling, the links of the chain, the least time and by how much it is too long."""
    return {
        "route": found.route.id,
        "ceiling": found.ceiling.id,
        "amount": found.ceiling.amount,
        "unit": found.ceiling.unit,
        "links": [
            {"norm": g.norm.id, "from": g.start, "to": g.end, "amount": g.amount, "unit": g.unit} for g in found.lags
        ],
        "weekday": found.weekday,
        "least": found.least,
        "excess": found.excess,
    }
