"""A flaw of drafting: what a text leaves open, read off the rule set, and when it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.citations import Citation
from model.competence import Competence
from model.expressions import TRUE, Cond, Reading, conjunction
from model.norms import Norm
from model.ruleset import RuleSet
from model.situation import Situation


@dataclass(frozen=True)
class Called:
    """A name the text uses, with the place where it does so if one is known; `of` is what it names, as an id."""

    name: str
    place: Citation | None = None
    of: str = ""


@dataclass(frozen=True)
class Flaw:
    """What is open, and the situations in which that matters.

    It *shows* in a situation exactly when `where` holds there, some norm of `norms` (with `jointly`, every one) is
    in force, and no power of `none_of` is in force with a seat. A flaw of the text as such has no norms. `subjects`
    are the ids of what it is about (bounds, bodies, an office, duties, references); `lacks` says what is missing, in
    the words of its check; `names` and `near` are names the text uses, and the one it probably means; `uses` is in how
    many places of the text norms rest on a name.
    """

    check: str
    subjects: tuple[str, ...]
    lacks: tuple[str, ...]
    norms: tuple[str, ...] = ()
    places: tuple[Citation, ...] = ()
    where: Cond = TRUE
    jointly: bool = False
    none_of: tuple[str, ...] = ()
    weighty: bool = False
    names: tuple[Called, ...] = ()
    near: str = ""
    uses: int = 0


@dataclass(frozen=True)
class Survey:
    """What one check found: the subjects it asked about, and the flaws among them."""

    asked: tuple[str, ...]
    flaws: tuple[Flaw, ...]


def shows(rules: RuleSet, flaw: Flaw, situation: Situation) -> bool:
    """Whether the flaw shows in a situation."""
    competence = Competence(rules, situation)
    at = competence.at
    if not at.holds(flaw.where):
        return False
    force = [at.in_force(rules.lookup(n)) for n in flaw.norms]
    if force and not (all(force) if flaw.jointly else any(force)):
        return False
    return not any(at.in_force(p) and competence.seats(p) for p in (rules.powers[i] for i in flaw.none_of))


def under(norm: Norm) -> Cond:
    """That the readings are chosen that the norm is in force under."""
    return conjunction(*(Reading(r, c) for r, c in norm.under))


def first_places(norms: Iterable[Norm]) -> tuple[Citation, ...]:
    """The first citation of each norm, without doubles, in order of the text."""
    return tuple(sorted({n.citation for n in norms}))
