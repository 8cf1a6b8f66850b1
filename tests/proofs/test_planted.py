"""For each question: a sound rule set is silent, one planted defect fires and is cited, and mended it is silent."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from model.competence import Obstacle
from model.norms import Cadence, Norm
from model.parsing import parse_condition
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import CHECKS, audit
from proofs.findings import Finding
from proofs.questions import drafting, hinges, norm_use, procedures, resilience
from proofs.questions.gap_causes import cause_of
from tests.proofs import support as s

STATES = ("leave", "out_of_town")


@dataclass(frozen=True)
class Case:
    """`sound` is silent on the check; with `planted` instead of what it replaces it fires; `repair` mends that.

    `planted` norms take the place of norms of the same id; `cited` is the one that must be named.
    """

    name: str
    check: str
    sound: tuple[object, ...]
    planted: tuple[Norm, ...]
    cited: str
    repair: tuple[object, ...]
    most: int = 1


PEOPLE = (s.office("head"), s.office("deputy", 2, True), s.flag("urgent"))
SIGNS = s.power("signs", 1, "sign", "head")
COVERED = s.stand_in("covered", 2, "head", "present(deputy)")
REVIEWS = s.power("reviews", 1, "review", "in_charge(deputy)")
SOMEBODY = s.fact("somebody", "some(in_charge(deputy))")
PARTNER = s.relation("partner", "deputy", "deputy", True, True)
PARTNERS = s.stand_in("partners", 2, "deputy", "partner(principal)")
ROUTE = s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "head"))
CEILING = s.bound("ceiling", 2, "r0", ("start", "end"), "ceiling", 5, "working_day")
ASKER = s.role("asker", "head | deputy", "urgent", requester=True)
COUNCIL = (s.meeting("council"), s.attribute("kind", "notice", "meeting"), s.attribute("body", "none", "council"))
DECIDES = s.power("decides", 1, "sign", "council")

CASES = (
    Case(
        "a stand-in clause covers one cause only",
        "signing-gap",
        (*PEOPLE, SIGNS, COVERED),
        (s.stand_in("covered", 2, "head", "present(deputy)", ("leave",)),),
        "covered",
        (s.stand_in("covered_too", 3, "head", "present(deputy)", ("away",)),),
    ),
    Case(
        "a stand-in clause wants a delegation",
        "signing-gap",
        (*PEOPLE, SIGNS, COVERED),
        (s.stand_in("covered", 2, "head", "present(deputy)", delegation="principal"),),
        "covered",
        (s.stand_in("otherwise", 3, "head", "present(deputy)"),),
    ),
    Case(
        "a class of papers without a signer",
        "signing-gap",
        (*PEOPLE, s.power("signs", 1, "sign", "head | deputy"), s.deontic("signed", 4, "duty", "sign")),
        (s.power("signs", 1, "sign", "head | deputy", "not urgent"),),
        "signed",
        (s.power("rest", 5, "sign", "head | deputy", residual_to=("signs",)),),
    ),
    Case(
        "a reviewer without a stand-in",
        "stand-in-gap",
        (*PEOPLE, SOMEBODY, PARTNER, REVIEWS, PARTNERS),
        (s.stand_in("partners", 2, "deputy", "partner(principal)", ("leave",)),),
        "partners",
        (s.stand_in("head_steps_in", 3, "deputy", "head", ("away",)),),
    ),
    Case(
        "partners stand in for each other, and both may be absent",
        "stand-in-loop",
        (*PEOPLE, SOMEBODY, PARTNER, REVIEWS, PARTNERS, s.exclusion("apart", 3, "deputy", "partner(principal)")),
        (
            s.stand_in("partners", 2, "deputy", "partner(principal)", chain=True),
            s.exclusion("apart", 3, "deputy", "partner(principal)", "urgent"),
        ),
        "partners",
        (s.exclusion("apart_too", 4, "deputy", "deputy"),),
        2,
    ),
    Case(
        "a meeting that only one may chair",
        "signing-gap",
        (*PEOPLE, *COUNCIL, DECIDES, s.composition("sits", 2, "council", "head | deputy")),
        (s.composition("sits", 2, "council", "head"),),
        "sits",
        (s.stand_in("in_the_chair", 3, "head", "deputy"),),
    ),
    Case(
        "two offices for one signature",
        "competence-conflict",
        (*PEOPLE, SIGNS, s.power("signs_too", 3, "sign", "deputy", residual_to=("signs",))),
        (s.power("signs_too", 3, "sign", "deputy", "urgent"),),
        "signs_too",
        (s.power("signs", 1, "sign", "head", "not urgent"),),
    ),
    Case(
        "a duty and a prohibition",
        "contradiction",
        (
            *PEOPLE,
            s.deontic("must", 1, "duty", "publish", "head | deputy"),
            s.deontic("must_not", 2, "prohibition", "publish", "head", "urgent", "urgent"),
        ),
        (s.deontic("must_not", 2, "prohibition", "publish", "head", "urgent"),),
        "must_not",
        (s.deontic("must", 1, "duty", "publish", "head | deputy", unless="urgent"),),
    ),
    Case(
        "two duties that nobody can meet together",
        "contradiction",
        (*PEOPLE, s.deontic("must", 1, "duty", "publish", "head"), s.deontic("hide", 2, "duty", "withhold", "deputy")),
        (s.deontic("hide", 2, "duty", "withhold", "head | deputy", "urgent"),),
        "hide",
        (s.deontic("must", 1, "duty", "publish", "head", "not urgent"),),
    ),
    Case(
        "a deputy who reviews stands in for the signer",
        "self-review",
        (*PEOPLE, s.office("secretary"), ROUTE, s.stand_in("stands", 3, "head", "secretary")),
        (
            s.stand_in("stands", 3, "head", "deputy - in_charge(deputy)"),
            s.route("r0", 1, ("x0", "review", "deputy - in_charge(deputy)"), ("x1", "sign", "head")),
        ),
        "stands",
        (s.route("r0", 1, ("x0", "review", "secretary"), ("x1", "sign", "head")),),
    ),
    Case(
        "he who asks decides",
        "self-review",
        (*PEOPLE, ASKER, s.power("grants", 1, "approve", "head | deputy")),
        (s.power("grants", 1, "approve", "head"),),
        "grants",
        (s.power("grants", 1, "approve", "(head - asker) | (deputy when some(asker & head))"),),
        0,
    ),
    Case(
        "a floor longer than the ceiling",
        "deadline-infeasible",
        (*PEOPLE, ROUTE, CEILING, s.bound("floor", 3, "r0", ("x0", "x1"), "floor", 5, "working_day")),
        (s.bound("floor", 3, "r0", ("x0", "x1"), "floor", 7, "working_day"),),
        "floor",
        (s.bound("ceiling", 2, "r0", ("start", "end"), "ceiling", 7, "working_day"),),
    ),
    Case(
        "a paper that waits for the monthly meeting",
        "deadline-infeasible",
        (
            *PEOPLE,
            *COUNCIL,
            s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "council")),
            CEILING,
            Cadence(id="meets", citations=s.cite(3), body="council", amount=1, unit="working_day"),
        ),
        (Cadence(id="meets", citations=s.cite(3), body="council", amount=1, unit="month"),),
        "meets",
        (s.bound("ceiling", 2, "r0", ("start", "end"), "ceiling", 1, "month", when=parse_condition("false")),),
    ),
)


def found(rules: RuleSet, case: Case) -> list[Finding]:
    report = audit(rules, states=STATES, most_absences=case.most)
    assert not report.unknown
    return [f for f in report.findings if case.check in (f.check, *f.also)]


def named(finding: Finding) -> set[str]:
    return {*finding.norms, *(n.norm for n in finding.near)}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_sound_planted_repaired(case: Case) -> None:
    sound, planted = s.ruleset(*case.sound), s.ruleset(*case.sound, *case.planted)
    repaired = s.ruleset(*case.sound, *case.planted, *case.repair)
    assert not found(sound, case)
    defects = found(planted, case)
    assert defects
    cited = planted.norms[case.cited].citation
    assert any(case.cited in {n.split(".")[0] for n in named(f)} or cited in f.citations for f in defects)
    assert not found(repaired, case)


def test_every_question_has_a_planted_defect() -> None:
    """Those about routes, single norms, terms and drafting are planted in tests of their own."""
    apart = {*procedures.CHECKS, *norm_use.CHECKS, hinges.CHECK, resilience.CHECK, *drafting.CHECKS}
    assert {c.check for c in CASES} == set(CHECKS) - apart


@pytest.mark.parametrize("check", sorted({c.check for c in CASES}))
def test_asked_alone_a_question_answers_the_same(check: str) -> None:
    for case in (c for c in CASES if c.check == check):
        rules = s.ruleset(*case.sound, *case.planted)
        alone = audit(rules, states=STATES, most_absences=case.most, checks=[check])
        together = audit(rules, states=STATES, most_absences=case.most)
        assert {a.check for a in alone.answers} == {check}
        same = [f.id for f in together.findings if f.check == check]
        assert [f.id for f in alone.findings if f.check == check] == same


def test_a_deadline_missed_only_by_many_absences_is_left_out() -> None:
    """A route for the case that three are away is out of scope where at most two absences are searched."""
    many = "count(absent(deputy)) >= 3"
    floor = s.bound("floor", 3, "r0", ("x0", "x1"), "floor", 9, "working_day")
    steps = (("x0", "review", "head"), ("x1", "sign", "head"))
    rules = s.ruleset(s.office("head"), s.office("deputy", 3), s.route("r0", 1, *steps, when=many), CEILING, floor)
    assert not [f for f in audit(rules, states=STATES).findings if f.check == "deadline-infeasible"]
    report = audit(rules, states=STATES, most_absences=3)
    assert [f.check for f in report.findings if f.check == "deadline-infeasible"]


def test_a_stage_stuck_only_beside_another_absence_has_its_region() -> None:
    """Two stages with the same seat share one search; one of them is wanted only where a second is absent."""
    rules = s.ruleset(
        s.office("head"),
        s.office("deputy"),
        s.power("signs", 1, "sign", "head"),
        s.power("grants", 2, "approve", "head", "some(absent(deputy))"),
    )
    report = audit(rules, states=STATES)
    gaps = [f for f in report.findings if f.check == "signing-gap"]
    assert {r.subject for f in gaps for r in f.region} == {"sign", "approve"}
    assert [a.held for a in report.answers if a.check == "signing-gap"] == [0]


def test_an_obstacle_that_several_norms_meet_is_one_cause() -> None:
    """Two norms may ask for a meeting that nobody is named to chair: the chair's obstacle comes twice."""
    nobody = Obstacle("sits.chair", "", "", "empty")
    rules = s.ruleset(*PEOPLE, *COUNCIL, DECIDES, s.composition("sits", 2, "council", "head"))
    assert cause_of(rules, make_cast(rules), (nobody, nobody)) == {("empty:sits.chair", "none")}


def test_a_loop_is_shown_as_plainly_as_its_cause_allows() -> None:
    """The plainest paper on which both are away lacks other clauses too; the situation shown must be plain all the
    same: both ill, not one of them suspended."""
    rules = s.ruleset(
        s.office("head"),
        s.office("first", is_a=("deputy",)),
        s.office("deputy", 2, portfolio=True),
        s.office("director"),
        s.office("clerk"),
        s.attribute("kind", "notice", "request", "order"),
        s.attribute("urgency", "ordinary", "urgent"),
        s.route("passage", 2, ("signs", "sign", "(head when kind = order) | (first when kind != order)")),
        s.stand_in("for_head", 6, "head", "first", ("any",), acts=("sign",)),
        s.stand_in("for_first", 6, "first", "head", ("any",), acts=("sign", "review")),
        s.stand_in("for_deputies", 8, "deputy", "deputy - principal - first", ("any",), acts=("review",)),
        s.exclusion("apart", 7, "head", "first"),
        s.power("notices", 9, "sign", "director", "kind = notice"),
        s.power("orders", 16, "sign", "clerk", "kind = order and urgency = urgent"),
    )
    loops = [f for f in audit(rules).findings if f.check == "stand-in-loop"]
    assert loops
    for finding in loops:
        assert set(finding.witness.states.values()) == {"illness"}, finding.witness
