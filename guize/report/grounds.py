"""The numbers a scenario states, in words, by the result they drive: assumptions stand beside what rests on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guize.drawing.views import CAUSES
from guize.report.bilingual import Both
from guize.terminal.simulation import TIERS
from guize.wording import Wording
from model.norms import UNITS
from model.ruleset import URGENCY
from model.vocabulary import Label
from sim.scenario import Scenario, Stated

PAPERS, SOJOURN, BACKLOG, DESKS, MEETINGS, STALLS, REST = (
    "papers", "sojourn", "backlog", "desks", "meetings", "stalls", "rest",
)  # fmt: skip
"""The parts of the report that numbers of a scenario are put beside."""

KINDS: dict[str, tuple[str, Label]] = {
    "due": (PAPERS, Label("没有规定时限时按", "limit where the rules give none")),
    "flows": (PAPERS, Label("公文量", "papers that come")),
    "volume": (PAPERS, Label("公文总量系数", "factor on all papers")),
    "priorities": (SOJOURN, Label("办理次序", "priorities")),
    "handling": (SOJOURN, Label("办理用时", "handling time")),
    "order": (SOJOURN, Label("环节次序", "order of acts")),
    "returns": (SOJOURN, Label("退回比例", "share sent back")),
    "optional": (SOJOURN, Label("可选环节的比例", "share of optional acts")),
    "consultation": (SOJOURN, Label("征求意见", "consultation")),
    "hours": (SOJOURN, Label("办公时间", "office hours")),
    "seasons": (BACKLOG, Label("各月公文量之比", "papers by month")),
    "warm_up": (BACKLOG, Label("不计入的天数", "days left out")),
    "staff": (DESKS, Label("经办人手", "hands")),
    "meetings": (MEETINGS, Label("会议", "meetings")),
    "absences": (STALLS, Label("缺席", "absences")),
    "delegation": (STALLS, Label("已作委托、授权的比例", "share of delegations given")),
    "exclusions_in_principle": (STALLS, Label("遵守“原则上”规定的比例", "share that keeps rules in principle")),
}
_OTHER = Label("其他", "other")
WORDS: dict[str, Label] = {
    "cause": Label("{}", "{}"),
    "tier": Label("{}", "{}"),
    "act": Label("{}", "{}"),
    "acts": Label("{}", "{}"),
    "by": Label("由{}办理", "by {}"),
    "per_year": Label("每年{}", "{} a year"),
    "minutes": Label("{}分钟", "{} minutes"),
    "days": Label("{}天", "{} days"),
    "number": Label("{}人", "{} hands"),
    "share": Label("比例{}", "share {}"),
    "cv": Label("变异系数{}", "coefficient of variation {}"),
    "factor": Label("系数{}", "factor {}"),
    "given": Label("比例{}", "share {}"),
    "every": Label("每{}天一次", "every {} days"),
    "lead_days": Label("提前{}天报送议题", "items due {} days ahead"),
    "capacity": Label("每次{}项议题", "{} items a meeting"),
    "amount": Label("{}", "{}"),
    "months": Label("一至十二月{}", "January to December {}"),
    "reply_days": Label("平均{}天答复", "{} days to reply"),
    "silent": Label("不答复的比例{}", "share that does not reply {}"),
    "reminded_days": Label("催办后{}天", "{} days once reminded"),
    "departments": Label("征求的部门数：{}", "departments asked, by share: {}"),
    "sessions": Label("{}", "{}"),
    "unknown_years": Label("未公布放假安排的年份{}", "years without a notice: {}"),
    "order": Label("{}", "{}"),
    "tiers": Label("紧急程度之比：{}", "tiers: {}"),
    "crossing": Label("跨分管的比例{}", "share across portfolios {}"),
}
"""By the name of a field, how its value is told; those of the first rows say what a number is of, and come first."""
_BY_ACT = ("handling", "returns", "optional")
"""Sections whose numbers are of one act; without an act, of all that are not named."""
_HIDDEN = ("id", "paper", "season", "mix")
_PAIR = re.compile(r"(\w+)=((?:\[[^=]*\]|\{[^=]*\}|[^,=])+?)(?=, \w+=|$)")
_TIME = re.compile(r"\d\d?:\d\d")
_SHARE = re.compile(r"\b(\d+): ([\d.]+)")
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Ground:
    """A number of the scenario: what it is of, what it says, on what ground; `assumption` where no source is given."""

    name: Label
    says: Label
    assumption: bool
    source: Label


def grounds(both: Both, scenario: Scenario, part: str) -> tuple[Ground, ...]:
    """The numbers that drive a part of the report, each once, assumptions first."""
    found = dict.fromkeys(_ground(both, scenario, s) for s in scenario.stated if part_of(s) == part)
    return tuple(sorted(found, key=lambda g: not g.assumption))


def part_of(stated: Stated) -> str:
    """The part of the report that a number of the scenario is put beside."""
    kind = KINDS.get(stated.path.partition(".")[0])
    return kind[0] if kind else REST


def _ground(both: Both, scenario: Scenario, stated: Stated) -> Ground:
    section, _, rest = stated.path.partition(".")
    name = KINDS[section][1] if section in KINDS else _OTHER
    if section == "flows" and rest.isdigit() and int(rest) < len(scenario.flows):
        flow = scenario.flows[int(rest)].label
        name = Label(f"{name.zh}：{flow.zh}", f"{name.en}: {flow.en}")
    elif section == "staff" and rest:
        who = Label("其他机构", "other units") if rest == "every" else both.say(lambda w: w.actor(rest))
        name = Label(f"{name.zh}：{who.zh}", f"{name.en}: {who.en}")
    says = both.say(lambda w: w.pick("，", ", ").join(_said(w, stated.value)) or stated.value)
    if section in _BY_ACT and not re.search(r"\bacts?=", stated.value):
        says = Label(f"其他环节，{says.zh}", f"other acts, {says.en}")
    return Ground(name, says, stated.kind == "assumption", stated.ground)


def _said(words: Wording, value: str) -> Iterator[str]:
    fields = dict(_PAIR.findall(value))
    for key in [*(k for k in WORDS if k in fields), *(k for k in fields if k not in WORDS)]:
        given = fields[key]
        if key in _HIDDEN or key == "unit":  # a unit is told with its amount
            continue
        unit = fields.get("unit", "") if key == "amount" else ""
        if unit:
            yield f"{given}{words.pick('', ' ')}{_named(words, unit)}"
            continue
        if key == "sessions":
            yield words.list("–".join(_TIME.findall(span)) for span in given.split("],"))
            continue
        shown = _NAME.sub(lambda m: _named(words, m[0]), given).strip("[]{}")
        if words.zh:
            shown = _SHARE.sub(r"\1个的占\2", shown).replace(", ", "、").replace(": ", "")
        yield words.label(WORDS[key]).format(shown) if key in WORDS else f"{key} {shown}"


def _named(words: Wording, name: str) -> str:
    """What a name in a value is called: an act, a cause, a tier, a unit; itself where it is none of them."""
    v = words.rules.vocabulary
    if name in v.acts:
        return words.act(name)
    if name in UNITS:
        return words.label(UNITS[name])
    if name in CAUSES:
        return words.label(CAUSES[name])
    if URGENCY in v.attributes and any(x.id == name for x in v.attributes[URGENCY].values):
        return words.value(URGENCY, name)
    if name in TIERS:
        return words.pick(*TIERS[name])
    return {"weekdays": words.pick("按周一至周五", "weekdays"), "every": words.pick("各种", "any")}.get(name, name)
