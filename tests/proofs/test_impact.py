"""The impact of a revision: its regions hold every situation in which two versions differ, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings

from guize.sentences.revision import Telling
from model import effects
from model.competence import Competence
from model.effects import STAND_IN, Topic
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import cores, decode
from proofs.expressions import Key
from proofs.impact.records import POSSIBLE, Impact, Shift
from proofs.impact.run import impact
from proofs.impact.space import NEW, OLD, Space
from tests.proofs import support as s
from tests.proofs.revisions import Pair, enumerable, pairs

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]


def compared(pair: Pair, swapped: bool = False) -> Impact:
    old, new = (pair.new, pair.old) if swapped else (pair.old, pair.new)
    found = impact(old, new, states=pair.states, most_absences=9, most_regions=0)
    assert not found.unknown
    return found


def everything(space: Space) -> Iterator[tuple[dict[Key, str], Situation, tuple[Situation | None, Situation | None]]]:
    """Every situation at least one version knows, with what each version sees of it."""
    keys = list(space.variables)
    for chosen in product(*(space.variables[k].values for k in keys)):
        values = dict(zip(keys, chosen, strict=True))
        at = decode.situation(space, values)
        seen = [effects.seen(v.rules, v.cast, at) for v in space.versions]
        roles = {r for x in seen for r in x.paper.roles}
        images = {(r, o) for x in seen for r, m in x.relations.items() for o in m}
        given_ = {d for x in seen for d in x.delegations}
        borne = (
            roles == {*at.paper.roles}
            and images == {(r, o) for r, m in at.relations.items() for o in m}
            and given_ == at.delegations
        )
        if borne:
            views = space.views(at)
            if any(views):
                yield values, at, views


def passes(space: Space, views: tuple[Situation, Situation], shift: Shift, act: str, side: int) -> bool:
    seat, actor = shift.topic.subject
    fills = [effects._fills(Competence(v.rules, at), act, seat) for v, at in zip(space.versions, views, strict=True)]
    return actor in fills[side] and actor not in fills[1 - side]


def regions_hold_exactly_the_differing_situations(pair: Pair) -> None:
    found = compared(pair)
    space = Space(found.revision, pair.states)
    by_topic: dict[Topic, list[Shift]] = {}
    for shift in found.shifts:
        assert shift.complete
        by_topic.setdefault(shift.topic, []).append(shift)
    shown: set[int] = set()
    for values, at, views in everything(space):
        inside = [x for x in found.shifts if any(cores.contains(c, values) for c in x.regions)]
        before, after = views
        if before is None or after is None:
            side = NEW if before is None else OLD
            one_sided = [x for x in found.shifts if x.topic.kind == POSSIBLE and (x.lost, x.gained)[side]]
            moved = list(s.images(space, at))
            assert any(cores.contains(c, m) for x in one_sided for c in x.regions for m in moved), at
            continue
        differing = effects.difference(space.old.rules, before, space.new.rules, after)
        for shift in inside:  # sound
            assert shift.topic.kind != POSSIBLE
            if shift.topic.kind == STAND_IN:
                side = OLD if shift.lost else NEW
                assert all(passes(space, (before, after), shift, c[0], side) for c in (*shift.lost, *shift.gained))
            else:
                lost, gained = differing[shift.topic]
                assert (set(shift.lost), set(shift.gained)) == (lost, gained)
            shown.add(id(shift))
        if differing:  # complete
            moved = list(s.images(space, at))
        for topic, (lost, gained) in differing.items():
            if topic.kind == STAND_IN:
                held = [x for x in found.shifts if x.topic.kind == STAND_IN]
                for acts, side in ((lost, OLD), (gained, NEW)):
                    for act in acts:
                        assert any(
                            act in (x.lost, x.gained)[side] and any(cores.contains(c, m) for c in x.regions)
                            for x in held
                            for m in moved
                        ), (topic, act, at)
            else:
                assert any(
                    cores.contains(c, m)
                    for x in by_topic[topic]
                    if (set(x.lost), set(x.gained)) == (lost, gained)
                    for c in x.regions
                    for m in moved
                ), (topic, lost, gained, at)


def swapping_the_versions_mirrors_the_answer(pair: Pair) -> None:
    there, back = compared(pair), compared(pair, swapped=True)
    one = sorted((x.topic, x.lost, x.gained) for x in there.shifts)
    two = sorted((x.topic, x.gained, x.lost) for x in back.shifts)
    assert one == two


quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)


@quick
@given(pairs(most=400))
def test_regions_hold_exactly_the_differing_situations(pair: Pair) -> None:
    assume(enumerable(pair, 400))
    regions_hold_exactly_the_differing_situations(pair)


@pytest.mark.long
@settings(quick, max_examples=400)
@given(pairs(most=1200))
def test_regions_at_length(pair: Pair) -> None:
    assume(enumerable(pair, 1200))
    regions_hold_exactly_the_differing_situations(pair)


@settings(quick, max_examples=15)
@given(pairs())
def test_swapping_the_versions_mirrors_the_answer(pair: Pair) -> None:
    assume(enumerable(pair, 600))
    swapping_the_versions_mirrors_the_answer(pair)


def with_facts(*facts: str) -> RuleSet:
    return s.ruleset(
        s.office("head"),
        s.attribute("kind", "notice", "order"),
        *[s.fact(f"f{i}", fact) for i, fact in enumerate(facts)],
        s.power("signs", 1, "sign", "head"),
    )


def test_versions_of_which_no_situation_can_occur_under_both_are_not_called_equal() -> None:
    found = impact(with_facts("kind = notice"), with_facts("kind = order"))
    assert found.irreconcilable == ("fact.f0",)
    assert found.shifts and not found.counts.proved
    assert "无从比较" in Telling(found, "zh").verdict() and "kind" not in Telling(found, "zh").verdict()
    assert "cannot be compared" in Telling(found, "en").verdict()


def test_versions_that_share_situations_are_compared() -> None:
    found = impact(with_facts(), with_facts("kind = order"))
    assert not found.irreconcilable and {x.topic.kind for x in found.shifts} == {POSSIBLE}
    assert "无从比较" not in Telling(found, "zh").verdict()


def in_pairs(members: str) -> RuleSet:
    return s.ruleset(
        s.office("deputy", 3),
        s.office("clerk"),
        s.relation("partner", members, members, symmetric=True, total=True),
        s.power("signs", 1, "sign", "deputy"),
        s.stand_in("partners", 2, members, "partner(principal)"),
    )


def test_pairs_that_take_in_more_people_are_compared_as_far_as_each_version_sees_them() -> None:
    """Of three in pairs one is left over; where a fourth is taken in, whoever was left over is his partner."""
    old, new = in_pairs("deputy"), in_pairs("deputy | clerk")
    for pair in (Pair(old, new, ("leave",), ()), Pair(new, old, ("leave",), ())):
        assert not compared(pair).irreconcilable
        regions_hold_exactly_the_differing_situations(pair)


@settings(quick, max_examples=12)
@given(pairs(most=400))
def test_what_is_called_irreconcilable_is(pair: Pair) -> None:
    """By enumeration: nothing can occur under both exactly where constraints are named that keep it from it."""
    assume(enumerable(pair, 400))
    found = compared(pair)
    assume(not found.identical)
    space = Space(found.revision, pair.states)
    shared = any(all(views) for _, _, views in everything(space))
    assert shared is (not found.irreconcilable)
