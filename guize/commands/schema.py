"""`guize schema`"""

from __future__ import annotations

import click

from guize.commands.options import print_json
from guize.exits import Exit


@click.command()
def schema() -> int:
    """Print the JSON Schema of rules.yaml, for editors. / 输出 rules.yaml 的 JSON Schema，供编辑器使用。"""
    from model.schema import json_schema

    print_json(json_schema())
    return Exit.CLEAN
