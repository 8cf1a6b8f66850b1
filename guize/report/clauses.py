"""A norm as the report shows it: place, chapter, quoted phrase, what it says, how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both
from guize.terminal.norms import FORM_NAMES, STRENGTH_NAMES
from guize.wording import Wording, within
from model import expressions as ex
from model.norms import Deontic, Norm, Power, StandIn
from model.vocabulary import Label

MODALITIES: dict[str, Label] = {
    "duty": Label("应当", "must"),
    "prohibition": Label("不得", "must not"),
    "permission": Label("可以", "may"),
}
LACKS: dict[str, Label] = {
    "act": Label("不包括这一行为", "does not pass on this act"),
    "cause": Label("不适用于这种缺席原因", "does not apply to absence of this cause"),
    "paper": Label("不及于这类文件", "does not reach papers of this class"),
    "delegation": Label("须先有委托，而没有委托", "needs a delegation that was not given"),
    "candidate": Label("此时没有可代行的人", "there is nobody to stand in"),
    "absent": Label("代行人此时也不在", "the stand-in is absent too"),
    "loop": Label("代行关系循环，又回到缺席的人", "the chain returns to somebody absent"),
    "reading": Label("按此读法不适用", "does not apply under this reading"),
    "unauthorised": Label("须经授权，而未作授权", "needs an authorisation that was not given"),
    "empty": Label("此时没有这样的人员", "there is no such official now"),
    "none": Label("没有规定代行", "no stand-in is named"),
    "unnamed": Label("没有规定由谁办理", "nobody is named"),
}


@dataclass(frozen=True)
class Clause:
    """`article` is 0 for a law's. `lacks` says why a clause that comes near does not help; else empty."""

    norm: str
    article: int
    place: Label
    chapter: str
    quote: str
    says: Label
    form: Label
    strength: Label
    lacks: Label = NOTHING


def clause(both: Both, norm_id: str, chapters: Mapping[int, str], reason: str = "") -> Clause:
    """A norm or a derived power. Raises KeyError where there is none."""
    norm = both.rules.lookup(norm_id)
    cited = norm.citation
    article = 0 if cited.law else cited.article
    form = norm.modality if isinstance(norm, Deontic) else norm.form
    return Clause(
        norm_id,
        article,
        both.say(lambda w: w.place(cited)),
        chapters.get(article, ""),
        within(cited.quote),
        saying(both, norm),
        FORM_NAMES[form],
        STRENGTH_NAMES[norm.strength],
        LACKS.get(reason, NOTHING),
    )


def saying(both: Both, norm: Norm) -> Label:
    """Its gloss, or who does what; empty where neither is to be had. Then when."""
    gloss = norm.label if norm.label.zh else both.say(lambda w: _content(w, norm))
    if norm.when == ex.TRUE:
        return gloss
    when = both.say(lambda w: w.condition(norm.when))
    return Label(
        f"{gloss.zh}（条件：{when.zh}）" if gloss.zh else f"条件：{when.zh}",
        f"{gloss.en} (if {when.en})" if gloss.en else f"if {when.en}",
    )


def _content(words: Wording, norm: Norm) -> str:
    match norm:
        case Power():
            who, act = words.actors(norm.by, norm.joint), words.act(norm.act)
            return words.pick(f"由{who}{act}", f"{who} to {act}")
        case Deontic():
            who = words.actors(norm.by) if norm.by is not None else ""
            return f"{who}{words.pick('', ' ')}{words.label(MODALITIES[norm.modality])} {words.act(norm.act)}".strip()
        case StandIn():
            one, two = words.actors(norm.principals), words.actors(norm.by)
            return words.pick(f"{one}缺席时由{two}代行", f"{two} for {one}")
        case _:
            return ""
