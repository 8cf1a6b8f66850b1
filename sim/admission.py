"""How papers come in: each gets its plan, from what the rules demand of it at that moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.answers import Answers
from sim.eventlog import Mark
from sim.oracle import PaperClass
from sim.papers import Docket, Standing
from sim.plan import Ceiling, Plan, Planner, PlanNode
from sim.state import State
from sim.streams import uniform

_OPTIONAL = 300_000
"""Where in the numbers of a paper those of steps that may be left out are, by stage."""
Plans = dict[tuple[object, ...], Plan]


class Admission:
    """The entrance of one office. `plans` are those made so far."""

    def __init__(self, state: State, answers: Answers, plans: Plans) -> None:
        self.state, self.answers, self.plans = state, answers, plans
        self.env, self.world, self.log = state.env, state.world, state.log
        self.tally, self.dockets, self.inside = state.tally, state.dockets, state.inside
        scenario = state.scenario
        self.planner = Planner(state.rules, scenario.act_order, scenario.consultation.acts, scenario.share_returned)
        self.open: Callable[[Docket, PlanNode], None] = state.course.open
        """What is done with each node that nothing comes before."""
        self.watch: Callable[[Docket, tuple[Ceiling, ...]], None]
        """What is done with the limits that begin at arrival; set by whoever puts the parts together."""
        self._known = answers.known
        self._ranks = {tier: i for i, tier in enumerate(scenario.tiers)}
        self._last = len(self._ranks)

    def admit(
        self, flow: str, tier: str, paper: PaperClass, stream: int, row: Sequence[int] = ()
    ) -> Docket | None:  # fmt: skip
        """A paper comes, with the key of its numbers and a row of them. None where no norm wants a hand of it."""
        tally, known = self.tally, self._known.get(paper) or self.answers.of(paper)
        standing = known.standing
        if standing is None or known.version != self.world.version:
            standing = self.answers.standing(paper, known)
        plan = standing.plan or self._plan(paper, standing, stream)
        number = tally.arrived + tally.unasked
        if not plan.nodes:
            tally.leave_unasked(flow, measured=self.state.measuring)
            return None
        now = self.env.time
        rank = self._ranks.get(tier, self._last)
        docket = Docket(number, flow, tier, rank, paper, plan, stream, now, known.watches, row)
        tally.arrived += 1
        tally.under_way += 1
        self.dockets.append(docket)
        self.inside[tier] += 1
        log = self.log
        if log is not None:
            log.papers[number] = (flow, tier, paper)
            log.events.append(Mark(now, number, "arrived"))
        if plan.watched:
            self.watch(docket, plan.watched)
        open_ = self.open
        for node in plan.first:
            open_(docket, node)
        return docket

    def _plan(self, paper: PaperClass, standing: Standing, stream: int) -> Plan:
        state, planner = self.state, self.planner
        slots, share = state.oracle.slots, state.scenario.share_done
        left_open = [s for s, a in standing.stages if not a.wanted and share(s.act) > 0]
        may = frozenset(s.id for s in left_open if uniform(stream, _OPTIONAL + slots[s.id]) < share(s.act))
        shapes = tuple((s.id, a.wanted, a.powers) for s, a in standing.stages)
        of = paper.attributes_id if planner.by_attributes else paper
        context = state.context(paper)
        known = (of, shapes, may, planner.limits(context))
        if known not in self.plans:
            self.plans[known] = planner.plan(context, standing.stages, may)
        plan = self.plans[known]
        if not left_open and planner.by_attributes:
            standing.plan = plan
        return plan
