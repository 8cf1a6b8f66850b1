"""Asking a real browser how a picture came out: texts that overlap, texts that leave their box or the picture."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = "no Chromium is installed: pictures are checked by geometry alone"


def _runs(name: str) -> bool:
    """Whether it is there and starts; a stub that only says how to install it does not."""
    if not shutil.which(name):
        return False
    try:
        return subprocess.run([name, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@cache
def browser() -> str | None:
    """The command of a browser that runs here, or None."""
    return next((b for b in NAMES if _runs(b)), None)


SCRIPT = """
<script>
const out = {texts: 0, pictures: 0, overlapping: [], cut: [], scripts: document.scripts.length - 1};
for (const svg of document.querySelectorAll('svg')) {
  out.pictures++;
  const box = svg.viewBox.baseVal;
  const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  const rects = [...svg.querySelectorAll('rect')].map(r => r.getBBox());
  out.texts += texts.length;
  texts.forEach(([words, b], i) => {
    if (b.x < 0 || b.y < 0 || b.x + b.width > box.width || b.y + b.height > box.height) out.cut.push(words);
    const x = b.x + b.width / 2, y = b.y + b.height / 2;
    const around = rects.filter(r => x > r.x && x < r.x + r.width && y > r.y && y < r.y + r.height);
    const tight = around.reduce((a, r) => a.width * a.height < r.width * r.height ? a : r, around[0]);
    if (tight && (b.x < tight.x - 1 || b.x + b.width > tight.x + tight.width + 1)) out.cut.push(words);
    if (tight && (b.y < tight.y - 2 || b.y + b.height > tight.y + tight.height + 2)) out.cut.push(words);
    for (let j = i + 1; j < texts.length; j++) {
      const c = texts[j][1];
      const w = Math.min(b.x + b.width, c.x + c.width) - Math.max(b.x, c.x);
      const h = Math.min(b.y + b.height, c.y + c.height) - Math.max(b.y, c.y);
      if (w > 1 && h > 3) out.overlapping.push([words, texts[j][0]]);
    }
  });
}
for (const cell of document.querySelectorAll('td,th,p,h1,h2')) {
  if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth) out.cut.push(cell.textContent);
}
const pre = document.createElement('pre'); pre.id = 'measured'; pre.textContent = JSON.stringify(out);
document.body.appendChild(pre);
</script>
"""


def measure(page: str, folder: Path) -> dict[str, Any]:
    """What the browser made of an HTML page: counts, and lists that should be empty."""
    file = folder / "measured.html"
    file.write_text(page.replace("</body>", SCRIPT + "</body>"), encoding="utf-8")
    shown = _run(folder, "--virtual-time-budget=20000", "--dump-dom", file.as_uri()).decode("utf-8")
    found = re.search(r'<pre id="measured">(.*?)</pre>', shown, re.S)
    assert found, "the page did not load"
    return json.loads(unescape(found[1]))


def printed_sheets(page: str, folder: Path) -> int:
    """On how many sheets of paper the browser prints an HTML page."""
    file, made = folder / "printed.html", folder / "printed.pdf"
    file.write_text(page, encoding="utf-8")
    _run(folder, "--no-pdf-header-footer", f"--print-to-pdf={made}", file.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b", made.read_bytes()))


def _run(folder: Path, *arguments: str) -> bytes:
    name = browser()
    assert name
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    return subprocess.run([name, *flags, *arguments], capture_output=True, timeout=240, check=True).stdout
