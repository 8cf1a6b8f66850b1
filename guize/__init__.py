"""guize: formal verification of the working rules of Chinese local governments (人民政府工作规则).

The public API; nothing of it is loaded before it is used, so that test runs which have no file of ours stay quick.
`load` reads a rule set, `who` answers who may act now, `audit` asks every question, `prove` decides properties,
`impact` tells what changes in effect from one version to another.
For tests: `guize.strategies` (Hypothesis), and the pytest plugin, which pytest finds by itself.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from guize import hypothesis_hook, siblings

if TYPE_CHECKING:
    from guize.asking import Question, Reply, who
    from guize.library import load
    from guize.propertyfiles import load_properties, prove
    from model.errors import GuizeError, SpecError
    from model.outcomes import Outcomes
    from model.properties import Property
    from model.ruleset import RuleSet
    from model.situation import Cast, Paper, Situation, make_cast
    from proofs.audit import audit
    from proofs.findings import Finding, Report
    from proofs.impact.records import Impact
    from proofs.impact.run import impact
    from proofs.proving import Status, Verdict

__version__ = "0.1.0"
__all__ = [
    "Cast",
    "Finding",
    "GuizeError",
    "Impact",
    "Outcomes",
    "Paper",
    "Property",
    "Question",
    "Reply",
    "Report",
    "RuleSet",
    "Situation",
    "SpecError",
    "Status",
    "Verdict",
    "audit",
    "impact",
    "load",
    "load_properties",
    "make_cast",
    "prove",
    "who",
]

_HOME = {
    "guize.asking": ("Question", "Reply", "who"),
    "guize.library": ("load",),
    "guize.propertyfiles": ("load_properties", "prove"),
    "model.errors": ("GuizeError", "SpecError"),
    "model.outcomes": ("Outcomes",),
    "model.properties": ("Property",),
    "model.ruleset": ("RuleSet",),
    "model.situation": ("Cast", "Paper", "Situation", "make_cast"),
    "proofs.audit": ("audit",),
    "proofs.findings": ("Finding", "Report"),
    "proofs.impact.records": ("Impact",),
    "proofs.impact.run": ("impact",),
    "proofs.proving": ("Status", "Verdict"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a name of the API when it is first used. Raises ImportError where another package shadows ours."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'guize' has no attribute '{name}'")
    siblings.check()
    value = globals()[name] = getattr(importlib.import_module(_MODULE_OF[name]), name)
    hypothesis_hook.register()
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
