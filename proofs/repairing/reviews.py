"""Candidates against self-review: another hand for one of the two looks, where both would be one official's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.edits import Edit
from model.norms import CHAIR_SUFFIX, Composition, Norm, Power, Route, StandIn
from model.ruleset import RuleSet
from proofs.findings import Finding, Twice
from proofs.repairing import people
from proofs.repairing.gaps import further
from proofs.repairing.repair import SPARED, Candidate


def candidates(rules: RuleSet, finding: Finding, twice: Twice, most: int) -> Iterator[Candidate]:
    """Somebody else stands in where the stand-in has looked already; or another does the second step where the
    rules name one official for both."""
    for number in range(len(twice.hands)):
        if any(isinstance(rules.norms.get(n), StandIn) for n in twice.hands[number].norms):
            yield from _instead(rules, finding, twice, number, most)
    if not any(h.instead_of for h in twice.hands):
        yield from _second(rules, twice, finding, most)


def _instead(rules: RuleSet, finding: Finding, twice: Twice, number: int, most: int) -> Iterator[Candidate]:
    """A further stand-in for the act that is done in another's stead, where the other step is the stand-in's."""
    hand, at = twice.hands[number], finding.witness
    clause = next(n for n in (rules.norms.get(i) for i in hand.norms) if isinstance(n, StandIn))
    office = at.cast[hand.instead_of[0]].office
    powers = [rules.powers[p[number] if len(twice.hands) > 1 else p[1]] for p in twice.pairs]
    others = [_other(rules, twice, p, number) for p in twice.pairs]
    parts = list(dict.fromkeys(others))
    told = [ex.Some(ex.Both((o, clause.by))) for o in parts if _closed(o) and _closed(clause.by) and o != clause.by]
    when = ex.TRUE if len(told) < len(parts) else told[0] if len(told) == 1 else ex.Or(tuple(told))
    acts = tuple(dict.fromkeys(p.act for p in powers))
    near = [n for n in rules.stand_ins if n.citation == clause.citation]
    for candidate in people.stand_ins(rules, at.cast, office, (), acts)[:most]:
        somebody = _but(rules, candidate, at.cast[twice.official].office)
        if candidate.actors != clause.by and _offices_of(candidate) != {at.cast[twice.official].office}:
            states = frozenset().union(*(n.states for n in near))
            for narrow in dict.fromkeys((when, ex.TRUE)):
                edit = further(rules, clause.citation, ex.Name(office), somebody, states, acts, narrow)
                yield Candidate(SPARED, edit, clause.citation, somebody.pattern + (narrow != when))


def _but(rules: RuleSet, somebody: people.Somebody, office: str) -> people.Somebody:
    """The same without the holders of an office, where they are among them: an executive deputy is a deputy."""
    if isinstance(somebody.actors, ex.Name) and somebody.actors.name in rules.vocabulary.ancestors(office) - {office}:
        return replace(somebody, actors=ex.Minus(somebody.actors, ex.Name(office)))
    return somebody


def _offices_of(somebody: people.Somebody) -> set[str]:
    return {n.name for n in somebody.actors.walk() if isinstance(n, ex.Name)}


def _other(rules: RuleSet, twice: Twice, pair: tuple[str, str], number: int) -> ex.ActorSet:
    """Who does the other step, or asks for himself."""
    if twice.role:
        return ex.Name(twice.role)
    return rules.powers[pair[1 - number]].by


def _closed(actors: ex.ActorSet) -> bool:
    """Whether an expression means the same without a principal."""
    return people.PRINCIPAL not in list(actors.walk())


def _second(rules: RuleSet, twice: Twice, finding: Finding, most: int) -> Iterator[Candidate]:
    """The second step, or the decision on one's own request, is another's where the two would be one official's."""
    at = finding.witness
    office = at.cast[twice.official].office
    for index in (1, 0) if not twice.role else (1,):
        powers = [rules.powers[p[index]] for p in twice.pairs]
        for candidate in people.stand_ins(rules, at.cast, office, (), [p.act for p in powers])[:most]:
            somebody = _but(rules, candidate, office)
            if not _closed(somebody.actors):
                continue
            for spare in (False, True):
                edit = _other_by(rules, twice, index, somebody, spare)
                pattern = somebody.pattern + 2 * (index == 0) + spare
                yield Candidate(SPARED, edit, powers[0].citation, pattern)


def _other_by(rules: RuleSet, twice: Twice, index: int, somebody: people.Somebody, spare: bool) -> Edit:
    """Somebody else for one of two steps, where whoever it names has the other too; `spare`: he may still, for
    others may be away."""
    changed: dict[str, Norm] = {}
    for pair in twice.pairs:
        power = rules.powers[pair[index]]
        first = ex.Name(twice.role) if twice.role else rules.powers[pair[1 - index]].by
        meets = ex.Some(ex.Both((first, power.by)))
        other = ex.Union((somebody.actors, power.by)) if spare else somebody.actors
        by = ex.Union((ex.When(power.by, ex.Not(meets)), ex.When(other, meets)))
        _replace_power(rules, changed, power, by)
    clause = rules.powers[twice.pairs[0][index]].citation
    return Edit(changed=tuple(changed.values()), offices=people.set_up(rules, somebody.offices, clause))


def _replace_power(rules: RuleSet, changed: dict[str, Norm], power: Power, by: ex.ActorSet) -> None:
    """Put the power with other actors among the changed norms: by itself, as the chair of a body, or in its route."""
    new = replace(power, by=by)
    chaired = rules.norms.get(power.id.removesuffix(CHAIR_SUFFIX))
    if isinstance(chaired, Composition):
        changed[chaired.id] = replace(chaired, chair=by)
        return
    if not power.route:
        changed[power.id] = new
        return
    route = changed.get(power.route, rules.norms[power.route])
    assert isinstance(route, Route)
    steps = tuple(replace(s, power=new) if s.power.id == power.id else s for s in route.steps)
    changed[power.route] = replace(route, steps=steps)
