"""`guize norms SPEC`"""

from __future__ import annotations

import click

import guize
from guize.commands.options import console, json_option, lang_option, print_json
from guize.exits import Exit


@click.command()
@click.argument("spec")
@lang_option
@json_option
def norms(spec: str, lang: str, as_json: bool) -> int:
    """List the norms of a rule set and its coverage ledger. / 列出规范与条文覆盖台账。"""
    from guize.jsonform import norms as jsonform
    from guize.terminal import norms as terminal

    rules = guize.load(spec)
    if as_json:
        print_json(jsonform.norms(rules))
    else:
        terminal.norms(console(wide=True), rules, lang)
    return Exit.CLEAN
