"""Candidates against what a text leaves open: a slip corrected, a name kept, a definition, a period or a meeting said
in full, an actor for a duty.

Where only the drafter can know what he meant (how long, by which rules, who a new office is) there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from model import expressions as ex
from model.citations import Citation
from model.deadlines import START
from model.drafting import Flaw, bodies, bounds, duties, names, references
from model.edits import Edit
from model.norms import Bound, Cadence, Composition, Deontic, Norm, Power, Precedence, Reference
from model.ruleset import BODY, KIND, RuleSet
from model.vocabulary import Body, Office
from proofs.repairing import people
from proofs.repairing.gaps import fresh_id
from proofs.repairing.repair import ACTOR, COMPLETED, CORRECTED, DEFINED, MEETING, ONE_NAME, Candidate

_MINUTES = "minutes"
_DEEMED, _REMINDER = "deemed_consent", "reminder"


def candidates(rules: RuleSet, flaw: Flaw, most: int) -> Iterator[Candidate]:
    """Changes that may say what is open, in no order. `most`: of actors tried for one duty."""
    match flaw.check:
        case references.DANGLING:
            yield from _corrected(rules, flaw)
        case names.UNDEFINED:
            yield from _defined(rules, flaw)
        case names.DRIFT:
            yield from _one_name(rules, flaw)
        case bounds.CHECK:
            yield from _said_in_full(rules, flaw)
        case bodies.CHECK:
            yield from _meetings(rules, flaw, most)
        case duties.CHECK:
            yield from _actors(rules, flaw, most)
        case _:  # numbering is typography; against higher law only the drafter can choose
            return


# names


def _corrected(rules: RuleSet, flaw: Flaw) -> Iterator[Candidate]:
    """A title that is a slip is written as the one it is a slip of."""
    norm = rules.norms.get(flaw.norms[0])
    if flaw.lacks == (references.TITLE,) and isinstance(norm, Reference):
        yield Candidate(CORRECTED, Edit(changed=(replace(norm, target=flaw.near),)), norm.citation)


def _defined(rules: RuleSet, flaw: Flaw) -> Iterator[Candidate]:
    """A set is defined: as it is read, under each choice of the readings that disagree on it. Who holds an office that
    is nowhere constituted, and what a body is, only the drafter knows."""
    (name,) = flaw.subjects
    found = rules.vocabulary.sets.get(name)
    if found is None:
        return
    disagree = tuple(dict.fromkeys(x.reading for x in found.members.walk() if isinstance(x, ex.Reading)))
    domains = [rules.vocabulary.readings[r].domain for r in disagree]
    for pattern, choice in enumerate(product(*domains)):
        members = read(found.members, dict(zip(disagree, choice, strict=True)))
        if members is not None:
            made = replace(found, members=members, citation=people.place_of(flaw.places[0]))
            yield Candidate(DEFINED, Edit(sets=(made,)), flaw.places[0], pattern)


def read(actors: ex.ActorSet, chosen: Mapping[str, str]) -> ex.ActorSet | None:
    """The set under the readings chosen, without the parts that are not in force; None for nobody."""
    match actors:
        case ex.When(of, ex.Reading(reading, choice)) if reading in chosen:
            return read(of, chosen) if chosen[reading] == choice else None
        case ex.Union(parts):
            kept = [k for p in parts if (k := read(p, chosen)) is not None]
            return None if not kept else kept[0] if len(kept) == 1 else ex.Union(tuple(kept))
        case ex.Minus(left, right):
            one, two = read(left, chosen), read(right, chosen)
            return one if one is None or two is None else ex.Minus(one, two)
        case _:
            return actors


def _one_name(rules: RuleSet, flaw: Flaw) -> Iterator[Candidate]:
    """Each office or body keeps its main name, and names that hold it or that it holds."""
    v = rules.vocabulary

    def kept(thing: Office | Body) -> Office | Body:
        main = thing.label.zh
        return replace(thing, aliases=tuple(a for a in thing.aliases if a.zh in main or main in a.zh))

    offices = tuple(kept(v.offices[s]) for s in flaw.subjects if s in v.offices)
    others = tuple(kept(v.bodies[s]) for s in flaw.subjects if s in v.bodies)
    edit = Edit(
        offices=tuple(o for o in offices if isinstance(o, Office)),
        bodies=tuple(b for b in others if isinstance(b, Body)),
    )
    other = next((c.place for c in flaw.names[1:] if c.place is not None), flaw.places[0])
    yield Candidate(ONE_NAME, edit, other)


# periods


def _said_in_full(rules: RuleSet, flaw: Flaw) -> Iterator[Candidate]:
    """What the bounds lack is said; where two readings of one disagree, either is kept."""
    own = [n for n in (rules.norms[i] for i in flaw.norms) if isinstance(n, Bound)]
    if "length" in flaw.lacks or ("start" in flaw.lacks and any(b.start == START for b in own)):
        return  # how long, and from which event before the first step, only the drafter knows
    for pattern, (kept, removed) in enumerate(_variants(rules, flaw, own)):
        for expiry in _expiries(rules, flaw, kept):
            changed = tuple(_full(rules, b, flaw.lacks, expiry) for b in kept)
            edit = Edit(changed=tuple(c for c in changed if c != rules.norms[c.id]), removed=removed)
            yield Candidate(COMPLETED, edit, own[0].citation, 2 * pattern + (expiry == _DEEMED))


def _variants(rules: RuleSet, flaw: Flaw, own: Sequence[Bound]) -> Iterator[tuple[list[Bound], tuple[str, ...]]]:
    """The bounds to keep, and the ids of those to strike out: all, or those of one choice of the reading that tells
    them apart, made good for either."""
    if not {"unit", "direction"} & set(flaw.lacks):
        yield list(own), ()
        return
    rivals = {r for b in own for r, _ in b.under if len({dict(o.under).get(r) for o in own}) > 1}
    for reading in sorted(rivals):
        for choice in rules.vocabulary.readings[reading].domain:
            here = [b for b in own if dict(b.under).get(reading) == choice]
            gone = tuple(b.id for b in own if dict(b.under).get(reading) != choice)
            if here and not _yields(rules, gone):
                yield [replace(b, under=tuple(u for u in b.under if u[0] != reading)) for b in here], gone


def _yields(rules: RuleSet, gone: Sequence[str]) -> bool:
    """Whether an order of precedence speaks of one of the norms."""
    return any({*n.prevails, *n.yields} & set(gone) for n in rules.of_form(Precedence))


def _expiries(rules: RuleSet, flaw: Flaw, kept: Sequence[Bound]) -> Iterator[str]:
    """What may follow on expiry: that it is followed up; or, of a reply, consent, where the instrument says so."""
    if "consequence" not in flaw.lacks:
        yield "nothing_said"
        return
    yield _REMINDER
    pattern = {_last(rules, b) for b in rules.bounds if b.expiry == _DEEMED}
    if all(_last(rules, b) in pattern for b in kept):
        yield _DEEMED


def _last(rules: RuleSet, bound: Bound) -> str:
    """The act that a bound runs to; empty for the end of the route."""
    steps = {s.id: s.power.act for r in bound.routes for s in rules.routes[r].steps}
    return steps.get(bound.end, "")


def _full(rules: RuleSet, bound: Bound, lacks: Sequence[str], expiry: str) -> Bound:
    """The bound with its start, whoever has its last step to keep it, and what follows on its expiry."""
    if "start" in lacks:
        bound = replace(bound, start_unsaid=False)
    if "bearer" in lacks:
        required = [p for p in bounds.within(rules, bound) if not p.may]
        bound = replace(bound, by=required[-1].by)
    if "consequence" in lacks:
        bound = replace(bound, expiry=expiry)
    return bound


# meetings


def _meetings(rules: RuleSet, flaw: Flaw, most: int) -> Iterator[Candidate]:
    """Everything that the meetings lack is said, where it can be read off the instrument or follows from the
    responsibility of its head; agenda and convener only the drafter knows."""
    concerned = bodies.bodies_of(flaw)
    made: dict[str, list[Composition]] = {
        b: [c for c in rules.of_form(Composition) if c.body == b and c.chair is not None] for b in concerned
    }
    if not set(flaw.lacks) <= set(_SAYS) or not all(made.values()):
        return
    publishers = list(_doers(rules, ("publish",), ()))[:most] if "publication" in flaw.lacks else [None]
    for pattern, publisher in enumerate(publishers):
        edit = _all_said(rules, flaw, made, publisher)
        anchor = edit.changed[0].citation if edit.changed else flaw.places[0]
        yield Candidate(MEETING, edit, anchor, pattern)


_SAYS = ("quorum", "decision", "cadence", "minutes", "minutes-signer", "publication")


def _all_said(
    rules: RuleSet, flaw: Flaw, made: Mapping[str, Sequence[Composition]], publisher: ex.ActorSet | None
) -> Edit:
    changed: list[Norm] = []
    added: list[Norm] = []
    for body, compositions in made.items():
        for one in compositions:
            full = one
            if "quorum" in flaw.lacks:
                full = replace(full, quorum="more_than_half")
            if "decision" in flaw.lacks:
                full = replace(full, decides="chair")
            if full != one:
                changed.append(full)
        first = compositions[0]
        places = (people.place_of(first.citation),)
        if "cadence" in flaw.lacks:
            added.append(Cadence(id=fresh_id(rules, f"meets_{body}"), citations=places, body=body))
        if {"minutes", "minutes-signer"} & set(flaw.lacks):
            assert first.chair is not None
            when = ex.conjunction(ex.Is(KIND, (_MINUTES,)), ex.Is(BODY, (body,)))
            ident = fresh_id(rules, f"minutes_{body}")
            added.append(Power(id=ident, citations=places, act="sign", by=first.chair, when=when))
        if publisher is not None:
            what = ex.conjunction(ex.Is(BODY, (body,)), *(ex.IsNot(KIND, k) for k in ("meeting", _MINUTES)))
            ident = fresh_id(rules, f"publishes_{body}")
            added.append(
                Deontic(
                    id=ident,
                    citations=places,
                    modality="duty",
                    act="publish",
                    by=publisher,
                    when=what,
                    unless=ex.FALSE,
                )
            )
    return Edit(added=tuple(added), changed=tuple(changed))


# duties


def _actors(rules: RuleSet, flaw: Flaw, most: int) -> Iterator[Candidate]:
    """The duties are somebody's: whoever does such acts elsewhere, then whoever else the place binds."""
    own = [n for n in (rules.norms[i] for i in flaw.subjects) if isinstance(n, Deontic)]
    for pattern, actors in enumerate(list(_doers(rules, flaw.lacks, [d.citation for d in own]))[:most]):
        changed = tuple(replace(d, by=actors) for d in own)
        yield Candidate(ACTOR, Edit(changed=changed), own[0].citation, pattern)


def _doers(rules: RuleSet, acts: Sequence[str], places: Sequence[Citation]) -> Iterator[ex.ActorSet]:
    """Whom norms of the same acts name, then whom norms of the same places do, the most often named first."""
    wanted = {(c.article, c.paragraph) for c in places}
    near, alike = Counter[str](), Counter[str]()
    nodes: dict[str, ex.ActorSet] = {}
    every: list[Power | Deontic] = [*rules.powers.values(), *rules.of_form(Deontic)]
    for norm in every:
        if norm.by is None or (isinstance(norm, Deontic) and norm.modality != "duty") or not _plain(rules, norm.by):
            continue
        nodes[str(norm.by)] = norm.by
        if (norm.citation.article, norm.citation.paragraph) in wanted and norm.citation.instrument == rules.title.id:
            near[str(norm.by)] += 1
        if norm.act in acts:
            alike[str(norm.by)] += 1
    for text in dict.fromkeys([*(t for t, _ in alike.most_common()), *(t for t, _ in near.most_common())]):
        yield nodes[text]


def _plain(rules: RuleSet, by: ex.ActorSet) -> bool:
    """Whether a set is one office, body or named set, or whoever of one is in charge."""
    inner = by.of if isinstance(by, ex.Image) and by.function == "in_charge" else by
    v = rules.vocabulary
    return isinstance(inner, ex.Name) and inner.name in {**v.offices, **v.bodies, **v.sets}
