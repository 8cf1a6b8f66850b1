"""guize: formal verification of the working rules of Chinese local governments (人民政府工作规则).

The public API. `load` reads a rule set, `who` answers who may act now, `audit` asks every question.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

_SIBLINGS = ("model", "specs", "proofs", "sim")


def _check_sibling(name: str) -> None:
    """Our packages have common names; one of the same name elsewhere on the path would shadow ours."""
    module = importlib.import_module(name)
    if getattr(module, "PROJECT", None) != "guize":
        place = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ["?"])))
        raise ImportError(
            f"guize needs its own package '{name}', but Python found another one at {place}; "
            f"run guize from another folder, or take that one off sys.path"
        )


for _name in ("model", "specs"):
    _check_sibling(_name)

from guize.asking import Question, Reply, who  # noqa: E402
from guize.library import load  # noqa: E402

if TYPE_CHECKING:
    from proofs.audit import audit
    from proofs.findings import Finding, Report

__version__ = "0.1.0"
__all__ = ["Finding", "Question", "Reply", "Report", "audit", "load", "who"]

_LAZY = {"audit": "proofs.audit", "Finding": "proofs.findings", "Report": "proofs.findings"}


def __getattr__(name: str) -> Any:
    """What needs Z3 is imported when it is first used."""
    if name in _LAZY:
        _check_sibling("proofs")
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'guize' has no attribute '{name}'")
