"""When a norm applies, and how it binds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.norms import (
    Composition,
    Deontic,
    Precedence,
    Reference,
    Route,
)
from model.revisions.editing import Revision, edited, operator, own, powers, with_norm
from model.ruleset import RuleSet
from model.vocabulary import Strength


@operator
def widen_condition(rules: RuleSet) -> Iterator[Revision]:
    """A norm applies always; or a conjunction loses its last part."""
    for norm in (*rules.own_norms(), *(p for p in powers(rules) if p.route)):
        if norm.when != ex.TRUE and not isinstance(norm, (Route, Composition)):
            when = ex.conjunction(*norm.when.parts[:-1]) if isinstance(norm.when, ex.And) else ex.TRUE
            norms = with_norm(rules, replace(norm, when=when))
            yield edited("widen_condition", rules, norms, (norm.id,), "放宽适用条件", "its condition is widened")


@operator
def narrow_condition(rules: RuleSet) -> Iterator[Revision]:
    """A norm applies only where the first attribute that is no plain yes or no has its plainest value."""
    first = next((a for a in rules.vocabulary.attributes.values() if len(a.values) > 1), None)
    if first is None:
        return
    plain: ex.Cond = ex.Not(ex.Flag(first.id)) if first.boolean else ex.Is(first.id, (first.plainest,))
    value = first.values[0].label
    for norm in (*rules.own_norms(), *(p for p in powers(rules) if p.route)):
        if not isinstance(norm, (Route, Precedence, Reference)) and plain not in norm.when.walk():
            norms = with_norm(rules, replace(norm, when=ex.conjunction(norm.when, plain)))
            zh = f"只适用于{first.label.zh}：{value.zh}"
            yield edited("narrow_condition", rules, norms, (norm.id,), zh, f"only for {first.label.en}: {value.en}")


@operator
def change_strength(rules: RuleSet) -> Iterator[Revision]:
    """应当 becomes 原则上, and everything weaker strict."""
    for norm in rules.own_norms():
        if not isinstance(norm, (Route, Precedence, Reference)):
            weaker = norm.strength is Strength.STRICT
            strength = Strength.IN_PRINCIPLE if weaker else Strength.STRICT
            zh, en = ("改为“原则上”", "in principle only") if weaker else ("改为“应当”", "made strict")
            norms = with_norm(rules, replace(norm, strength=strength))
            yield edited("change_strength", rules, norms, (norm.id,), zh, en)


@operator
def change_modality(rules: RuleSet) -> Iterator[Revision]:
    """应当 becomes 不得, 不得 可以, 可以 应当; a power that shall be exercised may be, and the other way round."""
    turned = {"duty": "prohibition", "prohibition": "permission", "permission": "duty"}
    for norm in own(rules, Deontic):
        if norm.by is not None:
            norms = with_norm(rules, replace(norm, modality=turned[norm.modality]))
            zh = {"duty": "“应当”改为“不得”", "prohibition": "“不得”改为“可以”", "permission": "“可以”改为“应当”"}
            en = f"{norm.modality} becomes {turned[norm.modality]}"
            yield edited("change_modality", rules, norms, (norm.id,), zh[norm.modality], en)
    for power in powers(rules):
        zh, en = ("“可”改为“应当”", "may becomes shall") if power.may else ("“应当”改为“可”", "shall becomes may")
        yield edited("change_modality", rules, with_norm(rules, replace(power, may=not power.may)), (power.id,), zh, en)
