"""The usual step, written out: one hand has done its stage, and the paper goes to the only hand of the next.

`Desks.finish`, `Passage.finished`, `complete` and `dispatch` do the same in general; this is what they come to where
nothing runs beside the work, in functions whose names are all local. Whatever is not usual is left to them before
anything is changed. A run with a log goes through them alone, and the tests hold both to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from sim.desks import Desks
from sim.loop import NORMAL, Item
from sim.papers import Desk, Docket, Job, Part
from sim.parts import SEATS
from sim.passage import Passage
from sim.plan import PlanNode
from sim.state import State
from sim.streams import UNIT, uniform

Quick = tuple[Callable[[Item], None], Callable[[Docket, PlanNode], None]]


def quick(state: State, desks: Desks, passage: Passage) -> Quick:
    """`Desks.finish` and `Passage.open` for an office without pre-emption whose log is not kept."""
    slow, next_of = desks.finish, desks.next
    open_, sent_back, leave = passage.open, passage.sent_back, passage.leave
    env, world, warm = state.env, state.world, state.warm_worked
    entries, number_of = env.entries, env.number
    continuous = state.calendar.continuous
    worked, reached = state.worked, state.reached

    def begin(docket: Docket, node: PlanNode) -> None:
        """All that comes before a node is done."""
        watch = docket.known.watches[node.slot]
        part = watch.part
        if part is None or not node.plain or watch.version != world.version or not docket.plain:
            open_(docket, node)
            return
        time = env.time
        send(docket, node, part, time, time if continuous else worked(time), None)

    def send(docket: Docket, node: PlanNode, part: Part, time: float, now: float, job: Job | None) -> None:
        """Bring a paper to the only hand of a plain node, at a time and working time that are now.

        `job` is a record that nobody needs any more.
        """
        number = node.number
        row, column = docket.row, node.column
        if row and column:
            minutes = part.sampler(((row[column] >> 11) + 0.5) * UNIT)
        else:
            minutes = part.sampler(uniform(docket.key, part.place + docket.rounds[number] * SEATS))
        if job is None:
            job = Job(docket, node, part, docket.rank, minutes)
        else:
            job.node, job.part, job.rank, job.minutes = node, part, docket.rank, minutes
        docket.jobs[number] = job
        job.since, job.version = now, world.version
        desk: Desk = part.desk  # type: ignore[assignment]  # a watch has a part only when that has a desk
        if now >= warm:
            desk.offered += minutes
        if desk.free and not desk.queue:
            job.begun = now
            job.event = entry = number_of()
            end = now + minutes if continuous else reached(now + minutes)
            heappush(entries, (end if end > time else time, NORMAL, entry, finish, job))
            desk.serving.append(job)
            desk.free -= 1
        else:
            desk.serial += 1
            heappush(desk.queue, (job.rank, desk.serial, job))
            if desk.free:
                next_of(desk)

    def finish(item: Item) -> None:
        """A piece of work comes to its end."""
        job: Job = item[4]
        if job.event != item[2]:
            return
        docket, node = job.docket, job.node
        if docket is None or node is None or not docket.plain or node.floors or node.watched or node.parted:
            slow(item)
            return
        part = job.part
        desk: Desk = part.desk  # type: ignore[assignment]  # work that is done was put on a desk
        time = env.time
        now = time if continuous else worked(time)
        serving = desk.serving
        if len(serving) == 1:
            serving.pop()
        else:
            serving.remove(job)
        desk.free += 1
        begun, since = job.begun, job.since
        if since >= warm:
            part.count += 1
            part.waited += begun - since
            part.worked += now - begun
        elif now >= warm:
            desk.busy += now - (begun if begun > warm else warm)
            desk.handled += 1
        job.event = None
        if not node.returned or not sent_back(docket, node):
            docket.done[node.number] = time
            docket.open = still = docket.open - 1
            if still == 0:
                leave(docket)
            else:
                left, spare = docket.left, job
                for coming in node.following:
                    number = coming.number
                    left[number] = before = left[number] - 1
                    if before:
                        continue
                    watch = docket.known.watches[coming.slot]
                    its = watch.part
                    if its is None or not coming.plain or watch.version != world.version:
                        open_(docket, coming)
                    else:  # the record of the work that is done serves for the first that follows
                        send(docket, coming, its, time, now, spare)
                        spare = None
        queue = desk.queue
        if queue and desk.free:
            job = queue[0][2]
            if not job.live or job.version != world.version:
                next_of(desk)
                return
            heappop(queue)
            job.begun = now
            job.event = entry = number_of()
            end = now + job.minutes if continuous else reached(now + job.minutes)
            heappush(entries, (end if end > time else time, NORMAL, entry, finish, job))
            serving.append(job)
            desk.free -= 1

    return finish, begin
