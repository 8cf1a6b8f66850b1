"""How an audit grows from 100 to 10,000 norms, beside two things a user would otherwise write.

    python -m bench.growth [--sizes N ...] [--limit SECONDS] [--parts core audit each] [--seed N]

Parts, each in one process a size, so that time and peak memory are its own:

* `core`: the questions of `questions.py`, put to guize, to a fresh Z3 solver for every question
  (`fresh_queries.py`) and to clingo (`competence.lp`). Their verdicts are compared; where two differ, exit code 1.
* `audit`: all questions of `guize audit`, findings with cores, minimal situations and regions included; then again
  with one norm changed. Where the core ran too, the acts that stop must be the same.
* `each`: every group of questions of an audit by itself.

Rule sets are those of `collection.py`. What is not done within the limit, in seconds of processor time, is printed as
such. The ratio to fresh queries that were stopped is that of their pace, for each takes its time whatever went before;
any other ratio to what was stopped is a least one. Growth is the exponent of the number of norms (1: linear), by least
squares over the sizes that were done, then from size to size.
"""

from __future__ import annotations

import argparse
import sys

from bench.growth.measuring import Cost, Run, disagreements, exponent, run, steps
from bench.growth.questions import ABSENCES
from proofs.audit import QUESTIONS

SIZES = (100, 300, 1000, 3000, 10_000)
METHODS = ("guize", "fresh", "clingo")
NAMES = {"guize": "guize", "fresh": "a fresh Z3 query a question", "clingo": "clingo"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--limit", type=int, default=600, help="seconds of processor time for one method on one size")
    parser.add_argument("--fresh-limit", type=int, default=None, help="the same for the fresh Z3 queries")
    parser.add_argument("--parts", nargs="+", choices=("core", "audit", "each"), default=("core", "audit"))
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    runs: dict[str, list[Run]] = {}
    wrong: list[str] = []
    limits = {"fresh": options.fresh_limit or options.limit}

    def measured(method: str, norms: int) -> Run:
        found = run(method, norms, options.seed, limits.get(method, options.limit))
        runs.setdefault(method, []).append(found)
        return found

    for norms in options.sizes:
        beside: list[Run] = []
        if "core" in options.parts:
            beside = [measured(m, norms) for m in METHODS]
            wrong += [f"{norms} norms: {d}" for d in disagreements(beside)]
            _compare(norms, beside, {m: limits.get(m, options.limit) for m in METHODS})
        if "audit" in options.parts:
            found = measured("audit", norms)
            wrong += [f"{norms} norms: {d}" for d in _differently_stopped(found, beside)]
            _tell_audit(found, options.limit)
        if "each" in options.parts:
            for names in QUESTIONS:
                found = measured(f"audit:{names[0]}", norms)
                print(
                    f"{norms:6} norms  {_names(names):60} {_cost(found.finished.get('one'), options.limit)}", flush=True
                )
    _tell_growth(runs)
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        sys.exit(1)


def _compare(norms: int, beside: list[Run], limits: dict[str, int]) -> None:
    own = beside[0].finished.get("core")
    asked = max((each.finished["core"].counts["questions"] for each in beside if "core" in each.finished), default=0)
    print(f"{norms:6} norms  {asked or 'so many'} core questions")
    for each in beside:
        done, limit = each.finished.get("core"), limits[each.method]
        line = f"{'':14}{NAMES[each.method]:30} {_cost(done, limit)}"
        spent = done.cpu if done else float(limit)
        if done is None and each.verdicts and asked:
            spent = each.seconds * asked / len(each.verdicts)
            line += f", {len(each.verdicts)} answered; at that pace {spent:.0f} s"
        if each is not beside[0] and own is not None:
            line += f"   guize : this = 1 : {spent / own.cpu:.2f}{'' if done or each.verdicts else ' at least'}"
        print(line, flush=True)


def _tell_audit(found: Run, limit: int) -> None:
    first, again = found.finished.get("audit"), found.finished.get("again")
    print(f"{found.norms:6} norms  {'full audit':30} {_cost(first, limit)}{_counts(first)}")
    if first is not None:
        print(f"{'':14}{'again, one norm changed':30} {_cost(again, limit)}{_counts(again)}", end="")
        print(f"   {again.cpu / first.cpu:.3f} of the first" if again else "", flush=True)


def _cost(cost: Cost | None, limit: int) -> str:
    if cost is None:
        return f"not done within {limit} s"
    return f"{cost.cpu:9.2f} s (wall {cost.wall:.2f}), {cost.megabytes:6.0f} MB"


def _counts(cost: Cost | None) -> str:
    if cost is None:
        return ""
    known = [f"{cost.counts[k]} {k}" for k in ("questions", "recalled", "queries", "findings") if k in cost.counts]
    return ", " + ", ".join(known)


def _names(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _differently_stopped(found: Run, beside: list[Run]) -> list[str]:
    """Acts that an audit finds stopped and the core questions do not, or the other way round."""
    if "audit" not in found.finished or not beside:
        return []
    widest = f" {max(ABSENCES)}"
    core = {q.removesuffix(widest) for q, verdict in beside[0].verdicts.items() if verdict and q.endswith(widest)}
    differing = sorted(core ^ {*found.finished["audit"].counts["stopped"]})
    return [f"{stage}: only one of audit and core finds it stopped" for stage in differing]


def _tell_growth(runs: dict[str, list[Run]]) -> None:
    print("\ngrowth of processor time and of peak memory: exponent of the number of norms")
    for method, each in runs.items():
        for part in ("core", "audit", "again", "one"):
            done = [(r.norms, r.finished[part]) for r in each if part in r.finished]
            time_, memory = [(n, c.cpu) for n, c in done], [(n, c.megabytes) for n, c in done]
            overall = exponent(time_)
            if overall is not None:
                name = f"{method}, {part}" if part in ("audit", "again") else method
                between = ", ".join(f"{e:.2f}" for e in steps(time_))
                print(f"{name:40} time {overall:.2f} (from size to size {between}), memory {exponent(memory):.2f}")


if __name__ == "__main__":
    main()
