"""Situations put together choice by choice: every one can occur, and every one that can occur can be put together."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

import specs
from model import sketch as s
from model.construction import Construction, truth
from model.enumeration import situations
from model.loading import load
from model.parsing import parse_condition
from model.reachability import reachable
from model.situation import Situation, make_cast

STATES = ("leave", "vacancy")
RULES = s.ruleset(
    s.office("head"),
    s.office("deputy", 2, portfolio=True),
    s.flag("urgent"),
    s.attribute("kind", "notice", "order"),
    s.attribute("to", "below", "above"),
    s.fact("orders_go_down", "not (kind = order) or to = below"),
    s.fact("never_both", "not (urgent and to = above)"),
    s.relation("partner", "deputy", "deputy", symmetric=True),
    s.role("asker", "deputy", "urgent"),
    s.power("p", 1, "sign", "head", delegation=s.power("x", 1, "sign", "deputy").by),
    s.stand_in("s", 2, "head", "deputy", delegation="principal"),
    s.exclusion("e", 3, "head", "deputy"),
)


def chooser(seed: int) -> object:
    rnd = random.Random(seed)
    return lambda _, options: rnd.choice(list(options))


def first(_: str, options: Sequence[str]) -> str:
    return options[0]


def test_the_first_choice_everywhere_is_the_plainest_situation() -> None:
    at = Construction(RULES, make_cast(RULES)).situation(first)
    assert at is not None
    assert dict(at.paper.attributes) == {"urgent": "false", "kind": "notice", "to": "below"}
    assert not at.states and not at.delegations and not at.paper.touches and not at.relations["partner"]


def test_all_that_can_occur_and_nothing_else_is_put_together() -> None:
    cast = make_cast(RULES)
    made = Construction(RULES, cast, 3, STATES)
    found = [made.situation(chooser(i)) for i in range(3000)]  # type: ignore[arg-type]
    assert None not in found
    assert all(reachable(RULES, at) for at in found if at is not None)

    def told(at: Situation) -> tuple[object, ...]:
        return frozenset(at.states.items()), at.paper.attributes["kind"], at.paper.attributes["to"]

    simple = {told(at) for at in found if at is not None}
    every = {told(at) for at in situations(RULES, cast, STATES)}
    assert simple == every


def test_attributes_given_are_kept_and_completed() -> None:
    made = Construction(RULES, make_cast(RULES), given={"to": "above"})
    for i in range(50):
        at = made.situation(chooser(i))  # type: ignore[arg-type]
        assert at is not None and at.paper.attributes["to"] == "above"
        assert at.paper.attributes["kind"] == "notice" and at.paper.attributes["urgent"] == "false"


@pytest.mark.parametrize("name", ["luoyang", "weidong"])
def test_the_bundled_rules_rarely_lead_to_a_dead_end(name: str) -> None:
    rules = load(specs.ROOT / name)
    made = Construction(rules, make_cast(rules))
    found = [made.situation(chooser(i)) for i in range(20)]  # type: ignore[arg-type]
    assert sum(at is not None for at in found) >= 18


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("urgent", None),
        ("kind = order", True),
        ("kind != order", False),
        ("kind = order or urgent", True),
        ("kind = notice and urgent", False),
        ("kind = order and urgent", None),
        ("not urgent", None),
        ("not (kind in {notice, order})", False),
        ("some(head)", None),
        ("some(head) and false", False),
        ("some(head) or true", True),
    ],
)
def test_truth_where_only_the_kind_is_known(text: str, value: bool | None) -> None:
    assert truth(RULES, parse_condition(text), {"kind": "order"}, {}) is value
