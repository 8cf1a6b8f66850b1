"""The queue at a desk: the most urgent lane first, in each in order of coming, what was interrupted before all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.competence import Hand
from sim.papers import SITTING, Desk, Job, Part

PART = Part("s", 0, Hand("desk", ()), lambda _: 1.0, 0)
RANKS = st.sampled_from([SITTING, 0, 1, 2])


@given(st.lists(st.tuples(st.sampled_from(["line_up", "put_first", "move", "take"]), RANKS, st.integers(0, 20))))
def test_the_queue_is_in_order_of_rank_and_coming_whatever_happens(steps: list[tuple[str, int, int]]) -> None:
    desk, waiting = Desk("desk", 1, 3), list[Job]()
    for what, rank, place in steps:
        if what in ("line_up", "put_first"):
            waiting.append(Job(None, None, PART, rank, 1.0))
            getattr(desk, what)(waiting[-1])
        elif waiting and what == "move":
            desk.move(waiting[place % len(waiting)], rank)
        elif waiting:
            first = min(waiting, key=lambda j: (j.rank, j.serial))
            assert desk.take() is first
            waiting.remove(first)
        assert desk.load == len(waiting) == sum(map(len, desk.lanes))
    rest = [desk.take() for _ in range(desk.queued)]
    assert rest == sorted(waiting, key=lambda j: (j.rank, j.serial))
