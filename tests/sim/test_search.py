"""The smallest change that brings every tier to an on-time rate: found, not needed, or not to be had."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.changes import ladders
from sim.distributions import Distribution
from sim.replications import Experiment, run
from sim.scenario import AbsencePlan
from sim.search import search
from tests.model.support import bound, cadence, composition, power, route, step
from tests.sim.support import always, line, one, rules, takes

AWAY = AbsencePlan("mayor", "", "leave", 30.0, Distribution("constant", 3.0))
LATE = always(("t", 0.003), minutes=[takes(5.0)], warm=1, absences=(AWAY,), due={"t": (4, "hour")})


def serial(e: Experiment) -> object:
    return run(e, workers=1)


def test_a_stand_in_for_whom_papers_wait_is_found() -> None:
    law = rules(power("p", "check", "mayor"), power("q", "check", "deputy", when="kind = letter"))
    e = Experiment(law, LATE, 40, 3)
    found = search(e, 0.95, serial, only=("stand_in", "handling"))  # type: ignore[arg-type]
    assert not found.base.reached and found.base.worst < 0.95
    (best,) = found.found
    (move,) = best.moves
    assert (move.ladder.kind, move.ladder.about, move.value) == ("stand_in", "mayor", "deputy")
    assert best.size == 1 and best.differences[0].certain and best.overall > 0.02
    assert {m.ladder.kind for t in found.tried for m in t.moves} == {"stand_in", "handling"}


def test_several_rungs_are_climbed_where_one_is_not_enough() -> None:
    busy = always(("t", 0.7), minutes=[takes(5.0)], warm=1, due={"t": (1, "hour")})  # three and a half clerks' work
    steps: list[tuple[int, int]] = []
    e = Experiment(one("bureau"), busy, 10, 2)
    found = search(e, 0.95, serial, 4, ("staff",), lambda d, n: steps.append((d, n)))  # type: ignore[arg-type]
    (best,) = found.found
    assert [(m.ladder.name, m.value) for m in best.moves] == [("staff.every", "4")] and best.size == 3
    assert [t.size for t in found.tried] == [1, 2, 3] and not any(t.reached for t in found.tried[:2])
    assert steps == [(1, 4), (2, 4), (3, 4)]


def test_changes_that_only_together_are_enough_are_found() -> None:
    # more than a clerk can do at each of two stations: quicker work helps most by itself, and is not enough
    twice = always(("t", 0.22), minutes=[takes(5.0)], warm=1, due={"t": (1, "hour")})
    with_ = replace(twice, staff={"bureau": 1, "hall": 1, "court": 1})
    e = Experiment(line("bureau", "hall"), with_, 5, 2)
    found = search(e, 0.9, serial, 2)  # type: ignore[arg-type]
    singles = [t for t in found.tried if t.size == 1]
    assert max(singles, key=lambda t: t.worst).moves[0].ladder.kind == "handling"
    (best,) = found.found
    assert {m.ladder.name for m in best.moves} == {"staff.bureau", "staff.hall"} and best.size == 2
    assert found.idle == ("staff.court=2",)  # nothing comes there: no larger change has it
    assert not any(m.ladder.name == "staff.court" for t in found.tried if t.size > 1 for m in t.moves)
    few = search(e, 0.9, serial, 2, tries=1)  # type: ignore[arg-type]
    pairs = [t for t in few.tried if t.size == 2]
    assert len(pairs) == 1 and not pairs[0].reached and few.left[2] >= 3


def test_nothing_is_tried_where_nothing_is_wanting_and_nothing_found_where_nothing_helps() -> None:
    calm = always(("t", 0.01), minutes=[takes(5.0)], warm=1, due={"t": (1, "calendar_day")})
    enough = search(Experiment(one("bureau"), calm, 10, 2), 0.9, serial)  # type: ignore[arg-type]
    assert enough.found == (enough.base,) and not enough.tried
    hopeless = replace(calm, handling=(takes(3 * 1440.0, "constant"),), staff={"every": 10**6})
    none = search(Experiment(one("bureau"), hopeless, 20, 2), 0.9, serial, 1)  # type: ignore[arg-type]
    assert none.found == () and {t.size for t in none.tried} == {1}


def test_an_interrupt_keeps_what_was_tried() -> None:
    busy = always(("t", 0.5), minutes=[takes(5.0)], warm=1, due={"t": (1, "hour")})
    asked: list[Experiment] = []

    def stopped(e: Experiment) -> object:
        asked.append(e)
        return replace(run(e, workers=1), interrupted=len(asked) == 3)

    found = search(Experiment(one("bureau"), busy, 5, 1), 0.99, stopped, 3)  # type: ignore[arg-type]
    assert found.interrupted and len(found.tried) == 1


def test_rules_are_changed_where_they_say_how_often_or_how_long() -> None:
    reply = route("r", step("r", "a", "review", "bureau"), step("r", "b", "check", "bureau", after=("a",)))
    law = rules(
        reply,
        bound("answer", "r", "start", "a", "ceiling", 3, "working_day", expiry="deemed_consent"),
        cadence("monthly", "plenary", 1, "month"),
        composition("seats", "plenary", "mayor"),
    )
    known = {x.name: x for x in ladders(Experiment(law, LATE, 5, 1), ())}
    assert [r.value for r in known["reply.answer"].rungs] == ["2 working_day", "1 working_day"]
    meets = known["meeting.plenary"]
    assert [r.value for r in meets.rungs] == ["2 week", "1 week", "1 working_day"]
    changed = meets.rungs[-1].put(Experiment(law, LATE, 5, 1)).rules
    assert (changed.cadences["plenary"][0].amount, changed.cadences["plenary"][0].unit) == (1, "working_day")
    assert known["reply.answer"].rungs[0].put(Experiment(law, LATE, 5, 1)).rules.norms["answer"].amount == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["staff.every", "handling.every"])
def test_numbers_move_by_one_person_or_a_tenth(name: str) -> None:
    ladder = next(x for x in ladders(Experiment(one("bureau"), LATE, 5, 1), ()) if x.name == name)
    assert [r.value for r in ladder.rungs[:2]] == {"staff.every": ["2", "3"], "handling.every": ["4.5", "4.05"]}[name]
