"""Where in its files a rule set says a norm, for tools that show a finding beside the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model import yamltext
from model.errors import SpecError


@dataclass(frozen=True)
class Spot:
    """Line and column, from 1."""

    line: int
    column: int


def spots(rules_file: Path) -> Mapping[str, Spot]:
    """By id of a norm or of a step (`ROUTE.STEP`), where its entry begins. Empty where the file cannot be read."""
    try:
        document = yamltext.read(rules_file)
    except (SpecError, OSError):
        return {}
    found: dict[str, Spot] = {}
    data = document.data if isinstance(document.data, dict) else {}
    for number, norm in enumerate(data.get("norms") or ()):
        if not isinstance(norm, dict):
            continue
        found[str(norm.get("id"))] = Spot(*document.at(("norms", number)))
        for place, step in enumerate(norm.get("steps") or ()):
            if isinstance(step, dict):
                found[f"{norm.get('id')}.{step.get('id')}"] = Spot(*document.at(("norms", number, "steps", place)))
    return found
