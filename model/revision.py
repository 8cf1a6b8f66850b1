"""Two versions of a rule set laid side by side: which norm is which, what was changed, in whose names.

Names are aligned by id; what is the same under another id is found by its content, then by its place in the
text. The older version is put into the ids of the newer one, so that what follows can compare by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from model import expressions as ex
from model.bilingual import Template
from model.errors import UsageError, did_you_mean, nearest
from model.norms import Deontic, Norm, Route, Step
from model.renaming import TABLES, Renaming, renamed
from model.ruleset import RuleSet
from model.situation import Cast, Official, make_cast
from model.vocabulary import Label, Vocabulary

ADDED, REMOVED, CHANGED, WORDING = "added", "removed", "changed", "wording"
"""What became of an entry. `WORDING`: only its place, quotation or name is another."""

_TEXTUAL = ("citations", "citation", "label")
_ALIKE = 0.6
"""How similar two names must be for the one to be offered as the other's new name."""

NO_OLD_NAME = Template(zh="--same {text}：旧规则中没有“{name}”", en="--same {text}: the old rule set has no '{name}'")
NO_NEW_NAME = Template(zh="--same {text}：新规则中没有“{name}”", en="--same {text}: the new rule set has no '{name}'")


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, as text of the rule language. Of a step, `field` is `STEP: field`."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class NormChange:
    """What became of one norm. `through`: definitions that changed under it, so that the same words say something else.

    `old` is in the ids of the new version; `old_id` is what the old version called it.
    """

    kind: str
    old: Norm | None
    new: Norm | None
    old_id: str = ""
    fields: tuple[FieldChange, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        norm = self.new or self.old
        assert norm is not None
        return norm.id


@dataclass(frozen=True)
class NameChange:
    """What became of one entry of the vocabulary, or of a background fact (`table` is `facts`)."""

    kind: str
    table: str
    id: str
    old: Label | None
    new: Label | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """An office or body that vanished, and one that appeared and may be the same under another name."""

    table: str
    old: str
    new: str


@dataclass(frozen=True)
class Revision:
    """`old` is the older version in the ids of the newer. `original` by the id it has now: the id it had."""

    old: RuleSet
    new: RuleSet
    original: Mapping[str, str]
    changes: tuple[NormChange, ...]
    names: tuple[NameChange, ...]
    suggestions: tuple[Suggestion, ...] = ()

    @cached_property
    def union(self) -> RuleSet:
        """All names and norms of both, the newer first; for finding words. It has no facts, and means nothing."""
        tables: dict[str, dict[str, Any]] = {}
        for table in TABLES:
            older, newer = getattr(self.old.vocabulary, table), getattr(self.new.vocabulary, table)
            tables[table] = {**newer, **{k: v for k, v in older.items() if k not in newer}}
        for name, attribute in tables["attributes"].items():
            other = self.old.vocabulary.attributes.get(name)
            tables["attributes"][name] = replace(attribute, values=_joined(attribute.values, other and other.values))
        for name, reading in tables["readings"].items():
            before = self.old.vocabulary.readings.get(name)
            tables["readings"][name] = replace(reading, choices=_joined(reading.choices, before and before.choices))
        norms = {**self.new.norms, **{k: v for k, v in self.old.norms.items() if k not in self.new.norms}}
        return RuleSet(self.new.title, Vocabulary(**tables), (), norms)

    @cached_property
    def same(self) -> frozenset[str]:
        """Ids of norms, steps and chairs that mean the same in both versions, word for word; of a route, when it
        is in force."""
        found: set[str] = set()
        for old, new in ((self.old.norms, self.new.norms), (self.old.powers, self.new.powers)):
            for name, norm in old.items():
                other = new.get(name)
                if other is None or tuple(self.moved(norm)):
                    continue
                if norm is other:
                    found.add(name)
                    continue
                if isinstance(norm, Route) and isinstance(other, Route):  # its steps are compared for themselves
                    norm, other = replace(norm, steps=()), replace(other, steps=())
                if _plain(norm) == _plain(other):
                    found.add(name)
        return frozenset(found)

    @cached_property
    def identical(self) -> bool:
        """Whether both say the same word for word, but for places, quotations, names and the order of things."""
        v, w = self.old.vocabulary, self.new.vocabulary
        same = all(_keyed(getattr(v, t)) == _keyed(getattr(w, t)) for t in TABLES)
        ranks = list(v.offices) == list(w.offices)
        facts = {_plain(f) for f in self.old.facts} == {_plain(f) for f in self.new.facts}
        return same and ranks and facts and all(c.kind == WORDING for c in self.changes)

    def moved(self, norm: Norm) -> Iterator[str]:
        """The definitions behind a norm that differ between the versions."""
        if self._redefined:
            nodes = [x for _, x in _expressions_of(norm)]
            below = set(_names_below(self.old, nodes)) | set(_names_below(self.new, nodes))
            yield from (name for _, name in sorted(below & self._redefined))

    @cached_property
    def _redefined(self) -> frozenset[tuple[str, str]]:
        """The names, by table, that do not stand for the same in both versions."""
        v, w = self.old.vocabulary, self.new.vocabulary
        names = {(table, name) for table in _DEFINING for name in (*getattr(v, table), *getattr(w, table))}
        return frozenset(n for n in names if _definition(self.old, *n) != _definition(self.new, *n))

    @cached_property
    def changed(self) -> frozenset[str]:
        """Ids of the norms that are not, word for word, what they were; not those of which only the wording is."""
        return frozenset(c.id for c in self.changes if c.kind != WORDING)

    def casts(self, scope: Mapping[str, int] | None = None) -> tuple[Cast, Cast, Cast]:
        """The officials of the older version, of the newer, and of both: an office of both has the same holders."""
        return _casts(self, dict(scope or {}))


def revise(old: RuleSet, new: RuleSet, same: Mapping[str, str] | None = None) -> Revision:
    """Align two versions. `same`: names of the old one (values as `attribute.value`) by what the new one calls them.

    Raises UsageError where one of those names is not there.
    """
    explicit = _explicit(old, new, same or {})
    older = renamed(old, explicit)
    norms, steps = _paired(older, new)
    aligned = renamed(older, Renaming(norms=norms, steps=steps))
    order = [*(n for n in new.norms if n in aligned.norms), *(n for n in aligned.norms if n not in new.norms)]
    aligned = replace(aligned, norms={n: aligned.norms[n] for n in order})  # the order of norms means nothing
    before = {v: k for k, v in explicit.norms.items()}
    original = {now: before.get(was, was) for was, now in norms.items()} | {
        k: v for k, v in before.items() if k not in norms
    }
    bare = Revision(aligned, new, original, (), ())
    changes = tuple(_norm_changes(bare))
    return replace(bare, changes=changes, names=tuple(_name_changes(bare)), suggestions=tuple(_suggested(bare)))


# explicit renamings


def _explicit(old: RuleSet, new: RuleSet, same: Mapping[str, str]) -> Renaming:
    tables: dict[str, dict[str, str]] = {}
    values: dict[tuple[str, str], str] = {}
    norms: dict[str, str] = {}
    for was, now in same.items():
        text = f"{was}={now}"
        owner, dot, value = was.partition(".")
        domains = {**old.vocabulary.attributes, **old.vocabulary.readings}
        if dot and owner in domains and value in domains[owner].domain:
            values[owner, value] = now.rpartition(".")[2]
            continue
        found = [t for t in TABLES if was in getattr(old.vocabulary, t)]
        if was in old.norms:
            norms[was] = now
        elif not found:
            raise _unknown(NO_OLD_NAME(text=text, name=was), was, old)
        if now not in new.norms and not any(now in getattr(new.vocabulary, t) for t in TABLES):
            raise _unknown(NO_NEW_NAME(text=text, name=now), now, new)
        for table in found:
            tables.setdefault(table, {})[was] = now
            if table == "bodies":
                for attribute in old.vocabulary.attributes.values():
                    if was in attribute.domain:
                        values[attribute.id, was] = now
    return Renaming(tables, values, norms)


def _unknown(said: Any, name: str, rules: RuleSet) -> UsageError:
    known = [*rules.norms, *(n for t in TABLES for n in getattr(rules.vocabulary, t))]
    hint = did_you_mean(nearest(name, known))
    return UsageError(replace(said, en=said.en + hint.en, zh=said.zh + hint.zh))


# which norm is which


def _paired(old: RuleSet, new: RuleSet) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """New ids for norms of the old version, and for steps of its routes."""
    pairs = {o: o for o in old.norms if o in new.norms and _form(old.norms[o]) == _form(new.norms[o])}
    left = [n for n in old.norms.values() if n.id not in pairs]
    free = {n.id: n for n in new.norms.values() if n.id not in pairs}
    for key in (_content, _place) if old.title.id == new.title.id else (_content,):
        by_key: dict[object, list[Norm]] = {}
        for norm in free.values():
            by_key.setdefault(key(norm), []).append(norm)
        for norm in list(left):
            found = by_key.get(key(norm))
            if found:
                match = max(found, key=lambda m, n=norm: _likeness(n, m))
                found.remove(match)
                pairs[norm.id] = match.id
                left.remove(norm)
                del free[match.id]
    for norm in left:  # gone; its id must not be taken for that of another norm
        if norm.id in new.norms or norm.id in pairs.values():
            pairs[norm.id] = norm.id + "~"
    steps: dict[tuple[str, str], str] = {}
    for was, now in pairs.items():
        one, two = old.norms[was], new.norms.get(now)
        if isinstance(one, Route) and isinstance(two, Route):
            steps.update(_paired_steps(one, two))
    return {k: v for k, v in pairs.items() if k != v}, steps


def _paired_steps(one: Route, two: Route) -> Iterator[tuple[tuple[str, str], str]]:
    free = [s for s in two.steps if all(s.id != o.id for o in one.steps)]
    taken = {s.id for s in two.steps}
    for step in one.steps:
        if step.id in taken:
            continue
        match = next((s for s in free if (s.power.act, s.power.by) == (step.power.act, step.power.by)), None)
        if match is not None:
            free.remove(match)
            yield (one.id, step.id), match.id


def _form(norm: Norm) -> str:
    return norm.modality if isinstance(norm, Deontic) else norm.form


def _content(norm: Norm) -> object:
    return _form(norm), _plain(replace(norm, id=""))


def _place(norm: Norm) -> object:
    cited = norm.citation
    return _form(norm), cited.instrument, cited.law, cited.article, cited.paragraph, cited.item


def _likeness(one: Norm, two: Norm) -> float:
    return SequenceMatcher(None, _text(one), _text(two)).ratio()


def _text(norm: Norm) -> str:
    return "\n".join(f"{k}: {v}" for k, v in _shown(norm).items())


# what changed


def _plain(record: Any) -> Any:
    """A record without place, quotation and names, as something that compares and hashes."""
    match record:
        case ex.Node():
            return str(record)
        case tuple() | list():
            return tuple(_plain(x) for x in record)
        case frozenset():
            return tuple(sorted(record))
        case _ if hasattr(record, "__dataclass_fields__"):
            kept = (f.name for f in fields(record) if f.name not in _TEXTUAL)
            return tuple((name, _plain(getattr(record, name))) for name in kept)
    return record


def _keyed(table: Mapping[str, Any]) -> dict[str, Any]:
    return {k: _plain(v) for k, v in table.items()}


def _shown(record: Any) -> dict[str, str]:
    """The fields of a record as text; those of the steps of a route under `STEP: field`."""
    found: dict[str, str] = {}
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name in ("id", "states"):  # the states are those that the causes cover
            continue
        if f.name == "steps" and value and isinstance(value[0], Step):
            for step in value:
                own = {k: v for k, v in _shown(step.power).items() if k != "route"}
                own |= {"after": ", ".join(step.after), "back_to": step.back_to}
                found.update((f"{step.id}: {k}", v) for k, v in own.items())
        elif f.name in ("citations", "citation"):
            cited = value if isinstance(value, tuple) else (value,) if value else ()
            found["at"] = "; ".join(f"{c.law}{c.article}.{c.paragraph}({c.item})" for c in cited)
            found["quote"] = "; ".join(c.quote for c in cited)
        elif f.name == "label":
            found["zh"], found["en"] = value.zh, value.en
        else:
            found[f.name] = _written(value)
    return found


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple() | frozenset():
            parts = sorted(value) if isinstance(value, frozenset) else value
            return ", ".join(_written(v) for v in parts)
        case _ if hasattr(value, "__dataclass_fields__") and not isinstance(value, ex.Node):
            return value.id if hasattr(value, "id") else str(value)
        case _ if hasattr(value, "name") and not isinstance(value, ex.Node):
            return str(value.name).lower()
    return str(value)


_WORDS = ("at", "quote", "zh", "en")


def _differing(old: Any, new: Any) -> tuple[FieldChange, ...]:
    if old is new:
        return ()
    before, after = _shown(old), _shown(new)
    keys = dict.fromkeys([*before, *after])
    return tuple(
        FieldChange(k, before.get(k, ""), after.get(k, "")) for k in keys if before.get(k, "") != after.get(k, "")
    )


def _norm_changes(r: Revision) -> Iterator[NormChange]:
    for name in dict.fromkeys([*r.new.norms, *r.old.norms]):
        old, new = r.old.norms.get(name), r.new.norms.get(name)
        was = r.original.get(name, name) if old else ""
        if old is None or new is None:
            yield NormChange(REMOVED if new is None else ADDED, old, new, was)
            continue
        differing, through = _differing(old, new), tuple(r.moved(new))
        if any(f.field.rpartition(": ")[2] not in _WORDS for f in differing) or through:
            yield NormChange(CHANGED, old, new, was, differing, through)
        elif differing or was != name:
            yield NormChange(WORDING, old, new, was, differing)


def _name_changes(r: Revision) -> Iterator[NameChange]:
    for table in TABLES:
        older, newer = getattr(r.old.vocabulary, table), getattr(r.new.vocabulary, table)
        yield from _entries(table, older, newer)
    yield from _entries("facts", {f.id: f for f in r.old.facts}, {f.id: f for f in r.new.facts})


def _entries(table: str, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[NameChange]:
    for name in dict.fromkeys([*newer, *older]):
        old, new = older.get(name), newer.get(name)
        labels = (old.label if old else None, new.label if new else None)
        if old is None or new is None:
            yield NameChange(REMOVED if new is None else ADDED, table, name, *labels)
        elif old != new:
            kind = WORDING if _plain(old) == _plain(new) else CHANGED
            yield NameChange(kind, table, name, *labels, _differing(old, new))


# definitions behind names

_ACTORS = ("offices", "sets", "roles")
_DEFINING = (*_ACTORS, "terms", "relations")
"""The tables of names behind which stands a definition."""


def _expressions_of(record: Any) -> Iterator[tuple[str, ex.Node]]:
    if isinstance(record, Route):
        for step in record.steps:
            yield from _expressions_of(step.power)
    for f in fields(record):
        value = getattr(record, f.name)
        if isinstance(value, ex.Node):
            yield f.name, value


def _names_below(rules: RuleSet, nodes: Iterable[ex.Node]) -> Iterator[tuple[str, str]]:
    """Every set, role, term, relation and office that expressions speak of, directly or through another name."""
    seen: set[tuple[str, str]] = set()
    stack = list(nodes)
    v = rules.vocabulary
    while stack:
        for node in stack.pop().walk():
            found: list[tuple[str, str]] = []
            if isinstance(node, ex.Name):
                found = [(t, node.name) for t in _ACTORS if node.name in getattr(v, t)]
            elif isinstance(node, ex.Flag) and node.name in v.terms:
                found = [("terms", node.name)]
            elif isinstance(node, ex.Image) and node.function in v.relations:
                found = [("relations", node.function)]
            for entry in found:
                if entry not in seen:
                    seen.add(entry)
                    yield entry
                    stack += [x for _, x in _expressions_of(getattr(v, entry[0])[entry[1]])]


def _definition(rules: RuleSet, table: str, name: str) -> object:
    """What a name stands for; of an office, which offices are one of it, and which of those have portfolios."""
    entry = getattr(rules.vocabulary, table).get(name)
    if entry is None:
        return None
    if table != "offices":
        return _plain(entry)
    v = rules.vocabulary
    below = [o for o in v.offices if name in v.ancestors(o)]
    return tuple((o, v.offices[o].many, any(v.offices[a].portfolio for a in v.ancestors(o))) for o in sorted(below))


# officials


def _casts(r: Revision, scope: dict[str, int]) -> tuple[Cast, Cast, Cast]:
    old, new = r.old.vocabulary.offices, r.new.vocabulary.offices
    for name in {*old, *new} - {*scope}:
        several = [v[name].scope for v in (old, new) if name in v and v[name].many]
        if several:
            scope[name] = max(several)
    found: list[Cast] = []
    for rules in (r.old, r.new):
        offices = rules.vocabulary.offices
        cast = make_cast(rules, {k: n for k, n in scope.items() if k in offices and (offices[k].many or n == 1)})
        renamed_ids = {o.id: f"{o.id}_1" for o in cast.officials if o.id == o.office and scope.get(o.office, 1) > 1}
        found.append(Cast(tuple(replace(o, id=renamed_ids.get(o.id, o.id)) for o in cast.officials)))
    older, newer = found
    return older, newer, Cast(_ranked(older, newer))


def _ranked(older: Cast, newer: Cast) -> tuple[Official, ...]:
    """The officials of both in the newer rank order, each of the older ones after whoever was above him."""
    ranked = list(newer.officials)
    above = -1
    for official in older.officials:
        ids = [o.id for o in ranked]
        if official.id in ids:
            above = ids.index(official.id)
        else:
            above += 1
            ranked.insert(above, official)
    return tuple(ranked)


def _joined(values: tuple[Any, ...], others: tuple[Any, ...] | None) -> tuple[Any, ...]:
    known = {v.id for v in values}
    return (*values, *(v for v in others or () if v.id not in known))


# names that may be new names of old things


def _suggested(r: Revision) -> Iterator[Suggestion]:
    for table in ("offices", "bodies"):
        older, newer = getattr(r.old.vocabulary, table), getattr(r.new.vocabulary, table)
        gone = [e for k, e in older.items() if k not in newer]
        come = [e for k, e in newer.items() if k not in older]
        for entry in gone:
            scored = [(_alike(entry.label, c.label), c.id) for c in come]
            if r.old.title.id == r.new.title.id:
                scored += [(_swapped(r, entry.id, c.id), c.id) for c in come]
            best = max(scored, default=(0.0, ""))
            if best[0] >= _ALIKE:
                yield Suggestion(table, entry.id, best[1])


def _alike(one: Label, two: Label) -> float:
    names = [(a, b) for a in (one.zh, *one.aliases) for b in (two.zh, *two.aliases)]
    return max(SequenceMatcher(None, a, b).ratio() for a, b in names)


def _swapped(r: Revision, was: str, now: str) -> float:
    """The share of norms that spoke of the one and speak of the other instead, and are otherwise the same."""
    renaming = Renaming({t: {was: now} for t in ("offices", "bodies")})
    speaking = [n for n in r.old.norms.values() if any(ex.Name(was) in x.walk() for _, x in _expressions_of(n))]
    other = renamed(r.old, renaming).norms
    same = sum(n.id in r.new.norms and _plain(other[n.id]) == _plain(r.new.norms[n.id]) for n in speaking)
    return same / len(speaking) if speaking else 0.0
