"""`guize simulate`: tables in both languages, the JSON document, exit codes, bad scenarios."""

from __future__ import annotations

from pathlib import Path

import pytest

import specs
from guize import load
from guize.commands.experiments import scenario_of
from sim import replications
from sim.office import Office
from sim.outcome import Outcome
from sim.replications import Experiment
from tests.guize.support import BROKEN, SOUND, Run

QUICK = ("--years", "0.3", "--replications", "2", "--workers", "1")


def test_tables_in_both_languages(run: Run) -> None:
    zh, en = run("simulate", SOUND, *QUICK), run("simulate", SOUND, *QUICK, "--lang", "en")
    assert (zh.code, en.code) == (0, 0)
    assert "按期率" in zh.out and "下级请示" in zh.out and "略去" in zh.out
    assert "on time" in en.out and "Where time went" in en.out and "按期率" not in en.out


def test_the_document_says_what_was_assumed(run: Run) -> None:
    document = run("simulate", SOUND, *QUICK, "--json").json
    assert document["instrument"] == "sound" and document["replications"] == 2 and document["overloaded"] == []
    everything = document["papers"][0]
    assert (everything["flow"], everything["tier"]) == ("*", "*")
    assert 0.9 < everything["on_time"]["mean"] <= 1 and everything["limit_assumed"]
    assert everything["sojourn_days"]["p50"]["mean"] <= everything["sojourn_days"]["p95"]["mean"]
    grounds = {s["kind"] for s in document["scenario"]["stated"]}
    assert grounds == {"source", "assumption"}
    assert any("一般件" in n["zh"] for n in document["notes"])


def test_the_backlog_comes_with_the_dates_that_explain_it(run: Run) -> None:
    document = run("simulate", "weidong", "--years", "0.2", "--replications", "2", "--workers", "1", "--json").json
    days = [d["date"] for d in document["backlog_daily"]]
    dates = document["dates"]
    assert days == sorted(days) and days[0] > "2025-01-01" == dates["weekdays_off"][0]
    assert not set(days) & set(dates["weekdays_off"]) and set(dates["weekends_worked"]) <= set(days)
    assert set(dates["weekends_worked"]) == {"2025-01-26", "2025-02-08"}  # made up for the Spring Festival
    assert any(sum(d["papers"].values()) > 0 for d in document["backlog_daily"])
    held = dates["meetings"]
    assert held and all(set(found) <= set(days) for found in held.values())


def test_the_same_seed_prints_the_same_document(run: Run) -> None:
    one, two = (run("simulate", SOUND, *QUICK, "--seed", "4", "--json").out for _ in range(2))
    assert one == two != run("simulate", SOUND, *QUICK, "--seed", "5", "--json").out


def test_a_rule_set_with_gaps_names_the_articles_of_its_stalls(run: Run) -> None:
    document = run("simulate", BROKEN, *QUICK, "--json").json
    known = set(load(BROKEN).powers) | set(load(BROKEN).norms)
    named = {n for s in document["stalls"] for n in s["norms"]}
    assert named and named <= known


def test_overload_is_an_exit_code_and_no_sojourn_time(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(
        "scenario: {id: mine, title: {zh: 满, en: full}, uses: background}\n"
        "grounds: {guess: {kind: assumption, zh: 估计, en: a guess}}\n"
        "volume: {factor: 60, assumption: guess}\n",
        encoding="utf-8",
    )
    ran = run("simulate", SOUND, "--scenario", str(file), "--years", "0.2", "--replications", "1", "--json")
    assert ran.code == 1 and "head" in ran.json["overloaded"]
    assert all(p["sojourn_days"] is None for p in ran.json["papers"])
    table = run("simulate", SOUND, "--scenario", str(file), "--years", "0.2", "--replications", "1", "--lang", "en")
    assert table.code == 1 and "Overload" in table.out


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有注明来源"), ("en", "neither a source nor an assumption")])
def test_a_bad_scenario_is_refused_with_its_place(run: Run, tmp_path: Path, lang: str, words: str) -> None:
    file = tmp_path / "scenario.yaml"
    head = "scenario: {id: mine, title: {zh: 方案, en: mine}, uses: background}\n"
    file.write_text(head + "volume: {factor: 2}\n", encoding="utf-8")
    ran = run("simulate", SOUND, "--scenario", str(file), "--lang", lang)
    assert ran.code == 2 and "scenario.yaml:2:9" in ran.err and words in ran.err and not ran.out


@pytest.mark.parametrize("name", specs.bundled())
def test_every_bundled_instrument_simulates(run: Run, name: str) -> None:
    ran = run("simulate", name, "--years", "0.1", "--replications", "1", "--workers", "1", "--json")
    assert ran.code in (0, 1) and ran.json["counts"]["arrived"]["mean"] > 100
    assert scenario_of(name, load(name), None).flows


@pytest.mark.parametrize(("kept", "code"), [(2, 130), (0, 130)])
def test_an_interrupted_run_shows_what_is_done(run: Run, monkeypatch: pytest.MonkeyPatch, kept: int, code: int) -> None:
    real = replications.replicate

    def until(experiment: Experiment, replication: int, like: Office | None = None) -> tuple[Office, Outcome]:
        if replication == kept:
            raise KeyboardInterrupt
        return real(experiment, replication, like)

    monkeypatch.setattr(replications, "replicate", until)
    asked = ("simulate", SOUND, "--years", "0.1", "--replications", "5", "--workers", "1", "--lang", "en")
    ran = run(*asked)
    assert ran.code == code
    if not kept:
        assert "interrupted before one" in ran.err and not ran.out
        return
    assert "interrupted" in ran.out and "2 independent runs" in ran.out
    document = run(*asked, "--json").json
    assert document["interrupted"] and document["replications"] == 2
