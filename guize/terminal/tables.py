"""The form of a table of numbers on the terminal."""

from __future__ import annotations

from rich.table import Table


def numbers(title: str, *columns: str) -> Table:
    """An empty table without rules: names to the left, numbers to the right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", overflow="fold")
    return table
