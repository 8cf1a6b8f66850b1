"""From a folder to a rule set: read, check the shape, resolve every name, report all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pydantic

from model import absence, schema
from model import expressions as ex
from model import norms as nm
from model import vocabulary as vo
from model.citations import QUOTE_LIMIT, Citation, parse_place
from model.errors import Diagnostic, SpecError, nearest
from model.parsing import ExpressionError, parse_condition, parse_set
from model.ruleset import BODY, KIND, RuleSet
from model.sorts import Names, Problem, check_condition, check_set
from model.yamltext import Document, Loc, read

S = TypeVar("S")
_STRENGTHS = {s.name.lower(): s for s in vo.Strength}


def load(folder: Path, library: Path | None = None) -> RuleSet:
    """Read a rule set from a folder with `rules.yaml` and, if any, `ledger.yaml`.

    `library` is where the rule sets it uses are looked for (default: beside the folder).
    Raises SpecError with every mistake of every file.
    """
    folder = Path(folder)
    path = folder / "rules.yaml" if folder.is_dir() else folder
    return _Loader(path, library or path.parent.parent, ()).load()


@dataclass
class _Loader:
    path: Path
    library: Path
    above: tuple[Path, ...]
    mistakes: list[Diagnostic] = field(default_factory=list)
    misshapen: set[Loc] = field(default_factory=set)
    set_aside: set[str] = field(default_factory=set)
    """Ids of the items left out because their shape is wrong; no mistake is made of naming them."""

    def load(self) -> RuleSet:
        self.document = read(self.path)
        self.mistakes.extend(self.document.repeated)
        shape = self._shape(schema.RulesShape, self.document) or self._shape_of_the_rest()
        if shape is None:
            raise SpecError(self.mistakes)
        self.shape = shape
        self.used = self._used()
        if len(self.used) < len(
            shape.instrument.uses
        ):  # what a broken rule set should have given would all be called unknown
            raise SpecError(self.mistakes)
        self.title = vo.Title(
            shape.instrument.id,
            _label(shape.instrument.title),
            _label(shape.instrument.place),
            shape.instrument.number,
            shape.instrument.date,
            shape.instrument.articles,
        )
        vocabulary = self._vocabulary()
        self.names = Names(vocabulary)
        self._check_vocabulary(vocabulary)
        facts = self._facts()
        norms = self._norms()
        ledger = self._ledger()
        self._check_cross_references(norms)
        if self.mistakes:
            raise SpecError(self.mistakes)
        rules = RuleSet(self.title, vocabulary, facts, norms, ledger, tuple(u.title for u in self.used))
        self._check_strata(rules)
        if self.mistakes:
            raise SpecError(self.mistakes)
        return rules

    # mistakes

    def _say(self, loc: Loc, message: str, expected: str = "", near: str = "", key: bool = False) -> None:
        self.mistakes.append(self.document.mistake(loc, message, expected, near, key))

    def _shape(self, model: type[S], document: Document) -> S | None:
        try:
            adapter: Any = pydantic.TypeAdapter(model)
            return adapter.validate_python(document.data)
        except pydantic.ValidationError as e:
            for error in e.errors(include_url=False):
                self.mistakes.append(_shape_mistake(document, error))
                self.misshapen.add(error["loc"][:2])
            return None

    def _shape_of_the_rest(self) -> schema.RulesShape | None:
        """The rule set without the items of wrong shape, so that mistakes in the others come out with theirs."""
        whole = self.document
        if not isinstance(whole.data, dict):
            return None
        moved: dict[Loc, Loc] = {}
        rest: dict[str, Any] = {}
        for section, items in whole.data.items():
            if section not in schema.RulesShape.model_fields:
                continue
            rest[section] = items
            if isinstance(items, list):
                kept = [i for i in range(len(items)) if (section, i) not in self.misshapen]
                rest[section] = [items[i] for i in kept]
                moved.update(((section, i), (section, n)) for n, i in enumerate(kept))
                dropped = [item for i, item in enumerate(items) if i not in kept and isinstance(item, dict)]
                self.set_aside.update(str(item.get("id")) for item in dropped)
        try:
            shape = schema.RulesShape.model_validate(rest)
        except pydantic.ValidationError:
            return None

        def place(of: Mapping[Loc, tuple[int, int]]) -> dict[Loc, tuple[int, int]]:
            there = {loc: moved.get(loc[:2], () if len(loc) > 1 and isinstance(loc[1], int) else loc[:2]) for loc in of}
            return {(*there[loc], *loc[2:]): at for loc, at in of.items() if there[loc] or not loc}

        self.document = Document(whole.path, rest, place(whole.places), place(whole.keys))
        return shape

    # parts

    def _used(self) -> list[RuleSet]:
        found: list[RuleSet] = []
        for i, name in enumerate(self.shape.instrument.uses):
            loc: Loc = ("instrument", "uses", i)
            folder = self.library / name
            above = (*self.above, self.path.parent.resolve())
            if folder.resolve() in above or name == self.shape.instrument.id:
                self._say(loc, f"'{name}' uses this rule set in turn", "no circle")
            elif not (folder / "rules.yaml").is_file():
                known = [p.parent.name for p in self.library.glob("*/rules.yaml")]
                self._say(
                    loc, f"no rule set '{name}' in {self.library}", "the name of a folder there", nearest(name, known)
                )
            else:
                try:
                    found.append(_Loader(folder / "rules.yaml", self.library, above).load())
                except SpecError as e:
                    self.mistakes.extend(e.diagnostics)
        return found

    def _collect(self, section: str, used: Iterable[Mapping[str, S]], build: Callable[[Any, Loc], S]) -> dict[str, S]:
        table: dict[str, S] = {}
        for other in used:
            table.update(other)
        mine: set[str] = set()
        for i, item in enumerate(getattr(self.shape, section)):
            loc: Loc = (section, i)
            if item.id in mine or item.id in table:
                self._say((*loc, "id"), f"the id '{item.id}' is taken in {section}", "an id of its own")
                continue
            mine.add(item.id)
            self._check_places(item, loc)
            for key in ("values", "choices"):
                self._distinct([x.id for x in getattr(item, key, ())], (*loc, key))
            table[item.id] = build(item, loc)
        return table

    def _distinct(self, ids: Iterable[str], loc: Loc) -> None:
        seen: set[str] = set()
        for i, ident in enumerate(ids):
            if ident in seen:
                self._say((*loc, i, "id"), f"the id '{ident}' is taken in {loc[-1]}", "an id of its own")
            seen.add(ident)

    def _check_places(self, item: Any, loc: Loc) -> None:
        """The further places of vocabulary, which no record keeps, and quotes that have no place."""
        if isinstance(item, schema.MaybeCited):
            if item.at:
                self._citation(item.at, item.quote, loc, item.law)
            elif item.quote:
                self._say((*loc, "quote"), "a quote without a place", 'at: "ARTICLE.PARAGRAPH"')
            for k, c in enumerate(item.also):
                self._citation(c.at, c.quote, (*loc, "also", k), item.law)

    def _vocabulary(self) -> vo.Vocabulary:
        v = [u.vocabulary for u in self.used]

        def office(o: schema.OfficeShape, loc: Loc) -> vo.Office:
            many = o.holders == "many"
            return vo.Office(
                o.id,
                _label(o, o.aliases),
                many,
                o.scope if many else 1,
                tuple(o.is_a),
                o.portfolio,
                self._cited(o, loc),
            )

        def attribute(a: schema.AttributeShape, loc: Loc) -> vo.Attribute:
            if a.type == "bool":
                values = (vo.Value("false", vo.Label("否", "no")), vo.Value("true", vo.Label("是", "yes")))
                if a.values:
                    self._say(
                        (*loc, "values"), "a boolean attribute has no values of its own", "either values or type: bool"
                    )
            else:
                values = tuple(vo.Value(x.id, _label(x)) for x in a.values)
                if not values:
                    self._say(loc, f"the attribute '{a.id}' has no values", "values, or type: bool")
                    values = (vo.Value("none", vo.Label("无", "none")),)
            return vo.Attribute(a.id, _label(a), values, a.type == "bool", a.open, self._cited(a, loc))

        attributes = self._collect("attributes", [x.attributes for x in v], attribute)
        self._extend(attributes, KIND, "classes", self.shape.classes)
        meetings = [b for b in self.shape.bodies if b.kind == "meeting"]
        if meetings:
            self._extend(attributes, BODY, "bodies", meetings)
        return vo.Vocabulary(
            offices=self._collect("offices", [x.offices for x in v], office),
            bodies=self._collect(
                "bodies",
                [x.bodies for x in v],
                lambda b, loc: vo.Body(b.id, _label(b, b.aliases), b.kind, self._cited(b, loc)),
            ),
            attributes=attributes,
            sets=self._collect(
                "sets", [x.sets for x in v], lambda s, loc: vo.NamedSet(s.id, _label(s), self._set(s.is_, (*loc, "is")))
            ),
            roles=self._collect(
                "roles",
                [x.roles for x in v],
                lambda r, loc: vo.Role(
                    r.id, _label(r), self._set(r.among, (*loc, "among")), self._cond(r.for_, (*loc, "for")), r.requester
                ),
            ),
            relations=self._collect(
                "relations",
                [x.relations for x in v],
                lambda r, loc: vo.Relation(
                    r.id,
                    _label(r),
                    self._set(r.from_, (*loc, "from")),
                    self._set(r.to, (*loc, "to")),
                    r.symmetric,
                    r.total,
                ),
            ),
            terms=self._collect(
                "terms",
                [x.terms for x in v],
                lambda t, loc: vo.Term(t.id, _label(t), self._cond(t.is_, (*loc, "is")), self._cited(t, loc)),
            ),
            acts=self._collect(
                "acts",
                [x.acts for x in v],
                lambda a, loc: vo.Act(a.id, _label(a), a.decisive, a.scrutiny, tuple(a.excludes)),
            ),
            readings=self._collect("readings", [x.readings for x in v], self._reading),
        )

    def _reading(self, r: schema.ReadingShape, loc: Loc) -> vo.ReadingSpec:
        citation = self._cited(r, loc)
        if citation is None:
            self._say(loc, f"the reading '{r.id}' does not say where it stands", "at and quote")
            citation = Citation(self.shape.instrument.id, 0)
        return vo.ReadingSpec(r.id, _label(r), tuple(vo.Value(c.id, _label(c)) for c in r.choices), citation)

    def _extend(self, attributes: dict[str, vo.Attribute], name: str, section: str, extra: Iterable[Any]) -> None:
        """Add the instrument's classes to `kind`, and its meetings to `body`."""
        extra = list(extra)
        if not extra:
            return
        if name not in attributes:
            if name in self.set_aside:
                return
            self._say((section,), f"{section} need the attribute '{name}'", "uses: [background]")
            return
        old = attributes[name]
        values = (*old.values, *(vo.Value(x.id, _label(x)) for x in extra))
        for i, x in enumerate(getattr(self.shape, section)):
            if x.id in old.domain and x in extra:
                self._say((section, i, "id"), f"'{x.id}' is a value of '{name}' already", "an id of its own")
            if section == "classes":
                self._check_places(x, (section, i))
        if section == "classes":
            self._distinct([x.id for x in extra], (section,))
        attributes[name] = vo.Attribute(old.id, old.label, values, old.boolean, old.open, old.citation)

    def _facts(self) -> tuple[vo.Fact, ...]:
        table: dict[str, vo.Fact] = {}
        for used in self.used:
            table.update((f.id, f) for f in used.facts)

        def fact(f: schema.FactShape, loc: Loc) -> vo.Fact:
            if not f.assumption and not f.at:
                self._say(loc, f"the fact '{f.id}' names no source", "law and at, or assumption: true")
            return vo.Fact(f.id, _label(f), self._cond(f.holds, (*loc, "holds")), self._cited(f, loc), f.assumption)

        return tuple(self._collect("facts", [table], fact).values())

    # citations and expressions

    def _cited(self, item: Any, loc: Loc) -> Citation | None:
        return self._citation(item.at, item.quote, loc, getattr(item, "law", "")) if item.at else None

    def _citation(self, at: str, quote: str, loc: Loc, law: str = "") -> Citation:
        article, paragraph, entry = parse_place(at)
        last = self.shape.instrument.articles
        if not law and not 1 <= article <= last:
            self._say((*loc, "at"), f"there is no article {article}", f"an article from 1 to {last}")
        if len(quote) > QUOTE_LIMIT:
            limit = f"at most {QUOTE_LIMIT}: the operative phrase alone"
            self._say((*loc, "quote"), f"the quote has {len(quote)} characters", limit)
        return Citation(self.shape.instrument.id, article, paragraph, entry, quote, law)

    def _citations(self, item: Any, loc: Loc) -> tuple[Citation, ...]:
        law = getattr(item, "law", "")
        found = [self._citation(item.at, item.quote, loc, law)]
        found += [self._citation(c.at, c.quote, (*loc, "also", i), law) for i, c in enumerate(item.also)]
        return tuple(found)

    def _cond(self, text: str, loc: Loc) -> ex.Cond:
        try:
            return parse_condition(text)
        except ExpressionError as e:
            self._say(loc, e.message, e.expected or "a condition")
            return ex.TRUE

    def _set(self, text: str, loc: Loc) -> ex.ActorSet:
        try:
            return parse_set(text)
        except ExpressionError as e:
            self._say(loc, e.message, e.expected or "a set of offices")
            return ex.Name("?")

    def _problems(self, loc: Loc, problems: Iterable[Problem]) -> None:
        for p in problems:
            if p.name != "?" and p.name not in self.set_aside:
                self._say(loc, p.message, p.expected, p.nearest)

    def _checked_cond(self, text: str, loc: Loc, principal: bool = False) -> ex.Cond:
        node = self._cond(text, loc)
        self._problems(loc, check_condition(node, self.names, principal))
        return node

    def _checked_set(self, text: str | None, loc: Loc, principal: bool = False) -> ex.ActorSet | None:
        if text is None:
            return None
        node = self._set(text, loc)
        self._problems(loc, check_set(node, self.names, principal))
        return node

    def _need_set(self, text: str, loc: Loc, principal: bool = False) -> ex.ActorSet:
        node = self._checked_set(text, loc, principal)
        assert node is not None
        return node

    def _known(self, name: str, table: Iterable[str], what: str, loc: Loc) -> None:
        known = list(table)
        if name not in known and name.partition(".")[0] not in self.set_aside:
            article = "an" if what[0] in "aeiou" else "a"
            self._say(loc, f"no such {what}: '{name}'", f"{article} {what} that is defined", nearest(name, known))

    def _check_vocabulary(self, v: vo.Vocabulary) -> None:
        sections: list[tuple[str, str, Callable[[Any], ex.Node | None]]] = [
            ("sets", "is", lambda x: v.sets[x.id].members),
            ("roles", "among", lambda x: v.roles[x.id].among),
            ("roles", "for", lambda x: v.roles[x.id].papers),
            ("relations", "from", lambda x: v.relations[x.id].source),
            ("relations", "to", lambda x: v.relations[x.id].target),
            ("terms", "is", lambda x: v.terms[x.id].condition),
        ]
        for section, key, get in sections:
            for i, item in enumerate(getattr(self.shape, section)):
                node = get(item)
                check = check_condition if isinstance(node, ex.Cond) else check_set
                self._problems((section, i, key), check(node, self.names))  # type: ignore[operator]
        for i, item in enumerate(self.shape.facts):
            self._problems(("facts", i, "holds"), check_condition(self._quiet_cond(item.holds), self.names))
        for i, office in enumerate(self.shape.offices):
            for j, parent in enumerate(office.is_a):
                self._known(parent, v.offices, "office", ("offices", i, "is_a", j))
        for i, act in enumerate(self.shape.acts):
            for j, other in enumerate(act.excludes):
                self._known(other, v.acts, "act", ("acts", i, "excludes", j))
        self._acyclic("offices", "is_a", {o.id: [p for p in o.is_a if p in v.offices] for o in v.offices.values()})
        defined = {f"sets.{s.id}": _mentioned(s.members, v) for s in v.sets.values()}
        defined |= {f"terms.{t.id}": _mentioned(t.condition, v) for t in v.terms.values()}
        self._acyclic("sets", "is", defined, "sets.")
        self._acyclic("terms", "is", defined, "terms.")
        self._one_namespace(v)

    @staticmethod
    def _quiet_cond(text: str) -> ex.Cond:
        try:
            return parse_condition(text)
        except ExpressionError:
            return ex.TRUE

    def _acyclic(self, section: str, key: str, graph: Mapping[str, list[str]], prefix: str = "") -> None:
        places = {item.id: i for i, item in enumerate(getattr(self.shape, section))}
        for name, place in places.items():
            circle = _circle(prefix + name, graph)
            if circle:
                chain = " → ".join(node.rpartition(".")[2] for node in circle)
                self._say(
                    (section, place, key),
                    f"'{name}' is defined by itself: {chain}",
                    "a definition without a circle",
                )

    def _one_namespace(self, v: vo.Vocabulary) -> None:
        """Set names share one namespace, and so do condition names; a clash would be read silently one way."""
        for group in (("offices", "bodies", "sets", "roles"), ("attributes", "terms")):
            owner: dict[str, str] = {}
            for section in group:
                for i, item in enumerate(getattr(self.shape, section)):
                    if item.id in owner and owner[item.id] != section:
                        self._say(
                            (section, i, "id"),
                            f"'{item.id}' names one of the {owner[item.id]} already",
                            "an id of its own",
                        )
                    owner.setdefault(item.id, section)
        taken = {*v.offices, *v.bodies, *v.sets, *v.roles}
        for i, relation in enumerate(self.shape.relations):
            if relation.id in (*ex.FUNCTIONS, ex.PRINCIPAL):
                self._say(("relations", i, "id"), f"'{relation.id}' is a word of the language", "another id")
        if ex.PRINCIPAL in taken:
            self._say((), f"'{ex.PRINCIPAL}' is a word of the language", "another id")

    # norms

    def _norms(self) -> dict[str, nm.Norm]:
        return self._collect("norms", [u.norms for u in self.used], self._norm)

    def _under(self, under: Mapping[str, str], loc: Loc) -> tuple[tuple[str, str], ...]:
        readings = self.names.vocabulary.readings
        for name, choice in under.items():
            self._known(name, readings, "reading", (*loc, "under", name))
            if name in readings:
                self._known(choice, readings[name].domain, f"choice of the reading '{name}'", (*loc, "under", name))
        return tuple(under.items())

    def _common(self, n: Any, loc: Loc, principal: bool = False) -> dict[str, Any]:
        return {
            "id": n.id,
            "citations": self._citations(n, loc),
            "label": vo.Label(n.zh, n.en),
            "strength": _STRENGTHS[n.strength],
            "under": self._under(n.under, loc),
            "when": self._checked_cond(n.when, (*loc, "when"), principal),
        }

    def _norm(self, n: Any, loc: Loc) -> nm.Norm:
        build: Callable[[Any, Loc], nm.Norm] = getattr(self, f"_build_{type(n).__name__}")
        return build(n, loc)

    def _act(self, name: str, loc: Loc) -> str:
        self._known(name, self.names.vocabulary.acts, "act", loc)
        return name

    def _build_PowerShape(self, n: schema.PowerShape, loc: Loc) -> nm.Norm:
        return nm.Power(
            **self._common(n, loc),
            act=self._act(n.act, (*loc, "act")),
            by=self._need_set(n.by, (*loc, "by")),
            joint=n.mode == "joint",
            may=n.modality == "may",
            residual_to=tuple(n.residual_to),
        )

    def _build_DeonticShape(self, n: schema.DeonticShape, loc: Loc) -> nm.Norm:
        if n.by is None and n.form != "duty":
            self._say(loc, f"the {n.form} '{n.id}' binds nobody", "by")
        return nm.Deontic(
            **self._common(n, loc),
            modality=n.form,
            act=self._act(n.act, (*loc, "act")),
            by=self._checked_set(n.by, (*loc, "by")),
            unless=self._checked_cond(n.unless, (*loc, "unless")),
        )

    def _build_RouteShape(self, n: schema.RouteShape, loc: Loc) -> nm.Norm:
        common = self._common(n, loc)
        steps: list[nm.Step] = []
        known: list[str] = []
        for i, s in enumerate(n.steps):
            here: Loc = (*loc, "steps", i)
            if s.id in known or s.id in ("start", "end"):
                self._say((*here, "id"), f"the step id '{s.id}' is taken", "an id of its own")
            after = s.after if s.after is not None else known[-1:]
            for j, earlier in enumerate(after):
                if earlier not in known:
                    self._say(
                        (*here, "after", j), f"no earlier step '{earlier}'", "a step above", nearest(earlier, known)
                    )
            all_ids = [x.id for x in n.steps]
            if s.back_to and s.back_to not in all_ids:
                self._say(
                    (*here, "back_to"), f"no step '{s.back_to}'", "a step of this route", nearest(s.back_to, all_ids)
                )
            known.append(s.id)
            cited = self._citation(s.at, s.quote, here) if s.at else common["citations"][0]
            if s.quote and not s.at:
                self._say((*here, "quote"), "a quote without a place", 'at: "ARTICLE.PARAGRAPH"')
            more = tuple(self._citation(c.at, c.quote, (*here, "also", k)) for k, c in enumerate(s.also))
            steps.append(
                nm.Step(
                    id=s.id,
                    after=tuple(e for e in after if e in known),
                    back_to=s.back_to,
                    power=nm.Power(
                        id=f"{n.id}.{s.id}",
                        citations=(cited, *more),
                        label=vo.Label(s.zh or n.zh, s.en or n.en),
                        strength=_STRENGTHS[s.strength] if s.strength else common["strength"],
                        under=(*common["under"], *self._under(s.under, here)),
                        when=ex.conjunction(common["when"], self._checked_cond(s.when, (*here, "when"))),
                        act=self._act(s.act, (*here, "act")),
                        by=self._need_set(s.by, (*here, "by")),
                        joint=s.mode == "joint",
                        may=s.modality == "may",
                        residual_to=tuple(n.residual_to),
                        route=n.id,
                    ),
                )
            )
        return nm.Route(**common, steps=tuple(steps), residual_to=tuple(n.residual_to))

    def _build_StandInShape(self, n: schema.StandInShape, loc: Loc) -> nm.Norm:
        for i, cause in enumerate(n.causes):
            self._known(cause, absence.CAUSES, "cause of absence", (*loc, "causes", i))
        acts = nm.EVERY_ACT if n.acts == "all" else tuple(n.acts)
        if n.acts != "all":
            for i, act in enumerate(n.acts):
                self._act(act, (*loc, "acts", i))
        return nm.StandIn(
            **self._common(n, loc, principal=True),
            principals=self._need_set(n.for_, (*loc, "for")),
            by=self._need_set(n.by, (*loc, "by"), principal=True),
            states=absence.states_of(c for c in n.causes if c in absence.CAUSES),
            causes=tuple(n.causes),
            acts=acts,
            delegation=self._checked_set(n.delegation, (*loc, "delegation"), principal=True),
            by_rank=n.order == "rank",
            chain=n.chain,
        )

    def _build_ExclusionShape(self, n: schema.ExclusionShape, loc: Loc) -> nm.Norm:
        absences = n.between is not None and n.and_ is not None and not (n.route or n.steps)
        steps = n.between is None and n.and_ is None and bool(n.route) and len(n.steps) == 2
        if not (absences or steps):
            self._say(loc, f"the exclusion '{n.id}' excludes nothing", "between and and, or route and two steps")
        return nm.Exclusion(
            **self._common(n, loc),
            between=self._checked_set(n.between, (*loc, "between")),
            other=self._checked_set(n.and_, (*loc, "and"), principal=True),
            route=n.route,
            steps=tuple(n.steps),
        )

    def _build_BoundShape(self, n: schema.BoundShape, loc: Loc) -> nm.Norm:
        routes = ([n.route] if n.route else []) + n.routes
        if not routes:
            self._say(loc, f"the bound '{n.id}' is on no route", "route or routes")
        return nm.Bound(
            **self._common(n, loc),
            routes=tuple(routes),
            start=n.from_,
            end=n.to,
            ceiling=n.kind == "ceiling",
            amount=n.amount,
            unit=n.unit,
            by=self._checked_set(n.by, (*loc, "by")),
            expiry=n.expiry,
        )

    def _build_CadenceShape(self, n: schema.CadenceShape, loc: Loc) -> nm.Norm:
        self._known(n.body, self.names.vocabulary.bodies, "body", (*loc, "body"))
        return nm.Cadence(**self._common(n, loc), body=n.body, amount=n.amount, unit=n.unit)

    def _build_CompositionShape(self, n: schema.CompositionShape, loc: Loc) -> nm.Norm:
        self._known(n.body, self.names.vocabulary.bodies, "body", (*loc, "body"))
        parts = {k: self._checked_set(getattr(n, k), (*loc, k)) for k in ("members", "chair", "attend", "invited")}
        return nm.Composition(**self._common(n, loc), body=n.body, **parts)

    def _build_PrecedenceShape(self, n: schema.PrecedenceShape, loc: Loc) -> nm.Norm:
        return nm.Precedence(**self._common(n, loc), prevails=tuple(n.prevails), yields=tuple(n.yields))

    def _build_ReferenceShape(self, n: schema.ReferenceShape, loc: Loc) -> nm.Norm:
        return nm.Reference(**self._common(n, loc), kind=n.kind, target=n.target, article=n.article)

    # across norms

    def _check_cross_references(self, norms: Mapping[str, nm.Norm]) -> None:
        steps = {f"{r.id}.{s.id}" for r in norms.values() if isinstance(r, nm.Route) for s in r.steps}
        ids = [*norms, *steps]
        routes = {n.id: n for n in norms.values() if isinstance(n, nm.Route)}
        for i, item in enumerate(self.shape.norms):
            loc: Loc = ("norms", i)
            for key in ("residual_to", "prevails", "yields"):
                for j, other in enumerate(getattr(item, key, ())):
                    self._known(other, ids, "norm", (*loc, key, j))
            if isinstance(item, schema.BoundShape):
                for name in ([item.route] if item.route else []) + item.routes:
                    self._known(name, routes, "route", (*loc, "route") if name == item.route else (*loc, "routes"))
                    if name in routes:
                        events = ["start", "end", *(s.id for s in routes[name].steps)]
                        self._known(item.from_, events, f"step of the route '{name}'", (*loc, "from"))
                        self._known(item.to, events, f"step of the route '{name}'", (*loc, "to"))
            if isinstance(item, schema.ExclusionShape) and item.route:
                self._known(item.route, routes, "route", (*loc, "route"))
                if item.route in routes:
                    for j, step in enumerate(item.steps):
                        self._known(step, [s.id for s in routes[item.route].steps], "step", (*loc, "steps", j))

    def _check_strata(self, rules: RuleSet) -> None:
        graph = {k: list(v) for k, v in rules.superiors.items()}
        for i, item in enumerate(self.shape.norms):
            own = [item.id, *(name for name in graph if name.startswith(item.id + "."))]
            circle = next(filter(None, (_circle(name, graph) for name in own)), [])
            if circle:
                chain = " → ".join(circle)
                self._say(
                    ("norms", i), f"'{item.id}' gives way to itself: {chain}", "an order of precedence without a circle"
                )

    def _ledger(self) -> tuple[vo.OutOfScope, ...]:
        path = self.path.parent / "ledger.yaml"
        if self.path.name != "rules.yaml" or not path.is_file():
            return ()
        try:
            document = read(path)
        except SpecError as e:
            self.mistakes.extend(e.diagnostics)
            return ()
        self.mistakes.extend(document.repeated)
        rules_document, self.document = self.document, document
        found: list[vo.OutOfScope] = []
        entries = self._shape(list[schema.LedgerEntryShape], self.document)
        for i, entry in enumerate(entries or ()):
            if entry.reason not in vo.REASONS:
                known = list(vo.REASONS)
                self._say(
                    (i, "reason"), f"no such reason: '{entry.reason}'", " or ".join(known), nearest(entry.reason, known)
                )
                continue
            if entry.reason == "not-expressible" and not entry.note:
                self._say((i,), "'not-expressible' does not say what is lost", "a note")
            found.append(vo.OutOfScope(self._citation(entry.at, entry.quote, (i,)), entry.reason, entry.note))
        self.document = rules_document
        return tuple(found)


def _label(item: Any, aliases: Iterable[str] = ()) -> vo.Label:
    return vo.Label(item.zh, item.en, tuple(aliases))


def _mentioned(node: ex.Node, v: vo.Vocabulary) -> list[str]:
    """The named sets and terms in an expression, as `sets.ID` and `terms.ID`."""
    sets = [f"sets.{n.name}" for n in node.walk() if isinstance(n, ex.Name) and n.name in v.sets]
    return sets + [f"terms.{n.name}" for n in node.walk() if isinstance(n, ex.Flag) and n.name in v.terms]


def _circle(start: str, graph: Mapping[str, list[str]]) -> list[str]:
    """A path from `start` back to itself, or an empty list."""
    stack = [(start, [start])]
    seen: set[str] = set()
    while stack:
        node, path = stack.pop()
        for following in graph.get(node, ()):
            if following == start:
                return [*path, start]
            if following not in seen:
                seen.add(following)
                stack.append((following, [*path, following]))
    return []


def _shape_mistake(document: Document, error: Any) -> Diagnostic:
    """A pydantic error as a diagnostic, with the union tags taken out of its path."""
    loc = _real_loc(document.data, error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        known = _known_keys(document.data, error["loc"])
        key = str(loc[-1]) if loc else "?"
        return document.mistake(
            loc, f"unknown key '{key}'", "one of: " + ", ".join(known) if known else "", nearest(key, known), True
        )
    if kind == "missing":
        return document.mistake(loc[:-1], f"the key '{error['loc'][-1]}' is missing", "every required key")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        forms = ["power", "duty", "prohibition", "permission", "route", "stand_in", "exclusion", "bound", "cadence"]
        forms += ["composition", "precedence", "reference"]
        given = str(error.get("input", {}).get("form", "")) if isinstance(error.get("input"), dict) else ""
        return document.mistake(
            (*loc, "form"), f"no such form of norm: '{given}'", "one of: " + ", ".join(forms), nearest(given, forms)
        )
    if kind == "literal_error":
        expected = error["ctx"]["expected"]
        given = str(error["input"])
        return document.mistake(
            loc,
            f"'{given}' is not allowed here",
            expected,
            nearest(given, expected.replace("'", "").replace(" or ", ", ").split(", ")),
        )
    if kind == "string_pattern_mismatch":
        wanted = (
            'a place such as "34", "35.1" or "22.1(6)"'
            if "\\." in error["ctx"]["pattern"]
            else "an id: a-z, 0-9 and _, starting with a letter"
        )
        return document.mistake(loc, f"'{error['input']}' has the wrong form", wanted)
    wanted = str(error["msg"]).removeprefix("Input should be ")
    if kind.startswith("model_"):
        wanted = "a mapping (key: value)"
    shown = repr(error["input"]) if not isinstance(error["input"], (dict, list)) else type(error["input"]).__name__
    return document.mistake(loc, f"{shown[:60]} has the wrong type", wanted)


def _real_loc(data: Any, loc: Iterable[str | int]) -> Loc:
    found: list[str | int] = []
    parts = list(loc)
    for i, part in enumerate(parts):
        inside = (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        )
        if inside:
            found.append(part)
            data = data[part]
        elif i == len(parts) - 1 and isinstance(data, dict):
            found.append(part)
    return tuple(found)


def _known_keys(data: Any, loc: tuple[str | int, ...]) -> list[str]:
    """The keys allowed where an unknown one stands, from the shape classes along the path."""
    model: Any = schema.RulesShape if loc and isinstance(loc[0], str) else schema.LedgerEntryShape
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        by_tag = {f: m for m in schema.NormShape.__subclasses__() for f in _tags(m)}
        if part in by_tag:
            model = by_tag[str(part)]
            continue
        for name, info in model.model_fields.items():
            if part == (info.alias or name):
                model = _inner(info.annotation) or model
    return [info.alias or name for name, info in model.model_fields.items()]


def _tags(model: Any) -> tuple[str, ...]:
    return tuple(model.model_fields["form"].annotation.__args__)


def _inner(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, schema.Shape):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner(argument)
        if found:
            return found
    return None
