"""What changes in effect, without where: what was, then what is, by which articles."""

from __future__ import annotations

from collections.abc import Callable

from guize.sentences.revising import norms
from guize.sentences.revising.voice import Voice
from guize.wording import Wording
from model import effects
from model.effects import Claim
from model.vocabulary import Label
from proofs.impact.records import Shift

_MARKS = {"decisive": Label("为决定行为", "decides"), "scrutiny": Label("为审核把关行为", "is a look at the paper")}


def sentence(voice: Voice, shift: Shift) -> str:
    """What changes, without where."""
    match shift.topic.kind:
        case effects.DEMAND:
            return _demand(voice, shift)
        case effects.STAND_IN:
            return _stand_in(voice, shift)
        case effects.ORDER:
            return _versus(voice, shift, norms.order)
        case effects.LIMIT:
            return _versus(voice, shift, norms.limit)
        case effects.DEONTIC | effects.CADENCE | effects.PART | effects.DEPARTURE:
            return _versus(voice, shift, norms.claimed)
        case effects.ASKS:
            name = voice.words.actor(shift.topic.subject[0])
            return _simple(voice, shift, voice.pick(f"{name}为自己的事项报请", f"{name} asks for himself"))
        case effects.NATURE:
            return _nature(voice, shift)
    return _possible(voice, shift)


def _demand(voice: Voice, shift: Shift) -> str:
    act = voice.words.act(shift.topic.subject[0])
    one = voice.words.list(norms.power(voice, voice.old, c) for c in shift.lost)
    two = voice.words.list(norms.power(voice, voice.new, c) for c in shift.gained)
    if one and two:
        told = voice.pick(f"原由{one}，现由{two}。", f"was up to {one}; is up to {two}.")
    elif one:
        told = voice.pick(f"不再由{one}办理。", f"no longer up to {one}.")
    else:
        told = voice.pick(f"增加由{two}办理。", f"now also up to {two}.")
    said = f"{act}{voice.pick('：', ': ')}{told}"
    for hands in shift.hands:
        if hands.wanted_after and not hands.after and hands.before:
            said += voice.pick("改后无人可办。", " After it, nobody may.")
        elif hands.wanted_before and not hands.before and hands.after:
            said += voice.pick("原来无人可办。", " Before it, nobody might.")
    return said


def _stand_in(voice: Voice, shift: Shift) -> str:
    seat, actor = shift.topic.subject
    acts = voice.words.list(voice.words.act(c[0]) for c in (*shift.lost, *shift.gained))
    if seat in voice.found.revision.union.vocabulary.bodies:
        who = voice.words.actor(seat)
        if shift.lost:
            return voice.pick(
                f"{who}原可召开并{acts}，改后无人可召集主持",
                f"{who} could meet to {acts}; now nobody may chair it",
            )
        return voice.pick(
            f"{who}原无人可召集主持，改后可召开并{acts}",
            f"nobody could chair {who}; now it can meet to {acts}",
        )
    one, two = (voice.words.actor(a, shift.witness) for a in (seat, actor))
    if shift.lost:
        return voice.pick(
            f"{two}原可代{one}{acts}，改后不可", f"{two} could {acts} in the stead of {one}, and no longer may"
        )
    return voice.pick(f"{two}原不可代{one}{acts}，改后可以", f"{two} may now {acts} in the stead of {one}")


def _nature(voice: Voice, shift: Shift) -> str:
    act = shift.topic.subject[0]
    found = []
    for rules in (voice.found.revision.old, voice.found.revision.new):
        marks = sorted(effects.natures(rules).get(act, ()))
        shown = [voice.label(_MARKS[m]) if m in _MARKS else _excluded(voice, m) for m in marks]
        found.append(voice.words.list(shown) or voice.pick("无特别性质", "nothing in particular"))
    one, two = found
    name = voice.words.act(act)
    return voice.pick(f"{name}：原{one}，现{two}", f"{name}: was “{one}”, is “{two}”")


def _excluded(voice: Voice, mark: str) -> str:
    act = voice.words.act(mark.removeprefix("excludes "))
    return voice.pick(f"与{act}互斥", f"excludes {act}")


def constraint(voice: Voice, named: str) -> str:
    """What rules situations out, by its kind and its own name (`impact.space.Version.constraints`)."""
    kind, _, name = named.partition(".")
    revision = voice.found.revision
    label = name
    for rules in (revision.new, revision.old):
        facts = {f.id: f.label for f in rules.facts}
        v = rules.vocabulary
        entry = facts.get(name) if kind == "fact" else None
        for table in (v.roles, v.relations, v.attributes, v.readings):
            if entry is None and kind != "fact" and name in table:
                entry = table[name].label
        if entry is None and name in rules.norms:
            entry = rules.norms[name].label
        if entry is not None and voice.label(entry):
            label = voice.label(entry)
            break
    what = {
        "fact": voice.pick("背景事实", "background fact"),
        "exclusion": voice.pick("不得同时缺席的规定", "rule against absence at once"),
        "role": voice.pick("文件中的角色", "part in the paper"),
        "relation": voice.pick("人员关系", "relation of officials"),
        "values": voice.pick("取值", "values"),
    }[kind]
    return voice.pick(f"{what}“{label}”", f"{what} “{label}”")


def _possible(voice: Voice, shift: Shift) -> str:
    what = constraint(voice, shift.topic.subject[0])
    return voice.pick(
        f"因{what}，{'原可能出现、改后不会出现' if shift.lost else '原不会出现、改后可能出现'}",
        f"by the {what} such situations {'can no longer occur' if shift.lost else 'can occur now'}",
    )


def _simple(voice: Voice, shift: Shift, said: str) -> str:
    return voice.pick(f"原：{said}；改后不再如此" if shift.lost else f"改后：{said}；原来没有",
                     f"{said}: before only" if shift.lost else f"{said}: now only")  # fmt: skip


def _versus(voice: Voice, shift: Shift, say: Callable[[Voice, Wording, Claim], str]) -> str:
    """What the lost claims said against what the gained ones say."""
    one = voice.words.list(say(voice, voice.old, c) for c in shift.lost)
    two = voice.words.list(say(voice, voice.new, c) for c in shift.gained)
    if one and two:
        return voice.pick(f"原为：{one}；现为：{two}。", f"was: {one}; is: {two}.")
    if one:
        return voice.pick(f"不再有：{one}。", f"no longer: {one}.")
    return voice.pick(f"新增：{two}。", f"new: {two}.")


def blame(voice: Voice, shift: Shift) -> str:
    """The changed norms that bring a change about."""
    revision, found = voice.found.revision, []
    for norm in shift.blame:
        rules = revision.new if norm in {*revision.new.norms, *revision.new.powers} else revision.old
        words = voice.new if rules is revision.new else voice.old
        found.append(words.of(rules.lookup(norm)))
    return voice.pick("起因：", "because of: ") + voice.words.list(found)
