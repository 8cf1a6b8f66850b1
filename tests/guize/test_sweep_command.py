"""`guize sweep`, and `guize simulate` with another side, findings and event logs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.guize.support import BROKEN, SOUND, Run

QUICK = ("--years", "0.15", "--replications", "2", "--workers", "1")


def test_a_sweep_says_what_each_value_changes(run: Run) -> None:
    document = run("sweep", SOUND, "--vary", "handling.sign=5,60", *QUICK, "--json").json
    same, slow = document["points"]
    assert document["key"] == "handling.sign" and document["value"] == 5
    assert all(not d["difference"] or d["difference"]["mean"] == 0 for d in same["differences"])
    longer = next(d for d in slow["differences"] if (d["measure"], d["tier"]) == ("sojourn_days", "*"))
    assert longer["difference"]["mean"] > 0
    shown = run("sweep", SOUND, "--vary", "handling.sign=60", *QUICK, "--lang", "en")
    assert shown.code == 0 and "on time" in shown.out


def test_assumptions_are_ranked(run: Run) -> None:
    document = run("sweep", SOUND, "--sensitivity", "20", "--only", "handling", *QUICK, "--json").json
    swings = [s["swing"] for s in document["ranking"]]
    assert len(swings) > 1 and swings == sorted(swings, reverse=True)


@pytest.mark.parametrize(("given", "said"), [
    ((), "not two"), (("--vary", "staff.office"), "expected key=value"), (("--vary", "staf.office=1"), "nearest"),
    (("--vary", "delegation=3"), "cannot be"),
    (("--sensitivity", "20", "--screened", "--only", "handling"), "cannot be used with --only"),
    (("--reach", "0.9", "--screened"), "with --sensitivity only"),
    (("--vary", "staff.office=1", "--only", "staff"), "with --sensitivity or --reach only"),
])  # fmt: skip
def test_bad_calls_are_refused(run: Run, given: tuple[str, ...], said: str) -> None:
    ran = run("sweep", SOUND, *given, *QUICK, "--lang", "en")
    assert ran.code == 2 and said in ran.err and not ran.out


def test_two_scenarios_are_compared_in_pairs(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(
        "scenario: {id: mine, title: {zh: 慢, en: slow}, uses: background}\n"
        "grounds: {guess: {kind: assumption, zh: 估计, en: a guess}}\n"
        "handling: [{act: sign, minutes: 60, assumption: guess}]\n",
        encoding="utf-8",
    )
    document = run("simulate", SOUND, "--against", str(file), *QUICK, "--json").json
    assert document["against"]["scenario"] == "mine"
    pair = next(d for d in document["against"]["differences"] if (d["measure"], d["tier"]) == ("sojourn_days", "*"))
    assert (
        pair["difference"]["mean"] == pytest.approx(pair["other"]["mean"] - pair["one"]["mean"])
        and pair["difference"]["mean"] > 0
    )
    rules = run("simulate", SOUND, "--against", BROKEN, *QUICK, "--lang", "en")
    assert "Paired comparison" in rules.out


def test_event_logs_are_written(run: Run, tmp_path: Path) -> None:
    xes, ocel = tmp_path / "log.xes", tmp_path / "log.json"
    ran = run("simulate", SOUND, *QUICK, "--xes", str(xes), "--ocel", str(ocel), "--json")
    assert ran.code == 0 and str(xes) in ran.err
    assert (
        xes.read_text(encoding="utf-8").startswith("<?xml") and json.loads(ocel.read_text(encoding="utf-8"))["events"]
    )
    assert run("simulate", SOUND, *QUICK, "--xes", str(tmp_path / "no" / "log.xes")).code == 2


def test_every_finding_has_its_papers_a_year_and_their_cost(run: Run) -> None:
    quick = ("--years", "0.5", "--replications", "2", "--workers", "1", "--findings")
    document = run("simulate", BROKEN, *quick, "--json").json
    met = document["incidence"]
    gaps = [i for i in met if i["check"] == "signing-gap"]
    assert gaps and gaps[0]["papers_a_year"]["mean"] > 0 and gaps[0]["days_a_year"]["mean"] > 0
    by_tier = sum(t["papers_a_year"]["mean"] for t in gaps[0]["tiers"])
    assert by_tier == pytest.approx(gaps[0]["papers_a_year"]["mean"])
    texts = [i for i in met if i["papers_a_year"] is None]
    assert all(i["days_a_year"] is None and not i["tiers"] for i in texts)
    order = ["minor", "moderate", "serious", "critical"]
    ranks = [(-order.index(i["severity"]), -(i["papers_a_year"] or {"mean": -1})["mean"]) for i in met]
    assert ranks == sorted(ranks)
    shown = run("simulate", BROKEN, *quick, "--lang", "en").out
    assert "days lost" in shown and gaps[0]["id"] in shown


def test_the_smallest_change_is_told_and_the_exit_code_says_whether_there_is_one(run: Run) -> None:
    few = (*QUICK, "--steps", "1", "--only", "staff", "--only", "stand_in")
    ran = run("sweep", BROKEN, "--reach", "0.999", *few, "--json")
    document = ran.json
    assert document["target"] == 0.999 and document["now"]["size"] == 0
    assert ran.code == (0 if document["found"] else 1)
    assert all(t["changes"][0]["kind"] in ("staff", "stand_in") for t in document["tried"])
    good = run("sweep", SOUND, "--reach", "0.5", *few)
    assert good.code == 0 and "无须变动" in good.out
    shown = run("sweep", BROKEN, "--reach", "0.999", *few, "--lang", "en").out
    assert "stands in for" in shown and "on-time rates" in shown


def test_the_smallest_repair_of_a_finding_is_simulated(run: Run) -> None:
    quick = ("--years", "0.5", "--replications", "3", "--workers", "1", "--repairs")
    document = run("simulate", BROKEN, *quick, "--json").json
    met = {i["id"] for i in document["incidence"] if i["papers_a_year"] and i["papers_a_year"]["mean"]}
    assert document["repairs"] and {f for r in document["repairs"] for f in r["findings"]} <= met
    first = document["repairs"][0]
    assert first["repair"]["zh"].startswith("建议") and first["repair"]["added"] + first["repair"]["changed"]
    saved = {(d["measure"], d["tier"]): d for d in first["differences"]}
    assert saved["stalled_papers", "*"]["difference"]["mean"] < 0
    assert saved["paper_days", "*"]["difference"]["mean"] < 0
    tiers = [d["difference"]["mean"] for (m, t), d in saved.items() if m == "paper_days" and t != "*"]
    assert sum(tiers) == pytest.approx(saved["paper_days", "*"]["difference"]["mean"])
    shown = run("simulate", BROKEN, *quick, "--lang", "en").out
    assert "What repairs save" in shown and "days in the office" in shown
