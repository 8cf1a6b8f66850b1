"""Errors as messages on standard error, with their exit code."""

from __future__ import annotations

import click

from guize import messages as say
from guize.exits import Exit
from model.errors import GuizeError, SelfCheckError, SpecError

_MOST = 50


def show_fault(error: GuizeError, lang: str) -> Exit:
    """Print what is wrong, where and what to do, in `zh` or `en`; returns the exit code."""
    if isinstance(error, SpecError):
        for diagnostic in error.diagnostics[:_MOST]:
            click.echo(diagnostic.show(lang), err=True)
        number = len(error.diagnostics)
        if number > _MOST:
            click.echo(say.MORE_MISTAKES(number=number - _MOST).get(lang), err=True)
        told = say.ONE_MISTAKE() if number == 1 else say.MISTAKES(number=number)
        click.echo(told.get(lang), err=True)
        return Exit.UNUSABLE
    if isinstance(error, SelfCheckError):
        click.echo(say.SELF_CHECK(what=error.said).get(lang), err=True)
        return Exit.BUG
    click.echo(error.show(lang), err=True)
    return Exit.UNUSABLE
