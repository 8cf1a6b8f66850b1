"""Small rule sets by hand, and what the tests ask of them by plain enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations, product

from model.competence import Competence
from model.norms import Composition, Norm, Power, Precedence, Route
from model.parsing import parse_condition, parse_set  # noqa: F401 - as below
from model.ruleset import RuleSet, Stage
from model.situation import Situation
from model.sketch import (  # noqa: F401 - the tests say `s.power(...)`
    ACTS,
    INSTRUMENT,
    TITLE,
    act,
    attribute,
    bound,
    cite,
    composition,
    deontic,
    exclusion,
    fact,
    flag,
    label,
    meeting,
    named_set,
    office,
    power,
    reading,
    relation,
    role,
    route,
    ruleset,
    stand_in,
    values,
)
from model.vocabulary import Strength
from proofs import decode
from proofs.encoding import Encoding
from proofs.expressions import Key

# enumeration


def named_seats(competence: Competence, stage: Stage) -> tuple[tuple[str, bool], ...]:
    """What the powers in force name, as a region of the audit tells it."""
    return tuple(sorted({(str(p.by), p.joint) for p in competence.powers_in_force(stage)}))


def images(encoding: Encoding, at: Situation) -> Iterator[dict[Key, str]]:
    """The variables of the situation under every exchange of officials who hold the same office."""
    offices: dict[str, list[str]] = {}
    for official in encoding.cast.officials:
        offices.setdefault(official.office, []).append(official.id)
    plain = decode.variables_of(encoding, at)
    for orders in product(*(permutations(ids) for ids in offices.values())):
        moved: dict[str, str] = {}
        for ids, order in zip(offices.values(), orders, strict=True):
            moved.update(zip(ids, order, strict=True))
        yield {(key[0], *(moved.get(k, k) for k in key[1:])): moved.get(value, value) for key, value in plain.items()}


# restriction


def restricted(rules: RuleSet, kept: Iterable[str]) -> RuleSet:
    """The rule set with only these norms (steps of routes and chairs of bodies by their own ids)."""
    keep = set(kept)

    def superiors(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in keep)

    norms: dict[str, Norm] = {}
    for norm in rules.norms.values():
        if isinstance(norm, Route):
            steps = tuple(
                replace(s, power=replace(s.power, residual_to=superiors(s.power.residual_to)))
                for s in norm.steps
                if s.power.id in keep
            )
            if steps or norm.id in keep:
                norms[norm.id] = replace(norm, steps=steps, residual_to=superiors(norm.residual_to))
        elif isinstance(norm, Composition):
            if norm.id + ".chair" in keep:
                norms[norm.id] = norm
        elif isinstance(norm, Precedence):
            norms[norm.id] = replace(norm, prevails=superiors(norm.prevails), yields=superiors(norm.yields))
        elif norm.id in keep:
            changed = isinstance(norm, Power)
            norms[norm.id] = replace(norm, residual_to=superiors(norm.residual_to)) if changed else norm  # type: ignore[attr-defined]
    return replace(rules, norms=norms)


def restricted_stage(rules: RuleSet, stage: Stage) -> Stage:
    """The stage with the powers that the restricted rule set still has."""
    return Stage(stage.id, stage.act, tuple(rules.powers[p.id] for p in stage.powers if p.id in rules.powers))


IN_PRINCIPLE = Strength.IN_PRINCIPLE
