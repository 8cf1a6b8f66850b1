"""The example of a drafter's repository, run as a user would: copied elsewhere, with nothing but guize and pytest."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.guize.test_pytest_plugin import ROOT, outside

EXAMPLE = ROOT / "examples" / "drafters"
FAILURE = """
清禾县人民政府工作规则（草案）：性质 one_trip_stops_nothing 不成立
所称
    任何一人外出、休假或因病，公文都有人签发
    when: not some(absent(everyone, vacancy, suspension))
    always: not stuck(sign)
    同时缺席不超过 1 人
反例
    县长休假（未外出）
    文件：命令
此时
    无人可签发：第六条（常务副县长代行县长职责）的代行不适用于“休假（未外出）”的情形
依据
    第五条 “命令由县长签发，其他由常务副县长签发” 公文办理程序 [passage.sign]
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "drafters", ignore=shutil.ignore_patterns("__pycache__", ".*")))


def test_the_draft_passes_with_one_warning(repository: Path) -> None:
    ran = outside(repository)
    assert ran.returncode == 0, ran.stdout
    assert "11 passed, 1 warning" in ran.stdout
    assert "VacuousProperty: one_signer" in ran.stdout


@pytest.mark.long
def test_the_revision_fails_with_the_text_the_readme_shows(repository: Path) -> None:
    ran = outside(repository, "revision")
    assert ran.returncode == 1
    assert FAILURE in ran.stdout and "1 failed, 1 passed" in ran.stdout
    shown = re.search(r"```text\n(.*?)```", (EXAMPLE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None and shown.group(1) == FAILURE.removeprefix("\n")


def test_it_uses_the_public_api_alone() -> None:
    for file in EXAMPLE.rglob("*.py"):
        found = re.findall(r"^(?:from|import) (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert not {"model", "proofs", "sim", "specs", "z3"} & set(found)
