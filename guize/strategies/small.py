"""Small rule sets of every norm form, whose situations can be counted one by one.

Whatever is left out is the simpler choice, so that a failing example shrinks to few norms, few officials and no
conditions. Names: a head, one or two deputies, perhaps a secretary; papers are urgent or not, weighty or not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from model import sketch as s
from model.citations import Citation
from model.enumeration import breadth
from model.norms import (
    Assembly,
    Cadence,
    Composition,
    Exclusion,
    Norm,
    Period,
    Power,
    Precedence,
    Reference,
    Reserved,
    Route,
    StandIn,
    Step,
)
from model.parsing import parse_condition, parse_set
from model.ruleset import BODY, KIND, MEETING, RuleSet
from model.situation import Cast, make_cast
from model.vocabulary import Strength

STATES = ("leave", "out_of_town")
UNITS = ("working_day", "calendar_day", "hour", "week", "month")
CAUSES = (("any",), ("leave",), ("away",), ("out_of_town", "leave_in_town"))


@dataclass(frozen=True)
class Small:
    """A generated rule set, its officials, and the states of absence to be considered."""

    rules: RuleSet
    cast: Cast
    states: tuple[str, ...]

    def __repr__(self) -> str:
        v, lines = self.rules.vocabulary, [f"cast {self.cast.ids}, states {self.states}, facts"]
        lines[0] += f" {[str(f.condition) for f in self.rules.facts]}"
        lines += [f"attributes {[(a.id, a.domain) for a in v.attributes.values()]}, bodies {list(v.bodies)}"]
        lines += [f"portfolio {[o.id for o in v.offices.values() if o.portfolio]}, readings {list(v.readings)}"]
        lines += [f"role {r.id} among {r.among} for {r.papers}" for r in v.roles.values()]
        lines += [f"relation {r.id} {r.source} to {r.target} {r.symmetric} {r.total}" for r in v.relations.values()]
        lines += [
            f"{n.form} {n.id} art. {n.citation.article}: "
            + ", ".join(f"{k}={v!s}" for k, v in vars(n).items() if k not in ("id", "citations", "label"))
            for n in self.rules.norms.values()
        ]
        return "\n  ".join(lines)

    def _repr_pretty_(self, printer: object, cycle: bool) -> None:
        printer.text(repr(self))  # type: ignore[attr-defined]


class _Names:
    """What conditions and sets may speak of, in one rule set being drawn."""

    def __init__(self, draw: st.DrawFn, rich: bool) -> None:
        def maybe(chance: int) -> bool:
            return rich and draw(st.integers(1, 10)) > 10 - chance

        self.two = draw(st.booleans())
        self.secretary = maybe(3) if self.two else draw(st.booleans())
        self.portfolio = draw(st.booleans())
        self.relation = maybe(3)
        self.reading, self.role = maybe(4) and not self.relation, maybe(3) and not self.relation
        self.body = maybe(3) and not self.relation
        self.flags = ["urgent", "weighty"][: 1 if self.relation or not rich else draw(st.integers(1, 2))]
        self.named = maybe(2)
        self.is_a = self.secretary and maybe(3)

    def vocabulary(self, draw: st.DrawFn) -> list[object]:
        found: list[object] = [s.office("head")]
        found.append(s.office("deputy", 2 if self.two else 1, self.portfolio))
        if self.secretary:
            found.append(s.office("secretary", is_a=("deputy",) if self.is_a else ()))
        found += [s.flag(f) for f in self.flags]
        if self.body:
            found += [s.attribute(KIND, "notice", MEETING), s.attribute(BODY, "none", "council"), s.meeting("council")]
        if self.reading:
            found.append(s.reading("r", "a", "b"))
        if self.role:
            among = draw(st.sampled_from(["deputy", "head | deputy", "present(deputy)"]))
            found.append(s.role("asker", among, draw(st.sampled_from(["true", "urgent"])), draw(st.booleans())))
        if self.relation:
            both = "head | deputy"
            one, two = draw(st.sampled_from([("deputy", "deputy"), ("deputy", both), (both, both)]))
            found.append(s.relation("partner", one, two, draw(st.booleans()), draw(st.booleans())))
        if self.named:
            found.append(s.named_set("leaders", "head | (deputy when urgent)"))
        return found

    def sets(self, principal: bool = False) -> st.SearchStrategy[str]:
        known = ["head", "head", "deputy", "deputy", "present(deputy)", "absent(deputy)"]
        known += ["deputy - absent(deputy, away)", "(head when urgent)", "head | deputy", "head | present(deputy)"]
        known += ["deputy & present(head | deputy)"]
        if self.portfolio:
            known += ["in_charge(deputy)"] * 3 + ["head | in_charge(deputy)", "deputy - in_charge(deputy)"]
        if self.secretary:
            known += ["secretary"] * 3
        if self.role:
            known += ["asker", "deputy - asker"]
        if self.relation:
            known += ["partner(deputy)", "partner(head | deputy)"]
            known += ["partner(principal)"] * 3 if principal else []
        if self.named:
            known += ["leaders"]
        if principal:
            known += ["deputy - principal", "head | deputy - principal", "principal"]
        return st.sampled_from(known)

    def conditions(self, principal: bool = False) -> st.SearchStrategy[str]:
        known = [*self.flags, *self.flags, "some(absent(head))", "some(absent(deputy))", "some(present(deputy))"]
        known += ["count(absent(head | deputy)) >= 2", "count(present(deputy)) = 1", "count(absent(deputy)) <= 1"]
        if self.portfolio:
            known += ["some(in_charge(deputy))"] * 2 + ["count(in_charge(deputy)) >= 2"]
        if self.reading:
            known += ["reading(r, a)", "reading(r, b)"]
        if self.role:
            known += ["some(asker)", "some(absent(asker))"]
        if self.relation:
            known += ["some(partner(deputy))"]
        if self.body:
            known += [f"{KIND} = {MEETING}", f"{BODY} != none", f"{BODY} in {{none, council}}"]
        if principal:
            known += ["some(principal & deputy)", "some(absent(principal, leave))"]
        base = st.sampled_from(known)
        extended = st.one_of(
            base,
            base.map(lambda a: f"not {a}"),
            st.tuples(base, base).map(lambda ab: f"{ab[0]} and not {ab[1]}"),
            st.tuples(base, base).map(lambda ab: f"{ab[0]} or {ab[1]}"),
        )
        return st.one_of(st.just("true"), extended)


@st.composite
def small(
    draw: st.DrawFn,
    most: int = 4000,
    states: tuple[str, ...] = STATES,
    rich: bool = True,
    deadlines: bool = True,
    every_form: bool = False,
) -> Small:
    """A rule set with at most `most` candidate situations; drops a state of absence where that is needed.

    With `every_form` also with what bears on no situation alone: returns, steps parted, references.
    """
    names = _Names(draw, rich)
    vocabulary = names.vocabulary(draw)
    if draw(st.integers(0, 3)) == 3:
        conditions = ["urgent or not some(absent(head))", "some(present(head | deputy))"]
        conditions += ["some(in_charge(deputy))"] if names.portfolio else []
        vocabulary.append(s.fact("f", draw(st.sampled_from(conditions))))
    article = 0

    def place() -> int:
        nonlocal article
        article += draw(st.sampled_from([1, 1, 1, 0])) if article else 1
        return article

    norms: list[Norm] = []
    common = st.fixed_dictionaries(
        {
            "strength": st.sampled_from([Strength.STRICT, Strength.STRICT, Strength.STRICT, Strength.IN_PRINCIPLE]),
            "under": st.sampled_from([(), (), (("r", "a"),), (("r", "b"),)] if names.reading else [()]),
        }
    )
    acts = ("sign", "sign", "sign", "approve", "review", "publish")
    for i in range(draw(st.integers(1, 4 if rich else 3))):
        earlier = tuple(f"p{k}" for k in range(i))
        meets = names.body and draw(st.integers(0, 2)) == 2
        by = st.sampled_from(["council", "council", "head | council"]) if meets else names.sets()
        fields = {
            "joint": draw(st.sampled_from([False, False, True])),
            "may": draw(st.sampled_from([False, False, False, True])),
            "residual_to": draw(st.sampled_from([(), (), (), earlier, earlier[-1:]])),
        }
        does = draw(st.sampled_from(acts))
        if draw(st.integers(0, 6)) == 6:
            fields["delegation"] = parse_set(draw(st.sampled_from(["head", "head", "deputy"])))
        norms.append(s.power(f"p{i}", place(), does, draw(by), draw(names.conditions()), **fields, **draw(common)))
    for i in range(draw(st.integers(0, 3))):
        norms.append(_stand_in(draw, names, f"s{i}", place(), draw(common)))
    for i in range(draw(st.integers(0, 2 if rich else 1))):
        norms.append(_deontic(draw, names, f"d{i}", place(), draw(common)))
    if draw(st.integers(0, 4)) == 4:
        between = draw(st.sampled_from([("head", "deputy"), ("deputy", "deputy - principal")]))
        unless = parse_condition(draw(st.one_of(st.just("false"), names.conditions(principal=True))))
        norms.append(s.exclusion("e0", place(), *between, draw(names.conditions()), unless=unless, **draw(common)))
    if names.body:
        chair = draw(st.sampled_from(["head", "deputy", "head | deputy"]))
        norms.append(s.composition("c0", place(), "council", chair))
        if draw(st.integers(0, 3)) == 3:
            norms.append(s.composition("c1", place(), "council", "deputy", delegation="head"))
    if draw(st.integers(0, 2)) == 2:
        norms.extend(_routed(draw, names, place, deadlines))
    if draw(st.integers(0, 5)) == 5 and len([n for n in norms if isinstance(n, Power)]) > 1:
        # against the order of `residual_to`, a later power may only yield to an earlier one
        norms.append(Precedence(id="pre", citations=s.cite(place()), prevails=("p0",), yields=("p1",)))
    if every_form:
        norms = _more_forms(draw, norms, place)
    rules = s.ruleset(*vocabulary, *norms)
    cast = make_cast(rules)
    while breadth(rules, cast, states) > most and len(states) > 1:
        states = states[1:]
    if breadth(rules, cast, states) > most:
        rules = _without_delegations(rules)
    assume(breadth(rules, cast, states) <= most)
    return Small(rules, cast, states)


def _without_delegations(rules: RuleSet) -> RuleSet:
    """For rule sets that would be too large to enumerate."""
    norms: dict[str, Norm] = {}
    for name, norm in rules.norms.items():
        if isinstance(norm, (StandIn, Power)):
            norms[name] = replace(norm, delegation=None)
        else:
            norms[name] = replace(norm, chair_delegation=None) if isinstance(norm, Composition) else norm
    return replace(rules, norms=norms)


def _stand_in(draw: st.DrawFn, names: _Names, ident: str, article: int, common: Mapping[str, Any]) -> StandIn:
    return s.stand_in(
        ident,
        article,
        draw(st.sampled_from(["head", "deputy", "head | deputy"])),
        draw(names.sets(principal=True)),
        draw(st.sampled_from(CAUSES)),
        draw(st.sampled_from(["", "", "", "principal", "head"])),
        draw(st.one_of(st.just("true"), names.conditions(principal=True))),
        acts=draw(st.sampled_from([("*",), ("*",), ("sign", "approve"), ("review",)])),
        by_rank=draw(st.booleans()),
        chain=draw(st.booleans()),
        **common,
    )


def _deontic(draw: st.DrawFn, names: _Names, ident: str, article: int, common: Mapping[str, Any]) -> Norm:
    modality = draw(st.sampled_from(["duty", "duty", "prohibition", "permission"]))
    passive = modality == "duty" and draw(st.booleans())
    does = draw(st.sampled_from(["sign", "approve"] if passive else ["sign", "publish", "publish", "withhold"]))
    unless = draw(st.one_of(st.just("false"), names.conditions()))
    by = "" if passive else draw(names.sets())
    return s.deontic(ident, article, modality, does, by, draw(names.conditions()), unless, **common)


def _routed(draw: st.DrawFn, names: _Names, place: Callable[[], int], deadlines: bool) -> list[Norm]:
    """A route of two or three steps, with bounds and a meeting that recurs."""
    steps = []
    for i in range(draw(st.integers(2, 3))):
        does = draw(st.sampled_from(["review", "forward", "sign", "approve"]))
        by = "council" if names.body and draw(st.integers(0, 2)) == 2 else draw(names.sets())
        steps.append((f"x{i}", does, by))
    whole = s.route("r0", place(), *steps, when=draw(names.conditions()))
    found: list[Norm] = [whole]
    if not deadlines:
        return found
    events = ["start", *(x for x, _, _ in steps), "end"]
    for i in range(draw(st.integers(0, 3))):
        one, two = sorted(draw(st.lists(st.integers(0, len(events) - 1), min_size=2, max_size=2, unique=True)))
        kind = draw(st.sampled_from(["ceiling", "floor"]))
        unit = draw(st.sampled_from(["working_day", "calendar_day"]))
        more = {"when": parse_condition(draw(names.conditions()))}
        amount = draw(st.integers(1, 9))
        found.append(s.bound(f"b{i}", place(), "r0", (events[one], events[two]), kind, amount, unit, **more))
    if names.body:
        found.append(Cadence(id="k0", citations=s.cite(place()), body="council", amount=draw(st.integers(1, 9))))
    return found


def _more_forms(draw: st.DrawFn, norms: list[Norm], place: Callable[[], int]) -> list[Norm]:
    """With a return of the route's last step, its first two steps parted, a period for its last, a reference."""
    found: list[Norm] = []
    for norm in norms:
        if isinstance(norm, Route):
            first, *_, last = norm.steps
            if draw(st.integers(0, 2)) == 2:
                norm = replace(norm, steps=(*norm.steps[:-1], replace(last, back_to=first.id)))
            if draw(st.integers(0, 1)):
                parted = (first.id, norm.steps[1].id)
                found.append(Exclusion(id="e1", citations=s.cite(place()), route=norm.id, steps=parted))
            if draw(st.integers(0, 3)) == 3:
                more = {"route": norm.id, "step": last.id, "amount": 1, "unit": "month"}
                found.append(Cadence(id="k1", citations=s.cite(place()), **more))  # type: ignore[arg-type]
        found.append(norm)
    if draw(st.integers(0, 3)) == 3:
        article = draw(st.integers(1, 9))
        found.append(Reference(id="ref", citations=s.cite(place()), kind="cites", target="t", article=article))
    if draw(st.integers(0, 3)) == 3:
        found += _of_a_law(draw)
    return found


def _of_a_law(draw: st.DrawFn) -> list[Norm]:
    """What a law keeps for somebody, asks of a meeting, and gives time for."""
    cited = (Citation(s.INSTRUMENT, 1, law="法"),)
    head = parse_set("head")
    ceiling, amount = draw(st.booleans()), draw(st.integers(1, 9))
    time: dict[str, Any] = {"ceiling": ceiling, "amount": amount, "unit": "calendar_day"}
    return [
        Reserved(id="law_act", citations=cited, act="sign", to=head),
        Assembly(id="law_meeting", citations=cited, meeting="council", chair=head),
        Period(id="law_time", citations=cited, from_act="review", to_act="sign", **time),
    ]


@st.composite
def timed_routes(draw: st.DrawFn, units: tuple[str, ...] = UNITS, parallel: bool = True) -> RuleSet:
    """One route with floors, periods, cadences and one ceiling over events in the order of the file."""
    number = draw(st.integers(1, 4))
    steps: list[Step] = []
    for i in range(number):
        choices = [tuple(x.id for x in steps[-1:])]
        if parallel and steps:
            choices += [(), (steps[0].id,), tuple(x.id for x in steps[-2:])]
        by = draw(st.sampled_from(["council", "head"]))
        made = s.power(f"r0.x{i}", 1, "review", by, route="r0")
        steps.append(Step(id=f"x{i}", power=made, after=draw(st.sampled_from(choices))))
    events = ["start", *(x.id for x in steps), "end"]
    norms: list[Norm] = [Route(id="r0", citations=s.cite(1), steps=tuple(steps))]
    for i in range(draw(st.integers(1, 4))):
        one, two = sorted(draw(st.lists(st.integers(0, len(events) - 1), min_size=2, max_size=2, unique=True)))
        kind = "ceiling" if i == 0 else draw(st.sampled_from(["floor", "floor", "ceiling"]))
        unit = draw(st.sampled_from(units))
        amount = draw(st.integers(1, 60 if unit == "hour" else 3 if unit == "month" else 20))
        expiry = "deemed_consent" if i and kind == "ceiling" else "nothing_said"
        norms.append(s.bound(f"b{i}", 10 + i, "r0", (events[one], events[two]), kind, amount, unit, expiry=expiry))
    if draw(st.booleans()):
        unit = draw(st.sampled_from(units))
        norms.append(Cadence(id="k0", citations=s.cite(20), body="council", amount=draw(st.integers(1, 12)), unit=unit))
    return s.ruleset(s.office("head"), s.meeting("council"), *norms)
