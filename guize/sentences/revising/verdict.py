"""Whether a revision changes anything in effect."""

from __future__ import annotations

from guize.sentences.revising import shifts
from guize.sentences.revising.voice import Voice


def verdict(voice: Voice) -> str:
    """Whether anything changes in effect, in one sentence, with the bounds it is proved within."""
    found = voice.found
    if found.identical:
        return voice.pick(
            "效力没有变化：两个版本的规范逐项相同，只有位置、引文、名称或顺序不同。",
            "Nothing changes in effect: norm for norm both versions say the same; at most places, quotations, "
            "names or order differ.",
        )
    bounds = voice.pick(f"同时缺席不超过{found.absences}人的范围内", f"with at most {found.absences} absent at once")
    if not found.shifts and found.unknown:
        return voice.pick("未发现变化，但有问题未能判定。", "No change was found, but some questions are open.")
    if not found.shifts:
        return voice.pick(
            f"效力没有变化：已证明在{bounds}，两个版本在任何情形下的结果都相同。",
            f"Nothing changes in effect: proved, {bounds}, for every situation.",
        )
    places = sum(len(s.regions) for s in found.shifts)
    if found.irreconcilable:
        why = voice.words.list(shifts.constraint(voice, name) for name in found.irreconcilable)
        return voice.pick(
            f"两个版本的效力无从比较：没有任何情形在两个版本下都可能出现（{bounds}），因两者的{why}不能并存。"
            "可先统一其中一方的写法再作比较。",
            f"The effects cannot be compared: no situation can occur under both versions ({bounds}), for the {why} of "
            "the one cannot be together with those of the other. Bring one of them into line, then compare.",
        )
    whole = all(s.complete for s in found.shifts) and not found.unknown
    tail = (
        voice.pick("此外的情形已证明没有变化", "everywhere else nothing changes, which is proved")
        if whole
        else voice.pick("部分变化的范围未列全", "some of the changes reach further than is listed")
    )
    return voice.pick(
        f"效力有{len(found.shifts)}项变化，涉及{places}类情形（{bounds}；{tail}）。",
        f"{counted(len(found.shifts), 'change')} in effect, in {counted(places, 'class', 'classes')} of situations "
        f"({bounds}; {tail}).",
    )


def counted(number: int, one: str, many: str = "") -> str:
    """`1 change`, `2 changes`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
