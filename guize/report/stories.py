"""A finding as a short story: who is away, which paper, which step, where it is stuck. And its headline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guize.obstacles import missing, short, telling
from guize.report.bilingual import Both
from guize.sentences import drafting
from guize.sentences import fragile as fragile_words
from guize.sentences import hinge as hinge_words
from guize.sentences import idle as idle_words
from guize.sentences.gap import nearest_miss
from guize.sentences.late import amount, whole
from guize.sentences.late import matter as timed
from guize.sentences.says import demand, seat
from guize.sentences.twice import matter as held
from guize.terminal.audit import CHECK_NAMES
from guize.wording import Wording, capital, related
from model.deadlines import Overrun
from model.drafting import Flaw, higher_law
from model.graphs import defects as df
from model.norms import UNITS
from model.situation import Situation
from model.vocabulary import Label
from proofs.findings import Course, Finding, Fragile, Gap, Hinge, Idle, Late, Pair, Twice

WHO = Label("谁不在", "Who is away")
WHICH = Label("什么文件", "Which paper")
ALSO = Label("其他情况", "What else is so")
STEP = Label("走到哪一步", "How far it gets")
STUCK = Label("卡在哪里", "Where it is stuck")
TITLES: dict[type, tuple[Label, Label]] = {
    Hinge: (Label("哪些办理因此而异", "What hinges on it"), Label("缺什么", "What is missing")),
    Idle: (Label("各处怎么规定", "What they say"), Label("为何可以不要", "Why it could be spared")),
    Fragile: (Label("哪些事项", "Which acts"), Label("为何无人可办", "Why nobody else may")),
}
"""What the last two parts are called where nothing is on its way."""
WHERE = Label("见于何处", "Where it stands")
EXAMPLE = Label("例如", "For example")
LACKS = Label("缺什么", "What is missing")
BOTH = Label("两处怎么规定", "What the two say")

_MOST_ACTS = 6
_STUCK_COURSE: dict[str, tuple[str, str]] = {
    df.NO_END: ("这一步无人可办，程序不能办完", "nobody can take this step, and the route cannot end"),
    df.WORK_LEFT: (
        "先一步即可办结，而后一步可能尚未进行：未规定孰先孰后",
        "the first closes the paper while the second may still be open: neither is put first",
    ),
    df.DEAD: ("在任何情形下都不会走到", "no situation ever gets there"),
    df.UNBOUNDED: (
        "可以反复退回，次数和总的时间都没有限制",
        "it may go back any number of times, and no time limit covers the rounds together",
    ),
    df.COMES_BACK: ("经他人之手后又回到同一人", "it returns to the same hand after others had it"),
    df.HELD_TWICE: ("两步由同一人办理", "one person does both"),
    df.COMPETING: ("两套程序都适用，未规定以何者为准", "both routes apply, and neither yields"),
    df.SKIPPING: ("可以越过中间环节，没有规定禁止", "the steps between may be skipped, and nothing forbids it"),
}


@dataclass(frozen=True)
class Chapter:
    """A part of the story under its title; each line in both languages."""

    title: Label
    lines: tuple[Label, ...]


def headline(both: Both, finding: Finding) -> Label:
    """The finding in a few words, without articles."""
    return both.say(lambda w: capital(_headline(w, finding)))


def story(both: Both, finding: Finding) -> tuple[Chapter, ...]:
    """The witness told in order; parts with nothing to say are left out."""
    if isinstance(finding.details, Flaw):
        return _open(both, finding, finding.details)
    step, stuck = TITLES.get(type(finding.details), (STEP, STUCK))
    parts = (
        Chapter(WHO, both.each(lambda w: [away(w, finding.witness)])),
        Chapter(WHICH, both.each(lambda w: [capital(_paper(w, finding))])),
        Chapter(ALSO, both.each(lambda w: circumstances(w, finding.witness))),
        Chapter(step, both.each(lambda w: map(capital, _step(w, finding)))),
        Chapter(stuck, both.each(lambda w: map(capital, _stuck(w, finding)))),
    )
    return tuple(p for p in parts if p.lines)


def _open(both: Both, finding: Finding, flaw: Flaw) -> tuple[Chapter, ...]:
    """Of what a text leaves open: where, for example which paper (unless the text as such is meant), and what."""
    parts = (
        Chapter(WHERE, both.each(lambda w: _step(w, finding))),
        Chapter(
            EXAMPLE, both.each(lambda w: [capital(w.paper(finding.witness))] if drafting.exemplified(flaw) else [])
        ),
        Chapter(
            BOTH if flaw.check == higher_law.CHECK else LACKS, both.each(lambda w: map(capital, _stuck(w, finding)))
        ),
    )
    return tuple(p for p in parts if p.lines)


def _paper(words: Wording, finding: Finding) -> str:
    match finding.details:
        case Late():
            return timed(words, finding)
        case Twice(official=official):
            return held(words, finding, official)
        case _:
            return words.paper(finding.witness)


def away(words: Wording, at: Situation) -> str:
    """Who is absent and why."""
    return capital(words.absences(at)) or words.pick("无人缺席，全部在岗", "Nobody: everyone is at his post")


def circumstances(words: Wording, at: Situation) -> Iterable[str]:
    """Roles in the paper, pairings of the absent, delegations given."""
    v = words.rules.vocabulary
    for role, official in at.paper.roles.items():
        if official and not v.roles[role].requester:  # who asks is told with the paper
            name = words.label(v.roles[role].label)
            yield words.pick(f"{name}：{words.actor(official, at)}", f"{capital(name)}: {words.actor(official, at)}")
    for relation, images in at.relations.items():
        name = words.label(v.relations[relation].label)
        for one, other in images.items():
            if one in at.absent and other:
                yield words.pick(
                    f"{related(words.actor(one, at), name)}：{words.actor(other, at)}",
                    f"{capital(name)} of {words.actor(one, at)}: {words.actor(other, at)}",
                )
    for norm, official in sorted(at.delegations):
        place, who = words.place(words.rules.lookup(norm).citation), words.actor(official, at)
        yield words.pick(f"{who}已作委托或授权（{place}）", f"{capital(who)} has delegated or authorised ({place})")


def _headline(words: Wording, finding: Finding) -> str:
    at = finding.witness
    paper, when = words.paper(at), _when(words, at)
    match finding.details:
        case Gap() as gap:
            act = words.act(gap.acts[0])
            if any(o.reason == "unnamed" for o in gap.obstacles):
                return words.pick(f"{paper}由谁{act}，没有规定", f"nobody is named to {act} {paper}")
            why = short(words, nearest_miss(gap.obstacles))
            zh, en = f"{when}{paper}无人可{act}", f"nobody may {act} {paper}{when}"
            return words.pick(f"{zh}：{why}", f"{en}: {why}") if why else words.pick(zh, en)
        case Pair() as pair:
            act = words.act(pair.act)
            if finding.check == "competence-conflict":
                return words.pick(
                    f"{when}{paper}由谁{act}，两条规定不一致",
                    f"two provisions disagree on who must {act} {paper}{when}",
                )
            who = words.actor(pair.actor, at)
            return words.pick(
                f"{when}{paper}能否由{who}{act}，两条规定抵触",
                f"two provisions clash on whether {who} is to {act} {paper}{when}",
            )
        case Twice() as twice:
            who = words.actor(twice.official, at)
            second = words.act(words.rules.powers[twice.pairs[0][1]].act)
            if not twice.pairs[0][0]:
                return words.pick(
                    f"{when}{who}{second}自己提出的{paper}",
                    f"{who} may {second} {paper} asked for by the same person{when}",
                )
            first = words.act(words.rules.powers[twice.pairs[0][0]].act)
            if first == second:
                return words.pick(
                    f"{when}{paper}的两次{second}都由{who}一人办理", f"{who} alone is to {second} {paper} twice{when}"
                )
            return words.pick(
                f"{when}{paper}的{first}和{second}都由{who}一人办理",
                f"{who} alone is both to {first} and to {second} {paper}{when}",
            )
        case Late(worst, _):
            return words.pick(
                f"{paper}在{amount(words, worst.ceiling)}内办不完",
                f"{paper} cannot be completed within {amount(words, worst.ceiling)}",
            )
        case Flaw() as flaw:
            return drafting.headline(words, finding, flaw)
        case Course() as course:
            return _course(words, finding, course)
        case Idle(reason, norms):
            why = words.pick(*idle_words.STUCK[reason])
            return words.pick(f"{idle_words.norms(words, norms)}：{why}", f"{idle_words.norms(words, norms)}: {why}")
        case Hinge() as hinge:
            term, number = hinge_words.term(words, hinge), len(hinge.decisions)
            return words.pick(
                f"什么算“{term}”没有规定，{number}处办理因此而异",
                f"nothing says what counts as '{term}', and it decides in {number} place{'s' if number > 1 else ''}",
            )
        case Fragile() as fragile:
            who, number = fragile_words.offices(words, fragile), len(fragile_words.told(words, fragile))
            one = "中任一人不在" if len(fragile.offices) > 1 else "一人不在"
            kinds = "one kind of act stops" if number == 1 else f"{number} kinds of act stop"
            return words.pick(f"{who}{one}，{number}种事项无人可办", f"{kinds} with one holder of {who} away")


def _course(words: Wording, finding: Finding, course: Course) -> str:
    at, when = finding.witness, _when(words, finding.witness)
    paper, routes = words.paper(at), [words.rules.routes[r] for r in course.routes]
    names = [words.label(r.label) or words.of(r) for r in routes]
    acts = list(dict.fromkeys(words.act(words.rules.powers[s].act) for s in course.steps[0]))
    who = words.actor(course.official, at) if course.official else ""
    match course.kind:
        case df.COMPETING | df.SKIPPING:
            quoted = words.list((words.pick(f"“{n}”", f"'{n}'") for n in names), words.pick("与", "and"))
            told = (
                (f"{quoted}两套程序竞合", f"competing routes: {quoted}")
                if course.kind == df.COMPETING
                else (f"按“{names[-1]}”办理，可以绕开“{names[0]}”的环节", f"'{names[-1]}' skips steps of '{names[0]}'")
            )
            return words.pick(f"{when}{told[0]}", f"{told[1]}{when}")
        case df.HELD_TWICE:
            did = words.list(acts, words.pick("和", "and")) if len(acts) > 1 else words.pick("两次", "twice ") + acts[0]
            return words.pick(
                f"{when}{paper}的{did}因代行都由{who}一人办理", f"{who} stands in to {did} {paper} alone{when}"
            )
        case df.COMES_BACK:
            return words.pick(f"{when}{paper}经他人之手后又回到{who}", f"{paper} comes back to {who}{when}")
        case _:
            check = words.label(CHECK_NAMES[finding.check])
            return words.pick(f"{when}{words.list(names)}：{check}", f"{words.list(names)}: {check}{when}")


def _when(words: Wording, at: Situation) -> str:
    absent = words.absences(at)
    return words.pick(f"{absent}时，", f" when {absent}") if absent else ""


def _step(words: Wording, finding: Finding) -> list[str]:
    match finding.details:
        case Gap() as gap:
            acts = [words.act(a) for a in gap.acts]
            more = words.pick("等事项", " and more") if len(acts) > _MOST_ACTS else ""
            listed = words.list(acts[:_MOST_ACTS]) + more
            seats = [words.rules.powers[p] for p in finding.norms if p in words.rules.powers]
            if not seats:
                return [words.pick(f"应当{listed}", f"it must be done: {listed}")]
            return [
                words.pick(f"待{listed}", f"it waits to be done: {listed}"),
                *(seat(words, p, finding.witness) for p in seats),
            ]
        case Pair() as pair:
            return [words.pick(f"待{words.act(pair.act)}", f"it waits to be done: {words.act(pair.act)}")]
        case Twice() as twice:
            ids = dict.fromkeys(i for i in twice.pairs[0] if i)
            return [seat(words, words.rules.powers[i], finding.witness) for i in ids]
        case Late(worst, _):
            within = words.place(worst.ceiling.citation)
            return [
                words.pick(
                    f"进入程序：{words.of(worst.route)}，须在{amount(words, worst.ceiling)}内办结（{within}）",
                    f"on the route of {words.of(worst.route)}, to be completed within "
                    f"{amount(words, worst.ceiling)} ({within})",
                )
            ]
        case Flaw() as flaw:
            return [drafting.phrase(words, c) for c in flaw.places]
        case Course() as course:
            routes = [words.pick("程序：", "route: ") + words.of(words.rules.routes[r]) for r in course.routes]
            return [*routes, *(seat(words, words.rules.powers[s], finding.witness) for s in course.steps[0])]
        case Idle(_, norms, cause):
            return [demand(words, n, finding.witness) for n in (*norms, *(c for c in cause if c not in norms))]
        case Hinge() as hinge:
            return [hinge_words.line(words, hinge, d) for d in hinge.decisions]
        case Fragile() as fragile:
            return fragile_words.told(words, fragile)


def _stuck(words: Wording, finding: Finding) -> list[str]:
    at = finding.witness
    match finding.details:
        case Gap() as gap:
            return [missing(words, at, o) for o in telling(gap.obstacles)]
        case Pair(first, second, _, _):
            return [demand(words, first, at), demand(words, second, at)]
        case Twice() as twice:
            who = words.actor(twice.official, at)
            if not twice.pairs[0][0]:
                return [words.pick(f"{who}本人决定自己的事项", f"{who} decides on his own request")]
            return [words.pick(f"两步只有{who}一人可办", f"only {who} may do both")]
        case Late(worst, _) as late:
            *links, total = _chain(words, worst)
            return [*links, total + whole(words, late)]
        case Flaw() as flaw:
            return drafting.lacking(words, finding, flaw)
        case Course() as course:
            line = words.pick(*_STUCK_COURSE[course.kind])
            if course.official:
                who = words.actor(course.official, at)
                line = words.pick(f"{who}：{line}", f"{who}: {line}")
            return [line]
        case Idle(reason):
            return [words.pick(*idle_words.STUCK[reason])]
        case Hinge():
            return [words.pick("由谁、按什么认定，没有规定", "who is to judge it, and by what, is not said")]
        case Fragile():
            return [words.pick("委托、授权也不能使他人办理", "no delegation lets anybody else do it")]


def _chain(words: Wording, worst: Overrun) -> list[str]:
    """The least time link by link, its total and by how much that is too long."""
    links = [
        words.pick(
            f"{words.of(lag.norm)}：{lag.amount}{UNITS[lag.unit].zh}",
            f"{words.of(lag.norm)}: {lag.amount} {UNITS[lag.unit].en}",
        )
        for lag in worst.lags
    ]
    unit = UNITS[worst.ceiling.unit]
    total = words.pick(
        f"合计最少{worst.least}{unit.zh}，超出{worst.excess}{unit.zh}",
        f"{worst.least} {unit.en} at the least, {worst.excess} too many",
    )
    return [*links, total]
