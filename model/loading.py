"""From a folder to a rule set: read, check the shape, resolve every name, report all mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic

from model import messages as say
from model import schema
from model import vocabulary as vo
from model.bilingual import Said
from model.building import Builder, label
from model.citations import Citation, parse_place
from model.cross_checks import check_bodies, check_references, check_strata, check_vocabulary
from model.errors import Diagnostic, SpecError, nearest
from model.norm_building import build_norms
from model.ruleset import RuleSet
from model.shape_faults import check_shape
from model.sorts import Names
from model.vocabulary_building import build_facts, build_vocabulary
from model.yamltext import Document, Loc, read


def load(folder: Path, library: Path | None = None) -> RuleSet:
    """Read a rule set from a folder with `rules.yaml` and, if any, `ledger.yaml`.

    `library` is where the rule sets it uses are looked for (default: beside the folder).
    Raises SpecError with every mistake of every file.
    """
    folder = Path(folder)
    path = folder / "rules.yaml" if folder.is_dir() else folder
    return _load(path, library or path.parent.parent, ())


def _load(path: Path, library: Path, above: tuple[Path, ...]) -> RuleSet:
    """`above` are the folders of the rule sets that use this one."""
    document = read(path)
    mistakes = list(document.repeated)
    shaped = _shaped(document, mistakes)
    if shaped is None:
        raise SpecError(mistakes)
    shape, head = shaped.shape, shaped.shape.instrument
    b = Builder(shaped.document, head.id, head.articles, mistakes, shaped.set_aside)
    used = _used(b, shape, path, library, above)
    if len(used) < len(head.uses):  # what a broken rule set should have given would all be called unknown
        raise SpecError(mistakes)
    vocabulary = build_vocabulary(b, shape, used)
    check_vocabulary(b, shape, vocabulary)
    facts = build_facts(b, shape, used)
    norms = build_norms(b, shape, Names(vocabulary), used)
    ledger = _ledger(path, head, mistakes)
    check_references(b, shape, norms)
    check_bodies(b, shape, norms, vocabulary)
    if mistakes:
        raise SpecError(mistakes)
    unnumbered = tuple(Citation(head.id, *parse_place(p)) for p in head.unnumbered)
    title = vo.Title(
        head.id, label(head.title), label(head.place), head.number, head.date, head.articles, head.level, unnumbered
    )
    titles = dict.fromkeys([*(t for u in used for t in u.titles), *shape.titles])
    rules = RuleSet(title, vocabulary, facts, norms, ledger, tuple(u.title for u in used), tuple(titles))
    check_strata(b, shape, rules)
    if mistakes:
        raise SpecError(mistakes)
    return rules


# shape


@dataclass(frozen=True)
class _Shaped:
    """A rule set in shape, its document, and the ids of the items left out because theirs is wrong."""

    shape: schema.RulesShape
    document: Document
    set_aside: frozenset[str] = frozenset()


def _shaped(document: Document, mistakes: list[Diagnostic]) -> _Shaped | None:
    shape, misshapen = check_shape(schema.RulesShape, document, mistakes)
    return _rest(document, misshapen) if shape is None else _Shaped(shape, document)


def _rest(whole: Document, misshapen: set[Loc]) -> _Shaped | None:
    """The rule set without the items of wrong shape, so that mistakes in the others come out with theirs."""
    if not isinstance(whole.data, dict):
        return None
    moved: dict[Loc, Loc] = {}
    rest: dict[str, Any] = {}
    set_aside: set[str] = set()
    for section, items in whole.data.items():
        if section not in schema.RulesShape.model_fields:
            continue
        rest[section] = items
        if isinstance(items, list):
            kept = [i for i in range(len(items)) if (section, i) not in misshapen]
            rest[section] = [items[i] for i in kept]
            moved.update(((section, i), (section, n)) for n, i in enumerate(kept))
            dropped = [items[i] for i in range(len(items)) if (section, i) in misshapen]
            set_aside.update(str(item.get("id")) for item in dropped if isinstance(item, dict))
    try:
        shape = schema.RulesShape.model_validate(rest)
    except pydantic.ValidationError:
        return None

    def place(of: Mapping[Loc, tuple[int, int]]) -> dict[Loc, tuple[int, int]]:
        there = {loc: moved.get(loc[:2], () if len(loc) > 1 and isinstance(loc[1], int) else loc[:2]) for loc in of}
        return {(*there[loc], *loc[2:]): at for loc, at in of.items() if there[loc] or not loc}

    document = Document(whole.path, rest, place(whole.places), place(whole.keys))
    return _Shaped(shape, document, frozenset(set_aside))


# other files


def _used(
    b: Builder, shape: schema.RulesShape, path: Path, library: Path, above: tuple[Path, ...]
) -> list[RuleSet]:  # fmt: skip
    """The rule sets this one uses, as many as can be."""
    found: list[RuleSet] = []
    for i, name in enumerate(shape.instrument.uses):
        loc: Loc = ("instrument", "uses", i)
        folder = library / name
        here = (*above, path.parent.resolve())
        if folder.resolve() in here or name == shape.instrument.id:
            b.mistake(loc, say.USES_IN_A_CIRCLE(name=name), say.NO_CIRCLE())
        elif not (folder / "rules.yaml").is_file():
            known = [p.parent.name for p in library.glob("*/rules.yaml")]
            b.mistake(loc, say.NO_RULE_SET(name=name, library=library), say.A_FOLDER_THERE(), nearest(name, known))
        else:
            try:
                found.append(_load(folder / "rules.yaml", library, here))
            except SpecError as e:
                b.mistakes.extend(e.diagnostics)
    return found


def _ledger(path: Path, head: schema.InstrumentShape, mistakes: list[Diagnostic]) -> tuple[vo.OutOfScope, ...]:
    beside = path.parent / "ledger.yaml"
    if path.name != "rules.yaml" or not beside.is_file():
        return ()
    try:
        document = read(beside)
    except SpecError as e:
        mistakes.extend(e.diagnostics)
        return ()
    mistakes.extend(document.repeated)
    b = Builder(document, head.id, head.articles, mistakes)
    entries, _ = check_shape(list[schema.LedgerEntryShape], document, mistakes)
    found: list[vo.OutOfScope] = []
    known = list(vo.REASONS)
    for i, entry in enumerate(entries or ()):
        if entry.reason not in known:
            wanted = Said(" or ".join(known), " 或 ".join(known))
            b.mistake((i, "reason"), say.NO_REASON(reason=entry.reason), wanted, nearest(entry.reason, known))
            continue
        if entry.reason == "not-expressible" and not entry.note:
            b.mistake((i,), say.NOTHING_LOST(), say.A_NOTE())
        found.append(vo.OutOfScope(b.citation(entry.at, entry.quote, (i,)), entry.reason, entry.note))
    return tuple(found)
