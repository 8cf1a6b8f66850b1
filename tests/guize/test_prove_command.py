"""`guize prove`: exit codes, languages, JSON, property files, bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import specs
from model.loading import load
from model.properties import load_properties
from tests.guize.support import BROKEN, RULESETS, SOUND, Run

CAREFUL = str(RULESETS / "careful")
CHINESE = re.compile("[\u4e00-\u9fff]")
JSON_PAGE = Path(__file__).parents[2] / "docs" / "json.md"
WORDS_PAGE = Path(__file__).parents[2] / "docs" / "properties.md"
WHAT = "zh: 性质, en: a property"
SIGNED = "- {id: signed, zh: 总有人签发, en: somebody signs, always: not stuck(sign)}\n"
POSSIBLE = "- {id: by_deputy, zh: 副职可签, en: a deputy may sign, possible: some(hands(sign) & deputy)}\n"


def written(tmp_path: Path, text: str, name: str = "mine.yaml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / name)


def copied(tmp_path: Path, spec: str, properties: str) -> str:
    folder = tmp_path / Path(spec).name
    folder.mkdir()
    for file in Path(spec).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "properties.yaml").write_text(properties, encoding="utf-8")
    return str(folder)


# exit codes and text


def test_a_rule_set_of_which_all_holds_exits_with_0(run: Run) -> None:
    ran = run("prove", CAREFUL)
    assert ran.code == 0
    assert "成立 18" in ran.out and "不成立" not in ran.out
    assert "同时缺席不超过 2 人" in ran.out


def test_a_failure_exits_with_1_and_is_told_in_chinese(run: Run) -> None:
    ran = run("prove", BROKEN)
    assert ran.code == 1
    assert "[不成立] 任何一人外出、休假、出访或因病，都不使签发中断" in ran.out
    assert "县长休假（未外出）时的" in ran.out and "第一条" in ran.out
    assert "[不适用]" in ran.out and "本规则没有" in ran.out


def test_english_on_request(run: Run) -> None:
    ran = run("prove", BROKEN, "--lang", "en")
    assert "[fails] no single trip, leave, visit or illness stops signing  single_absence_signing" in ran.out
    assert "when the county head is on leave in town (art. 1)" in " ".join(ran.out.split())
    assert not CHINESE.search(ran.out)


def test_nobody_absent_leaves_nothing_to_find(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, SIGNED)
    assert run("prove", BROKEN, "--properties", file, "--absences", "0").code == 0
    assert run("prove", BROKEN, "--properties", file).code == 1


def test_a_budget_too_small_is_unknown_and_exits_with_3(run: Run) -> None:
    ran = run("prove", CAREFUL, "--budget", "1")
    assert ran.code == 3
    assert "[未定]" in ran.out and "未能判定" in ran.out
    english = run("prove", CAREFUL, "--budget", "1", "--lang", "en", "--json")
    unknown = [p for p in english.json["properties"] if p["status"] == "unknown"]
    assert english.code == 3
    assert unknown and all(p["reason"] and p["witness"] is None for p in unknown)


def test_unknown_prevails_over_failure(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, SIGNED + f"- {{id: loop, {WHAT}, silent: stand-in-loop}}\n")
    for order in ((CAREFUL, BROKEN), (BROKEN, CAREFUL)):
        assert run("prove", *order, "--properties", file, "--budget", "1").code == 3


def test_a_reading_on_which_it_hangs_is_told_even_where_it_holds(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path, SOUND, POSSIBLE)
    rules = Path(folder, "rules.yaml")
    text = rules.read_text(encoding="utf-8").replace("    for: head\n", "    for: head\n    under: {absence: wide}\n")
    text += """readings:
  - {id: absence, zh: 不在, en: absence, at: "2", quote: 县长不在时,
     choices: [{id: narrow, zh: 窄, en: narrow}, {id: wide, zh: 宽, en: wide}]}
"""
    rules.write_text(text, encoding="utf-8")
    ran = run("prove", folder, "--only", "by_deputy")
    assert ran.code == 0
    assert "成立。限于某些读法，如“县长不在时”读作“宽”。" in ran.out
    (found,) = run("prove", folder, "--only", "by_deputy", "--json").json["properties"]
    assert (found["verdict"], found["readings"]) == ("some-readings", [{"absence": "wide"}])


# which properties


def test_properties_beside_the_rules_are_added_to_the_general_ones(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path, SOUND, SIGNED)
    ids = [p["id"] for p in run("prove", folder, "--json").json["properties"]]
    assert ids[-1] == "signed" and "everyday_signer" in ids
    by_file = [p["id"] for p in run("prove", str(Path(folder) / "rules.yaml"), "--json").json["properties"]]
    assert by_file == ids


def test_files_named_stand_instead_of_them(run: Run, tmp_path: Path) -> None:
    one, two = written(tmp_path, SIGNED), written(tmp_path, POSSIBLE, "more.yaml")
    folder = copied(tmp_path, SOUND, f"- {{id: beside, {WHAT}, always: 'true'}}")
    found = run("prove", folder, "--properties", one, "--properties", two, "--json").json["properties"]
    assert [p["id"] for p in found] == ["signed", "by_deputy"]


def test_only_keeps_those_asked_for(run: Run) -> None:
    found = run("prove", CAREFUL, "--only", "one_signer", "--only", "everyday_signer", "--json").json["properties"]
    assert [p["id"] for p in found] == ["everyday_signer", "one_signer"]


def test_an_id_that_is_not_there_is_refused_with_the_nearest(run: Run) -> None:
    english, chinese = run("prove", SOUND, "--only", "one_singer", "--lang", "en"), run("prove", SOUND, "--only", "x")
    assert english.code == chinese.code == 2
    assert "no such property 'one_singer'" in english.err and "did you mean 'one_signer'?" in english.err
    assert "没有性质“x”" in chinese.err
    assert not english.out and not chinese.out


# several rule sets


def test_several_rule_sets(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, SIGNED)
    ran = run("prove", SOUND, BROKEN, "--properties", file, "--absences", "1", "--json")
    assert ran.code == 1
    assert [(d["instrument"], d["properties"][0]["status"]) for d in ran.json] == [
        ("sound", "holds"),
        ("broken", "fails"),
    ]
    assert run("prove", BROKEN, SOUND, "--properties", file, "--absences", "1").code == 1
    assert run("prove", SOUND, SOUND, "--properties", file, "--absences", "1").code == 0


def test_what_the_second_rule_set_has_not_is_said_before_the_first_is_shown(run: Run, tmp_path: Path) -> None:
    folder = copied(tmp_path, SOUND, SIGNED)
    for arguments in ((folder, CAREFUL, "--only", "signed"), (CAREFUL, folder, "--scope", "vice_mayor=3")):
        ran = run("prove", *arguments)
        assert ran.code == 2
        assert ran.err and not ran.out
    assert run("prove", folder, "--only", "signed", "--absences", "0").code == 0
    assert run("prove", CAREFUL, "--scope", "vice_mayor=3", "--only", "one_signer").code == 0


# bad input


def test_a_mistake_in_a_property_file_has_its_place_in_either_language(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, f"- {{id: p, {WHAT}, silent: signing-gab}}\n- {{id: q, {WHAT}, always: stuck(sing)}}\n")
    chinese, english = (
        run("prove", SOUND, "--properties", file),
        run("prove", SOUND, "--properties", file, "--lang", "en"),
    )
    assert chinese.code == english.code == 2
    assert not chinese.out and not english.out
    assert "mine.yaml:1:43: 没有这样的检查：“signing-gab”" in chinese.err and "是否指“signing-gap”？" in chinese.err
    assert "mine.yaml:2:43: 没有这样的行为：“sing”" in chinese.err and "共 2 处错误" in chinese.err
    assert "mine.yaml:1:43: no such check" in english.err and "did you mean 'sign'?" in english.err


def test_a_mistake_beside_the_rules_is_refused_too(run: Run, tmp_path: Path) -> None:
    ran = run("prove", copied(tmp_path, SOUND, f"- {{id: p, {WHAT}}}"), "--lang", "en")
    assert ran.code == 2
    assert "properties.yaml:1:3: the property 'p' states nothing" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (SOUND, "--properties", "no-such-file.yaml"),
        (SOUND, "--absences", "7"),
        (SOUND, "--scope", "duputy=2"),
        (SOUND, "--properties", str(RULESETS)),
        ("luoyan",),
    ],
    ids=["file", "absences", "scope", "folder", "name"],
)
def test_what_cannot_be_used_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("prove", *arguments)
    assert ran.code == 2
    assert ran.err and not ran.out and "Traceback" not in ran.err


# JSON


def documented() -> set[str]:
    """The keys that docs/json.md lists for a property."""
    section = JSON_PAGE.read_text(encoding="utf-8").split("### property\n")[1].split("\n#")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {key for row in rows for key in re.findall("`([a-z_]+)`", row)}


def test_json_has_the_documented_keys_and_no_other(run: Run) -> None:
    document = run("prove", BROKEN, "--json").json
    assert list(document) == ["instrument", "absences", "properties", "second_opinion"]
    assert (document["instrument"], document["absences"]) == ("broken", 2)
    assert all(set(p) == documented() for p in document["properties"])


def test_a_failure_in_json(run: Run, tmp_path: Path) -> None:
    text = "- {id: p, zh: 性, en: pr, when: kind = decision, always: not stuck(sign), absences: 1}"
    (found,) = run("prove", BROKEN, "--properties", written(tmp_path, text), "--json").json["properties"]
    assert {k: found[k] for k in ("id", "zh", "en", "mode", "when", "holds", "absences", "status", "verdict")} == {
        "id": "p", "zh": "性", "en": "pr", "mode": "always", "when": "kind = decision",
        "holds": "not stuck(sign)", "absences": 1, "status": "fails", "verdict": "every-reading",
    }  # fmt: skip
    assert found["norms"] == ["head_signs"]
    assert [c["article"] for c in found["citations"]] == [1]
    assert found["witness"]["paper"]["kind"] == "decision"
    assert found["witness"]["absent"] == [{"official": "head", "office": "head", "state": "leave"}]
    assert found["sentence_zh"] == "不成立，例如县长休假（未外出）时的决定（第一条）。"
    assert (
        found["sentence_en"] == "Fails, for instance for a decision when the county head is on leave in town (art. 1)."
    )
    assert (found["readings"], found["findings"], found["unknown_names"], found["reason"]) == ([], [], [], None)


def test_a_possible_and_a_silent_one_in_json(run: Run, tmp_path: Path) -> None:
    text = POSSIBLE + f"- {{id: never, {WHAT}, possible: some(hands(sign) & absent(everyone))}}\n"
    text += f"- {{id: gap, {WHAT}, silent: signing-gap}}\n"
    possible, never, gap = run("prove", BROKEN, "--properties", written(tmp_path, text), "--json").json["properties"]
    assert (possible["mode"], possible["status"]) == ("possible", "holds")
    assert possible["witness"]["absent"][0]["state"] == "out_of_town"
    assert (never["status"], never["witness"], never["norms"]) == ("fails", None, [])
    assert never["sentence_en"] == "Fails: there is no such situation."
    assert (gap["mode"], gap["holds"], gap["status"]) == ("silent", "signing-gap", "fails")
    assert len(gap["findings"]) == 1 and gap["sentence_en"] == f"Fails: 1 finding ({gap['findings'][0]})."
    audited = run("audit", BROKEN, "--check", "signing-gap", "--json").json["findings"]
    assert gap["findings"] == [f["id"] for f in audited]


def test_an_inapplicable_one_says_what_is_lacking(run: Run) -> None:
    found = {p["id"]: p for p in run("prove", SOUND, "--json").json["properties"]}
    assert found["orders_can_be_signed"]["status"] == "inapplicable"
    assert found["orders_can_be_signed"]["unknown_names"] == ["order"]
    assert found["orders_can_be_signed"]["sentence_en"] == "Does not apply: the rules have no order."


def test_the_language_changes_no_document_and_it_is_the_same_every_time(run: Run) -> None:
    assert run("prove", BROKEN, "--json").out == run("prove", BROKEN, "--json", "--lang", "en").out


def test_both_sentences_are_always_there(run: Run) -> None:
    for spec in (SOUND, BROKEN, CAREFUL):
        for p in run("prove", spec, "--json").json["properties"]:
            assert CHINESE.search(p["sentence_zh"]) and not CHINESE.search(p["sentence_en"])


# documentation


def test_every_general_property_is_on_the_page_with_its_words() -> None:
    page = WORDS_PAGE.read_text(encoding="utf-8")
    found = load_properties(specs.PROPERTIES, load(specs.ROOT / specs.BACKGROUND), general=True)
    rows = [f"| `{p.id}` | {p.label.en} |" for p in found]
    assert [r for r in rows if r not in page] == []
    listed = re.findall(
        r"^\| `([a-z_]+)` \| [a-z]", page.split("## The general properties")[1].split("\n## ")[0], re.MULTILINE
    )
    assert listed == [p.id for p in found]


def test_the_example_file_on_the_page_is_read_and_decided(run: Run, tmp_path: Path) -> None:
    example = WORDS_PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    ran = run("prove", CAREFUL, "--properties", written(tmp_path, example), "--json")
    statuses = {p["id"]: p["status"] for p in ran.json["properties"]}
    assert json.dumps(statuses) == json.dumps(
        {"reports_signed": "holds", "secretary_signs": "fails", "deputy_can_sign": "holds", "no_gap": "fails"}
    )
