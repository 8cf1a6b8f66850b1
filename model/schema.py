"""The shape of spec files: what keys there are and what type each value has (pydantic).

Names and expressions are plain strings here; `model.loading` resolves them. The JSON Schema that
editors use is exported from these classes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Place = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2}(\([0-9]{1,2}\))?)?$")]


def _word(value: Any) -> Any:
    """An unquoted true or false in YAML is the condition of that name."""
    return str(value).lower() if isinstance(value, bool) else value


Condition = Annotated[str, BeforeValidator(_word)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Names(Shape):
    zh: Text
    en: Text


class Named(Names):
    id: Ident


LevelName = Literal["province", "city", "county", "township"]
StatutoryName = Literal["plenary", "standing"]


class InstrumentShape(Shape):
    id: Ident
    title: Names
    place: Names
    number: str = ""
    date: str = ""
    articles: Annotated[int, Field(ge=0, lt=200)]
    uses: list[Ident] = []
    level: LevelName | Literal[""] = ""
    unnumbered: list[Place] = []


class Cited(Shape):
    at: Place
    quote: str = ""


class MaybeCited(Named):
    at: Place | None = None
    quote: str = ""
    law: str = ""
    also: list[Cited] = []


class ReadingShape(MaybeCited):
    choices: Annotated[list[Named], Field(min_length=2)]


class AliasShape(Shape):
    zh: Text
    at: Place | None = None
    quote: str = ""


class OfficeShape(MaybeCited):
    aliases: list[str | AliasShape] = []
    seen: Cited | None = None
    holders: Literal["one", "many", "none"] = "one"
    scope: Annotated[int, Field(ge=0, le=50)] = 2
    is_a: list[str] = []
    portfolio: bool = False


class BodyShape(MaybeCited):
    aliases: list[str | AliasShape] = []
    seen: Cited | None = None
    kind: Literal["meeting", "unit", "external"]
    statutory: StatutoryName | Literal[""] = ""


class SetShape(MaybeCited):
    is_: Annotated[str, Field(alias="is")]


class AttributeShape(MaybeCited):
    values: list[Named] = []
    type: Literal["bool", "enum"] = "enum"
    open: bool = False


class ClassShape(MaybeCited):
    pass


class RoleShape(MaybeCited):
    among: str
    for_: Annotated[str, Field(alias="for")] = "true"
    requester: bool = False


class RelationShape(MaybeCited):
    from_: Annotated[str, Field(alias="from")]
    to: str
    symmetric: bool = False
    total: bool = False


class TermShape(MaybeCited):
    is_: Annotated[str, Field(alias="is")]


class ActShape(MaybeCited):
    decisive: bool = False
    scrutiny: bool = False
    excludes: list[str] = []


class FactShape(MaybeCited):
    holds: Condition
    assumption: bool = False


StrengthName = Literal["strict", "default", "in_principle", "discretionary"]


class NormShape(Shape):
    id: Ident
    at: Place
    quote: str = ""
    law: str = ""
    also: list[Cited] = []
    strength: StrengthName = "strict"
    under: dict[str, str] = {}
    when: Condition = "true"
    zh: str = ""
    en: str = ""
    note: str = ""


class PowerShape(NormShape):
    form: Literal["power"]
    act: str
    by: str
    mode: Literal["any", "joint"] = "any"
    modality: Literal["shall", "may"] = "shall"
    delegation: str | None = None
    residual_to: list[str] = []


class DeonticShape(NormShape):
    form: Literal["duty", "prohibition", "permission"]
    act: str
    by: str | None = None
    unless: Condition = "false"


class StepShape(Shape):
    id: Ident
    act: str
    by: str
    at: Place | None = None
    quote: str = ""
    also: list[Cited] = []
    when: Condition = "true"
    mode: Literal["any", "joint"] = "any"
    modality: Literal["shall", "may"] = "shall"
    delegation: str | None = None
    strength: StrengthName | None = None
    under: dict[str, str] = {}
    after: list[str] | None = None
    back_to: str = ""
    zh: str = ""
    en: str = ""


class RouteShape(NormShape):
    form: Literal["route"]
    steps: Annotated[list[StepShape], Field(min_length=1)]
    residual_to: list[str] = []


class StandInShape(NormShape):
    form: Literal["stand_in"]
    for_: Annotated[str, Field(alias="for")]
    by: str
    causes: Annotated[list[str], Field(min_length=1)]
    acts: Literal["all"] | list[str]
    delegation: str | None = None
    order: Literal["any", "rank"] = "any"
    chain: bool = False


class ExclusionShape(NormShape):
    form: Literal["exclusion"]
    between: str | None = None
    and_: Annotated[str | None, Field(alias="and")] = None
    route: str = ""
    steps: list[str] = []
    unless: Condition = "false"


UnitName = Literal["working_day", "calendar_day", "hour", "week", "month"]
Amount = Annotated[int, Field(ge=0, le=10_000)]


class BoundShape(NormShape):
    form: Literal["bound"]
    route: str = ""
    routes: list[str] = []
    from_: Annotated[str, Field(alias="from")]
    to: str
    kind: Literal["ceiling", "floor"]
    amount: Amount | None = None
    unit: UnitName | None = None
    by: str | None = None
    expiry: Literal["nothing_said", "deemed_consent", "reminder", "escalation", "overdue"] = "nothing_said"
    start_unsaid: bool = False


class CadenceShape(NormShape):
    form: Literal["cadence"]
    body: str = ""
    route: str = ""
    step: str = ""
    amount: Amount = 0
    unit: UnitName = "calendar_day"
    day: Annotated[int, Field(ge=0, le=31)] = 0


class CompositionShape(NormShape):
    form: Literal["composition"]
    body: str
    members: str | None = None
    chair: str | None = None
    chair_delegation: str | None = None
    attend: str | None = None
    invited: str | None = None
    quorum: Literal["", "half", "more_than_half", "two_thirds", "all"] = ""
    decides: Literal["", "majority", "two_thirds", "consensus", "chair"] = ""


class ReservedShape(NormShape):
    form: Literal["reserved"]
    act: str
    to: str | None = None
    levels: list[LevelName] = []


class AssemblyShape(NormShape):
    form: Literal["assembly"]
    meeting: StatutoryName
    members: str | None = None
    chair: str | None = None
    levels: list[LevelName] = []


class PeriodShape(NormShape):
    form: Literal["period"]
    from_act: str
    to_act: str
    kind: Literal["ceiling", "floor"]
    amount: Amount
    unit: UnitName


class PrecedenceShape(NormShape):
    form: Literal["precedence"]
    prevails: Annotated[list[str], Field(min_length=1)]
    yields: Annotated[list[str], Field(min_length=1)]


class ReferenceShape(NormShape):
    form: Literal["reference"]
    kind: Literal["cites", "adopts", "repeals", "effective"]
    target: Text
    article: Annotated[int, Field(ge=0)] = 0


NormUnion = Annotated[
    PowerShape
    | DeonticShape
    | RouteShape
    | StandInShape
    | ExclusionShape
    | BoundShape
    | CadenceShape
    | CompositionShape
    | ReservedShape
    | AssemblyShape
    | PeriodShape
    | PrecedenceShape
    | ReferenceShape,
    Field(discriminator="form"),
]


class RulesShape(Shape):
    """The file `rules.yaml`."""

    instrument: InstrumentShape
    titles: list[Text] = []
    readings: list[ReadingShape] = []
    offices: list[OfficeShape] = []
    bodies: list[BodyShape] = []
    sets: list[SetShape] = []
    attributes: list[AttributeShape] = []
    classes: list[ClassShape] = []
    roles: list[RoleShape] = []
    relations: list[RelationShape] = []
    terms: list[TermShape] = []
    acts: list[ActShape] = []
    facts: list[FactShape] = []
    norms: list[NormUnion] = []


class LedgerEntryShape(Shape):
    at: Place
    quote: Text
    reason: str
    note: str = ""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `rules.yaml`, for editors that complete and check YAML."""
    return RulesShape.model_json_schema(by_alias=True)
