"""Stand-ins: mutual, for fewer causes or acts, chained or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import absence
from model import expressions as ex
from model.norms import (
    EVERY_ACT,
    StandIn,
)
from model.revisions.editing import Revision, edited, operator, own, with_norm
from model.ruleset import RuleSet


@operator
def mutual_pair(rules: RuleSet) -> Iterator[Revision]:
    """Whoever stands in is stood in for by the one he stands in for, in the same norm's words."""
    for norm in own(rules, StandIn):
        if not any(n.name == ex.PRINCIPAL for n in norm.by.walk() if isinstance(n, ex.Name)):
            by: ex.ActorSet = ex.Union((norm.principals, norm.by))
            changed = replace(norm, principals=ex.Union((norm.principals, norm.by)), by=by, chain=True)
            zh, en = "改为互相代行", "they stand in for each other"
            yield edited("mutual_pair", rules, with_norm(rules, changed), (norm.id,), zh, en)


@operator
def drop_cause(rules: RuleSet) -> Iterator[Revision]:
    """A stand-in covers one cause of absence less, or, where it covers all, trips only."""
    for norm in own(rules, StandIn):
        causes = norm.causes[:-1] if len(norm.causes) > 1 else ("out_of_town",)
        if causes != norm.causes:
            changed = replace(norm, causes=causes, states=absence.states_of(causes))
            zh, en = "代行的缺席原因减少", "covers fewer causes of absence"
            yield edited("drop_cause", rules, with_norm(rules, changed), (norm.id,), zh, en)


@operator
def drop_act(rules: RuleSet) -> Iterator[Revision]:
    """A stand-in passes one act less; one that passes all no longer passes deciding acts."""
    for norm in own(rules, StandIn):
        if norm.acts == EVERY_ACT:
            acts = tuple(a.id for a in rules.vocabulary.acts.values() if not a.decisive)
        else:
            acts = norm.acts[:-1]
        if acts:
            changed = replace(norm, acts=acts)
            yield edited(
                "drop_act", rules, with_norm(rules, changed), (norm.id,), "代行的事项减少", "passes fewer acts"
            )


@operator
def toggle_chain(rules: RuleSet) -> Iterator[Revision]:
    """A stand-in also covers, or no longer covers, what the absent official did in somebody's stead."""
    for norm in own(rules, StandIn):
        zh, en = ("不再", "no longer covers") if norm.chain else ("也", "covers")
        said = f"{zh}及于其代行的事项", f"{en} what he does for others"
        yield edited("toggle_chain", rules, with_norm(rules, replace(norm, chain=not norm.chain)), (norm.id,), *said)
