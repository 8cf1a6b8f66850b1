"""competence-conflict and contradiction: two norms that do not go together in some situation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from model import violations
from model.competence import Competence
from model.norms import Deontic, Power
from model.reachability import departures
from model.ruleset import RuleSet
from model.situation import Situation
from proofs import choices, cores, witness
from proofs.apart import never_together
from proofs.boolean import Formula, conj, disj, neg
from proofs.findings import Answer, Finding, Pair, Region
from proofs.hearing import Hearing, replayed
from proofs.severity import severity
from proofs.slices import Token


@dataclass(frozen=True)
class Question:
    """Two norms, the formula under which they do not go together, and the same asked of the semantics."""

    first: str
    second: str
    act: str
    formula: Formula
    replay: Callable[[Situation], str | None]
    possible: Formula


CONFLICT, CONTRADICTION = "competence-conflict", "contradiction"


def ask_conflict(hearing: Hearing) -> Answer:
    """competence-conflict. Satisfiable exactly when two powers in force, of equal strength and not of one
    route, give one decisive act on one paper to two sets of actors that have nobody in common."""
    return _ask(CONFLICT, hearing, could_conflict(hearing.rules))


def ask_contradiction(hearing: Hearing) -> Answer:
    """contradiction. Satisfiable exactly when a demand and a prohibition of one act, or duties of two
    exclusive acts, bind one actor on one paper at once."""
    return _ask(CONTRADICTION, hearing, could_clash(hearing.rules))


def conflicts(hearing: Hearing) -> Iterable[Question]:
    """All that `ask_conflict` asks."""
    return (question_of(hearing, CONFLICT, one, two) for one, two in could_conflict(hearing.rules))


def clashes(hearing: Hearing) -> Iterable[Question]:
    """All that `ask_contradiction` asks."""
    return (question_of(hearing, CONTRADICTION, one, two) for one, two in could_clash(hearing.rules))


def could_conflict(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """The pairs of powers that `ask_conflict` asks about."""
    for stage in rules.stages:
        if stage.id == stage.act:
            for one, two in combinations([p for p in stage.powers if not p.alternative], 2):
                if violations.conflicting(one, two):
                    yield one.id, two.id


def could_clash(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """The pairs of norms that `ask_contradiction` asks about, what is demanded first."""
    for demand, against in violations.clash_candidates(rules):
        if demand.by is not None and against.by is not None:
            yield demand.id, against.id


def question_of(hearing: Hearing, check: str, first: str, second: str) -> Question:
    """What a check asks about a pair."""
    encoding, rules = hearing.encoding, hearing.rules
    if check == CONFLICT:
        one, two = rules.powers[first], rules.powers[second]
        possible = conj([encoding.in_force(one), encoding.in_force(two)])
        seats, others = encoding.seats(one), encoding.seats(two)
        common = disj(conj([f, others.get(a, False)]) for a, f in seats.items())
        formula = conj([possible, disj(seats.values()), disj(others.values()), neg(common)])
        return Question(first, second, one.act, formula, partial(_conflict, rules, one, two), possible)
    demand, against = rules.lookup(first), rules.lookup(second)
    assert isinstance(demand, (Power, Deontic)) and isinstance(against, Deontic)
    assert demand.by is not None and against.by is not None
    possible = conj([encoding.in_force(demand), encoding.in_force(against)])
    bound, barred = encoding.members(demand.by), encoding.members(against.by)
    common = disj(conj([f, barred.get(a, False)]) for a, f in bound.items())
    excused = [encoding.holds(against.unless)]
    if isinstance(demand, Deontic):
        excused.append(encoding.holds(demand.unless))
    formula = conj([possible, common, *(neg(e) for e in excused)])
    return Question(first, second, against.act, formula, partial(_clash, rules, demand, against), possible)


def _conflict(rules: RuleSet, one: Power, two: Power, at: Situation) -> str | None:
    """What the semantics says of one situation: no actor, or None where the two do not conflict."""
    competence = Competence(rules, at)
    in_force = competence.at.in_force(one) and competence.at.in_force(two)
    return "" if in_force and violations.disjoint(competence, one, two) else None


def _clash(rules: RuleSet, demand: Power | Deontic, against: Deontic, at: Situation) -> str | None:
    """The first actor on whom the two clash."""
    return next((c.actor for c in violations.clashes(Competence(rules, at), demand, against)), None)


def _ask(check: str, hearing: Hearing, pairs: Iterable[tuple[str, str]]) -> Answer:
    before, rules = len(hearing.unknown), hearing.rules
    pairs = tuple(pairs)
    vacuous, findings = 0, dict[tuple[str, str], Finding]()
    subjects: dict[tuple[str, str], tuple[Token, ...]] = {}
    for pair in pairs:
        if never_together(*map(rules.lookup, pair)):
            vacuous += 1
            hearing.folded(check, _name(*pair))
        else:
            subjects[pair] = hearing.slicer.norms(pair)
    for part, answered in hearing.by_parts(check, subjects, partial(_asked, check)):
        vacuous += answered.vacuous
        findings.update((pair, hearing.completed(part, found)) for pair, found in answered.findings)
    unknown = tuple(hearing.unknown[before:])
    held = len(pairs) - len(findings) - len(unknown)
    ordered = [findings[p] for p in pairs if p in findings]
    return Answer(check, merge_places(rules, ordered), len(pairs), held, vacuous, unknown)


def _name(one: str, two: str) -> str:
    return f"{one} / {two}"


@dataclass(frozen=True)
class _Answered:
    vacuous: int
    findings: tuple[tuple[tuple[str, str], Finding], ...]


def _asked(check: str, hearing: Hearing, pairs: tuple[tuple[str, str], ...]) -> _Answered:
    vacuous = 0
    findings: list[tuple[tuple[str, str], Finding]] = []

    def settle(pair: tuple[str, str]) -> None:
        nonlocal vacuous
        question = question_of(hearing, check, *pair)
        if question.formula is False:
            vacuous += question.possible is False
            hearing.folded(check, _name(*pair))
            return
        if not hearing.session.satisfiable([hearing.session.literal(question.possible)]):
            vacuous += 1
            return
        found = _finding(check, hearing, question)
        if found:
            findings.append((pair, found))

    for pair in pairs:
        hearing.settle(check, _name(*pair), lambda p=pair: settle(p))
    return _Answered(vacuous, tuple(findings))


def _finding(check: str, hearing: Hearing, question: Question) -> Finding | None:
    rules = hearing.rules
    if not hearing.session.satisfiable([hearing.session.literal(question.formula)]):
        return None
    session = hearing.session.apart()
    goal = session.literal(question.formula)
    values = witness.minimal(session, [goal], hearing.most)
    if values is None:
        return None
    situation = hearing.situation(values)
    actor = question.replay(situation)
    replayed(actor is not None, check, situation)
    assert actor is not None
    core = cores.minimal_core(session, question.formula, values)
    one, two = rules.lookup(question.first), rules.lookup(question.second)
    tension = one.strength != two.strength
    strength = min(one.strength, two.strength)
    shown, every, depends = choices.reaching(session, question.formula, hearing.most)
    departed = departures(rules, situation)
    return Finding(
        id="",
        check=check,
        severity=severity(
            situation,
            weighty=check == "contradiction" or rules.is_decisive(question.act),
            strength=strength,
            every_reading=every,
            tension=tension,
            departs=bool(departed),
        ),
        strength=strength,
        norms=core,
        near=(),
        citations=hearing.citations(core),
        witness=situation,
        details=Pair(question.first, question.second, question.act, actor),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=(Region(_name(question.first, question.second), cores.generalise(session, question.formula, values)),),
        tension=tension,
        departures=departed,
    )


def merge_places(rules: RuleSet, findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding for each pair of places in the text: two readings of a clause clash for one reason."""
    kept: dict[object, Finding] = {}
    for finding in findings:
        assert isinstance(finding.details, Pair)
        norms = (finding.details.first, finding.details.second)
        places = frozenset(rules.lookup(n).citation.paragraph_key for n in norms)
        key = (places, finding.tension)
        best = kept.get(key)
        if best is None:
            kept[key] = finding
            continue
        better = finding if finding.severity > best.severity else best
        kept[key] = _joined(better, best if better is finding else finding)
    return tuple(kept.values())


def _joined(finding: Finding, other: Finding) -> Finding:
    return replace(
        finding,
        every_reading=finding.every_reading or other.every_reading,
        region=(*finding.region, *other.region),
        also=tuple(dict.fromkeys((*finding.also, *other.also))),
    )
