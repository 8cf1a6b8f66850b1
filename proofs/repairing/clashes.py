"""Candidates against conflicts: an order of precedence between two norms or routes, or an exception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.edits import Edit
from model.graphs import defects as df
from model.norms import Deontic, Precedence
from model.ruleset import RuleSet
from proofs.findings import Course, Finding, Pair
from proofs.repairing.gaps import fresh_id
from proofs.repairing.people import place_of
from proofs.repairing.repair import EXCEPT, PREVAILS, Candidate


def of_pair(rules: RuleSet, finding: Finding, pair: Pair) -> Iterator[Candidate]:
    """Either of the two prevails, the more specific or stronger first; or the prohibition excepts what is demanded."""
    pairs = [tuple(r.subject.split(" / ")) for r in finding.region] or [(pair.first, pair.second)]
    firsts, seconds = (tuple(dict.fromkeys(p[i] for p in pairs)) for i in (0, 1))
    for pattern, (winners, losers) in enumerate(_ordered(rules, firsts, seconds)):
        if set(winners) & set(losers):
            continue
        anchor = rules.lookup(losers[0]).citation
        yield Candidate(PREVAILS, Edit(added=(_precedence(rules, winners, losers),)), anchor, pattern)
    against = [rules.norms.get(s) for s in seconds]
    demands = [rules.lookup(f) for f in firsts]
    excepted = ex.conjunction(*(d.when for d in demands[:1]))
    if finding.check == "contradiction" and excepted != ex.TRUE:
        changed = tuple(
            replace(n, unless=excepted if n.unless == ex.FALSE else ex.Or((n.unless, excepted)))
            for n in against
            if isinstance(n, Deontic) and not _conjuncts(excepted) <= _conjuncts(n.when)  # nothing would be left of it
        )
        if changed:
            yield Candidate(EXCEPT, Edit(changed=changed), changed[0].citation, 2)


def _conjuncts(node: ex.Cond) -> set[ex.Cond]:
    return set(node.parts) if isinstance(node, ex.And) else {node}


def of_routes(rules: RuleSet, course: Course) -> Iterator[Candidate]:
    """One of two routes prevails: the stricter first."""
    if course.kind not in (df.COMPETING, df.SKIPPING):
        return
    one, two = course.routes
    orders = [(one, two), (two, one)] if course.kind == df.COMPETING else [(one, two)]
    for pattern, (winner, loser) in enumerate(orders):
        made = _precedence(rules, (winner,), (loser,))
        yield Candidate(PREVAILS, Edit(added=(made,)), rules.norms[loser].citation, pattern)


def _ordered(
    rules: RuleSet, firsts: tuple[str, ...], seconds: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Which prevails: the stronger; of equally strong ones, that with the narrower condition."""

    def weight(ids: tuple[str, ...]) -> tuple[int, int]:
        norms = [rules.lookup(i) for i in ids]
        return max(n.strength for n in norms), max(len(str(n.when)) if n.when != ex.TRUE else 0 for n in norms)

    both = ((firsts, seconds), (seconds, firsts))
    return both if weight(firsts) >= weight(seconds) else both[::-1]


def _precedence(rules: RuleSet, winners: tuple[str, ...], losers: tuple[str, ...]) -> Precedence:
    return Precedence(
        id=fresh_id(rules, "prevails"),
        citations=(place_of(rules.lookup(losers[0]).citation),),
        prevails=winners,
        yields=losers,
    )
