"""`guize who`, `guize norms` and `guize schema`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.guize.support import BROKEN, SOUND, Run


def test_the_present_signer_signs(run: Run) -> None:
    ran = run("who", SOUND, "--act", "签发")
    assert ran.code == 0
    assert "县长" in ran.out
    assert "第一条" in ran.out


def test_the_stand_in_signs_in_the_absent_ones_stead(run: Run) -> None:
    reply = run("who", SOUND, "--act", "sign", "--absent", "县长:休假", "--json").json
    (hand,) = reply["answers"][0]["ways"][0]["hands"]
    assert hand["actor"] == "deputy"
    assert hand["norms"] == ["head_signs", "deputy_stands_in"]
    assert hand["instead_of"] == ["head"]


def test_nobody_may_exits_with_1_and_says_what_is_missing(run: Run) -> None:
    ran = run("who", BROKEN, "--act", "sign", "--absent", "县长:休假")
    assert ran.code == 1
    assert "无人有权" in ran.out
    assert "第二条" in ran.out


def test_words_are_understood_in_both_languages(run: Run) -> None:
    chinese = run("who", SOUND, "--act", "签发", "--document", "决定", "--absent", "县长：出差", "--json").json
    english = run("who", SOUND, "--act", "sign", "--document", "kind=decision", "--absent", "head", "--json").json
    assert chinese == english


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--act", "签法"), "签发"),
        (("--document", "决丁"), "决定"),
        (("--document", "kind=decisoin"), "decision"),
        (("--absent", "县张"), "县长"),
        (("--absent", "县长:休加"), "休假"),
        (("--document", "决定 通知"), "one value each"),
    ],
)
def test_wrong_words_are_refused_with_the_nearest(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("who", SOUND, *arguments, "--lang", "en")
    assert ran.code == 2
    assert said in ran.err


def test_luoyang_the_mayors_leave_in_town_stops_orders_and_a_trip_with_delegation_does_not(run: Run) -> None:
    paper = ("who", "luoyang", "--act", "签发", "--document", "以政府名义 决定")
    assert run(*paper).code == 0
    assert run(*paper, "--absent", "市长:休假").code == 1
    away = run(*paper, "--absent", "市长:出差", "--delegated", "--reading", "presiding=full", "--json")
    assert away.code == 0
    hands = [h["actor"] for w in away.json["answers"][0]["ways"] for h in w["hands"]]
    assert set(hands) == {"executive_deputy"}


def test_luoyang_a_partner_signs_urgent_papers_only(run: Run) -> None:
    away = ("--absent", "副市长甲:休假", "--in-charge", "副市长甲")
    assert run("who", "luoyang", "--act", "签发", "--document", "通知", *away).code == 1
    assert run("who", "luoyang", "--act", "签发", "--document", "通知 特急件", *away).code == 0


def test_norms_lists_every_norm_with_its_place(run: Run) -> None:
    document = run("norms", SOUND, "--json").json
    assert [n["id"] for n in document["norms"]] == ["head_signs", "deputy_stands_in", "together"]
    assert all({"id", "form", "strength", "article", "paragraph", "item", "quote"} <= set(n) for n in document["norms"])
    assert {e["article"] for e in document["ledger"]} >= {1, 2, 3}


def test_norms_on_a_terminal_shows_quotes_and_counts(run: Run) -> None:
    ran = run("norms", "luoyang")
    assert ran.code == 0
    assert "下发的洛政文件" in ran.out
    assert "45" in ran.out


def test_the_schema_is_json(run: Run) -> None:
    assert run("schema").json["type"] == "object"


def test_help_is_in_both_languages(run: Run) -> None:
    for command in ((), ("audit",), ("who",), ("norms",), ("schema",)):
        ran = run(*command, "--help")
        assert ran.code == 0
        assert "/ " in ran.out


def test_who_does_not_load_the_solver() -> None:
    code = "import sys; from guize.commands import who; import guize.terminal.who; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_shadowing_package_is_named(tmp_path) -> None:
    (tmp_path / "model.py").write_text("", encoding="utf-8")
    for use in ("import guize; guize.load", "from guize import audit", "import guize.cli"):
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {use}"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert ran.returncode == 1
        assert "another one at" in ran.stderr
        assert str(tmp_path) in ran.stderr


def test_luoyang_what_the_question_leaves_open_follows_background_facts(run: Run) -> None:
    reply = run("who", "luoyang", "--document", "纪要", "--json").json
    assert reply["possible"]
    assert reply["situation"]["paper"]["body"] != "none"
    assert reply["situation"]["paper"]["name"] == "nobody"


def test_luoyang_only_readings_that_change_the_answer_are_named(run: Run) -> None:
    away = ("--absent", "市长:出差", "--delegated")
    reply = run("who", "luoyang", "--act", "签发", "--document", "命令", *away, "--json").json
    named = [r for w in reply["answers"][0]["ways"] for r in w["readings"]]
    assert {frozenset(r) for r in named} == {frozenset({"presiding"})}
    assert {r["presiding"] for r in named} == {"full", "meetings_only"}
