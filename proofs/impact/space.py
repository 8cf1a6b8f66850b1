"""Two rule sets over one space of situations.

Variables are told apart by name, so two encodings that give a variable the same name share it: what
both versions know (an official's absence, an attribute of the paper, a delegation) is one variable with
the values of both. Norms that mean the same in both share their switch; a formula that only such norms
bear on is then literally the same term in both, and nothing need be asked about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast as typed

from model import absence, effects
from model import expressions as ex
from model.reachability import reachable
from model.revision import Revision
from model.ruleset import RuleSet
from model.situation import Cast, Situation
from model.vocabulary import Relation, Role
from proofs.boolean import Formula, Term, at_least, conj, disj, implies, neg, odd
from proofs.encoding import Encoding
from proofs.expressions import NOBODY, Key, Members, Variable

OLD, NEW = 0, 1


class Version(Encoding):
    """One of the two. `possible` says when a situation, as this version sees it, can occur (`effects.seen`)."""

    def __init__(
        self, rules: RuleSet, cast: Cast, states: Sequence[str], domains: dict[Key, tuple[str, ...]], tag: str,
        same: frozenset[str],
    ) -> None:  # fmt: skip
        self._domains, self._tag, self._same = domains, tag, same
        self._own: dict[Key, tuple[str, ...]] = {}
        self.constraints: dict[str, list[Formula]] = {}
        super().__init__(rules, cast, states)

    @property
    def possible(self) -> Formula:
        return conj(f for parts in self.constraints.values() for f in parts)

    def switch(self, norm_id: str) -> Term:
        return super().switch(norm_id if norm_id in self._same else f"{self._tag}:{norm_id}")

    def _variable(self, key: Key, values: Sequence[str]) -> None:
        self._own[key] = tuple(values)
        super()._variable(key, self._domains.get(key, tuple(values)))

    # what can occur

    def _constrain(self) -> None:
        one_value_each = list(self.well_formed)
        super()._constrain()
        for name, formula in self.well_formed[len(one_value_each) :]:
            if name.startswith(("fact.", "exclusion.")):
                self.constraints.setdefault(name, []).append(formula)
        self.well_formed = one_value_each
        for key, values in self._own.items():
            variable = self.variables[key]
            if key[0] in ("paper", "reading") and len(values) < len(variable.values):
                self.constraints[f"values.{key[1]}"] = [disj(variable.is_(x) for x in values)]
        for role in self.rules.vocabulary.roles.values():
            self.constraints[f"role.{role.id}"] = list(self._role(role))
        for relation in self.rules.vocabulary.relations.values():
            self.constraints[f"relation.{relation.id}"] = list(self._relation(relation))

    def end(self, node: ex.ActorSet, official: str) -> Formula:
        """Whether an official is at an end of a relation, as far as that can be said without roles and relations."""
        return True if effects.speaks_of_parts(self.rules, node) else self.members(node).get(official, False)

    def has(self, role: str) -> Formula:
        """Whether the paper has the role in the eyes of this version."""
        record = self.rules.vocabulary.roles[role]
        return conj([self.holds(record.papers), disj(self.members(record.among).values())])

    def _role(self, role: Role) -> Iterator[Formula]:
        variable, among, has = self.variables["role", role.id], self.members(role.among), self.has(role.id)
        yield implies(has, disj(conj([f, variable.is_(o)]) for o, f in among.items()))
        if effects.speaks_of_parts(self.rules, role.papers, role.among):
            yield implies(neg(variable.is_(NOBODY)), has)

    def _relation(self, relation: Relation) -> Iterator[Formula]:
        source, target = self.members(relation.source), self.members(relation.target)
        given = {one: self.variables["relation", relation.id, one] for one in source}
        free = effects.speaks_of_parts(self.rules, relation.target)
        alone: list[Formula] = []
        for one, variable in given.items():
            # whom the relation does not lead to is no image in the eyes of this version (`effects.seen`)
            values = variable.values if free else self._own["relation", relation.id, one]
            images = {x: conj([variable.is_(x), self.end(relation.target, x)]) for x in values if x != NOBODY}
            none = neg(disj(images.values()))
            for two, there in images.items():
                image = conj([there, source[one]])
                if free:
                    yield implies(image, target.get(two, False))
                if relation.symmetric:
                    other = given[two].is_(one) if two in given else False
                    yield implies(image, conj([other, source.get(two, False)]))
            if relation.total and relation.symmetric:
                alone.append(conj([none, source[one]]))
            elif relation.total:
                others = disj(f for t, f in target.items() if t != one)
                yield implies(conj([source[one], others]), neg(none))
        if alone:
            yield neg(at_least(alone, 2))
            yield implies(disj(alone), odd(source.values()))
        if effects.speaks_of_parts(self.rules, relation.source):
            for key, variable in self.variables.items():
                if key[:2] == ("relation", relation.id):
                    yield implies(neg(variable.is_(NOBODY)), source.get(key[2], False))

    # what it sees

    # a method over the dispatcher of the same name, which goes on to serve every other node
    def _members(self, node: ex.ActorSet, principal: str | None, meeting: str) -> Members:  # pyright: ignore[reportIncompatibleVariableOverride]
        v = self.rules.vocabulary
        if isinstance(node, ex.Name) and not meeting and node.name in v.roles:
            role = v.roles[node.name]
            variable = self.variables["role", role.id]
            free = effects.speaks_of_parts(self.rules, role.papers, role.among)
            has = True if free else self.has(role.id)
            return {o: conj([variable.is_(o), has]) for o in self._own["role", role.id] if o != NOBODY}
        if isinstance(node, ex.Image) and node.function in v.relations:
            return self._images(node, v.relations[node.function], principal, meeting)
        return super()._members(node, principal, meeting)

    def _images(self, node: ex.Image, relation: Relation, principal: str | None, meeting: str) -> Members:
        source, target = (
            None if effects.speaks_of_parts(self.rules, end) else self.members(end)
            for end in (relation.source, relation.target)
        )
        found: dict[str, list[Formula]] = {}
        for actor, belongs in self.members(node.of, principal, meeting).items():
            key = ("relation", relation.id, actor)
            starts = True if source is None else source.get(actor, False)
            for image in self._own.get(key, ()):
                if image != NOBODY:
                    ends = True if target is None else target.get(image, False)
                    found.setdefault(image, []).append(conj([belongs, self.variables[key].is_(image), starts, ends]))
        return {a: disj(parts) for a, parts in found.items()}


class Space(Encoding):
    """Both versions. A session on it speaks of the situations at least one of them knows."""

    def __init__(self, revision: Revision, states: Sequence[str], scope: dict[str, int] | None = None) -> None:
        self.revision = revision
        self._made, self._merged = (-1, -1), dict[str, Term]()
        self.rules = revision.union
        old, new, self.cast = revision.casts(scope)
        domains = _domains(revision, (old, new), states)
        self.versions = tuple(
            Version(rules, cast, states, domains, tag, revision.same)
            for rules, cast, tag in ((revision.old, old, "old"), (revision.new, new, "new"))
        )
        self.variables = _in_order([v.variables for v in self.versions])
        one_value_each = {n: f for v in self.versions for n, f in v.well_formed}
        self.well_formed = [*one_value_each.items(), *self._borne()]

    @property
    def old(self) -> Version:
        return self.versions[OLD]

    @property
    def new(self) -> Version:
        return self.versions[NEW]

    @property
    def switches(self) -> dict[str, Term]:  # type: ignore[override]
        """Of both; those of norms that mean the same are one. They are made when a formula first needs them."""
        older, newer = self.old.switches, self.new.switches
        if self._made != (len(older), len(newer)):
            self._made, self._merged = (len(older), len(newer)), {**older, **newer}
        return self._merged

    @property
    def changed(self) -> dict[str, Term]:
        """The switches of norms that one version has alone, or has with another meaning."""
        return {n: s for n, s in self.switches.items() if n not in self.revision.same}

    def absent(self, official: str) -> Formula:
        return neg(self.variables["state", official].is_(absence.PRESENT))

    def _borne(self) -> Iterator[tuple[str, Formula]]:
        """Parts, images and delegations are there only where one version at least can make something of them."""
        for key, variable in self.variables.items():
            knowing = [v for v in self.versions if key in v.variables]
            match key[0]:
                case "role":
                    borne = disj(v.has(key[1]) for v in knowing)
                    yield "borne", implies(neg(variable.is_(NOBODY)), borne)
                case "relation":
                    ends = [(v.rules.vocabulary.relations[key[1]], v) for v in knowing]
                    for image in variable.values:
                        if image != NOBODY:
                            seen = (conj([v.end(r.source, key[2]), v.end(r.target, image)]) for r, v in ends)
                            yield "borne", implies(variable.is_(image), disj(seen))
                case "delegation":
                    named = (
                        conj([v.absent(key[2]), v.members(v.rules.norms[key[1]].principals).get(key[2], False)])  # type: ignore[attr-defined]
                        for v in knowing
                    )
                    yield "borne", implies(variable.is_("yes"), disj(named))
                case "authorisation":
                    givers = (
                        conj([v.can_delegate(key[2]), v.members(g).get(key[2], False)])
                        for v in knowing
                        if (g := v.rules.powers[key[1]].delegation) is not None
                    )
                    yield "borne", implies(variable.is_("yes"), disj(givers))
                case _:
                    pass

    def views(self, at: Situation) -> tuple[Situation | None, Situation | None]:
        """What each version sees of a situation; None where it cannot occur under that version."""
        found: list[Situation | None] = []
        for version in self.versions:
            view = effects.seen(version.rules, version.cast, at)
            occurs = effects.known(version.rules, version.cast, view) and reachable(version.rules, view)
            found.append(view if occurs else None)
        return typed("tuple[Situation | None, Situation | None]", tuple(found))


class _Unconstrained(Encoding):
    """Asked for its variables alone."""

    def _constrain(self) -> None:
        pass


def _domains(revision: Revision, casts: tuple[Cast, Cast], states: Sequence[str]) -> dict[Key, tuple[str, ...]]:
    """The values of both versions, for every variable in which they differ."""
    found: dict[Key, tuple[str, ...]] = {}
    for rules, cast in zip((revision.new, revision.old), reversed(casts), strict=True):
        for key, variable in _Unconstrained(rules, cast, states).variables.items():
            known = found.get(key, ())
            found[key] = (*known, *(x for x in variable.values if x not in known))
    return found


_ORDER = ("reading", "state", "paper", "touches", "relation", "role", "delegation", "authorisation")


def _in_order(tables: Sequence[dict[Key, Variable]]) -> dict[Key, Variable]:
    merged = {k: v for table in reversed(tables) for k, v in table.items()}
    return {k: merged[k] for kind in _ORDER for k in merged if k[0] == kind}
