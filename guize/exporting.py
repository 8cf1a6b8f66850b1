"""Questions as files: one SMT-LIB 2 script a question, in a folder of the rule set's id, with a list of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from guize import messages as say
from guize.files import check_folder, write_folder
from model.ruleset import RuleSet
from proofs import smtlib
from proofs.questions import gaps
from proofs.recorder import Question
from proofs.terms import Terms

INDEX = "index.json"
ENDING = ".smt2"
_LONGEST = 60


def check_exports(rule_sets: Iterable[RuleSet], folder: Path) -> None:
    """Refuse before long work what `export` could not write. Raises UsageError."""
    for rules in rule_sets:
        check_folder(folder / rules.title.id, INDEX, ENDING)


def export(rules: RuleSet, questions: Sequence[Question], folder: Path, lang: str) -> None:
    """Write the questions that were settled to `folder`/(id of the rule set). Raises UsageError.

    The folder appears whole or not at all, and takes the place of an earlier export.
    """
    path = folder / rules.title.id
    write_folder(path, files(rules, [q for q in questions if not q.unsettled]), INDEX, ENDING)
    click.echo(say.WRITTEN(path=path).get(lang), err=True)


def files(rules: RuleSet, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Name and text of each file, and of the list of them last."""
    terms = Terms()
    listed: list[dict[str, object]] = []
    for number, each in enumerate((q.decisive for q in questions), 1):
        name = f"{number:04}-{_slug(f'{each.check} {each.subject}')}.smt2"
        checks = gaps.CHECKS if each.check in gaps.CHECKS else (each.check,)
        said = Counter(smtlib.VERDICTS[q.answer] for q in each.queries) or Counter(unsat=1)
        yield name, smtlib.script(terms, each, _title(rules, checks, each))
        listed.append({"file": name, "checks": checks, "question": each.subject, "queries": dict(said)})
    yield INDEX, json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _title(rules: RuleSet, checks: Sequence[str], question: Question) -> Iterator[str]:
    """What a file says of itself."""
    yield f"{rules.title.label.zh} / {rules.title.label.en}"
    yield f"asked by: {', '.join(checks)} (docs/checks.md says when such a question has an answer)"
    yield f"about: {question.subject}"
    if question.folded:
        yield "its formula is false whatever the situation, so that no solver was asked: unsat"
        return
    # a finding needs a situation, and what comes after it says why and how far; without one all is in the last line
    found = any(q.point for q in question.queries)
    yield f"Z3 {'found situations' if found else 'found no situation'}; each query below has its answer as :status"


def _slug(text: str) -> str:
    """A name for a file, of letters that every system takes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_LONGEST].strip("-")
