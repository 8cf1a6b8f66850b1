"""The files of `guize graph`: their names and contents, what is refused before the work, and the writing after it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guize import messages as say
from guize.files import check_folder, make_folder, write_text

if TYPE_CHECKING:
    from guize.drawing.gather import Gathered
    from guize.wording import Wording
    from model.ruleset import RuleSet

VIEWS = ("routes", "flow", "meetings", "stand-ins", "answers")
FORMATS = ("html", "svg", "cards", "mermaid", "dot", "graphml", "bpmn", "dmn")
SUFFIXES = {"mermaid": "mmd", "cards": "html"}


def files(
    words: Wording, gathered: Gathered, form: str, views: tuple[str, ...], routes: tuple[str, ...],
    kinds: tuple[str, ...], acts: tuple[str, ...],
) -> dict[str, str]:  # fmt: skip
    """The files asked for, by name."""
    from guize.drawing import bpmn, cards, dmn, page, tables, textual

    name = words.rules.title.id
    match form:
        case "html":
            narrowed = ("routes",) if routes and len(views) == len(VIEWS) else views
            return {f"{name}.html": page.page(words, gathered, narrowed, routes, kinds)}
        case "svg":
            narrowed = ("routes",) if routes and len(views) == len(VIEWS) else views
            found = (page.pictures(words, gathered, v, routes, kinds) for v in narrowed)
            return {f"{n}.svg": svg for pictures in found for n, (_, svg) in pictures.items()}
        case "cards":
            chosen = kinds or tuple(gathered.kinds)
            return {f"{name}-cards.html": cards.page(words, tuple(cards.card(words, gathered, k) for k in chosen))}
        case "dmn":
            return {f"{a}.dmn": dmn.document(words, a) for a in acts or tables.decisive_acts(words.rules)}
    plans = gathered.plans(words, routes)
    write = {"mermaid": textual.mermaid, "dot": textual.dot, "graphml": textual.graphml}
    made = {p.id: write[form](p) if form in write else bpmn.document(words, p) for p in plans}
    if form == "graphml" and not routes:
        from model.graphs.standins import stand_in_graph

        made["stand-ins"] = textual.plain_graphml(stand_in_graph(words.rules))
    return {f"{n}.{SUFFIXES.get(form, form)}": text for n, text in made.items()}


def known(
    rules: RuleSet, form: str, views: tuple[str, ...], routes: tuple[str, ...], kinds: tuple[str, ...],
    acts: tuple[str, ...],
) -> tuple[tuple[str, ...], bool]:  # fmt: skip
    """The names of the files to come that are known before the work, and whether those are all.

    A picture of each kind of paper is not: which kinds there are the solver says.
    """
    from guize.drawing import tables

    whole = True
    match form:
        case "html":
            stems = [rules.title.id]
        case "cards":
            stems = [f"{rules.title.id}-cards"]
        case "dmn":
            stems = [*(acts or tables.decisive_acts(rules))]
        case "svg":
            shown = ("routes",) if routes and len(views) == len(VIEWS) else views
            of_view = {
                "routes": [*(routes or rules.routes)],
                "flow": [f"flow-{k}" for k in kinds],
                "meetings": [f"meeting-{b.id}" for b in rules.vocabulary.bodies.values() if b.kind == "meeting"],
            }
            stems = [s for v in shown for s in of_view.get(v, [v])]
            whole = bool(kinds) or "flow" not in shown
        case _:
            stems = [*(routes or rules.routes), *(["stand-ins"] if form == "graphml" and not routes else [])]
    return tuple(f"{s}.{SUFFIXES.get(form, form)}" for s in dict.fromkeys(stems)), whole


def check_places(names: tuple[str, ...], whole: bool, out: str) -> None:
    """Refuse before the work what `write` would refuse, as far as the names of the files are known."""
    if not out:
        if len(names) > 1:
            raise say.refused(say.SEVERAL_FILES(number=len(names) if whole else say.AT_LEAST(number=len(names))))
        return
    path = Path(out)
    single = whole and len(names) == 1 and bool(path.suffix)
    check_folder(path)
    _refuse_taken(path, [path] if single else [path / n for n in names], single)


def _refuse_taken(path: Path, places: Collection[Path], single: bool) -> None:
    """Raises UsageError where something is there already under the name of a file to come."""
    taken = [p for p in places if p.exists()]
    if taken or (not single and path.is_file()):
        raise say.refused(say.FILE_EXISTS(path=taken[0] if taken else path))


def write(made: dict[str, str], out: str) -> None:
    """One file to standard output or to `out`; several into the folder `out`. Nothing is written over."""
    if not made:
        raise say.refused(say.NOTHING_TO_DRAW())
    if not out:
        if len(made) > 1:
            raise say.refused(say.SEVERAL_FILES(number=len(made)))
        click.echo(next(iter(made.values())), nl=False)
        return
    path = Path(out)
    single = len(made) == 1 and bool(path.suffix)
    places = {path: next(iter(made.values()))} if single else {path / n: text for n, text in made.items()}
    _refuse_taken(path, places, single)
    for place, text in places.items():
        make_folder(place.parent)
        write_text(place, text)
        click.echo(str(place), err=True)
