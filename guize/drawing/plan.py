"""What a picture of a route says, before it has a place on the page: lanes, steps, notes, time limits, marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guize.wording import Wording, counterpart
from model import deadlines
from model import expressions as ex
from model.graphs.course import returns
from model.graphs.routes import END, START, bounds_at, conditional, own_condition, stand_ins_for
from model.norms import UNITS, Bound, Power, Route, Step
from model.ruleset import URGENCY

FLOW, RETURN = "flow", "return"


@dataclass(frozen=True)
class Note:
    """A line of small print in a step's box. `tone`: actor, place, condition, may, stand-in, single."""

    text: str
    tone: str


@dataclass(frozen=True)
class Limit:
    """A time bound that ends at a step; `tone` is the urgency tier it is for, or empty."""

    text: str
    tone: str


@dataclass(frozen=True)
class Node:
    """A step, or the start or end of the route (`kind`). `marks` are numbers of findings in the legend."""

    id: str
    kind: str
    lane: int
    title: str
    notes: tuple[Note, ...] = ()
    limits: tuple[Limit, ...] = ()
    marks: tuple[int, ...] = ()
    may: bool = False


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    kind: str = FLOW


@dataclass(frozen=True)
class Legend:
    """A finding told under the picture. `severity` is its name in lower case."""

    number: int
    severity: str
    title: str
    text: str


@dataclass(frozen=True)
class RoutePlan:
    """A route to be drawn. `lanes` are the names of actors, in the order of first appearance; `remarks` stand below."""

    id: str
    title: str
    subtitle: str
    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    legend: tuple[Legend, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extras:
    """What computing adds to the text: findings by the id of the step's power, and steps one absence can stop; and
    by route the returns, as pairs of steps, that no situation drives round."""

    legend: tuple[Legend, ...] = ()
    marks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    single: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    idle: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def route_plan(words: Wording, route: Route, extras: Extras | None = None) -> RoutePlan:
    """The plan of one route, in the language of `words`."""
    extras = extras or Extras()
    lanes: dict[str, int] = {}
    limits = bounds_at(words.rules, route)
    nodes: list[Node] = []
    for step in route.steps:
        lane = lanes.setdefault(words.actors(step.power.by, step.power.joint), len(lanes))
        nodes.append(
            Node(
                step.id,
                "step",
                lane,
                words.act(step.power.act),
                tuple(_notes(words, route, step, extras)),
                tuple(limit(words, route, b) for b in limits.get(step.id, ())),
                extras.marks.get(step.power.id, ()),
                step.power.may,
            )
        )
    first = nodes[0].lane
    last = nodes[-1].lane
    start = Node(START, START, first, words.pick("开始", "start"))
    ending = tuple(limit(words, route, b) for b in limits.get(END, ()))
    end = Node(END, END, last, words.pick("办结", "end"), (), ending)
    edges = [Edge(one, event) for event, before in deadlines.predecessors(route).items() for one in before]
    edges += [Edge(step.id, target.id, RETURN) for step, target in returns(route)]
    marked = {m for n in nodes for m in n.marks}
    return RoutePlan(
        route.id,
        words.label(route.label) or words.place(route.citation),
        _subtitle(words, route),
        tuple(lanes),
        (start, *nodes, end),
        tuple(edges),
        tuple(entry for entry in extras.legend if entry.number in marked),
        tuple(_idle(words, route, *pair) for pair in extras.idle.get(route.id, ())),
    )


def _idle(words: Wording, route: Route, step: str, target: str) -> str:
    one, two = _event(words, route, step), _event(words, route, target)
    return words.pick(
        f"退回：由“{one}”退回“{two}”的环，没有任何情形会走完，不是问题。",
        f"Return: no situation drives the cycle from '{one}' back to '{two}' round, so it is no finding.",
    )


def _subtitle(words: Wording, route: Route) -> str:
    parts = [words.place(route.citation)]
    if route.when != ex.TRUE:
        parts.append(words.pick("适用于：", "for: ") + words.condition(route.when))
    parts += [words.reading(r, c) for r, c in route.under]
    return words.pick("；", "; ").join(parts)


def _notes(words: Wording, route: Route, step: Step, extras: Extras) -> Iterable[Note]:
    power = step.power
    yield Note(words.place(power.citation), "place")
    if power.may:
        yield Note(words.pick("可省略", "may be left out"), "may")
    if conditional(route, power):
        yield from (Note(text, "condition") for text in conditions(words, route, power))
    for text in stand_in_lines(words, power):
        yield Note(text, "stand-in")
    offices = extras.single.get(power.id, ())
    if offices:
        who = words.list((words.actor(o) for o in offices), words.pick("或", "or"))
        text = words.pick(f"单点：{who}一人缺席即可能无人办理", f"single point: stops if {who} alone is absent")
        yield Note(text, "single")


def conditions(words: Wording, route: Route, power: Power) -> Iterable[str]:
    """When a step is taken, beyond what its route says."""
    own = own_condition(route, power)
    if own != ex.TRUE and own != route.when:
        yield words.pick("条件：", "if: ") + words.condition(own)
    for reading, choice in power.under[len(route.under) :]:
        yield words.reading(reading, choice)
    if power.delegation is not None:
        yield words.pick("须经授权：", "authorised by: ") + words.actors(power.delegation)


def stand_in_lines(words: Wording, power: Power) -> tuple[str, ...]:
    """Who stands in at a step, with the place; clauses that say the same under several readings are told once."""
    found: dict[tuple[str, str], None] = {}
    for norm in stand_ins_for(words.rules, power):
        who = _relation(words, norm.by)
        found[who, words.place(norm.citation)] = None
    return tuple(words.pick(f"代行：{who}（{place}）", f"stand-in: {who} ({place})") for who, place in found)


def _relation(words: Wording, by: ex.ActorSet) -> str:
    """Who stands in: `partner(principal)` as `其工作互补一方`."""
    match by:
        case ex.Image(function, ex.Name(ex.PRINCIPAL)) if function in words.rules.vocabulary.relations:
            label = words.label(words.rules.vocabulary.relations[function].label)
            return words.pick(f"其{counterpart(label)}", label if label.startswith("the ") else f"the {label}")
        case _:
            return words.actors(by)


def limit(words: Wording, route: Route, bound: Bound) -> Limit:
    """A bound as `自报送起3天内（急件，第32条）`."""
    start = _event(words, route, bound.start)
    if bound.amount is None:
        length = words.pick("无具体时限", "no length given")
    else:
        unit = UNITS[bound.unit]
        length = words.pick(f"{bound.amount}{unit.zh}", f"{bound.amount} {unit.en}")
        ceiling = words.pick("内", " at most") if bound.ceiling else words.pick("以上", " at least")
        length += ceiling
    tier = _tier(words, bound)
    named = words.value(URGENCY, tier) if tier else ""
    source = words.list([named, words.place(bound.citation)])
    consent = words.pick("，逾期视为同意", ", then deemed consent") if bound.expiry == "deemed_consent" else ""
    text = words.pick(f"自{start}起{length}{consent}（{source}）", f"{length} from {start}{consent} ({source})")
    reading = words.list(_choice(words, r, c) for r, c in bound.under)
    return Limit(text + (words.pick(f"〔{reading}〕", f" [{reading}]") if reading else ""), tier)


def _choice(words: Wording, reading: str, choice: str) -> str:
    chosen = next(c for c in words.rules.vocabulary.readings[reading].choices if c.id == choice)
    return words.label(chosen.label)


def _event(words: Wording, route: Route, event: str) -> str:
    if event in (START, END):
        return words.pick({START: "开始", END: "办结"}[event], event)
    return next(words.act(s.power.act) for s in route.steps if s.id == event)


def _tier(words: Wording, bound: Bound) -> str:
    """The one urgency tier a bound is for, if its condition names one."""
    for node in bound.when.walk():
        if isinstance(node, ex.Is) and node.attribute == URGENCY and len(node.values) == 1:
            return node.values[0]
    return ""
