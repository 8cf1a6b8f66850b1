"""Drafters' statements about the rules, proved or refuted; a refuted one with its situation told as a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guize.obstacles import missing, telling
from guize.report.bilingual import NOTHING, Both
from guize.report.clauses import Clause, clause
from guize.report.stories import ALSO, WHICH, WHO, Chapter, away, circumstances
from guize.sentences.verdict import sentence
from guize.terminal.prove import STATUS_NAMES
from guize.wording import Wording, capital
from model import expressions as ex
from model.competence import Competence
from model.properties import ALWAYS
from model.vocabulary import Label
from proofs.findings import Finding
from proofs.proving import Status, Verdict
from proofs.repeats import repeated

TONES = {
    Status.HOLDS: "held", Status.FAILS: "found", Status.VACUOUS: "vacuous", Status.UNKNOWN: "open",
    Status.INAPPLICABLE: "vacuous",
}  # fmt: skip
ORDER = (Status.FAILS, Status.UNKNOWN, Status.VACUOUS, Status.HOLDS, Status.INAPPLICABLE)
"""What a reader must look at first."""
STATES: dict[str, Label] = {
    "always": Label("任何情形下都应如此", "must be so in every situation"),
    "possible": Label("应有这样的情形", "must be possible"),
    "silent": Label("检查应无问题", "a check must find nothing"),
}
THERE = Label("规则怎么规定", "What the rules say there")
BY_FINDINGS = Label("不成立：检查发现了问题。", "Fails: the check found something.")


@dataclass(frozen=True)
class Proved:
    """A property with its verdict.

    `tone` is that of a check; `states` says what kind of statement it is; `absences` limits it, -1 for the report's
    own bound. `story` tells the counterexample, or the example of what must be possible; `why` is the core, `findings`
    the ids of what a check found that should be silent, `repeats` those of findings that tell of the failure already.
    """

    id: str
    name: Label
    status: Status
    verdict: Label
    tone: str
    states: Label
    absences: int
    says: Label
    story: tuple[Chapter, ...]
    why: tuple[Clause, ...]
    findings: tuple[str, ...]
    repeats: tuple[str, ...]


def proved(
    both: Both, verdicts: Iterable[Verdict], chapters: Mapping[int, str], findings: Sequence[Finding] = ()
) -> tuple[Proved, ...]:  # fmt: skip
    """Every property; those that fail first, then those not settled, then those that hold for want of a case.

    `findings` are those of the audit that the properties may repeat.
    """
    made = [_proved(both, v, chapters, repeated(both.rules, v, findings)) for v in verdicts]
    return tuple(sorted(made, key=lambda p: ORDER.index(p.status)))


def counted(found: Sequence[Proved]) -> tuple[tuple[Status, int], ...]:
    """How many there are of each verdict, in the order of the report; verdicts nobody got are left out."""
    numbers = ((s, sum(p.status is s for p in found)) for s in ORDER)
    return tuple((s, n) for s, n in numbers if n)


def _proved(both: Both, found: Verdict, chapters: Mapping[int, str], repeats: tuple[str, ...]) -> Proved:
    of = found.property
    silent = bool(of.silent)
    says = BY_FINDINGS if silent and found.findings else both.say(lambda w: sentence(both.rules, found, w.lang))
    return Proved(
        of.id,
        of.label,
        found.status,
        STATUS_NAMES[found.status][0],
        TONES[found.status],
        STATES["silent" if silent else "always" if of.mode == ALWAYS else "possible"],
        -1 if of.absences is None else of.absences,
        NOTHING if found.status in (Status.HOLDS, Status.VACUOUS) and found.every_reading else says,
        () if silent else _story(both, found),
        () if silent else tuple(clause(both, n, chapters) for n in found.norms),
        found.findings,
        repeats,
    )


def _story(both: Both, found: Verdict) -> tuple[Chapter, ...]:
    """Who is away, which paper, what else is so; of a property that holds, nothing."""
    at = found.witness
    if at is None or found.status is not Status.FAILS:
        return ()
    competence = Competence(both.rules, at)
    asked = tuple(found.property.holds.walk())
    acts = dict.fromkeys(n.act for n in asked if isinstance(n, ex.Hands | ex.Stuck | ex.Wanted))
    pairs = dict.fromkeys((n.first, n.second) for n in asked if isinstance(n, ex.Precedes))
    parts = (
        Chapter(WHO, both.each(lambda w: [away(w, at)])),
        Chapter(WHICH, both.each(lambda w: [capital(w.paper(at))])),
        Chapter(ALSO, both.each(lambda w: circumstances(w, at))),
        Chapter(
            THERE,
            both.each(
                lambda w: (*(x for a in acts for x in _there(w, competence, a)), *(_order(w, *p) for p in pairs))
            ),
        ),
    )
    return tuple(p for p in parts if p.lines)


def _there(words: Wording, competence: Competence, act: str) -> Iterator[str]:
    """Who may do an act in the situation; what is missing where nobody may."""
    name, at = words.act(act), competence.situation
    stages = [s for s in words.rules.stages if s.act == act]
    stuck = [s for s in stages if competence.stuck(s)]
    hands = dict.fromkeys(h.actor for s in stages for h in competence.hands(s))
    if stuck:
        lacking = dict.fromkeys(missing(words, at, o) for s in stuck for o in telling(competence.obstacles(s)))
        why = words.pick("；", "; ").join(lacking)
        yield words.pick(f"{name}：无人可办。{why}", f"{capital(name)}: nobody may. {capital(why)}")
    elif hands:
        who = words.list((words.actor(h, at) for h in hands), words.pick("、", "or"))
        yield words.pick(f"{name}：可由{who}办理", f"{capital(name)}: {who} may")
    else:
        yield words.pick(f"{name}：没有规定须办理", f"{capital(name)}: nothing demands it")


def _order(words: Wording, first: str, second: str) -> str:
    one, two = words.act(first), words.act(second)
    return words.pick(f"没有规定先{one}后{two}", f"Nothing says: first {one}, then {two}")
