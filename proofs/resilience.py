"""How many absences an act survives: the fewest that leave nobody competent, and on whom alone an act depends.

Exact within the bounds of the hearing; every situation is replayed by `model.endurance`. Exclusions of absences
hold, for a situation that breaks a strict one cannot occur. Delegations are told apart: at worst nobody gives any
(the solver is free to leave them out); at best everybody who can delegate or authorise has done so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from model import absence, endurance
from model.competence import Competence
from model.graphs.course import earlier
from model.norms import Power
from model.ruleset import RuleSet, Stage
from model.situation import Situation
from proofs import decode, witness
from proofs.boolean import Formula, Term, conj, disj, implies
from proofs.encoding import Encoding
from proofs.findings import Endurance
from proofs.hearing import Hearing, replayed
from proofs.session import Session


def ordinary(encoding: Encoding) -> Formula:
    """`endurance.ordinary`: nobody is absent but for an ordinary cause."""
    return conj(encoding.state_in(o, absence.ORDINARY | {absence.PRESENT}) for o in encoding.cast.ids)


def given(encoding: Encoding) -> Formula:
    """`endurance.all_given`: everybody who can delegate or authorise has done so."""
    parts: list[Formula] = []
    rules = encoding.rules
    for norm in rules.stand_ins:
        if norm.delegation is not None:
            for official, named in encoding.members(norm.principals).items():
                possible = conj([named, encoding.absent(official)])
                parts.append(implies(possible, encoding.variables[("delegation", norm.id, official)].is_("yes")))
    for power in rules.authorisable:
        assert power.delegation is not None
        for official, named in encoding.members(power.delegation).items():
            possible = conj([named, encoding.can_delegate(official)])
            parts.append(implies(possible, encoding.variables[("authorisation", power.id, official)].is_("yes")))
    return conj(parts)


def fallen(encoding: Encoding, stage: Stage, power: Power) -> Formula:
    """`endurance.fallen`, for ordinary causes: the power demands the act of somebody, and nobody may do it."""
    named = disj(encoding.seats(power).values())
    return conj([encoding.in_force(power), named, encoding.stuck(stage), ordinary(encoding)])


def endure(hearing: Hearing, session: Session, stage: Stage, power: Power) -> Endurance:
    """The fewest absences that stop a power, at worst and at best. Raises Unknown where the solver gives up."""
    encoding = hearing.encoding
    best = given(encoding)
    wanted = conj([encoding.in_force(power), disj(encoding.seats(power).values())])
    if wanted is False or not session.satisfiable([session.literal(wanted)]):
        return Endurance(power.id, vacuous=True)
    formula = fallen(encoding, stage, power)
    worst = _fewest(hearing, session, stage, power, [formula])
    if worst is None:
        return Endurance(power.id)
    if endurance.all_given(hearing.rules, worst):
        return Endurance(power.id, worst, worst)
    return Endurance(power.id, worst, _fewest(hearing, session, stage, power, [formula, best], len(worst.absent)))


@dataclass(frozen=True)
class Row:
    """Powers over one act that name the same, and survive equally many absences."""

    act: str
    powers: tuple[str, ...]
    shown: Endurance


def rows(rules: RuleSet, found: Iterable[Endurance]) -> tuple[Row, ...]:
    """The table: one row for each act, whom its powers name, and how much they survive; in order of the stages."""
    groups: dict[object, list[Endurance]] = {}
    for each in found:
        if not each.vacuous:
            power = rules.powers[each.power]
            groups.setdefault((power.act, str(power.by), power.joint, *each.fewest), []).append(each)
    return tuple(Row(rules.powers[g[0].power].act, tuple(e.power for e in g), g[0]) for g in groups.values())


@dataclass(frozen=True)
class Passage:
    """A step of a route: the fewest absences that stop a paper there, and there or at any later step; None if
    more than were looked at. At worst, then at best."""

    step: str
    here: tuple[int | None, int | None]
    onward: tuple[int | None, int | None]


def passages(rules: RuleSet, found: Iterable[Endurance]) -> dict[str, tuple[Passage, ...]]:
    """By route, its required steps: as absences accumulate along it, the fewest that stop a paper from there on."""
    fewest = {e.power: e.fewest for e in found}
    made: dict[str, tuple[Passage, ...]] = {}
    for route in rules.routes.values():
        steps = [s for s in route.steps if s.power.id in fewest]
        before = earlier(route)
        made[route.id] = tuple(
            Passage(
                s.power.id,
                fewest[s.power.id],
                _least(fewest[t.power.id] for t in steps if t.id == s.id or s.id in before[t.id]),
            )
            for s in steps
        )
    return made


def _least(counts: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    worst, best = zip(*counts, strict=True)
    return (
        min((w for w in worst if w is not None), default=None),
        min((b for b in best if b is not None), default=None),
    )


def _fewest(
    hearing: Hearing, session: Session, stage: Stage, power: Power, goals: Sequence[Formula], least: int = 0
) -> Situation | None:
    """The plainest situation, with the fewest absences, in which the goals hold; None within the bound."""
    literals = [session.literal(g) for g in goals]
    values = witness.minimal(session, literals, hearing.most, least)
    if values is None:
        return None
    at = hearing.situation(values)
    falls = endurance.fallen(Competence(hearing.rules, at), stage, power) and endurance.ordinary(at)
    replayed(falls, f"a stop at {power.id}", at)
    return at


@dataclass(frozen=True)
class Alone:
    """The absence of one holder of `office` alone stops something, as it does in `situation`."""

    office: str
    situation: Situation


def alone(
    hearing: Hearing, session: Session, stuck: Formula, seats: Mapping[str, Formula], goals: Sequence[Term] = ()
) -> Iterator[Alone]:
    """The offices the absence of a holder of which, and of nobody else, makes `stuck` hold though a seat is his.

    Holders of one office are alike, and are told once.
    """
    encoding = hearing.encoding
    one_absent = witness.absences_at_most(session, 1)
    left: dict[str, list[Formula]] = {}
    for official in encoding.cast.officials:
        if official.id in seats:
            gone = conj([seats[official.id], encoding.absent(official.id)])
            left.setdefault(official.office, []).append(gone)
    while left and stuck is not False:
        someone = disj(f for parts in left.values() for f in parts)
        model = session.model([one_absent, *goals, session.literal(conj([stuck, someone]))])
        if model is None:
            return
        at = hearing.situation(decode.values(encoding, model))
        found = Alone(at.cast[at.absent[0]].office, at)
        yield found
        del left[found.office]
