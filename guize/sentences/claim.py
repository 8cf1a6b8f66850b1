"""A property that was not borne out, told to whoever wrote it: what it claims, what speaks against it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from guize.obstacles import missing, telling
from guize.report.bilingual import Both
from guize.report.clauses import saying
from guize.report.stories import circumstances
from guize.sentences import sentence
from guize.sentences.unsettled import because
from guize.terminal.prove import STATUS_NAMES
from guize.wording import Wording, capital
from model import expressions as ex
from model.competence import Competence
from model.outcomes import Outcomes
from model.properties import ALWAYS, Property
from model.ruleset import RuleSet
from model.situation import Situation
from proofs.proving import Status, Verdict

_INDENT = "    "


def account(rules: RuleSet, found: Verdict, lang: str, most: int) -> str:
    """Lines: the property and what became of it; what it claims; the plainest counterexample; what the rules lead
    to there; the provisions; the readings. Parts with nothing to say are left out."""
    words = Wording(rules, lang)
    of = found.property
    title = words.label(rules.title.label)
    status = words.label(STATUS_NAMES[found.status][0])
    lines = [words.pick(f"{title}：性质 {of.id} {status}", f"{title}: property {of.id} {status}")]
    lines += _part(words.pick("所称", "Claimed"), [words.label(of.label), *_stated(words, of, most)])
    lines += _part(words.pick("结论", "Verdict"), _verdict(words, found))
    if found.witness is not None and not of.silent:
        at = found.witness
        lines += _part(words.pick("反例", "Counterexample"), _story(words, at))
        lines += _part(words.pick("此时", "Then"), _outcome(words, of, at))
    if found.shown:
        lines += _part(words.pick("问题", "Findings"), (sentence(rules, f, lang) for f in found.shown))
    elif found.norms:
        lines += _part(words.pick("依据", "Provisions"), _provisions(words, found.norms))
    lines += _part(words.pick("读法", "Readings"), _readings(words, found))
    return "\n".join(lines)


def _part(title: str, lines: Iterator[str] | list[str]) -> list[str]:
    told = [_INDENT + line for line in lines]
    return [title, *told] if told else []


def _stated(words: Wording, of: Property, most: int) -> Iterator[str]:
    """The statement as it was decided, with its bound."""
    if of.silent:
        yield f"silent: {of.silent}"
        return
    if of.when != ex.TRUE:
        yield f"when: {of.when}"
    yield f"{of.mode}: {of.holds}"
    bound = most if of.absences is None else of.absences
    yield words.pick(f"同时缺席不超过 {bound} 人", f"at most {bound} absent at once")


def _verdict(words: Wording, found: Verdict) -> Iterator[str]:
    of = found.property
    match found.status:
        case Status.UNKNOWN:
            reason = because(found.reason, words.lang)
            yield words.pick(
                f"求解器未能判定（{reason}）：既不算成立，也不算不成立；请加大限额再试",
                f"the solver gave up ({reason}): neither proved nor refuted; allow it more",
            )
        case Status.VACUOUS:
            yield words.pick(
                "所说的情形不会出现，因此什么也没有证明；请检查 when",
                "what it speaks of never occurs, so that nothing was shown; look at its `when`",
            )
        case Status.FAILS if not of.silent and of.mode != ALWAYS:
            yield words.pick("没有这样的情形", "there is no such situation")


def _story(words: Wording, at: Situation) -> Iterator[str]:
    yield capital(words.absences(at)) or words.pick("无人缺席，全部在岗", "Nobody is away")
    yield words.pick("文件：", "The paper: ") + words.paper(at)
    charge = words.list(words.actor(o, at) for o in at.cast.ids if o in at.paper.touches)
    if charge:
        yield words.pick(f"涉及其分管工作：{charge}", f"It touches the portfolio of {charge}")
    yield from circumstances(words, at)


def _outcome(words: Wording, of: Property, at: Situation) -> Iterator[str]:
    """For every act the property speaks of: who may do it, or what is missing."""
    competence = Outcomes(words.rules, at).competence
    for act in _acts(of):
        name = words.act(act)
        stages = [s for s in words.rules.stages if s.act == act]
        hands = [h for s in stages for h in competence.hands(s)]
        stuck = [s for s in stages if competence.stuck(s)]
        if hands:
            who = words.list(words.actor(h.actor, at) for h in hands)
            yield words.pick(f"可以{name}的：{who}", f"Who may {name}: {who}")
        for stage in stuck:
            why = dict.fromkeys(missing(words, at, o) for o in telling(competence.obstacles(stage)))
            yield from (words.pick(f"无人可{name}：{w}", f"Nobody may {name}: {w}") for w in why)
        if not hands and not stuck:
            yield _nobody(words, competence, act)


def _nobody(words: Wording, competence: Competence, act: str) -> str:
    name = words.act(act)
    if any(competence.wanted(s) for s in words.rules.stages if s.act == act):
        return words.pick(f"无人可{name}", f"Nobody may {name}")
    return words.pick(f"没有要求{name}", f"Nothing asks anybody to {name}")


def _acts(of: Property) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for node in (*of.when.walk(), *of.holds.walk()):
        if isinstance(node, ex.Precedes):
            found.update({node.first: None, node.second: None})
        elif isinstance(node, (ex.Hands, ex.Stuck, ex.Wanted)):
            found[node.act] = None
    return tuple(found)


def _provisions(words: Wording, norms: tuple[str, ...]) -> Iterator[str]:
    both = Both(words.rules)
    for ident in norms:
        norm = words.rules.lookup(ident)
        quoted, says = norm.citation.quote, words.label(saying(both, norm))
        quote = words.pick(f"“{quoted}”", f"'{quoted}'") if quoted else ""
        parts = (words.place(norm.citation), quote, "" if says == quoted else says, f"[{ident}]")
        yield " ".join(p for p in parts if p)


def _readings(words: Wording, found: Verdict) -> Iterator[str]:
    """Under which readings there is a counterexample, where that makes a difference."""
    if not found.every_reading:
        for choice in found.holds_under:
            yield words.pick("限于", "only where ") + words.list(words.reading(r, c) for r, c in choice.items())
