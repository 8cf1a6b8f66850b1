"""A made-up revision of a whole bundled instrument: what its table of four columns says, and in which words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import guize
from guize.report.content import build
from guize.report.html import page
from guize.report.revised import Revised, revised
from guize.sentences.revision import Telling
from model.revision import revise
from proofs.findings import Report
from proofs.impact.records import Counts, Impact
from proofs.impact.run import impact
from tests.guize.report_support import parsed
from tests.guize.revision_weidong import NAME, write

IDS = re.compile(r"[a-z]+_[a-z]+|\b(?:true|false)\b")


def texts(shown: Revised) -> list[str]:
    """Every Chinese text of the table."""
    found = [shown.verdict.zh, *(n.zh for r in shown.rows for n in r.notes)]
    for row in shown.rows:
        found += [row.old.says.zh, row.new.says.zh]
        found += [x for e in row.effects for x in (e.name.zh, e.says.zh, *(w.zh for w in e.where))]
    return found


@pytest.fixture
def versions(tmp_path: Path) -> Impact:
    """The two versions and what was changed, without what it does."""
    revision = revise(guize.load(NAME), guize.load(write(tmp_path)))
    return Impact(revision, (), Counts(0, 0, 0))


def test_every_change_is_a_row_in_words_and_no_name_of_a_file_is_shown(versions: Impact) -> None:
    shown = revised(versions)
    assert len(shown.rows) == len(versions.changes) == 8
    assert [t for t in texts(shown) if IDS.search(t)] == []


def test_a_step_that_went_is_one_line_and_what_changed_of_others_is_told(versions: Impact) -> None:
    change = next(c for c in versions.changes if c.id == "crossing_papers")
    assert Telling(versions, "zh").fields(change) == [
        "删去步骤：区政府分管领导会签",
        "签发一步：在何步之后：区政府分管领导会签 → —",
    ]
    other = next(c for c in versions.changes if c.id == "sign_office")
    (said,) = Telling(versions, "zh").fields(other)
    assert said == "让位于：第五十九条（办公室主任不在时可由分管领导或区长签发） → —"


@pytest.mark.long
def test_the_effects_of_the_whole_revision(tmp_path: Path) -> None:
    new = guize.load(write(tmp_path))
    shown = revised(impact(guize.load(NAME), new))
    assert [t for t in texts(shown) if IDS.search(t)] == []
    said = "".join(texts(shown))
    assert "区政府常务会议每周一次" in said and "负责常务工作的副区长原不可代副区长甲批准、签发，改后可以" in said
    assert "会签：不再由区政府分管领导（共同）（第五十八条）办理" in said
    content = replace(build(new, Report(new.title.id, (), ())), revised=shown)
    assert "现行" in parsed(page.document(content, "zh")).text
