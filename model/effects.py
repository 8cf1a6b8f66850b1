"""What a rule set lets be done in one situation, so that two rule sets can be compared: the lawful outcomes.

The outcomes of a situation are *contents*, sorted by topic. Each is something that norms say there, whatever
the norms are called and in however many of them it is said:

| topic | content |
|---|---|
| `demand` ACT | who is named for the act by a power in force, whether one or all of them, may or shall, how strongly |
| `stand_in` SEAT ACTOR | acts that the actor may do for an official named for them who is away (or a body that meets) |
| `deontic` MODALITY ACT | whom a duty, prohibition or permission that no exception lifts binds, and how strongly |
| `order` ACT ACT | of two steps of one route in force, who is named for each, and how they stand to each other |
| `limit` ROUTE | a floor or ceiling in force between two events: how much, whom it binds, what its lapse means |
| `cadence` WHAT | how often a body meets, or a step is done |
| `part` BODY | who is a member of a body, attends, or may be invited |
| `departure` | two officials absent at once whom an exclusion, binding only in principle, keeps apart |
| `asks` ROLE | who asks for something for himself |
| `nature` ACT | that the act decides, that it is a look at the paper, what it excludes |

Two rule sets have the same outcomes in a situation exactly when `difference` finds nothing there. What a
rule set knows nothing of (an office, an attribute, a delegation nobody asks for) plays no part in it: it
looks at its own view of the situation (`seen`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from model import absence, deadlines
from model import expressions as ex
from model.competence import Competence
from model.evaluation import Context
from model.norms import Bound, Cadence, Composition, Deontic, Exclusion, Power, Route, Step
from model.reachability import breaches
from model.ruleset import RuleSet
from model.situation import Cast, Paper, Situation, portfolio_holders
from model.vocabulary import Relation, Role

DEMAND, STAND_IN, DEONTIC, ORDER, LIMIT = "demand", "stand_in", "deontic", "order", "limit"
CADENCE, PART, DEPARTURE, ASKS, NATURE = "cadence", "part", "departure", "asks", "nature"
KINDS = (DEMAND, STAND_IN, DEONTIC, ORDER, LIMIT, CADENCE, PART, DEPARTURE, ASKS, NATURE)
BEFORE, BESIDE, BACK, APART = "before", "beside", "back", "apart"
PARTS = ("members", "attend", "invited")


@dataclass(frozen=True, order=True)
class Topic:
    """A kind of outcome and what it is about."""

    kind: str
    subject: tuple[str, ...] = ()


Claim = tuple[str, ...]
"""Who says it: a norm, or several that say it together (two steps; a bound and a route)."""

Said = dict[Topic, dict[Claim, frozenset[object]]]
"""By topic and claim, the contents."""

Differing = dict[Topic, tuple[frozenset[Claim], frozenset[Claim]]]
"""By topic: claims of the older version with a content the newer lacks, and the other way round."""


def difference(old: RuleSet, before: Situation, new: RuleSet, after: Situation) -> Differing:
    """Where two rule sets differ in what they lead to, each in its own view of one situation. Empty: nowhere."""
    one, two = said(old, before), said(new, after)
    found: Differing = {}
    for topic in dict.fromkeys([*one, *two]):
        if topic.kind == NATURE and not all(topic.subject[0] in r.vocabulary.acts for r in (old, new)):
            continue  # what an act is that one of them does not have is told by what is demanded of it
        older, newer = one.get(topic, {}), two.get(topic, {})
        known = frozenset().union(*older.values()), frozenset().union(*newer.values())
        lost = frozenset(c for c, contents in older.items() if contents - known[1])
        gained = frozenset(c for c, contents in newer.items() if contents - known[0])
        if lost or gained:
            found[topic] = (lost, gained)
    found.update(_stand_ins(Competence(old, before), Competence(new, after)))
    return found


def said(rules: RuleSet, at: Situation) -> Said:
    """The outcomes in a situation, all but the stand-ins."""
    found: Said = {}
    for topic, claim, contents in _claims(rules, at):
        if contents:  # two steps may stand to each other in two ways: in no order, and one returning to the other
            claims = found.setdefault(topic, {})
            claims[claim] = claims.get(claim, frozenset()) | contents
    return found


def _claims(rules: RuleSet, at: Situation) -> Iterator[tuple[Topic, Claim, set[object]]]:
    context = Context(rules, at)
    for power in rules.powers.values():
        if context.in_force(power):
            seats = context.members(power.by)
            joint = power.joint and len(seats) > 1
            yield Topic(DEMAND, (power.act,)), (power.id,), {(seats, joint, power.may, power.strength)}
    for norm in rules.of_form(Deontic):
        if context.in_force(norm) and not context.holds(norm.unless):
            bound = {""} if norm.by is None else context.members(norm.by)
            yield Topic(DEONTIC, (norm.modality, norm.act)), (norm.id,), {(actor, norm.strength) for actor in bound}
    for pair in pairs(rules):
        if context.in_force(pair.first) and context.in_force(pair.second):
            one, two = context.members(pair.first.by), context.members(pair.second.by)
            # two steps of one act that stand side by side have no first and second
            content = frozenset((one, two)) if pair.unordered else (one, two)
            yield pair.topic, pair.claim, {(pair.relation, content)}
    for bound, route in limits(rules):
        if all(context.in_force(n) for n in (bound, route, *deadlines.ends(bound, route))):
            binds = None if bound.by is None else context.members(bound.by)
            yield Topic(LIMIT, (route.id,)), (bound.id, route.id), {(*measure(bound), binds)}
    for norm in rules.of_form(Cadence):
        if context.in_force(norm):
            yield Topic(CADENCE, (recurring(norm),)), (norm.id,), {(norm.amount, norm.unit, norm.day, norm.strength)}
    for norm in rules.of_form(Composition):
        if context.in_force(norm):
            sets = {p: getattr(norm, p) for p in PARTS}
            contents: set[object] = {(p, a) for p, s in sets.items() if s is not None for a in context.members(s)}
            yield Topic(PART, (norm.body,)), (norm.id,), contents
    kept: dict[str, set[object]] = {}
    for norm, one, two in breaches(context):
        kept.setdefault(norm.id, set()).add((one, two, norm.strength))
    for name, broken in kept.items():
        yield Topic(DEPARTURE), (name,), broken
    for role in rules.vocabulary.roles.values():
        if role.requester and role.id in at.paper.roles:
            yield Topic(ASKS, (role.id,)), (role.id,), {at.paper.roles[role.id]}
    for act, marks in natures(rules).items():
        yield Topic(NATURE, (act,)), (act,), {*marks}


def _stand_ins(old: Competence, new: Competence) -> Differing:
    """For every seat that both name for an act: who may fill it under one version only, where that one's power is able.

    Together with the demands this settles who may act: a joint power that is able in one version only has a
    seat that nobody fills in the other.
    """
    lost: dict[Topic, tuple[set[Claim], set[Claim]]] = {}
    one, two = _named(old), _named(new)
    for act, seat in one.keys() & two.keys():
        for side, (competence, other, named) in enumerate(((old, new, one), (new, old, two))):
            if named[act, seat]:
                gone = _fills(competence, act, seat).keys() - _fills(other, act, seat).keys()
                for actor in gone:
                    lost.setdefault(Topic(STAND_IN, (seat, actor)), (set(), set()))[side].add((act,))
    return {topic: (frozenset(a), frozenset(b)) for topic, (a, b) in lost.items()}


def _named(competence: Competence) -> dict[tuple[str, str], bool]:
    """Acts with the seats that powers in force name for them; whether such a power is able."""
    found: dict[tuple[str, str], bool] = {}
    for power in competence.rules.powers.values():
        if competence.at.in_force(power):
            able = competence.able(power)
            for seat in competence.seats(power):
                found[power.act, seat] = found.get((power.act, seat), False) or able
    return found


def _fills(competence: Competence, act: str, seat: str) -> Mapping[str, object]:
    return competence.fill(seat, Power(id="", citations=(), act=act, by=ex.Name(seat)))


# what claims are made of


@dataclass(frozen=True)
class StepPair:
    """Two steps of one route and how they stand to each other, by `claim`."""

    first: Power
    second: Power
    relation: str
    claim: Claim

    @property
    def topic(self) -> Topic:
        return Topic(ORDER, (self.first.act, self.second.act))

    @property
    def unordered(self) -> bool:
        return self.relation in (BESIDE, APART) and self.first.act == self.second.act


def pairs(rules: RuleSet) -> Iterator[StepPair]:
    """Pairs of steps of one route: one before the other, or beside it; where a return leads; which are kept apart."""
    for route in rules.routes.values():
        before = _earlier(route)
        steps = {s.id: s for s in route.steps}
        for one, two in combinations(route.steps, 2):
            relation = BEFORE if one.id in before[two.id] else BESIDE
            yield _pair(one, two, relation)
        for step in route.steps:
            if step.back_to in steps:
                target = steps[step.back_to].power
                yield StepPair(step.power, target, BACK, (step.power.id, target.id))
        for norm in rules.of_form(Exclusion):
            if norm.route == route.id and all(s in steps for s in norm.steps):
                one, two = (steps[s] for s in norm.steps)
                yield _pair(one, two, APART, (norm.id,))


def _pair(one: Step, two: Step, relation: str, also: Claim = ()) -> StepPair:
    first, second = one.power, two.power
    if relation != BEFORE and second.act < first.act:
        first, second = second, first
    return StepPair(first, second, relation, (*also, first.id, second.id))


def _earlier(route: Route) -> dict[str, set[str]]:
    before: dict[str, set[str]] = {}
    for step in route.steps:  # a step follows only steps above it
        before[step.id] = set(step.after).union(*(before[a] for a in step.after))
    return before


def limits(rules: RuleSet) -> Iterator[tuple[Bound, Route]]:
    for bound in rules.bounds:
        for name in bound.routes:
            yield bound, rules.routes[name]


def measure(bound: Bound) -> tuple[object, ...]:
    return (bound.start, bound.end, bound.ceiling, bound.amount, bound.unit, bound.expiry, bound.strength)


def recurring(norm: Cadence) -> str:
    """What recurs: a body, or `ROUTE.STEP`."""
    return norm.body or f"{norm.route}.{norm.step}"


def natures(rules: RuleSet) -> dict[str, frozenset[str]]:
    """What is true of acts by themselves."""
    found: dict[str, frozenset[str]] = {}
    acts = rules.vocabulary.acts
    for act in acts.values():
        also = {other.id for other in acts.values() if act.id in other.excludes}
        marks = [m for m in ("decisive", "scrutiny") if getattr(act, m)]
        found[act.id] = frozenset([*marks, *(f"excludes {a}" for a in sorted({*act.excludes, *also}))])
    return {act: marks for act, marks in found.items() if marks}


# what one version sees of a situation


def seen(rules: RuleSet, cast: Cast, at: Situation) -> Situation:
    """The situation as far as a rule set with this cast knows of it.

    A role that this paper has not here, images of or among officials that a relation does not start from or lead to,
    and delegations that nobody asks for here are left out. Raises nothing: whether what is left can occur is asked
    of `reachability`; a value, choice, holder or image it does not know makes it impossible (`known`).
    """
    v, ids = rules.vocabulary, set(cast.ids)
    holders = set(portfolio_holders(rules, cast))
    paper = Paper(
        {a: x for a, x in at.paper.attributes.items() if a in v.attributes},
        frozenset(o for o in at.paper.touches if o in holders),
        {r: o for r, o in at.paper.roles.items() if r in v.roles},
    )
    states = {o: s for o, s in at.states.items() if o in ids}
    relations = {r: dict(m) for r, m in at.relations.items() if r in v.relations}
    readings = {r: c for r, c in at.readings.items() if r in v.readings}
    whole = Situation(cast, paper, states, relations, frozenset(), readings)
    context = Context(rules, whole)
    roles = {r: o for r, o in paper.roles.items() if _has(context, v.roles[r])}
    images = {r: dict(_seen(context, v.relations[r], m)) for r, m in relations.items()}
    bare = replace(whole, paper=replace(paper, roles=roles), relations=images)
    context = Context(rules, bare)
    return replace(bare, delegations=frozenset(d for d in at.delegations if _asked(context, *d)))


def known(rules: RuleSet, cast: Cast, at: Situation) -> bool:
    """Whether the rule set knows every value, choice, holder and image of what it sees."""
    v, ids = rules.vocabulary, set(cast.ids)
    return (
        all(x in v.attributes[a].domain for a, x in at.paper.attributes.items())
        and all(c in v.readings[r].domain for r, c in at.readings.items())
        and all(o in ids for o in at.paper.roles.values())
        and all(x in ids and y in ids for m in at.relations.values() for x, y in m.items())
    )


def speaks_of_parts(rules: RuleSet, *nodes: ex.Node) -> bool:
    """Whether expressions speak of roles or relations, so that what a version sees of those cannot rest on them."""
    v = rules.vocabulary
    stack, passed = list(nodes), set[ex.Node]()
    while stack:
        for node in stack.pop().walk():
            if isinstance(node, ex.Image) and node.function in v.relations:
                return True
            if isinstance(node, ex.Name) and node.name in v.roles:
                return True
            if node in passed:
                continue
            passed.add(node)
            if isinstance(node, ex.Name) and node.name in v.sets:
                stack.append(v.sets[node.name].members)
            elif isinstance(node, ex.Flag) and node.name in v.terms:
                stack.append(v.terms[node.name].condition)
    return False


def _has(context: Context, role: Role) -> bool:
    """Whether the paper has the role at all. Where that rests on other roles it is not asked."""
    if speaks_of_parts(context.rules, role.papers, role.among):
        return True
    return context.holds(role.papers) and bool(context.members(role.among))


def _seen(context: Context, relation: Relation, images: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for one, two in images.items():
        if _among(context, relation.source, one) and _among(context, relation.target, two):
            yield one, two


def _among(context: Context, end: ex.ActorSet, official: str) -> bool:
    """Whether an official is at an end of a relation, as far as that can be said without roles and relations."""
    return speaks_of_parts(context.rules, end) or official in context.members(end)


def _asked(context: Context, norm: str, official: str) -> bool:
    """Whether a delegation is one that the rule set asks for and that the official can give here."""
    rules, at = context.rules, context.situation
    if official not in at.cast.ids:
        return False
    power = rules.powers.get(norm)
    if power is not None and power.delegation is not None:
        able = absence.STATES[at.state(official)].can_delegate
        return able and official in context.members(power.delegation)
    for each in rules.stand_ins:
        if each.id == norm and each.delegation is not None:
            return not at.present(official) and official in context.members(each.principals)
    return False
