"""Another solver confirms what Z3 said; a wrong answer is caught; what is exported reads back with the same answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

import guize
from guize.exporting import INDEX, files
from guize.strategies.small import Small, small
from model.errors import SelfCheckError
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs import audit as auditing
from proofs import second_opinion
from proofs.boolean import Circuit, Term, neg, sum_at_most, variable
from proofs.lowlevel import Solver
from proofs.recorder import ON_THE_WAY, Question, Recorder, Role
from proofs.terms import Terms
from tests.proofs.test_unknown import STATES, everything

NOT_PLAIN = re.compile(r"\(_ |pble|pbeq|pbge|at-most|\bdiv\b|\bmod\b|declare-datatype|assert-soft|minimize")
STATUS = re.compile(r":status (\w+)")


def heard(rules: RuleSet, states: Sequence[str] = STATES, thorough: bool = False) -> tuple[Question, ...]:
    recorder = Recorder(thorough)
    auditing.audit(rules, states=states, recorder=recorder)
    return recorder.questions


def z3_answers(limit: int) -> second_opinion.Answers:
    """Z3 once more, but from the text."""
    context = z3.Context()
    return lambda piece: z3.Z3_eval_smtlib2_string(context.ref(), piece).split()


@given(small(most=800))
@settings(max_examples=8, deadline=None)
def test_the_solvers_agree_on_generated_rule_sets(made: Small) -> None:
    found = auditing.audit(made.rules, states=made.states, recorder=Recorder(thorough=True), second_opinion=True)
    assert found.opinion is not None and not found.opinion.unconfirmed
    assert found.opinion.questions >= len(made.rules.stages)


def test_what_is_confirmed_is_counted() -> None:
    opinion = second_opinion.confirm(heard(everything(), thorough=True))
    assert opinion.solver.startswith("cvc5 ")
    assert min(opinion.possible, opinion.impossible, opinion.situations, opinion.forced, opinion.needed) > 0
    assert opinion.steps > 0 and opinion.situations <= opinion.possible


# wrong answers


def lies(monkeypatch: pytest.MonkeyPatch, number: int, answer: bool) -> list[int]:
    """Z3 gives the wrong answer to the `number`-th query that it should have answered otherwise."""
    real, wrong = Solver.check, []

    def check(solver: Solver, assumptions: Collection[Term]) -> bool:
        said = real(solver, assumptions)
        if said is (not answer):
            wrong.append(len(wrong))
            if len(wrong) == number:
                return answer
        return said

    monkeypatch.setattr(Solver, "check", check)
    return wrong


@pytest.mark.parametrize("number", range(1, 40, 13))
def test_a_possible_thing_said_to_be_impossible_is_caught(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Whatever question it strikes: nothing is reported."""
    wrong = lies(monkeypatch, number, False)
    with pytest.raises((SelfCheckError, AssertionError)):
        auditing.audit(everything(), states=STATES, recorder=Recorder(thorough=True), second_opinion=True)
    assert len(wrong) >= number


def test_an_impossible_thing_said_to_be_possible_is_caught() -> None:
    questions = heard(everything())
    query = next(q for each in questions for q in each.queries if q.role is Role.SITUATION and not q.answer)
    lie = Question("signing-gap", "sign", [replace(query, answer=True)])
    with pytest.raises(SelfCheckError, match="signing-gap / sign: Z3 sat, other unsat"):
        second_opinion.confirm([lie])


def test_a_situation_that_is_none_is_caught() -> None:
    questions = heard(everything())
    query = next(q for each in questions for q in each.queries if q.point and q.assumptions)
    lie = replace(query, assumptions=(neg(query.assumptions[0]), *query.assumptions[1:]))
    with pytest.raises(SelfCheckError):
        second_opinion.confirm([Question("signing-gap", "sign", [lie])])


def test_a_core_that_forces_nothing_is_caught() -> None:
    questions = heard(everything())
    query = next(q for each in questions for q in each.queries if q.role is Role.FORCED)
    lie = replace(query, assumptions=query.assumptions[1:])
    with pytest.raises(SelfCheckError):
        second_opinion.confirm([Question("signing-gap", "sign", [lie])])


def test_what_the_other_solver_does_not_know_is_not_confirmed() -> None:
    def shrugs(limit: int) -> second_opinion.Answers:
        return lambda piece: ["unknown"] * piece.count("(check-sat")

    opinion = second_opinion.confirm(heard(everything()), solver=shrugs)
    assert len(opinion.unconfirmed) == opinion.questions
    assert opinion.folded == opinion.possible == opinion.impossible == opinion.forced == 0


# what is exported


Asked = dict[tuple[str, ...], tuple[int, tuple[Question, ...]]]
"""By checks: how many queries there were, and what was recorded."""


@pytest.fixture(scope="module")
def asked() -> Asked:
    return by_checks(everything())


def by_checks(rules: RuleSet) -> Asked:
    found: Asked = {}
    for names in auditing.QUESTIONS:
        hearing = auditing.hear(rules, make_cast(rules), most_absences=1, recorder=Recorder(), states=STATES)
        auditing.ask(hearing, names)
        assert hearing.recorder is not None
        found[names] = hearing.session.queries, hearing.recorder.questions
    return found


@pytest.fixture(scope="module")
def exported(asked: Asked) -> dict[str, str]:
    return files_of([q for _, questions in asked.values() for q in questions])


def files_of(questions: Sequence[Question]) -> dict[str, str]:
    return dict(files(everything(), questions))


def some(exported: dict[str, str]) -> dict[str, str]:
    """A few of every check, the shortest and the longest among them."""
    kept: dict[str, str] = {}
    for check in auditing.CHECKS:
        mine = sorted((n for n in exported if n[5:].startswith(check)), key=lambda n: (len(exported[n]), n))
        kept |= {n: exported[n] for n in (mine[:1] + mine[len(mine) // 2 :][:1] + mine[-1:])}
    return kept


@pytest.mark.parametrize("solver", [second_opinion.cvc5_answers, z3_answers])
def test_an_exported_file_reads_back_with_the_same_answers(
    exported: dict[str, str], solver: Callable[[int], second_opinion.Answers]
) -> None:
    for name, text in some(exported).items():
        assert solver(second_opinion.LIMIT)(text) == STATUS.findall(text), name


def test_every_file_is_plain_and_says_what_it_asks(exported: dict[str, str]) -> None:
    for name, text in exported.items():
        if name != INDEX:
            code = "\n".join(line for line in text.splitlines() if not line.startswith(";"))
            assert not NOT_PLAIN.search(re.sub(r"\|[^|]*\|", "x", code)), name
            assert "(set-logic QF_" in text and "; about: " in text and "; asked by: " in text
            assert text.count("(check-sat") == len(STATUS.findall(text)) > 0


def test_every_check_that_asks_the_solver_exports_its_questions(asked: Asked, exported: dict[str, str]) -> None:
    told = {c for e in json.loads(exported[INDEX]) for c in e["checks"]}
    for names, (queries, questions) in asked.items():
        assert {q.check for q in questions} <= set(names)
        assert not queries or told & set(names)


@pytest.mark.long
def test_so_it_is_of_an_instrument() -> None:
    asked = by_checks(guize.load("weidong"))
    questions = [q for _, some in asked.values() for q in some]
    told = {c for e in json.loads(files_of(questions)[INDEX]) for c in e["checks"]}
    # checks that share a search share its questions; whether norms are overridden is not asked on its own here
    assert all(told & {*names} for names, (queries, _) in asked.items() if queries)
    assert not second_opinion.confirm(questions).unconfirmed


def test_a_schedule_is_in_linear_arithmetic() -> None:
    late = [q for q in heard(everything()) if any(x.role is Role.SCHEDULE for x in q.queries)]
    assert late
    assert not second_opinion.confirm(late).unconfirmed
    text = dict(files(everything(), late))
    assert all("(set-logic QF_LIA)" in t and "quotient of" in t for n, t in text.items() if n != INDEX)


def test_only_what_a_verdict_rests_on_is_exported() -> None:
    for question in heard(everything(), thorough=True):
        assert not any(q.role in ON_THE_WAY for q in question.decisive.queries)
        assert any(q.role in ON_THE_WAY for q in question.queries) or question.decisive.queries == question.queries


# terms


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(-1, 20), st.data())
def test_a_bound_on_a_sum_means_what_it_says(weights: list[int], limit: int, data: st.DataObject) -> None:
    """The plain term, evaluated, is the formula, evaluated."""
    atoms = [variable(f"x{i}") for i in range(len(weights))]
    negated = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    parts = [neg(a) if n else a for a, n in zip(atoms, negated, strict=True)]
    formula = sum_at_most(zip(parts, weights, strict=True), limit)
    terms = Terms()
    root = terms.number(formula)
    for bits in range(1 << len(atoms)):
        value = {a: bits >> i & 1 for i, a in enumerate(atoms)}
        truth: dict[int, bool] = {}
        for number in terms.cone([root]):
            node = terms.nodes[number]
            args = [truth[a] for a in node.args]
            match node.head:
                case "ite":
                    truth[number] = args[1] if args[0] else args[2]
                case "and":
                    truth[number] = all(args)
                case "not":
                    truth[number] = not args[0]
                case head:
                    truth[number] = bool(value[variable(head.strip("|"))]) if node.sort else head == "true"
        assert truth[root] == bool(Circuit([formula]).values(value, 1)[0])
