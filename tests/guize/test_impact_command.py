"""`guize impact`: golden output of a hand-made revision, gates and exit codes, JSON, names that were changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guize.commands.impact import parse_same
from model.errors import UsageError
from tests.guize.support import SOUND, Run

HERE = Path(__file__).parent / "revision"
OLD, NEW = str(HERE / "old"), str(HERE / "new")
EXPECTED = HERE / "expected"
BARE = ("--no-findings", "--no-properties")


def golden(name: str, shown: str) -> None:
    """The output is that of the file; with GUIZE_GOLDEN=write the file is written anew."""
    file = EXPECTED / name
    shown = "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    if os.environ.get("GUIZE_GOLDEN") == "write":
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def edited(tmp_path: Path, *changes: tuple[str, str], of: str = OLD) -> str:
    """A copy of a version with its text changed."""
    folder = tmp_path / f"edited{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    text = (Path(of) / "rules.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def shown(*options: str) -> str:
    """What a process of its own prints: which of several equally wide regions is found depends on what came before."""
    asked = [sys.executable, "-m", "guize", "impact", OLD, NEW, *BARE, *options]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_terminal(lang: str) -> None:
    golden(f"terminal.{lang}.txt", shown("--lang", lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown(lang: str, tmp_path: Path) -> None:
    file = tmp_path / "impact.md"
    assert shown("--lang", lang, "--format", "markdown", "-o", str(file)) == ""
    golden(f"impact.{lang}.md", file.read_text(encoding="utf-8"))


def test_json_names_every_change_with_who_is_to_blame(run: Run) -> None:
    found = run("impact", OLD, NEW, "--json").json
    assert not found["identical"] and not found["same_in_effect"]
    kinds = {c["id"]: c["kind"] for c in found["norms"]}
    assert kinds == {
        "head_signs": "wording", "others": "changed", "important_signed": "added", "handling": "changed",
        "within": "changed", "absence": "changed", "silence": "changed", "together": "changed", "force": "changed",
        "made_public": "added", "monthly": "removed",
    }  # fmt: skip
    by_id = {c["id"]: c for c in found["norms"]}
    assert by_id["force"]["effects"] == []  # a reference: told, without computed effect
    assert all(by_id[i]["effects"] for i in kinds if i not in ("force", "head_signs"))
    blamed = {b for e in found["effects"] for b in e["blame"]}
    assert {"others", "important_signed", "within", "absence", "made_public", "monthly", "together"} <= blamed
    report = next(e for e in found["effects"] if e["kind"] == "demand" and e["lost"] == [["others"]])
    assert report["hands"][0]["gains"] == ["head"] and report["hands"][0]["loses"] == ["deputy_1"]
    assert report["regions"][0]["where"] == {"paper.important": ["true"], "paper.kind": ["report"]}
    assert "procedure-unsound" in {f["check"] for f in found["findings"]["go"]}
    assert "signing-gap" in {f["check"] for f in found["findings"]["appear"]}
    assert {p["id"] for p in found["properties"] if p["worse"]} >= {"meetings_survive_an_absence"}


@pytest.mark.parametrize(
    ("gates", "code"),
    [(("none",), 0), (("outcomes",), 1), (("text",), 1), (("findings",), 0), (("none", "outcomes"), 1), ((), 1)],
)
def test_gates(run: Run, gates: tuple[str, ...], code: int) -> None:
    asked = [word for gate in gates for word in ("--fail-on", gate)]
    assert run("impact", OLD, NEW, *BARE, *asked).code == code


def test_findings_fail_the_gate_from_the_severity_asked_for(run: Run) -> None:
    asked = ("impact", OLD, NEW, "--no-properties", "--fail-on", "findings")
    ran = run(*asked, "--severity", "moderate")
    assert ran.code == 1
    assert "＋ [较重] 无人有权办理" in ran.out and "－ [严重] 程序不通" in ran.out
    assert run(*asked, "--severity", "critical").code == 0


def test_a_property_that_fails_now_fails_the_gate(run: Run) -> None:
    asked = ("impact", "--no-findings", "--fail-on", "properties")
    assert run(*asked, OLD, NEW).code == 1
    assert run(*asked, NEW, OLD).code == 0


def test_other_words_and_another_order_change_nothing(run: Run, tmp_path: Path) -> None:
    changed = edited(
        tmp_path,
        ('at: "6", quote: 不得泄露', 'at: "8", quote: 严禁泄露'),
        ("en: the head signs decisions", "en: decisions are the head's"),
        ("id: others,", "id: the_others,"),
    )
    ran = run("impact", OLD, changed)
    assert ran.code == 0 and "效力没有变化" in ran.out and "只有位置、引文、名称或顺序不同" in ran.out
    assert run("impact", OLD, changed, "--fail-on", "text").code == 1
    assert run("impact", SOUND, SOUND, "--json").json["identical"]


def test_the_same_said_otherwise_is_proved_equal(run: Run, tmp_path: Path) -> None:
    changed = edited(tmp_path, ("when: kind = decision}", 'when: "not (kind in {notice, report, meeting})"}'))
    ran = run("impact", OLD, changed, *BARE)
    assert ran.code == 0 and "已证明" in ran.out and "没有算得的效力变化" in ran.out


def test_a_question_not_settled_is_no_pass(run: Run, tmp_path: Path) -> None:
    ran = run("impact", OLD, NEW, *BARE, "--budget", "1", "--fail-on", "none")
    assert ran.code == 3 and "未能判定" in ran.out


def test_a_name_that_was_changed_is_offered_and_taken(run: Run, tmp_path: Path) -> None:
    changed = edited(
        tmp_path, ("id: secretary, zh: 办公室主任", "id: director, zh: 政府办公室主任"), ("secretary", "director")
    )
    ran = run("impact", OLD, changed, *BARE, "--json")
    assert ran.json["suggestions"] == [{"table": "offices", "old": "secretary", "new": "director"}]
    assert not ran.json["same_in_effect"]
    ran = run("impact", OLD, changed, *BARE, "--same", "secretary=director")
    assert ran.code == 0 and "效力没有变化" in ran.out


@pytest.mark.parametrize(
    ("same", "says"),
    [
        ("secretary", "应写作 旧名=新名"),
        ("nobody=head", "旧规则中没有“nobody”"),
        ("secretary=secretray", "新规则中没有“secretray”；是否指“secretary”？"),
    ],
)
def test_a_name_that_is_not_there_is_refused(run: Run, same: str, says: str) -> None:
    ran = run("impact", OLD, NEW, "--same", same)
    assert ran.code == 2 and ran.out == "" and says in ran.err


def test_names_are_read_as_pairs() -> None:
    assert parse_same(("a=b", "kind.notice=kind.circular")) == {"a": "b", "kind.notice": "kind.circular"}
    with pytest.raises(UsageError):
        parse_same(("=b",))


def test_what_one_version_has_alone_is_told(run: Run, tmp_path: Path) -> None:
    changed = edited(
        tmp_path,
        ("{id: report, zh: 报告, en: report}", "{id: report, zh: 报告, en: report}, {id: reply, zh: 批复, en: reply}"),
    )
    found = run("impact", OLD, changed, *BARE, "--json").json
    assert [(n["table"], n["id"], n["kind"]) for n in found["names"]] == [("attributes", "kind", "changed")]
    (effect,) = found["effects"]
    assert (effect["kind"], effect["gained"]) == ("possible", [["values.kind"]])
    assert effect["regions"][0]["where"] == {"paper.kind": ["reply"]}


def test_a_cause_that_becomes_likelier_fails_the_gate(run: Run) -> None:
    drafters = Path(__file__).parents[2] / "examples" / "drafters"
    asked = ("impact", str(drafters / "rules"), str(drafters / "revision"), "--no-properties", "--fail-on", "findings")
    ran = run(*asked)
    assert ran.code == 1
    told = ran.out.replace("\n", "").replace(" ", "")
    assert "＋[较重]无人有权办理" in told and "其中有的情形修订前没有问题" in told
    assert "＋" not in run(*asked[:1], *reversed(asked[1:3]), *asked[3:]).out
    (wider,) = run(*asked, "--json").json["findings"]["wider"]
    assert wider["new"].startswith("signing-gap")
