"""What a text leaves open, said: a period, a meeting, whose duty something is."""

from __future__ import annotations

from guize.wording import Wording, within
from model.norms import Bound, Cadence, Composition, Deontic
from model.ruleset import BODY, RuleSet
from model.vocabulary import Label

QUORUM: dict[str, Label] = {
    "half": Label("半数组成人员", "half of its members"),
    "more_than_half": Label("过半数组成人员", "more than half of its members"),
    "two_thirds": Label("三分之二以上组成人员", "two thirds of its members"),
    "all": Label("全体组成人员", "all its members"),
}
DECIDES: dict[str, Label] = {
    "majority": Label("以出席人员的过半数作出决定", "it decides by a majority of those present"),
    "two_thirds": Label("以出席人员的三分之二以上作出决定", "it decides by two thirds of those present"),
    "consensus": Label("经协商一致作出决定", "it decides by consensus"),
    "chair": Label("由主持人在集体讨论的基础上作出决定", "its chair decides after discussion"),
}
EXPIRY: dict[str, Label] = {
    "reminder": Label("逾期未办结的，予以催办", "on expiry it is followed up"),
    "deemed_consent": Label("逾期未回复的，视为无不同意见", "silence on expiry is consent"),
}


def period(words: Wording, rules: RuleSet, where: str, norm: Bound) -> str:
    """What a bound now says of its start, its bearer, its expiry, and of how it is read."""
    old = rules.norms[norm.id]
    assert isinstance(old, Bound)
    clauses: list[str] = []
    if norm.start_unsaid != old.start_unsaid:
        event, moment = _event(words, rules, norm), "时" if norm.unit == "hour" else "日"
        clauses.append(words.pick(f"自{event}之{moment}起计算", f"it runs from the step '{event}'"))
    if norm.by is not None and norm.by != old.by:
        who = words.actors(norm.by)
        clauses.append(words.pick(f"由{who}负责按期办结", f"{who} answers for keeping it"))
    if norm.expiry != old.expiry:
        clauses.append(words.label(EXPIRY[norm.expiry]))
    told: list[str] = []
    for reading, choice in (u for u in old.under if u not in norm.under):
        spec = rules.vocabulary.readings[reading]
        chosen = next(words.label(c.label) for c in spec.choices if c.id == choice)
        phrase = within(spec.citation.quote)
        told.append(
            words.pick(
                f"将{words.place(spec.citation)}“{phrase}”明确为“{chosen}”",
                f"in {words.place(spec.citation)} make '{phrase}' read '{chosen}'",
            )
        )
    if clauses:
        clause = words.pick("；", "; ").join(clauses)
        told.append(words.pick(f"在{where}后增加：“{clause}。”", f"after {where} add: “{clause}.”"))
    return words.pick("，并", ", and ").join(told)


def _event(words: Wording, rules: RuleSet, norm: Bound) -> str:
    return words.act(next(s.power.act for s in rules.routes[norm.routes[0]].steps if s.id == norm.start))


def meeting(words: Wording, rules: RuleSet, norm: Composition) -> str:
    """How many must be there, and how the meeting decides."""
    old = rules.norms[norm.id]
    assert isinstance(old, Composition)
    body = words.actor(norm.body)
    clauses: list[str] = []
    if norm.quorum != old.quorum:
        share = words.label(QUORUM[norm.quorum])
        clauses.append(words.pick(f"{body}须有{share}到会方可召开", f"{body} needs {share} to be present"))
    if norm.decides != old.decides:
        how = words.label(DECIDES[norm.decides])
        clauses.append(how if clauses else words.pick(f"{body}{how}", f"of {body}: {how}"))
    return words.pick("，", ", and ").join(clauses)


def clause(words: Wording, norm: Cadence | Deontic) -> str:
    """The words of a new clause: a meeting held as needed; a duty to publish what a meeting decides."""
    if isinstance(norm, Cadence):
        body = words.actor(norm.body)
        return words.pick(f"{body}根据需要召开。", f"{body} meets as needed.")
    assert norm.by is not None
    spoken = [n for n in norm.when.walk() if getattr(n, "attribute", "") == BODY]
    meeting_of = words.list(words.value(BODY, v) for n in spoken for v in getattr(n, "values", ()))
    who, act = words.actors(norm.by), words.act(norm.act)
    return words.pick(
        f"{meeting_of}讨论决定的事项，由{who}{act}。", f"What the {meeting_of} decides is for {who} to {act}."
    )


def actor(words: Wording, alike: list[Deontic]) -> str:
    """Whose duty it is."""
    told: list[str] = []
    for norm in alike:
        assert norm.by is not None
        quote, who = within(norm.citation.quote), words.actors(norm.by)
        where = words.place(norm.citation)
        told.append(
            words.pick(
                f"将{where}“{quote}”明确为由{who}{words.act(norm.act)}",
                f"in {where} ('{quote}') say that it is for {who} to {words.act(norm.act)}",
            )
        )
    return words.pick("；", "; ").join(dict.fromkeys(told))
