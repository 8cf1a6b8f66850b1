"""What the rules demand of a paper, as a partial order of stages, with the times the rules set between them.

Routes give the order of their own steps. Stages that no route orders among each other are put in the order of the
acts that the scenario gives; an edge that would close a circle is left out and counted. Deciding hands are shared:
the step of a route that signs and a power to sign are one stage (see `model.ruleset.Stage`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from model import expressions as ex
from model.deadlines import END, START
from model.evaluation import Context
from model.life import apart
from model.norms import Bound, Cadence, Exclusion, Route
from model.ruleset import RuleSet, Stage
from sim.oracle import Answer
from sim.streams import WIDTH

ARRIVAL = -1
"""Stands for the arrival of the paper among the numbers of nodes."""


@dataclass(frozen=True)
class Timer:
    """A period of a bound that begins when node `start` is done (or at arrival)."""

    bound: str
    start: int
    amount: int
    unit: str


@dataclass(frozen=True)
class Ceiling:
    """A time limit on the paper: from `start` until every node of `ends` is done. `under` are its readings."""

    bound: str
    start: int
    ends: tuple[int, ...]
    amount: int
    unit: str
    under: tuple[tuple[str, str], ...]
    expiry: str = "nothing_said"


WATCHED = ("reminder", "escalation")
"""What the rules may have done once a limit has run out, other than to deem consent."""


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One stage of a plan. `before` and `after` are numbers of nodes."""

    number: int
    stage: Stage
    slot: int
    optional: bool
    before: tuple[int, ...]
    after: tuple[int, ...]
    reach: frozenset[int]
    back_to: int | None = None
    consulted: bool = False
    floors: tuple[Timer, ...] = ()
    deemed: tuple[Timer, ...] = ()
    terms: tuple[Timer, ...] = ()
    """The limits that end here and do not lapse: the time that whoever is consulted is given."""
    watched: tuple[Ceiling, ...] = ()
    """The limits that begin when the node is done and that are followed by a reminder or an escalation."""
    cadence: Cadence | None = None
    parted: tuple[int, ...] = ()
    """The nodes that nobody may do who does this one."""
    returned: float = 0.0
    """The share in which the stage ends with a return."""
    column: int = 0
    """Where in the row of numbers of a paper that for its handling time is; 0 where there is no room."""
    following: tuple[PlanNode, ...] = field(default=(), compare=False, repr=False)
    """The nodes of `after`; set once all are made."""
    only: PlanNode | None = field(default=None, compare=False, repr=False)
    """The node of `following`, if it is one, plain, with nothing else before it, and this one is never sent back."""
    plain: bool = True
    """Whether nothing runs beside the work: no period, no consultation, no cadence."""
    simple: bool = True
    """Whether the work once done is done: no floor, no limit that begins, no other hand to keep away."""


@dataclass(frozen=True)
class Plan:
    """The stages of a paper in partial order. `circles` counts edges left out because they close a circle.

    `first` are the nodes nothing comes before, and `before` how many come before each.
    """

    nodes: tuple[PlanNode, ...]
    ceilings: tuple[Ceiling, ...]
    circles: int = 0
    first: tuple[PlanNode, ...] = ()
    before: tuple[int, ...] = ()
    size: int = 0
    zeros: tuple[int, ...] = ()
    """Nought for each node."""
    watched: tuple[Ceiling, ...] = ()
    """The limits that begin at arrival and that are followed by a reminder or an escalation."""


@dataclass
class Planner:
    """Makes plans for one rule set. `returned` is the share of an act that ends with a return."""

    rules: RuleSet
    act_order: tuple[str, ...]
    consulted_acts: frozenset[str]
    returned: Callable[[str], float] = lambda _: 0.0
    _known: dict[tuple[tuple[str, tuple[str, ...]], ...], tuple[set[tuple[int, int]], int]] = field(
        default_factory=dict
    )

    @cached_property
    def by_attributes(self) -> bool:
        """Whether the attributes of a paper alone decide which bounds and cadences bind it."""
        norms = [*self.rules.bounds, *(c for of in self.rules.cadences.values() for c in of)]
        parted = [e for e in self.rules.of_form(Exclusion) if e.route]
        if any(_looks_at_people(self.rules, e.unless) for e in parted):
            return False
        norms += parted
        return not any(self.rules.superiors.get(n.id) or _looks_at_people(self.rules, n.when) for n in norms)

    def limits(self, context: Context) -> frozenset[str]:
        """The bounds and cadences that bind the paper of the context; empty where its attributes decide that."""
        if self.by_attributes:
            return frozenset()
        norms = [*self.rules.bounds, *(c for of in self.rules.cadences.values() for c in of)]
        parted = [e for e in self.rules.of_form(Exclusion) if e.route and not context.holds(e.unless)]
        return frozenset(f"{n.id}{context.in_force(n)}" for n in (*norms, *parted) if context.holds(n.when))

    def plan(self, context: Context, stages: Sequence[tuple[Stage, Answer]], optional: frozenset[str]) -> Plan:
        """The plan of a paper.

        `stages` are those in force (`Oracle.in_force`), `optional` the ids of those that may be left out and are
        done. `context` is of the paper's situation.
        """
        bounds = [b for b in self.rules.bounds if b.amount is not None and context.holds(b.when)]
        lapsing = {(r, b.end) for b in bounds for r in b.routes if _lapses(b) and context.in_force(b)}
        chosen: list[tuple[Stage, Answer]] = []
        for stage, answer in stages:
            lapse = any((p.route, p.id[len(p.route) + 1 :]) in lapsing for p in stage.powers if p.route)
            if answer.wanted or stage.id in optional or (lapse and answer.powers):
                chosen.append((stage, answer))
        number = {p: n for n, (_, answer) in enumerate(chosen) for p in answer.powers}
        same = tuple((stage.id, answer.powers) for stage, answer in chosen)
        if same not in self._known:
            self._known[same] = self._edges(chosen, number)
        edges, circles = self._known[same]
        parts: dict[str, dict[str, int]] = {
            r.id: {s.id: number[s.power.id] for s in r.steps if s.power.id in number}
            for r in self.rules.routes.values()
        }
        floors = self._timers(bounds, parts, lambda b: not b.ceiling and context.in_force(b))
        deemed = self._timers(bounds, parts, lambda b: _lapses(b) and context.in_force(b))
        terms = self._timers(bounds, parts, lambda b: b.ceiling and not _lapses(b) and context.in_force(b))
        watched = self._watched([b for b in bounds if context.in_force(b)], parts)
        slots = {s.id: i for i, s in enumerate(self.rules.stages)}
        after = [sorted(b for a, b in edges if a == n) for n in range(len(chosen))]
        reach = _reach(after)
        columns = _columns([slots[stage.id] for stage, _ in chosen])
        parted = [self._parted(context, chosen, n) for n in range(len(chosen))]
        nodes = tuple(
            PlanNode(
                number=n,
                stage=stage,
                slot=slots[stage.id],
                optional=not answer.wanted,
                before=tuple(sorted(a for a, b in edges if b == n)),
                after=tuple(after[n]),
                reach=reach[n],
                back_to=self._back_to(answer, number),
                consulted=stage.act in self.consulted_acts,
                floors=floors.get(n, ()),
                deemed=deemed.get(n, ()),
                terms=terms.get(n, ()),
                watched=watched.get(n, ()),
                cadence=(cadence := self._cadence(context, answer)),
                parted=parted[n],
                returned=self.returned(stage.act),
                column=columns[n],
                plain=not (n in deemed or stage.act in self.consulted_acts or cadence),
                simple=not (n in floors or n in watched or parted[n]),
            )
            for n, (stage, answer) in enumerate(chosen)
        )
        for node in nodes:
            object.__setattr__(node, "following", tuple(nodes[n] for n in node.after))
            last = node.following[-1] if len(node.after) == 1 else node
            if last.plain and last.before == (node.number,) and not node.returned:
                object.__setattr__(node, "only", last)
        return Plan(
            nodes,
            tuple(self._ceilings(bounds, parts)),
            circles,
            first=tuple(n for n in nodes if not n.before),
            before=tuple(len(n.before) for n in nodes),
            size=len(nodes),
            zeros=(0,) * len(nodes),
            watched=watched.get(ARRIVAL, ()),
        )

    # order

    def _edges(
        self, chosen: Sequence[tuple[Stage, Answer]], number: Mapping[str, int]
    ) -> tuple[set[tuple[int, int]], int]:  # fmt: skip
        order = _Order(len(chosen))
        together: set[frozenset[int]] = set()
        for route in self.rules.routes.values():
            there = {s.id: number[s.power.id] for s in route.steps if s.power.id in number}
            for one in there.values():
                together.update(frozenset((one, two)) for two in there.values() if two != one)
            for step in route.steps:
                if step.id in there:
                    for earlier in _nearest(route, step.id, there):
                        order.add(there[earlier], there[step.id])
        phases = [self._phase(stage.act) for stage, _ in chosen]
        loose = [
            (abs(phases[a] - phases[b]), a, b)
            for a in range(len(chosen))
            for b in range(len(chosen))
            if phases[a] < phases[b] and frozenset((a, b)) not in together
        ]
        for _, a, b in sorted(loose):
            if not order.reaches(a, b) and not order.reaches(b, a):
                order.add(a, b)
        return order.edges, order.circles

    def _phase(self, act: str) -> int:
        if act in self.act_order:
            return self.act_order.index(act)
        stand = "sign" if self.rules.is_decisive(act) else "review"
        return self.act_order.index(stand) if stand in self.act_order else len(self.act_order)

    # times

    def _timers(
        self, bounds: Iterable[Bound], parts: Mapping[str, Mapping[str, int]], fits: Callable[[Bound], bool]
    ) -> dict[int, tuple[Timer, ...]]:
        """By the node they end at, the bounds that fit and whose two events happen to the paper."""
        found: dict[int, list[Timer]] = {}
        for bound in bounds:
            if not fits(bound):
                continue
            for route in bound.routes:
                there = parts.get(route, {})
                start = ARRIVAL if bound.start == START else there.get(bound.start)
                ends = {there.get(bound.end)}
                if bound.end == END and not bound.ceiling:  # what ends last is what nothing comes after
                    whole = self.rules.routes[route]
                    ends = set(there.values()) - {there[e] for s in there for e in _nearest(whole, s, there)}
                for end in ends - {None, start}:
                    if there and start is not None and end is not None:
                        assert bound.amount is not None
                        found.setdefault(end, []).append(Timer(bound.id, start, bound.amount, bound.unit))
        return {n: tuple(t) for n, t in found.items()}

    def _ceilings(self, bounds: Iterable[Bound], parts: Mapping[str, Mapping[str, int]]) -> Iterable[Ceiling]:
        for bound in bounds:
            if not bound.ceiling or bound.expiry == "deemed_consent":
                continue
            for route in bound.routes:
                there = parts.get(route, {})
                start = ARRIVAL if bound.start == START else there.get(bound.start)
                ends = tuple(there.values()) if bound.end == END else (there.get(bound.end),)
                known = tuple(e for e in ends if e is not None)
                if there and start is not None and known and len(known) == len(ends):
                    assert bound.amount is not None
                    yield Ceiling(bound.id, start, known, bound.amount, bound.unit, bound.under, bound.expiry)

    def _watched(
        self, bounds: Iterable[Bound], parts: Mapping[str, Mapping[str, int]]
    ) -> dict[int, tuple[Ceiling, ...]]:  # fmt: skip
        """By the node they begin at (or ARRIVAL), the limits that the office does something about."""
        found: dict[int, list[Ceiling]] = {}
        for ceiling in self._ceilings(bounds, parts):
            if ceiling.expiry in WATCHED:
                found.setdefault(ceiling.start, []).append(ceiling)
        return {n: tuple(c) for n, c in found.items()}

    @cached_property
    def parts_hands(self) -> bool:
        """Whether the rules keep any two steps or acts from one hand."""
        acts = self.rules.vocabulary.acts.values()
        return any(e.route for e in self.rules.of_form(Exclusion)) or any(a.excludes for a in acts)

    def _parted(self, context: Context, chosen: Sequence[tuple[Stage, Answer]], n: int) -> tuple[int, ...]:
        """The nodes that who does node `n` may not do, as it was when the paper came."""
        if not self.parts_hands:
            return ()
        powers = self.rules.powers
        return tuple(
            m
            for m, (_, answer) in enumerate(chosen)
            if m != n and any(apart(context, powers[p], powers[q]) for p in chosen[n][1].powers for q in answer.powers)
        )

    def _back_to(self, answer: Answer, number: Mapping[str, int]) -> int | None:
        for power in answer.powers:
            route = self.rules.routes.get(self.rules.powers[power].route)
            for step in route.steps if route else ():
                if step.power.id == power and step.back_to:
                    return number.get(f"{route.id}.{step.back_to}") if route else None
        return None

    def _cadence(self, context: Context, answer: Answer) -> Cadence | None:
        """The cadence of a step that is done only once in a period."""
        found = (c for p in answer.powers for c in self.rules.cadences.get(p, ()) if context.in_force(c))
        return next(found, None)


def _looks_at_people(rules: RuleSet, condition: ex.Cond) -> bool:
    """Whether a condition looks at anything but the attributes of the paper and the readings."""
    for node in condition.walk():
        if isinstance(node, ex.Some | ex.Count):
            return True
        term = rules.vocabulary.terms.get(node.name) if isinstance(node, ex.Flag) else None
        if term is not None and _looks_at_people(rules, term.condition):
            return True
    return False


def _lapses(bound: Bound) -> bool:
    return bound.ceiling and bound.expiry == "deemed_consent"


def _nearest(route: Route, step: str, there: Mapping[str, int]) -> tuple[str, ...]:
    """The steps that happen and come right before a step, over the ones that do not."""
    after = {s.id: s.after for s in route.steps}
    found: list[str] = []
    stack = list(after[step])
    while stack:
        earlier = stack.pop()
        if earlier in there:
            found.append(earlier)
        else:
            stack.extend(after[earlier])
    return tuple(found)


class _Order:
    """Edges without circles, with reachability kept up to date."""

    def __init__(self, size: int) -> None:
        self.edges: set[tuple[int, int]] = set()
        self.circles = 0
        self._down: list[set[int]] = [set() for _ in range(size)]

    def reaches(self, one: int, two: int) -> bool:
        return two in self._down[one]

    def add(self, one: int, two: int) -> None:
        if one == two or (one, two) in self.edges:
            return
        if self.reaches(two, one):
            self.circles += 1
            return
        self.edges.add((one, two))
        below = self._down[two] | {two}
        for n, down in enumerate(self._down):
            if n == one or one in down:
                down |= below


def _reach(after: Sequence[Sequence[int]]) -> list[frozenset[int]]:
    """For each node, itself and all that come after it."""
    found: list[frozenset[int]] = []
    for start in range(len(after)):
        seen, stack = {start}, [start]
        while stack:
            for following in after[stack.pop()]:
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        found.append(frozenset(seen))
    return found


def _columns(slots: Sequence[int]) -> list[int]:
    """A column from 1 to WIDTH - 1 for each stage, as far as there are: the one its slot falls on, or the next free.

    So a stage mostly keeps its column in plans that differ in others, and runs compared share its numbers.
    """
    free = [True] * (WIDTH - 1)
    found: list[int] = []
    for slot in slots:
        place = next((p for i in range(WIDTH - 1) if free[p := (slot + i) % (WIDTH - 1)]), None)
        if place is not None:
            free[place] = False
        found.append(0 if place is None else place + 1)
    return found
