"""`st.from_type(guize.Situation)` and the like: what Hypothesis calls when it is imported.

Hypothesis registers types, and a type of ours is there only once our packages are loaded. So whichever comes
second registers them: Hypothesis by its entry point, or `guize` when its first record is used. Neither loads the other.
"""

from __future__ import annotations

import sys
from typing import Any

_done: set[str] = set()


def register() -> None:
    """Register strategies for rule sets, situations and papers, if both Hypothesis and our records are loaded."""
    situations, hypothesis = sys.modules.get("model.situation"), sys.modules.get("hypothesis")
    ours = getattr(sys.modules.get("model"), "PROJECT", "") == "guize"
    register_type = getattr(getattr(hypothesis, "strategies", None), "register_type_strategy", None)
    if _done or not ours or register_type is None or situations is None or not hasattr(situations, "make_cast"):
        return
    _done.add("registered")
    ruleset = sys.modules["model.ruleset"]
    register_type(ruleset.RuleSet, lambda _: _strategies().rule_sets())
    register_type(situations.Situation, lambda _: _strategies().rule_sets().flatmap(_strategies().situations))
    register_type(situations.Paper, lambda _: _strategies().rule_sets().flatmap(_strategies().papers))


def _strategies() -> Any:
    """Loaded when the first example is drawn."""
    from guize import strategies  # noqa: PLC0415

    return strategies
