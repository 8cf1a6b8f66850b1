"""Concrete situations: who there is, who is absent and why, the paper at hand, what was delegated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from model import absence
from model import messages as say
from model.errors import ScopeError, hinted, nearest
from model.ruleset import RuleSet
from model.vocabulary import Label

_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Official:
    """A person in a post. `offices` is closed under is-a; a vacant post is an official in state `vacancy`."""

    id: str
    office: str
    offices: frozenset[str]
    label: Label


@dataclass(frozen=True)
class Cast:
    """The officials considered, in rank order (the order of the offices in the spec)."""

    officials: tuple[Official, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(o.id for o in self.officials)

    @cached_property
    def _by_id(self) -> dict[str, Official]:
        return {o.id: o for o in reversed(self.officials)}

    @cached_property
    def _holders(self) -> dict[str, frozenset[str]]:
        offices = dict.fromkeys(office for o in self.officials for office in o.offices)
        return {office: frozenset(o.id for o in self.officials if office in o.offices) for office in offices}

    def __getitem__(self, official: str) -> Official:
        return self._by_id[official]

    def holding(self, office: str) -> frozenset[str]:
        """Ids of those who hold the office, is-a included."""
        return self._holders.get(office, frozenset())


def make_cast(rules: RuleSet, scope: Mapping[str, int] | None = None) -> Cast:
    """One official for each single office and `scope` many for the others.

    Raises ScopeError where `scope` names no office, or gives a single office several holders.
    """
    scope = dict(scope or {})
    officials: list[Official] = []
    for office in rules.vocabulary.offices.values():
        number = scope.pop(office.id, office.scope if office.many else 1)
        if number < 0 or (number > 1 and not office.many) or (number and office.abstract):
            said = say.HELD_BY_NOBODY if office.abstract else say.NONE_OF_MANY if office.many else say.MANY_OF_ONE
            raise ScopeError(said(office=office.id, number=number))
        for i in range(number):
            if number == 1:
                ident, label = office.id, office.label
            else:
                stem = _STEMS[i] if i < len(_STEMS) else str(i + 1)
                ident = f"{office.id}_{i + 1}"
                label = Label(office.label.zh + stem, f"{office.label.en} {chr(65 + i) if i < 26 else i + 1}")
            officials.append(Official(ident, office.id, rules.vocabulary.ancestors(office.id), label))
    ids = [o.id for o in officials]
    for ident in ids:
        if ids.count(ident) > 1:
            raise ScopeError(say.SAME_OFFICIAL(name=ident))
    if scope:
        name = min(scope)
        raise ScopeError(hinted(say.NO_OFFICE_OF_SCOPE(name=name), nearest(name, tuple(rules.vocabulary.offices))))
    return Cast(tuple(officials))


@dataclass(frozen=True)
class Paper:
    """A paper (or matter, request, meeting): attribute values, whose portfolios it touches, who has which role."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    touches: frozenset[str] = frozenset()
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """Everything a norm can depend on. Missing entries mean: present, plainest value, no image, nobody.

    `states` maps officials to absence states; `relations` maps relation, then official, to its image;
    `delegations` holds pairs of stand-in norm and principal, and of power and who authorised it;
    `readings` the choice for each reading.
    """

    cast: Cast
    paper: Paper = Paper()
    states: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    delegations: frozenset[tuple[str, str]] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)

    def state(self, official: str) -> str:
        return self.states.get(official, absence.PRESENT)

    def present(self, actor: str) -> bool:
        """Bodies are always present; whether one can meet is asked of `competence`."""
        return self.state(actor) == absence.PRESENT

    @property
    def absent(self) -> tuple[str, ...]:
        """Ids of the absent officials, in rank order."""
        return tuple(o for o in self.cast.ids if not self.present(o))

    def value(self, rules: RuleSet, attribute: str) -> str:
        """The paper's value of an attribute, the plainest where none is given."""
        given = self.paper.attributes.get(attribute)
        return rules.vocabulary.attributes[attribute].plainest if given is None else given

    def with_paper(self, attributes: Mapping[str, str], roles: Mapping[str, str] | None = None) -> Situation:
        """The same situation with another paper that touches the same portfolios."""
        return replace(self, paper=Paper(attributes, self.paper.touches, roles or {}))

    def with_states(self, states: Mapping[str, str]) -> Situation:
        return replace(self, states=states)


def portfolio_holders(rules: RuleSet, cast: Cast) -> tuple[str, ...]:
    """Ids of the officials who have a portfolio."""
    return tuple(o.id for o in cast.officials if any(rules.vocabulary.offices[x].portfolio for x in o.offices))


def plain_readings(rules: RuleSet) -> dict[str, str]:
    """The first choice of every reading."""
    return {r.id: r.choices[0].id for r in rules.vocabulary.readings.values()}


def check(rules: RuleSet, situation: Situation) -> None:
    """Raises ScopeError where a situation names something the rule set does not have."""
    _known("state", situation.states.values(), absence.STATES)
    _known("official", situation.states, situation.cast.ids)
    _known("official", situation.paper.touches, situation.cast.ids)
    for name, value in situation.paper.attributes.items():
        _known("attribute", [name], rules.vocabulary.attributes)
        _known(f"value of {name}", [value], rules.vocabulary.attributes[name].domain)
    for name, choice in situation.readings.items():
        _known("reading", [name], rules.vocabulary.readings)
        _known(f"choice of {name}", [choice], rules.vocabulary.readings[name].domain)
    _known("role", situation.paper.roles, rules.vocabulary.roles)
    _known("relation", situation.relations, rules.vocabulary.relations)


def _known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    known = set(known)
    for name in names:
        if name not in known:
            raise ScopeError(f"no such {what}: {name}")
