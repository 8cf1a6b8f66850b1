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

import guize
from guize import files
from guize.commands.graph_files import FORMATS, VIEWS, known
from guize.commands.graph_files import files as made_of
from guize.drawing.gather import gather
from guize.unwritable import output_failed
from guize.wording import Wording
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


@pytest.mark.parametrize("folder", [False, True])
def test_what_somebody_put_into_an_export_is_not_lost(run: Run, tmp_path: Path, folder: bool) -> None:
    asked = ("audit", SOUND, "--check", "contradiction", "--smtlib", str(tmp_path))
    assert run(*asked).code == 0
    (export,) = tmp_path.iterdir()
    assert run(*asked).code == 0  # an earlier export is replaced
    note = export / "notes" if folder else export / "notes.txt"
    note.mkdir() if folder else note.write_text("mine")
    ran = run(*asked, "--lang", "en")
    assert ran.code == 2 and f"{note.name} in it was not exported by guize" in ran.err
    assert note.exists() and (export / MARK).exists()


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
    assert "cannot write it" in ran.err and "the disk is full" in ran.err
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


FILES = {
    "report": ("report", SOUND, "-o"),
    "impact": ("impact", SOUND, BROKEN, "-o"),
    "compare": ("compare", SOUND, BROKEN, "-o"),
    "graph": ("graph", SOUND, "-o"),
    "xes": ("simulate", SOUND, "--xes"),
    "ocel": ("simulate", SOUND, "--ocel"),
}
FOLDERS = {
    "graph": ("graph", CAREFUL, "--format", "bpmn", "-o"),
    "parquet": ("simulate", SOUND, "--parquet"),
    "audit": ("audit", SOUND, "--smtlib"),
    "prove": ("prove", SOUND, "--smtlib"),
}
ENDINGS = {"impact": ".md"}
WORK = (
    "proofs.audit.audit",
    "proofs.impact.run.impact",
    "proofs.proving.prove",
    "guize.comparing.compare",
    "guize.drawing.gather.gather",
    "sim.replications.run",
)


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever takes long fails."""

    def worked(*_: object, **__: object) -> None:
        raise AssertionError("the work began")

    for place in WORK:
        monkeypatch.setattr(place, worked)


def closed(*_: object, **given: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"{given['dir']}/.out")


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("command", FILES)
def test_a_file_that_cannot_be_written_is_refused_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """No folder, a file where a folder should be, a folder under its name, a folder that is closed to us."""
    out = f"out{ENDINGS.get(command, '.html')}"
    (tmp_path / "file").write_text("before", encoding="utf-8")
    (tmp_path / "sub" / out).mkdir(parents=True)
    folders = [("file", "is not a folder", "不是文件夹"), ("sub", "it is a folder", "这是一个文件夹")]
    if command == "graph":  # which makes folders that are not there, and writes over nothing
        folders[1] = ("sub", "is there already", "已存在，未覆盖")
    else:
        folders.append(("none", "there is no folder", "没有文件夹"))
    for folder, *said in folders:
        place = tmp_path / folder / out
        for lang, why in zip(("en", "zh"), said, strict=True):
            ran = run(*FILES[command], str(place), "--lang", lang)
            assert ran.code == 2 and ran.out == "", ran.err
            assert ran.err.startswith(str(place)) and why in ran.err
    monkeypatch.setattr(files.tempfile, "NamedTemporaryFile", closed)
    ran = run(*FILES[command], str(tmp_path / out), "--lang", "en")
    assert ran.code == 2 and f"no permission to write in {tmp_path}; change its permissions" in ran.err
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == ["file", "sub", f"sub/{out}"]


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("command", FOLDERS)
def test_a_folder_that_cannot_be_written_is_refused_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    if command == "parquet":
        pytest.importorskip("pyarrow")
    (tmp_path / "file").write_text("before", encoding="utf-8")
    ran = run(*FOLDERS[command], str(tmp_path / "file" / "out"), "--lang", "en")
    assert ran.code == 2 and ran.out == "" and f"{tmp_path}/file is not a folder" in ran.err
    monkeypatch.setattr(files.tempfile, "NamedTemporaryFile", closed)
    ran = run(*FOLDERS[command], str(tmp_path / "new" / "out"))
    assert ran.code == 2 and f"没有在 {tmp_path} 中写入的权限" in ran.err
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("command", ["parquet", "audit"])
def test_a_folder_of_somebody_else_is_refused_before_the_work(run: Run, tmp_path: Path, command: str) -> None:
    if command == "parquet":
        pytest.importorskip("pyarrow")
    other = tmp_path / "out" if command == "parquet" else tmp_path / "out" / "sound"
    other.mkdir(parents=True)
    (other / "mine").write_text("mine", encoding="utf-8")
    ran = run(*FOLDERS[command], str(tmp_path / "out"), "--lang", "en")
    assert ran.code == 2 and f"{other}: exists and is no folder exported by guize" in ran.err
    assert [p.name for p in other.iterdir()] == ["mine"]


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", SOUND, BROKEN, "-o", "out.docx"), "use .html .htm"),
        (("impact", SOUND, BROKEN, "-o", "out.HTML"), "use .md"),
        (("report", SOUND, "-o", "out.pdf"), "names no format"),
        (("simulate", SOUND, "--xes", "out.xml", "--ocel", "./out.xml"), "named twice"),
        (("graph", CAREFUL, "--format", "graphml"), "2 files; name a folder"),
        (("graph", CAREFUL, "--format", "svg"), "at least 4 files; name a folder"),
        (("graph", SOUND, "-o", "x" * 300 + ".html"), "the name is too long"),
    ],
    ids=["compare", "impact", "report", "simulate", "graph", "pictures", "long"],
)
def test_what_else_is_refused_of_a_file_before_the_work(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments, "--lang", "en")
    assert ran.code == 2 and said in ran.err and ran.out == "" and not list(tmp_path.iterdir())


def test_a_pipe_is_no_place_for_a_file_that_is_put_in_its_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="not an ordinary file"):
        files.check_files(tmp_path / "pipe")


def test_where_all_can_be_written_the_check_is_silent_and_leaves_nothing(tmp_path: Path) -> None:
    some(tmp_path / "ours")
    one(tmp_path / "old")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    files.check_files(tmp_path / "new", tmp_path / "old", None, None)
    for folder in ("ours", "new", "a/b/c"):
        files.check_folder(tmp_path / folder, MARK)
    files.check_folder(tmp_path / "a" / "b")
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("one_route", [False, True], ids=["all", "one"])
def test_the_names_of_pictures_known_before_the_work_are_those_made(form: str, one_route: bool) -> None:
    """All of them where it is said so, and some otherwise."""
    rules = guize.load(CAREFUL)
    chosen = tuple(rules.routes)[:one_route]
    names, whole = known(rules, form, VIEWS, chosen, (), ())
    made = set(made_of(Wording(rules, "zh"), gather(rules), form, VIEWS, chosen, (), ()))
    assert names and (set(names) == made if whole else set(names) < made)


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
@pytest.mark.parametrize(
    ("asked", "lang"),
    [(("schema",), "zh"), (("audit", BROKEN, "--json"), "en"), (("audit", BROKEN), "zh"), (("norms", BROKEN), "en")],
)
def test_a_full_disk_under_what_is_printed_is_no_result(asked: tuple[str, ...], lang: str) -> None:
    """An exit code of 1 would be a finding, and 0 a pass."""
    with Path("/dev/full").open("w") as nowhere:
        command = [sys.executable, "-m", "guize", *map(str, asked)]
        environment = {**os.environ, "GUIZE_LANG": lang}
        ran = subprocess.run(command, stdout=nowhere, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    assert ran.returncode == 2, ran.stderr
    assert ("磁盘已满" if lang == "zh" else "the disk is full") in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES])
def test_other_errors_of_the_system_are_not_taken_for_a_full_disk(number: int) -> None:
    assert output_failed(OSError(number, os.strerror(number))) is None
    assert output_failed(FileNotFoundError(number, os.strerror(number), "rules.yaml")) is None
