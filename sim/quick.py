"""The usual step, written out: one hand has done its stage, and the paper goes to the only hand of the next.

`Desks.finish`, `Passage.finished` and `complete` do the same in general; this is what they come to where nothing runs
beside the work, in one function whose names are all local. Whatever is not usual is left to them before anything is
changed. A run with a log goes through them alone, and the tests hold both to the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from sim.desks import Desks
from sim.loop import NORMAL, Item
from sim.papers import Job
from sim.parts import SEATS
from sim.passage import Passage
from sim.state import State
from sim.streams import GOLDEN, MASK, UNIT


def quick_finish(state: State, desks: Desks, passage: Passage) -> Callable[[Item], None]:
    """`Desks.finish`, for an office without pre-emption, whose log is not kept."""
    slow = desks.finish
    env, world = state.env, state.world
    entries, number_of = env.entries, env.number
    worked, reached, continuous = state.worked, state.reached, state.calendar.continuous
    warm, dispatch, sent_back, leave = state.warm_worked, passage.dispatch, passage.sent_back, passage.leave
    next_of, open_ = desks.next, passage.open

    def finish(item: Item) -> None:
        job: Job = item[4]
        if job.event != item[2]:
            return
        docket, node, part = job.docket, job.node, job.part
        if docket is None or node is None or node.floors or job.team or docket.seats or docket.rest:
            slow(item)
            return
        desk = part.desk
        assert desk is not None
        time = env.time
        now = time if continuous else worked(time)
        serving = desk.serving
        if len(serving) == 1:
            serving.pop()
        else:
            serving.remove(job)
        desk.free += 1
        measuring = state.measuring
        begun = job.begun
        if measuring:
            desk.handled += 1
            since = job.since
            if since >= warm:
                desk.busy += now - begun
                waited = begun - since
                desk.waited += waited
                part.count += 1
                part.waited += waited
                part.worked += now - begun
            else:
                desk.busy += now - (begun if begun > warm else warm)
        number = node.number
        job.event = docket.jobs[number] = None
        if node.returned and sent_back(docket, node):
            if desk.queue:
                next_of(desk)
            return
        docket.done[number] = time
        docket.open = still = docket.open - 1
        if still == 0:
            leave(docket)
        else:
            left = docket.left
            spare: Job | None = job
            for following in node.after:
                left[following] = before = left[following] - 1
                if before:
                    continue
                coming = docket.plan.nodes[following]
                if not coming.plain:
                    open_(docket, coming)
                    continue
                watch = docket.known.watches[coming.slot]
                its = watch.part
                if its is None or watch.version != world.version or its.desk is None or docket.seats or docket.rest:
                    dispatch(docket, coming)
                    continue
                # `streams.uniform`, written out
                z = docket.key + its.offset
                round_ = docket.rounds[following]
                if round_:
                    z += round_ * SEATS * GOLDEN
                z &= MASK
                z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
                z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
                minutes = its.sampler((((z ^ (z >> 31)) >> 11) + 0.5) * UNIT)
                if spare is None:
                    new = Job(docket, coming, its, docket.rank, minutes)
                else:  # the record of the work that is done serves for the first that follows
                    new, spare = spare, None
                    new.node, new.part, new.rank, new.minutes = coming, its, docket.rank, minutes
                docket.jobs[following] = new
                new.since, new.version = now, watch.version
                there = its.desk
                if measuring:
                    there.offered += minutes
                if there.free and not there.queue:
                    new.begun = now
                    if minutes > 0:
                        end = now + minutes if continuous else reached(now + minutes)
                        # the sum is what a timeout of the difference comes to, to the last bit
                        end = time + (end - time) if end > time else time
                    else:
                        end = time
                    new.event = entry = number_of()
                    heappush(entries, (end, NORMAL, entry, finish, new))
                    there.serving.append(new)
                    there.free -= 1
                else:
                    there.serial += 1
                    heappush(there.queue, (new.rank, there.serial, new))
                    if there.free:
                        next_of(there)
        queue = desk.queue
        if queue and desk.free:
            new = queue[0][2]
            if not new.live or new.version != world.version:
                next_of(desk)
                return
            heappop(queue)
            new.begun = now
            minutes = new.minutes
            if minutes > 0:
                end = now + minutes if continuous else reached(now + minutes)
                end = time + (end - time) if end > time else time
            else:
                end = time
            new.event = entry = number_of()
            heappush(entries, (end, NORMAL, entry, finish, new))
            serving.append(new)
            desk.free -= 1

    return finish
