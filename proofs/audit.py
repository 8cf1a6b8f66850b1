"""An audit: every question asked of one rule set, findings merged, ordered and named."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from model import absence
from model.drafting import Flaw
from model.ruleset import RuleSet
from model.situation import Cast, make_cast
from model.text import Text
from proofs import scope as scope_of
from proofs import second_opinion as confirming
from proofs.encoding import Encoding
from proofs.findings import Answer, Finding, Fragile, Hinge, Report
from proofs.hearing import Hearing, Progress
from proofs.memory import Memory
from proofs.questions import deadlines, drafting, gaps, hinges, norm_use, pairs, procedures, resilience, self_review
from proofs.recorder import Recorder
from proofs.session import Session
from proofs.witness import MAX_ABSENCES

Question = Callable[[Hearing], tuple[Answer, ...]]

QUESTIONS: dict[tuple[str, ...], Question] = {
    gaps.CHECKS: gaps.ask,
    ("competence-conflict",): lambda h: (pairs.ask_conflict(h),),
    ("contradiction",): lambda h: (pairs.ask_contradiction(h),),
    (deadlines.CHECK,): lambda h: (deadlines.ask(h),),
    ("self-review",): lambda h: (self_review.ask(h),),
    procedures.CHECKS: procedures.ask,
    norm_use.CHECKS: norm_use.ask,
    (hinges.CHECK,): lambda h: (hinges.ask(h),),
    (resilience.CHECK,): lambda h: (resilience.ask(h),),
    drafting.CHECKS: drafting.ask,
}
CHECKS: tuple[str, ...] = tuple(check for names in QUESTIONS for check in names)


def audit(
    rules: RuleSet,
    *,
    scope: Mapping[str, int] | None = None,
    most_absences: int = MAX_ABSENCES,
    budget: int = 0,
    checks: Iterable[str] | None = None,
    states: Sequence[str] = absence.ABSENT_STATES,
    progress: Progress | None = None,
    text: Text | None = None,
    recorder: Recorder | None = None,
    second_opinion: bool = False,
    memory: Memory | None = None,
    any_number: bool = False,
) -> Report:
    """Ask all questions, or those named in `checks`.

    `scope`: holders per office that has many; `most_absences`: officials absent at once; `budget`: Z3
    resource units a query, 0 for no limit; `text`: the instrument itself, for its numbering; `memory`: what
    earlier audits found out, of this or other rule sets (`proofs.reaudit`). A `recorder` hears every query, so that
    nothing is remembered. With `any_number`, every number of holders is asked about; with `second_opinion`, another
    solver answers all queries again. Raises ScopeError for a scope that does not fit, SelfCheckError where an
    engine contradicts the reference semantics or the solvers disagree, and UsageError where the other solver is
    not installed.
    """
    wanted = set(CHECKS if checks is None else checks)
    if second_opinion:
        confirming.available()
        recorder = recorder or Recorder()
    hearing = hear(rules, make_cast(rules, scope), most_absences, budget, states, recorder, memory)
    hearing.text = text
    if progress:
        hearing.progress = progress
    answers, findings = ask(hearing, wanted)
    reach = scope_of.every_number(hearing, answers) if any_number else scope_of.suffice(hearing, answers)
    opinion = confirming.of(hearing) if second_opinion else None
    return Report(
        rules.title.id,
        findings,
        answers,
        {
            o.id: sum(x.office == o.id for x in hearing.encoding.cast.officials)
            for o in rules.vocabulary.offices.values()
            if o.many and not o.abstract
        },
        most_absences,
        hearing.session.queries,
        opinion,
        reach,
    )


def ask(hearing: Hearing, wanted: Iterable[str]) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """The answers to the checks named, and their findings ordered and named."""
    wanted = set(wanted)
    answers: list[Answer] = []
    every: list[Finding] = []
    for names, question in QUESTIONS.items():
        if not wanted & set(names):
            continue
        if hearing.recorder:
            hearing.recorder.among(names[0])
        started = time.perf_counter()
        found = _asked(hearing, names, question)
        spent = (time.perf_counter() - started) / len(found)
        answers.extend(replace(a, seconds=spent) for a in found if a.check in wanted)
        every.extend(f for a in found for f in a.findings)
    return tuple(answers), ordered(f for f in every if wanted & {f.check, *f.also})


def _asked(hearing: Hearing, names: tuple[str, ...], question: Question) -> tuple[Answer, ...]:
    """A question's answers. All but one look at parts of the rules, and remember what each part came to. The deadlines
    are asked of the whole, with a solver of their own, so that nothing asked before shows."""
    if names != (deadlines.CHECK,):
        return question(hearing)
    whole = hearing.slicer.whole
    return hearing.recall(
        ("check", names),
        whole,
        lambda: question(hearing.within(whole)),
        lambda answers: not any(a.unknown for a in answers),
    )


def hear(
    rules: RuleSet,
    cast: Cast,
    most_absences: int = MAX_ABSENCES,
    budget: int = 0,
    states: Sequence[str] = absence.ABSENT_STATES,
    recorder: Recorder | None = None,
    memory: Memory | None = None,
) -> Hearing:
    """The encoding and session that questions are asked with."""
    encoding = Encoding(rules, cast, states)
    session = Session(encoding, budget, recorder=recorder)
    return Hearing(rules, encoding, session, most_absences, memory=Memory() if memory is None else memory)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then by place in the text; each with an id made of its norms (numbered if two have the same)."""
    ranked = sorted(
        findings,
        key=lambda f: (-f.severity, len(f.witness.absent), not f.every_reading, f.articles, f.check, f.norms),
    )
    taken: dict[str, int] = {}
    named: list[Finding] = []
    for finding in ranked:
        content = "|".join((finding.check, *_content(finding)))
        ident = f"{finding.check}-{hashlib.sha256(content.encode()).hexdigest()[:6]}"
        taken[ident] = taken.get(ident, 0) + 1
        named.append(replace(finding, id=ident if taken[ident] == 1 else f"{ident}-{taken[ident]}"))
    return tuple(named)


def _content(finding: Finding) -> tuple[str, ...]:
    """What tells a finding from others: core and near misses. Of drafting, what it is about and what that
    lacks; of an open term or an office, which: one of many norms is its core."""
    core = (*finding.norms, *(f"{n.norm}:{n.reason}" for n in finding.near))
    match finding.details:
        case Flaw() as flaw:
            return *flaw.subjects, *flaw.lacks
        case Hinge(term):
            return (term,)
        case Fragile(offices):
            return offices
        case _:
            return core
