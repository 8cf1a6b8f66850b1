"""The findings as JUnit XML, which build servers show as tests: a case a finding, a check that passed, a property."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from guize.report.content import Content
from guize.report.findings import Told
from guize.report.properties import Proved
from guize.report.stories import Chapter
from proofs.proving import CHECK as PROPERTY
from proofs.proving import Status

# XML 1.0 allows no other control characters, escaped or not
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(content: Content, lang: str) -> str:
    """One test suite; a check or a property that passed only vacuously, or says nothing of these rules, counts as
    skipped, one not settled as an error."""
    cases = [_found(content, f, lang) for f in content.findings]
    for unsettled in content.unsettled:
        case = _case(content, unsettled.check, f"{unsettled.name.get(lang)}: {unsettled.subject}")
        ET.SubElement(case, "error", {"type": "unknown", "message": _legal(unsettled.reason)})
        cases.append(case)
    for check in content.checks:
        if check.tone in ("held", "vacuous"):
            case = _case(content, check.id, check.name.get(lang))
            if check.tone == "vacuous":
                ET.SubElement(case, "skipped", {"message": check.verdict.get(lang)})
            cases.append(case)
    cases += [_property(content, p, lang) for p in content.properties or ()]
    numbers = {
        "tests": len(cases),
        "failures": sum(c.find("failure") is not None for c in cases),
        "errors": sum(c.find("error") is not None for c in cases),
        "skipped": sum(c.find("skipped") is not None for c in cases),
    }
    counts = {k: str(v) for k, v in numbers.items()}
    suites = ET.Element("testsuites", {"name": "guize", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": _legal(content.title.get(lang)), **counts})
    suite.extend(cases)
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _case(content: Content, check: str, name: str) -> ET.Element:
    return ET.Element("testcase", {"classname": f"{content.instrument}.{check}", "name": _legal(name)})


def _found(content: Content, found: Told, lang: str) -> ET.Element:
    case = _case(content, found.check, f"{found.headline.get(lang)} [{found.id}]")
    told = ET.SubElement(
        case, "failure", {"type": found.severity.name.lower(), "message": _legal(found.sentence.get(lang))}
    )
    lines = [f"{c.place.get(lang)} {c.quote}  {c.says.get(lang)}".strip() for c in found.why]
    lines += [r.says.get(lang) for r in found.repairs]
    told.text = _legal("\n".join(lines))
    return case


def _property(content: Content, found: Proved, lang: str) -> ET.Element:
    case = _case(content, PROPERTY, f"{found.name.get(lang)} [{found.id}]")
    says = _legal(found.says.get(lang) or found.verdict.get(lang))
    match found.status:
        case Status.FAILS:
            told = ET.SubElement(case, "failure", {"type": PROPERTY, "message": says})
            lines = [_chapter(c, lang) for c in found.story]
            lines += [f"{c.place.get(lang)} {c.quote}  {c.says.get(lang)}".strip() for c in found.why]
            lines += [f for f in found.findings if f in content.numbers]
            told.text = _legal("\n".join(lines))
        case Status.UNKNOWN:
            ET.SubElement(case, "error", {"type": "unknown", "message": says})
        case Status.VACUOUS | Status.INAPPLICABLE:
            ET.SubElement(case, "skipped", {"message": says})
        case Status.HOLDS:
            pass
    return case


def _chapter(chapter: Chapter, lang: str) -> str:
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
    return chapter.title.get(lang) + colon + comma.join(x.get(lang) for x in chapter.lines)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
