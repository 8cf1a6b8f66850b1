"""Changes to an office that might bring its papers to be on time: of people, habits and rules, rung by rung.

A `Ladder` is one thing to change, and its rungs go further and further; each rung is a change of size 1 from the one
below it. Changes of rules are edits of norms; how often a body meets is changed where it is said, in the rules or in
the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from model import absence
from model.edits import Edit
from model.expressions import Name
from model.norms import Bound, Cadence, Power, StandIn
from model.ruleset import RuleSet
from sim.outcome import Outcome
from sim.replications import Experiment
from sim.scenario import Scenario
from sim.vary import Knob, knobs

STAFF, HOLDERS, HANDLING, REPLY, MEETING, STAND_IN = "staff", "holders", "handling", "reply", "meeting", "stand_in"
_MOST_RUNGS = 5
_SHORTER = 0.9
"""Of the handling time that is left, rung by rung."""
_MEETS = ((1, "month"), (2, "week"), (1, "week"), (1, "working_day"))
"""How often bodies meet, rung by rung."""
_DAYS = {"hour": 1 / 24, "calendar_day": 1.0, "working_day": 1.4, "week": 7.0, "month": 30.4}
_STAND_INS = 2
"""How many are tried as stand-ins of one office."""


@dataclass(frozen=True)
class Rung:
    """How far a thing is changed: to `value`, and how."""

    value: str
    put: Callable[[Experiment], Experiment]


@dataclass(frozen=True)
class Ladder:
    """One thing to change, now at `now`. `about` is an id of the rule set or scenario: a body, an office, a norm."""

    kind: str
    name: str
    about: str
    now: str
    rungs: tuple[Rung, ...]

    @property
    def known_as(self) -> str:
        """A name of its own: there may be several ladders of one `name`, of which only one can be climbed."""
        return f"{self.name}={self.rungs[0].value}"


def ladders(experiment: Experiment, outcomes: Iterable[Outcome]) -> tuple[Ladder, ...]:
    """Everything that can be changed; stand-ins for offices that acts of papers stalled for in the `outcomes`."""
    found = (
        *_numbers(experiment.scenario),
        *_replies(experiment.rules),
        *_meetings(experiment),
        *_stand_ins(experiment.rules, outcomes),
    )
    return tuple(ladder for ladder in found if ladder.rungs)


def _numbers(scenario: Scenario) -> Iterator[Ladder]:
    """One clerk or one holder more, a tenth less handling time, replies a working day sooner."""
    for knob in knobs(scenario).values():
        section, _, about = knob.name.partition(".")
        if section in (STAFF, HOLDERS):
            values = [knob.value + n for n in range(1, _MOST_RUNGS + 1) if knob.value + n <= knob.most]
        elif section == HANDLING and knob.value:
            values = [knob.value * _SHORTER**n for n in range(1, _MOST_RUNGS + 1)]
        elif knob.name == "consultation.reply_days":
            values = [knob.value - n for n in range(1, _MOST_RUNGS + 1) if knob.value - n > 0]
            section = REPLY
        else:
            continue
        rungs = tuple(Rung(f"{v:g}", _turn(knob, v)) for v in values)
        yield Ladder(section, knob.name, about, f"{knob.value:g}", rungs)


def _turn(knob: Knob, value: float) -> Callable[[Experiment], Experiment]:
    return lambda e: replace(e, scenario=_knob_at(e.scenario, knob.name, value))


def _knob_at(scenario: Scenario, name: str, value: float) -> Scenario:
    return knobs(scenario)[name].at(value)


def _replies(rules: RuleSet) -> Iterator[Ladder]:
    """Periods after which consent is deemed, a unit shorter."""
    for bound in rules.bounds:
        if bound.ceiling and bound.expiry == "deemed_consent" and bound.amount is not None:
            amounts = range(bound.amount - 1, max(bound.amount - 1 - _MOST_RUNGS, 0), -1)
            rungs = tuple(Rung(f"{a} {bound.unit}", _edited(replace(bound, amount=a))) for a in amounts)
            yield Ladder(REPLY, f"reply.{bound.id}", bound.id, f"{bound.amount} {bound.unit}", rungs)


def _edited(*changed: Bound | Cadence) -> Callable[[Experiment], Experiment]:
    return lambda e: replace(e, rules=Edit(changed=changed).applied(e.rules))


def _meetings(experiment: Experiment) -> Iterator[Ladder]:
    """Bodies that meet more often, up to daily; where the rules say how often, by another rule."""
    rules, scenario = experiment.rules, experiment.scenario
    for body, cadences in rules.cadences.items():
        said = [c for c in cadences if c.body == body and c.amount]
        if said:
            now = min(said, key=lambda c: c.amount * _DAYS[c.unit])
            rungs = tuple(
                Rung(f"{n} {unit}", _edited(*(replace(c, amount=n, unit=unit, day=0) for c in said)))
                for n, unit in _oftener(now.amount, now.unit)
            )
            yield Ladder(MEETING, f"meeting.{body}", body, f"{now.amount} {now.unit}", rungs)
    for plan in scenario.meetings:
        if plan.body not in rules.cadences:
            rungs = tuple(Rung(f"{n} {u}", _meets(plan.body, n, u)) for n, u in _oftener(plan.every, plan.unit))
            yield Ladder(MEETING, f"meeting.{plan.body}", plan.body, f"{plan.every} {plan.unit}", rungs)


def _oftener(every: int, unit: str) -> list[tuple[int, str]]:
    return [(n, u) for n, u in _MEETS if n * _DAYS[u] < every * _DAYS[unit] - 1]


def _meets(body: str, every: int, unit: str) -> Callable[[Experiment], Experiment]:
    def put(e: Experiment) -> Experiment:
        plans = (replace(p, every=every, unit=unit) if p.body == body else p for p in e.scenario.meetings)
        return replace(e, scenario=replace(e.scenario, meetings=tuple(plans)))

    return put


def _stand_ins(rules: RuleSet, outcomes: Iterable[Outcome]) -> Iterator[Ladder]:
    """For each office that stalled papers waited for: another office stands in, whatever the absence and the act.

    Those are tried first who stand in for it already in some cases, then those who hold powers for the same acts.
    """
    stalled = {n for o in outcomes for s in o.stalls for n in s.norms if n in rules.powers}
    offices = rules.vocabulary.offices
    for office in sorted({a for n in stalled for a in _named(rules.powers[n])} & set(offices)):
        wanted = {rules.powers[n].act for n in stalled if office in _named(rules.powers[n])}
        before = [n.by for n in rules.of_form(StandIn) if str(n.principals) == office]
        peers = [p.by for p in rules.powers.values() if p.act in wanted]
        names = dict.fromkeys(by.name for by in (*before, *peers) if isinstance(by, Name) and by.name in offices)
        place = next(rules.powers[n] for n in sorted(stalled) if office in _named(rules.powers[n]))
        for other in [n for n in names if n != office][:_STAND_INS]:
            norm = StandIn(
                id=f"{office}.stand_in.{other}",
                citations=place.citations,
                principals=Name(office),
                by=Name(other),
                states=frozenset(absence.ABSENT_STATES),
            )
            yield Ladder(STAND_IN, f"stand_in.{office}", office, "", (Rung(other, _added(norm)),))


def _added(norm: StandIn) -> Callable[[Experiment], Experiment]:
    return lambda e: replace(e, rules=Edit(added=(norm,)).applied(e.rules))


def _named(power: Power) -> frozenset[str]:
    return frozenset(n.name for n in power.by.walk() if isinstance(n, Name))
