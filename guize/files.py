"""Writing files whole or not at all, and folders of files too.

Everything is written beside its place under a hidden name, and takes its place in one step. An error, an
interrupt or a full disk leaves what was there; of what was begun nothing stays, unless the process is killed
outright, which may leave the hidden one.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from guize import messages as say


def check_place(path: Path) -> None:
    """Refuse before long work a file that could not be written: its folder is not there, or closed to us. Raises
    UsageError."""
    folder = path.parent
    if not folder.is_dir():
        fault = errno.ENOTDIR if folder.exists() else errno.ENOENT
    elif not os.access(folder, os.W_OK | os.X_OK):
        fault = errno.EACCES
    else:
        return
    raise say.refused(say.NOT_WRITTEN(path=path, why=os.strerror(fault)))


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
        raise say.refused(say.NOT_WRITTEN(path=path, why=e.strerror or str(e))) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_folder(path: Path, files: Iterable[tuple[str, str | bytes]], mark: str) -> None:
    """A folder of these files (name, content), in place of the one there; it appears whole or not at all.

    Replaced is only an empty folder, or one that holds a file `mark`, as the files given must. Raises
    UsageError, also where something else is there.
    """
    if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / mark).is_file())):
        raise say.refused(say.NOT_OURS(path=path))
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
        raise say.refused(say.NOT_WRITTEN(path=path, why=e.strerror or str(e))) from None
    finally:
        if old is not None and not path.exists():
            old.replace(path)
        for rest in (temporary, old):
            if rest is not None:
                shutil.rmtree(rest, ignore_errors=True)


def make_folder(path: Path) -> None:
    """Make the folder and those above it, where they are not there yet. Raises UsageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise say.refused(say.NOT_WRITTEN(path=path, why=e.strerror or str(e))) from None


def _write(descriptor: int, content: bytes) -> None:
    """All of it, and onto the disk: a full one is noticed here."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)
