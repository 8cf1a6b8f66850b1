"""What norms say, as formulas: `model.claims` once more, with every claim's condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from model.claims import (
    APART,
    STAND_IN,
    YIELDS,
    Claim,
    Key,
    body_keys,
    cadence_key,
    deontic_key,
    ends_of,
    every_norm,
    limit_key,
    limit_measure,
    pairs_of,
    power_keys,
)
from model.norms import CHAIR_SUFFIX, Bound, Cadence, Composition, Deontic, Exclusion, Norm, Power, Precedence, StandIn
from proofs.boolean import Formula, Term, conj, disj, neg, substituted
from proofs.encoding import Encoding


class Claims:
    """The claims of all norms of one encoding, built when asked for and remembered."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding, self.rules = encoding, encoding.rules
        self._of: dict[str, dict[Claim, Formula]] = {}
        self._acts: dict[tuple[StandIn, ...], tuple[str, ...]] = {}

    def of(self, norm: Norm) -> Mapping[Claim, Formula]:
        """`model.claims.said_by`: each claim a norm may make, with the formula under which it does."""
        if norm.id not in self._of:
            parts: dict[Claim, list[Formula]] = {}
            for key, measure, formula in self._said(norm):
                parts.setdefault(Claim(key, int(norm.strength), measure), []).append(formula)
            made = {c: disj(p) for c, p in parts.items()}
            self._of[norm.id] = {c: f for c, f in made.items() if f is not False}
        return self._of[norm.id]

    def parts(self, norm: Norm) -> tuple[Norm, ...]:
        """A norm with what goes when it goes: of a composition, its chair too."""
        chair = self.rules.powers.get(norm.id + CHAIR_SUFFIX) if isinstance(norm, Composition) else None
        return (norm, chair) if chair else (norm,)

    def says(self, norm: Norm) -> Formula:
        """That the norm (or its chair) says anything at all."""
        return disj(f for n in self.parts(norm) for f in self.of(n).values())

    @cached_property
    def by_key(self) -> Mapping[Key, tuple[tuple[Claim, Formula, str], ...]]:
        """By matter, who claims what of it."""
        found: dict[Key, list[tuple[Claim, Formula, str]]] = {}
        for norm in every_norm(self.rules):
            for claim, formula in self.of(norm).items():
                found.setdefault(claim.key, []).append((claim, formula, norm.id))
        return {k: tuple(v) for k, v in found.items()}

    def covered(self, claim: Claim) -> Formula:
        """That some norm makes the claim, or one that covers it."""
        return disj(f for c, f, _ in self.by_key.get(claim.key, ()) if c.covers(claim))

    # the claims of each form

    def _said(self, norm: Norm) -> Iterator[tuple[Key, int, Formula]]:
        encoding = self.encoding
        match norm:
            case StandIn():
                yield from self._stand_in(norm)
            case Precedence():
                for winner, loser in pairs_of(norm, self.rules):
                    one, two = self.rules.lookup(winner), self.rules.lookup(loser)
                    yield (YIELDS, loser, winner), 0, conj([encoding.in_force(one), self._bare(two)])
            case Power():
                seats = encoding.seats(norm)
                some = disj(seats.values())
                for key, seat in power_keys(norm, norm.id in self.rules.alternatives, seats):
                    yield key, 0, conj([encoding.in_force(norm), seats[seat] if seat else some])
            case Deontic():
                on = conj([encoding.in_force(norm), neg(encoding.holds(norm.unless))])
                actors = encoding.members(norm.by) if norm.by is not None else {"": True}
                for actor, belongs in actors.items():
                    yield deontic_key(norm, actor), 0, conj([on, belongs])
            case Exclusion(between=None):
                yield (APART, norm.route, *sorted(norm.steps)), 0, encoding.in_force(norm)
            case Exclusion():
                yield from self._apart(norm)
            case Bound():
                for route in norm.routes:
                    ends = (encoding.in_force(n) for n in ends_of(self.rules, norm, route))
                    runs = conj([encoding.in_force(norm), *ends])
                    yield limit_key(norm, route), limit_measure(norm), runs
            case Cadence():
                yield cadence_key(norm), 0, encoding.in_force(norm)
            case Composition():
                for key in body_keys(norm):
                    yield key, 0, encoding.in_force(norm)
            case _:
                return

    def _bare(self, norm: Norm) -> Formula:
        under = (self.encoding.variables[("reading", r)].is_(c) for r, c in norm.under)
        return conj([*under, self.encoding.holds(norm.when)])

    def _stand_in(self, norm: StandIn) -> Iterator[tuple[Key, int, Formula]]:
        for official in self.encoding.members(norm.principals):
            for act in self._told_apart(official):
                if norm.passes(act):
                    for candidate, link in self.encoding.links_by(norm, official).items():
                        for chained in ("first", "on") if norm.chain else ("first",):
                            yield (STAND_IN, official, act, candidate, chained), 0, link

    def _told_apart(self, official: str) -> tuple[str, ...]:
        """Acts, one for each set of the stand-in norms about an official that pass it: others pass like one of them."""
        norms = self._about.get(official, ())
        if norms not in self._acts:
            found: dict[tuple[str, ...], str] = {}
            for act in dict.fromkeys(p.act for p in self.rules.powers.values()):
                found.setdefault(tuple(n.id for n in norms if n.passes(act)), act)
            self._acts[norms] = tuple(found.values())
        return self._acts[norms]

    @cached_property
    def _about(self) -> Mapping[str, tuple[StandIn, ...]]:
        """By official, the stand-in norms that may name him."""
        found: dict[str, list[StandIn]] = {}
        for norm in self.rules.stand_ins:
            for official in self.encoding.members(norm.principals):
                found.setdefault(official, []).append(norm)
        return {o: tuple(norms) for o, norms in found.items()}

    def _apart(self, norm: Exclusion) -> Iterator[tuple[Key, int, Formula]]:
        for one, two, breach in self.encoding.breaching(norm):
            yield (APART, norm.form, *sorted((one, two))), 0, conj([self.encoding.in_force(norm), breach])


Fixed = dict[Term, bool]
"""Variables with a value each."""


def replaced(formula: Formula, known: Fixed) -> Formula:
    """The formula with these variables fixed; the very same formula where it has none of them."""
    return substituted([formula], known)[0] if known else formula


def fixing(atoms: Iterable[Term], value: bool) -> Fixed:
    return dict.fromkeys(atoms, value)


def differ(one: Formula, other: Formula) -> Formula:
    """That exactly one of the two holds."""
    return False if one is other else disj([conj([one, neg(other)]), conj([neg(one), other])])
