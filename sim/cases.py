"""Papers that met a situation in one replication, and the working days it cost them, counted by tier.

A case is plain data, so that it travels to whoever runs the replication; `Cases` is a `sim.replications.Watch` and
gives a count for each. Only papers that came, or stalled, after the warm-up are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from model import absence
from model.ruleset import RuleSet
from model.situation import Paper, Situation
from sim.eventlog import Act, Change, EventLog, Mark
from sim.office import Office
from sim.outcome import due_and_end
from sim.papers import Docket

Missing = frozenset[tuple[str, str]]
"""What is missing where, as `sim.oracle.lacking` tells it apart."""


@dataclass(frozen=True)
class Stuck:
    """Papers that nobody may handle at one of `stages`, for want of `missing`.

    Where nobody is named at all (`norms`), only those by demand of these norms. Days are working days stalled.
    """

    stages: frozenset[str]
    missing: Missing
    norms: frozenset[str] | None = None

    def fits(self, stage: str, norms: Iterable[str]) -> bool:
        """Whether a stall at that stage for those norms can be this one."""
        return stage in self.stages and (self.norms is None or self.norms.issuperset(norms))


@dataclass(frozen=True)
class Missed:
    """Papers that miss one of the ceilings `bounds`. Days are working days beyond the limit (the worst of them)."""

    bounds: frozenset[str]


@dataclass(frozen=True)
class OneHand:
    """Papers of which one official did both steps of a pair. The first is empty for what he asks for himself."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SentBack:
    """Papers sent back from one of these stages."""

    stages: frozenset[str]


@dataclass(frozen=True)
class Fits:
    """Papers whose situation, as it was when they came, shows something. `shows` must be picklable."""

    shows: Callable[[RuleSet, Situation], bool]


Case = Stuck | Missed | OneHand | SentBack | Fits


@dataclass
class Count:
    """By tier: papers, and working days lost."""

    papers: dict[str, int] = field(default_factory=dict)
    days: dict[str, float] = field(default_factory=dict)

    def add(self, hits: Mapping[int, float], tiers: Callable[[int], str]) -> Count:
        """Count papers, by number, with their days."""
        for number, days in sorted(hits.items()):
            tier = tiers(number)
            self.papers[tier] = self.papers.get(tier, 0) + 1
            self.days[tier] = self.days.get(tier, 0.0) + days
        return self


@dataclass(frozen=True)
class Cases:
    """Counts each case in a replication, in their order."""

    cases: tuple[Case, ...]

    def __call__(self, office: Office, log: EventLog) -> tuple[Count, ...]:
        hits: list[dict[int, float]] = [{} for _ in self.cases]
        for place, number, days in self._hits(office, log):
            hits[place][number] = hits[place].get(number, 0.0) + days
        tier_of = {d.number: d.tier for d in office.dockets}
        return tuple(Count().add(h, tier_of.__getitem__) for h in hits)

    def _hits(self, office: Office, log: EventLog) -> Iterator[tuple[int, int, float]]:
        """Case, paper and days; the days of one paper add up."""
        came = {d.number for d in office.dockets if d.arrived >= office.warm_time}
        yield from self._stuck(office, log)
        yield from self._missed(office)
        for place, number in (*self._one_hand(office, log), *self._sent_back(log), *self._fit(office, log)):
            if number in came:
                yield place, number, 0.0

    def _of(self, kind: type) -> list[int]:
        return [i for i, c in enumerate(self.cases) if isinstance(c, kind)]

    def _stuck(self, office: Office, log: EventLog) -> Iterator[tuple[int, int, float]]:
        if not self._of(Stuck):
            return
        day, since = office.calendar.minutes_a_day, dict[tuple[int, str], tuple[float, tuple[int, ...]]]()
        known: dict[object, tuple[int, ...]] = {}

        def over(paper: int, stage: str, now: float) -> Iterator[tuple[int, int, float]]:
            begun, places = since.pop((paper, stage), (now, ()))
            for place in places:
                yield place, paper, (now - begun) / day

        for event in log.events:
            if not isinstance(event, Mark) or event.time < office.warm_time:
                continue
            if event.what == "stalled":
                cause = (event.stage, event.norms, event.missing)
                if cause not in known:
                    known[cause] = tuple(self._stalls(event))
                since[event.paper, event.stage] = office.worked(event.time), known[cause]
            elif event.what == "resumed":
                yield from over(event.paper, event.stage, office.worked(event.time))
        end = office.worked(office.horizon)
        for paper, stage in list(since):
            yield from over(paper, stage, end)

    def _stalls(self, event: Mark) -> list[int]:
        """The cases a stall is: those that lack just the same, else those of which it lacks that and more."""
        fit: list[tuple[int, Stuck]] = []
        for place, case in enumerate(self.cases):
            if isinstance(case, Stuck) and case.fits(event.stage, event.norms) and case.missing <= event.missing:
                fit.append((place, case))
        same = [place for place, case in fit if case.missing == event.missing]
        return same or [place for place, case in fit if case.missing]

    def _missed(self, office: Office) -> Iterator[tuple[int, int, float]]:
        day = office.calendar.minutes_a_day
        for place in self._of(Missed):
            case = self.cases[place]
            assert isinstance(case, Missed)
            for docket in office.dockets:
                if docket.arrived < office.warm_time or docket.unnamed:
                    continue
                late = list(_overruns(office, docket, case.bounds))
                if late:
                    yield place, docket.number, max(late) / day

    def _one_hand(self, office: Office, log: EventLog) -> Iterator[tuple[int, int]]:
        places = self._of(OneHand)
        if not places:
            return
        people = set(office.world.cast.ids)
        did: dict[int, dict[str, set[str]]] = {}
        for event in log.events:
            if isinstance(event, Act) and not event.by_lapse and event.actor in people:
                did.setdefault(event.paper, {}).setdefault(event.stage, set()).add(event.actor)
        requesters = [r.id for r in office.rules.vocabulary.roles.values() if r.requester]
        for paper, stages in did.items():
            roles = log.papers[paper][2].roles
            asking = {roles[r] for r in requesters if r in roles}
            for place in places:
                case = self.cases[place]
                assert isinstance(case, OneHand)
                for first, second in case.pairs:
                    one = stages.get(first, set()) if first else asking
                    if one & stages.get(second, set()):
                        yield place, paper
                        break

    def _sent_back(self, log: EventLog) -> Iterator[tuple[int, int]]:
        for place in self._of(SentBack):
            case = self.cases[place]
            assert isinstance(case, SentBack)
            for number in dict.fromkeys(
                e.paper for e in log.events if isinstance(e, Mark) and e.what == "returned" and e.stage in case.stages
            ):
                yield place, number

    def _fit(self, office: Office, log: EventLog) -> Iterator[tuple[int, int]]:
        places = self._of(Fits)
        if not places:
            return
        w, known = office.world, dict[tuple[int, int, int], bool]()
        states: dict[str, str] = {}
        delegations = frozenset(d for d in w.delegations if d[0] in office.rules.powers)  # they never change
        worlds: dict[object, int] = {}
        for event in log.events:
            if isinstance(event, Change):
                states, delegations = {o: s for o, s in event.states if s != absence.PRESENT}, event.delegations
            if not isinstance(event, Mark) or event.what != "arrived" or event.time < office.warm_time:
                continue
            of = log.papers[event.paper][2]
            now = worlds.setdefault((tuple(sorted(states.items())), delegations), len(worlds))
            kept = Paper(of.attributes, of.touches, of.roles)
            at = Situation(w.cast, kept, states, w.relations, delegations, w.readings)
            for place in places:
                case, key = self.cases[place], (place, id(of), now)
                assert isinstance(case, Fits)
                if key not in known:
                    known[key] = case.shows(office.rules, at)
                if known[key]:
                    yield place, event.paper


def _overruns(office: Office, docket: Docket, bounds: frozenset[str]) -> Iterator[float]:
    """By how many working minutes a paper is late for each of the bounds it misses."""
    for ceiling in docket.plan.ceilings:
        found = due_and_end(office, docket, ceiling) if ceiling.bound in bounds else None
        if found is None:
            continue
        due, end = found
        end = office.horizon if end is None else end
        if due < end:
            yield office.worked(end) - office.worked(due)
