"""Checks of drafting: what can be read off a rule set without asking who may act."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.drafting import bodies, bounds, duties, higher_law, names, references
from model.drafting.flaw import Called, Flaw, Survey, shows
from model.expressions import TRUE
from model.ruleset import RuleSet
from model.text import Text

SURVEYS: Mapping[str, Callable[[RuleSet, Text | None], Survey]] = {
    higher_law.CHECK: lambda rules, text: higher_law.survey(rules),
    bounds.CHECK: lambda rules, text: bounds.survey(rules),
    bodies.CHECK: lambda rules, text: bodies.survey(rules),
    duties.CHECK: lambda rules, text: duties.survey(rules),
    names.UNDEFINED: lambda rules, text: names.undefined(rules),
    names.DRIFT: lambda rules, text: names.drift(rules),
    references.DANGLING: lambda rules, text: references.dangling(rules),
    references.NUMBERING: references.numbering,
}
"""By check, what it finds in a rule set, and in the plain text where that is at hand."""

ALWAYS = TRUE

CHECKS: tuple[str, ...] = tuple(SURVEYS)

__all__ = ["ALWAYS", "CHECKS", "SURVEYS", "Called", "Flaw", "Survey", "shows"]
