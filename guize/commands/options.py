"""Options that several commands share."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from guize import language
from guize import messages as say

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and of how much."""

F = TypeVar("F", bound=Callable[..., Any])


def lang_option(command: F) -> F:
    return click.option(
        "--lang",
        type=click.Choice(language.LANGUAGES),
        default=language.from_environment,
        show_default="zh, or $GUIZE_LANG",
        help="Language of what is shown. / 显示语言。",
    )(command)


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document. / 输出一个 JSON 文档。")(
        command
    )


def scope_option(command: F) -> F:
    return click.option(
        "--scope",
        multiple=True,
        metavar="OFFICE=N",
        help="How many holders an office has, e.g. deputy=3. / 某职务取几人，如 deputy=3。",
    )(command)


def second_opinion_option(command: F) -> F:
    return click.option(
        "--second-opinion",
        is_flag=True,
        help="Have another solver, cvc5, confirm every verdict. / 由另一求解器 cvc5 逐项复核结论。",
    )(command)


def any_number_option(command: F) -> F:
    return click.option(
        "--any-number",
        is_flag=True,
        help="Ask about every number of holders of an office, not only the scope's. / 对多人职务的各种人数一并核实。",
    )(command)


def smtlib_option(command: F) -> F:
    return click.option(
        "--smtlib",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Write every question as an SMT-LIB 2 file, in a folder a rule set. / 每个问题导出为一个 SMT-LIB 2 文件。",
    )(command)


def jobs_option(command: F) -> F:
    return click.option(
        "--jobs",
        default=0,
        type=click.IntRange(0),
        show_default="one a core",
        help="Rule sets worked on at once. / 同时处理几份规则。",
    )(command)


def parse_scope(given: tuple[str, ...]) -> dict[str, int]:
    """`("deputy=3",)` to {"deputy": 3}. Raises UsageError for any other form."""
    found: dict[str, int] = {}
    for item in given:
        office, _, number = item.partition("=")
        if not number.isdigit():
            raise say.refused(say.SCOPE(text=item))
        found[office] = int(number)
    return found


def console(wide: bool = False) -> Console:
    """Standard output; where it is no terminal, wide enough for a line of Chinese, or for a table (`wide`)."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 240 if wide else 110
    return Console(width=width, highlight=False, soft_wrap=False)


def print_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@contextmanager
def progress_bar(title: str, remaining: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error, on a terminal only; with the `remaining` time if asked."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        *([TimeRemainingColumn()] if remaining else []),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty() or multiprocessing.parent_process() is not None,
    ) as bar:
        task = bar.add_task(title)

        def advance(check: str, done: int, total: int) -> None:
            bar.update(task, description=f"{title} {check}", completed=done, total=total)

        yield advance
