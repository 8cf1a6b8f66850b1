"""A full disk, an error or an interrupt in the middle: what was there stays, and nothing half-written is left."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from guize import files
from model.errors import UsageError
from tests.guize.support import BROKEN, RULESETS, SOUND, Run

MARK = "index.json"
CAREFUL = str(RULESETS / "careful")


def full(descriptor: int, content: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(descriptor: int) -> None:
    raise KeyboardInterrupt


def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "write", full)


def some(path: Path) -> None:
    files.write_folder(path, [("a", "new"), (MARK, "[]")], MARK)


def one(path: Path) -> None:
    files.write_text(path, "new")


@pytest.mark.parametrize("write", [one, some])
@pytest.mark.parametrize(
    ("name", "fault", "raised"), [("write", full, UsageError), ("fsync", interrupted, KeyboardInterrupt)]
)
def test_nothing_is_left_of_what_failed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Path], None],
    name: str,
    fault: object,
    raised: type,
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(files.os, name, fault)
        with pytest.raises(raised):
            write(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    write(tmp_path / "out")
    with monkeypatch.context() as patched:
        patched.setattr(files.os, name, fault)
        with pytest.raises(raised):
            write(tmp_path / "out")
    there = tmp_path / "out"
    assert list(tmp_path.iterdir()) == [there]
    assert (there / "a" if there.is_dir() else there).read_text() == "new"


def test_a_folder_fails_at_its_second_file(tmp_path: Path) -> None:
    def texts():
        yield "a", "new"
        raise OSError(errno.ENOSPC, "full")

    some(tmp_path / "out")
    with pytest.raises(UsageError):
        files.write_folder(tmp_path / "out", texts(), MARK)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a", MARK]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    with pytest.raises(UsageError):
        some(tmp_path / "out")
    assert (tmp_path / "out" / "mine").read_text() == "mine"


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", BROKEN, "-o", "out.html"),
        ("report", BROKEN, "-o", "out.md"),
        ("report", BROKEN, "-o", "out.docx"),
        ("compare", SOUND, BROKEN, "-o", "out.html"),
        ("graph", SOUND, "-o", "out.html"),
        ("graph", CAREFUL, "--format", "bpmn", "-o", "folder"),
        ("impact", SOUND, BROKEN, "-o", "out.md"),
        ("audit", SOUND, "--smtlib", "folder"),
        ("prove", SOUND, "--smtlib", "folder"),
    ],
    ids=" ".join,
)
def test_a_full_disk_stops_every_command_that_writes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Exit code 2, a message, and no file, not even a hidden one."""
    monkeypatch.chdir(tmp_path)
    no_disk(monkeypatch)
    ran = run(*arguments, "--lang", "en")
    assert ran.code == 2
    assert "cannot write" in ran.err and "No space left" in ran.err
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("command", [("report", SOUND), ("impact", SOUND, BROKEN)], ids=" ".join)
def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """No folder, a file where a folder should be, a folder that is closed: each before any question is asked."""

    def worked(*_: object, **__: object) -> None:
        raise AssertionError("the work began")

    monkeypatch.setattr("proofs.audit.audit", worked)
    monkeypatch.setattr("proofs.impact.run.impact", worked)
    (tmp_path / "file").write_text("before", encoding="utf-8")
    for folder, why in (("none", "No such file or directory"), ("file", "Not a directory")):
        ran = run(*command, "-o", str(tmp_path / folder / "out.md"), "--lang", "en")
        assert ran.code == 2 and "cannot write" in ran.err and why in ran.err
    monkeypatch.setattr(files.os, "access", lambda *_: False)
    ran = run(*command, "-o", str(tmp_path / "out.md"), "--lang", "en")
    assert ran.code == 2 and "Permission denied" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_an_interrupt_leaves_no_folder(tmp_path: Path) -> None:
    """Control-C in the middle of an audit that exports."""
    # where the tests run in the background of a shell, children begin with the interrupt ignored
    begin = (
        "import proofs.audit, signal; from guize.cli import main; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); print('ready', flush=True); main()"
    )
    command = [sys.executable, "-c", begin, "audit", "weidong", "--smtlib", str(tmp_path / "out"), "--second-opinion"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=15)
    except subprocess.TimeoutExpired:  # Python drops an interrupt that comes while an object is finalised
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert out == b""
    assert "已中断".encode() in err
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_interrupt_that_ctypes_disguises_is_told_as_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control-C while an argument for Z3 is read comes out of ctypes as an ArgumentError."""

    class Interrupted:
        @property
        def _as_parameter_(self) -> int:
            raise KeyboardInterrupt

    def load(*_: object) -> None:
        ctypes.pythonapi.PyLong_FromLong(Interrupted())

    monkeypatch.setattr("guize.load", load)
    ran = run("norms", SOUND)
    assert ran.code == 130
    assert "已中断" in ran.err
