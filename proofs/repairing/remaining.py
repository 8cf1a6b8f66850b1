"""What of a finding is left after a change: the situations that showed it, and show it still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model import drafting, violations
from model.competence import Competence
from model.drafting import Flaw
from model.graphs import defects as df
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from proofs.boolean import Formula, conj, disj
from proofs.findings import Course, Finding, Gap, Late, Pair, Region, Twice
from proofs.questions.gap_search import extent
from proofs.repairing.comparison import STUCK, After, Asked, course_key, flaw_keys


def remaining(after: After, finding: Finding) -> Formula:
    """That a situation shows the finding still. Satisfiable, with as few absences as the finding's own
    situation, exactly when the change does not remove it. Of deadlines, True or False."""
    match finding.details:
        case Gap():
            return disj(_stuck_still(after, r) for r in finding.region)
        case Pair():
            questions = [(finding.check, *r.subject.split(" / ")) for r in finding.region]
            return disj(after.now.clashes.get(q, False) for q in questions)
        case Twice(reviewed, _, hands, role):
            names = [(finding.check, f"{first or role} / {second}") for first, second in reviewed]
            if not any(h.instead_of for h in hands):  # whoever is away, the text itself names one for both
                return disj(after.now.own_reviews.get(n, False) for n in names)
            return conj([disj(after.now.reviews.get(n, False) for n in names), *_absent(after.now, finding)])
        case Late(worst, others):
            return any((o.route.id, o.ceiling.id) in after.now.late for o in (worst, *others))
        case Course(df.DEAD, _, steps):
            return any(s in after.rules.powers for s in steps[0])
        case Course(kind, routes, steps):
            keys = [course_key(kind, routes, s) for s in steps]
            return conj([disj(after.now.courses.get(k, False) for k in keys), *_absent(after.now, finding)])
        case Flaw() as flaw:
            return disj(after.now.open(k) for k in flaw_keys(flaw))
        case _:  # of norms that could be spared, terms and officials: no repair is thought of
            return True


def _stuck_still(after: After, region: Region) -> Formula:
    """Stuck before within the region, with the powers in force that the region tells of, and stuck now."""
    before = after.before
    stage = next(s for s in before.rules.stages if s.id == region.subject)
    inside = extent(before.hearing.session, before.encoding, region, stage)
    was, is_ = before.stuck[STUCK, stage.id], after.now.stuck.get((STUCK, stage.id), False)
    return conj([inside, was, is_])


def _absent(asked: Asked, finding: Finding) -> Iterator[Formula]:
    """The officials of the finding's situation are absent: with as few absences, nobody else is."""
    return (asked.encoding.absent(o) for o in finding.witness.absent)


def shows(rules: RuleSet, finding: Finding, scope: dict[str, int]) -> bool:
    """Whether the finding's own situation shows it, by the reference semantics. Of a deadline and of routes that
    the solver is asked about as wholes, True: that is looked at elsewhere."""
    at = _with_cast(rules, finding.witness, scope)
    match finding.details:
        case Gap():
            stage = next((s for s in rules.stages if s.id == finding.details.stages[0]), None)
            return stage is not None and Competence(rules, at).stuck(stage)
        case Pair(first, second):
            if finding.check == "contradiction":
                return any((c.demand.id, c.against.id) == (first, second) for c in violations.contradictions(rules, at))
            return any({c.first.id, c.second.id} == {first, second} for c in violations.competence_conflicts(rules, at))
        case Twice(reviewed):
            return any(
                ((r.first.id if r.first else ""), r.second.id) in reviewed for r in violations.self_reviews(rules, at)
            )
        case Course(df.DEAD, _, steps):
            return any(s in rules.powers for s in steps[0])
        case Course(kind, routes, steps):
            pair = kind in (df.COMPETING, df.SKIPPING)  # which of their steps close or decide is the situation's
            found = df.defects(rules, at, routes) if all(r in rules.routes for r in routes) else ()
            return any(d.kind == kind and d.routes == routes and (pair or d.steps in steps) for d in found)
        case Flaw() as flaw:
            keys = set(flaw_keys(flaw))
            flaws = drafting.SURVEYS[flaw.check](rules, None).flaws
            return any(keys & set(flaw_keys(f)) and drafting.shows(rules, f, at) for f in flaws)
        case _:
            return True


def _with_cast(rules: RuleSet, at: Situation, scope: dict[str, int]) -> Situation:
    """The same situation where the rule set has officials more: they are present."""
    return replace(at, cast=make_cast(rules, scope))
