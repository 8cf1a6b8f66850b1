"""Chairs, prohibitions, exclusions, precedence and references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import expressions as ex
from model.norms import (
    CHAIR_SUFFIX,
    Composition,
    Deontic,
    Exclusion,
    Power,
    Precedence,
    Reference,
    Route,
)
from model.revisions.editing import Revision, edited, forgetting, gives_way_to_itself, operator, own, powers, with_norm
from model.ruleset import RuleSet


@operator
def drop_chair(rules: RuleSet) -> Iterator[Revision]:
    """A body loses who chairs it."""
    for norm in own(rules, Composition):
        if norm.chair is not None and (norm.members is not None or norm.attend is not None):
            norms = with_norm(rules, replace(norm, chair=None, chair_delegation=None))
            norms = {i: k for i, n in norms.items() if (k := forgetting(n, {norm.id + CHAIR_SUFFIX})) is not None}
            yield edited("drop_chair", rules, norms, (norm.id,), "未规定由谁主持", "nobody chairs it")


@operator
def add_clash(rules: RuleSet) -> Iterator[Revision]:
    """A prohibition is added against what a duty or a power wants, for the same actors and papers."""
    for norm in (*own(rules, Deontic), *powers(rules)):
        demands = isinstance(norm, Power) or norm.modality == "duty"
        ident = f"{norm.id.replace('.', '_')}_forbidden"
        if demands and norm.by is not None and ident not in rules.norms:
            clash = Deontic(
                id=ident, citations=norm.citations, strength=norm.strength, under=norm.under, when=norm.when,
                modality="prohibition", act=norm.act, by=norm.by, unless=ex.FALSE,
            )  # fmt: skip
            yield edited("add_clash", rules, {**rules.norms, ident: clash}, (norm.id,), "又加以禁止", "forbidden too")


@operator
def part_steps(rules: RuleSet) -> Iterator[Revision]:
    """Two steps in a row may no longer be done by one official."""
    for route in own(rules, Route):
        for one, two in zip(route.steps, route.steps[1:], strict=False):
            ident = f"{route.id}_{one.id}_{two.id}_parted"
            if ident not in rules.norms:
                parted = Exclusion(id=ident, citations=route.citations, route=route.id, steps=(one.id, two.id))
                zh, en = f"“{one.id}”“{two.id}”不得由一人办理", f"not one official for '{one.id}' and '{two.id}'"
                yield edited("part_steps", rules, {**rules.norms, ident: parted}, (route.id,), zh, en)


@operator
def turn_precedence(rules: RuleSet) -> Iterator[Revision]:
    """What prevailed gives way."""
    for norm in own(rules, Precedence):
        norms = with_norm(rules, replace(norm, prevails=norm.yields, yields=norm.prevails))
        if gives_way_to_itself(replace(rules, norms=norms)):
            continue
        yield edited("turn_precedence", rules, norms, (norm.id,), "优先关系颠倒", "the other prevails")


@operator
def break_reference(rules: RuleSet) -> Iterator[Revision]:
    """A reference names an article that the rules do not have."""
    for norm in own(rules, Reference):
        if norm.article:
            article = norm.article + max(rules.title.articles, 1)
            said = f"所引条号改为第{article}条", f"cites article {article}"
            yield edited("break_reference", rules, with_norm(rules, replace(norm, article=article)), (norm.id,), *said)
