"""Soundness of routes as workflow nets, and their state spaces, confirmed by a process-mining library (pm4py).

It is asked in an interpreter of its own (`oracle`); where none is named, these tests skip and say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guize
import specs
from model.competence import Competence
from model.graphs import defects as df
from model.graphs.course import Course, closings, earlier, later, returns
from model.norms import Route, Step
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from proofs.audit import hear
from proofs.routes import RouteFacts
from tests.model import generated_routes as g
from tests.proofs.oracle import VARIABLE, Net, Oracle, python

pytestmark = pytest.mark.long
QUIET = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    found = python()
    if found is None:
        pytest.skip(f"{VARIABLE} names no Python that has pm4py")
    made = Oracle(found)
    yield made
    made.close()


def workflow_net(rules: RuleSet, route: Route, course: Course) -> Net:
    """The steps that are on, as a Petri net: a place for each pair of steps that follow one another.

    A step that may be left out has a silent twin. A step nobody can do has no transition. Where the route closes
    with one decision, that decision ends it, so that an open look leaves its token behind. Where the steps are in
    one line, a return moves the token back.
    """
    places, transitions, arcs = ["source", "sink"], ["begin", "finish"], [["source", "begin"], ["finish", "sink"]]
    on = [s for s in route.steps if s.id in course.on]
    doing = {s.id: ([s.id] if s.id in course.able else []) + ([f"skip {s.id}"] if s.power.may else []) for s in on}
    for made in doing.values():
        transitions += made
    last = closings(rules, route)
    ends = last[0].id if len(last) == 1 and last[0].id in course.on else ""
    entry: dict[str, str] = {}
    for step in on:
        before = [e for e in earlier(route)[step.id] if e in course.on]
        direct = [e for e in before if not any(e in earlier(route)[o] for o in before)]
        for one in direct or [""]:
            place = entry[step.id] = f"{one or 'begin'} to {step.id}"
            places.append(place)
            arcs += [[t, place] for t in (doing[one] if one else ["begin"])]
            arcs += [[place, t] for t in doing[step.id]]
        if not any(step.id in earlier(route)[o.id] for o in on):
            place = f"{step.id} done"
            places.append(place)
            arcs += [[t, place] for t in doing[step.id]]
            if not ends or step.id == ends or ends in earlier(route)[step.id]:
                arcs.append([place, "finish"])
    if in_line(route, course):
        for step, target in returns(route):
            if {step.id, target.id} <= course.able:
                transitions.append(f"return {step.id}")
                arcs += [[entry[step.id], f"return {step.id}"], [f"return {step.id}", entry[target.id]]]
    return {"places": places, "transitions": transitions, "arcs": arcs}


def in_line(route: Route, course: Course) -> bool:
    """Whether the steps that are on follow one another in one line."""
    return all(
        one.id in earlier(route)[two.id]
        for i, one in enumerate(route.steps)
        for two in route.steps[i + 1 :]
        if {one.id, two.id} <= course.on
    )


@dataclass(frozen=True)
class Compared:
    """What was found here: what makes the route unsound, and how many states a walk reaches (None: not comparable)."""

    unsound: frozenset[str]
    states: int | None
    net: Net


def compared(rules: RuleSet, route: Route, at: Situation | None = None) -> Compared | None:
    """The route with everybody present; None where the two notions of soundness differ by definition.

    They are compared on routes that can start and have one required closing step, all of whose steps beside the
    closing one are required looks: only a look left open is a defect here. A state is a marking where no step may
    be left out and every last step is waited for.
    """
    at = at or Situation(make_cast(rules))
    course = Course(Competence(rules, at), route)
    last = closings(rules, route)
    if at.absent or len(last) != 1 or last[0].id not in course.required or not course.starts:
        return None
    ordered = earlier(route)[last[0].id] | later(route)[last[0].id] | {last[0].id}
    beside = [s for s in route.steps if s.id in course.on and s.id not in ordered]
    if not all(rules.is_scrutiny(s.power.act) and not s.power.may for s in beside):
        return None
    found = frozenset(d.kind for d in df.defects(rules, at, (route.id,)))
    walk = course.explore()
    alike = not beside and course.on == course.required
    ended = any(course.ended(s) for s in walk)
    states = len(walk) + 1 + ended if alike else None  # the library counts the marking before and after as well
    return Compared(found & {df.NO_END, df.WORK_LEFT}, states, workflow_net(rules, route, course))


def agreed(oracle: Oracle, here: Compared) -> None:
    sound, markings = oracle.ask(here.net)
    assert sound == (not here.unsound)
    if here.states is not None:
        assert here.states == markings


SETS = ["head", "clerk", "deputy", "head | clerk", "(head when urgent)"]
"""Of the last, nobody is there for a paper that is not urgent."""


@st.composite
def closing_routes(draw: st.DrawFn) -> Route:
    """Looks and other steps in any partial order, then one signature after some of them, then perhaps a filing."""
    steps = []
    for i in range(draw(st.integers(1, 4))):
        above = [s.id for s in steps]
        after = draw(st.lists(st.sampled_from(above), unique=True, max_size=2)) if above else []
        steps.append(_drawn(draw, f"x{i}", draw(st.sampled_from(["review", "review", "submit"])), after))
    above = [s.id for s in steps]
    some = draw(st.lists(st.sampled_from(above), unique=True, max_size=3))
    after = above[-1:] if draw(st.booleans()) else some
    steps.append(g.step("r", "end", "sign", draw(st.sampled_from(SETS)), *after, back_to=draw(st.sampled_from(above))))
    if draw(st.booleans()):
        steps.append(_drawn(draw, "file", "submit", ["end"]))
    return g.route("r", *steps)


def _drawn(draw: st.DrawFn, ident: str, act: str, after: list[str]) -> Step:
    when = draw(st.sampled_from(["true", "true", "not urgent", "urgent"]))
    by, may = draw(st.sampled_from(SETS)), draw(st.integers(0, 4)) == 0
    return g.step("r", ident, act, by, *after, when=when, may=may)


def test_generated_routes(oracle: Oracle) -> None:
    seen: Counter[str] = Counter()

    @QUIET
    @given(closing_routes())
    def run(route: Route) -> None:
        found = compared(g.rule_set(route), route)
        if found is not None:
            agreed(oracle, found)
            seen.update(found.unsound or ("sound",))
            seen["states"] += found.states is not None
            seen.update({t.split()[0] for t in found.net["transitions"]} & {"return", "skip"})

    run()
    assert set(seen) == {"sound", df.NO_END, df.WORK_LEFT, "states", "return", "skip"}, seen
    assert min(seen.values()) >= 10, seen


@pytest.mark.parametrize("name", specs.bundled())
def test_bundled_routes(oracle: Oracle, name: str) -> None:
    rules = guize.load(name)
    facts = RouteFacts(hear(rules, make_cast(rules), 0))
    chains = {r: facts.longest_chain(r) for r in rules.routes.values()}
    found = [compared(rules, r, c.situation) for r, c in chains.items() if c]
    for one in (f for f in found if f):
        agreed(oracle, one)
    assert any(found)


LOOK, SIGN = g.step("r", "look", "review", "clerk"), g.step("r", "sign", "sign", "head")


@pytest.mark.parametrize(
    ("route", "sound"),
    [
        (g.route("r", LOOK, g.step("r", "sign", "sign", "head", "look")), True),
        (g.route("r", LOOK, g.step("r", "sign", "sign", "head", "look", back_to="look")), True),
        (g.route("r", SIGN, LOOK), False),
        (g.route("r", LOOK, g.step("r", "sign", "sign", "(head when urgent)", "look")), False),
    ],
    ids=["sound", "returns", "work-left", "no-end"],
)
def test_by_hand(oracle: Oracle, route: Route, sound: bool) -> None:
    found = compared(g.rule_set(route), route)
    assert found and sound == (not found.unsound)
    agreed(oracle, found)
