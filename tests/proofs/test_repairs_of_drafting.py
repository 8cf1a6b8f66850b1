"""Repairs of what a text leaves open: offered where something can be said, with the flaw gone and none new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guize.jsonform import repair as written
from guize.sentences.repair import sentence
from model.drafting import CHECKS, Flaw
from model.norms import Bound, Cadence, Composition, Deontic, Power, Reference, Reserved
from model.parsing import parse_condition, parse_set
from model.ruleset import RuleSet
from model.vocabulary import Alias
from proofs.audit import audit
from proofs.findings import Finding, Report
from proofs.repairing import repair as kinds
from proofs.repairing.offering import with_repairs
from tests.proofs import support as s
from tests.proofs.test_drafting import (
    CHAIRED,
    COMPLETE,
    COUNCIL,
    DEPUTY,
    HEAD,
    KEPT,
    MEANT,
    PAPERS,
    ROUTE,
    SLIP,
    cited,
    of_law,
    office,
    quoting,
)

STATES = ("leave",)


def mended(*things: object) -> tuple[RuleSet, Report]:
    rules = s.ruleset(*things)
    rules = replace(rules, titles=(MEANT,))
    return rules, with_repairs(rules, audit(rules, states=STATES), states=STATES)


def open_things(report: Report) -> set[tuple[str, str, str]]:
    return {
        (f.check, subject, lack)
        for f in report.findings
        if isinstance(f.details, Flaw)
        for subject in f.details.subjects
        for lack in f.details.lacks or ("",)
    }


def offered(check: str, *things: object) -> tuple[RuleSet, Finding]:
    """The finding of a check with its repairs, each looked at by another audit."""
    rules, report = mended(*things)
    assert not report.unknown
    finding = next(f for f in report.findings if f.check == check)
    for repair in finding.repairs:
        edited = repair.edit.applied(rules)
        after = open_things(audit(edited, states=STATES, checks=[c for c in CHECKS if c != "numbering"]))
        assert after < open_things(report), repair
        assert not after & open_things(Report("", (finding,), ())), repair
        assert sentence(rules, repair, "zh") and sentence(rules, repair, "en")
        assert written.repair(rules, repair)["amends"]
    return rules, finding


def told(rules: RuleSet, finding: Finding, lang: str = "zh") -> list[str]:
    return [sentence(rules, r, lang) for r in finding.repairs]


def test_a_slip_in_a_title_is_corrected() -> None:
    slip = Reference(id="cites", citations=(cited(9),), kind="cites", target=SLIP)
    rules, finding = offered("dangling-reference", HEAD, slip)
    (repair,) = finding.repairs
    assert repair.kind == kinds.CORRECTED and told(rules, finding) == [f"建议将第九条的《{SLIP}》改为《{MEANT}》。"]


@pytest.mark.parametrize(
    "norm",
    [
        Reference(id="cites", citations=(cited(9),), kind="cites", target="本规则", article=120),
        quoting(s.power("vague", 9, "sign", "head"), "按有关规定签发"),
    ],
)
def test_what_only_the_drafter_can_mean_is_not_guessed(norm: object) -> None:
    _, finding = offered("dangling-reference", HEAD, norm)
    assert not finding.repairs and not finding.tried


def test_a_contested_set_is_defined_in_each_way_it_is_read() -> None:
    leaders = s.named_set("leaders", "head | (deputy when reading(who, broad))")
    things = (HEAD, DEPUTY, leaders, s.reading("who", "narrow", "broad"))
    rules, finding = offered("undefined-role", *things, quoting(s.power("p", 3, "sign", "leaders"), "由leaders签发"))
    assert {str(r.edit.sets[0].members) for r in finding.repairs} == {"head", "head | deputy"}
    assert "建议在第三条“由leaders签发”后增加：“本规则所称leaders，是指head和deputy。”" in told(rules, finding)
    defined = replace(leaders, citation=cited(1))
    _, report = mended(HEAD, DEPUTY, defined, s.reading("who", "narrow", "broad"), s.power("p", 3, "sign", "leaders"))
    assert not [f for f in report.findings if f.check == "undefined-role"]


def test_an_office_that_is_nowhere_constituted_is_not_made_up() -> None:
    _, finding = offered("undefined-role", HEAD, s.office("stranger"), s.power("p", 3, "review", "stranger"))
    assert not finding.repairs and not finding.tried


def test_one_name_is_kept_for_one_thing() -> None:
    boss = replace(HEAD, aliases=(Alias("chief", cited(2, "chief")),))
    rules, finding = offered("term-drift", boss, quoting(s.power("p", 3, "sign", "head"), "head"))
    assert told(rules, finding) == ["建议将第二条的“chief”统一写作“head”。"]
    assert written.repair(rules, finding.repairs[0])["offices"] == [
        {"id": "head", "zh": "head", "en": "head", "at": "1", "quote": "head"}
    ]


def test_a_period_is_said_in_full() -> None:
    bare = replace(KEPT, by=None, expiry="nothing_said")
    rules, finding = offered("open-bound", HEAD, DEPUTY, ROUTE, bare)
    (repair,) = finding.repairs
    (norm,) = repair.edit.changed
    assert isinstance(norm, Bound) and (str(norm.by), norm.expiry) == ("head", "reminder")
    assert "由head负责按期办结；逾期未办结的，予以催办。" in told(rules, finding)[0]


def test_a_period_starts_with_a_step_or_else_the_drafter_says_from_when() -> None:
    unsaid = replace(KEPT, start="x0", start_unsaid=True)
    rules, finding = offered("open-bound", HEAD, DEPUTY, ROUTE, unsaid)
    assert "“自review之日起计算。”" in told(rules, finding)[0]
    _, finding = offered("open-bound", HEAD, DEPUTY, ROUTE, replace(KEPT, start_unsaid=True))
    assert not finding.repairs and not finding.tried


def test_days_are_read_in_one_way() -> None:
    days = s.reading("days", "calendar", "working")
    one = replace(KEPT, under=(("days", "working"),))
    other = replace(KEPT, id="other", unit="calendar_day", under=(("days", "calendar"),))
    _, finding = offered("open-bound", HEAD, DEPUTY, ROUTE, one, other, days)
    assert {(r.edit.changed[0].id, r.edit.removed) for r in finding.repairs} == {
        ("ceiling", ("other",)),
        ("other", ("ceiling",)),
    }


def test_how_long_is_left_to_the_drafter() -> None:
    vague = replace(KEPT, amount=None, unit="", expiry="nothing_said")
    _, finding = offered("open-bound", HEAD, DEPUTY, ROUTE, vague)
    assert not finding.repairs and not finding.tried


def test_a_meeting_is_said_in_full() -> None:
    bare = replace(CHAIRED, quorum="", decides="")
    decides, items, minutes, published, _ = COMPLETE
    things = (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), bare, decides, items, minutes, published)
    rules, finding = offered("incomplete-body", *things)
    (repair,) = finding.repairs
    assert repair.kind == kinds.MEETING
    (changed,) = repair.edit.changed
    assert isinstance(changed, Composition) and (changed.quorum, changed.decides) == ("more_than_half", "chair")
    assert any(isinstance(n, Cadence) for n in repair.edit.added)
    assert "council须有过半数组成人员到会方可召开" in told(rules, finding)[0]


def test_an_agenda_is_left_to_the_drafter() -> None:
    decides, _, *others = COMPLETE
    things = (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), CHAIRED)
    _, finding = offered("incomplete-body", *things, decides, *others)
    assert isinstance(finding.details, Flaw) and finding.details.lacks == ("agenda",)
    assert not finding.repairs and not finding.tried


def test_a_duty_is_somebody_s() -> None:
    duty = quoting(s.deontic("d", 4, "duty", "publish"), "应当公布")
    elsewhere = s.deontic("e", 5, "duty", "publish", "deputy", "false")
    rules, finding = offered("no-actor", HEAD, DEPUTY, duty, elsewhere)
    (repair, *_) = finding.repairs
    (norm,) = repair.edit.changed
    assert isinstance(norm, Deontic) and str(norm.by) == "deputy"
    assert told(rules, finding)[0] == "建议将第四条“应当公布”明确为由deputypublish。"


def test_where_nobody_does_such_acts_nobody_is_named() -> None:
    _, finding = offered("no-actor", HEAD, s.deontic("d", 4, "duty", "publish"))
    assert not finding.repairs and not finding.tried


def test_where_what_is_tried_would_open_another_finding_it_is_told_from_what_cannot_be_proposed() -> None:
    """Whoever does such acts elsewhere must not do this one."""
    duty = quoting(s.deontic("d", 4, "duty", "publish"), "应当公布")
    elsewhere = s.deontic("e", 5, "duty", "publish", "deputy", "false")
    barred = s.deontic("f", 6, "prohibition", "publish", "deputy")
    _, finding = offered("no-actor", HEAD, DEPUTY, duty, elsewhere, barred)
    assert not finding.repairs and finding.tried == 1 and not finding.undecided


def test_a_repair_of_a_gap_that_leaves_something_open_is_not_offered() -> None:
    """Whoever would sign is a name that the text uses and nowhere defines."""
    assert office("head").citation is not None
    stranger = s.office("stranger")
    rules = s.ruleset(HEAD, stranger, s.power("p", 1, "sign", "head"), s.power("q", 2, "sign", "stranger", "false"))
    report = with_repairs(rules, audit(rules, states=STATES), states=STATES)
    before = open_things(report)
    for finding in report.findings:
        for repair in finding.repairs:
            assert open_things(audit(repair.edit.applied(rules), states=STATES)) <= before


def test_a_post_that_a_new_clause_speaks_of_is_set_up_by_it() -> None:
    heads = replace(s.office("chief", 2), citation=cited(1))
    rules = s.ruleset(heads, s.power("p", 1, "sign", "chief"))
    report = with_repairs(rules, audit(rules, states=STATES), states=STATES)
    gap = next(f for f in report.findings if f.check == "signing-gap")
    assert [o.id for r in gap.repairs for o in r.edit.offices] == ["chief_acting"]


def test_a_repair_does_not_go_against_higher_law() -> None:
    """The law keeps the signature for the chief: who else could be named for a paper that nobody signs is not."""
    chief = office("chief")
    law = of_law(Reserved(id="law", citations=s.cite(7), act="sign", to=parse_set("chief")))
    others = s.power("q", 2, "sign", "deputy", "kind = notice")
    bare = (chief, DEPUTY, PAPERS[0], others, s.deontic("d", 3, "duty", "sign", when="kind = minutes"))

    def named(*more: object) -> set[str]:
        rules = s.ruleset(*bare, *more)
        report = with_repairs(rules, audit(rules, states=STATES), states=STATES)
        gap = next(f for f in report.findings if f.check == "signing-gap" and f.norms == ("d",))
        return {str(n.by) for r in gap.repairs for n in r.edit.added if isinstance(n, Power)}

    assert "deputy" in named()
    reserved = replace(law, when=parse_condition("kind = minutes"))
    assert "deputy" not in named(reserved) and "chief" in named(reserved)
