"""Two versions laid side by side: which norm is which, what changed, and what each version sees of a situation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import effects
from model.citations import Citation
from model.errors import UsageError
from model.norms import Power
from model.parsing import parse_set
from model.revision import ADDED, CHANGED, REMOVED, WORDING, revise
from model.ruleset import RuleSet
from model.situation import Paper, Situation
from model.vocabulary import Label
from tests.proofs import support as s


def two(*more: object) -> RuleSet:
    return s.ruleset(
        s.office("head"), s.office("deputy", 2, portfolio=True), s.flag("urgent"),
        s.power("p0", 1, "sign", "head", "urgent"), s.power("p1", 2, "sign", "deputy", "not urgent"),
        s.route("r0", 3, ("x0", "review", "head"), ("x1", "sign", "deputy")),
        s.bound("b0", 4, "r0", ("x0", "end"), "ceiling", 3, "working_day"), *more,
    )  # fmt: skip


def changed(rules: RuleSet, name: str, **fields: object) -> RuleSet:
    return replace(rules, norms={**rules.norms, name: replace(rules.norms[name], **fields)})  # type: ignore[arg-type]


def kinds(old: RuleSet, new: RuleSet) -> dict[str, str]:
    return {c.id: c.kind for c in revise(old, new).changes}


def renamed_norm(rules: RuleSet, was: str, now: str) -> RuleSet:
    norms = {(now if k == was else k): (replace(n, id=now) if k == was else n) for k, n in rules.norms.items()}
    return replace(rules, norms=norms)


def test_a_rule_set_is_itself() -> None:
    found = revise(two(), two())
    assert found.identical and not found.changes and not found.names
    assert found.same == {*two().norms, *two().powers}


def test_places_quotations_glosses_and_order_are_wording() -> None:
    old = two()
    moved = changed(old, "p0", citations=(Citation("t", 9, quote="别处"),), label=Label("说明", "gloss"))
    new = replace(moved, norms=dict(reversed(moved.norms.items())))
    found = revise(old, new)
    assert found.identical
    (change,) = found.changes
    assert (change.id, change.kind) == ("p0", WORDING)
    assert {f.field for f in change.fields} == {"at", "quote", "zh", "en"}


def test_what_comes_goes_and_changes() -> None:
    old, new = two(), two(s.power("p2", 9, "approve", "head"))
    new = changed(new, "p0", by=parse_set("deputy"))
    del new.norms["b0"]
    assert kinds(old, new) == {"p0": CHANGED, "p2": ADDED, "b0": REMOVED}
    change = next(c for c in revise(old, new).changes if c.id == "p0")
    assert [(f.field, f.old, f.new) for f in change.fields] == [("by", "head", "deputy")]


def test_a_norm_with_another_id_is_known_by_its_content() -> None:
    found = revise(two(), renamed_norm(two(), "p0", "q0"))
    assert found.identical
    assert [(c.id, c.old_id, c.kind) for c in found.changes] == [("q0", "p0", WORDING)]


def test_a_norm_with_another_id_and_content_is_known_by_its_place() -> None:
    new = changed(renamed_norm(two(), "p0", "q0"), "q0", by=parse_set("deputy"))
    found = revise(two(), new)
    assert [(c.id, c.old_id, c.kind) for c in found.changes] == [("q0", "p0", CHANGED)]
    assert found.original == {"q0": "p0"}


def test_what_follows_a_renamed_route_follows_it() -> None:
    rules = two()
    route = rules.norms["r0"]
    steps = tuple(replace(x, power=replace(x.power, id=f"way.{x.id}", route="way")) for x in route.steps)  # type: ignore[attr-defined]
    norms = {k: n for k, n in rules.norms.items() if k != "r0"}
    norms |= {"way": replace(route, id="way", steps=steps), "b0": replace(norms["b0"], routes=("way",))}  # type: ignore[arg-type]
    found = revise(rules, replace(rules, norms=norms))
    assert found.old.norms["b0"] == norms["b0"]
    assert "way.x0" in found.same and "b0" in found.same


def test_a_definition_that_changed_changes_the_norms_above_it() -> None:
    old = two(s.named_set("leaders", "head"), s.power("p2", 9, "approve", "leaders"))
    new = two(s.named_set("leaders", "head | deputy"), s.power("p2", 9, "approve", "leaders"))
    found = revise(old, new)
    assert [(c.id, c.kind, c.through) for c in found.changes] == [("p2", CHANGED, ("leaders",))]
    assert [(n.table, n.id, n.kind) for n in found.names] == [("sets", "leaders", CHANGED)]
    assert "p2" not in found.same and not found.identical


def test_a_name_that_was_changed_is_offered_and_taken() -> None:
    old = two()
    new = s.ruleset(
        s.office("chief"), s.office("deputy", 2, portfolio=True), s.flag("urgent"),
        s.power("p0", 1, "sign", "chief", "urgent"), s.power("p1", 2, "sign", "deputy", "not urgent"),
        s.route("r0", 3, ("x0", "review", "chief"), ("x1", "sign", "deputy")),
        s.bound("b0", 4, "r0", ("x0", "end"), "ceiling", 3, "working_day"),
    )  # fmt: skip
    (offered,) = revise(old, new).suggestions
    assert (offered.table, offered.old, offered.new) == ("offices", "head", "chief")
    assert revise(old, new, {"head": "chief"}).identical


@pytest.mark.parametrize("same", [{"nobody": "head"}, {"head": "nobody"}])
def test_names_must_be_there(same: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="nobody"):
        revise(two(), two(), same)


def test_an_office_of_both_has_the_same_holders() -> None:
    old = two()
    v = old.vocabulary
    single = {**v.offices, "deputy": replace(v.offices["deputy"], many=False, scope=1)}
    older = replace(old, vocabulary=replace(v, offices=single))
    one, both, union = revise(older, old).casts()
    assert one.ids == ("head", "deputy_1") and both.ids == union.ids == ("head", "deputy_1", "deputy_2")
    assert union.officials[1].office == "deputy"


def test_a_version_sees_only_what_it_knows() -> None:
    old, new = two(), two(s.office("aide"), s.flag("secret"))
    found = revise(old, new)
    older, newer, union = found.casts()
    at = Situation(union, Paper({"urgent": "true", "secret": "true"}, frozenset({"deputy_1"})), {"aide": "leave"})
    view = effects.seen(found.old, older, at)
    assert view.paper.attributes == {"urgent": "true"} and not view.states and view.cast == older
    assert effects.seen(new, newer, at) == at
    assert not effects.difference(found.old, view, new, at)


def test_who_says_it_and_how_often_plays_no_part() -> None:
    old = two()
    split = changed(old, "p0", when=s.power("x", 1, "sign", "head", "urgent and some(present(deputy))").when)
    rest = s.power("p9", 9, "sign", "head", "urgent and not some(present(deputy))")
    new = replace(split, norms={**split.norms, "p9": rest})
    _, cast, _ = revise(old, new).casts()
    for urgent in ("false", "true"):
        at = Situation(cast, Paper({"urgent": urgent}))
        assert not effects.difference(old, at, new, at)
    joint = changed(old, "p0", joint=True)  # of one seat, all is the same as any
    at = Situation(cast, Paper({"urgent": "true"}))
    assert not effects.difference(old, at, joint, at)
    assert isinstance(old.norms["p0"], Power)
