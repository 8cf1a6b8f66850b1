"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from guize import messages as say


def write_text(path: Path, text: str) -> None:
    """Replace the file in one step, so that a crash or a full disk leaves the old one. Raises UsageError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """As `write_text`."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as e:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise say.refused(say.NOT_WRITTEN(path=path, why=e.strerror or str(e))) from None


def make_folder(path: Path) -> None:
    """Make the folder and those above it, where they are not there yet. Raises UsageError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise say.refused(say.NOT_WRITTEN(path=path, why=e.strerror or str(e))) from None
