"""Which norms speak of the same matters, read off their words.

What a norm adds to a rule set (`model.claims`) can depend on no norms but those that may say something of a matter it
may speak of, those that give way to it, and what decides when all these are in force. A matter is named here by an
upper bound: whoever may ever belong to a set is taken to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from model.claims import (
    APART,
    STAND_IN,
    YIELDS,
    Key,
    body_keys,
    cadence_key,
    deontic_key,
    every_norm,
    limit_key,
    pairs_of,
    power_keys,
)
from model.norms import CHAIR_SUFFIX, Bound, Cadence, Composition, Deontic, Exclusion, Norm, Power, Precedence, StandIn
from model.ruleset import RuleSet
from proofs.slices import Slicer, Token


def giving_way(rules: RuleSet, norms: Iterable[str]) -> Iterator[str]:
    """The norms that give way to one of these, directly or through others."""
    seen: set[str] = set()
    stack = list(norms)
    while stack:
        for norm in rules.yielding.get(stack.pop(), ()):
            if norm not in seen:
                seen.add(norm)
                yield norm
                stack.append(norm)


class Matters:
    """The matters of one slicer's rule set."""

    def __init__(self, slicer: Slicer) -> None:
        self.slicer, self.rules = slicer, slicer.rules
        self._classes: dict[tuple[StandIn, ...], tuple[str, ...]] = {}

    def roots(self, norms: Iterable[str]) -> tuple[Token, ...]:
        """What to ask for where it matters what these norms add."""
        concerned = dict.fromkeys(p for n in norms for p in self._parts(n))
        concerned |= dict.fromkeys(giving_way(self.rules, concerned))
        sharing = dict.fromkeys(n for c in concerned for key in self._keys[c] for n in self._speaking[key])
        acting = dict.fromkeys(p for n in (*concerned, *sharing) for p in self._passing(n))
        return self.slicer.saying([*concerned, *sharing, *acting])

    def _parts(self, norm: str) -> Iterator[str]:
        yield norm
        if norm + CHAIR_SUFFIX in self.rules.powers:
            yield norm + CHAIR_SUFFIX

    def _passing(self, norm: str) -> Iterator[str]:
        """Of a stand-in norm, which is told act by act: a power for each act it may pass or not, as far as the other
        norms about the same officials tell acts apart."""
        record = self.rules.norms.get(norm)
        if isinstance(record, StandIn):
            for official in self.slicer.upper(record.principals):
                norms = tuple(self.slicer.naming[official])
                if norms not in self._classes:
                    near = (official, *self.slicer.upper(record.by, official))
                    found: dict[tuple[str, ...], str] = {}
                    for act, power in self._by_act(near):
                        found.setdefault(tuple(n.id for n in norms if n.passes(act)), power)
                    self._classes[norms] = tuple(found.values())
                yield from self._classes[norms]

    def _by_act(self, near: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Acts with a power over each: first those that name one of these officials, to keep slices small."""
        yield from (pair for official in near for pair in self._naming.get(official, ()))
        yield from ((p.act, p.id) for p in self.rules.powers.values())

    @cached_property
    def _naming(self) -> dict[str, list[tuple[str, str]]]:
        """By official, the powers that may name him, with their acts."""
        found: dict[str, list[tuple[str, str]]] = {}
        for power in self.rules.powers.values():
            for official in self.slicer.upper(power.by):
                found.setdefault(official, []).append((power.act, power.id))
        return found

    @cached_property
    def _keys(self) -> dict[str, tuple[Key, ...]]:
        return {n.id: tuple(dict.fromkeys(self._of(n))) for n in every_norm(self.rules)}

    @cached_property
    def _speaking(self) -> dict[Key, list[str]]:
        found: dict[Key, list[str]] = {}
        for norm, keys in self._keys.items():
            for key in keys:
                found.setdefault(key, []).append(norm)
        return found

    def _of(self, norm: Norm) -> Iterator[Key]:
        upper = self.slicer.upper
        match norm:
            case StandIn():
                for official in upper(norm.principals):
                    yield from ((STAND_IN, official, candidate) for candidate in upper(norm.by, official))
            case Precedence():
                yield from ((YIELDS, loser, winner) for winner, loser in pairs_of(norm, self.rules))
            case Power():
                yield from (k for k, _ in power_keys(norm, norm.id in self.rules.alternatives, upper(norm.by)))
            case Deontic():
                yield from (deontic_key(norm, a) for a in (upper(norm.by) if norm.by is not None else ("",)))
            case Exclusion(between=None):
                yield (APART, norm.route, *sorted(norm.steps))
            case Exclusion(between=between, other=other) if between is not None and other is not None:
                for one in upper(between):
                    yield from ((APART, norm.form, *sorted((one, two))) for two in upper(other, one))
            case Bound():
                yield from (limit_key(norm, route) for route in norm.routes)
            case Cadence():
                yield cadence_key(norm)
            case Composition():
                yield from body_keys(norm)
            case _:
                return
