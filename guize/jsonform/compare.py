"""The document of `guize compare --json`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guize.comparing import ASPECTS, Cell, Comparison, StandIns, loans
from guize.jsonform import common
from guize.sentences.comparison import HEADINGS, Telling


def comparison(found: Comparison) -> dict[str, Any]:
    """The document of `guize compare --json`."""
    telling = {lang: Telling(found, lang) for lang in ("zh", "en")}
    numbers = {id(row): i for i, row in enumerate(found.rows)}
    return {
        "instruments": [
            {
                "id": name,
                "title": {"zh": rules.title.label.zh, "en": rules.title.label.en},
                "place": {"zh": rules.title.place.zh, "en": rules.title.place.en},
                **dict(zip(HEADINGS, telling["zh"].counts(name), strict=True)),
                "borrow": [
                    {
                        "row": numbers[id(x.row)],
                        "lack": x.lack,
                        "from": x.lender,
                        **{k: t.loan(x) for k, t in telling.items()},
                    }
                    for x in loans(found, name)
                ],
            }
            for name, rules in found.instruments.items()
        ],
        "rows": [
            {
                "act": row.act,
                "classes": [dict(zip(ASPECTS, c.values, strict=True)) for c in row.classes],
                "zh": f"{telling['zh'].act(row.act)} · {telling['zh'].classes(row)}",
                "en": f"{telling['en'].act(row.act)} · {telling['en'].classes(row)}",
                "cells": {name: _cell(found, name, cell) for name, cell in row.cells.items()},
                "best": list(row.best),
            }
            for row in found.rows
        ],
    }


def _cell(found: Comparison, name: str, cell: Cell) -> dict[str, Any]:
    rules = found.instruments[name]
    cited = dict.fromkeys(rules.lookup(n).citation for n in (*cell.powers, *cell.bounds))
    return {
        "status": "answered" if cell.answered else "silent" if cell.silent else "open",
        "offices": list(cell.offices),
        "powers": list(cell.powers),
        "absences": _absences(cell.absences),
        "most_urgent": _absences(cell.urgent or cell.absences),
        "bounds": list(cell.bounds),
        "citations": [common.citation(c) for c in cited],
    }


def _absences(found: Sequence[StandIns]) -> list[dict[str, Any]]:
    return [
        {"cause": a.cause, "actors": list(a.actors), "norms": list(a.norms), "delegated": a.delegated} for a in found
    ]
