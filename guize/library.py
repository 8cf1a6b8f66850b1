"""Finding rule sets: a path, or the name of a bundled instrument."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import specs
from guize import messages as say
from model import messages as say_of_files
from model.errors import SpecError, nearest
from model.loading import load as load_folder
from model.properties import Property, load_properties, subject
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


def subject_of(file: Path) -> Path | None:
    """The rule set a property file is about: the one it names, as a path from the file or by bundled name, or
    the one it lies beside; None where it says nothing. Raises SpecError for a name that means nothing."""
    named, document = subject(file)
    if not named:
        return file.parent if (file.parent / "rules.yaml").is_file() else None
    path = file.parent / named
    if path.is_dir() or path.is_file():
        return path
    known = [*specs.bundled(), *(p.parent.name for p in file.parent.glob("*/rules.yaml"))]
    if named in known:
        return specs.ROOT / named
    mistake = document.mistake(("rules",), say_of_files.NO_SUCH_SUBJECT(name=named), say_of_files.A_SUBJECT(),
                               nearest(named, known))  # fmt: skip
    raise SpecError([mistake])


def properties_of(
    name: str | Path, rules: RuleSet, files: Iterable[Path] = (), only: Iterable[str] = ()
) -> tuple[Property, ...]:
    """The properties in `files`; without any, the general ones and those beside the rule set.

    `only` keeps those with these ids. Raises SpecError with every mistake of the files, and UsageError for
    an id that none of them has.
    """
    from proofs.audit import CHECKS  # noqa: PLC0415 - loads the solver, which no other use of this module needs

    files = tuple(files)
    general = load_properties(specs.PROPERTIES, rules, general=True, checks=CHECKS)
    common = {p.id: p for p in general}
    found = [p for f in files for p in load_properties(f, rules, checks=CHECKS, common=common)]
    if not files:
        found = list(general)
        path = locate(str(name))
        own = (path if path.is_dir() else path.parent) / specs.PROPERTIES.name
        if own.is_file() and own.resolve() != specs.PROPERTIES:
            found += load_properties(own, rules, checks=CHECKS, common=common)
    wanted = list(only)
    known = [p.id for p in found]
    for ident in wanted:
        if ident not in known:
            raise say.refused(say.NO_PROPERTY(name=ident, known=", ".join(known)), ident, known)
    return tuple(p for p in found if not wanted or p.id in wanted)
