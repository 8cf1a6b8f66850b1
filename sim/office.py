"""The office at work: papers move from stage to stage, driven by SimPy's events.

What happens to a paper follows from the rule set: its plan (`sim.plan`), who may act at that moment (`sim.oracle`),
the periods that must pass, that lapse or that remind, and the gates. What the rules do not say comes from the
scenario. A paper at a stage that nobody may do stalls until somebody may; every change of who is there is an
occasion to ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import log1p
from typing import Any

import simpy

from model.competence import Hand
from model.evaluation import Context
from model.norms import Composition
from model.ruleset import BODY, KIND, MEETING, RuleSet, Stage
from model.situation import Situation, make_cast
from sim import messages as say
from sim.absences import Absences
from sim.desks import SITTING, Desk, Job
from sim.distributions import choice
from sim.errors import SimulationError
from sim.eventlog import Act, Change, EventLog, Mark
from sim.gates import Agenda, cut_off, opening_times
from sim.holidays import UnknownYearError
from sim.oracle import Answer, Oracle, PaperClass, World
from sim.papers import Docket
from sim.plan import Plan, Planner, PlanNode, Timer
from sim.population import Population, make_world
from sim.scenario import Flow, MeetingPlan, Scenario
from sim.streams import Stream, child, key, uniform
from sim.tally import Tally
from sim.workcalendar import DAY, WorkCalendar

MINUTES = "minutes"
MINUTES_FLOW = "minutes_of_meetings"
MOST_ROUNDS = 20
"""How often one paper is sent back from one stage at most."""
_EXTERNAL_SERVERS = 1_000_000
_HANDLING, _RETURN, _OPTIONAL, _CONSULT = 10_000, 200_000, 300_000, 400_000
"""Where in the numbers of a paper each purpose has its own."""
_ROUND = 64
_ABOUT_DAYS = {"working_day": 1.4, "calendar_day": 1.0, "hour": 1.4, "week": 7.0, "month": 30.4}


class Office:
    """One replication. All times are minutes of the calendar's axis."""

    def __init__(
        self,
        rules: RuleSet,
        scenario: Scenario,
        days: int,
        seed: int = 1,
        replication: int = 0,
        *,
        log: EventLog | None = None,
        at: Situation | None = None,
        calendar: WorkCalendar | None = None,
        like: Office | None = None,
    ) -> None:
        """`at` fixes the people, their states and delegations for good, instead of the scenario's absences.

        `like` is another replication of the same rules and scenario, whose remembered answers are used on.

        Raises SimulationError where the calendar has no data for a year, or a flow cannot occur.
        """
        self.rules, self.scenario, self.days = rules, scenario, days
        self.seed, self.replication, self.log = seed, replication, log
        self.calendar = calendar or scenario.calendar(days)
        try:
            self.calendar.worked(0)
        except UnknownYearError as e:
            said, wanted = say.NO_CALENDAR(year=e.year), say.KNOWN_YEAR()
            raise SimulationError(say.sentence(said, wanted)) from None
        self.horizon = float(days * DAY)
        self.warm_time = float(min(scenario.warm_up_days, days) * DAY)
        self.warm_worked = self.calendar.worked(self.warm_time)
        self.measuring = self.warm_time == 0
        self.env: simpy.Environment = simpy.Environment()
        self.tally = Tally()
        self.dockets: list[Docket] = []
        self._clock = (-1.0, 0.0)
        self.world = self._world(at)
        self.blank = PaperClass(-1, {}, frozenset(), {})
        self.oracle = Oracle(rules, self.world)
        self.population = Population(rules, scenario, self.world)
        self.planner = Planner(rules, scenario.act_order, scenario.consultation.acts)
        self._plans: dict[tuple[int, int, frozenset[str]], tuple[object, Plan]] = {}
        self._rank = {tier: i for i, tier in enumerate(scenario.tiers)}
        if like is not None and like.rules is rules and like.scenario is scenario and at is None:
            self.oracle.share(like.oracle)
            self.population.share(like.population)
            self._plans = like._plans
        self._order = {o: i for i, o in enumerate(self.world.cast.ids)}
        self._samplers: dict[tuple[str, str], Callable[[float], float]] = {}
        self._departments = scenario.consultation.reply_days.sampler()
        self._returns = any(scenario.returns.values())
        self._when_done: dict[int, list[Callable[[], None]]] = {}
        self._stalled: dict[tuple[int, int], tuple[Docket, int, str, tuple[str, ...]]] = {}
        self.desks: dict[str, Desk] = {o: Desk(self, o, 1, scenario.preemption) for o in self.world.cast.ids}
        self.agendas: dict[str, Agenda] = {}
        self._inside = dict.fromkeys(scenario.tiers, 0)
        self._hopes: dict[str, dict[tuple[int, int], None]] = {}
        """Stalled papers by the officials whose coming or going may help them."""
        self._periods: dict[str, tuple[int, str, float]] = {}
        self.backlog: list[tuple[float, dict[str, int]]] = []
        for official in self.world.states:
            self.desks[official].leave()
        self.note(Change(0.0, tuple(sorted(self.world.states.items())), self.world.delegations))
        if at is None:
            Absences(self)

    def _world(self, at: Situation | None) -> World:
        if at is not None:
            return World(at.cast, dict(at.states), at.relations, at.delegations, at.readings)
        cast = make_cast(self.rules, self.scenario.holders)
        stream = Stream(key(self.seed, "authorisation", self.replication))
        given = frozenset(
            (p.id, o) for p in self.rules.authorisable for o in cast.ids if stream.next() < self.scenario.delegation
        )
        return make_world(self.rules, cast, self.scenario, given)

    # running

    def run(self) -> Office:
        """Run to the horizon."""
        for flow in self.scenario.flows:
            _Arrivals(self, flow)
        if self.warm_time > 0:
            self.at(self.warm_time, self._warmed)
        for week in range(7, self.days + 1, 7):
            self.at(week * DAY, self._sample)
        self.env.run(until=self.horizon)
        self._sample(None)
        return self

    def at(self, time: float, act: Callable[[Any], None]) -> None:
        """Have something done at a time."""
        event = self.env.timeout(max(time - self.env.now, 0.0))
        assert event.callbacks is not None
        event.callbacks.append(act)

    def clock(self) -> float:
        """Working minutes until now."""
        now = self.env.now
        if self._clock[0] != now:
            self._clock = (now, self.calendar.worked(now))
        return self._clock[1]

    def note(self, event: Act | Change | Mark) -> None:
        if self.log is not None:
            self.log.events.append(event)

    def _warmed(self, _: object) -> None:
        self.measuring = True

    def _sample(self, _: object) -> None:
        """Write down the backlog by tier: papers under way or stalled."""
        self.backlog.append((self.env.now, dict(self._inside)))

    # papers

    def admit(self, flow: str, tier: str, paper: PaperClass, stream: int) -> Docket | None:
        """A paper comes. None where no norm wants a hand of it."""
        plan = self._plan(paper, stream)
        number = self.tally.arrived + self.tally.unasked
        if not plan.nodes:
            self.tally.unasked += 1
            return None
        docket = Docket(number, flow, tier, self._rank.get(tier, len(self._rank)), paper, plan, stream)
        docket.arrived = self.env.now
        self.tally.arrived += 1
        self.tally.under_way += 1
        self.dockets.append(docket)
        self._inside[tier] = self._inside.get(tier, 0) + 1
        if self.log is not None:
            self.log.papers[number] = (flow, tier, paper)
            self.note(Mark(self.env.now, number, "arrived"))
        for node in plan.nodes:
            if not node.before:
                self._open(docket, node)
        return docket

    def _plan(self, paper: PaperClass, stream: int) -> Plan:
        found = self.oracle.in_force(paper)
        may = frozenset(
            s.id
            for s, a in found
            if not a.wanted and uniform(stream, _OPTIONAL + self._slot(s)) < self._share(self.scenario.optional, s.act)
        )
        known = (id(paper), id(found), may)
        if known not in self._plans:
            made = self.planner.plan(self._context(paper), found, may)
            self._plans[known] = (found, made)
        return self._plans[known][1]

    def _context(self, paper: PaperClass) -> Context:
        """The meaning of expressions for a paper at this moment."""
        return Context(self.rules, self.world.situation(paper))

    def _slot(self, stage: Stage) -> int:
        return self.oracle.slots[stage.id]

    @staticmethod
    def _share(shares: Mapping[str, float], act: str) -> float:
        return shares.get(act, shares.get("every", 0.0))

    # nodes

    def _open(self, docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        for timer in node.deemed:
            self._lapse_at(docket, node, timer)
        for timer in node.reminders:
            self._remind_at(docket, node, timer)
        if node.consulted:
            self._consult(docket, node)
            return
        if node.cadence is not None:
            c = node.cadence
            after = self.env.now
            times = opening_times(self.calendar, c.amount, c.unit, 0, self.calendar.sessions[0][0], c.day)
            opening = next((t for t in times if t >= after), None)
            if opening is not None and opening > after:
                round_ = docket.rounds[node.number]
                self.at(opening, lambda _: self._if_current(docket, node, round_, self._dispatch))
                return
        self._dispatch(docket, node)

    def _if_current(
        self, docket: Docket, node: PlanNode, round_: int, act: Callable[[Docket, PlanNode], None]
    ) -> None:  # fmt: skip
        """Do it unless the node was done, or begun anew, in between."""
        number = node.number
        if docket.rounds[number] == round_ and docket.done[number] is None and docket.left[number] == 0:
            act(docket, node)

    def _dispatch(self, docket: Docket, node: PlanNode) -> None:
        """Bring a paper to whoever may do the stage now."""
        answer = self.oracle.ask(node.stage, docket.paper)
        hands = self._choose(answer, docket.seats.get(node.number))
        if hands is None:
            if answer.meetings:
                self._table(docket, node, answer.meetings[0])
            elif answer.wanted:
                self._stall(docket, node, answer)
            else:
                self._complete(docket, node)  # no longer wanted, or may be left out
            return
        meeting = next((h.actor for _, h in hands if h.actor in answer.meetings), None)
        if meeting is not None:
            self._table(docket, node, meeting)
            return
        rank, number = docket.rank, node.number
        jobs = [Job(docket, number, i, h, rank, self._minutes(docket, node, h, i)) for i, h in hands]
        docket.jobs[number] = jobs
        for job in jobs:
            self.desk(job.hand.actor).put(job)

    def _choose(self, answer: Answer, acted: frozenset[int] | None) -> tuple[tuple[int, Hand], ...] | None:
        """One hand for each seat that has not `acted`, with its number.

        Who acts in his own right comes first, then the shortest queue, then rank. Of several powers, the first in
        the order of the rules that needs no stand-in, else the first.
        """
        if acted:
            left = answer.remaining(acted)
            return None if left is None else tuple((i, self._pick(seat)) for i, seat in left)
        best: tuple[tuple[int, Hand], ...] | None = None
        best_stead = 0
        for option in answer.options:
            hands: dict[str, tuple[int, Hand]] = {}
            for i, seat in enumerate(option):
                hand = self._pick(seat)
                hands.setdefault(hand.actor, (i, hand))
            stead = sum(bool(h.instead_of) for _, h in hands.values())
            if best is None or stead < best_stead:
                best, best_stead = tuple(hands.values()), stead
                if not stead:
                    break
        return best

    def _pick(self, seat: tuple[Hand, ...]) -> Hand:
        if len(seat) == 1:
            return seat[0]
        return min(seat, key=self._preference)

    def _preference(self, hand: Hand) -> tuple[bool, float, int, str]:
        """Smaller is better. Of meetings, the one that is held more often."""
        body = self.rules.vocabulary.bodies.get(hand.actor)
        if body is not None and body.kind == "meeting":
            return bool(hand.instead_of), 1e6 + self._period(hand.actor)[2], 0, hand.actor
        return bool(hand.instead_of), self.desk(hand.actor).load, self._order.get(hand.actor, 0), hand.actor

    def _period(self, body: str) -> tuple[int, str, float]:
        """How often a body meets, by the rules or else the scenario: amount, unit, and roughly how many days."""
        if body not in self._periods:
            plan = self.scenario.meeting_of(body)
            every, unit = (plan.every, plan.unit) if plan else (1, "working_day")
            at = self._context(PaperClass(-1, self._of_meeting(body), frozenset(), {}))
            cadence = next((c for c in self.rules.cadences.get(body, ()) if at.in_force(c)), None)
            if cadence is not None:
                every, unit = cadence.amount, cadence.unit
            self._periods[body] = (every, unit, every * _ABOUT_DAYS[unit])
        return self._periods[body]

    def desk(self, actor: str) -> Desk:
        """The desk of an official or a body."""
        found = self.desks.get(actor)
        if found is None:
            body = self.rules.vocabulary.bodies[actor]
            servers = _EXTERNAL_SERVERS if body.kind == "external" else self.scenario.staff_of(actor)
            found = self.desks[actor] = Desk(self, actor, servers, self.scenario.preemption)
        return found

    def _minutes(self, docket: Docket, node: PlanNode, hand: Hand, seat: int) -> float:
        rest = docket.rest.pop((node.number, hand.actor), None)
        if rest is not None:
            return rest
        known = (node.stage.act, hand.actor)
        sampler = self._samplers.get(known)
        if sampler is None:
            sampler = self._samplers[known] = self.scenario.handling_of(known[0], self._names(hand.actor)).sampler()
        place = _HANDLING + node.slot * _ROUND * 8 + docket.rounds[node.number] * 8 + min(seat, 7)
        return sampler(uniform(docket.key, place))

    def _names(self, actor: str) -> tuple[str, ...]:
        if actor in self._order:
            official = self.world.cast[actor]
            return (official.id, official.office, *sorted(official.offices))
        return (actor,)

    def still(self, job: Job) -> bool:
        """Whether who has a job on the desk may still do it; if not, the paper goes to whoever may."""
        docket = job.docket
        assert docket is not None
        node = docket.plan.nodes[job.node]
        acted = docket.seats.get(job.node)
        answer = self.oracle.ask(node.stage, docket.paper)
        left = answer.remaining(acted) if acted else None
        if acted:
            may = left is not None and any(h.actor == job.hand.actor for _, seat in left for h in seat)
        else:
            may = answer.admits(job.hand.actor)
        if may:
            job.version = self.world.version
            return True
        self._again(docket, node)
        return False

    def _again(self, docket: Docket, node: PlanNode) -> None:
        """Take a stage back from all desks and ask anew who may do it."""
        for job in docket.jobs.pop(node.number, []):
            if job.live:
                self.desk(job.hand.actor).withdraw(job)
        self._dispatch(docket, node)

    def finished(self, desk: Desk, job: Job) -> None:
        """Somebody did his part of a stage."""
        docket = job.docket
        assert docket is not None
        node = docket.plan.nodes[job.node]
        self._log_act(docket, node, job)
        jobs = docket.jobs.get(job.node, [])
        if any(j.live for j in jobs):
            docket.seats[job.node] = docket.seats.get(job.node, frozenset()) | {job.seat}
            return
        docket.jobs.pop(job.node, None)
        if self._sent_back(docket, node):
            return
        self._complete(docket, node)

    def _log_act(self, docket: Docket, node: PlanNode, job: Job) -> None:
        if self.log is not None:
            begin = self.calendar.reached(job.begun) if job.begun > 0 else 0.0
            begin = min(max(begin, docket.arrived), self.env.now)
            hand = job.hand
            act = Act(begin, self.env.now, docket.number, node.stage.id, hand.actor, hand.norms, hand.instead_of)
            self.log.events.append(act)

    def _complete(self, docket: Docket, node: PlanNode, lapsed: bool = False) -> None:
        """A stage is done, once its floors are kept."""
        number = node.number
        now = self.env.now
        if not lapsed:
            for floor in node.floors:
                start = docket.time_of(floor.start)
                earliest = self.calendar.earliest(start, floor.amount, floor.unit) if start is not None else now
                if earliest > now:
                    self._hold(docket, node, earliest)
                    return
        docket.done[number] = now
        docket.seats.pop(number, None)
        docket.open -= 1
        if docket.open == 0:
            self._finish(docket)
            return
        for following in node.after:
            docket.left[following] -= 1
            if docket.left[following] == 0:
                self._open(docket, docket.plan.nodes[following])

    def _hold(self, docket: Docket, node: PlanNode, earliest: float) -> None:
        """A floor is not kept yet: the stage is done when it is."""
        round_ = docket.rounds[node.number]
        self.at(earliest, lambda _: self._if_current(docket, node, round_, self._complete))

    def _finish(self, docket: Docket) -> None:
        docket.finished = self.env.now
        self._inside[docket.tier] -= 1
        self.tally.finished += 1
        self.tally.under_way -= 1
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "finished"))
        for act in self._when_done.pop(docket.number, []):
            act()

    def _sent_back(self, docket: Docket, node: PlanNode) -> bool:
        """Whether the stage ends with a return; then everything from the stage it goes back to begins anew."""
        if not self._returns:
            return False
        share = self._share(self.scenario.returns, node.stage.act)
        round_ = docket.rounds[node.number]
        if share <= 0 or round_ >= MOST_ROUNDS:
            return False
        if uniform(docket.key, _RETURN + node.slot * _ROUND + round_) >= share:
            return False
        target = node.back_to if node.back_to is not None else (node.before[0] if node.before else node.number)
        nodes = docket.plan.nodes
        affected = nodes[target].reach
        self.tally.returns += 1
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "returned", node.stage.id))
        for number in affected:
            self._forget(docket, number)
        for number in affected:
            docket.left[number] = sum(docket.done[b] is None for b in nodes[number].before)
        self._open(docket, nodes[target])
        return True

    def _forget(self, docket: Docket, number: int) -> None:
        """A stage begins anew: nothing of it is done or under way."""
        for job in docket.jobs.pop(number, []):
            if job.live:
                self.desk(job.hand.actor).withdraw(job)
        if number in docket.waiting:
            self._resume(docket, number)
        for agenda in self.agendas.values():
            agenda.drop(docket, number)
        if docket.done[number] is not None:
            docket.done[number] = None
            docket.open += 1
        docket.seats.pop(number, None)
        docket.rounds[number] += 1

    # stalls

    def _stall(self, docket: Docket, node: PlanNode, answer: Answer) -> None:
        number = node.number
        if number in docket.waiting:
            return
        if not docket.waiting:
            self.tally.under_way -= 1
            self.tally.stalled += 1
        docket.waiting[number] = self.clock()
        docket.stalls += 1
        self._stalled[(docket.number, number)] = (docket, number, node.stage.id, answer.reasons)
        for official in self.oracle.depends(node.stage, docket.paper):
            self._hopes.setdefault(official, {})[(docket.number, number)] = None
        if self.measuring:
            stall = self.tally.stall(node.stage.id, answer.reasons)
            stall.times += 1
            stall.papers.add(docket.number)
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "stalled", node.stage.id, answer.reasons))

    def _resume(self, docket: Docket, number: int) -> None:
        since = docket.waiting.pop(number)
        _, _, stage, norms = self._stalled.pop((docket.number, number))
        if self.measuring:
            stall = self.tally.stall(stage, norms)
            stall.papers.add(docket.number)
            stall.minutes += self.clock() - max(since, self.warm_worked)
        if not docket.waiting:
            self.tally.stalled -= 1
            self.tally.under_way += 1
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "resumed", stage))

    def still_stalled(self) -> Iterable[tuple[Docket, str, tuple[str, ...], float]]:
        """Papers stalled now: the paper, the stage, the norms to blame, and since what working time."""
        for docket, number, stage, norms in self._stalled.values():
            yield docket, stage, norms, docket.waiting[number]

    # people

    def leave(self, official: str, state: str, delegations: frozenset[tuple[str, str]]) -> None:
        """An official goes; what lies on his desk goes to whoever may do it now."""
        world = self.world
        world.states[official] = state
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official)) | delegations
        orphans = self.desks[official].leave()
        self._changed()
        for job in orphans:
            docket = job.docket
            if docket is not None and job.live:
                if job.begun > 0:
                    docket.rest[(job.node, official)] = job.minutes
                self._again(docket, docket.plan.nodes[job.node])
        self._ask_again(official)

    def _of(self, delegation: tuple[str, str], official: str) -> bool:
        return delegation[1] == official and delegation[0] not in self.rules.powers

    def come_back(self, official: str) -> None:
        """An official is there again."""
        world = self.world
        del world.states[official]
        world.delegations = frozenset(d for d in world.delegations if not self._of(d, official))
        self.desks[official].come_back()
        self._changed()
        self._ask_again(official)

    def _changed(self) -> None:
        self.world.version += 1
        self.note(Change(self.env.now, tuple(sorted(self.world.states.items())), self.world.delegations))

    def _ask_again(self, official: str) -> None:
        """Who has work in hand may have lost the right to it, and who lacked hands may have found them.

        Only where the official's coming or going can make a difference.
        """
        for desk in list(self.desks.values()):
            for job in list(desk.serving):
                docket = job.docket
                if job.live and docket is not None:
                    stage = docket.plan.nodes[job.node].stage
                    if official in self.oracle.depends(stage, docket.paper):
                        self.still(job)
        for place in list(self._hopes.pop(official, ())):
            if place not in self._stalled:
                continue
            docket, number, _, _ = self._stalled[place]
            node = docket.plan.nodes[number]
            answer = self.oracle.ask(node.stage, docket.paper)
            if answer.wanted and self._choose(answer, docket.seats.get(number)) is None:
                for name in (official, *self.oracle.depends(node.stage, docket.paper)):
                    self._hopes.setdefault(name, {})[place] = None
                continue
            self._resume(docket, number)
            if node.consulted:
                self._consult(docket, node)
            elif not any(a.has(docket, number) for a in self.agendas.values()):
                self._dispatch(docket, node)

    def _off_agendas(self, docket: Docket, number: int) -> None:
        for agenda in self.agendas.values():
            agenda.drop(docket, number)

    # periods

    def _lapse_at(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        start = docket.time_of(timer.start)
        if start is None:
            return
        round_ = docket.rounds[node.number]
        due = self.calendar.due(start, timer.amount, timer.unit)
        self.at(due, lambda _: self._if_current(docket, node, round_, lambda d, n: self._lapse(d, n, timer)))

    def _lapse(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        """The period is over: consent is deemed and the stage is done."""
        for job in docket.jobs.pop(node.number, []):
            if job.live:
                self.desk(job.hand.actor).withdraw(job)
        if node.number in docket.waiting:
            self._resume(docket, node.number)
        self._off_agendas(docket, node.number)
        self.tally.lapses += 1
        if self.log is not None:
            now = self.env.now
            act = Act(now, now, docket.number, node.stage.id, "", (timer.bound,), (), by_lapse=True)
            self.log.events.append(act)
        self._complete(docket, node, lapsed=True)

    def _remind_at(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        start = docket.time_of(timer.start)
        if start is None:
            return
        round_ = docket.rounds[node.number]
        due = self.calendar.due(start, timer.amount, timer.unit)
        self.at(due, lambda _: self._if_current(docket, node, round_, lambda d, n: self._remind(d, n, timer)))

    def _remind(self, docket: Docket, node: PlanNode, timer: Timer) -> None:
        self.tally.reminders += 1
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "reminder", node.stage.id, (timer.bound,)))

    def _consult(self, docket: Docket, node: PlanNode) -> None:
        """Ask several departments at once; the stage is done when the last has answered, or consent is deemed.

        A department that keeps silent answers only after a reminder, at the end of the period if there is one.
        """
        answer = self.oracle.ask(node.stage, docket.paper)
        if not answer.options and answer.wanted:
            self._stall(docket, node, answer)
            return
        c = self.scenario.consultation
        base = _CONSULT + node.slot * _ROUND + docket.rounds[node.number] * 24
        number = choice(c.departments, uniform(docket.key, base))
        day = self.calendar.minutes_a_day
        now, last = self.env.now, 0.0
        period = next((t for t in (*node.deemed, *node.reminders)), None)
        start = docket.time_of(period.start) if period else None
        due = self.calendar.due(start, period.amount, period.unit) if period and start is not None else now
        for i in range(number):
            u = uniform(docket.key, base + 1 + 2 * i)
            reply = self.calendar.after(now, self._departments(u) * day)
            if uniform(docket.key, base + 2 + 2 * i) < c.silent:
                reply = self.calendar.after(max(now, due), c.reminded_days * day)
            last = max(last, reply)
        round_, hand = docket.rounds[node.number], answer.options[0][0][0] if answer.options else Hand("", ())

        def replied(d: Docket, n: PlanNode) -> None:
            job = Job(d, n.number, 0, hand, d.rank, 0.0)
            job.begun = self.clock()
            self._log_act(d, n, job)
            if self.measuring:
                waited = self.clock() - max(self.calendar.worked(now), self.warm_worked)
                self.tally.spend(n.stage.id, hand.norms, max(waited, 0.0), 0.0)
            self._complete(d, n)

        self.at(max(last, now), lambda _: self._if_current(docket, node, round_, replied))

    # meetings

    def _table(self, docket: Docket, node: PlanNode, body: str) -> None:
        """Put a paper on the agenda of a meeting."""
        agenda = self.agendas.get(body)
        if agenda is None:
            agenda = self._convene(body)
        agenda.add(docket, node.number, self.env.now)
        if self.log is not None:
            self.note(Mark(self.env.now, docket.number, "agenda", node.stage.id))

    def _convene(self, body: str) -> Agenda:
        """The body's agenda, with its meetings from now on."""
        given = self.scenario.meeting_of(body)
        plan = given or MeetingPlan(body, 1, "working_day", 0, self.calendar.sessions[0][0], 0, 1_000_000)
        every, unit, _ = self._period(body)
        agenda = Agenda(body, plan.capacity, plan.lead_days, plan.minutes, plan.wait_for_minutes)
        self.agendas[body] = agenda
        for opening in opening_times(self.calendar, every, unit, plan.weekday, plan.minute):
            if opening >= self.env.now:
                self.at(opening, lambda _: self._meet(agenda))
        return agenda

    def _of_meeting(self, body: str, kind: str = MEETING) -> dict[str, str]:
        """The attributes of a meeting, or of its minutes, as far as the rule set has them."""
        attributes = self.rules.vocabulary.attributes
        wanted = {KIND: kind, BODY: body, "name": "nobody"}
        return {a: v for a, v in wanted.items() if a in attributes and v in attributes[a].domain}

    def _meet(self, agenda: Agenda) -> None:
        now = self.env.now
        items = agenda.take(cut_off(self.calendar, now, agenda.lead_days))
        if not items:
            agenda.empty += 1
            return
        decided: list[tuple[Docket, PlanNode, Answer]] = []
        for entry in items:
            docket, number = entry[3], entry[4]
            node = docket.plan.nodes[number]
            answer = self.oracle.ask(node.stage, docket.paper)
            if answer.admits(agenda.body):
                if number in docket.waiting:
                    self._resume(docket, number)
                decided.append((docket, node, answer))
                continue
            if answer.wanted or answer.powers:
                agenda.put_back(entry)
                self._stall(docket, node, answer)
            else:
                self._complete(docket, node)
        if not decided:
            agenda.cancelled += 1
            return
        agenda.held += 1
        agenda.items += len(decided)
        length = agenda.minutes * len(decided)
        self._sit(agenda.body, length)
        self.at(self.calendar.after(now, length), lambda _: self._decided(agenda, now, decided))

    def _sit(self, body: str, length: float) -> None:
        """The members who are there spend the time of the meeting in it."""
        if length <= 0:
            return
        at = self._context(PaperClass(-1, self._of_meeting(body), frozenset(), {}))
        members: set[str] = set()
        for norm in self.rules.of_form(Composition):
            if norm.body == body and at.in_force(norm):
                for group in (norm.members, norm.chair):
                    members.update(at.members(group) if group is not None else ())
        for member in self.world.cast.ids:
            if member in members and member not in self.world.states:
                self.desks[member].put(Job(None, 0, 0, Hand(member, ()), SITTING, length))

    def _decided(self, agenda: Agenda, opening: float, items: list[tuple[Docket, PlanNode, Answer]]) -> None:
        """A meeting ends; its items go on, at once or when the minutes are out."""
        current = [(d, n, d.rounds[n.number]) for d, n, _ in items]
        for docket, node, answer in items:
            hands = [h for o in answer.options for seat in o for h in seat if h.actor == agenda.body]
            if self.log is not None and hands:
                act = Act(
                    opening, self.env.now, docket.number, node.stage.id, agenda.body, hands[0].norms, ()
                )  # fmt: skip
                self.log.events.append(act)

        def go_on() -> None:
            for docket, node, round_ in current:
                self._if_current(docket, node, round_, self._complete)

        minutes = self._minute_paper(agenda)
        if minutes is not None and minutes.finished is None and agenda.wait_for_minutes:
            self._when_done.setdefault(minutes.number, []).append(go_on)
        else:
            go_on()

    def _minute_paper(self, agenda: Agenda) -> Docket | None:
        """The minutes of a meeting, a paper like any other, where the rules want hands for it."""
        attributes = self._of_meeting(agenda.body, MINUTES)
        if attributes.get(KIND) != MINUTES or BODY not in attributes:
            return None
        stream = key(self.seed, MINUTES, self.replication, agenda.body, agenda.held)
        paper = self.population.of_attributes(attributes, stream)
        if paper is None:
            return None
        return self.admit(MINUTES_FLOW, self.scenario.tiers[-1], paper, stream)


class _Arrivals:
    """Papers of one flow, as a Poisson process in working time whose rate follows the months."""

    def __init__(self, office: Office, flow: Flow) -> None:
        self.office, self.flow = office, flow
        calendar = office.calendar
        total = calendar.worked(office.horizon)
        year = total / max(office.days, 1) * 365 if not office.scenario.every_day else 365.0 * DAY
        mean = sum(flow.months) / 12 if flow.months else 1.0
        self.months = tuple(m / mean for m in flow.months) if mean else ()
        self.most = max(self.months, default=1.0)
        self.rate = flow.per_year / year * self.most if year else 0.0
        self.stream = Stream(key(office.seed, "arrivals", office.replication, flow.id))
        self.papers = key(office.seed, "papers", office.replication, flow.id)
        self.worked, self.number = 0.0, 0
        self._next()

    def _next(self) -> None:
        if self.rate <= 0:
            return
        office = self.office
        while True:
            self.worked -= log1p(-self.stream.next()) / self.rate
            time = office.calendar.reached(self.worked)
            if time >= office.horizon:
                return
            thinned = self.stream.next() * self.most
            if not self.months or thinned < self.months[office.calendar.date(time).month - 1]:
                break
        office.at(time, self._arrive)

    def _arrive(self, _: object) -> None:
        self.number += 1
        stream = child(self.papers, self.number)
        tier, paper = self.office.population.draw(self.flow, stream)
        if paper is None:
            self.office.tally.excluded += 1
        else:
            self.office.admit(self.flow.id, tier, paper, stream)
        self._next()
