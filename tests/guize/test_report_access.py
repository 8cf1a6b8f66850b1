"""The page with all its parts, in a real browser: accessibility (axe-core), the Tab key, and that nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guize.report.content import Content
from guize.report.html import page
from tests.guize.report_support import repaired
from tests.guize.support import BROKEN
from tests.guize.test_report_parts import compared, ran
from tests.guize.test_report_properties import told

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = {"desktop": 1280, "phone": 390}
A4 = 695
"""The room between the margins of an upright A4 sheet, in CSS pixels."""

CUT = """() => {
  document.querySelectorAll('details').forEach(d => d.open = true);
  const bad = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) bad.push('page ' + root.scrollWidth);
  for (const e of document.querySelectorAll('td,th,p,h1,h2,h3,h4,dd,dt,li,summary,button,.badge,label,figcaption'))
    if (e.checkVisibility() && e.clientWidth && e.scrollWidth > e.clientWidth + 1)
      bad.push(e.tagName + ' ' + e.textContent.slice(0, 60));
  return bad;
}"""
OVERLAPPING = """() => {
  const bad = [];
  for (const svg of document.querySelectorAll('figure.chart svg')) {
    if (!svg.checkVisibility()) continue;
    const box = svg.viewBox.baseVal;
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
    texts.forEach(([words, b], i) => {
      if (b.x < 0 || b.y < 0 || b.x + b.width > box.width || b.y + b.height > box.height) bad.push('out ' + words);
      for (const [other, c] of texts.slice(i + 1)) {
        const w = Math.min(b.x + b.width, c.x + c.width) - Math.max(b.x, c.x);
        const h = Math.min(b.y + b.height, c.y + c.height) - Math.max(b.y, c.y);
        if (w > 1 && h > 3) bad.push(words + ' / ' + other);
      }
    });
  }
  return bad;
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href],button,summary,input,select,[tabindex="0"]')]
  .filter(e => e.checkVisibility()).length"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  if (!e.dataset.seen) e.dataset.seen = document.querySelectorAll('[data-seen]').length + 1;
  return e.dataset.seen;
}"""


def everything() -> Content:
    """Findings with a repair, properties, a revision and a simulation."""
    return replace(
        repaired(BROKEN)[2],
        properties=told()[2].properties,
        revised=compared()[1].revised,
        simulated=ran()[2].simulated,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM))
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = tmp_path_factory.mktemp("page") / "page.html"
    found.write_text(page.document(everything(), "zh"), encoding="utf-8")
    return found.as_uri()


def opened(browser: Any, file: str, width: int, lang: str) -> Any:
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(file)
    if lang == "en":
        shown.click("#language")
    return shown


@pytest.mark.parametrize(
    ("size", "lang"),
    [
        ("desktop", "zh"),
        ("phone", "en"),
        pytest.param("desktop", "en", marks=pytest.mark.long),
        pytest.param("phone", "zh", marks=pytest.mark.long),
    ],
)
def test_no_violation_and_nothing_cut(browser: Any, file: str, size: str, lang: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    shown = opened(browser, file, WIDTHS[size], lang)
    assert shown.evaluate(CUT) == []
    assert shown.evaluate(OVERLAPPING) == []
    found = axe.run(shown, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    shown.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_cut_on_paper(browser: Any, file: str, lang: str) -> None:
    shown = opened(browser, file, A4, lang)
    shown.emulate_media(media="print")
    assert shown.evaluate(CUT) == []
    assert shown.evaluate(OVERLAPPING) == []
    assert shown.pdf(format="A4").startswith(b"%PDF")
    shown.close()


def test_paper_is_brief_unless_the_box_is_checked(browser: Any, file: str) -> None:
    shown = opened(browser, file, A4, "zh")
    shown.check("#whole")
    shown.emulate_media(media="print")
    rows = "() => [...document.querySelectorAll('#coverage tr.done')].filter(e => e.checkVisibility()).length"
    note = "() => document.querySelector('.paper').checkVisibility()"
    assert shown.evaluate(rows) > 0 and not shown.evaluate(note)
    shown.evaluate("() => document.documentElement.removeAttribute('data-whole')")
    assert shown.evaluate(rows) == 0 and shown.evaluate(note)
    shown.close()


@pytest.mark.parametrize("size", WIDTHS)
def test_the_tab_key_reaches_everything_in_order(browser: Any, file: str, size: str) -> None:
    """Each press leads to another element, until all that can be used was reached."""
    shown = opened(browser, file, WIDTHS[size], "zh")
    wanted = shown.evaluate(REACHABLE)
    reached: list[str] = []
    for _ in range(wanted + 5):
        shown.keyboard.press("Tab")
        now = shown.evaluate(FOCUSED)
        if not now or now in reached:
            break
        reached.append(now)
    assert wanted > 30 and len(reached) >= wanted
    shown.close()
