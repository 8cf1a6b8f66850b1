"""What an audit and drafters' properties say of two versions: what goes, what comes, what stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from proofs.findings import Course, Finding, Gap, Late, Pair, Report, Twice
from proofs.impact.records import Findings, Flip, Stay
from proofs.impact.shown import Across
from proofs.proving import Status, Verdict

_ENOUGH = 0.5
"""Share of norms two findings of one check must have in common to be taken for one, where nothing else decides."""


def matched(old: Report, new: Report, across: Across | None = None) -> Findings:
    """What comes, what goes and what stays from one version to the other (`Findings`). The older version is asked in
    the ids of the newer.

    Whether something is news is decided by the situations (`across`), not by the names of causes. So a cause that was
    there for vacancies alone and is there for a leave now is news, and one that another finding told before is none.
    Findings of kinds that rest on no situation, and all where `across` is not given, come and go where no finding of
    the other version is the same (`_paired`).
    """
    pairs = _paired(old.findings, new.findings)
    come: list[Finding] = []
    stay: list[Stay] = []
    wider: list[Stay] = []
    for finding in new.findings:
        same = pairs.get(id(finding))
        news = across.news(finding) if across else None
        before = same if same is not None or news is None else _nearest(finding, old.findings)
        if news or before is None:
            come.append(finding)
            if same is not None and (_norms(same) == _norms(finding) or _subject(same) == _subject(finding)):
                wider.append(Stay(same, finding))
        else:
            stay.append(Stay(before, finding))
    kept = {id(f) for f in pairs.values()}
    left = [f for f in old.findings if id(f) not in kept]
    gone = [f for f in left if across is None or across.mended(f) is not False]
    return Findings(tuple(gone), tuple(come), tuple(stay), tuple(wider))


def _paired(old: Sequence[Finding], new: Sequence[Finding]) -> dict[int, Finding]:
    """For findings of the newer version, by identity, the same one of the older: first those with the same norms and
    near misses, then those that speak of the same thing, then those with the most norms in common."""
    left, free = list(old), list(new)
    pairs: dict[int, Finding] = {}
    for key in (_norms, _subject):
        by_key: dict[object, list[Finding]] = {}
        for finding in free:
            by_key.setdefault(key(finding), []).append(finding)
        for finding in list(left):
            found = by_key.get(key(finding))
            if found:
                match = found.pop(0)
                pairs[id(match)] = finding
                left.remove(finding)
                free.remove(match)
    for finding in left:
        likely = [(_share(finding, f), i) for i, f in enumerate(free) if f.check == finding.check]
        share, index = max(likely, key=lambda x: (x[0], -x[1]), default=(0.0, 0))
        if share >= _ENOUGH:
            pairs[id(free.pop(index))] = finding
    return pairs


def _nearest(finding: Finding, among: Iterable[Finding]) -> Finding | None:
    """Of findings of the same family, the one that shares most norms: it, or one merged with it, told this before."""
    family = type(finding.details)
    alike = [f for f in among if isinstance(f.details, family)]
    return max(alike, key=lambda f: (f.check == finding.check, _share(finding, f)), default=None)


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
