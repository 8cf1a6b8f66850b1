"""Other offices, fewer of them, or all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.norms import (
    Deontic,
    Exclusion,
    StandIn,
)
from model.revisions.editing import (
    Revision,
    edited,
    name_of,
    next_office,
    offices,
    operator,
    own,
    powers,
    renamed,
    with_norm,
)
from model.ruleset import RuleSet


@operator
def swap_office(rules: RuleSet) -> Iterator[Revision]:
    """A power goes to the next office instead."""
    for power in powers(rules):
        for office in offices(rules, power.by):
            other = next_office(rules, office)
            if other != office:
                norms = with_norm(rules, replace(power, by=renamed(power.by, office, other)))
                (zh, en), (zh2, en2) = name_of(rules, office), name_of(rules, other)
                said = f"“{zh}”改为“{zh2}”", f"'{en}' becomes '{en2}'"
                yield edited("swap_office", rules, norms, (power.id,), *said)


@operator
def rename_in_one_place(rules: RuleSet) -> Iterator[Revision]:
    """A stand-in, duty, prohibition, permission or exclusion names the next office where it named one."""
    for norm in rules.own_norms():
        for key in {StandIn: ("principals", "by"), Deontic: ("by",), Exclusion: ("between", "other")}.get(
            type(norm), ()
        ):
            actors = getattr(norm, key)
            for office in offices(rules, actors) if actors is not None else ():
                other = next_office(rules, office)
                if other != office:
                    norms = with_norm(rules, replace(norm, **{key: renamed(actors, office, other)}))
                    (zh, en), (zh2, en2) = name_of(rules, office), name_of(rules, other)
                    said = f"一处“{zh}”写成“{zh2}”", f"'{en}' is written '{en2}' in one place"
                    yield edited("rename_in_one_place", rules, norms, (norm.id,), *said)


@operator
def drop_alternative(rules: RuleSet) -> Iterator[Revision]:
    """Of several who may act, or stand in, the last is left out."""
    for norm in (*powers(rules), *own(rules, StandIn)):
        if isinstance(norm.by, ex.Union):
            rest = norm.by.parts[:-1]
            by = rest[0] if len(rest) == 1 else ex.Union(rest)
            norms = with_norm(rules, replace(norm, by=by))
            zh, en = f"“{norm.by}”只余“{by}”", f"'{norm.by}' is left with '{by}'"
            yield edited("drop_alternative", rules, norms, (norm.id,), zh, en)


@operator
def toggle_joint(rules: RuleSet) -> Iterator[Revision]:
    """Whoever of several was enough, all are wanted; and the other way round."""
    for power in powers(rules):
        zh, en = ("一人即可", "one suffices") if power.joint else ("须共同办理", "all must act")
        norms = with_norm(rules, replace(power, joint=not power.joint))
        yield edited("toggle_joint", rules, norms, (power.id,), zh, en)
