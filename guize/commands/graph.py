"""`guize graph SPEC`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import guize
from guize import files
from guize import messages as say
from guize.commands.options import json_option, lang_option, parse_scope, print_json, scope_option
from guize.exits import Exit

if TYPE_CHECKING:
    from guize.drawing.gather import Gathered
    from guize.wording import Wording

VIEWS = ("routes", "flow", "meetings", "stand-ins", "answers")
FORMATS = ("html", "svg", "cards", "mermaid", "dot", "graphml", "bpmn", "dmn")
SUFFIXES = {"mermaid": "mmd", "cards": "html"}


@click.command()
@click.argument("spec")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="html", show_default=True,
    help="html and svg: pictures; cards: a page a kind of paper; the others: exchange formats. / 输出格式。",
)  # fmt: skip
@click.option(
    "--view", "views", multiple=True, type=click.Choice(VIEWS), show_default="all of them",
    help="Which pictures (may be repeated). / 画哪些图。",
)  # fmt: skip
@click.option(
    "--route", "routes", multiple=True, metavar="ID", help="Only this route (may be repeated). / 只画此程序。"
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of paper. / 只画此文种。")
@click.option(
    "--act", "acts", multiple=True, metavar="ACT", help="For dmn: only this act, e.g. sign. / dmn：只此行为。"
)
@click.option(
    "-o", "--out", default="", metavar="PATH", help="A file, or a folder for several; never overwritten. / 输出位置。"
)
@click.option(
    "--audit",
    "everything",
    is_flag=True,
    help="Mark the findings of every check, not only of routes. / 标出全部检查的问题。",
)
@click.option(
    "--absences",
    default=2,
    show_default=True,
    type=click.IntRange(0, 6),
    help="Officials absent at once. / 同时缺席人数上限。",
)
@scope_option
@lang_option
@json_option
def graph(
    spec: str, form: str, views: tuple[str, ...], routes: tuple[str, ...], kinds: tuple[str, ...],
    acts: tuple[str, ...], out: str, everything: bool, absences: int, scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Draw the routes, stand-ins and meetings of a rule set. / 绘制程序、代行、会议等图。

    Findings about routes are marked in the pictures; they do not change the exit code. One file goes to standard
    output, several need --out. / 图中标出程序问题，不影响退出码；单个文件输出到标准输出，多个须用 --out。
    """
    from guize.drawing.gather import gather
    from guize.wording import Wording

    rules = guize.load(spec)
    words = Wording(rules, lang)
    for route in routes:
        if route not in rules.routes:
            raise say.refused(say.NO_ROUTE(name=route, known=", ".join(rules.routes)), route, list(rules.routes))
    gathered = gather(rules, parse_scope(scope), absences, everything)
    for kind in kinds:
        if kind not in gathered.kinds:
            raise say.refused(say.NO_KIND(name=kind, known=", ".join(gathered.kinds)), kind, list(gathered.kinds))
    if as_json:
        from guize.jsonform import graph as jsonform

        print_json(jsonform.graphs(gathered))
    else:
        _write(_files(words, gathered, form, views or VIEWS, routes, kinds, acts), out)
    return Exit.UNKNOWN if gathered.unknown else Exit.CLEAN


def _files(
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
            known = tables.decisive_acts(words.rules)
            for act in acts:
                if act not in known:
                    raise say.refused(say.NO_DECISION(name=act, known=", ".join(known)), act, known)
            return {f"{a}.dmn": dmn.document(words, a) for a in acts or known}
    plans = gathered.plans(words, routes)
    write = {"mermaid": textual.mermaid, "dot": textual.dot, "graphml": textual.graphml}
    made = {p.id: write[form](p) if form in write else bpmn.document(words, p) for p in plans}
    if form == "graphml" and not routes:
        from model.graphs.standins import stand_in_graph

        made["stand-ins"] = textual.plain_graphml(stand_in_graph(words.rules))
    return {f"{n}.{SUFFIXES.get(form, form)}": text for n, text in made.items()}


def _write(made: dict[str, str], out: str) -> None:
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
    taken = [p for p in places if p.exists()]
    if taken or (not single and path.is_file()):
        raise say.refused(say.FILE_EXISTS(path=taken[0] if taken else path))
    for place, text in places.items():
        files.make_folder(place.parent)
        files.write_text(place, text)
        click.echo(str(place), err=True)
