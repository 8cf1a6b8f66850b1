"""The encoding says of every situation what the reference semantics says, literal by literal."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guize.strategies.small import Small, small
from model.competence import Competence
from model.enumeration import situations
from model.norms import StandIn
from model.reachability import breaches, reachable
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import sole_hand
from proofs import decode
from proofs.boolean import Formula, conj, disj, neg
from proofs.encoding import Encoding
from proofs.session import Session

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
SAMPLE = 40
"""Situations compared of each rule set."""

Statement = tuple[str, Formula]


def statements(encoding: Encoding) -> list[Statement]:
    """Everything the encoding can say, each under a name that `truths` knows too."""
    rules, cast = encoding.rules, encoding.cast
    found: list[Statement] = []
    for stage in rules.stages:
        found.append((f"stuck {stage.id}", encoding.stuck(stage)))
        found.append((f"wanted {stage.id}", encoding.wanted(stage)))
    for norm in rules.norms.values():
        if isinstance(norm, StandIn):
            found += [(f"in force {norm.id} for {o}", encoding.in_force(norm, o)) for o in cast.ids]
        else:
            found.append((f"in force {norm.id}", encoding.in_force(norm)))
    for power in rules.powers.values():
        found.append((f"in force {power.id}", encoding.in_force(power)))
        found.append((f"able {power.id}", encoding.able(power)))
        seats, sole = encoding.seats(power), encoding.sole_hand(power)
        for actor in (*cast.ids, *rules.vocabulary.bodies):
            found.append((f"seat {power.id} {actor}", seats.get(actor, False)))
            found.append((f"sole {power.id} {actor}", sole.get(actor, False)))
            filled = encoding.fill(actor, power.act)
            found += [(f"fill {actor} by {a} for {power.act}", f) for a, f in filled.items()]
        found += [(f"loops {o} {power.act}", encoding.loops(o, power.act)) for o in cast.ids]
    for exclusion in rules.absence_exclusions:
        found.append((f"breach {exclusion.id}", disj(encoding.breaches(exclusion.id))))
    return found


def truths(rules: RuleSet, at: Situation) -> dict[str, bool]:
    """The same by the reference semantics; what has no name here must be false there."""
    competence = Competence(rules, at)
    found: dict[str, bool] = {}
    for stage in rules.stages:
        found[f"stuck {stage.id}"] = competence.stuck(stage)
        found[f"wanted {stage.id}"] = competence.wanted(stage)
    for norm in rules.norms.values():
        if isinstance(norm, StandIn):
            found |= {f"in force {norm.id} for {o}": competence.at.in_force(norm, o) for o in at.cast.ids}
        else:
            found[f"in force {norm.id}"] = competence.at.in_force(norm)
    for power in rules.powers.values():
        found[f"in force {power.id}"] = competence.at.in_force(power)
        found[f"able {power.id}"] = competence.able(power)
        hand = sole_hand(competence, power)
        for actor in (*at.cast.ids, *rules.vocabulary.bodies):
            found[f"seat {power.id} {actor}"] = actor in competence.seats(power)
            found[f"sole {power.id} {actor}"] = hand is not None and hand.actor == actor
            found |= {f"fill {actor} by {a} for {power.act}": True for a in competence.fill(actor, power)}
        found |= {f"loops {o} {power.act}": competence.loops(o, power.act) for o in at.cast.ids}
    broken = {e.id for e, _, _ in breaches(competence.at)}
    return found | {f"breach {e.id}": e.id in broken for e in rules.absence_exclusions}


def compare(example: Small, seed: int, sample: int) -> int:
    """Both engines on a sample of all assignments of the variables, possible or not; how many were possible."""
    encoding = Encoding(example.rules, example.cast, example.states)
    session = Session(encoding)
    said = list(statements(encoding))
    chance = random.Random(seed)
    possible = 0
    for _ in range(sample):
        chosen = {key: chance.choice(variable.values) for key, variable in encoding.variables.items()}
        at = decode.situation(encoding, chosen)
        assert decode.variables_of(encoding, at) == chosen
        model = session.model(session.outside({k: frozenset({v}) for k, v in chosen.items()}))
        assert (model is not None) == reachable(example.rules, at), at
        if model is None:
            continue
        possible += 1
        assert decode.values(encoding, model) == chosen
        expected = truths(example.rules, at)
        for name, formula in said:
            found = model.holds(formula)
            assert found == expected.get(name, False), (name, at)
        doubled = {name for name, _ in said}
        assert not [name for name, true in expected.items() if true and name not in doubled]
    return possible


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(), st.integers(0, 10**6))
def test_encoding_and_semantics_agree_on_every_literal(example: Small, seed: int) -> None:
    compare(example, seed, SAMPLE)


@pytest.mark.long
@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(), st.integers(0, 10**6))
def test_encoding_and_semantics_agree_on_every_literal_at_length(example: Small, seed: int) -> None:
    compare(example, seed, 2 * SAMPLE)


def models_are_situations(example: Small) -> None:
    encoding = Encoding(example.rules, example.cast, example.states)
    session = Session(encoding)
    found: set[tuple[tuple[object, str], ...]] = set()
    while (model := session.model([])) is not None:
        chosen = decode.values(encoding, model)
        found.add(tuple(sorted(chosen.items())))
        here = session.outside({k: frozenset({v}) for k, v in chosen.items()})
        session.add(neg(conj(here)))
    expected = [
        tuple(sorted(decode.variables_of(encoding, at).items()))
        for at in situations(example.rules, example.cast, example.states)
    ]
    assert len(expected) == len(set(expected))
    assert found == set(expected)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=100, states=("leave",)))
def test_models_are_the_situations(example: Small) -> None:
    models_are_situations(example)


@pytest.mark.long
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=600))
def test_models_are_the_situations_at_length(example: Small) -> None:
    models_are_situations(example)
