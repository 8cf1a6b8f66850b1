"""One direction of imports in `sim`, and the written-out step beside the general one."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

import sim
from sim.eventlog import EventLog
from sim.office import Office
from sim.outcome import outcome
from tests.sim.support import bundled, scenario

FILES = sorted(Path(next(iter(sim.__path__))).glob("*.py"))


def imports(text: str) -> set[str]:
    """The modules of `sim` that a module imports anywhere, also for its types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "sim":
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
            found.add((node.module or "")[4:])
    return found


def test_no_module_imports_itself_over_others() -> None:
    graph = nx.DiGraph((f.stem, to) for f in FILES for to in imports(f.read_text(encoding="utf-8")))
    assert graph.number_of_edges() > 50
    assert not [c for c in nx.strongly_connected_components(graph) if len(c) > 1]


@pytest.mark.parametrize(("name", "days"), [("weidong", 120), ("luoyang", 40)])
def test_the_written_out_step_gives_the_numbers_of_the_general_one(name: str, days: int) -> None:
    """A run with a log takes the general way alone."""
    of = bundled(name)
    with_ = replace(scenario(name, of), warm_up_days=10)
    quick, plain = (Office(of, with_, days, 3, log=log).run() for log in (None, EventLog()))
    assert [(d.arrived, d.finished, d.rounds) for d in quick.dockets] == [
        (d.arrived, d.finished, d.rounds) for d in plain.dockets
    ]
    assert outcome(quick) == outcome(plain)
