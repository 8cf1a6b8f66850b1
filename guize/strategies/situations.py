"""Situations that can occur under a rule set, and their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import reject
from hypothesis import strategies as st

from model import absence
from model.construction import Construction
from model.ruleset import RuleSet
from model.situation import Cast, Paper, Situation, make_cast, plain_readings

_NUMBERS = 119
"""Divisible by the usual numbers of options, less one, so that each is as likely."""


def situations(
    rules: RuleSet,
    *,
    cast: Cast | None = None,
    most_absences: int = 2,
    states: Sequence[str] = absence.ABSENT_STATES,
    paper: Mapping[str, str] | None = None,
    readings: Mapping[str, str] | None = None,
) -> st.SearchStrategy[Situation]:
    """Situations that can occur: background facts, strict exclusions, relations, roles and delegations hold.

    At most `most_absences` are absent, in one of `states`. `paper` fixes attributes, `readings` readings. Examples
    shrink to the plainest paper with everybody there.
    """
    cast = cast or make_cast(rules)
    made = Construction(rules, cast, most_absences, states, dict(paper or {}), dict(readings or {}))

    @st.composite
    def situation(draw: st.DrawFn) -> Situation:
        # a number even where there is one option: else what leaves fewer options would count as simpler
        found = made.situation(lambda _, options: options[draw(st.integers(0, _NUMBERS)) % len(options)])
        return reject() if found is None else found

    return situation()


def papers(rules: RuleSet, *, cast: Cast | None = None, paper: Mapping[str, str] | None = None,
           readings: Mapping[str, str] | None = None) -> st.SearchStrategy[Paper]:  # fmt: skip
    """Papers that can occur while everybody is there, each attribute spelt out."""
    plain = {**plain_readings(rules), **(readings or {})}
    found = situations(rules, cast=cast, most_absences=0, paper=paper, readings=plain)
    return found.map(lambda at: at.paper)


def absences(rules: RuleSet, *, cast: Cast | None = None, most: int = 2,
             states: Sequence[str] = absence.ABSENT_STATES) -> st.SearchStrategy[dict[str, str]]:  # fmt: skip
    """Who may be absent at once, and how: by official, a state of absence. No strict exclusion forbids it."""
    found = situations(rules, cast=cast, most_absences=most, states=states)
    return found.map(lambda at: dict(at.states))
