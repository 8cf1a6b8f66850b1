"""`guize compare`: cells against `who`, the best answer, what could be borrowed, pages, JSON, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

import guize
import specs
from guize.asking import Question, parse_act, situation
from guize.comparing import ACTS, ASPECTS, Comparison, compare, loans
from guize.sentences.comparison import Telling
from model.competence import Competence
from model.situation import make_cast
from tests.guize.support import BROKEN, SOUND, Run

BOTH = (SOUND, BROKEN)


@pytest.fixture(scope="module")
def five() -> Comparison:
    return compare([guize.load(name) for name in specs.bundled()])


def test_the_one_that_covers_more_absences_answers_best_and_lends() -> None:
    found = compare([guize.load(s) for s in BOTH])
    (row,) = found.rows
    assert row.act == "sign" and [c.get("kind") for c in row.classes] == ["notice", "decision"]
    assert row.best == ("sound",)
    covered = {name: [a.cause for a in cell.absences if a.actors] for name, cell in row.cells.items()}
    assert covered == {"sound": ["out_of_town", "leave", "illness", "vacancy"], "broken": ["out_of_town"]}
    (loan,) = loans(found, "broken")
    assert (loan.lack, loan.lender, loan.row.borrow) == ("absence", "sound", ("head_signs", "deputy_stands_in"))
    assert loans(found, "sound") == ()


def test_an_office_is_never_away() -> None:
    found = compare([guize.load(str(Path(SOUND).parent / "careful"))])
    cells = [c for r in found.rows for c in r.cells.values() if c.offices == ("legal_office",)]
    assert cells and all(a.actors == ("legal_office",) and not a.delegated for c in cells for a in c.absences)
    assert all(len(c.absences) == 4 for c in cells)


def test_alike_instruments_owe_each_other_nothing() -> None:
    sound = guize.load(SOUND)
    (row,) = compare([sound, sound]).rows
    assert row.best == () and row.borrow == ()


def test_an_act_neither_speaks_of_has_no_row() -> None:
    assert compare([guize.load(s) for s in BOTH], ("chair",)).rows == ()


@pytest.mark.long
def test_the_cells_of_the_bundled_instruments_are_what_the_semantics_says(five: Comparison) -> None:
    asked = 0
    casts = {name: make_cast(rules) for name, rules in five.instruments.items()}
    for row in five.rows:
        for name, cell in row.cells.items():
            rules, cast = five.instruments[name], casts[name]
            for each in row.classes[:2]:
                paper = {a: v for a, v in zip(ASPECTS, each.values, strict=True) if v}
                competence = Competence(rules, situation(rules, cast, Question(paper=paper)))
                hands = [h.actor for s in rules.stages if s.act == row.act for h in competence.hands(s)]
                assert {cast[h].office if h in cast.ids else h for h in hands} == set(cell.offices)
                asked += 1
    assert asked > 300
    assert {"sign", "determine", "approve", "decide", "chair", "review"} <= {r.act for r in five.rows} <= set(ACTS)


def test_every_instrument_has_something_to_lend_and_something_to_borrow(five: Comparison) -> None:
    for name in five.instruments:
        assert loans(five, name)
        assert any(row.best and row.best[0] == name for row in five.rows)
        for lang in ("zh", "en"):
            told = [Telling(five, lang).loan(x) for x in loans(five, name)]
            assert len(set(told)) == len(told)


def test_the_terminal_tells_who_and_what_to_borrow(run: Run) -> None:
    ran = run("compare", *BOTH)
    assert ran.code == 0
    assert "外出→副县长" in ran.out and "可借鉴" in ran.out and "第二条" in ran.out
    english = run("compare", *BOTH, "--lang", "en").out
    assert "county head" in english and "could borrow" in english


def test_json_names_rows_cells_and_loans(run: Run) -> None:
    document = run("compare", *BOTH, "--json").json
    assert [i["id"] for i in document["instruments"]] == ["sound", "broken"]
    (row,) = document["rows"]
    assert row["cells"]["broken"]["absences"][1] == {"cause": "leave", "actors": [], "norms": [], "delegated": False}
    assert document["instruments"][1]["borrow"][0]["row"] == 0


def test_the_page_is_whole_and_escapes_what_specs_say(run: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    text = (Path(SOUND) / "rules.yaml").read_text(encoding="utf-8")
    text = text.replace("id: sound", "id: hostile").replace("zh: 县长,", 'zh: "<script>alert(1)</script>",')
    (hostile / "rules.yaml").write_text(text, encoding="utf-8")
    page = tmp_path / "page.html"
    assert run("compare", str(hostile), BROKEN, "-o", str(page)).code == 0
    written = page.read_text(encoding="utf-8")
    assert "<script" not in written and "&lt;script&gt;" in written
    assert written.startswith("<!doctype html>") and written.rstrip().endswith("</html>")
    assert "http" not in written


def test_a_page_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("compare", *BOTH, "-o", str(tmp_path / "missing" / "page.html"))
    assert ran.code == 2 and "无法写入" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((SOUND,), "至少需要两份"),
        ((SOUND, SOUND), "标识都是"),
        ((*BOTH, "--act", "签发文"), "签发"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("compare", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_an_act_by_its_chinese_name(run: Run) -> None:
    assert parse_act(guize.load(SOUND), "签发") == "sign"
    assert "签发" in run("compare", *BOTH, "--act", "签发").out


QUICK = ("--simulate", "--years", "0.15", "--replications", "2", "--workers", "1")


def test_offices_at_work_are_compared_in_pairs(run: Run) -> None:
    document = run("compare", *BOTH, SOUND, *QUICK, "--json").json
    assert [s["instrument"] for s in document["sides"]] == ["sound", "broken", "sound"]
    assert document["sides"][0]["differences"] == []
    stalls = next(
        d for d in document["sides"][1]["differences"] if (d["measure"], d["tier"]) == ("stalled", "*")
    )  # fmt: skip
    assert stalls["difference"]["mean"] == pytest.approx(stalls["other"]["mean"] - stalls["one"]["mean"])
    same = document["sides"][2]["differences"]
    assert same and all(not d["difference"] or d["difference"]["mean"] == 0 for d in same)
    shown = run("compare", *BOTH, *QUICK, "--lang", "en")
    assert shown.code == 0 and "common random numbers" in shown.out and "working days to completion" in shown.out


def test_one_rule_set_is_compared_under_several_scenarios(run: Run, tmp_path: Path) -> None:
    files = []
    for name, minutes in (("usual", 5), ("slow", 60)):
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(
            f"scenario: {{id: {name}, title: {{zh: 方案, en: {name}}}, uses: background}}\n"
            "grounds: {guess: {kind: assumption, zh: 估计, en: a guess}}\n"
            f"handling: [{{act: sign, minutes: {minutes}, assumption: guess}}]\n",
            encoding="utf-8",
        )
    given = [w for f in files for w in ("--scenario", str(f))]
    document = run("compare", SOUND, *given, *QUICK, "--json").json
    assert [s["scenario"] for s in document["sides"]] == ["usual", "slow"]
    longer = next(
        d for d in document["sides"][1]["differences"] if (d["measure"], d["tier"]) == ("sojourn_days", "*")
    )  # fmt: skip
    assert longer["difference"]["mean"] > 0


@pytest.mark.parametrize(("given", "said"), [
    ((SOUND, "--simulate"), "several scenarios"), ((*BOTH, "--simulate", "--act", "sign"), "--act"),
    ((*BOTH, "--scenario", "x.yaml"), "needs --simulate"), ((*BOTH, *QUICK, "--cluster", "tcp://127.0.0.1:9"), "Dask"),
])  # fmt: skip
def test_calls_that_make_no_comparison_are_refused(run: Run, given: tuple[str, ...], said: str) -> None:
    ran = run("compare", *given, "--lang", "en")
    assert ran.code == 2 and said in ran.err and not ran.out
