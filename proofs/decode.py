"""From a Z3 model to plain values: the one way back from the solver."""

from __future__ import annotations

from model import absence
from model.situation import Paper, Situation
from proofs.encoding import Encoding
from proofs.expressions import NOBODY, Key
from proofs.lowlevel import Model


def values(encoding: Encoding, model: Model) -> dict[Key, str]:
    """The value of every variable in the model."""
    bits = model.bits(encoding.atoms)
    found: dict[Key, str] = {}
    start = 0
    for key, variable in encoding.variables.items():
        end = start + len(variable.values) - 1
        found[key] = variable.values[bits.find("1", start, end) - start + 1 if "1" in bits[start:end] else 0]
        start = end
    return found


def situation(encoding: Encoding, chosen: dict[Key, str]) -> Situation:
    """The concrete situation that values of the variables describe."""
    attributes: dict[str, str] = {}
    states: dict[str, str] = {}
    readings: dict[str, str] = {}
    roles: dict[str, str] = {}
    relations: dict[str, dict[str, str]] = {}
    touches: set[str] = set()
    delegations: set[tuple[str, str]] = set()
    for key, value in chosen.items():
        match key[0]:
            case "paper":
                attributes[key[1]] = value
            case "state":
                if value != absence.PRESENT:
                    states[key[1]] = value
            case "reading":
                readings[key[1]] = value
            case "role":
                if value != NOBODY:
                    roles[key[1]] = value
            case "relation":
                images = relations.setdefault(key[1], {})
                if value != NOBODY:
                    images[key[2]] = value
            case "touches":
                if value == "yes":
                    touches.add(key[1])
            case "delegation" | "authorisation":
                if value == "yes":
                    delegations.add((key[1], key[2]))
    paper = Paper(attributes, frozenset(touches), roles)
    return Situation(encoding.cast, paper, states, relations, frozenset(delegations), readings)


def variables_of(encoding: Encoding, at: Situation) -> dict[Key, str]:
    """The way in: the values of the variables in a concrete situation (inverse of `situation`)."""
    found: dict[Key, str] = {}
    for key, variable in encoding.variables.items():
        match key[0]:
            case "paper":
                found[key] = at.value(encoding.rules, key[1])
            case "state":
                found[key] = at.state(key[1])
            case "reading":
                found[key] = at.readings.get(key[1], variable.values[0])
            case "role":
                found[key] = at.paper.roles.get(key[1], NOBODY)
            case "relation":
                found[key] = at.relations.get(key[1], {}).get(key[2], NOBODY)
            case "touches":
                found[key] = "yes" if key[1] in at.paper.touches else "no"
            case _:
                found[key] = "yes" if (key[1], key[2]) in at.delegations else "no"
    return found
