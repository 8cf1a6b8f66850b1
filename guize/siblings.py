"""Our packages have common names: one of the same name elsewhere on the path would shadow ours."""

from __future__ import annotations

import importlib

NAMES = ("model", "specs", "proofs", "sim")


def check() -> None:
    """Raises ImportError where Python finds another package under the name of one of ours. Loads nothing heavy."""
    for name in NAMES:
        module = importlib.import_module(name)
        if getattr(module, "PROJECT", None) != "guize":
            place = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ["?"])))
            raise ImportError(
                f"guize needs its own package '{name}', but Python found another one at {place}; "
                f"run guize from another folder, or take that one off sys.path"
            )
