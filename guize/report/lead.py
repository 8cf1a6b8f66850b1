"""The first screen: five lines on what matters most, computed from the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from guize.report.bilingual import Both, Count, Line, Link, Phrase
from guize.report.findings import Told
from guize.terminal.audit import SEVERITY_NAMES
from model.citations import Citation
from model.ledger import FORMALISED, entries
from model.ruleset import RuleSet
from proofs.findings import Finding, Report


def lead(both: Both, report: Report, told: tuple[Told, ...]) -> tuple[Line, ...]:
    """How many and how bad; the worst; the next; where they gather; how far the result carries."""
    return (
        _counts(report),
        _worst(report, told),
        _second(report, told),
        _gathering(both, report.findings),
        _carrying(both.rules, report),
    )


def _counts(report: Report) -> Line:
    found, unknown = report.findings, Count("unknown", len(report.unknown))
    open_zh: Phrase = ("另有", unknown, "个问题未能判定。") if report.unknown else ()
    open_en: Phrase = (" ", unknown, " more could not be settled.") if report.unknown else ()
    total = Count("findings", len(found))
    if not found:
        return Line(("没有发现问题（", total, "个）。", *open_zh), ("No findings (", total, ").", *open_en))
    zh: list[str | Count | Link] = ["共发现", total, "个问题："]
    en: list[str | Count | Link] = [total, " findings: "]
    kinds = [(s, label, sum(f.severity == s for f in found)) for s, (label, _) in SEVERITY_NAMES.items()]
    for i, (severity, label, number) in enumerate(k for k in kinds if k[2]):
        count = Count(f"findings.{severity.name.lower()}", number)
        zh += ["，" if i else "", label.zh, count, "个"]
        en += [", " if i else "", count, f" {label.en}"]
    if report.repaired:
        mended = Count("findings.repaired", sum(bool(f.repairs) for f in found))
        zh += ["；附有修改建议的", mended, "个"]
        en += ["; with a repair ", mended]
    return Line((*zh, "。", *open_zh), (*en, ".", *open_en))


def _worst(report: Report, told: tuple[Told, ...]) -> Line:
    if not told:
        checks = Count("checks", len(report.answers))
        return Line(("共作", checks, "项检查，逐项结果见“检查结果”。"), (checks, " checks were made; see “Checks”."))
    first = told[0]
    return Line(
        ("最要紧的是：", Link(first.headline.zh, first.id), "。"),
        ("What matters most: ", Link(first.headline.en, first.id), "."),
    )


def _second(report: Report, told: tuple[Told, ...]) -> Line:
    """The gravest finding of another check, so that two lines do not tell of one kind."""
    if not told:
        vacuous = Count("checks.vacuous", sum(a.vacuous for a in report.answers))
        return Line(
            ("其中有", vacuous, "问所说的情形不会出现，等于没有检验。"),
            (vacuous, " questions passed only because what they ask about never occurs."),
        )
    rest = [t for t in told[1:] if t.check != told[0].check] or list(told[1:])
    if not rest:
        return Line(("此外没有其他问题。",), ("There is no other finding.",))
    second = rest[0]
    return Line(
        ("其次是：", Link(second.headline.zh, second.id), "。"), ("Next: ", Link(second.headline.en, second.id), ".")
    )


def _gathering(both: Both, findings: Iterable[Finding]) -> Line:
    articles, offices = Counter[int](), Counter[str]()
    for finding in findings:
        articles.update(finding.articles)
        offices.update({finding.witness.cast[o].office for o in finding.witness.absent})
    if not articles:
        return Line(("没有哪一条规定牵涉问题。",), ("No article is touched by a finding.",))
    article, times = min(articles.items(), key=lambda x: (-x[1], x[0]))
    where = Count(f"articles.{article}", times)
    place = Citation(both.rules.title.id, article)
    zh: Phrase = (f"问题最集中的是{both.zh.place(place)}（涉及", where, "个）")
    en: Phrase = (f"Most findings touch {both.en.place(place)} (", where, ")")
    if not offices:
        return Line((*zh, "；都与有人缺席无关。"), (*en, "; none needs anybody to be absent."))
    office, number = min(offices.items(), key=lambda x: (-x[1], x[0]))
    who = Count(f"absent.{office}", number)
    return Line(
        (*zh, f"；{both.zh.actor(office)}不在时引出的问题最多（", who, "个）。"),
        (*en, f"; the absence that brings out most is that of {both.en.actor(office)} (", who, ")."),
    )


def _carrying(rules: RuleSet, report: Report) -> Line:
    some = Count("findings.some-readings", sum(not f.every_reading for f in report.findings))
    ledger = entries(rules)
    formalised = Count("ledger.formalised", sum(e.status == FORMALISED for e in ledger))
    out = Count("ledger.out-of-scope", sum(e.status != FORMALISED for e in ledger))
    absences = Count("scope.absences", report.most_absences)
    return Line(
        (
            "结论以同时缺席不超过", absences, "人为限；", some, "个问题只在某种读法下成立；全文",
            formalised, "处规定已纳入检查，", out, "处未纳入（见“覆盖台账”）。",
        ),
        (
            "Within at most ", absences, " absent at once; findings that hold under some readings only: ", some,
            "; statements of the text that are checked: ", formalised, ", left out: ", out, " (see “Coverage”).",
        ),
    )  # fmt: skip
