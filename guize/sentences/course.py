"""Routes as processes: unsound, returning without bound, coming back, held twice, competing, skipping a level."""

from __future__ import annotations

from guize.sentences import says
from guize.sentences.twice import matter
from guize.wording import Wording
from model import expressions as ex
from model.competence import Competence
from model.graphs import defects as df
from model.graphs.course import Course as Running
from model.graphs.course import closings
from model.norms import Power
from model.situation import Situation
from model.violations import used_stand_ins
from proofs.findings import Course, Finding


def sentence(words: Wording, finding: Finding, course: Course) -> str:
    """One sentence, by the kind of defect."""
    tell = {
        df.NO_END: _no_end,
        df.WORK_LEFT: _work_left,
        df.DEAD: _dead,
        df.UNBOUNDED: _unbounded,
        df.COMES_BACK: _comes_back,
        df.HELD_TWICE: _held_twice,
        df.COMPETING: _competing,
        df.SKIPPING: _skipping,
    }[course.kind]
    return tell(words, finding, course)


def _powers(words: Wording, course: Course) -> tuple[Power, ...]:
    return tuple(words.rules.powers[s] for s in course.steps[0])


def _step(words: Wording, power: Power, at: Situation) -> str:
    """A step by its actor, its act and its place: `市长签发（第三十四条）`."""
    actor, act, place = says.who(words, power, at), words.act(power.act), words.place(power.citation)
    return words.pick(f"{actor}{act}（{place}）", f"'{act}' ({actor}, {place})")


def _route(words: Wording, route: str) -> str:
    return words.of(words.rules.norms[route])


def _more(words: Wording, course: Course) -> str:
    number = len(course.steps) - 1
    if not number:
        return ""
    return words.pick(f"；另有{number}处类似", f"; {number} more like it")


def _no_end(words: Wording, finding: Finding, course: Course) -> str:
    (step,) = _powers(words, course)
    paper, route = words.paper(finding.witness), _route(words, course.routes[0])
    told = _step(words, step, finding.witness)
    return words.pick(
        f"人员全部在岗时，{paper}可以按{route}开始办理，但到{told}环节无人可办，程序不能办完。",
        f"With everybody at his post, {paper} may be started on under {route}, but nobody can take the step {told}, "
        f"and the route cannot end.",
    )


def _work_left(words: Wording, finding: Finding, course: Course) -> str:
    closing, look = (_step(words, p, finding.witness) for p in _powers(words, course))
    paper, more = words.paper(finding.witness), _more(words, course)
    return words.pick(
        f"{paper}经{closing}即告办结，而规定必经的{look}与其未分先后，办结时可能尚未进行{more}。",
        f"{paper} may be closed by the step {closing} while the required step {look} is still open, "
        f"for the rules put neither first{more}.",
    )


def _dead(words: Wording, finding: Finding, course: Course) -> str:
    ids = course.steps[0]
    route = words.rules.routes[course.routes[0]]
    if len(ids) == len(route.steps):
        return words.pick(
            f"{_route(words, route.id)}规定的程序在任何情形下都用不上。",
            f"The route of {_route(words, route.id)} is taken in no situation at all.",
        )
    (step,) = _powers(words, course)
    who, act, place = words.actors(step.by, step.joint), words.act(step.act), words.place(step.citation)
    return words.pick(
        f"{_route(words, route.id)}规定的程序中，{who}{act}（{place}）这一环节在任何情形下都不会发生。",
        f"On the route of {_route(words, route.id)}, the step '{act}' ({who}, {place}) occurs in no situation at all.",
    )


def _unbounded(words: Wording, finding: Finding, course: Course) -> str:
    step, target = (_step(words, p, finding.witness) for p in _powers(words, course))
    paper, more = words.paper(finding.witness), _more(words, course)
    limits = _renewed(words, finding, course)
    if limits:
        return words.pick(
            f"{paper}在{step}环节可以回到{target}环节重新办理，次数没有限制；{limits}每次重新起算，"
            f"往复的总时间没有时限{more}。",
            f"At the step {step}, {paper} may go back to the step {target} any number of times; {limits} starts anew "
            f"each time, and no time limit covers the rounds together{more}.",
        )
    return words.pick(
        f"{paper}在{step}环节可以回到{target}环节重新办理，次数没有限制，往复期间也没有时限{more}。",
        f"At the step {step}, {paper} may go back to the step {target} any number of times, "
        f"and no time limit runs meanwhile{more}.",
    )


def _renewed(words: Wording, finding: Finding, course: Course) -> str:
    """The limits that start anew with each return, those without a length marked."""
    route = words.rules.routes[course.routes[0]]
    step, target = (next(s for s in route.steps if s.power.id == i) for i in course.steps[0])
    told: list[str] = []
    for bound in df.renewed_here(Competence(words.rules, finding.witness), route, step, target):
        zh, en = ("的", "") if bound.amount is not None else ("未定长短的", "without a length ")
        told.append(words.pick(f"{words.of(bound)}{zh}时限", f"the limit {en}of {words.of(bound)}"))
    return words.list(told)


def _comes_back(words: Wording, finding: Finding, course: Course) -> str:
    first, last = _powers(words, course)
    who, paper = words.actor(course.official, finding.witness), words.paper(finding.witness)
    between = _step(words, words.rules.powers[course.between], finding.witness)
    before, more = says.before(words, finding), _more(words, course)
    return words.pick(
        f"{before}{paper}由{who}{words.act(first.act)}（{words.place(first.citation)}）后，经{between}，"
        f"又回到{who}手中，由其{words.act(last.act)}（{words.place(last.citation)}）{more}。",
        f"{before}{paper} leaves {who} ('{words.act(first.act)}', {words.place(first.citation)}), goes through the "
        f"step {between}, and comes back to {who} ('{words.act(last.act)}', {words.place(last.citation)}){more}.",
    )


def _held_twice(words: Wording, finding: Finding, course: Course) -> str:
    first, second = (_step(words, p, finding.witness) for p in _powers(words, course))
    who, paper = words.actor(course.official, finding.witness), matter(words, finding, course.official)
    used = words.places(used_stand_ins(words.rules, course.hands))
    before, more = says.before(words, finding), _more(words, course)
    return words.pick(
        f"{before}办理{paper}，{first}与{second}两个环节本应由不同的人办理，因代行（{used}）都由{who}一人办理{more}。",
        f"{before}the steps {first} and {second} on {paper}, otherwise in different hands, both fall to {who} "
        f"through stand-ins ({used}){more}.",
    )


def _demanded(words: Wording, finding: Finding, route: str) -> list[Power]:
    """The steps of a route that the witness's paper must take, in order; where it must take none, the closing one."""
    running = Running(Competence(words.rules, finding.witness), words.rules.routes[route])
    steps = [s.power for s in running.route.steps if s.id in running.required]
    return steps or [s.power for s in closings(words.rules, running.route) if s.id in running.on]


def _sequence(words: Wording, powers: list[Power], at: Situation) -> str:
    """Who does what, one after another: `分管副市长审核、市长签发`; `that the mayor approve, then ... sign`."""
    parts = dict.fromkeys((says.who(words, p, at), words.act(p.act)) for p in powers)
    if words.zh:
        return "、".join(f"{actor}{act}" for actor, act in parts)
    told = [f"{actor} {act}" for actor, act in parts]
    return "that " + (told[0] if len(told) == 1 else ", ".join(told[:-1]) + " and then " + told[-1])


def _competing(words: Wording, finding: Finding, course: Course) -> str:
    one, two = course.routes
    paper, before = words.paper(finding.witness), says.before(words, finding)
    first, second = (_sequence(words, _demanded(words, finding, r), finding.witness) for r in (one, two))
    return words.pick(
        f"{before}{paper}同时符合两个程序的条件：按{_route(words, one)}，依次由{first}；"
        f"按{_route(words, two)}，依次由{second}。未规定以何者为准，可以择一办理。",
        f"{before}{paper} meets the conditions of two routes: {_route(words, one)} demands {first}; "
        f"{_route(words, two)} demands {second}. Neither yields, so that either may be chosen.",
    )


def _compared(words: Wording, finding: Finding, course: Course) -> tuple[list[Power], list[Power]]:
    """What the laxer and the stricter route demand: altogether, or up to the decision that both lead to."""
    at, (strict, lax) = Competence(words.rules, finding.witness), course.routes
    few, many = (_demanded(words, finding, r) for r in (lax, strict))
    if {(p.act, at.seats(p)) for p in few} < {(p.act, at.seats(p)) for p in many}:
        return few, many
    found: list[list[Power]] = []
    for route, decision in ((lax, course.steps[0][1]), (strict, course.steps[0][0])):
        step = next(s for s in words.rules.routes[route].steps if s.power.id == decision)
        before = df.levels(words.rules, words.rules.routes[route], step)
        found.append([*(p for p in before if at.at.in_force(p)), step.power])
    return found[0], found[1]


def _due(words: Wording, powers: list[Power]) -> str:
    """When steps are due beyond the condition of their route, in brackets."""
    told: list[str] = []
    for power in powers:
        whole = _parts(words.rules.norms[power.route].when)
        own = [c for c in _parts(power.when) if c not in whole and not isinstance(c, ex.Reading)]
        told += [words.condition(c) for c in own]
    if not told:
        return ""
    return words.pick(f"（{words.list(told, '且')}的）", f" (where {words.list(told)})")


def _parts(condition: ex.Cond) -> list[ex.Cond]:
    """What all must hold for a condition to hold."""
    if isinstance(condition, ex.And):
        return [p for part in condition.parts for p in _parts(part)]
    return [] if condition == ex.TRUE else [condition]


def _skipping(words: Wording, finding: Finding, course: Course) -> str:
    strict, lax = course.routes
    at = Competence(words.rules, finding.witness)
    few, many = _compared(words, finding, course)
    have = {(p.act, at.seats(p)) for p in few}
    extra = [p for p in many if (p.act, at.seats(p)) not in have] or many
    paper, before = words.paper(finding.witness), says.before(words, finding)
    least, skipped = (_sequence(words, ps, finding.witness) for ps in (few, extra))
    skipped += _due(words, extra)
    return words.pick(
        f"{before}{paper}按{_route(words, strict)}还须由{skipped}，而按{_route(words, lax)}，由{least}即可："
        f"前一程序多出的环节可以绕开，没有规定禁止。",
        f"{before}{paper} may take either of two routes: {_route(words, lax)} demands only {least}, while "
        f"{_route(words, strict)} also demands {skipped}. What the latter adds may be skipped, and nothing forbids it.",
    )
