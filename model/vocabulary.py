"""What a rule set talks about: offices, bodies, attributes of papers, roles, relations, acts, readings.

All records are frozen; names in messages come from `Label`, ids are English.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from model.citations import Citation
from model.expressions import ActorSet, Cond


@dataclass(frozen=True)
class Label:
    """How a thing is called to a drafter, in both languages."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()

    def get(self, lang: str) -> str:
        """The name in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Strength(IntEnum):
    """How strongly a norm binds; higher binds more. 必须/应当/不得; 一般; 原则上; 可/必要时."""

    DISCRETIONARY = 0
    IN_PRINCIPLE = 1
    DEFAULT = 2
    STRICT = 3


@dataclass(frozen=True)
class Alias:
    """Another name of an office or body, with a place where the text uses it if one is known."""

    zh: str
    citation: Citation | None = None


@dataclass(frozen=True)
class Office:
    """A post 职务. `scope` is how many officials of it a cast holds unless asked otherwise.

    `citation`: where it is constituted; `seen`: where it is only mentioned. Nobody holds an `abstract` office as such,
    only others that are one of it.
    """

    id: str
    label: Label
    many: bool = False
    scope: int = 1
    is_a: tuple[str, ...] = ()
    portfolio: bool = False
    citation: Citation | None = None
    aliases: tuple[Alias, ...] = ()
    seen: Citation | None = None
    abstract: bool = False


@dataclass(frozen=True)
class Body:
    """A meeting, an organ acting as such (`unit`), or an authority outside the government (`external`).

    `statutory`: which of the two meetings of the organic law it is, `plenary` or `standing`, if any.
    """

    id: str
    label: Label
    kind: str
    citation: Citation | None = None
    aliases: tuple[Alias, ...] = ()
    seen: Citation | None = None
    statutory: str = ""


@dataclass(frozen=True)
class Value:
    id: str
    label: Label


@dataclass(frozen=True)
class Attribute:
    """A property of papers over a finite domain; the first value is the plainest.

    A boolean attribute has the values `false` and `true`. `open` marks a term nobody defines:
    the rules leave its truth to somebody's judgement.
    """

    id: str
    label: Label
    values: tuple[Value, ...]
    boolean: bool = False
    open: bool = False
    citation: Citation | None = None

    @property
    def domain(self) -> tuple[str, ...]:
        return tuple(v.id for v in self.values)

    @property
    def plainest(self) -> str:
        return self.values[0].id


@dataclass(frozen=True)
class NamedSet:
    id: str
    label: Label
    members: ActorSet
    citation: Citation | None = None


@dataclass(frozen=True)
class Role:
    """An official's part in one paper, such as who chaired the meeting. Papers outside `papers` have none.

    `requester` marks the part of asking for something for oneself (leave, a trip, an agenda item).
    """

    id: str
    label: Label
    among: ActorSet
    papers: Cond
    requester: bool = False


@dataclass(frozen=True)
class Relation:
    """A partial function between officials; `total` leaves nobody of `source` without image if it can."""

    id: str
    label: Label
    source: ActorSet
    target: ActorSet
    symmetric: bool = False
    total: bool = False


@dataclass(frozen=True)
class Term:
    id: str
    label: Label
    condition: Cond
    citation: Citation | None = None


@dataclass(frozen=True)
class Act:
    """A kind of act. `decisive`: one deciding hand a paper. `scrutiny`: a pair of eyes on the paper.

    `excludes` are acts that nobody can do together with this one.
    """

    id: str
    label: Label
    decisive: bool = False
    scrutiny: bool = False
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadingSpec:
    """A place where the text bears two or more honest meanings."""

    id: str
    label: Label
    choices: tuple[Value, ...]
    citation: Citation

    @property
    def domain(self) -> tuple[str, ...]:
        return tuple(c.id for c in self.choices)


@dataclass(frozen=True)
class Fact:
    """A background fact: what no situation can violate, from a law or assumed."""

    id: str
    label: Label
    condition: Cond
    citation: Citation | None = None
    assumption: bool = False


@dataclass(frozen=True)
class Title:
    """The heading data of an instrument. `articles` is how many it has; 0 for background rule sets.

    `level` is that of its government, empty if not said; `unnumbered` are items whose number the text leaves out.
    """

    id: str
    label: Label
    place: Label
    number: str = ""
    date: str = ""
    articles: int = 0
    level: str = ""
    unnumbered: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class OutOfScope:
    """A ledger entry: a normative statement that no norm carries, and why."""

    citation: Citation
    reason: str
    note: str = ""


REASONS: dict[str, Label] = {
    "exhortation": Label("倡导性要求，无确定行为", "exhortation without a determinate act"),
    "purpose": Label("目的、依据或指导思想", "purpose, basis or guiding thought"),
    "style": Label("文风、版式要求", "how a text is written or printed"),
    "repeats-higher-law": Label("重申上位法", "repeats higher law"),
    "outside-government": Label("约束政府以外的机关", "binds another authority"),
    "inner-organisation": Label("部门内部事务", "left to a department's own rules"),
    "not-expressible": Label("现有语言尚不能表达", "not expressible in the rule language"),
}


@dataclass(frozen=True)
class Vocabulary:
    """All names of a rule set, by id."""

    offices: dict[str, Office] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    sets: dict[str, NamedSet] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    readings: dict[str, ReadingSpec] = field(default_factory=dict)

    def ancestors(self, office: str) -> frozenset[str]:
        """The office and every office it is one of, transitively."""
        seen: set[str] = set()
        stack = [office]
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                stack.extend(self.offices[current].is_a)
        return frozenset(seen)
