"""Every small edit of the bundled instruments: is it noticed that the rules mean something else?

    python bench/mutants.py [SPEC ...] [--every N] [--audit-every M] [--jobs J] [-o docs/mutation.md]

`--every N`: only each N-th edit of an operator (default 1: all). `--audit-every M`: each M-th of those is audited
too (default 10; 0: none). The page it writes holds counts only, so that the same rules give the same page.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import guize
import specs
from model.revisions import OPERATORS, Revision, revisions
from model.ruleset import RuleSet
from proofs.mutation import Mutant, Status, examine

CHUNK = 100
"""Edits a process examines at a time; each chunk audits the rules as they are once."""


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


def chosen(rules: RuleSet, every: int) -> Iterator[Revision]:
    for name in OPERATORS:
        for number, revision in enumerate(revisions(rules, (name,))):
            if number % every == 0:
                yield revision


def work(task: tuple[str, int, int, int]) -> tuple[str, dict[str, Row], Counter[str], list[str]]:
    """One chunk of one instrument: rows by operator, checks that spoke, and what was not named."""
    spec, every, audit_every, start = task
    rules = guize.load(spec)
    mine = list(chosen(rules, every))[start : start + CHUNK]
    auditor = None
    if audit_every:
        from proofs.reaudit import Auditor

        auditor = Auditor()
    rows: dict[str, Row] = {}
    spoke: Counter[str] = Counter()
    unnamed: list[str] = []
    picked = (lambda number, _: (start + number) % audit_every == 0) if audit_every else (lambda *_: False)
    for found in examine(rules, mine, auditor.audit if auditor else None, picked):
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
    with ProcessPoolExecutor(asked.jobs) as pool:
        for number, (spec, found, heard, missed) in enumerate(pool.map(work, tasks), 1):
            for name, row in found.items():
                rows[spec][name] = rows[spec].get(name, Row()) + row
            spoke += heard
            unnamed += missed
            print(f"{number}/{len(tasks)} {spec} {time.perf_counter() - started:.0f} s", file=sys.stderr)
    page = "\n".join(document(rows, spoke, unnamed, asked)) + "\n"
    if asked.output:
        asked.output.write_text(page, encoding="utf-8")
    else:
        print(page, end="")


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
