"""One method on one rule set, in a process of its own, so that time and peak memory are the method's.

    python -m bench.growth.worker METHOD NORMS SEED SECONDS

Prints one line of JSON for each thing done, as soon as it is. Ends itself after so many seconds of processor time.
The rule set is made before the clock starts.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bench.growth.answer_sets import by_answer_sets
from bench.growth.collection import collection
from bench.growth.fresh_queries import by_fresh_queries
from bench.growth.questions import Verdicts, by_guize
from model.norms import Power
from model.ruleset import RuleSet
from proofs.audit import QUESTIONS, audit
from proofs.findings import Report
from proofs.questions import gaps
from proofs.reaudit import Auditor

CORE: dict[str, Callable[[RuleSet], Verdicts]] = {
    "guize": by_guize,
    "fresh": by_fresh_queries,
    "clingo": by_answer_sets,
}
AUDIT = "audit"
"""A full audit, and another after one norm is changed. `audit:CHECK`: the questions asked together with one check."""


def say(started: tuple[float, float], **told: Any) -> None:
    """One line: what is told, with the processor and wall seconds since `started` and the peak memory so far."""
    cpu, wall = time.process_time() - started[0], time.perf_counter() - started[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "cpu": cpu, "wall": wall, "megabytes": peak}), flush=True)


def core(rules: RuleSet, method: Callable[[RuleSet], Verdicts]) -> None:
    started = time.process_time(), time.perf_counter()
    number = 0
    for name, verdict in method(rules):
        number += 1
        say(started, question=name, verdict=verdict)
    say(started, done="core", questions=number)


def full(rules: RuleSet) -> None:
    started = time.process_time(), time.perf_counter()
    auditor = Auditor()
    report = auditor.audit(rules)
    asked = auditor.memory.asked
    say(started, done="audit", questions=asked, stopped=stopped(report), **told(report))
    changed = edited(rules)
    started = time.process_time(), time.perf_counter()
    report = auditor.audit(changed)
    again = {"questions": auditor.memory.asked - asked, "recalled": auditor.memory.recalled}
    say(started, done="again", **again, **told(report))


def told(report: Report) -> dict[str, Any]:
    return {"findings": len(report.findings), "queries": report.queries}


def stopped(report: Report) -> list[str]:
    """The stages in which the gap checks found something: where the core questions must be answered yes."""
    regions = (r for f in report.findings if {f.check, *f.also} & {*gaps.CHECKS} for r in f.region)
    return sorted({r.subject for r in regions})


def one(rules: RuleSet, check: str) -> None:
    together = next(names for names in QUESTIONS if check in names)
    started = time.process_time(), time.perf_counter()
    say(started, done="one", **told(audit(rules, checks=together)))


def edited(rules: RuleSet) -> RuleSet:
    """The rules with one norm changed: a power in the middle that was for all to see becomes permissive."""
    own = [n for n in rules.norms.values() if isinstance(n, Power) and not n.may]
    norm = own[len(own) // 2]
    return replace(rules, norms={**rules.norms, norm.id: replace(norm, may=True)})


def main() -> None:
    method, norms, seed, seconds = sys.argv[1], *map(int, sys.argv[2:5])
    rules = collection(norms, seed)
    spent = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds + 5))
    if method in CORE:
        core(rules, CORE[method])
    elif method == AUDIT:
        full(rules)
    else:
        one(rules, method.removeprefix(AUDIT + ":"))


if __name__ == "__main__":
    main()
