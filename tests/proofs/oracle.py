"""A process-mining library (pm4py) asked about Petri nets, in a Python of its own.

pm4py is large and under another licence, so it is no dependency of ours, not even of the tests: the interpreter
that `GUIZE_ORACLE_PYTHON` names runs `oracle_answers.py`, which answers one line of JSON for each line it is given.
A net is `{"places": [...], "transitions": [...], "arcs": [[from, to], ...]}` with the places `source` and `sink`;
the answer is `{"sound": bool, "markings": int}`: whether it is a sound workflow net, and how many markings can be
reached.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

VARIABLE = "GUIZE_ORACLE_PYTHON"
ANSWERS = Path(__file__).with_name("oracle_answers.py")
Net = dict[str, Any]


class Oracle:
    """The library in a process of its own; close it when done."""

    def __init__(self, python: str) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([python, str(ANSWERS)], stdin=pipe, stdout=pipe, text=True)

    def ask(self, net: Net) -> tuple[bool, int]:
        """Whether the net is sound, and the number of its reachable markings."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps(net), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        assert line, "the interpreter of the oracle gave up"
        answer = json.loads(line)
        return answer["sound"], answer["markings"]

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=60)


def python() -> str | None:
    """The interpreter that has the library; None where none is named."""
    return os.environ.get(VARIABLE) or None
