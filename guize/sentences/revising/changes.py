"""What was changed in the text: norms by place and gloss, names, and which effect each change has."""

from __future__ import annotations

from collections.abc import Iterable

from guize.sentences.revising import norms
from guize.sentences.revising.voice import Voice
from model import revision as rv
from model.vocabulary import Label

_TABLES: dict[str, Label] = {
    "offices": Label("职务", "office"),
    "bodies": Label("机构", "body"),
    "attributes": Label("文件属性", "attribute"),
    "sets": Label("人员集合", "set"),
    "roles": Label("角色", "part"),
    "relations": Label("关系", "relation"),
    "terms": Label("用语", "term"),
    "acts": Label("行为", "act"),
    "readings": Label("读法", "reading"),
    "facts": Label("背景事实", "background fact"),
}


def title(voice: Voice, change: rv.NormChange) -> str:
    """A changed norm by its place and gloss."""
    words = voice.new if change.new is not None else voice.old
    norm = change.new or change.old
    assert norm is not None
    return norms.norm(voice, words, norm) if not words.label(norm.label) else words.of(norm)


def consequence(voice: Voice, change: rv.NormChange, effects_: Iterable[int]) -> str:
    """The numbers of the changes in effect that the norm is to blame for, or that it has none."""
    numbers = [str(i + 1) for i in effects_]
    if numbers:
        return "→ " + voice.pick("、", ", ").join(numbers)
    if change.kind == rv.WORDING:
        return ""
    return voice.pick("（没有算得的效力变化）", "(no computed effect)")


def suggestion(voice: Voice, each: rv.Suggestion) -> str:
    """That a name that is gone may be one that has come."""
    one, two = voice.old.actor(each.old), voice.new.actor(each.new)
    option = f"--same {each.old}={each.new}"
    return voice.pick(
        f"“{one}”不再出现而新有“{two}”；如是同一职务或机构改名，请加 {option}",
        f"{one} is gone and {two} has come; if that is a new name, add {option}",
    )


def name(voice: Voice, change: rv.NameChange) -> str:
    """What kind of thing a changed name is of, and the name."""
    label = change.new or change.old
    assert label is not None
    return f"{voice.label(_TABLES[change.table])}{voice.pick('“', ' “')}{voice.label(label)}”"
