"""Every small edit of the bundled instruments: is it noticed that the rules mean something else?

    python bench/mutants.py [SPEC ...] [--every N] [--audit-every M] [--jobs J] [--keep FILE] [-o docs/mutation.md]

`--every N`: only each N-th edit of an operator (default 1: all). `--audit-every M`: each M-th of those is audited
too (default 10; 0: none). The page it writes holds counts only, so that the same rules give the same page.
`--keep FILE`: what is done is kept there and not done again, so that hours of it may be interrupted.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import guize
import specs
from model.revisions import OPERATORS, Revision, revisions
from model.ruleset import RuleSet
from proofs.mutation import Mutant, Status, examine
from proofs.reaudit import Auditor

CHUNK = 50
"""Edits a process examines at a time."""


@dataclass(frozen=True)
class Row:
    """What became of the edits by one operator. `missed`: those that differ and that no engine tells of, by name."""

    edits: int = 0
    differ: int = 0
    named: int = 0
    equivalent: int = 0
    text: int = 0
    unknown: int = 0
    audited: int = 0
    heard: int = 0
    in_core: int = 0

    def plus(self, found: Mutant) -> Row:
        differs = found.status is Status.DIFFERS
        audited = differs and found.checks is not None
        return Row(
            self.edits + 1,
            self.differ + differs,
            self.named + (differs and found.named),
            self.equivalent + (found.status is Status.EQUIVALENT),
            self.text + (found.status is Status.TEXT),
            self.unknown + (found.status is Status.UNKNOWN),
            self.audited + audited,
            self.heard + (audited and bool(found.checks)),
            self.in_core + (audited and found.in_core),
        )

    def __add__(self, other: Row) -> Row:
        return Row(*(a + b for a, b in zip(self.values, other.values, strict=True)))

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(vars(self).values())


Task = tuple[str, int, int, int]
Done = tuple[str, dict[str, Row], Counter[str], list[str]]
"""Of one chunk of one instrument: rows by operator, checks that spoke, and what was not named."""


@lru_cache(maxsize=1)
def loaded(spec: str) -> tuple[RuleSet, Auditor]:
    """The rules as they are, and an auditor that remembers what it made of them: once for all chunks of a process."""
    return guize.load(spec), Auditor()


def chosen(rules: RuleSet, every: int) -> Iterator[Revision]:
    for name in OPERATORS:
        for number, revision in enumerate(revisions(rules, (name,))):
            if number % every == 0:
                yield revision


def work(task: Task) -> Done:
    """One chunk of one instrument."""
    spec, every, audit_every, start = task
    rules, auditor = loaded(spec)
    mine = list(chosen(rules, every))[start : start + CHUNK]
    rows: dict[str, Row] = {}
    spoke: Counter[str] = Counter()
    unnamed: list[str] = []
    picked = (lambda number, _: (start + number) % audit_every == 0) if audit_every else (lambda *_: False)
    for found in examine(rules, mine, auditor.audit if audit_every else None, picked):
        name = found.revision.operator
        rows[name] = rows.get(name, Row()).plus(found)
        spoke.update(found.checks or ())
        if found.status is Status.DIFFERS and not found.named:
            unnamed.append(f"{spec}: {found.revision!r}")
    return spec, rows, spoke, unnamed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs", nargs="*", default=list(specs.bundled()))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--audit-every", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    started = time.perf_counter()
    tasks = [
        (s, asked.every, asked.audit_every, start)
        for s in asked.specs
        for start in range(0, sum(1 for _ in chosen(guize.load(s), asked.every)), CHUNK)
    ]
    rows: dict[str, dict[str, Row]] = {s: {} for s in asked.specs}
    spoke: Counter[str] = Counter()
    unnamed: list[str] = []
    kept = dict(_kept(asked.keep))
    if asked.keep:  # without what an interrupt left half written
        asked.keep.write_bytes(b"".join(map(pickle.dumps, kept.items())))
    missing = [task for task in tasks if task not in kept]
    with ProcessPoolExecutor(asked.jobs) as pool:
        done = zip(missing, pool.map(work, missing), strict=True)
        for number, (task, result) in enumerate(done, len(tasks) - len(missing) + 1):
            kept[task] = result
            if asked.keep:
                with asked.keep.open("ab") as file:
                    pickle.dump((task, result), file)
            print(f"{number}/{len(tasks)} {task[0]} {time.perf_counter() - started:.0f} s", file=sys.stderr)
    for spec, found, heard, missed in map(kept.__getitem__, tasks):
        for name, row in found.items():
            rows[spec][name] = rows[spec].get(name, Row()) + row
        spoke += heard
        unnamed += missed
    page = "\n".join(document(rows, spoke, unnamed, asked)) + "\n"
    if asked.output:
        asked.output.write_text(page, encoding="utf-8")
    else:
        print(page, end="")


def _kept(file: Path | None) -> Iterator[tuple[Task, Done]]:
    """What earlier runs left; the last of it may be half written."""
    if file is None or not file.exists():
        return
    with file.open("rb") as opened:
        while True:
            try:
                yield pickle.load(opened)
            except (EOFError, pickle.UnpicklingError):
                return


HEAD = "| {} | edits | differ | told, edited norm named | proved equivalent | references only | unknown | audited | audit speaks | in core |"  # noqa: E501
RULE = "|---|---|---|---|---|---|---|---|---|---|"


def document(
    rows: dict[str, dict[str, Row]], spoke: Counter[str], unnamed: list[str], asked: argparse.Namespace
) -> Iterator[str]:
    every = asked.every
    share = "every edit" if every == 1 else f"each {every}th edit of an operator"
    options = f"{' '.join(rows)} --every {every} --audit-every {asked.audit_every}"
    yield "# Mutation of the bundled instruments"
    yield ""
    yield f"Made by `python bench/mutants.py {options}`; {share}. What the columns mean stands in `bench/README.md`."
    for title, table in (("instrument", {s: sum(r.values(), Row()) for s, r in rows.items()}),
                         ("operator", _by_operator(rows))):  # fmt: skip
        yield ""
        yield HEAD.format(title)
        yield RULE
        for name, row in table.items():
            yield f"| {name} | " + " | ".join(map(str, row.values)) + " |"
        yield "| all | " + " | ".join(map(str, sum(table.values(), Row()).values)) + " |"
    yield ""
    yield (
        "Checks of which a finding came or went, by audited edits: "
        + (", ".join(f"{c} {n}" for c, n in sorted(spoke.items(), key=lambda x: (-x[1], x[0]))) or "none")
        + "."
    )
    yield ""
    yield f"Edits that differ and whose difference names no edited norm: {len(unnamed)}."
    yield from (f"- {each}" for each in unnamed)


def _by_operator(rows: dict[str, dict[str, Row]]) -> dict[str, Row]:
    return {
        name: sum((r[name] for r in rows.values() if name in r), Row())
        for name in OPERATORS
        if any(name in r for r in rows.values())
    }


if __name__ == "__main__":
    main()
