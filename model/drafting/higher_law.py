"""higher-law: what the instrument says and a law loaded beside it does not allow.

A norm of the instrument is at odds with a law in a situation exactly when both are in force there and

- `clash`: one demands or permits what the other forbids of one actor, or they are duties of exclusive acts (as for
  `contradiction`, between norms of different rank);
- `hands`: the law reserves an act to certain hands (`reserved`), and a power of the instrument gives it to others;
- `level`: the law gives the act to governments of certain levels only, and this instrument's is of another level;
- `members`, `chair`: the law says who makes up a statutory meeting and who convenes it (`assembly`), and the
  instrument's composition has others;
- `shorter`, `longer`: between the same two acts the law has a floor that the instrument's own undercuts, or a ceiling
  that the instrument's own exceeds (`period`).

What a law gives to hands that the rule set does not have, or says of a level it does not know, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from model import expressions as ex
from model import violations
from model.drafting.flaw import Flaw, Survey, first_places
from model.drafting.wording import offices_in, parts
from model.norms import Assembly, Bound, Composition, Deontic, Norm, Period, Power, Reserved
from model.ruleset import RuleSet

CHECK = "higher-law"
CLASH, HANDS, LEVEL, MEMBERS, CHAIR, SHORTER, LONGER = (
    "clash",
    "hands",
    "level",
    "members",
    "chair",
    "shorter",
    "longer",
)

_HOURS = {"hour": 1, "calendar_day": 24, "working_day": 24, "week": 168, "month": 720}


def survey(rules: RuleSet) -> Survey:
    """Pairs of a norm of the instrument and one of a law. Pairs of one place and kind are one flaw."""
    pairs = [*_reserved(rules), *_assemblies(rules), *_periods(rules), *_clashes(rules)]
    return Survey(tuple(f.subjects[0] for f in pairs), tuple(pairs))


def _pair(rules: RuleSet, kind: str, own: Norm, law: Norm, where: ex.Cond) -> Flaw:
    places = (*first_places([own]), law.citation)
    return Flaw(CHECK, (f"{own.id} / {law.id}",), (kind,), (own.id, law.id), places, where, jointly=True, weighty=True)


def _reserved(rules: RuleSet) -> Iterator[Flaw]:
    powers = [p for p in parts(rules) if isinstance(p, Power)]
    powers += [
        p
        for p in rules.powers.values()
        if p.act == "chair" and p.citation.instrument == rules.title.id and p not in powers
    ]
    for law in rules.of_form(Reserved):
        for power in (p for p in powers if p.act == law.act):
            if law.levels and rules.title.level and rules.title.level not in law.levels:
                yield _pair(rules, LEVEL, power, law, ex.TRUE)
            elif law.to is not None and offices_in(rules.vocabulary, power.by) and _known(rules, law.to):
                yield _pair(rules, HANDS, power, law, ex.Some(ex.Minus(power.by, law.to)))


def _assemblies(rules: RuleSet) -> Iterator[Flaw]:
    for law in rules.of_form(Assembly):
        if law.levels and rules.title.level not in law.levels:
            continue
        for own in (n for n in rules.own_norms() if isinstance(n, Composition)):
            if rules.vocabulary.bodies[own.body].statutory != law.meeting:
                continue
            for kind, mine, theirs in ((MEMBERS, own.members, law.members), (CHAIR, own.chair, law.chair)):
                if mine is not None and theirs is not None and _known(rules, theirs):
                    yield _pair(rules, kind, own, law, ex.Some(ex.Minus(mine, theirs)))


def _periods(rules: RuleSet) -> Iterator[Flaw]:
    for law in rules.of_form(Period):
        for own in (n for n in rules.own_norms() if isinstance(n, Bound)):
            if own.amount is None or own.ceiling != law.ceiling or not _between(rules, own, law):
                continue
            mine, theirs = own.amount * _HOURS[own.unit], law.amount * _HOURS[law.unit]
            if own.unit == law.unit or _HOURS[own.unit] != _HOURS[law.unit]:
                kind = LONGER if law.ceiling else SHORTER
                worse = mine > theirs if law.ceiling else mine < theirs
                yield _pair(rules, kind, own, law, ex.TRUE if worse else ex.FALSE)


def _between(rules: RuleSet, own: Bound, law: Period) -> bool:
    """Whether a bound runs between the acts the law speaks of, on some route."""
    for route in (rules.routes[r] for r in own.routes):
        acts = {s.id: s.power.act for s in route.steps}
        if acts.get(own.start) == law.from_act and acts.get(own.end) == law.to_act:
            return True
    return False


def _clashes(rules: RuleSet) -> Iterator[Flaw]:
    for demand, against in violations.clash_candidates(rules, ranks=True):
        if demand.by is None or against.by is None:
            continue
        own, law = (against, demand) if demand.citation.law else (demand, against)
        excused = [against.unless, *([demand.unless] if isinstance(demand, Deontic) else [])]
        both = ex.Some(ex.Both((demand.by, against.by)))
        where = ex.conjunction(both, *(ex.Not(e) for e in excused if e != ex.FALSE))
        yield _pair(rules, CLASH, own, law, where)


def _known(rules: RuleSet, hands: ex.ActorSet) -> bool:
    """Whether the rule set has an office of those the law names."""
    v = rules.vocabulary
    return any(not v.offices[o].abstract for o in offices_in(v, hands))
