"""A norm, or an office, as it is written in `rules.yaml`: the keys and expressions that a rule set may hold."""

from __future__ import annotations

from typing import Any

from model import expressions as ex
from model import norms as nm
from model.citations import Citation
from model.vocabulary import Body, NamedSet, Office, Strength


def norm(found: nm.Norm) -> dict[str, Any]:
    """The norm as an entry of `norms`; what is as it is by default is left out."""
    form = found.modality if isinstance(found, nm.Deontic) else found.form
    return _kept({"id": found.id, "form": form, **_common(found), **_own(found)})


def office(found: Office) -> dict[str, Any]:
    """The office as an entry of `offices`."""
    written: dict[str, Any] = {"id": found.id, "zh": found.label.zh, "en": found.label.en}
    if found.abstract:
        written["holders"] = "none"
    elif found.many:
        written |= {"holders": "many", "scope": found.scope}
    if found.is_a:
        written["is_a"] = list(found.is_a)
    if found.portfolio:
        written["portfolio"] = True
    return written | _named(found)


def body(found: Body) -> dict[str, Any]:
    """The body as an entry of `bodies`."""
    written = {"id": found.id, "zh": found.label.zh, "en": found.label.en, "kind": found.kind}
    if found.statutory:
        written["statutory"] = found.statutory
    return written | _named(found)


def named_set(found: NamedSet) -> dict[str, Any]:
    """The set as an entry of `sets`."""
    written = {"id": found.id, "zh": found.label.zh, "en": found.label.en, "is": str(found.members)}
    return written | _cited(found.citation)


def _named(found: Office | Body) -> dict[str, Any]:
    """Where it is constituted or mentioned, and its other names."""
    written: dict[str, Any] = _cited(found.citation)
    if found.seen is not None:
        written["seen"] = _cited(found.seen)
    if found.aliases:
        written["aliases"] = [{"zh": a.zh, **_cited(a.citation)} if a.citation else a.zh for a in found.aliases]
    return written


def _cited(cited: Citation | None) -> dict[str, str]:
    if cited is None:
        return {}
    return {"at": place(cited), "quote": cited.quote} if cited.quote else {"at": place(cited)}


def _common(found: nm.Norm) -> dict[str, Any]:
    first = found.citations[0]
    return {
        "at": place(first),
        "quote": first.quote,
        "law": first.law,
        "also": [_cited(c) for c in found.citations[1:]],
        "strength": "" if found.strength is Strength.STRICT else found.strength.name.lower(),
        "under": dict(found.under),
        "when": _condition(found.when),
        "zh": found.label.zh,
        "en": found.label.en,
    }


def place(cited: Citation) -> str:
    """`22.1(6)`, as `at` has it."""
    text = str(cited.article)
    if cited.paragraph:
        text += f".{cited.paragraph}"
    return f"{text}({cited.item})" if cited.item else text


def _own(found: nm.Norm) -> dict[str, Any]:
    match found:
        case nm.Power():
            return {**_power(found), "residual_to": list(found.residual_to)}
        case nm.Deontic():
            return {"act": found.act, "by": _set(found.by), "unless": _condition(found.unless, ex.FALSE)}
        case nm.Route():
            steps = [_step(found, s, found.steps[i - 1].id if i else "") for i, s in enumerate(found.steps)]
            return {"steps": steps, "residual_to": list(found.residual_to)}
        case nm.StandIn():
            return {
                "for": str(found.principals),
                "by": str(found.by),
                "causes": list(found.causes),
                "acts": "all" if found.acts == nm.EVERY_ACT else list(found.acts),
                "delegation": _set(found.delegation),
                "order": "rank" if found.by_rank else "",
                "chain": found.chain or "",
            }
        case nm.Exclusion():
            unless = _condition(found.unless, ex.FALSE)
            return {
                "between": _set(found.between),
                "and": _set(found.other),
                "route": found.route,
                "steps": list(found.steps),
                "unless": unless,
            }
        case nm.Bound():
            return {
                "routes": list(found.routes),
                "from": found.start,
                "to": found.end,
                "kind": "ceiling" if found.ceiling else "floor",
                "amount": found.amount,
                "unit": found.unit,
                "by": _set(found.by),
                "start_unsaid": found.start_unsaid or "",
                "expiry": "" if found.expiry == "nothing_said" else found.expiry,
            }
        case nm.Cadence():
            keys = ("body", "route", "step", "amount", "unit", "day")
            return {k: getattr(found, k) or "" for k in keys}
        case nm.Composition():
            keys = ("members", "chair", "chair_delegation", "attend", "invited")
            said = {"quorum": found.quorum, "decides": found.decides}
            return {"body": found.body, **{k: _set(getattr(found, k)) for k in keys}, **said}
        case nm.Precedence():
            return {"prevails": list(found.prevails), "yields": list(found.yields)}
        case nm.Reference():
            return {"kind": found.kind, "target": found.target, "article": found.article or ""}
    raise TypeError(type(found).__name__)


def _power(found: nm.Power) -> dict[str, Any]:
    return {
        "act": found.act,
        "by": str(found.by),
        "mode": "joint" if found.joint else "",
        "modality": "may" if found.may else "",
        "delegation": _set(found.delegation),
    }


def _step(route: nm.Route, step: nm.Step, above: str) -> dict[str, Any]:
    """A step without what it has from its route."""
    power = step.power
    common = _common(power)
    shared = set(route.when.parts if isinstance(route.when, ex.And) else (route.when,))
    parts = power.when.parts if isinstance(power.when, ex.And) else (power.when,)
    common["when"] = _condition(ex.conjunction(*(p for p in parts if p not in shared)))
    common["under"] = dict(u for u in power.under if u not in route.under)
    common["strength"] = "" if power.strength == route.strength else power.strength.name.lower()
    del common["law"]
    for key, label in (("zh", route.label.zh), ("en", route.label.en)):
        if common[key] == label:
            common[key] = ""
    after: Any = list(step.after) if step.after != ((above,) if above else ()) else ""
    written = _kept({"id": step.id, **common, **_power(power), "back_to": step.back_to})
    return written if after == "" else {**written, "after": after}


def _set(actors: ex.ActorSet | None) -> str:
    return "" if actors is None else str(actors)


def _condition(condition: ex.Cond, default: ex.Cond = ex.TRUE) -> str:
    return "" if condition == default else str(condition)


def _kept(written: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in written.items() if v not in ("", None, [], {})}
