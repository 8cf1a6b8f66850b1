"""`--second-opinion`, `--smtlib` and `--any-number`: what is told, exit codes, files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from proofs import second_opinion
from tests.guize.support import BROKEN, SOUND, Run


@pytest.mark.parametrize("command", ["audit", "prove"])
def test_what_was_confirmed_is_told(run: Run, command: str) -> None:
    assert "复核：cvc5 " in run(command, SOUND, "--second-opinion").out
    assert "Second opinion: cvc5 " in run(command, SOUND, "--second-opinion", "--lang", "en").out
    found = run(command, SOUND, "--second-opinion", "--json").json["second_opinion"]
    assert found["possible"] >= found["situations"] > 0
    assert found["unconfirmed"] == []


def test_without_it_the_document_says_null(run: Run) -> None:
    assert run("audit", SOUND, "--json").json["second_opinion"] is None


@pytest.mark.parametrize("command", ["audit", "prove"])
def test_a_disagreement_stops_everything(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    turned = {"sat": "unsat", "unsat": "sat"}
    real = second_opinion.cvc5_answers
    monkeypatch.setattr(
        second_opinion, "cvc5_answers", lambda limit: lambda piece, a=real(limit): [turned[x] for x in a(piece)]
    )
    ran = run(command, BROKEN, "--second-opinion")
    assert ran.code == 70
    assert ran.out == ""
    assert "disagree" in ran.err


@pytest.mark.parametrize("command", ["audit", "prove"])
def test_a_shrug_is_told_and_no_pass(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(second_opinion, "LIMIT", 1)
    monkeypatch.setattr(
        second_opinion, "cvc5_answers", lambda limit: lambda piece: ["unknown"] * piece.count("(check-sat")
    )
    ran = run(command, SOUND, "--second-opinion", "--lang", "en")
    assert ran.code == 3
    assert "not confirmed: " in ran.out


@pytest.mark.parametrize("command", ["audit", "prove"])
def test_without_the_other_solver_the_remedy_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    ran = run(command, SOUND, "--second-opinion")
    assert ran.code == 2
    assert ran.out == ""
    assert "pip install 'guize[second-opinion]'" in ran.err


@pytest.mark.parametrize("command", ["audit", "prove"])
def test_every_question_becomes_a_file(run: Run, tmp_path: Path, command: str) -> None:
    for _ in range(2):  # an earlier export is replaced
        ran = run(command, SOUND, "--smtlib", str(tmp_path / "out"))
        assert ran.code in (0, 1)
    (folder,) = (tmp_path / "out").iterdir()
    listed = json.loads((folder / "index.json").read_text("utf-8"))
    assert sorted(e["file"] for e in listed) == sorted(p.name for p in folder.glob("*.smt2"))
    assert listed and all((folder / e["file"]).read_text("utf-8").startswith(";") for e in listed)


def test_a_folder_that_is_not_ours_is_left_alone(run: Run, tmp_path: Path) -> None:
    ran = run("audit", SOUND, "--smtlib", str(tmp_path / "out"))
    (folder,) = (tmp_path / "out").iterdir()
    (folder / "index.json").unlink()
    (folder / "mine.txt").write_text("mine")
    ran = run("audit", SOUND, "--smtlib", str(tmp_path / "out"))
    assert ran.code == 2
    assert (folder / "mine.txt").read_text() == "mine"


def test_whether_numbers_of_holders_matter_is_told(run: Run) -> None:
    assert "--any-number" in run("audit", SOUND, "--lang", "en").out
    ran = run("audit", SOUND, "--any-number", "--second-opinion", "--lang", "en")
    assert "With more holders than in the scope, the same answers" in " ".join(ran.out.split())
    found = {c["check"]: c for c in run("audit", SOUND, "--any-number", "--json").json["scope"]["checks"]}
    assert found["stand-in-gap"]["holders"] == "any-number"
    assert found["procedure-unsound"]["holders"] == "bounded"
