"""Hypothesis strategies for rule sets, for situations and papers under one, and for a paper's life step by step.

`situations`, `papers` and `absences` draw what can occur under a given rule set; `rule_sets` draws small rule sets of
every norm form, `revisions` a rule set and a small edit of it; `paper_life` makes a state machine.
"""

from __future__ import annotations

from guize import hypothesis_hook, siblings

siblings.check()

from guize.strategies.papers_life import PaperLife, paper_life  # noqa: E402
from guize.strategies.rule_sets import revisions, rule_sets  # noqa: E402
from guize.strategies.situations import absences, papers, situations  # noqa: E402

hypothesis_hook.register()

__all__ = ["PaperLife", "absences", "paper_life", "papers", "revisions", "rule_sets", "situations"]
