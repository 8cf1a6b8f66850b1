"""The content of records as one string, the same in every process: what hashes of content are made of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass


def content(thing: object) -> str:
    """Equal for equal things, and different for different ones. Of a set the order does not matter; of a mapping it
    does, for it may be seen in what is reported."""
    if isinstance(thing, (str, int, float, bytes)) or thing is None:
        return repr(thing)
    if isinstance(thing, (frozenset, set)):
        return "{" + ",".join(sorted(map(content, thing))) + "}"
    if isinstance(thing, dict):
        return "{" + ",".join(f"{content(k)}:{content(v)}" for k, v in thing.items()) + "}"
    if isinstance(thing, (tuple, list)):
        return "(" + ",".join(map(content, thing)) + ")"
    if is_dataclass(thing):
        return f"{type(thing).__name__}({','.join(content(getattr(thing, f.name)) for f in fields(thing))})"
    raise TypeError(f"no content of {type(thing).__name__}")
