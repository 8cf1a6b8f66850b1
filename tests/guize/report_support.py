"""Rule sets and reports for the tests of `guize report`, and the page as a parser sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import guize
from guize.report.content import Content, build
from model.citations import Citation
from model.competence import Obstacle
from model.ruleset import RuleSet
from model.situation import Paper, Situation, make_cast
from model.vocabulary import Strength
from proofs.findings import Answer, Finding, Gap, Near, Report, Severity, Unsettled
from proofs.repairing.offering import with_repairs

VOID = {"meta", "input", "br", "img", "link", "hr"}


@cache
def audited(name: str) -> tuple[RuleSet, Report, Content]:
    """A rule set, its audit with one absence at most, and the content of its report."""
    rules = guize.load(name)
    report = guize.audit(rules, most_absences=1)
    return rules, report, build(rules, report)


@cache
def repaired(name: str) -> tuple[RuleSet, Report, Content]:
    """As `audited`, with repairs."""
    rules, report, _ = audited(name)
    report = with_repairs(rules, report)
    return rules, report, build(rules, report)


@dataclass
class Page(HTMLParser):
    """Elements with their attributes, ids, and the text outside style and script."""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    listed: str = ""
    _open: list[str] = field(default_factory=list)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("style", "script"):
            self.words.append(data)
        elif self.elements[-1][1].get("id") == "words":
            self.listed += data

    @property
    def text(self) -> str:
        """What the page shows in the language it opens in."""
        return "".join(self.words)

    @property
    def others(self) -> list[str]:
        """The texts of the other language."""
        return json.loads(self.listed)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [a for t, a in self.elements if t == tag]

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


def generated(folder: Path, norms: int, word: str = "", steps: int = 5) -> RuleSet:
    """A rule set with that many norms, one route in ten; `word` stands in every string a drafter writes."""
    said = word.replace("'", "''")
    head = [
        f"instrument: {{id: made, title: {{zh: '规则{said}', en: 'Rules{said}'}}, "
        f"place: {{zh: '县{said}', en: 'County{said}'}}, number: '{said}', articles: 150}}",
        "offices:",
        f"  - {{id: head, zh: '县长{said}', en: 'head{said}'}}",
        f"  - {{id: deputy, zh: '副县长{said}', en: 'deputy{said}', holders: many, scope: 2, portfolio: true}}",
        "readings:",
        f"  - {{id: way, zh: '读法{said}', en: 'reading{said}', at: '1', quote: '{said or '负责'}', choices: "
        f"[{{id: a, zh: '甲{said}', en: 'a{said}'}}, {{id: b, zh: '乙{said}', en: 'b{said}'}}]}}",
        "attributes:",
        f"  - {{id: kind, zh: '文种{said}', en: 'kind{said}', values: "
        f"[{{id: notice, zh: '通知{said}', en: 'notice{said}'}}, {{id: order, zh: '命令{said}', en: 'order{said}'}}]}}",
        f"  - {{id: important, zh: '重要{said}', en: 'important{said}', type: bool, open: true, at: '2', "
        f"quote: '{said or '重要'}'}}",
        "acts:",
        f"  - {{id: sign, zh: '签发{said}', en: 'sign{said}', decisive: true, scrutiny: true}}",
        f"  - {{id: review, zh: '审核{said}', en: 'review{said}', scrutiny: true}}",
        "facts:",
        f"  - {{id: plain, zh: '前提{said}', en: 'fact{said}', holds: 'kind = notice or kind = order', "
        "assumption: true}",
        "norms:",
        "  - {id: away, form: stand_in, at: '3', for: head, by: deputy, causes: [out_of_town], acts: [sign],"
        f" quote: '{said or '代行'}', zh: '代行{said}', en: 'stand-in{said}'}}",
    ]
    for number in range(norms - 1):
        at, quote = f"'{number % 150 + 1}'", f"'{said or f'第{number}句由县长签发公文'}'"
        gloss = f"zh: '第{number}项{said}', en: 'item {number}{said}', when: important"
        common = f"id: n{number}, at: {at}, quote: {quote}, {gloss}"
        if number % 10 == 0:
            inside = ", ".join(
                f"{{id: s{i}, act: {'sign' if i == steps - 1 else 'review'}, by: {'head' if i % 2 else 'deputy'}}}"
                for i in range(steps)
            )
            head.append(f"  - {{{common}, form: route, steps: [{inside}]}}")
        else:
            head.append(f"  - {{{common}, form: power, act: sign, by: head}}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_text("\n".join(head) + "\n", encoding="utf-8")
    note = f"- {{at: '4', quote: '{said or '依法行政'}', reason: not-expressible, note: '说明{said}'}}\n"
    (folder / "ledger.yaml").write_text(note, encoding="utf-8")
    return guize.load(folder)


def fabricated(rules: RuleSet, number: int, reason: str = "resource limit") -> Report:
    """A report nobody computed: gaps of every severity, three core norms and two near misses each."""
    cast = make_cast(rules)
    powers = [n.id for n in rules.norms.values() if n.form == "power"]
    findings = []
    for i in range(number):
        core = tuple(powers[(i * 3 + k) % len(powers)] for k in range(3))
        at = Situation(
            cast, Paper({"kind": "order", "important": "true"}), {"head": "leave"}, {}, frozenset(), {"way": "a"}
        )
        citations: tuple[Citation, ...] = tuple(dict.fromkeys(rules.lookup(n).citation for n in (*core, "away")))
        findings.append(
            Finding(
                f"signing-gap-{i:06x}",
                "signing-gap",
                Severity(3 - i * 4 // number),
                Strength.STRICT,
                core,
                (Near("away", "cause"), Near("away", "act")),
                citations,
                at,
                Gap(("sign",), core, ("sign",), (Obstacle(core[0], "head", "away", "cause"),)),
                every_reading=i % 2 == 0,
                readings=() if i % 2 == 0 else ("way",),
                holds_under=() if i % 2 == 0 else ({"way": "a"},),
            )
        )
    answers = (
        Answer("signing-gap", tuple(findings), number + 7, 7, 2),
        Answer("self-review", (), 4, 4, 4),
        Answer("contradiction", (), 3, 2, 1, (Unsettled("contradiction", "n1 / n2", reason),)),
        Answer("competence-conflict", (), 9, 9, 1),
        Answer("deadline-infeasible"),
    )
    return Report(rules.title.id, tuple(findings), answers, {"deputy": 2}, 2, 12345)
