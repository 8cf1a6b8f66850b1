"""Every kind of repair: the finding is there, the repair is offered, and with it applied the finding is gone and
nothing is new."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from guize.strategies.small import Small, small
from model import absence
from model.competence import Competence
from model.edits import Edit
from model.norms import Bound, Cadence, Exclusion, StandIn
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.decode import variables_of
from proofs.encoding import Encoding
from proofs.findings import Course, Finding, Gap, Late, Pair, Report, Twice
from proofs.repairing import repair as kinds
from proofs.repairing.offering import CHECK, Limits, with_repairs
from proofs.repairing.repair import Repair
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET

FEW = ("leave", "illness")
"""Two states of absence are enough to tell causes apart."""


def audited(rules: RuleSet, states: tuple[str, ...] = FEW) -> Report:
    return audit(rules, states=states)


def mended(rules: RuleSet, states: tuple[str, ...] = FEW, limits: Limits = Limits()) -> Report:
    return with_repairs(rules, audited(rules, states), states=states, limits=limits)


def instances(report: Report) -> set[tuple[object, ...]]:
    """What is found, whatever it is called: of gaps by cause and stage, of others by what is asked."""
    found: set[tuple[object, ...]] = set()
    for f in report.findings:
        match f.details:
            case Gap():
                found |= {(STUCK, r.subject) for r in f.region}
            case Pair():
                found |= {(f.check, r.subject) for r in f.region}
            case Twice(pairs, _, _, role):
                found |= {(f.check, role, *p) for p in pairs}
            case Late(worst, others):
                found |= {(f.check, o.route.id, o.ceiling.id) for o in (worst, *others)}
            case Course(kind, routes, steps):
                found |= {(kind, routes, *steps)} if len(routes) > 1 else {(kind, routes, x) for x in steps}
    return found


STUCK = "stuck"


def check(rules: RuleSet, before: Report, finding: Finding, repair: Repair, states: tuple[str, ...]) -> None:
    """The finding is gone, or what is left of it is rarer and told; no question that held fails."""
    edited = repair.edit.applied(rules)
    after = audit(edited, states=states)
    assert instances(after) <= instances(before), repair
    if repair.leaves is None:
        assert not [f for f in after.findings if of_the_same(finding, rules, f)], repair
    elif repair.kind != kinds.APART:
        assert len(repair.leaves.absent) > len(finding.witness.absent)
    for other in (f for f in before.findings if f.id in repair.mends):
        as_plain = (f for f in after.findings if len(f.witness.absent) <= len(other.witness.absent))
        assert not [f for f in as_plain if of_the_same(other, rules, f)], (repair, other)


def of_the_same(before: Finding, rules: RuleSet, after: Finding) -> bool:
    """Whether what a finding shows after a change is of a finding before it: of gaps, a situation within its regions,
    whatever the cause is called that it has now."""
    if isinstance(before.details, Twice) and isinstance(after.details, Twice):
        by_stand_ins = [any(h.instead_of for h in d.hands) for d in (before.details, after.details)]
        absent = [f.witness.absent if by_stand_ins[0] else () for f in (before, after)]
        if by_stand_ins[0] != by_stand_ins[1] or absent[0] != absent[1]:
            return False
    if not isinstance(before.details, Gap):
        return bool(instances(Report("", (before,), ())) & instances(Report("", (after,), ())))
    if not isinstance(after.details, Gap):
        return False
    at = replace(after.witness, cast=before.witness.cast)
    values = variables_of(Encoding(rules, at.cast), at)
    competence = Competence(rules, at)
    stages = {s.id: s for s in rules.stages}
    for region in before.region:
        stage = stages[region.subject]
        inside = all(values.get(k) in allowed for k, allowed in region.cube.items())
        if (
            inside
            and stage.id in after.details.stages
            and s.named_seats(competence, stage) == region.seats
            and competence.stuck(stage)
        ):
            return True
    return False


def one(report: Report, name: str) -> Finding:
    found = [f for f in report.findings if f.check == name]
    assert found, [f.check for f in report.findings]
    return found[0]


def kinds_of(finding: Finding) -> list[str]:
    return [r.kind for r in finding.repairs]


def offered(rules: RuleSet, name: str, kind: str, states: tuple[str, ...] = FEW) -> Repair:
    """The first repair of a kind for the first finding of a check, looked at by a whole audit."""
    report = mended(rules, states)
    finding = one(report, name)
    assert kind in kinds_of(finding), kinds_of(finding)
    for repair in finding.repairs:
        check(rules, report, finding, repair, states)
    return next(r for r in finding.repairs if r.kind == kind)


LEADERS = (s.office("head"), s.office("vice"), s.office("clerk"))


def test_a_stand_in_for_an_official() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.power("q", 2, "review", "vice"))
    repair = offered(rules, "signing-gap", kinds.FURTHER)
    (norm,) = repair.edit.added
    assert isinstance(norm, StandIn) and str(norm.principals) == "head" and norm.acts == ("sign",)
    assert norm.states == frozenset(FEW)


def test_a_cause_added_to_a_clause() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice", causes=("leave",)))
    repair = offered(rules, "signing-gap", kinds.WIDEN)
    (norm,) = repair.edit.changed
    assert isinstance(norm, StandIn) and "illness" in norm.states


def test_an_act_added_to_a_clause() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice", acts=("review",)))
    repair = offered(rules, "signing-gap", kinds.WIDEN)
    (norm,) = repair.edit.changed
    assert isinstance(norm, StandIn) and norm.passes("sign")


def test_a_delegation_no_longer_needed() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice", delegation="head"))
    repair = offered(rules, "signing-gap", kinds.WIDEN)
    (norm,) = repair.edit.changed
    assert isinstance(norm, StandIn) and norm.delegation is None


def test_a_further_stand_in_by_rank_and_absences_kept_apart() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice"))
    states = ("leave",)
    report = mended(rules, states)
    finding = one(report, "signing-gap")
    assert {kinds.RANKED, kinds.APART} <= set(kinds_of(finding)), kinds_of(finding)
    for repair in finding.repairs:
        check(rules, report, finding, repair, states)
    apart = next(r for r in finding.repairs if r.kind == kinds.APART)
    (norm,) = apart.edit.added
    assert isinstance(norm, Exclusion) and apart.leaves is None


def test_absences_nobody_chooses_are_left_by_an_exclusion() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice"))
    apart = [r for r in one(mended(rules), "signing-gap").repairs if r.kind == kinds.APART]
    assert apart and apart[0].leaves is not None
    assert {apart[0].leaves.state(o) for o in apart[0].leaves.absent} == {"illness"}


def test_a_loop_s_dead_end() -> None:
    rules = s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.office("deputy"),
        s.power("p", 1, "sign", "vice"),
        s.power("q", 2, "review", "head"),
        s.stand_in("a", 3, "vice", "deputy"),
        s.stand_in("b", 3, "deputy", "vice"),
    )
    repair = offered(rules, "stand-in-loop", kinds.FURTHER)
    assert repair.leaves is None


def test_a_signer_for_a_class_of_papers() -> None:
    rules = s.ruleset(
        s.office("head"),
        s.attribute("kind", "notice", "letter"),
        s.power("p", 1, "sign", "head", "kind = notice"),
        s.deontic("d", 2, "duty", "sign"),
        s.stand_in("st", 3, "head", "head"),
    )
    repair = offered(rules, "signing-gap", kinds.SIGNER)
    (norm,) = repair.edit.added
    assert str(getattr(norm, "by", "")) == "head"


def test_an_order_of_precedence() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.power("q", 2, "sign", "vice"))
    report = mended(rules, ())
    finding = one(report, "competence-conflict")
    assert kinds_of(finding) == [kinds.PREVAILS, kinds.PREVAILS]
    for repair in finding.repairs:
        check(rules, report, finding, repair, ())


def test_an_exception_to_a_prohibition() -> None:
    rules = s.ruleset(
        *LEADERS,
        s.attribute("kind", "notice", "letter"),
        s.deontic("must", 1, "duty", "publish", "head", "kind = letter"),
        s.deontic("no", 2, "prohibition", "publish", "head"),
    )
    finding = one(mended(rules, ()), "contradiction")
    assert {kinds.PREVAILS, kinds.EXCEPT} <= set(kinds_of(finding))


def test_an_exception_that_leaves_nothing_of_a_prohibition_is_not_offered() -> None:
    rules = s.ruleset(
        *LEADERS,
        s.attribute("kind", "notice", "letter"),
        s.deontic("must", 1, "duty", "publish", "head", "kind = letter"),
        s.deontic("no", 2, "prohibition", "publish", "head", "kind = letter"),
    )
    finding = one(mended(rules, ()), "contradiction")
    assert kinds.PREVAILS in kinds_of(finding) and kinds.EXCEPT not in kinds_of(finding)


def test_one_of_two_routes_prevails() -> None:
    rules = s.ruleset(
        *LEADERS,
        s.flag("weighty"),
        s.flag("urgent"),
        s.route("one", 1, ("a", "review", "vice"), ("b", "sign", "head"), when="weighty"),
        s.route("two", 2, ("a", "forward", "clerk"), ("b", "sign", "head"), when="urgent"),
    )
    report = mended(rules, ())
    finding = one(report, "competing-routes")
    assert kinds_of(finding) == [kinds.PREVAILS, kinds.PREVAILS]
    for repair in finding.repairs:
        check(rules, report, finding, repair, ())


def test_another_hand_where_both_looks_are_one_official_s() -> None:
    rules = s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.attribute("kind", "notice", "letter"),
        s.route(
            "r", 1, ("a", "review", "(vice when kind = letter) | (head when kind = notice)"), ("b", "sign", "vice")
        ),
    )
    repair = offered(rules, "self-review", kinds.SPARED, ())
    assert repair.leaves is None


def test_another_stand_in_where_he_has_looked_already() -> None:
    rules = s.ruleset(
        *LEADERS,
        s.route("r", 1, ("a", "review", "vice"), ("b", "sign", "head")),
        s.stand_in("st", 3, "head", "vice"),
        s.power("c", 4, "sign", "clerk", "false"),
    )
    repair = offered(rules, "self-review", kinds.SPARED)
    (norm,) = repair.edit.added
    assert isinstance(norm, StandIn) and str(norm.principals) == "head"


def test_a_bound_moved_as_little_as_it_takes() -> None:
    rules = s.ruleset(
        *LEADERS,
        s.route("r", 1, ("a", "review", "vice"), ("b", "sign", "head")),
        s.bound("ceiling", 2, "r", ("start", "end"), "ceiling", 2, "calendar_day"),
        s.bound("floor", 3, "r", ("a", "b"), "floor", 5, "calendar_day"),
    )
    report = mended(rules, ())
    finding = one(report, "deadline-infeasible")
    amounts = {n.id: n.amount for r in finding.repairs for n in r.edit.changed if isinstance(n, (Bound, Cadence))}
    assert amounts == {"ceiling": 5, "floor": 2}
    for repair in finding.repairs:
        check(rules, report, finding, repair, ())


def test_what_mends_nothing_is_not_offered() -> None:
    """The only official there is cannot be stood in for by himself."""
    rules = s.ruleset(s.office("head"), s.power("p", 1, "sign", "head"))
    (finding,) = (f for f in mended(rules).findings if isinstance(f.details, Gap))
    assert all(r.edit.offices for r in finding.repairs)


def test_a_change_that_adds_a_finding_is_not_offered() -> None:
    """Whoever reviews would sign in the head's place: both looks would be his."""
    rules = s.ruleset(
        s.office("head"),
        s.office("vice"),
        s.route("r", 1, ("a", "review", "vice"), ("b", "sign", "head")),
        s.power("q", 2, "review", "vice", "false"),
    )
    for finding in mended(rules).findings:
        for repair in finding.repairs:
            assert not any(isinstance(n, StandIn) and str(n.by) == "vice" for n in repair.edit.added)


def test_unknown_is_told() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice"))
    report = with_repairs(rules, audited(rules), states=FEW, budget=1)
    assert report.unknown and {u.check for u in report.unknown} == {CHECK}
    assert not any(f.repairs for f in report.findings)
    assert sum(f.undecided for f in report.findings) == len(report.repairing)
    assert all(f.tried >= f.undecided for f in report.findings)


def test_an_edit_changes_only_what_is_there() -> None:
    rules = s.ruleset(*LEADERS, s.power("p", 1, "sign", "head"))
    with pytest.raises(KeyError):
        Edit(changed=(s.power("nobody", 1, "sign", "head"),)).applied(rules)
    with pytest.raises(KeyError):
        Edit(added=(s.power("p", 1, "sign", "head"),)).applied(rules)
    assert "p" not in Edit(removed=("p",)).applied(rules).norms
    assert rules.norms.keys() == {"p"}


NO_SHRINKING = (Phase.explicit, Phase.generate)
"""An example takes seconds: a failing one is shown as it is."""


def law(example: Small) -> None:
    """Of generated rule sets: every repair offered removes its finding, and no question that held fails."""
    states = tuple(example.states)
    report = audit(example.rules, states=states, most_absences=2)
    report = with_repairs(example.rules, report, states=states, limits=Limits(kept=2, tried=6))
    for finding in report.findings:
        for repair in finding.repairs:
            check(example.rules, report, finding, repair, states)


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=QUIET, phases=NO_SHRINKING)
@given(small(most=600))
def test_repairs_of_generated_rule_sets(example: Small) -> None:
    law(example)


@pytest.mark.long
@settings(max_examples=70, deadline=None, derandomize=True, suppress_health_check=QUIET, phases=NO_SHRINKING)
@given(small(most=2000))
def test_repairs_of_generated_rule_sets_at_length(example: Small) -> None:
    law(example)


assert set(FEW) <= set(absence.ABSENT_STATES)
