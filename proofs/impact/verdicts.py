"""What an audit and drafters' properties say of two versions: what goes, what comes, what stays."""

from __future__ import annotations

from collections.abc import Iterable

from proofs.findings import Course, Finding, Gap, Late, Pair, Report, Twice
from proofs.impact.records import Findings, Flip, Stay
from proofs.proving import Status, Verdict

_ENOUGH = 0.5
"""Share of norms two findings of one check must have in common to be taken for one, where nothing else decides."""


def matched(old: Report, new: Report) -> Findings:
    """Findings are the same where their cause is: first those with the same norms and near misses, then those that
    speak of the same thing, then those with the most norms in common. The older version is asked in the ids of the
    newer."""
    left, free = list(old.findings), list(new.findings)
    stay: list[Stay] = []
    for key in (_norms, _subject):
        by_key: dict[object, list[Finding]] = {}
        for finding in free:
            by_key.setdefault(key(finding), []).append(finding)
        for finding in list(left):
            found = by_key.get(key(finding))
            if found:
                match = found.pop(0)
                stay.append(Stay(finding, match))
                left.remove(finding)
                free.remove(match)
    for finding in list(left):
        likely = [(_share(finding, f), i) for i, f in enumerate(free) if f.check == finding.check]
        share, index = max(likely, key=lambda x: (x[0], -x[1]), default=(0.0, 0))
        if share >= _ENOUGH:
            stay.append(Stay(finding, free.pop(index)))
            left.remove(finding)
    order = {id(f): i for i, f in enumerate(new.findings)}
    return Findings(tuple(left), tuple(free), tuple(sorted(stay, key=lambda s: order[id(s.new)])))


def flipped(old: Iterable[Verdict], new: Iterable[Verdict]) -> tuple[Flip, ...]:
    """The properties asked of both whose status differs, in the order of the newer version."""
    before = {v.property.id: v for v in old}
    found = (Flip(v.property.id, before[v.property.id], v) for v in new if v.property.id in before)
    return tuple(f for f in found if _status(f.old) is not _status(f.new))


def _status(verdict: Verdict) -> Status:
    """A property that holds vacuously holds."""
    return Status.HOLDS if verdict.status is Status.VACUOUS else verdict.status


def _norms(finding: Finding) -> object:
    near = frozenset((n.norm, n.reason) for n in finding.near)
    return finding.check, frozenset(finding.norms), near


def _subject(finding: Finding) -> object:
    """What a finding speaks of, whatever the situation shown."""
    match finding.details:
        case Gap(acts=acts, obstacles=obstacles):
            missing = frozenset((finding.witness.cast[o.principal].office if _official(finding, o.principal) else
                                 o.principal, o.stand_in, o.reason) for o in obstacles)  # fmt: skip
            told: object = (acts[:1], missing)
        case Pair(first, second):
            told = frozenset((first, second))
        case Twice(pairs=pairs, role=role):
            told = (role, frozenset(pairs))
        case Late(worst=worst):
            told = (worst.route.id, frozenset(g.norm.id for g in worst.lags))
        case Course(kind=kind, routes=routes, steps=steps):
            told = (kind, frozenset(routes), frozenset(frozenset(s) for s in steps))
        case other:  # a kind of finding that came later is known by its norms
            told = (type(other).__name__, frozenset(finding.norms))
    return finding.check, told


def _official(finding: Finding, actor: str) -> bool:
    return actor in finding.witness.cast.ids


def _share(one: Finding, two: Finding) -> float:
    mine, other = ({*f.norms, *(x.norm for x in f.near)} for f in (one, two))
    return len(mine & other) / len(mine | other) if mine | other else 0.0
