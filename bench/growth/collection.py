"""Rule sets of any size in the shape of a real one: a province's collection of offices.

`collection(1000)` is one rule set of exactly 1,000 norms. It is made of copies of a bundled instrument, a government
each, told apart by number:

* own to each government: offices, bodies, named sets, roles, relations, terms, readings, attributes of papers, acts,
  norms, articles, the law on papers and the facts about them. So a situation has one paper on the desk of each
  government: what one does with a letter is nothing to the next;
* one for all: chairing, the meeting that is to be chaired (its values are the meetings of every government), the law on
  assemblies.

How shape is kept: a government has a random share of its instrument's norms, drawn form by form in proportion, so that
every form has the part of the whole that it has in the instrument; bounds, cadences and exclusions of a route that was
not drawn are the first to be left out. At least 3 in 100 are left out, so that no two governments are alike. The
facts stay, and the whole vocabulary. So length of routes, size of conditions and number of seats are the instrument's.

What ties governments together, so that a large rule set is more than many small ones (`_ties`):

* one commissioner for all stands in for every head whose post is vacant or who is suspended, and has a deputy;
* every head may entrust the commissioner with a signature (delegation);
* letters in disagreement are countersigned by the next government's directors of units, in a ring;
* every government's rules cite those common to all.

They are 4 of some 170 norms of a government, of forms that there are already.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import guize
from model import absence
from model import expressions as ex
from model.citations import Citation
from model.drafting.wording import attributes_in
from model.norms import Assembly, Bound, Cadence, Exclusion, Norm, Power, Reference, Route, StandIn
from model.parsing import parse_condition, parse_set
from model.removal import without
from model.renaming import TABLES, Renaming, renamed
from model.ruleset import BODY, KIND, MEETING, RuleSet
from model.vocabulary import Alias, Attribute, Body, Label, Office, Strength, Title, Vocabulary

BASE = "weidong"
ID = "collection"
CHAIR = "chair"
COMMISSIONER, DEPUTY = "commissioner", "deputy_commissioner"
_LEFT_OUT = 0.03
_TIES = 4
_ARTICLES = 100
"""Articles kept for each government, more than any instrument has."""


def collection(norms: int, seed: int = 0, base: str = BASE) -> RuleSet:
    """A rule set of so many norms, those of background law included. Same arguments, same rule set.

    Raises ValueError where so few norms leave no room for one government.
    """
    original = guize.load(base)
    shared = _Shared(original)
    common = len(shared.norms) + 1
    each = len(original.norms) - len(shared.norms)
    governments = max(1, math.ceil((norms - common) / ((each * (1 - _LEFT_OUT)) + _TIES)))
    sizes = [(norms - common - i - 1) // governments + 1 for i in range(governments)]
    if min(sizes) < 2 * _TIES + len(shared.copied_law):
        raise ValueError(f"{norms} norms are too few for a government")
    chance = random.Random(f"{base} {norms} {seed}")
    parts = [_government(shared, i, size, governments, chance) for i, size in enumerate(sizes, 1)]
    return _joined(shared, parts)


class _Shared:
    """What of an instrument all governments share, and the new names of the rest."""

    def __init__(self, original: RuleSet) -> None:
        self.rules = original
        background = guize.load("background")
        v = background.vocabulary
        self.acts = {CHAIR}
        self.names = {t: set(getattr(v, t)) for t in TABLES} | {"acts": self.acts, "attributes": set(), "terms": set()}
        self.norms = {n.id: n for n in background.of_form(Assembly)}
        self.copied_law = [n for n in background.norms.values() if n.id not in self.norms]
        self.meetings = [b.id for b in original.vocabulary.bodies.values() if b.kind == MEETING]
        self.chaired = {a: original.vocabulary.attributes[a] for a in (KIND, BODY)}
        self.facts = [f for f in background.facts if {KIND, BODY} >= attributes_in(v, f.condition)]

    def renaming(self, number: int) -> Renaming:
        """The names of one government."""

        def new(ids: Iterable[str], kept: Iterable[str]) -> dict[str, str]:
            return {i: f"{i}_g{number}" for i in ids if i not in kept}

        tables = {t: new(getattr(self.rules.vocabulary, t), self.names[t]) for t in TABLES}
        values = {(BODY, m): f"{m}_g{number}" for m in self.meetings}
        return Renaming(tables, values, new(self.rules.norms, self.norms))


def _government(shared: _Shared, number: int, size: int, of: int, chance: random.Random) -> RuleSet:
    """One government's rules, with `size` norms of its own."""
    drawn = without(shared.rules, _left_out(shared, size - _ties_of(of), chance))
    new = shared.renaming(number)
    rules = renamed(drawn, new)
    own = {n: _placed(r, number) for n, r in rules.norms.items() if n not in shared.norms}
    tables = {
        t: {i: _placed(_called(r, number), number) for i, r in getattr(rules.vocabulary, t).items()} for t in TABLES
    }
    facts = tuple(replace(_placed(f, number), id=f"{f.id}_g{number}") for f in rules.facts)
    own |= {n.id: n for n in _ties(shared, number, number % of + 1, of)}
    return replace(rules, vocabulary=Vocabulary(**tables), facts=facts, norms=own)


def _left_out(shared: _Shared, size: int, chance: random.Random) -> set[str]:
    """Norms to leave out so that `size` remain, each form in proportion."""
    own = {n.id: n for n in shared.rules.norms.values() if n.id not in shared.norms}
    law = {n.id for n in shared.copied_law}
    by_form: dict[str, list[Norm]] = {}
    for norm in own.values():
        if norm.id not in law:
            by_form.setdefault(norm.form, []).append(norm)
    total = sum(map(len, by_form.values()))
    excess = len(own) - size
    exact = {form: excess * len(norms) / total for form, norms in by_form.items()}
    quota = {form: int(share) for form, share in exact.items()}
    for form in sorted(exact, key=lambda f: (quota[f] - exact[f], f))[: excess - sum(quota.values())]:
        quota[form] += 1
    out: set[str] = set()
    for form in sorted(by_form, key=lambda f: (f != Route.form, f)):  # what hangs on a route goes after it
        norms = by_form[form]
        chance.shuffle(norms)
        norms.sort(key=lambda n: not _hangs_on(n, out))
        out |= {n.id for n in norms[: quota[form]]}
    # where more hangs on the routes left out than the form may lose, other norms stay in its place
    hanging = [n for n in own.values() if n.id not in out and _hangs_on(n, out)]
    spare = [i for i in sorted(out) if not _hangs_on(own[i], out) and not isinstance(own[i], Route)]
    for norm, instead in zip(hanging, spare, strict=False):
        out.add(norm.id)
        out.remove(instead)
    return out


def _hangs_on(norm: Norm, gone: set[str]) -> bool:
    """Whether the norm is about routes that are all gone."""
    match norm:
        case Bound(routes=routes):
            return all(r in gone for r in routes)
        case Cadence(route=route) | Exclusion(route=route):
            return route in gone
        case _:
            return False


# ties


def _ties_of(governments: int) -> int:
    return _TIES if governments > 1 else _TIES - 1


def _ties(shared: _Shared, number: int, next_one: int, of: int) -> list[Norm]:
    """The norms that tie a government to the others."""
    head, sign, paper = f"head_g{number}", f"sign_g{number}", f"name_g{number} = government"
    cited = (Citation(ID, number * _ARTICLES, quote="委托"),)
    norms: list[Norm] = [
        StandIn(
            id=f"vacancy_g{number}",
            citations=cited,
            principals=parse_set(head),
            by=parse_set(COMMISSIONER),
            causes=("vacancy", "suspension"),
            states=absence.states_of(("vacancy", "suspension")),
            chain=True,
        ),
        Power(
            id=f"entrusted_g{number}",
            citations=cited,
            act=sign,
            by=parse_set(COMMISSIONER),
            when=parse_condition(f"official_document_g{number} and {paper} and urgency_g{number} = most_urgent"),
            delegation=parse_set(head),
            may=True,
            strength=Strength.DISCRETIONARY,
        ),
        Reference(id=f"common_rules_g{number}", citations=cited, kind="cites", target="全省共同规则"),
    ]
    if of > 1:
        norms.append(
            Power(
                id=f"neighbour_g{number}",
                citations=cited,
                act=f"countersign_g{number}",
                by=parse_set(f"office_director_g{next_one}"),
                when=parse_condition(f"kind_g{number} = letter and {paper} and major_g{number}"),
            )
        )
    return norms


def _common() -> tuple[dict[str, Office], list[Norm]]:
    """The shared superior and the norm about him."""
    offices = {
        COMMISSIONER: Office(COMMISSIONER, Label("专员", "commissioner")),
        DEPUTY: Office(DEPUTY, Label("副专员", "deputy commissioner")),
    }
    deputy = StandIn(
        id="commissioner_away",
        citations=(Citation(ID, 1, quote="专员外出"),),
        principals=parse_set(COMMISSIONER),
        by=parse_set(DEPUTY),
        causes=("any",),
        states=absence.states_of(("any",)),
        chain=True,
    )
    return offices, [deputy]


# joining


def _joined(shared: _Shared, parts: list[RuleSet]) -> RuleSet:
    tables: dict[str, dict[str, Any]] = {t: {} for t in TABLES}
    for part in parts:
        for table, known in tables.items():
            for name, record in getattr(part.vocabulary, table).items():
                known.setdefault(name, record)
    offices, norms = _common()
    tables["offices"] |= offices
    tables["attributes"] = {**_chaired(shared, len(parts)), **tables["attributes"]}
    together = {**shared.norms, **{n.id: n for n in norms}}
    for part in parts:
        together |= part.norms
    facts = (*shared.facts, *(f for p in parts for f in p.facts))
    title = Title(ID, Label("规则汇编", "collected rules"), Label("全省", "the province"), articles=1)
    return RuleSet(
        title,
        Vocabulary(**tables),
        facts,
        together,
        used=shared.rules.used,
        titles=(*shared.rules.titles, "全省共同规则"),
    )


def _chaired(shared: _Shared, governments: int) -> dict[str, Attribute]:
    """Of the meeting that is to be chaired: its kind, and which of all governments' meetings it is."""
    kind, body = shared.chaired[KIND], shared.chaired[BODY]
    values = [v for v in body.values if v.id not in shared.meetings]
    for number in range(1, governments + 1):
        values += [replace(v, id=f"{v.id}_g{number}") for v in body.values if v.id in shared.meetings]
    return {KIND: kind, BODY: replace(body, values=tuple(values))}


def _called(record: Any, number: int) -> Any:
    """An office or body in a name of its own; what is shared keeps its name."""
    if not isinstance(record, (Office, Body)) or not record.id.endswith(f"_g{number}"):
        return record
    label = record.label
    called = Label(f"{number}号{label.zh}", f"{label.en} {number}", tuple(f"{number}号{a}" for a in label.aliases))
    aliases = tuple(replace(a, zh=f"{number}号{a.zh}") for a in record.aliases)
    assert all(isinstance(a, Alias) for a in aliases)
    return replace(record, label=label if label == called else called, aliases=aliases)


def _placed(record: Any, number: int) -> Any:
    """The record with its places in the articles of the government's number. Laws keep theirs."""
    return _rewritten(
        record, lambda c: c if c.law else replace(c, instrument=ID, article=c.article + number * _ARTICLES)
    )


def _rewritten(thing: Any, place: Callable[[Citation], Citation]) -> Any:
    if isinstance(thing, Citation):
        return place(thing)
    if isinstance(thing, tuple):
        return tuple(_rewritten(x, place) for x in thing)
    if isinstance(thing, ex.Node) or not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changed = {f.name: _rewritten(getattr(thing, f.name), place) for f in fields(thing)}
    return replace(thing, **changed)


# shape


def shape(rules: RuleSet) -> dict[str, float]:
    """The share of each norm form among the norms."""
    count = Counter(n.form for n in rules.norms.values())
    return {form: number / len(rules.norms) for form, number in count.items()}
