"""Witnesses replay and are minimal; cores suffice and none of their members can be spared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from guize.strategies.small import Small, small
from model import expressions as ex
from model import plainness
from model.competence import Competence
from model.enumeration import situations
from model.evaluation import Context
from model.norms import Norm
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import Situation
from model.violations import competence_conflicts, contradictions, self_reviews
from proofs import decode
from proofs.audit import CHECKS, audit
from proofs.boolean import conj, disj, neg
from proofs.encoding import Encoding
from proofs.findings import Finding, Gap, Late, Pair, Twice
from proofs.questions import drafting, hinges, norm_use, procedures, resilience
from proofs.questions.gap_causes import cause_of
from proofs.session import Session
from tests.proofs import support as s
from tests.proofs.test_verdicts import QUIET, SHOWN, Key, told

Occurs = Callable[[RuleSet, Situation], bool]


def findings(example: Small) -> tuple[Finding, ...]:
    """All but those whose evidence is tested elsewhere: about routes, single norms, terms and drafting."""
    apart = (*procedures.CHECKS, *norm_use.CHECKS, hinges.CHECK, resilience.CHECK, *drafting.CHECKS)
    checks = [c for c in CHECKS if c not in apart]
    report = audit(example.rules, states=example.states, most_absences=len(example.cast.ids), checks=checks)
    assert not report.unknown
    return report.findings


def occurrence(rules: RuleSet, finding: Finding) -> Occurs:
    """The finding as a question to the reference semantics, of any part of the rule set."""
    details = finding.details
    if isinstance(details, Gap):
        stage = next(x for x in rules.stages if x.id == details.stages[0])
        return lambda part, at: Competence(part, at).stuck(s.restricted_stage(part, stage))
    if isinstance(details, Pair):
        ids = (details.first, details.second)
        if finding.check == "contradiction":
            return lambda part, at: any((c.demand.id, c.against.id) == ids for c in contradictions(part, at))
        return lambda part, at: any((c.first.id, c.second.id) == ids for c in competence_conflicts(part, at))
    if isinstance(details, Twice):
        pairs = set(details.pairs)
        return lambda part, at: any(
            ((r.first.id if r.first else ""), r.second.id) in pairs and r.role == details.role
            for r in self_reviews(part, at)
        )
    assert isinstance(details, Late)
    worst = details.worst
    needed = [worst.route, worst.ceiling, *(g.norm for g in worst.lags), *(p for g in worst.lags for p in g.steps)]

    def in_force(part: RuleSet, at: Situation) -> bool:
        context = Context(part, at)
        return all(context.in_force(n) for n in needed)

    return in_force


# witnesses


def witnesses(example: Small) -> None:
    """Each can occur and shows its finding; of pairs and deadlines it is the plainest there is."""
    rules = example.rules
    everything = list(situations(rules, example.cast, example.states))
    for finding in findings(example):
        occurs = occurrence(rules, finding)
        assert reachable(rules, finding.witness)
        assert occurs(rules, finding.witness)
        if isinstance(finding.details, (Pair, Late)):
            least = min(plainness.cost(rules, at) for at in everything if occurs(rules, at))
            assert plainness.cost(rules, finding.witness) == least, finding.check


def fewest_absences(example: Small) -> None:
    """No situation with the same stuck stage, or the same two norms, has fewer officials absent."""
    rules = example.rules
    found = findings(example)
    everything = sorted(situations(rules, example.cast, example.states), key=lambda at: len(at.absent))
    least: dict[Key, int] = {}
    for at in everything:
        competence = Competence(rules, at)
        for stage in rules.stages:
            if competence.stuck(stage):
                least.setdefault((stage.id,), len(at.absent))
        for check in ("competence-conflict", "contradiction", "self-review"):
            for pair in SHOWN[check](example, at):
                least.setdefault((check, *pair), len(at.absent))
    shown: dict[Key, int] = {}
    for f in found:
        if isinstance(f.details, Late):
            continue
        gap = isinstance(f.details, Gap)
        keys = {(r.subject,) for r in f.region} if gap else {(f.check, *k) for k in told(f)}
        for key in keys:
            shown[key] = min(len(f.witness.absent), shown.get(key, len(example.cast.ids)))
    assert shown.keys() == least.keys()
    assert all(shown[k] <= least[k] for k in least), (shown, least)
    stages = {(x.id,) for x in rules.stages}
    if least.keys() & stages:
        assert min(shown[k] for k in shown.keys() & stages) == min(least[k] for k in least.keys() & stages)


def images(norm: Norm) -> Iterator[ex.Image]:
    """Every application of a set function in a norm's expressions."""
    for value in vars(norm).values():
        if isinstance(value, ex.Node):
            yield from (n for n in value.walk() if isinstance(n, ex.Image))


def fewest_absences_of_a_cause(example: Small) -> None:
    """Of the situations stuck at the witness's stage for the witness's cause, none has fewer absent.

    Promised only where what norms say does not itself depend on who is absent (docs/limits.md).
    """
    rules = example.rules
    if any(
        n.function in ("absent", "present")
        for norm in [*rules.norms.values(), *rules.powers.values()]
        for n in images(norm)
    ):
        return
    gaps = [f for f in findings(example) if isinstance(f.details, Gap)]
    if not gaps:
        return
    everything = sorted(situations(rules, example.cast, example.states), key=lambda at: len(at.absent))
    for f in gaps:
        assert isinstance(f.details, Gap)
        stage = next(x for x in rules.stages if x.id == f.details.stages[0])
        cause = cause_of(rules, example.cast, f.details.obstacles)

        def same(at: Situation, stage=stage, cause=cause) -> bool:
            competence = Competence(rules, at)
            return competence.stuck(stage) and cause_of(rules, example.cast, competence.obstacles(stage)) == cause

        first = next(at for at in everything if same(at))
        assert len(first.absent) == len(f.witness.absent), (f.check, first)


# cores


def parts(rules: RuleSet, core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The norms outside the core, in every combination of at most two, and all of them."""
    rest = [i for i in dict.fromkeys([*rules.powers, *rules.norms]) if i not in core]
    for size in range(3):
        yield from combinations(rest, size)
    yield tuple(rest)


def cores_suffice(example: Small) -> None:
    """The core alone shows the finding in the witness, whatever else of the rule set is added."""
    rules = example.rules
    for finding in findings(example):
        occurs = occurrence(rules, finding)
        for more in parts(rules, finding.norms):
            assert occurs(s.restricted(rules, (*finding.norms, *more)), finding.witness), (finding.check, more)


def cores_are_minimal(example: Small) -> None:
    """Without any one member some part of the rest no longer shows the finding: by the semantics, and by switches."""
    rules = example.rules
    encoding = Encoding(rules, example.cast, example.states)
    session = Session(encoding)
    for finding in findings(example):
        if isinstance(finding.details, (Late, Twice)):
            continue
        occurs, formula = occurrence(rules, finding), _formula(encoding, finding)
        point = {k: frozenset({v}) for k, v in decode.variables_of(encoding, finding.witness).items()}
        goals = [*session.outside(point), session.literal(neg(formula))]
        session.model([])
        switches = encoding.switches
        assert not session.satisfiable([*goals, *(switches[n] for n in finding.norms)], whole=False)
        for spared in finding.norms:
            kept = tuple(n for n in finding.norms if n != spared)
            assert session.satisfiable([*goals, *(switches[n] for n in kept)], whole=False), spared
            without = ([m for m in more if m != spared] for more in parts(rules, finding.norms))
            assert any(not occurs(s.restricted(rules, (*kept, *more)), finding.witness) for more in without), spared


def _formula(encoding: Encoding, finding: Finding):
    rules, details = encoding.rules, finding.details
    if isinstance(details, Gap):
        return encoding.stuck(next(x for x in rules.stages if x.id == details.stages[0]))
    assert isinstance(details, Pair)
    one, two = rules.lookup(details.first), rules.lookup(details.second)
    first, second = encoding.members(one.by), encoding.members(two.by)  # type: ignore[attr-defined]
    common = disj(conj([f, second.get(a, False)]) for a, f in first.items())
    both = [encoding.in_force(one), encoding.in_force(two)]
    if finding.check == "competence-conflict":
        return conj([*both, disj(first.values()), disj(second.values()), neg(common)])
    excused = [encoding.holds(n.unless) for n in (one, two) if hasattr(n, "unless")]
    return conj([*both, common, *(neg(e) for e in excused)])


quick = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=QUIET)
thorough = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
PROPERTIES = [witnesses, fewest_absences, fewest_absences_of_a_cause, cores_suffice, cores_are_minimal]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda p: p.__name__)
def test_evidence(holds: Callable[[Small], None]) -> None:
    @quick
    @given(small(most=1000))
    def run(example: Small) -> None:
        holds(example)

    run()


@pytest.mark.long
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda p: p.__name__)
def test_evidence_at_length(holds: Callable[[Small], None]) -> None:
    @thorough
    @given(small(most=2500))
    def run(example: Small) -> None:
        holds(example)

    run()
