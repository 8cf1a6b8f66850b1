"""Writing files whole or not at all, and folders of files too.

Everything is written beside its place under a hidden name, and takes its place in one step. An error, an
interrupt or a full disk leaves what was there; of what was begun nothing stays, unless the process is killed
outright, which may leave the hidden one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from guize import messages as say
from guize.unwritable import failed, not_a_file


def check_files(*paths: Path | None) -> None:
    """Refuse before long work files that could not be written, or that are named twice; None is passed over.

    The first step of writing is taken and undone, so that whatever the system has against it is known. Raises
    UsageError.
    """
    given = [p for p in paths if p is not None]
    for number, path in enumerate(given):
        if path in given[:number]:
            raise say.refused(say.TWICE(path=path))
        _check_file(path)


def _check_file(path: Path) -> None:
    try:
        if path.exists() and not path.is_file():
            raise not_a_file(path)
        _try(path.parent, path)
    except OSError as e:
        raise failed(path, e) from None


def check_folder(path: Path, mark: str | None = None, ending: str = "") -> None:
    """Refuse before long work a folder that `write_folder` or `make_folder` could not make; without a `mark`, what
    is there under its name is not looked at. Raises UsageError."""
    if mark is not None:
        _check_ours(path, mark, ending)
    try:
        _try(path if path.is_dir() else next(p for p in path.parents if p.exists()), path)
    except OSError as e:
        raise failed(path, e) from None


def _try(folder: Path, path: Path) -> None:
    """Make and remove a hidden file for `path` in a folder. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{path.name}."):
        pass


def write_text(path: Path, text: str) -> None:
    """Replace the file in one step, so that a crash or a full disk leaves the old one. Raises UsageError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """As `write_text`."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            _write(file.fileno(), content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as e:
        raise failed(path, e) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_folder(path: Path, files: Iterable[tuple[str, str | bytes]], mark: str, ending: str = "") -> None:
    """A folder of these files (name, content), in place of the one there; it appears whole or not at all.

    Replaced is only an empty folder, or one that holds a file `mark`, as the files given must, and else nothing but
    files whose names end with `ending`. Raises UsageError, also where something else is there.
    """
    _check_ours(path, mark, ending)
    temporary = old = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        for name, content in files:
            with open(temporary / name, "wb") as file:
                _write(file.fileno(), content.encode() if isinstance(content, str) else content)
        temporary.chmod(0o755)
        if path.exists():
            old = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.old."))
            path.replace(old)
        temporary.replace(path)
    except OSError as e:
        raise failed(path, e) from None
    finally:
        if old is not None and not path.exists():
            old.replace(path)
        for rest in (temporary, old):
            if rest is not None:
                shutil.rmtree(rest, ignore_errors=True)


def _check_ours(path: Path, mark: str, ending: str) -> None:
    try:
        if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / mark).is_file())):
            raise say.refused(say.NOT_OURS(path=path))
        for each in sorted(path.iterdir()) if path.exists() else ():
            if each.name != mark and not (each.name.endswith(ending) and each.is_file()):
                raise say.refused(say.STRANGER(path=path, name=each.name))
    except OSError as e:
        raise failed(path, e) from None


def make_folder(path: Path) -> None:
    """Make the folder and those above it, where they are not there yet. Raises UsageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise failed(path, e) from None


def _write(descriptor: int, content: bytes) -> None:
    """All of it, and onto the disk: a full one is noticed here."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)
