"""Candidates against a gap or a loop: a stand-in more, a clause that covers more, absences kept apart, a signer.

What is missing is read off the finding: who is absent and why (its region), for which acts, and what the
nearest clauses lack (its obstacles).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from model import absence
from model import expressions as ex
from model.citations import Citation
from model.edits import Edit
from model.norms import EVERY_ACT, Deontic, Exclusion, Norm, Power, StandIn
from model.ruleset import RuleSet
from model.situation import Cast
from model.vocabulary import Strength
from proofs.findings import Finding, Gap
from proofs.repairing import people
from proofs.repairing.repair import APART, FURTHER, RANKED, SIGNER, WIDEN, Candidate


def candidates(rules: RuleSet, finding: Finding, gap: Gap, most: int) -> Iterator[Candidate]:
    """Changes that may let somebody act, in no order. `most`: of stand-ins tried for one office."""
    missing = _Missing(rules, finding, gap)
    if any(o.reason in ("unnamed", "empty") for o in gap.obstacles):
        yield from _signers(rules, finding, gap)
    for whom, offices in missing.choices():
        yield from _further(missing, whom, offices, most)
    yield from _widened(missing)
    yield from _ranked(missing)
    yield from _apart(missing)


class _Missing:
    """What a gap lacks: offices whose holders are absent, in which states, and clauses that come near."""

    def __init__(self, rules: RuleSet, finding: Finding, gap: Gap) -> None:
        self.rules, self.finding, self.gap = rules, finding, gap
        self.cast: Cast = finding.witness.cast
        principals = [o.principal for o in gap.obstacles if o.principal in self.cast.ids]
        self.offices = tuple(dict.fromkeys(self.cast[p].office for p in principals))
        stages = {s.id: s for s in rules.stages}
        self.acts = tuple(dict.fromkeys(stages[r.subject].act for r in finding.region if r.subject in stages))
        self.near = tuple(n for n in (rules.norms.get(x.norm) for x in finding.near) if isinstance(n, StandIn))

    def choices(self) -> list[tuple[ex.ActorSet, tuple[str, ...]]]:
        """Whom somebody is to stand in for, with the offices concerned: each office alone, then all; last whoever the
        powers name, where the finding is of several offices."""
        found: list[tuple[ex.ActorSet, tuple[str, ...]]] = [(_either((o,)), (o,)) for o in self.offices]
        if len(self.offices) > 1:
            found.append((_either(self.offices), self.offices))
        away = self._away()
        if len(away) > 1:
            found += [(named, away) for named in self._named()] or [(_either(away), away)]
        return list(dict.fromkeys(found))

    def _named(self) -> list[ex.ActorSet]:
        """The sets that the powers of the obstacles name, without regard to the paper."""
        powers = [self.rules.powers[o.power] for o in self.gap.obstacles if o.power in self.rules.powers]
        found = [p.by.of if isinstance(p.by, ex.Image) and p.by.function == "in_charge" else p.by for p in powers]
        return [f for f in dict.fromkeys(found) if isinstance(f, ex.Name) and f.name in self.rules.vocabulary.sets]

    def _away(self) -> tuple[str, ...]:
        """Offices whose holders are absent in some part of the finding, in rank order."""
        found = {
            self.cast[key[1]].office
            for region in self.finding.region
            for key, allowed in region.cube.items()
            if key[0] == "state" and absence.PRESENT not in allowed
        }
        return tuple(dict.fromkeys(o.office for o in self.cast.officials if o.office in found))

    def states(self, offices: Iterable[str]) -> frozenset[str]:
        """The states of absence that the finding tells of, for holders of the offices."""
        wanted = set(offices)
        found: set[str] = set()
        for region in self.finding.region:
            for key, allowed in region.cube.items():
                away = key[0] == "state" and self.cast[key[1]].office in wanted and absence.PRESENT not in allowed
                if away:
                    found |= allowed
        for official in self.finding.witness.absent:
            if self.cast[official].office in wanted:
                found.add(self.finding.witness.state(official))
        return frozenset(found & set(absence.ABSENT_STATES))

    def anchor(self) -> Citation:
        """The place to amend: the nearest clause of the instrument itself, else that of who is absent."""
        near = [n.citation for n in self.near]
        own = [*near, *(self.rules.lookup(n).citation for n in self.finding.norms)]
        return next((c for c in own if c.instrument == self.rules.title.id and not c.law), own[0])


def _either(offices: tuple[str, ...]) -> ex.ActorSet:
    names = tuple(ex.Name(o) for o in offices)
    return names[0] if len(names) == 1 else ex.Union(names)


def causes_of(states: frozenset[str]) -> tuple[str, ...]:
    """A short list of causes that covers just these states."""
    left, found = set(states), list[str]()
    for cause, covered in sorted(absence.CAUSES.items(), key=lambda x: (-len(x[1]), x[0] == "leave_away")):
        if covered <= states and covered & left:
            found.append(cause)
            left -= covered
    return tuple(found)


def fresh_id(rules: RuleSet, stem: str) -> str:
    """An id that no norm has."""
    taken = {*rules.norms, *rules.powers, *rules.vocabulary.offices}
    number = 1
    while (ident := stem if number == 1 else f"{stem}_{number}") in taken:
        number += 1
    return ident


def further(
    rules: RuleSet,
    anchor: Citation,
    principals: ex.ActorSet,
    somebody: people.Somebody,
    states: frozenset[str],
    acts: tuple[str, ...],
    when: ex.Cond = ex.TRUE,
) -> Edit:
    """One clause more: somebody stands in for the principals, without having been asked."""
    norm = StandIn(
        id=fresh_id(rules, "further_stand_in"),
        citations=(people.place_of(anchor),),
        principals=principals,
        by=somebody.actors,
        causes=causes_of(states),
        states=states,
        acts=acts,
        by_rank=somebody.by_rank,
        when=when,
    )
    return Edit(added=(norm,), offices=people.set_up(rules, somebody.offices, anchor))


def _further(missing: _Missing, whom: ex.ActorSet, offices: tuple[str, ...], most: int) -> Iterator[Candidate]:
    """Where the nearest stand-in is away himself, one after him; else one where no clause reaches."""
    rules = missing.rules
    after = {o.reason for o in missing.gap.obstacles} & {"absent", "loop", "candidate"}
    acts = people.every_act(missing.acts)
    states = missing.states(offices)
    first = [n.by for n in missing.near] if after else []
    when = ex.Not(ex.Some(ex.Image("present", first[0]))) if first else ex.TRUE
    possible = people.stand_ins(rules, missing.cast, offices[0], missing.near, missing.acts)
    if len(offices) > 1:
        others = people.Somebody(ex.Minus(whom, people.PRINCIPAL), 4, by_rank=True)
        possible = [others, *(s for s in possible if str(s.actors) not in offices)]
    for somebody in possible[:most]:
        if somebody.actors in first:
            continue
        edit = further(rules, missing.anchor(), whom, somebody, states, acts, when)
        yield Candidate(FURTHER, edit, missing.anchor(), somebody.pattern)
        if acts == EVERY_ACT:
            edit = further(rules, missing.anchor(), whom, somebody, states, missing.acts, when)
            yield Candidate(FURTHER, edit, missing.anchor(), somebody.pattern + 1)


def _widened(missing: _Missing) -> Iterator[Candidate]:
    """The clause that comes nearest covers the cause, the act, the paper, or needs no delegation any more."""
    lacks: dict[tuple[Citation, str], dict[str, None]] = {}
    for obstacle in missing.gap.obstacles:
        norm = missing.rules.norms.get(obstacle.stand_in)
        if isinstance(norm, StandIn):
            lacks.setdefault((norm.citation, str(norm.by)), {})[obstacle.reason] = None
    helps = ("cause", "act", "paper", "delegation")
    for (citation, by), reasons in lacks.items():
        wanted = [r for r in reasons if r in helps]
        if not wanted:
            continue
        alike = [n for n in missing.rules.stand_ins if n.citation == citation and str(n.by) == by]
        rest = [h for h in helps if h not in wanted]
        for more in range(len(rest) + 1):
            for extra in combinations(rest, more):
                changed = tuple(_wider(missing, n, {*wanted, *extra}) for n in alike)
                if any(a != b for a, b in zip(changed, alike, strict=True)):
                    kept = tuple(c for c, n in zip(changed, alike, strict=True) if c != n)
                    yield Candidate(WIDEN, Edit(changed=kept), citation)


def _wider(missing: _Missing, norm: StandIn, lacks: set[str]) -> StandIn:
    offices = [o for o in missing.offices if people.names(missing.rules, norm.principals, o)] or missing.offices
    if "cause" in lacks:
        states = norm.states | missing.states(offices)
        norm = replace(norm, states=states, causes=causes_of(states) if states != norm.states else norm.causes)
    if "act" in lacks and norm.acts != EVERY_ACT:
        norm = replace(norm, acts=tuple(dict.fromkeys((*norm.acts, *missing.acts))))
    if "paper" in lacks:
        norm = replace(norm, when=ex.TRUE)
    if "delegation" in lacks:
        norm = replace(norm, delegation=None)
    return norm


def _ranked(missing: _Missing) -> Iterator[Candidate]:
    """Whoever the nearest clause names stands in, and after him by rank those below."""
    if not {o.reason for o in missing.gap.obstacles} & {"absent", "candidate"}:
        return
    order = list(missing.rules.vocabulary.offices)
    for citation, by in dict.fromkeys((n.citation, n.by) for n in missing.near):
        if not isinstance(by, ex.Name) or by.name not in order:
            continue
        below = order[order.index(by.name) + 1 : order.index(by.name) + 2]
        alike = [n for n in missing.rules.stand_ins if n.citation == citation and n.by == by]
        for other in below:
            longer = ex.Union((by, ex.Name(other)))
            changed: tuple[Norm, ...] = tuple(replace(n, by=longer, by_rank=True) for n in alike)
            yield Candidate(RANKED, Edit(changed=changed), citation, 1)


def _apart(missing: _Missing) -> Iterator[Candidate]:
    """Whoever is stood in for and the one who stands in may not be away at once."""
    rules, at = missing.rules, missing.finding.witness
    if missing.finding.departures:
        kept = [rules.norms[d] for d in missing.finding.departures]
        changed = tuple(replace(n, strength=Strength.STRICT) for n in kept)
        yield Candidate(APART, Edit(changed=changed), kept[0].citation)
    if len(at.absent) < 2:
        return
    for norm in {n.citation: n for n in missing.near}.values():
        for office in missing.offices:
            if people.names(rules, norm.principals, office):
                made = Exclusion(
                    id=fresh_id(rules, "not_absent_at_once"),
                    citations=(people.place_of(norm.citation),),
                    between=ex.Name(office),
                    other=norm.by,
                )
                yield Candidate(APART, Edit(added=(made,)), norm.citation)


def _own_place(rules: RuleSet, cited: Citation, act: str) -> Citation:
    """A place that the drafter may amend: of a law, where the instrument itself last says who does the act."""
    if cited.instrument == rules.title.id and not cited.law:
        return cited
    own = [p.citation for p in rules.powers.values() if p.citation.instrument == rules.title.id]
    same = [p.citation for p in rules.powers.values() if p.act == act and p.citation in own]
    return max(same or own, default=cited)


def _signers(rules: RuleSet, finding: Finding, gap: Gap) -> Iterator[Candidate]:
    """Somebody named for a class of papers: the class that some norm wants the act of, less those named already."""
    stage = next(s for s in rules.stages if s.id == gap.stages[0])
    wanting = [rules.lookup(n) for n in finding.norms]
    for norm in wanting:
        when, under = norm.when, norm.under
        if isinstance(norm, Deontic) and norm.unless != ex.FALSE:
            when = ex.conjunction(when, ex.Not(norm.unless))
        empty = next((p for p in stage.powers if p.id == norm.id), None)
        if empty is not None:
            when = ex.conjunction(norm.when, ex.Not(ex.Some(empty.by)))
        others = tuple(p.id for p in stage.powers if p.id != norm.id and not p.may) if empty is None else ()
        anchor = _own_place(rules, norm.citation, stage.act)
        for somebody in people.deciders(rules, stage.act):
            for residual in dict.fromkeys(((), others)):
                made = Power(
                    id=fresh_id(rules, f"further_{stage.act}"),
                    citations=(people.place_of(anchor),),
                    act=stage.act,
                    by=somebody.actors,
                    when=when,
                    under=under,
                    residual_to=residual,
                )
                pattern = 2 * somebody.pattern + bool(residual)
                yield Candidate(SIGNER, Edit(added=(made,)), anchor, pattern)
