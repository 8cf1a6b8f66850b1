"""The question a clerk asks every day: who may do this, to this paper, with these people absent?

Answered by the reference semantics alone; no solver is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from guize import messages as say
from model import absence
from model.bilingual import Said
from model.competence import Competence, Hand, Obstacle
from model.dependence import mentioned
from model.reachability import reachable
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import Cast, Paper, Situation, make_cast, plain_readings, portfolio_holders
from model.vocabulary import Attribute, Label


@dataclass(frozen=True)
class Question:
    """What is asked. `act` empty asks after every act the paper wants.

    `absent` maps officials to absence states; `delegated` says whether every delegation that could be
    given was given.
    """

    paper: Mapping[str, str] = field(default_factory=dict)
    act: str = ""
    absent: Mapping[str, str] = field(default_factory=dict)
    in_charge: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    delegated: bool = False
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Way:
    """What one combination of readings gives: who may act, or what is missing."""

    readings: tuple[Mapping[str, str], ...]
    hands: tuple[Hand, ...]
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class StageReply:
    """One stage the paper wants, with the ways its readings differ. One way: the readings do not matter."""

    stage: Stage
    ways: tuple[Way, ...]
    joint: bool = False


@dataclass(frozen=True)
class Reply:
    """The answer: the situation as understood, and a reply a stage.

    `possible` is false where background facts say that such a paper does not occur.
    `hinges` are open terms whose other value would change who may act.
    """

    situation: Situation
    stages: tuple[StageReply, ...]
    possible: bool
    hinges: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether some stage has nobody under some reading."""
        return any(not w.hands for s in self.stages for w in s.ways)


def who(rules: RuleSet, question: Question, scope: Mapping[str, int] | None = None) -> Reply:
    """Who may act. Raises UsageError where the question names what the rule set does not have."""
    cast = make_cast(rules, scope)
    base = situation(rules, cast, question)
    stages = _stages(rules, base, question)
    varied = [r for r in rules.vocabulary.readings if r not in question.readings]
    replies = []
    for stage in stages:
        ways = _ways(rules, base, stage, varied)
        used = {h.norms[0] for w in ways for h in w.hands}
        replies.append(StageReply(stage, ways, any(rules.powers[p].joint for p in used)))
    kept = tuple(r for r in replies if r.ways)
    hinges = tuple(a.id for a in rules.vocabulary.attributes.values() if a.open and _hinges(rules, base, stages, a))
    return Reply(base, kept, reachable(rules, base), hinges)


def situation(rules: RuleSet, cast: Cast, question: Question) -> Situation:
    """The concrete situation a question describes; what it leaves open is plain.

    Where `question.in_charge` names nobody, the first holder of the first office of several with portfolios
    is in charge. What is left open is changed where background facts demand it.
    """
    touches = frozenset(question.in_charge) or _default_charge(rules, cast)
    attributes = {a.id: a.plainest for a in rules.vocabulary.attributes.values()} | dict(question.paper)
    at = Situation(
        cast,
        Paper(attributes, touches, dict(question.roles)),
        dict(question.absent),
        _relations(rules, cast, question.partners),
        frozenset(),
        plain_readings(rules) | dict(question.readings),
    )
    if question.delegated:
        at = replace(at, delegations=every_delegation(rules, at))
    return _admitted(rules, at, question)


def every_delegation(rules: RuleSet, at: Situation) -> frozenset[tuple[str, str]]:
    """Every delegation that the absent could have given, and every authorisation that anybody could."""
    context = Competence(rules, at).at
    given = frozenset(
        (n.id, o)
        for n in rules.stand_ins
        if n.delegation is not None
        for o in context.members(n.principals)
        if o in at.states
    )
    return given | frozenset(
        (p.id, giver)
        for p in rules.authorisable
        if p.delegation is not None
        for giver in context.members(p.delegation)
        if absence.STATES[at.state(giver)].can_delegate
    )


_MOST_CHANGES = 6


def _admitted(rules: RuleSet, at: Situation, question: Question) -> Situation:
    """Change what the question leaves open until background facts admit the paper: minutes, say, are of some meeting.

    One attribute, portfolio or image of a relation at a time, whichever breaks the fewest facts, the plainest
    first; given up where nothing helps.
    """
    best = _with_roles(rules, at, question.roles)
    broken = _broken_facts(rules, best)
    for _ in range(_MOST_CHANGES):
        if not broken:
            break
        candidates = (_with_roles(rules, c, question.roles) for c in _changed(rules, at, question))
        found = min(
            ((_broken_facts(rules, c), n, c) for n, c in enumerate(candidates)), default=None, key=lambda x: x[:2]
        )
        if found is None or found[0] >= broken:
            break
        broken, _, best = found
        at = best
    return best


def _changed(rules: RuleSet, at: Situation, question: Question) -> Iterator[Situation]:
    for attribute in rules.vocabulary.attributes.values():
        if attribute.id not in question.paper:
            for value in attribute.domain:
                if value != at.value(rules, attribute.id):
                    changed = replace(at.paper, attributes={**at.paper.attributes, attribute.id: value})
                    yield replace(at, paper=changed)
    for official in portfolio_holders(rules, at.cast):
        if official not in at.paper.touches:
            yield replace(at, paper=replace(at.paper, touches=at.paper.touches | {official}))
    context = Competence(rules, at).at
    for relation in rules.vocabulary.relations.values():
        images = at.relations.get(relation.id, {})
        for one in images if not relation.symmetric else ():
            if one not in question.partners.get(relation.id, {}):
                for two in sorted(context.members(relation.target) - {one, images[one]}):
                    yield replace(at, relations={**at.relations, relation.id: {**images, one: two}})


def _broken_facts(rules: RuleSet, at: Situation) -> int:
    context = Competence(rules, at).at
    return sum(not context.holds(f.condition) for f in rules.facts)


def _default_charge(rules: RuleSet, cast: Cast) -> frozenset[str]:
    """The first holder of the first office with portfolios and several holders, or of any with portfolios.

    Others are in charge too only where background facts demand it.
    """
    holders = portfolio_holders(rules, cast)
    plain = [o for o in holders if rules.vocabulary.offices[cast[o].office].many]
    return frozenset((plain or list(holders))[:1])


def _relations(rules: RuleSet, cast: Cast, given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Relations as given; a total one is completed in rank order."""
    found: dict[str, dict[str, str]] = {}
    bare = Competence(rules, Situation(cast, readings=plain_readings(rules))).at
    for relation in rules.vocabulary.relations.values():
        images = dict(given.get(relation.id, {}))
        if relation.symmetric:
            images |= {y: x for x, y in images.items()}
        if relation.total:
            source = [o for o in cast.ids if o in bare.members(relation.source)]
            target = [o for o in cast.ids if o in bare.members(relation.target)]
            for one in source:
                free = [t for t in target if t != one and not (relation.symmetric and t in images)]
                if one not in images and free:
                    images[one] = free[0]
                    if relation.symmetric:
                        images[free[0]] = one
        found[relation.id] = images
    return found


def _with_roles(rules: RuleSet, at: Situation, given: Mapping[str, str]) -> Situation:
    """Give every role the paper has to somebody: as asked, or to the first official who may have it."""
    roles = dict(given)
    context = Competence(rules, at).at
    for role in rules.vocabulary.roles.values():
        among = context.members(role.among)
        if context.holds(role.papers) and among and role.id not in roles:
            charged = [o for o in at.cast.ids if o in among and o in at.paper.touches]
            roles[role.id] = (charged or [o for o in at.cast.ids if o in among])[0]
    return replace(at, paper=replace(at.paper, roles=roles))


def _stages(rules: RuleSet, at: Situation, question: Question) -> tuple[Stage, ...]:
    if question.act:
        return tuple(s for s in rules.stages if s.act == question.act)
    return rules.stages


def _ways(rules: RuleSet, at: Situation, stage: Stage, varied: Sequence[str]) -> tuple[Way, ...]:
    """The stage under every combination of the readings that make a difference to it."""
    assignments: list[dict[str, str]] = [{}]
    for reading in _relevant(rules, stage, varied):
        domain = rules.vocabulary.readings[reading].domain
        assignments = [{**a, reading: c} for a in assignments for c in domain]
    found: dict[tuple[frozenset[str], bool], tuple[list[Mapping[str, str]], Way]] = {}
    for assignment in assignments:
        competence = Competence(rules, replace(at, readings={**at.readings, **assignment}))
        if not competence.wanted(stage) and not competence.powers_in_force(stage):
            key, way = (frozenset({"-"}), False), Way((), (), ())
        else:
            hands = competence.hands(stage)
            stuck = not hands
            key = (frozenset(h.actor for h in hands), stuck)
            way = Way((), hands, competence.obstacles(stage) if stuck else ())
        found.setdefault(key, ([], way))[0].append(assignment)
    live = {k: v for k, v in found.items() if k[0] != frozenset({"-"})}
    if len(found) == 1:
        return tuple(way for _, way in live.values())
    telling = _telling(rules, [kept for kept, _ in found.values()])
    return tuple(
        replace(way, readings=tuple(dict(c) for c in dict.fromkeys(tuple((r, a[r]) for r in telling) for a in kept)))
        for kept, way in live.values()
    )


def _telling(rules: RuleSet, groups: Sequence[Sequence[Mapping[str, str]]]) -> tuple[str, ...]:
    """The readings whose change alone can lead from one group of assignments to another."""
    owner = {tuple(sorted(a.items())): i for i, group in enumerate(groups) for a in group}
    names = list(groups[0][0])
    return tuple(
        r
        for r in names
        if any(
            owner[tuple(sorted({**dict(a), r: c}.items()))] != i
            for a, i in owner.items()
            for c in rules.vocabulary.readings[r].domain
        )
    )


def _relevant(rules: RuleSet, stage: Stage, varied: Sequence[str]) -> tuple[str, ...]:
    norms = [*(p.id for p in stage.powers), *(n.id for n in rules.stand_ins if n.passes(stage.act))]
    norms += [d.id for d in rules.requirements.get(stage.act, ()) if stage.id == stage.act]
    norms += [c for ids in rules.chairs.values() for c in ids]
    return tuple(r for r in mentioned(rules, norms) if r in varied)


def _hinges(rules: RuleSet, at: Situation, stages: Sequence[Stage], attribute: Attribute) -> bool:
    """Whether the open attribute's other value changes who may act, under the readings as they stand."""
    before = [frozenset(h.actor for h in Competence(rules, at).hands(s)) for s in stages]
    for value in attribute.domain:
        if value != at.value(rules, attribute.id):
            paper = replace(at.paper, attributes={**at.paper.attributes, attribute.id: value})
            changed = replace(at, paper=paper)
            if _broken_facts(rules, changed):
                continue
            other = Competence(rules, changed)
            if [frozenset(h.actor for h in other.hands(s)) for s in stages] != before:
                return True
    return False


# words to values


def parse_act(rules: RuleSet, text: str) -> str:
    """An act by id or name. Raises UsageError with the nearest name."""
    return _find(text, {a.id: a.label for a in rules.vocabulary.acts.values()}, say.ACT())


def parse_paper(rules: RuleSet, text: str) -> dict[str, str]:
    """`"以政府名义 决定 特急件 重要"` or `"kind=decision urgency=urgent important"` to attribute values.

    Words are split at white space, commas and 、; each is a value, a boolean attribute, or
    `attribute=value`, by id or by name in either language. Raises UsageError with the nearest name.
    """
    found: dict[str, str] = {}
    names = _paper_words(rules)
    for word in _words(text):
        attribute, value = _one_word(rules, names, word)
        if found.get(attribute, value) != value:
            raise say.refused(say.TWO_VALUES(word=word, attribute=attribute, value=found[attribute]))
        found[attribute] = value
    if found.get(KIND) == MEETING or (BODY in found and KIND not in found and found[BODY] != "none"):
        found.setdefault(KIND, MEETING)
    return found


def _paper_words(rules: RuleSet) -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for attribute in rules.vocabulary.attributes.values():
        if attribute.boolean:
            for name in _names(attribute.id, attribute.label):
                names.setdefault(name, (attribute.id, "true"))
            continue
        for value in attribute.values:
            for name in _names(value.id, value.label):
                names.setdefault(name, (attribute.id, value.id))
            if attribute.id == "name":
                names.setdefault(f"以{value.label.zh}名义", (attribute.id, value.id))
    for body in rules.vocabulary.bodies.values():
        if BODY in rules.vocabulary.attributes and body.id in rules.vocabulary.attributes[BODY].domain:
            for alias in body.label.aliases:
                names.setdefault(alias, (BODY, body.id))
    return names


def _one_word(rules: RuleSet, names: Mapping[str, tuple[str, str]], word: str) -> tuple[str, str]:
    if "=" in word:
        left, right = word.split("=", 1)
        attributes = {a.id: a.label for a in rules.vocabulary.attributes.values()}
        attribute = rules.vocabulary.attributes[_find(left, attributes, say.ATTRIBUTE())]
        values = {v.id: v.label for v in attribute.values}
        return attribute.id, _find(right, values, say.VALUE_OF(attribute=attribute.id))
    if word in names:
        return names[word]
    raise say.refused(say.NO_PAPER_WORD(word=word), word, list(names))


def parse_absences(rules: RuleSet, cast: Cast, text: str) -> dict[str, str]:
    """`"市长:休假, 秘书长"` to officials and states; without a cause, out of town. Raises UsageError."""
    found: dict[str, str] = {}
    for word in _words(text.replace("：", ":")):
        name, _, cause = word.partition(":")
        official = parse_official(rules, cast, name)
        found[official] = _state(cause) if cause else "out_of_town"
    return found


_SHORT = {
    "外出": "out_of_town",
    "出差": "out_of_town",
    "离市": "out_of_town",
    "休假": "leave",
    "病假": "illness",
    "因病": "illness",
    "生病": "illness",
    "出访": "visit",
    "学习": "study",
    "挂职": "secondment",
    "停职": "suspension",
    "空缺": "vacancy",
}


def _state(text: str) -> str:
    if text in _SHORT:
        return _SHORT[text]
    labels = {s.id: Label(s.zh, s.en) for s in absence.STATES.values() if s.id != absence.PRESENT}
    return _find(text, labels, say.CAUSE(), list(_SHORT))


def parse_official(rules: RuleSet, cast: Cast, text: str) -> str:
    """An official by id, label (副市长甲), or an office's name or alias if it has one holder."""
    labels = {o.id: o.label for o in cast.officials}
    for office in rules.vocabulary.offices.values():
        holders = [o.id for o in cast.officials if o.office == office.id]
        if len(holders) == 1:
            labels[holders[0]] = Label(office.label.zh, office.label.en, (*office.label.aliases, office.id))
        elif text in (office.id, office.label.zh, office.label.en, *office.label.aliases) and holders:
            names = Said(", ".join(cast[h].label.en for h in holders), "、".join(cast[h].label.zh for h in holders))
            raise say.refused(say.SEVERAL_HOLDERS(text=text, names=names, holders=", ".join(holders)))
    return _find(text, labels, say.OFFICIAL())


def _find(text: str, labels: Mapping[str, Label], what: Said, more: Iterable[str] = ()) -> str:
    for ident, label in labels.items():
        if text in _names(ident, label):
            return ident
    known = [n for i, x in labels.items() for n in _names(i, x)]
    raise say.refused(say.NO_SUCH(what=what, text=text), text, [*known, *more])


def _names(ident: str, label: Label) -> tuple[str, ...]:
    return (ident, label.zh, label.en, *label.aliases)


def _words(text: str) -> list[str]:
    for separator in ",，、;；":
        text = text.replace(separator, " ")
    return text.split()
