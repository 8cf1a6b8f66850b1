"""What is shown when something is wrong, in the language asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guize import language
from model.errors import GuizeError, SelfCheckError
from tests.guize.support import BROKEN, SOUND, Run

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("audit", "luoyan"), "是否指“luoyang”？"),
        (("audit", BROKEN, "--check", "signing-gab"), "没有“signing-gab”这项检查"),
        (("audit", BROKEN, "--scope", "deputy=many"), "应写作 职务=人数"),
        (("who", SOUND, "--act", "签法"), "没有这样的行为：“签法”；是否指“签发”？"),
        (("who", SOUND, "--document", "决丁"), "“决丁”不是公文属性；是否指“决定”？"),
        (("who", SOUND, "--document", "决定 通知"), "每个属性只取一值"),
        (("who", SOUND, "--absent", "县张"), "没有这样的人员"),
        (("who", SOUND, "--absent", "县长:休加"), "没有这样的缺席原因"),
        (("who", SOUND, "--role", "x"), "应写作 角色=人员"),
        (("who", SOUND, "--pair", "x"), "应写作 关系:甲=乙"),
        (("who", "luoyang", "--reading", "presidin=full"), "没有这样的读法"),
        (("who", "luoyang", "--reading", "presiding=ful"), "是否指“full”？"),
        (("who", "luoyang", "--absent", "副市长"), "“副市长”有多人"),
    ],
)
def test_a_command_refused_is_told_in_either_language(run: Run, arguments: tuple[str, ...], said: str) -> None:
    chinese, english = run(*arguments), run(*arguments, "--lang", "en")
    assert chinese.code == english.code == 2
    assert said in chinese.err
    assert said not in english.err
    assert "did you mean" not in chinese.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        ("规则".encode("gbk"), "在 WPS 或 Word 中另存为"),
        (b"a" * 10_000_000, "超出规则文件的上限"),
        (b"a: b: c", "不是合法的 YAML：此处不能出现“键: 值”"),
        (b"- 1\n- 2\n", "列表 的类型不对；应为：映射"),
    ],
    ids=["empty", "gbk", "10MB", "broken", "list"],
)
def test_an_unusable_file_is_told_in_chinese_unless_english_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "rules.yaml").write_bytes(content)
    chinese = run("audit", str(tmp_path))
    assert said in chinese.err
    assert "共 1 处错误" in chinese.err
    assert "expected" not in chinese.err
    monkeypatch.setenv("GUIZE_LANG", "en")
    english = run("audit", str(tmp_path))
    assert "1 mistake;" in english.err
    assert not CHINESE.search(english.err)
    assert said in run("audit", str(tmp_path), "--lang", "zh").err


def test_many_mistakes_are_counted_in_chinese(run: Run, tmp_path: Path) -> None:
    text = (Path(SOUND) / "rules.yaml").read_text(encoding="utf-8")
    bad = "".join(f"  - {{id: n{i}, form: power, at: '1', act: sign, by: nobody_{i}}}\n" for i in range(60))
    (tmp_path / "rules.yaml").write_text(text + bad, encoding="utf-8")
    ran = run("norms", str(tmp_path))
    assert ran.code == 2
    assert "没有这样的职务：“nobody_0”；应为：职务、机构、命名集合或角色" in ran.err
    assert "另有 10 处" in ran.err
    assert "共 60 处错误，未作检查" in ran.err


def test_a_contradiction_is_told_in_the_language_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise SelfCheckError("no replay")

    monkeypatch.setattr("guize.load", fails)
    chinese, english = run("norms", SOUND), run("norms", SOUND, "--lang", "en")
    assert chinese.code == english.code == 70
    assert chinese.err == "自检失败，这是程序缺陷，不给出结果：no replay\n"
    assert "contradicts itself" in english.err


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        ([], "", "zh"),
        ([], "en_GB.UTF-8", "en"),
        (["audit", "--lang", "en"], "", "en"),
        (["audit", "--lang=en", "x"], "", "en"),
        (["--lang", "zh"], "en", "zh"),
        (["--lang", "en", "--lang=zh"], "", "zh"),
        (["--lang"], "en", "en"),
        (["--lang", "fr"], "", "zh"),
        (["en"], "", "zh"),
    ],
)
def test_the_language_of_a_command_line(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: str, spoken: str
) -> None:
    monkeypatch.setenv("GUIZE_LANG", environment)
    assert language.of_arguments(arguments) == spoken


def test_an_error_in_one_language_is_shown_as_it_is() -> None:
    assert GuizeError("x").show("zh") == GuizeError("x").show("en") == str(GuizeError("x")) == "x"
