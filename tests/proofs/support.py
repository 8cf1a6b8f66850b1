"""Small rule sets by hand, and what the tests ask of them by plain enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product

from model import absence
from model.citations import Citation
from model.competence import Competence
from model.norms import (
    Bound,
    Composition,
    Deontic,
    Exclusion,
    Norm,
    Power,
    Precedence,
    Route,
    StandIn,
    Step,
)
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet, Stage
from model.situation import Cast, Situation
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
    Strength,
    Title,
    Value,
    Vocabulary,
)
from proofs import decode
from proofs.encoding import Encoding, Key

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


# enumeration


def breadth(rules: RuleSet, cast: Cast, states: Sequence[str]) -> int:
    """An upper bound of how many candidates `enumeration.situations` looks at."""
    v, people = rules.vocabulary, len(cast.ids)
    portfolios = sum(any(v.offices[x].portfolio for x in o.offices) for o in cast.officials)
    size = (len(states) + 1) ** people * 2**portfolios * (people + 1) ** (people * len(v.relations))
    for domain in (*v.attributes.values(), *v.readings.values()):
        size *= len(domain.domain)
    delegated = sum(n.delegation is not None for n in rules.stand_ins)
    givers = sum(len(cast.holding(str(p.delegation))) for p in rules.authorisable)
    return size * (people + 1) ** len(v.roles) * 2 ** (delegated * people + givers)


def named_seats(competence: Competence, stage: Stage) -> tuple[tuple[str, bool], ...]:
    """What the powers in force name, as a region of the audit tells it."""
    return tuple(sorted({(str(p.by), p.joint) for p in competence.powers_in_force(stage)}))


def images(encoding: Encoding, at: Situation) -> Iterator[dict[Key, str]]:
    """The variables of the situation under every exchange of officials who hold the same office."""
    offices: dict[str, list[str]] = {}
    for official in encoding.cast.officials:
        offices.setdefault(official.office, []).append(official.id)
    plain = decode.variables_of(encoding, at)
    for orders in product(*(permutations(ids) for ids in offices.values())):
        moved: dict[str, str] = {}
        for ids, order in zip(offices.values(), orders, strict=True):
            moved.update(zip(ids, order, strict=True))
        yield {(key[0], *(moved.get(k, k) for k in key[1:])): moved.get(value, value) for key, value in plain.items()}


# restriction


def restricted(rules: RuleSet, kept: Iterable[str]) -> RuleSet:
    """The rule set with only these norms (steps of routes and chairs of bodies by their own ids)."""
    keep = set(kept)

    def superiors(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in keep)

    norms: dict[str, Norm] = {}
    for norm in rules.norms.values():
        if isinstance(norm, Route):
            steps = tuple(
                replace(s, power=replace(s.power, residual_to=superiors(s.power.residual_to)))
                for s in norm.steps
                if s.power.id in keep
            )
            if steps or norm.id in keep:
                norms[norm.id] = replace(norm, steps=steps, residual_to=superiors(norm.residual_to))
        elif isinstance(norm, Composition):
            if norm.id + ".chair" in keep:
                norms[norm.id] = norm
        elif isinstance(norm, Precedence):
            norms[norm.id] = replace(norm, prevails=superiors(norm.prevails), yields=superiors(norm.yields))
        elif norm.id in keep:
            changed = isinstance(norm, Power)
            norms[norm.id] = replace(norm, residual_to=superiors(norm.residual_to)) if changed else norm  # type: ignore[attr-defined]
    return replace(rules, norms=norms)


def restricted_stage(rules: RuleSet, stage: Stage) -> Stage:
    """The stage with the powers that the restricted rule set still has."""
    return Stage(stage.id, stage.act, tuple(rules.powers[p.id] for p in stage.powers if p.id in rules.powers))


IN_PRINCIPLE = Strength.IN_PRINCIPLE
