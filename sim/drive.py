"""Drive one situation: its people, absences and delegations stay, its paper comes, and nothing else happens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.ruleset import RuleSet
from model.situation import Situation
from model.vocabulary import Label
from sim.office import Office
from sim.scenario import Consultation, MeetingPlan, Scenario

_EMPTY = Scenario("drive", Label("单件", "one paper"), (), every_day=True, unknown_years="weekdays")


@dataclass(frozen=True)
class Driven:
    """What became of the paper: stalled at these stages for these norms, finished, or wanted by no norm."""

    stalled: tuple[tuple[str, tuple[str, ...]], ...]
    finished: bool
    asked: bool


def drive(rules: RuleSet, situation: Situation, act_order: tuple[str, ...] = (), days: int = 120) -> Driven:
    """The fate of the paper of a situation, in an office where everything takes no time and meetings are daily."""
    scenario = replace(
        _EMPTY,
        act_order=act_order,
        consultation=Consultation(frozenset({"reply"})),
        meetings=(MeetingPlan("every", 1, "working_day", capacity=1000),),
        readings=situation.readings,
        tiers=("only",),
    )
    office = Office(rules, scenario, days, at=situation)
    docket = office.admit("driven", "only", office.population.fixed(situation), 1)
    office.run()
    stalled = tuple((stage, norms) for _, stage, norms, _ in office.still_stalled())
    return Driven(stalled, docket is not None and docket.finished is not None, docket is not None)
