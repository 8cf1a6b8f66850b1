"""Every situation of a small rule set, one by one: the slow twin that the solver answers to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations, product
from typing import TypeVar

from model import absence
from model.evaluation import Context
from model.reachability import delegable, reachable
from model.ruleset import RuleSet
from model.situation import Cast, Paper, Situation, portfolio_holders

T = TypeVar("T")


def situations(rules: RuleSet, cast: Cast, states: Sequence[str] = absence.ABSENT_STATES) -> Iterator[Situation]:
    """All reachable situations in which absent officials are in one of `states`.

    Their number is the product of all domains: only for rule sets of a few officials and attributes.
    """
    v = rules.vocabulary
    names = list(v.attributes)
    readings = list(v.readings)
    for choice in product(*(v.readings[r].domain for r in readings)):
        chosen = dict(zip(readings, choice, strict=True))
        for values in product(*(v.attributes[a].domain for a in names)):
            for touched in _subsets(portfolio_holders(rules, cast)):
                for where in product((absence.PRESENT, *states), repeat=len(cast.ids)):
                    base = Situation(
                        cast,
                        Paper(dict(zip(names, values, strict=True)), frozenset(touched)),
                        {o: s for o, s in zip(cast.ids, where, strict=True) if s != absence.PRESENT},
                        readings=chosen,
                    )
                    yield from _completed(rules, base)


def breadth(rules: RuleSet, cast: Cast, states: Sequence[str]) -> int:
    """An upper bound of how many candidates `enumeration.situations` looks at."""
    v, people = rules.vocabulary, len(cast.ids)
    portfolios = sum(any(v.offices[x].portfolio for x in o.offices) for o in cast.officials)
    size = (len(states) + 1) ** people * 2**portfolios * (people + 1) ** (people * len(v.relations))
    for domain in (*v.attributes.values(), *v.readings.values()):
        size *= len(domain.domain)
    delegated = sum(n.delegation is not None for n in rules.stand_ins)
    givers = sum(len(cast.holding(str(p.delegation))) for p in rules.authorisable)
    return size * (people + 1) ** len(v.roles) * 2 ** (delegated * people + givers)


def _completed(rules: RuleSet, base: Situation) -> Iterator[Situation]:
    v, cast = rules.vocabulary, base.cast
    at = Context(rules, base)
    relation_choices = [
        [
            {x: y for x, y in zip(cast.ids, images, strict=True) if y}
            for images in product(("", *cast.ids), repeat=len(cast.ids))
        ]
        for _ in v.relations
    ]
    role_choices = [("", *sorted(at.members(r.among))) for r in v.roles.values()]
    for relations in product(*relation_choices):
        for holders in product(*role_choices):
            roles = {r: h for r, h in zip(v.roles, holders, strict=True) if h}
            bare = replace(
                base,
                paper=Paper(base.paper.attributes, base.paper.touches, roles),
                relations=dict(zip(v.relations, relations, strict=True)),
            )
            if reachable(rules, bare):
                for delegated in _subsets(delegable(rules, bare)):
                    yield replace(bare, delegations=frozenset(delegated))


def _subsets(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))
