"""Rule sets sketched in Python: short-hand for the records, and a `RuleSet` of them in any order.

For tests, benches and generated rule sets, where a file would be in the way. Names stand for themselves in both
languages; expressions are given as text.
"""

from __future__ import annotations

from collections.abc import Iterable

from model import absence
from model.citations import Citation
from model.norms import Bound, Composition, Deontic, Exclusion, Norm, Power, Route, StandIn, Step
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet
from model.vocabulary import (
    Act,
    Attribute,
    Body,
    Fact,
    Label,
    NamedSet,
    Office,
    ReadingSpec,
    Relation,
    Role,
    Title,
    Value,
    Vocabulary,
)

INSTRUMENT = "t"
TITLE = Title(INSTRUMENT, Label("规则", "rules"), Label("某市", "somewhere"))


def label(text: str) -> Label:
    return Label(text, text)


def cite(article: int) -> tuple[Citation, ...]:
    return (Citation(INSTRUMENT, article),)


def values(*names: str) -> tuple[Value, ...]:
    return tuple(Value(n, label(n)) for n in names)


def flag(name: str) -> Attribute:
    return Attribute(name, label(name), values("false", "true"), True)


def attribute(name: str, *domain: str) -> Attribute:
    return Attribute(name, label(name), values(*domain))


def office(name: str, holders: int = 1, portfolio: bool = False, is_a: tuple[str, ...] = ()) -> Office:
    return Office(name, label(name), holders > 1, holders, is_a, portfolio)


def act(name: str, decisive: bool = False, scrutiny: bool = False, excludes: tuple[str, ...] = ()) -> Act:
    return Act(name, label(name), decisive, scrutiny, excludes)


def named_set(name: str, members: str) -> NamedSet:
    return NamedSet(name, label(name), parse_set(members))


def role(name: str, among: str, papers: str = "true", requester: bool = False) -> Role:
    return Role(name, label(name), parse_set(among), parse_condition(papers), requester)


def relation(name: str, source: str, target: str, symmetric: bool = False, total: bool = False) -> Relation:
    return Relation(name, label(name), parse_set(source), parse_set(target), symmetric, total)


def reading(name: str, *choices: str) -> ReadingSpec:
    return ReadingSpec(name, label(name), values(*choices), Citation(INSTRUMENT, 90))


def meeting(name: str) -> Body:
    return Body(name, label(name), "meeting")


def fact(name: str, condition: str) -> Fact:
    return Fact(name, label(name), parse_condition(condition))


ACTS = (
    act("sign", True, True),
    act("approve", True, True),
    act("review", False, True),
    act("forward", False, True),
    act("chair", True),
    act("publish", excludes=("withhold",)),
    act("withhold"),
)


def power(name: str, article: int, does: str, by: str, when: str = "true", **more: object) -> Power:
    fields = {"act": does, "by": parse_set(by), "when": parse_condition(when), **more}
    return Power(id=name, citations=cite(article), **fields)  # type: ignore[arg-type]


def deontic(
    name: str,
    article: int,
    modality: str,
    does: str,
    by: str = "",
    when: str = "true",
    unless: str = "false",
    **more: object,
) -> Deontic:
    fields = {
        "modality": modality,
        "act": does,
        "by": parse_set(by) if by else None,
        "when": parse_condition(when),
        "unless": parse_condition(unless),
        **more,
    }
    return Deontic(id=name, citations=cite(article), **fields)  # type: ignore[arg-type]


def stand_in(
    name: str,
    article: int,
    principals: str,
    by: str,
    causes: Iterable[str] = ("any",),
    delegation: str = "",
    when: str = "true",
    **more: object,
) -> StandIn:
    fields = {
        "principals": parse_set(principals),
        "by": parse_set(by),
        "causes": tuple(causes),
        "states": absence.states_of(causes),
        "delegation": parse_set(delegation) if delegation else None,
        "when": parse_condition(when),
        **more,
    }
    return StandIn(id=name, citations=cite(article), **fields)  # type: ignore[arg-type]


def exclusion(name: str, article: int, between: str, other: str, when: str = "true", **more: object) -> Exclusion:
    fields = {"between": parse_set(between), "other": parse_set(other), "when": parse_condition(when), **more}
    return Exclusion(id=name, citations=cite(article), **fields)  # type: ignore[arg-type]


def composition(name: str, article: int, body: str, chair: str, delegation: str = "") -> Composition:
    given = parse_set(delegation) if delegation else None
    return Composition(id=name, citations=cite(article), body=body, chair=parse_set(chair), chair_delegation=given)


def route(name: str, article: int, *steps: tuple[str, str, str], when: str = "true", may: str = "") -> Route:
    """Steps as (id, act, by), one after the other; `may` names a step that may be left out."""
    built: list[Step] = []
    for one, does, by in steps:
        after = (built[-1].id,) if built else ()
        does_it = power(f"{name}.{one}", article, does, by, when, route=name, may=one == may)
        built.append(Step(id=one, power=does_it, after=after))
    return Route(id=name, citations=cite(article), when=parse_condition(when), steps=tuple(built))


def bound(name: str, article: int, on: str, ends: tuple[str, str], kind: str, amount: int, unit: str, **more: object):
    start, end = ends
    return Bound(
        id=name,
        citations=cite(article),
        routes=(on,),
        start=start,
        end=end,
        ceiling=kind == "ceiling",
        amount=amount,
        unit=unit,
        **more,  # type: ignore[arg-type]
    )


def ruleset(*parts: object) -> RuleSet:
    """A rule set of vocabulary records, facts and norms in any order; the usual acts are there."""
    tables: dict[type, dict[str, object]] = {}
    norms: dict[str, Norm] = {}
    facts: list[Fact] = []
    for part in (*ACTS, *parts):
        if isinstance(part, Norm):
            norms[part.id] = part
        elif isinstance(part, Fact):
            facts.append(part)
        else:
            tables.setdefault(type(part), {})[part.id] = part  # type: ignore[attr-defined]
    names = {Office: "offices", Body: "bodies", Attribute: "attributes", NamedSet: "sets", Role: "roles"}
    names |= {Relation: "relations", Act: "acts", ReadingSpec: "readings"}
    vocabulary = Vocabulary(**{field: tables.get(kind, {}) for kind, field in names.items()})  # type: ignore[arg-type]
    return RuleSet(TITLE, vocabulary, tuple(facts), norms)
