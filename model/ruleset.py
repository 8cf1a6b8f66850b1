"""A rule set: vocabulary, background facts and norms, with the indices every engine needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from model.expressions import Is, conjunction
from model.norms import (
    CHAIR_SUFFIX,
    Bound,
    Cadence,
    Composition,
    Deontic,
    Exclusion,
    Norm,
    Power,
    Precedence,
    Route,
    StandIn,
)
from model.vocabulary import Fact, OutOfScope, Title, Vocabulary

N = TypeVar("N", bound=Norm)

KIND, MEETING, BODY = "kind", "meeting", "body"
"""The attribute and value names that say which meeting is to be chaired (background vocabulary)."""

NAME, ADDRESSEE, URGENCY = "name", "addressee", "urgency"
"""Further attributes of the background vocabulary: in whose name, to whom, in which tier."""


@dataclass(frozen=True)
class Stage:
    """One demand for a hand on a paper.

    Powers over the same decisive act are alternatives within one stage, for a paper has one deciding
    hand; every other power is a stage of its own, for each look at a paper is wanted for itself.
    """

    id: str
    act: str
    powers: tuple[Power, ...]


@dataclass(frozen=True)
class RuleSet:
    """One instrument with what it uses. Immutable; all derived tables are computed once."""

    title: Title
    vocabulary: Vocabulary
    facts: tuple[Fact, ...]
    norms: dict[str, Norm]
    out_of_scope: tuple[OutOfScope, ...] = ()
    used: tuple[Title, ...] = ()
    titles: tuple[str, ...] = ()

    def of_form(self, form: type[N]) -> tuple[N, ...]:
        """The norms of one form, in order of the files."""
        found = self._forms.get(form)
        if found is None:
            found = self._forms[form] = tuple(n for n in self.norms.values() if isinstance(n, form))
        return cast(tuple[N, ...], found)

    @cached_property
    def _forms(self) -> dict[type[Norm], tuple[Norm, ...]]:
        return {}

    def own_norms(self) -> Iterator[Norm]:
        """The norms of the instrument itself, without those of the rule sets it uses."""
        return (n for n in self.norms.values() if n.citation.instrument == self.title.id)

    @cached_property
    def powers(self) -> dict[str, Power]:
        """Every power by id: the explicit ones, the steps of routes and the chairs of bodies."""
        found: dict[str, Power] = {}
        for norm in self.norms.values():
            if isinstance(norm, Power):
                found[norm.id] = norm
            elif isinstance(norm, Route):
                found.update((s.power.id, s.power) for s in norm.steps)
            elif isinstance(norm, Composition) and norm.chair is not None:
                found[norm.id + CHAIR_SUFFIX] = Power(
                    id=norm.id + CHAIR_SUFFIX,
                    citations=norm.citations,
                    label=norm.label,
                    strength=norm.strength,
                    under=norm.under,
                    when=conjunction(Is(KIND, (MEETING,)), Is(BODY, (norm.body,)), norm.when),
                    act="chair",
                    by=norm.chair,
                    delegation=norm.chair_delegation,
                )
        return found

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """All stages, decisive acts first."""
        shared: dict[str, list[Power]] = {}
        single: list[Stage] = []
        for power in self.powers.values():
            if self.is_decisive(power.act) and not self._repeated(power):
                shared.setdefault(power.act, []).append(power)
            else:
                single.append(Stage(power.id, power.act, (power,)))
        for norm in self.of_form(Deontic):
            if norm.modality == "duty" and norm.by is None and self.is_decisive(norm.act):
                shared.setdefault(norm.act, [])
        return (*(Stage(act, act, tuple(powers)) for act, powers in shared.items()), *single)

    @cached_property
    def alternatives(self) -> frozenset[str]:
        """Ids of the powers that share a stage with every other power over their act."""
        return frozenset(p.id for s in self.stages if s.id == s.act for p in s.powers)

    def _repeated(self, power: Power) -> bool:
        """Whether the power's route has another step of the same act, so that both are wanted."""
        if not power.route:
            return False
        route = self.norms[power.route]
        assert isinstance(route, Route)
        return sum(s.power.act == power.act for s in route.steps) > 1

    def is_decisive(self, act: str) -> bool:
        return act in self.vocabulary.acts and self.vocabulary.acts[act].decisive

    def is_scrutiny(self, act: str) -> bool:
        return act in self.vocabulary.acts and self.vocabulary.acts[act].scrutiny

    @cached_property
    def authorisable(self) -> tuple[Power, ...]:
        """The powers that exist only where somebody has authorised them."""
        return tuple(p for p in self.powers.values() if p.delegation is not None)

    @cached_property
    def stand_ins(self) -> tuple[StandIn, ...]:
        return self.of_form(StandIn)

    @cached_property
    def requirements(self) -> dict[str, tuple[Deontic, ...]]:
        """By decisive act, the duties that name nobody: the act must be done by whoever may."""
        found: dict[str, list[Deontic]] = {}
        for norm in self.of_form(Deontic):
            if norm.modality == "duty" and norm.by is None and self.is_decisive(norm.act):
                found.setdefault(norm.act, []).append(norm)
        return {act: tuple(norms) for act, norms in found.items()}

    @cached_property
    def superiors(self) -> dict[str, tuple[str, ...]]:
        """By norm id, the norms it gives way to: `residual_to` and precedence norms."""
        found: dict[str, dict[str, None]] = {}
        for norm in [*self.norms.values(), *self.powers.values()]:
            for other in getattr(norm, "residual_to", ()):
                found.setdefault(norm.id, {})[other] = None
        for norm in self.of_form(Precedence):
            for loser in norm.yields:
                for part in (loser, *self._parts(loser)):
                    found.setdefault(part, {}).update(dict.fromkeys(norm.prevails))
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def yielding(self) -> dict[str, tuple[str, ...]]:
        """By norm id, the norms that give way to it (the inverse of `superiors`)."""
        found: dict[str, list[str]] = {}
        for norm, superiors in self.superiors.items():
            for superior in superiors:
                found.setdefault(superior, []).append(norm)
        return {k: tuple(v) for k, v in found.items()}

    def _parts(self, norm_id: str) -> tuple[str, ...]:
        """The powers that are part of a route or a composition, and give way with it."""
        return tuple(p for p in self.powers if p.startswith(norm_id + ".") and p not in self.norms)

    def lookup(self, norm_id: str) -> Norm:
        """A norm or a derived power by id. Raises KeyError where there is none."""
        return self.norms[norm_id] if norm_id in self.norms else self.powers[norm_id]

    @cached_property
    def chairs(self) -> dict[str, tuple[str, ...]]:
        """By body, the ids of the powers to chair it."""
        found: dict[str, list[str]] = {}
        for norm in self.of_form(Composition):
            if norm.chair is not None:
                found.setdefault(norm.body, []).append(norm.id + CHAIR_SUFFIX)
        return {body: tuple(ids) for body, ids in found.items()}

    @cached_property
    def routes(self) -> dict[str, Route]:
        return {r.id: r for r in self.of_form(Route)}

    def ordered(self, first: str, second: str) -> tuple[tuple[Power, Power], ...]:
        """Pairs of steps of one route, the one of act `first` before the other of act `second`."""
        found: list[tuple[Power, Power]] = []
        for route in self.routes.values():
            before: dict[str, set[str]] = {}
            powers = {s.id: s.power for s in route.steps}
            for step in route.steps:  # a step follows only steps above it
                before[step.id] = set(step.after).union(*(before[a] for a in step.after))
                earlier = (s.power for s in route.steps if s.id in before[step.id] and powers[s.id].act == first)
                found.extend((one, step.power) for one in earlier if step.power.act == second)
        return tuple(found)

    @cached_property
    def absence_exclusions(self) -> tuple[Exclusion, ...]:
        return tuple(e for e in self.of_form(Exclusion) if e.between is not None)

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        return self.of_form(Bound)

    @cached_property
    def cadences(self) -> dict[str, tuple[Cadence, ...]]:
        """By body, or `ROUTE.STEP`, the cadences with an amount."""
        found: dict[str, list[Cadence]] = {}
        for norm in self.of_form(Cadence):
            if norm.amount:
                found.setdefault(norm.body or f"{norm.route}.{norm.step}", []).append(norm)
        return {body: tuple(norms) for body, norms in found.items()}

    def name(self, actor: str, lang: str) -> str:
        """What an office, body, named set or role is called."""
        v = self.vocabulary
        for table in (v.offices, v.bodies, v.sets, v.roles):
            if actor in table:
                return table[actor].label.get(lang)
        return actor
