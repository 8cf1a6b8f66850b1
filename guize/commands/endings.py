"""What the ending of a file promises."""

from __future__ import annotations

from pathlib import Path

from guize import messages as say
from model.bilingual import Template

SUFFIXES = {".html": "html", ".htm": "html", ".docx": "docx", ".md": "markdown", ".sarif": "sarif", ".xml": "junit"}

OTHER_FORMAT = Template(
    zh="{path}：扩展名与内容不符，此命令写 {form} 格式；请用 {endings}",
    en="{path}: its ending says another format, and this command writes {form}; use {endings}",
)


def check_ending(path: Path | None, form: str) -> None:
    """Refuse a file whose ending promises another of our formats than the one a command writes. Raises UsageError."""
    if path is not None and SUFFIXES.get(path.suffix.lower(), form) != form:
        endings = " ".join(s for s, f in SUFFIXES.items() if f == form)
        raise say.refused(OTHER_FORMAT(path=path, form=form, endings=endings))
