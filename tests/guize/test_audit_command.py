"""`guize audit`: exit codes, languages, JSON, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guize.support import BROKEN, SOUND, Run

MISTAKES = 300


def test_a_sound_rule_set_exits_with_0(run: Run) -> None:
    ran = run("audit", SOUND, "--absences", "1")
    assert ran.code == 0
    assert "未发现问题" in ran.out


def test_a_finding_exits_with_1_and_is_told_in_chinese(run: Run) -> None:
    ran = run("audit", BROKEN)
    assert ran.code == 1
    assert "县长休假（未外出）时" in ran.out
    assert "第二条" in ran.out


def test_english_on_request(run: Run) -> None:
    ran = run("audit", BROKEN, "--lang", "en")
    assert "the county head is on leave in town" in ran.out
    assert "art. 2" in ran.out


def test_the_language_can_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIZE_LANG", "en")
    assert "findings" in run("audit", BROKEN).out


def test_findings_below_the_chosen_severity_do_not_fail(run: Run) -> None:
    assert run("audit", BROKEN, "--severity", "critical").code == 0


def test_json_is_one_document_with_the_documented_keys(run: Run) -> None:
    document = run("audit", BROKEN, "--absences", "1", "--json").json
    assert set(document) >= {"instrument", "findings", "unknown", "checks"}
    (finding,) = document["findings"]
    assert finding["check"] == "signing-gap"
    assert finding["verdict"] == "every-reading"
    assert finding["articles"] == [1, 2]
    assert finding["norms"] == ["head_signs"]
    assert finding["near"] == [{"norm": "deputy_stands_in", "lacks": "cause"}]
    assert finding["witness"]["absent"] == [{"official": "head", "office": "head", "state": "leave"}]
    assert set(document["checks"][0]) >= {"check", "asked", "held", "vacuous", "seconds"}


def test_several_instruments_make_a_list(run: Run) -> None:
    documents = run("audit", SOUND, BROKEN, "--absences", "1", "--json").json
    assert [d["instrument"] for d in documents] == ["sound", "broken"]


def test_output_is_the_same_every_time(run: Run) -> None:
    def stable(document: dict) -> object:
        return [document["findings"], document["unknown"]]

    assert stable(run("audit", BROKEN, "--json").json) == stable(run("audit", BROKEN, "--json").json)


def test_one_check_alone(run: Run) -> None:
    checks = run("audit", BROKEN, "--check", "self-review", "--json").json["checks"]
    assert [c["check"] for c in checks] == ["self-review"]


def test_an_unknown_check_is_refused_with_the_nearest_name(run: Run) -> None:
    ran = run("audit", BROKEN, "--check", "signing-gab", "--lang", "en")
    assert ran.code == 2
    assert "did you mean 'signing-gap'?" in ran.err


def test_a_budget_too_small_is_unknown_and_exits_with_3(run: Run) -> None:
    ran = run("audit", BROKEN, "--budget", "1", "--json")
    assert ran.code == 3
    assert ran.json["unknown"]
    assert all(c["held"] + c["unknown"] <= c["asked"] for c in ran.json["checks"])


def test_an_unknown_instrument_is_refused_with_the_nearest_name(run: Run) -> None:
    ran = run("audit", "luoyan", "--lang", "en")
    assert ran.code == 2
    assert "did you mean 'luoyang'?" in ran.err
    assert not ran.out


def test_a_bad_scope_is_refused(run: Run) -> None:
    assert run("audit", BROKEN, "--scope", "deputy=many").code == 2
    near = run("audit", BROKEN, "--scope", "duputy=2", "--lang", "en").err
    assert "no such office: duputy; did you mean 'deputy'?" in near
    assert "没有这样的职务：“duputy”；是否指“deputy”？" in run("audit", BROKEN, "--scope", "duputy=2").err
    assert run("audit", BROKEN, "--scope", "head=2").code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("规则".encode("gbk"), "UTF-8"),
        (b"\x00\xff" * 1_000_000, "UTF-8"),
        (b"a" * 10_000_000, "too many"),
        (b"a: [", "YAML"),
        (b"- 1\n- 2\n", "wrong type"),
    ],
    ids=["empty", "gbk", "noise", "10MB", "broken", "list"],
)
def test_unusable_files_get_a_message_and_2(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "rules.yaml").write_bytes(content)
    ran = run("audit", str(tmp_path), "--lang", "en")
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not ran.out


def test_a_folder_without_rules_is_refused(run: Run, tmp_path: Path) -> None:
    ran = run("audit", str(tmp_path))
    assert ran.code == 2
    assert "rules.yaml" in ran.err


def test_hundreds_of_mistakes_come_out_in_one_go(run: Run, tmp_path: Path) -> None:
    text = (Path(SOUND) / "rules.yaml").read_text(encoding="utf-8")
    bad = "".join(f"  - {{id: n{i}, form: power, at: '1', act: sign, by: nobody_{i}}}\n" for i in range(MISTAKES))
    (tmp_path / "rules.yaml").write_text(text + bad, encoding="utf-8")
    ran = run("audit", str(tmp_path), "--lang=en")
    assert ran.code == 2
    assert f"{MISTAKES} mistakes" in ran.err
    assert "no such office: 'nobody_0'" in ran.err
