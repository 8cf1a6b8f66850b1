"""open-bound: time bounds that leave open how long, from when, for whom, or what follows.

A time bound of the instrument lacks

- `length`, if it gives none (及时, 限时). A floor without a length only puts one event before another and is no
  lack, and neither is a bound beside another one between the same events that has a length or a consequence;
- `unit`, if another bound between the same events is in force under another choice of a reading, in other units;
- `direction`, likewise, where one is a floor and the other a ceiling;
- `start`, if the text does not say from which event it runs (`start_unsaid`);
- `bearer`, if it is a ceiling, names nobody, and the steps within it are of different hands, so that nobody answers
  for all;
- `consequence`, if it is a ceiling with a length and nothing is said of its expiry.

A bound without a length, or of unclear direction, has no other lack. A ceiling is weighty where the time it limits
holds a deciding act, or where it belongs to an urgency tier.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.citations import Citation
from model.deadlines import END, START, predecessors
from model.drafting.flaw import Flaw, Survey, first_places
from model.drafting.wording import attributes_in
from model.norms import Bound, Power, Route
from model.ruleset import URGENCY, RuleSet

CHECK = "open-bound"
LACKS = ("length", "unit", "direction", "start", "bearer", "consequence")


def survey(rules: RuleSet) -> Survey:
    """Bounds of one place that lack the same are one flaw; so are all without a length, and all of no weight whose
    only lack is the consequence."""
    own = [b for b in rules.own_norms() if isinstance(b, Bound)]
    groups: dict[object, list[Bound]] = {}
    for bound in own:
        lacks = lacking(rules, bound)
        if lacks:
            widespread = lacks == ("length",) or (lacks == ("consequence",) and not weighty(rules, bound))
            groups.setdefault((lacks, () if widespread else _place(bound.citation)), []).append(bound)
    flaws = tuple(
        Flaw(
            CHECK,
            tuple(b.id for b in group),
            lacking(rules, group[0]),
            tuple(b.id for b in group),
            first_places(group),
            weighty=any(weighty(rules, b) for b in group),
        )
        for group in groups.values()
    )
    return Survey(tuple(b.id for b in own), flaws)


def lacking(rules: RuleSet, bound: Bound) -> tuple[str, ...]:
    """What a bound leaves open, in the order of LACKS."""
    twins = [b for b in rules.bounds if b is not bound and _events(b) == _events(bound)]
    if bound.amount is None:
        said = bound.expiry != "nothing_said" or any(b.amount is not None or b.expiry != "nothing_said" for b in twins)
        return ("length",) if bound.ceiling and not said else ()
    rivals = [b for b in twins if b.amount is not None and _exclusive(b, bound)]
    found = {
        "unit": any(b.ceiling == bound.ceiling and b.unit != bound.unit for b in rivals),
        "direction": any(b.ceiling != bound.ceiling for b in rivals),
        "start": bound.start_unsaid,
        "bearer": bound.ceiling
        and bound.by is None
        and len({str(p.by) for p in within(rules, bound) if not p.may}) > 1,
        "consequence": bound.ceiling and bound.expiry == "nothing_said",
    }
    return ("direction",) if found["direction"] else tuple(lack for lack in LACKS if found.get(lack))


def weighty(rules: RuleSet, bound: Bound) -> bool:
    """Whether a ceiling limits a deciding act or an urgency tier."""
    if not bound.ceiling or bound.amount is None:
        return False
    decides = any(rules.is_decisive(p.act) for p in within(rules, bound))
    return decides or URGENCY in attributes_in(rules.vocabulary, bound.when)


def within(rules: RuleSet, bound: Bound) -> tuple[Power, ...]:
    """The steps that fall in the time of a bound: after its first event, up to and including its last."""
    found: dict[str, Power] = {}
    for route in (rules.routes[r] for r in bound.routes):
        before = _earlier(route)
        for step in route.steps:
            begun = bound.start == START or bound.start in before[step.id]
            if begun and (bound.end in (END, step.id) or step.id in before[bound.end]):
                found[step.power.id] = step.power
    return tuple(found.values())


def _earlier(route: Route) -> dict[str, frozenset[str]]:
    """By event, every event that must come before it."""
    direct = predecessors(route)
    found: dict[str, frozenset[str]] = {START: frozenset()}
    for event in [*(s.id for s in route.steps), END]:  # a step follows only steps above it
        found[event] = frozenset(direct[event]).union(*(found[e] for e in direct[event]))
    return found


def _events(bound: Bound) -> tuple[tuple[str, ...], str, str]:
    return bound.routes, bound.start, bound.end


def _exclusive(one: Bound, other: Bound) -> bool:
    """Whether they are in force under different choices of one reading, and rest on one place."""
    choices = dict(one.under)
    apart = any(choices.get(r, c) != c for r, c in other.under)
    return apart and _place(one.citation) == _place(other.citation) and one.when == other.when


def _place(cited: Citation) -> tuple[int, int]:
    return cited.article, cited.paragraph


def amounts(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """One bound for each place and phrase, for a reader who wants each period once."""
    kept: dict[object, Bound] = {}
    for bound in bounds:
        kept.setdefault((_place(bound.citation), bound.citation.quote), bound)
    return tuple(kept.values())
