"""A change to a rule set, as data: what a repair proposes, and what applies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.norms import Norm
from model.ruleset import RuleSet
from model.vocabulary import Alias, Body, NamedSet, Office


@dataclass(frozen=True)
class Edit:
    """Norms added, norms that replace the one with their id, ids of norms taken out; offices, bodies and named sets
    added, or in the place of the one with their id.

    A step is changed by a route that replaces its route.
    """

    added: tuple[Norm, ...] = ()
    changed: tuple[Norm, ...] = ()
    removed: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    bodies: tuple[Body, ...] = ()
    sets: tuple[NamedSet, ...] = ()

    def applied(self, rules: RuleSet) -> RuleSet:
        """The rule set so changed. Raises KeyError where a norm to change or take out is not there, or one to
        add is there already."""
        norms = dict(rules.norms)
        for norm in self.changed:
            norms[norm.id]
            norms[norm.id] = norm
        for ident in self.removed:
            del norms[ident]
        for norm in self.added:
            if norm.id in norms:
                raise KeyError(norm.id)
            norms[norm.id] = norm
        v = rules.vocabulary
        named = replace(
            v,
            offices={**v.offices, **{o.id: o for o in self.offices}},
            bodies={**v.bodies, **{b.id: b for b in self.bodies}},
            sets={**v.sets, **{s.id: s for s in self.sets}},
        )
        return replace(rules, norms=norms, vocabulary=named)

    def clauses(self, rules: RuleSet) -> int:
        """How many clauses of the text it touches: norms at one place with one phrase are one clause, a definition is
        one, and so is each place of a name that is written otherwise. A post that a new clause speaks of is none."""
        touched = {n.citation for n in self.changed} | {rules.norms[i].citation for i in self.removed}
        return len(touched) + len(self.added) + len(self.sets) + sum(1 for _ in self.dropped(rules))

    def dropped(self, rules: RuleSet) -> Iterator[Alias]:
        """The names of offices and bodies that it does away with."""
        v = rules.vocabulary
        old: dict[str, Office | Body] = {**v.offices, **v.bodies}
        for thing in (*self.offices, *self.bodies):
            if thing.id in old:
                yield from (a for a in old[thing.id].aliases if a not in thing.aliases)

    @property
    def norms(self) -> Iterator[Norm]:
        """What it states: norms added and norms changed."""
        yield from self.added
        yield from self.changed
