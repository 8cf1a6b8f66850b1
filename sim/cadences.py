"""How often bodies meet: as the rules say, else as the scenario does."""

from __future__ import annotations

from model.ruleset import BODY, KIND, MEETING, NAME
from sim.oracle import PaperClass
from sim.state import State

_ABOUT_DAYS = {"working_day": 1.4, "calendar_day": 1.0, "hour": 1.4, "week": 7.0, "month": 30.4}


class Cadences:
    """The cadences of the meetings of one office."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._periods: dict[str, tuple[int, str, float]] = {}

    def period(self, body: str) -> tuple[int, str, float]:
        """How often a body meets: amount, unit, and roughly how many days."""
        if body not in self._periods:
            plan = self.state.scenario.meeting_of(body)
            every, unit = (plan.every, plan.unit) if plan else (1, "working_day")
            at = self.state.context(self.paper(body))
            cadence = next((c for c in self.state.rules.cadences.get(body, ()) if at.in_force(c)), None)
            if cadence is not None:
                every, unit = cadence.amount, cadence.unit
            self._periods[body] = (every, unit, every * _ABOUT_DAYS[unit])
        return self._periods[body]

    def paper(self, body: str) -> PaperClass:
        """A meeting of the body, as something that norms look at."""
        return PaperClass(-1, self.attributes(body, MEETING), frozenset(), {})

    def attributes(self, body: str, kind: str) -> dict[str, str]:
        """The attributes of a meeting, or of its minutes, as far as the rule set has them."""
        attributes = self.state.rules.vocabulary.attributes
        wanted = {KIND: kind, BODY: body, NAME: "nobody"}
        return {a: v for a, v in wanted.items() if a in attributes and v in attributes[a].domain}
