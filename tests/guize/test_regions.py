"""Where a finding holds, in words: whose acts stop, and one line for acts that stop in the same situations."""

from __future__ import annotations

from pathlib import Path

import pytest

from guize.terminal.regions import regions
from guize.wording import Wording
from model.loading import load
from proofs.audit import audit
from tests.guize.support import BROKEN, Run

DRAFTERS = Path(__file__).parents[2] / "examples" / "drafters" / "rules"


@pytest.mark.parametrize(("lang", "named"), [("zh", "由"), ("en", ", by ")])
def test_a_region_of_a_gap_says_whose_acts_stop(lang: str, named: str) -> None:
    rules = load(Path(BROKEN))
    words = Wording(rules, lang)
    gaps = audit(rules, checks=["signing-gap"]).findings
    assert gaps
    for finding in gaps:
        for line in regions(words, finding):
            assert named in line or "未规定由谁办理" in line or "of whom nothing is said" in line
        acts = {s.act for r in finding.region for s in rules.stages if s.id == r.subject}
        assert all(any(words.act(a) in line for line in regions(words, finding)) for a in acts)


def test_acts_that_stop_alike_are_one_line(run: Run) -> None:
    finding = next(f["id"] for f in run("audit", BROKEN, "--check", "signing-gap", "--json").json["findings"])
    shown = run("explain", BROKEN, finding).out
    where = shown.partition("\n范围\n")[2].partition("\n\n")[0].splitlines()
    assert where and len(set(where)) == len(where) and all("——" in line for line in where if line.startswith("    由"))


def test_several_cores_are_told_as_groups_of_their_own(run: Run, tmp_path: Path) -> None:
    """Two powers want one signature of different hands: each alone is reason enough for it to be missing."""
    text = (DRAFTERS / "rules.yaml").read_text(encoding="utf-8")
    also = '  - {id: also, form: power, act: sign, by: director, at: "7", quote: x, when: kind = notice}\n'
    (tmp_path / "rules.yaml").write_text(text + also, encoding="utf-8")
    found = run("audit", str(tmp_path), "--check", "signing-gap", "--json").json["findings"]
    several = next(f["id"] for f in found if len(f["witness"]["absent"]) == 2 and "director" in str(f["witness"]))
    shown = run("explain", str(tmp_path), several).out
    assert "依据第1组，共2组（任一组都足以造成此问题；组内缺一不可）" in shown and "依据第2组，共2组" in shown
    assert "依据（缺一不可）" in run("explain", BROKEN, run("audit", BROKEN, "--check", "signing-gap", "--json")
                              .json["findings"][0]["id"]).out  # fmt: skip
