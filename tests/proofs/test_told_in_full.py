"""A finding says all that its situation rests on, and no more: arrangements, readings, when a step is due."""

from __future__ import annotations

from dataclasses import replace

from guize.sentences import sentence
from model.graphs import defects as df
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Finding
from tests.proofs import support as s

STATES = ("leave",)
LEADERS = (s.office("head"), s.office("vice"), s.office("deputy"), s.office("clerk"))
CIRCLE = (s.stand_in("a", 3, "vice", "deputy"), s.stand_in("b", 3, "deputy", "vice"))


def found(rules: RuleSet, check: str) -> list[Finding]:
    return [f for f in audit(rules, states=STATES).findings if f.check == check]


def test_a_circle_tells_the_clause_that_would_have_broken_it() -> None:
    arranged = s.stand_in("c", 4, "vice | deputy", "clerk", delegation="head")
    rules = s.ruleset(*LEADERS, *CIRCLE, arranged, s.power("p", 1, "sign", "vice"))
    (loop,) = found(rules, "stand-in-loop")
    assert "代行关系循环，没有人在岗；第四条须先由head作出安排，未安排时没有规定由谁代行。" in sentence(
        rules, loop, "zh"
    )
    assert "; art. 4 needs to be arranged by the head" in sentence(rules, loop, "en")
    assert not loop.witness.delegations, "an arrangement for the other of the two is of no effect"
    bare = s.ruleset(*LEADERS, *CIRCLE, s.power("p", 1, "sign", "vice"))
    (loop,) = found(bare, "stand-in-loop")
    assert sentence(bare, loop, "zh").endswith("代行关系循环，没有人在岗。")


def test_two_steps_in_one_hand_hinge_on_how_their_own_clause_is_read() -> None:
    def rules(**more: object) -> RuleSet:
        return s.ruleset(
            *LEADERS,
            s.reading("how", "narrow", "wide"),
            s.route("r", 1, ("a", "submit", "clerk"), ("b", "sign", "head")),
            s.act("submit"),
            s.stand_in("own", 3, "head", "clerk", **more),
            s.stand_in("another", 4, "head", "clerk", delegation="head"),
        )

    hinged = rules(under=(("how", "wide"),))
    (finding,) = found(hinged, df.HELD_TWICE)
    assert not finding.witness.delegations and finding.holds_under == ({"how": "wide"},)
    assert "仅在以下读法成立" in sentence(hinged, finding, "zh")
    (finding,) = found(rules(), df.HELD_TWICE)
    assert finding.every_reading and not finding.readings


def test_variants_of_one_clause_for_several_readings_are_one_clause() -> None:
    variants = [
        s.stand_in(f"v{i}", 3, "head", "clerk", delegation="head", under=(("how", choice),))
        for i, choice in enumerate(("narrow", "wide"))
    ]
    rules = s.ruleset(
        *LEADERS,
        s.reading("how", "narrow", "wide"),
        s.act("submit"),
        s.route("r", 1, ("a", "submit", "clerk"), ("b", "sign", "head")),
        *variants,
    )
    (finding,) = found(rules, df.HELD_TWICE)
    assert finding.every_reading


def test_two_looks_of_one_hand_tell_the_reading_that_fills_the_other_s_seat() -> None:
    """He signs for himself and, by a clause that a reading decides on, for his colleague."""
    rules = s.ruleset(
        *LEADERS,
        s.reading("how", "narrow", "wide"),
        s.route("r", 1, ("a", "review", "vice"), ("b", "countersign", "vice | deputy")),
        s.act("countersign", scrutiny=True),
        s.stand_in("st", 3, "deputy", "vice", under=(("how", "wide"),)),
    )
    route = rules.routes["r"]
    joint = _joint(rules, route.id)
    (finding,) = found(joint, "self-review")
    assert finding.holds_under == ({"how": "wide"},)


def _joint(rules: RuleSet, route: str) -> RuleSet:
    made = rules.routes[route]
    steps = tuple(replace(x, power=replace(x.power, joint=x.id == "b")) for x in made.steps)
    return replace(rules, norms={**rules.norms, route: replace(made, steps=steps)})


def test_a_skipped_level_says_when_it_is_due() -> None:
    def rules(when: str) -> RuleSet:
        long = s.route("long", 1, ("a", "review", "vice"), ("b", "sign", "head"))
        bare = s.route("bare", 2, ("a", "sign", "head"))
        return _due(s.ruleset(*LEADERS, s.flag("weighty"), long, bare), "long", "a", when)

    due = rules("weighty")
    (finding,) = found(due, df.SKIPPING)
    assert "还须由vicereview（weighty的）" in sentence(due, finding, "zh")
    assert "review (where weighty)" in sentence(due, finding, "en")
    always = rules("true")
    (finding,) = found(always, df.SKIPPING)
    assert "（" not in sentence(always, finding, "zh").split("还须由")[1].split("，")[0]


def _due(rules: RuleSet, route: str, step: str, when: str) -> RuleSet:
    made = rules.routes[route]
    condition = s.parse_condition(when)
    steps = tuple(replace(x, power=replace(x.power, when=condition)) if x.id == step else x for x in made.steps)
    return replace(rules, norms={**rules.norms, route: replace(made, steps=steps)})


def test_an_example_that_occurs_under_one_reading_names_it() -> None:
    """Only where the list is wide are there letters; notices are signed by the vice under either reading."""

    def rules(fact: str) -> RuleSet:
        return s.ruleset(
            *LEADERS,
            s.reading("how", "narrow", "wide"),
            s.attribute("kind", "letter", "notice"),
            s.power("p", 1, "sign", "vice"),
            s.fact("f", fact),
        )

    hinged = rules("kind = notice or reading(how, narrow)")
    (finding,) = found(hinged, "signing-gap")
    assert finding.every_reading and "举例和原因按" in sentence(hinged, finding, "zh")
    free = rules("true")
    assert "举例和原因按" not in sentence(free, *found(free, "signing-gap"), "zh")


def test_two_steps_in_one_hand_tell_who_has_a_part_in_the_paper() -> None:
    def rules(first: str) -> RuleSet:
        return s.ruleset(
            *LEADERS,
            s.role("chairing", "vice | deputy"),
            s.act("submit"),
            s.route("r", 1, ("a", "submit", first), ("b", "sign", "head")),
            s.stand_in("st", 3, "head", "vice"),
        )

    chaired = rules("chairing")
    (finding,) = found(chaired, df.HELD_TWICE)
    assert "（chairing：vice）" in sentence(chaired, finding, "zh") and "chairing: the vice" in sentence(
        chaired, finding, "en"
    )
    plain = rules("vice")
    (finding,) = found(plain, df.HELD_TWICE)
    assert "chairing" not in sentence(plain, finding, "zh")


def test_two_looks_of_one_hand_tell_whose_field_it_is() -> None:
    fields = (s.office("vice", portfolio=True), s.office("deputy", portfolio=True), s.office("head"))
    looks = (("a", "review", "in_charge(deputy)"), ("b", "sign", "vice"))
    rules = s.ruleset(*fields, s.route("r", 1, *looks), s.stand_in("st", 3, "deputy", "vice"))
    finding = next(f for f in found(rules, "self-review") if f.witness.absent)
    assert "属deputy分管的" in sentence(rules, finding, "zh")
    assert "in the portfolio of the deputy" in sentence(rules, finding, "en")
    named = s.ruleset(
        *fields, s.route("r", 1, ("a", "review", "deputy"), looks[1]), s.stand_in("st", 3, "deputy", "vice")
    )
    (finding,) = found(named, "self-review")
    assert "分管" not in sentence(named, finding, "zh")
