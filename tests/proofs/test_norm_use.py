"""Norms the rules could do without: the solver against enumeration; planted ones are told, mended they are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from guize.strategies.small import Small, small
from model import claims as ref
from model.competence import Competence
from model.enumeration import situations
from model.norms import Deontic, Exclusion, Norm
from model.parsing import parse_condition
from model.removal import without
from model.ruleset import RuleSet
from model.situation import Situation
from model.vocabulary import Strength
from proofs import decode
from proofs.audit import audit, hear
from proofs.claims import Claims
from proofs.encoding import Encoding
from proofs.findings import Idle
from proofs.questions import norm_use
from proofs.questions.norm_use import DEAD, REDUNDANT, SHADOWED
from proofs.session import Session
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET

STATES = ("leave", "out_of_town")


# against enumeration


def unshadowed(rules: RuleSet, norm: Norm) -> RuleSet:
    """The rules with nothing that the norm gives way to, and without its exception."""
    ids = {norm.id, norm.id + ".chair"}
    part = without(rules, {x for i in ids for x in rules.superiors.get(i, ())} - ids)
    norms = dict(part.norms)
    if isinstance(norm, Deontic):
        norms[norm.id] = replace(part.norms[norm.id], unless=parse_condition("false"))  # type: ignore[arg-type]
        return replace(part, norms=norms)
    return part


def says(rules: RuleSet, norm: Norm, everything: Iterable[Situation]) -> bool:
    ids = (norm.id, norm.id + ".chair")
    parts = [rules.lookup(i) for i in ids if i in rules.norms or i in rules.powers]
    return any(ref.said_by(Competence(rules, at), p) for at in everything for p in parts)


def expected(example: Small, norm: Norm, everything: list[Situation]) -> str:
    """What enumeration says of one norm: the check it fails, or nothing."""
    rules = example.rules
    rest = without(rules, {norm.id, norm.id + ".chair"})
    apart = isinstance(norm, Exclusion) and norm.strength is Strength.STRICT
    around = list(situations(rest, example.cast, example.states)) if apart else everything
    if apart and not says(rules, norm, around):
        free = without(rules, {e.id for e in rules.absence_exclusions if e.id != norm.id} | {norm.id})
        return REDUNDANT if says(rules, norm, situations(free, example.cast, example.states)) else DEAD
    if not says(rules, norm, around):
        return SHADOWED if says(unshadowed(rules, norm), norm, around) else DEAD
    if norm.form == "precedence":
        return ""
    return REDUNDANT if all(ref.same(ref.said(rules, at), ref.said(rest, at)) for at in around) else ""


def agree(example: Small) -> None:
    """Every norm is found dead, shadowed, redundant or needed exactly as enumeration finds it."""
    hearing = hear(example.rules, example.cast, len(example.cast.ids), states=example.states)
    found = norm_use.survey(hearing)
    assert not hearing.unknown
    everything = list(situations(example.rules, example.cast, example.states))
    for norm in norm_use.asked_about(example.rules):
        spare = found.idle.get(norm.id)
        assert (spare.check if spare else "") == expected(example, norm, everything), norm.id
        for cause in spare.cause if spare else ():
            assert cause != norm.id


def claims_agree(example: Small) -> None:
    """In every situation the formulas of the claims hold just where the reference semantics makes them."""
    encoding = Encoding(example.rules, example.cast, example.states)
    claims, session = Claims(encoding), Session(encoding)
    norms = [n for n in ref.every_norm(example.rules) if n.form != "stand_in"]
    formulas = [(n, c, f) for n in norms for c, f in claims.of(n).items()]
    for at in list(situations(example.rules, example.cast, example.states))[::17]:
        model = session.model(
            session.outside({k: frozenset({v}) for k, v in decode.variables_of(encoding, at).items()})
        )
        assert model is not None
        made = {(n.id, c) for n, c, f in formulas if model.holds(f)}
        said = {n.id: ref.said_by(Competence(example.rules, at), n) for n in norms}
        assert made == {(n, c) for n, claimed in said.items() for c in claimed}


quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)


@quick
@given(small(most=120))
def test_norms_are_spared_just_where_enumeration_spares_them(example: Small) -> None:
    agree(example)


@settings(quick, max_examples=20)
@given(small(most=300))
def test_claims_are_those_of_the_reference_semantics(example: Small) -> None:
    claims_agree(example)


@pytest.mark.long
@pytest.mark.parametrize("holds", [agree, claims_agree])
def test_at_length(holds: object) -> None:
    @settings(quick, max_examples=300)
    @given(small(most=1500))
    def run(example: Small) -> None:
        holds(example)  # type: ignore[operator]

    run()


# planted and mended

PEOPLE = (s.office("head"), s.office("deputy", 2), s.flag("urgent"), s.flag("weighty"))
SIGNS = s.power("signs", 1, "sign", "head")
ASKED = s.deontic("asked", 2, "duty", "publish", "head", "urgent")


def cases() -> dict[str, tuple[str, tuple[object, ...], tuple[object, ...], str, set[str]]]:
    """By name: the check; a rule set that it is silent on; what makes it fire; the norm told; its causes."""
    return {
        "a condition that facts rule out": (
            DEAD,
            (*PEOPLE, SIGNS, ASKED),
            (s.fact("calm", "not urgent"),),
            "asked",
            set(),
        ),
        "nobody left to address": (
            DEAD,
            (*PEOPLE, SIGNS, s.deontic("rest", 2, "duty", "publish", "deputy")),
            (s.deontic("rest", 2, "duty", "publish", "deputy - deputy"),),
            "rest",
            set(),
        ),
        "a residual clause that has no rest": (
            SHADOWED,
            (
                *PEOPLE,
                s.power("urgently", 1, "sign", "head", "urgent"),
                s.power("else", 2, "sign", "deputy", residual_to=("urgently",)),
            ),
            (s.power("urgently", 1, "sign", "head"),),
            "else",
            {"urgently"},
        ),
        "an exception that takes in everything": (
            SHADOWED,
            (*PEOPLE, SIGNS, s.deontic("bans", 2, "prohibition", "publish", "head", "urgent", "weighty")),
            (s.deontic("bans", 2, "prohibition", "publish", "head", "urgent", "urgent or weighty"),),
            "bans",
            set(),
        ),
        "a special case of what is said in general": (
            REDUNDANT,
            (*PEOPLE, SIGNS, ASKED),
            (s.deontic("general", 3, "duty", "publish", "head | deputy"),),
            "asked",
            {"general"},
        ),
        "what two others say between them": (
            REDUNDANT,
            (
                *PEOPLE,
                SIGNS,
                s.deontic("both", 2, "duty", "publish", "head | deputy", "urgent"),
                s.deontic("one", 3, "duty", "publish", "head"),
            ),
            (s.deontic("two", 4, "duty", "publish", "deputy"),),
            "both",
            {"one", "two"},
        ),
        "a longer limit beside a shorter": (
            REDUNDANT,
            (*PEOPLE, s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "head")),
             s.bound("long", 2, "r0", ("start", "end"), "ceiling", 9, "working_day")),
            (s.bound("short", 3, "r0", ("start", "end"), "ceiling", 5, "working_day"),),
            "long",
            {"short"},
        ),
        "an exclusion within a wider one": (
            REDUNDANT,
            (*PEOPLE, SIGNS, s.exclusion("some", 2, "head", "deputy", "urgent")),
            (s.exclusion("all", 3, "head", "deputy"),),
            "some",
            {"all"},
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(cases()))
def test_planted_and_mended(name: str) -> None:
    check, sound, planted, told, causes = cases()[name]

    def found(*parts: object) -> list[Idle]:
        report = audit(s.ruleset(*parts), states=STATES, checks=[check])
        return [f.details for f in report.findings if isinstance(f.details, Idle)]

    assert not [i for i in found(*sound) if told in i.norms]
    ids = {p.id for p in planted}  # type: ignore[attr-defined]
    fired = [i for i in found(*(p for p in sound if p.id not in ids), *planted) if told in i.norms]  # type: ignore[attr-defined]
    assert len(fired) == 1
    assert set(fired[0].cause) == causes
    mended = [p for p in (*sound, *planted) if p.id != told]  # type: ignore[attr-defined]
    assert not [i for i in found(*mended) if told in i.norms]


def test_facts_that_keep_a_norm_from_applying_are_named() -> None:
    rules = s.ruleset(*PEOPLE, SIGNS, ASKED, s.fact("calm", "not urgent"), s.fact("idle", "urgent or not weighty"))
    (finding,) = audit(rules, states=STATES, checks=[DEAD]).findings
    assert isinstance(finding.details, Idle)
    assert finding.details.facts == ("calm",)


def test_a_clause_that_only_one_reading_makes_superfluous_is_left_alone() -> None:
    """Read one way it repeats another clause, read the other way it does not."""
    general = s.deontic("general", 2, "duty", "publish", "head")
    one = s.deontic("one", 3, "duty", "publish", "head", under=(("r", "a"),))
    other = s.deontic("other", 3, "duty", "publish", "deputy", under=(("r", "b"),))
    rules = s.ruleset(*PEOPLE, s.reading("r", "a", "b"), SIGNS, general, one, other)
    (answer,) = audit(rules, states=STATES, checks=[REDUNDANT]).answers
    assert not answer.findings
    mended = s.ruleset(*PEOPLE, s.reading("r", "a", "b"), SIGNS, general, one)
    assert [f.details.norms for f in audit(mended, states=STATES, checks=[REDUNDANT]).findings] == [("one",)]  # type: ignore[union-attr]


def test_one_clause_in_several_norms_is_no_repetition() -> None:
    rules = s.ruleset(*PEOPLE, SIGNS, ASKED, s.deontic("again", 2, "duty", "publish", "head"))
    assert not audit(rules, states=STATES, checks=[REDUNDANT]).findings


def test_of_two_that_follow_from_each_other_the_later_is_told() -> None:
    rules = s.ruleset(*PEOPLE, SIGNS, ASKED, s.deontic("again", 7, "duty", "publish", "head", "urgent"))
    (finding,) = audit(rules, states=STATES, checks=[REDUNDANT]).findings
    assert finding.norms == ("again", "asked")


def test_counts_tell_what_could_not_be_asked() -> None:
    rules = s.ruleset(*PEOPLE, SIGNS, ASKED, s.fact("calm", "not urgent"))
    answers = {a.check: a for a in audit(rules, states=STATES, checks=norm_use.CHECKS).answers}
    assert (answers[DEAD].asked, answers[DEAD].held) == (2, 1)
    assert (answers[REDUNDANT].held, answers[REDUNDANT].vacuous) == (2, 1)
    assert answers[SHADOWED].asked == 0
