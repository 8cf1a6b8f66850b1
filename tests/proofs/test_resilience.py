"""How many absences an act survives: the solver against enumeration; single points told, and mended silent."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from guize.strategies.small import Small, small
from model import endurance
from model.competence import Competence
from model.enumeration import situations
from model.norms import Power
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from proofs.audit import audit
from proofs.findings import Endurance, Fragile, Report
from proofs.questions.resilience import CHECK
from proofs.resilience import passages
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET


def audited(example: Small) -> Report:
    report = audit(example.rules, states=example.states, most_absences=len(example.cast.ids), checks=[CHECK])
    assert not report.unknown
    return report


def fewest(rules: RuleSet, power: Power, everything: list[Situation]) -> tuple[int | None, int | None]:
    """By enumeration: at worst, and where all is delegated that can be."""
    stage = next(x for x in rules.stages if any(p.id == power.id for p in x.powers))
    falls = [at for at in everything if endurance.fallen(Competence(rules, at), stage, power)]
    best = [at for at in falls if endurance.all_given(rules, at)]
    worst_least, best_least = (min((len(at.absent) for at in some), default=None) for some in (falls, best))
    return worst_least, best_least


def agree(example: Small) -> None:
    """Acts survive as many absences as enumeration says; what is told hangs on one official, and is no single act."""
    report, rules = audited(example), example.rules
    everything = list(situations(rules, example.cast, example.states))
    for each in report.endurance:
        power = rules.powers[each.power]
        competences = (Competence(rules, at) for at in everything)
        assert each.vacuous == (not any(c.at.in_force(power) and c.seats(power) for c in competences))
        if not each.vacuous:
            assert each.fewest == fewest(rules, power, everything), power.id
    alone = [at for at in everything if len(at.absent) == 1 and endurance.all_given(rules, at)]
    # what stops with nobody absent is no matter of one official
    stopped = {e.power for e in report.endurance if e.fewest[1] == 1}
    wanted: set[tuple[str, str]] = set()
    for at in alone:
        competence = Competence(rules, at)
        for stage in rules.stages:
            for power in stage.powers:
                if power.id in stopped and endurance.fallen(competence, stage, power):
                    wanted.add((at.cast[at.absent[0]].office, power.id))
    acts = {office: {rules.powers[p].act for o, p in wanted if o == office} for office, _ in wanted}
    wanted = {(o, p) for o, p in wanted if len(acts[o]) > 1}
    told: set[tuple[str, str]] = set()
    for finding in report.findings:
        assert isinstance(finding.details, Fragile)
        told |= set(product(finding.details.offices, finding.details.powers))
    assert told == wanted


quick = settings(max_examples=18, deadline=None, derandomize=True, suppress_health_check=QUIET)


@quick
@given(small(most=600))
def test_acts_survive_what_enumeration_says(example: Small) -> None:
    agree(example)


@pytest.mark.long
def test_at_length() -> None:
    @settings(quick, max_examples=300)
    @given(small(most=3000))
    def run(example: Small) -> None:
        agree(example)

    run()


# along a route


def stopping(rules: RuleSet, everything: list[Situation]) -> int | None:
    """By enumeration: the fewest officials that are absent, at any steps, when a paper comes to a halt on route r0.

    At each required step the paper meets a situation of its own; nobody who was absent comes back.
    """
    route = rules.routes["r0"]
    stages = {p.id: x for x in rules.stages for p in x.powers}
    steps = [x for x in route.steps if not x.power.may]
    papers: dict[object, list[Situation]] = {}
    for at in everything:
        same = (tuple(sorted(at.paper.attributes.items())), at.paper.touches, tuple(at.readings.items()))
        papers.setdefault(same, []).append(at)
    found: list[int] = []

    def walk(number: int, absent: frozenset[str], moments: list[Situation]) -> None:
        if number == len(steps):
            return
        step = steps[number].power
        for at in moments:
            if absent <= set(at.absent):
                competence = Competence(rules, at)
                if endurance.fallen(competence, stages[step.id], step):
                    found.append(len(at.absent))
                elif not any(len(at.absent) >= f for f in found):
                    walk(number + 1, frozenset(at.absent), moments)

    for moments in papers.values():
        walk(0, frozenset(), moments)
    return min(found, default=None)


COVER = s.stand_in("covers", 5, "head", "deputy", ("leave",))


@pytest.mark.parametrize(
    ("norms", "expected"),
    [
        ((COVER,), 1),
        ((s.stand_in("covers", 5, "head", "deputy"),), 2),
        ((s.stand_in("covers", 5, "head", "deputy"), s.exclusion("apart", 6, "head", "deputy")), 2),
        ((s.stand_in("covers", 5, "head", "deputy - principal"), s.exclusion("not_all", 6, "deputy", "deputy")), None),
    ],
    ids=["one cause is covered", "all causes are", "not both at once", "not both deputies"],
)
def test_absences_accumulate_along_a_route(norms: tuple[object, ...], expected: int | None) -> None:
    """The fewest absences that stop a paper under way are those of its weakest step."""
    people = (s.office("head"), s.office("deputy", 2), s.flag("urgent"))
    way = s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "head"))
    rules = s.ruleset(*people, way, *norms)
    report = audit(rules, states=("leave", "out_of_town"), most_absences=3, checks=[CHECK])
    first, last = passages(rules, report.endurance)["r0"]
    by_hand = stopping(rules, list(situations(rules, make_cast(rules), ("leave", "out_of_town"))))
    assert first.onward[0] == by_hand == expected
    assert by_hand == min((n for n in (first.here[0], last.here[0]) if n is not None), default=None)
    assert last.onward == last.here


# planted and mended

PEOPLE = (s.office("head"), s.office("deputy", 2), s.flag("urgent"))
SIGNS = s.power("signs", 1, "sign", "head")
GRANTS = s.power("grants", 3, "approve", "head", "urgent")


def told(*parts: object, most: int = 2) -> tuple[list[Fragile], tuple[Endurance, ...]]:
    report = audit(s.ruleset(*parts), states=("leave", "illness"), most_absences=most, checks=[CHECK])
    return [f.details for f in report.findings if isinstance(f.details, Fragile)], report.endurance


def test_one_official_alone_is_told_with_the_causes() -> None:
    covers = s.stand_in("covers", 2, "head", "deputy", ("leave",))
    (fragile,), _ = told(*PEOPLE, SIGNS, GRANTS, covers)
    assert fragile.offices == ("head",)
    assert set(fragile.powers) == {"signs", "grants"}
    assert fragile.causes == ("illness",)
    none, _ = told(*PEOPLE, SIGNS, GRANTS, s.stand_in("covers", 2, "head", "deputy"))
    assert not none


def test_a_single_act_is_left_to_the_gap_checks() -> None:
    none, (row,) = told(*PEOPLE, SIGNS)
    assert not none
    assert row.fewest == (1, 1)


def test_a_missing_delegation_is_in_the_table_and_no_finding() -> None:
    stands = s.stand_in("covers", 2, "head", "deputy", ("any",), "head")
    none, rows = told(*PEOPLE, SIGNS, GRANTS, stands, most=3)
    assert not none
    assert {r.fewest for r in rows} == {(1, 3)}


def test_a_vacant_post_is_no_ordinary_absence() -> None:
    rules = s.ruleset(*PEOPLE, SIGNS, GRANTS, s.stand_in("covers", 2, "head", "deputy"))
    report = audit(rules, states=("leave", "vacancy"), most_absences=2, checks=[CHECK])
    assert not report.findings
    assert {e.fewest for e in report.endurance} == {(None, None)}


def test_what_survives_the_bound_says_at_least() -> None:
    _, (row,) = told(*PEOPLE, s.power("signs", 1, "sign", "head | deputy"), most=2)
    assert row.fewest == (None, None)
    _, (row,) = told(*PEOPLE, s.power("signs", 1, "sign", "head | deputy"), most=3)
    assert row.fewest == (3, 3)


def test_an_exclusion_of_absences_is_respected() -> None:
    signs = s.power("signs", 1, "sign", "deputy")
    _, (row,) = told(*PEOPLE, signs)
    assert row.fewest == (2, 2)
    _, (row,) = told(*PEOPLE, signs, s.exclusion("apart", 2, "deputy", "deputy - principal"))
    assert row.worst is not None and {row.worst.state(o) for o in row.worst.absent} == {"illness"}


def test_a_power_that_nobody_is_ever_asked_to_use_is_vacuous() -> None:
    report = audit(s.ruleset(*PEOPLE, s.power("signs", 1, "sign", "head", "false")), checks=[CHECK])
    assert [(a.asked, a.held, a.vacuous) for a in report.answers] == [(1, 1, 1)]
