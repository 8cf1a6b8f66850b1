"""undefined-term: what hinges on a term that nobody defines."""

from __future__ import annotations

from collections.abc import Iterable

from guize.sentences.says import demand
from guize.wording import Wording, capital
from model.claims import ACT, APART, BODY, CADENCE, LIMIT, STAND_IN
from model.norms import Deontic, Power
from proofs.findings import Decision, Finding, Hinge

_MOST = 6


def sentence(words: Wording, finding: Finding, hinge: Hinge) -> str:
    """The plainest pair, then everything else that hinges on the term."""
    first, *rest = hinge.decisions
    cited = words.rules.vocabulary.attributes[hinge.term].citation
    place = words.pick(f"（{words.place(cited)}）", f" ({words.place(cited)})") if cited else ""
    more = _more(words, rest)
    return words.pick(
        f"什么情况算“{term(words, hinge)}”没有规定{place}，办理却因此而异：{case(words, first)}，"
        f"{outcome(words, hinge, first)}{more}。",
        f"Nothing says what counts as '{term(words, hinge)}'{place}, and yet it decides: for {case(words, first)}, "
        f"{outcome(words, hinge, first)}{more}.",
    )


def term(words: Wording, hinge: Hinge) -> str:
    return words.label(words.rules.vocabulary.attributes[hinge.term].label)


def case(words: Wording, decision: Decision) -> str:
    """The situation of the pair: who is away, and the paper."""
    absent, paper = words.absences(decision.situation), words.paper(decision.situation)
    return words.pick(f"{absent}时的{paper}", f"{paper} when {absent}") if absent else paper


def outcome(words: Wording, hinge: Hinge, decision: Decision) -> str:
    """What is to be done if the term applies, and if not."""
    asked = [*decision.then, *decision.otherwise]
    allowed = all(_allows(words, n) for n in asked)
    nothing = words.pick("无此规定" if allowed else "无此要求", "nothing of the kind is said")
    then = words.list(demand(words, n, decision.twin) for n in decision.then) or nothing
    otherwise = words.list(demand(words, n, decision.situation) for n in decision.otherwise) or nothing
    attribute = words.rules.vocabulary.attributes[hinge.term]
    if not attribute.boolean:
        value, plain = words.value(hinge.term, decision.value), words.value(hinge.term, attribute.plainest)
        return words.pick(
            f"认定为“{value}”的，{then}；认定为“{plain}”的，{otherwise}",
            f"if it is held to be '{value}', {then}; if '{plain}', {otherwise}",
        )
    return words.pick(
        f"认定为是的，{then}；认定为否的，{otherwise}", f"if it is held to be, {then}; if not, {otherwise}"
    )


def _allows(words: Wording, norm_id: str) -> bool:
    """Whether a norm asks nothing of anybody, so that where it does not apply no demand is missing."""
    norm = words.rules.lookup(norm_id)
    return (isinstance(norm, Power) and norm.may) or (isinstance(norm, Deontic) and norm.modality == "permission")


def about(words: Wording, decision: Decision) -> str:
    """The topic of a decision in words."""
    family, what = decision.topic
    rules = words.rules
    match family:
        case x if x == ACT:
            return words.act(what)
        case x if x == LIMIT:
            route = rules.routes[what]
            return words.pick(f"{words.of(route)}的时限", f"time limit of {words.of(route)}")
        case x if x == STAND_IN:
            return words.pick(
                f"{words.actor(what, decision.situation)}不在时的代行",
                f"who stands in for {words.actor(what, decision.situation)}",
            )
        case x if x == APART:
            return words.pick("能否同时缺席、由一人办理", "who may not be away at once or act twice")
        case x if x == CADENCE:
            return words.pick("间隔", "how often")
        case x if x == BODY:
            return words.pick(f"{words.actor(what)}的组成", f"who makes up {words.actor(what)}")
        case _:
            return what


def line(words: Wording, hinge: Hinge, decision: Decision) -> str:
    """A decision in one line: what, for which paper, one way and the other."""
    what, paper, told = about(words, decision), case(words, decision), outcome(words, hinge, decision)
    return words.pick(f"{what}：{paper}，{told}", f"{capital(what)}: for {paper}, {told}")


def _more(words: Wording, rest: Iterable[Decision]) -> str:
    """The other decisions by topic, with their places."""
    by_topic: dict[str, dict[str, None]] = {}
    for decision in rest:
        norms = (*decision.then, *decision.otherwise)
        by_topic.setdefault(about(words, decision), {}).update(dict.fromkeys(norms))
    if not by_topic:
        return ""
    told = [
        words.pick(f"{name}（{words.places(norms)}）", f"{name} ({words.places(norms)})")
        for name, norms in by_topic.items()
    ]
    shown = words.list(told[:_MOST])
    cut = words.pick("等", " and more") if len(told) > _MOST else ""
    return words.pick(f"；同样因此而异的有{shown}{cut}", f"; likewise {shown}{cut}")
