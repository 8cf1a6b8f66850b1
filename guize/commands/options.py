"""Options that several commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from guize import language
from guize import messages as say

if TYPE_CHECKING:
    from rich.console import Console

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
