"""From shapes to norms, with every name in them looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from model import absence, schema
from model import expressions as ex
from model import messages as say
from model import norms as nm
from model import vocabulary as vo
from model.building import Builder
from model.citations import Citation
from model.errors import nearest
from model.ruleset import RuleSet
from model.sorts import Names
from model.yamltext import Loc

_STRENGTHS = {s.name.lower(): s for s in vo.Strength}


def build_norms(b: Builder, shape: schema.RulesShape, names: Names, used: Sequence[RuleSet]) -> dict[str, nm.Norm]:
    """The norms by id, after those of the rule sets in use."""
    return b.collect("norms", shape.norms, [u.norms for u in used], _Norms(b, names).norm)


class _Common(TypedDict):
    id: str
    citations: tuple[Citation, ...]
    label: vo.Label
    strength: vo.Strength
    under: tuple[tuple[str, str], ...]
    when: ex.Cond


@dataclass(frozen=True)
class _Norms:
    """One method a form: its shape to its record."""

    b: Builder
    names: Names

    def norm(self, n: Any, loc: Loc) -> nm.Norm:
        match n:
            case schema.PowerShape():
                return self.power(n, loc)
            case schema.DeonticShape():
                return self.deontic(n, loc)
            case schema.RouteShape():
                return self.route(n, loc)
            case schema.StandInShape():
                return self.stand_in(n, loc)
            case schema.ExclusionShape():
                return self.exclusion(n, loc)
            case schema.BoundShape():
                return self.bound(n, loc)
            case schema.CadenceShape():
                return self.cadence(n, loc)
            case schema.CompositionShape():
                return self.composition(n, loc)
            case schema.ReservedShape():
                to = self.actors_if_any(n.to, (*loc, "to"))
                act = self.act(n.act, (*loc, "act"))
                return nm.Reserved(**self.common(n, loc), act=act, to=to, levels=tuple(n.levels))
            case schema.AssemblyShape():
                return nm.Assembly(
                    **self.common(n, loc),
                    meeting=n.meeting,
                    members=self.actors_if_any(n.members, (*loc, "members")),
                    chair=self.actors_if_any(n.chair, (*loc, "chair")),
                    levels=tuple(n.levels),
                )
            case schema.PeriodShape():
                return nm.Period(
                    **self.common(n, loc),
                    from_act=self.act(n.from_act, (*loc, "from_act")),
                    to_act=self.act(n.to_act, (*loc, "to_act")),
                    ceiling=n.kind == "ceiling",
                    amount=n.amount,
                    unit=n.unit,
                )
            case schema.PrecedenceShape():
                if n.when != "true" or n.under:
                    self.b.mistake(loc, say.PRECEDENCE_CONDITIONED(id=n.id), say.CONDITION_ON_THE_NORMS())
                return nm.Precedence(**self.common(n, loc), prevails=tuple(n.prevails), yields=tuple(n.yields))
            case schema.ReferenceShape():
                return nm.Reference(**self.common(n, loc), kind=n.kind, target=n.target, article=n.article)
        raise TypeError(f"no norm is built from {type(n).__name__}")

    # parts of norms

    def common(self, n: schema.NormShape, loc: Loc, principal: bool = False) -> _Common:
        return {
            "id": n.id,
            "citations": (self.b.citation(n.at, n.quote, loc, n.law), *self.b.more(n.also, loc, n.law)),
            "label": vo.Label(n.zh, n.en),
            "strength": _STRENGTHS[n.strength],
            "under": self.under(n.under, loc),
            "when": self.condition(n.when, (*loc, "when"), principal),
        }

    def under(self, under: Mapping[str, str], loc: Loc) -> tuple[tuple[str, str], ...]:
        readings = self.names.vocabulary.readings
        for name, choice in under.items():
            here: Loc = (*loc, "under", name)
            self.b.known(name, readings, say.READING(), here)
            if name in readings:
                self.b.known(choice, readings[name].domain, say.CHOICE_OF(reading=name), here)
        return tuple(under.items())

    def condition(self, text: str, loc: Loc, principal: bool = False) -> ex.Cond:
        return self.b.checked_condition(text, loc, self.names, principal)

    def actors(self, text: str, loc: Loc, principal: bool = False) -> ex.ActorSet:
        return self.b.checked_actors(text, loc, self.names, principal)

    def actors_if_any(self, text: str | None, loc: Loc, principal: bool = False) -> ex.ActorSet | None:
        return None if text is None else self.actors(text, loc, principal)

    def act(self, name: str, loc: Loc) -> str:
        self.b.known(name, self.names.vocabulary.acts, say.ACT(), loc)
        return name

    def body(self, name: str, loc: Loc) -> str:
        self.b.known(name, self.names.vocabulary.bodies, say.BODY(), loc)
        return name

    # forms

    def power(self, n: schema.PowerShape, loc: Loc) -> nm.Power:
        return nm.Power(
            **self.common(n, loc),
            act=self.act(n.act, (*loc, "act")),
            by=self.actors(n.by, (*loc, "by")),
            joint=n.mode == "joint",
            may=n.modality == "may",
            delegation=self.actors_if_any(n.delegation, (*loc, "delegation")),
            residual_to=tuple(n.residual_to),
        )

    def deontic(self, n: schema.DeonticShape, loc: Loc) -> nm.Deontic:
        if n.by is None and n.form != "duty":
            self.b.mistake(loc, say.BINDS_NOBODY(form=_FORMS[n.form](), id=n.id), say.BY())
        return nm.Deontic(
            **self.common(n, loc),
            modality=n.form,
            act=self.act(n.act, (*loc, "act")),
            by=self.actors_if_any(n.by, (*loc, "by")),
            unless=self.condition(n.unless, (*loc, "unless")),
        )

    def route(self, n: schema.RouteShape, loc: Loc) -> nm.Route:
        common = self.common(n, loc)
        all_ids = [s.id for s in n.steps]
        steps: list[nm.Step] = []
        above: list[str] = []
        for i, s in enumerate(n.steps):
            here: Loc = (*loc, "steps", i)
            if s.id in above or s.id in ("start", "end"):
                self.b.mistake((*here, "id"), say.STEP_TAKEN(id=s.id), say.OWN_ID())
            after = s.after if s.after is not None else above[-1:]
            for j, earlier in enumerate(after):
                if earlier not in above:
                    said = say.NO_EARLIER_STEP(id=earlier)
                    self.b.mistake((*here, "after", j), said, say.A_STEP_ABOVE(), nearest(earlier, above))
            if s.back_to and s.back_to not in all_ids:
                said, near = say.NO_STEP(id=s.back_to), nearest(s.back_to, all_ids)
                self.b.mistake((*here, "back_to"), said, say.A_STEP_OF_THE_ROUTE(), near)
            kept = tuple(e for e in after if e in above)
            above.append(s.id)
            steps.append(nm.Step(id=s.id, after=kept, back_to=s.back_to, power=self.step(n, common, s, here)))
        return nm.Route(**common, steps=tuple(steps), residual_to=tuple(n.residual_to))

    def step(self, n: schema.RouteShape, common: _Common, s: schema.StepShape, here: Loc) -> nm.Power:
        """A step's power, with what it has from its route."""
        if s.quote and not s.at:
            self.b.quote_without_place(here)
        cited = self.b.citation(s.at, s.quote, here) if s.at else common["citations"][0]
        return nm.Power(
            id=f"{n.id}.{s.id}",
            citations=(cited, *self.b.more(s.also, here)),
            label=vo.Label(s.zh or n.zh, s.en or n.en),
            strength=_STRENGTHS[s.strength] if s.strength else common["strength"],
            under=(*common["under"], *self.under(s.under, here)),
            when=ex.conjunction(common["when"], self.condition(s.when, (*here, "when"))),
            act=self.act(s.act, (*here, "act")),
            by=self.actors(s.by, (*here, "by")),
            joint=s.mode == "joint",
            may=s.modality == "may",
            delegation=self.actors_if_any(s.delegation, (*here, "delegation")),
            residual_to=tuple(n.residual_to),
            route=n.id,
        )

    def stand_in(self, n: schema.StandInShape, loc: Loc) -> nm.StandIn:
        for i, cause in enumerate(n.causes):
            self.b.known(cause, absence.CAUSES, say.CAUSE(), (*loc, "causes", i))
        if n.acts != "all":
            for i, act in enumerate(n.acts):
                self.act(act, (*loc, "acts", i))
        return nm.StandIn(
            **self.common(n, loc, principal=True),
            principals=self.actors(n.for_, (*loc, "for")),
            by=self.actors(n.by, (*loc, "by"), principal=True),
            states=absence.states_of(c for c in n.causes if c in absence.CAUSES),
            causes=tuple(n.causes),
            acts=nm.EVERY_ACT if n.acts == "all" else tuple(n.acts),
            delegation=self.actors_if_any(n.delegation, (*loc, "delegation"), principal=True),
            by_rank=n.order == "rank",
            chain=n.chain,
        )

    def exclusion(self, n: schema.ExclusionShape, loc: Loc) -> nm.Exclusion:
        absences = n.between is not None and n.and_ is not None and not (n.route or n.steps)
        steps = n.between is None and n.and_ is None and bool(n.route) and len(n.steps) == 2
        if not (absences or steps):
            self.b.mistake(loc, say.EXCLUDES_NOTHING(id=n.id), say.EXCLUSION_KEYS())
        return nm.Exclusion(
            **self.common(n, loc),
            between=self.actors_if_any(n.between, (*loc, "between")),
            other=self.actors_if_any(n.and_, (*loc, "and"), principal=True),
            route=n.route,
            steps=tuple(n.steps),
            unless=self.condition(n.unless, (*loc, "unless"), principal=True),
        )

    def bound(self, n: schema.BoundShape, loc: Loc) -> nm.Bound:
        routes = ([n.route] if n.route else []) + n.routes
        if not routes:
            self.b.mistake(loc, say.ON_NO_ROUTE(id=n.id), say.ROUTE_OR_ROUTES())
        if (n.amount is None) != (n.unit is None):
            self.b.mistake(loc, say.HALF_A_LENGTH(id=n.id), say.AMOUNT_AND_UNIT())
        return nm.Bound(
            **self.common(n, loc),
            routes=tuple(routes),
            start=n.from_,
            end=n.to,
            ceiling=n.kind == "ceiling",
            amount=n.amount,
            unit=n.unit or "",
            by=self.actors_if_any(n.by, (*loc, "by")),
            expiry=n.expiry,
            start_unsaid=n.start_unsaid,
        )

    def cadence(self, n: schema.CadenceShape, loc: Loc) -> nm.Cadence:
        if n.body:
            self.body(n.body, (*loc, "body"))
        if bool(n.body) == bool(n.route) or bool(n.route) != bool(n.step):
            self.b.mistake(loc, say.RECURS_NOT(id=n.id), say.BODY_OR_STEP())
        return nm.Cadence(
            **self.common(n, loc), body=n.body, route=n.route, step=n.step, amount=n.amount, unit=n.unit, day=n.day
        )

    def composition(self, n: schema.CompositionShape, loc: Loc) -> nm.Composition:
        return nm.Composition(
            **self.common(n, loc),
            body=self.body(n.body, (*loc, "body")),
            members=self.actors_if_any(n.members, (*loc, "members")),
            chair=self.actors_if_any(n.chair, (*loc, "chair")),
            chair_delegation=self.actors_if_any(n.chair_delegation, (*loc, "chair_delegation")),
            attend=self.actors_if_any(n.attend, (*loc, "attend")),
            invited=self.actors_if_any(n.invited, (*loc, "invited")),
            quorum=n.quorum,
            decides=n.decides,
        )


_FORMS = {"duty": say.DUTY, "prohibition": say.PROHIBITION, "permission": say.PERMISSION}
