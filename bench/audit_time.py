"""How long an audit of a bundled instrument takes, interpreter start included, and where the time goes.

    python bench/audit_time.py [SPEC] [--runs N]

Runs `guize audit` and `guize who` as whole processes in turn and prints the median wall time of each,
then one audit in this process, split by phase. Times are of one machine; the shares are what to compare.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from itertools import pairwise


def whole_process(arguments: list[str], runs: int) -> list[float]:
    """Wall seconds of `python -m guize ARGUMENTS`, one warm-up run first. Raises where a run fails."""
    seconds = []
    for run in range(runs + 1):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "guize", *arguments], capture_output=True, check=False)
        spent = time.perf_counter() - started
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
        if run:
            seconds.append(spent)
    return seconds


def phases(spec: str) -> list[tuple[str, float]]:
    """Seconds of each phase of one audit in this process."""
    marks = [("", time.perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter()))

    import guize

    mark("import, without the solver")
    rules = guize.load(spec)
    mark("read and check the rule set")
    from proofs.audit import audit

    mark("import Z3")
    report = audit(rules)
    mark("encode and ask")
    found = [(name, at - before) for (_, before), (name, at) in pairwise(marks)]
    shared: dict[float, list[str]] = {}
    for answer in report.answers:
        shared.setdefault(round(answer.seconds, 6), []).append(answer.check)
    found += [(f"  {', '.join(checks)}", seconds * len(checks)) for seconds, checks in shared.items()]
    return [*found, (f"  ({report.queries} queries, {len(report.findings)} findings)", 0.0)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spec", nargs="?", default="luoyang")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    for arguments in (
        ["audit", options.spec],
        ["who", options.spec, "--act", "sign", "--document", "kind=decision", "--absent", "head:leave"],
    ):
        seconds = whole_process(arguments, options.runs)
        middle = statistics.median(seconds)
        print(f"guize {arguments[0]}: median {middle:.2f} s (min {min(seconds):.2f}, max {max(seconds):.2f})")
    for name, spent in phases(options.spec):
        print(f"{name:60} {spent:8.2f}" if spent else name)


if __name__ == "__main__":
    main()
