"""`guize prove SPEC...`"""

from __future__ import annotations

from pathlib import Path

import click

import guize
from guize.commands.options import (
    console,
    json_option,
    lang_option,
    parse_scope,
    print_json,
    progress_bar,
    scope_option,
    second_opinion_option,
    smtlib_option,
)
from guize.exits import Exit
from guize.exporting import check_exports, export
from guize.library import properties_of, subject_of


@click.command()
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option(
    "--properties", "files", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
    help="Property file (may be repeated); without it the general ones and properties.yaml beside the rules. "
    "/ 性质文件；不指定时用通用性质和规则旁的 properties.yaml。",
)  # fmt: skip
@click.option("--only", multiple=True, metavar="ID", help="Only these properties. / 只看这些性质。")
@click.option("--absences", default=2, show_default=True, type=click.IntRange(0, 6),
              help="Officials absent at once. / 同时缺席人数上限。")  # fmt: skip
@click.option("--budget", default=0, type=click.IntRange(0), show_default="no limit",
              help="Solver resource units a query. / 单次求解的资源上限。")  # fmt: skip
@second_opinion_option
@smtlib_option
@scope_option
@lang_option
@json_option
def prove(
    specs: tuple[str, ...], files: tuple[Path, ...], only: tuple[str, ...], absences: int, budget: int,
    second_opinion: bool, smtlib: Path | None, scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Prove or refute properties of rule sets. / 证明或反驳规则的性质。

    A property says what must always hold, or must be possible (docs/properties.md).
    Without SPEC, a property file that names its rule set is asked of it, and all others of the bundled ones.
    不指定 SPEC 时，注明规则的性质文件只问该规则，其余问全部内置规则。
    Exit code 1 if one fails. / 有性质不成立时退出码为 1。
    """
    import specs as library
    from guize.jsonform import prove as jsonform
    from guize.terminal import prove as terminal
    from model.situation import make_cast
    from proofs import second_opinion as confirming
    from proofs.audit import hear
    from proofs.proving import Status
    from proofs.proving import prove as run
    from proofs.recorder import Recorder

    if second_opinion:
        confirming.available()
    holders = parse_scope(scope)
    code = Exit.CLEAN
    documents = []
    # everything is read before anything is shown: what cannot be used leaves standard output empty
    subjects = {} if specs else {f: s for f in files if (s := subject_of(f)) is not None}
    told = [(str(s), tuple(f for f in files if subjects.get(f) == s)) for s in dict.fromkeys(subjects.values())]
    others = tuple(f for f in files if f not in subjects)
    if others or not files:
        told += [(name, others) for name in specs or library.bundled()]
    loaded = [(name, guize.load(name), own) for name, own in told]
    asked = [(rules, make_cast(rules, holders), properties_of(name, rules, own, only)) for name, rules, own in loaded]
    if smtlib:
        check_exports([rules for rules, _, _ in asked], smtlib)
    for rules, cast, properties in asked:
        hearing = hear(rules, cast, absences, budget, recorder=Recorder() if second_opinion or smtlib else None)
        with progress_bar(rules.title.label.get(lang)) as advance:
            hearing.progress = advance
            found = run(hearing, properties)
            opinion = confirming.of(hearing) if second_opinion else None
        if smtlib and hearing.recorder:
            export(rules, hearing.recorder.questions, smtlib, lang)
        if as_json:
            documents.append(jsonform.verdicts(rules, found, absences, opinion))
        else:
            terminal.prove(console(), rules, found, lang, absences, opinion)
        if any(v.status is Status.UNKNOWN for v in found) or (opinion and opinion.unconfirmed):
            code = Exit.UNKNOWN
        elif code is Exit.CLEAN and any(v.status is Status.FAILS for v in found):
            code = Exit.FINDINGS
    if as_json:
        print_json(documents[0] if len(documents) == 1 else documents)
    return code
