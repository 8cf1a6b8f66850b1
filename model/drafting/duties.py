"""no-actor: duties that say what must be done and not by whom, where no power says it either.

A duty of the instrument that names nobody, of an act that does not decide, has no actor in a situation exactly when
it is in force there, its exception is not met, and no power over the act is in force that names somebody. Acts that
decide are asked about by the gap checks.
"""

from __future__ import annotations

from model import expressions as ex
from model.drafting.flaw import Flaw, Survey, first_places
from model.norms import Deontic
from model.ruleset import RuleSet

CHECK = "no-actor"


def survey(rules: RuleSet) -> Survey:
    """Duties of one place, under one exception and with the same powers over their acts, are one flaw.

    Weighty where the act is a look at the paper: then nobody has to take it.
    """
    own = [n for n in rules.own_norms() if isinstance(n, Deontic) and n.modality == "duty" and n.by is None]
    own = [n for n in own if not rules.is_decisive(n.act)]
    groups: dict[object, list[Deontic]] = {}
    for duty in own:
        place = duty.citation.article, duty.citation.paragraph
        groups.setdefault((place, duty.unless, _named(rules, duty)), []).append(duty)
    flaws = tuple(
        Flaw(
            CHECK,
            tuple(d.id for d in group),
            tuple(dict.fromkeys(d.act for d in group)),
            tuple(d.id for d in group),
            first_places(group),
            ex.TRUE if group[0].unless == ex.FALSE else ex.Not(group[0].unless),
            none_of=_named(rules, group[0]),
            weighty=any(rules.is_scrutiny(d.act) for d in group),
        )
        for group in groups.values()
    )
    return Survey(tuple(d.id for d in own), flaws)


def _named(rules: RuleSet, duty: Deontic) -> tuple[str, ...]:
    """The powers over the act of a duty."""
    return tuple(p.id for p in rules.powers.values() if p.act == duty.act)
