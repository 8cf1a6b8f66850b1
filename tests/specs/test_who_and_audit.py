"""`guize who` and the audit agree: nobody may act exactly where a finding's region says so.

Checked over the product of paper classes, absences of up to two officials, delegations and readings.
Classes and states that no norm tells apart are represented by one member each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest

import guize
from guize.asking import Question, every_delegation, who
from model import absence
from model.competence import Competence
from model.reachability import reachable
from model.ruleset import RuleSet, Stage
from model.situation import Cast, Paper, Situation, make_cast, portfolio_holders
from proofs.audit import audit, hear
from proofs.cores import contains
from proofs.decode import variables_of
from proofs.findings import Region, Report
from proofs.hearing import Hearing
from proofs.questions.gaps import CHECKS


@pytest.fixture(scope="module", params=["weidong", pytest.param("luoyang", marks=pytest.mark.long)])
def rules(request: pytest.FixtureRequest) -> RuleSet:
    return guize.load(request.param)


@pytest.fixture(scope="module")
def report(rules: RuleSet) -> Report:
    return audit(rules, checks=CHECKS)


@pytest.fixture(scope="module")
def hearing(rules: RuleSet) -> Hearing:
    return hear(rules, make_cast(rules))


def representative_states(rules: RuleSet) -> list[str]:
    """One absence state for each way the stand-in norms, delegation and exclusions treat states."""
    classes: dict[object, str] = {}
    for state in absence.ABSENT_STATES:
        s = absence.STATES[state]
        treated = (tuple(state in n.states for n in rules.stand_ins), s.can_delegate, s.chosen)
        classes.setdefault(treated, state)
    return list(classes.values())


def absences(cast: Cast, states: list[str]) -> Iterator[dict[str, str]]:
    for number in range(3):
        for officials in combinations(cast.ids, number):
            for chosen in product(states, repeat=number):
                yield dict(zip(officials, chosen, strict=True))


def random_situation(rules: RuleSet, cast: Cast, dice: random.Random) -> Situation | None:
    """A reachable situation with nobody absent: any paper, portfolios, roles, pairs and readings."""
    v = rules.vocabulary
    paper = {a.id: a.plainest if dice.random() < 0.7 else dice.choice(a.domain) for a in v.attributes.values()}
    if dice.random() < 0.8:
        paper["kind"] = dice.choice(v.attributes["kind"].domain)
        paper["name"] = dice.choice(v.attributes["name"].domain)
    holders = portfolio_holders(rules, cast)
    touches = frozenset(o for o in holders if dice.random() < 0.3)
    readings = {r.id: dice.choice(r.domain) for r in v.readings.values()}
    at = Situation(cast, Paper(paper, touches), readings=readings)
    context = Competence(rules, at).at
    relations: dict[str, dict[str, str]] = {}
    for relation in v.relations.values():
        images: dict[str, str] = {}
        source = sorted(context.members(relation.source))
        dice.shuffle(source)
        for one in source:
            target = [t for t in sorted(context.members(relation.target)) if t != one]
            if relation.symmetric:
                free = [t for t in target if t not in images]
                if one not in images and free:
                    images[one] = free[0]
                    images[free[0]] = one
            elif target:
                images[one] = dice.choice(target)
        relations[relation.id] = images
    at = replace(at, relations=relations)
    context = Competence(rules, at).at
    roles = {
        r.id: dice.choice(sorted(context.members(r.among)))
        for r in v.roles.values()
        if context.holds(r.papers) and context.members(r.among)
    }
    at = replace(at, paper=replace(at.paper, roles=roles))
    return at if reachable(rules, at) else None


def classes(rules: RuleSet, cast: Cast, tries: int, seed: int) -> dict[object, tuple[Stage, Situation]]:
    """For each stage, papers that differ in the powers in force, urgency, portfolios, roles or readings."""
    dice = random.Random(seed)
    found: dict[object, tuple[Stage, Situation]] = {}
    for _ in range(tries):
        at = random_situation(rules, cast, dice)
        if at is None:
            continue
        competence = Competence(rules, at)
        for stage in rules.stages:
            if not rules.is_decisive(stage.act) or not competence.wanted(stage):
                continue
            powers = tuple(p.id for p in competence.powers_in_force(stage))
            key = (stage.id, powers, at.value(rules, "urgency"))
            found.setdefault(key, (stage, at))
    return found


def in_region(rules: RuleSet, hearing: Hearing, regions: list[Region], stage: Stage, at: Situation) -> bool:
    named = tuple(sorted({(str(p.by), p.joint) for p in Competence(rules, at).powers_in_force(stage)}))
    concerned = [r for r in regions if r.subject == stage.id and r.seats == named]
    return any(
        contains(r.cube, values)
        for values in (variables_of(hearing.encoding, same) for same in renamed(at))
        for r in concerned
    )


def renamed(at: Situation) -> Iterator[Situation]:
    """The situation, and those in which holders of one office change places: regions are told up to this."""
    by_office: dict[str, list[str]] = {}
    for official in at.cast.officials:
        by_office.setdefault(official.office, []).append(official.id)
    groups = [g for g in by_office.values() if len(g) > 1]
    for orders in product(*(permutations(g) for g in groups)):
        swap = {a: b for g, order in zip(groups, orders, strict=True) for a, b in zip(g, order, strict=True)}

        def new(official: str, swap: dict[str, str] = swap) -> str:
            return swap.get(official, official)

        yield replace(
            at,
            states={new(o): s for o, s in at.states.items()},
            paper=Paper(
                at.paper.attributes,
                frozenset(map(new, at.paper.touches)),
                {r: new(o) for r, o in at.paper.roles.items()},
            ),
            relations={k: {new(x): new(y) for x, y in v.items()} for k, v in at.relations.items()},
            delegations=frozenset((n, new(o)) for n, o in at.delegations),
        )


def agree(rules: RuleSet, hearing: Hearing, report: Report, tries: int, every: int) -> int:
    """Compare on every `every`-th combination of class, absences and delegation. Returns how many."""
    cast = hearing.encoding.cast
    regions = [r for f in report.findings for r in f.region]
    states = representative_states(rules)
    compared = number = 0
    for stage, base in classes(rules, cast, tries, seed=20230415).values():
        for where in absences(cast, states):
            for delegated in (False, True) if "head" in where else (False,):
                number += 1
                if number % every:
                    continue
                at = base.with_states(where)
                if delegated:
                    at = replace(at, delegations=every_delegation(rules, at))
                if not reachable(rules, at):
                    continue
                stuck = Competence(rules, at).stuck(stage)
                assert stuck == in_region(rules, hearing, regions, stage, at), (stage.id, where, at)
                compared += 1
    return compared


def test_nobody_may_act_exactly_in_the_regions(rules: RuleSet, hearing: Hearing, report: Report) -> None:
    assert agree(rules, hearing, report, tries=1500, every=19) > 300


@pytest.mark.long
def test_nobody_may_act_exactly_in_the_regions_over_the_whole_product(
    rules: RuleSet, hearing: Hearing, report: Report
) -> None:
    assert agree(rules, hearing, report, tries=3000, every=1) > 10_000


def test_who_says_nobody_where_the_witness_of_a_gap_says_so(rules: RuleSet, report: Report) -> None:
    for finding in report.findings:
        at = finding.witness
        question = Question(
            paper=at.paper.attributes,
            absent=at.states,
            in_charge=tuple(at.paper.touches),
            roles=at.paper.roles,
            partners=at.relations,
            delegated=bool(at.delegations),
            readings=at.readings,
        )
        reply = who(rules, question)
        stuck = {s.stage.id for s in reply.stages if any(not w.hands for w in s.ways)}
        assert finding.details.stages[0] in stuck, finding.id  # type: ignore[union-attr]
