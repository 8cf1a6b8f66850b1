"""Every `guize` command that the documentation shows: its options exist, and (long) it runs as written.

A command stands alone on a line of a shell block, a comment behind it. Names of files in it that the reader is to
replace by his own are made here first.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

import specs
from guize.cli import cli
from guize.exits import Exit
from tests.guize.support import SOUND, Run

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
SMALLER = ("--years", "0.1", "--replications", "2")
"""What is added to a simulation when it is run, so that it takes seconds; the last of an option counts."""

MINUTES = {
    "--sensitivity",
    "--second-opinion",
    "--smtlib",
    "--any-number",
    "--repairs",
    "--findings",
    "--reach",
    "--precision",
    "report",
}
"""Words of commands that take minutes on an instrument: they are run on a small rule set in its place."""

SHELL = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)


def commands() -> list[tuple[str, tuple[str, ...]]]:
    """Page and arguments of each command shown, without doubles."""
    found: dict[tuple[str, ...], str] = {}
    for page in PAGES:
        for block in SHELL.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if line.startswith("guize "):
                    words = shlex.split(line, comments=True)
                    found.setdefault(tuple(words[1 : words.index(">")] if ">" in words else words[1:]), page.name)
    return [(page, arguments) for arguments, page in found.items()]


SHOWN = commands()


def test_commands_are_found() -> None:
    assert {arguments[0] for _, arguments in SHOWN} == set(cli.commands)


@pytest.mark.parametrize(("page", "arguments"), SHOWN)
def test_the_options_shown_exist(page: str, arguments: tuple[str, ...]) -> None:
    command = cli.commands[arguments[0]]
    command.make_context(arguments[0], list(arguments[1:]), parent=click.Context(cli))


def test_an_option_that_is_not_there_would_be_noticed() -> None:
    with pytest.raises(click.UsageError):
        cli.commands["graph"].make_context("graph", ["luoyang", "--output", "x"], parent=click.Context(cli))


@pytest.mark.long
@pytest.mark.parametrize(("page", "arguments"), SHOWN)
def test_the_command_runs(
    page: str, arguments: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SOUND, "my-rules")
    shutil.copytree(SOUND, "path/to/rules")
    Path("wishes.yaml").write_text(
        "[{id: w, zh: 有人签发, en: somebody signs, always: not stuck(sign)}]", encoding="utf-8"
    )
    shutil.copy(ROOT / "specs" / "luoyang" / "scenario.yaml", "mine.yaml")
    before = set(tmp_path.rglob("*"))
    if MINUTES & {*arguments}:
        arguments = tuple("my-rules" if a in specs.bundled() else a for a in arguments)
    ran = run(*arguments, *(SMALLER if {"simulate", "sweep", "--simulate"} & {*arguments} else ()))
    assert ran.code in (Exit.CLEAN, Exit.FINDINGS), ran.err
    assert ran.out or set(tmp_path.rglob("*")) - before
