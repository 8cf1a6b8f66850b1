"""Slices: all of a rule set that an answer about some of its norms can depend on, as a rule set of its own.

A slice holds the norms asked about, what their expressions speak of, the stand-ins and chairs that may fill their
seats, the norms they give way to, and every background fact, exclusion of absences and relation that restrains what
is already in it while all the rest is plain. So every situation of the slice, with the rest as in the plainest
situation of all (`completed`), can occur in the whole; every situation of the whole is one of the slice, as far as
the slice sees it; and the plainest situation of a slice, completed, is the plainest of the whole.

Nothing of that holds where no situation is plain: where there is none at all, or only with somebody absent. Then the
one slice there is is the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from model import expressions as ex
from model.contents import content
from model.evaluation import Context
from model.norms import (
    CHAIR_SUFFIX,
    Bound,
    Cadence,
    Composition,
    Deontic,
    Exclusion,
    Power,
    Precedence,
    Reserved,
    Route,
    StandIn,
)
from model.ruleset import BODY, KIND, RuleSet, Stage
from model.situation import Cast, Paper, Situation
from model.vocabulary import Fact, Role, Vocabulary
from proofs import decode
from proofs.boolean import Formula, Kind, Term, disj, neg, substituted
from proofs.encoding import Encoding

Token = tuple[str, ...]
"""A thing a slice may hold: its kind and its id."""

Digests = dict[int, tuple[object, bytes]]
"""Hashes of the content of records, by `id`; each entry keeps its record, so that the id is not used again."""

_VARIABLES = ("official", "paper", "role", "relation", "reading")
_TABLES = {
    "title": "offices",
    "body": "bodies",
    "paper": "attributes",
    "set": "sets",
    "role": "roles",
    "relation": "relations",
    "term": "terms",
    "reading": "readings",
}


@dataclass(frozen=True)
class Slice:
    """Part of a rule set."""

    rules: RuleSet
    cast: Cast
    _hashed: Callable[[], str] = field(compare=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """A hash of all that it holds; equal slices give equal answers."""
        return self._hashed()


@dataclass(frozen=True)
class _Restraint:
    """A formula every situation satisfies, its variables with what they are about, and for which of those free it
    holds by itself, as far as was asked."""

    formula: Formula
    atoms: Mapping[Term, Token]
    tokens: frozenset[Token]
    idle: dict[frozenset[Token], bool]


class Slicer:
    """The slices of one encoding's rule set. `plain`: its plainest situation, None where there is no use for one."""

    def __init__(self, encoding: Encoding, plain: Situation | None, digests: Digests | None = None) -> None:
        self.encoding, self.rules, self.cast = encoding, encoding.rules, encoding.cast
        usable = plain is not None and not plain.absent and not self._roles_of_roles()
        self._plain = plain if usable else None
        self._uppers: dict[tuple[int, str], tuple[str, ...]] = {}
        self._needs: dict[int, tuple[Token, ...]] = {}
        self._hands: dict[str, frozenset[str]] = {}
        self._digests: Digests = {} if digests is None else digests
        self._slices: dict[frozenset[Token], Slice] = {}

    # roots

    def of_stages(self, stages: Iterable[Stage]) -> Slice:
        """For whether stages are wanted and stuck, and what is missing."""
        return self.of(self.stages(stages))

    def stages(self, stages: Iterable[Stage]) -> tuple[Token, ...]:
        """What to ask for where stages are asked about."""
        roots: list[Token] = []
        for stage in stages:
            roots += [("exercise", p.id) for p in stage.powers]
            if stage.id == stage.act:
                roots += [("norm", d.id) for d in self.rules.requirements.get(stage.act, ())]
        return tuple(roots)

    def norms(self, norms: Iterable[str]) -> tuple[Token, ...]:
        """What to ask for where it matters when norms are in force, and whom they name."""
        return tuple(("norm", n) for n in norms)

    def routes(self, routes: Iterable[str]) -> tuple[Token, ...]:
        """What to ask for where it matters how routes are gone through."""
        roots: list[Token] = []
        for route in routes:
            roots += [("role", r.id) for r in self._requesters(self.rules.routes[route])]
            roots += [("norm", route), ("part", route)]
            roots += [("exercise", s.power.id) for s in self.rules.routes[route].steps]
            acts = {s.power.act for s in self.rules.routes[route].steps}
            roots += [("norm", d.id) for d in self._prohibitions if d.act in acts]
            roots += [("norm", b.id) for b in self.rules.bounds if route in b.routes]
            roots += [("norm", e.id) for e in self.rules.of_form(Exclusion) if e.route == route]
        return tuple(roots)

    def _requesters(self, route: Route) -> Iterator[Role]:
        """Who may have asked and then have the paper in hand: it matters of nobody else who asked."""
        hands = frozenset(o for s in route.steps for o in self.hands(s.power.id))
        for role in self.rules.vocabulary.roles.values():
            if role.requester and not hands.isdisjoint(self.upper(role.among)):
                yield role

    def saying(self, norms: Iterable[str]) -> tuple[Token, ...]:
        """What to ask for where it matters all that norms say: with them come whole routes, with what starts and ends
        a limit, so that every norm of the slice can be asked what it says."""
        roots: dict[Token, None] = dict.fromkeys(("norm", n) for n in norms)
        if self._plain is None:
            return tuple(roots)
        held: dict[Token, None] = {}
        missing = list(roots)
        while missing:
            roots |= dict.fromkeys(missing)
            held = self._closure(roots)
            missing = [t for token in held for t in self._told_with(token) if t not in held]
        return tuple(roots)

    def _told_with(self, token: Token) -> Iterator[Token]:
        """What a norm or a part of one that a slice holds cannot be told without."""
        record = self.rules.norms.get(token[1]) if token[0] in ("norm", "part") else None
        match record:
            case Route():
                yield ("norm", record.id)
                yield from (("norm", s.power.id) for s in record.steps)
            case Composition() if record.chair is not None:
                yield ("norm", record.id)
                yield ("norm", record.id + CHAIR_SUFFIX)
            case Bound():
                yield from (("norm", r) for r in record.routes)
            case Cadence() if record.route:
                yield ("norm", record.route)
            case Exclusion() if record.route:
                yield ("norm", record.route)
            case Precedence():
                for norm in (*record.prevails, *record.yields):
                    yield ("norm", norm)
            case _:
                pass
        if token[0] == "norm":
            yield from (("norm", p.id) for p in self._precedences.get(token[1], ()))

    def reach(self, roots: Iterable[Token]) -> frozenset[Token]:
        """All that these things need; nothing where there is but one slice."""
        return frozenset() if self._plain is None else frozenset(self._closure(roots))

    def of(self, roots: Iterable[Token]) -> Slice:
        """The slice that these things need."""
        if self._plain is None:
            return self.whole
        held = self.reach(roots)
        if held not in self._slices:
            self._slices[held] = self._cut(held)
        return self._slices[held]

    # closure

    def _closure(self, roots: Iterable[Token]) -> dict[Token, None]:
        held: dict[Token, None] = {}
        stack = list(roots)
        while stack:
            token = stack.pop()
            if token not in held:
                held[token] = None
                stack.extend(self._next(token))
                if token[0] in _VARIABLES:
                    stack.extend(r for r in self._restraints.get(token, ()) if not self._idle(r, held))
        return held

    def _idle(self, restraint: Token, held: Mapping[Token, None]) -> bool:
        """Whether a restraint holds by itself where everything not held is plain."""
        found = self._restraining.get(restraint)
        if found is None:
            return False
        free = frozenset(t for t in found.tokens if t in held)
        if free not in found.idle:
            fixed = {a: self._plainly[a] for a, t in found.atoms.items() if t not in free}
            unplain = any(t in self._unplain for t in found.tokens - free)
            found.idle[free] = not unplain and substituted([found.formula], fixed)[0] is True
        return found.idle[free]

    def _next(self, token: Token) -> Iterator[Token]:
        rules, v = self.rules, self.rules.vocabulary
        match token:
            case ("norm", name):
                yield from self._norm(name)
            case ("part", name):
                record = rules.norms[name]
                for step in record.steps if isinstance(record, Route) else ():
                    if step.power.delegation is not None:
                        yield from self.needs(step.power.delegation)
            case ("exercise", name):
                yield ("norm", name)
                power = rules.powers[name]
                yield from self._filled(power, self.upper(power.by))
            case ("reach", act, official, first):
                for norm in self.naming.get(official, ()):
                    if first or norm.passes(act):
                        yield ("norm", norm.id)
                    if norm.passes(act):
                        yield from (("reach", act, c, "") for c in self.upper(norm.by, official))
            case ("meets", body):
                yield ("body", body)
                yield from (("paper", a) for a in (KIND, BODY) if a in v.attributes)
                yield from (("exercise", c) for c in rules.chairs.get(body, ()))
            case ("fact", name):
                yield from self.needs(self._facts[name].condition)
            case ("official", name):
                yield from (("title", o) for o in self.cast[name].offices)
            case ("office", name):
                yield ("title", name)
                yield from (("official", o) for o in self._holding[name])
            case ("set", name):
                yield from self.needs(v.sets[name].members)
            case ("term", name):
                yield from self.needs(v.terms[name].condition)
            case ("role", name):
                yield from (*self.needs(v.roles[name].among), *self.needs(v.roles[name].papers))
            case ("relation", name):
                relation = v.relations[name]
                yield from (*self.needs(relation.source), *self.needs(relation.target))
            case _:
                pass

    def _norm(self, name: str) -> Iterator[Token]:
        record = self.rules.lookup(name)
        yield from (("reading", r) for r, _ in record.under)
        for slot, value in vars(record).items():
            # whom a law reserves an act to is asked only of those who have it (`model.drafting.higher_law`)
            if isinstance(record, Reserved) and slot == "to" and isinstance(value, ex.Name):
                yield from (("title", *t[1:]) if t[0] == "office" else t for t in self.needs(value))
            elif isinstance(value, ex.Node):
                yield from self.needs(value)
        yield from (("norm", s) for s in self.rules.superiors.get(name, ()))
        if name not in self.rules.norms:
            assert isinstance(record, Power)
            yield ("part", record.route or name.removesuffix(CHAIR_SUFFIX))

    def _filled(self, power: Power, seats: Iterable[str]) -> Iterator[Token]:
        for seat in seats:
            if seat in self.rules.vocabulary.bodies:
                yield ("meets", seat)
            else:
                yield ("reach", power.act, seat, "first")

    def needs(self, node: ex.Node) -> tuple[Token, ...]:
        """What an expression speaks of, at first hand."""
        found = self._needs.get(id(node))
        if found is None:
            found = self._needs[id(node)] = tuple(dict.fromkeys(self._mentioned(node)))
        return found

    def _mentioned(self, root: ex.Node) -> Iterator[Token]:
        v = self.rules.vocabulary
        stack = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, ex.Minus) and isinstance(node.right, ex.Name) and node.right.name in v.offices:
                # whom it takes away matters only among those it takes them from
                stack.append(node.left)
                yield ("title", node.right.name)
                continue
            stack.extend(reversed([*node.children()]))
            match node:
                case ex.Name(name):
                    if name == ex.EVERYONE:
                        yield from (("official", o) for o in self.cast.ids)
                    kinds = {"office": v.offices, "body": v.bodies, "set": v.sets, "role": v.roles}
                    yield from ((kind, name) for kind, table in kinds.items() if name in table)
                case ex.Flag(name):
                    yield ("term", name) if name in v.terms else ("paper", name)
                case ex.Is(attribute) | ex.IsNot(attribute):
                    yield ("paper", attribute)
                case ex.Reading(reading):
                    yield ("reading", reading)
                case ex.Image(function) if function in v.relations:
                    yield ("relation", function)
                case _:
                    pass

    def hands(self, power: str) -> frozenset[str]:
        """The officials that may ever exercise a power: whom it names, and whoever may stand in for these."""
        if power not in self._hands:
            act, seats = self.rules.powers[power].act, self.upper(self.rules.powers[power].by)
            found = dict.fromkeys(s for s in seats if s in self.cast.ids)
            stack = list(found)
            while stack:
                official = stack.pop()
                for norm in self.naming.get(official, ()):
                    for candidate in self.upper(norm.by, official) if norm.passes(act) else ():
                        if candidate not in found:
                            found[candidate] = None
                            stack.append(candidate)
            self._hands[power] = frozenset(found)
        return self._hands[power]

    def upper(self, node: ex.ActorSet, principal: str = "") -> tuple[str, ...]:
        """The actors that may ever belong to a set."""
        key = (id(node), principal)
        if key not in self._uppers:
            self._uppers[key] = tuple(dict.fromkeys(self._upper(node, principal)))
        return self._uppers[key]

    def _upper(self, node: ex.ActorSet, principal: str) -> Iterable[str]:
        v = self.rules.vocabulary
        match node:
            case ex.Name(ex.PRINCIPAL):
                return (principal,) if principal else self.cast.ids
            case ex.Name(ex.EVERYONE):
                return self.cast.ids
            case ex.Name(name):
                if name in v.offices:
                    return self._holding[name]
                if name in v.sets:
                    return self.upper(v.sets[name].members, principal)
                return (name,) if name in v.bodies else self.upper(v.roles[name].among, principal)
            case ex.Image(function, of):
                return self.upper(v.relations[function].target if function in v.relations else of, principal)
            case ex.When(of, _):
                return self.upper(of, principal)
            case ex.Union(parts):
                return [a for p in parts for a in self.upper(p, principal)]
            case ex.Minus(left, ex.Name() as right) if right.name in v.offices or (
                right.name == ex.PRINCIPAL and principal
            ):
                out = set(self.upper(right, principal))
                return [a for a in self.upper(left, principal) if a not in out]
            case ex.Minus(left, _):
                return self.upper(left, principal)
            case ex.Both(parts):
                first, *rest = (self.upper(p, principal) for p in parts)
                return [a for a in first if all(a in r for r in rest)]
            case _:
                return self.cast.ids

    # tables

    def _roles_of_roles(self) -> bool:
        roles = self.rules.vocabulary.roles
        return any(
            isinstance(n, ex.Name) and n.name in roles
            for r in roles.values()
            for e in (r.among, r.papers)
            for n in e.walk()
        )

    @cached_property
    def _holding(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {o: [] for o in self.rules.vocabulary.offices}
        for official in self.cast.officials:
            for office in official.offices:
                found[office].append(official.id)
        return {office: tuple(ids) for office, ids in found.items()}

    @cached_property
    def naming(self) -> dict[str, list[StandIn]]:
        """By official, the stand-in norms that may name him."""
        found: dict[str, list[StandIn]] = {}
        for norm in self.rules.stand_ins:
            for official in self.upper(norm.principals):
                found.setdefault(official, []).append(norm)
        return found

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {f.id: f for f in self.rules.facts}

    @cached_property
    def _restraints(self) -> dict[Token, list[Token]]:
        """By variable, what restrains it together with others: facts, exclusions of absences, relations."""
        found: dict[Token, list[Token]] = {}

        def restrains(what: Token, variables: Iterable[Token]) -> None:
            for variable in variables:
                found.setdefault(variable, []).append(what)

        for fact in self.rules.facts:
            restrains(("fact", fact.id), self._variables([fact.condition]))
        for norm in self.rules.absence_exclusions:
            assert norm.between is not None and norm.other is not None
            variables = self._variables([norm.between, norm.other, norm.when, norm.unless])
            restrains(("norm", norm.id), variables | {("reading", r) for r, _ in norm.under})
        for relation in self.rules.vocabulary.relations.values():
            if not (isinstance(relation.source, ex.Name) and isinstance(relation.target, ex.Name)):
                restrains(("relation", relation.id), self._variables([relation.source, relation.target]))
        return found

    @cached_property
    def _restraining(self) -> dict[Token, _Restraint]:
        """The restraints that can be idle: those that speak of no role and no relation, which are not simply plain."""
        found: dict[Token, _Restraint] = {}
        for fact in self.rules.facts:
            found["fact", fact.id] = self._restraint(self.encoding.holds(fact.condition))
        for norm in self.rules.absence_exclusions:
            found["norm", norm.id] = self._restraint(neg(disj(self.encoding.breaches(norm.id))))
        return {k: r for k, r in found.items() if not any(t[0] in ("role", "relation", "") for t in r.tokens)}

    def _restraint(self, formula: Formula) -> _Restraint:
        below = formula.below() if isinstance(formula, Term) else ()
        atoms = {t: self._tokens.get(t, ("",)) for t in below if t.kind is Kind.VAR}
        return _Restraint(formula, atoms, frozenset(atoms.values()), {})

    @cached_property
    def _tokens(self) -> dict[Term, Token]:
        """By variable of the encoding, what it is about."""
        kinds = {"state": "official", "touches": "official"}
        return {
            atom: (kinds.get(key[0], key[0]), key[1])
            for key, variable in self.encoding.variables.items()
            for atom in variable.literals
            if atom.kind is Kind.VAR
        }

    @cached_property
    def _plainly(self) -> dict[Term, bool]:
        """The plainest situation, by variable of the encoding."""
        assert self._plain is not None
        values = decode.variables_of(self.encoding, self._plain)
        return {
            atom: value == values[key]
            for key, variable in self.encoding.variables.items()
            for value, atom in zip(variable.values, variable.literals, strict=True)
            if atom.kind is Kind.VAR
        }

    @cached_property
    def _unplain(self) -> frozenset[Token]:
        """What even the plainest situation does not have as plain as it could be."""
        assert self._plain is not None
        values = decode.variables_of(self.encoding, self._plain)
        return frozenset(
            ("official" if key[0] == "touches" else key[0], key[1])
            for key, variable in self.encoding.variables.items()
            if key[0] in ("paper", "touches", "reading") and values[key] != variable.values[0]
        )

    def _variables(self, nodes: Iterable[ex.Node]) -> set[Token]:
        """The variables that expressions speak of, at any hand."""
        found: set[Token] = set()
        stack = [t for n in nodes for t in self.needs(n)]
        while stack:
            token = stack.pop()
            if token in found:
                continue
            found.add(token)
            if token[0] in ("set", "term", "office"):
                stack.extend(self._next(token))
        return {t for t in found if t[0] in _VARIABLES}

    @cached_property
    def _prohibitions(self) -> tuple[Deontic, ...]:
        return tuple(d for d in self.rules.of_form(Deontic) if d.modality == "prohibition")

    @cached_property
    def _precedences(self) -> dict[str, list[Precedence]]:
        """By norm that wins through it, the precedence norms."""
        found: dict[str, list[Precedence]] = {}
        for norm in self.rules.of_form(Precedence):
            for winner in norm.prevails:
                found.setdefault(winner, []).append(norm)
        return found

    # cutting

    @cached_property
    def whole(self) -> Slice:
        """The slice that holds everything."""
        return Slice(self.rules, self.cast, self._whole_digest)

    def _whole_digest(self) -> str:
        v = self.rules.vocabulary
        tables = [getattr(v, f.name) for f in fields(v)]
        records = [self.rules.title, *(r for t in tables for r in t.values()), *self.rules.facts]
        records += [*self.rules.norms.values(), *self.rules.out_of_scope, *self.rules.used, *self.cast.officials]
        return _hash([str(len(records)).encode(), *map(self._digest, records)])

    def _cut(self, held: frozenset[Token]) -> Slice:
        rules, v = self.rules, self.rules.vocabulary
        ids: dict[str, set[str]] = {}
        for token in held:
            if len(token) > 1:
                ids.setdefault(token[0], set()).add(token[1])
        tables = {
            table: {i: r for i, r in getattr(v, table).items() if i in ids.get(kind, ())}
            for kind, table in _TABLES.items()
        }
        asked = ids.get("norm", set())
        precedences = {p.id for name in asked for p in self._precedences.get(name, ())}
        kept = asked | ids.get("part", set()) | precedences
        part = replace(
            rules,
            vocabulary=Vocabulary(**tables, acts=v.acts),
            facts=tuple(f for f in rules.facts if f.id in ids.get("fact", ())),
            norms={i: rules.norms[i] for i in sorted(kept & self._places.keys(), key=self._places.__getitem__)},
            out_of_scope=(),
            used=(),
        )
        cast = Cast(tuple(o for o in self.cast.officials if o.id in ids.get("official", ())))
        return Slice(part, cast, lambda: self._part_digest(part, cast, asked))

    def _part_digest(self, part: RuleSet, cast: Cast, asked: Container[str]) -> str:
        v = part.vocabulary
        tables = (getattr(v, table) for table in _TABLES.values())
        parts = [self._digest(r) for table in tables for r in table.values()]
        parts += [self._acts, *(self._digest(r) for r in (*part.facts, *cast.officials))]
        for norm in part.norms.values():
            if isinstance(norm, Route):  # of a route, its order and the steps asked about
                parts.append(self._shape(norm))
                parts += [self._digest(s.power) for s in norm.steps if s.power.id in asked]
            else:
                parts.append(self._digest(norm))
        return _hash(parts)

    @cached_property
    def _places(self) -> dict[str, int]:
        """By norm, its place among them: a slice keeps their order."""
        return {norm: place for place, norm in enumerate(self.rules.norms)}

    @cached_property
    def _acts(self) -> bytes:
        return _hash(map(self._digest, self.rules.vocabulary.acts.values())).encode()

    def _digest(self, record: object) -> bytes:
        """Of a record's content, remembered for as long as the record itself."""
        known = self._digests.get(id(record))
        if known is None or known[0] is not record:
            known = self._digests[id(record)] = (record, hashlib.sha256(content(record).encode()).digest())
        return known[1]

    def _shape(self, route: Route) -> bytes:
        steps = [(s.id, s.power.act, s.power.delegation, s.after, s.back_to) for s in route.steps]
        return content((replace(route, steps=()), steps)).encode()

    # completion

    def completed(self, part: Slice, at: Situation) -> Situation:
        """A situation of the whole: a slice's, with everything else as in the plainest situation of all."""
        if part is self.whole:
            return at
        assert self._plain is not None
        plain, v = self._plain, part.rules.vocabulary
        own = {o.id for o in part.cast.officials}
        paper = Paper(
            {a: at.value(self.rules, a) if a in v.attributes else plain.value(self.rules, a) for a in self._attributes},
            at.paper.touches | (plain.paper.touches - own),
            at.paper.roles,
        )
        found = replace(
            at,
            cast=self.cast,
            paper=paper,
            relations={**{r: m for r, m in plain.relations.items() if r not in v.relations}, **at.relations},
            readings={r: at.readings.get(r, plain.readings[r]) for r in self.rules.vocabulary.readings},
        )
        return replace(found, paper=replace(paper, roles=self._with_roles(part, found)))

    def restricted(self, part: Slice, at: Situation) -> Situation:
        """What a slice sees of a situation of the whole."""
        if part is self.whole:
            return at
        v, own = part.rules.vocabulary, {o.id for o in part.cast.officials}
        asked = set(part.rules.norms) | set(part.rules.powers)
        return Situation(
            part.cast,
            Paper(
                {a: x for a, x in at.paper.attributes.items() if a in v.attributes},
                at.paper.touches & own,
                {r: o for r, o in at.paper.roles.items() if r in v.roles},
            ),
            {o: x for o, x in at.states.items() if o in own},
            {r: m for r, m in at.relations.items() if r in v.relations},
            frozenset((n, o) for n, o in at.delegations if n in asked),
            {r: c for r, c in at.readings.items() if r in v.readings},
        )

    @property
    def _attributes(self) -> Iterable[str]:
        return self.rules.vocabulary.attributes

    def _with_roles(self, part: Slice, at: Situation) -> dict[str, str]:
        """Roles outside the slice are held by the first who may, where somebody must: nothing else depends on them."""
        context = Context(self.rules, at)
        held: dict[str, str] = {}
        for role in self.rules.vocabulary.roles.values():
            if role.id in part.rules.vocabulary.roles:
                if role.id in at.paper.roles:
                    held[role.id] = at.paper.roles[role.id]
            elif context.holds(role.papers):
                among = context.members(role.among)
                ranked = [o for o in self.cast.ids if o in among] + sorted(among - set(self.cast.ids))
                if ranked:
                    held[role.id] = ranked[0]
        return held


def _hash(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(4, "big") + part)
    return found.hexdigest()
