"""The checks of drafting: each fires where it should, is silent once mended, and agrees with enumeration."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings

from guize.sentences import sentence
from guize.strategies.small import Small, small
from model.citations import Citation
from model.drafting import SURVEYS, Flaw, references, shows
from model.enumeration import situations
from model.norms import Assembly, Bound, Cadence, Composition, Norm, Period, Reference, Reserved
from model.parsing import parse_set
from model.ruleset import RuleSet
from model.situation import make_cast
from model.text import parse_text
from model.vocabulary import Alias, Body, Label, NamedSet, Office
from proofs.audit import audit
from proofs.findings import Answer, Finding, Severity
from proofs.questions import drafting
from tests.proofs import support as s

STATES = ("leave",)
LAW = "某法"
MEANT, SLIP = "某市人民政府公文处理细则", "某市人民政府公文处理细目"


def cited(article: int, quote: str = "", law: str = "") -> Citation:
    return Citation(s.INSTRUMENT if not law else "law", article, 0, 0, quote, law)


def of_law(norm: Norm, article: int = 7) -> Norm:
    return replace(norm, citations=(cited(article, "", LAW),))


def quoting(norm: Norm, quote: str) -> Norm:
    return replace(norm, citations=(replace(norm.citation, quote=quote),))


def meets(name: str, article: int, body: str, chair: str, **more: object) -> Composition:
    return replace(s.composition(name, article, body, chair), **more)


def office(name: str, *aliases: str, **more: object) -> Office:
    base = s.office(name)
    more = {"citation": cited(1, name), **more}
    return replace(base, aliases=tuple(Alias(a, cited(2, a)) for a in aliases), **more)


HEAD, DEPUTY = office("head"), office("deputy")
PAPERS = (s.attribute("kind", "notice", "meeting", "minutes", "item"), s.attribute("body", "none", "council"))
COUNCIL = Body("council", s.label("council"), "meeting", cited(1), statutory="standing")
ROUTE = s.route("r0", 1, ("x0", "review", "deputy"), ("x1", "sign", "head"))
COMPLETE = (
    s.power("council_decides", 3, "approve", "council", "kind = item and body = council"),
    s.power("items", 3, "propose", "head", "kind = item and body = council"),
    s.power("minutes_signed", 4, "sign", "head", "kind = minutes and body = council"),
    s.power("told", 5, "publish", "head", "kind = item and body = council"),
    Cadence(id="weekly", citations=s.cite(6), body="council", amount=1, unit="week"),
)
CHAIRED = meets("chaired", 2, "council", "head | deputy", quorum="half", decides="majority")


@dataclass(frozen=True)
class Case:
    """`sound` is silent on the check; with `planted` it fires, lacking `lacks`; then `repair` mends it."""

    name: str
    check: str
    sound: tuple[object, ...]
    planted: tuple[object, ...]
    lacks: tuple[str, ...]
    repair: tuple[object, ...]


def ceiling(**more: object) -> Bound:
    return s.bound("ceiling", 2, "r0", ("start", "end"), "ceiling", 5, "working_day", **more)


KEPT = ceiling(by=parse_set("head"), expiry="overdue")
CASES = (
    Case(
        "a ceiling of several hands, without a consequence",
        "open-bound",
        (HEAD, DEPUTY, ROUTE, KEPT),
        (ceiling(),),
        ("bearer", "consequence"),
        (KEPT,),
    ),
    Case(
        "a ceiling that does not say when it starts",
        "open-bound",
        (HEAD, DEPUTY, ROUTE, KEPT),
        (replace(KEPT, start_unsaid=True),),
        ("start",),
        (KEPT,),
    ),
    Case(
        "a period without a length",
        "open-bound",
        (HEAD, DEPUTY, ROUTE, KEPT),
        (replace(KEPT, id="soon", amount=None, unit="", expiry="nothing_said"), s.route("ceiling", 2)),
        ("length",),
        (replace(KEPT, id="soon"), s.route("ceiling", 2)),
    ),
    Case(
        "days that are calendar or working days",
        "open-bound",
        (HEAD, DEPUTY, ROUTE, KEPT, s.reading("days", "calendar", "working")),
        (
            replace(KEPT, under=(("days", "working"),)),
            replace(KEPT, id="other", unit="calendar_day", under=(("days", "calendar"),)),
        ),
        ("unit",),
        (KEPT, replace(KEPT, id="other")),
    ),
    Case(
        "at least or at most",
        "open-bound",
        (HEAD, DEPUTY, ROUTE, KEPT, s.reading("days", "most", "least")),
        (
            replace(KEPT, under=(("days", "most"),)),
            replace(KEPT, id="other", ceiling=False, under=(("days", "least"),)),
        ),
        ("direction",),
        (KEPT, replace(KEPT, id="other")),
    ),
    Case(
        "a meeting without quorum and rule of decision",
        "incomplete-body",
        (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), *COMPLETE, CHAIRED),
        (meets("chaired", 2, "council", "head | deputy"),),
        ("quorum", "decision"),
        (CHAIRED,),
    ),
    Case(
        "a meeting with a chair whom nobody stands in for",
        "incomplete-body",
        (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), *COMPLETE, CHAIRED),
        (meets("chaired", 2, "council", "head", quorum="half", decides="chair"),),
        ("chair-stand-in",),
        (s.stand_in("covered", 8, "head", "deputy"),),
    ),
    Case(
        "a meeting whose minutes nobody signs",
        "incomplete-body",
        (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), *COMPLETE, CHAIRED),
        (s.power("minutes_signed", 4, "review", "head", "kind = minutes and body = council"),),
        ("minutes-signer",),
        (s.power("signed", 4, "sign", "head", "kind = minutes and body = council"),),
    ),
    Case(
        "a meeting of which too little is said",
        "incomplete-body",
        (HEAD, DEPUTY, *PAPERS, COUNCIL, s.act("propose"), *COMPLETE, CHAIRED),
        (
            *(replace(n, when=s.parse_condition("kind = notice")) for n in COMPLETE[1:4]),
            replace(COMPLETE[4], body="other"),
            Body("other", s.label("o"), "unit", cited(1)),
        ),
        ("cadence", "agenda", "minutes", "publication"),
        COMPLETE,
    ),
    Case(
        "something must be published by nobody",
        "no-actor",
        (HEAD, s.flag("urgent"), s.power("publishes", 2, "publish", "head")),
        (s.deontic("published", 3, "duty", "publish"), s.power("publishes", 2, "publish", "head", "urgent")),
        ("publish",),
        (s.power("publishes", 2, "publish", "head"),),
    ),
    Case(
        "an office nowhere constituted",
        "undefined-role",
        (HEAD, DEPUTY, s.power("signs", 2, "sign", "head")),
        (replace(HEAD, citation=None),),
        ("definition",),
        (HEAD,),
    ),
    Case(
        "a name of the text that nothing defines",
        "undefined-role",
        (HEAD, DEPUTY, NamedSet("leaders", s.label("领导"), parse_set("head | deputy"), cited(1))),
        (
            NamedSet("leaders", s.label("领导"), parse_set("head | deputy")),
            quoting(s.power("signs", 2, "sign", "leaders"), "由领导签发"),
        ),
        ("definition",),
        (NamedSet("leaders", s.label("领导"), parse_set("head | deputy"), cited(1)),),
    ),
    Case(
        "one office under two names",
        "term-drift",
        (office("head", "head of all"), s.power("signs", 2, "sign", "head")),
        (office("head", "chief"),),
        (),
        (office("head"),),
    ),
    Case(
        "a reference to another title",
        "dangling-reference",
        (HEAD, Reference(id="cites", citations=s.cite(1), kind="cites", target="某市人民政府公文办法")),
        (
            Reference(id="cites", citations=s.cite(1), kind="repeals", target=SLIP),
            replace(s.power("law", 1, "publish", "head"), citations=(cited(1, "", MEANT),)),
        ),
        ("title",),
        (Reference(id="cites", citations=s.cite(1), kind="repeals", target=MEANT),),
    ),
    Case(
        "rules that are not named",
        "dangling-reference",
        (HEAD, s.power("signs", 2, "sign", "head")),
        (quoting(s.power("signs", 2, "sign", "head"), "按有关规定签发"),),
        ("unnamed",),
        (quoting(s.power("signs", 2, "sign", "head"), "由首长签发"),),
    ),
    Case(
        "what the law gives to other hands",
        "higher-law",
        (
            HEAD,
            DEPUTY,
            s.power("signs", 2, "sign", "head"),
            of_law(Reserved(id="law", citations=(), act="sign", to=parse_set("head"))),
        ),
        (s.power("signs", 2, "sign", "head | deputy"),),
        ("hands",),
        (s.power("signs", 2, "sign", "head"),),
    ),
    Case(
        "a meeting with others than the law says",
        "higher-law",
        (
            HEAD,
            DEPUTY,
            *PAPERS,
            COUNCIL,
            replace(CHAIRED, members=parse_set("head | deputy")),
            of_law(Assembly(id="law", citations=(), meeting="standing", members=parse_set("head | deputy"))),
        ),
        (replace(CHAIRED, members=parse_set("head | deputy | guest")), office("guest")),
        ("members",),
        (replace(CHAIRED, members=parse_set("head")),),
    ),
    Case(
        "a meeting chaired by another than the law says",
        "higher-law",
        (
            HEAD,
            DEPUTY,
            *PAPERS,
            COUNCIL,
            meets("chaired", 2, "council", "head"),
            of_law(Assembly(id="law", citations=(), meeting="standing", chair=parse_set("head"))),
        ),
        (meets("chaired", 2, "council", "deputy"),),
        ("chair",),
        (meets("chaired", 2, "council", "head"),),
    ),
    Case(
        "a floor shorter than the law's",
        "higher-law",
        (
            HEAD,
            DEPUTY,
            ROUTE,
            s.bound("floor", 2, "r0", ("x0", "x1"), "floor", 7, "working_day"),
            of_law(
                Period(
                    id="law",
                    citations=(),
                    from_act="review",
                    to_act="sign",
                    ceiling=False,
                    amount=7,
                    unit="working_day",
                )
            ),
        ),
        (s.bound("floor", 2, "r0", ("x0", "x1"), "floor", 5, "working_day"),),
        ("shorter",),
        (s.bound("floor", 2, "r0", ("x0", "x1"), "floor", 9, "working_day"),),
    ),
    Case(
        "what the law forbids",
        "higher-law",
        (
            HEAD,
            DEPUTY,
            s.power("publishes", 2, "publish", "head"),
            of_law(s.deontic("law", 1, "prohibition", "publish", "deputy")),
        ),
        (s.power("publishes", 2, "publish", "deputy"),),
        ("clash",),
        (s.power("publishes", 2, "publish", "head"),),
    ),
)


def found(rules: RuleSet, check: str, **more: object) -> tuple[Answer, tuple[Finding, ...]]:
    report = audit(rules, states=STATES, most_absences=1, checks=[check], **more)  # type: ignore[arg-type]
    assert not report.unknown
    return report.answers[0], report.findings


def flaw(finding: Finding) -> Flaw:
    assert isinstance(finding.details, Flaw)
    return finding.details


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_planted_it_fires_and_mended_it_is_silent(case: Case) -> None:
    assert not found(s.ruleset(*case.sound), case.check)[1]
    planted = s.ruleset(*case.sound, *case.planted)
    _, findings = found(planted, case.check)
    assert [flaw(f).lacks for f in findings] == [case.lacks]
    for lang in ("zh", "en"):
        assert sentence(planted, findings[0], lang).endswith(("。", "."))
    assert not findings[0].witness.absent
    assert not found(s.ruleset(*case.sound, *case.planted, *case.repair), case.check)[1]


def test_every_check_has_a_planted_defect() -> None:
    assert {c.check for c in CASES} == set(drafting.CHECKS) - {"numbering"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_what_can_never_apply_is_no_finding(case: Case) -> None:
    """A background fact that keeps every norm out of force leaves nothing to find, and the answer says so."""
    rules = s.ruleset(*case.sound, *case.planted, s.flag("never"), s.fact("none", "not never"))
    norms = {n: replace(x, when=s.parse_condition("never")) for n, x in rules.norms.items()}
    norms = {n: _steps(x) for n, x in norms.items()}
    answer, findings = found(replace(rules, norms=norms), case.check)
    assert not findings
    assert answer.held == answer.asked
    assert answer.vacuous or not answer.asked


def _steps(norm: Norm) -> Norm:
    steps = getattr(norm, "steps", ())
    if not steps or not hasattr(steps[0], "power"):
        return norm
    never = tuple(replace(x, power=replace(x.power, when=norm.when)) for x in steps)
    return replace(norm, steps=never)  # type: ignore[call-arg]


def test_a_lack_under_one_reading_is_told_with_it() -> None:
    rules = s.ruleset(
        HEAD,
        DEPUTY,
        ROUTE,
        s.reading("lapse", "every", "agreed"),
        ceiling(by=parse_set("head"), expiry="deemed_consent", under=(("lapse", "every"),)),
        replace(ceiling(by=parse_set("head"), under=(("lapse", "agreed"),)), id="other"),
    )
    _, (finding,) = found(rules, "open-bound")
    assert flaw(finding).lacks == ("consequence",)
    assert finding.holds_under == ({"lapse": "agreed"},)
    assert finding.severity is Severity.MINOR


def test_bounds_without_a_length_are_one_finding() -> None:
    soon = replace(ceiling(by=parse_set("head")), amount=None, unit="")
    other = s.route("r1", 5, ("x0", "review", "deputy"), ("x1", "sign", "head"))
    rules = s.ruleset(HEAD, DEPUTY, ROUTE, other, soon, replace(soon, id="second", routes=("r1",)))
    _, (finding,) = found(rules, "open-bound")
    assert flaw(finding).subjects == ("ceiling", "second")


def test_a_qualified_name_is_no_second_name() -> None:
    rules = s.ruleset(office("head", "the head of all"), s.power("signs", 2, "sign", "head"))
    assert not found(rules, "term-drift")[1]


def test_an_article_beyond_the_last_is_missed() -> None:
    there = Reference(id="cites", citations=s.cite(1), kind="cites", target="规则", article=9)
    rules = s.ruleset(HEAD, there)
    long = replace(rules, title=replace(rules.title, articles=9))
    assert not found(long, "dangling-reference")[1]
    _, (finding,) = found(replace(rules, title=replace(rules.title, articles=8)), "dangling-reference")
    assert flaw(finding).lacks == ("article",)


def test_a_slip_in_a_title_is_told_from_another_instrument() -> None:
    known = ("甲省人民政府工作规则", "中华人民共和国行政复议法", "公文处理条例")
    assert references.meant("甲省人民政府规则", known) == "甲省人民政府工作规则"
    assert references.meant("甲省人民政府工作规划", known) == "甲省人民政府工作规则"
    assert not references.meant("乙省人民政府工作规则", known)
    assert not references.meant("甲省人民政府公文细则", known)
    assert not references.meant("行政复议法", known)
    assert not references.meant("公文处理条例", known)


@pytest.mark.parametrize("mark", ["", "（草案）", "（征求意见稿）", "（修订草案送审稿）"])
def test_a_draft_refers_to_itself_by_the_name_it_will_have(mark: str) -> None:
    rules = s.ruleset(s.office("head"), s.power("p", 1, "sign", "head"))
    name = "甲县人民政府工作规则"
    itself = Reference(id="r", citations=(Citation(rules.title.id, 1),), kind="cites", target=name, article=99)
    title = replace(rules.title, label=Label(name + mark, "rules"), articles=3)
    drafted = replace(rules, title=title, norms={**rules.norms, "r": itself})
    assert [f.lacks for f in references.dangling(drafted).flaws] == [("article",)]
    slipped = replace(drafted, norms={**rules.norms, "r": replace(itself, target="甲县人民政府规则")})
    assert [f.lacks for f in references.dangling(slipped).flaws] == [("title",)]
    assert references.final("甲县人民政府工作规则（试行）") == "甲县人民政府工作规则（试行）"


def test_numbers_that_break_are_told() -> None:
    rules = s.ruleset(HEAD, *(s.power(f"p{n}", n, "sign", "head") for n in (1, 3)))
    whole = replace(rules, title=replace(rules.title, articles=1))
    assert not found(whole, "numbering")[1]
    gap = replace(rules, title=replace(rules.title, articles=3))
    assert [flaw(f).lacks for f in found(gap, "numbering")[1]] == [("article",)]
    item = replace(whole, title=replace(whole.title, unnumbered=(Citation(s.INSTRUMENT, 1, 1, 1),)))
    assert [flaw(f).lacks for f in found(item, "numbering")[1]] == [("unnumbered",)]


TEXT = """第一章 甲
一、由首长签发：
（一）决定；
（{}）命令。
第{}章 乙
{}、自发布之日起施行。
"""


def test_the_plain_text_is_read_for_numbers_where_it_is_at_hand() -> None:
    rules = s.ruleset(HEAD, *(s.power(f"p{n}", n, "sign", "head") for n in (1, 2)))
    rules = replace(rules, title=replace(rules.title, articles=2))
    assert not found(rules, "numbering", text=parse_text(TEXT.format("二", "二", "二")))[1]
    for numbers, lack in (
        (("四", "二", "二"), "item"),
        (("二", "三", "二"), "chapter"),
        (("二", "二", "三"), "article"),
    ):
        _, findings = found(rules, "numbering", text=parse_text(TEXT.format(*numbers)))
        assert [flaw(f).lacks for f in findings] == [(lack,)]


def test_a_level_that_has_not_the_power() -> None:
    law = of_law(Reserved(id="law", citations=(), act="sign", levels=("province", "city")))
    rules = s.ruleset(HEAD, s.power("signs", 2, "sign", "head"), law)
    assert not found(rules, "higher-law")[1]  # the level is not said
    city, county = (replace(rules, title=replace(rules.title, level=x)) for x in ("city", "county"))
    assert not found(city, "higher-law")[1]
    _, (finding,) = found(county, "higher-law")
    assert flaw(finding).lacks == ("level",)
    assert finding.severity is Severity.CRITICAL
    assert set(finding.norms) == {"signs", "law"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(small())
def test_a_flaw_is_found_exactly_where_some_situation_shows_it(example: Small) -> None:
    """finding(f)  iff  there is a reachable s with shows(f, s)."""
    report = audit(example.rules, states=example.states, most_absences=len(example.cast.ids), checks=drafting.CHECKS)
    told = {(f.check, x) for f in report.findings for x in flaw(f).subjects}
    every = list(situations(example.rules, example.cast, example.states))
    shown = {
        (f.check, x)
        for survey in SURVEYS.values()
        for f in survey(example.rules, None).flaws
        if any(shows(example.rules, f, at) for at in every)
        for x in f.subjects
    }
    assert told == shown


def test_nobody_holds_an_abstract_office() -> None:
    assert make_cast(s.ruleset(HEAD, replace(DEPUTY, many=True, scope=0, abstract=True))).ids == ("head",)
