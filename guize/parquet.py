"""A simulation as Parquet: a folder of the tables of `sim.tables`, and a file that says what was run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from guize import messages as say
from guize.files import write_folder
from sim.replications import Run
from sim.tables import SCHEMAS, Tables

MARK = "run.json"
"""Tells a folder of ours from others."""
ENDING = ".parquet"


def available() -> None:
    """Raises UsageError, with what to install, where the library that writes Parquet is missing."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - an optional extra
    except ImportError:
        raise say.refused(say.NO_PYARROW()) from None


def write(path: Path, found: Tables, run: Run) -> None:
    """Write the folder whole or not at all. Raises UsageError where it cannot be, or something else is there."""
    write_folder(path, _files(found, run), MARK, ENDING)


def _files(found: Tables, run: Run) -> Iterator[tuple[str, str | bytes]]:
    import pyarrow as pa  # noqa: PLC0415 - an optional extra
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    types: dict[type, Any] = {
        int: pa.int64(), str: pa.string(), float: pa.float64(), bool: pa.bool_(), datetime: pa.timestamp("s"),
    }  # fmt: skip
    for name, schema in SCHEMAS.items():
        fields = pa.schema([(column, types[kind]) for column, kind in schema.items()])
        sink = pa.BufferOutputStream()
        parquet.write_table(pa.table(found.columns[name], schema=fields), sink)
        yield f"{name}.parquet", sink.getvalue().to_pybytes()
    e = run.experiment
    about = {
        "instrument": e.rules.title.id,
        "scenario": e.scenario.id,
        "first_day": e.scenario.first_day.isoformat(),
        "warm_up_days": e.scenario.warm_up_days,
        "days": e.days,
        "seed": e.seed,
        "replications": [o.replication for o in run.outcomes],
    }
    yield MARK, json.dumps(about, ensure_ascii=False, indent=2) + "\n"
