"""Whether the names in an expression mean something of the right sort, with the nearest name if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model import absence
from model import expressions as ex
from model.errors import nearest
from model.vocabulary import Vocabulary


@dataclass(frozen=True)
class Problem:
    name: str
    message: str
    expected: str
    nearest: str


@dataclass(frozen=True)
class Names:
    """What names there are, by sort."""

    vocabulary: Vocabulary

    @property
    def flags(self) -> list[str]:
        booleans = [a.id for a in self.vocabulary.attributes.values() if a.boolean]
        return [*booleans, *self.vocabulary.terms]

    @property
    def actors(self) -> list[str]:
        v = self.vocabulary
        return [*v.offices, *v.bodies, *v.sets, *v.roles]

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
        if isinstance(node, ex.Flag) and node.name not in names.flags:
            yield _unknown(node.name, "condition", names.flags, "a boolean attribute or a term")
        elif isinstance(node, (ex.Is, ex.IsNot)):
            values = node.values if isinstance(node, ex.Is) else (node.value,)
            if node.attribute not in v.attributes:
                yield _unknown(node.attribute, "attribute", list(v.attributes), "an attribute of papers")
                continue
            for value in values:
                domain = v.attributes[node.attribute].domain
                if value not in domain:
                    yield _unknown(value, f"value of '{node.attribute}'", list(domain), "one of its values")
        elif isinstance(node, ex.Reading):
            if node.reading not in v.readings:
                yield _unknown(node.reading, "reading", list(v.readings), "a reading")
            elif node.choice not in v.readings[node.reading].domain:
                domain = list(v.readings[node.reading].domain)
                yield _unknown(node.choice, f"choice of the reading '{node.reading}'", domain, "one of its choices")
        elif isinstance(node, ex.Name):
            if node.name == ex.PRINCIPAL:
                if not principal:
                    yield Problem(node.name, "'principal' has no meaning here", "an office", "")
            elif node.name not in names.actors:
                yield _unknown(node.name, "office", names.actors, "an office, a body, a named set or a role")
        elif isinstance(node, ex.Image):
            if node.function not in names.functions:
                yield _unknown(node.function, "relation", names.functions, "in_charge, present, absent or a relation")
            if node.causes and node.function != "absent":
                yield Problem(node.function, f"'{node.function}' takes one argument", "causes only in absent(...)", "")
            for cause in node.causes:
                if cause not in absence.CAUSES:
                    yield _unknown(cause, "cause of absence", list(absence.CAUSES), "a cause of absence")


def _unknown(name: str, what: str, known: list[str], expected: str) -> Problem:
    return Problem(name, f"no such {what}: '{name}'", expected, nearest(name, known))
