"""Conditions in Chinese: denials as one would write them, values that say nothing alone, who asks."""

from __future__ import annotations

import pytest

import guize
from guize.sentences.repair import papers
from guize.wording import Wording
from model.parsing import parse_condition


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("not major", "非重大"),
        ("not major_policy", "不属于重大政策性事项的情形"),
        ("silence != never", "逾期未反馈或提醒后再次未反馈"),
        ("fault = none", "无行文瑕疵"),
        ("fault != none", "有行文瑕疵"),
        ("occasion = none", "性质为一般"),
        ("urgency != urgent", "非急件"),
        ("not (major and important)", "不属于重大且重要的情形"),
        ("name = government and major", "以政府名义且重大"),
        ("major and (important or urgency = urgent)", "重大，且重要或急件"),
        ("major or (important and urgency = urgent)", "重大；或者重要且急件"),
        (
            "major and (important or (urgency = urgent and kind = decision))",
            "重大，且符合下列情形之一（重要；急件且决定）",
        ),
        ("kind = meeting and body = plenary", "召集和主持县政府全体会议"),
        ("kind = minutes and body = plenary and major", "县政府全体会议的纪要且重大"),
    ],
)
def test_conditions_of_a_bundled_instrument(condition: str, said: str) -> None:
    words = Wording(guize.load("yanjin"), "zh")
    assert words.condition(parse_condition(condition)) == said


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        ("kind = decision and urgency = urgent", "紧急程度为急件的决定", "decision (urgency tier: urgent)"),
        ("kind = decision and major", "重大的决定", "decision (major)"),
        ("kind = decision", "决定", "decision"),
        ("kind = notice", "通知", "notice"),
        ("kind = notice and body = none", "不涉及会议的通知", "notice (no meeting concerned)"),
        ("kind = minutes and body = plenary", "县政府全体会议的纪要", "minutes of the plenary meeting"),
        ("kind = meeting and body = plenary", "县政府全体会议的召集和主持", None),
        ("kind = notice and not major", "通知（重大的除外）", "notice (except: major)"),
        (
            "official_document and not (name = government and major)",
            "以本级政府或其办公室名义制发的公文（以政府名义，且重大的除外）",
            "papers (official document in the name of the government or its office) "
            "(except: major in the name of the government)",
        ),
    ],
)
def test_papers_of_a_repair_are_named_by_what_marks_them(condition: str, zh: str, en: str) -> None:
    rules = guize.load("yanjin")
    said = [papers(Wording(rules, lang), parse_condition(condition)) for lang in ("zh", "en")]
    assert said == [zh, en or said[1]]
