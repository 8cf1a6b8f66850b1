"""Which situations can occur: background facts, strict exclusions, well-formed relations and roles."""

from __future__ import annotations

from collections.abc import Iterator

from model import absence
from model.evaluation import Context
from model.norms import Exclusion
from model.ruleset import RuleSet
from model.situation import Situation
from model.vocabulary import Relation, Role, Strength


def reachable(rules: RuleSet, situation: Situation) -> bool:
    """Whether the situation can occur. Exclusions that bind only in principle do not rule it out."""
    at = Context(rules, situation)
    return (
        all(at.holds(f.condition) for f in rules.facts)
        and all(_relation_ok(at, r) for r in rules.vocabulary.relations.values())
        and all(_role_ok(at, r) for r in rules.vocabulary.roles.values())
        and not any(e.strength is Strength.STRICT for e, _, _ in breaches(at))
        and _delegations_ok(at)
    )


def breaches(at: Context) -> Iterator[tuple[Exclusion, str, str]]:
    """Exclusions broken by absences, with the two officials. Absences nobody chose break none."""
    s = at.situation
    for norm in at.rules.absence_exclusions:
        assert norm.between is not None and norm.other is not None
        if not at.in_force(norm):
            continue
        for one in sorted(at.members(norm.between)):
            for two in sorted(at.members(norm.other, one) - {one}):
                states = (absence.STATES[s.state(one)], absence.STATES[s.state(two)])
                excused = at.holds(norm.unless, one)
                if not s.present(one) and not s.present(two) and any(x.chosen for x in states) and not excused:
                    yield norm, one, two


def departures(rules: RuleSet, situation: Situation) -> tuple[str, ...]:
    """Ids of the exclusions, binding only in principle, that the situation departs from."""
    return tuple(dict.fromkeys(e.id for e, _, _ in breaches(Context(rules, situation))))


def _relation_ok(at: Context, relation: Relation) -> bool:
    images = at.situation.relations.get(relation.id, {})
    source, target = at.members(relation.source), at.members(relation.target)
    if any(x not in source or y not in target or x == y for x, y in images.items()):
        return False
    if relation.symmetric and any(images.get(y) != x for x, y in images.items()):
        return False
    if not relation.total:
        return True
    alone = [x for x in source if x not in images]
    if relation.symmetric:
        return len(alone) <= len(source) % 2
    return not any(target - {x} for x in alone)


def _role_ok(at: Context, role: Role) -> bool:
    holder = at.situation.paper.roles.get(role.id)
    among = at.members(role.among)
    if at.holds(role.papers) and among:
        return holder in among
    return holder is None


def delegable(rules: RuleSet, situation: Situation) -> tuple[tuple[str, str], ...]:
    """Every delegation that can be given here, in order of the norms and of rank: under stand-in norms that ask for
    one, for absent officials they name; and authorisations by whoever they name that can give them."""
    at = Context(rules, situation)
    found: list[tuple[str, str]] = []
    for norm in rules.stand_ins:
        if norm.delegation is not None:
            principals = at.members(norm.principals)
            found += [(norm.id, o) for o in situation.absent if o in principals]
    for power in rules.authorisable:
        assert power.delegation is not None
        givers = at.members(power.delegation)
        able = (o for o in situation.cast.ids if absence.STATES[situation.state(o)].can_delegate)
        found += [(power.id, o) for o in able if o in givers]
    return tuple(found)


def _delegations_ok(at: Context) -> bool:
    return not at.situation.delegations or at.situation.delegations <= {*delegable(at.rules, at.situation)}
