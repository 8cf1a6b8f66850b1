"""Finding rule sets: a path, or the name of a bundled instrument."""

from __future__ import annotations

from pathlib import Path

import specs
from guize import messages as say
from model.loading import load as load_folder
from model.ruleset import RuleSet


def locate(name: str) -> Path:
    """The folder (or rules.yaml) that a SPEC argument means. Raises UsageError with the nearest name."""
    path = Path(name)
    if path.is_dir() or path.is_file():
        return path
    if name in (*specs.bundled(), specs.BACKGROUND):
        return specs.ROOT / name
    known = list(specs.bundled())
    raise say.refused(say.NO_RULE_SET(name=name, known=", ".join(known)), name, known)


def load(name: str | Path) -> RuleSet:
    """Read a rule set by path or bundled name.

    What it uses is looked for beside it first and among the bundled rule sets otherwise.
    Raises UsageError where there is none, SpecError with every mistake of its files.
    """
    path = locate(str(name))
    folder = path if path.is_dir() else path.parent
    beside = folder.parent
    library = beside if (beside / specs.BACKGROUND / "rules.yaml").is_file() else specs.ROOT
    return load_folder(path, library)
