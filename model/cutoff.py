"""How many holders of an office a question needs: more of them show nothing new (docs/scope.md has the proof).

Take a situation that shows a defect, and a holder of an office who is present, has no role in the paper, and is
not kept for one of the reasons counted here. Without him, every condition that the question rests on is as
before, every set has the same other members, and so the defect is still there. Hence a defect that any number
of holders can show is shown by at most as many as are counted.

Of offices whose holders a total symmetric relation pairs, a pair is removed at once. Where any other relation
between officials bears on the question, nothing is claimed for the offices that it relates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, reduce

from model import expressions as ex
from model.norms import Norm, Power, StandIn
from model.ruleset import RuleSet, Stage
from model.vocabulary import Strength

TOUCHED, OTHERS = 1, 2
"""Of the holders of an office who are present and have no role: whose portfolio the paper touches, and the rest."""

Kinds = tuple[int, int]
"""How many of the two kinds conditions can tell from one more."""


@dataclass(frozen=True)
class Need:
    """For each office of many holders that is spoken of, how many suffice (None: no claim), and which offices lose two
    at once. Of any other office no holder is needed."""

    holders: Mapping[str, int | None]
    paired: frozenset[str] = frozenset()

    def room(self, office: str, now: int) -> int | None:
        """Up to which number of holders all must be asked about, from `now` on, so that more show nothing new.

        Two at once lead from above the number to one below it, which must not be less than `now`.
        """
        enough = self.holders.get(office, 0)
        return enough if enough is None or office not in self.paired else max(enough, now + 1)


@dataclass(frozen=True)
class Rests:
    """What a question rests on: offices whose holders are spoken of, and how many of them are told apart; roles,
    relations, authorisable powers and bodies that are spoken of; sets made with a relation that are counted,
    and relations that a rank depends on; whether it is said who is away or acts."""

    told: Mapping[str, Kinds]
    roles: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    authorised: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    linked: frozenset[tuple[str, int]] = frozenset()
    ranked: frozenset[str] = frozenset()
    away: bool = False

    def __or__(self, other: Rests) -> Rests:
        told = dict(self.told)
        for office, (touched, others) in other.told.items():
            mine = told.get(office, (0, 0))
            told[office] = (max(mine[0], touched), max(mine[1], others))
        both = {f.name: getattr(self, f.name) | getattr(other, f.name) for f in fields(self) if f.name != "told"}
        return Rests(told, **both)


NOTHING = Rests({})


class Cutoffs:
    """The numbers for one rule set, with at most `most` officials absent. Answers are remembered."""

    def __init__(self, rules: RuleSet, most: int) -> None:
        self.rules, self.most = rules, most
        self._offices = [o.id for o in rules.vocabulary.offices.values() if o.many and not o.abstract]
        self._norms: dict[str, Rests] = {}
        self._expressions: dict[int, tuple[ex.Node, Rests]] = {}
        self._masks: dict[tuple[str, int], frozenset[int]] = {}
        self._acting: dict[tuple[frozenset[str], frozenset[str]], Rests] = {}
        self._facts = self._all(self.expression(f.condition) for f in rules.facts)

    def stage(self, stage: Stage) -> Need:
        """For: can the stage be stuck, and for which causes?"""
        duties = [d.id for d in self.rules.requirements.get(stage.act, ())] if stage.id == stage.act else []
        # of a power that nobody authorised, the cause says whether somebody could act under it
        dormant = sum(p.delegation is not None for p in stage.powers)
        return self.need(self.norms([*(p.id for p in stage.powers), *duties]), dormant, [stage.act])

    def need(self, rests: Rests, witnesses: int, acts: Iterable[str] | None = None) -> Need:
        """For a question that rests on this, and with `acts` also on who may do them.

        `witnesses`: how many more officials a defect of this kind points at (docs/scope.md, the table).
        """
        if acts is not None:
            rests |= self._may_act(rests, set(acts))
        rests |= self._facts
        if rests.away or rests.authorised:  # only then can an absence make a difference, and be ruled out
            rests |= self._exclusions
        absent = self.most if rests.away else 0
        linked = sum(n for _, n in rests.linked)
        held = Counter(o for r in rests.roles for o in self._named(self.rules.vocabulary.roles[r].among))
        givers = (self.rules.powers[p].delegation for p in rests.authorised)
        given = Counter(o for g in givers if g is not None for o in self._named(g))
        kept = {o: absent + held[o] + given[o] + sum(told) + linked + witnesses for o, told in rests.told.items()}
        holders = {o: self._with_partners(o, rests, kept) for o in kept}
        return Need(holders, frozenset(o for o, n in holders.items() if n is not None and n != kept[o]))

    def _with_partners(self, office: str, rests: Rests, kept: Mapping[str, int]) -> int | None:
        """Those kept and, where holders are paired, whom those kept are paired with, and one who may be left over."""
        found = kept[office]
        paired = 0
        for relation in self.rules.vocabulary.relations.values():
            ends = {*self._named(relation.source), *self._named(relation.target)}
            even = relation.source == relation.target
            anew = even or not (relation.symmetric and relation.total)
            plain = all(
                isinstance(n, ex.Union) or (isinstance(n, ex.Name) and n.name in self.rules.vocabulary.offices)
                for n in relation.source.walk()
            )
            if office not in rests.told or office not in ends or (anew and relation.id not in rests.relations):
                continue  # nothing depends on it, and who is left can be related anew
            if not (even and plain and relation.symmetric and relation.total) or paired or relation.id in rests.ranked:
                return None
            if sum(o in self._offices for o in ends) > 1:
                return None  # of two offices the one may have none to lose when the other has
            paired += 1
            offices = self.rules.vocabulary.offices.values()
            names = {n.name for n in relation.source.walk() if isinstance(n, ex.Name)}
            single = sum(not o.many and any(self._is_a(o.id, n) for n in names) for o in offices)
            found += sum(kept.get(o, 0) for o in ends) + single + 1
        return found

    def told(self, stage: Stage) -> Mapping[str, Kinds]:
        """For a stage, how many spare holders of each kind its conditions can tell from one more."""
        duties = [d.id for d in self.rules.requirements.get(stage.act, ())] if stage.id == stage.act else []
        rests = self.norms([*(p.id for p in stage.powers), *duties])
        return (rests | self._may_act(rests, {stage.act}) | self._facts | self._exclusions).told

    # what is rested on

    @cached_property
    def _exclusions(self) -> Rests:
        """What rules absences out."""
        strict = (e.id for e in self.rules.absence_exclusions if e.strength is Strength.STRICT)
        return Rests({}, away=True) | self.norms(strict)

    def norms(self, ids: Iterable[str]) -> Rests:
        """Norms, with all that decides whether they are in force and whom they name."""
        return self._all(self._norm(i) for i in ids)

    def _norm(self, norm_id: str) -> Rests:
        if norm_id not in self._norms:
            norm = self.rules.lookup(norm_id)
            own = [v for v in vars(norm).values() if isinstance(v, ex.Node)]
            found = self._all(map(self.expression, own)) | self._told(self._asked_of(norm))
            if isinstance(norm, StandIn) and norm.by_rank:
                found |= Rests({}, ranked=self.expression(norm.by).relations)
            if isinstance(norm, Power) and norm.delegation is not None:
                found |= Rests({}, authorised=frozenset({norm_id}))
            self._norms[norm_id] = found | self.norms(self.rules.superiors.get(norm_id, ()))
        return self._norms[norm_id]

    def _asked_of(self, norm: Norm) -> list[tuple[ex.ActorSet, int]]:
        """Sets of which a norm asks for the first, or for somebody who can delegate."""
        if not isinstance(norm, StandIn):
            return []
        return [(norm.by, 1)] * norm.by_rank + ([(norm.delegation, 1)] if norm.delegation is not None else [])

    def _may_act(self, rests: Rests, acts: set[str]) -> Rests:
        """Who may do the acts: stand-ins for them, and who chairs the bodies that are to act."""
        key = (rests.bodies, frozenset(acts))
        if key not in self._acting:
            self._acting[key] = self._acted(rests, acts)
        return self._acting[key]

    def _acted(self, rests: Rests, acts: set[str]) -> Rests:
        found = self.norms(n.id for n in self.rules.stand_ins if any(n.passes(a) for a in acts)) | Rests({}, away=True)
        bodies = rests.bodies | found.bodies
        chairs = [c for b, ids in self.rules.chairs.items() if b in bodies for c in ids]
        more = {self.rules.powers[c].act for c in chairs} - acts
        found |= self.norms(chairs)
        return found | self._may_act(rests | found, acts | more) if more else found

    def expression(self, root: ex.Node) -> Rests:
        """A condition or a set, with the terms, named sets and roles that it uses."""
        known = self._expressions.get(id(root))
        if known is None:
            known = self._expressions[id(root)] = (root, self._all(map(self._node, root.walk())))
        return known[1]

    def _node(self, node: ex.Node) -> Rests:
        v = self.rules.vocabulary
        match node:
            case ex.Flag(name) if name in v.terms:
                return self.expression(v.terms[name].condition)
            case ex.Name(name) if name in v.offices:
                return Rests({o: (0, 0) for o in self._offices if self._is_a(o, name)})
            case ex.Name(name) if name in v.bodies:
                return Rests({}, bodies=frozenset({name}))
            case ex.Name(name) if name in v.sets:
                return self.expression(v.sets[name].members)
            case ex.Name(name) if name in v.roles:
                role = v.roles[name]
                held = Rests({}, roles=frozenset({name}))
                return held | self.expression(role.papers) | self.expression(role.among)
            case ex.Image(function, _, _):
                if function in ("absent", "present"):
                    return Rests({}, away=True)
                return NOTHING if function == "in_charge" else Rests({}, relations=frozenset({function}))
            case ex.Some(of):
                return self._told([(of, 1)])
            case ex.Count(of, op, number):
                return self._told([(of, number + (op != ">="))])
        return NOTHING

    def _told(self, sets: Iterable[tuple[ex.ActorSet, int]]) -> Rests:
        """`some` and `>= k` tell up to 1 and k, `<= k` and `= k` up to k + 1."""
        found = NOTHING
        for actors, number in sets:
            if self.expression(actors).relations:
                # which holders are in it depends on more than the two kinds: for each principal, others
                each = self.most if any(n == ex.Name(ex.PRINCIPAL) for n in actors.walk()) else 1
                found |= Rests({}, linked=frozenset({(str(actors), number * each)}))
                continue
            for office in self._named(actors):
                masks = self._kinds(office, actors)
                touched, others = (number * any(m & kind for m in masks) for kind in (TOUCHED, OTHERS))
                found |= Rests({office: (touched * self._has_portfolio(office), others)})
        return found

    def _all(self, parts: Iterable[Rests]) -> Rests:
        return reduce(lambda a, b: a | b, parts, NOTHING)

    # offices

    def _is_a(self, office: str, other: str) -> bool:
        return office == other or other in self.rules.vocabulary.ancestors(office)

    def _has_portfolio(self, office: str) -> bool:
        v = self.rules.vocabulary
        return any(v.offices[o].portfolio for o in (office, *v.ancestors(office)))

    def _named(self, actors: ex.ActorSet) -> Mapping[str, Kinds]:
        """Offices of many whose holders the set speaks of."""
        return self.expression(actors).told

    def _kinds(self, office: str, actors: ex.ActorSet) -> frozenset[int]:
        """Which kinds of spare holders are in a set: every combination that some situation gives.

        A spare holder is present, holds no role, and is nobody's principal. Of a set without relations.
        """
        key = (office, id(actors))
        if key not in self._masks:
            self._masks[key] = self._kinds_of(office, actors)
        return self._masks[key]

    def _kinds_of(self, office: str, actors: ex.ActorSet) -> frozenset[int]:
        v = self.rules.vocabulary
        match actors:
            case ex.Name(name) if name in v.offices:
                return frozenset({TOUCHED | OTHERS if self._is_a(office, name) else 0})
            case ex.Name(name) if name in v.sets:
                return self._kinds(office, v.sets[name].members)
            case ex.Name(_) | ex.Image("absent", _, _):
                return frozenset({0})
            case ex.Image("in_charge", inner, _):
                return frozenset(m & TOUCHED for m in self._kinds(office, inner))
            case ex.Image("present", inner, _):
                return self._kinds(office, inner)
            case ex.Image(_, _, _):
                return frozenset({0})
            case ex.When(inner, _):
                return frozenset({0}) | self._kinds(office, inner)
            case ex.Union(parts):
                return _combined((self._kinds(office, p) for p in parts), lambda a, b: a | b)
            case ex.Both(parts):
                return _combined((self._kinds(office, p) for p in parts), lambda a, b: a & b)
            case ex.Minus(left, right):
                return _combined((self._kinds(office, left), self._kinds(office, right)), lambda a, b: a & ~b)
        raise TypeError(f"no kinds for {type(actors).__name__}")


def _combined(parts: Iterable[frozenset[int]], join: Callable[[int, int], int]) -> frozenset[int]:
    return reduce(lambda a, b: frozenset(join(x, y) for x in a for y in b), parts)
