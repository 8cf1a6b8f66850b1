"""What a number of a scenario that can be varied is called (`sim.vary`), and a kind of such numbers."""

from __future__ import annotations

from guize.drawing.views import CAUSES
from guize.report.grounds import KINDS
from guize.terminal.simulation import Shown
from model.vocabulary import Label
from sim.scenario import EVERY
from sim.screening import kind_of

_OTHERS = Label("其他", "other")
_KINDS: dict[str, Label] = {
    "returns": Label("退回比例", "shares sent back"),
    "optional": Label("可选环节的比例", "shares of optional acts"),
    "staff": Label("经办人手", "hands"),
    "handling": Label("办理用时", "handling times"),
    "due": Label("未定时限的，按假设的期限", "limits assumed for want of any"),
    "absences": Label("缺席次数", "how often officials are absent"),
    "delegation": Label("已作委托、授权的比例", "share of delegations given"),
    "exclusions_in_principle": Label("遵守“原则上”规定的比例", "share that keeps rules in principle"),
    "volume": Label("公文总量", "papers in all"),
    "meetings.every": Label("未定会期的会议间隔", "days between meetings not regulated"),
    "meetings.lead_days": Label("议题提前报送天数", "days items are due ahead"),
    "meetings.capacity": Label("每次会议的议题数", "items a meeting can take"),
    "consultation.reply_days": Label("征求意见的答复天数", "days to reply to a consultation"),
    "consultation.silent": Label("征求意见不答复的比例", "share of consultations without reply"),
}


def kind(name: str) -> Label:
    """What a kind of numbers is called; as the scenario calls it where it has no other name."""
    if name in _KINDS:
        return _KINDS[name]
    return KINDS[name][1] if name in KINDS else Label(name, name)


def number(shown: Shown, name: str) -> str:
    """What one number is called among those of its kind; its kind where it is the only one."""
    words, (head, _, rest) = shown.words, name.partition(".")
    if head in ("meetings", "consultation"):
        rest = rest.rpartition(".")[0]
    if not rest:
        return words.label(kind(kind_of(name)))
    match head:
        case "flows":
            return shown.flow(rest)
        case "absences":
            return words.label(CAUSES[rest]) if rest in CAUSES else rest
        case "due":
            return shown.tier(rest)
        case "handling" | "returns" | "optional":
            act, _, actor = rest.partition(".")
            said = words.label(_OTHERS) if act == EVERY else words.act(act)
            by = words.pick(f"（{_named(shown, actor)}）", f" ({_named(shown, actor)})") if actor else ""
            return said + by
        case _:
            return _named(shown, rest)


def factor(name: str) -> bool:
    """Whether a number is a factor on others, and so 1 as the scenario is."""
    return name == "volume" or name.startswith("absences.")


def _named(shown: Shown, name: str) -> str:
    return shown.words.label(_OTHERS) if name == EVERY else shown.actor(name)
