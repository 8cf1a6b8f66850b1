"""What a revision changes, in sentences: where first, then what was, then what is, by which articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guize.drawing.views import CAUSES
from guize.sentences import sentence
from guize.terminal.norms import FORM_NAMES, STRENGTH_NAMES
from guize.wording import Wording
from model import absence, effects
from model import expressions as ex
from model import revision as rv
from model.effects import Claim
from model.norms import UNITS, Bound, Cadence, Deontic, Norm, Power, Route, Step
from model.ruleset import NAME, RuleSet
from model.situation import Situation
from model.vocabulary import Label, Strength
from proofs.expressions import NOBODY
from proofs.findings import Finding
from proofs.impact.records import POSSIBLE, Hands, Impact, Shift
from proofs.session import Cube

KIND_NAMES: dict[str, Label] = {
    effects.DEMAND: Label("由谁办理", "who acts"),
    effects.STAND_IN: Label("不在时由谁代行", "who stands in"),
    effects.DEONTIC: Label("义务、禁止和许可", "duties, prohibitions, permissions"),
    effects.ORDER: Label("程序先后", "order of steps"),
    effects.LIMIT: Label("时限", "time limits"),
    effects.CADENCE: Label("周期", "cadences"),
    effects.PART: Label("会议组成", "who takes part in meetings"),
    effects.DEPARTURE: Label("不得同时缺席（原则上）", "not absent at once (in principle)"),
    effects.ASKS: Label("为自己的事项报请", "who asks for himself"),
    effects.NATURE: Label("行为的性质", "the nature of acts"),
    POSSIBLE: Label("可能出现的情形", "which situations can occur"),
}
CHANGE_NAMES: dict[str, Label] = {
    rv.ADDED: Label("新增", "added"),
    rv.REMOVED: Label("删去", "removed"),
    rv.CHANGED: Label("修改", "changed"),
    rv.WORDING: Label("仅文字", "wording only"),
}
_MOST_VALUES = 5
_MARKS = {"decisive": Label("为决定行为", "decides"), "scrutiny": Label("为审核把关行为", "is a look at the paper")}


class Telling:
    """One revision in one language."""

    def __init__(self, found: Impact, lang: str) -> None:
        self.found, self.lang = found, lang
        self.words = Wording(found.revision.union, lang)
        self.old, self.new = Wording(found.revision.old, lang), Wording(found.revision.new, lang)

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def label(self, label: Label) -> str:
        return label.get(self.lang)

    def marked(self, mark: str, text: str) -> str:
        """A text behind its mark. Chinese is broken into lines at blanks only, so there is none after the mark."""
        return self.pick(f"{mark}{text}", f"{mark} {text}")

    def finding(self, finding: Finding, of: RuleSet) -> str:
        """A finding of a version that comes or goes; of one with a cause known before, that it reaches further."""
        told = sentence(of, finding, self.lang)
        if self.found.findings is None or self.found.findings.was(finding) is None:
            return told
        return told + self.pick(
            "同一原因的问题修订前已有，但其中有的情形修订前没有问题。",
            " The same cause was there before the revision, but some of these situations were without it.",
        )

    # the head

    def verdict(self) -> str:
        """Whether anything changes in effect, in one sentence, with the bounds it is proved within."""
        found = self.found
        if found.identical:
            return self.pick(
                "效力没有变化：两个版本的规范逐项相同，只有位置、引文、名称或顺序不同。",
                "Nothing changes in effect: norm for norm both versions say the same; at most places, quotations, "
                "names or order differ.",
            )
        bounds = self.pick(f"同时缺席不超过{found.absences}人的范围内", f"with at most {found.absences} absent at once")
        if not found.shifts and found.unknown:
            return self.pick("未发现变化，但有问题未能判定。", "No change was found, but some questions are open.")
        if not found.shifts:
            return self.pick(
                f"效力没有变化：已证明在{bounds}，两个版本在任何情形下的结果都相同。",
                f"Nothing changes in effect: proved, {bounds}, for every situation.",
            )
        places = sum(len(s.regions) for s in found.shifts)
        whole = all(s.complete for s in found.shifts) and not found.unknown
        tail = (
            self.pick("此外的情形已证明没有变化", "everywhere else nothing changes, which is proved")
            if whole
            else self.pick("部分变化的范围未列全", "some of the changes reach further than is listed")
        )
        return self.pick(
            f"效力有{len(found.shifts)}项变化，涉及{places}类情形（{bounds}；{tail}）。",
            f"{len(found.shifts)} changes in effect, in {places} classes of situations ({bounds}; {tail}).",
        )

    # shifts

    def shift(self, shift: Shift) -> str:
        """What changes, without where."""
        match shift.topic.kind:
            case effects.DEMAND:
                return self._demand(shift)
            case effects.STAND_IN:
                return self._stand_in(shift)
            case effects.ORDER:
                return self._versus(shift, self._order)
            case effects.LIMIT:
                return self._versus(shift, self._limit)
            case effects.DEONTIC | effects.CADENCE | effects.PART | effects.DEPARTURE:
                return self._versus(shift, lambda words, claim: self._norm(words, words.rules.lookup(claim[0])))
            case effects.ASKS:
                name = self.words.actor(shift.topic.subject[0])
                return self._simple(shift, self.pick(f"{name}为自己的事项报请", f"{name} asks for himself"))
            case effects.NATURE:
                return self._nature(shift)
        return self._possible(shift)

    def _demand(self, shift: Shift) -> str:
        act = self.words.act(shift.topic.subject[0])
        one = self.words.list(self._power(self.old, c) for c in shift.lost)
        two = self.words.list(self._power(self.new, c) for c in shift.gained)
        if one and two:
            told = self.pick(f"原由{one}，现由{two}。", f"was up to {one}; is up to {two}.")
        elif one:
            told = self.pick(f"不再由{one}办理。", f"no longer up to {one}.")
        else:
            told = self.pick(f"增加由{two}办理。", f"now also up to {two}.")
        said = f"{act}{self.pick('：', ': ')}{told}"
        for hands in shift.hands:
            if hands.wanted_after and not hands.after and hands.before:
                said += self.pick("改后无人可办。", " After it, nobody may.")
            elif hands.wanted_before and not hands.before and hands.after:
                said += self.pick("原来无人可办。", " Before it, nobody might.")
        return said

    def _power(self, words: Wording, claim: Claim) -> str:
        power = words.rules.powers[claim[0]]
        return f"{self._named(words, power)}{self._at(words, power)}"

    def _named(self, words: Wording, power: Power) -> str:
        who = words.actors(power.by, power.joint)
        joint = self.pick("（共同）", " jointly") if power.joint else ""
        may = self.pick("（可）", " (may)") if power.may else ""
        said = not power.may or power.strength is not Strength.DISCRETIONARY  # which is what `may` says already
        strength = "" if power.strength is Strength.STRICT else f"（{self.label(STRENGTH_NAMES[power.strength])}）"
        strength = strength if said else ""
        if power.delegation is not None:
            giver = words.actors(power.delegation)
            may += self.pick(f"（经{giver}授权）", f" (authorised by {giver})")
        return f"{who}{joint}{may}{strength}"

    def _stand_in(self, shift: Shift) -> str:
        seat, actor = shift.topic.subject
        acts = self.words.list(self.words.act(c[0]) for c in (*shift.lost, *shift.gained))
        if seat in self.found.revision.union.vocabulary.bodies:
            who = self.words.actor(seat)
            if shift.lost:
                return self.pick(
                    f"{who}原可召开并{acts}，改后无人可召集主持",
                    f"{who} could meet to {acts}; now nobody may chair it",
                )
            return self.pick(
                f"{who}原无人可召集主持，改后可召开并{acts}",
                f"nobody could chair {who}; now it can meet to {acts}",
            )
        one, two = (self.words.actor(a, shift.witness) for a in (seat, actor))
        if shift.lost:
            return self.pick(
                f"{two}原可代{one}{acts}，改后不可", f"{two} could {acts} in the stead of {one}, and no longer may"
            )
        return self.pick(f"{two}原不可代{one}{acts}，改后可以", f"{two} may now {acts} in the stead of {one}")

    def _order(self, words: Wording, claim: Claim) -> str:
        first, second = (words.rules.powers[c] for c in claim[-2:])
        one, two = (
            f"{words.actors(p.by, p.joint)}{'' if words.zh else ': '}{words.act(p.act)}" for p in (first, second)
        )
        pair = next(p for p in effects.pairs(words.rules) if p.claim == claim)
        said = {
            effects.BEFORE: (f"先{one}，后{two}", f"{one} comes before {two}"),
            effects.BESIDE: (f"{one}与{two}不分先后", f"{one} and {two} in either order"),
            effects.BACK: (f"{one}时可退回至{two}", f"{one} may send it back to {two}"),
            effects.APART: (f"{one}与{two}不得由同一人办理", f"{one} and {two} not by one person"),
        }[pair.relation]
        return self.pick(*said) + self._at(words, first)

    def _limit(self, words: Wording, claim: Claim) -> str:
        bound, route = words.rules.norms[claim[0]], words.rules.routes[claim[1]]
        assert isinstance(bound, Bound)
        steps = {s.id: words.act(s.power.act) for s in route.steps}
        start, end = (steps.get(e) or self._event(e) for e in (bound.start, bound.end))
        kind = self.pick("不超过" if bound.ceiling else "不少于", "at most" if bound.ceiling else "at least")
        if bound.amount is None:
            kind, much = "", self.pick("及时（无确定期限）", "without a definite length")
        else:
            much = f"{bound.amount}{'' if words.zh else ' '}{self.label(UNITS[bound.unit])}"
        name = words.label(route.label) or route.id
        lapse = self.pick("，逾期视为同意", ", deemed consent on expiry") if bound.expiry == "deemed_consent" else ""
        return self.pick(
            f"{name}自{start}至{end}{kind}{much}{lapse}", f"{name}: from {start} to {end} {kind} {much}{lapse}"
        ) + self._at(words, bound)

    def _event(self, event: str) -> str:
        return {"start": self.pick("开始", "the start"), "end": self.pick("办结", "the end")}.get(event, event)

    def _norm(self, words: Wording, norm: Norm) -> str:
        """A norm by its form and its gloss, or by what it says where it has none."""
        form = words.label(FORM_NAMES[norm.modality if isinstance(norm, Deontic) else norm.form])
        gloss = words.label(norm.label)
        if isinstance(norm, Deontic):
            who = words.actors(norm.by) if norm.by is not None else self.pick("（未指明主体）", "somebody")
            said = f"{who}{'' if words.zh else ' / '}{words.act(norm.act)}"
        elif isinstance(norm, Cadence) and norm.amount:
            what = words.actor(norm.body) if norm.body else f"{norm.route}.{norm.step}"
            unit = self.label(UNITS[norm.unit])
            often = unit.removeprefix("个") if norm.amount == 1 else f"{norm.amount}{unit}"
            said = self.pick(f"{what}每{often}一次", f"{what} every {norm.amount} {unit}")
        else:
            said = gloss or norm.id
        strength = (
            ""
            if norm.strength is Strength.STRICT
            else self.pick("，", ", ") + self.label(STRENGTH_NAMES[norm.strength])
        )
        return f"{form}{self.pick('“', ' “')}{said}”{strength}{self._at(words, norm)}"

    def _nature(self, shift: Shift) -> str:
        act = shift.topic.subject[0]
        found = []
        for rules in (self.found.revision.old, self.found.revision.new):
            marks = sorted(effects.natures(rules).get(act, ()))
            shown = [self.label(_MARKS[m]) if m in _MARKS else self._excluded(m) for m in marks]
            found.append(self.words.list(shown) or self.pick("无特别性质", "nothing in particular"))
        one, two = found
        name = self.words.act(act)
        return self.pick(f"{name}：原{one}，现{two}", f"{name}: was “{one}”, is “{two}”")

    def _excluded(self, mark: str) -> str:
        act = self.words.act(mark.removeprefix("excludes "))
        return self.pick(f"与{act}互斥", f"excludes {act}")

    def _possible(self, shift: Shift) -> str:
        kind, _, name = shift.topic.subject[0].partition(".")
        revision = self.found.revision
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
            if entry is not None and self.label(entry):
                label = self.label(entry)
                break
        what = {
            "fact": self.pick("背景事实", "background fact"),
            "exclusion": self.pick("不得同时缺席的规定", "rule against absence at once"),
            "role": self.pick("文件中的角色", "part in the paper"),
            "relation": self.pick("人员关系", "relation of officials"),
            "values": self.pick("取值", "values"),
        }[kind]
        return self.pick(
            f"因{what}“{label}”，{'原可能出现、改后不会出现' if shift.lost else '原不会出现、改后可能出现'}",
            f"by the {what} “{label}” such situations {'can no longer occur' if shift.lost else 'can occur now'}",
        )

    def _simple(self, shift: Shift, said: str) -> str:
        return self.pick(f"原：{said}；改后不再如此" if shift.lost else f"改后：{said}；原来没有",
                         f"{said}: before only" if shift.lost else f"{said}: now only")  # fmt: skip

    def _versus(self, shift: Shift, say: Callable[[Wording, Claim], str]) -> str:
        """What the lost claims said against what the gained ones say."""
        one = self.words.list(say(self.old, c) for c in shift.lost)
        two = self.words.list(say(self.new, c) for c in shift.gained)
        if one and two:
            return self.pick(f"原为：{one}；现为：{two}。", f"was: {one}; is: {two}.")
        if one:
            return self.pick(f"不再有：{one}。", f"no longer: {one}.")
        return self.pick(f"新增：{two}。", f"new: {two}.")

    def _at(self, words: Wording, norm: Norm) -> str:
        place = words.place(norm.citation)
        return f"（{place}）" if words.zh else f" ({place})"

    # where

    def example(self, shift: Shift) -> str:
        """The plainest situation, and who loses and gains the acts there."""
        at = shift.witness
        when = self.words.absences(at)
        paper = self.words.paper(at)
        said = self.pick(f"{f'{when}，' if when else ''}{paper}", f"{paper}{f' when {when}' if when else ''}")
        return said + "".join(self._hands(h, at) for h in shift.hands if h.gains or h.loses)

    def _hands(self, hands: Hands, at: Situation) -> str:
        act = self.words.act(hands.act)
        one, two = (self.words.list(self.words.actor(a, at) for a in x or ()) for x in (hands.before, hands.after))
        nobody = self.pick("无人", "nobody")
        return self.pick(
            f"；可{act}者：{one or nobody} → {two or nobody}", f"; may {act}: {one or nobody} → {two or nobody}"
        )

    def where(self, cube: Cube) -> str:
        """A region in words: the papers, then who is away, then what was delegated and how the text is read."""
        parts = [self._part(key, allowed) for key, allowed in sorted(cube.items(), key=lambda x: _RANK[x[0][0]])]
        return self.pick("，", "; ").join(filter(None, parts)) or self.pick("一切情形", "every situation")

    def _part(self, key: tuple[str, ...], allowed: frozenset[str]) -> str:
        match key:
            case ("paper", attribute):
                return self._values(attribute, allowed)
            case ("state", official):
                return self._state(official, allowed)
            case ("touches", official):
                who = self._official(official)
                yes = "yes" in allowed
                return self.pick(
                    f"{'属' if yes else '不属'}{who}分管", f"{'in' if yes else 'not in'} the portfolio of {who}"
                )
            case ("reading", reading):
                return self.words.list((self.words.reading(reading, c) for c in sorted(allowed)), self.pick("或", "or"))
            case ("role", role):
                who = self._either(allowed)
                return f"{self.label(self.words.rules.vocabulary.roles[role].label)}{self.pick('为', ': ')}{who}"
            case ("relation", relation, official):
                name = self.label(self.words.rules.vocabulary.relations[relation].label)
                who = self._either(allowed)
                return self.pick(
                    f"{self._official(official)}的{name}一方为{who}", f"{name} of {self._official(official)}: {who}"
                )
            case (kind, norm, official):
                return self._delegated(kind, norm, official, "yes" in allowed)
        return ".".join(key)

    def _delegated(self, kind: str, norm: str, official: str, given: bool) -> str:
        place = self.words.of(self.words.rules.lookup(norm))
        who = self._official(official)
        word = self.pick(
            "授权" if kind == "authorisation" else "委托", "authorised" if kind == "authorisation" else "delegated"
        )
        return self.pick(
            f"{who}{'已' if given else '未'}按{place}{word}", f"{who} has {'' if given else 'not '}{word} ({place})"
        )

    def _either(self, allowed: Iterable[str]) -> str:
        names = [self._official(a) if a != NOBODY else self.pick("无", "none") for a in sorted(allowed)]
        return self.words.list(names, self.pick("或", "or"))

    def _official(self, official: str) -> str:
        if not self.found.shifts:
            return self.words.actor(official)
        return self.words.actor(official, self.found.shifts[0].witness)

    def _values(self, attribute: str, allowed: frozenset[str]) -> str:
        found = self.words.rules.vocabulary.attributes[attribute]
        name = self.label(found.label)
        if found.boolean:
            if len(allowed) > 1:
                return ""
            yes = "true" in allowed
            return name if yes else self.pick(f"非“{name}”", f"not “{name}”")
        mine = [v for v in found.domain if v in allowed]
        rest = [v for v in found.domain if v not in allowed]
        colon = self.pick("：", ": ")
        prefix = self.pick("名义", "in the name of") if attribute == NAME else name
        if not rest:
            return ""
        if len(rest) < len(mine) and len(rest) <= _MOST_VALUES:
            return (
                f"{prefix}{colon}{self.pick('除', 'other than ')}{self._listed(attribute, rest)}{self.pick('以外', '')}"
            )
        if len(mine) > _MOST_VALUES:
            more = self.pick(f"等{len(mine)}种", f" ({len(mine)} in all)")
            return f"{prefix}{colon}{self._listed(attribute, mine[:_MOST_VALUES])}{more}"
        return f"{prefix}{colon}{self._listed(attribute, mine)}"

    def _listed(self, attribute: str, values: Iterable[str]) -> str:
        return self.words.list((self.words.value(attribute, v) for v in values), self.pick("、", "or"))

    def _state(self, official: str, allowed: frozenset[str]) -> str:
        who = self._official(official)
        away = allowed - {absence.PRESENT}
        if not away:
            return self.pick(f"{who}在岗", f"{who} is present")
        there = self.pick("在岗或", "present or ") if absence.PRESENT in allowed else ""
        return self.pick(f"{who}{there}{self._causes(away)}", f"{who} is {there}{self._causes(away)}")

    def _causes(self, states: frozenset[str]) -> str:
        if states == frozenset(absence.ABSENT_STATES):
            return self.pick("不在", "absent")
        gone = frozenset(absence.ABSENT_STATES) - states
        if len(gone) < len(states):
            shown = self.words.list(
                (self.words.state(s) for s in absence.ABSENT_STATES if s in gone), self.pick("、", "or")
            )
            return self.pick(f"不在（{shown}除外）", f"absent (other than {shown})")
        return self.words.list(
            (self.words.state(s) for s in absence.ABSENT_STATES if s in states), self.pick("、", "or")
        )

    # text

    def change(self, change: rv.NormChange) -> str:
        """A changed norm by its place and gloss."""
        words = self.new if change.new is not None else self.old
        norm = change.new or change.old
        assert norm is not None
        return self._norm(words, norm) if not words.label(norm.label) else words.of(norm)

    def fields(self, change: rv.NormChange) -> list[str]:
        """What differs between the two versions of a norm, field by field, in words where there are any."""
        found = self._whole_steps(change)
        whole = _steps_of(change.old) ^ _steps_of(change.new)
        for each in change.fields:
            step, _, name = each.field.rpartition(": ")
            if name in _SILENT or step in whole:
                continue
            one, two = (
                self._field(words, norm, step, name) or text or "—"
                for words, norm, text in ((self.old, change.old, each.old), (self.new, change.new, each.new))
            )
            label = self.label(_FIELDS[name]) if name in _FIELDS else name
            where = f"{self._act_of(change.new, step)}{self.pick('一步：', ': ')}" if step else ""
            found.append(f"{where}{label}{self.pick('：', ': ')}{one} → {two}")
        if change.through:
            names = self.words.list(change.through)
            found.append(self.pick(f"所用概念有改动：{names}", f"what it speaks of was changed: {names}"))
        return found

    def _whole_steps(self, change: rv.NormChange) -> list[str]:
        """The steps that a route has in one version only."""
        one, two = _steps_of(change.old), _steps_of(change.new)
        gone = [
            self.pick("删去步骤：", "step removed: ") + self._step(self.old, change.old, s) for s in sorted(one - two)
        ]
        come = [
            self.pick("新增步骤：", "step added: ") + self._step(self.new, change.new, s) for s in sorted(two - one)
        ]
        return gone + come

    def _step(self, words: Wording, norm: Norm | None, step: str) -> str:
        """A step of a route by who does what; its id where there is none such."""
        power = next((s.power for s in norm.steps if s.id == step), None) if isinstance(norm, Route) else None
        if power is None:
            return step
        who = words.actors(power.by, power.joint)
        return self.pick(f"{who}{words.act(power.act)}", f"{who}: {words.act(power.act)}")

    def _act_of(self, norm: Norm | None, step: str) -> str:
        """What a step of the newer version does."""
        found = next((s.power.act for s in norm.steps if s.id == step), None) if isinstance(norm, Route) else None
        return self.new.act(found) if found else step

    def _field(self, words: Wording, norm: Norm | None, step: str, name: str) -> str:
        """One field in words; nothing where only its text can be shown."""
        record: Norm | Step | None = norm
        if step and isinstance(norm, Route):
            of = next((s for s in norm.steps if s.id == step), None)
            record = of if name in ("after", "back_to") else of.power if of else None
        value = getattr(record, name, None)
        try:
            match value:
                case bool():
                    return self.pick("是" if value else "否", "yes" if value else "no")
                case tuple() if name in ("residual_to", "prevails", "yields"):
                    return words.list(words.of(words.rules.lookup(n)) for n in value)
                case tuple() if name == "under":
                    return words.list(words.reading(r, c) for r, c in value)
                case tuple() if name == "after":
                    return words.list(self._step(words, norm, s) for s in value)
                case str() if name == "back_to":
                    return self._step(words, norm, value)
                case str() if name == "expiry":
                    return self.label(_EXPIRIES[value]) if value in _EXPIRIES else value
                case ex.ActorSet():
                    return words.actors(value)
                case ex.Cond():
                    return words.condition(value)
                case Strength():
                    return self.label(STRENGTH_NAMES[value])
                case str() if name == "unit":
                    return self.label(UNITS[value])
                case str() if name == "act":
                    return words.act(value)
                case tuple() if name == "causes":
                    return words.list(self.label(CAUSES[c]) for c in value)
                case tuple() if name == "acts" and "*" not in value:
                    return words.list(words.act(a) for a in value)
        except TypeError:  # no words for this expression
            return ""
        if isinstance(record, Norm):
            match name:
                case "at":
                    return words.place(record.citation)
                case "quote":
                    return self.pick("；", "; ").join(f"“{c.quote}”" for c in record.citations if c.quote)
        return ""

    def consequence(self, change: rv.NormChange, effects_: Iterable[int]) -> str:
        """The numbers of the changes in effect that the norm is to blame for, or that it has none."""
        numbers = [str(i + 1) for i in effects_]
        if numbers:
            return "→ " + self.pick("、", ", ").join(numbers)
        if change.kind == rv.WORDING:
            return ""
        return self.pick("（没有算得的效力变化）", "(no computed effect)")

    def blame(self, shift: Shift) -> str:
        """The changed norms that bring a change about."""
        revision, found = self.found.revision, []
        for norm in shift.blame:
            rules = revision.new if norm in {*revision.new.norms, *revision.new.powers} else revision.old
            words = self.new if rules is revision.new else self.old
            found.append(words.of(rules.lookup(norm)))
        return self.pick("起因：", "because of: ") + self.words.list(found)

    def suggestion(self, each: rv.Suggestion) -> str:
        one, two = self.old.actor(each.old), self.new.actor(each.new)
        option = f"--same {each.old}={each.new}"
        return self.pick(
            f"“{one}”不再出现而新有“{two}”；如是同一职务或机构改名，请加 {option}",
            f"{one} is gone and {two} has come; if that is a new name, add {option}",
        )

    def name(self, change: rv.NameChange) -> str:
        label = change.new or change.old
        assert label is not None
        return f"{self.label(_TABLES[change.table])}{self.pick('“', ' “')}{self.label(label)}”"


def _steps_of(norm: Norm | None) -> frozenset[str]:
    return frozenset(s.id for s in norm.steps) if isinstance(norm, Route) else frozenset()


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
_RANK = {
    k: i
    for i, k in enumerate(("paper", "touches", "role", "state", "relation", "delegation", "authorisation", "reading"))
}
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
