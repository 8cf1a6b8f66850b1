"""What the solver does not settle is said to be unknown, and what does not replay is never shown."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import z3

from model import reachability, violations
from model.competence import Competence
from model.errors import SelfCheckError
from model.parsing import parse_condition
from model.properties import Property
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs.audit import QUESTIONS, ask, audit, hear
from proofs.boolean import Term, disj, neg, variable
from proofs.encoding import Encoding
from proofs.findings import Idle
from proofs.lowlevel import Solver
from proofs.proving import Status, prove
from proofs.questions import deadlines, gap_search
from proofs.recorder import SEVERAL, Question, Recorder
from proofs.session import Session, Unknown
from tests.proofs import support as s

STATES = ("leave", "out_of_town")
GAP = s.power("p", 1, "sign", "head")
CLASH = (
    s.deontic("must", 2, "duty", "publish", "deputy"),
    s.deontic("must_not", 3, "prohibition", "publish", "deputy"),
)
TWICE = s.route("r0", 4, ("x0", "review", "head"), ("x1", "sign", "head"))
LATE = (
    s.bound("floor", 5, "r0", ("x0", "x1"), "floor", 9, "working_day"),
    s.bound("ceiling", 6, "r0", ("start", "end"), "ceiling", 5, "working_day"),
)
OTHER = s.power("q", 7, "sign", "deputy")


def everything() -> RuleSet:
    return s.ruleset(s.office("head"), s.office("deputy", 2), s.flag("urgent"), GAP, OTHER, *CLASH, TWICE, *LATE)


def gives_up(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Every query after the first `after` ones comes back unknown, as on a question too hard for the budget."""
    real, asked = Session.satisfiable, 0

    def satisfiable(self: Session, assumptions: Iterable[Term], whole: bool = True) -> bool:
        nonlocal asked
        asked += 1
        if asked > after:
            raise Unknown("max. resource limit exceeded")
        return real(self, assumptions, whole)

    monkeypatch.setattr(Session, "satisfiable", satisfiable)


def test_everything_fires_without_a_budget() -> None:
    report = audit(everything(), states=STATES)
    checks = {c for f in report.findings for c in (f.check, *f.also)}
    assert checks >= {"stand-in-gap", "contradiction", "deadline-infeasible", "self-review", "competence-conflict"}
    assert not report.unknown


@pytest.mark.parametrize("after", range(0, 60, 4))
def test_what_is_unknown_is_not_held(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Wherever the solver stops: a question is either settled as without a limit, or unknown, and never held."""
    whole = {a.check: a for a in audit(everything(), states=STATES).answers}
    gives_up(monkeypatch, after)
    report = audit(everything(), states=STATES)
    assert report.unknown
    for answer in report.answers:
        assert answer.held <= whole[answer.check].held, answer
        assert answer.asked == whole[answer.check].asked
        assert len(answer.findings) <= len(whole[answer.check].findings)


def test_nothing_is_held_if_nothing_was_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    gives_up(monkeypatch, 0)
    report = audit(everything(), states=STATES)
    assert not report.findings
    assert {u.check for u in report.unknown} >= {"signing-gap", "contradiction", "deadline-infeasible", "self-review"}
    by_query = {"signing-gap", "stand-in-gap", "stand-in-loop", "contradiction", "deadline-infeasible"}
    assert {a.check: a.held for a in report.answers if a.check in by_query and a.held} == {}


def test_stages_that_share_an_unknown_question_are_none_of_them_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages with the same seats are asked about together; if that is not settled, none of them holds."""
    rules = s.ruleset(s.office("head"), s.power("p", 1, "sign", "head"), s.power("q", 2, "approve", "head"))

    def unsettled(*_: object) -> None:
        raise Unknown("too hard")

    monkeypatch.setattr(gap_search, "stuck", unsettled)
    report = audit(rules, states=STATES, checks=["signing-gap"])
    assert report.unknown
    assert [a.held for a in report.answers] == [0]


def test_a_tiny_budget_claims_no_more_than_none() -> None:
    """`budget=1` is far too little for a hard question; whatever is settled within it must be right."""
    whole = {a.check: a for a in audit(everything(), states=STATES).answers}
    report = audit(everything(), states=STATES, budget=1)
    for answer in report.answers:
        assert answer.held <= whole[answer.check].held


def test_the_reason_of_the_solver_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    gives_up(monkeypatch, 0)
    report = audit(everything(), states=STATES, checks=["contradiction"])
    assert [(u.subject, u.reason) for u in report.unknown] == [("must / must_not", "max. resource limit exceeded")]


@pytest.mark.parametrize("check", ["signing-gap", "stand-in-gap", "stand-in-loop"])
def test_a_gap_question_asked_alone_is_unknown_too(monkeypatch: pytest.MonkeyPatch, check: str) -> None:
    """The three gap questions share one search: whichever is asked for, what is unsettled is told."""
    gives_up(monkeypatch, 0)
    report = audit(everything(), states=STATES, checks=[check])
    assert report.unknown
    assert [a.held for a in report.answers] == [0]


def test_a_question_that_is_hard_indeed_is_unknown() -> None:
    """More pigeons than holes: a small formula that no resolution prover settles in a few steps."""
    rules = s.ruleset(s.office("head"))
    session = Session(Encoding(rules, make_cast(rules), STATES), budget=200)
    holes = 9
    sits = [[variable(f"sits.{p}.{h}") for h in range(holes)] for p in range(holes + 1)]
    for pigeon in sits:
        session.add(disj(pigeon))
    for h in range(holes):
        for p in range(holes + 1):
            for q in range(p):
                session.add(disj([neg(sits[p][h]), neg(sits[q][h])]))
    with pytest.raises(Unknown):
        session.satisfiable([])


# replay


def refuses(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, answer: object, check: str) -> None:
    monkeypatch.setattr(owner, name, answer)
    with pytest.raises(SelfCheckError):
        audit(everything(), states=STATES, checks=[check])


def test_a_gap_that_does_not_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, Competence, "stuck", lambda self, stage: False, "signing-gap")


def test_a_situation_that_cannot_occur(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, reachability, "reachable", lambda rules, at: False, "signing-gap")


@pytest.mark.parametrize(
    ("name", "answer", "check"),
    [
        ("disjoint", False, "competence-conflict"),
        ("clashes", (), "contradiction"),
        ("self_reviews", (), "self-review"),
    ],
)
def test_a_pair_that_does_not_replay(monkeypatch: pytest.MonkeyPatch, name: str, answer: object, check: str) -> None:
    refuses(monkeypatch, violations, name, lambda *_: answer, check)


def test_a_deadline_that_does_not_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, deadlines, "in_force", lambda *_: False, "deadline-infeasible")


def test_a_chain_that_the_difference_constraints_can_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    refuses(monkeypatch, deadlines, "infeasible_core", lambda *_: None, "deadline-infeasible")


# every kind of question


def test_no_kind_of_question_passes_where_nothing_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks a solver, also checks to come: its questions are open, and so is the check."""
    asked = recorded()
    monkeypatch.setattr(Solver, "check", shrug)
    open_ = recorded()
    for names, questions in asked.items():
        for key, question in questions.items():
            if question.queries and key in open_[names]:
                assert open_[names][key].unsettled, key
        assert not any(q.queries for q in questions.values()) or any(q.unsettled for q in open_[names].values()), names
        assert not any(q.queries for q in open_[names].values())


def recorded() -> dict[tuple[str, ...], dict[tuple[str, str], Question]]:
    found = {}
    for names in QUESTIONS:
        rules = everything()
        hearing = hear(rules, make_cast(rules), states=STATES, recorder=Recorder())
        ask(hearing, names)
        assert hearing.recorder is not None
        found[names] = {(q.check, q.subject): q for q in hearing.recorder.questions if q.subject != SEVERAL}
    return found


def shrug(self: Solver, assumptions: object) -> bool:
    raise Unknown("max. resource limit exceeded")


def test_no_property_is_proved_or_refuted_where_nothing_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    yes, no = parse_condition("not stuck(sign)"), parse_condition("stuck(sign)")
    properties = [
        Property("always", s.label("p"), "always", holds=yes),
        Property("possible", s.label("p"), "possible", holds=no),
    ]
    rules = everything()
    monkeypatch.setattr(Solver, "check", shrug)
    found = prove(hear(rules, make_cast(rules), states=STATES), properties)
    assert [v.status for v in found] == [Status.UNKNOWN] * 2


def test_no_number_of_holders_is_claimed_where_nothing_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = everything()
    monkeypatch.setattr(Solver, "check", shrug)
    report = audit(rules, states=STATES, any_number=True)
    assert any(x.open for x in report.reach)
    assert not any(x.lossless and x.open == x.questions for x in report.reach)


def test_an_interrupt_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Z3 answers control-C with an unknown of its own: that is not a question given up."""
    monkeypatch.setattr(z3, "Z3_solver_check_assumptions", lambda *_: 0)
    monkeypatch.setattr(z3.Solver, "reason_unknown", lambda self: "interrupted from keyboard")
    with pytest.raises(KeyboardInterrupt):
        audit(everything(), states=STATES)


@pytest.mark.parametrize("budget", [1, 200, 400, 1000])
def test_every_norm_asked_about_is_held_or_found_or_open(budget: int) -> None:
    """A norm of which it is open whether it says anything may also be one that says nothing new."""
    asked = ["dead-norm", "redundant-norm", "shadowed-norm"]
    report = audit(everything(), states=STATES, budget=budget, checks=asked)
    for answer in report.answers:
        told = {n for f in answer.findings if isinstance(f.details, Idle) for n in f.details.norms}
        assert answer.held + len({u.subject for u in answer.unknown} | told) >= answer.asked, answer.check
