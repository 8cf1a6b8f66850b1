"""Routes as processes: unsound, returning without bound, coming back, held twice, competing, skipping a level."""

from __future__ import annotations

from guize.wording import Wording
from model.competence import Competence
from model.graphs import defects as df
from model.graphs.course import Course as Running
from model.graphs.course import closings
from model.norms import Power
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


def _step(words: Wording, power: Power) -> str:
    """A step by its actor, its act and its place: `市长签发（第34条）`."""
    who, act, place = words.actors(power.by, power.joint), words.act(power.act), words.place(power.citation)
    return words.pick(f"{who}{act}（{place}）", f"{act} by {who} ({place})")


def _route(words: Wording, route: str) -> str:
    return words.of(words.rules.norms[route])


def _more(words: Wording, course: Course) -> str:
    number = len(course.steps) - 1
    if not number:
        return ""
    return words.pick(f"；另有{number}处同样如此", f"; {number} more like it")


def _no_end(words: Wording, finding: Finding, course: Course) -> str:
    (step,) = _powers(words, course)
    paper, route = words.paper(finding.witness), _route(words, course.routes[0])
    return words.pick(
        f"人员全部在岗时，{paper}可以进入程序：{route}，但走到{_step(words, step)}一步无人可办，程序不能办完。",
        f"With everybody at his post, {paper} may enter the route of {route}, but nobody can take the step "
        f"'{_step(words, step)}', and the route cannot end.",
    )


def _work_left(words: Wording, finding: Finding, course: Course) -> str:
    closing, look = _powers(words, course)
    paper = words.paper(finding.witness)
    more = _more(words, course)
    return words.pick(
        f"{paper}可由{_step(words, closing)}而办结，此时应有的{_step(words, look)}可能尚未进行：未规定孰先孰后{more}。",
        f"{paper} may be closed ({_step(words, closing)}) while the required {_step(words, look)} is still open, "
        f"for the rules put neither first{more}.",
    )


def _dead(words: Wording, finding: Finding, course: Course) -> str:
    ids = course.steps[0]
    route = words.rules.routes[course.routes[0]]
    if len(ids) == len(route.steps):
        return words.pick(
            f"程序{_route(words, route.id)}在任何情形下都不会走到。",
            f"The route of {_route(words, route.id)} is taken in no situation at all.",
        )
    (step,) = _powers(words, course)
    return words.pick(
        f"程序{_route(words, route.id)}中，{_step(words, step)}一步在任何情形下都不会发生。",
        f"On the route of {_route(words, route.id)}, the step '{_step(words, step)}' occurs in no situation at all.",
    )


def _unbounded(words: Wording, finding: Finding, course: Course) -> str:
    step, target = _powers(words, course)
    paper = words.paper(finding.witness)
    more = _more(words, course)
    return words.pick(
        f"{paper}在{_step(words, step)}一步可退回{_step(words, target)}，次数不限，也没有办结时限约束这一往复{more}。",
        f"At the step '{_step(words, step)}', {paper} may go back to '{_step(words, target)}' any number of times, "
        f"and no time limit runs meanwhile{more}.",
    )


def _before(words: Wording, finding: Finding) -> str:
    if not finding.witness.absent:
        return ""
    return words.pick(f"{words.absences(finding.witness)}时，", f"when {words.absences(finding.witness)}, ")


def _comes_back(words: Wording, finding: Finding, course: Course) -> str:
    first, last = _powers(words, course)
    who, paper = words.actor(course.official, finding.witness), words.paper(finding.witness)
    between = _step(words, words.rules.powers[course.between])
    before, more = _before(words, finding), _more(words, course)
    return words.pick(
        f"{before}{paper}由{who}{words.act(first.act)}（{words.place(first.citation)}）后转出，经{between}，"
        f"又回到{who}手中{words.act(last.act)}（{words.place(last.citation)}）{more}。",
        f"{before}{paper} leaves {who} ({words.act(first.act)}, {words.place(first.citation)}), goes through "
        f"{between}, and comes back to {who} ({words.act(last.act)}, {words.place(last.citation)}){more}.",
    )


def _held_twice(words: Wording, finding: Finding, course: Course) -> str:
    first, second = _powers(words, course)
    who, paper = words.actor(course.official, finding.witness), words.paper(finding.witness)
    used = words.places(used_stand_ins(words.rules, course.hands))
    before, more = _before(words, finding), _more(words, course)
    return words.pick(
        f"{before}{paper}的{_step(words, first)}与{_step(words, second)}两步，"
        f"因代行（{used}）都落到{who}一人手中{more}。",
        f"{before}two steps on {paper}, {_step(words, first)} and {_step(words, second)}, both fall to {who} "
        f"through stand-ins ({used}){more}.",
    )


def _demands(words: Wording, finding: Finding, route: str) -> str:
    """The steps of a route that the witness's paper must take, in order."""
    running = Running(Competence(words.rules, finding.witness), words.rules.routes[route])
    steps = (s.power for s in running.route.steps if s.id in running.required)
    return words.list((_bare(words, p) for p in steps), words.pick("，再", "then"))


def _bare(words: Wording, power: Power) -> str:
    who, act = words.actors(power.by, power.joint), words.act(power.act)
    return words.pick(f"{who}{act}", f"{act} by {who}")


def _competing(words: Wording, finding: Finding, course: Course) -> str:
    one, two = course.routes
    paper, before = words.paper(finding.witness), _before(words, finding)
    return words.pick(
        f"{before}{paper}同时符合两个程序：{_route(words, one)}要求{_demands(words, finding, one)}；"
        f"{_route(words, two)}要求{_demands(words, finding, two)}。未规定以何者为准，可择其一而行。",
        f"{before}{paper} meets the conditions of two routes: {_route(words, one)} demands "
        f"{_demands(words, finding, one)}; {_route(words, two)} demands "
        f"{_demands(words, finding, two)}. Neither yields, so that either may be chosen.",
    )


def _skipping(words: Wording, finding: Finding, course: Course) -> str:
    strict, lax = course.routes
    act = words.act(closings(words.rules, words.rules.routes[lax])[0].power.act)
    paper, before = words.paper(finding.witness), _before(words, finding)
    return words.pick(
        f"{before}{paper}按{_route(words, lax)}只须{_demands(words, finding, lax)}即可{act}，"
        f"而{_route(words, strict)}还要求{_demands(words, finding, strict)}：可以越过中间环节，没有规定禁止。",
        f"{before}under {_route(words, lax)}, {paper} needs only {_demands(words, finding, lax)} to {act}, "
        f"while {_route(words, strict)} demands {_demands(words, finding, strict)}: "
        f"the steps between may be skipped, and nothing forbids it.",
    )
