"""From shapes to the vocabulary of a rule set and its background facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model import messages as say
from model import schema
from model import vocabulary as vo
from model.building import Builder, label
from model.citations import Citation
from model.ruleset import BODY, KIND, RuleSet
from model.yamltext import Loc


def build_vocabulary(b: Builder, shape: schema.RulesShape, used: Sequence[RuleSet]) -> vo.Vocabulary:
    """The vocabulary with that of the rule sets in use. The names in its expressions are not looked at yet."""
    v = [u.vocabulary for u in used]
    make = _Records(b)
    attributes = b.collect("attributes", shape.attributes, [x.attributes for x in v], make.attribute)
    _extend(b, attributes, KIND, "classes", shape.classes, shape.classes)
    _extend(b, attributes, BODY, "bodies", shape.bodies, [x for x in shape.bodies if x.kind == "meeting"])
    return vo.Vocabulary(
        offices=b.collect("offices", shape.offices, [x.offices for x in v], make.office),
        bodies=b.collect("bodies", shape.bodies, [x.bodies for x in v], make.body),
        attributes=attributes,
        sets=b.collect("sets", shape.sets, [x.sets for x in v], make.named_set),
        roles=b.collect("roles", shape.roles, [x.roles for x in v], make.role),
        relations=b.collect("relations", shape.relations, [x.relations for x in v], make.relation),
        terms=b.collect("terms", shape.terms, [x.terms for x in v], make.term),
        acts=b.collect("acts", shape.acts, [x.acts for x in v], make.act),
        readings=b.collect("readings", shape.readings, [x.readings for x in v], make.reading),
    )


def build_facts(b: Builder, shape: schema.RulesShape, used: Sequence[RuleSet]) -> tuple[vo.Fact, ...]:
    """The background facts with those of the rule sets in use."""
    known = [{f.id: f for f in u.facts} for u in used]
    return tuple(b.collect("facts", shape.facts, known, _Records(b).fact).values())


def _extend(
    b: Builder,
    attributes: dict[str, vo.Attribute],
    name: str,
    section: str,
    items: Sequence[schema.MaybeCited],
    extra: Sequence[schema.MaybeCited],
) -> None:
    """Add the instrument's classes to `kind`, and its meetings to `body`. `extra` are some of the section's items."""
    if not extra:
        return
    if name not in attributes:
        if name not in b.set_aside:
            b.mistake((section,), say.SECTION_NEEDS(section=section, attribute=name), say.USES_BACKGROUND())
        return
    old = attributes[name]
    for i, item in enumerate(items):
        if item.id in old.domain and item in extra:
            b.mistake((section, i, "id"), say.VALUE_ALREADY(id=item.id, attribute=name), say.OWN_ID())
        if section == "classes":
            b.check_places(item, (section, i))
    if section == "classes":
        b.distinct([x.id for x in extra], (section,))
    values = (*old.values, *(vo.Value(x.id, label(x)) for x in extra))
    attributes[name] = vo.Attribute(old.id, old.label, values, old.boolean, old.open, old.citation)


@dataclass(frozen=True)
class _Records:
    """One method a section: its shape to its record."""

    b: Builder

    def office(self, o: schema.OfficeShape, loc: Loc) -> vo.Office:
        many, abstract = o.holders != "one", o.holders == "none"
        scope = 0 if abstract else o.scope if many else 1
        return vo.Office(
            o.id,
            label(o, _spelt(o.aliases)),
            many,
            scope,
            tuple(o.is_a),
            o.portfolio,
            self.b.cited(o, loc),
            self.aliases(o.aliases, loc),
            self.seen(o.seen, loc),
            abstract,
        )

    def body(self, o: schema.BodyShape, loc: Loc) -> vo.Body:
        cited, aliases, seen = self.b.cited(o, loc), self.aliases(o.aliases, loc), self.seen(o.seen, loc)
        return vo.Body(o.id, label(o, _spelt(o.aliases)), o.kind, cited, aliases, seen, o.statutory)

    def aliases(self, found: Sequence[str | schema.AliasShape], loc: Loc) -> tuple[vo.Alias, ...]:
        made = []
        for i, alias in enumerate(found):
            here: Loc = (*loc, "aliases", i)
            if isinstance(alias, str):
                made.append(vo.Alias(alias))
            else:
                if alias.quote and not alias.at:
                    self.b.quote_without_place(here)
                place = self.b.citation(alias.at, alias.quote, here) if alias.at else None
                made.append(vo.Alias(alias.zh, place))
        return tuple(made)

    def seen(self, place: schema.Cited | None, loc: Loc) -> Citation | None:
        return self.b.citation(place.at, place.quote, (*loc, "seen")) if place is not None else None

    def attribute(self, a: schema.AttributeShape, loc: Loc) -> vo.Attribute:
        boolean = a.type == "bool"
        if boolean:
            values = (vo.Value("false", vo.Label("否", "no")), vo.Value("true", vo.Label("是", "yes")))
            if a.values:
                self.b.mistake((*loc, "values"), say.VALUES_OF_BOOLEAN(), say.EITHER_VALUES_OR_BOOL())
        else:
            values = tuple(vo.Value(x.id, label(x)) for x in a.values)
            if not values:
                self.b.mistake(loc, say.NO_VALUES(id=a.id), say.VALUES_OR_BOOL())
                values = (vo.Value("none", vo.Label("无", "none")),)
        return vo.Attribute(a.id, label(a), values, boolean, a.open, self.b.cited(a, loc))

    def named_set(self, s: schema.SetShape, loc: Loc) -> vo.NamedSet:
        return vo.NamedSet(s.id, label(s), self.b.actors(s.is_, (*loc, "is")), self.b.cited(s, loc))

    def role(self, r: schema.RoleShape, loc: Loc) -> vo.Role:
        among = self.b.actors(r.among, (*loc, "among"))
        return vo.Role(r.id, label(r), among, self.b.condition(r.for_, (*loc, "for")), r.requester)

    def relation(self, r: schema.RelationShape, loc: Loc) -> vo.Relation:
        source, target = self.b.actors(r.from_, (*loc, "from")), self.b.actors(r.to, (*loc, "to"))
        return vo.Relation(r.id, label(r), source, target, r.symmetric, r.total)

    def term(self, t: schema.TermShape, loc: Loc) -> vo.Term:
        return vo.Term(t.id, label(t), self.b.condition(t.is_, (*loc, "is")), self.b.cited(t, loc))

    def act(self, a: schema.ActShape, loc: Loc) -> vo.Act:
        return vo.Act(a.id, label(a), a.decisive, a.scrutiny, tuple(a.excludes))

    def reading(self, r: schema.ReadingShape, loc: Loc) -> vo.ReadingSpec:
        citation = self.b.cited(r, loc)
        if citation is None:
            self.b.mistake(loc, say.READING_WITHOUT_PLACE(id=r.id), say.AT_AND_QUOTE())
            citation = Citation(self.b.instrument, 0)
        return vo.ReadingSpec(r.id, label(r), tuple(vo.Value(c.id, label(c)) for c in r.choices), citation)

    def fact(self, f: schema.FactShape, loc: Loc) -> vo.Fact:
        if not f.assumption and not f.at:
            self.b.mistake(loc, say.FACT_WITHOUT_SOURCE(id=f.id), say.LAW_OR_ASSUMPTION())
        return vo.Fact(
            f.id, label(f), self.b.condition(f.holds, (*loc, "holds")), self.b.cited(f, loc), f.assumption
        )  # fmt: skip


def _spelt(aliases: Sequence[str | schema.AliasShape]) -> tuple[str, ...]:
    return tuple(a if isinstance(a, str) else a.zh for a in aliases)
