"""What the norms lead to in a concrete situation: the meaning of the words that only properties may use."""

from __future__ import annotations

from model import expressions as ex
from model.competence import Competence
from model.evaluation import Context


class Outcomes(Context):
    """A context in which `hands(ACT)`, `wanted(ACT)`, `stuck(ACT)`, `precedes(ACT, ACT)` and `everyone` mean something.

    The expression language without them is `evaluation.Context`'s, which asks this class for every part.
    """

    def holds(self, condition: ex.Cond, principal: str | None = None) -> bool:
        match condition:
            case ex.Wanted(act):
                return any(self.competence.wanted(s) for s in self.rules.stages if s.act == act)
            case ex.Stuck(act):
                return any(self.competence.stuck(s) for s in self.rules.stages if s.act == act)
            case ex.Precedes(first, second):
                pairs = self.rules.ordered(first, second)
                return any(self.in_force(one) and self.in_force(two) for one, two in pairs)
        return super().holds(condition, principal)

    def members(self, actors: ex.ActorSet, principal: str | None = None) -> frozenset[str]:
        if isinstance(actors, ex.Hands):
            stages = (s for s in self.rules.stages if s.act == actors.act)
            return frozenset(h.actor for s in stages for h in self.competence.hands(s))
        if actors == ex.Name(ex.EVERYONE):
            return frozenset(self.situation.cast.ids)
        return super().members(actors, principal)

    @property
    def competence(self) -> Competence:
        """Who may act here."""
        if self._competence is None:
            self._competence = Competence(self.rules, self.situation)
        return self._competence

    _competence: Competence | None = None
