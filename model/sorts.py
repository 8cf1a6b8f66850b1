"""Whether the names in an expression mean something of the right sort, with the nearest name if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model import absence
from model import expressions as ex
from model import messages as say
from model.bilingual import Said, Template
from model.errors import nearest
from model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Problem:
    """A name that does not fit. `lacking`: for want of it in the vocabulary, so that another rule set may have it."""

    name: str
    said: Said
    wanted: Said
    nearest: str = ""
    lacking: bool = False


@dataclass(frozen=True)
class Names:
    """What names there are, by sort. `outcomes`: whether what norms lead to may be spoken of (in properties)."""

    vocabulary: Vocabulary
    outcomes: bool = False

    @property
    def flags(self) -> list[str]:
        booleans = [a.id for a in self.vocabulary.attributes.values() if a.boolean]
        return [*booleans, *self.vocabulary.terms]

    @property
    def actors(self) -> list[str]:
        v = self.vocabulary
        return [*v.offices, *v.bodies, *v.sets, *v.roles, *([ex.EVERYONE] if self.outcomes else [])]

    @property
    def functions(self) -> list[str]:
        return [*ex.FUNCTIONS, *self.vocabulary.relations]


def check_condition(node: ex.Cond, names: Names, principal: bool = False) -> Iterator[Problem]:
    """Every name in the condition that is unknown or of the wrong sort. `principal`: whether it may be named."""
    return _check(node, names, principal)


def check_set(node: ex.ActorSet, names: Names, principal: bool = False) -> Iterator[Problem]:
    """Every name in the set that is unknown or of the wrong sort."""
    return _check(node, names, principal)


def _check(root: ex.Node, names: Names, principal: bool) -> Iterator[Problem]:
    v = names.vocabulary
    for node in root.walk():
        if isinstance(node, ex.OUTCOMES):
            if not names.outcomes:
                yield Problem(str(node), say.OUTCOME(expression=str(node)), say.ONLY_IN_PROPERTIES())
            for act in (node.first, node.second) if isinstance(node, ex.Precedes) else (node.act,):
                if act not in v.acts:
                    yield _unknown(act, say.ACT(), list(v.acts), say.AN_ACT)
        elif isinstance(node, ex.Flag) and node.name not in names.flags:
            yield _unknown(node.name, say.CONDITION(), names.flags, say.A_FLAG_OR_TERM)
        elif isinstance(node, (ex.Is, ex.IsNot)):
            values = node.values if isinstance(node, ex.Is) else (node.value,)
            if node.attribute not in v.attributes:
                yield _unknown(node.attribute, say.ATTRIBUTE(), list(v.attributes), say.AN_ATTRIBUTE)
                continue
            for value in values:
                domain = v.attributes[node.attribute].domain
                if value not in domain:
                    what = say.VALUE_OF(attribute=node.attribute)
                    yield _unknown(value, what, list(domain), say.ONE_OF_ITS_VALUES)
        elif isinstance(node, ex.Reading):
            if node.reading not in v.readings:
                yield _unknown(node.reading, say.READING(), list(v.readings), say.A_READING)
            elif node.choice not in v.readings[node.reading].domain:
                domain = list(v.readings[node.reading].domain)
                what = say.CHOICE_OF(reading=node.reading)
                yield _unknown(node.choice, what, domain, say.ONE_OF_ITS_CHOICES)
        elif isinstance(node, ex.Name):
            if node.name == ex.PRINCIPAL:
                if not principal:
                    yield Problem(node.name, say.NO_PRINCIPAL(), say.AN_OFFICE())
            elif node.name not in names.actors:
                yield _unknown(node.name, say.OFFICE(), names.actors, say.AN_ACTOR)
        elif isinstance(node, ex.Image):
            if node.function not in names.functions:
                yield _unknown(node.function, say.RELATION(), names.functions, say.A_FUNCTION)
            if node.causes and node.function != "absent":
                yield Problem(node.function, say.ONE_ARGUMENT(function=node.function), say.CAUSES_ONLY_IN_ABSENT())
            for cause in node.causes:
                if cause not in absence.CAUSES:
                    yield replace(_unknown(cause, say.CAUSE(), list(absence.CAUSES), say.A_CAUSE), lacking=False)


def _unknown(name: str, what: Said, known: list[str], wanted: Template) -> Problem:
    return Problem(name, say.UNKNOWN(what=what, name=name), wanted(), nearest(name, known), lacking=True)
