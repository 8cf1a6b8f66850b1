"""The bundled rule sets, one folder each. `background` is vocabulary and law that the others use."""

from __future__ import annotations

from pathlib import Path

PROJECT = "guize"
ROOT = Path(__file__).resolve().parent
BACKGROUND = "background"
PROPERTIES = ROOT / "properties.yaml"
"""What is wanted of any working rules, in the general vocabulary."""


def bundled() -> tuple[str, ...]:
    """The names of the bundled instruments, in alphabetical order."""
    return tuple(sorted(p.name for p in ROOT.iterdir() if (p / "rules.yaml").is_file() and p.name != BACKGROUND))
