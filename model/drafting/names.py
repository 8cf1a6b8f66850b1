"""undefined-role and term-drift: names the text uses and does not define, and several names for one thing.

A name is *defined* if the rule set cites where the text constitutes it (`at`), or if a composition's members are
just that set. An office or body of the government that norms of the instrument rest on, by name or through a set,
and that is not defined is undefined; so is a set whose name stands in the text, as the phrases cited show it, and
that norms rest on. External bodies are constituted elsewhere, and a rule set that cites no office's or body's place
says nothing of any.

A name *drifts* where the text calls one office or body by two names of which neither contains the other (分管副市长 is
a qualified 副市长, and no second name), each shown at its place: `at` of the alias, or a phrase cited that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from model import expressions as ex
from model.citations import Citation
from model.drafting.flaw import Called, Flaw, Survey
from model.drafting.wording import names_in, parts
from model.errors import nearest
from model.norms import Cadence, Composition, Norm
from model.ruleset import RuleSet
from model.vocabulary import Body, NamedSet, Office

UNDEFINED, DRIFT = "undefined-role", "term-drift"
CONTESTED, UNDEFINED_LACK = "extent", "definition"
_LIST = re.compile("[、或和及]")


def undefined(rules: RuleSet) -> Survey:
    """One flaw for each name. Weighty where readings disagree on whom it covers (`extent`), or an office decides."""
    v = rules.vocabulary
    used = _users(rules)
    quoted = list(_quotes(rules))
    asked = [n for n in (*v.offices, *v.bodies, *v.sets) if n in used]
    tells = any(x.citation is not None for x in (*v.offices.values(), *v.bodies.values()))
    kept = [n for n in asked if not _defined(rules, n) and not _foreign(rules, n) and (tells or n in v.sets)]
    kept = [n for n in kept if n not in v.sets or _is_name(rules, _label(rules, n), quoted)]
    known = [_label(rules, n) for n in (*v.offices, *v.sets) if _defined(rules, n)]
    flaws = []
    for name in kept:
        contested = name in v.sets and any(isinstance(x, ex.Reading) for x in v.sets[name].members.walk())
        label = _label(rules, name)
        where = _shown(label, quoted) or _seen(rules, name)
        flaws.append(
            Flaw(
                UNDEFINED,
                (name,),
                (CONTESTED,) if contested else (UNDEFINED_LACK,),
                _citing(rules, used[name], [where]),
                (where,) if where else (rules.lookup(used[name][0]).citation,),
                weighty=contested or (name in v.offices and _decides(rules, used[name])),
                names=(Called(label, where, name),),
                near=nearest(label, [k for k in known if k != label]),
                uses=len({(c.article, c.paragraph, c.item) for c in (rules.lookup(n).citation for n in used[name])}),
            )
        )
    return Survey(tuple(asked), tuple(flaws))


def drift(rules: RuleSet) -> Survey:
    """One flaw for each office of one official who has some deciding act, which is weighty; one for all the others."""
    v = rules.vocabulary
    used = _users(rules)
    quoted = list(_quotes(rules))
    asked = [n for n in (*v.offices, *v.bodies) if n in used and not _foreign(rules, n)]
    groups: dict[str, list[str]] = {}
    for name in asked:
        if len(_names(_thing(rules, name), quoted)) > 1:
            single = name in v.offices and not v.offices[name].many and _decides(rules, used[name])
            groups.setdefault(name if single else "", []).append(name)
    flaws = []
    for single, group in groups.items():
        names = tuple(c for n in group for c in _names(_thing(rules, n), quoted))
        norms = tuple(dict.fromkeys(n for name in group for n in used[name]))
        places = tuple(sorted({n.place for n in names if n.place is not None}))
        citing = _citing(rules, norms, places)
        flaws.append(Flaw(DRIFT, tuple(group), (), citing, places, weighty=bool(single), names=names))
    return Survey(tuple(asked), tuple(flaws))


def _citing(rules: RuleSet, norms: tuple[str, ...], places: Collection[Citation | None]) -> tuple[str, ...]:
    """The norms that rest on one of the places; all of them where none does."""
    return tuple(n for n in norms if set(rules.lookup(n).citations) & set(places)) or norms


def _thing(rules: RuleSet, name: str) -> Office | Body:
    v = rules.vocabulary
    return v.offices[name] if name in v.offices else v.bodies[name]


def _names(thing: Office | Body, quoted: list[Citation]) -> tuple[Called, ...]:
    """The names of a thing that the text is seen to use, its main one first; no name that holds another one of them."""
    main = thing.label.zh
    found = [Called(main, _shown(main, quoted) or thing.citation, thing.id)]
    for alias in thing.aliases:
        if any(alias.zh in n.name or n.name in alias.zh for n in found):
            continue
        place = alias.citation or _shown(alias.zh, quoted)
        if place is not None:
            found.append(Called(alias.zh, place, thing.id))
    return tuple(found)


def _users(rules: RuleSet) -> Mapping[str, tuple[str, ...]]:
    """By office, body and set, the norms of the instrument that rest on it, in their order."""
    v = rules.vocabulary
    found: dict[str, dict[str, None]] = {}
    for norm in parts(rules):
        if any(isinstance(n, ex.Name) and n.name == ex.PRINCIPAL for n in norm.when.walk()):
            continue  # in force or not only for a principal, so that no situation alone shows it
        for name in _named(rules, norm):
            if name in v.offices or name in v.bodies or name in v.sets:
                found.setdefault(name, {})[norm.id] = None
    return {name: tuple(norms) for name, norms in found.items()}


def _named(rules: RuleSet, norm: Norm) -> Iterator[str]:
    for value in vars(norm).values():
        if isinstance(value, ex.Node):
            yield from names_in(rules.vocabulary, value)
    if isinstance(norm, (Cadence, Composition)) and norm.body:
        yield norm.body


def _defined(rules: RuleSet, name: str) -> bool:
    v = rules.vocabulary
    thing: Office | Body | NamedSet = v.offices.get(name) or v.bodies.get(name) or v.sets[name]
    if thing.citation is not None:
        return True
    return any(isinstance(n, Composition) and n.members == ex.Name(name) for n in rules.own_norms())


def _foreign(rules: RuleSet, name: str) -> bool:
    """Whether another law or authority constitutes it."""
    v = rules.vocabulary
    return (name in v.bodies and v.bodies[name].kind == "external") or (name in v.offices and v.offices[name].abstract)


def _decides(rules: RuleSet, norms: tuple[str, ...]) -> bool:
    return any(n in rules.powers and rules.is_decisive(rules.powers[n].act) for n in norms)


def _is_name(rules: RuleSet, name: str, quoted: list[Citation]) -> bool:
    """Whether the text uses what a set is called as a name of its own: not a list, and no office with a qualifier."""
    v = rules.vocabulary
    qualified = any(o.label.zh in name and o.label.zh != name for o in v.offices.values() if _defined(rules, o.id))
    return not qualified and not _LIST.search(name) and _shown(name, quoted) is not None


def _label(rules: RuleSet, name: str) -> str:
    return rules.name(name, "zh")


def _seen(rules: RuleSet, name: str) -> Citation | None:
    v = rules.vocabulary
    thing = v.offices.get(name) or v.bodies.get(name)
    return thing.seen if thing is not None else None


def _quotes(rules: RuleSet) -> Iterator[Citation]:
    """The phrases of the instrument that the rule set cites, in order of the text."""
    v = rules.vocabulary
    cited = [c for norm in parts(rules) for c in norm.citations]
    for table in (v.offices, v.bodies, v.attributes, v.terms, v.readings, v.sets):
        cited += [x.citation for x in table.values() if x.citation is not None]
    cited += [o.citation for o in rules.out_of_scope]
    yield from sorted({c for c in cited if c.instrument == rules.title.id and not c.law and c.quote})


def place_of(rules: RuleSet, name: str) -> Citation | None:
    """The first phrase cited of the instrument in which a name stands, or None."""
    return _shown(name, list(_quotes(rules)))


def _shown(name: str, quoted: list[Citation]) -> Citation | None:
    """The first phrase that holds the name."""
    return next((c for c in quoted if name in c.quote), None)
