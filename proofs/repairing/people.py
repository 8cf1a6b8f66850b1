"""Who might act instead: sets of actors that could stand in, those first that the instrument itself turns to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from model import expressions as ex
from model.citations import Citation
from model.norms import EVERY_ACT, Power, StandIn
from model.ruleset import RuleSet
from model.situation import Cast
from model.vocabulary import Label, Office
from proofs.repairing.repair import FEW_ACTS

PRINCIPAL = ex.Name(ex.PRINCIPAL)


@dataclass(frozen=True)
class Somebody:
    """A set of actors, over the principal where somebody stands in; `pattern` is lower the more the instrument
    itself turns to them. `offices` are posts that the rule set does not have yet."""

    actors: ex.ActorSet
    pattern: int
    offices: tuple[Office, ...] = ()
    by_rank: bool = False


def stand_ins(rules: RuleSet, cast: Cast, office: str, near: Iterable[StandIn], acts: Iterable[str]) -> list[Somebody]:
    """Who could stand in for the holders of an office, in order: whoever the nearest clause names, another clause
    for the same office, the other of a pair; a post for those who run a unit in its head's absence; another
    holder of the office by rank; the office next to it in rank."""
    found: dict[str, Somebody] = {}

    def offer(somebody: Somebody) -> None:
        found.setdefault(str(somebody.actors), somebody)

    for norm in near:
        offer(Somebody(norm.by, 0, by_rank=norm.by_rank))
    for norm in rules.stand_ins:
        if any(names(rules, norm.principals, o) for o in cast[_one(cast, office)].offices):
            offer(Somebody(norm.by, 1, by_rank=norm.by_rank))
    for relation in rules.vocabulary.relations.values():
        used = any(str(ex.Image(relation.id, PRINCIPAL)) in str(n.by) for n in rules.stand_ins)
        if used and names(rules, relation.source, office):
            offer(Somebody(ex.Image(relation.id, PRINCIPAL), 2))
    record = rules.vocabulary.offices[office]
    if record.many and not record.portfolio:
        offer(acting(rules, office, 3))
    elif record.many:
        offer(Somebody(ex.Minus(ex.Name(office), PRINCIPAL), 4, by_rank=True))
    doing = _doing(rules, acts)
    for distance, other in enumerate(o for o in _beside(rules, office) if o in doing):
        offer(Somebody(ex.Name(other), 5 + distance))
    if not record.many:
        offer(acting(rules, office, 9))
    return sorted(found.values(), key=lambda s: s.pattern)


def deciders(rules: RuleSet, act: str) -> list[Somebody]:
    """Who could be named for an act on papers nobody is named for: whom most powers over the act name, those of
    other deciding acts, the first in rank."""
    count: Counter[str] = Counter()
    nodes: dict[str, ex.ActorSet] = {}
    for power in rules.powers.values():
        if (power.act == act or rules.is_decisive(power.act)) and not power.may and _plain(rules, power):
            count[str(power.by)] += 5 if power.act == act else 1
            nodes[str(power.by)] = power.by
    first = next(iter(rules.vocabulary.offices), None)
    if first:
        nodes.setdefault(first, ex.Name(first))
        count[first] += 1
    return [Somebody(nodes[text], i) for i, (text, _) in enumerate(count.most_common(5))]


def acting(rules: RuleSet, office: str, pattern: int) -> Somebody:
    """Whoever runs a unit in its head's absence: a post the rule set does not have."""
    label = rules.vocabulary.offices[office].label
    ident = f"{office}_acting"
    made = Office(ident, Label(f"受托代{label.zh}主持工作的负责人", f"person entrusted to act for the {label.en}"))
    return Somebody(ex.Name(ident), pattern, (made,) if ident not in rules.vocabulary.offices else ())


def _plain(rules: RuleSet, power: Power) -> bool:
    """Whether a power names one office, or whoever is in charge, so that it can be said of other papers."""
    by = power.by
    while isinstance(by, ex.Name) and by.name in rules.vocabulary.sets:
        by = rules.vocabulary.sets[by.name].members
    if isinstance(by, ex.Image):
        return by.function == "in_charge" and not power.joint
    return isinstance(by, ex.Name) and by.name in rules.vocabulary.offices and not power.joint


def _one(cast: Cast, office: str) -> str:
    return next(o.id for o in cast.officials if o.office == office)


def names(rules: RuleSet, actors: ex.ActorSet, office: str) -> bool:
    """Whether an expression names an office, directly or by a set."""
    for node in actors.walk():
        if isinstance(node, ex.Name):
            if node.name == office:
                return True
            if node.name in rules.vocabulary.sets and names(rules, rules.vocabulary.sets[node.name].members, office):
                return True
    return False


def _doing(rules: RuleSet, acts: Iterable[str]) -> frozenset[str]:
    """Offices that some power names for one of the acts."""
    wanted = set(acts)
    some = {
        o for p in rules.powers.values() if p.act in wanted for o in rules.vocabulary.offices if names(rules, p.by, o)
    }
    return frozenset(some)


def _beside(rules: RuleSet, office: str) -> Iterator[str]:
    """The offices by nearness in rank: of two as near the one below first; heads of units stand in for no others."""
    order = list(rules.vocabulary.offices)
    place = order.index(office)
    for other in sorted(order, key=lambda o: (abs(order.index(o) - place), order.index(o) < place)):
        record = rules.vocabulary.offices[other]
        if other != office and (record.portfolio or not record.many):
            yield other


def every_act(acts: Iterable[str]) -> tuple[str, ...]:
    """The acts of a clause: of more than three, all of them, as instruments say it (代行职责)."""
    listed = tuple(dict.fromkeys(acts))
    return EVERY_ACT if len(listed) > FEW_ACTS else listed


def set_up(rules: RuleSet, offices: Iterable[Office], clause: Citation) -> tuple[Office, ...]:
    """New posts, constituted by the clause that speaks of them, if the rule set says what constitutes posts."""
    told = any(o.citation is not None for o in (*rules.vocabulary.offices.values(), *rules.vocabulary.bodies.values()))
    return tuple(replace(o, citation=place_of(clause) if told else None) for o in offices)


def place_of(citation: Citation) -> Citation:
    """The place without the phrase, which a new clause does not have."""
    return Citation(citation.instrument, citation.article, citation.paragraph, citation.item, "", citation.law)
