"""Pictures: texts fit, nothing overlaps, arrows run beside the boxes. By geometry, and in a real browser."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guize
import specs
from guize.drawing import lanes, page, paging
from guize.drawing.cards import Line, Section, card
from guize.drawing.cards import page as card_page
from guize.drawing.gather import gather
from guize.drawing.plan import Extras, Legend, RoutePlan, route_plan
from guize.drawing.text import width, wrap
from guize.wording import Wording
from tests.guize.browser import MISSING, browser, measure, printed_sheets
from tests.model import generated_routes as g

QUIET = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(st.sampled_from("市长审核签发（，。）“”abc XYZ 12.;"), max_size=40)


@QUIET
@given(WORDS, st.integers(60, 200))
def test_wrapping_keeps_every_character_and_the_limit(text: str, limit: int) -> None:
    lines = wrap(text, 12, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 12) <= limit for line in lines)


def plan_of(route: object, legend: bool = False) -> RoutePlan:
    rules = g.rule_set(route, g.ceiling("b", "r", "start", "x1"), g.stand_in("s", "head", "clerk"))  # type: ignore[arg-type]
    power = next(iter(rules.powers))
    told = (
        Extras((Legend(1, "serious", "问题", "说明" * 80),), {power: (1,)}, {power: ("head",)}) if legend else Extras()
    )
    return route_plan(Wording(rules, "zh"), rules.routes["r"], told)


@QUIET
@given(g.routes(), st.booleans())
def test_no_two_texts_overlap_and_none_leaves_the_picture(route: object, legend: bool) -> None:
    canvas, wide, high = lanes.draw(plan_of(route, legend), "规则", "时限", "问题")
    for room in canvas.rooms:
        assert room.x >= 0 and room.y >= 0
        assert room.x + room.width <= wide and room.y + room.height <= high, room.text
    for one, two in combinations(canvas.rooms, 2):
        across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
        down = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
        assert across <= 0 or down <= 3, (one, two)


@QUIET
@given(g.routes())
def test_arrows_run_beside_the_boxes(route: object) -> None:
    plan = plan_of(route)
    places = lanes.layout(plan, 0)
    for number, edge in enumerate(plan.edges):
        for (x, y), (u, v) in pairwise(lanes.edge_points(places, edge, number)):
            for box in places.boxes.values():
                inside_x = min(x, u) < box.x + box.width - 1 and max(x, u) > box.x + 1
                inside_y = min(y, v) < box.bottom - 1 and max(y, v) > box.y + 1
                assert not (inside_x and inside_y), (edge, box.node.id)


@QUIET
@given(g.routes())
def test_every_step_is_below_those_before_it(route: object) -> None:
    plan = plan_of(route)
    at = lanes.rows(plan)
    assert all(at[e.source] < at[e.target] for e in plan.edges if e.kind == "flow")
    assert len({(at[n.id], n.lane) for n in plan.nodes}) == len(plan.nodes)


# cards on paper

HEADS = ("序", "谁办", "办什么", "依据", "何时适用", "时限", "代行")
CELLS = st.lists(st.text(st.sampled_from("市长审核签发（，。）abc 12"), max_size=60), max_size=3).map(tuple)


@st.composite
def sections(draw: st.DrawFn) -> tuple[Section, ...]:
    line = st.builds(Line, st.just("1"), WORDS, WORDS, WORDS, CELLS, CELLS, CELLS)
    made = st.builds(Section, WORDS, WORDS, st.lists(line, min_size=1, max_size=9).map(tuple))
    return tuple(draw(st.lists(made, max_size=9)))


@QUIET
@given(sections())
def test_a_card_is_split_without_loss_and_no_sheet_runs_over(made: tuple[Section, ...]) -> None:
    found = paging.paging(made, HEADS)
    lines = [(p.section, n) for sheet in found.sheets for p in sheet for n in range(p.first, p.last)]
    assert lines == [(i, n) for i, section in enumerate(made) for n in range(len(section.lines))]
    assert found.size in paging.SIZES and sum(found.columns) == pytest.approx(100, abs=0.5)
    for sheet in found.sheets:
        rows = sum(
            paging.row_height(made[p.section].rows[n], found.columns, found.size)
            for p in sheet
            for n in range(p.first, p.last)
        )
        assert rows <= paging.SHEET_HEIGHT or sum(p.last - p.first for p in sheet) == 1


def test_what_fits_on_one_sheet_is_printed_on_one_and_large() -> None:
    line = Line("1", "市长", "签发", "第一条", (), (), ())
    (sheet,) = paging.paging((Section("甲", "", (line,) * 3), Section("乙", "", (line,))), HEADS).sheets
    assert [p.continued for p in sheet] == [False, False]
    assert paging.paging((Section("甲", "", (line,)),), HEADS).size == max(paging.SIZES)
    many = paging.paging((Section("甲", "", (line,) * 100),), HEADS)
    assert len(many.sheets) > 1 and [p.continued for (p,) in many.sheets] == [False] + [True] * (len(many.sheets) - 1)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", specs.bundled())
def test_in_a_browser(name: str, lang: str, tmp_path: Path) -> None:
    if browser() is None:
        pytest.skip(MISSING)
    rules = guize.load(name)
    words, gathered = Wording(rules, lang), gather(rules)
    cards = card_page(words, tuple(card(words, gathered, k) for k in gathered.kinds))
    for made in (page.page(words, gathered, tuple(page.TITLES), (), ()), cards):
        found = measure(made, tmp_path)
        assert found["overlapping"] == [] and found["cut"] == []
        assert found["scripts"] == 0
        assert found["pictures"] == made.count("<svg")
    assert printed_sheets(cards, tmp_path) == cards.count('<section class="card"')
