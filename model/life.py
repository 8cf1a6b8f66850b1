"""A paper's life, step by step: what can happen next, and what is so after it.

The definitions:

* The *work* on a paper are the stages (`ruleset.Stage`) with a power in force. A stage is done once a deed under one
  of its powers stands. Powers over one decisive act are one stage, be they steps of routes or not.
* A stage may be done now, under a power of it that is in force and able, if it is not done, and if for every step of a
  route that is a power of the stage and in force: every required step before it is done, and no step after it
  (`graphs.course`, with stages for steps).
* A deed has one hand for the power, or one for every seat of a joint one. A hand is *barred* that a strict
  prohibition in force names for the act, that has done an act which excludes this one, or that has done the other of
  two steps a strict exclusion keeps apart.
* A step with `back_to` may be ended by a *return* instead: the stage it goes back to, and all after that, count as
  not done.
* Where a ceiling in force means consent when it expires, its last step may *lapse* once its first event is there:
  it is done, by nobody.
* An official may leave and come back as long as the situation can occur; a delegation ends with what it needs. One
  that can be given may be given at any time.
* The paper may be *issued* once something was done and no stage is wanted that is not done. That ends its life.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from model import absence
from model.competence import Competence, Hand
from model.deadlines import START
from model.evaluation import Context
from model.expressions import ActorSet
from model.graphs.course import earlier, later
from model.norms import Bound, Deontic, Exclusion, Power, Route, Step
from model.reachability import delegable, reachable
from model.ruleset import RuleSet, Stage
from model.situation import Situation
from model.violations import excludes
from model.vocabulary import Strength


@dataclass(frozen=True)
class Leaves:
    """An official is absent from now on, or in another way than before."""

    official: str
    state: str


@dataclass(frozen=True)
class ComesBack:
    official: str


@dataclass(frozen=True)
class Delegates:
    """A delegation under a stand-in norm for the official, or an authorisation that he gives under a power."""

    norm: str
    official: str


@dataclass(frozen=True)
class Does:
    """A stage is done under a power. `hands` is empty where consent was deemed under `bound`."""

    stage: str
    power: str
    hands: tuple[Hand, ...] = ()
    bound: str = ""


@dataclass(frozen=True)
class SendsBack:
    """A step ends with a return; `undone` are the stages that count as not done after it."""

    stage: str
    power: str
    hands: tuple[Hand, ...]
    undone: frozenset[str]


@dataclass(frozen=True)
class Issues:
    """The paper goes out."""


Move = Leaves | ComesBack | Delegates | Does | SendsBack | Issues


@dataclass(frozen=True)
class Event:
    """A move, with the situation it was made in and the deeds that stood then."""

    move: Move
    at: Situation
    standing: tuple[Does, ...]


@dataclass(frozen=True)
class Life:
    """Where a paper is: the situation now, the deeds that stand, and all that happened."""

    situation: Situation
    standing: tuple[Does, ...] = ()
    past: tuple[Event, ...] = ()

    @property
    def issued(self) -> bool:
        return bool(self.past) and isinstance(self.past[-1].move, Issues)

    @cached_property
    def done(self) -> frozenset[str]:
        """The stages that are done."""
        return frozenset(d.stage for d in self.standing)

    def actors(self, rules: RuleSet, act: str) -> frozenset[str]:
        """Who did the act, as far as it stands."""
        return frozenset(h.actor for d in self.standing if rules.powers[d.power].act == act for h in d.hands)


def prohibited(at: Context, act: str) -> Iterator[ActorSet]:
    """Whom strict prohibitions in force keep from the act."""
    for norm in at.rules.of_form(Deontic):
        strict = norm.modality == "prohibition" and norm.strength is Strength.STRICT and norm.act == act
        if strict and norm.by is not None and at.in_force(norm) and not at.holds(norm.unless):
            yield norm.by


def apart(at: Context, one: Power, two: Power) -> bool:
    """Whether nobody may do both: the acts exclude each other, or a strict exclusion in force parts the steps."""
    if excludes(at.rules, one.act, two.act):
        return True
    parted = (e for e in at.rules.of_form(Exclusion) if e.route and e.strength is Strength.STRICT)
    return any(
        {one.id, two.id} == {f"{e.route}.{s}" for s in e.steps} and at.in_force(e) and not at.holds(e.unless)
        for e in parted
    )


class Desk:
    """A paper as it lies there: what can be done with it now."""

    def __init__(self, rules: RuleSet, life: Life) -> None:
        self.rules, self.life = rules, life
        self.competence = Competence(rules, life.situation)
        self.at = self.competence.at

    # order

    @cached_property
    def stage_of(self) -> dict[str, str]:
        """By power, its stage."""
        return {p.id: s.id for s in self.rules.stages for p in s.powers}

    def on(self, step: Step) -> bool:
        return self.at.in_force(step.power)

    def is_done(self, step: Step) -> bool:
        return self.stage_of[step.power.id] in self.life.done

    def in_order(self, stage: Stage) -> bool:
        """Whether no route keeps the stage from being done next."""
        return all(self._in_order(route, step) for route, step in self._steps(stage))

    def _steps(self, stage: Stage) -> Iterator[tuple[Route, Step]]:
        """The steps in force that doing the stage does."""
        for power in stage.powers:
            route = self.rules.routes.get(power.route)
            if route is not None:
                yield from ((route, s) for s in route.steps if s.power.id == power.id and self.on(s))

    def _in_order(self, route: Route, step: Step) -> bool:
        steps = {s.id: s for s in route.steps if self.on(s) and s.id != step.id}
        before = (steps[s] for s in earlier(route)[step.id] if s in steps)
        after = (steps[s] for s in later(route)[step.id] if s in steps)
        return all(self.is_done(s) or s.power.may for s in before) and not any(self.is_done(s) for s in after)

    # hands

    def barred(self, actor: str, power: Power) -> bool:
        """Whether the actor must not do this, though he would be competent."""
        if any(actor in self.at.members(by) for by in prohibited(self.at, power.act)):
            return True
        others = (d for d in self.life.standing if any(h.actor == actor for h in d.hands))
        return any(apart(self.at, self.rules.powers[d.power], power) for d in others)

    def hands(self, power: Power) -> Iterator[tuple[Hand, ...]]:
        """Every choice of hands for a power in force; none where somebody needed is missing or barred."""
        filled = [tuple(self.competence.fill(s, power).values()) for s in sorted(self.competence.seats(power))]
        free = [tuple(h for h in hands if not self.barred(h.actor, power)) for hands in filled]
        if power.joint:
            yield from product(*free) if free else ()
        else:
            yield from dict.fromkeys((h,) for hands in free for h in hands)

    # moves

    def deeds(self) -> Iterator[Does]:
        """What somebody can do with the paper now."""
        for stage in self.rules.stages:
            if stage.id not in self.life.done and self.in_order(stage):
                for power in self.competence.powers_in_force(stage):
                    for hands in self.hands(power):
                        yield Does(stage.id, power.id, hands)

    def returns(self) -> Iterator[SendsBack]:
        for deed in self.deeds():
            power = self.rules.powers[deed.power]
            route = self.rules.routes.get(power.route)
            steps = {s.id: s for s in route.steps} if route else {}
            step = next((s for s in steps.values() if s.power.id == power.id), None)
            if route is None or step is None or step.back_to not in earlier(route)[step.id]:
                continue
            target = steps[step.back_to]
            if self.on(target) and self.is_done(target):
                undone = {s.id for s in steps.values() if s.id in later(route)[target.id]} | {target.id}
                stages = frozenset(self.stage_of[steps[s].power.id] for s in undone)
                yield SendsBack(deed.stage, deed.power, deed.hands, stages & self.life.done)

    def lapses(self) -> Iterator[Does]:
        for bound in self.rules.bounds:
            if bound.ceiling and bound.expiry == "deemed_consent" and self.at.in_force(bound):
                for route in (self.rules.routes[r] for r in bound.routes):
                    yield from self._lapse(bound, route)

    def _lapse(self, bound: Bound, route: Route) -> Iterator[Does]:
        steps = {s.id: s for s in route.steps}
        end, start = steps.get(bound.end), steps.get(bound.start)
        began = bound.start == START or (start is not None and self.is_done(start))
        if end is None or not began or not self.on(end) or self.is_done(end):
            return
        stage = next(s for s in self.rules.stages if s.id == self.stage_of[end.power.id])
        if self.in_order(stage):
            yield Does(stage.id, end.power.id, (), bound.id)

    def open(self) -> tuple[Stage, ...]:
        """The stages that are wanted and not done."""
        return tuple(s for s in self.rules.stages if s.id not in self.life.done and self.competence.wanted(s))

    def stuck(self) -> tuple[Stage, ...]:
        """The open stages that come next, and that nobody can do: nobody is competent, or all who are, are barred."""
        able = {d.stage for d in (*self.deeds(), *self.lapses())}
        return tuple(s for s in self.open() if s.id not in able and self.in_order(s))

    def paper_moves(self) -> tuple[Move, ...]:
        """Everything that can happen to the paper now."""
        if self.life.issued:
            return ()
        issues = (Issues(),) if self.life.standing and not self.open() else ()
        return (*self.deeds(), *self.returns(), *self.lapses(), *issues)

    def people_moves(
        self, most_absences: int = 2, states: Sequence[str] = absence.ABSENT_STATES
    ) -> tuple[Move, ...]:  # fmt: skip
        """Everything that officials can do about themselves now."""
        at, found = self.life.situation, list[Move]()
        for official in at.cast.ids:
            if not at.present(official):
                found.append(ComesBack(official))
            elif len(at.absent) < most_absences:
                found.extend(Leaves(official, s) for s in states)
        kept = [m for m in found if reachable(self.rules, _moved(self.rules, at, m))]
        return (*kept, *(Delegates(*d) for d in delegable(self.rules, at) if d not in at.delegations))


def _moved(rules: RuleSet, at: Situation, move: Move) -> Situation:
    match move:
        case Leaves(official, state):
            there = at.with_states({**at.states, official: state})
        case ComesBack(official):
            there = at.with_states({o: s for o, s in at.states.items() if o != official})
        case Delegates(norm, official):
            return replace(at, delegations=at.delegations | {(norm, official)})
        case _:
            return at
    # what was delegated ends with the absence it was for, or with the power to delegate
    return replace(there, delegations=there.delegations & frozenset(delegable(rules, there)))


def after(rules: RuleSet, life: Life, move: Move) -> Life:
    """The life of the paper with one move more. Whether the move can be made, `Desk` says; it is not asked again."""
    standing = life.standing
    if isinstance(move, Does):
        standing = (*standing, move)
    elif isinstance(move, SendsBack):
        standing = tuple(d for d in standing if d.stage not in move.undone)
    past = (*life.past, Event(move, life.situation, life.standing))
    return Life(_moved(rules, life.situation, move), standing, past)
