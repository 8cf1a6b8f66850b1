"""The page in a real browser: language, filters, stories, citations, printing, nothing cut. Skips without chromium.

The accessibility check (axe-core) and the look at screenshots are done by hand; docs/report.md says how.
"""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import guize
import specs
from guize.report.content import build
from guize.report.html import page
from tests.guize.browser import browser
from tests.guize.report_support import audited, fabricated, generated
from tests.guize.support import BROKEN


@pytest.fixture(autouse=True)
def chromium() -> str:
    """The command of the browser; without one, each test skips and says so."""
    found = browser()
    if found is None:
        pytest.skip("no browser (chromium) is installed")
    return found


FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=8000")
DESKTOP, PHONE = (1280, 900), (500, 900)
"""Headless chromium opens no window narrower than 500 pixels; narrower ones were looked at by hand."""

HELPERS = """
const out = {}, all = s => [...document.querySelectorAll(s)];
const visible = e => e.checkVisibility ? e.checkVisibility() : e.offsetParent !== null;
const shown = () => all('.finding').filter(visible).length;
const set = (e, v) => { if (e.type === 'checkbox') e.checked = v; else e.value = v;
  e.dispatchEvent(new Event('change')); };
const later = f => setTimeout(f, 200);
const done = () => { const p = document.createElement('pre'); p.id = 'told'; p.textContent = JSON.stringify(out);
  document.body.appendChild(p); };
"""


def drive(html: str, folder: Path, script: str, size: tuple[int, int] = DESKTOP) -> Any:
    """What a script finds in the page. The page's own policy, which forbids it, is taken off first."""
    command = browser()
    assert command
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    file = folder / "page.html"
    file.write_text(html.replace("</body>", f"<script>{HELPERS}{script}</script></body>"), encoding="utf-8")
    arguments = [*FLAGS, f"--window-size={size[0]},{size[1]}", "--dump-dom", file.as_uri()]
    ran = subprocess.run([command, *arguments], capture_output=True, timeout=120, check=True)
    found = re.search(r'<pre id="told">(.*?)</pre>', ran.stdout.decode("utf-8"), re.S)
    assert found, "the page or the script failed"
    return json.loads(unescape(found[1]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    rules = generated(tmp_path_factory.mktemp("made"), 30)
    return page.document(build(rules, fabricated(rules, 8)), "zh")


def test_the_button_changes_the_language_and_back(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        """
        const look = () => [document.documentElement.lang, document.title, document.querySelector('h3').textContent,
          document.querySelector('#check option').textContent, document.querySelector('nav').getAttribute('aria-label'),
          document.querySelector('.lead').innerText];
        out.zh = look(); document.getElementById('language').click();
        out.en = look(); out.left = all('main *').filter(e => visible(e) && !e.children.length &&
          /检查|问题|无人|缺席/.test(e.textContent)).map(e => e.textContent).filter(t => !t.includes('第'));
        document.getElementById('language').click(); out.back = look(); done();
        """,
    )
    assert told["zh"][0] == "zh-CN" and told["en"][0] == "en"
    assert told["zh"] == told["back"]
    assert "无人可签发" in told["zh"][2] and "Nobody may sign" in told["en"][2]
    assert told["zh"][3] == "全部" and told["en"][3] == "all"
    assert told["en"][4] == "Contents" and "8 findings" in told["en"][5]
    assert told["left"] == []


def test_a_page_that_opens_in_english_speaks_chinese_on_request(tmp_path: Path) -> None:
    html = page.document(audited(BROKEN)[2], "en")
    told = drive(
        html,
        tmp_path,
        """out.en = document.querySelector('h3').textContent; document.getElementById('language').click();
        out.zh = document.querySelector('h3').textContent; done();""",
    )
    assert "Nobody may sign" in told["en"] and "无人可签发" in told["zh"]


def test_filters_by_severity_and_by_check(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        """
        out.all = shown();
        set(document.querySelector('input[value=critical]'), false); out.without = shown();
        out.status = document.querySelector('.shown').textContent;
        set(document.getElementById('check'), 'signing-gap'); out.check = shown();
        const hidden = document.querySelector('.finding[hidden]'); location.hash = hidden.id;
        later(() => { out.again = shown(); done(); });
        """,
    )
    assert told["all"] == 8 and told["without"] == 6 and told["status"] == "6"
    assert told["check"] == 6
    assert told["again"] == 8  # a link to a finding that a filter hides shows it


def test_a_story_opens_and_a_citation_leads_to_the_norm(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        """
        const d = document.querySelector('.finding details'), dd = d.querySelector('dd');
        out.before = visible(dd); d.querySelector('summary').click(); out.after = visible(dd); out.words = d.innerText;
        const a = d.querySelector('li a'), to = document.getElementById(a.getAttribute('href').slice(1));
        a.click();
        later(() => { const r = to.getBoundingClientRect(); out.to = to.innerText;
          out.seen = r.top >= 0 && r.bottom <= innerHeight; done(); });
        """,
    )
    assert not told["before"] and told["after"]
    assert "谁不在" in told["words"] and "县长休假（未外出）" in told["words"]
    assert "第1项" in told["to"] and told["seen"]


def test_the_first_screen_leads_to_the_worst_finding_and_opens_it(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        """
        const a = all('.lead a').find(visible); a.click();
        later(() => { const f = document.getElementById(a.getAttribute('href').slice(1));
          out.open = f.querySelector('details').open; out.top = f.getBoundingClientRect().top; done(); });
        """,
    )
    assert told["open"] and 0 <= told["top"] < 400


def test_everything_opens_when_printed(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        "dispatchEvent(new Event('beforeprint')); out.closed = all('details:not([open])').length; done();",
    )
    assert told["closed"] == 0


def test_a_box_says_whether_all_is_printed(made: str, tmp_path: Path) -> None:
    told = drive(
        made,
        tmp_path,
        """
        const box = document.getElementById('whole'), root = document.documentElement;
        out.before = root.hasAttribute('data-whole'); box.click(); out.checked = root.hasAttribute('data-whole');
        box.click(); out.after = root.hasAttribute('data-whole'); done();
        """,
    )
    assert told == {"before": False, "checked": True, "after": False}


def test_the_keyboard_reaches_everything(made: str, tmp_path: Path) -> None:
    """Whatever reacts to a click is a link, a button, a summary or a field; whatever scrolls sideways takes focus."""
    told = drive(
        made,
        tmp_path,
        """
        all('details').forEach(d => d.open = true);
        out.scrolling = all('main *').filter(e => visible(e) && e.scrollWidth > e.clientWidth + 1 &&
          getComputedStyle(e).overflowX === 'auto' && e.tabIndex < 0).length;
        out.other = all('[onclick],[role=button]').length;
        out.out = all('a,button,summary,input,select').filter(e => e.tabIndex < 0).length;
        out.reached = all('a,button,summary,input,select').length; done();
        """,
        PHONE,
    )
    assert told["scrolling"] == told["other"] == told["out"] == 0
    assert told["reached"] > 50


MEASURE = """
all('details').forEach(d => d.open = true);
const cut = () => { const de = document.documentElement; const bad = [];
  if (de.scrollWidth > de.clientWidth) bad.push('page ' + de.scrollWidth);
  for (const e of all('td,th,p,h1,h2,h3,h4,dd,dt,li,summary,button,.badge,label'))
    if (visible(e) && e.clientWidth && e.scrollWidth > e.clientWidth + 1)
      bad.push(e.tagName + ' ' + e.textContent.slice(0, 60));
  return bad; };
out.zh = cut(); document.getElementById('language').click(); out.en = cut(); done();
"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_cut(made: str, tmp_path: Path, size: tuple[int, int]) -> None:
    assert drive(made, tmp_path, MEASURE, size) == {"zh": [], "en": []}


@pytest.mark.long
@pytest.mark.parametrize("name", specs.bundled())
def test_nothing_is_cut_in_the_bundled_instruments(name: str, tmp_path: Path) -> None:
    html = page.document(audited(name)[2], "zh")
    for size in (DESKTOP, PHONE):
        assert drive(html, tmp_path, MEASURE, size) == {"zh": [], "en": []}


def test_hostile_text_runs_nothing_even_without_the_policy(tmp_path: Path) -> None:
    rules = generated(tmp_path / "spec", 12, "<img src=x onerror=bad()>")
    html = page.document(build(rules, fabricated(rules, 3)), "zh")
    told = drive(
        html,
        tmp_path,
        """document.getElementById('language').click(); document.getElementById('language').click();
        out.images = all('img').length; out.words = document.querySelector('h1').innerText; done();""",
    )
    assert told["images"] == 0 and "<img src=x onerror=bad()>" in told["words"]


def test_the_policy_lets_the_own_script_run(chromium: str, tmp_path: Path) -> None:
    """With its policy on, the page still fills the filter's count and so has run its own script."""
    rules = guize.load(BROKEN)
    html = page.document(build(rules, audited(BROKEN)[1]), "zh").replace('class="shown">1<', 'class="shown">?<')
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    command = [chromium, *FLAGS, "--dump-dom", (tmp_path / "page.html").as_uri()]
    ran = subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert 'class="shown">1<' in ran.stdout.decode("utf-8")
