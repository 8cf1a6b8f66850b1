"""A change to a rule set, as data: what a repair proposes, and what applies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.norms import Norm
from model.ruleset import RuleSet
from model.vocabulary import Office


@dataclass(frozen=True)
class Edit:
    """Norms added, norms that replace the one with their id, ids of norms taken out, and offices added.

    A step is changed by a route that replaces its route.
    """

    added: tuple[Norm, ...] = ()
    changed: tuple[Norm, ...] = ()
    removed: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()

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
        offices = {**rules.vocabulary.offices, **{o.id: o for o in self.offices}}
        return replace(rules, norms=norms, vocabulary=replace(rules.vocabulary, offices=offices))

    def clauses(self, rules: RuleSet) -> int:
        """How many clauses of the text it touches: norms at one place with one phrase are one clause. A post that a
        new clause speaks of is none of its own."""
        touched = {n.citation for n in self.changed} | {rules.norms[i].citation for i in self.removed}
        return len(touched) + len(self.added)

    @property
    def norms(self) -> Iterator[Norm]:
        """What it states: norms added and norms changed."""
        yield from self.added
        yield from self.changed
