"""Who works in the office and what papers come: casts, pairs, portfolios, and papers drawn from the flows.

Portfolios come in fields: field i has the i-th holder of every office of many with a portfolio, so that a paper of
the field touches one leader and those who serve him. A drawn paper that background facts exclude (with everybody
present) is drawn again, so shares hold among the papers that can occur.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, combinations

from model import expressions as ex
from model.evaluation import Context
from model.reachability import reachable
from model.ruleset import URGENCY, RuleSet
from model.situation import Cast, Paper, Situation, plain_readings
from sim import messages as say
from sim.errors import SimulationError
from sim.oracle import PaperClass, World
from sim.scenario import Flow, Scenario
from sim.streams import uniform

TRIES = 40
_TIER, _CROSSING, _FIELD, _OTHER, _MIX, _ROLES, _TRY = 0, 1, 2, 3, 10, 60, 100


def make_world(rules: RuleSet, cast: Cast, scenario: Scenario, delegations: frozenset[tuple[str, str]]) -> World:
    """Everybody present; readings and pairs as the scenario says, else the first choice and by rank."""
    bare = Situation(cast, readings=plain_readings(rules) | dict(scenario.readings))
    relations = pairs(rules, bare) | {k: dict(v) for k, v in scenario.relations.items()}
    return World(cast, {}, relations, delegations, bare.readings)


def pairs(rules: RuleSet, at: Situation) -> dict[str, dict[str, str]]:
    """Every relation filled in by rank: partners two by two, others one after the other."""
    context = Context(rules, at)
    rank = {o: i for i, o in enumerate(at.cast.ids)}
    found: dict[str, dict[str, str]] = {}
    for relation in rules.vocabulary.relations.values():
        source = sorted(context.members(relation.source), key=lambda a: rank.get(a, len(rank)))
        target = sorted(context.members(relation.target), key=lambda a: rank.get(a, len(rank)))
        images = found.setdefault(relation.id, {})
        if relation.symmetric:
            for one in source:
                two = next((t for t in target if t != one and t not in images and t in source), None)
                if one not in images and two is not None:
                    images[one], images[two] = two, one
            continue
        for i, one in enumerate(source):
            others = [t for t in target if t != one]
            if others:
                images[one] = others[i % len(others)]
    return found


def fields(rules: RuleSet, cast: Cast) -> tuple[frozenset[str], ...]:
    """The portfolios: by field, who is in charge of it and who serves him."""
    offices = [o for o in rules.vocabulary.offices.values() if o.portfolio]
    many = [o for o in offices if o.many] or offices[:1]
    holders = [[x for x in cast.ids if x in cast.holding(o.id)] for o in many]
    holders = [h for h in holders if h]
    if not holders:
        return ()
    if not any(o.many for o in offices):
        return tuple(frozenset({x}) for o in offices for x in cast.ids if cast[x].office == o.id)
    return tuple(frozenset(h[i % len(h)] for h in holders) for i in range(len(holders[0])))


_UNSEEN = object()


@dataclass(slots=True, eq=False)
class _Kind:
    """Papers alike but for their roles: attributes, portfolios, and who may have each role."""

    ident: int
    attributes: Mapping[str, str]
    touches: frozenset[str]
    candidates: tuple[tuple[str, tuple[str, ...]], ...]
    world: World | None = None
    version: int = -1
    present: tuple[tuple[str, Sequence[str]], ...] = ()
    """The candidates who are there, at `version` of `world`; all of them where nobody is."""
    classes: dict[object, PaperClass | object | None] = field(default_factory=dict)


class _Shares:
    """Items with their shares, as `distributions.choice` draws them."""

    __slots__ = ("items", "only", "totals")

    def __init__(self, shares: Sequence[tuple[str, float]]) -> None:
        self.items = tuple(item for item, _ in shares)
        self.totals = tuple(accumulate(share for _, share in shares))
        self.only = len(shares) == 1

    def item(self, stream: int, number: int) -> str:
        """The item that a number of a stream falls on. Where there is but one, the number need not be drawn."""
        items = self.items
        if self.only:
            return items[0]
        found = bisect_right(self.totals, uniform(stream, number))
        return items[found] if found < len(items) else items[-1]


@dataclass(slots=True, eq=False)
class _Source:
    """A flow with its shares, and the kinds drawn so far by tier, mix and portfolios."""

    flow: Flow
    tiers: _Shares
    mixes: tuple[_Shares, ...]
    drawn: dict[object, tuple[_Kind, ...]] = field(default_factory=dict)
    always: tuple[str, PaperClass] | None = None


@dataclass
class Population:
    """Draws papers. A paper depends on its key and the flow alone, but that roles prefer who is present."""

    rules: RuleSet
    scenario: Scenario
    world: World
    _fields: tuple[frozenset[str], ...] = ()
    _ids: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    _classes: dict[object, PaperClass | None] = field(default_factory=dict)
    _candidates: dict[tuple[int, frozenset[str]], dict[str, tuple[str, ...]]] = field(default_factory=dict)
    _sources: dict[str, _Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fields = fields(self.rules, self.world.cast)
        for flow in self.scenario.flows:
            self._probe(flow)

    def share(self, other: Population) -> None:
        """Use the classes of another population of the same rules, scenario, people and pairs."""
        self._ids, self._classes, self._candidates = other._ids, other._classes, other._candidates
        self._sources = other._sources

    def _probe(self, flow: Flow) -> None:
        """Raises SimulationError where background facts exclude every paper of the flow."""
        if all(self.draw(flow, 7919 * (n + 1))[1] is None for n in range(TRIES)):
            fact = self._broken(flow)
            said = say.FLOW_IMPOSSIBLE(flow=flow.label_said, fact=fact, tries=TRIES * TRIES)
            raise SimulationError(said)

    def draw(self, flow: Flow, stream: int) -> tuple[str, PaperClass | None]:
        """The urgency tier and the class of the paper with that key; None where no draw of TRIES can occur."""
        return self.drawing(flow)(stream)

    def drawing(self, flow: Flow) -> Callable[[int], tuple[str, PaperClass | None]]:
        """`draw` for one flow."""
        source = self._sources.get(flow.id)
        if source is None:
            source = self._sources[flow.id] = self._source(flow)
        always = source.always
        return partial(self._draw, source) if always is None else lambda _: always

    def _source(self, flow: Flow) -> _Source:
        """A flow, prepared. `always` is set where nothing about its papers is left to chance."""
        tiers, mixes = _Shares(flow.tiers), tuple(_Shares(shares) for shares in flow.mix.values())
        source = _Source(flow, tiers, mixes)
        if tiers.only and all(m.only for m in mixes) and len(self._fields) <= 1:
            tier, touches = flow.tiers[0][0], self._fields[0] if self._fields else frozenset[str]()
            kind = self._kinds(flow, tier, tuple(m.items[0] for m in mixes), touches)[0]
            paper = None if kind.candidates else self._of_kind(kind, 0, 0)
            source.always = None if paper is None else (tier, paper)
        return source

    def _draw(self, source: _Source, stream: int) -> tuple[str, PaperClass | None]:
        flow, drawn = source.flow, source.drawn
        for attempt in range(TRIES):
            base = attempt * _TRY
            tier = source.tiers.item(stream, base + _TIER)
            mixed = tuple([shares.item(stream, base + _MIX + i) for i, shares in enumerate(source.mixes)])
            touches = self._touched(flow, stream, base)
            known = (tier, mixed, touches)
            kinds = drawn.get(known)
            if kinds is None:
                kinds = drawn[known] = self._kinds(flow, tier, mixed, touches)
            for kind in kinds:
                found = self._of_kind(kind, stream, base)
                if found is not None:
                    return tier, found
        return flow.tiers[0][0], None

    def _kinds(self, flow: Flow, tier: str, mixed: tuple[str, ...], touches: frozenset[str]) -> tuple[_Kind, ...]:
        """What a draw can be: with the tier as the rules' own urgency, else without."""
        attributes = dict(flow.paper) | dict(zip(flow.mix, mixed, strict=True))
        urgency = self.rules.vocabulary.attributes.get(URGENCY)
        if urgency is not None and tier in urgency.domain and URGENCY not in flow.paper:
            attributes[URGENCY] = tier
        found = [self._kind(attributes, touches)]
        if URGENCY in attributes and URGENCY not in flow.paper:
            # the rules know no such tier here: it is the office's own, and only orders the queues
            found.append(self._kind({k: v for k, v in attributes.items() if k != URGENCY}, touches))
        return tuple(found)

    def of_attributes(self, attributes: Mapping[str, str], stream: int) -> PaperClass | None:
        """A paper with these attributes, such as minutes, or None where facts exclude it."""
        for attempt in range(TRIES):
            touches = self._fields[attempt % len(self._fields)] if self._fields else frozenset[str]()
            found = self._of_kind(self._kind(attributes, touches), stream, attempt * _TRY)
            if found is not None:
                return found
        return None

    def fixed(self, situation: Situation) -> PaperClass:
        """The class of a given paper, not checked against any fact."""
        full = self._full(situation.paper.attributes)
        return PaperClass(self._id(full), full, situation.paper.touches, dict(situation.paper.roles))

    def _touched(self, flow: Flow, stream: int, base: int) -> frozenset[str]:
        if not self._fields:
            return frozenset()
        size = len(self._fields)
        if size == 1:
            return self._fields[0]
        one = int(uniform(stream, base + _FIELD) * size)
        if flow.crossing and uniform(stream, base + _CROSSING) < flow.crossing:
            other = (one + 1 + int(uniform(stream, base + _OTHER) * (size - 1))) % size
            return self._fields[one] | self._fields[other]
        return self._fields[one]

    def _kind(self, given: Mapping[str, str], touches: frozenset[str]) -> _Kind:
        attributes = self._full(given)
        ident = self._id(attributes)
        candidates = self._candidates.get((ident, touches))
        if candidates is None:
            candidates = self._candidates[(ident, touches)] = self._role_candidates(attributes, touches)
        return _Kind(ident, attributes, touches, tuple(candidates.items()))

    def _of_kind(self, kind: _Kind, stream: int, base: int) -> PaperClass | None:
        roles: tuple[tuple[str, str], ...] = ()
        if kind.candidates:
            world, found = self.world, list[tuple[str, str]]()
            if kind.version != world.version or kind.world is not world:
                absent = world.states
                kind.present = tuple(
                    (r, [o for o in among if o not in absent] or among) for r, among in kind.candidates
                )
                kind.version, kind.world = world.version, world
            for i, (role, present) in enumerate(kind.present):
                place = int(uniform(stream, base + _ROLES + i) * len(present)) if len(present) > 1 else 0
                found.append((role, present[place]))
            roles = tuple(found)
        made = kind.classes.get(roles, _UNSEEN)
        if made is _UNSEEN:
            made = kind.classes[roles] = self._class(kind, roles)
        return made  # type: ignore[return-value]

    def _class(self, kind: _Kind, roles: tuple[tuple[str, str], ...]) -> PaperClass | None:
        """The class of a paper, one for all that look alike; None where background facts exclude it."""
        known = (kind.ident, kind.touches, roles)
        if known not in self._classes:
            made = PaperClass(kind.ident, kind.attributes, kind.touches, dict(roles))
            self._classes[known] = made if reachable(self.rules, self._calm(made)) else None
        return self._classes[known]

    def _calm(self, paper: PaperClass) -> Situation:
        """The paper with everybody present and nothing delegated."""
        w = self.world
        kept = Paper(paper.attributes, paper.touches, paper.roles)
        return Situation(w.cast, kept, {}, w.relations, frozenset(), w.readings)

    def _role_candidates(self, attributes: Mapping[str, str], touches: frozenset[str]) -> dict[str, tuple[str, ...]]:
        at = self._calm(PaperClass(0, attributes, touches, {}))
        context = Context(self.rules, at)
        found: dict[str, tuple[str, ...]] = {}
        for role in self.rules.vocabulary.roles.values():
            if context.holds(role.papers):
                among = context.members(role.among)
                ranked = tuple(o for o in at.cast.ids if o in among)
                if ranked:
                    found[role.id] = ranked
        return found

    def _full(self, given: Mapping[str, str]) -> dict[str, str]:
        return {a.id: given.get(a.id, a.plainest) for a in self.rules.vocabulary.attributes.values()}

    def _id(self, attributes: Mapping[str, str]) -> int:
        return self._ids.setdefault(tuple(attributes.items()), len(self._ids))

    def _broken(self, flow: Flow) -> object:
        """The first background fact that the plain paper of the flow contradicts."""
        touches = self._fields[0] if self._fields else frozenset[str]()
        attributes = self._full({**flow.paper, **{k: v[0][0] for k, v in flow.mix.items()}})
        context = Context(self.rules, self._calm(PaperClass(0, attributes, touches, {})))
        broken = next((f for f in self.rules.facts if not context.holds(f.condition)), None)
        return say.both(broken.label) if broken else flow.label_said


def tiers_named(rules: RuleSet) -> bool:
    """Whether the instrument has urgency tiers of its own: whether its norms and terms tell every two of them apart."""
    attribute = rules.vocabulary.attributes.get(URGENCY)
    own = [n.when for n in rules.own_norms()]
    own += [p.when for p in rules.powers.values()]
    own += [t.condition for t in rules.vocabulary.terms.values()]
    nodes = [n for condition in own for n in condition.walk() if isinstance(n, ex.Is | ex.IsNot)]
    asked = {n.values if isinstance(n, ex.Is) else (n.value,) for n in nodes if n.attribute == URGENCY}
    tiers = attribute.domain if attribute is not None else ()
    return bool(asked) and all(any((a in s) != (b in s) for s in asked) for a, b in combinations(tiers, 2))
