"""The report as a Word document, in one language, for a clerk to circulate. Needs python-docx (extra `word`).

Charts of a simulation are pictures; other figures are tables with shaded cells (bars, holes, lanes), which every office
program shows and edits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell

from guize.report.clauses import Clause
from guize.report.content import Content
from guize.report.endurance import BEST, WORST
from guize.report.findings import Told
from guize.report.pictures import Picture
from guize.report.signing import DELEGATED, HOLE
from guize.report.word_parts import properties, revision, simulation
from guize.terminal.audit import SEVERITY_NAMES
from model.vocabulary import Label
from proofs.findings import Severity

FONTS = {"zh": ("宋体", "黑体"), "en": ("Times New Roman", "Arial")}
"""Of text and of headings; office computers have them."""
HEAD = "E8ECF2"
SHADES = {HOLE: "FBDCD9", DELEGATED: "FDF0C8"}
BARS = {"critical": "8F1D1D", "serious": "9A4A00", "moderate": "6A5500", "minor": "35566F"}
LANES, TICKS = 6, 20
"""The most columns of a route's figure, and the squares of the longest bar."""
MARGIN = 20
"""Millimetres, on an A4 sheet of 210 by 297."""
EXAMPLES = 3
"""Decisions told of an undefined term."""
BRIEF = Label(
    "本文从简：“一般”“轻微”问题的情形和依据、已纳入检查的台账、每个用语第三例以后的办理未列，见网页版。",
    "In brief: left out are the story and evidence of moderate and minor findings, the ledger of what is checked, and "
    "more than three examples a term. The page has them all.",
)
PADDING = 2
"""Points between the text of a cell and the lines above and below it."""
PICTURE = 170
"""Millimetres that a chart is wide."""

# XML 1.0 allows no other control characters
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document(content: Content, lang: str) -> bytes:
    """The file's bytes, the same for the same content."""
    return Writer(content, lang).write()


class Writer:
    """A document in the making."""

    def __init__(self, content: Content, lang: str) -> None:
        self.content, self.lang = content, lang
        self.doc: DocumentType = Document()
        self._fonts()
        self._sheet(sideways=False)

    def write(self) -> bytes:
        content, doc = self.content, self.doc
        doc.core_properties.title = self.get(content.title)
        doc.core_properties.author = "guize"
        doc.add_heading(self.get(content.title), 0)
        self.text(f"{self.say('检查报告', 'Report of the audit')}　{content.issued}")
        self.text(self.get(BRIEF))
        for line in content.lead:
            doc.add_paragraph(_legal(line.text(self.lang)), style="List Number")
        self._bars()
        self.heading("问题", "Findings")
        self._findings()
        if content.properties:
            properties(self, content.properties, dict(content.numbers))
        doc.add_section(WD_SECTION.NEW_PAGE)
        self._sheet(sideways=True)
        if content.revised is not None:
            revision(self, content.revised)
        if content.simulated is not None:
            simulation(self, content.simulated, dict(content.numbers))
        self._signing()
        doc.add_section(WD_SECTION.NEW_PAGE)
        self._sheet(sideways=False)
        self._routes()
        self._checks()
        self._survivals()
        self._rests()
        self._coverage()
        for row in doc.element.body.iter(qn("w:tr")):  # a row stays on one page
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        made = BytesIO()
        doc.save(made)
        return made.getvalue()

    # words

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def get(self, label: Label) -> str:
        return _legal(label.get(self.lang))

    def heading(self, zh: str, en: str, level: int = 1) -> None:
        self.doc.add_heading(self.say(zh, en), level)

    def text(self, said: str, bold: str = "", style: str | None = None) -> None:
        """A paragraph, with bold words before it."""
        paragraph = self.doc.add_paragraph(style=style)
        if bold:
            paragraph.add_run(_legal(bold)).bold = True
        paragraph.add_run(_legal(said))

    def label(self, said: str) -> None:
        """A line of bold words that stays with what follows."""
        paragraph = self.doc.add_paragraph()
        paragraph.add_run(said).bold = True
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = True

    def clause(self, shown: Clause) -> str:
        quote = f" “{shown.quote}”" if shown.quote else ""
        lacks = f" {self.say('——', '— ')}{self.get(shown.lacks)}" if shown.lacks.zh else ""
        chapter = f" {shown.chapter}" if shown.chapter else ""
        return f"{self.get(shown.place)}{chapter}{quote} {self.get(shown.says)} [{self.get(shown.strength)}]{lacks}"

    # the parts

    def _bars(self) -> None:
        """A figure: findings by severity."""
        found = self.content.findings
        if not found:
            return
        numbers = {s: sum(f.severity == s for f in found) for s in SEVERITY_NAMES}
        most = max(numbers.values())
        table = self._table(len(numbers), [30] + [7] * TICKS, grid=False)
        for row, (severity, number) in zip(table.rows, numbers.items(), strict=True):
            cells = row.cells
            _fill(cells[0], f"{self.get(SEVERITY_NAMES[severity][0])} {number}")
            length = -(-number * TICKS // most)
            for cell in cells[1 : 1 + length]:
                _shade(cell, BARS[severity.name.lower()])
        self._caption("各级问题的数目", "findings by severity")

    def _findings(self) -> None:
        for unsettled in self.content.unsettled:
            name = self.say("未能判定：", "Not settled: ") + self.get(unsettled.name)
            self.text(f" {unsettled.subject} ({unsettled.reason})", name)
        if not self.content.findings:
            self.text(self.say("没有发现问题。", "No findings."))
        for found in self.content.findings:
            self._finding(found)

    def _finding(self, found: Told) -> None:
        self.doc.add_heading(f"{found.number}. [{self.get(found.degree)}] {self.get(found.headline)}", 2)
        places = self.say("、", ", ").join(
            self.get(p.name) + (f" {p.chapter}" if p.chapter else "") for p in found.places
        )
        self.text(f"　{places}", self.get(found.name))
        self.text(self.get(found.sentence))
        if found.repairs:
            self.text(f"　{self.get(found.repairs[0].says)}", self.say("修改建议", "Repair"))
        elif found.unmended.zh:
            self.text(self.get(found.unmended))
        if found.severity < Severity.SERIOUS:
            return
        table = self._table(len(found.story), [32, 138])
        for row, chapter in zip(table.rows, found.story, strict=True):
            _fill(row.cells[0], self.get(chapter.title), bold=True)
            _fill(row.cells[1], "\n".join(self.get(x) for x in chapter.lines))
        self.label(self.say("依据（缺一条则问题不成立）", "Why (without any one of these the finding is gone)"))
        for clause in found.why:
            self.text(self.clause(clause), style="List Bullet")
        if found.near:
            self.label(self.say("接近而不及的规定", "Near misses"))
            for clause in found.near:
                self.text(self.clause(clause), style="List Bullet")
        if found.repairs[1:]:
            self.label(self.say("其他修改办法", "Other repairs"))
            for remedy in found.repairs[1:]:
                self.text(self.get(remedy.says), style="List Bullet")
        if not found.every_reading:
            self.label(self.say("只在以下读法下成立", "Holds under these readings only"))
            for reading in found.readings:
                self.text(self.get(reading), style="List Bullet")
            for said in found.clearer:
                self.text(self.get(said))
        if found.remark.zh:
            self.text(self.get(found.remark))

    def _signing(self) -> None:
        self.heading("谁来办", "Who does what")
        self.text(
            self.say(
                "“全部在岗”一栏是有权办理的人；其后各栏是首位经办人因该原因不在时由谁办理，机关视为始终在岗。红色为无人可办，黄色为须先有委托。",
                "“Everyone present” names who may act; each further column, who acts when the first of them is absent "
                "for that cause; offices and departments are never away. Red: nobody; yellow: only if delegated.",
            )
        )
        for shown in self.content.signing:
            self.doc.add_heading(self.get(shown.act), 2)
            heads = [self.say("文件", "Papers"), *(self.get(c) for c in self.content.columns)]
            table = self.headed(heads, [67] + [38] * (len(heads) - 1))
            for line in shown.rows:
                cells = table.add_row().cells
                _fill(cells[0], ("　　" if line.urgent else "") + self.get(line.classes))
                for cell, square in zip(cells[1:], line.squares, strict=True):
                    places = self.say("、", ", ").join(dict.fromkeys(self.get(name) for _, name in square.norms))
                    mark = "✕ " if square.tone == HOLE else ""
                    _fill(cell, f"{mark}{self.get(square.who)}" + (f"\n{places}" if places else ""))
                    if square.tone in SHADES:
                        _shade(cell, SHADES[square.tone])

    def _routes(self) -> None:
        if self.content.pictures:
            self.heading("程序", "Routes")
        for picture in self.content.pictures:
            self.doc.add_heading(f"{self.get(picture.title)}（{self.get(picture.place)}）", 2)
            self._route(picture)
            marks = self.say("、", ", ").join(map(str, picture.marks))
            if marks:
                self.text(marks, self.say("涉及的问题：", "Findings: "))

    def _route(self, picture: Picture) -> None:
        """A figure: a column an actor, a row a step; a plain list where there are too many actors."""
        lanes = list(dict.fromkeys(self.get(s.who) for s in picture.steps))
        if len(lanes) > LANES:
            heads = [self.say("序", "No."), self.say("谁办", "Who"), self.say("办什么", "What"), self.say("依据", "By")]
            table = self.headed(heads, [12, 68, 50, 40])
            for number, step in enumerate(picture.steps, 1):
                for cell, said in zip(
                    table.add_row().cells,
                    (str(number), self.get(step.who), self.get(step.act), self.get(step.place)),
                    strict=True,
                ):
                    _fill(cell, said)
            return
        table = self.headed(lanes, [170 // len(lanes)] * len(lanes))
        for number, step in enumerate(picture.steps, 1):
            cell = table.add_row().cells[lanes.index(self.get(step.who))]
            _fill(cell, f"{number}. {self.get(step.act)}\n{self.get(step.place)}")
            _shade(cell, HEAD)

    def _checks(self) -> None:
        self.heading("检查结果", "Checks")
        heads = [
            self.say(*pair)
            for pair in (("检查", "Check"), ("结果", "Verdict"), ("所问", "Asked"), ("通过", "Held"),
                         ("空过", "Vacuous"), ("问题", "Findings"), ("未定", "Open"))
        ]  # fmt: skip
        table = self.headed(heads, [42, 48, 16, 16, 16, 16, 16])
        for c in self.content.checks:
            said = [self.get(c.name), self.get(c.verdict)]
            said += map(str, (c.asked, c.held, c.vacuous, c.findings, c.unknown))
            for cell, words in zip(table.add_row().cells, said, strict=True):
                _fill(cell, words)
        holders = self.say("、", ", ").join(f"{self.get(h.name)} {h.number}" for h in self.content.holders)
        self.text(
            self.say(
                f"范围：同时缺席不超过{self.content.absences}人；多人职务：{holders}。",
                f"Scope: at most {self.content.absences} absent at once; holders: {holders}.",
            )
        )

    def _survivals(self) -> None:
        """The acts that absence can stop."""
        breaking = [s for s in self.content.survivals if s.breaks]
        if breaking:
            self.heading("缺席承受力", "Resilience")
            heads = [self.say("事项", "Act"), self.say("规定由谁办理", "By whom"), self.get(WORST), self.get(BEST)]
            table = self.headed(heads, [25, 45, 50, 50])
            for each in breaking:
                self.line(table, *(self.get(x) for x in (each.act, each.by, each.worst, each.best)))

    def _rests(self) -> None:
        """Undefined terms, readings, facts."""
        content = self.content
        if content.terms:
            self.heading("未定义用语", "Undefined terms")
            heads = [
                self.say("用语", "Term"),
                self.say("出处", "Where"),
                self.say("因此而异的办理", "What hinges on it"),
            ]
            table = self.headed([*heads, self.say("影响的规定", "In")], [25, 35, 75, 35])
            for term in content.terms:
                inside = self.say("、", ", ").join(dict.fromkeys(self.get(c.place) for c in term.clauses))
                quote = f" “{term.quote}”" if term.quote else ""
                decisions = "\n".join(self.get(d) for d in term.decisions[:EXAMPLES])
                self.line(table, self.get(term.label), self.get(term.place) + quote, decisions, inside)
        if content.readings:
            self.heading("读法", "Readings")
            table = self.headed([self.say("何处", "Where"), self.say("可作的读法", "May be read as")], [70, 100])
            for reading in content.readings:
                where = f"{self.get(reading.label)}\n{self.get(reading.place)} “{reading.quote}”"
                self.line(table, where, "\n".join(self.get(c) for c in reading.choices))
        if content.facts:
            self.heading("前提", "Assumptions")
            table = self.headed([self.say("前提", "Fact"), self.say("依据", "Source")], [110, 60])
            assumption = self.say("假设（未见法律依据）", "assumption (no law is cited)")
            for fact in content.facts:
                self.line(table, self.get(fact.label), assumption if fact.assumption else self.get(fact.source))

    def _coverage(self) -> None:
        """How much of the text is checked, and what is not."""
        self.heading("覆盖台账", "Coverage")
        entries = [e for a in self.content.articles for e in a.entries]
        left = [e for e in entries if not e.formalised]
        self.text(
            self.say(
                f"已纳入检查{len(entries) - len(left)}处，未纳入{len(left)}处；未纳入的如下。",
                f"Statements checked: {len(entries) - len(left)}; left out: {len(left)}, which follow.",
            )
        )
        heads = [
            self.say("条款", "Place"),
            self.say("原文短语", "Phrase"),
            self.say("未纳入的原因", "Why it is left out"),
        ]
        table = self.headed(heads, [40, 50, 80])
        for entry in left:
            reason = self.get(entry.reason) + (f"：{entry.note}" if entry.note else "")
            self.line(table, self.get(entry.place), entry.quote, reason)

    # how it looks

    def _sheet(self, *, sideways: bool) -> None:
        section = self.doc.sections[-1]
        section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
        wide, high = (297, 210) if sideways else (210, 297)
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)

    def _fonts(self) -> None:
        body, head = FONTS[self.lang]
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number"):
            style = self.doc.styles[name]
            assert isinstance(style, ParagraphStyle)
            heading = name.startswith(("Title", "Heading"))
            style.font.name = "Arial" if heading else "Times New Roman"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), head if heading else body)
            if heading or name == "Caption":
                style.font.color.rgb = RGBColor(0x1B, 0x23, 0x30)
        normal = self.doc.styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        normal.font.size = Pt(10.5)

    def figure(self, png: bytes, title: str) -> None:
        """A picture as wide as an upright sheet's text, with its caption; the title is its alternative text."""
        shape = self.doc.add_picture(BytesIO(png), width=Mm(PICTURE))
        shape._inline.docPr.set("descr", title)
        self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        self._caption(title, title)

    def _caption(self, zh: str, en: str) -> None:
        self.doc.add_paragraph(self.say(f"图　{zh}", f"Figure: {en}"), style="Caption")

    def headed(self, heads: Sequence[str], widths: Sequence[int]) -> Table:
        """A table with a head that is repeated on every page."""
        table = self._table(1, widths)
        for cell, said in zip(table.rows[0].cells, heads, strict=True):
            _fill(cell, said, bold=True)
            _shade(cell, HEAD)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        return table

    def _table(self, rows: int, widths: Sequence[int], *, grid: bool = True) -> Table:
        """A table of fixed widths, in millimetres."""
        table = self.doc.add_table(rows, len(widths), style="Table Grid" if grid else "Normal Table")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def line(self, table: Table, *said: str) -> list[_Cell]:
        """One more row; its cells."""
        cells = list(table.add_row().cells)
        for cell, words in zip(cells, said, strict=True):
            _fill(cell, words)
        return cells

    def shade(self, cell: _Cell, colour: str) -> None:
        """Paint a cell."""
        _shade(cell, colour)


def _fill(cell: _Cell, said: str, *, bold: bool = False) -> None:
    """One paragraph a line, in smaller type."""
    for number, line in enumerate(_lines(said)):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if number else PADDING)
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.font.size = Pt(9)
        run.bold = bold
    cell.paragraphs[-1].paragraph_format.space_after = Pt(PADDING)


def _lines(said: str) -> Iterable[str]:
    return _legal(said).split("\n")


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
