"""Errors as messages on standard error, with their exit code."""

from __future__ import annotations

import click

from guize.exits import Exit
from model.errors import GuizeError, SelfCheckError, SpecError

_MOST = 50


def show_fault(error: GuizeError) -> Exit:
    """Print what is wrong, where and what to do; returns the exit code."""
    if isinstance(error, SpecError):
        for diagnostic in error.diagnostics[:_MOST]:
            click.echo(str(diagnostic), err=True)
        number = len(error.diagnostics)
        if number > _MOST:
            click.echo(f"... and {number - _MOST} more / 另有 {number - _MOST} 处", err=True)
        click.echo(f"{number} mistakes; nothing was checked / 共 {number} 处错误，未作检查", err=True)
        return Exit.UNUSABLE
    if isinstance(error, SelfCheckError):
        click.echo(f"guize contradicts itself; this is a bug, and no result is given / 自检失败：{error}", err=True)
        return Exit.BUG
    click.echo(str(error), err=True)
    return Exit.UNUSABLE
