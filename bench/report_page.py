"""How large a report of many norms is, and how it opens and scrolls in a real browser.

    PYTHONPATH=. python bench/report_page.py [--norms 2000] [--findings 300] [--file PAGE]

Makes the page of a made-up rule set (that of `tests/guize/report_support.py`), or takes one, and opens it in headless
Chromium at 1280 x 900 and 390 x 844: bytes, milliseconds until it is loaded, then the intervals between frames while it
is scrolled from top to bottom, first as it opens and then with everything unfolded. Needs playwright and
/usr/bin/chromium. Without a graphics card frames are drawn by the processor.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
SIZES = ((1280, 900), (390, 844))
FRAMES = 240
"""Frames of one scroll: some four seconds at 60 a second."""
SCROLL = """(frames) => new Promise(done => {
  const end = document.documentElement.scrollHeight - innerHeight, times = [];
  let last = performance.now(), n = 0;
  scrollTo(0, 0);
  const step = now => {
    times.push(now - last); last = now;
    scrollTo(0, end * ++n / frames);
    if (n < frames) requestAnimationFrame(step); else done({times: times.slice(1), height: end});
  };
  requestAnimationFrame(step);
})"""
LOADED = """() => { const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd - t.startTime; }"""


def made(norms: int, findings: int) -> str:
    """The page of a made-up rule set."""
    from guize.report.content import build
    from guize.report.html import page
    from tests.guize.report_support import fabricated, generated

    with tempfile.TemporaryDirectory() as folder:
        rules = generated(Path(folder), norms)
        started = time.process_time()
        text = page.document(build(rules, fabricated(rules, findings)), "zh")
        print(f"made in {time.process_time() - started:.1f} s of processor time")
    return text


def measure(browser: Any, address: str, size: tuple[int, int]) -> None:
    """Print what one window makes of the page."""
    shown = browser.new_page(viewport={"width": size[0], "height": size[1]})
    shown.goto(address)
    shown.wait_for_function("() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    nodes = shown.evaluate("() => document.getElementsByTagName('*').length")
    print(f"{size[0]} x {size[1]}: loaded in {shown.evaluate(LOADED):.0f} ms, {nodes:,} elements")
    for what, before in (
        ("as it opens", "() => 0"),
        ("unfolded", "() => document.querySelectorAll('details').forEach(d => d.open = true)"),
    ):
        shown.evaluate(before)
        found = shown.evaluate(SCROLL, FRAMES)
        times = sorted(found["times"])
        at = {p: times[min(len(times) - 1, int(p * len(times)))] for p in (0.5, 0.95)}
        print(
            f"  {what}: {found['height']:,} px; between frames {at[0.5]:.0f} ms at the median, {at[0.95]:.0f} at 95%, "
            f"{times[-1]:.0f} at most"
        )
    shown.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--norms", type=int, default=2000)
    parser.add_argument("--findings", type=int, default=300)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    text = given.file.read_text(encoding="utf-8") if given.file else made(given.norms, given.findings)
    print(f"{len(text.encode()):,} bytes")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        browser = running.chromium.launch(executable_path=CHROMIUM)
        for size in SIZES:
            measure(browser, file.as_uri(), size)
        browser.close()


if __name__ == "__main__":
    main()
