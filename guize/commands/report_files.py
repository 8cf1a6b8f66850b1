"""The formats of a report, and the files it goes to: what is refused before the work, and the writing after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guize import messages as say
from guize.commands.endings import SUFFIXES
from guize.files import check_files, write_bytes, write_text
from guize.library import locate
from model.bilingual import Template

if TYPE_CHECKING:
    from guize.report.content import Content

FORMATS = ("html", "docx", "markdown", "sarif", "junit")
WORD_NEEDS_A_FILE = Template(
    zh="Word 文档须写入文件；请用 -o 指定，如 -o report.docx", en="a Word document goes to a file: -o report.docx"
)
NO_WORD = Template(
    zh="生成 Word 文档需要 python-docx；请安装：pip install 'guize[word]'，或改用 --format html",
    en="a Word document needs python-docx; pip install 'guize[word]', or use --format html",
)
ONE_FORMAT = Template(
    zh="写入多个文件时，格式由各文件的扩展名确定，不能同时使用 --format",
    en="of several files each has the format of its ending; --format is for one",
)
UNKNOWN_ENDING = Template(
    zh="{path}：不能由扩展名确定报告格式；请用 {endings} 之一，或以 --format 指定",
    en="{path}: its ending names no format of a report; use one of {endings}, or say --format",
)


@dataclass(frozen=True)
class Goal:
    """A format, and the file it goes to; None for standard output."""

    form: str
    file: Path | None = None


def goals(outputs: tuple[Path, ...], form: str | None) -> tuple[Goal, ...]:
    """What is to be written. Raises UsageError where it cannot be."""
    if form and len(outputs) > 1:
        raise say.refused(ONE_FORMAT())
    for output in outputs:
        if form is None and output.suffix.lower() not in SUFFIXES:
            raise say.refused(UNKNOWN_ENDING(path=str(output), endings=" ".join(SUFFIXES)))
    found = tuple(Goal(form or SUFFIXES[o.suffix.lower()], o) for o in outputs)
    found = found or (Goal(form or "html"),)
    for goal in found:
        if goal.form == "docx":
            _check_word(goal.file)
    check_files(*outputs)
    return found


def word_installed() -> bool:
    """Whether python-docx is there."""
    return find_spec("docx") is not None


def _check_word(output: Path | None) -> None:
    if output is None:
        raise say.refused(WORD_NEEDS_A_FILE())
    if not word_installed():
        raise say.refused(NO_WORD())


def write(content: Content, goal: Goal, lang: str, spec: str) -> None:
    """Write one format to its file, whole or not at all, or to standard output."""
    if goal.form == "docx":
        from guize.report import word

        assert goal.file is not None
        write_bytes(goal.file, word.document(content, lang))
    else:
        made = _made(content, goal.form, lang, spec)
        if goal.file is None:
            click.echo(made, nl=False)
            return
        write_text(goal.file, made)
    click.echo(say.WRITTEN(path=goal.file).get(lang), err=True)


def _made(content: Content, form: str, lang: str, spec: str) -> str:
    """The text of a format that is one."""
    if form == "html":
        from guize.report.html import page

        return page.document(content, lang)
    if form == "markdown":
        from guize.report import markdown

        return markdown.document(content, lang)
    if form == "junit":
        from guize.report import junit

        return junit.document(content, lang)
    from guize.report import sarif
    from guize.report.places import spots

    path = locate(spec)
    file = path / "rules.yaml" if path.is_dir() else path
    return json.dumps(sarif.document(content, lang, _uri(file), spots(file)), ensure_ascii=False, indent=2) + "\n"


def _uri(file: Path) -> str:
    """Relative to where the command runs, as code hosts want it; of a file elsewhere, its folder and name only."""
    from urllib.parse import quote

    try:
        shown = file.resolve().relative_to(Path.cwd())
    except ValueError:
        shown = Path(file.resolve().parent.name) / file.name
    return quote(shown.as_posix())
