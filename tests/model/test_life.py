"""A paper's life: what may happen next, what cannot, and that the record of a lawful life shows no fault."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from guize.strategies import rule_sets, situations
from model import sketch as s
from model.competence import Hand
from model.conduct import BOTH_STEPS, DISORDERLY, INCOMPETENT, PROHIBITED, TWICE, faults
from model.life import ComesBack, Delegates, Desk, Does, Issues, Leaves, Life, Move, SendsBack, after
from model.norms import Exclusion
from model.ruleset import RuleSet
from model.situation import Paper, Situation, make_cast
from model.vocabulary import Strength

OFFICES = (s.office("head"), s.office("deputy", 2), s.office("clerk"), s.flag("urgent"))


def rules_of(*norms: object) -> RuleSet:
    return s.ruleset(*OFFICES, *norms)


def at(rules: RuleSet, states: dict[str, str] | None = None, **paper: str) -> Life:
    return Life(Situation(make_cast(rules), Paper(paper), states or {}))


def told(rules: RuleSet, life: Life) -> list[str]:
    found = []
    for move in Desk(rules, life).paper_moves():
        hands = "+".join(h.actor for h in getattr(move, "hands", ()))
        found.append(f"{type(move).__name__} {getattr(move, 'power', '')} {hands}".strip())
    return found


def does(rules: RuleSet, life: Life, power: str, actor: str | None = None) -> Life:
    moves = [m for m in Desk(rules, life).paper_moves() if isinstance(m, Does) and m.power == power]
    move = next(m for m in moves if actor is None or actor in {h.actor for h in m.hands})
    return after(rules, life, move)


ROUTE = s.route("r", 1, ("look", "review", "clerk | deputy"), ("name", "sign", "head | deputy"))


def test_steps_come_in_order_and_then_the_paper_is_issued() -> None:
    rules = rules_of(s.route("r", 1, ("look", "review", "clerk"), ("name", "sign", "head")))
    life = at(rules)
    assert told(rules, life) == ["Does r.look clerk"]
    life = does(rules, life, "r.look")
    assert told(rules, life) == ["Does r.name head"]
    life = does(rules, life, "r.name")
    assert told(rules, life) == ["Issues"]
    life = after(rules, life, Issues())
    assert life.issued and not Desk(rules, life).paper_moves()
    assert life.actors(rules, "sign") == {"head"}
    assert faults(rules, life) == ()


def test_a_step_that_may_be_left_out_holds_nothing_up() -> None:
    rules = rules_of(s.route("r", 1, ("look", "review", "clerk"), ("name", "sign", "head"), may="look"))
    assert set(told(rules, at(rules))) == {"Does r.look clerk", "Does r.name head"}
    signed = does(rules, at(rules), "r.name")
    assert told(rules, signed) == ["Issues"]  # what comes before a step that is done is too late


def test_a_power_and_a_step_of_the_same_decision_are_one_stage() -> None:
    rules = rules_of(s.route("r", 1, ("look", "review", "clerk"), ("name", "sign", "head")),
                     s.power("p", 2, "sign", "deputy"))  # fmt: skip
    assert told(rules, at(rules)) == ["Does r.look clerk"]
    life = does(rules, at(rules), "r.look")
    assert len(told(rules, life)) == 3  # the head, or either deputy
    assert told(rules, does(rules, life, "p")) == ["Issues"]


def test_stand_ins_act_and_nobody_else() -> None:
    rules = rules_of(s.power("p", 1, "sign", "head"), s.stand_in("i", 2, "head", "clerk", delegation="principal"))
    life = at(rules, {"head": "leave"})
    assert told(rules, life) == [] and [x.act for x in Desk(rules, life).stuck()] == ["sign"]
    assert Delegates("i", "head") in Desk(rules, life).people_moves()
    life = after(rules, life, Delegates("i", "head"))
    assert told(rules, life) == ["Does p clerk"]
    life = after(rules, life, ComesBack("head"))
    assert not life.situation.delegations and told(rules, life) == ["Does p head"]


def test_a_joint_power_takes_a_hand_for_every_seat() -> None:
    rules = rules_of(s.power("p", 1, "sign", "head | clerk", joint=True))
    assert told(rules, at(rules)) == ["Does p clerk+head"]
    assert told(rules, at(rules, {"clerk": "leave"})) == []


def test_exclusions_prohibitions_and_acts_that_exclude_bar_a_hand() -> None:
    parted = Exclusion(id="e", citations=s.cite(3), route="r", steps=("look", "name"))
    rules = rules_of(ROUTE, parted)
    life = does(rules, at(rules), "r.look", "deputy_1")
    assert set(told(rules, life)) == {"Does r.name head", "Does r.name deputy_2"}
    loose = rules_of(ROUTE, replace(parted, strength=Strength.IN_PRINCIPLE))
    assert "Does r.name deputy_1" in told(loose, does(loose, at(loose), "r.look", "deputy_1"))
    banned = rules_of(ROUTE, s.deontic("d", 3, "prohibition", "review", "deputy", "urgent"))
    assert told(banned, at(banned, urgent="true")) == ["Does r.look clerk"]
    assert len(told(banned, at(banned, urgent="false"))) == 3
    both = rules_of(s.power("p", 1, "publish", "head"), s.power("q", 2, "withhold", "head"))
    assert told(both, does(both, at(both), "p")) == []
    assert [x.act for x in Desk(both, does(both, at(both), "p")).stuck()] == ["withhold"]


def test_a_return_undoes_what_came_after() -> None:
    back = s.route("r", 1, ("draft", "forward", "clerk"), ("look", "review", "deputy"), ("name", "sign", "head"))
    back = replace(back, steps=(*back.steps[:-1], replace(back.steps[-1], back_to="draft")))
    rules = rules_of(back)
    life = does(rules, does(rules, at(rules), "r.draft"), "r.look")
    (returned,) = [m for m in Desk(rules, life).paper_moves() if isinstance(m, SendsBack)]
    assert returned.undone == {"r.draft", "r.look"}
    life = after(rules, life, returned)
    assert life.standing == () and told(rules, life) == ["Does r.draft clerk"]
    assert faults(rules, life) == ()


def test_silence_is_consent_only_where_a_bound_says_so() -> None:
    def with_bound(expiry: str) -> RuleSet:
        return rules_of(s.route("r", 1, ("ask", "forward", "clerk"), ("look", "review", "deputy")),
                        s.bound("b", 2, "r", ("ask", "look"), "ceiling", 5, "working_day", expiry=expiry))  # fmt: skip

    rules = with_bound("deemed_consent")
    assert told(rules, at(rules)) == ["Does r.ask clerk"]
    life = does(rules, at(rules, {"deputy_1": "leave", "deputy_2": "leave"}), "r.ask")
    assert told(rules, life) == ["Does r.look"]
    life = after(rules, life, Desk(rules, life).paper_moves()[0])
    assert told(rules, life) == ["Issues"] and life.actors(rules, "review") == frozenset()
    assert faults(rules, life) == ()
    mute = with_bound("reminder")
    assert told(mute, does(mute, at(mute, {"deputy_1": "leave", "deputy_2": "leave"}), "r.ask")) == []


def test_officials_leave_as_far_as_exclusions_let_them() -> None:
    rules = rules_of(s.power("p", 1, "sign", "head"), s.exclusion("e", 2, "head", "deputy"))
    gone = at(rules, {"head": "leave"})
    leaving = {m.official for m in Desk(rules, gone).people_moves(2, ("leave",)) if isinstance(m, Leaves)}
    assert leaving == {"clerk"}
    assert ComesBack("head") in Desk(rules, gone).people_moves()
    assert not [m for m in Desk(rules, gone).people_moves(1) if isinstance(m, Leaves)]


def test_faults_are_seen_in_a_record_that_no_desk_made() -> None:
    parted = Exclusion(id="e", citations=s.cite(3), route="r", steps=("look", "name"))
    rules = rules_of(ROUTE, parted, s.deontic("d", 4, "prohibition", "sign", "deputy", "urgent"))
    look = Does("r.look", "r.look", (Hand("deputy_1", ("r.look",)),))

    def name(actor: str) -> Does:
        return Does("sign", "r.name", (Hand(actor, ("r.name",)),))

    def kinds(life: Life, *moves: Move) -> set[str]:
        for move in moves:
            life = after(rules, life, move)
        return {f.kind for f in faults(rules, life)}

    assert kinds(at(rules), look, name("head")) == set()
    assert kinds(at(rules), name("head")) == {DISORDERLY}
    assert kinds(at(rules), look, name("clerk")) == {INCOMPETENT}
    assert kinds(at(rules, {"head": "leave"}), look, name("head")) == {INCOMPETENT}
    assert kinds(at(rules), look, name("deputy_1")) == {BOTH_STEPS}
    assert kinds(at(rules, urgent="true"), look, name("deputy_2")) == {PROHIBITED}
    assert kinds(at(rules), look, look) == {TWICE}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_law_no_life_that_follows_the_desk_shows_a_fault(data: st.DataObject) -> None:
    rules = data.draw(rule_sets())
    life = Life(data.draw(situations(rules, states=("leave", "vacancy"))))
    for _ in range(8):
        desk = Desk(rules, life)
        moves = (*desk.paper_moves(), *desk.people_moves(2, ("leave", "vacancy")))
        if life.issued or not moves:
            break
        life = after(rules, life, data.draw(st.sampled_from(moves)))
    assert faults(rules, life) == ()
    assert {d.stage for d in life.standing} == life.done and len(life.standing) == len(life.done)
