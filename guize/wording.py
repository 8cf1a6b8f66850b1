"""What things are called in a sentence: offices, officials, acts, papers, absences, sets of actors."""

from __future__ import annotations

import re
from collections.abc import Iterable

from model import absence
from model import expressions as ex
from model.citations import Citation
from model.evaluation import Context
from model.norms import Norm
from model.ruleset import BODY, KIND, MEETING, NAME, URGENCY, RuleSet
from model.situation import Cast, Paper, Situation
from model.vocabulary import Label

NOBODY = "nobody"
DOCUMENT = "official_document"
NONE, NOTHING = "none", Label("无", "none")
"""The value of an attribute that has none of the others, and how it is mostly called."""
NEGATIONS = ("未", "无", "不", "非")
TURNED = {"选择": "未选择", "涉及": "不涉及", "认为": "不认为", "已": "未", "有": "无"}
"""How a Chinese phrase that begins so is denied; the longer beginnings come first."""
HELD = ("召开", "举办", "举行")
"""What is done of a kind that is no paper, at the end of its Chinese name: `工作会议的召开`."""
HAS = re.compile("(?<=[府门间会件议人])有(?![关权效限机])")
"""The verb of a phrase that says what somebody has: `部门之间有分歧`."""
OF_SEVERAL = re.compile(".+或.+的(?=[^的]{2}$)")
"""How a Chinese name of an attribute of several things begins: `议题或事项的内容`."""
NOT_OF = "不属于"
SHORT = 6
"""Chinese phrases so long at most are denied by one word before them."""


class Wording:
    """The words of one rule set in one language (`zh` or `en`)."""

    def __init__(self, rules: RuleSet, lang: str) -> None:
        self.rules, self.lang = rules, lang

    @property
    def zh(self) -> bool:
        return self.lang == "zh"

    def pick(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def label(self, label: Label) -> str:
        return label.get(self.lang)

    def list(self, parts: Iterable[str], word: str = "") -> str:
        """A list of names; `word` is 或/or or 和/and."""
        unique = list(dict.fromkeys(p for p in parts if p))
        if self.zh:
            return f"{word or '、'}".join(unique)
        if len(unique) < 2:
            return "".join(unique)
        return ", ".join(unique[:-1]) + f" {word or 'and'} " + unique[-1]

    # actors

    def actor(self, actor: str, at: Situation | None = None) -> str:
        """An official by his label in the cast, or an office, body, set or role."""
        if at is not None and actor in at.cast.ids:
            official = at.cast[actor]
            return self.label(official.label) if self.zh else self._the(official.label.en)
        name = self.rules.name(actor, self.lang)
        return name if self.zh else self._the(name)

    def office(self, official: str, at: Situation) -> str:
        if official not in at.cast.ids:
            return self.actor(official)
        office = self.rules.vocabulary.offices[at.cast[official].office]
        return self.label(office.label) if self.zh else self._the(office.label.en)

    @staticmethod
    def _the(name: str) -> str:
        return name if name.lower().startswith(("the ", "all ", "every ")) else f"the {name}"

    def actors(self, node: ex.ActorSet, joint: bool = False) -> str:
        """A set of actors in words."""
        match node:
            case ex.Name(name):
                if name == ex.PRINCIPAL:
                    return self.pick("该同志", "that official")
                return self.actor(name)
            case ex.Image("in_charge", of):
                inner = self.actors(of)
                if self.zh and "分管" in inner:
                    return inner
                return f"分管的{inner}" if self.zh else f"{inner} in charge"
            case ex.Image("present" | "absent" as function, of):
                word = {"present": ("在岗的", "present"), "absent": ("不在的", "absent")}[function]
                return f"{word[0]}{self.actors(of)}" if self.zh else f"{self.actors(of)} who is {word[1]}"
            case ex.Image(function, of):
                relation = self.label(self.rules.vocabulary.relations[function].label)
                inner = self.actors(of)
                return related(inner, counterpart(relation)) if self.zh else f"{self._the(relation)} of {inner}"
            case ex.When(of, condition):
                inner = self.actors(of)
                if isinstance(condition, ex.Reading):
                    return inner
                words = self.condition(condition)
                return f"{inner}（{words}时）" if self.zh else f"{inner} (if {words})"
            case ex.Union(parts):
                word = self.pick("和" if joint else "或", "and" if joint else "or")
                return self.list((self.actors(p, joint) for p in parts), word)
            case ex.Both(parts):
                return self.list((self.actors(p) for p in parts), self.pick("兼", "who is also"))
            case ex.Minus(left, right):
                one, two = self.actors(left), self.actors(right)
                if one == two:  # of one name, and not the same people
                    return self.pick(f"其他{one}", f"{one} (others)")
                return self.pick(f"{one}（不含{two}）", f"{one} (other than {two})")
        raise TypeError(type(node).__name__)

    # conditions

    def condition(self, node: ex.Cond) -> str:
        """A condition in words, close to its form."""
        v = self.rules.vocabulary
        match node:
            case ex.Const(value):
                return self.pick("一律" if value else "从不", "always" if value else "never")
            case ex.Flag(name):
                return self.label((v.terms.get(name) or v.attributes[name]).label)
            case ex.Is(attribute, values) if attribute == NAME and self.zh and NOBODY not in values:
                return f"以{self.list((self.value(NAME, x) for x in values), '或')}名义"
            case ex.Is(attribute, values):
                return self.list((self._said(attribute, x) for x in values), self.pick("或", "or"))
            case ex.IsNot(attribute, value):
                return self._other_than(attribute, value)
            case ex.Some(ex.Both((ex.Name(name), other))) if self.zh and name in v.roles:
                return f"{self.label(v.roles[name].label)}为{self.actors(other)}"
            case ex.Some(of):
                return self.pick("有", "there is ") + self.actors(of)
            case ex.Count(of, op, number):
                word = {">=": ("至少", "at least"), "<=": ("至多", "at most"), "=": ("恰有", "exactly")}[op]
                return self.pick(f"{self.actors(of)}{word[0]}{number}人", f"{word[1]} {number} of {self.actors(of)}")
            case ex.Reading(reading, choice):
                return self.reading(reading, choice)
            case ex.Not(of):
                return self.pick(_negated(self.condition(of)), f"not ({self.condition(of)})")
            case ex.And(parts):
                return self._every(parts)
            case ex.Or(parts):
                return self._either(parts)
        raise TypeError(type(node).__name__)

    def _every(self, parts: Iterable[ex.Cond]) -> str:
        """All of several conditions. Where one of them has alternatives, commas keep the others apart from those."""
        kind, parts = self._held(tuple(parts))
        said = [*((k, False) for k in kind), *((self._inner(p), _alternatives(p)) for p in parts)]
        if not any(several for _, several in said):
            return self.list((text for text, _ in said), self.pick("且", "and"))
        if self.zh:
            return self.list((text for text, _ in said), "，且")
        return self.list((f"({text})" if several else text for text, several in said), "and")

    def _held(self, parts: tuple[ex.Cond, ...]) -> tuple[list[str], tuple[ex.Cond, ...]]:
        """What is of a meeting, in Chinese: `召集和主持市政府全体会议`, `常务会议的纪要`; and what else is asked."""
        kinds = [p for p in parts if isinstance(p, ex.Is) and p.attribute == KIND and len(p.values) == 1]
        bodies = [p for p in parts if isinstance(p, ex.Is) and p.attribute == BODY and NONE not in p.values]
        if not self.zh or len(kinds) != 1 or len(bodies) != 1:
            return [], parts
        ((kind,), which) = kinds[0].values, self.list((self.value(BODY, b) for b in bodies[0].values), "或")
        told = f"召集和主持{which}" if kind == MEETING else f"{which}的{self.value(KIND, kind)}"
        return [told], tuple(p for p in parts if p not in (kinds[0], bodies[0]))

    def _inner(self, part: ex.Cond) -> str:
        """One of several conditions that all hold; one with alternatives of several parts says where they end."""
        text = self.condition(part)
        if self.zh and isinstance(part, ex.Or) and "；或者" in text:
            return f"符合下列情形之一（{text.replace('；或者', '；')}）"
        return text

    def _either(self, parts: Iterable[ex.Cond]) -> str:
        """One of several conditions; those that are themselves of several parts stand apart."""
        parts = tuple(parts)
        told = [self.condition(p) for p in parts]
        if not any(isinstance(p, ex.And) or t.startswith(NOT_OF) for p, t in zip(parts, told, strict=True)):
            return self.list(told, self.pick("或", "or"))
        if self.zh:
            return self.list(told, "；或者")
        return self.list((f"({t})" if isinstance(p, ex.And) else t for t, p in zip(told, parts, strict=True)), "or")

    def _other_than(self, attribute: str, value: str) -> str:
        """Any value but one: in Chinese the others by name, where the one is a negation itself."""
        others = [v.id for v in self.rules.vocabulary.attributes[attribute].values if v.id != value]
        label = self.value(attribute, value)
        if value == NONE and label in (NOTHING.zh, NOTHING.en):
            name = self.attribute(attribute)
            return self.pick(f"有{name}", f"some {name}")
        if self.zh and label.startswith(NEGATIONS) and len(others) <= 3:
            return self.list((self.value(attribute, x) for x in others), "或")
        return self.pick("非", "not ") + label

    def _said(self, attribute: str, value: str) -> str:
        """A value as a condition: with its attribute, where it says nothing alone."""
        told, name = self.value(attribute, value), self.attribute(attribute)
        if value != NONE:
            return told
        if told in (NOTHING.zh, NOTHING.en):
            zh = f"不涉及{name.removeprefix('所涉')}" if name.startswith("所涉") else f"无{name}"
            return self.pick(zh, f"no {name}")
        return self.pick(f"{name}为{told}", f"{name}: {told}")

    def attribute(self, attribute: str) -> str:
        """What an attribute is called; in Chinese without what it is of, where that is said at length."""
        label = self.rules.vocabulary.attributes[attribute].label
        return self.pick(OF_SEVERAL.sub("", label.zh), label.en)

    def value(self, attribute: str, value: str) -> str:
        found = self.rules.vocabulary.attributes[attribute]
        return next((self.label(x.label) for x in found.values if x.id == value), value)

    def reading(self, reading: str, choice: str) -> str:
        spec = self.rules.vocabulary.readings[reading]
        chosen = next(c for c in spec.choices if c.id == choice)
        quote = within(spec.citation.quote)
        if self.zh:
            return f"“{quote}”读作“{chosen.label.zh}”" if quote else f"{spec.label.zh}：{chosen.label.zh}"
        return f"'{quote}' read as '{chosen.label.en}'" if quote else f"{spec.label.en}: {chosen.label.en}"

    # acts, places, absences

    def act(self, act: str) -> str:
        found = self.rules.vocabulary.acts.get(act)
        return self.label(found.label) if found else act

    def place(self, citation: Citation) -> str:
        return citation.place(self.lang)

    def passage(self, citation: Citation) -> str:
        """A place with the phrase cited there, if there is one."""
        place, quote = self.place(citation), within(citation.quote)
        return self.pick(f"{place}“{quote}”", f"{place} ('{quote}')") if quote else place

    def places(self, norms: Iterable[str]) -> str:
        return self.list(self.place(self.rules.lookup(n).citation) for n in norms)

    def of(self, norm: Norm) -> str:
        """A norm by its place and its gloss."""
        gloss = self.label(norm.label)
        return (
            f"{self.place(norm.citation)}{f'（{gloss}）' if self.zh else f' ({gloss})'}"
            if gloss
            else self.place(norm.citation)
        )

    def state(self, state: str) -> str:
        found = absence.STATES[state]
        return found.zh if self.zh else found.en

    def absences(self, at: Situation) -> str:
        """Who is absent and why: `市长外出、常务副市长因病`, `市长、常务副市长同时外出`."""
        parts = []
        states = {at.state(o) for o in at.absent}
        if len(at.absent) > 1 and len(states) == 1:
            (state,) = states
            who = self.list(self.actor(o, at) for o in at.absent)
            each = "all" if len(at.absent) > 2 else "both"
            if state == absence.VACANCY:
                return self.pick(f"{who}职位同时空缺", f"the posts of {who} are {each} vacant")
            return self.pick(f"{who}同时{self.state(state)}", f"{who} are {each} {self.state(state)}")
        for o in at.absent:
            state = at.state(o)
            if state == absence.VACANCY:
                parts.append(self.pick(f"{self.actor(o, at)}职位空缺", f"the post of {self.actor(o, at)} is vacant"))
            else:
                parts.append(
                    self.pick(f"{self.actor(o, at)}{self.state(state)}", f"{self.actor(o, at)} is {self.state(state)}")
                )
        return self.list(parts)

    # papers

    def paper(self, at: Situation, more: Iterable[str] = ()) -> str:
        """The paper at hand by kind, name and everything that is not plain about it, and what `more` is to be said."""
        v = self.rules.vocabulary.attributes
        given = {a: at.value(self.rules, a) for a in v}
        kind = self.value(KIND, given[KIND]) if KIND in v else self.pick("文件", "paper")
        extras = [self._extra(a, given[a]) for a in v if a not in (KIND, NAME) and given[a] != v[a].plainest]
        extras += [*self._requesters(at), *more]
        name = given.get(NAME, NOBODY)
        body = given.get(BODY, "none")
        if body != "none":
            extras = [e for e in extras if e != self._extra(BODY, body)]
        words = "；".join(extras) if self.zh else "; ".join(extras)
        meeting = body != "none" and given[KIND] == MEETING
        if self.zh:
            issued = "制发" if self._document(given) else ""
            text = _in_the_name_of(self.value(NAME, name), issued, kind) if name != NOBODY else kind
            if body != "none":
                text = self.value(BODY, body) if meeting else f"{self.value(BODY, body)}的{kind}"
            return f"{text}（{words}）" if words else text
        noun = re.split(r" (?:for|of|to|on|in)\b", kind)[0]
        plural = noun.endswith("s") and not noun.endswith("ss")
        if not plural and not kind.startswith(("a ", "an ", "the ")):
            kind = f"an {kind}" if kind[0].lower() in "aeiou" else f"a {kind}"
        text = f"{kind} in the name of {self.value(NAME, name)}" if name != NOBODY else kind
        if body != "none":
            text = f"the {self.value(BODY, body)}" if meeting else f"{kind} of the {self.value(BODY, body)}"
        return f"{text} ({words})" if words else text

    def _requesters(self, at: Situation) -> list[str]:
        """Who asks, of papers that somebody puts in for himself."""
        roles = self.rules.vocabulary.roles
        holders = {r: at.paper.roles[r] for r in roles if roles[r].requester and r in at.paper.roles}
        return [
            self.pick(f"{self.label(roles[r].label)}：", f"{self.label(roles[r].label)}: ") + self.actor(o, at)
            for r, o in holders.items()
        ]

    def _document(self, given: dict[str, str]) -> bool:
        """Whether papers of this kind are issued as official documents (background vocabulary)."""
        if DOCUMENT not in self.rules.vocabulary.terms:
            return True
        paper = Paper({**given, NAME: "government"})
        return Context(self.rules, Situation(Cast(()), paper)).holds(ex.Flag(DOCUMENT))

    def _extra(self, attribute: str, value: str) -> str:
        found = self.rules.vocabulary.attributes[attribute]
        if found.boolean:
            return self.label(found.label)
        if attribute in (URGENCY,):
            return self.value(attribute, value)
        return self.pick("{}：{}", "{}: {}").format(self.attribute(attribute), self.value(attribute, value))


def _in_the_name_of(name: str, issued: str, kind: str) -> str:
    """`以政府名义制发的通知`; of something held, as one holds it: `以政府名义召开工作会议`."""
    what, of, verb = kind.rpartition("的")
    if of and verb in HELD:
        return f"以{name}名义{verb}{what}"
    return f"以{name}名义{issued}{'' if kind.startswith('对外') else '的'}{kind}"


def within(quote: str) -> str:
    """A phrase as it stands between quotation marks: those of its own become single ones."""
    return quote.replace("“", "‘").replace("”", "’")


def counterpart(relation: str) -> str:
    """Who is at the other end of a relation, in Chinese: `工作互补一方`; a relation may name a person itself."""
    return relation if relation.endswith(("人", "者", "员")) else f"{relation}一方"


def related(one: str, relation: str) -> str:
    """`市长的AB角`, in Chinese; `市长指定主持日常工作的人`."""
    return f"{one}{'' if relation.startswith('指定') else '的'}{relation}"


def _negated(text: str) -> str:
    """A Chinese phrase denied as one would write it; as a case, where a word before it could miss a part of it."""
    if not any(c in text for c in "且或、，（"):
        for beginning, denied in TURNED.items():
            if text.startswith(beginning):
                return denied + text[len(beginning) :]
        if len(HAS.findall(text)) == 1:
            return HAS.sub("没有", text)
        if len(text) <= SHORT and not text.startswith(NEGATIONS):
            return "非" + text
    return f"{NOT_OF}{text.removesuffix('的情形')}的情形"


def _alternatives(node: ex.Cond) -> bool:
    """Whether a condition reads as one of several."""
    return isinstance(node, ex.Or) or (isinstance(node, ex.Is) and len(node.values) > 1)


def capital(text: str) -> str:
    """With a capital first letter; Chinese stays as it is."""
    return text[:1].upper() + text[1:]
