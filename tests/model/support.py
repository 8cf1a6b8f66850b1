"""Small rule sets for tests: as YAML texts with the place of a mistake marked, and as records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from model.citations import Citation
from model.competence import Competence
from model.errors import Diagnostic, SpecError
from model.loading import load
from model.norms import Bound, Cadence, Composition, Deontic, Norm, Power, Route, StandIn, Step
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet, Stage
from model.situation import Paper, Situation, make_cast
from model.vocabulary import (
    Act,
    Attribute,
    Body,
    Fact,
    Label,
    NamedSet,
    Office,
    Relation,
    Role,
    Title,
    Value,
    Vocabulary,
)

MARK = "⟦"
"""Stands in a text just before the value or key that is wrong."""

INSTRUMENT = "{id: demo, title: {zh: 规则, en: rules}, place: {zh: 市, en: city}, articles: 9}"
SECTIONS: dict[str, str] = {
    "readings": """
- {id: extent, zh: 范围, en: extent, at: "1", choices: [{id: narrow, zh: 窄, en: n}, {id: broad, zh: 宽, en: b}]}
""",
    "offices": """
- {id: mayor, zh: 市长, en: mayor}
- {id: vice_mayor, zh: 副市长, en: vice, holders: many, portfolio: true}
""",
    "bodies": "- {id: plenary, zh: 全体会议, en: plenary, kind: meeting}",
    "sets": "- {id: leaders, zh: 领导, en: leaders, is: mayor | vice_mayor}",
    "attributes": """
- {id: kind, zh: 文种, en: kind, values: [{id: notice, zh: 通知, en: n}, {id: meeting, zh: 会议, en: m}]}
- {id: body, zh: 会, en: body, values: [{id: none, zh: 无, en: none}]}
- {id: urgent, zh: 紧急, en: urgent, type: bool}
""",
    "relations": "- {id: partner, zh: 互补, en: partner, from: vice_mayor, to: vice_mayor, symmetric: true}",
    "acts": """
- {id: sign, zh: 签发, en: sign, decisive: true}
- {id: chair, zh: 主持, en: chair, decisive: true}
- {id: review, zh: 审核, en: review, scrutiny: true}
""",
    "norms": """
- {id: sign_all, form: power, at: "1", act: sign, by: mayor}
- id: path
  form: route
  at: "2"
  steps: [{id: look, act: review, by: vice_mayor}, {id: end_sign, act: sign, by: mayor}]
""",
}


def rules_text(instrument: str = INSTRUMENT, **more: str) -> str:
    """A correct rule set to which lines are added, section by section."""
    lines = [f"instrument: {instrument}"]
    for section in dict.fromkeys([*SECTIONS, *more]):
        lines.append(f"{section}:")
        added = [*SECTIONS.get(section, "").splitlines(), *more.get(section, "").splitlines()]
        lines += [f"  {line}" for line in added if line]
    return "\n".join(lines) + "\n"


def write(folder: Path, text: str | bytes, ledger: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    if ledger:
        (folder / "ledger.yaml").write_text(ledger, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the rule set; fails where nothing is."""
    with pytest.raises(SpecError) as caught:
        load(folder)
    assert caught.value.diagnostics
    return caught.value.diagnostics


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and line and column (from 1) of each mark."""
    places: list[tuple[int, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split(MARK)
        places += [(number, len("".join(parts[: i + 1])) + 1) for i in range(len(parts) - 1)]
    return text.replace(MARK, ""), places


# records


def label(name: str) -> Label:
    return Label(name, name)


def cite(article: int = 1) -> tuple[Citation, ...]:
    return (Citation("demo", article),)


def power(id: str, act: str, by: str, when: str = "true", delegation: str = "", **more: object) -> Power:
    more |= {"delegation": parse_set(delegation)} if delegation else {}
    return Power(id=id, citations=cite(), act=act, by=parse_set(by), when=parse_condition(when), **more)  # type: ignore[arg-type]


def stand_in(id: str, principals: str, by: str, states: str, when: str = "true", **more: object) -> StandIn:
    delegation = more.pop("delegation", None)
    return StandIn(
        id=id,
        citations=cite(),
        principals=parse_set(principals),
        by=parse_set(by),
        states=frozenset(states.split()),
        when=parse_condition(when),
        delegation=parse_set(str(delegation)) if delegation else None,
        **more,  # type: ignore[arg-type]
    )


def deontic(id: str, modality: str, act: str, by: str | None, unless: str = "false", **more: object) -> Deontic:
    actors = parse_set(by) if by else None
    return Deontic(
        id=id,
        citations=cite(),
        modality=modality,
        act=act,
        by=actors,
        unless=parse_condition(unless),
        **more,  # type: ignore[arg-type]
    )


def route(id: str, *steps: Step) -> Route:
    return Route(id=id, citations=cite(), steps=steps)


def step(route_id: str, id: str, act: str, by: str, after: tuple[str, ...] = (), when: str = "true") -> Step:
    return Step(id=id, power=power(f"{route_id}.{id}", act, by, when, route=route_id), after=after)


def bound(
    id: str, of: str, start: str, end: str, kind: str, amount: int, unit: str, expiry: str = "nothing_said"
) -> Bound:
    return Bound(
        id=id,
        citations=cite(),
        routes=(of,),
        start=start,
        end=end,
        ceiling=kind == "ceiling",
        amount=amount,
        unit=unit,
        expiry=expiry,
    )


def cadence(id: str, body: str, amount: int, unit: str = "calendar_day") -> Cadence:
    return Cadence(id=id, citations=cite(), body=body, amount=amount, unit=unit)


def composition(id: str, body: str, chair: str, delegation: str = "") -> Composition:
    given = parse_set(delegation) if delegation else None
    return Composition(id=id, citations=cite(), body=body, chair=parse_set(chair), chair_delegation=given)


OFFICES = {
    "mayor": Office("mayor", label("mayor")),
    "deputy": Office("deputy", label("deputy"), is_a=("vice",)),
    "vice": Office("vice", label("vice"), many=True, scope=2, portfolio=True),
    "secretary": Office("secretary", label("secretary")),
}
ACTS = {
    "sign": Act("sign", label("sign"), decisive=True, scrutiny=True),
    "chair": Act("chair", label("chair"), decisive=True),
    "review": Act("review", label("review"), scrutiny=True),
    "check": Act("check", label("check"), scrutiny=True),
    "publish": Act("publish", label("publish"), excludes=("keep",)),
    "keep": Act("keep", label("keep")),
}
BODIES = {b: Body(b, label(b), "meeting") for b in ("plenary", "standing")} | {
    "bureau": Body("bureau", label("b"), "unit")
}


def _enum(id: str, *values: str) -> Attribute:
    return Attribute(id, label(id), tuple(Value(v, label(v)) for v in values), values == ("false", "true"))


ATTRIBUTES = {
    "kind": _enum("kind", "notice", "letter", "meeting"),
    "body": _enum("body", "none", "plenary", "standing"),
    "urgent": _enum("urgent", "false", "true"),
}
RELATIONS = {"partner": Relation("partner", label("partner"), parse_set("vice"), parse_set("vice"), True, True)}
ROLES = {
    "applicant": Role(
        "applicant", label("applicant"), parse_set("mayor | vice"), parse_condition("kind = letter"), True
    )
}
SETS = {"leaders": NamedSet("leaders", label("leaders"), parse_set("mayor | vice"))}


def rule_set(*norms: Norm, facts: tuple[Fact, ...] = ()) -> RuleSet:
    """A mayor, two vice-mayors `vice_1`, `vice_2`, a deputy (a vice-mayor too) and a secretary, under these norms."""
    vocabulary = Vocabulary(OFFICES, BODIES, ATTRIBUTES, SETS, ROLES, RELATIONS, {}, ACTS)
    return RuleSet(Title("demo", label("demo"), label("here"), articles=9), vocabulary, facts, {n.id: n for n in norms})


def situation(
    rules: RuleSet,
    paper: Mapping[str, str] | None = None,
    touches: str = "",
    roles: Mapping[str, str] | None = None,
    partner: Mapping[str, str] | None = None,
    delegations: frozenset[tuple[str, str]] = frozenset(),
    readings: Mapping[str, str] | None = None,
    **states: str,
) -> Situation:
    """Everybody is present but those whose state is given, as in `mayor="illness"`."""
    return Situation(
        make_cast(rules),
        Paper(paper or {}, frozenset(touches.split()), roles or {}),
        states,
        {"partner": partner or {}},
        delegations,
        readings or {},
    )


def stage(rules: RuleSet, id: str) -> Stage:
    return next(s for s in rules.stages if s.id == id)


def hands(rules: RuleSet, at: Situation, id: str = "sign") -> list[str]:
    """Who may do the act of the stage, in order."""
    return [h.actor for h in Competence(rules, at).hands(stage(rules, id))]


def reasons(rules: RuleSet, at: Situation, id: str = "sign") -> list[tuple[str, str, str]]:
    """Principal, stand-in norm and reason of every obstacle of the stage."""
    return [(o.principal, o.stand_in, o.reason) for o in Competence(rules, at).obstacles(stage(rules, id))]
