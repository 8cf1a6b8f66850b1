"""The pytest plugin: property files as tests, their failures, options and fixtures; and that it stays light."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import guize
from guize import propertyfiles
from guize.sentences import claim  # noqa: F401 - what a run inside the process loads first is dropped after it
from tests.guize.support import RULESETS, Run

ROOT = Path(__file__).parents[2]
PLUGIN = () if any(e.value == "guize.pytest_plugin" for e in entry_points(group="pytest11")) else (
    "-p", "guize.pytest_plugin")  # fmt: skip
BARE = ("-p", "no:hypothesispytest", "--assert=plain")
"""Without what takes a second to load anew for every run inside the process."""
BROKEN = RULESETS / "broken"
SIGNED = "  - {id: signed, zh: 总有人签发, en: somebody signs, always: not stuck(sign)}\n"
DEPUTY = "  - {id: by_deputy, zh: 副职可签, en: a deputy may sign, possible: some(hands(sign) & deputy)}\n"
EMPTY = "  - {id: empty, zh: 两位县长, en: two heads, when: count(present(head)) >= 2, always: not stuck(sign)}\n"
FAILURE = """
演示县人民政府工作规则：性质 signed 不成立
所称
    总有人签发
    always: not stuck(sign)
    同时缺席不超过 2 人
反例
    县长休假（未外出）
    文件：通知
此时
    无人可签发：第二条（县长不在时由副县长代行）的代行不适用于“休假（未外出）”的情形
依据
    第一条 “公文由县长签发” [head_signs]
"""
IN_ENGLISH = """
Working rules of Demonstration County: property signed fails
Claimed
    somebody signs
    always: not stuck(sign)
    at most 1 absent at once
Counterexample
    The county head is on leave in town
    The paper: a notice
Then
    Nobody may sign for issue: art. 2 (a deputy stands in for the head) does not apply to absence of this cause \
(on leave in town)
Provisions
    art. 1 '公文由县长签发' the head signs [head_signs]
"""

HEAVY = ("z3", "model", "proofs", "specs", "sim", "yaml", "pydantic", "networkx", "lark", "rich", "click")


def file_of(pytester: pytest.Pytester, text: str, rules: object = BROKEN, name: str = "draft") -> Path:
    path = pytester.path / f"{name}.guize.yaml"
    path.write_text(f"rules: {rules}\nproperties:\n{text}", encoding="utf-8")
    return path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*PLUGIN, *BARE, *arguments)


# properties as tests


def test_every_property_is_a_test_named_by_its_id(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED + DEPUTY)
    ran = run(pytester, "-v")
    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(["draft.guize.yaml::signed FAILED*", "draft.guize.yaml::by_deputy PASSED*"])
    assert ran.ret == 1


def test_a_failure_is_the_account_and_nothing_else(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED)
    ran = run(pytester)
    assert FAILURE in ran.stdout.str()
    assert "Traceback" not in ran.stdout.str() and "propertyfiles.py" not in ran.stdout.str()
    ran.stdout.fnmatch_lines(["FAILED draft.guize.yaml::signed - *性质 signed 不成立*"])


def test_in_english_with_another_bound(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED)
    assert IN_ENGLISH in run(pytester, "--guize-lang", "en", "--guize-absences", "1").stdout.str()
    run(pytester, "--guize-absences", "0").assert_outcomes(passed=1)


def test_settings_may_stand_in_the_project_file(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED + EMPTY)
    pytester.makeini("[pytest]\nguize_lang = en\nguize_absences = 1\nguize_strict_vacuity = true\n")
    ran = run(pytester)
    assert IN_ENGLISH in ran.stdout.str()
    ran.assert_outcomes(failed=2)
    run(pytester, "--guize-absences", "0").assert_outcomes(passed=1, failed=1)


@pytest.mark.parametrize("wrong", ["7", "-1", "two"])
def test_a_setting_out_of_range_is_refused(pytester: pytest.Pytester, wrong: str) -> None:
    file_of(pytester, SIGNED)
    assert run(pytester, f"--guize-absences={wrong}").ret == pytest.ExitCode.USAGE_ERROR


def test_what_must_be_possible_and_is_not(pytester: pytest.Pytester) -> None:
    file_of(pytester, "  - {id: two, zh: 两人可签, en: two may sign, possible: count(hands(sign)) >= 2}\n")
    ran = run(pytester)
    ran.assert_outcomes(failed=1)
    assert "结论\n    没有这样的情形\n" in ran.stdout.str()


def test_a_check_that_should_be_silent_tells_what_it_found(pytester: pytest.Pytester) -> None:
    file_of(pytester, "  - {id: no_gap, zh: 没有代行空白, en: no gap, silent: stand-in-gap}\n")
    ran = run(pytester)
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["问题", "    县长休假（未外出）时，应由县长办理的签发事项无人可办*"])


def test_a_vacuous_property_passes_with_a_warning_that_says_so(pytester: pytest.Pytester) -> None:
    file_of(pytester, EMPTY)
    ran = run(pytester)
    ran.assert_outcomes(passed=1, warnings=1)
    ran.stdout.fnmatch_lines(["*draft.guize.yaml:3: VacuousProperty: empty: 成立，但所说的情形不会出现。"])
    for strict in (("--guize-strict-vacuity",), ("-W", "error::guize.pytest_plugin.VacuousProperty")):
        ran = run(pytester, *strict)
        ran.assert_outcomes(failed=1)
        assert "所说的情形不会出现" in ran.stdout.str()


def test_unknown_never_passes_and_says_so(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)  # under CI pytest says everything a second time in its summary
    loop = "  - {id: no_loop, zh: 不循环, en: no loop, silent: stand-in-loop}\n"
    file_of(pytester, SIGNED + EMPTY.replace("head", "mayor") + loop, RULESETS / "careful")
    ran = run(pytester, "--guize-budget", "1")
    ran.assert_outcomes(failed=3)
    assert ran.stdout.str().count("求解器未能判定（所需求解资源超过 --budget 的限额）") == 3
    assert "性质 signed 未定" in ran.stdout.str()


def test_a_general_property_that_the_rules_cannot_have_is_skipped(pytester: pytest.Pytester) -> None:
    path = pytester.path / "draft.guize.yaml"
    path.write_text(f"rules: {BROKEN}\ngeneral: [everyday_signer, most_urgent_signing]\n", encoding="utf-8")
    ran = run(pytester, "-rs")
    ran.assert_outcomes(passed=1, skipped=1)
    ran.stdout.fnmatch_lines(["SKIPPED * draft.guize.yaml: 不适用：本规则没有 urgency"])


def test_chinese_words_select_tests(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED + DEPUTY, name="签发")
    assert run(pytester, "-k", "副职可签").parseoutcomes() == {"passed": 1, "deselected": 1}
    assert run(pytester, "-k", "演示县 and not 副职").parseoutcomes() == {"failed": 1, "deselected": 1}
    assert run(pytester, "签发.guize.yaml::by_deputy").parseoutcomes() == {"passed": 1}


# which rules


def test_a_list_is_about_the_rules_it_lies_beside(pytester: pytest.Pytester) -> None:
    (pytester.path / "rules.yaml").write_bytes((BROKEN / "rules.yaml").read_bytes())
    (pytester.path / "own.guize.yaml").write_text(SIGNED.replace("  -", "-"), encoding="utf-8")
    run(pytester).assert_outcomes(failed=1)


def test_a_path_is_read_from_the_file_and_a_bundled_name_is_known(pytester: pytest.Pytester) -> None:
    for place in ("sound", "rules/sound"):
        (pytester.path / place).mkdir(parents=True)
        (pytester.path / place / "rules.yaml").write_bytes((RULESETS / "sound" / "rules.yaml").read_bytes())
    file_of(pytester, DEPUTY, "rules/sound")
    file_of(
        pytester, "  - {id: any, zh: 恒真, en: trivial, when: kind = order, always: 'true'}\n", "weidong", "bundled"
    )
    run(pytester).assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SIGNED.replace("stuck(sign)", "stuck(sing)"), ["*draft.guize.yaml:3:*sing*是否指“sign”？*"]),
        (SIGNED.replace("always", "alwys"), ["*draft.guize.yaml:3:*alwys*always*"]),
        (SIGNED + "general: [everyday_singer]\n", ["*draft.guize.yaml:4:11:*everyday_singer*everyday_signer*"]),
    ],
)
def test_mistakes_have_line_and_column(pytester: pytest.Pytester, text: str, told: list[str]) -> None:
    file_of(pytester, text)
    ran = run(pytester)
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(told)
    assert ran.ret == pytest.ExitCode.INTERRUPTED


def test_rules_that_cannot_be_found_or_read(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED, "wiedong")
    ran = run(pytester)
    ran.stdout.fnmatch_lines(["*draft.guize.yaml:1:8: 没有规则“wiedong”*是否指“weidong”？*"])
    (pytester.path / "draft.guize.yaml").write_text(SIGNED.replace("  -", "-"), encoding="utf-8")
    run(pytester, "--guize-lang=en").stdout.fnmatch_lines(["*draft.guize.yaml:1:1: it does not say which rule set*"])
    (pytester.path / "rules.yaml").write_text("instrument: {id: x}\n", encoding="utf-8")
    run(pytester).stdout.fnmatch_lines(["*rules.yaml:1:*"])


# the session


def test_a_rule_set_is_read_and_encoded_once(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    hear = propertyfiles.hear
    monkeypatch.setattr(propertyfiles, "hear", lambda *a: heard.append(a) or hear(*a))
    file_of(pytester, SIGNED + DEPUTY)
    file_of(pytester, DEPUTY, name="more")
    run(pytester).assert_outcomes(passed=2, failed=1)
    assert len(heard) == 1


def test_fixtures_give_rule_sets_and_audits(pytester: pytest.Pytester) -> None:
    (pytester.path / "draft").mkdir()
    (pytester.path / "draft" / "rules.yaml").write_bytes((BROKEN / "rules.yaml").read_bytes())
    pytester.makepyfile(
        """
        from guize import who, Question

        def test_rules(guize_rules):
            assert guize_rules("draft") is guize_rules("draft")
            assert len(guize_rules("draft").norms) == 3

        def test_audit(guize_audit):
            report = guize_audit("draft", most_absences=1)
            assert report is guize_audit("draft", most_absences=1)
            assert {f.check for f in report.findings} >= {"signing-gap"}
        """
    )
    run(pytester).assert_outcomes(passed=2)


@pytest.mark.long
def test_workers_share_the_work(pytester: pytest.Pytester) -> None:
    file_of(pytester, SIGNED + DEPUTY)
    file_of(pytester, DEPUTY, RULESETS / "sound", "other")
    ran = outside(pytester.path, "-n", "2", "--dist", "loadgroup", "-q")
    assert "1 failed, 2 passed" in ran.stdout
    assert FAILURE in ran.stdout


# lightness


def outside(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, as a user's."""
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", *arguments]
    place = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=place)


def test_a_run_without_a_file_of_ours_loads_nothing_of_ours(tmp_path: Path) -> None:
    names = [n for n in HEAVY if n != "yaml"]  # other plugins may load it
    (tmp_path / "test_it.py").write_text(
        f"import sys\ndef test_it():\n    assert not set({names!r}) & set(sys.modules)\n", encoding="utf-8"
    )
    ran = outside(tmp_path)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("module", ["guize", "guize.pytest_plugin", "guize.hypothesis_hook"])
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    code = f"import sys; import {module}; sys.exit(', '.join(set({HEAVY!r}) & set(sys.modules)) or 0)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_strangers_package_of_the_same_name_is_left_alone_until_a_file_of_ours_needs_ours(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "__init__.py").write_text("ANSWER = 42\n", encoding="utf-8")
    (tmp_path / "test_it.py").write_text("import model\ndef test_it(): assert model.ANSWER == 42\n", encoding="utf-8")
    assert outside(tmp_path).returncode == 0
    (tmp_path / "x.guize.yaml").write_text(f"rules: {BROKEN}\nproperties:\n{SIGNED}", encoding="utf-8")
    ran = outside(tmp_path)
    assert ran.returncode == 2 and "needs its own package 'model'" in ran.stdout


def test_entry_points_name_what_there_is() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    for targets in groups.values():
        for target in targets.values():
            module, _, name = target.partition(":")
            found = importlib.import_module(module)
            assert not name or hasattr(found, name)


def test_the_api_has_what_it_names() -> None:
    assert all(getattr(guize, name) is not None for name in guize.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        guize.nothing  # noqa: B018


# the same files on the command line


def test_prove_without_a_rule_set_asks_what_the_file_names(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.guize.yaml"
    file.write_text(f"rules: {BROKEN}\ngeneral: [everyday_signer]\nproperties:\n{SIGNED}", encoding="utf-8")
    found = run("prove", "--properties", str(file), "--json")
    assert found.code == 1
    assert [(p["id"], p["status"]) for p in found.json["properties"]] == [
        ("everyday_signer", "holds"),
        ("signed", "fails"),
    ]
    assert found.json["instrument"] == "broken"
    other = run("prove", str(RULESETS / "sound"), "--properties", str(file), "--absences", "1", "--json")
    assert other.code == 0 and other.json["instrument"] == "sound"
