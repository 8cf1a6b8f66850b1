"""Drafters' properties: what a rule set must always, or can sometimes, lead to. Read from `properties.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from model import expressions as ex
from model import messages as say
from model.bilingual import one_of
from model.building import Builder, label
from model.errors import Diagnostic, SpecError, nearest
from model.ruleset import RuleSet
from model.schema import Condition, Ident, Named, Shape, Text
from model.shape_faults import check_shape
from model.sorts import Names, Problem, check_condition
from model.vocabulary import Label
from model.yamltext import Document, Loc, read

ALWAYS, POSSIBLE, SILENT = "always", "possible", "silent"


class PropertyShape(Named):
    """One entry of the file. Exactly one of `always`, `possible` and `silent`; the last stands alone."""

    when: Condition = "true"
    always: Condition | None = None
    possible: Condition | None = None
    silent: str | None = None
    absences: Annotated[int | None, Field(ge=0, le=6)] = None


class PropertyFileShape(Shape):
    """A file that also says which rule set it speaks of, and which of the general properties it wants."""

    rules: Text | None = None
    general: list[Ident] = Field(default=[])
    properties: list[PropertyShape] = Field(default=[])


@dataclass(frozen=True)
class Property:
    """A statement about a rule set.

    `always`: `holds` is true in every situation in which `when` is. `possible`: both are true in some
    situation. `silent` names a check of the audit that must find nothing. `absences` limits how many
    officials are absent at once in the situations meant; None leaves that to whoever asks.
    `unknown` are the names the rule set does not have, so that the statement does not apply to it.
    `line` is where it stands in its file.
    """

    id: str
    label: Label
    mode: str = ALWAYS
    when: ex.Cond = ex.TRUE
    holds: ex.Cond = ex.TRUE
    silent: str = ""
    absences: int | None = None
    unknown: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


def subject(path: Path) -> tuple[str, Document]:
    """What a property file says it is about (`rules`), empty where it does not, and the file for messages.

    Raises SpecError where the file cannot be read.
    """
    document = read(path)
    named = document.data.get("rules") if isinstance(document.data, dict) else None
    return (named if isinstance(named, str) else ""), document


def load_properties(
    path: Path,
    rules: RuleSet,
    general: bool = False,
    checks: Collection[str] | None = None,
    common: Mapping[str, Property] | None = None,
) -> tuple[Property, ...]:
    """The properties of a file, their names looked up in the rule set and in the `checks` there are.

    The file is a list, or a mapping as in `PropertyFileShape`. Those of `common` that it names under `general`
    come first; their `line` is that of the name.

    `general`: written for any rule set, so that a name this one lacks makes the property inapplicable
    (`Property.unknown`) instead of being a mistake. Without `checks`, what `silent` names is not looked up.
    Raises SpecError with every mistake and its place.
    """
    document = read(path)
    mistakes: list[Diagnostic] = list(document.repeated)
    b = Builder(document, rules.title.id, rules.title.articles, mistakes)
    names = Names(rules.vocabulary, outcomes=True)
    found: dict[str, Property] = {}
    above: Loc = ()
    if isinstance(document.data, dict):
        shape, _ = check_shape(PropertyFileShape, document, mistakes, PropertyFileShape)
        entries, above = (shape.properties if shape else ()), ("properties",)
        for i, ident in enumerate(shape.general if shape else ()):
            b.known(ident, common or (), say.GENERAL_PROPERTY(), ("general", i))
            if common and ident in common:
                found[ident] = replace(common[ident], line=document.at(("general", i))[0])
    else:
        entries, _ = check_shape(list[PropertyShape], document, mistakes, PropertyShape)
    for i, entry in enumerate(entries or ()):
        loc: Loc = (*above, i)
        if entry.id in found:
            b.mistake((*loc, "id"), say.ID_TAKEN(id=entry.id, section=path.name), say.OWN_ID())
        stated = [k for k in (ALWAYS, POSSIBLE, SILENT) if getattr(entry, k) is not None]
        if len(stated) != 1:
            b.mistake(loc, say.STATES_NOT_ONE(id=entry.id), say.ONE_STATEMENT())
            continue
        (mode,) = stated
        lacking: list[Problem] = []
        conditions: dict[str, ex.Cond] = {}
        for key in ("when", *({mode} - {SILENT})):
            conditions[key] = b.condition(getattr(entry, key), (*loc, key))
            for problem in check_condition(conditions[key], names):
                if general and problem.lacking:
                    lacking.append(problem)
                else:
                    b.problems((*loc, key), [problem])
        if mode == SILENT:
            lacking += _check_silent(b, entry, loc, general, checks)
        found[entry.id] = Property(
            entry.id,
            label(entry),
            mode if mode != SILENT else ALWAYS,
            conditions["when"],
            conditions.get(mode, ex.TRUE),
            entry.silent or "",
            entry.absences,
            tuple(dict.fromkeys(p.name for p in lacking)),
            document.at(loc)[0],
        )
    if mistakes:
        raise SpecError(mistakes)
    return tuple(found.values())


def _check_silent(
    b: Builder, entry: PropertyShape, loc: Loc, general: bool, checks: Collection[str] | None
) -> list[Problem]:
    """What is wrong with a property that wants a check silent; what there is not, where that is no mistake."""
    for key in ("when", "absences"):
        if key in entry.model_fields_set:  # a check has its own conditions: these would be read and not heeded
            b.mistake((*loc, key), say.SILENT_WITH(id=entry.id, key=key), say.SILENT_ALONE())
    check = entry.silent or ""
    if checks is None or check in checks:
        return []
    problem = Problem(check, say.UNKNOWN(what=say.CHECK(), name=check), one_of(checks), nearest(check, list(checks)))
    if general:
        return [problem]
    b.problems((*loc, SILENT), [problem])
    return []


def checks_named(properties: Iterable[Property]) -> tuple[str, ...]:
    """The checks of the audit that properties want silent."""
    return tuple(dict.fromkeys(p.silent for p in properties if p.silent))
