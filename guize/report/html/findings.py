"""The findings: a line of filters, then each with its sentence, and its evidence to be opened."""

from __future__ import annotations

from guize.report.content import Content
from guize.report.findings import Told
from guize.report.html.text import attribute, both, clause, esc, listed, named, place, to_findings
from guize.report.remedies import Remedy
from guize.terminal.audit import CHECK_NAMES, SEVERITY_NAMES
from model.vocabulary import Label

MORE = Label("情形、依据和读法", "Story, reasons and readings")
REPAIR = Label("修改建议", "Repair")
OTHERS = Label("其他修改办法", "Other repairs")
AMENDS = Label("修改位置：", "Amends ")
NUMBER = Label("问题编号：", "Finding id: ")
MENDS = Label("一并消除的问题：", "It also mends: ")
WIDENS = Label("情形会随之增多的问题：", "Findings that reach further after it: ")


def section(content: Content) -> str:
    """What could not be settled, the filters, the findings by severity."""
    if not content.findings:
        return f"<p>{both(Label('没有发现问题。', 'No findings.'))}</p>" + _unsettled(content)
    return _unsettled(content) + _filters(content) + "\n".join(_finding(content, f) for f in content.findings)


def _unsettled(content: Content) -> str:
    if not content.unsettled:
        return ""
    head = both(Label("未能判定的问题（不等于没有问题）", "Not settled (which is no pass)"))
    items = "".join(f"<li>{both(u.name)}: {esc(u.subject)} ({esc(u.reason)})</li>" for u in content.unsettled)
    return f'<p class="open">{head}</p><ul>{items}</ul>'


def _filters(content: Content) -> str:
    present = {f.severity for f in content.findings}
    boxes = "".join(
        f'<label><input type="checkbox" name="severity" value="{s.name.lower()}" checked> {both(label)}</label>'
        for s, (label, _) in SEVERITY_NAMES.items()
        if s in present
    )
    every = Label("全部", "all")
    options = f'<option value="" data-zh="{every.zh}" data-en="{every.en}">{every.zh}</option>' + "".join(
        f'<option value="{c}" data-zh="{attribute(n.zh)}" data-en="{attribute(n.en)}">{esc(n.zh)}</option>'
        for c, n in CHECK_NAMES.items()
        if any(f.check == c for f in content.findings)
    )
    return (
        f'<div class="filters" role="group" {named(Label("筛选问题", "Filter the findings"))}>'
        f"<fieldset><legend>{both(Label('级别', 'Severity'))}</legend>{boxes}</fieldset>"
        f'<label for="check">{both(Label("检查", "Check"))}</label><select id="check">{options}</select>'
        f'<button type="button" data-open="yes">{both(Label("全部展开", "Open all"))}</button>'
        f'<button type="button" data-open="no">{both(Label("全部收起", "Close all"))}</button>'
        f'<span role="status">{both(Label("显示", "Shown:"))} '
        f'<span class="shown">{len(content.findings)}</span></span></div>'
    )


def _finding(content: Content, found: Told) -> str:
    degree, ident = found.severity.name.lower(), attribute(found.id)
    places = " ".join(place(p.norm, p.name) for p in found.places)
    chapters = dict.fromkeys(p.chapter for p in found.places if p.chapter)
    chapter = f'<span class="soft">{esc("、".join(chapters))}</span>' if chapters else ""
    return (
        f'<article class="finding {degree}" id="f-{ident}" data-severity="{degree}" data-check="{found.check}"'
        f' aria-labelledby="t-{ident}">'
        f'<div class="head"><span class="badge">{both(found.degree)}</span><strong>{both(found.name)}</strong>'
        f"<span>{places}</span>{chapter}</div>"
        f'<h3 id="t-{ident}">{found.number}. {both(found.headline)}</h3><p>{both(found.sentence)}</p>'
        f"{_first(content, found)}"
        f"<details><summary>{both(MORE)}</summary>{_evidence(content, found)}</details></article>"
    )


def _first(content: Content, found: Told) -> str:
    """The smallest repair, beside the finding itself; or that there is none."""
    if found.repairs:
        return f'<p class="repair"><strong>{both(REPAIR)}</strong> {_repair(content, found.repairs[0])}</p>'
    return f'<p class="note">{both(found.unmended)}</p>' if found.unmended.zh else ""


def _repair(content: Content, remedy: Remedy) -> str:
    """The article it amends, the proposal, and what else it does to the findings of this report."""
    chapter = f' <span class="soft">{esc(remedy.chapter)}</span>' if remedy.chapter else ""
    said = f"{both(remedy.says)} <small>{both(AMENDS)}{place(remedy.norm, remedy.place)}{chapter}</small>"
    for label, ids in ((MENDS, remedy.mends), (WIDENS, remedy.widens)):
        shown = [i for i in ids if i in content.numbers]
        if shown:
            said += f' <span class="soft">{both(label)}{to_findings(content.numbers, shown)}</span>'
    return said


def _evidence(content: Content, found: Told) -> str:
    story = "".join(
        f"<dt>{both(c.title)}</dt><dd>{''.join(f'<p>{both(x)}</p>' for x in c.lines)}</dd>" for c in found.story
    )
    parts = [_titled(Label("情形", "The situation"), f"<dl>{story}</dl>")]
    why = Label("依据（缺一条则问题不成立）", "Why (without any one of these the finding is gone)")
    parts.append(_titled(why, listed(clause(c) for c in found.why)))
    if found.near:
        parts.append(_titled(Label("接近而不及的规定", "Near misses"), listed(clause(c) for c in found.near)))
    if found.repairs[1:]:
        parts.append(_titled(OTHERS, listed(_repair(content, r) for r in found.repairs[1:])))
    return "".join(parts) + _titled(Label("读法", "Readings"), _readings(found)) + _remarks(found)


def _readings(found: Told) -> str:
    clearer = "".join(f"<p>{both(x)}</p>" for x in found.clearer)
    if found.every_reading:
        return clearer
    said = both(Label("只在以下读法下成立：", "Holds under these readings only:"))
    return f"<p>{said}</p>" + listed(both(r) for r in found.readings) + clearer


def _remarks(found: Told) -> str:
    remark = f'<p class="note">{both(found.remark)}</p>' if found.remark.zh else ""
    if found.also:
        zh, en = "、".join(a.zh for a in found.also), ", ".join(a.en for a in found.also)
        remark += f'<p class="note">{both(Label(f"同时属于：{zh}。", f"Also: {en}."))}</p>'
    return remark + f'<p class="note">{both(NUMBER)}{esc(found.id)}</p>'


def _titled(title: Label, inside: str) -> str:
    return f"<h4>{both(title)}</h4>{inside}"
