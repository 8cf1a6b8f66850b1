"""higher-law: what the instrument says beside what the law says."""

from __future__ import annotations

from guize.wording import Wording
from model import expressions as ex
from model.drafting import Flaw, higher_law
from model.evaluation import Context
from model.norms import UNITS, Assembly, Bound, Composition, Norm, Period, Power, Reserved
from model.vocabulary import Label
from proofs.findings import Finding

LEVELS: dict[str, Label] = {
    "province": Label("省级", "provinces"),
    "city": Label("设区的市、自治州", "cities with districts"),
    "county": Label("县级", "counties and districts"),
    "township": Label("乡镇", "townships"),
}


def sentence(words: Wording, finding: Finding, flaw: Flaw) -> str:
    """One sentence: the situation, what the instrument says, what the law says."""
    own, law = _norms(words, flaw)
    one, two = words.of(own), words.of(law)
    paper = words.paper(finding.witness)
    match flaw.lacks[0]:
        case higher_law.LEVEL:
            assert isinstance(own, Power)
            assert isinstance(law, Reserved)
            levels = words.list(words.label(LEVELS[x]) for x in law.levels)
            who, act = words.actors(own.by, own.joint), words.act(own.act)
            return words.pick(
                f"{one}规定{paper}由{who}{act}，而{two}只授权{levels}政府，本级政府没有此项权限。",
                f"Under {one} {paper} is for {who} to {act}; {two} gives this to governments of {levels} only, "
                f"and this one is not of them.",
            )
        case higher_law.HANDS:
            assert isinstance(own, Power)
            assert isinstance(law, Reserved)
            who, act = _strangers(words, finding, flaw) or words.actors(own.by, own.joint), words.act(own.act)
            to = _posts(words, law.to, "或", "or")
            return words.pick(
                f"{paper}，按{one}可由{who}{act}，而{two}规定由{to}{act}。",
                f"Under {one}, {who} may {act} {paper}; {two} gives this to {to}.",
            )
        case higher_law.MEMBERS | higher_law.CHAIR as kind:
            return _assembly(words, finding, flaw, kind)
        case higher_law.SHORTER | higher_law.LONGER as kind:
            return _period(words, own, law, kind)
        case _:
            return words.pick(
                f"{paper}，{one}与{two}的要求相反。", f"For {paper}, {one} and {two} want opposite things."
            )


def headline(words: Wording, flaw: Flaw) -> str:
    """The finding in a few words."""
    own, law = _norms(words, flaw)
    one, two, kind = words.place(own.citation), words.place(law.citation), flaw.lacks[0]
    if isinstance(own, Composition):
        body = words.actor(own.body)
        what = (f"who chairs {body}", "召集和主持") if kind == higher_law.CHAIR else (f"who makes up {body}", "组成")
        return words.pick(f"{body}的{what[1]}与{two}不一致", f"{what[0]} is at odds with {two}")
    return words.pick(f"{one}与{two}不一致", f"{one} is at odds with {two}")


def sides(words: Wording, flaw: Flaw) -> list[str]:
    """What each of the two says, a line each."""
    return [words.of(n) for n in _norms(words, flaw)]


def _norms(words: Wording, flaw: Flaw) -> tuple[Norm, Norm]:
    own, law = (words.rules.lookup(n) for n in flaw.norms[:2])
    return own, law


def _strangers(words: Wording, finding: Finding, flaw: Flaw) -> str:
    """Who in the witness belongs to the instrument's set and not to the law's."""
    found = [n for n in flaw.where.walk() if isinstance(n, ex.Minus)]
    if not found:
        return ""
    at = finding.witness
    members = Context(words.rules, at).members(found[0])
    order = [*at.cast.ids, *sorted(members)]
    return words.list(words.office(m, at) for m in dict.fromkeys(order) if m in members)


def _posts(words: Wording, hands: ex.ActorSet | None, zh: str, en: str) -> str:
    """Those a law names, by what the instrument calls them where it has such an office."""
    offices = words.rules.vocabulary.offices
    named = [n.name for n in hands.walk() if isinstance(n, ex.Name)] if hands is not None else []
    told = [words.list(words.actor(o) for o in offices if n in offices[o].is_a) or words.actor(n) for n in named]
    return words.list(told, words.pick(zh, en))


def _assembly(words: Wording, finding: Finding, flaw: Flaw, kind: str) -> str:
    own, law = _norms(words, flaw)
    assert isinstance(own, Composition)
    assert isinstance(law, Assembly)
    body, extra = words.actor(own.body), _strangers(words, finding, flaw)
    one, two = words.place(own.citation), words.place(law.citation)
    if kind == higher_law.CHAIR:
        chair = _posts(words, law.chair, "或", "or")
        return words.pick(
            f"{body}按{one}可由{extra}召集和主持，而{two}规定由{chair}召集和主持。",
            f"Under {one}, {extra} may convene and chair {body}; under {two} that is for {chair}.",
        )
    members = _posts(words, law.members, "、", "and")
    return words.pick(
        f"{body}的组成人员按{one}包括{extra}，而{two}规定由{members}组成。",
        f"Under {one}, {body} includes {extra}; under {two} it is made up of {members}.",
    )


def _period(words: Wording, own: Norm, law: Norm, kind: str) -> str:
    assert isinstance(own, Bound)
    assert isinstance(law, Period)
    mine, theirs = (f"{n.amount}{words.pick('', ' ')}{words.label(UNITS[n.unit])}" for n in (own, law))
    one, two = words.of(own), words.of(law)
    if kind == higher_law.LONGER:
        return words.pick(
            f"{one}为{mine}，超过{two}规定的最长{theirs}。", f"{one} gives {mine}, beyond the {theirs} of {two}."
        )
    return words.pick(
        f"{one}为{mine}，短于{two}规定的最短{theirs}。", f"{one} gives {mine}, short of the {theirs} of {two}."
    )
