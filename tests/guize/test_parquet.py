"""`guize simulate --parquet`, read back by pyarrow; against the JSON document of the same run."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from tests.guize.support import BROKEN, SOUND, Run

QUICK = ("--years", "0.3", "--replications", "2", "--workers", "1")


def read(folder: Path, table: str) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    return parquet.read_table(folder / f"{table}.parquet").to_pylist()


def test_the_tables_tell_what_the_document_tells(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    ran = run("simulate", BROKEN, *QUICK, "--parquet", str(folder), "--json")
    assert ran.code == 0 and str(folder) in ran.err
    papers, steps, waits = (read(folder, t) for t in ("papers", "steps", "waits"))
    assert {p["replication"] for p in papers} == {0, 1}
    assert len(papers) / 2 == ran.json["counts"]["arrived"]["mean"]
    assert sum(p["finished"] is not None for p in papers) / 2 == ran.json["counts"]["finished"]["mean"]
    shares = []
    for r in (0, 1):
        known = [p["timely"] for p in papers if p["replication"] == r and p["measured"] and p["timely"] is not None]
        shares.append(sum(known) / len(known))
    assert sum(shares) / 2 == pytest.approx(ran.json["papers"][0]["on_time"]["mean"])
    keys = {(p["replication"], p["paper"]) for p in papers}
    assert {(s["replication"], s["paper"]) for s in steps} <= keys
    assert all(s["begun"] <= s["done"] and s["actor"] and s["norms"] for s in steps)
    assert {w["kind"] for w in waits} >= {"stalled"} and all(w["working_days"] >= 0 for w in waits)
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert about["instrument"] == "broken" and about["replications"] == [0, 1]


def test_a_folder_of_ours_is_replaced_and_another_left_alone(run: Run, tmp_path: Path) -> None:
    folder, other = tmp_path / "run", tmp_path / "other"
    for years in ("0.1", "0.2"):
        assert run("simulate", SOUND, *QUICK, "--years", years, "--parquet", str(folder)).code == 0
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["days"] == 73
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")
    ran = run("simulate", SOUND, *QUICK, "--parquet", str(other))
    assert ran.code == 2 and [f.name for f in other.iterdir()] == ["letter.txt"]
    assert {f.name for f in tmp_path.iterdir()} == {"run", "other"}


def test_a_missing_library_is_said_before_anything_is_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    ran = run("simulate", SOUND, *QUICK, "--parquet", str(tmp_path / "run"))
    assert ran.code == 2 and "guize[parquet]" in ran.err and not (tmp_path / "run").exists()
