"""Asking a real browser how a picture came out: texts that overlap, texts that leave their box or the picture."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

BROWSER = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)

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
    assert BROWSER
    file = folder / "measured.html"
    file.write_text(page.replace("</body>", SCRIPT + "</body>"), encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"]
    ran = subprocess.run([BROWSER, *flags, file.as_uri()], capture_output=True, timeout=120, check=True)
    found = re.search(r'<pre id="measured">(.*?)</pre>', ran.stdout.decode("utf-8"), re.S)
    assert found, "the page did not load"
    return json.loads(unescape(found[1]))
