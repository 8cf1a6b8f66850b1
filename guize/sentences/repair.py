"""A repair as a sentence in the style of the instruments: where it amends, and the words to put there.

建议在第九条“主持区政府全面工作”后增加：“区长因病时，由负责常务工作的副区长代行签发职责。”
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guize.sentences.amending import completing, defining, routes
from guize.wording import NONE, Wording
from model import absence
from model import expressions as ex
from model.citations import Citation
from model.evaluation import Context
from model.norms import (
    CHAIR_SUFFIX,
    EVERY_ACT,
    UNITS,
    Bound,
    Cadence,
    Composition,
    Deontic,
    Exclusion,
    Norm,
    Power,
    Precedence,
    Reference,
    Route,
    StandIn,
)
from model.ruleset import BODY, KIND, NAME, RuleSet
from model.ruleset import MEETING as MEETINGS
from model.situation import Situation
from model.vocabulary import Strength
from proofs.repairing.repair import MEETING, SPARED, STRUCK, Repair

PAPERS = ("公文", "文件", "议题", "纪要")
"""How a Chinese name ends that is itself one of papers, so that nothing need follow it."""
_CAUSES = {
    "any": ("不在岗", "absent"),
    "away": ("外出", "out of town for whatever cause"),
    "leave": ("休假", "on leave"),
    "leave_in_town": ("在本地休假", "on leave in town"),
    "study": ("脱产学习", "away to study"),
    "study_in_town": ("在本地脱产学习", "studying in town"),
    "vacancy": ("职位空缺", "not yet appointed"),
}


def sentence(rules: RuleSet, repair: Repair, lang: str) -> str:
    """What to amend and how, what it leaves, and what else it does."""
    edited = repair.edit.applied(rules)
    words = Wording(edited, lang)
    parts = _meetings(words, rules, repair) if repair.kind == MEETING else _norms(words, rules, repair)
    parts += defining.parts(words, rules, repair)
    if repair.kind == STRUCK:
        parts += [routes.whole(words, rules.norms[r]) for r in repair.edit.removed]
    text = words.pick("；", "; ").join(dict.fromkeys(p for p in parts if p))
    closed = text.endswith(("。”", ".”"))
    return words.pick(
        f"建议{text}{'' if closed else '。'}", f"{text[:1].upper()}{text[1:]}{'' if closed else '.'}"
    ) + _leaves(words, repair)


def _meetings(words: Wording, rules: RuleSet, repair: Repair) -> list[str]:
    """What is said of meetings, each place once."""
    places: dict[str, tuple[Citation, list[str]]] = {}
    for norm in repair.edit.norms:
        told = completing.meeting(words, rules, norm) if isinstance(norm, Composition) else _clause(words, norm)
        same = next(
            (c.citation for c in repair.edit.changed if words.place(c.citation) == words.place(norm.citation)), None
        )
        places.setdefault(words.place(norm.citation), (same or norm.citation, []))[1].append(told.rstrip("。."))
    return [
        words.pick(
            f"在{words.passage(at)}后增加：“{'；'.join(t)}。”", f"after {words.passage(at)} add: “{'; '.join(t)}.”"
        )
        for at, t in places.values()
    ]


def _norms(words: Wording, rules: RuleSet, repair: Repair) -> list[str]:
    """What is said of norms added and changed, clause by clause."""
    parts = [_added(words, repair.anchor, n) for n in repair.edit.added]
    changed = {n.citation: n for n in reversed(repair.edit.changed)}
    for citation in dict.fromkeys(n.citation for n in repair.edit.changed):
        alike = [n for n in repair.edit.changed if n.citation == citation]
        parts.append(_changed(words, rules, changed[citation], alike))
    return parts


def _leaves(words: Wording, repair: Repair) -> str:
    if repair.leaves is None:
        return ""
    absent = _themselves(words, repair, repair.leaves) or words.absences(repair.leaves)
    if not absent:
        return ""
    if repair.kind == SPARED:
        return words.pick(
            f"（修改后，{absent}时仍由一人兼办。）", f" (Afterwards one hand is left with both only when {absent}.)"
        )
    return words.pick(
        f"（修改后，{absent}时仍无人可办。）", f" (Afterwards nobody may act only when {absent}, or in cases as rare.)"
    )


def _themselves(words: Wording, repair: Repair, at: Situation) -> str:
    """The absence of those alone whom a new clause names; empty where others are absent."""
    named = [n for n in repair.edit.added if isinstance(n, Power)]
    states = {at.state(o) for o in at.absent}
    if len(named) != 1 or len(states) != 1 or not set(at.absent) <= Context(words.rules, at).members(named[0].by):
        return ""
    (state,) = states
    if state == absence.VACANCY:
        return words.pick("其职位空缺", "that post is vacant")
    return words.pick(f"其{words.state(state)}", f"that official is {words.state(state)}")


def _added(words: Wording, anchor: Citation, norm: Norm) -> str:
    clause = _same_place(words, anchor, norm) if isinstance(norm, Precedence) else _clause(words, norm)
    clause = _his(clause) if words.zh else clause
    return words.pick(f"在{words.passage(anchor)}后增加：“{clause}”", f"after {words.passage(anchor)} add: “{clause}”")


def _his(clause: str) -> str:
    """A Chinese clause that names its subject once: `由其AB角一方代行`."""
    return clause.replace("该同志的", "其").replace("该同志", "其")


def _same_place(words: Wording, anchor: Citation, norm: Precedence) -> str:
    """That a norm prevails; where it stands at the very place that yields, by its phrase."""
    winners = dict.fromkeys(words.rules.lookup(w).citation for w in norm.prevails)
    if any(words.place(c) != words.place(anchor) for c in winners):
        return _clause(words, norm)
    told = words.list((words.pick(f"‘{c.quote}’", f"'{c.quote}'") for c in winners), words.pick("或者", "or"))
    return words.pick(
        f"同时符合{told}情形的，按该情形办理。", f"Whatever falls under {told} too is dealt with under that."
    )


def _clause(words: Wording, norm: Norm) -> str:
    """The words of a new clause."""
    match norm:
        case StandIn():
            return _stand_in(words, norm)
        case Power():
            return _power(words, norm)
        case Precedence():
            places = words.places(norm.prevails)
            return words.pick(f"{places}另有规定的，从其规定。", f"Where {places} provides otherwise, that prevails.")
        case Exclusion():
            return _exclusion(words, norm)
        case Bound():
            return routes.limit(words, norm)
        case Cadence() | Deontic():
            return completing.clause(words, norm)
    raise TypeError(type(norm).__name__)


def _stand_in(words: Wording, norm: StandIn) -> str:
    who = words.list((words.actors(p) for p in _parts(norm.principals)), words.pick("", "or"))
    when, also = causes(words, norm.causes), _condition(words, norm.when)
    by = _stand_ins(words, norm)
    duties = _duties(words, norm.acts)
    if _all_absent(norm):
        every = words.list(words.actors(p) for p in _parts(norm.principals))
        return words.pick(
            f"{every}均{when}的，由{by}代行{duties}。", f"Where {every} are all {when}, {by} acts for {duties}."
        )
    if words.zh:
        return f"{who}{when}{f'，{also}' if also else '时'}，由{by}代行{duties}。"
    return f"Where {who} is {when}{f' and {also}' if also else ''}, {by} acts for {duties}."


def _parts(actors: ex.ActorSet) -> tuple[ex.ActorSet, ...]:
    return actors.parts if isinstance(actors, ex.Union) else (actors,)


def _all_absent(norm: StandIn) -> bool:
    """Whether whoever is first to stand in is among those stood in for, and the clause is for his absence too."""
    match norm.when:
        case ex.Not(ex.Some(ex.Image("present", of))):
            return len(_parts(norm.principals)) > 1 and of in _parts(norm.principals)
    return False


def _stand_ins(words: Wording, norm: StandIn) -> str:
    """Who stands in: `其他副区长按排名先后`; whoever has another step is told as left out."""
    left_out: list[str] = []
    node = norm.by
    while isinstance(node, ex.Minus) and node.right != ex.Name(ex.PRINCIPAL):
        of = node.right
        charge = isinstance(of, ex.Image) and of.function == "in_charge"
        left_out.append(words.pick("该事项的分管领导", "whoever is in charge of it") if charge else words.actors(of))
        node = node.left
    match node:
        case ex.Minus(left, ex.Name(ex.PRINCIPAL)) if left == norm.principals and len(_parts(left)) > 1:
            named = words.pick("上述其他人员", "another of them")
        case ex.Minus(left, ex.Name(ex.PRINCIPAL)):
            name = words.list(words.actors(p) for p in _parts(left))
            named = words.pick(f"其他{name}", f"another of the same ({name})")
        case _:
            named = words.actors(node)
    if left_out:
        spared = words.list(left_out)
        named += words.pick(f"（{spared}除外）", f" (other than {spared})")
    return words.pick(f"{named}按排名先后", f"{named}, in order of rank,") if norm.by_rank else named


def _duties(words: Wording, acts: tuple[str, ...]) -> str:
    if acts == EVERY_ACT:
        return words.pick("其职责", "all duties")
    listed = words.list(words.act(a) for a in acts)
    return words.pick(f"{listed}职责", f"the duties to {listed}")


def causes(words: Wording, given: Iterable[str]) -> str:
    """Causes of absence as an instrument lists them: `外出、因病或者职位空缺`."""
    names = [words.pick(*_CAUSES[c]) if c in _CAUSES else words.state(c) for c in given]
    if len(names) < 2:
        return "".join(names)
    return words.pick("、".join(names[:-1]) + "或者" + names[-1], ", ".join(names[:-1]) + " or " + names[-1])


def _condition(words: Wording, node: ex.Cond) -> str:
    """When a new clause applies, beyond the absence; empty for always."""
    match node:
        case ex.Const():
            return ""
        case ex.Not(ex.Some(ex.Image("present", of))):
            who = words.actors(of)
            return words.pick(f"{who}也不在岗的", f"{who} is absent too")
        case ex.Some(ex.Both(parts)):
            one, two = (words.actors(p) for p in parts)
            if one == two:
                return words.pick("两个环节由同一人办理的", "both steps would be one official's")
            return words.pick(f"{one}即为{two}的", f"{one} is at once {two}")
        case ex.Or(parts):
            shown = [_condition(words, p) for p in parts]
            return words.pick("、".join(x.removesuffix("的") for x in shown) + "的", " or ".join(shown))
    return words.condition(node) + words.pick("的", "")


def _power(words: Wording, norm: Power) -> str:
    what, by, act = papers(words, norm.when), words.actors(norm.by), words.act(norm.act)
    if norm.residual_to:
        return words.pick(f"其他{what}，由{by}{act}。", f"Any other {what} goes to {by} for the act '{act}'.")
    return words.pick(f"{what}由{by}{act}。", f"For {what}, the act '{act}' is for {by}.")


def papers(words: Wording, node: ex.Cond, rest: bool = True) -> str:
    """The papers of a condition, by what marks them: `街道办事处主要负责人的请假（已经批准的除外）`.

    Papers of no kind that is said are called so; without `rest` they are left out: `已经批准的`.
    """
    before: list[str] = []
    after: list[str] = []
    told: list[str] = []
    kinds: list[str] = []
    for part in node.parts if isinstance(node, ex.And) else (node,):
        match part:
            case ex.Const(True):
                continue
            case ex.Is(attribute, values) if attribute == NAME:
                names = words.list((words.value(attribute, v) for v in values), words.pick("或", "or"))
                before.append(words.pick(f"以{names}名义的", f" in the name of {names}"))
            case ex.Is(attribute, (value,)) if attribute == BODY and value != NONE:
                meeting = words.value(BODY, value)
                before.append(words.pick(f"{meeting}的", f" of the {meeting}"))
            case ex.Some(ex.Both((ex.Name(role), who))) if role in words.rules.vocabulary.roles:
                before.append(words.pick(f"{words.actors(who)}的", f" of {words.actors(who)}"))
            case ex.Not(of):
                after.append(papers(words, of, rest=False))
            case ex.Is(attribute, (value,)) if words.zh and attribute == KIND and value == MEETINGS:
                kinds.append("召集和主持")
            case ex.Is(attribute) if attribute == KIND:
                kinds.append(words.condition(part))
            case _:
                (kinds if words.zh and words.condition(part).endswith(PAPERS) else told).append(_marked(words, part))
    left_out = words.pick("、", " and ").join(after)
    spared = words.pick(f"（{left_out}除外）", f" (except: {left_out})") if after else ""
    if words.zh:
        what = "中的".join(dict.fromkeys(kinds))
        marks = [*before, *(f"{x}的" for x in told)]
        if marks and not what and not rest:
            return "，且".join(x.removesuffix("的") for x in marks) + f"的{spared}"
        return f"{''.join(marks)}{what or '文件'}{spared}"
    if (told or before) and not kinds and not rest:
        return f"{'; '.join(told)}{''.join(before)}{spared}".strip()
    what = words.list(kinds, "and") or "papers"
    if told:
        what += f" ({'; '.join(told)})"
    return f"{what}{''.join(before)}{spared}"


def _marked(words: Wording, part: ex.Cond) -> str:
    """What stands before the kind of paper; a value with its attribute: `主送对象为社会公众`."""
    if not isinstance(part, ex.Is) or NONE in part.values:
        return words.condition(part)
    name = words.attribute(part.attribute)
    values = words.list((words.value(part.attribute, v) for v in part.values), words.pick("或", "or"))
    return words.pick(f"{name}为{values}", f"{name}: {values}")


def _exclusion(words: Wording, norm: Exclusion) -> str:
    assert norm.between is not None and norm.other is not None
    one, two = words.actors(norm.between), words.actors(norm.other)
    return words.pick(f"{one}与{two}不得同时外出、休假。", f"{one} and {two} may not be away at once by choice.")


def _changed(words: Wording, rules: RuleSet, norm: Norm, alike: list[Norm]) -> str:
    """How a clause is to be changed: what is wider, longer or excepted."""
    where = words.passage(norm.citation)
    match norm:
        case StandIn():
            return _wider(words, rules, where, [n for n in alike if isinstance(n, StandIn)])
        case Deontic() if norm.by != getattr(rules.norms[norm.id], "by", None):
            return completing.actor(words, [n for n in alike if isinstance(n, Deontic)])
        case Reference():
            old = rules.norms[norm.id]
            assert isinstance(old, Reference)
            return words.pick(
                f"将{words.place(norm.citation)}的《{old.target}》改为《{norm.target}》",
                f"in {words.place(norm.citation)} write “{norm.target}” for “{old.target}”",
            )
        case Bound() if norm.amount == getattr(rules.norms[norm.id], "amount", None):
            return completing.period(words, rules, where, norm)
        case Deontic():
            old = rules.norms[norm.id]
            except_ = papers(words, _further(norm.unless, old.unless if isinstance(old, Deontic) else ex.FALSE), False)
            return words.pick(f"在{where}后增加：“但{except_}除外。”", f"after {where} add: “except for {except_}.”")
        case Bound() | Cadence():
            return _period(words, rules, where, norm)
        case Exclusion():
            loose = rules.norms[norm.id].strength < Strength.STRICT
            return words.pick(
                f"删去{where}中的“原则上”" if loose else where, f"in {where} strike 'in principle'" if loose else where
            )
        case Power():
            return _other_hand(words, where, [norm])
        case Composition(chair=by) if by is not None:
            return _other_hand(words, where, [replace(rules.powers[norm.id + CHAIR_SUFFIX], by=by)])
        case Route() if (told := routes.changed(words, rules.routes[norm.id], norm)) is not None:
            return told
        case Route():
            old = rules.routes[norm.id]
            pairs = zip(norm.steps, old.steps, strict=True)
            powers = [a.power for a, b in pairs if a.power != b.power]
            return _other_hand(words, words.passage(powers[0].citation), powers)
    raise TypeError(type(norm).__name__)


def _further(new: ex.Cond, old: ex.Cond) -> ex.Cond:
    """What an exception takes in beyond that of old."""
    if not isinstance(new, ex.Or) or old == ex.FALSE:
        return new
    known = old.parts if isinstance(old, ex.Or) else (old,)
    more = tuple(p for p in new.parts if p not in (old, *known))
    return more[0] if len(more) == 1 else ex.Or(more)


def _wider(words: Wording, rules: RuleSet, where: str, alike: list[StandIn]) -> str:
    olds = [o for o in (rules.norms[n.id] for n in alike) if isinstance(o, StandIn)]
    new, old = alike[0], olds[0]
    parts: list[str] = []
    if new.by != old.by:
        after = [p for p in (new.by.parts if isinstance(new.by, ex.Union) else (new.by,)) if p != old.by]
        first, then = words.actors(old.by), words.list(words.actors(p) for p in after)
        parts.append(
            words.pick(
                f"增加“{first}也不在岗的，由{then}按排名先后代行”",
                f"add that where {first} is absent too, {then} acts, in order of rank",
            )
        )
    states = frozenset().union(*(a.states - b.states for a, b in zip(alike, olds, strict=True)))
    if states:
        from_to = (causes(words, old.causes), causes(words, _listed(new, states, old)))
        parts.append(
            words.pick(
                f"将代行的情形由“{from_to[0]}”扩大到“{from_to[1]}”",
                f"widen the causes of absence from '{from_to[0]}' to '{from_to[1]}'",
            )
        )
    acts = dict.fromkeys(x for a, b in zip(alike, olds, strict=True) for x in a.acts if x not in b.acts)
    if acts:
        listed = words.list(words.act(a) for a in acts)
        parts.append(words.pick(f"将{listed}列入代行的职责", f"let the duties that pass include: {listed}"))
    if any(a.when != b.when for a, b in zip(alike, olds, strict=True)):
        parts.append(_all_matters(words, old.when))
    if any(a.delegation != b.delegation for a, b in zip(alike, olds, strict=True)):
        by = _his(_stand_ins(words, new)) if words.zh else _stand_ins(words, new)
        parts.append(words.pick(f"增加“未作委托的，由{by}代行”", f"add that without a delegation {by} acts as well"))
    return words.pick(f"修改{where}：{'，'.join(parts)}", f"amend {where}: {', '.join(parts)}")


def _all_matters(words: Wording, when: ex.Cond) -> str:
    """That a stand-in is for all matters; from which, where these can be said in one breath."""
    if any(isinstance(n, ex.Not | ex.Or | ex.Reading) for n in when.walk()):
        return words.pick("取消对代行事项的限制，各类事项均可代行", "let it be for all matters, without a condition")
    limit = papers(words, when)
    return words.pick(f"将代行的事项由“{limit}”扩大到各类事项", f"widen the matters from '{limit}' to all")


def _listed(new: StandIn, more: frozenset[str], old: StandIn) -> tuple[str, ...]:
    """The causes of the widened clause: as it now has them, or, under another reading of it, what is added."""
    if more <= new.states - old.states:
        return new.causes
    return (*old.causes, *sorted(more, key=list(absence.STATES).index))


def _other_hand(words: Wording, where: str, powers: list[Power]) -> str:
    """That another does the step where it would come to the same hand again."""
    told: list[str] = []
    for power in powers:
        match power.by:
            case ex.Union((ex.When(usual, ex.Not(meets)), ex.When(other, _))):
                which, act = _condition(words, meets), words.act(power.act)
                others = other.parts if isinstance(other, ex.Union) and usual in other.parts else ()
                if others:  # whoever has the other step may take this one too
                    named = words.list(words.actors(o) for o in others if o != usual)
                    told.append(
                        words.pick(
                            f"{which}，可由{named}{act}",
                            f"where {which}, {named} may take the step '{act}' as well",
                        )
                    )
                    continue
                told.append(
                    words.pick(
                        f"{which}，由{words.actors(other)}{act}",
                        f"where {which}, {words.actors(other)} takes the step '{act}' instead of {words.actors(usual)}",
                    )
                )
    clause = words.pick("；", "; ").join(dict.fromkeys(told))
    return words.pick(f"在{where}后增加：“{clause}。”", f"after {where} add: “{clause}.”")


def _period(words: Wording, rules: RuleSet, where: str, norm: Bound | Cadence) -> str:
    old = rules.norms[norm.id]
    assert isinstance(old, (Bound, Cadence))
    was, now = (f"{n.amount}{'' if words.zh else ' '}{UNITS[n.unit].get(words.lang)}" for n in (old, norm))
    verb = ("延长", "lengthened") if (norm.amount or 0) > (old.amount or 0) else ("缩短", "shortened")
    return words.pick(
        f"将{where}的期限由{was}{verb[0]}为{now}", f"the period in {where} is {verb[1]} from {was} to {now}"
    )
