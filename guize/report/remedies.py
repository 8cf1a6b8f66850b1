"""What would mend a finding: the smallest amendments, and which choice of wording removes it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from guize.report.bilingual import NOTHING, Both
from guize.sentences import wordings
from guize.sentences.repair import sentence
from model.citations import Citation
from model.drafting import Flaw
from model.vocabulary import Label
from proofs.findings import Course, Finding, Gap, Late, Pair, Twice
from proofs.repairing.repair import Repair

AMENDABLE = (Gap, Pair, Twice, Late, Course, Flaw)
"""Details of findings that repairs are sought for; not terms, officials, and norms that could be spared."""

NOTHING_TO_TRY = Label(
    "没有找到可以试用的小修改，不提出修改建议。", "No small change could be thought of: nothing is suggested."
)
LEFT_OUT = Label(
    "问题较多，此问题未寻找修改建议；可用 guize explain 逐个查看。",
    "There are many findings, and no repair was sought for this one; guize explain does so.",
)
LEFT_TO_DRAFTER = Label(
    "此处应当如何规定，从规则本身无从得出，须由起草人确定，不提出修改建议。",
    "What to say here cannot be read off the rules, and is for the drafter to decide: nothing is suggested.",
)
NOT_SOUGHT = Label(
    "此类问题不自动提出修改建议，如何修改由起草人斟酌。",
    "No repair is sought for such a finding: what to change is for the drafter to weigh.",
)


@dataclass(frozen=True)
class Remedy:
    """An amendment: the article it amends (0 for a law's) with its chapter, and the sentence that proposes it.

    `norm` is a norm cited at that place, empty where there is none; `mends` and `widens` are ids of findings.
    """

    article: int
    place: Label
    chapter: str
    norm: str
    says: Label
    mends: tuple[str, ...]
    widens: tuple[str, ...]


def remedies(both: Both, finding: Finding, chapters: Mapping[int, str]) -> tuple[Remedy, ...]:
    """The finding's repairs in their order, each sentence once."""
    made = [_remedy(both, r, chapters) for r in finding.repairs]
    return tuple({r.says: r for r in reversed(made)}[s] for s in dict.fromkeys(r.says for r in made))


def remark(finding: Finding, repaired: bool, sought: Container[str] | None, by: int = 0) -> Label:
    """Why there is no repair; empty where there is one, or the report has none at all (`repaired` is false).

    `sought` are the ids that repairs were looked for, None for all. `by`: the number of a finding whose smallest
    repair mends this one too, 0 for none.
    """
    if finding.repairs or not repaired:
        return NOTHING
    if by:
        return Label(f"采纳问题{by}的修改建议，可一并消除此问题。", f"The repair of finding {by} mends this one too.")
    if not isinstance(finding.details, AMENDABLE):
        return NOT_SOUGHT
    if sought is not None and finding.id not in sought:
        return LEFT_OUT
    if finding.tried:
        return _none_held(finding.tried, finding.undecided)
    return LEFT_TO_DRAFTER if isinstance(finding.details, Flaw) else NOTHING_TO_TRY


def _none_held(tried: int, undecided: int) -> Label:
    """Changes were tried, and none is a repair."""
    zh, en = [], []
    if tried > undecided:
        zh.append(f"{tried - undecided}种不能消除此问题或者会带来新问题")
        en.append(f"{tried - undecided} would leave this finding or add another")
    if undecided:
        zh.append(f"{undecided}种未能判定")
        en.append(f"{undecided} could not be settled")
    return Label(
        f"没有找到合适的小修改：试过的修改中，{'，'.join(zh)}。",
        f"No small change was found: of those tried, {', '.join(en)}.",
    )


def mended(findings: Sequence[Finding]) -> dict[str, int]:
    """By id of a finding, the number (from 1) of the first other one whose smallest repair mends it too."""
    found: dict[str, int] = {}
    for number, finding in enumerate(findings, 1):
        for repair in finding.repairs[:1]:
            for other in repair.mends:
                found.setdefault(other, number)
    return found


def gravest(findings: Iterable[Finding], most: int) -> frozenset[str]:
    """The ids of the first findings that repairs can be sought for, in the order of the report; 0 for all."""
    ids = [f.id for f in findings if isinstance(f.details, AMENDABLE)]
    return frozenset(ids[: most or None])


def clearer(both: Both, finding: Finding) -> tuple[Label, ...]:
    """The choices of wording that remove the finding, or that none does."""
    return both.each(lambda w: wordings.sentences(both.rules, finding, w.lang))


def _cited_at(both: Both, anchor: Citation) -> str:
    """The norm that cites the phrase, else one that cites another of the same place; empty where there is none."""
    norms = both.rules.norms.values()
    same = next((n.id for n in norms if anchor in n.citations), "")
    here = anchor.place("zh")
    return same or next((n.id for n in norms if any(c.place("zh") == here for c in n.citations)), "")


def _remedy(both: Both, repair: Repair, chapters: Mapping[int, str]) -> Remedy:
    anchor = repair.anchor
    article = 0 if anchor.law else anchor.article
    at = _cited_at(both, anchor)
    return Remedy(
        article,
        both.say(lambda w: w.place(anchor)),
        chapters.get(article, ""),
        at,
        both.say(lambda w: sentence(both.rules, repair, w.lang)),
        repair.mends,
        repair.widens,
    )
