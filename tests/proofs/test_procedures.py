"""The audit's verdicts on routes are those of exhaustive enumeration; each check fires and stays silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from guize.sentences import sentence
from model.enumeration import situations
from model.graphs import defects as df
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import make_cast
from proofs import cores, decode
from proofs.audit import audit
from proofs.encoding import Encoding
from proofs.findings import Course, Finding, Report, Severity
from proofs.questions import procedures
from tests.model import generated_routes as g

MOST = 4
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much]
Key = tuple[str, tuple[str, ...], tuple[str, ...]]


def audited(rules: RuleSet, *checks: str, **more: object) -> Report:
    chosen = checks or procedures.CHECKS
    return audit(rules, states=g.STATES, most_absences=MOST, checks=chosen, **more)  # type: ignore[arg-type]


def details(finding: Finding) -> Course:
    assert isinstance(finding.details, Course)
    return finding.details


def told(rules: RuleSet, report: Report) -> set[Key]:
    """What the findings speak of, dead steps apart. Two routes are told by their names alone."""
    found: set[Key] = set()
    for finding in report.findings:
        course = details(finding)
        if course.kind == df.DEAD:
            continue
        for steps in course.steps:
            names = tuple(rules.powers[s].route for s in steps)
            pair = course.kind in (df.COMPETING, df.SKIPPING)
            found.add((course.kind, names, ()) if pair else (course.kind, names[:1], steps))
    return found


def shown(rules: RuleSet) -> set[Key]:
    """What some situation shows."""
    found: set[Key] = set()
    for at in situations(rules, make_cast(rules), g.STATES):
        for d in df.defects(rules, at):
            pair = d.kind in (df.COMPETING, df.SKIPPING)
            found.add((d.kind, d.routes, () if pair else d.steps))
    return found


def verdicts(rules: RuleSet) -> None:
    report = audited(rules)
    assert not report.unknown
    assert told(rules, report) == shown(rules)
    for answer in report.answers:
        assert 0 <= answer.held <= answer.asked
        assert 0 <= answer.vacuous <= answer.held
        assert (answer.held == answer.asked) == (not answer.findings)


def dead_steps(rules: RuleSet) -> None:
    live = frozenset().union(*(df.live_steps(rules, at) for at in situations(rules, make_cast(rules), g.STATES)))
    every = {s.power.id for r in rules.routes.values() for s in r.steps}
    report = audited(rules, procedures.UNSOUND)
    dead = {s for f in report.findings for s in details(f).steps[0] if details(f).kind == df.DEAD}
    assert dead == every - live


def evidence(rules: RuleSet) -> None:
    """The witness replays, no situation with fewer absences shows the same, the region is sound, a sentence is told."""
    report = audited(rules)
    cast = make_cast(rules)
    everything = list(situations(rules, cast, g.STATES))
    encoding = Encoding(rules, cast, g.STATES)
    for finding in report.findings:
        course = details(finding)
        assert reachable(rules, finding.witness)
        assert sentence(rules, finding, "zh") and sentence(rules, finding, "en")
        if course.kind == df.DEAD:
            continue

        def holds(at: object, c: Course = course) -> bool:
            found = df.defects(rules, at)  # type: ignore[arg-type]
            pair = c.kind in (df.COMPETING, df.SKIPPING)  # which of their closings are in force may change
            return any((d.kind, d.routes) == (c.kind, c.routes) and (pair or d.steps == c.steps[0]) for d in found)

        assert holds(finding.witness)
        assert all(len(at.absent) >= len(finding.witness.absent) for at in everything if holds(at))
        (region,) = finding.region
        inside = [at for at in everything if cores.contains(region.cube, decode.variables_of(encoding, at))]
        assert inside and all(holds(at) for at in inside)


PROPERTIES = [verdicts, dead_steps, evidence]
quick = settings(max_examples=18, deadline=None, derandomize=True, suppress_health_check=QUIET)
thorough = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=QUIET)


@quick
@given(g.rule_sets())
def test_verdicts_are_those_of_enumeration(rules: RuleSet) -> None:
    verdicts(rules)


@quick
@given(g.rule_sets())
def test_a_step_is_dead_where_no_situation_has_it(rules: RuleSet) -> None:
    dead_steps(rules)


@quick
@given(g.rule_sets())
def test_findings_come_with_evidence(rules: RuleSet) -> None:
    evidence(rules)


@pytest.mark.long
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda p: p.__name__)
def test_at_length(holds: object) -> None:
    @thorough
    @given(g.rule_sets())
    def run(rules: RuleSet) -> None:
        holds(rules)  # type: ignore[operator]

    run()


# by hand

LINE = (g.step("r", "draft", "submit", "clerk"), g.step("r", "sign", "sign", "head", "draft"))


def kinds(rules: RuleSet, **more: object) -> list[str]:
    return [details(f).kind for f in audited(rules, **more).findings]


def test_a_sound_route_has_no_finding() -> None:
    report = audited(g.rule_set(g.route("r", *LINE)))
    assert not report.findings
    assert {a.check: a.asked for a in report.answers}["procedure-unsound"] == len(LINE) * 2


def test_a_dead_step_and_a_dead_route() -> None:
    never = g.step("r", "never", "review", "clerk", "draft", when="urgent and not urgent")
    report = audited(g.rule_set(g.route("r", *LINE, never)))
    assert [(details(f).kind, details(f).steps) for f in report.findings] == [(df.DEAD, (("r.never",),))]
    assert "任何情形" in sentence(g.rule_set(g.route("r", *LINE, never)), report.findings[0], "zh")
    whole = "urgent and not urgent"
    dead = g.route("r", *(g.step("r", s, "sign", "head", when=whole) for s in ("a", "b")), when=whole)
    (finding,) = audited(g.rule_set(dead)).findings
    assert details(finding).steps == (("r.a", "r.b"),)


def test_a_return_that_no_situation_can_drive_is_no_finding() -> None:
    first = g.step("r", "draft", "submit", "clerk", when="urgent")
    back = g.step("r", "sign", "sign", "head", "draft", when="not urgent", back_to="draft")
    assert kinds(g.rule_set(g.route("r", first, back))) == []
    drivable = g.step("r", "sign", "sign", "head", "draft", back_to="draft")
    assert kinds(g.rule_set(g.route("r", first, drivable))) == [df.UNBOUNDED]
    spanned = g.rule_set(g.route("r", first, drivable), g.ceiling("b", "r", "start", "end"))
    assert kinds(spanned) == []


def test_a_limit_on_the_way_back_is_told_and_bounds_no_number_of_rounds() -> None:
    first = g.step("r", "draft", "submit", "clerk")
    back = g.step("r", "sign", "sign", "head", "draft", back_to="draft")
    limited = g.rule_set(g.route("r", first, back), g.ceiling("b", "r", "sign", "draft"))
    (finding,) = audited(limited, df.UNBOUNDED).findings
    assert "第十条的时限每次重新起算" in both(limited, finding)
    assert "the limit of art. 10 starts anew each time" in both(limited, finding)
    vague = replace(g.ceiling("b", "r", "sign", "draft"), amount=None)
    rules = g.rule_set(g.route("r", first, back), vague)
    assert "第十条未定长短的时限" in both(rules, *audited(rules, df.UNBOUNDED).findings)
    free = g.rule_set(g.route("r", first, back))
    (finding,) = audited(free, df.UNBOUNDED).findings
    assert "往复期间也没有时限" in both(free, finding) and "anew" not in both(free, finding)


def test_what_cannot_arise_passes_vacuously() -> None:
    first = g.step("r", "draft", "submit", "clerk", when="urgent")
    back = g.step("r", "sign", "sign", "head", "draft", when="not urgent", back_to="draft")
    report = audited(g.rule_set(g.route("r", first, back)), df.UNBOUNDED)
    (answer,) = [a for a in report.answers if a.check == df.UNBOUNDED]
    assert (answer.asked, answer.held, answer.vacuous) == (1, 1, 1)


def test_competing_routes_name_the_norms_that_clash() -> None:
    one = g.route("a", g.step("a", "look", "review", "deputy"), g.step("a", "sign", "sign", "head", "look"))
    two = g.route(
        "b",
        g.step("b", "look", "review", "clerk", article=5),
        g.step("b", "sign", "sign", "head", "look", article=5),
        article=5,
    )
    rules = g.rule_set(one, two)
    (finding,) = audited(rules).findings
    assert finding.check == df.COMPETING
    assert finding.articles == (1, 5)
    assert not finding.witness.absent
    assert set(finding.norms) == {"a.look", "a.sign", "b.look", "b.sign"}


def test_a_budget_too_small_is_unknown_and_never_a_pass() -> None:
    report = audited(g.rule_set(g.route("r", *LINE), g.stand_in("s", "head", "clerk")), budget=1)
    assert report.unknown
    assert all(a.held + len(a.unknown) <= a.asked for a in report.answers)


def both(rules: RuleSet, finding: Finding) -> str:
    return sentence(rules, finding, "zh") + sentence(rules, finding, "en")


def test_a_route_of_nothing_but_a_signature_that_may_be_given_is_told_in_full() -> None:
    long = g.route("a", g.step("a", "look", "review", "deputy"), g.step("a", "sign", "sign", "head", "look"))
    bare = g.route("b", g.step("b", "sign", "sign", "head", may=True, article=5), article=5)
    rules = g.rule_set(long, bare)
    (finding,) = audited(rules, df.SKIPPING).findings
    assert details(finding).routes == ("a", "b")
    assert "由headsign即可" in both(rules, finding)
    assert "demands only that the head sign," in both(rules, finding)


def test_only_what_the_stricter_route_adds_is_told_of_it() -> None:
    long = g.route("a", g.step("a", "look", "review", "deputy"), g.step("a", "sign", "sign", "head", "look"))
    bare = g.route("b", g.step("b", "sign", "sign", "head", article=5), article=5)
    rules = g.rule_set(long, bare)
    (finding,) = audited(rules, df.SKIPPING).findings
    assert "also demands that the deputy review." in both(rules, finding)


def test_a_round_trip_is_minor_and_needs_a_say_both_times() -> None:
    def round_trip(first: str, last: str) -> RuleSet:
        steps = (g.step("r", "a", first, "head"), g.step("r", "b", "submit", "clerk", "a"))
        return g.rule_set(g.route("r", *steps, g.step("r", "c", last, "head", "b")))

    rules = round_trip("approve", "decide")
    (finding,) = audited(rules, df.COMES_BACK).findings
    assert finding.severity is Severity.MINOR and not finding.witness.absent
    assert "the head" in both(rules, finding)
    assert not audited(round_trip("submit", "decide"), df.COMES_BACK).findings
    assert not audited(round_trip("approve", "submit"), df.COMES_BACK).findings


def test_stand_ins_bring_together_only_what_is_otherwise_apart() -> None:
    def two(first: str) -> RuleSet:
        steps = (g.step("r", "a", "submit", first), g.step("r", "b", "sign", "head", "a"))
        return g.rule_set(g.route("r", *steps), g.stand_in("s", "head", "clerk"))

    (finding,) = audited(two("clerk"), df.HELD_TWICE).findings
    assert len(finding.witness.absent) == 1 and details(finding).official == "clerk"
    for together in ("head", "head | clerk"):
        assert not audited(two(together), df.HELD_TWICE).findings
