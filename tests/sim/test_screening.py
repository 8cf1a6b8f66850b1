"""Which assumptions matter, found with few runs: kinds of numbers first, then single numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from sim.comparison import sensitivity
from sim.replications import Experiment, run
from sim.screening import LEAST_DAYS, PAPERS, REPLICATIONS, Screening, kind_of, screening, short
from sim.vary import knobs
from tests.sim.support import always, one, takes

BUSY = replace(
    always(("t", 0.12), minutes=[takes(6.0)], warm=2, due={"t": (1, "hour")}), returns={"sign": 0.5, "review": 0.1}
)
"""Papers are never signed here, so that shares sent back move nothing."""


def experiment(replications: int = 2, days: int = 4) -> Experiment:
    return Experiment(one("bureau"), BUSY, days, replications, seed=3)


@cache
def screened() -> Screening:
    found = screening(experiment(), 0.2, workers=1)
    assert found is not None
    return found


def test_the_kind_that_matters_comes_first_and_kinds_that_do_not_are_not_looked_into() -> None:
    found = screened()
    kinds = {k.name: k.swing for k in found.kinds}
    assert list(kinds) == sorted(kinds, key=lambda k: -kinds[k])
    assert kinds["handling"] > 0.01 and kinds["returns"] == 0
    assert not any(s.name.startswith("returns.") for s in found.numbers)
    assert "flows" not in kinds and "volume" in kinds


def test_a_number_alone_in_its_kind_moves_as_in_the_full_ranking() -> None:
    found = screened()
    _, full = sensitivity(short(experiment()), 0.2, workers=1, only=("handling",))
    assert next(s for s in found.numbers if s.name == "handling.every") == full[0]


def test_numbers_of_a_kind_are_moved_together_and_then_one_by_one() -> None:
    two = replace(BUSY, due={"t": (2, "hour"), "u": (2, "hour")})
    found = screening(replace(experiment(), scenario=two), 0.5, workers=1, most=1)
    assert found is not None
    limits = next(k for k in found.kinds if k.name == "due")
    assert limits.numbers == ("due.t", "due.u") and limits.swing > 0
    alone = [s for s in found.numbers if s.name.startswith("due.")]
    assert [s.name for s in alone] == ["due.t"]  # `most` is 1
    assert alone[0].effects == limits.effects  # no paper is of the other tier
    assert found.runs == 1 + 2 * (len(found.kinds) + 1)


def test_progress_ends_with_the_last_run_and_the_runs_are_those_counted() -> None:
    told: list[tuple[int, int]] = []
    found = screening(experiment(), 0.2, workers=1, most=1, progress=lambda n, of: told.append((n, of)))
    assert found is not None and told == sorted(told)
    assert len(told) == found.runs * len(found.base.outcomes)
    assert told[-1][0] <= told[-1][1]


@pytest.mark.parametrize(("a_year", "days"), [(36500.0, LEAST_DAYS), (3650.0, PAPERS // 10), (1.0, 365), (0.0, 365)])
def test_a_run_is_as_long_as_its_papers_take(a_year: float, days: int) -> None:
    flows = tuple(replace(f, per_year=a_year) for f in BUSY.flows)
    made = short(replace(experiment(9, 5000), scenario=replace(BUSY, flows=flows)))
    assert made.days == days + BUSY.warm_up_days and made.replications == REPLICATIONS
    assert short(experiment(1, 5)).days == 5 and short(experiment(1, 5)).replications == 1


def test_every_number_but_flows_and_holders_belongs_to_a_kind() -> None:
    found = screened()
    inside = {n for k in found.kinds for n in k.numbers}
    wanted = {k.name for k in knobs(BUSY).values() if k.value}
    assert inside == {n for n in wanted if kind_of(n) not in ("flows", "holders")}


def test_an_interrupt_leaves_no_ranking(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = iter(range(100))

    def stopped(e: Experiment, workers: int = 0, progress: object = None) -> object:
        return replace(run(e, 1), interrupted=next(runs) == 3)

    monkeypatch.setattr("sim.screening.run", stopped)
    assert screening(experiment(1, 5), 0.2, workers=1) is None
