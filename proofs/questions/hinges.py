"""undefined-term: what hinges on a term that nobody defines.

Satisfiable exactly when two situations can occur that differ in one open attribute of the paper alone, and the rules
say different things in them (`model.claims`): somebody may act, something is wanted, due or forbidden, a limit runs
in one that no norm says in the other. For each term the search goes on until every norm whose claims make such a
difference was seen to make it, for every act it does so for; so the list of decisions is complete within the bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from model import claims as ref
from model import plainness
from model.claims import ACT, Claim, ends_of
from model.competence import Competence
from model.dependence import attributes_of
from model.drafting.wording import attributes_in
from model.norms import Norm, Precedence
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import Paper, Situation
from model.vocabulary import Attribute
from proofs import choices, cores, witness
from proofs.boolean import Formula, Kind, conj, disj
from proofs.claims import Claims, Fixed, differ, replaced
from proofs.expressions import Key
from proofs.findings import Answer, Decision, Finding, Hinge, Region, Severity
from proofs.hearing import Hearing, replayed
from proofs.matters import giving_way
from proofs.slices import Slice

CHECK = "undefined-term"

Topic = tuple[str, str]


def ask(hearing: Hearing) -> Answer:
    """A finding for each open term on which something hinges."""
    before = len(hearing.unknown)
    terms = [a for a in hearing.rules.vocabulary.attributes.values() if a.open]
    used = users(hearing.rules, [t.id for t in terms])
    subjects = {
        t.id: (
            *hearing.matters.roots(_concerned(hearing.rules, used[t.id])),
            ("paper", t.id),
            *(("role", r) for r in _roles(hearing.rules, t.id)),
        )
        for t in terms
    }
    findings: dict[str, Finding] = {}
    for part, found in hearing.by_parts(CHECK, subjects, _findings):
        findings.update((term, _whole(hearing, part, finding)) for term, finding in found)
    told = tuple(findings[t.id] for t in terms if t.id in findings)
    unknown = tuple(hearing.unknown[before:])
    held = len(terms) - len(told) - len(unknown)
    return Answer(CHECK, told, len(terms), held, sum(not used[t.id] for t in terms), unknown)


def _roles(rules: RuleSet, term: str) -> Iterator[str]:
    """Roles that papers have or not by the term: where one comes or goes with it, two papers differ in more."""
    v = rules.vocabulary
    for role in v.roles.values():
        if term in attributes_in(v, role.papers) | attributes_in(v, role.among):
            yield role.id


def _whole(hearing: Hearing, part: Slice, finding: Finding) -> Finding:
    """A finding about a slice with all its situations those of the whole rule set."""
    details = finding.details
    assert isinstance(details, Hinge)
    decisions = tuple(
        replace(d, situation=hearing.whole(part, d.situation), twin=hearing.whole(part, d.twin))
        for d in details.decisions
    )
    return hearing.completed(part, replace(finding, details=replace(details, decisions=decisions)))


def _findings(hearing: Hearing, terms: tuple[str, ...]) -> tuple[tuple[str, Finding], ...]:
    """Of those terms on which something hinges, each with its finding."""
    used, claims = users(hearing.rules, terms), Claims(hearing.encoding)
    found: list[tuple[str, Finding]] = []

    def settle(term: str) -> None:
        finding = _finding(hearing, claims, hearing.rules.vocabulary.attributes[term], used[term])
        if finding:
            found.append((term, finding))

    for term in terms:
        hearing.settle(CHECK, term, lambda t=term: settle(t))
    return tuple(found)


def users(rules: RuleSet, terms: Iterable[str]) -> Mapping[str, tuple[Norm, ...]]:
    """By term, the norms that speak of it."""
    found: dict[str, list[Norm]] = {t: [] for t in terms}
    for norm in ref.every_norm(rules):
        for attribute in attributes_of(rules, norm):
            if attribute in found:
                found[attribute].append(norm)
    return {t: tuple(norms) for t, norms in found.items()}


@dataclass(frozen=True)
class _Sides:
    """A term with two of its values: the paper at hand has the first, its twin the second."""

    term: Attribute
    first: str
    second: str
    here: Fixed
    there: Fixed

    def differs(self, formula: Formula) -> Formula:
        return differ(replaced(formula, self.here), replaced(formula, self.there))

    def twin(self, at: Situation) -> Situation:
        """The same situation with the other value."""
        attributes = {**at.paper.attributes, self.term.id: self.second}
        return replace(at, paper=Paper(attributes, at.paper.touches, at.paper.roles))


def _sides(hearing: Hearing, term: Attribute) -> Iterable[_Sides]:
    """The plainest value against each other one."""
    variable = hearing.encoding.variables[("paper", term.id)]

    def fixed(value: str) -> Fixed:
        pairs = zip(variable.values, variable.literals, strict=True)
        return {literal: v == value for v, literal in pairs if literal.kind is Kind.VAR}

    for other in term.domain[1:]:
        yield _Sides(term, term.plainest, other, fixed(term.plainest), fixed(other))


def _both_occur(hearing: Hearing, sides: _Sides) -> Formula:
    """That the paper has the first value, and the twin can occur as well."""
    encoding = hearing.encoding
    parts: list[Formula] = [encoding.variables[("paper", sides.term.id)].is_(sides.first)]
    for _, formula in encoding.well_formed:
        there = replaced(formula, sides.there)
        if there is not formula:
            parts.append(there)
    return conj(parts)


def _questions(claims: Claims, sides: _Sides, norms: Iterable[Norm]) -> dict[tuple[Topic, str], Formula]:
    """By topic and norm: that a claim of the norm is made on one side, and covered by nothing on the other."""
    parts: dict[tuple[Topic, str], list[Formula]] = {}
    for norm in norms:
        for claim, formula in claims.of(norm).items():
            own = sides.differs(formula)
            if own is not False:
                whole = sides.differs(claims.covered(claim))
                parts.setdefault((ref.topic(claim), norm.id), []).append(conj([own, whole]))
    made = {k: disj(p) for k, p in parts.items()}
    return {k: f for k, f in made.items() if f is not False}


@dataclass(frozen=True)
class _Found:
    """A decision with the formula that asks for it, and the values it was found at."""

    decision: Decision
    formula: Formula
    values: dict[Key, str]


def _decisions(hearing: Hearing, claims: Claims, sides: _Sides, norms: Iterable[Norm]) -> Iterator[_Found]:
    """The plainest pair for each topic and norm of which some claim hinges on the term."""
    session, pair = hearing.session.apart(), _both_occur(hearing, sides)
    by_topic: dict[Topic, dict[str, Formula]] = {}
    for (topic, norm), formula in _questions(claims, sides, norms).items():
        by_topic.setdefault(topic, {})[norm] = formula
    for topic, left in by_topic.items():
        while left:
            goal = conj([pair, disj(left.values())])
            values = witness.minimal(session, [session.literal(goal)], hearing.most)
            if values is None:
                break
            situation = hearing.situation(values)
            twin = sides.twin(situation)
            replayed(reachable(hearing.rules, twin), f"the twin for {sides.term.id}", twin)
            otherwise, then = differences(claims, norms, topic, situation, twin)
            seen = {*otherwise, *then} & set(left)
            replayed(bool(seen), f"{CHECK} {sides.term.id} {topic}", situation)
            shown = disj(left.pop(n) for n in sorted(seen))
            yield _Found(Decision(topic, sides.second, otherwise, then, situation, twin), conj([pair, shown]), values)


def differences(
    claims: Claims, norms: Iterable[Norm], topic: Topic, here: Situation, there: Situation
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the norms with a claim on the topic here that nothing covers there, and the other way round."""
    rules = claims.rules
    one, two = Competence(rules, here), Competence(rules, there)

    def only(this: Competence, that: Competence) -> tuple[str, ...]:
        return tuple(
            n.id
            for n in norms
            if any(ref.topic(c) == topic and not _covered(claims, that, c) for c in ref.said_by(this, n))
        )

    return only(one, two), only(two, one)


def _covered(claims: Claims, competence: Competence, claim: Claim) -> bool:
    speaking = dict.fromkeys(n for _, _, n in claims.by_key.get(claim.key, ()))
    said = (c for n in speaking for c in ref.said_by(competence, claims.rules.lookup(n)))
    return ref.covered(claim, said)


def _concerned(rules: RuleSet, norms: Iterable[Norm]) -> tuple[str, ...]:
    """The norms that speak of the term, those that give way to one of them, the limits on what these make run, and
    what puts one before the other."""
    speaking = [n.id for n in norms]
    ids = dict.fromkeys([*speaking, *giving_way(rules, speaking)])
    for bound in rules.bounds:
        if any(end.id in ids for route in bound.routes for end in ends_of(rules, bound, route)):
            ids[bound.id] = None
    for norm in rules.of_form(Precedence):
        if any(i == n or i.startswith(n + ".") for n in (*norm.prevails, *norm.yields) for i in tuple(ids)):
            ids[norm.id] = None
    return tuple(ids)


def decides(rules: RuleSet, decision: Decision) -> bool:
    """Whether it is about an act that decides."""
    return decision.topic[0] == ACT and rules.is_decisive(decision.topic[1])


def _order(rules: RuleSet, found: _Found) -> tuple[object, ...]:
    """What decides first, then acts before other things, in the order of the vocabulary; the plainest pair first."""
    family, about = found.decision.topic
    acts = list(rules.vocabulary.acts)
    place = acts.index(about) if family == ACT else len(acts)
    at = found.decision.situation
    return not decides(rules, found.decision), family != ACT, plainness.cost(rules, at), place, family, about


def _finding(hearing: Hearing, claims: Claims, term: Attribute, norms: Iterable[Norm]) -> Finding | None:
    rules = hearing.rules
    concerned = [rules.lookup(n) for n in _concerned(rules, norms)]
    found = [f for sides in _sides(hearing, term) for f in _decisions(hearing, claims, sides, concerned)]
    if not found:
        return None
    session = hearing.session.apart()
    found.sort(key=lambda f: _order(rules, f))
    first = found[0]
    core = cores.minimal_core(session, first.formula, first.values)
    shown, every, depends = choices.reaching(session, disj(f.formula for f in found), hearing.most)
    cited = hearing.citations(dict.fromkeys([*core, *first.decision.otherwise, *first.decision.then]))
    if term.citation is not None:
        cited = (term.citation, *(c for c in cited if c != term.citation))
    return Finding(
        id="",
        check=CHECK,
        severity=Severity.MODERATE if any(decides(rules, f.decision) for f in found) else Severity.MINOR,
        strength=hearing.strength(core),
        norms=core,
        near=(),
        citations=cited,
        witness=first.decision.situation,
        details=Hinge(term.id, tuple(f.decision for f in found)),
        every_reading=every,
        readings=depends,
        holds_under=shown,
        region=tuple(
            Region(" / ".join(f.decision.topic), cores.generalise(session, f.formula, f.values)) for f in found
        ),
    )
