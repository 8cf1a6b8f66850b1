"""Every message about a command that cannot be carried out, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from model.bilingual import NOTHING, Said, Template
from model.errors import UsageError, did_you_mean, nearest

NO_RULE_SET = Template(
    zh="没有规则“{name}”：既不是路径，也不是内置规则（{known}）",
    en="no rule set '{name}': neither a path nor a bundled instrument ({known})",
)
NO_CHECK = Template(zh="没有“{name}”这项检查；可选：{known}", en="no such check '{name}'; one of {known}")
SCOPE = Template(
    zh="--scope {text}：应写作 职务=人数，如 deputy=3", en="--scope {text}: expected OFFICE=N, e.g. deputy=3"
)
ROLE = Template(
    zh="--role {text}：应写作 角色=人员，角色可选：{known}", en="--role {text}: expected ROLE=WHO with one of {known}"
)
PAIR = Template(
    zh="--pair {text}：应写作 关系:甲=乙，关系可选：{known}",
    en="--pair {text}: expected RELATION:A=B with one of {known}",
)
NO_READING = Template(
    zh="--reading {text}：没有这样的读法；可选：{known}", en="--reading {text}: no such reading; one of {known}"
)
NO_CHOICE = Template(zh="--reading {text}：选项有 {known}", en="--reading {text}: the choices are {known}")
TWO_VALUES = Template(
    zh="“{word}”：公文已有 {attribute}={value}，每个属性只取一值",
    en="'{word}': the paper has {attribute}={value} already; one value each",
)
NO_PAPER_WORD = Template(zh="“{word}”不是公文属性", en="'{word}' is no attribute of a paper")
SEVERAL_HOLDERS = Template(
    zh="“{text}”有多人：{names}（{holders}）", en="'{text}' has several holders: {names} ({holders})"
)
NO_SUCH = Template(zh="没有这样的{what}：“{text}”", en="no such {what}: '{text}'")
ACT, ATTRIBUTE = Template(zh="行为", en="act"), Template(zh="公文属性", en="attribute")
VALUE_OF = Template(zh="“{attribute}”的取值", en="value of {attribute}")
CAUSE, OFFICIAL = Template(zh="缺席原因", en="cause of absence"), Template(zh="人员", en="official")

MORE_MISTAKES = Template(zh="……另有 {number} 处", en="... and {number} more")
MISTAKES = Template(zh="共 {number} 处错误，未作检查", en="{number} mistakes; nothing was checked")
SELF_CHECK = Template(
    zh="自检失败，这是程序缺陷，不给出结果：{what}",
    en="guize contradicts itself; this is a bug, and no result is given: {what}",
)


def refused(said: Said, name: str = "", known: Sequence[str] = ()) -> UsageError:
    """The error to raise, with the known name nearest to `name` if there is one."""
    hint = did_you_mean(nearest(name, known)) if name else NOTHING
    return UsageError(Said(said.en + hint.en, said.zh + hint.zh))
