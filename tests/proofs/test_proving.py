"""Properties proved: the verdicts are those of enumeration, the evidence is minimal, unknown is never a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import specs
from guize.strategies.small import Small, small
from model import expressions as ex
from model import plainness
from model.enumeration import situations
from model.errors import SelfCheckError
from model.loading import load
from model.outcomes import Outcomes
from model.parsing import parse_condition, parse_set
from model.properties import ALWAYS, POSSIBLE, Property, load_properties
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from model.sorts import Names, check_condition
from proofs import decode
from proofs.audit import CHECKS, audit, hear
from proofs.boolean import Term, conj, neg
from proofs.proving import Status, Verdict, prove
from proofs.session import Session, Unknown
from tests.proofs import support as s
from tests.proofs.test_evidence import parts
from tests.proofs.test_verdicts import QUIET

STATES = ("leave", "out_of_town")
WHAT = s.label("a property")
CAREFUL = Path(__file__).parent.parent / "guize" / "rulesets" / "careful" / "rules.yaml"


def stated(mode: str, holds: str, when: str = "true", absences: int | None = None, name: str = "p") -> Property:
    return Property(name, WHAT, mode, parse_condition(when), parse_condition(holds), absences=absences)


def ask(rules: RuleSet, *properties: Property, most: int = 2, budget: int = 0) -> tuple[Verdict, ...]:
    for p in properties:
        names = Names(rules.vocabulary, outcomes=True)
        assert not [*check_condition(p.when, names), *check_condition(p.holds, names)]
    return prove(hear(rules, make_cast(rules), most, budget, STATES), properties)


def one(rules: RuleSet, *more: object, **fields: object) -> Verdict:
    (found,) = ask(rules, stated(*more), **fields)  # type: ignore[arg-type]
    return found


# random properties


def conditions(rules: RuleSet) -> st.SearchStrategy[str]:
    """Conditions over what a generated rule set has, most of them about what its norms lead to."""
    v = rules.vocabulary
    acts = sorted({p.act for p in rules.powers.values()}) or ["sign"]
    act = st.sampled_from([*acts, *acts, "sign"])
    people = [*v.offices, *v.roles, "everyone", "absent(everyone)", "absent(everyone, leave)"]
    people += ["in_charge(everyone)", "partner(everyone)"] if v.relations else ["in_charge(everyone)"]
    hands = act.map(lambda a: f"hands({a})")
    sets = st.one_of(
        hands,
        st.tuples(hands, st.sampled_from(people), st.sampled_from("&|-")).map(lambda x: f"{x[0]} {x[2]} {x[1]}"),
        st.tuples(hands, hands, st.sampled_from("&-")).map(lambda x: f"{x[0]} {x[2]} {x[1]}"),
        st.tuples(hands, act).map(lambda x: f"({x[0]} when stuck({x[1]}))"),
        st.sampled_from(people),
    )
    plain = ["true", "some(absent(everyone))", *(a.id for a in v.attributes.values() if a.boolean)]
    plain += [f"reading({r.id}, {c})" for r in v.readings.values() for c in r.domain] * 2
    atoms = st.one_of(
        act.map(lambda a: f"wanted({a})"),
        act.map(lambda a: f"stuck({a})"),
        st.tuples(act, act).map(lambda ab: f"precedes({ab[0]}, {ab[1]})"),
        sets.map(lambda x: f"some({x})"),
        st.tuples(sets, st.sampled_from(["=", "<=", ">="]), st.integers(0, 3)).map(
            lambda x: f"count({x[0]}) {x[1]} {x[2]}"
        ),
        st.sampled_from(plain),
    )
    signed = st.tuples(atoms, st.booleans()).map(lambda x: f"not {x[0]}" if x[1] else x[0])
    joined = st.tuples(signed, signed, st.sampled_from(["and", "or"])).map(lambda x: f"({x[0]} {x[2]} {x[1]})")
    return st.one_of(signed, joined, st.tuples(signed, joined).map(lambda x: f"{x[0]} and {x[1]}"))


def properties(rules: RuleSet) -> st.SearchStrategy[Property]:
    return st.builds(
        stated,
        st.sampled_from([ALWAYS, ALWAYS, POSSIBLE]),
        conditions(rules),
        st.one_of(st.just("true"), conditions(rules)),
        st.sampled_from([None, 0, 1, 2]),
    )


class Case:
    """A generated rule set with random properties, their verdicts, and every situation there is."""

    def __init__(self, example: Small, data: st.DataObject) -> None:
        self.example, self.rules = example, example.rules
        drawn = data.draw(st.lists(properties(self.rules), min_size=3, max_size=6))
        self.properties = [replace(p, id=f"p{i}") for i, p in enumerate(drawn)]
        self.most = data.draw(st.integers(0, len(example.cast.ids)))
        self.hearing = hear(self.rules, example.cast, self.most, 0, example.states)
        self.verdicts = prove(self.hearing, self.properties)
        self.everything = list(situations(self.rules, example.cast, example.states))

    def within(self, of: Property) -> list[Situation]:
        most = self.most if of.absences is None else of.absences
        return [at for at in self.everything if len(at.absent) <= most]

    def showing(self, of: Property) -> list[Situation]:
        """Counterexamples of an `always`, examples of a `possible`."""
        return [at for at in self.within(of) if shown(self.rules, of, at)]


def shown(rules: RuleSet, of: Property, at: Situation) -> bool:
    outcomes = Outcomes(rules, at)
    return outcomes.holds(of.when) and outcomes.holds(of.holds) == (of.mode == POSSIBLE)


def verdicts(case: Case) -> None:
    """An `always` fails exactly where a counterexample is, a `possible` exactly where no example is; vacuity."""
    for found in case.verdicts:
        of = found.property
        some = case.showing(of)
        if of.mode == POSSIBLE:
            assert found.status is (Status.HOLDS if some else Status.FAILS), of
        elif some:
            assert found.status is Status.FAILS, of
        else:
            ever = any(Outcomes(case.rules, at).holds(of.when) for at in case.within(of))
            assert found.status is (Status.HOLDS if ever else Status.VACUOUS), of
        assert (found.witness is not None) == bool(some)


def witnesses(case: Case) -> None:
    """The witness occurs and shows it, and none is plainer: fewest absences, then least weight."""
    for found in case.verdicts:
        if found.witness is None:
            continue
        assert reachable(case.rules, found.witness)
        assert shown(case.rules, found.property, found.witness)
        costs = [plainness.cost(case.rules, at) for at in case.showing(found.property)]
        assert plainness.cost(case.rules, found.witness) == min(costs)


def readings(case: Case) -> None:
    """The combinations of readings under which it is shown are told, no more and no fewer."""
    for found in case.verdicts:
        if found.witness is None:
            assert (found.every_reading, found.readings, found.holds_under) == (True, (), ())
            continue
        check_readings(case.rules, found, case.showing(found.property))


def check_readings(rules: RuleSet, found: Verdict, showing: Iterable[Situation]) -> None:
    domains = {r.id: r.domain for r in rules.vocabulary.readings.values()}
    under = {tuple(at.readings[r] for r in domains) for at in showing}
    every = list(product(*domains.values()))
    assert found.every_reading == (len(under) == len(every))
    assert (not found.holds_under) == found.every_reading == (not found.readings)
    for combination in every:
        chosen = dict(zip(domains, combination, strict=True))
        told = found.every_reading or any(u.items() <= chosen.items() for u in found.holds_under)
        assert told == (combination in under), chosen
    assert all(set(u) == set(found.readings) for u in found.holds_under)


def cores(case: Case) -> None:
    """The core forces the counterexample whatever else there is, and none of its members can be spared."""
    rules, encoding = case.rules, case.hearing.encoding
    session = Session(encoding)
    repeated = any(
        len({x.power.act for x in r.steps}) < len(r.steps) for r in rules.routes.values()
    )  # a route without one of two like steps has other stages
    for found in case.verdicts:
        of = found.property
        if found.status is not Status.FAILS or of.mode == POSSIBLE:
            assert not found.norms
            continue
        violation = conj([encoding.holds(of.when), neg(encoding.holds(of.holds))])
        assert found.witness is not None
        point = {k: frozenset({v}) for k, v in decode.variables_of(encoding, found.witness).items()}
        goals = [*session.outside(point), session.literal(neg(violation))]
        session.model([])
        switches = encoding.switches
        assert not session.satisfiable([*goals, *(switches[n] for n in found.norms)], whole=False)
        for spared in found.norms:
            kept = [switches[n] for n in found.norms if n != spared]
            assert session.satisfiable([*goals, *kept], whole=False), spared
        ordered = any(isinstance(n, ex.Precedes) for c in (of.when, of.holds) for n in c.walk())
        if not repeated and not ordered:
            for more in parts(rules, found.norms):
                smaller = s.restricted(rules, (*found.norms, *more))
                assert shown(smaller, of, found.witness), (of, found.norms, more)


LAWS = [verdicts, witnesses, readings, cores]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=QUIET)
@given(small(most=800), st.data())
def test_proving_agrees_with_enumeration(example: Small, data: st.DataObject) -> None:
    case = Case(example, data)
    for law in LAWS:
        law(case)


@pytest.mark.long
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_proving_at_length(law: Callable[[Case], None]) -> None:
    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=QUIET)
    @given(small(most=3000), st.data())
    def run(example: Small, data: st.DataObject) -> None:
        law(Case(example, data))

    run()


# by hand

HEAD, DEPUTY = s.office("head"), s.office("deputy")
ILL = s.stand_in("s", 2, "head", "deputy", ("leave",))
PLAIN = (HEAD, DEPUTY, s.flag("urgent"), s.power("p", 1, "sign", "head"), ILL)


def test_a_property_has_its_own_bound_and_else_the_one_asked() -> None:
    rules = s.ruleset(*PLAIN)
    assert one(rules, ALWAYS, "not stuck(sign)", "true", None, most=0).status is Status.HOLDS
    assert one(rules, ALWAYS, "not stuck(sign)", "true", 0, most=2).status is Status.HOLDS
    found = one(rules, ALWAYS, "not stuck(sign)", "true", 1, most=0)
    assert found.status is Status.FAILS
    assert found.witness is not None and dict(found.witness.states) == {"head": "out_of_town"}
    assert found.norms == ("p",)


def test_what_cannot_occur_is_vacuous_and_not_merely_held() -> None:
    rules = s.ruleset(*PLAIN, s.fact("f", "not urgent"))
    assert one(rules, ALWAYS, "false", "urgent").status is Status.VACUOUS
    assert one(rules, ALWAYS, "false", "count(absent(everyone)) >= 2", 1).status is Status.VACUOUS
    assert one(rules, ALWAYS, "true", "not urgent").status is Status.HOLDS
    assert one(rules, POSSIBLE, "urgent").status is Status.FAILS


def test_a_possible_shows_its_plainest_example() -> None:
    found = one(s.ruleset(*PLAIN), POSSIBLE, "some(hands(sign) & deputy)")
    assert found.status is Status.HOLDS
    assert found.witness is not None and dict(found.witness.states) == {"head": "leave"}


def test_verdicts_come_in_the_order_asked() -> None:
    found = ask(s.ruleset(*PLAIN), *(stated(ALWAYS, c, name=c) for c in ("true", "urgent", "false")))
    assert [(v.property.id, v.status.value) for v in found] == [
        ("true", "holds"), ("urgent", "fails"), ("false", "fails"),
    ]  # fmt: skip


def test_a_property_that_lacks_names_is_inapplicable() -> None:
    rules = s.ruleset(*PLAIN)
    lacking = replace(stated(ALWAYS, "false"), unknown=("order",))
    other = Property("q", WHAT, silent="no-such-check")
    assert [v.status for v in prove(hear(rules, make_cast(rules)), [lacking, other])] == [Status.INAPPLICABLE] * 2


def three_readings(**more: object) -> tuple[object, ...]:
    return (*PLAIN[:4], s.reading("a", "x", "y"), s.reading("b", "x", "y", "z"), s.reading("c", "x", "y"))


def enumerated(rules: RuleSet, found: Verdict, most: int = 2) -> None:
    cast = make_cast(rules)
    within = (at for at in situations(rules, cast, STATES) if len(at.absent) <= most)
    check_readings(rules, found, [at for at in within if shown(rules, found.property, at)])


def test_a_reading_that_takes_a_stand_in_away_is_told() -> None:
    """The core has the power alone, for under this reading the stand-in is not in force; it hangs on it yet."""
    stands = s.stand_in("s", 2, "head", "deputy", ("any",), under=(("b", "x"),))
    rules = s.ruleset(*three_readings(), stands)
    found = one(rules, ALWAYS, "not stuck(sign)", "true", 1)
    assert (found.status, found.every_reading, found.readings) == (Status.FAILS, False, ("b",))
    assert sorted(u["b"] for u in found.holds_under) == ["y", "z"]
    enumerated(rules, found, 1)


def test_readings_that_only_together_make_it_fail() -> None:
    two = [s.stand_in(i, 2, "head", "deputy", ("any",), under=((r, "x"),)) for i, r in (("s", "a"), ("t", "c"))]
    rules = s.ruleset(*three_readings(), *two)
    found = one(rules, ALWAYS, "not stuck(sign)", "true", 1)
    assert found.readings == ("a", "c")
    assert found.holds_under == ({"a": "y", "c": "y"},)
    enumerated(rules, found, 1)


def test_a_reading_that_only_moves_the_counterexample_bears_not_on_it() -> None:
    """Under one choice the head is missed on leave, under the other out of town: it fails under both."""
    two = [s.stand_in(i, 2, "head", "deputy", (c,), under=(("a", x),))
           for i, c, x in (("s", "leave", "x"), ("t", "out_of_town", "y"))]  # fmt: skip
    rules = s.ruleset(*three_readings(), *two)
    found = one(rules, ALWAYS, "not stuck(sign)", "true", 1)
    assert (found.every_reading, found.readings, found.holds_under) == (True, (), ())
    enumerated(rules, found, 1)


def test_a_reading_the_property_names_itself_bears_on_it() -> None:
    rules = s.ruleset(*three_readings())
    found = one(rules, ALWAYS, "reading(b, x) or urgent")
    assert found.readings == ("b",)
    enumerated(rules, found)


def test_a_reading_that_makes_the_situation_impossible_bears_on_it() -> None:
    apart = s.exclusion("e", 5, "head", "deputy", under=(("a", "x"),))
    rules = s.ruleset(*three_readings(), apart)
    found = one(rules, ALWAYS, "count(absent(everyone)) <= 1")
    assert (found.readings, found.holds_under) == (("a",), ({"a": "y"},))
    enumerated(rules, found)


def test_a_possible_says_under_which_readings_it_is_so() -> None:
    rules = s.ruleset(*three_readings(), s.power("q", 3, "approve", "head", under=(("c", "y"),)))
    found = one(rules, POSSIBLE, "some(hands(approve))")
    assert (found.status, found.every_reading, found.holds_under) == (Status.HOLDS, False, ({"c": "y"},))
    enumerated(rules, found)


def test_a_dozen_readings_are_not_tried_one_after_the_other() -> None:
    names = [f"r{i}" for i in range(14)]
    stands = [s.stand_in(f"s{i}", 2, "head", "deputy", ("any",), under=((n, "x"),)) for i, n in enumerate(names)]
    rules = s.ruleset(HEAD, DEPUTY, s.power("p", 1, "sign", "head"), *(s.reading(n, "x", "y") for n in names), *stands)
    hearing = hear(rules, make_cast(rules), 1, 0, STATES)
    (found,) = prove(hearing, [stated(ALWAYS, "not stuck(sign)")])
    assert found.holds_under == (dict.fromkeys(names, "y"),)
    assert hearing.session.queries < 100


# what a check should not find


def clashes(under: Mapping[str, str]) -> tuple[object, ...]:
    return tuple(
        x
        for i, who, (reading, choice) in zip((0, 1), ("head", "deputy"), under.items(), strict=False)
        for x in (
            s.deontic(f"must{i}", 10 + 10 * i, "duty", "publish", who, under=((reading, choice),)),
            s.deontic(f"not{i}", 15 + 10 * i, "prohibition", "publish", who, under=((reading, choice),)),
        )
    )


def silent(rules: RuleSet, check: str, budget: int = 0) -> Verdict:
    hearing = hear(rules, make_cast(rules), 2, budget, STATES)
    return prove(hearing, [Property("p", WHAT, silent=check)])[0]


def test_a_check_that_finds_something_fails_with_its_findings() -> None:
    rules = s.ruleset(*PLAIN)
    found = silent(rules, "stand-in-gap")
    assert found.status is Status.FAILS
    report = audit(rules, states=STATES, checks=["stand-in-gap"])
    assert found.findings == tuple(f.id for f in report.findings)
    assert found.witness is not None and found.norms


def test_a_check_that_finds_nothing_holds_or_is_vacuous() -> None:
    lone = s.deontic("must", 10, "duty", "publish", "deputy"), s.deontic("not", 11, "prohibition", "publish", "head")
    assert silent(s.ruleset(*PLAIN, *lone), "contradiction").status is Status.HOLDS
    assert silent(s.ruleset(*PLAIN), "contradiction").status is Status.VACUOUS
    assert silent(s.ruleset(*PLAIN), "deadline-infeasible").status is Status.VACUOUS


def test_findings_under_some_readings_are_told_with_all_of_them() -> None:
    readings = (s.reading("a", "x", "y"), s.reading("b", "x", "y"))
    some = silent(s.ruleset(*PLAIN, *readings, *clashes({"a": "y", "b": "x"})), "contradiction")
    assert (some.status, some.every_reading, set(some.readings)) == (Status.FAILS, False, {"a", "b"})
    assert sorted(tuple(u.items()) for u in some.holds_under) == [(("a", "y"),), (("b", "x"),)]
    always = (
        s.deontic("must", 40, "duty", "publish", "deputy"),
        s.deontic("not", 45, "prohibition", "publish", "deputy"),
    )
    every = silent(s.ruleset(*PLAIN, *readings, *clashes({"a": "y"}), *always), "contradiction")
    assert (every.every_reading, every.readings, every.holds_under) == (True, (), ())


# unknown


def gives_up(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    real, asked = Session.satisfiable, 0

    def satisfiable(self: Session, assumptions: Iterable[Term], whole: bool = True) -> bool:
        nonlocal asked
        asked += 1
        if asked > after:
            raise Unknown("max. resource limit exceeded")
        return real(self, assumptions, whole)

    monkeypatch.setattr(Session, "satisfiable", satisfiable)


ALL = (
    stated(ALWAYS, "not stuck(sign)", name="fails"),
    stated(ALWAYS, "some(hands(sign)) or stuck(sign)", name="holds"),
    stated(ALWAYS, "true", "some(absent(everyone)) and not some(absent(everyone))", name="vacuous"),
    stated(POSSIBLE, "some(hands(sign) & deputy)", name="possible"),
    stated(POSSIBLE, "some(hands(sign) & absent(everyone))", name="impossible"),
    Property("silent", WHAT, silent="stand-in-gap"),
)


@pytest.mark.parametrize("after", range(0, 30, 2))
def test_wherever_the_solver_stops_a_verdict_is_right_or_unknown(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    rules = s.ruleset(*PLAIN, s.reading("a", "x", "y"))
    whole = {v.property.id: v.status for v in ask(rules, *ALL)}
    assert len(set(whole.values())) == 3
    gives_up(monkeypatch, after)
    found = ask(rules, *ALL)
    assert any(v.status is Status.UNKNOWN for v in found)
    for verdict in found:
        assert verdict.status in (Status.UNKNOWN, whole[verdict.property.id])
        assert verdict.reason == ("max. resource limit exceeded" if verdict.status is Status.UNKNOWN else "")


def test_with_a_budget_too_small_nothing_open_is_said_to_hold() -> None:
    careful = load(CAREFUL, specs.ROOT)
    asked = load_properties(specs.PROPERTIES, careful, general=True, checks=CHECKS)
    found = prove(hear(careful, make_cast(careful), 2, 1), asked)
    assert sum(v.status is Status.UNKNOWN for v in found) > 5
    assert not any(v.status is Status.FAILS for v in found)


# replay


def test_a_witness_that_does_not_replay_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outcomes, "holds", lambda self, condition, principal=None: True)
    with pytest.raises(SelfCheckError):
        one(s.ruleset(*PLAIN), ALWAYS, "not stuck(sign)")


# the general properties

PLANTED: list[tuple[str, str, str]] = [
    ("everyday_signer", "at: \"1.3\"}", "at: \"1.3\", when: urgency != most_urgent}"),
    ("most_urgent_signing", "at: \"1.3\"}", "at: \"1.3\", when: urgency != most_urgent}"),
    ("single_absence_signing", "for: mayor, by: vice_mayor, causes: [any", "for: mayor, by: vice_mayor, causes: [away"),
    ("single_absence_any_cause", "by: vice_mayor, causes: [any, vacancy]", "by: vice_mayor, causes: [any]"),
    ("everyday_approver", "act: approve, by: mayor", "act: approve, by: in_charge(vice_mayor)"),
    ("single_absence_review", "by: deputy_secretary, causes: [any", "by: deputy_secretary, causes: [illness"),
    ("orders_can_be_signed", "at: \"1.3\"}", "at: \"1.3\", when: kind != order}"),
    ("meetings_have_a_chair", "body: plenary, chair: mayor", "body: plenary, members: mayor"),
    ("meetings_survive_an_absence", "causes: [any, vacancy], acts: all}\n  - {id: for_s",
     "causes: [any, vacancy], acts: [sign, approve]}\n  - {id: for_s"),
    ("minutes_are_signed", "when: kind = minutes", "when: kind = report"),
    ("signer_did_not_review", "act: review, by: secretary_general", "act: review, by: mayor"),
    ("normative_documents_reviewed", "at: \"1.2\"}", "at: \"1.2\", when: kind != normative_document}"),
    ("legality_review_first", "at: \"1.3\"}", "at: \"1.3\", after: [look]}"),
    ("nobody_reviews_himself", "act: review, by: secretary_general", "act: review, by: mayor"),
    ("stand_in_chains_end", "  - {id: made_public",
     "  - {id: back, form: stand_in, at: \"5.2\", for: deputy_secretary, by: secretary_general, causes: [any], "
     "acts: all, chain: true}\n  - {id: made_public"),
    ("ceilings_can_be_met", "amount: 10", "amount: 2"),
    ("one_signer", "  - {id: approval", "  - {id: approval_too, form: power, at: \"9\", act: approve, "
     "by: secretary_general, when: official_document}\n  - {id: approval"),
    ("no_contradiction", "act: publish, by: vice_mayor", "act: publish, by: secretary_general"),
]  # fmt: skip


@pytest.fixture(scope="module")
def unharmed() -> dict[str, Verdict]:
    rules = load(CAREFUL, specs.ROOT)
    asked = load_properties(specs.PROPERTIES, rules, general=True, checks=CHECKS)
    return {v.property.id: v for v in prove(hear(rules, make_cast(rules)), asked)}


def test_every_general_property_holds_of_a_careful_rule_set(unharmed: dict[str, Verdict]) -> None:
    assert {i: v.status.value for i, v in unharmed.items() if v.status is not Status.HOLDS} == {}


def test_a_defect_is_planted_for_every_general_property(unharmed: dict[str, Verdict]) -> None:
    assert {i for i, _, _ in PLANTED} == set(unharmed)


@pytest.mark.parametrize(("ident", "sound", "defect"), PLANTED, ids=[i for i, _, _ in PLANTED])
def test_a_planted_defect_makes_its_property_fail(tmp_path: Path, ident: str, sound: str, defect: str) -> None:
    """The same file without the defect is `unharmed`, of which every property holds."""
    text = CAREFUL.read_text(encoding="utf-8")
    assert text.count(sound) == 1
    (tmp_path / "rules.yaml").write_text(text.replace(sound, defect), encoding="utf-8")
    rules = load(tmp_path / "rules.yaml", specs.ROOT)
    asked = [p for p in load_properties(specs.PROPERTIES, rules, general=True, checks=CHECKS) if p.id == ident]
    (found,) = prove(hear(rules, make_cast(rules)), asked)
    assert found.status is Status.FAILS
    assert found.property.mode == POSSIBLE or found.witness is not None


def test_sets_and_conditions_mean_the_same_to_both_engines() -> None:
    """One hand-made corner: a role, a body that can meet, and everyone, in one expression."""
    rules = s.ruleset(
        HEAD, DEPUTY, s.meeting("council"), s.composition("c", 1, "council", "head"),
        s.attribute("kind", "notice", "meeting"), s.attribute("body", "none", "council"),
        s.power("p", 2, "review", "council"), s.role("asker", "head | deputy"),
    )  # fmt: skip
    found = one(rules, ALWAYS, "count(hands(review) | asker | absent(everyone)) <= 2", "some(hands(review))")
    assert found.status is Status.FAILS
    assert found.witness is not None
    outcomes = Outcomes(rules, found.witness)
    assert outcomes.members(parse_set("hands(review)")) == {"council"}
    assert len(outcomes.members(parse_set("hands(review) | asker | absent(everyone)"))) == 3


def uneven() -> RuleSet:
    """A joint power, and a route whose first step is on some papers only: rare among the generated."""
    plain = s.route("r0", 4, ("x0", "review", "head"), ("x1", "approve", "deputy"))
    first = plain.steps[0]
    sometimes = replace(first, power=replace(first.power, when=parse_condition("urgent")))
    joint = s.power("p", 1, "sign", "head | deputy", joint=True)
    return s.ruleset(HEAD, DEPUTY, s.flag("urgent"), joint, replace(plain, steps=(sometimes, plain.steps[1])))


@pytest.mark.parametrize("when", ["true", "urgent", "not urgent", "some(absent(head))", "not some(absent(everyone))"])
@pytest.mark.parametrize(
    "holds",
    ["some(hands(sign))", "count(hands(sign)) = 2", "stuck(sign)", "precedes(review, approve)", "wanted(review)"],
)
def test_joint_powers_and_uneven_routes_agree_with_enumeration(when: str, holds: str) -> None:
    rules = uneven()
    everything = list(situations(rules, make_cast(rules), STATES))
    for mode in (ALWAYS, POSSIBLE):
        for text in (holds, f"not {holds}"):
            of = stated(mode, text, when)
            (found,) = ask(rules, of)
            assert (found.status is Status.FAILS) == (
                any(shown(rules, of, at) for at in everything) == (mode == ALWAYS)
            )
