"""Parts that several documents share."""

from __future__ import annotations

from typing import Any

from model.citations import Citation
from model.competence import Hand, Obstacle
from model.situation import Situation
from proofs.findings import Opinion, Unsettled


def situation(at: Situation) -> dict[str, Any]:
    return {
        "absent": [{"official": o, "office": at.cast[o].office, "state": at.state(o)} for o in at.absent],
        "paper": dict(at.paper.attributes),
        "in_charge": sorted(at.paper.touches),
        "roles": dict(at.paper.roles),
        "relations": {k: dict(v) for k, v in at.relations.items()},
        "delegations": [{"norm": n, "by": o} for n, o in sorted(at.delegations)],
        "readings": dict(at.readings),
    }


def citation(cited: Citation) -> dict[str, Any]:
    return {
        "instrument": cited.instrument,
        "law": cited.law,
        "article": cited.article,
        "paragraph": cited.paragraph,
        "item": cited.item,
        "quote": cited.quote,
    }


def place(cited: Citation | None) -> str:
    return cited.place("zh") if cited else ""


def hand(found: Hand) -> dict[str, Any]:
    return {"actor": found.actor, "norms": list(found.norms), "instead_of": list(found.instead_of)}


def obstacle(found: Obstacle) -> dict[str, Any]:
    return {"power": found.power, "principal": found.principal, "stand_in": found.stand_in, "lacks": found.reason}


def opinion(found: Opinion | None) -> dict[str, Any] | None:
    """What another solver confirmed; null where it was not asked."""
    if found is None:
        return None
    return {
        "solver": found.solver,
        "questions": found.questions,
        "folded": found.folded,
        "possible": found.possible,
        "situations": found.situations,
        "impossible": found.impossible,
        "cores": found.forced,
        "needed": found.needed,
        "steps": found.steps,
        "unconfirmed": [unsettled(u) for u in found.unconfirmed],
    }


def unsettled(found: Unsettled) -> dict[str, str]:
    """A question that a solver gave up on."""
    return {"check": found.check, "question": found.subject, "reason": found.reason}
