"""A revision as drafters compare it (现行, 修改后, 说明), with a fourth column: what each change does in effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both, Count
from guize.report.clauses import saying
from guize.sentences import sentence
from guize.sentences.revision import CHANGE_NAMES, KIND_NAMES, Telling
from guize.terminal.audit import CHECK_NAMES
from guize.terminal.norms import FORM_NAMES, STRENGTH_NAMES
from guize.terminal.prove import STATUS_NAMES
from guize.wording import Wording, within
from model.norms import UNITS, Bound, Cadence, Deontic, Norm, Route
from model.revision import NormChange
from model.ruleset import RuleSet
from model.vocabulary import Label
from proofs.findings import Finding
from proofs.impact.records import Impact

MOST_REGIONS = 2
"""Classes of situations told of one change in the table; `guize impact` lists them all."""
MOST_PHRASE = 30
"""Characters of a phrase that the table quotes."""

OPENS = Label("新增问题", "a finding appears")
CLOSES = Label("消除问题", "a finding goes")
NO_EFFECT = Label("效力没有变化", "nothing changes in effect")
ABOVE = Label("见上文。", "See above.")
NO_NORM = Label("——", "—")
BY_NAMES = Label("由名称、定义或背景事实的改动引起", "brought about by names, definitions or facts")


@dataclass(frozen=True)
class Side:
    """A provision under one version: place, phrase and what it says; all empty where there is none."""

    place: Label
    quote: str
    says: Label


@dataclass(frozen=True)
class Effect:
    """What a change does: `name` is what kind of effect, `finding` the id of one that appears or goes."""

    name: Label
    says: Label
    where: tuple[Label, ...] = ()
    finding: str = ""


@dataclass(frozen=True)
class Row:
    """One changed norm; or a change in effect that no norm is to blame for, with both sides empty."""

    old: Side
    new: Side
    notes: tuple[Label, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Revised:
    """The comparison. `loose` are findings that come or go and rest on no changed norm; `flips` are properties."""

    old: Label
    new: Label
    verdict: Label
    counts: tuple[tuple[Label, Count], ...]
    rows: tuple[Row, ...]
    names: tuple[Label, ...]
    loose: tuple[Effect, ...]
    flips: tuple[Label, ...]
    unsettled: tuple[Label, ...]


class _Telling:
    """Both languages at once."""

    def __init__(self, found: Impact) -> None:
        self.found = found
        self.zh, self.en = Telling(found, "zh"), Telling(found, "en")
        self.old, self.new = Both(found.revision.old), Both(found.revision.new)

    def both(self, tell: str, *given: object) -> Label:
        """What a method of `Telling` says."""
        return Label(getattr(self.zh, tell)(*given), getattr(self.en, tell)(*given))


def revised(found: Impact) -> Revised:
    """The comparison of two versions, norm by norm in the order of the newer."""
    tell = _Telling(found)
    revision = found.revision
    blamed = {i for c in found.changes for i in found.effects_of(c)}
    told: set[str] = set()
    rows = [_row(tell, c, told) for c in found.changes]
    rows += [
        Row(Side(NO_NORM, "", NOTHING), Side(NO_NORM, "", NOTHING), (BY_NAMES,), (_effect(tell, i),))
        for i in range(len(found.shifts))
        if i not in blamed
    ]
    loose = tuple(e for e in _all_findings(tell) if e.finding not in told)
    return Revised(
        revision.old.title.label,
        revision.new.title.label,
        tell.both("verdict"),
        _counts(found),
        tuple(rows),
        tuple(tell.both("name", n) for n in found.names),
        loose,
        _flips(found),
        tuple(Label(f"{u.subject}（{u.reason}）", f"{u.subject} ({u.reason})") for u in found.unknown),
    )


def _counts(found: Impact) -> tuple[tuple[Label, Count], ...]:
    told = [
        (Label("改动的规定", "provisions changed"), Count("impact.norms", len(found.changes))),
        (Label("效力变化", "changes in effect"), Count("impact.effects", len(found.shifts))),
    ]
    if found.findings is not None:
        told += [
            (Label("新增问题", "findings that appear"), Count("impact.findings.appear", len(found.findings.come))),
            (Label("消除问题", "findings that go"), Count("impact.findings.go", len(found.findings.gone))),
            (Label("仍在的问题", "findings that stay"), Count("impact.findings.stay", len(found.findings.stay))),
        ]
    if found.flips is not None:
        told.append((Label("结论改变的性质", "properties whose verdict changes"),
                     Count("impact.properties", len(found.flips))))  # fmt: skip
    return tuple(told)


def _row(tell: _Telling, change: NormChange, told: set[str]) -> Row:
    """`told` holds what rows above say already, which is not told in full again."""
    effects: list[Effect] = []
    for i in tell.found.effects_of(change):
        effects.append(_again(_effect(tell, i)) if str(i) in told else _effect(tell, i))
        told.add(str(i))
    for effect in _findings_of(tell, change):
        effects.append(_again(effect) if effect.finding in told else effect)
        told.add(effect.finding)
    notes = [CHANGE_NAMES[change.kind]]
    fields = zip(tell.zh.fields(change), tell.en.fields(change), strict=True)
    notes += [Label(zh, en) for zh, en in fields] if change.old and change.new else []
    shown = tuple(effects) or (Effect(NOTHING, NO_EFFECT),)
    return Row(_side(tell.old, change.old), _side(tell.new, change.new), tuple(notes), shown)


def _again(effect: Effect) -> Effect:
    return Effect(effect.name, ABOVE, (), effect.finding)


def _side(both: Both, norm: Norm | None) -> Side:
    if norm is None:
        return Side(NO_NORM, "", NOTHING)
    quote = within(norm.citation.quote)
    quote = quote if len(quote) <= MOST_PHRASE else quote[: MOST_PHRASE - 1] + "…"
    return Side(both.say(lambda w: w.place(norm.citation)), quote, _in_words(both, norm))


def _in_words(both: Both, norm: Norm) -> Label:
    """Form, what it says, how strongly; of a route its steps, of a time limit its length."""
    form = FORM_NAMES[norm.modality if isinstance(norm, Deontic) else norm.form]
    said, more = saying(both, norm), both.say(lambda w: _more(w, norm))
    strength = STRENGTH_NAMES[norm.strength]
    return Label(
        f"{form.zh}：" + "；".join(x for x in (said.zh, more.zh, strength.zh) if x),
        f"{form.en}: " + "; ".join(x for x in (said.en, more.en, strength.en) if x),
    )


def _more(words: Wording, norm: Norm) -> str:
    match norm:
        case Route():
            steps = (f"{words.actors(s.power.by, s.power.joint)}{words.act(s.power.act)}" if words.zh
                     else f"{words.actors(s.power.by, s.power.joint)}: {words.act(s.power.act)}"
                     for s in norm.steps)  # fmt: skip
            return words.pick(" → ", " → ").join(steps)
        case Bound() | Cadence() if norm.amount is not None:
            return f"{norm.amount}{words.pick('', ' ')}{words.label(UNITS[norm.unit])}"
        case _:
            return ""


def _effect(tell: _Telling, number: int) -> Effect:
    """Who gained or lost what; a few classes of situations, and the plainest."""
    shift = tell.found.shifts[number]
    kind = KIND_NAMES[shift.topic.kind]
    shown = [tell.both("where", c) for c in shift.regions[:MOST_REGIONS]]
    rest = len(shift.regions) - len(shown)
    if rest > 0:
        shown.append(Label(f"另有{rest}类情形", f"{rest} more classes of situations"))
    example = tell.both("example", shift)
    if any(shift.regions):  # of what changes everywhere, a paper is no example
        shown.append(Label(f"例如：{example.zh}", f"for example: {example.en}"))
    return Effect(
        Label(f"（{number + 1}）{kind.zh}", f"({number + 1}) {kind.en}"), tell.both("shift", shift), tuple(shown)
    )


def _findings_of(tell: _Telling, change: NormChange) -> Iterable[Effect]:
    """Findings whose core has the norm under the version that has it."""
    changed = tell.found.findings
    if changed is None:
        return
    for finding in changed.come:
        if change.new is not None and _rests_on(finding, change.new.id):
            yield _finding(OPENS, tell.found.revision.new, finding)
    for finding in changed.gone:
        if change.old is not None and (_rests_on(finding, change.old.id) or _rests_on(finding, change.old_id)):
            yield _finding(CLOSES, tell.found.revision.old, finding)


def _rests_on(finding: Finding, norm: str) -> bool:
    ids = (*finding.norms, *(n.norm for n in finding.near))
    return bool(norm) and any(n == norm or n.rpartition(".")[0] == norm for n in ids)


def _all_findings(tell: _Telling) -> Iterable[Effect]:
    changed = tell.found.findings
    if changed is not None:
        yield from (_finding(OPENS, tell.found.revision.new, f) for f in changed.come)
        yield from (_finding(CLOSES, tell.found.revision.old, f) for f in changed.gone)


def _finding(name: Label, rules: RuleSet, finding: Finding) -> Effect:
    check = CHECK_NAMES[finding.check]
    return Effect(
        Label(f"{name.zh}（{check.zh}）", f"{name.en} ({check.en})"),
        Label(sentence(rules, finding, "zh"), sentence(rules, finding, "en")),
        finding=finding.id,
    )


def _flips(found: Impact) -> tuple[Label, ...]:
    told: list[Label] = []
    for flip in found.flips or ():
        one, two = (STATUS_NAMES[v.status][0] for v in (flip.old, flip.new))
        name = flip.new.property.label
        told.append(Label(f"{name.zh}：{one.zh} → {two.zh}", f"{name.en}: {one.en} → {two.en}"))
    return tuple(told)
