"""The usual step, written out: one hand has done its stage, and the paper goes to the only hand of the next.

`Desks.finish`, `Passage.finished`, `complete`, `dispatch` and `leave` do the same in general; this is what they come
to where nothing runs beside the work, in functions whose names are all local, for every call and every attribute of an
attribute counts. Whatever is not usual is left to them before anything is changed. A run with a log goes through them
alone, and the tests hold both to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappush

from sim.desks import Desks
from sim.loop import NORMAL, Call, Item
from sim.papers import GONE, Desk, Docket, Job, Part
from sim.parts import SEATS
from sim.passage import Passage
from sim.plan import PlanNode
from sim.state import State
from sim.streams import UNIT, uniform

Quick = tuple[Call, Callable[[Docket, PlanNode], None]]


def quick(state: State, desks: Desks, passage: Passage) -> Quick:
    """`Desks.finish` and `Passage.open` for an office without pre-emption whose log is not kept."""
    slow, next_of = desks.finish, desks.next
    open_, sent_back = passage.open, passage.sent_back
    tally, inside, when_done = state.tally, state.inside, state.when_done
    env, world, warm = state.env, state.world, state.warm_worked
    entries, number_of = env.entries, env.number
    continuous = state.calendar.continuous
    worked, reached = state.worked, state.reached

    def begin(docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        watch = docket.watches[node.slot]
        part = watch.part
        if part is None or not node.plain or watch.version != world.version or not docket.plain:
            open_(docket, node)
            return
        time = env.time
        now = time if continuous else worked(time)
        number, row, column = node.number, docket.row, node.column
        if row and column:
            minutes = part.sampler(((row[column] >> 11) + 0.5) * UNIT)
        else:
            minutes = part.sampler(uniform(docket.key, part.place + docket.rounds[number] * SEATS))
        docket.jobs[number] = job = Job(docket, node, part, docket.rank, minutes)
        job.since, job.version = now, world.version
        desk: Desk = part.desk  # type: ignore[assignment]  # a watch has a part only when that has a desk
        if now >= warm:
            desk.offered += minutes
        if desk.free and not desk.queued:
            start(desk, job, time, now)
            return
        desk.line_up(job)
        if desk.free:
            next_of(desk)

    def start(desk: Desk, job: Job, time: float, now: float) -> None:
        """Begin a job at a time and working time that are now, with a hand that is free."""
        job.begun = now
        job.event = number = number_of()
        end = now + job.minutes if continuous else reached(now + job.minutes)
        heappush(entries, (end if end > time else time, NORMAL, number, finish, job))
        desk.serving.append(job)
        desk.free -= 1

    def take_next(desk: Desk, time: float, now: float) -> None:
        """Begin the job that is next in a queue, with the hand that is free."""
        for lane in desk.in_turn:
            if lane:
                job = lane[0]
                if job.live and job.version == world.version:
                    lane.popleft()
                    desk.queued -= 1
                    start(desk, job, time, now)
                else:
                    next_of(desk)
                return

    def finish(item: Item) -> Item | None:
        """A piece of work comes to its end."""
        time, _, number, _, job = item
        if job.event != number:
            return None
        docket: Docket = job.docket
        node: PlanNode | None = job.node
        if node is None or not node.simple or not docket.plain:
            return slow(item)
        part: Part = job.part
        desk: Desk = part.desk  # type: ignore[assignment]  # work that is done was put on a desk
        now = time if continuous else worked(time)
        begun, since = job.begun, job.since
        if since >= warm:
            part.count += 1
            part.waited += begun - since
            part.worked += now - begun
        elif now >= warm:
            desk.busy += now - (begun if begun > warm else warm)
            desk.handled += 1
        coming = node.only
        if coming is not None:
            watch = docket.watches[coming.slot]
            its, version = watch.part, world.version
            if its is not None and watch.version == version:
                desk_of_its: Desk = its.desk  # type: ignore[assignment]
                its_free = desk_of_its.free
                if desk_of_its is not desk and not (its_free and desk_of_its.queued):
                    # nobody looks at the hand that is done before it takes the next, so it is not laid down between
                    docket.done[node.number] = time
                    docket.open -= 1
                    number, row, column = coming.number, docket.row, coming.column
                    docket.left[number] = 0
                    if row and column:
                        minutes = its.sampler(((row[column] >> 11) + 0.5) * UNIT)
                    else:
                        minutes = its.sampler(uniform(docket.key, its.place + docket.rounds[number] * SEATS))
                    # the record of the work that is done serves for what follows
                    docket.jobs[number] = job
                    job.node, job.part, job.minutes, job.since, job.version = coming, its, minutes, now, version
                    if now >= warm:
                        desk_of_its.offered += minutes
                    if its_free:
                        start(desk_of_its, job, time, now)
                    else:
                        job.event = None
                        job.serial = desk_of_its.serial = desk_of_its.serial + 1
                        desk_of_its.lanes[job.rank].append(job)
                        desk_of_its.queued += 1
                    if desk.queued:
                        for lane in desk.in_turn:
                            if not lane:
                                continue
                            following = lane[0]
                            if not following.live or following.version != version:
                                break
                            lane.popleft()
                            desk.queued -= 1
                            following.begun = now
                            following.event = number = number_of()
                            serving = desk.serving
                            if desk.servers == 1:
                                serving[0] = following
                            else:
                                serving.remove(job)
                                serving.append(following)
                            if continuous:
                                return now + following.minutes, NORMAL, number, finish, following
                            end = reached(now + following.minutes)
                            return end if end > time else time, NORMAL, number, finish, following
                    desk.serving.remove(job)
                    desk.free += 1
                    if desk.queued:
                        next_of(desk)
                    return None
        desk.serving.remove(job)
        desk.free += 1
        job.event = None
        if not node.returned or not sent_back(docket, node):
            docket.done[node.number] = time
            docket.open = still = docket.open - 1
            if still:
                left = docket.left
                for coming in node.following:
                    left[coming.number] = before = left[coming.number] - 1
                    if not before:
                        begin(docket, coming)
            else:
                docket.finished = time
                docket.jobs = docket.left = GONE
                docket.row = ()
                if not docket.plan.ceilings:
                    docket.done = GONE
                inside[docket.tier] -= 1
                tally.finished += 1
                tally.under_way -= 1
                if when_done:
                    for act in when_done.pop(docket.number, ()):
                        act()
        if desk.queued and desk.free:
            take_next(desk, time, now)
        return None

    return finish, begin
