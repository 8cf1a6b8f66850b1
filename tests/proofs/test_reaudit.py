"""An audit with a memory says what one without says, and asks only what a change can bear on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guize.strategies.small import Small, small
from model.norms import Deontic, Norm, Power, StandIn
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Report
from proofs.memory import Memory
from proofs.questions.gaps import CHECKS as GAPS
from proofs.reaudit import Auditor
from tests.proofs import support as s

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]


def told(report: Report) -> object:
    """All of a report but how long it took."""
    return report.findings, tuple(replace(a, seconds=0.0) for a in report.answers), report.scope


def edits(rules: RuleSet) -> Iterator[RuleSet]:
    """Rule sets with one norm less, or with one norm changed in one respect."""
    relied = {i for n in (*rules.norms.values(), *rules.powers.values()) for i in getattr(n, "residual_to", ())}
    named = relied | {i for n in rules.norms.values() for f in ("prevails", "yields") for i in getattr(n, f, ())}
    for norm in rules.norms.values():
        if norm.form in ("power", "stand_in", "deontic") and norm.id not in named:
            yield replace(rules, norms={i: n for i, n in rules.norms.items() if i != norm.id})
        for other in changes(norm):
            yield replace(rules, norms={**rules.norms, norm.id: other})


def changes(norm: Norm) -> Iterator[Norm]:
    match norm:
        case StandIn():
            yield replace(norm, chain=not norm.chain)
            yield replace(norm, acts=("review",))
        case Power():
            yield replace(norm, joint=not norm.joint)
            yield replace(norm, may=not norm.may)
        case Deontic():
            yield replace(norm, strength=s.IN_PRINCIPLE)
        case _:
            return


@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=600), st.data())
def test_a_memory_changes_nothing_that_is_said(example: Small, data: st.DataObject) -> None:
    memory = Memory()
    edited = data.draw(st.lists(st.sampled_from([example.rules, *edits(example.rules)]), max_size=3))
    for rules in [example.rules, *edited]:
        within = {"states": example.states, "most_absences": 2, "checks": GAPS}
        assert told(audit(rules, memory=memory, **within)) == told(audit(rules, **within))  # type: ignore[arg-type]


def departments(number: int) -> RuleSet:
    """Each department with a head who signs its papers, and a deputy for him."""
    parts: list[object] = [s.attribute("owner", *(f"d{i}" for i in range(number)))]
    for i in range(number):
        parts += [s.office(f"head_{i}"), s.office(f"deputy_{i}")]
        parts.append(s.power(f"review_{i}", i + 1, "review", f"head_{i}", f"owner = d{i}"))
        parts.append(s.stand_in(f"for_{i}", i + 1, f"head_{i}", f"deputy_{i}"))
    return s.ruleset(*parts)


def changed(rules: RuleSet, name: str) -> RuleSet:
    norm = rules.norms[name]
    return replace(rules, norms={**rules.norms, name: replace(norm, chain=True)})  # type: ignore[arg-type]


def test_only_what_depends_on_a_change_is_asked_again() -> None:
    rules = departments(8)
    auditor = Auditor(checks=GAPS)
    auditor.audit(rules)
    first = auditor.memory.asked
    auditor.audit(rules)
    assert auditor.memory.asked == first
    auditor.audit(changed(rules, "for_3"))
    again = auditor.memory.asked - first
    assert 0 < again <= 4  # the stage, its seats, and the findings about them
    assert first == 8 * again


def test_what_is_not_settled_is_not_remembered() -> None:
    memory = Memory()
    assert memory.recall(("q",), lambda: 1, lambda found: False) == 1
    assert memory.recall(("q",), lambda: 2) == 2
    assert memory.recall(("q",), lambda: 3) == 2
