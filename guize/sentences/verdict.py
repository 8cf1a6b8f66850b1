"""What became of a property, in one sentence."""

from __future__ import annotations

from guize.sentences.unsettled import because
from guize.wording import Wording
from model.properties import ALWAYS
from model.ruleset import RuleSet
from proofs.proving import Status, Verdict


def sentence(rules: RuleSet, found: Verdict, lang: str) -> str:
    """Whether it holds; if not, in which situation and by which provisions."""
    words = Wording(rules, lang)
    of = found.property
    match found.status:
        case Status.HOLDS:
            return words.pick("成立。", "Holds.") + _readings(words, found)
        case Status.VACUOUS:
            return words.pick("成立，但所说的情形不会出现。", "Holds, but what it speaks of never occurs.")
        case Status.UNKNOWN:
            reason = because(found.reason, words.lang)
            return words.pick(f"未能判定（{reason}）。", f"Not settled ({reason}).")
        case Status.INAPPLICABLE:
            if of.silent:
                return words.pick(
                    f"不适用：没有检查“{of.silent}”。", f"Does not apply: there is no check '{of.silent}'."
                )
            names = words.list(of.unknown)
            return words.pick(f"不适用：本规则没有 {names}。", f"Does not apply: the rules have no {names}.")
    if of.silent:
        number = len(found.findings)
        return words.pick(
            f"不成立：有 {number} 个问题（{'、'.join(found.findings)}）。",
            f"Fails: {number} {'finding' if number == 1 else 'findings'} ({', '.join(found.findings)}).",
        ) + _readings(words, found)
    if of.mode != ALWAYS:
        return words.pick("不成立：没有这样的情形。", "Fails: there is no such situation.")
    assert found.witness is not None
    absent, paper = words.absences(found.witness), words.paper(found.witness)
    places = words.places(found.norms)
    zh = f"不成立，例如{f'{absent}时的' if absent else ''}{paper}{f'（{places}）' if places else ''}。"
    en = f"Fails, for instance for {paper}{f' when {absent}' if absent else ''}{f' ({places})' if places else ''}."
    return words.pick(zh + _readings(words, found), en + _readings(words, found))


def _readings(words: Wording, found: Verdict) -> str:
    if found.every_reading or not found.holds_under:
        return ""
    shown = words.list(words.reading(r, c) for r, c in found.holds_under[0].items())
    return words.pick(f"限于某些读法，如{shown}。", f" Under some readings only, such as {shown}.")
