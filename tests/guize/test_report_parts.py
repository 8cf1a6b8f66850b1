"""The revision and the simulation in a report: what they say, their numbers, their escaping, in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import guize
import specs
from guize.commands.experiments import scenario_of
from guize.incidence import Incidence, incidences, watch
from guize.jsonform import impact as impact_json
from guize.jsonform import paired as paired_json
from guize.jsonform import simulation as simulation_json
from guize.library import properties_of
from guize.report import knobs, markdown
from guize.report.bilingual import Both
from guize.report.charts import Axis, Bar, Series, Swing, bars, even, lines, swings
from guize.report.content import Content, build
from guize.report.html import page
from guize.report.html.text import esc
from guize.report.parts import Amount
from guize.report.properties import proved
from guize.report.revised import MOST_PHRASE, revised
from guize.report.sensitivity import SEEN
from guize.report.simulated import simulated
from guize.terminal.simulation import Shown
from model.ruleset import RuleSet
from model.situation import make_cast
from model.vocabulary import Label
from proofs.audit import audit, hear
from proofs.impact.records import Impact
from proofs.impact.run import impact
from proofs.memory import Memory
from proofs.proving import prove
from sim import vary
from sim.comparison import Difference, differences
from sim.replications import Experiment, Run, run
from sim.report import Report as Simulation
from sim.report import report
from sim.screening import APART, Screening, kind_of, screening
from tests.guize.report_support import audited, parsed
from tests.guize.support import BROKEN
from tests.guize.support import Run as Command

REVISION = Path(__file__).parent / "revision"
HOSTILE = "<script>x()</script>\"'&"


@cache
def compared() -> tuple[Impact, Content]:
    """The made-up revision, its effects and findings, beside an audit of another rule set."""
    old, new = (guize.load(str(REVISION / v)) for v in ("old", "new"))
    found = impact(old, new, findings=True, most_absences=1)
    return found, replace(audited(BROKEN)[2], revised=revised(found))


def simulation(rules: RuleSet, spec: str) -> tuple[Simulation, tuple[Incidence, ...], tuple[Difference, ...], Run]:
    findings = audited(BROKEN)[1].findings if spec == BROKEN else ()
    scenario = scenario_of(spec, rules, None)
    done = run(replace(Experiment(rules, scenario, 110, 2, 1), watch=watch(rules, findings)), 1)
    met = incidences(rules, findings, done.outcomes, [o.seen for o in done.outcomes], scenario.tiers)
    return report(done), met, differences(done, done), done


@cache
def ran() -> tuple[Simulation, dict[str, Any], Content]:
    """A short simulation, its JSON document, and the content that shows it."""
    rules, _, content = audited(BROKEN)
    found, met, pairs, done = simulation(rules, BROKEN)
    document = simulation_json.simulation(found)
    document["incidence"] = simulation_json.incidence(met)
    document["against"] = paired_json.against(done.experiment, pairs)
    ranked = ranking()
    document["sensitivity"] = paired_json.screening(ranked)
    return found, document, replace(content, simulated=simulated(Both(rules), found, met, pairs, done, ranked))


@cache
def ranking() -> Screening:
    """The assumptions of an office with a tenth of the papers, which are due within the hour, ranked."""
    rules = audited(BROKEN)[0]
    usual = scenario_of(BROKEN, rules, None)
    quiet = replace(
        usual,
        flows=tuple(replace(f, per_year=f.per_year / 10) for f in usual.flows),
        due=dict.fromkeys(usual.due, (1, "hour")),
    )
    found = screening(Experiment(rules, quiet, 70, 2, 1), 0.5, 1, most=2)
    assert found is not None
    return found


# the revision


def test_each_changed_norm_is_a_row_of_four_columns_and_each_effect_is_told() -> None:
    found, content = compared()
    shown = parsed(page.document(content, "zh"))
    document = impact_json.document(found)
    assert content.revised is not None
    assert len(content.revised.rows) >= len(document["norms"])
    assert "现行修改后说明效力" in re.sub(r"\s", "", shown.text)
    for effect in document["effects"]:
        assert effect["zh"] in shown.text and effect["en"] in shown.others
    for finding in (*document["findings"]["appear"], *document["findings"]["go"]):
        assert finding["zh"] in shown.text and finding["en"] in shown.others
    known = {
        "impact.norms": len(document["norms"]),
        "impact.effects": len(document["effects"]),
        "impact.findings.appear": len(document["findings"]["appear"]),
        "impact.findings.go": len(document["findings"]["go"]),
        "impact.findings.stay": len(document["findings"]["stay"]),
    }
    told = {d["data-json"]: int(d["value"]) for d in shown.all("data") if d["data-json"].startswith("impact.")}
    assert told == known


def test_what_the_audit_of_the_newer_version_settled_is_not_asked_again() -> None:
    old, new = (guize.load(str(REVISION / v)) for v in ("old", "new"))
    memory = Memory()
    audit(new, most_absences=1, memory=memory)
    asked = memory.asked
    assert impact(old, new, findings=True, most_absences=1, memory=memory) == compared()[0]
    audit(new, most_absences=1, memory=memory)
    # twice more, and what the older version shares with it
    assert asked > 0 and memory.recalled >= 2 * asked and memory.asked < 2 * asked


def test_the_columns_quote_phrases_only() -> None:
    revision = compared()[1].revised
    assert revision is not None
    quotes = [s.quote for r in revision.rows for s in (r.old, r.new)]
    assert any(quotes) and max(map(len, quotes)) <= MOST_PHRASE


def test_what_is_told_above_is_not_told_again() -> None:
    revision = compared()[1].revised
    assert revision is not None
    told = [e.says.zh for r in revision.rows for e in r.effects if e.name.zh and e.says.zh != "见上文。"]
    assert len(told) == len(set(told))
    assert all(r.effects for r in revision.rows)


def test_a_version_against_itself_changes_nothing() -> None:
    rules = guize.load(str(REVISION / "new"))
    shown = revised(impact(rules, rules))
    assert shown.rows == () and "没有变化" in shown.verdict.zh


# the simulation


def value_of(document: dict[str, Any], path: str) -> Any:
    """The number in the JSON document that a `data-json` path names."""
    match path.split("/")[1:]:
        case ["replications" | "days" | "seed" as name]:
            return document[name]
        case ["warm_up_days"]:
            return document["scenario"]["warm_up_days"]
        case ["papers", flow, tier, *names]:
            found: Any = next(r for r in document["papers"] if (r["flow"], r["tier"]) == (flow, tier))
        case ["limits", norm, *names]:
            found = next(r for r in document["limits"] if r["norm"] == norm)
        case ["desks", actor, *names]:
            found = next(r for r in document["desks"] if r["actor"] == actor)
        case ["waiting", actor, stage, *names]:
            found = next(r for r in document["waiting"] if (r["actor"], r["stage"]) == (actor, stage))
        case ["meetings", body, *names]:
            found = next(r for r in document["meetings"] if r["body"] == body)
        case ["stalls", stage, norms, *names]:
            found = next(r for r in document["stalls"] if (r["stage"], ",".join(r["norms"])) == (stage, norms))
        case ["unregulated", flow, stage, norms, *names]:
            key = (flow, stage or None, norms)
            rows = document["unregulated"]
            found = next(r for r in rows if (r["flow"], r["stage"], ",".join(r["norms"])) == key)
        case ["incidence", ident, *names]:
            found = next(r for r in document["incidence"] if r["id"] == ident)
        case ["against", measure, tier, *names]:
            rows = document["against"]["differences"]
            found = next(r for r in rows if (r["measure"], r["tier"]) == (measure, tier))
        case ["kinds", kind, *names]:
            found = next(k for k in document["sensitivity"]["kinds"] if k["kind"] == kind)
            names = [*names, "difference"]
        case ["ranking", key, *names]:
            found = next(k for k in document["sensitivity"]["ranking"] if k["key"] == key)
            names = [*names, "difference"]
        case _:
            raise AssertionError(path)
    for name in names:
        found = found[name]
    return found


def test_every_number_of_the_simulation_is_the_number_in_the_json() -> None:
    _, document, content = ran()
    shown = parsed(page.document(content, "zh"))
    told = [d for d in shown.all("data") if d["data-json"].startswith(("simulate/", "sensitivity/"))]
    assert len(told) > 60
    kinds = {d["data-json"].split("/")[1] for d in told}
    assert {"papers", "desks", "stalls", "against", "replications", "incidence", "kinds", "ranking"} <= kinds
    for one in told:
        known = value_of(document, one["data-json"])
        if isinstance(known, dict):
            assert float(one["value"]) == known["mean"], one
            half = None if known["low"] is None else known["mean"] - known["low"]
            assert ("data-half" in one) == (half is not None)
            assert half is None or float(one["data-half"]) == pytest.approx(half)
        else:
            assert int(one["value"]) == known, one


def test_what_is_shown_of_a_number_is_that_number() -> None:
    simulation = ran()[2].simulated
    assert simulation is not None
    amounts = [c for p in simulation.parts if p.grid for r in p.grid.rows for c in r if isinstance(c, Amount)]
    for amount in amounts:
        head = amount.shown.split(" ")[0].rstrip("*!")
        points = amount.path.startswith("sensitivity/")
        said = float(head.rstrip("%").replace("−", "-")) / (100 if head.endswith("%") or points else 1)
        assert said == pytest.approx(amount.value, abs=6e-5 if points else 0.51), amount


def test_every_assumption_stands_beside_a_result_once() -> None:
    _, document, content = ran()
    assert content.simulated is not None
    told = [g for p in content.simulated.parts for g in p.grounds]
    stated = {(s["zh"], s["kind"] == "assumption") for s in document["scenario"]["stated"]}
    assert {(g.source.zh, g.assumption) for g in told} == stated
    names = "".join(g.says.zh for g in told)
    assert "most_urgent" not in names and "minutes" not in names
    handling = next(p for p in content.simulated.parts if p.id == "sojourn")
    assert any("办理用时" in g.name.zh for g in handling.grounds)
    assert any("缺席" in g.name.zh for p in content.simulated.parts if p.id == "stalls" for g in p.grounds)


def test_the_charts_speak_both_languages_and_are_named() -> None:
    html = page.document(ran()[2], "zh")
    shown = parsed(html)
    assert html.count('<figure class="chart">') == 5
    assert "按期率" in shown.text and "On-time rate" in shown.text
    assert len(shown.ids) == len(set(shown.ids))


def test_markup_in_a_spec_yields_no_markup_in_the_new_parts(tmp_path: Path) -> None:
    """Both languages of every string hold markup: of two versions, the simulated rule set and the properties."""
    said = HOSTILE.replace("'", "''")

    def hostile(folder: Path, target: Path) -> str:
        text = (folder / "rules.yaml").read_text(encoding="utf-8")
        text = re.sub(r"\b(zh|en): ([^'\"{\[,}\n]+)", lambda m: f"{m[1]}: '{m[2].strip()}{said}'", text)
        target.mkdir()
        (target / "rules.yaml").write_text(text, encoding="utf-8")
        return str(target)

    one, two = (guize.load(hostile(REVISION / v, tmp_path / v)) for v in ("old", "new"))
    spec = hostile(Path(BROKEN), tmp_path / "broken")
    rules = guize.load(spec)
    found, met, pairs, done = simulation(rules, spec)
    content = build(rules, audited(BROKEN)[1])
    ranked = ranking()
    ranked = replace(ranked, base=replace(ranked.base, experiment=done.experiment))
    general = properties_of(spec, rules)
    named = tuple(replace(p, label=Label(p.label.zh + HOSTILE, p.label.en + HOSTILE)) for p in general)
    content = replace(
        content,
        properties=proved(Both(rules), prove(hear(rules, make_cast(rules), 1), named), {}),
        revised=revised(impact(one, two, most_absences=1)),
        simulated=simulated(Both(rules), found, met, pairs, done, ranked),
    )
    html = page.document(content, "zh")
    shown = parsed(html)
    assert shown.unbalanced == []
    assert html.count("<script") == html.count("</script") == 2
    assert not any(k.startswith("on") for _, a in shown.elements for k in a)
    assert shown.text.count(HOSTILE) > 20
    within = {part: html.split(f'id="{part}"')[1].split("</section>")[0] for part in ("properties", "s-sensitivity")}
    assert all(esc(HOSTILE) in inside for inside in within.values()), within.keys()
    assert not re.search(r"(?<!\\)<(?!/?details>|/?summary>|br>)", markdown.document(content, "zh"))


# charts


def test_a_whisker_spans_its_interval_and_a_bar_its_value() -> None:
    axis = Axis(0, 1, ((0, "0"), (1, "1")), "share")
    svg = bars("t", [Bar("a", 0.5, 0.25, 0.75, "50%")], axis)
    left, right = re.findall(r'd="M([\d.]+) 18.5 L([\d.]+) 18.5"', svg)[0]
    rect = next(w for x, y, w in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', svg) if y == "11")
    assert (float(right) - float(left)) == pytest.approx(float(rect), abs=0.2)


def test_lines_keep_within_their_axes() -> None:
    svg = lines("t", [Series("a", ((0, 0), (5, 99)))], Axis(0, 4, (), "x"), Axis(0, 10, (), "y"))
    xs = [float(x) for d in re.findall(r' d="M([^"]*)"', svg) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", d)]
    assert max(xs) <= 700


@pytest.mark.parametrize(("high", "top"), [(0, 1), (0.9, 1), (1, 1), (7, 10), (16.4, 20), (120, 200), (1001, 2000)])
def test_axes_end_at_round_numbers(high: float, top: float) -> None:
    found, ticks = even(high)
    assert found >= high and found == pytest.approx(ticks[-1]) and ticks[0] == 0 and 2 <= len(ticks) <= 6
    assert found <= max(top, 1)


# the other formats


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_has_both_parts(lang: str) -> None:
    content = replace(ran()[2], revised=compared()[1].revised)
    text = markdown.document(content, lang)
    assert content.revised and content.simulated
    for row in content.revised.rows:
        for effect in row.effects:
            assert markdown.escaped(effect.says.get(lang)) in text
    for part in content.simulated.parts:
        if part.grid:
            assert markdown.escaped(part.title.get(lang)) in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)


@pytest.mark.skipif(find_spec("docx") is None, reason="python-docx (extra `word`) is not installed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_has_both_parts(lang: str) -> None:
    word = pytest.importorskip("guize.report.word")
    content = replace(ran()[2], revised=compared()[1].revised)
    document = pytest.importorskip("docx").Document(BytesIO(word.document(content, lang)))
    titles = {p.text for p in document.paragraphs if p.style.name.startswith("Heading")}
    assert {"zh": "修改对照和效力", "en": "The revision and its effect"}[lang] in titles
    assert {"zh": "忙闲程度", "en": "Utilisation"}[lang] in titles
    assert {"zh": "假设的影响大小", "en": "Which assumptions matter"}[lang] in titles
    tables = [[c.text for c in t.rows[0].cells] for t in document.tables]
    assert {"zh": ["现行", "修改后", "说明", "效力"], "en": ["As it is", "As amended", "Note", "Effect"]}[
        lang
    ] in tables


def test_the_command_makes_both_parts(run: Command) -> None:
    old, new = str(REVISION / "old"), str(REVISION / "new")
    options = (
        "--simulate",
        "--sensitivity",
        "0",
        "--years",
        "0.3",
        "--replications",
        "2",
        "--workers",
        "1",
        "--absences",
        "1",
    )
    ran_ = run("report", new, "--impact", old, *options, "--no-repairs", "--format", "markdown")
    assert ran_.code == 1
    assert "## 修改对照和效力" in ran_.out and "## 模拟" in ran_.out and "结论改变的性质" in ran_.out
    assert run("report", new, "--impact", "none-such", "--lang", "en").code == 2
    assert run("report", new, "--simulate", "--scenario", "none.yaml", "--lang", "en").code == 2


def test_the_ranking_says_how_it_was_obtained_and_what_did_not_move() -> None:
    simulation = ran()[2].simulated
    assert simulation is not None
    part = next(p for p in simulation.parts if p.id == "sensitivity")
    found = ranking()
    assert "50%" in part.note.zh and f"共试{found.runs}种取值" in part.note.zh and "短期模拟" in part.note.zh
    still = [knobs.kind(k.name).zh for k in found.kinds if not k.swing]
    assert still and all(name in part.note.zh.partition("没有变动的：")[2] for name in still)
    assert part.grid is not None
    heads = [r[0].zh for r in part.grid.rows if isinstance(r[0], Label) and not r[0].zh.startswith("　")]
    assert heads == [knobs.kind(k.name).zh for k in found.kinds if k.swing >= SEEN]


def test_every_number_that_can_be_varied_has_a_name_in_both_languages() -> None:
    for name in specs.bundled():
        rules = guize.load(name)
        scenario = scenario_of(name, rules, None)
        found = report(run(Experiment(rules, scenario, 1, 1, 1), 1))
        for lang in ("zh", "en"):
            shown = Shown(found, lang)
            told = [knobs.number(shown, k) for k in vary.knobs(scenario)]
            assert all(told) and not any(re.search(r"[a-z]+_[a-z]+", t) for t in told), told
        kinds = {kind_of(k) for k in vary.knobs(scenario)} - set(APART)
        assert not any(re.search("[a-z]", knobs.kind(k).zh) for k in kinds)


def test_the_bars_of_a_swing_point_to_their_sides() -> None:
    svg = swings("t", [Swing("a", -0.02, 0.01, ("−2", "+1"))], ("lower", "higher"), "axis")
    zero = float(re.findall(r'd="M([\d.]+) 30 ', svg)[0])
    (lower, wide), (higher, half) = [
        (float(x), float(w))
        for x, y, w in re.findall(r'<rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"', svg)
        if int(y) > 30
    ]
    assert lower + wide == pytest.approx(zero) and higher == pytest.approx(zero) and wide == pytest.approx(2 * half)


def test_nothing_of_them_without_the_options() -> None:
    text = parsed(page.document(audited(BROKEN)[2], "zh")).text
    assert "修改对照" not in text and "独立模拟" not in text
    assert Label("模拟", "Simulation") == page.SECTIONS["simulation"]
