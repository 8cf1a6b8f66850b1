"""Names, references and numbers: undefined roles, several names for one thing, references that do not arrive."""

from __future__ import annotations

from itertools import groupby

from guize.wording import Wording
from model import expressions as ex
from model.citations import numeral
from model.drafting import Called, Flaw, names, references
from model.norms import Reference

_MOST = 6


def sentence(words: Wording, flaw: Flaw) -> str:
    """One sentence, by the check."""
    match flaw.check:
        case names.UNDEFINED:
            return _undefined(words, flaw)
        case names.DRIFT:
            return _drift(words, flaw)
        case references.DANGLING:
            return _dangling(words, flaw)
        case _:
            return _number(words, flaw)


def headline(words: Wording, flaw: Flaw) -> str:
    """The finding in a few words."""
    first = flaw.names[0].name if flaw.names else ""
    match flaw.check:
        case names.UNDEFINED:
            return words.pick(f"“{first}”指哪些人或单位，没有规定", f"whom '{first}' covers is not said")
        case names.DRIFT:
            main = words.list(dict.fromkeys(list(_main(flaw))[:2]))
            more = len(set(_main(flaw))) > 2
            return words.pick(
                f"{main}{'等' if more else ''}名称不统一", f"several names for {main}{' and others' if more else ''}"
            )
        case references.DANGLING if flaw.lacks == (references.UNNAMED,):
            return words.pick("要求按有关规定办理，没有说明是哪些规定", "rules are referred to and not named")
        case references.DANGLING:
            return words.pick(f"引用有误：《{first}》", f"a reference that does not arrive: {first}")
        case _:
            return words.pick(
                f"{words.place(flaw.places[0])}：编号不连续", f"{words.place(flaw.places[0])}: numbering breaks"
            )


def lacking(words: Wording, flaw: Flaw) -> list[str]:
    """What is missing, a line each; nothing where the sentence and the places say it all."""
    match flaw.check:
        case names.UNDEFINED:
            return [words.pick("没有规定包括哪些人或单位", "whom it covers is not said")]
        case references.DANGLING if flaw.lacks == (references.UNNAMED,):
            return [words.pick("没有说明是哪些规定", "which rules are meant is not said")]
        case _:
            return []


def _main(flaw: Flaw) -> list[str]:
    return [next(group).name for _, group in groupby(flaw.names, key=lambda c: c.of)]


def _called(words: Wording, called: Called) -> str:
    name = words.pick(f"“{called.name}”", f"“{called.name}”")
    if called.place is None:
        return name
    return words.pick(f"{name}（{words.place(called.place)}）", f"{name} ({words.place(called.place)})")


def _undefined(words: Wording, flaw: Flaw) -> str:
    (name,) = flaw.subjects
    used, shown = flaw.uses, _called(words, flaw.names[0])
    told = f"{used} provisions rest" if used != 1 else "one provision rests"
    near = (
        words.pick(f"；最接近的已有规定的名称是“{flaw.near}”", f"; the nearest defined name is “{flaw.near}”")
        if flaw.near
        else ""
    )
    whom = _extent(words, name)
    if whom:
        return words.pick(
            f"{shown}包括哪些人没有规定，可以有不同读法（{whom}），而有{used}处规定取决于此{near}。",
            f"Nothing says whom {shown} covers, which can be read in several ways ({whom}), and {told} on it{near}.",
        )
    if name in words.rules.vocabulary.bodies:
        return words.pick(
            f"{shown}是什么机构或会议、如何设立，全文没有规定，而有{used}处规定取决于此{near}。",
            f"Nothing says what {shown} is or sets it up, and {told} on it{near}.",
        )
    return words.pick(
        f"{shown}包括哪些人，全文没有规定，而有{used}处规定取决于此{near}。",
        f"Nothing says whom {shown} covers, and {told} on it{near}.",
    )


def _extent(words: Wording, name: str) -> str:
    """The choices of the readings that the members of a set depend on."""
    v = words.rules.vocabulary
    if name not in v.sets:
        return ""
    on = dict.fromkeys(x.reading for x in v.sets[name].members.walk() if isinstance(x, ex.Reading))
    return words.list((words.label(c.label) for r in on for c in v.readings[r].choices), words.pick("；或", "or"))


def _drift(words: Wording, flaw: Flaw) -> str:
    told = []
    for _, group in groupby(flaw.names, key=lambda c: c.of):
        first, *others = group
        also = words.list(_called(words, o) for o in others)
        told.append(words.pick(f"{_called(words, first)}又称{also}", f"{_called(words, first)} is also called {also}"))
    shown = words.pick("；", "; ").join(told[:_MOST])
    return words.pick(f"同一职务或单位名称不统一：{shown}。", f"One office or body under several names: {shown}.")


def _dangling(words: Wording, flaw: Flaw) -> str:
    place = words.place(flaw.places[0])
    match flaw.lacks[0]:
        case references.UNNAMED:
            every = list(dict.fromkeys(f"{words.place(c.place)}“{c.name}”" for c in flaw.names if c.place))
            shown = words.list(every[:_MOST])
            more = words.pick(f"等{len(every)}处", f" and {len(every) - _MOST} more") if len(every) > _MOST else ""
            return words.pick(
                f"{shown}{more}：要求按有关规定办理，没有说明是哪些规定。",
                f"{shown}{more}: rules are referred to and not named.",
            )
        case references.TITLE:
            return words.pick(
                f"{place}所称《{flaw.names[0].name}》，疑为《{flaw.near}》之误。",
                f"{place} speaks of “{flaw.names[0].name}”; “{flaw.near}” is probably meant.",
            )
        case _:
            norm = words.rules.norms[flaw.norms[0]]
            assert isinstance(norm, Reference)
            last = words.rules.title.articles
            return words.pick(
                f"{place}引用本规则第{numeral(norm.article)}条，而本规则只有{last}条。",
                f"{place} refers to art. {norm.article} of these rules, which have {last}.",
            )


def _number(words: Wording, flaw: Flaw) -> str:
    place = words.place(flaw.places[0])
    zh, en = {
        references.ARTICLE: ("缺失，条文编号不连续", "is missing: the articles do not follow each other"),
        references.CHAPTER: ("所在的章编号不连续", "is in a chapter whose number does not follow the last one"),
        references.ITEM: ("编号与前项不连续", "does not follow the item before"),
        references.UNNUMBERED: ("没有编号", "carries no number"),
    }[flaw.lacks[0]]
    return words.pick(f"{place}{zh}。", f"{place} {en}.")
