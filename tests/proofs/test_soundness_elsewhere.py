"""Soundness of routes as workflow nets, confirmed by a process-mining library where it is installed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from model.competence import Competence
from model.graphs import defects as df
from model.graphs.course import Course, closings, earlier, later
from model.norms import Route
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from tests.model import generated_routes as g

MISSING = "pm4py is not installed"
petri = pytest.importorskip("pm4py.objects.petri_net.obj", reason=MISSING)
arc = pytest.importorskip("pm4py.objects.petri_net.utils.petri_utils", reason=MISSING).add_arc_from_to
woflan = pytest.importorskip("pm4py.algo.analysis.woflan.algorithm", reason=MISSING)
Marking, PetriNet = petri.Marking, petri.PetriNet


def workflow_net(rules: RuleSet, route: Route, course: Course) -> Any:
    """The steps that are on, as a Petri net: a place for each pair of steps that follow one another.

    A step that may be left out has a silent twin. A step nobody can do has no transition. Where the route closes
    with one decision, that decision ends it, so that an open look leaves its token behind.
    """
    net = PetriNet("route")
    source, sink = PetriNet.Place("source"), PetriNet.Place("sink")
    begin, finish = PetriNet.Transition("begin", None), PetriNet.Transition("finish", None)
    net.places.update({source, sink})
    net.transitions.update({begin, finish})
    arc(source, begin, net)
    arc(finish, sink, net)
    on = [s for s in route.steps if s.id in course.on]
    doing: dict[str, list[Any]] = {}
    for step in on:
        names = [step.id] if step.id in course.able else []
        names += [f"skip {step.id}"] if step.power.may else []
        doing[step.id] = [PetriNet.Transition(n, n) for n in names]
        net.transitions.update(doing[step.id])
    last = closings(rules, route)
    ends = [last[0].id] if len(last) == 1 and last[0].id in course.on else []
    for step in on:
        before = [e for e in earlier(route)[step.id] if e in course.on]
        direct = [e for e in before if not any(e in earlier(route)[o] for o in before)]
        for one in direct or [None]:
            place = PetriNet.Place(f"{one} to {step.id}")
            net.places.add(place)
            for t in doing[one] if one else [begin]:
                arc(t, place, net)
            for t in doing[step.id]:
                arc(place, t, net)
        followed = any(step.id in earlier(route)[o.id] for o in on)
        if not followed:
            place = PetriNet.Place(f"{step.id} done")
            net.places.add(place)
            for t in doing[step.id]:
                arc(t, place, net)
            before_end = not ends or step.id == ends[0] or ends[0] in earlier(route)[step.id]
            if before_end:
                arc(place, finish, net)
    return net, Marking({source: 1}), Marking({sink: 1})


def compared(rules: RuleSet, route: Route) -> tuple[bool, bool] | None:
    """Whether the route is sound here, and there; None where the two notions differ by definition.

    They are compared on routes with one required closing step and nothing that may be left out, all of whose
    steps beside the closing one are looks: only a look left open is a defect here.
    """
    course = Course(Competence(rules, Situation(make_cast(rules))), route)
    last = closings(rules, route)
    if len(last) != 1 or last[0].id not in course.required or not course.starts:
        return None
    ordered = earlier(route)[last[0].id] | later(route)[last[0].id] | {last[0].id}
    beside = [s for s in route.steps if s.id in course.on and s.id not in ordered]
    if any(s.power.may for s in route.steps) or not all(rules.is_scrutiny(s.power.act) for s in beside):
        return None
    found = {d.kind for d in df.defects(rules, Situation(make_cast(rules)))}
    net, start, end = workflow_net(rules, route, course)
    quiet = {"print_diagnostics": False, "return_asap_when_not_sound": True}
    return not found & {df.NO_END, df.WORK_LEFT}, woflan.apply(net, start, end, parameters=quiet)


def test_generated_routes() -> None:
    verdicts: list[tuple[bool, bool]] = []

    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(g.routes())
    def run(route: Route) -> None:
        found = compared(g.rule_set(route), route)
        if found is not None:
            verdicts.append(found)
            assert found[0] == found[1]

    run()
    assert {True, False} == {here for here, _ in verdicts}


LOOK, SIGN = g.step("r", "look", "review", "clerk"), g.step("r", "sign", "sign", "head")


@pytest.mark.parametrize(
    ("route", "sound"),
    [
        (g.route("r", LOOK, g.step("r", "sign", "sign", "head", "look")), True),
        (g.route("r", SIGN, LOOK), False),
        (g.route("r", LOOK, g.step("r", "sign", "sign", "(head when urgent)", "look")), False),
    ],
    ids=["sound", "work-left", "no-end"],
)
def test_by_hand(route: Route, sound: bool) -> None:
    assert compared(g.rule_set(route), route) == (sound, sound)
