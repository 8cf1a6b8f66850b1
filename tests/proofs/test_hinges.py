"""What hinges on an open term: the solver against enumeration; planted terms are told, defined ones are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from guize.strategies.small import Small, small
from model import claims as ref
from model.competence import Competence
from model.enumeration import situations
from model.norms import Precedence
from model.reachability import reachable
from model.ruleset import RuleSet
from proofs import cores, decode
from proofs.audit import audit
from proofs.encoding import Encoding
from proofs.findings import Finding, Hinge
from proofs.questions.hinges import CHECK
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET

Hit = tuple[str, tuple[str, str], str]


def opened(rules: RuleSet) -> RuleSet:
    """The rule set with every flag an open term."""
    attributes = {n: replace(a, open=a.boolean) for n, a in rules.vocabulary.attributes.items()}
    return replace(rules, vocabulary=replace(rules.vocabulary, attributes=attributes))


def expected(rules: RuleSet, example: Small, term: str) -> set[Hit]:
    """Every topic and norm of which a claim is made with one value of the term, and not covered with the other."""
    encoding = Encoding(rules, example.cast, example.states)
    pairs: dict[object, list[tuple[set[ref.Claim], dict[str, frozenset[ref.Claim]]]]] = {}
    for at in situations(rules, example.cast, example.states):
        competence = Competence(rules, at)
        by_norm = {n.id: ref.said_by(competence, n) for n in ref.every_norm(rules)}
        values = decode.variables_of(encoding, at)
        del values["paper", term]
        everything = {c for claims in by_norm.values() for c in claims}
        pairs.setdefault(frozenset(values.items()), []).append((everything, by_norm))
    return {
        (term, ref.topic(c), norm)
        for one in pairs.values()
        if len(one) == 2
        for (_, mine), (others, _) in (one, one[::-1])
        for norm, claims in mine.items()
        for c in claims
        if not ref.covered(c, others)
    }


def told(finding: Finding) -> set[Hit]:
    assert isinstance(finding.details, Hinge)
    found = finding.details
    return {(found.term, d.topic, n) for d in found.decisions for n in (*d.otherwise, *d.then)}


def agree(example: Small) -> None:
    rules = opened(example.rules)
    report = audit(rules, states=example.states, most_absences=len(example.cast.ids), checks=[CHECK])
    (answer,) = report.answers
    assert not answer.unknown
    assert answer.asked == answer.held + len(answer.findings)
    wanted: set[Hit] = set()
    for term in (a.id for a in rules.vocabulary.attributes.values() if a.open):
        wanted |= expected(rules, example, term)
    # stand-ins are told for one act of those that pass alike
    assert {h for h in wanted if h[1][0] != "stand-in"} == {
        h for f in report.findings for h in told(f) if h[1][0] != "stand-in"
    }
    assert {h[::2] for h in wanted} == {h[::2] for f in report.findings for h in told(f)}
    evidence(rules, example, report.findings)


def evidence(rules: RuleSet, example: Small, findings: tuple[Finding, ...]) -> None:
    """Pairs differ in the term alone, both can occur, and every decision lies in its region."""
    encoding = Encoding(rules, example.cast, example.states)
    for finding in findings:
        assert isinstance(finding.details, Hinge)
        for decision, region in zip(finding.details.decisions, finding.region, strict=True):
            here, there = (decode.variables_of(encoding, at) for at in (decision.situation, decision.twin))
            assert {k for k in here if here[k] != there[k]} == {("paper", finding.details.term)}
            assert reachable(rules, decision.situation) and reachable(rules, decision.twin)
            assert cores.contains(region.cube, here)


quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)


@quick
@given(small(most=300))
def test_terms_hinge_just_what_enumeration_finds(example: Small) -> None:
    agree(example)


@pytest.mark.long
def test_at_length() -> None:
    @settings(quick, max_examples=300)
    @given(small(most=1500))
    def run(example: Small) -> None:
        agree(example)

    run()


TERM = replace(s.flag("weighty"), open=True)
PEOPLE = (s.office("head"), s.office("deputy", 2), TERM)
ORDINARY = s.power("ordinary", 1, "sign", "deputy", "not weighty")
WEIGHTY = s.power("weighty_too", 2, "sign", "head", "weighty")


def hinges(*parts: object) -> list[Finding]:
    return list(audit(s.ruleset(*parts), states=("leave",), checks=[CHECK]).findings)


def test_a_term_that_decides_who_signs_is_told_with_its_pair() -> None:
    (finding,) = hinges(*PEOPLE, ORDINARY, WEIGHTY)
    assert isinstance(finding.details, Hinge)
    (decision,) = finding.details.decisions
    assert (decision.otherwise, decision.then) == (("ordinary",), ("weighty_too",))
    assert not finding.witness.absent
    assert decision.twin.value(s.ruleset(*PEOPLE), "weighty") == "true"


def test_whether_one_provision_gives_way_may_hinge_on_a_term() -> None:
    before = Precedence(id="pre", citations=s.cite(3), prevails=("always",), yields=("weighty_too",))
    (finding,) = hinges(*PEOPLE, s.power("always", 1, "sign", "head"), WEIGHTY, before)
    assert isinstance(finding.details, Hinge)
    assert [d.topic for d in finding.details.decisions] == [("yields", "weighty_too")]


@pytest.mark.parametrize(
    "parts",
    [
        (*PEOPLE, s.power("ordinary", 1, "sign", "head", "not weighty"), WEIGHTY),
        (*PEOPLE, ORDINARY, WEIGHTY, s.fact("never", "not weighty")),
        (s.office("head"), s.office("deputy", 2), s.flag("weighty"), ORDINARY, WEIGHTY),
    ],
    ids=["the same either way", "it cannot be true", "not an open term"],
)
def test_a_term_that_decides_nothing_is_silent(parts: tuple[object, ...]) -> None:
    assert not hinges(*parts)


def test_a_term_that_no_norm_uses_is_held_vacuously() -> None:
    (answer,) = audit(s.ruleset(*PEOPLE, s.power("signs", 1, "sign", "head")), checks=[CHECK]).answers
    assert (answer.asked, answer.held, answer.vacuous) == (1, 1, 1)


def test_a_clause_that_gives_way_to_one_on_the_term_hinges_on_it_too() -> None:
    rest = s.power("rest", 1, "sign", "deputy", residual_to=("weighty_too",))
    (finding,) = hinges(*PEOPLE, rest, WEIGHTY)
    assert told(finding) == {("weighty", ("act", "sign"), "rest"), ("weighty", ("act", "sign"), "weighty_too")}


def test_limits_and_stand_ins_may_hinge_on_a_term() -> None:
    route = s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "head"))
    short = s.bound("short", 2, "r0", ("start", "end"), "ceiling", 3, "working_day", when=WEIGHTY.when)
    stands = s.stand_in("stands", 3, "head", "deputy", when="weighty")
    (finding,) = hinges(*PEOPLE, route, short, stands)
    assert {h[1][0] for h in told(finding)} == {"limit", "stand-in"}
