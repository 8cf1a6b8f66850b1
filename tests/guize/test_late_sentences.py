"""What is said of a deadline: of whose field the paper is, the chain, and what the route takes in all."""

from __future__ import annotations

import json
from pathlib import Path

from guize.sentences import sentence
from guize.sentences.chains import periods
from model.loading import load
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Finding, Late
from tests.guize.support import Run

DRAFTERS = Path(__file__).parents[2] / "examples" / "drafters" / "rules"
LIMIT = "{id: limit, form: bound, route: passage, from: start, to: sign, kind: ceiling, amount: 2, unit: working_day"
ONE = "{id: one, form: bound, route: passage, from: start, to: review, kind: floor, amount: 1, unit: working_day"
THREE = "{id: three, form: bound, route: passage, from: review, to: countersign, kind: floor, amount: 3"


def drafted(folder: Path, *bounds: str) -> Path:
    text = (DRAFTERS / "rules.yaml").read_text(encoding="utf-8")
    more = [f'  - {b}, at: "7", quote: x}}\n' for b in bounds]
    (folder / "rules.yaml").write_text(text + "".join(more), encoding="utf-8")
    return folder


def late(folder: Path, *bounds: str) -> tuple[RuleSet, Finding]:
    rules = load(drafted(folder, *bounds))
    (finding,) = audit(rules, checks=["deadline-infeasible"]).findings
    return rules, finding


def test_a_core_that_is_shorter_than_the_route_says_what_the_route_takes(tmp_path: Path) -> None:
    rules, finding = late(tmp_path, LIMIT, ONE, f"{THREE}, unit: calendar_day")
    assert isinstance(finding.details, Late) and finding.details.in_all is not None
    assert (finding.details.worst.least, finding.details.in_all.least) == (3, 4)
    assert "one" not in finding.norms
    told = sentence(rules, finding, "zh")
    assert "最少需3个工作日，超出1个工作日；连同该程序的其他时限，周一起算最少需4个工作日，超出2个工作日" in told
    assert "with the other periods of the route at least 4 working days" in sentence(rules, finding, "en")
    ((_, total),) = periods(rules, finding, "zh")
    assert total.endswith("最少需4个工作日，超出2个工作日")


def test_a_chain_that_is_all_there_is_says_nothing_more(tmp_path: Path) -> None:
    rules, finding = late(tmp_path, LIMIT, f"{THREE}, unit: calendar_day")
    assert isinstance(finding.details, Late) and finding.details.in_all is None
    assert "连同" not in sentence(rules, finding, "zh")


def test_a_step_only_for_a_field_says_of_whose_the_paper_is(tmp_path: Path) -> None:
    rules, finding = late(tmp_path, LIMIT, f"{THREE}, unit: calendar_day")
    assert sentence(rules, finding, "zh").startswith("属副县长乙分管的通知须在")
    assert sentence(rules, finding, "en").startswith("A notice in the portfolio of the deputy head B must")


def test_the_story_of_a_review_by_one_hand_says_of_whose_field_the_paper_is(run: Run) -> None:
    (finding, *_) = run("audit", str(DRAFTERS), "--check", "self-review", "--json").json["findings"]
    shown = run("explain", str(DRAFTERS), finding["id"]).out.replace("\n", "").replace(" ", "")
    assert "什么文件属常务副县长分管的通知" in shown


def test_explain_and_json_say_the_same(run: Run, tmp_path: Path) -> None:
    folder = str(drafted(tmp_path, LIMIT, ONE, f"{THREE}, unit: calendar_day"))
    asked = run("audit", folder, "--check", "deadline-infeasible", "--json")
    (finding,) = json.loads(asked.out)["findings"]
    assert finding["details"]["in_all"]["least"] == 4 and finding["details"]["chain"]["least"] == 3
    shown = run("explain", folder, finding["id"]).out.replace("\n", "").replace(" ", "")
    assert shown.count("连同该程序的其他时限") == 3  # the sentence, the story, the total of the chain
    assert "什么文件属副县长乙分管的通知" in shown and "文件属副县长乙分管" in shown
