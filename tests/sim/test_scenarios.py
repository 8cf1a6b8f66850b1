"""Scenario files: what is read, and every way to get one wrong, with the place of the mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import specs
from model.errors import Diagnostic, SpecError
from sim.errors import SimulationError
from sim.loading import load_scenario
from sim.office import Office
from sim.population import tiers_named
from sim.replications import Experiment, run
from sim.report import report
from sim.scenario import Scenario
from sim.workcalendar import DAY
from tests.model.support import marked
from tests.sim.support import always, bundled, one, scenario

LUOYANG = bundled("luoyang")
HEAD = """scenario: {id: mine, title: {zh: 方案, en: mine}, uses: background}
grounds:
  guess: {kind: assumption, zh: 估计, en: a guess}
  law: {kind: source, zh: 法律, en: a law}
"""
FLOW = (
    "  - {id: a, zh: 请示, en: requests, paper: {kind: request, name: department, addressee: superior}, per_year: 10,"
    " tiers: {ordinary: 1.0}, assumption: guess"
)


def read(folder: Path, text: str) -> Scenario:
    file = folder / "scenario.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return load_scenario(file, LUOYANG, specs.ROOT)


def mistakes(folder: Path, text: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecError) as caught:
        read(folder, text)
    return caught.value.diagnostics


@pytest.mark.parametrize("name", specs.bundled())
def test_every_bundled_instrument_has_a_scenario_that_says_where_its_numbers_come_from(name: str) -> None:
    found = scenario(name, bundled(name))
    assert found.flows and found.stated
    assert all(s.kind in ("source", "assumption") and s.ground.zh and s.ground.en for s in found.stated)


def test_a_scenario_gives_what_differs_and_takes_the_rest(tmp_path: Path) -> None:
    found = read(tmp_path, "volume: {factor: 0.5, assumption: guess}\n")
    general = load_scenario(specs.ROOT / "background" / "scenario.yaml", LUOYANG, specs.ROOT, general=True)
    assert [f.per_year for f in found.flows] == [f.per_year / 2 for f in general.flows]
    assert found.sessions == general.sessions and found.handling == general.handling


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("warm_up: ⟦{days: 5}\n", "neither a source nor an assumption"),
        ("warm_up: ⟦{days: 5, source: law, assumption: guess}\n", "both a source and an assumption"),
        ("warm_up: {days: 5, source: ⟦guess}\n", "is an assumption"),
        ("warm_up: {days: 5, source: ⟦lav}\n", "no such ground: 'lav'"),
        ("warm_up: {days: 5, ⟦sauce: law}\n", "unknown key 'sauce'"),
        ("holders:\n  depty: ⟦{number: 3, assumption: guess}\n", "no such office: 'depty'"),
        ("holders:\n  head: {number: ⟦3, assumption: guess}\n", "'head' has one holder"),
        ("hours: {sessions: ⟦[['08:30', '12:00'], ['11:00', '17:00']], source: law}\n", "overlap"),
        (f"flows:\n{FLOW.replace('per_year: 10', 'per_year: ⟦-1')}}}\n", "-1 is out of range"),
        ("returns:\n  - {act: review, share: ⟦1.5, assumption: guess}\n", "'1.5' is out of range"),
        ("hours: {sessions: [[⟦'25:00', '12:00']], source: law}\n", "'25:00'"),
        ("absences:\n  - ⟦{cause: leave, per_year: 50, days: 8, assumption: guess}\n", "of the year away"),
        ("absences:\n  - {office: ⟦depty, cause: leave, per_year: 1, days: 8, assumption: guess}\n", "no such office"),
        ("absences:\n  - {cause: leave, per_year: ⟦-2, days: 8, assumption: guess}\n", "is out of range"),
        ("simultaneous:\n  hed: ⟦{number: 2, assumption: guess}\n", "no such office: 'hed'"),
        ("consultation: {acts: [reply], departments: ⟦{'1': 0.3}, reply_days: 4, assumption: guess}\n",
         "add up to 0.3"),
        (f"flows:\n{FLOW.replace('{ordinary: 1.0', '⟦{ordinary: 0.7')}}}\n", "add up to 0.7"),
        (f"flows:\n{FLOW}, mix: {{major: ⟦{{'true': 0.6, 'false': 0.6}}}}}}\n", "add up to 1.2"),
        (f"flows:\n{FLOW.replace('kind: request', 'kind: ⟦reqest')}}}\n", "no such value of 'kind': 'reqest'"),
        ("handling:\n  - {act: ⟦sgin, minutes: 3, assumption: guess}\n", "no such act: 'sgin'"),
        ("handling:\n  - ⟦{act: sign, minutes: 3, days: 1, assumption: guess}\n", "no length, or two"),
        ("absences:\n  - {cause: ⟦holiday, per_year: 1, days: 1, assumption: guess}\n", "no such state of absence"),
        ("absences:\n  - {official: head, cause: leave, from: 2025-02-01, to: ⟦2025-01-01, assumption: guess}\n",
         "ends before it begins"),
        ("meetings:\n  - {body: ⟦standin, every: 1, assumption: guess}\n", "no such meeting: 'standin'"),
        ("due:\n  - {tier: ⟦soon, amount: 1, unit: hour, assumption: guess}\n", "no such urgency tier"),
        ("readings: {days: ⟦workin}\n", "no such choice of the reading 'days': 'workin'"),
    ],
)  # fmt: skip
def test_a_mistake_has_its_place(tmp_path: Path, text: str, message: str) -> None:
    plain, [(line, column)] = marked(text)
    found = mistakes(tmp_path, plain)
    place = (line + HEAD.count("\n"), column)
    assert any(message in d.message and (d.line, d.column) == place for d in found), [str(d) for d in found]
    assert all(d.show("zh") != d.show("en") for d in found)


def test_mistakes_are_reported_together_with_the_nearest_name(tmp_path: Path) -> None:
    text = "warm_up: {days: 5}\nholders:\n  depty: {number: 3, assumption: guess}\n"
    found = mistakes(tmp_path, text)
    assert len(found) == 2 and found[1].nearest == "deputy"


def test_a_year_without_calendar_data_is_refused(tmp_path: Path) -> None:
    refuse = "hours: {sessions: [['08:30', '12:00']], unknown_years: refuse, source: law}\n"
    file = tmp_path / "scenario.yaml"
    file.write_text((HEAD + refuse).replace("uses:", "first_day: '2099-01-01', uses:"), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_scenario(file, LUOYANG, specs.ROOT)
    assert "2099" in str(caught.value)


def test_a_run_into_a_year_without_calendar_data_is_refused(tmp_path: Path) -> None:
    refuse = "hours: {sessions: [['08:30', '12:00']], unknown_years: refuse, source: law}\n"
    with pytest.raises(SimulationError) as caught:
        Office(LUOYANG, read(tmp_path, refuse), 100 * 365)
    assert "unknown_years" in caught.value.show("zh") and "unknown_years" in caught.value.show("en")


def test_a_flow_that_facts_exclude_is_refused_with_the_fact(tmp_path: Path) -> None:
    text = f"flows:\n{FLOW.replace('addressee: superior', 'addressee: public')}}}\n"
    with pytest.raises(SimulationError) as caught:
        Office(LUOYANG, read(tmp_path, text), 10)
    assert "requests" in str(caught.value)


LAW = Path(__file__).resolve().parents[2].parent / "shared" / "law"
FILES = sorted(specs.ROOT.glob("*/scenario.yaml"))


def ungrounded(value: object, place: str = "", grounded: bool = False) -> Iterator[str]:
    """The numbers of a scenario file over which no `source` or `assumption` stands."""
    if isinstance(value, dict):
        grounded = grounded or "source" in value or "assumption" in value
        for name, each in value.items():
            yield from ungrounded(each, f"{place}.{name}", grounded)
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from ungrounded(each, f"{place}.{i}", grounded)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not grounded:
        yield place


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.parent.name)
def test_no_bundled_scenario_has_a_number_without_a_ground(file: Path) -> None:
    text = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert not list(ungrounded(text))
    used = {v for k, v in _pairs(text) if k in ("source", "assumption")}
    assert set(text["grounds"]) == used & set(text["grounds"])


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield name, each
            yield from _pairs(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pairs(each)


def test_a_number_without_a_ground_is_seen() -> None:
    assert list(ungrounded({"staff": {"office": {"number": 3}}})) == [".staff.office.number"]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.parent.name)
def test_every_source_says_what_it_is_quoted_for(file: Path) -> None:
    """A ground is a source only if the article it names has the words it is named for."""
    grounds = yaml.safe_load(file.read_text(encoding="utf-8"))["grounds"]
    for name, ground in grounds.items():
        if ground["kind"] != "source":
            continue
        found = re.fullmatch(r"《(.+)》（(\d{4})年）(第.+?条)(第.+项)?：(.+)", ground["zh"])
        assert found is not None, f"{name} does not say where it is found"
        title, year, article, _, words = found.groups()
        law = LAW / f"{title}_{year}.txt"
        if not law.is_file():
            pytest.skip(f"no text of {title} to compare with")
        parts = re.split(r"^(第\S+?条)\s", law.read_text(encoding="utf-8"), flags=re.MULTILINE)
        of = dict(zip(parts[1::2], parts[2::2], strict=True))
        assert all(w in of[article] for w in words.split("、")), name


def test_only_an_instrument_that_tells_three_tiers_apart_has_tiers_of_its_own() -> None:
    """Luoyang sets a limit for each of three; others know papers that are urgent and papers that are not, or none."""
    assert [name for name in specs.bundled() if tiers_named(bundled(name))] == ["luoyang"]


@pytest.mark.parametrize("name", specs.bundled())
def test_every_bundled_instrument_is_simulated_and_the_report_names_the_tiers_it_assumes(name: str) -> None:
    of = bundled(name)
    few = replace(scenario(name, of), warm_up_days=0)
    found = report(run(Experiment(of, few, 14, 1), workers=1))
    papers = {row.tier for row in found.rows}
    assert {"most_urgent", "urgent", "ordinary"} <= papers
    notes = [(n.zh, n.en) for n in found.notes]
    assumed = [n for n in notes if "《党政机关公文处理工作条例》" in n[0] and "are assumed" in n[1]]
    assert len(assumed) == (name != "luoyang")


def test_papers_come_in_the_months_that_a_season_gives_them() -> None:
    months = (0.0, 3.0, 1.0, *(0.0,) * 9)
    drawn = always(("only", 20 / DAY), warm=0)
    flows = tuple(replace(f, months=months) for f in drawn.flows)
    office = Office(one("bureau"), replace(drawn, flows=flows), 365).run()
    came = [office.calendar.date(d.arrived).month for d in office.dockets]
    assert set(came) == {2, 3} and 2 < came.count(2) / came.count(3) < 3.5
    assert 0.9 < len(came) / (20 * 365) < 1.1
