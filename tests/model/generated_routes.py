"""Hypothesis strategies for small rule sets of routes: branches, returns, steps left out, stand-ins, ceilings."""

from __future__ import annotations

from hypothesis import strategies as st

from model import absence
from model.citations import Citation
from model.expressions import conjunction
from model.norms import Bound, Deontic, Norm, Power, Route, StandIn, Step
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet
from model.vocabulary import Act, Attribute, Label, Office, Role, Title, Value, Vocabulary

STATES = ("leave",)
NAMES = {"head": 1, "deputy": 2, "clerk": 1}
ACTS = {
    "sign": (True, True),
    "approve": (True, True),
    "decide": (True, False),
    "review": (False, True),
    "submit": (False, False),
}
"""By act, whether it decides and whether it looks at the paper."""
SETS = ["head", "deputy", "clerk", "head | clerk", "present(deputy)", "deputy - absent(deputy)", "(head when urgent)"]
CONDITIONS = ["true", "true", "true", "urgent", "not urgent", "weighty", "some(absent(head))", "urgent and weighty"]


def label(text: str) -> Label:
    return Label(text, text)


def cite(article: int) -> tuple[Citation, ...]:
    return (Citation("t", article),)


def rule_set(*norms: Norm, asker: bool = False) -> RuleSet:
    """A head, two deputies and a clerk; papers are urgent or not, weighty or not; `asker`: somebody asks leave."""
    flags = {
        a: Attribute(a, label(a), (Value("false", label("no")), Value("true", label("yes"))), True)
        for a in ("urgent", "weighty")
    }
    offices = {o: Office(o, label(o), n > 1, n) for o, n in NAMES.items()}
    acts = {a: Act(a, label(a), decisive, look) for a, (decisive, look) in ACTS.items()}
    among, papers = parse_set("clerk | head"), parse_condition("weighty")
    roles = {"asker": Role("asker", label("asker"), among, papers, True)} if asker else {}
    vocabulary = Vocabulary(offices=offices, attributes=flags, acts=acts, roles=roles)
    return RuleSet(Title("t", label("t"), label("t"), articles=99), vocabulary, (), {n.id: n for n in norms})


def step(
    route: str,
    ident: str,
    act: str,
    by: str,
    *after: str,
    when: str = "true",
    whole: str = "true",
    may: bool = False,
    back_to: str = "",
    article: int = 1,
) -> Step:
    """A step of a route whose own condition is `whole`."""
    condition = conjunction(parse_condition(whole), parse_condition(when))
    power = Power(
        id=f"{route}.{ident}",
        citations=cite(article),
        when=condition,
        act=act,
        by=parse_set(by),
        may=may,
        route=route,
    )
    return Step(id=ident, power=power, after=after, back_to=back_to)


def route(ident: str, *steps: Step, when: str = "true", article: int = 1) -> Route:
    return Route(id=ident, citations=cite(article), when=parse_condition(when), steps=steps)


def stand_in(ident: str, principals: str, by: str, article: int = 8, acts: tuple[str, ...] = ("*",)) -> StandIn:
    return StandIn(
        id=ident,
        citations=cite(article),
        principals=parse_set(principals),
        by=parse_set(by),
        causes=("any",),
        states=absence.states_of(["any"]),
        acts=acts,
    )


def ban(ident: str, act: str, by: str, when: str = "true", unless: str = "false", article: int = 9) -> Deontic:
    return Deontic(
        id=ident,
        citations=cite(article),
        modality="prohibition",
        act=act,
        by=parse_set(by),
        when=parse_condition(when),
        unless=parse_condition(unless),
    )


def ceiling(ident: str, on: str, start: str, end: str, when: str = "true", article: int = 10) -> Bound:
    return Bound(
        id=ident,
        citations=cite(article),
        routes=(on,),
        start=start,
        end=end,
        ceiling=True,
        amount=5,
        unit="working_day",
        when=parse_condition(when),
    )


@st.composite
def routes(draw: st.DrawFn, ident: str = "r", article: int = 1, most: int = 4) -> Route:
    """A route of two to `most` steps in any partial order, with returns, conditions and steps that may be left out."""
    whole = draw(st.sampled_from(CONDITIONS))
    steps: list[Step] = []
    number = draw(st.integers(2, most))
    for i in range(number):
        above = [s.id for s in steps]
        after = draw(st.lists(st.sampled_from(above), unique=True, max_size=2)) if above else []
        if above and draw(st.integers(0, 2)):
            after = above[-1:]
        made = step(
            ident,
            f"x{i}",
            draw(st.sampled_from(list(ACTS))),
            draw(st.sampled_from(SETS)),
            *after,
            when=draw(st.sampled_from(CONDITIONS)),
            whole=whole,
            may=draw(st.integers(0, 4)) == 0,
            back_to=draw(st.sampled_from(["", "", *above, f"x{number - 1}"])),
            article=article + i,
        )
        steps.append(made)
    return route(ident, *steps, when=whole, article=article)


@st.composite
def rule_sets(draw: st.DrawFn) -> RuleSet:
    """One or two routes with stand-ins, prohibitions and ceilings."""
    norms: list[Norm] = [draw(routes("r", 1))]
    if draw(st.booleans()):
        norms.append(draw(routes("q", 20, most=3)))
    for i in range(draw(st.integers(0, 2))):
        ends = draw(st.sampled_from([("head", "deputy"), ("deputy", "head"), ("clerk", "deputy"), ("head", "clerk")]))
        acts = draw(st.sampled_from([("*",), ("sign", "approve"), ("review",)]))
        norms.append(stand_in(f"s{i}", *ends, article=30 + i, acts=acts))
    if draw(st.integers(0, 2)) == 0:
        unless = draw(st.sampled_from(["false", "weighty"]))
        act, by = draw(st.sampled_from(list(ACTS))), draw(st.sampled_from(SETS))
        norms.append(ban("d", act, by, draw(st.sampled_from(CONDITIONS)), unless, article=40))
    if draw(st.booleans()):
        events = ["start", "x0", "x1", "end"]
        start = draw(st.integers(0, 2))
        end = draw(st.integers(start + 1, 3))
        norms.append(ceiling("b", "r", events[start], events[end], draw(st.sampled_from(CONDITIONS)), article=41))
    return rule_set(*norms, asker=draw(st.booleans()))
