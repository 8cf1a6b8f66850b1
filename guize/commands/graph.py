"""`guize graph SPEC`"""

from __future__ import annotations

import click

import guize
from guize import messages as say
from guize.commands.graph_files import FORMATS, VIEWS, check_places, files, known, write
from guize.commands.options import json_option, lang_option, parse_scope, print_json, scope_option
from guize.exits import Exit


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
    from guize.drawing import tables
    from guize.drawing.gather import gather
    from guize.wording import Wording

    rules = guize.load(spec)
    words = Wording(rules, lang)
    for route in routes:
        if route not in rules.routes:
            raise say.refused(say.NO_ROUTE(name=route, known=", ".join(rules.routes)), route, list(rules.routes))
    if form == "dmn":
        decisions = tables.decisive_acts(rules)
        for act in acts:
            if act not in decisions:
                raise say.refused(say.NO_DECISION(name=act, known=", ".join(decisions)), act, decisions)
    if not as_json:
        check_places(*known(rules, form, views or VIEWS, routes, kinds, acts), out)
    gathered = gather(rules, parse_scope(scope), absences, everything)
    for kind in kinds:
        if kind not in gathered.kinds:
            raise say.refused(say.NO_KIND(name=kind, known=", ".join(gathered.kinds)), kind, list(gathered.kinds))
    if as_json:
        from guize.jsonform import graph as jsonform

        print_json(jsonform.graphs(gathered))
    else:
        write(files(words, gathered, form, views or VIEWS, routes, kinds, acts), out)
    return Exit.UNKNOWN if gathered.unknown else Exit.CLEAN
