"""The report as one self-contained HTML page, in both languages, that opens without a network and prints to A4."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from importlib.resources import files

from guize.report.content import Content
from guize.report.html import (
    endurance,
    findings,
    ledger,
    proofs,
    rests,
    revision,
    routes,
    signing,
    simulation,
    verdicts,
)
from guize.report.html.compact import compact
from guize.report.html.text import attribute, both, esc, line, named
from model.vocabulary import Label

SECTIONS: dict[str, Label] = {
    "findings": Label("问题", "Findings"),
    "properties": Label("性质", "Properties"),
    "revision": Label("修改对照和效力", "The revision and its effect"),
    "simulation": Label("模拟", "Simulation"),
    "signing": Label("谁来办", "Who does what"),
    "resilience": Label("缺席承受力", "Resilience"),
    "routes": Label("程序图", "Routes"),
    "checks": Label("检查结果", "Checks"),
    "terms": Label("未定义用语", "Undefined terms"),
    "readings": Label("读法", "Readings"),
    "facts": Label("前提", "Assumptions"),
    "coverage": Label("覆盖台账", "Coverage"),
}
"""The parts of the page by anchor, in order."""

LIMIT = 2_900_000
"""Bytes of a page that still opens and scrolls well on an office computer."""

NAME = Label("检查报告", "report of the audit")
SKIP = Label("跳到正文", "Skip to the report")
CONTENTS = Label("目录", "Contents")
WHOLE = Label("打印时附全部依据、程序图和台账", "Print all evidence, pictures and the whole ledger")
BRIEF = Label(
    "打印件从简：“一般”“轻微”问题的情形和依据、没有较重以上问题的程序的图、已纳入检查的台账、每个用语第三例以后的办理未印，"
    "见网页；在网页上勾选页首选项可全部印出。",
    "Printed in brief: left out are the story and evidence of moderate and minor findings, pictures of routes without "
    "a serious finding, the ledger of what is checked, and more than three examples a term. The page has them all, and "
    "a box at its head prints them.",
)
OTHER = Label("English", "中文")
"""What the button says that changes the language."""


def document(content: Content, lang: str, limit: int = LIMIT) -> str:
    """The page; `lang` is the language it opens in. What makes it larger than `limit` bytes are pictures: the last
    of them are left out, which the page says."""
    made = _document(content, lang)
    over = len(made.encode()) - limit
    if over <= 0 or not any(p.svg.zh for p in content.pictures):
        return made
    kept = list(content.pictures)
    for i in reversed(range(len(kept))):
        if over > 0 and kept[i].svg.zh:
            over -= len(kept[i].svg.zh.encode()) + len(kept[i].svg.en.encode())
            kept[i] = replace(kept[i], svg=Label("", ""))
    return _document(replace(content, pictures=tuple(kept)), lang)


def _document(content: Content, lang: str) -> str:
    style, script = _asset("page.css"), _asset("page.js")
    # the page may run this script and no other, and ask no network for anything: so text from a rule set,
    # escaped as it is, could not act even if it were not
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    title = Label(f"{content.title.zh}：{NAME.zh}", f"{content.title.en}: {NAME.en}")
    body = {
        "findings": findings.section(content),
        **({"properties": proofs.section(content, content.properties)} if content.properties is not None else {}),
        **({"revision": revision.section(content, content.revised)} if content.revised else {}),
        **({"simulation": simulation.section(content, content.simulated)} if content.simulated else {}),
        "signing": signing.section(content),
        "resilience": endurance.section(content),
        "routes": routes.section(content),
        "checks": verdicts.section(content),
        "terms": rests.terms(content),
        "readings": rests.readings(content),
        "facts": rests.facts(content),
        "coverage": ledger.section(content),
    }
    links = "".join(f'<a href="#{s}">{both(SECTIONS[s])}</a>' for s in body)
    sections = "".join(
        f'<section id="{s}" aria-labelledby="h-{s}"><h2 id="h-{s}">{both(SECTIONS[s])}</h2>{inside}</section>\n'
        for s, inside in body.items()
    )
    shown, others = compact(
        f'<a class="skip" href="#main">{both(SKIP)}</a><div class="bar"><nav {named(CONTENTS)}>{links}</nav>'
        f'<button id="language" type="button">{both(OTHER)}</button></div>\n'
        f'<header class="top"><h1>{both(content.title)}</h1>'
        f'<p class="soft">{both(NAME)}　{esc(content.issued)}</p>'
        f'<label class="printing"><input type="checkbox" id="whole"> {both(WHOLE)}</label>'
        f'<p class="note paper">{both(BRIEF)}</p></header>\n'
        f'<main id="main">{_lead(content)}\n{sections}{verdicts.footer(content)}</main>\n',
        lang,
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}" data-lang="{lang}">\n'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<title data-zh="{attribute(title.zh)}" data-en="{attribute(title.en)}">{esc(title.get(lang))}</title>'
        f"<style>{style}</style></head>\n<body>{shown}"
        f'<script type="application/json" id="words">{others}</script><script>{script}</script></body></html>\n'
    )


def _lead(content: Content) -> str:
    """The five lines."""
    return '<ol class="lead">' + "".join(f"<li>{line(x)}</li>" for x in content.lead) + "</ol>"


def _asset(name: str) -> str:
    return files("guize.report.html").joinpath(name).read_text(encoding="utf-8")
