"""The views that are no single route: stand-ins, who answers to whom, meetings, the whole flow of a kind of paper."""

from __future__ import annotations

from collections.abc import Iterable

from guize.drawing.plan import conditions, stand_in_lines
from guize.drawing.sheets import Band, Chip, Relation, bands_svg, relations_svg
from guize.wording import Wording
from model import absence
from model import expressions as ex
from model.graphs.flow import PHASES, bands
from model.graphs.meetings import MeetingChain
from model.norms import UNITS, Cadence, Composition, Power, StandIn
from model.ruleset import KIND
from model.vocabulary import Label
from proofs.routes import Cycle

PHASE_NAMES: tuple[Label, ...] = (
    Label("起草协商", "drafting and consulting"),
    Label("审核报送", "checking and submitting"),
    Label("会议研究", "deliberation"),
    Label("审定批准", "approval"),
    Label("签发", "signing"),
    Label("印发公布", "issue"),
    Label("办后事项", "afterwards"),
)
assert len(PHASE_NAMES) == len(PHASES)
CAUSES: dict[str, Label] = {
    **{s.id: Label(s.zh, s.en) for s in absence.STATES.values()},
    "leave": Label("休假", "leave"),
    "leave_in_town": Label("休假（未外出）", "leave in town"),
    "study": Label("学习", "study"),
    "study_in_town": Label("学习（未外出）", "study in town"),
    "away": Label("离市期间", "while out of town"),
    "any": Label("各种不在岗（空缺除外）", "any absence but a vacancy"),
}
_MOST_ACTS = 8


def stand_ins(words: Wording, cycles: Iterable[Cycle] = ()) -> str:
    """The stand-in graph, a norm a row; under it the cycles, and whether a situation drives them."""
    rules = words.rules
    relations = tuple(
        Relation(words.actors(n.principals), _terms(words, n), _stand_in_notes(words, n), words.actors(n.by))
        for n in rules.stand_ins
    )
    title = words.pick("代行关系", "Who stands in for whom")
    return relations_svg(title, words.label(rules.title.label), relations, tuple(cycle(words, c) for c in cycles))


def cycle(words: Wording, found: Cycle) -> str:
    """A cycle of the stand-in graph in words, driven or not."""
    names = [words.actor(o) for o in (*found.nodes, found.nodes[0])]
    around = " → ".join(names)
    if found.driven is None:
        return words.pick(
            f"环：{around}。没有任何情形会走完这一环，不是问题。",
            f"Cycle: {around}. No situation drives it round, so it is no finding.",
        )
    when = words.absences(found.driven)
    return words.pick(
        f"环：{around}。{when}时会走完这一环；是否因此无人可办，见检查 stand-in-loop。",
        f"Cycle: {around}. Driven when {when}; whether nobody is left to act is the check stand-in-loop.",
    )


def _terms(words: Wording, norm: StandIn) -> str:
    causes = words.list(words.label(CAUSES[c]) for c in norm.causes)
    if norm.acts == ("*",):
        return words.pick(f"{causes}：全部职责", f"{causes}: everything")
    acts = [words.act(a) for a in norm.acts]
    shown = words.list(acts[:_MOST_ACTS])
    more = words.pick(f"等{len(acts)}项", f" and {len(acts) - _MOST_ACTS} more") if len(acts) > _MOST_ACTS else ""
    return f"{causes}{words.pick('：', ': ')}{shown}{more}"


def _stand_in_notes(words: Wording, norm: StandIn) -> tuple[tuple[str, str], ...]:
    found = [(words.place(norm.citation), "place")]
    if norm.delegation is not None:
        who = words.actors(norm.delegation)
        found.append((words.pick(f"须由{who}委托", f"needs a delegation by {who}"), "condition"))
    if norm.when != ex.TRUE:
        found.append((words.pick("限于：", "for: ") + words.condition(norm.when), "condition"))
    if norm.chain:
        found.append((words.pick("含其正在代行的职责", "also what he did as a stand-in"), "stand-in"))
    found += [(words.reading(r, c), "may") for r, c in norm.under]
    return tuple(found)


def answering(words: Wording, edges: Iterable[tuple[str, str, str]]) -> str:
    """Who answers to whom: `edges` are (actor, actor, id of the power answered to), as in `answering_graph`."""
    rules = words.rules
    named = {str(p.by): words.actors(p.by) for p in rules.powers.values()}
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for one, two, power in edges:
        act = words.act(rules.powers[power].act)
        source = named.get(one) or words.actor(one)
        grouped.setdefault((source, named[two], act), []).append(power)
    relations = tuple(
        Relation(one, act, ((words.places(powers), "place"),), two) for (one, two, act), powers in grouped.items()
    )
    return relations_svg(words.pick("谁向谁负责", "Who answers to whom"), words.label(rules.title.label), relations)


def meeting(words: Wording, chain: MeetingChain) -> str:
    """A meeting: what it is, what is put to it, what becomes of its minutes."""
    name = words.pick(f"{words.actor(chain.body)}：议题与纪要", f"{words.actor(chain.body)}: items and minutes")
    shown: list[Band] = []
    about = [*(_composition(words, c) for c in chain.compositions), *(_cadence(words, c) for c in chain.cadences)]
    before = [k for k in chain.papers if k not in ("minutes", "meeting")]
    for kind in before:
        shown.append(Band(words.value(KIND, kind), _chips(words, chain.papers[kind], kind)))
    if "meeting" in chain.papers:
        about += _chips(words, chain.papers["meeting"], "meeting")
    if about:
        shown.append(Band(words.actor(chain.body), tuple(about)))
    if "minutes" in chain.papers:
        shown.append(Band(words.value(KIND, "minutes"), _chips(words, chain.papers["minutes"], "minutes")))
    return bands_svg(name, words.label(words.rules.title.label), tuple(shown))


def _composition(words: Wording, norm: Composition) -> Chip:
    notes = [(words.place(norm.citation), "place")]
    for zh, en, actors in (
        ("组成：", "members: ", norm.members),
        ("主持：", "chair: ", norm.chair),
        ("列席：", "attending: ", norm.attend),
        ("邀请：", "invited: ", norm.invited),
    ):
        if actors is not None:
            notes.append((words.pick(zh, en) + words.actors(actors, True), "stand-in"))
    return Chip(words.pick("组成和主持", "who makes it up"), tuple(notes))


def _cadence(words: Wording, norm: Cadence) -> Chip:
    unit = UNITS[norm.unit]
    often = words.pick(f"每{norm.amount}{unit.zh}一次", f"once in {norm.amount} {unit.en}")
    return Chip(
        often if norm.amount else words.pick("根据需要召开", "as needed"), ((words.place(norm.citation), "place"),)
    )


def _chips(words: Wording, ids: Iterable[str], kind: str) -> tuple[Chip, ...]:
    return tuple(chip(words, words.rules.powers[i]) for i in ids)


def chip(words: Wording, power: Power) -> Chip:
    """A power or a step as a box: who does what, where it says so, when, and who stands in."""
    notes = [(words.place(power.citation), "place")]
    route = words.rules.routes.get(power.route)
    if route is not None:
        notes += [(text, "condition") for text in conditions(words, route, power)]
    elif power.when != ex.TRUE:
        notes.append((words.pick("条件：", "if: ") + words.condition(power.when), "condition"))
    if power.may:
        notes.append((words.pick("可以", "may"), "may"))
    notes += [(text, "stand-in") for text in stand_in_lines(words, power)]
    who = words.actors(power.by, power.joint)
    return Chip(words.pick(f"{who}：{words.act(power.act)}", f"{who}: {words.act(power.act)}"), tuple(notes))


def flow(words: Wording, kind: str, ids: Iterable[str]) -> str:
    """The whole flow of papers of one kind: a band a phase; of a route, no step above one that comes before it."""
    rules = words.rules
    shown: list[Band] = [Band(words.pick("收到", "arrival"), (Chip(words.value(KIND, kind)),))]
    wanted = bands(rules, ids)
    for number, name in enumerate(PHASE_NAMES):
        inside = [p for p in rules.powers.values() if wanted.get(p.id) == number]
        if inside:
            shown.append(Band(words.label(name), tuple(_step_chip(words, p) for p in inside)))
    title = words.pick(f"{words.value(KIND, kind)}：从收到到办结", f"{words.value(KIND, kind)}: from arrival to issue")
    return bands_svg(title, words.label(rules.title.label), tuple(shown))


def _step_chip(words: Wording, power: Power) -> Chip:
    made = chip(words, power)
    route = words.rules.routes.get(power.route)
    if route is None:
        return made
    name = words.label(route.label) or words.place(route.citation)
    return Chip(made.title, ((words.pick(f"程序：{name}", f"route: {name}"), "may"), *made.notes))
