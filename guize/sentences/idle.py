"""dead-norm, redundant-norm and shadowed-norm."""

from __future__ import annotations

from collections.abc import Iterable

from guize.wording import Wording
from model.ruleset import RuleSet
from proofs.findings import Finding, Idle
from proofs.questions import norm_use


def sentence(words: Wording, finding: Finding, idle: Idle) -> str:
    """One sentence, by why the norm could be spared."""
    subject = norms(words, idle.norms)
    cause = norms(words, (n for n in idle.cause if n not in idle.norms))
    match idle.reason:
        case norm_use.FOLLOWS:
            return _follows(words, finding, subject, cause)
        case norm_use.YIELDS:
            paper = case(words, finding)
            return words.pick(
                f"{subject}应当适用的情形，全部由{cause}优先适用，例如{paper}；该规定没有适用的机会。",
                f"Wherever {subject} would apply, {cause} prevails, for instance for {paper}: it never applies.",
            )
        case norm_use.EXCEPTED:
            paper = case(words, finding)
            return words.pick(
                f"{subject}自己的例外包括了它的全部情形，例如{paper}；该规定没有适用的机会。",
                f"The exception of {subject} takes in all that it is about, for instance {paper}: it never applies.",
            )
        case norm_use.NOBODY:
            return words.pick(
                f"{subject}适用的情形中没有它所指的人员或事项{_because(words, idle, cause)}，该规定落空。",
                f"Where {subject} applies there is nobody and nothing it speaks of{_because(words, idle, cause)}: "
                f"it comes to nothing.",
            )
        case _:
            return words.pick(
                f"{subject}所说的情形不会出现{_because(words, idle, cause)}，该规定没有适用的机会。",
                f"What {subject} is about never occurs{_because(words, idle, cause)}: it never applies.",
            )


def _follows(words: Wording, finding: Finding, subject: str, cause: str) -> str:
    return words.pick(
        f"就由谁办理、应否办理而言，{subject}的内容，{cause}都已作规定，例如{case(words, finding)}；"
        f"重复并存，日后只改一处容易不一致。",
        f"As to who acts and what must be done, all that {subject} says is said by {cause}, for instance for "
        f"{case(words, finding)}: to amend one of the places only would set them at odds.",
    )


def case(words: Wording, finding: Finding) -> str:
    """The situation shown: who is away, and the paper."""
    absent, paper = words.absences(finding.witness), words.paper(finding.witness)
    return words.pick(f"{absent}时的{paper}", f"{paper} when {absent}") if absent else paper


def norms(words: Wording, ids: Iterable[str]) -> str:
    """Norms by place and gloss, each once."""
    return words.list(words.of(words.rules.lookup(n)) for n in ids)


def _because(words: Wording, idle: Idle, cause: str) -> str:
    facts = words.list(_fact(words.rules, f, words.lang) for f in idle.facts)
    why = words.list([*([cause] if cause else []), *([facts] if facts else [])])
    return words.pick(f"（因{why}）", f" (because of {why})") if why else ""


def _fact(rules: RuleSet, fact: str, lang: str) -> str:
    found = next(f for f in rules.facts if f.id == fact)
    return f"“{found.label.zh}”" if lang == "zh" else f"'{found.label.en}'"


STUCK: dict[str, tuple[str, str]] = {
    norm_use.NEVER: ("所说的情形不会出现", "what it is about never occurs"),
    norm_use.NOBODY: ("没有它所指的人员或事项", "there is nobody and nothing it speaks of"),
    norm_use.YIELDS: ("总有其他规定优先适用", "something else always prevails"),
    norm_use.EXCEPTED: ("总在例外之列", "it is always excepted"),
    norm_use.FOLLOWS: ("其他规定都已包括，删去不影响办理", "others say it all: nothing changes without it"),
}
"""Why a norm could be spared, in a few words."""
