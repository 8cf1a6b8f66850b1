"""`guize graph`: files, formats, languages, JSON, refusals."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.guize.support import Run

HEAD = """
instrument:
  id: demo
  title: {zh: 示范规则, en: Demonstration rules}
  place: {zh: 某县, en: somewhere}
  articles: 9
  uses: [background]
offices:
  - {id: head, zh: 县长, en: county head, holders: one, at: "1"}
  - {id: deputy, zh: 副县长, en: deputy head, holders: many, portfolio: true, at: "1"}
  - {id: clerk, zh: 办公室主任, en: office director, holders: one, at: "1"}
bodies:
  - {id: council, zh: 常务会议, en: standing meeting, kind: meeting, at: "1"}
norms:
  - {id: council_made, form: composition, body: council, members: head | deputy, chair: head, at: "2"}
  - {id: weekly, form: cadence, body: council, amount: 7, unit: calendar_day, at: "2"}
  - {id: acting, form: stand_in, for: head, by: deputy, causes: [away], acts: all, at: "3", zh: 代行, en: standing in}
  - {id: minutes_signed, form: power, act: sign, by: head, when: kind = minutes, at: "4"}
  - id: papers
    form: route
    at: "5"
    when: official_document and name = government
    zh: 公文的审签
    en: papers are reviewed and signed
    steps:
      - {id: draft, act: draft, by: clerk}
      - {id: review, act: review, by: in_charge(deputy), when: urgency != ordinary}
      - {id: decide, act: decide, by: council, modality: may}
      - {id: sign, act: sign, by: head, back_to: draft}
  - {id: urgent, form: bound, route: papers, from: draft, to: end, kind: ceiling, amount: 3, unit: working_day,
     when: urgency = urgent, at: "6"}
"""


@pytest.fixture
def spec(tmp_path: Path) -> str:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "rules.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "ledger.yaml").write_text("[]\n", encoding="utf-8")
    return str(folder)


def test_the_page_opens_offline_and_says_everything(run: Run, spec: str) -> None:
    ran = run("graph", spec)
    assert ran.code == 0
    assert ran.out.startswith("<!DOCTYPE html>")
    assert "http" not in ran.out.replace("http://www.w3.org/2000/svg", "")
    for words in ("公文的审签", "分管的副县长", "可省略", "代行：副县长（第三条）", "3个工作日内", "急件", "每7日一次"):
        assert words in "".join(ElementTree.fromstring(_svgs(ran.out)).itertext()), words


def _svgs(page: str) -> str:
    return "<all>" + "".join(p.partition("</svg>")[0] + "</svg>" for p in _pieces(page)) + "</all>"


def _pieces(page: str) -> list[str]:
    return ["<svg" + p for p in page.split("<svg")[1:]]


def test_findings_are_marked_in_place_and_told_below(run: Run, spec: str) -> None:
    out = run("graph", spec, "--format", "svg", "--route", "papers").out
    assert "图中标出的问题" in out and "退回无限制" in out
    assert "单点：" in out


def test_english(run: Run, spec: str) -> None:
    out = run("graph", spec, "--format", "svg", "--route", "papers", "--lang", "en").out
    assert "may be left out" in out and "the deputy head in charge" in out.lower()


def test_json_has_the_documented_keys(run: Run, spec: str) -> None:
    found = run("graph", spec, "--json").json
    assert set(found) >= {"instrument", "routes", "stand_ins", "answers", "meetings", "kinds", "findings", "unknown"}
    (route,) = found["routes"]
    assert [s["id"] for s in route["steps"]] == ["draft", "review", "decide", "sign"]
    assert route["longest_chain"]["steps"] == ["draft", "review", "sign"]
    assert [(c["nodes"], c["driven"]) for c in route["returns"]] == [(["draft", "sign"], True)]
    sign = route["steps"][-1]
    assert sign["stand_ins"] == ["acting"]
    assert sign["single_points"] == ["head"]
    assert sign["findings"] == [f["id"] for f in found["findings"] if f["check"] == "unbounded-return"]
    assert [m["body"] for m in found["meetings"]] == ["council"]
    assert found["meetings"][0]["papers"]["minutes"] == ["minutes_signed"]
    assert {"kind": "minutes", "norms": ["minutes_signed"], "longest_chain": 0, "longest_route": ""} in found["kinds"]


def test_a_card_tells_who_does_what_in_order(run: Run, spec: str) -> None:
    out = run("graph", spec, "--format", "cards", "--kind", "notice").out
    places = [out.index(w) for w in ("办公室主任", "分管的副县长", "常务会议", "县长</td><td>签发")]
    assert places == sorted(places)
    assert "最长须经3道手续" in out


@pytest.mark.parametrize("form", ["svg", "mermaid", "dot", "graphml", "bpmn", "dmn"])
def test_several_files_go_to_a_folder_and_nothing_is_written_over(
    run: Run, spec: str, form: str, tmp_path: Path
) -> None:
    out = tmp_path / form
    assert run("graph", spec, "--format", form, "--out", str(out)).code == 0
    written = {p.name: p.read_text(encoding="utf-8") for p in out.iterdir()}
    assert written and all(written.values())
    again = run("graph", spec, "--format", form, "--out", str(out), "--lang", "en")
    assert again.code == 2 and "is there already" in again.err
    assert {p.name: p.read_text(encoding="utf-8") for p in out.iterdir()} == written


def test_where_nothing_can_be_written_it_is_said(run: Run, spec: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = run("graph", spec, "--out", str(tmp_path / "file" / "in" / "page.html"), "--lang", "en")
    assert ran.code == 2 and "file" in ran.err and not ran.out
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_several_files_need_a_folder(run: Run, spec: str) -> None:
    ran = run("graph", spec, "--format", "svg", "--lang", "en")
    assert ran.code == 2 and "--out" in ran.err and not ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--route", "paper"), "did you mean 'papers'?"),
        (("--kind", "notise"), "did you mean 'notice'?"),
        (("--format", "dmn", "--act", "sing"), "did you mean 'sign'?"),
    ],
    ids=["route", "kind", "act"],
)
def test_unknown_names_are_refused_with_the_nearest(run: Run, spec: str, arguments: tuple[str, ...], said: str) -> None:
    ran = run("graph", spec, *arguments, "--lang", "en")
    assert ran.code == 2 and said in ran.err and not ran.out


def test_output_is_the_same_every_time(run: Run, spec: str) -> None:
    assert run("graph", spec).out == run("graph", spec).out
