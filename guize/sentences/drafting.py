"""What a text leaves open: time bounds, meetings, duties without actor. What is open, where, and what is missing."""

from __future__ import annotations

from guize.sentences import law, naming
from guize.wording import Wording, within
from model.citations import Citation
from model.drafting import Flaw, bodies, bounds, duties, higher_law, names, references
from model.norms import UNITS, Bound
from model.vocabulary import Label
from proofs.findings import Finding

BOUND_LACKS: dict[str, Label] = {
    "length": Label("没有说多长时间", "no length is given"),
    "unit": Label("时间单位有两种读法", "the unit can be read in two ways"),
    "direction": Label("是至少还是至多，有两种读法", "it can be read as a least or as a greatest time"),
    "start": Label("没有说从何时起算", "nothing is said of when it starts"),
    "bearer": Label(
        "期限内经多人之手，没有说由谁负责按期办结", "it spans several hands, and nobody answers for keeping it"
    ),
    "consequence": Label("逾期后该件如何处理没有规定", "nothing is said of what happens to the matter on expiry"),
}
BODY_LACKS: dict[str, Label] = {
    "chair": Label("由谁召集和主持", "who convenes and chairs it"),
    "chair-stand-in": Label("召集人不在时由谁召集和主持", "who chairs it when its chair is away"),
    "cadence": Label("何时召开", "when it meets"),
    "agenda": Label("议题由谁提出和确定", "who puts and settles its agenda"),
    "quorum": Label("到会多少人方可开会", "its quorum"),
    "decision": Label("以何种方式作出决定", "how it decides"),
    "minutes": Label("是否编印会议纪要、由谁签发", "whether minutes are kept and who signs them"),
    "minutes-signer": Label("会议纪要由谁签发", "who signs its minutes"),
    "publication": Label("议定事项如何公布", "how its decisions are published"),
}
_MOST = 6


def sentence(words: Wording, finding: Finding, flaw: Flaw) -> str:
    """One sentence, by the check."""
    match flaw.check:
        case bounds.CHECK:
            return _bound(words, flaw)
        case bodies.CHECK:
            return _body(words, flaw)
        case duties.CHECK:
            return _duty(words, finding, flaw)
        case higher_law.CHECK:
            return law.sentence(words, finding, flaw)
        case _:
            return naming.sentence(words, flaw)


def headline(words: Wording, finding: Finding, flaw: Flaw) -> str:
    """The finding in a few words."""
    match flaw.check:
        case bounds.CHECK:
            return words.pick(f"{_periods(words, flaw)}：期限不完整", f"an open time bound: {_periods(words, flaw)}")
        case bodies.CHECK:
            names = words.list(words.actor(b) for b in bodies.bodies_of(flaw))
            return words.pick(f"{names}的规定不完整", f"what is said of {names} is not complete")
        case duties.CHECK:
            acts = words.list(words.act(a) for a in flaw.lacks)
            return words.pick(f"要求{acts}，没有规定由谁办理", f"it must be done ({acts}), and nobody is named")
        case higher_law.CHECK:
            return law.headline(words, flaw)
        case _:
            return naming.headline(words, flaw)


def lacking(words: Wording, finding: Finding, flaw: Flaw) -> list[str]:
    """What is missing, a line each."""
    match flaw.check:
        case bounds.CHECK:
            return [words.label(BOUND_LACKS[x]) for x in flaw.lacks]
        case bodies.CHECK:
            return [words.pick("没有规定", "not said: ") + words.label(BODY_LACKS[x]) for x in flaw.lacks]
        case duties.CHECK:
            return [
                words.pick(f"没有规定由谁负责{words.act(a)}", f"nobody is named to {words.act(a)}") for a in flaw.lacks
            ]
        case higher_law.CHECK:
            return law.sides(words, flaw)
        case _:
            return naming.lacking(words, flaw)


def exemplified(flaw: Flaw) -> bool:
    """Whether a paper shows what the flaw comes to; of names, references and who makes up a meeting the text does."""
    if flaw.check == higher_law.CHECK and flaw.lacks[0] in (higher_law.MEMBERS, higher_law.CHAIR):
        return False
    return bool(flaw.norms) and flaw.check not in (names.DRIFT, references.DANGLING, references.NUMBERING)


def phrase(words: Wording, cited: Citation) -> str:
    """A place with the phrase quoted there."""
    if not cited.quote:
        return words.place(cited)
    inner = within(cited.quote)
    return words.pick(f"{words.place(cited)}“{inner}”", f"{words.place(cited)} “{inner}”")


def _periods(words: Wording, flaw: Flaw) -> str:
    """The periods of a flaw, each phrase once, under their places."""
    every = [words.rules.norms[b] for b in flaw.subjects]
    shown = list(dict.fromkeys(phrase(words, b.citation) for b in every))
    more = len(shown) - _MOST
    text = words.list(shown[:_MOST])
    return text + words.pick(f"等{len(shown)}处", f" and {more} more") if more > 0 else text


def _bound(words: Wording, flaw: Flaw) -> str:
    periods = _periods(words, flaw)
    if flaw.lacks == ("length",):
        return words.pick(
            f"{periods}：只要求及时或限时，没有说多长时间，是否逾期无从认定。",
            f"{periods}: prompt action is wanted and no length is given, so that nobody can tell when it is late.",
        )
    told = [words.label(BOUND_LACKS[x]) + (_units(words, flaw) if x == "unit" else "") for x in flaw.lacks]
    return words.pick(f"{periods}：{'；'.join(told)}。", f"{periods}: {'; '.join(told)}.")


def _units(words: Wording, flaw: Flaw) -> str:
    """The units it can be read in."""
    found = [b for b in (words.rules.norms[i] for i in flaw.subjects) if isinstance(b, Bound) and b.unit]
    units = words.list((words.label(UNITS[b.unit]) for b in found), words.pick("或", "or"))
    units = units.replace("个工作日", "工作日").replace("日或", "自然日或", 1) if units.startswith("日或") else units
    units = "工作日或自然日" if units == "个工作日或日" else units
    return words.pick(f"（{units}）", f" ({units})")


def _body(words: Wording, flaw: Flaw) -> str:
    names = words.list((words.actor(b) for b in bodies.bodies_of(flaw)), words.pick("、", "and"))
    places = words.list(words.place(c) for c in flaw.places)
    told = words.list((words.label(BODY_LACKS[x]) for x in flaw.lacks), words.pick("；", "and"))
    return words.pick(
        f"对{names}（{places}），没有规定：{told}。", f"Of {names} ({places}), the text does not say: {told}."
    )


def _duty(words: Wording, finding: Finding, flaw: Flaw) -> str:
    norms = [words.rules.norms[i] for i in flaw.subjects]
    shown = words.list(words.of(n) for n in norms)
    acts = words.list((words.act(a) for a in flaw.lacks), words.pick("、", "and"))
    paper = words.paper(finding.witness)
    return words.pick(
        f"{shown}：要求{acts}，没有规定由谁负责；例如{paper}，无人负有此责。",
        f"{shown}: it must be done ({acts}) and no provision says by whom; for {paper}, for example, nobody has to.",
    )
