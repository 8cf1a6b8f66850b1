"""Runs of `worker.py`, and how what they took grows."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """Processor and wall seconds, peak memory in MB, and what else was counted."""

    cpu: float
    wall: float
    megabytes: float
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One method on one rule set: what was finished, by name, and the verdicts given. A method that was stopped by its
    limit has verdicts, perhaps, but has not finished."""

    method: str
    norms: int
    finished: dict[str, Cost]
    verdicts: dict[str, bool]
    seconds: float
    """Of processor time, to the last thing that was done."""


class FailedError(Exception):
    """A worker ended otherwise than by finishing or by its limit."""


def run(method: str, norms: int, seed: int, limit: int) -> Run:
    """Raises FailedError with what the worker said."""
    command = [sys.executable, "-m", "bench.growth.worker", method, str(norms), str(seed), str(limit)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    stopped = done.returncode < 0 and -done.returncode in (24, 9)  # SIGXCPU, then SIGKILL
    if done.returncode and not stopped:
        raise FailedError(f"{method} on {norms} norms: exit {done.returncode}\n{done.stderr}")
    finished: dict[str, Cost] = {}
    verdicts: dict[str, bool] = {}
    seconds = 0.0
    for line in done.stdout.splitlines():
        try:
            told = json.loads(line)
        except ValueError:  # the last line of a process that was stopped
            continue
        seconds = told["cpu"]
        if "question" in told:
            verdicts[told["question"]] = told["verdict"]
        else:
            cost = {k: told.pop(k) for k in ("cpu", "wall", "megabytes")}
            finished[told.pop("done")] = Cost(**cost, counts=told)
    return Run(method, norms, finished, verdicts, seconds)


def disagreements(runs: Sequence[Run]) -> list[str]:
    """The questions to which two runs on one rule set gave different answers."""
    found: list[str] = []
    for one, other in ((a, b) for i, a in enumerate(runs) for b in runs[i + 1 :]):
        common = one.verdicts.keys() & other.verdicts.keys()
        found += [
            f"{q}: {one.method} says {one.verdicts[q]}, {other.method} {other.verdicts[q]}"
            for q in sorted(common)
            if one.verdicts[q] != other.verdicts[q]
        ]
    return found


def exponent(points: Sequence[tuple[int, float]]) -> float | None:
    """The slope of log cost over log size, by least squares; None of fewer than two sizes. 1 is linear growth."""
    if len(points) < 2:
        return None
    xs, ys = [math.log(n) for n, _ in points], [math.log(max(c, 1e-9)) for _, c in points]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def steps(points: Sequence[tuple[int, float]]) -> list[float]:
    """The exponent from each size to the next."""
    found = (exponent(pair) for pair in pairwise(points))
    return [e for e in found if e is not None]
