"""Every message about a scenario, in both languages. The expected comes after "expected" and after 应为."""

from __future__ import annotations

from model.bilingual import Said, Template
from model.vocabulary import Label


def both(label: Label) -> Said:
    """A name from the rule set, in both languages."""
    return Said(label.en, label.zh)


def sentence(said: Said, wanted: Said) -> Said:
    """What is wrong and what was expected, in one line."""
    return Said(f"{said.en}; expected {wanted.en}", f"{said.zh}；应为：{wanted.zh}")


NO_GROUND = Template(
    zh="这一项的数值没有注明来源，也没有注明是假设", en="these numbers have neither a source nor an assumption"
)
TWO_GROUNDS = Template(zh="这一项既注明来源又注明假设", en="these numbers have both a source and an assumption")
SOURCE_OR_ASSUMPTION = Template(
    zh="source 或 assumption 之一，取值为 grounds 中的标识符",
    en="either source or assumption, with an id of the section grounds",
)
GROUND = Template(zh="依据", en="ground")
NOT_THAT_GROUND = Template(zh="依据“{name}”是{kind}", en="the ground '{name}' is {kind}")
A_SOURCE, AN_ASSUMPTION = Template(zh="来源", en="a source"), Template(zh="假设", en="an assumption")

DO_NOT_ADD_UP = Template(zh="各项概率之和为 {total}", en="the probabilities add up to {total}")
ADD_UP_TO_ONE = Template(zh="和为 1 的概率", en="probabilities that add up to 1")
ADD_UP_TO_AT_MOST_ONE = Template(zh="和不超过 1 的概率", en="probabilities that add up to at most 1")
NO_DATE = Template(zh="“{text}”不是日期", en="'{text}' is no date")
A_DATE = Template(zh="YYYY-MM-DD 形式的日期", en="a date such as 2025-01-01")
BACKWARD = Template(zh="终止日期早于起始日期", en="it ends before it begins")
NO_SESSIONS = Template(zh="工作时段重叠、为空或次序不对", en="the sessions overlap, are empty or out of order")
SESSIONS = Template(zh='按先后排列的时段，如 ["08:30", "12:00"]', en='sessions in order, such as ["08:30", "12:00"]')
NO_CALENDAR = Template(
    zh="{year} 年没有放假调休数据，而 unknown_years 为 refuse",
    en="there are no public holidays and make-up days for {year}, and unknown_years is refuse",
)
KNOWN_YEAR = Template(
    zh="2004 年以来放假安排已公布的年份，或 unknown_years: weekdays",
    en="a year whose holidays have been announced (2004 on), or unknown_years: weekdays",
)
SECTION_MISSING = Template(zh="缺少“{section}”一节", en="the section '{section}' is missing")
OWN_OR_USED = Template(zh="本文件或所用（uses）方案中的这一节", en="it here or in the scenario that this one uses")
NO_USED_SCENARIO = Template(zh="{library} 中没有方案“{name}”", en="no scenario '{name}' in {library}")
A_SCENARIO_THERE = Template(zh="该处某个文件夹的名称", en="the name of a folder there that holds scenario.yaml")
EITHER_RATE_OR_DATES = Template(
    zh="per_year 和 days，或 official、from 和 to", en="either per_year and days, or official, from and to"
)
HALF_AN_ABSENCE = Template(zh="缺席没有说完整", en="this absence is not complete")
NEVER_THERE = Template(
    zh="每年缺席 {days} 天，一年中没有在岗的时候", en="{days} days of the year away leave none of the year"
)
LESS_THAN_A_YEAR = Template(zh="per_year 与 days 之积小于 365", en="per_year times days below 365")
MINUTES_OR_DAYS = Template(zh="minutes 与 days 只取其一", en="either minutes or days")
NO_LENGTH = Template(zh="没有注明时长，或注明了两次", en="no length, or two")
ONE_HOLDER = Template(zh="“{office}”只有一人", en="'{office}' has one holder")
AT_MOST_ONE_HOLDER = Template(zh="0 或 1", en="0 or 1")
NO_FLOW = Template(zh="没有一类公文适用于这部规则", en="none of the kinds of papers exists in this rule set")
A_FLOW = Template(zh="至少一类规则认得的公文", en="at least one kind of paper that the rule set knows")
FLOW_IMPOSSIBLE = Template(
    zh="“{flow}”类公文与背景事实不符，抽取 {tries} 次均不成立；例如违反“{fact}”",
    en="papers of the flow '{flow}' contradict the background facts in {tries} draws of {tries}; for one, '{fact}'",
)
ATTRIBUTE = Template(zh="公文属性", en="attribute")
VALUE_OF = Template(zh="“{attribute}”的取值", en="value of '{attribute}'")
OFFICE, OFFICIAL = Template(zh="职务", en="office"), Template(zh="人员", en="official")
BODY, MEETING = Template(zh="机构", en="body"), Template(zh="会议", en="meeting")
ACT, ACTOR = Template(zh="行为", en="act"), Template(zh="职务或机构", en="office or body")
SEASON, CAUSE = Template(zh="季节", en="season"), Template(zh="缺席状态", en="state of absence")
TIER, RELATION = Template(zh="紧急程度", en="urgency tier"), Template(zh="关系", en="relation")
READING = Template(zh="读法", en="reading")
CHOICE_OF = Template(zh="读法“{reading}”的选项", en="choice of the reading '{reading}'")
RANKED = Template(zh="在 priorities 中排了次序的紧急程度", en="a tier that priorities puts in order")

LEFT_OUT = Template(
    zh="通用方案的“{what}”不适用于这部规则，已略去",
    en="the general scenario's '{what}' does not exist in this rule set and is left out",
)
TIERS_ASSUMED = Template(
    zh="本规则没有自己的紧急程度分级：按《党政机关公文处理工作条例》的特急（特急件）、加急（急件）和其他公文（一般件）模拟（假设）",
    en="the rules have no urgency tiers of their own: those of the general regulation on official documents are"
    " assumed",
)
DUE_ASSUMED = Template(
    zh="规则没有办结时限的公文，按方案假设的时限计算是否按期",
    en="papers that no time limit of the rules binds are judged by the scenario's assumed limits",
)
STATED_CALENDAR = Template(
    zh="{years} 年没有放假调休数据：按周一至周五工作、固定日期的法定节日放假计算",
    en="no holiday data for {years}: Monday to Friday less the holidays of fixed date",
)
NOT_A_NUMBER_OF_DEPARTMENTS = Template(zh="“{text}”不是部门数", en="'{text}' is no number of departments")
A_NUMBER = Template(zh='加引号的正整数，如 "3"', en='a positive whole number in quotes, such as "3"')
NO_KNOB = Template(
    zh="方案中没有可变的数值“{key}”，最接近的是：{near}",
    en="the scenario has no number '{key}' to vary; nearest: {near}",
)
NO_SUCH_VALUE = Template(zh="“{key}”不能取 {value}", en="'{key}' cannot be {value}")
UNREGULATED = Template(
    zh="每年约 {number} 件公文属于本规则没有规定由谁办理的种类：单独计数，不计入公文一表",
    en="some {number} papers a year are of kinds for which the rules name nobody: they are counted apart and in no "
    "row of papers",
)
SETTLES_LATER = Template(
    zh="起始时办公室无积压：按 MSER-5 判断，约 {days} 个工作日后在办件数才趋于稳定，"
    "而方案只略去前 {warm} 个工作日；宜加大开头不计的天数",
    en="the office starts empty: by MSER-5 the number of papers under way settles after about {days} working days, and"
    " the scenario leaves out {warm}; leaving out more days at the start is advisable",
)
NOT_SETTLED = Template(
    zh="按 MSER-5 判断，运行期间在办件数始终没有趋于稳定；各项平均数只反映这一段时间",
    en="by MSER-5 the number of papers under way does not settle within the run; the means are of this time only",
)
NO_DISTRIBUTED = Template(
    zh="使用 Dask 集群需要另装 distributed：pip install 'guize[cluster]'",
    en="a Dask cluster needs the library distributed: pip install 'guize[cluster]'",
)
NO_CLUSTER = Template(
    zh="“{address}”处没有可用的 Dask 集群：{seconds} 秒内调度器或工作进程没有应答（地址应如 tcp://主机:8786）",
    en="no Dask cluster at '{address}': no scheduler with a worker answered in {seconds} s (an address is like"
    " tcp://host:8786)",
)
