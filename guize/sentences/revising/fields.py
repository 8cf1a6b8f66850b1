"""What differs between two versions of one norm, field by field."""

from __future__ import annotations

from guize.drawing.views import CAUSES
from guize.sentences.revising.voice import Voice
from guize.terminal.norms import STRENGTH_NAMES
from guize.wording import Wording
from model import expressions as ex
from model import revision as rv
from model.norms import UNITS, Norm, Route, Step
from model.vocabulary import Label, Strength

_EXPIRIES: dict[str, Label] = {
    "deemed_consent": Label("视为同意", "consent is deemed"),
    "reminder": Label("催办", "a reminder"),
    "escalation": Label("提级办理", "escalation"),
    "overdue": Label("按逾期处理", "counts as overdue"),
    "nothing_said": Label("未规定", "nothing said"),
}
_SILENT = ("zh", "en")
_FIELDS: dict[str, Label] = {
    "at": Label("位置", "place"),
    "quote": Label("原文", "quotation"),
    "when": Label("条件", "condition"),
    "unless": Label("例外", "exception"),
    "by": Label("主体", "who"),
    "act": Label("行为", "act"),
    "acts": Label("行为", "acts"),
    "principals": Label("被代行者", "for whom"),
    "causes": Label("原因", "causes"),
    "delegation": Label("委托或授权者", "delegated by"),
    "strength": Label("强度", "strength"),
    "amount": Label("数额", "amount"),
    "unit": Label("单位", "unit"),
    "joint": Label("共同办理", "jointly"),
    "may": Label("可以不办", "may be left out"),
    "between": Label("一方", "one"),
    "other": Label("另一方", "the other"),
    "residual_to": Label("让位于", "gives way to"),
    "under": Label("读法", "reading"),
    "after": Label("在何步之后", "after"),
    "back_to": Label("退回至", "goes back to"),
    "expiry": Label("逾期后果", "on expiry"),
    "chair": Label("召集和主持", "chair"),
    "members": Label("成员", "members"),
    "chain": Label("可递次代行", "chained"),
    "target": Label("对象", "target"),
}


def fields(voice: Voice, change: rv.NormChange) -> list[str]:
    """What differs between the two versions of a norm, field by field, in words where there are any."""
    found = _whole_steps(voice, change)
    whole = _steps_of(change.old) ^ _steps_of(change.new)
    for each in change.fields:
        step, _, name = each.field.rpartition(": ")
        if name in _SILENT or step in whole:
            continue
        one, two = (
            _field(voice, words, norm, step, name) or text or "—"
            for words, norm, text in ((voice.old, change.old, each.old), (voice.new, change.new, each.new))
        )
        label = voice.label(_FIELDS[name]) if name in _FIELDS else name
        where = f"{_act_of(voice, change.new, step)}{voice.pick('一步：', ': ')}" if step else ""
        found.append(f"{where}{label}{voice.pick('：', ': ')}{one} → {two}")
    if change.through:
        names = voice.words.list(change.through)
        found.append(voice.pick(f"所用概念有改动：{names}", f"what it speaks of was changed: {names}"))
    return found


def _whole_steps(voice: Voice, change: rv.NormChange) -> list[str]:
    """The steps that a route has in one version only."""
    one, two = _steps_of(change.old), _steps_of(change.new)
    gone = [
        voice.pick("删去步骤：", "step removed: ") + _step(voice, voice.old, change.old, s) for s in sorted(one - two)
    ]
    come = [
        voice.pick("新增步骤：", "step added: ") + _step(voice, voice.new, change.new, s) for s in sorted(two - one)
    ]
    return gone + come


def _step(voice: Voice, words: Wording, norm: Norm | None, step: str) -> str:
    """A step of a route by who does what; its id where there is none such."""
    power = next((s.power for s in norm.steps if s.id == step), None) if isinstance(norm, Route) else None
    if power is None:
        return step
    who = words.actors(power.by, power.joint)
    return voice.pick(f"{who}{words.act(power.act)}", f"{who}: {words.act(power.act)}")


def _act_of(voice: Voice, norm: Norm | None, step: str) -> str:
    """What a step of the newer version does."""
    found = next((s.power.act for s in norm.steps if s.id == step), None) if isinstance(norm, Route) else None
    return voice.new.act(found) if found else step


def _field(voice: Voice, words: Wording, norm: Norm | None, step: str, name: str) -> str:
    """One field in words; nothing where only its text can be shown."""
    record: Norm | Step | None = norm
    if step and isinstance(norm, Route):
        of = next((s for s in norm.steps if s.id == step), None)
        record = of if name in ("after", "back_to") else of.power if of else None
    value = getattr(record, name, None)
    try:
        match value:
            case bool():
                return voice.pick("是" if value else "否", "yes" if value else "no")
            case tuple() if name in ("residual_to", "prevails", "yields"):
                return words.list(words.of(words.rules.lookup(n)) for n in value)
            case tuple() if name == "under":
                return words.list(words.reading(r, c) for r, c in value)
            case tuple() if name == "after":
                return words.list(_step(voice, words, norm, s) for s in value)
            case str() if name == "back_to":
                return _step(voice, words, norm, value)
            case str() if name == "expiry":
                return voice.label(_EXPIRIES[value]) if value in _EXPIRIES else value
            case ex.ActorSet():
                return words.actors(value)
            case ex.Cond():
                return words.condition(value)
            case Strength():
                return voice.label(STRENGTH_NAMES[value])
            case str() if name == "unit":
                return voice.label(UNITS[value])
            case str() if name == "act":
                return words.act(value)
            case tuple() if name == "causes":
                return words.list(voice.label(CAUSES[c]) for c in value)
            case tuple() if name == "acts" and "*" not in value:
                return words.list(words.act(a) for a in value)
    except TypeError:  # no words for this expression
        return ""
    if isinstance(record, Norm):
        match name:
            case "at":
                return words.place(record.citation)
            case "quote":
                return voice.pick("；", "; ").join(f"“{c.quote}”" for c in record.citations if c.quote)
    return ""


def _steps_of(norm: Norm | None) -> frozenset[str]:
    return frozenset(s.id for s in norm.steps) if isinstance(norm, Route) else frozenset()
