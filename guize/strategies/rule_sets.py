"""Rule sets, and revisions of them."""

from __future__ import annotations

from hypothesis import reject
from hypothesis import strategies as st

from guize.strategies.small import small
from model import revisions as edits
from model.ruleset import RuleSet


def rule_sets() -> st.SearchStrategy[RuleSet]:
    """Small rule sets in which every norm form occurs. Examples shrink to one power."""
    return small(every_form=True).map(lambda made: made.rules)


def revisions(
    rules: RuleSet | st.SearchStrategy[RuleSet] | None = None, *operators: str
) -> st.SearchStrategy[tuple[RuleSet, edits.Revision]]:
    """A rule set with one small edit of it: of the given rule set, or of small ones; by the named operators or all.

    Raises KeyError for an operator there is none of.
    """
    for name in operators:
        edits.OPERATORS[name]
    drawn = rules if isinstance(rules, st.SearchStrategy) else rule_sets() if rules is None else st.just(rules)

    @st.composite
    def revision(draw: st.DrawFn) -> tuple[RuleSet, edits.Revision]:
        before = draw(drawn)
        able = [n for n in operators or edits.OPERATORS if next(edits.OPERATORS[n](before), None) is not None]
        if not able:
            reject()
        return before, draw(st.sampled_from(list(edits.OPERATORS[draw(st.sampled_from(able))](before))))

    return revision()
