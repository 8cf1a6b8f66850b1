"""`guize compare SPEC...`"""

from __future__ import annotations

from pathlib import Path

import click

import guize
from guize import messages as say
from guize.commands.options import console, json_option, lang_option, print_json
from guize.exits import Exit
from guize.files import write_text


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--act", "acts", multiple=True, metavar="ACT",
              help="Only this act, by id or name (may be repeated). / 只比较此行为。")  # fmt: skip
@click.option("--borrow", default=5, show_default=True, type=click.IntRange(0),
              help="How many things each could borrow are shown. / 每份规则显示几项可借鉴之处。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.html",
              help="Write one HTML page instead. / 另写为网页。")  # fmt: skip
@lang_option
@json_option
def compare(
    specs: tuple[str, ...], acts: tuple[str, ...], borrow: int, output: Path | None, lang: str, as_json: bool
) -> int:
    """Set rule sets side by side. / 并列比较几份规则。

    For each act and class of papers: who may, who stands in, which time limit applies, which instrument answers
    best and what the others could borrow. Without SPEC, all bundled instruments.

    按行为和文件类别列出各份规则由谁办理、谁代行、时限几何，哪份规定最全，其他可借鉴什么。
    不指定 SPEC 时比较全部内置规则。
    """
    import specs as library
    from guize.comparing import ACTS, act_ids
    from guize.comparing import compare as run
    from guize.html import compare as page
    from guize.jsonform import compare as jsonform
    from guize.terminal import compare as terminal

    names = specs or library.bundled()
    if len(names) < 2:
        raise say.refused(say.TWO_TO_COMPARE())
    instruments = [guize.load(name) for name in names]
    doubles = [r.title.id for r in instruments]
    for ident in doubles:
        if doubles.count(ident) > 1:
            raise say.refused(say.COMPARED_TWICE(id=ident))
    found = run(instruments, act_ids(instruments, acts) if acts else ACTS)
    if output is not None:
        write_text(output, page.document(found, lang))
        click.echo(say.WRITTEN(path=output).get(lang), err=True)
    if as_json:
        print_json(jsonform.comparison(found))
    elif output is None:
        terminal.compare(console(wide=True), found, lang, borrow)
    return Exit.CLEAN
