"""`guize report`: formats, files, exit codes, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from guize.commands import report_files
from proofs.audit import audit
from tests.guize.support import BROKEN, SOUND, Run


def test_the_page_goes_to_a_file_and_findings_exit_with_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    ran = run("report", BROKEN, "-o", str(file))
    assert ran.code == 1 and not ran.out
    assert str(file) in ran.err
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_sound_rule_set_exits_with_0(run: Run) -> None:
    ran = run("report", SOUND, "--absences", "1", "--format", "markdown")
    assert ran.code == 0 and "没有发现问题" in ran.out


def test_nothing_below_the_chosen_severity(run: Run) -> None:
    ran = run("report", BROKEN, "--severity", "critical", "--format", "markdown", "--lang", "en")
    assert ran.code == 0 and "No findings" in ran.out


@pytest.mark.parametrize(("name", "start"), [("r.md", "# "), ("r.sarif", "{"), ("r.xml", "<?xml"), ("r.html", "<!")])
def test_the_ending_of_the_file_says_the_format(run: Run, tmp_path: Path, name: str, start: str) -> None:
    run("report", BROKEN, "--absences", "1", "-o", str(tmp_path / name))
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_the_report_holds_the_findings_of_the_audit(run: Run) -> None:
    audited = run("audit", BROKEN, "--json").json
    log = json.loads(run("report", BROKEN, "--format", "sarif").out)
    told = [r["partialFingerprints"].get("guizeFinding/v1") for r in log["runs"][0]["results"]]
    assert [x for x in told if x] == [f["id"] for f in audited["findings"]]
    (suite,) = ET.fromstring(run("report", BROKEN, "--format", "junit", "--no-properties").out)
    assert int(suite.get("failures", "")) == len(audited["findings"])
    assert not [c for c in suite if c.get("classname", "").endswith(".property")]


@pytest.mark.parametrize(
    ("names", "said"), [(("r.pdf",), "names no format"), (("r",), "names no format"), (("r.md", "r.md"), "named twice")]
)
def test_a_file_whose_format_is_not_clear_is_refused_before_the_work(
    run: Run, tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    ran = run("report", BROKEN, *(x for n in names for x in ("-o", str(tmp_path / n))), "--lang", "en")
    assert ran.code == 2 and said in ran.err
    assert not list(tmp_path.iterdir())


def test_one_audit_goes_to_several_files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("proofs.audit.audit", lambda rules, _=audit, **options: asked.append("") or _(rules, **options))
    files = [tmp_path / name for name in ("r.html", "r.md", "r.xml")]
    ran = run("report", BROKEN, "--absences", "1", "--no-repairs", *(x for f in files for x in ("-o", str(f))))
    assert ran.code == 1 and len(asked) == 1 and all(str(f) in ran.err for f in files)
    assert [f.read_text(encoding="utf-8")[:2] for f in files] == ["<!", "# ", "<?"]
    ran = run("report", BROKEN, "--format", "html", "-o", str(files[0]), "-o", str(files[1]), "--lang", "en")
    assert ran.code == 2 and "--format" in ran.err


def test_sarif_names_no_folder_above_the_rule_set(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    log = json.loads(run("report", BROKEN, "--format", "sarif").out)
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "broken/rules.yaml"
    monkeypatch.chdir(Path(BROKEN).parent.parent)
    log = json.loads(run("report", BROKEN, "--format", "sarif").out)
    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "rulesets/broken/rules.yaml"


def test_a_budget_too_small_exits_with_3_and_is_no_pass(run: Run) -> None:
    ran = run("report", BROKEN, "--budget", "1", "--format", "junit")
    assert ran.code == 3
    (suite,) = ET.fromstring(ran.out)
    assert int(suite.get("errors", "")) > 0


def test_refusals_come_before_the_work_and_leave_files_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("before", encoding="utf-8")
    for bad in (["--check", "signing-gab"], ["--scope", "deputy=many"], ["--text", str(tmp_path / "none.txt")]):
        ran = run("report", BROKEN, "-o", str(file), *bad, "--lang", "en")
        assert ran.code == 2 and ran.err and "Traceback" not in ran.err
    assert file.read_text(encoding="utf-8") == "before"
    assert run("report", "luoyan", "--lang", "en").code == 2


def test_a_text_without_articles_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("无", encoding="utf-8")
    ran = run("report", BROKEN, "--text", str(tmp_path / "t.txt"))
    assert ran.code == 2 and "t.txt" in ran.err


def test_word_needs_a_file_and_its_library(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("report", BROKEN, "--format", "docx")
    assert ran.code == 2 and "-o" in ran.err
    monkeypatch.setattr(report_files, "word_installed", lambda: False)
    ran = run("report", BROKEN, "-o", str(tmp_path / "r.docx"), "--lang", "en")
    assert ran.code == 2 and "guize[word]" in ran.err
    assert not (tmp_path / "r.docx").exists()


def test_the_help_speaks_both_languages(run: Run) -> None:
    ran = run("report", "--help")
    assert ran.code == 0 and "生成供人阅读" in ran.out and "for a drafter" in ran.out
