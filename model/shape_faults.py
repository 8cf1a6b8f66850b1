"""From what pydantic finds wrong with the shape of a file to diagnostics with places and nearest names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import pydantic

from model import messages as say
from model import schema
from model.bilingual import Said, one_of, same
from model.errors import Diagnostic, nearest
from model.yamltext import Document, Loc

S = TypeVar("S")
_RANGES = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")


def check_shape(
    model: type[S], document: Document, mistakes: list[Diagnostic], root: Any = None
) -> tuple[S | None, set[Loc]]:
    """The document in the given shape, or None, the mistakes written down and the items that have some.

    `root` is the shape of the whole file where it is neither a rule set nor a ledger.
    """
    adapter: Any = pydantic.TypeAdapter(model)
    try:
        return adapter.validate_python(document.data), set()
    except pydantic.ValidationError as e:
        errors: list[Any] = e.errors(include_url=False)
        mistakes.extend(_diagnostic(document, error, root) for error in errors)
        return None, {error["loc"][:2] for error in errors}


def _diagnostic(document: Document, error: Any, root: Any) -> Diagnostic:
    loc = _real_loc(document.data, error["loc"])
    kind, given = error["type"], error.get("input")
    if kind == "extra_forbidden":
        known = _known_keys(error["loc"], root)
        key = str(loc[-1]) if loc else "?"
        return document.mistake(loc, say.UNKNOWN_KEY(key=key), one_of(known), nearest(key, known), True)
    if kind == "missing":
        return document.mistake(loc[:-1], say.MISSING_KEY(key=error["loc"][-1]), say.EVERY_REQUIRED_KEY())
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        forms = [tag for shape in schema.NormShape.__subclasses__() for tag in _tags(shape)]
        form = str(given.get("form", "")) if isinstance(given, dict) else ""
        return document.mistake((*loc, "form"), say.UNKNOWN_FORM(form=form), one_of(forms), nearest(form, forms))
    if kind == "literal_error":
        expected = error["ctx"]["expected"]
        allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
        wanted = Said(expected, expected.replace(", ", "、").replace(" or ", " 或 "))
        return document.mistake(loc, say.NOT_ALLOWED(given=given), wanted, nearest(str(given), allowed))
    if kind == "string_pattern_mismatch":
        pattern = error["ctx"]["pattern"]
        wanted = say.A_TIME_OF_DAY() if ":" in pattern else say.A_PLACE() if "\\." in pattern else say.AN_ID()
        return document.mistake(loc, say.WRONG_FORM(given=given), wanted)
    said = say.OUT_OF_RANGE if kind in _RANGES else say.WRONG_TYPE
    return document.mistake(loc, said(given=_shown(given)), _wanted(error))


def _wanted(error: Any) -> Said:
    """What a value should be; in pydantic's English words where there are none of ours."""
    kind = error["type"]
    if kind.startswith("model_"):
        return say.A_MAPPING()
    if kind in say.VALUES:
        return say.VALUES[kind](**error.get("ctx", {}))
    return same(str(error["msg"]).removeprefix("Input should be "))


def _shown(given: Any) -> Said:
    if isinstance(given, list):
        return say.LIST()
    return say.MAPPING() if isinstance(given, dict) else same(repr(given)[:60])


def _real_loc(data: Any, loc: Iterable[str | int]) -> Loc:
    """The path without the tags that pydantic puts in for the members of a union."""
    found: list[str | int] = []
    parts = list(loc)
    for i, part in enumerate(parts):
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            found.append(part)
            data = data[part]  # type: ignore[index]
        elif i == len(parts) - 1 and isinstance(data, dict):
            found.append(part)
    return tuple(found)


def _known_keys(loc: Loc, root: Any = None) -> list[str]:
    """The keys allowed where an unknown one stands, from the shape classes along the path."""
    model: Any = root or (schema.RulesShape if loc and isinstance(loc[0], str) else schema.LedgerEntryShape)
    by_tag = {tag: shape for shape in schema.NormShape.__subclasses__() for tag in _tags(shape)}
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        if part in by_tag:
            model = by_tag[part]
            continue
        for name, info in model.model_fields.items():
            if part == (info.alias or name):
                model = _inner(info.annotation) or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _tags(model: Any) -> tuple[str, ...]:
    return tuple(model.model_fields["form"].annotation.__args__)


def _inner(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, schema.Shape):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found:
            return found
    return None
