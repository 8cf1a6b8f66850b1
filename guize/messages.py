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
NO_PROPERTY = Template(zh="没有性质“{name}”；可选：{known}", en="no such property '{name}'; one of {known}")
TWO_TO_COMPARE = Template(zh="比较至少需要两份规则", en="a comparison needs two rule sets or more")
COMPARED_TWICE = Template(
    zh="两份规则的标识都是“{id}”；请在其中一份的 instrument.id 改名",
    en="two of the rule sets have the id '{id}'; rename one",
)
AT_WORK = Template(
    zh="正在检查 {number} 份规则，逐份给出结果……", en="working on {number} rule sets; each is shown when it is done ..."
)
WRITTEN = Template(zh="已写入 {path}", en="written: {path}")
NOT_WRITTEN = Template(
    zh="{path}：无法写入：{why}；{remedy}（原有文件未动）",
    en="{path}: cannot write it: {why}; {remedy} (what was there is untouched)",
)
NOT_PRINTED = Template(
    zh="{path}：未能写完：{why}；{remedy}（已写出的部分不完整，请勿使用）",
    en="{path}: cannot be written to its end: {why}; {remedy} (what is there is not complete: do not use it)",
)
NOT_OURS = Template(
    zh="{path}：已存在，且不是 guize 导出的文件夹；请另选位置",
    en="{path}: exists and is no folder exported by guize; choose another",
)
STRANGER = Template(
    zh="{path}：其中的“{name}”不是 guize 导出的，以免丢失，没有覆盖；请先移走，或另选位置",
    en="{path}: {name} in it was not exported by guize and would be lost; move it away, or choose another place",
)
TWICE = Template(
    zh="{path}：同一文件指定了两次；请各用不同的文件名", en="{path}: named twice; give each a name of its own"
)
NO_PYARROW = Template(
    zh="写 Parquet 需要另装 pyarrow：pip install 'guize[parquet]'",
    en="Parquet needs the library pyarrow: pip install 'guize[parquet]'",
)
NOTHING_DONE = Template(
    zh="已中断，一次模拟也没有完成，没有结果", en="interrupted before one replication was done: there is no result"
)
STOPPED = Template(zh="已中断，以下为已完成的部分", en="interrupted; this is what was done")
NOT_PRECISE = Template(
    zh="重复至多 {most} 次，相对精度只达到 {reached}，未达到 {wanted}",
    en="after at most {most} replications the relative precision is {reached}, not {wanted}",
)
ONE_RULE_SET_SEVERAL_SCENARIOS = Template(
    zh="应为几份规则（方案至多一份），或一份规则与几份方案",
    en="give several rule sets and at most one scenario, or one rule set and several scenarios",
)
ONLY_SIMULATED = Template(zh="{option} 须与 --simulate 同用", en="{option} needs --simulate")
NOT_SIMULATED = Template(zh="{option} 不能与 --simulate 同用", en="{option} does not go with --simulate")
VARY = Template(
    zh="“{text}”：应为 键=值,值，例如 staff.office=2,4", en="'{text}': expected key=value,value, as in staff.office=2,4"
)
VARY_OR_SENSITIVITY = Template(
    zh="应当并且只能给出 --vary、--sensitivity、--reach 之一",
    en="give one of --vary, --sensitivity and --reach, and not two",
)
SCREENED_WITH_SENSITIVITY = Template(
    zh="--screened 只能与 --sensitivity 一起使用", en="--screened goes with --sensitivity only"
)
SCREENED_OR_ONLY = Template(
    zh="--screened 先逐类变动全部数值，不能与 --only 一起使用；只看部分数值时请去掉 --screened",
    en="--screened moves every kind of number first and cannot be used with --only; leave it out to see some numbers",
)
ONLY_RANKED = Template(
    zh="--only 只能与 --sensitivity 或 --reach 一起使用", en="--only goes with --sensitivity or --reach only"
)
SCOPE = Template(
    zh="--scope {text}：应写作 职务=人数，如 deputy=3", en="--scope {text}: expected OFFICE=N, e.g. deputy=3"
)
NOT_RENAMED = Template(zh="--same {text}：应写作 旧名=新名", en="--same {text}: expected OLD=NEW")
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

NO_ROUTE = Template(zh="没有程序“{name}”；可选：{known}", en="no such route '{name}'; one of {known}")
NO_KIND = Template(zh="没有规定涉及文种“{name}”；可选：{known}", en="no norm bears on kind '{name}'; one of {known}")
NO_DECISION = Template(
    zh="“{name}”不是有权限规定的决定行为；可选：{known}", en="'{name}' is no deciding act with powers; one of {known}"
)
SEVERAL_FILES = Template(
    zh="将写出 {number} 个文件；请用 --out 指定文件夹，或用 --route、--view、--act 只取一个",
    en="{number} files; name a folder with --out, or choose one with --route, --view or --act",
)
AT_LEAST = Template(zh="至少 {number}", en="at least {number}")
FILE_EXISTS = Template(zh="{path}：已存在，未覆盖；请另指定 --out", en="{path}: is there already; name another --out")
NOTHING_TO_DRAW = Template(zh="这份规则没有可画的内容", en="there is nothing to draw in this rule set")
MORE_MISTAKES = Template(zh="……另有 {number} 处", en="... and {number} more")
ONE_MISTAKE = Template(zh="共 1 处错误，未作检查", en="1 mistake; nothing was checked")
MISTAKES = Template(zh="共 {number} 处错误，未作检查", en="{number} mistakes; nothing was checked")
SELF_CHECK = Template(
    zh="自检失败，这是程序缺陷，不给出结果：{what}",
    en="guize contradicts itself; this is a bug, and no result is given: {what}",
)


def refused(said: Said, name: str = "", known: Sequence[str] = ()) -> UsageError:
    """The error to raise, with the known name nearest to `name` if there is one."""
    hint = did_you_mean(nearest(name, known)) if name else NOTHING
    return UsageError(Said(said.en + hint.en, said.zh + hint.zh))
